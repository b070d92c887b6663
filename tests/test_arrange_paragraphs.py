"""Ends of paragraphs that no empty line marks, and ends of sentences that are none."""

from __future__ import annotations

import textwrap

import pytest

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import Layout
from booktools.arrange.words import broken_word, ends_sentence
from booktools.model.galley import Role
from booktools.read.dump import read_dump

TALES = [
    f"{who} had come down from the hills with {number} mules and a letter that nobody in "
    f"the valley could read. He sold the mules before the week was out. The letter he kept in "
    f"his {thing}, and when the bell of the chapel rang he went to the square and showed it to "
    f"whoever passed there, until {ending}."
    for who, number, thing, ending in (
        ("The weaver", "two", "hat", "it rained"),
        ("A smith", "three", "coat", "the children laughed at him and the women shook their heads"),
        ("One tinker", "four", "boot", "night fell on the roofs"),
        ("Our carter", "five", "left sleeve", "the constable took it away"),
        ("Some cooper", "six", "pipe", "one of the pilgrims told him what it said in his tongue"),
        ("That joiner", "seven", "apron", "he lost it"),
    )
]  # fmt: skip


def rows(tale: str, measure: int = 60) -> str:
    return "\n".join(textwrap.wrap(tale, measure)) + "\n"


def paragraphs(text: str) -> list[str]:
    done: Arranged = arrange(read_dump([("dump.txt", text)]), Layout())
    assert done.galley.unwound() == text
    found = [block for block in done.galley.blocks if block.role is Role.PARAGRAPH]
    return [" ".join(block.text.split()) for block in found]


@pytest.mark.parametrize("measure", [34, 48, 60, 72])
def test_the_last_line_and_the_first_tell_paragraphs_apart(measure: int) -> None:
    found = paragraphs("".join(rows(tale, measure) for tale in TALES))
    # An end on a full line may be missed; a full stop within a paragraph is none.
    assert len(set(found) & set(TALES)) >= 3
    assert all(" had come down" in part[:30] for part in found)


@pytest.mark.parametrize("join", ["", "\ufffe"])
def test_a_line_that_the_extractor_has_joined_counts_by_its_last_part(join: str) -> None:
    made = []
    for tale in TALES:
        head, last = rows(tale).rstrip("\n").rsplit("\n", 1)
        made.append(f"{head}{join}{last}\n")
    found = paragraphs("".join(rows(tale) for tale in TALES) + "".join(made))
    assert len(found) >= 8  # six, and some of those whose last line is joined


def test_nothing_is_cut_in_mid_sentence_beside_a_narrow_column() -> None:
    narrow = rows(" ".join(TALES[2:4]), 30)
    found = paragraphs(rows(TALES[0]) + narrow + rows(TALES[1]))
    assert all(part.endswith(".") and part[0].isupper() for part in found)


def test_a_speaker_begins_a_paragraph() -> None:
    talk = [
        "“Where did you leave the mules and the cart?” asked the old",
        "constable at last, when the others had gone back to bed.",
        "“I sold them.”",
        "“And the letter that you had with you when you came here?”",
        "“It is lost, for all I know, in the river or in the reeds.”",
    ]
    text = "".join(rows(tale) for tale in TALES) + "\n".join(talk) + "\n"
    assert "“I sold them.”" in paragraphs(text)


def test_where_empty_lines_part_paragraphs_a_line_a_little_short_does_not() -> None:
    spaced = "\n".join(rows(tale) for tale in TALES * 8)
    odd = "The mules and the cart were sold at the last winter fair.\n" + rows(TALES[0])
    assert len(paragraphs(f"{spaced}\n{odd}")) == 8 * len(TALES) + 1
    plain = "".join(rows(tale) for tale in TALES * 8)
    assert "The mules and the cart were sold at the last winter fair." in paragraphs(
        f"{plain}{odd}"
    )


def test_a_paragraph_runs_through_a_page_that_ends_with_a_full_stop() -> None:
    body = "".join(rows(tale) for tale in TALES)
    top = "The people talked of it all winter in the upper villages\nand at the fair they told one "
    top += "another that he had come\n"
    full = "back, with all his mules and with a new coat and a hat too.\n"
    start = "Nobody had seen him there, and when they asked the priest\n"
    start += "he would say no more than that the man had been a stranger.\n"
    found = paragraphs(f"{body}{top}{full}\f{start}{body}")
    assert any("a hat too. Nobody had seen him" in part for part in found)
    # Where the page ends with a short line the paragraph ends there.
    found = paragraphs(f"{body}{top}back, with his mules.\n\f{start}{body}")
    assert any(part.endswith("with his mules.") for part in found)


@pytest.mark.parametrize(
    "text", ["He came.", "«Sí.»", "It was so.12", "« Oui. »", "Really?”*", "Ende.¹²", "See (it!)"]
)
def test_sentences_end_before_closing_marks_and_signs_of_notes(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "He came", "in 1871", "No. 12", "a word”", "one,", "v.5"])
def test_sentences_do_not_end_in_words_and_numbers(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize("mark", ["-", "¬", "=", "⸗", "\u00ad"])
def test_a_word_broken_at_the_foot_of_a_page_goes_on_with_the_next_page(mark: str) -> None:
    assert broken_word(f"in den Wäl{mark}") == "Wäl"
    pages = f"Der Knecht ging abends in den Wäl{mark}\n\fdern der Herrschaft umher.\n"
    made = arrange(read_dump([("dump.txt", pages)]), Layout()).galley
    (block,) = [b for b in made.blocks if b.role is Role.PARAGRAPH]
    assert block.text.split()[-5:] == [f"Wäl{mark}", "dern", "der", "Herrschaft", "umher."]


def test_a_speech_that_a_dash_cuts_short_is_not_the_next_one_s() -> None:
    # In a dump without empty lines only the names and the short lines part the speeches.
    told = "\n".join(rows(tale) for tale in TALES * 3)
    said = [f"Miller. You have {what}" for what in ("heard it.", "been away.", "a cold.", "it—")]
    told += "".join(f"\n{line}\nBaker. I have not." for line in said)
    made = arrange(read_dump([("dump.txt", told)]), Layout()).galley
    texts = [" ".join(block.text.split()) for block in made.blocks]
    assert texts[-2:] == [said[-1], "Baker. I have not."]


@pytest.mark.parametrize("text", ["as he said:—", "as he said :—", "as he said: –", "he said:"])
def test_a_colon_stops_a_line_with_a_dash_behind_it_or_without(text: str) -> None:
    assert ends_sentence(text)
    assert not ends_sentence(text.replace(":", ","))
