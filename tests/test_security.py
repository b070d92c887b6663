"""A stranger's book through the real command: no network, no file from outside, no markup
or code of theirs, nothing that steers a terminal, and bounded time and memory."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
import zipfile
import zlib
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from hostile import (
    BOOK,
    CHAPTER,
    SOURCE,
    STRIKE,
    Done,
    add,
    born,
    clear,
    edit,
    in_place_of,
    on_a_terminal,
    photograph,
    put_source,
    real,
    recovered,
    refused,
    run,
    tame,
)

PDF = ("build", "--edition", "pdf")
EPUB = ("build", "--edition", "epub")
TXT = ("build", "--edition", "txt")
CHECK = ("check", "--no-epubcheck")
SECRET = "PRIVATE-9471"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book, and a file beside its folder that is nobody's business."""
    (tmp_path / "secret.txt").write_text(SECRET)
    return born(tmp_path / "book")


def write(book: Path, text: str) -> None:
    (book / CHAPTER).write_text(f"# The Title\n\n{text}\n", "utf-8")


def documents(book: Path) -> dict[str, str]:
    """The text of every file in the e-book, fonts and pictures aside."""
    with zipfile.ZipFile(book / "dist/the-book.epub") as archive:
        wanted = [n for n in archive.namelist() if not n.endswith((".ttf", ".png"))]
        return {name: archive.read(name).decode() for name in wanted}


def keeps_the_secret(book: Path, done: Done) -> None:
    assert SECRET not in done.said
    for name, data in photograph(book).items():
        assert SECRET.encode() not in data, name
    if (book / "dist/the-book.epub").exists():
        assert not any(SECRET in text for text in documents(book).values())


# --- the network --------------------------------------------------------------------------


@cache
def alone() -> list[str]:
    """The command that runs another one without any network interface, none if we may not."""
    for command in (["unshare", "--net"], ["unshare", "--net", "--map-root-user"]):
        try:
            done = subprocess.run([*command, "true"], capture_output=True, check=False, timeout=20)
        except OSError:
            return []
        if not done.returncode:
            return command
    return []


def test_everything_works_without_a_network(tmp_path: Path) -> None:
    if not alone():
        pytest.skip("a network namespace needs root or user namespaces")
    small, large = born(tmp_path / "small"), real(tmp_path / "large")
    code = (
        "import socket, sys, booktools.cli.main as m\n"
        "assert not [name for _, name in socket.if_nameindex() if name != 'lo']\n"
        "sys.exit(m.run(sys.argv[1:]))"
    )
    for book, *arguments in (
        (small, "build"),
        (small, *CHECK),
        (large, "recover"),
        (large, *EPUB),
        (large, "why", "collaterals"),
    ):
        done = subprocess.run(
            [*alone(), sys.executable, "-P", "-c", code, "--project", book, *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr


NO_SOCKETS = """\
import os, sys
def hook(event, arguments):
    reading = event == 'urllib.Request' and not arguments[0].startswith('data:')
    if reading or event.startswith('socket.'):
        os.write(os.open(os.environ['TOLD'], os.O_WRONLY | os.O_CREAT | os.O_APPEND), b'x')
        os._exit(99)
sys.addaudithook(hook)
"""


def test_no_process_of_ours_opens_a_socket(tmp_path: Path) -> None:
    """Python itself ends whoever tries, the process that sets the pages too."""
    told = tmp_path / "told"
    env = in_place_of(tmp_path / "site", sitecustomize=NO_SOCKETS) | {"TOLD": str(told)}
    for book, commands in [
        (born(tmp_path / "born"), [("build",), CHECK, ("why", "book")]),
        (recovered(tmp_path / "recovered"), [("recover",), ("recover", "--check")]),
    ]:
        for arguments in commands:
            done = run(book, *arguments, env=env)
            assert done.code == 0, done.said
    assert not told.exists()
    tries = [sys.executable, "-c", "import socket; socket.socket()"]
    assert subprocess.run(tries, env=os.environ | env, check=False).returncode == 99
    assert told.exists()


# --- style sheets ---------------------------------------------------------------------------

OUTSIDE = [
    '@import "file://{secret}";',
    "p {{ background: url(http://127.0.0.1:9/x.png) }}",
    "p {{ background: url(../../secret.txt) }}",
    "p {{ background: url({secret}) }}",
    "p::before {{ content: u\\72l('file://{secret}') }}",
    "@font-face {{ font-family: X; src: url(file://{secret}) }} p {{ font-family: X }}",
    "li {{ list-style-image: url(//127.0.0.1:9/x.png) }}",
    "p {{ background: url(data:text/html,<script>1</script>) }}",
    "@page {{ background: url(FILE://{secret}) }}",
]


def test_no_address_in_the_style_sheet_of_the_print_edition_leads_out(book: Path) -> None:
    add(book, CHAPTER, "\n- A list.\n")
    path = book / "styles/print.css"
    head, *rest = (rule.format(secret=book.parent / "secret.txt") for rule in OUTSIDE)
    path.write_text("\n".join([head, path.read_text(), *rest]))
    done = refused(book, *PDF, code=3, says="error PRT001: the print edition asks for ")
    assert f"styles/print.css:1: error PRT001: the print edition asks for file://{book.parent}" in (
        done.said
    )
    for address in ("secret.txt", "http://127.0.0.1:9/x.png", "data:text/html"):
        assert address in done.said
    keeps_the_secret(book, done)


@pytest.mark.parametrize(
    "rule",
    [
        *OUTSIDE[:3],
        # a comment inside a string is none, and hides no address
        'p {{ content: "/*" }} q {{ background: url(http://127.0.0.1:9/) }} p {{ content: "*/" }}',
    ],
)
def test_no_address_in_the_style_sheet_of_the_e_book_leads_out(book: Path, rule: str) -> None:
    path = book / "styles/epub.css"
    secret = book.parent / "secret.txt"
    lines = path.read_text().count("\n")
    path.write_text(f"{path.read_text()}{rule.format(secret=secret)}\n")
    place = f"styles/epub.css:{lines + 1}: the style sheet leads to "
    done = refused(book, *EPUB, code=6, says=(place, "with a file of styles/fonts"))
    keeps_the_secret(book, done)


@pytest.mark.parametrize("rule", ["p { margin: attr(x url) }", ":is(" * 2000 + ")" * 2000 + "{}"])
def test_a_style_sheet_that_brings_the_engine_down(book: Path, rule: str) -> None:
    add(book, "styles/print.css", rule)
    done = run(book, *PDF)
    clear(done)
    assert done.code in (0, 3, 8)
    assert done.code == 0 or "style sheet" in done.said


# --- pictures -------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(width: int, height: int, rows: bytes) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    image = chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + image


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XXE = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "../../secret.txt">]>' + SVG.replace(b"alert(1)", b"&x;")
PICTURES = {
    "a.svg": (SVG, "this is no picture that the editions can show"),
    "svg by another name.png": (XXE, "this is no picture that the editions can show"),
    "html.jpg": (b"<script>alert(1)</script>", "this is no picture that the editions can show"),
    "postscript.gif": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%EOF", "this is no picture"),
    "cut.png": (png(99, 99, os.urandom(9900))[:5000], "this picture is damaged"),
    "bomb.png": (png(60_000, 60_000, bytes(1000)), "this picture is too large"),
    "cover.png": (SVG, "this is no picture that the editions can show"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_only_whole_pictures_of_known_kinds_get_in(book: Path, name: str) -> None:
    data, says = PICTURES[name]
    write(book, f"![A caption](images/{name.replace(' ', '%20')})")
    (book / "images" / name).write_bytes(data)
    hint = ("Make it a JPEG, PNG, GIF or WebP file.", "Save or copy it", "Make it smaller")
    done = refused(book, "build", code=6, says=f"images/{name}: {says}")
    assert any(words in done.said for words in hint)
    assert done.seconds < 20


# --- markup and code ------------------------------------------------------------------------

NASTY = """\
<script>alert(1)</script>

<img src="http://127.0.0.1:9/x.png" onerror="alert(1)"> <iframe src=../../secret.txt>

&lt;script&gt;alert(2)&lt;/script&gt; &#60;b&#62; &xxe; ]]> <!-- x --> <?php x ?>

\\input{../../secret.txt} $\\href{javascript:x}{y}$ \\begin{a}x\\end{a}

!include ../../secret.txt

@../../secret.txt [@cited, p. 3] {{include}} {% raw %} ${HOME} $(id) %s {0}

[A link](http://127.0.0.1:9/"onmouseover="alert(3)<b>?a=1&b='2')
"""


def test_a_strangers_markup_is_plain_text(book: Path) -> None:
    write(book, NASTY)
    title = '<script>alert("t")</script> &amp; &xxe; ]]> <!--'
    edit(book, BOOK, lambda text: text.replace('"The Book"', json.dumps(title)))
    evil = json.dumps('x" onload="alert(4)')
    add(book, BOOK, f"[[creators]]\nname = {evil}\nsort = {evil}\n")
    edit(book, BOOK, lambda text: f"description = {evil}\nrights = {evil}\n{text}")
    done = run(book, "build")
    assert done.code == 0, done.said
    keeps_the_secret(book, done)
    text = (book / "dist/the-book.txt").read_text()
    for line in ("<script>alert(1)</script>", "<script>alert(2)</script> <b> &xxe;", title):
        assert line in text
    parsed = {
        name: etree.fromstring(data.encode())
        for name, data in documents(book).items()
        if name.endswith((".xhtml", ".opf", ".ncx"))
    }
    assert len(parsed) > 6
    for name, root in parsed.items():
        for node in root.iter():
            assert isinstance(node.tag, str), f"{name}: {node!r}"
            assert etree.QName(node).localname not in ("script", "iframe", "object", "style"), name
            for key, value in node.attrib.items():
                assert not key.startswith("on"), name
                assert not value.lower().lstrip().startswith(("javascript:", "data:", "file:"))
    links = parsed["EPUB/chapter-01-the-title.xhtml"].iter("{http://www.w3.org/1999/xhtml}a")
    assert [link.get("href") for link in links] == [
        "http://127.0.0.1:9/%22onmouseover=%22alert(3)%3Cb%3E?a=1&b='2'"
    ]
    assert b"/JavaScript" not in (book / "dist/the-book.pdf").read_bytes()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("`<script>`{=html}", "a paragraph cannot hold code"),
        ("```{=html}\n<script>\n```", "cannot hold"),
        ("[x](javascript:alert(1))", "a link to “javascript:alert(1)” is not allowed"),
        ("[x](JaVa&#83;cript:alert)", "is not allowed: only #id, http(s): and mailto:"),
        ("<javascript:alert(1)>", "a link to “javascript:alert(1)” is not allowed"),
        ("[x](data:text/html,x)", "is not allowed"),
        ("[x](file:///etc/passwd)", "a link to “file:///etc/passwd” is not allowed"),
        ("[x](../../secret.txt)", "a link to “../../secret.txt” is not allowed"),
        ("[x]{onclick=alert(1)}", "a span cannot have onclick="),
        ('[x]{style="background:url(http://x)"}', "a span cannot have style="),
        ('[x]{lang="es\\" onclick=\\"x"}', "is no language tag"),
        ("## x {onclick=1}", "a heading can have an #id only"),
        ("::: {.deck onclick=1}\nx\n:::", "a ::: block can be"),
        ("[x]: http://127.0.0.1:9/", "the address of a link stands by itself"),
        ("a &#27;[31m b", "the character U+001B cannot stand in a book"),
        ("a &#x9b;31m b", "the character U+009B cannot stand in a book"),
        ('![c](images/c.png){alt="&#27;[2J"}', "the character U+001B cannot stand in a book"),
    ],
)
def test_markup_that_does_something_is_refused_by_name(book: Path, text: str, says: str) -> None:
    write(book, text)
    refused(book, *TXT, code=6, says=(f"{CHAPTER}:3: ", says))


def test_nobodys_code_is_run(book: Path) -> None:
    """Neither YAML tags nor Python modules that lie in the project under a known name."""
    ran = book.parent / "ran"
    code = f"open({str(ran)!r}, 'w')\nraise SystemExit(77)\n"
    for name in ("sitecustomize", "usercustomize", "click", "weasyprint", "lxml", "booktools"):
        (book / f"{name}.py").write_text(code)
    write(book, f'---\nx: !!python/object/apply:os.system ["touch {ran}"]\n---')
    refused(book, *TXT, code=6, says=f"{CHAPTER}:3: ", cwd=book)
    write(book, "Text.")
    done = run(book, "build", cwd=book)
    assert done.code == 0, done.said
    assert not ran.exists()


TURNED = """
[[erratum]]
id = "E002"
line = 8
found = "quarter"
wanted = "q\u202euar"
context = "the quarter came"
kind = "typo"
reason = "\u2066x\u202e"
state = "open"
"""


def test_whatever_is_said_steers_no_terminal(tmp_path: Path) -> None:
    """Directions and controls in the text, the errata and names are shown as what they are."""
    book = recovered(tmp_path / "book")
    name = "manuscript/text/01-the-strike.md"
    add(book, "manuscript/errata.toml", TURNED)
    for arguments in (("recover",), ("errata", "list"), ("errata", "check"), ("why", "quarter")):
        done = run(book, *arguments)
        assert done.code == 0, done.said
        clear(done)
    edit(book, name, lambda text: text.replace("every morning", "every \u202egninrom\u2069"))
    for form in ("text", "github"):
        done = run(book, *CHECK, "--format", form)
        assert done.code == 3
        clear(done)
        assert "202e" in done.said.lower()


STEERING = "\x1b]0;mine\x07\x1b[2J\x9b31m"


def test_no_byte_of_a_source_or_an_engine_steers_a_terminal(tmp_path: Path) -> None:
    book = recovered(tmp_path / "book")
    put_source(book, STRIKE.replace("women", f"wo{STEERING}men").encode())
    ledger = on_a_terminal(book, "recover", "--ledger", "--edits", "all")
    assert "wo[\\x1b" in ledger  # what was dropped is shown as what it was
    tame(ledger)
    for arguments in (("why", "--at", f"{SOURCE}:8"), ("why", f"no{STEERING}word"), CHECK):
        said = on_a_terminal(book, *arguments)
        assert said
        tame(said)


# --- editions from elsewhere -------------------------------------------------------------

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="{}"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{}</p></body></html>'
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))


def packed(**change: str | bytes) -> bytes:
    files = {"META-INF/container.xml": CONTAINER, "p.opf": OPF.format("a"), "a": PAGE.format("x")}
    names = {"opf": "p.opf", "page": "a", "evil": "../../evil.txt"}
    files |= {names[key]: value for key, value in change.items()}  # type: ignore[misc]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


DOCTYPE = "<!DOCTYPE html [{}]>"
EPUBS = {
    "junk": (b"junk", "is not a whole EPUB"),
    "external entity": (
        packed(page=DOCTYPE.format('<!ENTITY x SYSTEM "../../secret.txt">') + PAGE.format("&x;")),
        "entity",
    ),
    "a billion laughs": (
        packed(page=DOCTYPE.format(f'<!ENTITY a "ha">{LAUGHS}') + PAGE.format("&i;")),
        "",
    ),
    "entities in the package": (
        packed(opf=DOCTYPE.format('<!ENTITY x SYSTEM "secret.txt">') + OPF.format("&x;")),
        "",
    ),
    "a bomb": (packed(page=bytes(300 * 2**20)), "unpacks to more than a book can have"),
    "a way out": (packed(opf=OPF.format("../../secret.txt")), "lacks ../../secret.txt"),
    "names that climb": (packed(evil="evil"), ""),
}


@pytest.mark.parametrize("kind", EPUBS)
def test_an_edition_from_a_stranger(tmp_path: Path, kind: str) -> None:
    """`check` reads it, believes nothing and unpacks nothing."""
    (tmp_path / "secret.txt").write_text(SECRET)
    book = born(tmp_path / "book", changed=False)
    data, says = EPUBS[kind]
    (book / "dist/the-book.epub").write_bytes(data)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))

    where = "dist/the-book.epub: error BLD003: the-book.epub" if says else "dist/the-book.epub"
    done = refused(book, *CHECK, code=3, says=(where, says), preexec_fn=limit, timeout=30)
    assert SECRET not in done.said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "secret.txt"]


OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 432 648]>>",
)
BLANK = b"%PDF-1.7\n" + b"".join(b"%d 0 obj%sendobj\n" % row for row in enumerate(OBJECTS, 1))
BLANK += b"trailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"junk", "dist/the-book.pdf: error BLD003: the-book.pdf"),
        (b"%PDF-1.7\n%%EOF", "dist/the-book.pdf: error BLD003: the-book.pdf"),
        (b"", "dist/the-book.pdf: error BLD003: the-book.pdf"),
        (BLANK, "error SAM001: PDF"),
        (BLANK.replace(b"[3 0 R]/Count 1", b"[2 0 R]/Count 9"), "the-book.pdf"),
    ],
)
def test_a_print_edition_from_a_stranger(tmp_path: Path, data: bytes, says: str) -> None:
    book = born(tmp_path / "book", changed=False)
    (book / "dist/the-book.pdf").write_bytes(data)
    refused(book, *CHECK, code=3, says=says)


# --- bounded time and memory ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (">" * 10_000 + " x", 6, ":3: this is nested too deep"),
        ("> " * 10_000 + "x", 6, ":3: this is nested too deep"),
        ("> " * 60 + "x", 6, ":3: this is nested too deep"),
        (("::: deck\n" * 500), 8, "nested"),
        ("[^1]" * 5_000, 6, ":3: the note [^1] is not defined"),
        ("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]", 6, "the note [^"),
    ],
)
def test_nesting_without_end(book: Path, text: str, code: int, says: str) -> None:
    write(book, text)
    assert refused(book, *TXT, code=code, says=(CHAPTER, says)).seconds < 20


def test_brackets_that_cost_pandoc_its_memory(book: Path) -> None:
    write(book, "[" * 300 + "x" + "]" * 300)
    soon = "import booktools.engines.pandoc as p; p.to_json_all.__kwdefaults__['timeout'] = 1"
    done = run(book, *TXT, prelude=soon)
    assert done.code in (0, 6, 8)
    clear(done)
    assert done.seconds < 20


def test_a_huge_chapter(book: Path) -> None:
    """10,000 footnotes, and a paragraph of five megabytes: read, set and proved."""
    calls = "".join(f"word[^{n}]\n" for n in range(10_000))
    notes = "".join(f"[^{n}]: A note.\n\n" for n in range(10_000))
    write(book, f"{calls}\n{notes}")
    words = "notwithstanding incomprehensible misunderstandings internationally"
    long = "".join(f"Sentence {n} {words}.\n" for n in range(62_000))
    assert len(long) > 5_000_000
    (book / "manuscript/text/02-long.md").write_text(f"# Long\n\n{long}")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))

    done = run(book, *TXT, timeout=120, preexec_fn=limit)
    assert done.code == 0, done.said
    text = (book / "dist/the-book.txt").read_text()
    assert "[10000]" in text
    assert "Sentence 61999" in re.sub(r"\s+", " ", text)
