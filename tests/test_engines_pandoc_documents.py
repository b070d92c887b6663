"""The door to pandoc for documents: what it skips is known, and how it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from booktools.engines import pandoc, pandoc_documents
from booktools.engines.pandoc_documents import Skipped, read_document
from booktools.errors import BooktoolsError, EngineFailed, SourceError

EMPTY = '{"pandoc-api-version":[1,23],"meta":{},"blocks":[]}'
Place = Callable[[str], None]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Puts a shell script in pandoc's place."""

    def place(script: str) -> None:
        path = tmp_path / "pandoc"
        path.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(pandoc, "executable", lambda: path)

    return place


def refused(kind: type[BooktoolsError], timeout: float = 30) -> BooktoolsError:
    with pytest.raises(kind) as caught:
        read_document(b"x", "docx", "book.docx", timeout=timeout)
    assert caught.value.place
    assert caught.value.place.file == "book.docx"
    return caught.value


def test_what_is_skipped_comes_with_its_line() -> None:
    found = read_document(b"\n<p>a<textarea>b</textarea></p>", "html", "a.html").skipped
    assert Skipped("<textarea>b</textarea>", 2) in found
    found = read_document(b"a \\foo{b} \\input{secret}", "latex", "a.tex").skipped
    assert [one.what for one in found] == ["\\foo{b}", "the file secret.tex"]


def test_no_file_is_read_beside_the_document() -> None:
    for source, kind in (
        (b"\\input{/etc/hostname}", "latex"),
        (b"<iframe src='file:///etc/hostname'></iframe>", "html"),
        (b"<object data='/etc/hostname'></object>", "html"),
    ):
        tree = read_document(source, kind, "a").tree
        assert Path("/etc/hostname").read_text().strip() not in str(tree["blocks"])


def test_a_document_that_pandoc_refuses_is_a_fault_of_the_source(fake: Place) -> None:
    fake("echo 'cannot parse XML' >&2; exit 63")
    error = refused(SourceError)
    assert "cannot parse XML" in error.message
    assert error.exit_code == 5


def test_a_crash_is_a_fault_of_the_engine(fake: Place) -> None:
    fake("kill -SEGV $$")
    assert "signal 11" in refused(EngineFailed).message


def test_memory_and_time_are_limited(fake: Place) -> None:
    fake("exit 251")
    assert "memory" in refused(EngineFailed).message
    fake("sleep 60")
    assert "stopped after 0.3 seconds" in refused(EngineFailed, timeout=0.3).message


@pytest.mark.parametrize(
    "log", ["", "no log", "{}", "[1, null, {}]", '[{"type": "SkippedContent"}]']
)
def test_a_log_that_says_nothing_is_no_log(fake: Place, log: str) -> None:
    fake(f"echo '{EMPTY}'; echo '{log}' >&2")
    assert read_document(b"x", "docx", "book.docx").skipped == ()


def test_lines_that_are_no_numbers(fake: Place) -> None:
    log = '[{"type": "SkippedContent", "contents": "x", "line": "y"}]'
    fake(f"echo '{EMPTY}'; echo '{log}' >&2")
    assert read_document(b"x", "docx", "book.docx").skipped == (Skipped("x", 0),)


def test_a_liar_is_found_out(fake: Place) -> None:
    fake("echo '{}'")
    assert "not a syntax tree" in refused(EngineFailed).message


def test_every_kind_has_a_reader() -> None:
    from booktools.read.documents import KINDS

    assert set(KINDS.values()) == set(pandoc_documents.READERS)
