"""Running heads told by what stands with them: another head, the other pages, a sentence."""

from __future__ import annotations

import pytest

from booktools.arrange.furniture import furniture_lines
from booktools.read.dump import read_dump

NAMES = ("Alma", "Bruno", "Carla", "Dario", "Elsa", "Fabio", "Greta", "Hugo", "Ines", "Jonas")
# Each begins and ends in mid-sentence.
BODIES = [
    f"where {name} had left the cart behind the old mill, and\nnobody had asked {name} for it "
    f"since the harvest, though\nthe wheel stood still and {name} was seen at the fair and"
    for name in NAMES
]


def found(*pages: str) -> list[str]:
    lines = read_dump([("dump.txt", "\n\f".join(pages))]).lines()
    return [lines[i].text for i in sorted(furniture_lines(lines, ()))]


def under(heads: list[str]) -> list[str]:
    return [f"{head}\n\n{body}" for head, body in zip(heads, BODIES, strict=False)]


# --- beside another head --------------------------------------------------------------

_WIDE = " " * 90


def test_a_line_with_a_known_head_at_one_margin_is_a_head_the_first_of_them_too() -> None:
    heads = [f"A Country Tale{_WIDE}{name}" for name in ("The Mill", "The Fair", "The Well", "IV")]
    # Without the blanks between, the first of them may be the title that the others repeat.
    assert found(*under(heads)) == heads


def test_a_folio_at_the_other_margin_is_no_reason_to_leave_a_title_in_the_text() -> None:
    heads = [f"{page}{_WIDE}A Country Tale" for page in (1, 3, 5, 7)]
    assert found(*under(heads)) == heads


def test_a_word_at_the_margin_of_a_few_pages_is_no_head() -> None:
    # The last line of a table may stand at the top of the page behind it.
    tables = [f"Total{_WIDE}1{at}.50" if at % 5 == 1 else "" for at in range(20)]
    made = [f"{table}\n\n{body}".strip() for table, body in zip(tables, BODIES * 2, strict=True)]
    assert not any("Total" in line for line in found(*made))


def test_words_that_come_back_in_widely_set_lines_are_no_heads() -> None:
    lines = [f"where    {name}    stood    still" for name in NAMES[:4]]
    assert found(*under(lines)) == []


# --- in a place that others fill ------------------------------------------------------

_CHAPTERS = ["The Mill"] * 3 + ["The Fair"] * 2 + ["The Well"] * 3


def test_where_all_pages_have_two_heads_one_with_its_title_on_the_page_is_a_head() -> None:
    pages = under([f"A COUNTRY TALE\n\n{name}" for name in _CHAPTERS])
    # The second chapter, of two pages, begins on the first of them.
    pages[3] += ".\n\nThe Fair\n\nThen the fair began."
    assert found(*pages).count("The Fair") == 2
    assert len(found(*pages)) == 16


def test_a_title_where_other_pages_have_a_second_head_is_left() -> None:
    pages = under([f"A COUNTRY TALE\n\n{name}" for name in _CHAPTERS])
    pages[6] = "A COUNTRY TALE\n\nOf Alma’s Cart\n\nNobody had seen the cart since\nthe harvest."
    assert "Of Alma’s Cart" not in found(*pages)


# --- in a sentence --------------------------------------------------------------------


def test_a_line_on_two_pages_in_a_sentence_that_goes_on_below_is_a_head() -> None:
    first, *pages = BODIES[:6]
    pages[0], pages[1] = f"The Fair\n\n{pages[0]}", f"The Fair\n\n{pages[1]}"
    assert found(first, *pages) == ["The Fair", "The Fair"]


def test_a_name_above_two_sentences_that_begin_is_none() -> None:
    whole = [f"Nobody had asked {name} for the cart\nsince the harvest." for name in NAMES[:4]]
    assert found(whole[0], f"The Fair\n\n{whole[1]}", f"The Fair\n\n{whole[2]}", whole[3]) == []


_LONG = "Of the Fair and of Those Who Came to It"


@pytest.mark.parametrize("caption", ["", "\n\nFig. 3. The old mill."])
def test_the_title_of_two_lines_is_known_in_the_head_of_its_page(caption: str) -> None:
    title = f"The cart was gone.\n\n{_LONG[:16]}\n{_LONG[17:]}\n\nIt was a fair as no other, and"
    pages = [BODIES[0], title + caption, f"{_LONG}\n\n{BODIES[1]}", *BODIES[2:5]]
    assert found(*pages) == [_LONG]
    # With a new sentence below it, it is the title of something.
    assert found(*pages[:2], f"{_LONG}\n\nNobody came, and", *pages[3:]) == []


def test_a_title_above_a_drop_capital_interrupts_no_sentence() -> None:
    opening = "The Fair\n\nN\n\nobody had asked for the cart since the\nharvest, and"
    assert found(*BODIES[:2], opening, BODIES[2], opening, BODIES[3]) == []


def test_a_head_between_columns_is_known_though_few_stand_at_an_edge() -> None:
    made = [
        f"THE OLD MILL\n\n{body}" if at in (3, 5, 6) else body for at, body in enumerate(BODIES)
    ]
    one, two, three = BODIES[1].split("\n")
    made[1] = f"{one}\n{two}\nTHE OLD MILL\n{three}\nand\nso\non\nthey\nwent"
    assert found(*made) == ["THE OLD MILL"] * 4


# --- on every other page --------------------------------------------------------------


def _inside(name: str, body: str) -> str:
    one, two, three = body.split("\n")
    return f"and\n{one}\n{two}.\n\n{name}\n\nThen {three}\nthe wheel\nand\nthe cart\nwere gone."


def test_what_stands_between_gaps_on_every_other_page_is_a_head() -> None:
    made = [_inside("THE OLD MILL", b) if at % 2 else b for at, b in enumerate(BODIES[:9])]
    assert found(*made) == ["THE OLD MILL"] * 4


def test_what_stands_so_on_some_pages_is_a_title_of_its_own() -> None:
    made = [_inside("THE OLD MILL", b) if at in (1, 3, 9) else b for at, b in enumerate(BODIES)]
    assert found(*made) == []


# --- folios ---------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["–{}–", "– {} –", "[{}]", "({})"])
def test_a_number_between_dashes_or_brackets_is_a_folio_without_gaps_round_it(form: str) -> None:
    pages = []
    for number, body in enumerate(BODIES[:5], 4):
        rows = (body + "\n" + body).split("\n")
        pages.append("\n".join([*rows[:4], form.format(number), *rows[4:], "and", "so", "on"]))
    assert found(*pages) == [form.format(number) for number in range(4, 9)]


def test_a_head_in_capitals_is_one_whatever_number_stands_beside_it() -> None:
    heads = ["1 A COUNTRY TALE", "", "103 A COUNTRY TALE", "", "105 A COUNTRY TALE", ""]
    heads += ["107 A COUNTRY TALE"]
    told = [head for head in heads if head]
    assert found(*under(heads)) == told
    # The number of a chapter stands before a title, which is not set as the heads are.
    assert found(*under(["1 A Country Tale", *heads[1:]])) == told[1:]
