"""Tables of words in print, and all that has columns and is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import Layout
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.model.galley import Role
from booktools.model.printed_page import Face, PrintedLine, PrintedPage
from printed_pages import BODY, column, line, page, read

LEFT, RIGHT, DOWN = 20.0, 280.0, 12.0
TYPED = Face("Typed", 10.0)
BOLD = Face("Serif Bold", 10.0, bold=True)
RAIN = [
    ["It was raining when the ferry came at last and", "nobody on the quay had a word to say"],
    ["The harbour master went up and down with his", "book and looked at the water all evening"],
]
WARES = [
    ("salt", "grey, and tastes of the marsh"),
    ("rope", "from the walk behind the mill"),
    ("bread", "baked in the town"),
    ("lamps", "for the boats"),
    ("tar", "black as it should be"),
]


def prose(top: float) -> list[PrintedLine]:
    """Four lines of text over the whole measure."""
    return column(RAIN, LEFT, top, to=RIGHT)


def rows(
    cells: Sequence[Sequence[str]],
    places: Sequence[float],
    top: float,
    first: Face = BODY,
    down: float = DOWN,
) -> list[PrintedLine]:
    """Rows of cells that begin at these places; `first` is what the first column is set in."""
    out = []
    for number, row in enumerate(cells):
        for at, (text, x) in enumerate(zip(row, places, strict=True)):
            if text:
                out.append(line(text, x, top + number * down, BODY if at else first))
    return out


def between(*made: PrintedLine) -> PrintedPage:
    """A page with running text above and below."""
    foot = max(one.words[0].baseline for one in made) + 24
    return page(*prose(40), *made, *prose(foot))


def arranged(*pages: PrintedPage) -> Arranged:
    made = arrange(read(*pages), Layout())
    assert made.galley.unwound() == made.galley.source.text
    return made


def table(made: Arranged) -> list[list[str]]:
    """The rows of the one table, none where there is none."""
    found: dict[int, list[str]] = {}
    for block in made.galley.blocks:
        if block.role is Role.TABLE:
            assert block.attribute("table") == "0"
            text = " ".join(block.text.split())
            found.setdefault(int(block.attribute("row")), []).append(text)
    return list(found.values())


def is_asked(made: Arranged) -> bool:
    return any(f.code == "LAY001" and "set as table" in f.message for f in made.findings)


def test_words_in_letters_of_their_own_before_what_they_mean() -> None:
    made = arranged(between(*rows(WARES, (40, 100), 100, TYPED)))
    assert table(made) == [list(row) for row in WARES]
    assert not is_asked(made)


def test_words_and_nothing_else_to_tell_are_asked_about() -> None:
    made = arranged(between(*rows(WARES, (40, 100), 100)))
    assert table(made) == [list(row) for row in WARES]
    assert is_asked(made)


def test_a_head_tells() -> None:
    head = [line("Ware", 40, 88, BOLD), line("What it is", 100, 88, BOLD)]
    made = arranged(between(*head, *rows(WARES, (40, 100), 100)))
    assert table(made)[0] == ["Ware", "What it is"]
    assert not is_asked(made)


def test_cells_of_several_lines() -> None:
    cells = [
        ("salt", "grey, and it tastes of the marsh that"),
        ("", "it comes from"),
        ("rope", "made on the walk that is behind the old"),
        ("", "mill, and none was ever better made by"),
        ("", "anybody"),
        ("bread", "baked in the town"),
        ("tar", "black as it should be"),
    ]
    made = arranged(between(*rows(cells, (40, 84), 100, TYPED)))
    assert [row[0] for row in table(made)] == ["salt", "rope", "bread", "tar"]
    assert table(made)[1][1].endswith("by anybody")


def test_rows_that_stand_apart_have_cells_of_several_lines() -> None:
    made = []
    top = 100.0
    for name in ("salt", "rope", "bread"):
        made += rows([(name, "what it is was"), ("", "told by all")], (40, 100), top, TYPED)
        top += 2 * DOWN + 6
    assert table(arranged(between(*made))) == [
        [name, "what it is was told by all"] for name in ("salt", "rope", "bread")
    ]


def test_a_table_in_one_of_two_columns() -> None:
    short = [["the ferry came at last to", "the quay and nobody said", "a word of it all evening"]]
    left = [*column(short * 2, 20, 40, to=140), *rows(WARES, (24, 60), 130, TYPED)]
    left = [one for one in left if one.words[-1].box.right < 145]
    cut = [(name, what.split()[0]) for name, what in WARES]
    left = [*column(short * 2, 20, 40, to=140), *rows(cut, (24, 80), 130, TYPED)]
    right = column(short * 5, 160, 40, to=280)
    made = arranged(page(*left, *right))
    assert table(made) == [list(row) for row in cut]


VERSE = [
    ("The ferry came at last,", "Der Kahn kam endlich an,"),
    ("and nobody was there,", "und keiner stand am Kai,"),
    ("the water and the mast", "das Wasser und der Mast"),
    ("were grey as evening air.", "war grau, der Tag vorbei."),
]
PLAY = [
    (name, said)
    for name, said in zip(
        ("MILLER", "BAKER") * 4,
        ("I never saw it come.", "And I was at the door.", "Then who was on the quay?",
         "You ask me that again!", "I ask whoever hears.", "Nobody hears you here.",
         "The water hears it all.", "Then let it tell us so."),
        strict=True,
    )
]  # fmt: skip
NAMES = [("Anning", "Lantern"), ("Baker", "Miller"), ("Carter", "Norris"), ("Ferry", "Quay"),
         ("Garden", "Ridge")]  # fmt: skip
PAGES = [("The ferry", "7"), ("The old mill", "19"), ("A lantern", "32"), ("The quay", "57")]
COUNTED = [(f"{n}.", f"the {word} by the old mill") for n, word in enumerate("abcdef", 1)]


@pytest.mark.parametrize(
    "cells",
    [VERSE, PLAY, NAMES, PAGES, COUNTED],
    ids=["verse side by side", "a play", "a list in columns", "contents", "a list"],
)
def test_what_has_columns_and_is_no_table(cells: Sequence[Sequence[str]]) -> None:
    assert not table(arranged(between(*rows(cells, (24, 150), 100))))


def test_a_list_in_columns_is_read_down_them_and_asked_about() -> None:
    names = [("Ash", "Lime"), ("Beech", "Maple"), ("Elm", "Oak"), ("Fir", "Pine"), ("Hazel", "Yew")]
    made = arranged(between(*rows(names, (24, 90), 100)))
    lists = [b.text.split() for b in made.galley.blocks if b.role is Role.VERSE]
    assert lists == [[one for one, _ in names] + [two for _, two in names]]
    assert any(f.code == "LAY001" and "list in columns" in f.message for f in made.findings)


def test_a_table_whose_columns_both_rise_is_no_list() -> None:
    names = [("Ash", "as"), ("Beech", "be"), ("Elm", "el"), ("Fir", "fi"), ("Hazel", "ha")]
    assert table(arranged(between(*rows(names, (24, 90), 100)))) == [list(row) for row in names]


def test_columns_of_ragged_prose_are_no_table() -> None:
    said = ["the ferry came at last", "and nobody on the quay", "had a word to say about",
            "the water that was grey", "as is the evening when", "it came to an end"]  # fmt: skip
    left = [line(text, 20, 40 + 12 * at) for at, text in enumerate(said * 3)]
    right = [line(text, 160, 40 + 12 * at) for at, text in enumerate(said[::-1] * 3)]
    assert not table(arranged(page(*left, *right)))


def test_notes_beside_the_text_are_no_column_of_a_table() -> None:
    text = column([RAIN[0] * 2, RAIN[1] * 2, RAIN[0] * 2, RAIN[1] * 2], 90, 40, to=390)
    said = [line("of rain", 30, 40 + 48 * at) for at in range(4)]
    assert not table(arranged(page(*text, *said)))


def test_dots_lead_to_pages_and_make_no_table() -> None:
    cells = [(f"{n}.1", f"The {word} . . . . . . . . . . {n}4") for n, word in
             enumerate(("ferry", "mill", "quay", "ridge"), 2)]  # fmt: skip
    assert not table(arranged(between(*rows(cells, (24, 60), 100, TYPED))))


def test_rows_overleaf_too_few_to_be_told_go_on_with_the_table() -> None:
    below = [("flags", "two of them"), ("nails", "a keg")]
    one = page(*prose(40), *rows(WARES, (40, 100), 100, TYPED))
    two = page(*rows(below, (40, 100), 40, TYPED), *prose(80), number=2)
    made = arranged(one, two)
    assert table(made) == [list(row) for row in (*WARES, *below)]


def test_text_overleaf_does_not_go_on_with_the_table() -> None:
    one = page(*prose(40), *rows(WARES, (40, 100), 100, TYPED))
    assert table(arranged(one, page(*prose(40), number=2))) == [list(row) for row in WARES]


def test_contents_whose_chapters_are_counted_are_no_table() -> None:
    cells = [("1", "The ferry", "7"), ("2", "The old mill", "19"), ("3", "A lantern", "32"),
             ("4", "The quay", "57"), ("5", "Rain", "80")]  # fmt: skip
    assert not table(arranged(between(*rows(cells, (24, 58, 200), 100))))


def test_full_stops_in_the_words_of_typeset_pages_are_no_specks() -> None:
    said = "storage.mode and file.access and path.expand of Sys.time"
    read_ = read(page(*prose(40), line(said, LEFT, 88)))
    assert read_.source.typeset
    galley = clean(arrange(read_, Layout()).galley, Knowledge.of(
        arrange(read_, Layout()).galley.blocks))  # fmt: skip
    assert any(said in block.text for block in galley.blocks)
