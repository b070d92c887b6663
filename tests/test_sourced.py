"""What OCR has read, entered among the sources: in its place, and nothing else touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from booktools.cli.main import cli
from booktools.errors import ConfigError
from booktools.model import toml
from booktools.sourced import Entry, with_source
from booktools.store import BOOK
from test_recognition import GIVES, TWO, engine

SCAN, HOCR = "manuscript/source/scan.pdf", "manuscript/source/scan.hocr"
OLD, NEW = "a" * 64, "b" * 64
HEAD = 'title = "T"  # ours\n\n[[creators]]\nname = "A"\n'


def row(file: str, sha256: str = OLD) -> str:
    return f"[[sources]]\nfile   = '{file}'   # from the archive\nsha256 = \"{sha256}\"\n"


def put(text: str, scan: str = SCAN, hocr: str = HOCR) -> tuple[Entry, str]:
    return with_source(toml.read(text, BOOK), scan, hocr, NEW)


def added(hocr: str = HOCR) -> str:
    return f'\n[[sources]]\nfile = "{hocr}"\nsha256 = "{NEW}"\n'


def test_it_stands_in_the_place_of_its_scan_and_the_rest_stays_as_it_is() -> None:
    text = f"{row('manuscript/source/a.pdf')}\n# two\n{row(SCAN)}pages = 'auto'\n{HEAD}"
    here = row(SCAN).replace(f"'{SCAN}'", f'"{HOCR}"').replace(OLD, NEW)
    expected = f"{row('manuscript/source/a.pdf')}\n# two\n{here}pages = 'auto'\n{HEAD}"
    assert put(text) == (Entry.REPLACED, expected)


def test_one_that_is_a_source_already_gets_its_new_hash() -> None:
    text = HEAD + row(f"./{HOCR}")
    assert put(text) == (Entry.RENEWED, text.replace(OLD, NEW))
    assert put(text.replace(OLD, NEW)) == (Entry.SAME, text.replace(OLD, NEW))


@pytest.mark.parametrize("before", [HEAD, HEAD.rstrip(), HEAD + row("manuscript/source/b.hocr")])
def test_one_that_is_new_stands_behind_the_others(before: str) -> None:
    assert put(before) == (Entry.ADDED, f"{before.rstrip()}\n{added()}")


def test_nothing_is_entered_beside_other_kinds_or_from_elsewhere() -> None:
    text = HEAD + row("manuscript/source/a.txt")
    assert put(text) == (Entry.OTHERS, text)
    assert put(HEAD, "scan.pdf", "scan.hocr") == (Entry.OTHERS, HEAD)


def test_sources_inside_a_list_are_told_of() -> None:
    listed = f'sources = [{{file = "{SCAN}", sha256 = "{OLD}"}}]\n{HEAD}'
    with pytest.raises(ConfigError, match="inside a list"):
        put(listed)


# --- the command ----------------------------------------------------------------------


def ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a scan, in its folder; the only Tesseract is ours."""
    programs = tmp_path / "bin"
    programs.mkdir()
    engine(programs, GIVES)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    assert ask("new", tmp_path / "book", "--title", "T").exit_code == 0
    where = tmp_path / "book"
    next((where / "manuscript/text").iterdir()).unlink()
    (where / "manuscript/source").mkdir()
    (where / SCAN).write_bytes(TWO)
    monkeypatch.chdir(where)
    return where


def test_a_scan_of_a_project_becomes_its_source_and_is_recovered(book: Path) -> None:
    before = (book / BOOK).read_text()
    done = ask("recover", SCAN, "--ocr")
    assert done.exit_code == 0, done.output
    assert f"{HOCR}: added to {BOOK}" in done.output
    after = (book / BOOK).read_text()
    assert after.startswith(before.rstrip())
    assert ask("recover").exit_code == 0
    texts = (book / "manuscript/text").glob("*.md")
    assert "WORD" in "".join([text.read_text() for text in texts])
    again = ask("recover", SCAN, "--ocr")
    assert f"{HOCR}: is already in {BOOK}" in again.output
    assert (book / BOOK).read_text() == after


def test_a_pdf_that_was_the_source_gives_way(book: Path) -> None:
    here = book / BOOK
    here.write_text(f"{here.read_text()}\n# our scan\n{row(SCAN)}")
    done = ask("recover", SCAN, "--ocr")
    assert f"{HOCR}: entered in the place of the scan in {BOOK}" in done.output
    assert f'# our scan\n[[sources]]\nfile   = "{HOCR}"   # from the archive' in here.read_text()
    assert ask("recover").exit_code == 0


def test_a_scan_from_elsewhere_is_read_and_nothing_entered(book: Path, tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(TWO)
    before = (book / BOOK).read_bytes()
    done = ask("recover", tmp_path / "other.pdf", "--ocr")
    assert done.exit_code == 0, done.output
    assert "copy the scan into manuscript/source/" in done.output
    assert (tmp_path / "other.hocr").exists()
    assert (book / BOOK).read_bytes() == before
