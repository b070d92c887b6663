"""Captions that words or gaps give away, and what only looks like one."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.rows import Rows
from booktools.model.galley import Galley
from booktools.read.dump import read_dump
from broken_sentence import BEFORE, BEHIND


def galley(text: str) -> Galley:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return done


def found(text: str) -> list[tuple[str, str]]:
    return [(b.role.value, " ".join(b.text.split())) for b in galley(text).blocks]


def captions(text: str) -> list[str]:
    return [words for role, words in found(text) if role == "caption"]


# As much text as a source has to tell how its lines run on.
_PAGES = (BEFORE + BEHIND) * 8

# --- in a sentence --------------------------------------------------------------------


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_little_word_with_a_capital_opens_a_caption_as_wide_as_the_column(gap: str) -> None:
    caption = "The sluice of the old mill as it was seen by all who had come in"
    above, below = f"Grass is slippery.\n{BEFORE}slip-", f"pery, {BEHIND}"
    made = found(f"{_PAGES}{above}\n{gap}{caption}\n{gap}{below}")
    assert ("caption", caption) in made
    assert any("so long that slip- pery, it came" in words for _, words in made)


def test_a_name_as_wide_as_the_column_opens_none() -> None:
    name = "Hollerbeck and all who lived on the farm by the mill, when they saw"
    assert captions(f"{_PAGES}{BEFORE}{name}\n{BEHIND}") == []


def test_where_the_text_gets_narrow_beside_a_picture_nothing_interrupts_it() -> None:
    page = (
        "Nobody said it was late, and that it was wet on the bank where the\n"
        "dogs were, and so he went along with a rope and a lantern, and said\n"
        "that it was nothing, and that it could not be helped when the water\n"
        "was as high as it had been in the year of the flood, and looked for\n"
        "a long time at the chain and at the gate, and at the old wall there.\n"
    )
    narrow = (
        "Nether Stowford had been said\n"
        "to be so wet in the late years that\n"
        "it was of no use to the dogs that\n"
        "had gone along with a rope to the\n"
        "bank, and that it was so late and\n"
        "so wet that they looked for a long\n"
        "time at the gate and at the chain.\n"
    )
    full = "The miller said, when the sluice was stuck, that he had seen it and that\n"
    assert captions(page * 6 + full + narrow + page * 6) == []


# --- wide lines -----------------------------------------------------------------------

_LINE = "he went along the bank, where the grass was wet\n"
_WIDE = (
    "When the bell rang, it was so wet that nobody went up to the mill, {} nobody had done before"
)


def _any_wide(wide: str) -> bool:
    page = (_LINE * 8 + f"until noon.\n{wide}\n" + _LINE * 3) * 6
    rows = Rows.of(read_dump([("dump.txt", page)]).lines(), ())
    return any(map(rows.wide, range(len(rows))))


def test_where_no_line_ends_within_a_word_wide_ones_may_be_two_that_were_joined() -> None:
    # The extractor has put the rest of a broken word, and with it its line, behind the first half.
    assert not _any_wide(_WIDE.format("a thing"))
    assert _any_wide(_WIDE.format("a no-\nthing"))


def test_a_wide_line_between_gaps_is_a_caption() -> None:
    wide = "The bank of the river above the mill, with the two sons of the miller and the sluice"
    page = _LINE * 30 + f"until noon.\n\n{wide}\n\n" + _LINE * 30
    assert captions(page) == [wide]


# --- verse ----------------------------------------------------------------------------


def _poem(name: str) -> str:
    lines = (
        f"I have gone down to the {name}",
        "Where the sluices",
        f"Hold the water and the {name}",
        "And the grass upon the bank is longer",
        f"Than any {name}",
        "That I ever saw.",
    )
    return "\n".join(lines)


def test_a_long_line_of_verse_is_no_caption_where_the_page_is_verse() -> None:
    names = ("Weir", "Mill", "Rope", "Lantern", "Chain", "Gate")
    poems = "\n\n".join(f"The {name}\n\n{_poem(name.lower())}" for name in names)
    long = (
        "O all the wet grass of the meadow by the mill and the bank and the lanterns and the rope"
    )
    text = f"{_PAGES}\f{poems}\n\nThe River\n\n{long}\n\n{_poem('river')}\n"
    assert captions(text) == []


# --- notes ----------------------------------------------------------------------------


def test_the_last_short_line_of_a_note_goes_with_a_full_one_above_it() -> None:
    text = (
        BEFORE.replace("light, because", "light,1 as", 1)
        + "1 Millers rise early in that country, as is told by everybody who has gone to\n"
        + "Stowford’s mill, see the County Papers, vol. vii, p. 555.\n"
        + BEHIND
    )
    made = found(text)
    assert ("note", "1 Millers rise early in that country, as is told by everybody who has gone "
            "to Stowford’s mill, see the County Papers, vol. vii, p. 555.") in made  # fmt: skip
    assert all(role != "caption" for role, _ in made)


def test_a_note_goes_on_behind_a_full_line_that_ends_with_a_short_word_and_its_point() -> None:
    note = "1 Millers rise early in that country, as is told by everybody who has gone to the co."
    text = BEFORE.replace("light, because", "light,1 as", 1) + f"{note}\nKent.\n\f{BEHIND}"
    assert ("note", f"{note} Kent.") in found(text)


def test_a_number_on_a_row_of_its_own_begins_the_note_below_it() -> None:
    text = BEFORE.replace("light, because", "light,7 as", 1) + f"\n7\nA miller of Kent.\n\f{BEHIND}"
    assert ("note", "7 A miller of Kent.") in found(text)


# --- at the edge of a page ------------------------------------------------------------

_BREAKS_OFF = BEFORE * 3
_ALONE = "The dogs of the miller were not asked."


def _turned(head: str, below: str = BEHIND, above: str = _BREAKS_OFF) -> str:
    """Two pages, the second with something between its edge and the text."""
    return f"{_PAGES}{above}\f{head}\n\n{below}{_PAGES}"


def test_a_sentence_at_the_top_of_a_page_is_a_caption_where_the_text_goes_on_below() -> None:
    ended = f"{_BREAKS_OFF}the ducks had gone.\n"  # the text goes on from a box, or another column
    assert captions(_turned(_ALONE, above=ended)) == [_ALONE]
    assert captions(_turned(_ALONE.removesuffix(".") + " there")) != []


def test_where_gaps_part_paragraphs_one_at_the_edge_of_a_page_is_none() -> None:
    paragraphs = f"{BEFORE}the ducks had gone.\n\nThen {BEHIND}\n" * 4
    assert captions(f"{paragraphs}\f{_ALONE}\n\nThen {BEHIND}") == []


def test_where_gaps_part_no_paragraphs_a_sentence_between_gap_and_edge_is_a_caption() -> None:
    paragraphs = f"{BEFORE}the ducks had gone.\nThen {BEHIND}" * 4
    assert captions(f"{paragraphs}\n{_ALONE}\n\f{paragraphs}") == [_ALONE]


@pytest.mark.parametrize("text", [_ALONE, "The weir, as it was seen\nby the sons of the miller."])
def test_a_sentence_alone_on_its_page_is_a_caption(text: str) -> None:
    paragraphs = f"{BEFORE}the ducks had gone.\n\nThen {BEHIND}\n" * 4
    assert captions(f"{paragraphs}\f{text}\n\f{paragraphs}") == [" ".join(text.split())]


def test_a_dedication_alone_on_its_page_is_none() -> None:
    paragraphs = f"{BEFORE}the ducks had gone.\n\nThen {BEHIND}\n" * 4
    assert captions(f"The Weir\n\fFor all who were not asked.\n\f{paragraphs}") == []


# --- gaps within ----------------------------------------------------------------------


def test_lines_of_two_sentences_that_are_woven_into_one_another_are_no_caption() -> None:
    woven = (
        "The sons of the miller had not been asked, and they did not slip-\n\n"
        "Nether Stowford lay under water, and so did the farm, and the bar-\n\n"
        "pery though the bank was, they held on to the rope and laughed.\n\n"
        "ley that was to be cut when the water had gone down was lost.\n\n"
    )
    known = "The bank is slippery.\n\nThe barley was lost.\n\n"
    paragraphs = f"{BEFORE}the ducks had gone.\n\nThen {BEHIND}\n" * 4
    assert captions(f"{paragraphs}{known}{woven}{paragraphs}") == []


# --- how long -------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "role"), [(3, "caption"), (4, "paragraph")])
def test_what_interrupts_a_sentence_without_a_number_or_title_is_a_caption_of_three_rows_at_most(
    rows: int, role: str
) -> None:
    lines = (
        "Sons of millers, as a rule, are told",
        "by no one of how the weirs are built,",
        "nor of the piles of oak that are set",
        "into the bed of the river.",
    )
    inside = "\n".join(lines[4 - rows :]).capitalize()
    above, below = f"Grass is slippery.\n{BEFORE}slip-", f"pery, {BEHIND}"
    made = found(f"{_PAGES}{above}\n{inside}\n{below}")
    assert (role, " ".join(inside.split())) in made


# --- short, in mid-sentence -----------------------------------------------------------

_ENDED = f"{BEFORE}the ducks had gone.\n\n"
_SHORT_LINE = "The mill ran to the north"


def test_a_line_that_stops_short_in_mid_sentence_is_a_caption_where_text_goes_on_below() -> None:
    # What goes on below it has begun elsewhere: in another column, or above a box.
    assert captions(f"{_ENDED * 4}{_SHORT_LINE}\n\n{BEHIND}\n{_ENDED}") == [_SHORT_LINE]


@pytest.mark.parametrize(
    "line", ["“The mill ran to the north", "The mill ran to the", "the mill ran north"]
)
def test_what_somebody_says_and_what_must_go_on_is_none(line: str) -> None:
    assert captions(f"{_ENDED * 4}{line}\n\n{BEHIND}\n{_ENDED}") == []


def test_in_a_book_of_poems_a_page_with_any_verse_has_none_that_looks_tell() -> None:
    names = ("Weir", "Mill", "Rope", "Lantern", "Chain", "Gate")
    poems = "\n\n".join(f"The {name}\n\n{_poem(name.lower())}" for name in names)
    long = (
        "O all the wet grass of the meadow by the mill and the bank and the lanterns and the rope"
    )
    prose = "\n\n".join(f"{name} said that it was late, and that he was off." for name in names * 2)
    page = f"The River\n\n{long}\n\n{_poem('river')}\n\n{prose}"
    assert captions(f"{poems}\n\f{poems}\n\f{poems}\n\f{page}") == []


def test_a_caption_that_breaks_off_at_a_comma_goes_on_below_a_gap() -> None:
    text = f"{BEFORE.rstrip()} and so the\n\nFig. 3. The mill and the barn,\n\nas they stood.\n\n"
    assert captions(f"{text}{BEHIND}") == ["Fig. 3. The mill and the barn, as they stood."]
    assert captions(f"{text}{BEHIND}".replace("barn,", "barn")) == ["Fig. 3. The mill and the barn"]


def test_a_line_that_was_set_wide_is_a_full_one() -> None:
    # Some extractors write the blanks of a justified line as several.
    line = "And so they went home that night, each man"
    text = f"{_PAGES}\n{{}}\n\nby himself, and by another way than the one by which he had come.\n"
    assert captions(text.format(line)) == [line]
    assert captions(text.format("   ".join(line.split()))) == []


def test_blanks_between_columns_are_no_line_set_wide() -> None:
    wide, columns = "one   by   one", "one      by      one"
    rows = Rows.of(read_dump([("dump.txt", f"{wide}\n{columns}\none by one\n")]).lines(), ())
    assert [row.stretched for row in rows.rows] == [True, False, False]
