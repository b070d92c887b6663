"""The way back: from the manuscript's words to the source, and what changed them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.check.trail import Trails, refuse_strangers, unwind
from booktools.errors import ManuscriptError
from booktools.model.book import Chapter, Paragraph, Text
from booktools.model.galley import Block, Edit, Galley, Layer, Role, Source
from booktools.model.place import Span

RAW = "Days of the Coman-\ndos and of trapos.\nThe end of it all.\n"
FILE = "manuscript/text/01-a.md"


def corrected() -> Block:
    """Halves joined, lines unwrapped, an erratum."""
    block = Block(Role.PARAGRAPH, (Span(0, len(RAW)),), RAW)
    block = block.edited([Edit(Span(17, 19), "-\n", "", "HYP001", evidence="“Comandos”")])
    at = block.text.index("\n")
    block = block.edited([Edit(Span(at, at + 1), "\n", " ", "SPC002")])
    block = block.edited([Edit(Span(len(block.text) - 1, len(block.text)), "\n", "", "SPC004")])
    at = block.text.index("trapos")
    return block.edited([Edit(Span(at, at + 6), "trapos", "traps", "E001", evidence="ocr")])


def trails(*lines: str) -> Trails:
    block = corrected()
    texts = lines or ("Days of the Comandos and of traps. ", "The end of it all.")
    inlines = tuple(Text(text, number) for number, text in enumerate(texts, 3))
    chapter = Chapter(FILE, "a", (), (Paragraph(inlines),))
    return Trails((chapter,), Galley(Source(RAW, (("s.txt", 0),)), (block,)), (0,))


def test_a_word_leads_to_its_line_its_source_and_its_erratum() -> None:
    (found,) = trails().of_word("traps")
    assert str(found.place) == f"{FILE}:3"
    assert found.source is not None
    assert (found.source.file, found.source.line, found.source.page) == ("s.txt", 2, 1)
    assert found.source_text == "trapos"
    assert [(c.rule, c.old, c.new) for c in found.changes] == [("E001", "trapos", "traps")]
    assert found.lines()[-1] == "  E001  trapos → traps  (ocr)"


def test_a_joined_word_names_the_rule() -> None:
    (found,) = trails().of_word("comandos")
    assert found.source is not None
    assert found.source.line == 1
    assert found.source_text == "Coman- dos"
    assert [c.rule for c in found.changes] == ["HYP001"]


def test_a_word_that_nothing_changed_has_no_changes() -> None:
    (found,) = trails().of_word("Days of")
    assert found.changes == ()
    assert (found.before, found.text) == ("", "Days of")


def test_the_old_reading_leads_to_the_new_one() -> None:
    (found,) = trails().of_word("trapos")
    assert found.text == "traps"
    assert [c.rule for c in found.changes] == ["E001"]


def test_capitals_count_when_the_word_has_some() -> None:
    assert not list(trails().of_word("DAYS"))
    assert len(list(trails().of_word("the"))) == 2
    assert len(list(trails().of_word("The"))) == 1


def test_part_of_a_word_is_not_the_word() -> None:
    assert not list(trails().of_word("trap"))


def test_a_phrase_over_two_lines_of_the_manuscript() -> None:
    (found,) = trails().of_word("traps. The end")
    assert found.place.line == 3


def test_a_line_of_the_manuscript() -> None:
    (found,) = trails().of_line(FILE, 4)
    assert found.text == "The end of it all."
    assert found.source is not None
    assert found.source.line == 3


def test_a_line_of_the_source() -> None:
    (found,) = trails().of_line("s.txt", 2)
    assert found.text == "dos and of traps."
    assert [c.rule for c in found.changes] == ["E001"]
    assert not list(trails().of_line("s.txt", 99))


def test_a_book_born_digital_knows_its_manuscript_only() -> None:
    own = Trails(trails().chapters)
    (found,) = own.of_word("traps")
    assert found.source is None
    assert str(found.place) == f"{FILE}:3"


def test_a_manuscript_that_is_not_what_the_sources_give_is_refused() -> None:
    refuse_strangers(trails())
    with pytest.raises(ManuscriptError, match="not what the sources give"):
        refuse_strangers(trails("Days of the Comandos and of tramps. ", "The end of it all."))


@given(st.integers(0, 40), st.integers(1, 12))
def test_unwinding_covers_the_raw_characters(start: int, length: int) -> None:
    block = corrected()
    end = min(len(block.text), start + length)
    if start >= end:
        return
    _, raw = unwind(block, Span(start, end))
    assert raw.start <= block.raw_offset(start)
    assert raw.end > block.raw_offset(end - 1)


TEXT = "abcdefgh"


@given(st.integers(0, 8))
def test_above_is_below_for_what_no_edit_touches(offset: int) -> None:
    layer = Layer([Edit(Span(2, 4), "cd", "XYZ", "R"), Edit(Span(6, 7), "g", "", "R")])
    above = layer.above(offset)
    if offset not in (3, 6):
        assert layer.below(above) == offset or layer.apply(TEXT)[above:] == ""
    assert 0 <= above <= len(layer.apply(TEXT))
