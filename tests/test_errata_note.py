"""The transcriber's note: both readings of every correction at the end of all editions."""

from __future__ import annotations

from pathlib import Path

import pytest

from booktools.edition.contents import contents, walk
from booktools.errata.entry import Entry
from booktools.errata.handmade import Row
from booktools.errata.note import Noted, note_chapter
from booktools.errata.whereabouts import Stand
from booktools.model.book import (
    Book,
    Chapter,
    ChapterRole,
    Heading,
    Listing,
    Metadata,
    Text,
    block_texts,
    chapter_texts,
    inline_text,
)
from booktools.waist import with_note
from errata_galleys import entry
from errata_projects import recovered

CHAPTER = Chapter("manuscript/text/01-a.md", "one", (Text("One"),), (), label="Chapter 1")
LAST = Chapter("manuscript/text/02-b.md", "two", (Text("Two"),), ())
BACK = Chapter("manuscript/text/99-z.md", "back", (Text("B"),), (), ChapterRole.BACK_COVER)
BOOK = Book(Metadata("B", "en"), (CHAPTER, LAST, BACK))

SENTENCE = "In the struggles of the masses, traps that are supported by their leaders, it was late."
ROW = Row(CHAPTER.file, ((0, 5),), SENTENCE)


def at(one: Entry, shown: str, row: Row = ROW, page: int = 0) -> Noted:
    """A correction whose wanted reading stands where `shown` stands in a row."""
    start = row.text.index(shown)
    return Noted(one, Stand(row, start, start + len(one.wanted.strip())), page)


TRAPS = entry("E1", 9, "trapos", "traps", "of the mases, trapos that are", at=9)
GONE = entry("E2", 9, ", however", "", "it was, however, late", at=1)
MASSES = entry("E3", 9, "mases", "masses", "of the mases, trapos", at=4)


def said(*noted: Noted, page: str = "p.") -> list[str]:
    chapters = {CHAPTER.file: "One", LAST.file: "Two"}
    note = note_chapter("Note", noted, chapters, page, ["transcribers-note"])
    assert note is not None
    assert (note.id, note.role) == ("transcribers-note-2", ChapterRole.ERRATA)
    out = []
    for block in note.blocks:
        if isinstance(block, Heading):
            out.append(f"## {inline_text(block.inlines)}")
        assert isinstance(block, Heading | Listing)
        items = block.items if isinstance(block, Listing) else ()
        out += ["".join(t.value for part in item for t in block_texts(part)) for item in items]
    return out


def test_the_readings_stand_in_the_order_of_the_book_with_their_places() -> None:
    other = Row(LAST.file, ((0, 3),), "He saw traps.")
    later = at(entry("E9", 2, "trap", "traps", "saw trap", at=2), "traps", other, page=14)
    gone, traps = at(GONE, " late", page=12), at(TRAPS, "traps", page=12)
    assert said(later, gone, traps, at(MASSES, "masses", page=11)) == [
        "## One",
        "mases → masses (p. 11: … the struggles of the masses, traps that are supported …)",
        "trapos → traps (p. 12: … struggles of the masses, traps that are supported by …)",
        "was, however → was (p. 12: … by their leaders, it was late.)",
        "## Two",
        "trap → traps (p. 14: He saw traps.)",
    ]


def test_what_a_correction_leaves_and_where_it_stands_nowhere() -> None:
    assert said(Noted(TRAPS, None)) == ["trapos → traps (of the mases, traps that are)"]
    row = Row(CHAPTER.file, ((0, 1),), "get tired")
    one = entry("E4", 1, " very", "", "get very tired")
    assert said(at(one, "tired", row)) == ["## One", "very → [—] (get tired)"]
    alone = entry("E5", 1, "x", "Hope", "x")
    row = Row(CHAPTER.file, ((0, 1),), "Hope")
    assert said(at(alone, "Hope", row)) == ["## One", "x → Hope"]
    assert said(at(alone, "Hope", row, page=3), page="S.") == ["## One", "x → Hope (S. 3)"]
    assert note_chapter("Note", [], {}, "p.", []) is None


def test_parts_of_words_are_shown_whole_and_marks_with_their_words() -> None:
    def alone(found: str, wanted: str, context: str, text: str, shown: str) -> str:
        row = Row(CHAPTER.file, ((0, 1),), text)
        return said(at(entry("E1", 1, found, wanted, context), shown, row))[1].partition(" (")[0]

    assert alone("rn", "m", "corne", "so come, then", "m") == "corne → come"
    assert alone(",", ";", "came, then", "he came; then", ";") == "came, → came;"
    assert alone("-", "–", "Chile-Peru", "in Chile–Peru.", "–") == "Chile-Peru. → Chile–Peru."
    assert alone("so", "sow", "a so-called", "a sow-called man", "sow") == "so-called → sow-called"


def test_corrections_that_are_alike_are_told_together() -> None:
    row = Row(CHAPTER.file, ((0, 1),), "a class-room here and that class-room there")
    one = entry("E1", 1, "classroom", "class-room", "a classroom", at=1)
    two = entry("E2", 1, "classroom", "class-room", "that classroom", at=2)
    second = Noted(two, Stand(row, 27, 37), 5)
    assert said(second, at(one, "class-room", row, page=4)) == [
        "## One",
        "classroom → class-room (p. 4: a class-room here and that class-room …; "
        "p. 5: … class-room here and that class-room there)",
    ]


def test_the_note_stands_at_the_end_but_for_the_back_cover() -> None:
    assert with_note(BOOK, [], "Note") is BOOK
    made = with_note(BOOK, [at(TRAPS, "traps")], "Note")
    assert [chapter.id for chapter in made.chapters] == ["one", "two", "transcribers-note", "back"]
    texts = [text.value for text in chapter_texts(made.chapters[2])]
    assert texts[:3] == ["Note", "Chapter 1: One", "trapos"]


def test_the_contents_do_not_name_the_chapters_twice() -> None:
    made = with_note(BOOK, [at(TRAPS, "traps")], "Note")
    listed = [inline_text(entry.inlines) for _, entry in walk(contents(made))]
    assert listed == ["One", "Two", "Note", "Back cover"]


def test_all_editions_have_it_and_are_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = 'transcribers_note = "Nota del transcriptor"\n'
    desk = recovered(tmp_path, capsys, more, kinds='"epub", "pdf", "txt"')
    desk.did("build")
    text = desk.read("dist/the-strike.txt")
    assert "Nota del transcriptor" in text
    flat = " ".join(text.split())
    assert "_teh_ → _the_ (… to the harbour, and the letter was read to …)" in flat
    assert "ERR020" not in desk.did("check", "--no-epubcheck")
    names = [str(desk.root / f"dist/the-strike.{kind}") for kind in ("epub", "pdf")]
    assert "0 unexplained" in desk.did("diff", *names)
