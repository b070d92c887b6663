"""Paragraphs of two lines that an extractor has set apart from one another."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.read.dump import read_dump

LONG = """\
The miller had gone down to the weir before it was light,
because the sluice was stuck and the water stood higher
than it had stood in all the years that he could remember,
and his sons came behind him.

"""
TORN = [
    ("“The sluice is stuck again,” said the eldest of them, “and", "the chain is broken.”"),
    ("“Then we want a new one from the town,” said the miller to", "his eldest son."),
    ("“And who will pay for it when it has come?” the boy said as", "they came to the weir."),
    ("“You will,” said the old man, and looked at the water for a", "long time."),
]
ENDED = ("It had been mended in the year of the great flood, he said.", "His mother paid for it.")
NAME = ("“We had it from the smith who lives on the other bank, old", "Peter Quern, who is dead.”")


def text(*pairs: tuple[str, str]) -> str:
    return LONG + LONG.join(f"{one}\n\n{two}\n\n" for one, two in pairs) + LONG


def found(written: str) -> list[str]:
    done = arrange(read_dump([("dump.txt", written)], "form-feed"), Layout()).galley
    assert done.unwound() == written
    return [" ".join(b.text.split()) for b in done.blocks]


@pytest.mark.parametrize("pair", [ENDED, NAME])
def test_the_second_line_belongs_to_the_first(pair: tuple[str, str]) -> None:
    assert " ".join(pair) in found(text(*TORN, pair))


@pytest.mark.parametrize("pair", [ENDED])
def test_not_where_the_source_does_not_tear_paragraphs(pair: tuple[str, str]) -> None:
    assert " ".join(pair) not in found(text(pair, pair, pair))


def test_not_where_short_paragraphs_stand_apart() -> None:
    apart = [("“Why not?”", "“The chain is broken.”"), ("“And then?”", "“Then we go home.”")] * 3
    assert " ".join(ENDED) not in found(text(*TORN, *apart, ENDED))


def test_what_follows_the_second_line_is_another_paragraph() -> None:
    told = found(text(*TORN, ENDED).replace(ENDED[1], f"{ENDED[1]}\n\nHe went home."))
    assert " ".join(ENDED) in told
    assert "He went home." in told


def test_a_paragraph_of_several_lines_is_no_second_line() -> None:
    told = found(LONG + "".join(f"{a}\n\n{b}\n\n" for a, b in TORN) + f"{ENDED[0]}\n\n{LONG}")
    assert ENDED[0] in told
    assert told.count(" ".join(LONG.split())) == 2


def test_the_second_line_of_a_note_of_two() -> None:
    called = LONG.replace("weir", "weir1", 1).replace("him.", "him, who was still the")
    note = "1The sluice was mended in the year of the great flood, and a"
    rest = "hundred years before it."
    written = f"{LONG}{called}{note}\n\n{rest}\n\n\feldest of the ferrymen.\n\n{LONG}"
    done = arrange(read_dump([("dump.txt", written)], "form-feed"), Layout()).galley
    assert done.unwound() == written
    notes = [b for b in done.blocks if b.role.value == "note"]
    assert [" ".join(b.text.split()) for b in notes] == [f"{note} {rest}"]
    assert any(b.text.split()[-4:] == ["eldest", "of", "the", "ferrymen."] for b in done.blocks)
