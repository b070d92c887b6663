"""The way back: from the manuscript's words to the source, and what changed them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.check.conservation import letters
from booktools.check.trail import Trails, refuse_strangers, unwind
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.errors import ManuscriptError
from booktools.model.book import Chapter, Emph, LineBreak, Paragraph, Text
from booktools.model.galley import Block, Edit, Galley, Layer, Role, Source
from booktools.model.place import Place, Span
from booktools.shape.shape import shape

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


def test_words_that_an_erratum_parted_name_it() -> None:
    raw = "He sat inthe garden."
    edit = Edit(Span(7, 12), "inthe", "in the", "F001", evidence="typo")
    block = Block(Role.PARAGRAPH, (Span(0, len(raw)),), raw).edited([edit])
    chapter = Chapter(FILE, "a", (), (Paragraph((Text(block.text, 3),)),))
    ways = Trails((chapter,), Galley(Source(raw, (("s.txt", 0),)), (block,)), (0,))
    for word in ("inthe", "garden"):
        (found,) = ways.of_word(word)
        assert [c.rule for c in found.changes] == ["F001"] * (word == "inthe")


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


def of(raw: str, blocks: list[Block], chapter: Chapter, untitled: str = "") -> Trails:
    galley = Galley(Source(raw, (("s.txt", 0),)), tuple(blocks))
    order = tuple(i for i, b in enumerate(blocks) if b.text.strip())
    return Trails((chapter,), galley, order, frozenset({untitled} - {""}))


def test_a_title_that_the_metadata_gave_leads_to_no_source() -> None:
    raw = "Days of hope.\n"
    block = Block(Role.PARAGRAPH, (Span(0, len(raw)),), raw)
    body = (Paragraph((Text("Days of hope.", 3),)),)
    chapter = Chapter(FILE, "days", (Text("Days", 1),), body)
    given_title, words = of(raw, [block], chapter, "days").of_word("Days")
    assert (given_title.source, given_title.place) == (None, Place(FILE, 1))
    assert "book.toml" in given_title.lines()[-1]
    assert words.source is not None


def test_a_label_and_a_title_lead_to_their_own_lines() -> None:
    raw = "Chapter 1\nHope\nDays.\n"
    cut = (Span(0, 10), Span(10, 15), Span(15, 21))
    roles = (Role.LABEL, Role.TITLE, Role.PARAGRAPH)
    blocks = [
        Block(role, (span,), raw[span.start : span.end])
        for role, span in zip(roles, cut, strict=True)
    ]
    body = (Paragraph((Text("Days.", 3),)),)
    made = of(raw, blocks, Chapter(FILE, "hope", (Text("Hope", 1),), body, label="Chapter 1"))
    lines = {word: trail.source.line for word in ("Chapter 1", "Hope", "Days")
             for trail in made.of_word(word) if trail.source}  # fmt: skip
    assert lines == {"Chapter 1": 1, "Hope": 2, "Days": 3}


def test_a_phrase_goes_through_emphasis_and_line_breaks() -> None:
    inlines = (
        Text("a ", 3),
        Emph((Text("very", 3),)),
        Text(" good", 3),
        LineBreak(),
        Text("idea", 4),
    )
    own = Trails((Chapter(FILE, "a", (), (Paragraph(inlines),)),))
    assert [t.text for t in own.of_word("a very good idea")] == ["a very good idea"]
    (line,) = own.of_line(FILE, 3)
    assert line.text == "a very good"


def test_a_line_of_the_source_that_was_dropped_says_by_what() -> None:
    raw = "THE BOOK 12\nDays.\n"
    head = Block(Role.FURNITURE, (Span(0, 12),), raw[:12])
    head = head.edited([Edit(Span(0, 12), raw[:12], "", "FUR001", evidence="at the edge")])
    text = Block(Role.PARAGRAPH, (Span(12, 18),), raw[12:])
    (found,) = of(
        raw, [head, text], Chapter(FILE, "a", (), (Paragraph((Text("Days.", 3),)),))
    ).of_line("s.txt", 1)
    assert found.place is None
    assert found.lines() == (
        "not in the manuscript",
        "  source  s.txt:1:1 (page 1)  “THE BOOK 12”",
        "  FUR001  THE BOOK 12 → ∅  (at the edge)",
    )


def test_a_letter_taken_from_the_edge_of_a_word_is_told() -> None:
    raw = "OOnce upon a time,\n"
    block = Block(Role.PARAGRAPH, (Span(0, len(raw)),), raw)
    block = block.edited([Edit(Span(18, 19), "\n", "", "SPC004")])
    block = block.edited([Edit(Span(0, 1), "O", "", "INI001"), Edit(Span(17, 18), ",", "", "E1")])
    made = of(raw, [block], Chapter(FILE, "a", (), (Paragraph((Text("Once upon a time", 3),)),)))
    changes = {word: [c.rule for t in made.of_word(word) for c in t.changes]
               for word in ("Once", "upon", "time")}  # fmt: skip
    assert changes == {"Once": ["INI001"], "upon": [], "time": ["E1"]}


def test_changes_are_told_in_the_order_of_the_rules_and_of_the_text() -> None:
    raw = "ab\n"
    block = Block(Role.PARAGRAPH, (Span(0, 3),), raw)
    block = block.edited([Edit(Span(0, 1), "a", "x", "R1"), Edit(Span(1, 2), "b", "y", "R2")])
    block = block.edited([Edit(Span(2, 3), "\n", "", "R3"), Edit(Span(1, 2), "y", "z", "R4")])
    changes, _ = unwind(block, Span(0, 2))
    assert [c.rule for c in changes] == ["R1", "R2", "R4"]


def test_a_word_taken_out_leads_to_where_it_stood() -> None:
    (found,) = taken_out().of_word("very")
    assert (found.before, found.text, found.after) == ("a ", "", "good idea")
    assert found.place == Place(FILE, 3)


def taken_out() -> Trails:
    raw = "a very good idea\n"
    block = Block(Role.PARAGRAPH, (Span(0, len(raw)),), raw)
    block = block.edited([Edit(Span(2, 7), "very ", "", "E1"), Edit(Span(16, 17), "\n", "", "S")])
    return of(raw, [block], Chapter(FILE, "a", (), (Paragraph((Text("a good idea", 3),)),)))


def test_the_words_of_a_long_book_in_one_block_are_found_in_time() -> None:
    raw = "of the good-\nness of it\n" * 10_000
    block = Block(Role.PARAGRAPH, (Span(0, len(raw)),), raw)
    block = block.edited(Edit(Span(m.start(), m.end()), m[0], "", "H") for m in cuts(raw))
    texts = tuple(Text(line, n) for n, line in enumerate(block.text.split("\n"), 3))
    begun = time.process_time()
    made = of(raw, [block], Chapter(FILE, "a", (), (Paragraph(texts),)))
    assert len(list(made.of_word("goodness"))) == 10_000
    assert len(list(made.of_word("good-"))) == 0
    assert len(list(made.of_line("s.txt", 5_000))) == 1
    assert time.process_time() - begun < 5  # an hour, block by block and edit by edit


def cuts(raw: str) -> Iterator[re.Match[str]]:
    return re.finditer("-\n", raw)


RAWS = st.lists(
    st.tuples(
        st.sampled_from((Role.TITLE, Role.LABEL, Role.HEADING, Role.VERSE, *[Role.PARAGRAPH] * 3)),
        st.lists(
            st.sampled_from(
                ("the ", "well-\nknown ", "gov-\nernment\n", "a ", "OOnce ", "¿Qué?\n")
            ),
            min_size=1,
            max_size=6,
        ).map("".join),
    ),
    min_size=1,
    max_size=6,
)


@st.composite
def cleaned_galleys(draw: st.DrawFn) -> Galley:
    """Blocks in another order than the source's, cleaned; a label has its title."""
    rows = [(role, raw) for role, raw in draw(RAWS) if role is not Role.LABEL]
    rows += [(Role.LABEL, "Chapter 1\n"), (Role.TITLE, "the well-\nknown\n")]
    blocks, at = [], 0
    for role, raw in rows:
        blocks.append(Block(role, (Span(at, at + len(raw)),), raw))
        at += len(raw)
    text = "".join(raw for _, raw in rows)
    blocks = [*draw(st.permutations(blocks[:-2])), *blocks[-2:]]
    return clean(Galley(Source(text, (("s.txt", 0),)), tuple(blocks)), Knowledge())


@given(cleaned_galleys(), st.sampled_from(("the", "wellknown", "well-known", "government", "Once")))
def test_the_letters_of_any_book_lead_to_the_letters_of_its_source(
    galley: Galley, word: str
) -> None:
    shaped = shape(galley, "the Book")
    made = Trails(shaped.chapters, galley, shaped.order, shaped.untitled)
    refuse_strangers(made)
    # Letter by letter: the manuscript's and the galley's are the same, in the same order.
    wanted = [
        galley.place_at(galley.blocks[index], match.start())
        for index in shaped.order
        for match in re.finditer(rf"(?<!\w){word}(?!\w)", galley.blocks[index].text)
    ]
    found = [t for t in made.of_word(word) if t.text == word]
    assert [t.source for t in found if t.source] == wanted
    assert all(letters(t.source_text).startswith(word[0]) for t in found if t.source)


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
