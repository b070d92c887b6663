"""The first leaves of a printed book, and where its first chapter begins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from booktools import fresh, pipeline, prints
from booktools.newproject import Wishes
from booktools.read.documents import About
from booktools.store import open_project
from pdf_files import at, column, pdf

TEXT = [
    "It was raining on the quay, and nobody could say",
    "when the ferry would come, if it came at all, nor",
    "who would be on it when it did, and the lamps were",
    "lit long before the bell had rung the hour at last.",
]
TITLE = at("The Last Quay", 100, 300, 20) + at("A Novel", 130, 270) + at("Ada Petrel", 125, 240)
OPENING = at("CHAPTER I", 120, 370, 12) + at("The Last Quay", 100, 340, 16) + column(TEXT, 30, 300)
MORE = [text.replace("ferry", "packet").replace("bell", "whistle") for text in TEXT]
SECOND = at("CHAPTER II", 118, 370, 12) + at("Green Ink", 110, 340, 16) + column(MORE, 30, 300)
FULL = [
    f"and the {one} in the {two} was older than the {one}s"
    for one in ("ferry", "mast", "sail", "rope", "bell")
    for two in ("harbour", "channel", "parish", "island", "long white bay")
]
BODY = column(FULL, 30, 380)
ABOUT = "/Info 10 0 R", "<</Title(The Last Quay)/Author(Ada Petrel)>>"


def book(tmp_path: Path, wanted: Wishes, *pages: str) -> dict[str, str]:
    data = pdf(*pages, extra=ABOUT[1:], trailer=ABOUT[0])
    (tmp_path / "print.pdf").write_bytes(data)
    begun = fresh.begin(
        str(tmp_path / "book"), [str(tmp_path / "print.pdf")], wanted, lambda step: None
    )
    assert begun.made, begun.recovery.findings
    return dict(pipeline.standing(open_project(tmp_path / "book")).files)


def titles(texts: Iterable[str]) -> list[str]:
    heads = (next(line for line in text.split("\n") if line.startswith("# ")) for text in texts)
    return [head.partition(" {")[0] for head in heads]


def test_what_the_title_page_says_is_not_said_again(tmp_path: Path) -> None:
    files = book(tmp_path, Wishes("", "en"), TITLE, OPENING, BODY, SECOND, BODY)
    assert open_project(tmp_path / "book").config.meta.title == "The Last Quay"
    first, *chapters = files.values()
    assert "A Novel" in first  # book.toml does not say it
    assert "Ada Petrel" not in first.replace("{#", "")
    assert titles(chapters) == ["# The Last Quay", "# Green Ink"]


def test_a_chapter_with_the_books_title_keeps_it(tmp_path: Path) -> None:
    files = book(tmp_path, Wishes("", "en"), OPENING, BODY, SECOND, BODY)
    assert titles(files.values()) == ["# The Last Quay", "# Green Ink"]


def test_no_sentence_runs_from_the_title_page_over_a_chapters_label(tmp_path: Path) -> None:
    page = TITLE.replace("Ada Petrel", "Another Hand")
    files = book(tmp_path, Wishes("", "en"), page, OPENING, BODY, SECOND, BODY)
    first, second, _ = files.values()
    assert "Another Hand" in first
    assert "It was raining" in second


@pytest.mark.parametrize(
    ("title", "author", "about"),
    [
        ("The Quay", "Ada Petrel; Jon Vance", About("The Quay", ("Ada Petrel", "Jon Vance"))),
        ("Microsoft Word - quay.doc", "root", About()),
        ("quay_final_v3.indd", "Ada Petrel", About()),
        ("Untitled", "", About()),
    ],
)
def test_what_programs_write_for_a_title_is_none(title: str, author: str, about: About) -> None:
    info = f"<</Title({title})/Author({author})>>"
    data = pdf(OPENING, extra=[info], trailer="/Info 10 0 R")
    assert prints.about("x.pdf", data) == about
    assert prints.about("x.hocr", b"") == About()
