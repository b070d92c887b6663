"""Bad input through the real command: a sentence, a place, a remedy, the right exit code,
and not a byte of the project changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hostile import (
    BOOK,
    CHAPTER,
    CORRECTION,
    ERRATA,
    LAYOUT,
    LEXICON,
    ROOT,
    SOURCE,
    STRIKE,
    add,
    born,
    clear,
    edit,
    photograph,
    put_source,
    real,
    recovered,
    refused,
    run,
)

TXT = ("build", "--edition", "txt")
CHECK = ("check", "--no-epubcheck")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return born(tmp_path / "book")


@pytest.fixture
def strike(tmp_path: Path) -> Path:
    return recovered(tmp_path / "strike")


# --- sources --------------------------------------------------------------------------

LATIN = STRIKE.replace("harbour", "pe\xf1\xf3n").encode("latin-1")
NOT_TEXT: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "this file is empty"),
    "blank": (b" \n\n\t\n", "this file is empty"),
    "invalid UTF-8": (
        STRIKE[:90].encode() + b"\xff\x81" + STRIKE[90:].encode(),
        f"{SOURCE}:4: not valid UTF-8: byte 0xFF at offset 90",
    ),
    "Latin-1": (
        LATIN,
        f"{SOURCE}:4: not valid UTF-8: byte 0xF1 at offset {LATIN.index(0xF1)};"
        " it looks like Windows-1252 or Latin-1\n"
        '  Add encoding = "windows-1252" to this source in book.toml.',
    ),
    "UTF-16": (STRIKE.encode("utf-16"), 'UTF-16, not UTF-8\n  Add encoding = "utf-16"'),
    "UTF-16 without a mark": (STRIKE.encode("utf-16-be"), "this looks like UTF-16"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "this is a PNG picture, not text"),
    "binary": (
        bytes(range(1, 256)) * 20 + b"\0",
        f"{SOURCE}:21: this is binary, not text: a zero byte at offset 5,100",
    ),
    "NUL": (
        STRIKE[:90].encode() + b"\0" + STRIKE[90:].encode(),
        f"{SOURCE}:4: this is binary, not text: a zero byte at offset 90",
    ),
    "a line of 50 MB": (b"word " * 10_000_000, "too large: 48 MiB, where 32 MiB is the most"),
    "a line of 5 MB": (
        STRIKE.encode() + b"word " * 1_000_000,
        f"{SOURCE}:12: a line of 5,000,000 characters, where 1,048,576 are the most",
    ),
}


@pytest.mark.parametrize("kind", NOT_TEXT)
def test_a_source_that_is_no_text(strike: Path, kind: str) -> None:
    data, says = NOT_TEXT[kind]
    put_source(strike, data)
    refused(strike, "recover", code=5, says=(SOURCE, says))


@pytest.mark.parametrize("command", [("recover",), TXT, CHECK, ("why", "strike")])
def test_every_command_needs_the_sources(strike: Path, command: tuple[str, ...]) -> None:
    (strike / SOURCE).unlink()
    refused(strike, *command, code=5, says=f"{SOURCE}: there is no such file")


def test_the_encodings_that_are_asked_for_work(strike: Path) -> None:
    before = photograph(strike)
    for data, encoding in [
        (STRIKE.encode("utf-16"), "utf-16"),
        (STRIKE.encode("utf-16-be"), "utf-16"),
        (STRIKE.encode("cp1252"), "windows-1252"),
    ]:
        put_source(strike, data)
        edit(strike, BOOK, lambda text, to=encoding: f'{text}encoding = "{to}"\n')
        done = run(strike, "recover", "--check")
        assert done.code == 0, done.said
        (strike / BOOK).write_bytes(before[BOOK])


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_give_the_same_book(strike: Path, end: str) -> None:
    before = photograph(strike)
    put_source(strike, STRIKE.replace("\n", end).encode())
    done = run(strike, "recover")
    assert (done.code, done.out) == (0, "0 files written, 1 as they were.\n")
    assert run(strike, "build").code == 0
    assert photograph(strike)["dist/the-strike.txt"] == before["dist/the-strike.txt"]


def test_characters_that_no_book_can_hold_are_dropped_and_accounted_for(strike: Path) -> None:
    before = photograph(strike)
    put_source(strike, STRIKE.replace("women", "wo\x01men\x1b").encode())
    done = run(strike, "recover", "--check", "--ledger")
    clear(done)
    assert done.code == 0, done.said
    assert {k: v for k, v in photograph(strike).items() if k not in (SOURCE, BOOK)} == {
        k: v for k, v in before.items() if k not in (SOURCE, BOOK)
    }


@pytest.mark.parametrize("command", [("recover",), ("build", "--force"), CHECK])
def test_a_source_that_has_changed(strike: Path, command: tuple[str, ...]) -> None:
    (strike / SOURCE).write_text(STRIKE + "A stranger's line.\n")
    refused(
        strike,
        *command,
        code=5,
        says=(f"{SOURCE}: this is not the file that {BOOK}:", "its SHA-256 is ", "enter its SHA"),
    )


def test_the_real_source_with_one_letter_changed(tmp_path: Path) -> None:
    book = real(tmp_path / "real")
    name = "manuscript/source/ramiro-mendez.txt"
    edit(book, name, lambda text: text.replace("Comrade", "Camrade", 1))
    refused(book, *TXT, code=5, says=(f"{name}: this is not the file that", "SHA-256"))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("folder", "this is a folder, not a file"),
        ("pipe", "this is a pipe or a device, not a file"),
        ("/etc/passwd", "is a link that leads out of the project"),
        ("strike.txt", "cannot be followed"),
    ],
)
def test_a_source_that_is_no_file(strike: Path, kind: str, says: str) -> None:
    path = strike / SOURCE
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(kind)
    refused(strike, "recover", code=5, says=(SOURCE, says), timeout=20)


# --- book.toml ------------------------------------------------------------------------

LONG = "x" * 10_001
MANY = '"x",' * 501
IN_BOOK_TOML: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "unknown key": ("", 'titel = "x"', (":1: titel: unknown key", "Did you mean “title”?")),
    "broken": ("", 'subtitle = "x', (":1:14: not valid TOML",)),
    "twice": ("", 'title = "x"', (":4", "not valid TOML: Cannot overwrite a value")),
    "wrong type": ('"The Strike"', "5", (":3: title: this is a whole number",)),
    "terminal escape": ('"The ', '"\\u001b[31m', (":3: title: this holds the character U+001B",)),
    "no language": ('"en"', '"english"', ("language: “english” is not a language tag", "“en”")),
    "slug that climbs": ('"the-strike"', '"../../x"', (":4: slug: “../../x” is not made of",)),
    "no day": ("", 'date = "2021-02-30"', (":1: date: “2021-02-30” is not in the calendar",)),
    "no printing": ("", "printing = 0", (":1: printing: 0 is no printing",)),
    "far too many printings": ("", f"printing = 1{'0' * 40}", ("is no printing",)),
    "endless number": ("", f"printing = 1{'0' * 5000}", (":1: a number of thousands of digits",)),
    "endless text": ("", f'rights = "{LONG}"', ("rights: 10,001 characters, where 10,000 are",)),
    "endless list": ("", f"subjects = [{MANY}]", ("subjects: 501 entries",)),
    "endless key": ("", f"x{'.a' * 50_000} = 1", (":1: a key of more than twenty parts",)),
    "bottomless": ("", f"x = {'[' * 50_000}", ("nested too deeply",)),
    "no ISBN": ("[", '["urn:isbn:9780000000000", ', ("identifiers[1]",)),
    "unknown edition": ('"txt"', '"mobi"', ("editions[1]: “mobi” is not one of epub, pdf, txt",)),
    "source outside": (SOURCE, "/etc/passwd", ("sources[1].file: “/etc/passwd” is not relative",)),
    "source that climbs": (SOURCE, "a/../../b", ("sources[1].file: “a/../../b” leads out of",)),
    "unknown rule off": ("", 'rules_off = {HYP999 = "x"}', ("rules_off.HYP999: there is no rule",)),
}


@pytest.mark.parametrize("kind", IN_BOOK_TOML)
def test_impossible_book_toml(strike: Path, kind: str) -> None:
    old, new, says = IN_BOOK_TOML[kind]
    if old:
        edit(strike, BOOK, lambda text: text.replace(old, new, 1))
    else:
        edit(strike, BOOK, lambda text: f"{new}\n{text}")
    refused(strike, "build", code=4, says=(f"booktools: {BOOK}", *says), timeout=10)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (BOOK, b"PK\x03\x04", "{}: this is a ZIP, DOCX, ODT or EPUB file, not text"),
        (BOOK, "/etc/hostname", "“{}” is a link that leads out of the project"),
        (LAYOUT, b"#\n\0", "{}:2: this is binary, not text: a zero byte at offset 2"),
        (ERRATA, b"#\n\xe9\n", "{}:2: not valid UTF-8: byte 0xE9 at offset 2"),
        (ERRATA, "/etc/hostname", "“{}” is a link that leads out of the project"),
        (LEXICON, None, "{}: this is a pipe or a device, not a file"),
    ],
)
def test_ledgers_that_are_no_text(
    strike: Path, name: str, data: bytes | str | None, says: str
) -> None:
    path = strike / name
    path.unlink()
    if data is None:
        os.mkfifo(path)
    elif isinstance(data, str):
        path.symlink_to(data)
    else:
        path.write_bytes(data)
    refused(strike, "recover", code=4, says=says.format(name), timeout=20)


# --- layout.toml ----------------------------------------------------------------------


def placed(lines: str, text: str, more: str) -> str:
    return f'\n[[block]]\nlines = "{lines}"\ntext = "{text}"\nrole = "paragraph"\n{more}\n'


def caption(image: str) -> str:
    block = f'\n[[block]]\nlines = "4-6"\ntext = "We met"\nrole = "caption"\nimage = "{image}"\n'
    return block + 'alt = "He"\n'


IN_LAYOUT: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown table": ("[[blok]]\n", (":10: blok: unknown key", "“block”")),
    "no such lines": (placed("99", "We", ""), ("99", "11 lines")),
    "stale": (placed("4-6", "He met", ""), ("We met", "He met", "review the decision")),
    "decided twice": (placed("1", "Chapter 1", ""), ("line 1 is decided twice", f"{LAYOUT}:1")),
    "next to itself": (placed("4-6", "We met", "before = 5"), ("that is the block itself",)),
    "dangling": (placed("4-6", "We met", "after = 700"), ("700",)),
    "dangling join": ("[[join]]\nline = 700\nwith = 4\nwhy = 'x'\n", ("700",)),
    "dangling break": ("[[break]]\nline = 7\nwhy = 'x'\n", ("line 7",)),
    "ring": (
        placed("4-6", "We met", "before = 8")
        + placed("8-9", "The women", "before = 11")
        + placed("11", "Nobody", "before = 4"),
        ("placed by a ring of decisions", "break the ring"),
    ),
    "ring of joins": (
        "[[join]]\nline = 6\nwith = 8\nwhy = ''\n[[join]]\nline = 9\nwith = 4\nwhy = ''\n",
        ("the joins run in a ring",),
    ),
    "joined twice": (
        "[[join]]\nline = 6\nwith = 8\nwhy = ''\n[[join]]\nline = 6\nwith = 11\nwhy = ''\n",
        ("joined twice",),
    ),
    "endless number": (f"[[break]]\nline = 1{'0' * 5000}\n", (":11: a number of thousands of",)),
    "image outside": (caption("/etc/passwd"), ("/etc/passwd", "images/")),
    "image that climbs": (caption("images/../../x.png"), ("images/../../x.png", "images/")),
    "image from the net": (caption("http://example.org/x.png"), ("http://example.org/x.png",)),
    "terminal escape": (
        caption("images/a.png").replace('"He"', '"\\u001b[2J"'),
        ("alt: this holds the character U+001B",),
    ),
    "id that climbs": (placed("4-6", "We met", 'id = "../../x"'), ("id",)),
}


@pytest.mark.parametrize("kind", IN_LAYOUT)
def test_impossible_layout_decisions(strike: Path, kind: str) -> None:
    decisions, says = IN_LAYOUT[kind]
    add(strike, LAYOUT, decisions)
    refused(strike, "recover", code=4, says=(LAYOUT, *says))


# --- errata.toml and lexicon.txt --------------------------------------------------------


def entry(name: str = "E002", **change: str) -> str:
    keys = {"line": "8", "found": "quarter", "wanted": "barrio", "context": "the quarter came"}
    keys = {"id": name} | keys | {"kind": "typo", "reason": "x", "state": "accepted"} | change
    rows = [
        f"{key} = {value}" if key == "line" else f'{key} = "{value}"' for key, value in keys.items()
    ]
    return "\n".join(["", "[[erratum]]", *rows, 'decided_by = "x"', "decided_on = 2021-05-31", ""])


LINE = CORRECTION.count("\n") + 2  # of the first entry that is added
IN_ERRATA: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "unknown key": (entry(colour="red"), 4, ("erratum[2].colour: unknown key",)),
    "impossible date": (entry().replace("05-31", "02-30"), 4, ("not valid TOML: Invalid date",)),
    "id given twice": (entry("E001"), 4, ("“E001” is the id of the entry on line 1 too",)),
    "terminal escape": (entry(reason="\\u001b[2J"), 4, ("holds the control character U+001B",)),
    "no character": (entry(wanted="\\uffff"), 4, ("wanted: holds U+FFFF",)),
    "not found": (entry(context="no quarter there"), 3, ("E002: the context is not in the text",)),
    "ambiguous": (entry(line="11", found="e", context="e"), 3, ("the context stands 9 times",)),
    "overlapping": (
        entry() + entry("E003", found="quarter came", wanted="barrio went"),
        3,
        ("“quarter” → “barrio” overlaps E003", "“quarter came” → “barrio went” overlaps E002"),
    ),
    "duplicate": (entry() + entry("E003"), 3, ("E003: says the same as E002",)),
    "stale": (entry(line="11"), 3, ("E002: stands on source line 8, not line 11",)),
    "needless": (
        entry(found="barrio", wanted="quarter", context="the barrio came"),
        3,
        ("E002: “quarter” already stands there",),
    ),
    "in another file": (entry(file="/etc/passwd"), 3, ("not /etc/passwd:8", f'file = "{SOURCE}"')),
}


@pytest.mark.parametrize("kind", IN_ERRATA)
def test_errata_that_do_not_fit(strike: Path, kind: str) -> None:
    text, code, says = IN_ERRATA[kind]
    add(strike, ERRATA, text)
    done = refused(strike, "recover", code=code, says=(f"{ERRATA}:", *says))
    if code == 3:
        assert f"{ERRATA}:{LINE}: error ERR0" in done.said or "E003" in says[0]
        assert "Nothing was written." in done.said


def test_an_entry_that_does_not_fit_stops_the_build(strike: Path) -> None:
    add(strike, ERRATA, entry(line="11"))
    refused(strike, "build", code=3, says=(f"{ERRATA}:{LINE}: error ERR006: E002", "Nothing was"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("[es] cordón", ":3: “[es] cordón” is no entry"),
        ("cordón [spanish, I think]", ":3: “cordón [spanish, I think]” is no entry"),
        ("cordón [es]\ncordón [fr]", ":4: “cordón” stands in two languages, es and fr"),
        ("cord\x1b[31mon", ":3:5: an unprintable character, U+001B"),
    ],
)
def test_an_impossible_lexicon(strike: Path, words: str, says: str) -> None:
    add(strike, LEXICON, f"{words}\n")
    refused(strike, "recover", code=4, says=LEXICON + says)


# --- the manuscript ---------------------------------------------------------------------


def test_a_manuscript_edited_by_hand_is_found(strike: Path) -> None:
    name = "manuscript/text/01-the-strike.md"
    edit(strike, name, lambda text: text.replace("every morning", "each morning"))
    for command in (("recover", "--check"), ("build",), CHECK):
        done = refused(strike, *command, code=3, says=f"{name}:6: error MAN001: reads “")
        assert "booktools errata capture" in done.said  # where the change belongs
    (strike / "manuscript/text/99-mine.md").write_text("# Mine\n\nMy own.\n")
    refused(
        strike, "recover", "--check", code=3, says="99-mine.md: error MAN001: does not come from"
    )


def test_the_real_manuscript_edited_by_hand(tmp_path: Path) -> None:
    book = real(tmp_path / "real")
    name = "manuscript/text/03-chapter-2.md"
    edit(book, name, lambda text: text.replace("collaterals", "colaterals", 1))
    line = (ROOT / name).read_text().partition("collaterals")[0].count("\n") + 1
    refused(book, *TXT, code=3, says=f"{name}:{line}: error MAN001")
    assert not list((book / "dist").glob("*.txt"))


MANUSCRIPTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ": this file is empty"),
    "no title": (b"Text.\n", ":1: the file does not begin with the chapter's title"),
    "Latin-1": ("# T\n\ncaf\xe9\n".encode("latin-1"), ":3: not valid UTF-8: byte 0xE9 at offset 8"),
    "UTF-16": ("# T\n\ncaf\xe9\n".encode("utf-16"), ": this looks like UTF-16, not UTF-8"),
    "NUL": (b"# T\n\nx\0y\n", ":3: this is binary, not text: a zero byte at offset 6"),
    "escape": (b"# T\n\nx\x1b[31my\n", ":3:2: an unprintable character, U+001B"),
    "50 MB": (b"# T\n\n" + b"word " * 10_000_000, ": too large: 48 MiB"),
    "no note": (b"# T\n\nx[^1]\n", ":3: the note [^1] is not defined"),
    "id twice": (b"# T {#a}\n\n## U {#a}\n", ":3: the id “a” is given twice"),
    "dangling link": (b"# T\n\n[x](#nowhere)\n", ":3: "),
}


@pytest.mark.parametrize("kind", MANUSCRIPTS)
def test_impossible_manuscripts(book: Path, kind: str) -> None:
    data, says = MANUSCRIPTS[kind]
    (book / CHAPTER).write_bytes(data)
    done = refused(book, "build", "--edition", "epub", code=6, says=CHAPTER + says)
    assert done.seconds < 20


@pytest.mark.parametrize(
    "address",
    [
        "/etc/passwd",
        "../secret.png",
        "images/../../secret.png",
        "images/%2e%2e/%2e%2e/secret.png",
        "file:///etc/passwd",
        "http://example.org/x.png",
        "//example.org/x.png",
        "data:image/png;base64,AAAA",
        "C:/x.png",
        "manuscript/book.toml",
    ],
)
def test_no_image_from_outside_is_named(book: Path, address: str) -> None:
    (book / CHAPTER).write_text(f"# T\n\n![A caption]({address})\n")
    refused(book, *TXT, code=6, says=(f"{CHAPTER}:3: the image “", "Put the file into images/"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("images/a.png", "“images/a.png” is a link that leads out of the project"),
        ("images", "“images” is a link that leads out of the project"),
        ("manuscript/text/02-more.md", "“manuscript/text/02-more.md” is a link that leads out"),
        ("manuscript/text", "“manuscript/text” is a link that leads out of the project"),
        ("styles/print.css", "“styles/print.css” is a link that leads out of the project"),
        ("styles/fonts/a.ttf", "“styles/fonts/a.ttf” is a link that leads out of the project"),
    ],
)
def test_no_link_leads_out(book: Path, name: str, says: str) -> None:
    secret = book.parent / "secret"
    secret.mkdir()
    (secret / "a.png").write_bytes(b"\x89PNG")
    path = book / name
    if path.is_dir():
        path.rename(book / "was")
        path.symlink_to(secret)
    else:
        path.unlink(missing_ok=True)
        path.symlink_to(secret / "a.png")
    refused(book, "build", code=6, says=says)
