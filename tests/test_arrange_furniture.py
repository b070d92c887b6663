"""Running heads and folios that are misread, out of place or with little repetition."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.furniture import furniture_lines, letters_in_common
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


def columns(heads: list[str], at: int = 3) -> list[str]:
    """Pages whose head the extractor has put between two columns, gaps round it."""
    made = []
    for head, body in zip(heads, BODIES, strict=False):
        rows = body.split("\n") * 3
        made.append("\n".join([*rows[:at], "", head, "", *rows[at:]]))
    return made


def test_a_line_that_most_pages_have_once_is_a_head_wherever_it_stands() -> None:
    heads = ["Ilse Marten – The Old Mill by the River and Its People"] * 5
    assert found(columns(heads)) == heads


def test_a_line_that_a_page_has_twice_is_no_head() -> None:
    made = columns(["MILLER"] * 5)
    assert found([page + "\n\nMILLER\n\nwho said no more" for page in made]) == []


def test_a_sentence_that_comes_back_on_every_page_is_no_head() -> None:
    assert found(columns(["And the wheel stood still."] * 5)) == []


@pytest.mark.parametrize("form", ["{}", "– {} –", "The Mill {}"])
def test_a_page_s_own_number_between_its_columns_is_a_folio(form: str) -> None:
    heads = [form.format(n) for n in range(71, 76)]
    assert found(columns(heads)) == heads


def test_a_number_that_is_not_the_page_s_own_is_text() -> None:
    heads = ["71", "72", "73", "1812", "75"]
    assert found(columns(heads)) == ["71", "72", "73", "75"]


def test_the_chapter_s_name_beside_folios_between_columns_is_a_head() -> None:
    heads = ["The Mill\n\n71", "The Fair\n\n72", "The Road\n\n73", "The Weir\n\n74"]
    assert found(columns(heads)) == [line for head in heads for line in head.split("\n\n")]


def test_the_head_of_the_right_pages_stands_over_the_folio_there_only() -> None:
    heads = ["50\nA Tale", "The Mill\n51", "52\nA Tale", "The Fair\n53", "54\nA Tale", "Home\n55"]
    assert found(pages(heads)) == [line for head in heads for line in head.split("\n")]


def test_a_name_over_the_head_of_the_book_is_a_head() -> None:
    names = ["The Mill", "The Fair", "The Road and the Long Way Round It", "The Weir", "Home"]
    heads = [f"{name}\nA COUNTRY TALE" for name in names]
    made = found(pages(heads))
    assert made[1:] == [line for head in heads for line in head.split("\n")][1:]


def test_of_two_equal_lines_at_the_top_of_a_page_the_lower_one_is_the_title() -> None:
    made = pages(["A COUNTRY TALE\nThe Mill"] * 5)
    made[0] = f"A COUNTRY TALE\nThe Mill\nThe Mill\n{BODIES[0]}"
    assert found(made) == ["A COUNTRY TALE", "The Mill"] * 5
    lines = read_dump([("dump.txt", "\n\f".join(made))]).lines()
    assert 2 not in furniture_lines(lines, ())


def test_a_head_that_runs_through_the_book_from_its_second_page_is_no_title() -> None:
    made = pages(["", *["A COUNTRY TALE"] * 7])
    made[1] = made[1].replace("where", "The Road\nHere", 1)
    assert found(made) == ["A COUNTRY TALE"] * 7
    assert found(made[1:]) == ["A COUNTRY TALE"] * 6  # here it may be the title


def test_a_head_with_another_name_beside_it_is_known_by_what_they_share() -> None:
    names = ["The Fair", "The Falr", "Home", "The Road", "The R0ad"]
    heads = [f"COUNTRY TALES {name}" for name in names]
    assert found(pages(heads))[1:] == heads[1:]
    heads = [f"{word} COUNTRY TALES" for word in ("Xl", "4Z", "I4", "lS", "Q6")]
    assert found(pages(heads))[1:] == heads[1:]


def test_what_people_say_on_the_first_lines_of_pages_is_no_head() -> None:
    heads = ["Miller. That Was a Long Walk", "Miller. That Will Do", "Miller. That Is So"]
    assert found(pages(heads)) == []


@given(st.text("abcdeé ", min_size=1, max_size=30), st.text("abcdeé ", min_size=1, max_size=30))
def test_two_lines_are_never_more_alike_than_their_letters(one: str, two: str) -> None:
    likeness = SequenceMatcher(None, one, two, autojunk=False).ratio()
    assert letters_in_common(one, two) >= likeness


# --- read badly -----------------------------------------------------------------------

LONGER = [*NAMES, "Ida", "Jon", "Karl", "Lisa"]
FULLER = [
    f"where {name} had left the cart behind the old mill, and\nnobody had asked {name} for it "
    f"since the harvest, though\nthe wheel stood still and {name} was seen at the fair and"
    for name in LONGER
]


def set_apart(heads: list[str]) -> list[str]:
    return [f"{head}\n\n{body}" for head, body in zip(heads, FULLER, strict=False)]


def on_feet(folios: list[str]) -> list[str]:
    return [
        f"{body}\n\n{folio}" if folio else body for folio, body in zip(folios, FULLER, strict=False)
    ]


def test_a_head_with_its_chapter_beside_it_is_known_by_its_beginning() -> None:
    heads = [f"THE OLD MILL {name}" for name in ("The Fair", "The Fair", "Harvest", "Harvest")]
    heads += ["TRE OLD MILL Harvezt", "THE OLD MIL_ é Ui", "THE 0LD MILL"]
    assert found(set_apart(heads)) == heads


def test_the_first_of_such_heads_is_no_title_but_a_title_page_is() -> None:
    heads = [f"THE OLD MILL {name}" for name in ("é Ui", "The Fair", "The Fair", "Harvest", "Hay")]
    assert found(set_apart(heads)) == heads
    title = "THE OLD MILL By Alma"
    assert found([title, *set_apart(heads[1:])]) == heads[1:]


def test_a_sentence_that_begins_as_heads_do_is_none() -> None:
    names = ("Harvest", "Harvest", "Journey", "Journey", "Meadow")
    heads = [f"Old Windmill {name}" for name in names]
    text = "Old Windmill stood where it had stood since the days of the old Duke and"
    assert found([*set_apart(heads), f"{text}\n\n{FULLER[5]}"]) == heads


def test_a_head_misread_between_the_columns_is_still_a_head() -> None:
    heads = ["A Tale of the Old Mill"] * 5
    amid = f"{FULLER[5]}\n\nA Taie of thc Old Miil\n\n{FULLER[6]}"
    assert found([*set_apart(heads), amid, *set_apart(heads[:1])]) == [
        *heads,
        "A Taie of thc Old Miil",
        heads[0],
    ]


def test_heads_between_the_columns_of_every_page_may_be_misread() -> None:
    heads = ["A Tale of the Old Mill"] * 4 + ["A Taie of thc Old Miil"]
    pages = [f"{FULLER[n]}\n\n{head}\n\n{FULLER[n + 1]}" for n, head in enumerate(heads)]
    assert found(pages) == heads
    other = [page.replace("Taie of thc Old Miil", "Tide of a Cold Hill") for page in pages]
    assert found(other) == heads[:4]


def test_a_misread_number_in_step_with_the_pages_tells_a_head() -> None:
    heads = ["The Mill 41", "42 The Tale", "The Mill 43", "44 The Tale", "The Fair, 4S", "$6. Tale"]
    heads[5] = "4G. The Tile"
    assert found(set_apart(heads)) == heads


def test_what_stands_where_folios_stand_is_one() -> None:
    folios = ["11", "l2", "13", "yg", "15", "1S", "V7", "", "19"]
    assert found(on_feet(folios)) == [folio for folio in folios if folio]


def test_a_short_word_that_ends_a_page_is_no_folio() -> None:
    folios = ["11", "12", "13", "Amen", "15", "16"]
    assert found(on_feet(folios)) == ["11", "12", "13", "15", "16"]


def test_the_end_of_a_head_at_the_foot_of_the_page_before_is_furniture_and_a_word_is_not() -> None:
    heads = [f"THE OLD MILL {name}" for name in ("Night Fair", "Harvest", "Night Fair", "Harvest")]
    heads += ["THE OLD MILL Night Fair", "THE OLD MILL"]
    pages = set_apart(heads)
    pages[4] += "\n\nNight Fair"
    assert found(pages) == [*heads[:5], "Night Fair", heads[5]]
    pages[4] = pages[4].replace("\n\nNight Fair", "\n\nnight fair.")
    assert found(pages) == heads


def test_folios_rise_though_leaves_are_missing() -> None:
    folios = ["11", "14", "15", "19", "23", "24"]
    assert found(on_feet(folios)) == folios


def test_chapters_that_are_counted_at_the_heads_of_pages_are_no_folios() -> None:
    numbers = ["1", "", "2", "", "", "3", "", "4", "5", ""]
    assert found(set_apart(numbers)) == []


def test_numbers_that_rise_and_fall_are_no_folios() -> None:
    assert found(on_feet(["11", "4", "15", "9", "23", "7"])) == []


@given(st.lists(st.text("ab 1\n", max_size=30), max_size=8))
def test_what_is_furniture_is_a_line_with_text(texts: list[str]) -> None:
    lines = read_dump([("dump.txt", "\n\f".join(texts))]).lines()
    assert all(lines[i].text for i in furniture_lines(lines, ()))


def test_a_title_with_the_number_of_its_page_is_no_running_head() -> None:
    heads = ["1\n1 The Mill", *(f"{number} THE OLD CART" for number in range(2, 9))]
    assert found(pages(heads)) == ["1", *heads[1:]]


def test_a_head_above_its_pages_number_begins_as_the_others_do_though_a_box_stands_below() -> None:
    chapters = ["The Mill", "The Mill", "The Mill", "The Fair", "The Fair", "The Fair"]
    made = [
        f"{body}\nA COUNTRY TALE {chapter}\n{number}"
        for number, (body, chapter) in enumerate(zip(BODIES, chapters, strict=False), 12)
    ]
    made[3] = f"The Fair\n{made[3]}\nwho had come with her two sons\nand with a cart full of hay"
    heads = [line for page in made for line in page.split("\n") if line.startswith("A COUNTRY")]
    assert [line for line in found(made) if not line.isdigit()] == heads
    assert "15" in found(made)


def test_the_first_page_s_head_is_one_under_a_number_that_is_out_of_step() -> None:
    names = ["THE OLD MILL", "ALMA BRUNO"] * 4

    def made(first: str) -> list[str]:
        tops = zip([first, *map(str, range(147, 154))], names, BODIES, strict=True)
        return found(
            [f"{number}\n\n{name}\n\nOnce {body}\nno more." for number, name, body in tops]
        )

    assert made("1")[:3] == ["1", "THE OLD MILL", "147"]
    assert made("Alma was here.")[0] == "147"  # it may be a title


def test_a_head_that_names_the_title_below_it_on_the_page_is_no_title() -> None:
    tops = [f"THE OLD MILL\n\nOnce {body}\nno more." for body in BODIES]
    tops[3] = f"THE OLD MILL\n\nIII\n\nOnce {BODIES[3]}\nno more.\n\nIII\n\nThe Fair\n\n{BODIES[7]}"
    assert found(tops).count("III") == 1
    tops[3] = f"THE OLD MILL\n\nIII\n\nOnce {BODIES[3]}\nno more.\n\nIV\n\nThe Fair\n\n{BODIES[7]}"
    assert "III" not in found(tops)
