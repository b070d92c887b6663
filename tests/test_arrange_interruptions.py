"""Captions and boxes that stand in a sentence, and how lines run on in a source."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.grammar import HALVES, Grammar, Line, line_of
from booktools.arrange.layout import Layout
from booktools.arrange.words import ends_sentence, starts_lower
from booktools.model.galley import Galley
from booktools.read.dump import read_dump
from broken_sentence import BEFORE, BEHIND

BOX = (
    "How a Weir Is Built\n"
    "A weir is begun at the end of a dry summer, when the river is low.\n"
    "Piles of oak are driven into the bed in two rows, and what is left\n"
    "between them is filled with stones and clay.\n"
)


def galley(text: str) -> Galley:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return done


def found(text: str) -> list[tuple[str, str]]:
    return [(b.role.value, " ".join(b.text.split())) for b in galley(text).blocks]


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize(
    "caption",
    [
        "The old sluice, seen from the bridge.",
        "The old sluice, seen from the bridge in\nthe year of the great flood.",
        "Fig. 2. The old sluice.",
    ],
)
def test_a_caption_leaves_the_sentence_round_it_whole(caption: str, gap: str) -> None:
    text = f"{BEFORE}{gap}{caption}\n{gap}{BEHIND}"
    whole = " ".join(f"{BEFORE}{BEHIND}".split())
    assert sorted(found(text)) == sorted(
        [("paragraph", whole), ("caption", " ".join(caption.split()))]
    )


def test_a_caption_ends_where_a_small_letter_stands_behind_a_full_stop() -> None:
    # The line after its first is small as well: the sentence does not go on there.
    caption = "The two sons of the miller, who had not\nbeen asked to come at all.\n"
    assert ("caption", " ".join(caption.split())) in found(f"{BEFORE}{caption}{BEHIND}")


def test_a_caption_without_a_stop_ends_where_its_row_has_room() -> None:
    # A name opens it, and its rows are as wide as those of the text.
    caption = (
        "Matthew Brandreth, who was asked to mend what the flood had\n"
        "done to the bridge below it and also to the wall on the other side\nof the weir\n"
    )
    made = found(f"{BEFORE}\f{caption}{BEHIND}")
    assert ("caption", " ".join(caption.split())) in made
    assert ("paragraph", " ".join(f"{BEFORE}{BEHIND}".split())) in made


def test_a_box_with_its_title_leaves_the_sentence_round_it_whole() -> None:
    made = found(f"{BEFORE}{BOX}{BEHIND}")
    assert ("paragraph", " ".join(f"{BEFORE}{BEHIND}".split())) in made
    assert ("heading", "How a Weir Is Built") in made
    assert any(role == "paragraph" and words.startswith("A weir is begun") for role, words in made)


def test_a_sentence_that_goes_on_over_a_box_is_asked_about() -> None:
    asked = arrange(read_dump([("dump.txt", f"{BEFORE}{BOX}{BEHIND}")]), Layout()).findings
    assert "LAY004" in [finding.code for finding in asked]


@pytest.mark.parametrize("name", ["Hollerbeck", "Nether Stowford", "Saint-Cyprien"])
def test_a_name_that_begins_a_line_interrupts_nothing(name: str) -> None:
    line = f"{name} and the other mills were built, and his two sons came with"
    text = BEFORE.replace("in all the years that he could remember. His two sons came behind", line)
    assert [role for role, _ in found(f"{text}{BEHIND}")] == ["paragraph"]


def test_the_text_beside_a_picture_is_no_caption() -> None:
    narrow = (
        "it came up to their knees. When they\n"
        "had reached the wall of the old mill\n"
        "Hans put the lantern on it and looked\n"
        "for a long time at the gate, and then\n"
        "he said that it would hold.\n"
    )
    assert [role for role, _ in found(f"{BEFORE * 2}{narrow}")] == ["paragraph"]


# --- how lines run on -----------------------------------------------------------------


def line(text: str) -> Line:
    return line_of(text, ends_sentence(text), starts_lower(text))


def link(one: str, two: str, *runs: str) -> float:
    counted = Grammar.of([[line(row) for row in run.splitlines()] for run in runs])
    return counted.link(line(one), line(two))


def test_a_small_letter_goes_on_with_an_open_line_and_not_with_a_full_stop() -> None:
    text = BEFORE + BEHIND
    assert link("the water stood", "higher than", text) > 0 > link("he said.", "higher than", text)
    assert link("he said.", "The water", text) > 0 > link("and the", "“The water", text)


def test_an_abbreviation_is_no_full_stop() -> None:
    assert link("with Mr.", "higher") > link("with him.", "higher")


def test_the_halves_of_a_word_that_stands_elsewhere_belong_together() -> None:
    assert link("the lan-", "tern on the wall", BEFORE) >= HALVES > link("the lan-", "ding stage")
    assert link("the lan-", "Tern on the wall") < 0


def test_words_that_often_meet_belong_together() -> None:
    book = "he went out of the house and out of the yard and out of the town\n" * 9
    assert link("out of", "the", book) > link("out of", "and", book)


@pytest.mark.parametrize("text", ["", "—", "12", "…", "'"])
def test_lines_without_words_tell_little_and_are_no_fault(text: str) -> None:
    assert abs(link(text, text)) < 5


def test_a_box_set_with_gaps_keeps_its_sentences_whole() -> None:
    box = "How a Weir Is Built\n\nA weir is begun when the river is low, and all the\n\nmen of the "
    box += "village come.\n\nIt is ended before the rain.\n"
    made = found(f"{BEFORE}\n{box}\n{BEHIND}\nIn the end {BEHIND}")
    assert ("paragraph", " ".join(f"{BEFORE}{BEHIND}".split())) in made
    whole = "A weir is begun when the river is low, and all the men of the village come."
    assert any(role == "paragraph" and words.startswith(whole) for role, words in made)


@pytest.mark.parametrize("mark", ["-", "–", "\u2010", "\ufffe", "\x02", "¬"])
def test_the_second_number_of_a_range_interrupts_nothing(mark: str) -> None:
    text = (
        f"{BEFORE}it hid the stones that the surveyor had drawn on pages 12{mark}\n"
        "14 of the report. “But I am late,” he said, and he looked at them—\n"
        f"and then went on. The wind had turned, and on the other shore\n{BEHIND}"
    )
    assert found(text) == [("paragraph", " ".join(text.split()))]
