"""PDF files through `booktools recover`, in a project and without one, and the proof of letters."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from booktools import loose, prints
from booktools.check.printed_source import Inked, Ledger, printed_findings
from booktools.cli import main
from booktools.config import SourceFile
from booktools.errors import ConfigError, SourceError
from booktools.model.page import Pages
from booktools.model.place import Place
from booktools.model.printed_page import Hidden
from finished_book import finished_pdf
from pdf_files import at, column, pdf
from printed_pages import hidden, line, page, picture, read

TEXT = column(["It was raining in the har-", "bour when the ship came in."], 50, 300)


def quiet(step: str) -> None:
    return None


@dataclass(frozen=True)
class Result:
    exit_code: int
    output: str


def run(*arguments: str) -> Result:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main.run(list(arguments))
    return Result(code, said.getvalue())


@cache
def novel() -> bytes:
    """Two columns with a heading, a caption, a box, a note, heads and folios, set by WeasyPrint."""
    from weasyprint import HTML

    words = "The men went down to the river, where the boats lay waiting for them in the reeds. "
    paragraphs = "".join(f"<p>Number {n}. {words * 3}</p>" for n in range(12))
    html = f"""<style>
    @page {{ size: 400pt 560pt; margin: 40pt;
             @top-left {{ content: "THE RIVER"; font-size: 7pt }}
             @bottom-center {{ content: counter(page); font-size: 7pt }} }}
    body {{ columns: 2; column-gap: 16pt; font: 10pt serif; text-align: justify;
            hyphens: auto }}
    p {{ margin: 0; text-indent: 12pt }} h1 {{ font-size: 15pt }}
    figure {{ margin: 6pt 0; font-size: 8pt; font-style: italic }}
    figure div {{ height: 40pt; background: #aaa }}
    aside {{ border: 1pt solid; padding: 5pt; margin: 6pt 0; font-size: 9pt;
             break-inside: avoid }} aside p {{ text-indent: 0 }}
    </style><body lang="en"><h1>The River</h1>{paragraphs}
    <figure><div></div>The boats in the reeds</figure>{paragraphs}
    <aside><b>Reeds</b><p>They grow by every river.</p></aside>{paragraphs}"""
    data = HTML(string=html).write_pdf()
    assert isinstance(data, bytes)
    return data


@cache
def recovered() -> list[dict[str, str]]:
    made = prints.read([("novel.pdf", novel())], quiet)
    text = loose.recover_pages(made.pages, ["en"], quiet, made.findings).json
    blocks = json.loads(text)
    assert isinstance(blocks, list)
    return blocks


def texts(kind: str) -> list[str]:
    return [block["text"] for block in recovered() if block["type"] == kind]


# --- a typeset book -------------------------------------------------------------------


def test_paragraphs_are_whole_and_in_order() -> None:
    whole = [t for t in texts("paragraph") if t.startswith("Number")]
    assert [int(t.split()[1].rstrip(".")) for t in whole] == [*range(12)] * 3
    words = "The men went down to the river, where the boats lay waiting for them in the reeds. "
    assert {t.partition(". ")[2] for t in whole} == {(words * 3).strip()}


def test_the_rest_has_its_kind() -> None:
    assert texts("heading") == ["The River", "Reeds"]
    assert texts("caption") == ["The boats in the reeds"]
    assert "They grow by every river." in texts("paragraph")


def test_heads_and_folios_are_left_out() -> None:
    every = " ".join(block["text"] for block in recovered())
    assert "THE RIVER" not in every
    assert not any(block["text"].isdigit() for block in recovered())


def test_the_projects_own_edition_is_read_back() -> None:
    made = prints.read([("b.pdf", finished_pdf())], quiet)
    assert not [f for f in made.findings if f.code == "CON004"]
    assert made.pages.geometry is not None
    assert made.pages.geometry.outline


# --- the command ----------------------------------------------------------------------


def test_a_pdf_without_a_project(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(pdf(TEXT))
    out = tmp_path / "b.json"
    result = run("recover", str(tmp_path / "b.pdf"), "--blocks", str(out), "--lang", "en")
    assert result.exit_code == 0, result.output
    assert json.loads(out.read_text()) == [
        {"type": "paragraph", "text": "It was raining in the harbour when the ship came in."}
    ]


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (pdf("0 0 m 9 9 l S"), 5, "--ocr"),
        (b"%PDF-1.7\nrubbish\n%%EOF\n", 5, "is damaged"),
        (pdf(TEXT)[:-20], 5, "is cut off"),
        (b"", 5, ""),
    ],
)
def test_what_cannot_be_recovered_is_told(
    data: bytes, code: int, says: str, tmp_path: Path
) -> None:
    (tmp_path / "b.pdf").write_bytes(data)
    out = tmp_path / "b.json"
    result = run("recover", str(tmp_path / "b.pdf"), "--blocks", str(out))
    assert result.exit_code == code
    assert "b.pdf" in result.output
    assert says in result.output
    assert not out.exists()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert run("new", str(tmp_path / "b"), "--title", "Rain").exit_code == 0
    data = pdf(TEXT, at("And it went on raining.", 62, 300))
    root = tmp_path / "b"
    (root / "manuscript/rain.pdf").write_bytes(data)
    for file in (root / "manuscript/text").iterdir():
        file.unlink()
    with (root / "manuscript/book.toml").open("a") as toml:
        toml.write(
            '\n[[sources]]\nfile = "manuscript/rain.pdf"\n'
            f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        )
    return root


def test_a_project_with_a_pdf(project: Path) -> None:
    result = run("--project", str(project), "recover", "--ledger")
    assert result.exit_code == 0, result.output
    assert "every character is accounted for" in result.output
    (text,) = (file.read_text() for file in (project / "manuscript/text").glob("*.md"))
    assert "It was raining in the harbour when the ship came in." in text
    assert "And it went on raining." in text
    again = run("--project", str(project), "recover", "--check")
    assert again.exit_code == 0, again.output


def test_findings_name_page_and_line(project: Path) -> None:
    layout = '[[block]]\nlines = "4"\ntext = "Nothing"\nrole = "heading"\n'
    (project / "manuscript/layout.toml").write_text(layout)
    result = run("--project", str(project), "recover")
    assert result.exit_code == 4
    assert "And it went on" in result.output


def test_the_lines_of_the_source_can_be_printed(project: Path) -> None:
    result = run("--project", str(project), "recover", "--check", "--lines")
    assert "manuscript/rain.pdf:1:1 (page 1): It was raining in the har-" in result.output
    assert "manuscript/rain.pdf:4:1 (page 2): And it went on raining." in result.output


def test_a_changed_pdf_is_refused(project: Path) -> None:
    (project / "manuscript/rain.pdf").write_bytes(pdf(TEXT))
    result = run("--project", str(project), "recover")
    assert result.exit_code == 5
    assert "SHA-256" in result.output


def test_pdfs_and_texts_do_not_mix() -> None:
    sources = [SourceFile("a.pdf", ""), SourceFile("b.txt", "", place=Place("book.toml", 9))]
    with pytest.raises(ConfigError, match="two kinds") as caught:
        prints.among(sources)
    assert caught.value.place == Place("book.toml", 9)
    assert prints.among(sources[:1])
    assert not prints.among(sources[1:])


def test_a_scan_without_text_names_ocr() -> None:
    with pytest.raises(SourceError, match="its 2 pages hold pictures only") as caught:
        prints.read([("scan.pdf", pdf("", ""))], quiet)
    assert "--ocr" in caught.value.hint


# --- the proof of letters -------------------------------------------------------------


def inked(pages: Iterable[str], pictures: bool = False) -> list[Inked]:
    return [Inked(Counter("".join(text.split())), pictures) for text in pages]


def codes(pages: Pages, given: list[Inked]) -> list[str]:
    return [finding.code for finding in printed_findings(pages, given)]


def test_letters_that_are_there_are_no_finding() -> None:
    pages = read(page(line("one two", 20, 50)), page(line("three", 20, 50), number=2))
    assert codes(pages, inked(["one two", "three"])) == []


@pytest.mark.parametrize(
    "given", [["one twos", "three"], ["one tw", "three"], ["three", "one two"]]
)
def test_letters_lost_or_invented_are_an_error(given: list[str]) -> None:
    pages = read(page(line("one two", 20, 50)), page(line("three", 20, 50), number=2))
    found = printed_findings(pages, inked(given))
    assert {finding.code for finding in found} == {"CON004"}
    assert found[0].place is not None
    assert found[0].place.page == 1


def test_the_ledger_writes_down_what_passes() -> None:
    leaf = page(line("one two", 20, 50), drawings=[picture(0, 0, 9, 9)])
    ledger = Ledger()
    assert list(ledger.through([leaf])) == [leaf]
    assert ledger.pages == inked(["one two"], True)


def test_pages_that_are_pictures_are_named() -> None:
    pages = read(page(line("text", 20, 50)), page(number=2), page(number=3))
    empty = Inked(Counter(), True)
    found = printed_findings(pages, [*inked(["text"]), empty, empty])
    assert [f.code for f in found] == ["PDF001"]
    assert found[0].message == "pages 2, 3: pictures without text"
    assert "--ocr" in found[0].fix


def test_hidden_text_and_unknown_letters_are_told() -> None:
    pages = read(page(line("a\ufffdb c", 20, 50), hidden("secret", 20, 80, Hidden.PALE)))
    found = printed_findings(pages, inked(["a\ufffdbcsecret"]))
    assert [f.code for f in found] == ["PDF002", "PDF003"]
    assert "colour" in found[0].message
    assert found[0].excerpt == "secret"
