"""Running heads and folios that are misread, out of place or with little repetition."""

from __future__ import annotations

import pytest

from booktools.arrange.furniture import furniture_lines
from booktools.model.page import Line
from booktools.read.dump import read_dump

NAMES = ("Alma", "Bruno", "Carla", "Dario", "Elsa", "Fabio", "Greta", "Hugo")
BODIES = [
    f"where {name} had left the cart behind the old mill, and\nnobody had asked {name} for it "
    f"since the harvest, though\nthe wheel stood still and {name} was seen at the fair and"
    for name in NAMES
]


def found(pages: list[str]) -> list[str]:
    lines: tuple[Line, ...] = read_dump([("dump.txt", "\n\f".join(pages))]).lines()
    return [lines[i].text for i in sorted(furniture_lines(lines, ()))]


def pages(heads: list[str]) -> list[str]:
    return [f"{head}\n{body}" for head, body in zip(heads, BODIES, strict=False)]


def test_a_head_that_ocr_misreads_is_still_the_head() -> None:
    heads = ["THE OLD MILL", "THE 0LD MILL", "THE OLD MlLL", "THE OLD MILL.", "TIIE OLD MILL"]
    assert found(pages(heads)) == heads


@pytest.mark.parametrize(
    "heads",
    [
        ["Alma went to the mill", "Bruno went to the mill", "Carla went to the mill"],
        ["It was in 1871", "It was in 1874", "It was in 1879"],
    ],
)
def test_lines_that_differ_in_a_word_or_a_year_are_not_misread(heads: list[str]) -> None:
    assert found(pages(heads)) == []


def test_a_head_with_a_year_is_no_folio_and_comes_back() -> None:
    heads = ["August 1661"] * 4
    assert found(pages(heads)) == heads


def test_a_head_that_changes_has_the_folio_beside_it() -> None:
    heads = ["40 A Country Tale", "The Mill 41", "42 A Country Tale", "The Fair 43", "44 A Tale"]
    assert found(pages(heads)) == heads


def test_a_display_line_between_a_folio_and_the_edge_is_a_head() -> None:
    heads = ["The Mill\n31", "A Country Tale\n32", "The Fair\n33", "A Country Tale\n34"]
    assert found(pages(heads)) == [line for head in heads for line in head.split("\n")]


def test_a_full_line_over_a_sentence_that_goes_on_is_text_even_where_heads_stand() -> None:
    heads = ["40 A Country Tale", "The Mill 41", "42 A Country Tale", "The Fair 43"]
    odd = f"Nobody knew in those days where the miller came from or\n{BODIES[4]}"
    assert found([*pages(heads), odd]) == heads


def test_a_head_between_two_columns_is_known_from_the_other_pages() -> None:
    made = pages(["A COUNTRY TALE"] * 6)
    head, *body = made[3].split("\n")
    made[3] = "\n".join([*body, head, *body])
    assert found(made) == ["A COUNTRY TALE"] * 6


def test_a_title_in_the_text_is_not_its_own_running_head() -> None:
    made = pages(["The Fair"] * 6)
    made[0] = f"{BODIES[0]} gone.\nThe Fair\n{BODIES[7]}"
    assert found(made) == ["The Fair"] * 5
    assert found(made[:1]) == []
