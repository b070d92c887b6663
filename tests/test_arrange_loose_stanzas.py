"""Verse that begins its lines with small letters, and what looks like verse: plays, dialogue."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.read.dump import read_dump

FULL = (
    "the harbour was asleep and so was the keeper of the light, who had\n"
    "seen no ferry come or go for a whole week, and who had not been to\n"
    "the town since the day when the last of the boatmen went away with\n"
    "all that he had, which was not much: a coat, a lamp and a book that\n"
    "nobody had ever read, for it was in a language that none of us knew,\n"
)
STOP = "and so it stayed.\n"
SMALL = (
    "The lamp is out\n"
    "and all the boats that went are home,\n"
    "and who shall say\n"
    "what they have seen beyond the bar,\n"
    "or why they stay.\n"
)


def verses(text: str) -> list[str]:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return [b.text.strip() for b in done.blocks if b.role.value == "verse"]


def test_lines_that_leave_room_are_verse_though_they_begin_small() -> None:
    assert verses(f"Once {FULL}{STOP}\n{SMALL}\nAt night {FULL}{STOP}") == [SMALL.strip()]


def test_a_colon_announces_verse_of_lines_alike() -> None:
    song = "The lamp is out and red,\nthe boats are home tonight,\nand nobody has said.\n"
    assert not verses(f"Once {FULL}{STOP}\n{song}\nAt night {FULL}{STOP}")
    sung = f"Once {FULL}and they sang:\n\n{song}\nAt night {FULL}{STOP}"
    assert verses(sung) == [song.strip()]


@pytest.mark.parametrize(
    "rows",
    [
        # Filled to a narrow measure.
        "The lamp that was out, and of\nwhich nobody knew whether it\n"
        "had been lit at all by those\n"
        "who were paid for lighting.\n",
        # A word is broken.
        "The lamp is out\nand all the boats that went are hea-\nvy, and who\nshall say.\n",
    ],
)
def test_a_narrow_measure_makes_no_verse(rows: str) -> None:
    assert not verses(f"Once {FULL}{STOP}\n{rows}\nAt night {FULL}{STOP}")


def test_what_is_said_in_a_play_is_no_verse_though_it_breaks_off() -> None:
    said = (
        "Harker. Rising. Sixty lamps! What is it that you are—\n"
        "Mills. Hold your tongue. Where would I get—\n"
        "Harker. Storming on. Take them all away and—\n"
        "Mills. Weeping. But I have not got them!\n"
    )
    assert not verses(f"Once {FULL}{STOP}\n{said}\nAt night {FULL}{STOP}")


def test_dialogue_behind_verse_is_no_part_of_it() -> None:
    poem = "The lamp is out, the boats are home,\nAnd who shall say what they have seen\n"
    poem += "Beyond the bar, where white with foam\nThe long waves run!\n"
    said = "“You are not listening to me,” said Harker. “Where do you look to\n"
    text = f"Once {FULL}{STOP}{poem}{said}now?”\n“I beg your pardon.”\nAt night {FULL}{STOP}"
    assert verses(text) == [poem.strip()]


def test_what_a_chapter_tells_of_is_no_verse_though_its_lines_stop_short() -> None:
    topics = (
        "They set out for the Ford—Rope Walk—\nThe Keeper—A third Post—Driving\n"
        "Boats—Lamps—Nets and a Fox—\nFeatures of the coast—Long-legged\n"
        "Plover—Sails torn—Hail—Natural\nWalls in the Harbour.\n"
    )
    assert not verses(f"Once {FULL}{STOP}\n{topics}\nAt night {FULL}{STOP}")


def test_what_two_say_to_one_another_is_no_verse_though_it_breaks_off() -> None:
    said = (
        "“But the lamp—”\n“Never mind it, for he comes here tonight,” the boatman said\nto him.\n"
    )
    assert not verses(f"Once {FULL}{STOP}\n{said}\nAt night {FULL}{STOP}")
