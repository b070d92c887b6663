"""A newcomer's walk: each kind of source becomes a project, and its editions are proved."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from booktools import pipeline
from booktools.cli.main import cli
from booktools.model.artifact import Edition
from booktools.store import open_project
from papers import BOOK, archive, paper, png, repacked
from test_read_scans import abbyy, alto, hocr
from test_recognition import scan

DUMP = """\
Chapter 1

The Quay

It was raining, and the ferry was late that morn-
ing. Nobody on the quay could say when it would
come, so they waited in the shed, all of them.

Chapter 2

The Road

Nobody walked it now. They had all gone away to
the town, where there was work and light enough.
"""


def ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def walk(where: Path, *arguments: str | Path) -> tuple[Result, list[str]]:
    """The output of `new --from`, and the manuscript; the build is proved."""
    book = where / "book"
    made = ask("new", book, *itertools.chain(*(("--from", a) for a in arguments)))
    assert made.exit_code == 0, made.output
    project = open_project(book)
    built = pipeline.build(project, tuple(Edition), lambda step: None)
    assert len(built.proofs) == 3
    assert [f for f in built.findings if f.severity.value == "error"] == []
    assert len([p for p in (book / "dist").iterdir() if not p.name.startswith(".")]) == 4
    assert ask("--project", book, "recover", "--check").exit_code == 0
    toml = tomllib.loads((book / "manuscript/book.toml").read_text())
    for source in toml["sources"]:
        data = (book / source["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == source["sha256"]
    return made, [project.text(name) for name in project.text_names()]


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "html", "md"])
def test_documents(kind: str, tmp_path: Path) -> None:
    source = tmp_path / f"road.{kind}"
    source.write_bytes(BOOK.encode() if kind == "md" else paper(kind))
    (tmp_path / "quay.png").write_bytes(png())
    made, (first, second) = walk(tmp_path, source)
    assert "“The Salt Road” by Ada Quill, language en" in made.output
    assert "2 chapters" in made.output
    assert "It was *raining*" in first
    assert "no" in second
    pictures = [p for p in (tmp_path / "book/images").iterdir() if p.suffix == ".png"]
    assert [p.read_bytes() for p in pictures] == [png()]
    assert (tmp_path / "book/manuscript/source/quay.png").exists() == (kind in ("html", "md"))


def test_a_dump(tmp_path: Path) -> None:
    (tmp_path / "the-quay_1.txt").write_text(DUMP)
    made, (first, second) = walk(tmp_path, tmp_path / "the-quay_1.txt")
    assert "“The quay 1”, language en." in made.output
    assert "late that morning." in first
    assert "The Road" in second


def test_pages_in_a_folder_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "my pages"
    folder.mkdir()
    for number in range(1, 12):
        text = f"Page number {number} begins here and has a sentence of some length in it,\r\n"
        text += f"and it ends with a stop on page {number}.\r\n"
        (folder / f"page-{number}.txt").write_bytes(text.encode())
    (folder / "page-5.txt").write_bytes(b"")
    made, (text,) = walk(tmp_path, folder)
    assert "“My pages”" in made.output
    places = [text.find(f"number {n} ") for n in range(1, 12) if n != 5]
    assert places == sorted(places)
    assert -1 not in places


def test_a_pdf(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent / "golden/plain.txt", tmp_path / "a.txt")
    (tmp_path / "dump.txt").write_text(DUMP)
    walk(tmp_path, tmp_path / "dump.txt")
    (tmp_path / "book").rename(tmp_path / "first")
    pdf = next((tmp_path / "first/dist").glob("*.pdf"))
    shutil.copy(pdf, tmp_path / "again.pdf")
    made, texts = walk(tmp_path, tmp_path / "again.pdf")
    assert "language en" in made.output
    assert "the ferry was late that morning" in " ".join("\n".join(texts).split())


@pytest.mark.parametrize(
    ("ending", "data"), [(".hocr", hocr()), (".xml", alto()), (".xml", abbyy())]
)
def test_what_ocr_has_read(tmp_path: Path, ending: str, data: str) -> None:
    (tmp_path / f"scan{ending}").write_text(data)
    _, (text,) = walk(tmp_path, tmp_path / f"scan{ending}")
    assert "late that morning, and nobody on the quay could say when." in " ".join(text.split())


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "scan.pdf").write_bytes(scan("The ferry was late that morn-\ning, said Ada."))
    made = ask("new", tmp_path / "book", "--from", tmp_path / "scan.pdf", "--ocr")
    if made.exit_code == 7:
        pytest.skip(made.output)
    assert made.exit_code == 0, made.output
    project = open_project(tmp_path / "book")
    (name,) = project.text_names()
    assert "late that morning, said Ada." in project.text(name)
    assert {p.name for p in (tmp_path / "book/manuscript/source").iterdir()} == {
        "scan.pdf",
        "scan.hocr",
    }


def test_a_picture_wants_ocr(tmp_path: Path) -> None:
    (tmp_path / "scan.tif").write_bytes(b"II*\0 and more")
    for command in (["new", tmp_path / "book", "--from"], ["recover", "--blocks", "-"]):
        said = ask(*command, tmp_path / "scan.tif")
        assert said.exit_code == 5
        assert "this is a picture, without text" in said.output
        assert "--ocr" in said.output
    assert not (tmp_path / "book").exists()


# --- what is asked, and named -------------------------------------------------------------


def test_what_is_named_counts_more_than_what_a_document_says(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BOOK)
    made = ask(
        "new", tmp_path / "book", "--from", tmp_path / "a.md",
        "--title", "Other", "--author", "Bo Ink", "--lang", "en-GB",
    )  # fmt: skip
    assert "“Other” by Bo Ink, language en-GB" in made.output


def test_the_language_is_asked_of_the_text(tmp_path: Path) -> None:
    text = "El perro y la casa que una mujer para los hijos con las manos del padre como su. " * 9
    (tmp_path / "a.txt").write_text(text)
    assert "language es" in ask("new", tmp_path / "one", "--from", tmp_path / "a.txt").output
    (tmp_path / "a.html").write_text(f"<h1>A</h1><p>{text}</p>")
    assert "language es" in ask("new", tmp_path / "two", "--from", tmp_path / "a.html").output
    page = hocr(tuple(text[at : at + 60] for at in range(0, 600, 60)))
    (tmp_path / "a.hocr").write_text(page)
    assert "language es" in ask("new", tmp_path / "three", "--from", tmp_path / "a.hocr").output


def test_it_is_told_what_a_person_should_decide(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DUMP + "\nand then they walked away into the\n")
    made = ask("new", tmp_path / "book", "--from", tmp_path / "a.txt")
    assert "For you to decide or look at: " in made.output
    assert "LAY002" in made.output
    assert f"manuscript/source/a.txt:{DUMP.count(chr(10)) + 2}:" in made.output
    assert "entered in manuscript/layout.toml: answer there" in made.output
    assert f"booktools --project {tmp_path}/book build" in made.output


def test_an_encoding_is_named(tmp_path: Path) -> None:
    text = "La señora caminó por la calle, y nadie la vió allí. " * 5
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    refused = ask("new", tmp_path / "book", "--from", tmp_path / "a.txt")
    assert refused.exit_code == 5
    assert "looks like Windows-1252" in refused.output
    assert "--encoding windows-1252" in refused.output
    made = ask("new", tmp_path / "book", "--from", tmp_path / "a.txt", "--encoding", "windows-1252")
    assert made.exit_code == 0, made.output
    assert ask("--project", tmp_path / "book", "recover", "--check").exit_code == 0
    (tmp_path / "b.txt").write_bytes(text.encode("utf-16"))
    refused = ask("new", tmp_path / "two", "--from", tmp_path / "b.txt")
    assert "--encoding utf-16" in refused.output
    made = ask("new", tmp_path / "two", "--from", tmp_path / "b.txt", "--encoding", "utf-16")
    assert made.exit_code == 0, made.output
    blocks = ask("recover", tmp_path / "a.txt", "--blocks", "-", "--encoding", "windows-1252")
    assert "señora" in blocks.output


def test_an_encoding_is_for_texts_only(tmp_path: Path) -> None:
    for kind in ("docx", "epub"):
        (tmp_path / f"a.{kind}").write_bytes(paper(kind))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "a.hocr").write_text(hocr())
    for name in ("a.docx", "a.epub", "a.pdf", "a.hocr"):
        words = ("--from", tmp_path / name, "--encoding", "windows-1252")
        made = ask("new", tmp_path / "book", *words)
        assert made.exit_code == 5
        assert f"{name}: such a file says itself how its letters are written" in made.output
        assert not (tmp_path / "book").exists()
        words = (tmp_path / name, "--blocks", "-", "--encoding", "windows-1252")
        assert "says itself how" in ask("recover", *words).output
    page = "<title>Señora</title><p>La señora caminó por la calle, allí.</p>"
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    words = ("--from", tmp_path / "a.html", "--encoding", "windows-1252")
    assert ask("new", tmp_path / "book", *words).exit_code == 0
    (chapter,) = (tmp_path / "book/manuscript/text").glob("*.md")
    assert "La señora caminó" in chapter.read_text()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", "id,line\nE1,3\n", "a table is no book"),
        ("a.json", '{"a": 1}', "data for programs are no book"),
        ("a.TOML", "a = 1\n", "settings are no book"),
        ("a.rtf", "{\\rtf1 It rained.}", "RTF is not read"),
        ("a.txt", "{\\rtf1 It rained.}", "RTF is not read"),
        ("a.ps", "%!PS-Adobe-3.0\n", "PostScript is not read"),
    ],
)
def test_what_is_no_book_makes_none(tmp_path: Path, name: str, data: str, said: str) -> None:
    (tmp_path / name).write_text(data)
    made = ask("new", tmp_path / "book", "--from", tmp_path / name)
    assert (made.exit_code, said in made.output) == (5, True), made.output
    assert not (tmp_path / "book").exists()
    if name.endswith(("csv", "json")):
        assert "booktools errata import" in made.output
    blocks = ask("recover", tmp_path / name, "--blocks", "-")
    assert (blocks.exit_code, said in blocks.output) == (5, True)


def test_decisions_about_the_layout_of_documents_are_told_as_idle(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(paper("docx"))
    book = tmp_path / "book"
    assert ask("new", book, "--from", tmp_path / "a.docx").exit_code == 0
    layout = book / "manuscript/layout.toml"
    assert "LAY006" not in ask("--project", book, "recover", "--check").output
    layout.write_text('[[break]]\nline = 3\nwhy = "so"\n')
    said = ask("--project", book, "recover", "--check")
    assert "layout.toml:1: warning LAY006" in said.output
    assert said.exit_code == 0
    layout.write_text("[[brake]]\nline = 3\n")
    assert ask("--project", book, "recover", "--check").exit_code == 4


@pytest.mark.parametrize(
    ("data", "reads"),
    [
        (b"One line, and no end of it", "One line, and no end of it"),
        (b"It rained that morn-\r\ning, and\rnobody\nknew.\r\n", "that morning, and nobody knew."),
        ("\ufeffIt rained.".encode(), "It rained."),
        (("Die Flasche stand auf dem Fen-\nster. " * 9).encode(), "auf dem Fenster."),
        (("Il mare era calmo, e la bar-\nca tornava. " * 9).encode(), "e la barca tornava."),
    ],
)
def test_texts_of_all_sorts(tmp_path: Path, data: bytes, reads: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    _, (text,) = walk(tmp_path, tmp_path / "a.txt")
    assert reads in " ".join(text.split())


def test_a_text_from_right_to_left(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("השמש זרחה על הים והספינה הגיעה לנמל. " * 4)
    made = ask("new", tmp_path / "book", "--from", tmp_path / "a.txt")
    assert "language he." in made.output
    (text,) = (tmp_path / "book/manuscript/text").glob("*.md")
    assert "השמש זרחה על הים והספינה הגיעה לנמל." in text.read_text()
    assert ask("--project", tmp_path / "book", "recover", "--check").exit_code == 0


def test_a_language_that_nothing_tells_is_said_to_be_a_guess(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Il mare era calmo.")
    assert "is it right?" in ask("new", tmp_path / "one", "--from", tmp_path / "a.txt").output
    made = ask("new", tmp_path / "two", "--from", tmp_path / "a.txt", "--lang", "it")
    assert "is it right?" not in made.output


def test_what_a_book_puts_up_with_is_switched_off(tmp_path: Path) -> None:
    row = "<tr><td>a</td><td><img src=x></td></tr>"
    (tmp_path / "a.html").write_text(f"<h1>Rain</h1><table>{row}{row}</table>")
    made = ask("new", tmp_path / "book", "--from", tmp_path / "a.html")
    assert "DOC003" in made.output
    toml = tmp_path / "book/manuscript/book.toml"
    off = '[rules_off]\nDOC003 = "they read well"\n\n[[sources]]'
    toml.write_text(toml.read_text().replace("[[sources]]", off))
    done = ask("--project", tmp_path / "book", "recover")
    assert done.exit_code == 0
    assert "DOC003" not in done.output


# --- when it fails there is nothing -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"PK\x03\x04nothing", 5),
        ("a.docx", archive({"[Content_Types].xml": "x", "../x": "y"}), 5),
        ("a.docx", b"", 5),
        ("a.odt", b"Dear reader", 5),
        ("a.pdf", b"Dear reader", 5),
        ("a.hocr", b"Dear reader", 5),
        ("a.txt", b"", 5),
        ("a.txt", b"\0\1\2", 5),
        ("a.rtf", b"{\\rtf1 x}", 5),
        ("a.html", b"<p></p>", 5),
    ],
)
def test_a_recovery_that_fails_leaves_no_half_project(
    tmp_path: Path, name: str, data: bytes, code: int
) -> None:
    (tmp_path / name).write_bytes(data)
    made = ask("new", tmp_path / "book", "--from", tmp_path / name)
    assert made.exit_code == code, made.output
    assert "sorry" not in made.output
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_broken_document_leaves_no_half_project(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(repacked(paper("docx"), {"word/document.xml": "<w:doc"}))
    made = ask("new", tmp_path / "book", "--from", tmp_path / "a.docx")
    assert made.exit_code == 5
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_an_interruption_leaves_no_half_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "write_manuscript", interrupted)
    (tmp_path / "a.md").write_text(BOOK)
    assert ask("new", tmp_path / "book", "--from", tmp_path / "a.md").exit_code == 130
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_folder_that_is_taken_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BOOK)
    (tmp_path / "book").mkdir()
    (tmp_path / "book/mine").write_text("mine")
    made = ask("new", tmp_path / "book", "--from", tmp_path / "a.md")
    assert made.exit_code == 6
    assert [path.name for path in (tmp_path / "book").iterdir()] == ["mine"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "book"]


def test_sources_of_two_kinds_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BOOK)
    (tmp_path / "b.txt").write_text(DUMP)
    made = ask("new", tmp_path / "book", "--from", tmp_path / "a.md", "--from", tmp_path / "b.txt")
    assert made.exit_code == 4
    assert "two kinds" in made.output
    assert not (tmp_path / "book").exists()


def test_a_document_takes_nothing_from_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "link.png").symlink_to(tmp_path / "secret.png")
    (inner / "a.md").write_text("# A\n\nb ![x](../secret.png) ![y](link.png) ![z](/etc/passwd)\n")
    made = ask("new", tmp_path / "book", "--from", inner / "a.md")
    assert made.exit_code == 0, made.output
    assert "3 pictures did not come along" in made.output
    assert [p.name for p in (tmp_path / "book/images").iterdir()] == [".gitkeep"]
    assert [p.name for p in (tmp_path / "book/manuscript/source").iterdir()] == ["a.md"]


def test_corrections_of_a_document_are_errata(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Rain\n\nTeh *quay* was wet.\n")
    walk(tmp_path, tmp_path / "a.md")
    book = tmp_path / "book"
    (book / "manuscript/errata.toml").write_text(
        '[[erratum]]\nid = "E1"\nline = 2\nfound = "Teh quay"\nwanted = "The quays"\n'
        'context = "Teh quay was"\nkind = "typo"\nreason = "typed so"\nstate = "accepted"\n'
        'decided_by = "reader"\ndecided_on = 2026-01-01\n'
    )
    done = ask("--project", book, "recover")
    assert done.exit_code == 0, done.output
    (text,) = (p.read_text() for p in sorted((book / "manuscript/text").glob("*.md")))
    assert "The quays was wet." in text.replace("*", "")
    trail = ask("--project", book, "why", "quays")
    assert "manuscript/source/a.md (paragraph 2)" in trail.output
    assert "E1" in trail.output
