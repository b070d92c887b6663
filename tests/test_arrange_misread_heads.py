"""Headings and speeches in text that OCR has read badly: lost initials, numbers, specks."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.misnumbered import may_be_number
from booktools.arrange.rows import Rows
from booktools.arrange.titles import is_numeral, is_said, is_title_like
from booktools.read.dump import read_dump

FULL = (
    "the harbour was asleep and so was the keeper of the light, who had\n"
    "seen no ferry come or go for a whole week, and who had not been to\n"
    "the town since the day when the last of the boatmen went away with\n"
    "all that he had, which was not much: a coat, a lamp and a book that\n"
)
STOP = "and so it stayed.\n"
SPECKS = "He | went | home | at.last to the mill and the house.\n\n"


def blocks(text: str) -> list[tuple[str, str]]:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return [(b.role.value, " ".join(b.text.split())) for b in done.blocks]


def rows(text: str, *, barred: bool = True) -> Rows:
    lines = read_dump([("dump.txt", text)], "form-feed").lines()
    return Rows.of(lines, (), barred=barred)


@pytest.mark.parametrize("number", ["ill", "io", "mm", "Vill", "XII"])
def test_a_chapters_number_misread_stands_over_its_title(number: str) -> None:
    # OCR has lost the initial of the text below, too.
    page = f"Once {FULL}{STOP}\n{number}\n\nThe Keeper\n\n{FULL[1:]}{STOP}\nAgain {FULL}{STOP}\n"
    made = blocks(SPECKS + page)
    assert [words for role, words in made if role != "paragraph"] == [number, "The Keeper"]


def test_no_few_letters_are_a_number_in_a_clean_text() -> None:
    page = f"Once {FULL}{STOP}\nio\n\nThe Keeper\n\nNow {FULL}{STOP}\nAgain {FULL}{STOP}\n"
    assert ("label", "io") not in blocks(page)
    assert ("label", "io") in blocks(SPECKS + page)


def test_few_letters_are_a_number_only_between_gaps_and_without_marks() -> None:
    read = rows(f"{SPECKS}io\n\n“io”\n\nioioi\n\nand\nso on\n")
    assert [row.text for at, row in enumerate(read.rows) if may_be_number(read, at)] == ["io"]


def test_a_title_that_a_running_head_repeats_is_one_above_a_lost_initial() -> None:
    def page(number: int) -> str:
        return f"THE LIGHT {number}\n\n{FULL}{STOP}\nAgain {FULL}{STOP}\nNow {FULL}{STOP}"

    title = f"THE LIGHT 1\n\nThe light\n\n{FULL[1:]}{STOP}\nAgain {FULL}{STOP}"
    pages = [title, *map(page, range(2, 8))]
    made = blocks(SPECKS + "\f".join(pages))
    assert [words for role, words in made if role == "heading"] == ["The light"]


@pytest.mark.parametrize("speck", [" :", " : :", " ;", " ~"])
def test_specks_behind_a_title_leave_it_one(speck: str) -> None:
    page = f"Once {FULL}{STOP}\nOf the Old Keeper{speck}\n\nNow {FULL}{STOP}\nAnd {FULL}{STOP}\n"
    assert ("heading", f"Of the Old Keeper{speck}") in blocks(SPECKS + page)


def test_a_speck_behind_a_full_stop_leaves_that_a_stop() -> None:
    read = rows(f"{SPECKS}He went home. é\n\nHe went. ~\n\nHe went, é\n\nHe went to M. é\n")
    assert [row.terminal for row in read.rows[1:]] == [True, True, False, False]
    clean = rows("He went home. é\n\nHe went. ~\n", barred=False)
    assert [row.terminal for row in clean.rows] == [False, False]


@pytest.mark.parametrize("words", ["“Yes.”", "“But the Keeper—”", "“Keeper,”", "«Never…»"])
def test_what_somebody_says_is_no_title(words: str) -> None:
    assert is_said(words)
    assert not is_title_like(words)
    text = f"Once {FULL}{STOP}\n{words}\n\n“Now {FULL}{STOP}\nAnd {FULL}{STOP}"
    assert ("heading", words) not in blocks(text)


@pytest.mark.parametrize(
    "words", ["“Black” Ross", "The Keeper’s “Light”", "Where Goes Every Keeper Now?"]
)
def test_a_name_in_quotes_may_be_a_title(words: str) -> None:
    assert is_title_like(words)
    assert not is_said(words)


def test_a_speech_that_breaks_off_ends_its_paragraph() -> None:
    speech = "“But the keeper—”\n“The keeper is away,” said he, and went on to say that he had\n"
    text = f"Once {FULL}{STOP}{speech}{FULL}{STOP}And {FULL}{STOP}"
    assert ("paragraph", "“But the keeper—”") in blocks(text)


def test_a_speech_that_breaks_off_far_from_the_measure_is_none_of_the_next_one() -> None:
    talk = "Mrs. Ross. But the keeper—\n\nJohn. The keeper is away.\n\n"
    text = f"Once {FULL}{STOP}\nNow {FULL}{STOP}\n{talk}And {FULL}{STOP}"
    made = blocks(text)
    assert ("paragraph", "Mrs. Ross. But the keeper—") in made
    assert ("paragraph", "John. The keeper is away.") in made


def test_no_sentence_hops_over_a_title_to_text_whose_initial_is_lost() -> None:
    # The stop before the title was read as a comma; nothing goes on below with "he harbour".
    broken = "and so it stayed, as the keeper had said that it would on the day,\n"
    page = f"Once {FULL}{broken}\nIL — The Keeper\n\n{FULL[1:]}{STOP}\nAgain {FULL}{STOP}\n"
    made = blocks(SPECKS + page)
    kinds = [(role, words[:20]) for role, words in made]
    at = next(n for n, (_, words) in enumerate(kinds) if words.startswith("IL"))
    assert kinds[at][0] in ("heading", "title")
    assert kinds[at - 1][1].startswith("Once the harbour")
    assert kinds[at + 1] == ("paragraph", FULL[1:21])


def test_bars_at_line_ends_show_that_a_text_is_specked() -> None:
    page = f"Once {FULL}{STOP}\nio\n\nThe Keeper\n\nNow {FULL}{STOP}\nAgain {FULL}{STOP}\n"
    barred = page.replace("asleep and so was", "asleep |\nand so was")
    assert ("label", "io") in blocks(barred)


def test_a_title_opens_its_text_at_the_beginning_of_a_source() -> None:
    page = f"August 1661\n\n{FULL[1:]}{STOP}\nAgain {FULL}{STOP}\n{SPECKS}"
    assert ("heading", "August 1661") in blocks(page)


def test_a_title_right_under_the_head_that_repeats_it_is_a_title() -> None:
    openings = (
        "When morning came the ferry lay at the quay, and nobody was on it\n",
        "Of all that my uncle owned he had kept a boat and two old oars and\n",
        "John went up to the mill, for there was a light in its window, and\n",
        "It rained for a week. The roads were deep and the mail was late, so\n",
        "My sister wrote that she would stay until the apples were in, and\n",
    )
    heads = [f"Letter {one} {219 + n}" for n, one in enumerate(("I", "II", "IV", "VI", "VII"))]
    closings = [*openings[1:], openings[0]]
    pages = [
        f"{head}\n\n{opening}{FULL}and then {closing}"
        for head, opening, closing in zip(heads, openings, closings, strict=True)
    ]
    pages[0] = pages[0].replace("\n\n", "\n\nLetter I\n\n", 1)
    made = blocks("\f".join(pages))
    assert [words for role, words in made if role == "furniture"] == heads
    assert "Letter I" in [words for _, words in made]


def test_the_number_of_a_piece_is_a_numeral() -> None:
    # A house and a quantity have numbers in figures.
    assert is_numeral("No. VI.")
    assert not is_numeral("No. 4.")
    assert not is_numeral("No. Vi")
