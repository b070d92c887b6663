"""Listings in print: lines in letters of one width, kept with their blanks."""

from __future__ import annotations

from collections.abc import Sequence

from booktools.arrange.arrange import arrange
from booktools.arrange.geometry_rows import PrintRows
from booktools.arrange.layout import Layout
from booktools.arrange.listings import one_width
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.model.galley import Galley, Role
from booktools.model.printed_page import Box, Face, PrintedLine, PrintedPage, PrintedWord
from printed_pages import line, page, read, word

TYPED = Face("Typed", 9.0)
SERIF = Face("Serif", 10.0)
_NARROW = "fijlrt.,-"
RAIN = """It was raining when the ferry came at last and nobody on the quay had a word
to say; the harbour master went up and down with his book and looked at the water
all evening, for there was little light left in it and none at the old mill."""
PROGRAM = ["for (i in rope) {", "    if (lamp > 2)   # late", "        print(i)", "}"]


def serif(text: str, x: float, y: float) -> PrintedLine:
    """A line of letters that are wide and narrow."""
    made = []
    for each in text.split():
        wide = sum(2.5 if c in _NARROW else 5.5 for c in each)
        made.append(PrintedWord(each, Box(x, y - 7.5, x + wide, y + 2.2), y, SERIF))
        x += wide + 3
    return PrintedLine(tuple(made))


def typed(text: str, x: float, y: float) -> PrintedLine:
    """A line of letters of one width, each blank as wide as they are."""
    words, at = [], 0
    for each in text.split():
        at = text.index(each, at)
        words.append(word(each, x + at * TYPED.size / 2, y, TYPED))
        at += len(each)
    return PrintedLine(tuple(words))


def prose(top: float, times: int = 1) -> list[PrintedLine]:
    own = RAIN.splitlines() * times
    return [serif(text, 20 + 12 * (not at % 3), top + 12 * at) for at, text in enumerate(own)]


def listed(program: Sequence[str], top: float, x: float = 40) -> list[PrintedLine]:
    return [typed(text, x, top + 11 * at) for at, text in enumerate(program) if text]


def cleaned(*pages: PrintedPage) -> Galley:
    galley = clean(arrange(read(*pages), Layout()).galley, Knowledge())
    assert galley.unwound() == galley.source.text
    return galley


def verses(galley: Galley) -> list[str]:
    return [b.text.replace("\u00a0", " ") for b in galley.blocks if b.role is Role.VERSE]


def test_a_program_keeps_its_lines_and_blanks() -> None:
    found = cleaned(page(*prose(40, 2), *listed(PROGRAM, 130), *prose(190)))
    assert verses(found) == ["\n".join(PROGRAM)]


def test_a_blank_line_parts_it() -> None:
    program = [*PROGRAM, "", 'mode(x) -- it\'s "x"', "go(x)"]
    found = cleaned(page(*prose(40, 2), *listed(program, 130), *prose(220)))
    assert verses(found) == ["\n".join(PROGRAM), 'mode(x) -- it\'s "x"\ngo(x)']


def test_one_line_behind_gaps() -> None:
    made = [*prose(40, 2), *listed(["make harbour"], 134), *prose(156), *listed(PROGRAM, 210)]
    assert verses(cleaned(page(*made))) == ["make harbour", "\n".join(PROGRAM)]


def test_typed_words_in_a_paragraph_are_no_listing() -> None:
    lines = prose(40, 2)
    among = [*lines[:4], *listed(["harbour/ferry/lantern/quay"], 88, 20), *prose(100)]
    assert not verses(cleaned(page(*among)))


def test_a_source_that_is_typed_has_no_listings() -> None:
    said = RAIN.splitlines() * 4
    pages = read(page(*(typed(text, 20, 40 + 11 * at) for at, text in enumerate(said))))
    assert pages.geometry is not None
    assert not one_width(pages.lines(), pages.geometry)


def test_prompts_before_lines_are_no_list_in_columns() -> None:
    program = ["+      mean = mean(x)", "+      median = median(x)", "+      trimmed = late(x)",
               "+      upper = upper(x)"]  # fmt: skip
    found = cleaned(page(*prose(40, 2), *listed(program, 130), *prose(200), *listed(PROGRAM, 260)))
    assert verses(found) == ["\n".join(program), "\n".join(PROGRAM)]


def test_one_word_over_and_over_and_figures_do_not_tell_a_face() -> None:
    figures = ["harbour 1802 1803 1911", "harbour 1804 1705 1266", "harbour 1606 1907 3001"]
    pages = read(page(*prose(40, 2), *listed(figures * 2, 130)))
    assert pages.geometry is not None
    assert not one_width(pages.lines(), pages.geometry)


def test_what_a_program_writes_in_columns_is_no_table() -> None:
    rows = [
        "     [,1] [,2]",
        "[1,]    1    5",
        "[2,]    2    6",
        "[3,]    3    7",
        "[4,]    4    8",
    ]
    found = cleaned(page(*prose(40, 2), *listed(rows, 130), *prose(200), *listed(PROGRAM, 260)))
    assert verses(found) == ["\n".join(rows), "\n".join(PROGRAM)]
    assert not [b for b in found.blocks if b.role is Role.TABLE]


def test_lines_that_run_over_the_edge_do_not_move_it() -> None:
    said = ["It was raining when the ferry came at last", "and nobody on the quay had a word to"]
    pages = []
    for number in range(1, 10):
        made = [line(text, 20, 40 + 12 * at, to=250) for at, text in enumerate(said * 4)]
        if number in (3, 5):
            made.append(line("go(harbour, ferry, lantern, quay, mill)", 20, 136, to=280))
        pages.append(page(*made, number=number))
    rows = PrintRows.of(read(*pages))
    assert {round(row.right) for row in rows.rows} == {250}
