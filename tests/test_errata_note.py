"""The transcriber's note: both readings of every correction at the end of all editions."""

from __future__ import annotations

from pathlib import Path

import pytest

from booktools.errata.entry import State
from booktools.errata.note import note_chapter
from booktools.model.book import Book, Chapter, Heading, Listing, Metadata, Text, chapter_texts
from booktools.waist import with_note
from errata_galleys import entry
from errata_projects import recovered

ONE = entry("E1", 1, "trapos", "traps", "struggles of the masses, trapos that are supported", at=3)
GONE = entry("E2", 2, ", however", "", "it was, however, late", at=1)
CHAPTER = Chapter("manuscript/text/01-a.md", "one", (Text("One"),), ())
BOOK = Book(Metadata("B", "en"), (CHAPTER,))


def test_both_readings_and_their_place() -> None:
    note = note_chapter("Note", [("One", [ONE]), ("", [GONE]), ("Two", [])], ["transcribers-note"])
    assert note is not None
    assert note.id == "transcribers-note-2"
    assert [type(block) for block in note.blocks] == [Heading, Listing, Listing]
    assert [text.value for text in chapter_texts(note)] == [
        "Note",
        "One",
        "“trapos” : “traps” (struggles of the masses, traps that are supported)",
        "“, however” : [—] (it was, late)",
    ]
    assert note_chapter("Note", [("One", [])], []) is None


def test_a_book_without_a_title_for_it_has_none() -> None:
    assert with_note(BOOK, [ONE], "") is BOOK
    assert with_note(BOOK, [], "Note") is BOOK
    assert with_note(BOOK, [entry("Q", 1, "a", "b", "a", state=State.OPEN)], "Note") is BOOK
    made = with_note(BOOK, [ONE, GONE], "Note")
    assert made.chapters[:-1] == BOOK.chapters
    texts = [text.value for text in chapter_texts(made.chapters[-1])]
    assert [text.partition(" :")[0] for text in texts] == ["Note", "“, however”", "“trapos”"]


def test_all_editions_have_it_and_are_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = 'transcribers_note = "Nota del transcriptor"\n'
    desk = recovered(tmp_path, capsys, more, kinds='"epub", "pdf", "txt"')
    desk.did("build")
    text = desk.read("dist/the-strike.txt")
    assert "Nota del transcriptor" in text
    assert "“teh” : “the” (and the letter)" in " ".join(text.split())
    assert "ERR020" not in desk.did("check", "--no-epubcheck")
    names = [str(desk.root / f"dist/the-strike.{kind}") for kind in ("epub", "pdf")]
    assert "0 unexplained" in desk.did("diff", *names)
