"""Columns that an extractor has written in another order than they are read."""

from __future__ import annotations

import random
import textwrap
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.grammar import Grammar, line_of
from booktools.arrange.layout import Layout
from booktools.arrange.ledger import parse_layout
from booktools.arrange.page_boxes import Box, Kind
from booktools.arrange.page_seams import Seams, Usage
from booktools.arrange.rows import Row
from booktools.arrange.words import ends_sentence, starts_lower
from booktools.engines import bigrams
from booktools.model.page import Line
from booktools.model.place import Span
from booktools.read.dump import read_dump

HIGH = 40  # lines of a column
CAPTION = "Fig. 1. The sluice from below.\n\n"


def paragraph(chance: random.Random) -> str:
    """A few sentences of a story that has no end."""
    who = ["the miller", "his eldest son", "the old ferryman", "my aunt", "the boy from the mill"]
    did = ["went down to", "looked at", "came back from", "stood before", "asked about"]
    what = ["the weir", "the lower sluice", "the long bridge", "the broken chain", "the water"]
    when = ["in the morning", "before it was light", "when the rain had ended", "with a lantern"]
    made = []
    for _ in range(chance.randint(4, 9)):
        one, two, three, four = (chance.choice(some) for some in (who, did, what, when))
        five, six = chance.choice(did), chance.choice(what)
        made.append(f"{one} {two} {three} {four}, and {five} {six} of the village.".capitalize())
    return " ".join(made)


def columns(count: int, seed: int = 1) -> tuple[list[str], list[list[list[str]]]]:
    """Paragraphs, and the same in so many full columns, each boxes of lines."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    made: list[list[list[str]]] = [[]]
    while len(made) <= count:
        paragraphs.append(paragraph(chance))
        rows = textwrap.wrap(paragraphs[-1], 36)
        while rows:
            room = HIGH - sum(map(len, made[-1]))
            if not room:
                made.append([])
                continue
            made[-1].append(rows[:room])
            rows = rows[room:]
    return paragraphs, made[:count]


def page(*parts: Sequence[Sequence[str]] | str) -> str:
    """A page of columns and captions, as they are written."""
    boxes = [p if isinstance(p, str) else "".join("\n".join(b) + "\n\n" for b in p) for p in parts]
    return "".join(boxes)


def found(text: str, decisions: str = "") -> list[str]:
    layout = parse_layout(decisions, "layout.toml") if decisions else Layout()
    usage = Usage(bigrams.follows(["en"]), lambda word: False)
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), layout, usage).galley
    assert done.unwound() == text
    return [" ".join(b.text.split()) for b in done.blocks if b.role.value == "paragraph"]


def whole(paragraphs: Sequence[str], blocks: Sequence[str]) -> int:
    return sum(paragraph in blocks for paragraph in paragraphs)


@pytest.mark.parametrize("caption", [CAPTION, ""])
def test_a_second_column_that_is_written_first_is_read_second(caption: str) -> None:
    paragraphs, (a, b, c, d, e, f) = columns(6)
    pages = [page(a, b), page(d, caption, c), page(e, f)]
    right = [page(a, b), page(c, d), page(e, f)]
    told, read = found("\f".join(pages)), found("\f".join(right))
    assert whole(paragraphs, told) == whole(paragraphs, read) > 10
    assert [block for block in told if block in paragraphs] == [b for b in read if b in paragraphs]


def test_two_pages_after_another() -> None:
    paragraphs, (a, b, c, d, e, f) = columns(6, 2)
    text = "\f".join([page(a, b), page(d, CAPTION, c), page(f, CAPTION, e)])
    right = "\f".join([page(a, b), page(c, d), page(e, f)])
    assert whole(paragraphs, found(text)) == whole(paragraphs, found(right))


def test_columns_in_their_order_stay() -> None:
    for seed in range(3, 8):
        paragraphs, (a, b, c, d, e, f) = columns(6, seed)
        text = "\f".join([page(a, CAPTION, b), page(c, CAPTION, d), page(e, CAPTION, f)])
        places = [paragraphs.index(block) for block in found(text) if block in paragraphs]
        assert places == sorted(places)
        assert len(places) > 10


def test_lines_of_two_columns_by_turns() -> None:
    _, (a, b, c, d) = columns(4, 9)
    one = ["“The chain is broken,” said the", "miller to his eldest son."]
    two = ["“Then we want a new one,” said", "the boy from the mill to my aunt."]
    turns = [[one[0]], [two[0]], [one[1]], [two[1]]]
    blocks = found("\f".join([page(a, b), page(c[:-1], turns, d[1:])]))
    assert " ".join(one) in blocks
    assert " ".join(two) in blocks


def test_lines_by_turns_that_look_like_captions() -> None:
    _, (a, b, c, d) = columns(4, 9)
    one = ["The ferryman had looked for a long", "time at the weir, and asked us for a", "rope."]
    more = ["He had none with him that was long", "enough for both of them."]
    two = ["Nobody but my aunt had ever seen so", "much water in the lower meadows."]
    turns = [one[:1], two[:1], one[1:], more, two[1:]]
    blocks = found("\f".join([page(a, b), page(c[:-1], turns, d[1:])]))
    assert " ".join(one) in blocks
    assert " ".join(two) in blocks


@pytest.mark.parametrize("number", ["cv", "XIV", "The Lower Weir"])
def test_the_number_of_a_chapter_stays_where_it_stands(number: str) -> None:
    _, (a, b, c, d) = columns(4, 9)
    few = [["and went to the weir."]]
    turns = [["They had waited for it a long time,"], *few, [number]]
    blocks = found("\f".join([page(a, b), page(c[:-1], turns, d[1:])]))
    assert "They had waited for it a long time, and went to the weir." in blocks


def test_one_column_has_no_order_but_its_own() -> None:
    text = "\n\n".join(textwrap.fill(p, 72) for p in columns(8, 4)[0])
    assert found(text) == [" ".join(p.split()) for p in text.split("\n\n")]


def test_pages_with_reviewed_decisions_stay() -> None:
    _, (a, b, c, d, e, f) = columns(6)
    text = "\f".join([page(a, b), page(d, CAPTION, c), page(e, f)])
    line = text[: text.index(d[1][0])].count("\n") + 1
    told = found(text, f"[[break]]\nline = {line + len(d[1]) - 1}\nwhy = 'In print.'\n")
    assert told.index(" ".join(d[1])) < told.index(" ".join(c[1]))


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)), st.integers(0, 3))
def test_no_letter_is_lost_in_any_order(order: Sequence[int], seed: int) -> None:
    _, made = columns(6, seed)
    parts = [made[at] for at in order]
    found("\f".join(page(*parts[at : at + 2]) for at in (0, 2, 4)))  # it says so itself


# --- seams ----------------------------------------------------------------------------


def box(first: int, text: str, kind: Kind = Kind.TEXT) -> Box:
    row = Row.of(first, Line(Span(0, len(text)), text, 0, 1, 1), above=True)
    ends = line_of(text, row.terminal, row.lower)
    return Box(first, first, 1, 1, kind, ends, ends, rows=(row,))


def seams() -> Seams:
    lines = ["the miller went down to the water", "and the miller told the ferryman of it"]
    ends = [line_of(line, ends_sentence(line), starts_lower(line)) for line in lines]
    words = " ".join(lines).split()
    counted = Counter(words * 3)
    return Seams(Grammar.of([ends]), counted, Usage(spelled=lambda word: word == "lantern"))


@pytest.mark.parametrize(
    ("one", "good", "bad"),
    [
        ("He came to the end.", "Then he went on.", "then he went on."),  # a stop, small letters
        ("He came to the fer-", "ryman and asked.", "lantern and asked."),  # a word of the book
        ("He came with a lan-", "tern in his hand.", "rope in his hand."),  # one of the language
        (
            "He came to a man of the",
            "village and asked.",
            "The village slept.",
        ),  # a sentence’s first
        ("He came to a man called", "Peter in the village.", "The village slept."),
    ],
)
def test_what_goes_on_is_likelier_than_what_does_not(one: str, good: str, bad: str) -> None:
    judge, above = seams(), box(0, one)
    assert judge.between(above, box(1, good)) > judge.between(above, box(2, bad))


def test_quotations_end_where_they_are_open() -> None:
    judge = seams()
    open_, shut = box(0, "“he said that the"), box(1, "he said that the")
    inside, outside = box(2, "water was high,” he"), box(3, "water was high")
    assert judge.between(open_, inside) > judge.between(open_, outside)
    assert judge.between(shut, outside) > judge.between(shut, inside)


def test_headings_stand_between_sentences() -> None:
    judge, head = seams(), box(5, "The Weir", Kind.HEAD)
    assert judge.between(box(0, "It ended."), head) > judge.between(box(1, "of the"), head)
    assert judge.between(head, box(2, "He went.")) > judge.between(head, box(3, "he went."))
    assert judge.between(None, box(3, "he went.")) < judge.between(None, box(2, "He went."))


def test_pairs_of_english_words() -> None:
    follows = bigrams.follows(["en-GB", "fr"])
    assert follows("of", "the") > 0 > follows("the", "of")
    assert follows("xqzt", "the") == 0
    assert bigrams.follows(["fr", "en"])("of", "the") == 0
    assert bigrams.follows([])("of", "the") == 0


def test_a_source_without_a_box_of_text_has_no_order() -> None:
    found = arrange(read_dump([("book.txt", "Table 1\n" * 40)]), Layout())
    assert found.galley.unwound() == "Table 1\n" * 40
