"""Tables: cells that stand under one another, in dumps that keep gaps and in print."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import BlockDecision, Layout
from booktools.arrange.ledger import parse_layout
from booktools.arrange.tables import tables as laid_out
from booktools.errors import ConfigError
from booktools.model.book import Align, Figure, Table, inline_text
from booktools.model.galley import Galley, Role
from booktools.model.page import Pages
from booktools.model.place import Place
from booktools.model.printed_page import Box, Drawing, Face
from booktools.read.dump import read_dump
from booktools.shape.blocks import typed_blocks
from booktools.shape.shape import shape
from printed_pages import column, line, page, read

PROSE = """\
It was raining when the ferry came at last, and nobody on the quay
had anything to do but look at the water and wait for the evening
bell; the harbour master alone went up and down with his book.

"""
TIDES = """\
      Town             Year    Weight    Price
      Quay             1801     2,146       12
      Marsh Lantern    1802       904        7
      Old Mill         1803     9,526      103
      Ridge            1804        12        9
"""
WARES = """\
   Ware    Where it came from             What was said of it
   Salt    over the ridge in winter, on   that it was grey and
           carts that were drawn by       tasted of the marsh
           oxen
   Rope    from the walk behind the       good, but too dear for
           mill                           most
   Bread   baked in the town itself       hard
"""


def tables(arranged: Arranged) -> list[list[list[str]]]:
    """Each table's rows of cells."""
    found: dict[str, dict[int, list[str]]] = {}
    for block in arranged.galley.blocks:
        if block.role is Role.TABLE:
            row = found.setdefault(block.attribute("table"), {})
            cell = " ".join(block.text.split())
            row.setdefault(int(block.attribute("row")), []).append(cell)
    return [list(rows.values()) for rows in found.values()]


def dumped(*parts: str, layout: Layout | None = None) -> Arranged:
    made = arrange(read_dump([("a.txt", "\n".join(parts))]), layout or Layout())
    conserved(made.galley)
    return made


def conserved(galley: Galley) -> None:
    """The pieces of all blocks partition the source."""
    assert galley.unwound() == galley.source.text
    spans = sorted((p.start, p.end) for b in galley.blocks for p in b.pieces)
    assert "".join(galley.source.text[a:b] for a, b in spans) == galley.source.text


def codes(arranged: Arranged) -> list[str]:
    return [f.code for f in arranged.findings if f.code == "LAY001"]


# --- dumps ----------------------------------------------------------------------------


def test_cells_that_stand_under_one_another() -> None:
    made = dumped(PROSE, TIDES, PROSE)
    assert tables(made) == [
        [
            ["Town", "Year", "Weight", "Price"],
            ["Quay", "1801", "2,146", "12"],
            ["Marsh Lantern", "1802", "904", "7"],
            ["Old Mill", "1803", "9,526", "103"],
            ["Ridge", "1804", "12", "9"],
        ]
    ]
    assert codes(made) == []
    prose = [b for b in made.galley.blocks if b.role is Role.PARAGRAPH]
    assert [" ".join(b.text.split()) for b in prose] == [" ".join(PROSE.split())] * 2


def test_lines_apart_are_rows_too() -> None:
    spaced = TIDES.replace("\n", "\n\n")
    assert tables(dumped(PROSE, spaced, PROSE)) == tables(dumped(PROSE, TIDES, PROSE))


def test_a_cells_lines_are_put_together() -> None:
    made = dumped(PROSE, "   Table 4. Wares\n", WARES, PROSE)
    assert tables(made) == [
        [
            ["Ware", "Where it came from", "What was said of it"],
            [
                "Salt",
                "over the ridge in winter, on carts that were drawn by oxen",
                "that it was grey and tasted of the marsh",
            ],
            ["Rope", "from the walk behind the mill", "good, but too dear for most"],
            ["Bread", "baked in the town itself", "hard"],
        ]
    ]
    assert codes(made) == []


def test_the_book_has_it_with_its_caption() -> None:
    for parts in ((PROSE, "   Table 4. Tides\n", TIDES), (PROSE, TIDES, "   Table 4. Tides\n")):
        (chapter,) = shape(dumped(*parts, PROSE).galley, "T").chapters
        (table,) = [block for block in chapter.blocks if isinstance(block, Table)]
        assert inline_text(table.caption).strip() == "Table 4. Tides"
        assert table.heads == 1
        assert table.aligns == (Align.DEFAULT, Align.DEFAULT, Align.RIGHT, Align.RIGHT)
        assert not any(isinstance(block, Figure) for block in chapter.blocks)


def test_what_the_blocks_say_of_it() -> None:
    (block,) = [b for b in typed_blocks(dumped(PROSE, TIDES, PROSE).galley) if b["type"] == "table"]
    lines = [" ".join(line.split()) for line in block["text"].split("\t")]
    assert lines[:3] == ["Town", "Year", "Weight"]


def test_words_without_figures_are_asked_about() -> None:
    names = "".join(f"     {a:14}{b:12}{c}\n" for a, b, c in (
        ("Quay", "Ada", "blue"), ("Ridge", "Tom", "grey"), ("Orchard", "Ruth", "red"),
        ("Old Mill", "Ben", "white"),
    ))  # fmt: skip
    made = dumped(PROSE, names, PROSE)
    assert len(tables(made)) == 1
    assert codes(made) == ["LAY001"]
    (finding,) = [f for f in made.findings if f.code == "LAY001"]
    assert 'role = "table"' in finding.entry


CONTENTS = "".join(f"   {title:30}{page}\n" for title, page in (
    ("The quay", 3), ("The ridge", 17), ("The marsh", 42), ("The mill", 71), ("The orchard", 96),
))  # fmt: skip
LEADERS = CONTENTS.replace("    ", " ...", 3).replace("          ", " . . . . .")
PLAY = """\
ADA.       I have not seen the boat since the morning, and nobody else
TOM.       Then it is at the bottom of the sea, where all boats go to in
BEN.       Not that one, for it was painted only this spring, and blue as
ADA.       As the sea, you mean, and as little to be trusted, I suppose it
"""
LIST = "".join(f"   {n}.   {what}\n" for n, what in enumerate(("salt", "rope", "oil", "bread"), 1))
INDEX = """\
   bread, 12, 14        oil, 9
   candles, 3           orchard, 41
   ferry, 1, 8          quay, 2, 77
   marsh, 17            rope, 5
"""
COLUMNS = """\
the quay was empty when the      nobody had seen the boat for a
ferry came, and the bell rang    week, and the nets lay where
twice before anybody went to     the tide had left them; but the
look for the harbour master,     old man said nothing at all, and
who was asleep behind the mill   went on with his book.
"""
SIGNED = "   The Quay, in May          Ada Quill\n   for the town              Tom Rudder\n"


@pytest.mark.parametrize("text", [CONTENTS, LEADERS, PLAY, LIST, INDEX, COLUMNS, SIGNED])
def test_what_only_looks_like_a_table(text: str) -> None:
    assert tables(dumped(PROSE, text, PROSE)) == []


def test_blanks_of_justified_lines_are_no_gaps() -> None:
    text = PROSE.replace(" the ", "  the  ").replace(" was ", "  was ")
    assert tables(dumped(text, text, text)) == []


# --- decided --------------------------------------------------------------------------


def _decided(text: str, role: Role, first: int, last: int) -> Layout:
    return Layout((BlockDecision(first, last, text, role, Place("layout.toml", 1)),))


NAMED = """\
   Town        Mill            Bridge          Goods
   Quay        narrow,         old,            Salt
               of wood         of stone and
                               timber
   Old Mill    wide and        none in         Wool
               dark            that year
   Ridge       small and       burnt in        Tar
               new             the storm
   Marsh       none at all     sold to         Salt
                               the priest
"""


def test_lower_words_that_wrap_in_columns_behind_names_are_no_prose() -> None:
    made = dumped(PROSE, NAMED, PROSE)
    (rows,) = tables(made)
    assert [row[0] for row in rows] == ["Town", "Quay", "Old Mill", "Ridge", "Marsh"]
    assert rows[1] == ["Quay", "narrow, of wood", "old, of stone and timber", "Salt"]
    assert codes(made) == ["LAY001"]
    sentences = NAMED.replace("Old Mill ", "and what ").replace("Ridge", "which")
    assert not tables(dumped(PROSE, sentences, PROSE))


def test_somebody_says_that_it_is_one() -> None:
    text = "one   two\nthree   four\n"
    layout = _decided("one", Role.TABLE, 6, 7)
    assert tables(dumped(PROSE, text, PROSE)) == []
    assert tables(dumped(PROSE, text, PROSE, layout=layout)) == [
        [["one", "two"], ["three", "four"]]
    ]


def test_somebody_says_that_it_is_none() -> None:
    layout = _decided("Town", Role.VERSE, 6, 10)
    made = dumped(PROSE, "", TIDES, PROSE, layout=layout)
    assert tables(made) == []
    assert [b.role for b in made.galley.blocks].count(Role.VERSE) == 1


# --- laws -----------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["Quay", "1801", "12", "the", "ridge,", "a", "9.5", "Table 1.", "- ", "bread", "and-", "\f"]
)
GAPS = st.sampled_from([" ", "  ", "   ", "      ", "\t", "\n", "\n", "\n\n", "\n   ", "\n      "])


@given(st.lists(st.tuples(WORDS, GAPS), max_size=80))
def test_nothing_is_lost_whatever_stands_side_by_side(pairs: list[tuple[str, str]]) -> None:
    galley = dumped("".join(word + gap for word, gap in pairs)).galley
    conserved(galley)
    shape(galley, "T")


@given(
    st.lists(st.lists(st.text("ab1 ", min_size=1, max_size=9), min_size=2, max_size=5), min_size=3,
             max_size=9)
)  # fmt: skip
def test_rows_stay_in_their_order(rows: list[list[str]]) -> None:
    """A table keeps the words of a text in the order in which its rows have them."""
    text = "\n".join("   ".join(" ".join(cell.split()).ljust(9) for cell in row) for row in rows)
    made = dumped(text)
    if all(block.role is not Role.TABLE for block in made.galley.blocks):
        return
    words = [word for block in made.galley.blocks for word in block.text.split()]
    assert sorted(words) == sorted(text.split())


# --- print ----------------------------------------------------------------------------

SMALL = Face("Serif", 9.0)
BOLD = Face("Serif-Bold", 9.0, bold=True)
LINES = [
    [
        "The harbour master kept a book in which he wrote",
        "the weight of the salt and what was paid",
    ],
    ["for it in every town of the ridge and the marsh", "until the road went another way, and he"],
] * 2


def _page(rows: Sequence[Sequence[str]], *, ruled: bool, first: Face = SMALL) -> Pages:
    x = (40.0, 120.0, 180.0)
    made = [*column(LINES, 20, 40, to=280)]
    top = 170.0
    for number, row in enumerate(rows):
        face = first if number == 0 else SMALL
        made += [line(cell, left, top + 16 * number, face)
                 for cell, left in zip(row, x, strict=False) if cell]  # fmt: skip
    drawings = [
        Drawing(Box(36, top - 12 + 16 * n, 230, top - 11.5 + 16 * n)) for n in range(len(rows) + 1)
    ]
    made += column(LINES, 20, top + 16 * len(rows) + 20, to=280)
    return read(page(*made, drawings=drawings if ruled else ()))


ROWS = [["Town", "Year", "Weight"], ["Quay", "1801", "204"], ["Ridge", "1802", "9"],
        ["Marsh", "1803", "77"], ["Mill", "1804", "12"]]  # fmt: skip


@pytest.mark.parametrize("ruled", [True, False])
def test_a_printed_table(ruled: bool) -> None:
    made = arrange(_page(ROWS, ruled=ruled), Layout())
    conserved(made.galley)
    assert tables(made) == [ROWS]
    heads = {b.attribute("heads") for b in made.galley.blocks if b.role is Role.TABLE}
    assert heads == {"1"}


def test_rules_tell_the_rows() -> None:
    rows = [["Ware", "From", "Said"], ["Salt", "the ridge", "grey"], ["", "in winter", "and dear"]]
    x, top = (40.0, 120.0, 200.0), 170.0
    made = [*column(LINES, 20, 40, to=280)]
    for number, row in enumerate([*rows, ["Oil", "the north", "little"]]):
        made += [line(cell, left, top + 12 * number, SMALL)
                 for cell, left in zip(row, x, strict=True) if cell]  # fmt: skip
    drawings = [Drawing(Box(36, y, 260, y)) for y in (158.0, 173.0, 197.0, 210.0)]
    made += column(LINES, 20, 250, to=280)
    found = tables(arrange(read(page(*made, drawings=drawings)), Layout()))
    assert found == [
        [["Ware", "From", "Said"], ["Salt", "the ridge in winter", "grey and dear"],
         ["Oil", "the north", "little"]]
    ]  # fmt: skip


def test_columns_of_print_are_no_table() -> None:
    left, right = column(LINES, 20, 40, to=140), column(LINES, 160, 40, to=280)
    assert tables(arrange(read(page(*left, *right)), Layout())) == []


# --- cells that have drifted apart ----------------------------------------------------

CELLS = "Town Year Weight Quay 1801 2,146 Marsh 1802 904 Ridge 1804 12 Orchard 1805 44"
DRIFTED = CELLS.replace(" ", "\n\n")


def test_cells_that_have_drifted_apart_are_no_sentence() -> None:
    for before in ("", "Table 1. Salt by town\n"):
        made = dumped(PROSE * 3, before + DRIFTED, "\n" + PROSE * 3)
        (table,) = tables(made)
        assert [cell for row in table for cell in row] == DRIFTED.split()
        assert codes(made) == ["LAY001"]
        prose = [b for b in made.galley.blocks if b.role is Role.PARAGRAPH]
        assert [" ".join(b.text.split()) for b in prose] == [" ".join(PROSE.split())] * 6


def test_somebody_says_how_many_columns_there_are() -> None:
    decision = BlockDecision(
        14, 42, "Town", Role.TABLE, Place("layout.toml", 1), attributes=(("columns", "3"),)
    )
    made = dumped(PROSE * 3, "\n" + DRIFTED, "\n" + PROSE * 3, layout=Layout((decision,)))
    (table,) = tables(made)
    assert table[:3] == [["Town", "Year", "Weight"], ["Quay", "1801", "2,146"],
                         ["Marsh", "1802", "904"]]  # fmt: skip
    assert codes(made) == []


def test_contents_that_have_drifted_apart_are_none() -> None:
    text = "\n\n".join(f"The part {n}\n\n{9 * n}" for n in range(1, 9))
    text = text.replace(" 1", " one").replace(" 2", " two")
    assert tables(dumped(PROSE, text, "\n" + PROSE)) == []


def test_what_the_ledger_says_of_columns() -> None:
    block = '[[block]]\nlines = "1"\ntext = "a"\nrole = "{}"\ncolumns = {}\nwhy = "x"\n'
    assert parse_layout(block.format("table", 3), "l").blocks[0].attributes == (("columns", "3"),)
    for role, count in (("verse", 3), ("table", 0), ("table", 1000)):
        with pytest.raises(ConfigError):
            parse_layout(block.format(role, count), "l")


def test_endless_cells_take_bounded_work() -> None:
    for long in ("a " * 20_000, "1 " * 20_000, ". " * 20_000, "-" * 40_000, "1, " * 20_000):
        pages = read_dump([("a.txt", "\n".join([f"{long}   {long}"] * 4))])
        found = laid_out(pages.lines(), pages.source.text, {})
        assert {line.span.start for line in pages.lines()} <= {
            own.span.start for own in found.lines
        }
