"""Galley → chapters, and the account of what went in and came out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.check.conservation import account, letters
from booktools.check.ledger import edits_made
from booktools.errors import ConfigError
from booktools.model.book import (
    Chapter,
    ChapterRole,
    Figure,
    Heading,
    Paragraph,
    ParagraphRole,
    Quote,
    Text,
    Verse,
    chapter_texts,
)
from booktools.model.galley import Block, Edit, Galley, Layer, Role, Source
from booktools.model.place import Span
from booktools.shape.shape import shape


def galley(*rows: tuple[Role, str] | tuple[Role, str, dict[str, str]]) -> Galley:
    """Blocks of one line each; the source is their lines."""
    blocks, at, text = [], 0, ""
    for role, line, *more in rows:
        raw = line + "\n"
        attributes = tuple((more[0] if more else {}).items())
        trimmed = Layer([Edit(Span(len(line), len(raw)), "\n", "", "SPC004")])
        blocks.append(Block(role, (Span(at, at + len(raw)),), raw, (trimmed,), 2, attributes))
        at += len(raw)
        text += raw
    return Galley(Source(text, (("source.txt", 0),)), tuple(blocks))


BOOK = galley(
    (Role.TITLE, "Introduction", {"kind": "introduction", "id": "intro"}),
    (Role.PARAGRAPH, "First words."),
    (Role.LABEL, "Chapter 1"),
    (Role.TITLE, "The Beginning"),
    (Role.DATELINE, "June 2020"),
    (Role.HEADING, "A Section"),
    (Role.CAPTION, "A photograph.", {"image": "images/a.jpg", "alt": "Two people"}),
    (Role.PARAGRAPH, "Text."),
    (Role.HEADING, "A Section"),
    (Role.SIGNATURE, "The Author"),
)


def test_titles_begin_chapters_and_labels_go_with_them() -> None:
    first, second = shape(BOOK, "Book").chapters
    assert (first.file, first.id, first.role) == (
        "manuscript/text/01-intro.md",
        "intro",
        ChapterRole.INTRODUCTION,
    )
    assert first.blocks == (Paragraph((Text("First words."),)),)
    assert (second.file, second.label, second.title) == (
        "manuscript/text/02-the-beginning.md",
        "Chapter 1",
        (Text("The Beginning"),),
    )


def test_blocks_take_their_roles_and_ids_are_unique() -> None:
    blocks = shape(BOOK, "Book").chapters[1].blocks
    assert blocks[0] == Paragraph((Text("June 2020"),), ParagraphRole.DATELINE)
    assert blocks[1] == Heading(2, (Text("A Section"),), "a-section")
    assert blocks[2] == Figure(
        "images/a.jpg", "Two people", (Text("A photograph."),), "fig-a-photograph"
    )
    assert blocks[4] == Heading(2, (Text("A Section"),), "a-section-2")


def test_text_before_the_first_title_is_a_chapter_of_the_books_name() -> None:
    (only,) = shape(galley((Role.PARAGRAPH, "Words.")), "The Book").chapters
    assert only.title == (Text("The Book"),)


def test_a_picture_before_the_first_title_belongs_to_its_chapter() -> None:
    made = galley(
        (Role.CAPTION, "The quay at dawn."),
        (Role.LABEL, "Chapter 1"),
        (Role.TITLE, "The Beginning"),
        (Role.PARAGRAPH, "Text."),
    )
    shaped = shape(made, "Book")
    (chapter,) = shaped.chapters
    assert [type(block) for block in chapter.blocks] == [Figure, Paragraph]
    assert shaped.order == (1, 2, 0, 3)
    assert account(made, shaped.order, shaped.chapters, shaped.untitled).findings == ()


def test_a_title_from_the_metadata_is_in_the_account() -> None:
    words = galley((Role.PARAGRAPH, "Words."))
    shaped = shape(words, "The Book")
    settled = account(words, shaped.order, shaped.chapters, shaped.untitled)
    assert settled.findings == ()
    assert settled.entries[-1].rule == "title"
    assert settled.manuscript == settled.source + 7
    assert account(words, shaped.order, shaped.chapters).findings


def test_the_paragraphs_of_a_letter_are_one_quotation() -> None:
    made = galley(
        (Role.QUOTE, "My dear Marta,"),
        (Role.QUOTE, "Come home."),
        (Role.PARAGRAPH, "She did."),
        (Role.QUOTE, "Welcome."),
    )
    (chapter,) = shape(made, "Book").chapters
    assert [type(block) for block in chapter.blocks] == [Quote, Paragraph, Quote]
    assert isinstance(chapter.blocks[0], Quote)
    assert len(chapter.blocks[0].blocks) == 2


def test_verse_lines_stay() -> None:
    poem = galley((Role.VERSE, "One line"), (Role.PARAGRAPH, "x"))
    block = replace(poem.blocks[0], raw="One\ntwo\n", layers=())
    block = block.edited([Edit(Span(7, 8), "\n", "", "SPC004")])
    made = shape(Galley(poem.source, (block,)), "B").chapters[0].blocks[0]
    assert made == Verse(((Text("One"),), (Text("two"),)))


@pytest.mark.parametrize(
    "rows",
    [[(Role.LABEL, "Chapter 9")], [(Role.LABEL, "Chapter 9"), (Role.PARAGRAPH, "Words.")]],
)
def test_a_label_without_a_title_is_refused_with_its_place(rows: list[tuple[Role, str]]) -> None:
    with pytest.raises(ConfigError, match="has no title") as error:
        shape(galley(*rows), "Book")
    assert error.value.place is not None
    assert error.value.place.line == 1
    assert error.value.hint


def test_a_decided_id_is_not_taken_by_the_words_of_another_block() -> None:
    rows = galley(
        (Role.TITLE, "Home"),
        (Role.HEADING, "Chapter one"),
        (Role.TITLE, "Away", {"id": "chapter-one"}),
        (Role.HEADING, "Home", {"id": "here"}),
    )
    one, two = shape(rows, "Book").chapters
    assert (one.id, two.id) == ("home", "chapter-one")
    headings = [b.id for c in (one, two) for b in c.blocks if isinstance(b, Heading)]
    assert headings == ["chapter-one-2", "here"]


def test_a_hundred_chapters_sort_by_their_files_names() -> None:
    rows = galley(*((Role.TITLE, f"Title {number}") for number in range(1, 121)))
    files = [chapter.file for chapter in shape(rows, "Book").chapters]
    assert files == sorted(files)
    assert files[0] == "manuscript/text/001-title-1.md"


def test_furniture_that_is_kept_is_text_and_parts_no_label_from_its_title() -> None:
    rows = galley(
        (Role.FURNITURE, "THE BOOK 7"),
        (Role.LABEL, "Chapter 9"),
        (Role.FURNITURE, "8 THE BOOK"),
        (Role.TITLE, "Home"),
    )
    one, two = shape(rows, "Book").chapters
    assert one.blocks == (Paragraph((Text("THE BOOK 7"),)),)
    assert (two.label, two.title) == ("Chapter 9", (Text("Home"),))
    assert two.blocks == (Paragraph((Text("8 THE BOOK"),)),)


# --- the account ----------------------------------------------------------------------


def test_an_honest_recovery_adds_up() -> None:
    shaped = shape(BOOK, "Book")
    settled = account(BOOK, shaped.order, shaped.chapters)
    assert settled.findings == ()
    assert settled.source == settled.manuscript == len(letters(BOOK.source.text))
    assert settled.lines()[-1] == "every character is accounted for"


def test_changes_are_counted_by_rule() -> None:
    block = BOOK.blocks[1].edited([Edit(Span(0, 5), "First", "Last", "E001")])
    changed = Galley(BOOK.source, (BOOK.blocks[0], block, *BOOK.blocks[2:]))
    shaped = shape(changed, "Book")
    settled = account(changed, shaped.order, shaped.chapters)
    assert settled.findings == ()
    (entry,) = [e for e in settled.entries if e.rule == "E001"]
    assert (entry.edits, entry.removed, entry.added) == (1, 3, 2)
    assert settled.manuscript == settled.source - 1


def corrected() -> Galley:
    """The first words changed twice: in all blocks by the trim, in one by two errata."""
    block = BOOK.blocks[1].edited(
        [Edit(Span(0, 5), "First", "Last", "E001"), Edit(Span(11, 12), ".", "!", "E002")]
    )
    return Galley(BOOK.source, (BOOK.blocks[0], block, *BOOK.blocks[2:]))


def test_the_account_has_a_row_a_rule_and_one_for_all_errata() -> None:
    galley = corrected()
    shaped = shape(galley, "Book")
    rows = account(galley, shaped.order, shaped.chapters).lines(
        {"SPC004": "trim", "errata": "two"}, {"E001", "E002"}
    )
    assert [row.split() for row in rows[:3]] == [
        ["rule", "edits", "removed", "added"],
        ["SPC004", "trim", "10", "0", "0"],
        ["errata", "two", "2", "4", "3"],
    ]


def test_the_edits_of_a_rule_are_listed_in_the_order_of_the_source() -> None:
    lines = [made.line() for made in edits_made(corrected(), {"E001", "E002", "E003"})]
    assert lines == [
        "E001  source.txt:2:1 (page 1)  [First → Last] words.",
        "E002  source.txt:2:12 (page 1)  First words[. → !]",
    ]
    trims = edits_made(corrected(), {"SPC004"})
    assert len(trims) == len(BOOK.blocks)
    assert trims[1].line() == "SPC004  source.txt:2:13 (page 1)  First words.[⏎ → ∅]"
    swapped = replace(corrected(), blocks=corrected().blocks[::-1])
    assert edits_made(swapped, {"SPC004"}) == trims


def _damaged(chapter: Chapter, text: str) -> Chapter:
    return replace(chapter, blocks=(Paragraph((Text(text),)), *chapter.blocks[1:]))


@pytest.mark.parametrize("text", ["First word.", "First wordss.", "First w0rds.", ""])
def test_a_manuscript_that_lost_or_won_letters_is_found(text: str) -> None:
    shaped = shape(BOOK, "Book")
    first, *rest = shaped.chapters
    settled = account(BOOK, shaped.order, (_damaged(first, text), *rest))
    (finding,) = settled.findings
    assert finding.code == "CON003"
    assert finding.place is not None
    assert finding.place.file == "source.txt"


def test_source_text_in_no_block_or_in_two_is_found() -> None:
    missing = Galley(BOOK.source, BOOK.blocks[1:])
    shaped = shape(missing, "Book")
    assert "CON001" in {f.code for f in account(missing, shaped.order, shaped.chapters).findings}
    doubled = Galley(BOOK.source, (*BOOK.blocks, BOOK.blocks[1]))
    shaped = shape(doubled, "Book")
    found = account(doubled, shaped.order, shaped.chapters).findings
    assert "in two blocks" in found[0].message


def test_a_block_that_reaches_no_chapter_is_found() -> None:
    shaped = shape(BOOK, "Book")
    settled = account(BOOK, shaped.order[:-1], shaped.chapters)
    assert "CON003" in {f.code for f in settled.findings}


@given(st.integers(0, 200), st.sampled_from(["drop", "double", "change"]))
def test_any_damaged_letter_is_found(where: int, how: str) -> None:
    shaped = shape(BOOK, "Book")
    all_text = [t.value for c in shaped.chapters for t in chapter_texts(c)]
    whole = "".join(all_text)
    at = [i for i, c in enumerate(whole) if not c.isspace()][where % len(letters(whole))]
    middle = {"drop": "", "double": whole[at] * 2, "change": "#"}[how]
    flat = whole[:at] + middle + whole[at + 1 :]
    one = Chapter("manuscript/text/01-x.md", "x", (), (Paragraph((Text(flat),)),))
    assert account(BOOK, shaped.order, (one,)).findings
