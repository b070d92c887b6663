"""What stands at a page's turn: tables that go on, and paragraphs behind what parts them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.cuts import parted_by_kind
from booktools.arrange.fragments import Fragment
from booktools.arrange.layout import Layout
from booktools.clean.marks import drop_furniture
from booktools.clean.rule import Knowledge
from booktools.model.galley import Role
from booktools.model.page import Line
from booktools.model.place import Span
from booktools.model.printed_page import Face, PrintedLine
from booktools.read.dump import read_dump
from printed_pages import column, line, page, read

SMALL = Face("Serif", 9.0)
TEXT = [
    "The harbour master kept a book in which he wrote",
    "the weight of the salt and what was paid for it",
    "in every town of the ridge and all of the marsh",
    "until the road went another way, and he forgot.",
]
HEAD = ["Town", "Year", "Weight"]
ROWS = [["Quay", "1801", "204"], ["Ridge", "1802", "9"], ["Marsh", "1803", "77"],
        ["Mill", "1804", "12"], ["Orchard", "1805", "3"], ["Ferry", "1806", "41"]]  # fmt: skip
PLACES = (40.0, 120.0, 180.0)


def rows_of(
    rows: Sequence[Sequence[str]], top: float, places: Sequence[float] = PLACES, move: float = 0
) -> list[PrintedLine]:
    return [
        line(cell, left + move, top + 16 * number, SMALL)
        for number, row in enumerate(rows)
        for cell, left in zip(row, places, strict=True)
    ]


def tables(arranged: Arranged) -> list[list[list[str]]]:
    found: dict[str, dict[int, list[str]]] = {}
    for block in arranged.galley.blocks:
        if block.role is Role.TABLE:
            row = found.setdefault(block.attribute("table"), {})
            row.setdefault(int(block.attribute("row")), []).append(" ".join(block.text.split()))
    return [list(rows.values()) for rows in found.values()]


def turned(
    above: Sequence[Sequence[str]],
    below: Sequence[Sequence[str]],
    between: Sequence[PrintedLine] = (),
    places: Sequence[float] = PLACES,
    move: float = 0,
) -> Arranged:
    """A table that ends one page, and one that begins the next."""
    one = [*column([TEXT], 20, 40, to=280), *rows_of(above, 300)]
    two = [*between, *rows_of(below, 60, places, move), *column([TEXT], 20, 300, to=280)]
    made = arrange(read(page(*one), page(*two, number=2)), Layout())
    assert made.galley.unwound() == made.galley.source.text
    return made


def test_a_table_goes_on_under_its_head() -> None:
    made = turned([HEAD, *ROWS[:3]], [HEAD, *ROWS[3:]])
    assert tables(made) == [[HEAD, *ROWS]]
    furniture = [b for b in made.galley.blocks if b.role is Role.FURNITURE]
    assert [b.text.strip() for b in furniture] == HEAD
    told = {e.evidence for b in furniture for e in drop_furniture(b, Knowledge())}
    assert told == {"a table’s head, again over its rest"}


def test_a_table_goes_on_without_a_head() -> None:
    assert tables(turned([HEAD, *ROWS[:3]], ROWS[3:])) == [[HEAD, *ROWS]]


def test_the_margins_of_the_next_page_are_others() -> None:
    assert tables(turned([HEAD, *ROWS[:3]], [HEAD, *ROWS[3:]], move=25)) == [[HEAD, *ROWS]]


def test_a_line_says_that_it_goes_on() -> None:
    said = [line("Table 3 (continued)", 40, 40, SMALL)]
    made = turned([HEAD, *ROWS[:3]], [HEAD, *ROWS[3:]], said)
    assert tables(made) == [[HEAD, *ROWS]]
    assert "continued" not in "".join(
        b.text for b in made.galley.blocks if b.role is not Role.FURNITURE
    )


def test_two_tables_stay_two() -> None:
    """Another caption, other columns, a head of its own."""
    caption = [line("Table 4. Rope", 40, 40, SMALL)]
    assert len(tables(turned([HEAD, *ROWS[:3]], [HEAD, *ROWS[3:]], caption))) == 2
    other = (40.0, 150.0, 240.0)
    assert len(tables(turned([HEAD, *ROWS[:3]], [HEAD, *ROWS[3:]], places=other))) == 2
    two = [[row[0], row[2]] for row in (HEAD, *ROWS)]
    assert len(tables(turned([HEAD, *ROWS[:3]], two, places=PLACES[:2]))) == 2


def test_a_table_of_a_dump_goes_on() -> None:
    def laid(rows: Sequence[Sequence[str]]) -> str:
        return "\n".join(f"      {row[0]:16}{row[1]:>6}{row[2]:>10}" for row in rows)

    prose = "\n".join(TEXT)
    text = f"{prose}\n\n{laid([HEAD, *ROWS[:3]])}\n\f{laid([HEAD, *ROWS[3:]])}\n\n{prose}\n"
    made = arrange(read_dump([("a.txt", text)]), Layout())
    assert tables(made) == [[HEAD, *ROWS]]
    assert made.galley.unwound() == made.galley.source.text


# --- paragraphs behind what stands between them -----------------------------------------


def fragment(text: str, role: Role = Role.PARAGRAPH, at: int = 1) -> Fragment:
    return Fragment((Line(Span(at, at + 1), text, 0, 1, at),), role)


PROSE, OPEN, SMALL_ = "It was so.", "It was", "raining."


@pytest.mark.parametrize(
    ("stretches", "parted"),
    [
        ([PROSE, Role.TABLE, PROSE], [False, True]),
        ([PROSE, Role.CAPTION, PROSE], [False, True]),
        ([PROSE, Role.LIST, PROSE], [False, True]),
        ([PROSE, Role.NOTE, PROSE], [False, False]),
        ([PROSE, Role.TABLE, PROSE, OPEN, Role.TABLE, SMALL_], [False, False, False, False]),
        ([PROSE, Role.TABLE, PROSE, OPEN, Role.CAPTION, SMALL_], [False, True, False, False]),
        ([OPEN, Role.LIST, SMALL_, PROSE, Role.LIST, PROSE], [False, True, False, True]),
        ([PROSE, Role.HEADING, PROSE], [False, False]),
    ],
)
def test_what_parts_paragraphs(stretches: list[str | Role], parted: list[bool]) -> None:
    """Lists do; tables and pictures where none stands in the middle of a sentence."""
    made = [
        fragment(what, at=at) if isinstance(what, str) else fragment("x", what, at)
        for at, what in enumerate(stretches)
    ]
    prose = [i for i, f in enumerate(made) if f.role is Role.PARAGRAPH]
    assert parted_by_kind(made, prose) == parted


@pytest.mark.parametrize("what", ["table", "list"])
def test_a_paragraph_behind_a_table_at_a_pages_turn(what: str) -> None:
    """Its line above is full and ends a sentence; nothing else tells that it has ended."""
    full = [*TEXT[:3], "until the road went another way, and forgot it."]
    one = column([full, full], 20, 40, to=280, indent=0)
    one[3] = line(full[3], 20, 76, to=280)
    one[7] = line(full[3], 20, 124, to=280)
    between = rows_of([HEAD, *ROWS[:4]], 300) if what == "table" else [
        line(f"• {word} in bags;", 40, 300 + 12 * n) for n, word in enumerate(("salt", "oil"))
    ]  # fmt: skip
    two = column([TEXT], 20, 40, to=280, indent=0)
    made = arrange(read(page(*one, *between), page(*two, number=2)), Layout())
    last = [b.text for b in made.galley.blocks if b.role is Role.PARAGRAPH][-1]
    assert " ".join(last.split()) == " ".join(TEXT)
