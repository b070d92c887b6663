"""What print in German shows: „so“ and »so«, and capitals in mid-sentence."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.grammar import Grammar, Line
from booktools.arrange.layout import Layout
from booktools.arrange.titles import is_title_like
from booktools.arrange.words import ends_sentence, starts_lower
from booktools.model.galley import Role
from booktools.read.dump import read_dump


def line(text: str) -> Line:
    return Line.of(text, ends_sentence(text), starts_lower(text))


@pytest.mark.parametrize(
    "text",
    [
        "Mut und Laune?«",
        "Mut und Laune!“",
        "»Der Garten?«",
        "„Schwarze Segel!“",
        "‚Gewiss?‘ Herr Wirt",
    ],
)
def test_what_somebody_says_is_no_title_in_either_kind_of_german_marks(text: str) -> None:
    assert not is_title_like(text)


@pytest.mark.parametrize("text", ["Der Garten", "»Der Garten«", "Die Reise in den Süden"])
def test_a_title_of_nouns_stays_one(text: str) -> None:
    assert is_title_like(text)


def test_two_sentences_in_german_marks_are_no_title() -> None:
    assert not is_title_like("„Guten Morgen.“ „Guten Abend.“")


def test_where_lines_go_on_with_capitals_behind_hyphens_halves_may_have_them() -> None:
    run = "\n".join(
        ["der neue Plan der Stadt-", "Verwaltung und die Post-", "Leitung im Süd-"] * 40
    )
    counted = Grammar.of([[line(row) for row in run.splitlines()]])
    bare = Grammar.of([])
    one, two = line("die alte See-"), line("Brücke am Hafen")
    assert bare.link(one, two) < 0 < counted.link(one, two)


TEXT = (
    "Der alte Müller war schon früh am Morgen hinunter an das Wehr gegangen,\n"
    "weil er in der Nacht das Wasser hatte rauschen hören und nicht schlief.\n"
    "\n"
    "»Sagst du das wirklich nur aus lauter Übermut, oder hast du dir dabei\n"
    "\n"
    "Mut und Laune?«\n"
    "\n"
    "Die beiden Söhne kamen hinter ihm her mit einem Seil und einer Laterne,\n"
    "und keiner von ihnen sprach ein Wort, bis sie am Ufer angekommen waren.\n"
)


def test_the_end_of_what_is_said_is_no_heading() -> None:
    blocks = arrange(read_dump([("dump.txt", TEXT * 3)], "form-feed"), Layout()).galley.blocks
    assert not [b.text for b in blocks if b.role is Role.HEADING]
