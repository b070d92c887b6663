"""What a scanner and an OCR program put into places and sizes, and what is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.geometry import looks_of
from booktools.arrange.layout import Layout
from booktools.model.galley import Role
from booktools.model.printed_page import Box, Face, PrintedPage, PrintedWord
from booktools.read.printed import PrintedFile, read_printed
from booktools.read.scans import scan_pages
from booktools.read.sizes import smoothed
from booktools.read.skew import bend_of
from booktools.read.steady import steady_edges, within

LEFT, RIGHT, EM = 200, 1400, 40
PAGE = Box(0, 0, 1600, 2400)
LINE = "the ferry came late that morning and nobody on the quay could say when it would go"
WORDS = LINE.split()


@dataclass(frozen=True)
class Row:
    """A line of a made-up page; `small` is the height of its small letters, `speck` where
    something stands beyond it."""

    text: str
    left: int = LEFT
    right: int = RIGHT
    small: int = 20
    speck: int = 0


def prose(count: int, paragraph: int) -> list[Row]:
    """Lines of paragraphs of so many lines each, the first of each indented by one em."""
    rows = []
    for number in range(count):
        first, last = not number % paragraph, number % paragraph == paragraph - 1
        words = [WORDS[(number * 5 + at) % len(WORDS)] for at in range(9)]
        words[0] = words[0].capitalize()  # no line tells by its first letter what it is
        words[-1] += "." if last else ""
        left, right = LEFT + EM * first, RIGHT - 300 * last
        rows.append(Row(" ".join(words), left, right))
    return rows


def hocr(rows: Sequence[Row], slope: float = 0.0) -> bytes:
    """Rows 56 pixels apart on a page that lies askew by `slope`."""
    out = []
    for number, row in enumerate(rows):
        if not row.text:
            continue  # an empty line
        words = row.text.split()
        step = (row.right - row.left) / len(words)
        places = [(row.left + step * at, row.left + step * (at + 0.8)) for at in range(len(words))]
        places[-1] = places[-1][0], float(row.right)
        if row.speck:
            words.insert(0, "-")
            places.insert(0, (row.speck, row.speck + 6.0))
        base = 300.0 + 56 * number
        cells, left, low = [], min(a for a, _ in places) - slope * (base - 1200), 0.0
        for word, (start, end) in zip(words, places, strict=True):
            y = base + slope * (start - 800)
            x, low = -slope * (base - 1200), max(low, y + 11)
            box = f"{start + x:.0f} {y - 30:.0f} {end + x:.0f} {y + 10:.0f}"
            cells.append(f"<span class='ocrx_word' title='bbox {box}; x_wconf 91'>{word}</span>")
        below = 5 if number % 3 else 11  # of lines with a letter that reaches below, and without
        rise = base + slope * (left + slope * (base - 1200) - 800) - low
        right = max(b for _, b in places)
        said = (
            f"bbox {left:.0f} {base - 40:.0f} {right:.0f} {low:.0f}; baseline {slope} {rise:.3f}; "
            f"x_size {row.small + 10 + below}; x_descenders {below}; x_ascenders 10"
        )
        out.append(f'<span class="ocr_line" title="{said}">{" ".join(cells)}</span>')
    page = "<div class='ocr_page' title='bbox 0 0 1600 2400'>" + "".join(out) + "</div>"
    return f"<html><body>{page}</body></html>".encode()


def page_of(data: bytes) -> PrintedPage:
    (page,) = scan_pages(data, "a.hocr", [])
    return page


def blocks(data: bytes) -> list[tuple[Role, int]]:
    """Each block with the number of its lines."""
    galley = arrange(read_printed([PrintedFile("a.hocr", [page_of(data)])]), Layout()).galley
    return [(block.role, block.raw.strip().count("\n") + 1) for block in galley.blocks]


def test_a_pixel_more_or_less_is_no_other_size() -> None:
    box = [22.0, 22, 23, 22, 21, 22]
    assert (
        smoothed([24.0, 24, 23, 24, *box], [at == 4 for at in range(10)], 1.2)
        == [24] * 4 + [22] * 6
    )
    assert smoothed([20.0, 18, 18, 18], [False] * 4, 1.2) == [20, 18, 18, 18]  # a head
    notes = [24.0, 24, 17, 17, 24]
    assert smoothed(notes, [False] * 5, 1.2) == notes
    assert smoothed([0.0, 0, 24], [False] * 3, 1.2) == [0, 0, 24]


def test_a_page_that_is_blurred_is_set_in_the_size_of_the_others() -> None:
    sharp, blurred = prose(32, 4), [replace(row, small=21) for row in prose(32, 4)]
    for row in range(20, 24):
        blurred[row] = replace(blurred[row], small=17)
    files = [page_of(hocr(rows)) for rows in (sharp, blurred, sharp)]
    made = read_printed([PrintedFile("a.hocr", files)])
    assert made.geometry
    sizes = [[g.face.size for g in made.geometry.lines if g][at : at + 32] for at in (0, 32, 64)]
    assert len({*sizes[0], *sizes[2]}) == 1
    assert sizes[1][:20] == sizes[0][:20]
    assert sizes[1][20] < 0.9 * sizes[0][0]


@pytest.mark.parametrize("slope", [0.0, 0.009, -0.02])
def test_a_page_that_lies_askew_is_read_as_if_it_lay_straight(slope: float) -> None:
    page = page_of(hocr(prose(32, 4), slope))
    lefts = [line.words[0].box.left for line in page.lines]
    assert max(lefts[1::4]) - min(lefts[1::4]) < 3
    assert all(abs(a - b - EM) < 3 for a, b in zip(lefts[::4], lefts[1::4], strict=True))
    for line in page.lines:
        levels = [word.baseline for word in line.words]
        assert max(levels) - min(levels) < 3
    assert blocks(hocr(prose(32, 4), slope)) == [(Role.PARAGRAPH, 4)] * 8


def test_slopes_that_do_not_agree_turn_nothing() -> None:
    boxes = [Box(100, 50.0 * at, 1500, 50 * at + 40) for at in range(12)]
    assert bend_of([(0.01, box) for box in boxes], PAGE).slope == 0.01
    assert bend_of([(0.01, box) for box in boxes[:5]], PAGE).slope == 0
    apart = [(0.01 * (-1) ** at, box) for at, box in enumerate(boxes)]
    assert bend_of(apart, PAGE).slope == 0
    assert bend_of([(0.5, box) for box in boxes], PAGE).slope == 0
    straight = bend_of([(0.0, box) for box in boxes], PAGE)
    assert straight.box(boxes[3]) == boxes[3]


def test_small_letters_tell_the_size_whatever_reaches_above_and_below() -> None:
    rows = prose(20, 5)
    rows[10:13] = [replace(row, small=17) for row in rows[10:13]]
    sizes = [line.words[0].face.size for line in page_of(hocr(rows)).lines]
    text = {size for at, size in enumerate(sizes) if not 10 <= at < 13}
    assert len(text) == 1
    assert all(0.8 < size / min(text) < 0.9 for size in sizes[10:13])


def test_letters_that_would_not_fit_between_the_lines_are_mismeasured() -> None:
    rows = prose(20, 5)
    rows[7] = replace(rows[7], small=31)
    assert len({line.words[0].face.size for line in page_of(hocr(rows)).lines}) == 1
    rows[6], rows[8] = Row(""), Row("")  # a heading has room
    assert len({line.words[0].face.size for line in page_of(hocr(rows)).lines}) == 2


def test_small_letters_at_the_foot_with_a_mark_are_notes() -> None:
    rows = prose(20, 5)
    rows += [replace(row, left=LEFT, small=17) for row in prose(3, 3)]
    rows[20] = replace(rows[20], text="1 " + rows[20].text)
    assert blocks(hocr(rows))[-1] == (Role.NOTE, 3)


def test_specks_beyond_a_column_move_none_of_its_edges() -> None:
    clean = prose(24, 4)
    rows = [replace(row, speck=LEFT - 60) if at % 7 == 3 else row for at, row in enumerate(clean)]
    assert [role for role, _ in blocks(hocr(rows))] == [Role.PARAGRAPH] * 6
    assert [count for _, count in blocks(hocr(rows))] == [4] * 6


def test_edges_are_where_many_lines_begin_and_end() -> None:
    boxes = [Box(LEFT + at % 3, 0, RIGHT - at % 4, 9) for at in range(20)]
    boxes += [Box(LEFT - 70, 0, RIGHT + 90, 9)] * 2
    edges = steady_edges(boxes, EM)
    assert edges
    assert abs(edges[0] - LEFT) <= 2
    assert abs(edges[1] - RIGHT) <= 3
    assert steady_edges(boxes[:4], EM) is None
    stairs = [Box(100.0 * at, 0, 100 * at + 50, 9) for at in range(12)]
    assert steady_edges(stairs, EM) is None


def word(text: str, left: float, right: float) -> PrintedWord:
    return PrintedWord(text, Box(left, 0, right, 30), 25, Face("", 40), 0.9)


def test_what_stands_beyond_a_column_is_no_part_of_a_line_unless_it_has_letters() -> None:
    inner = [word("late", 200, 300), word("—", 310, 330)]
    assert within([word("'", 150, 156), *inner, word("-", 1450, 1456)], 195, 1400) == inner
    assert within([word("a", 150, 156), *inner], 195, 1400)[0].text == "a"
    alone = [word("-", 1450, 1456)]
    assert within(alone, 195, 1400) == alone


def boxed(head: Row, inset: int = 30, small: int = 18) -> list[Row]:
    """A page of text with a box in it: an empty line, its head, and its text."""
    text = [replace(row, left=LEFT + inset, right=RIGHT - inset) for row in prose(6, 6)]
    text[-1] = replace(text[-1], right=RIGHT - 400)
    rows = [replace(row, small=small) for row in text]
    return [*prose(16, 4), Row(""), head, *rows, Row(""), *prose(12, 4)]


def found_boxes(rows: Sequence[Row]) -> list[tuple[Role, int]]:
    """What is found in boxes, each with the number of its lines."""
    pages = read_printed([PrintedFile("a.hocr", [page_of(hocr(rows))])])
    stretches = looks_of(pages, ()).stretches
    return [(s.role, s.last - s.first + 1) for s in stretches if "box" in s.evidence]


def test_small_letters_that_stand_in_evenly_under_a_short_line_are_a_box() -> None:
    found = found_boxes(boxed(Row("The Lamp", LEFT + 30, LEFT + 250)))
    assert found[0][0] in {Role.HEADING, Role.TITLE}
    assert found == [(found[0][0], 1), (Role.PARAGRAPH, 6)]


@pytest.mark.parametrize(
    "rows",
    [
        boxed(Row("The Lamp", LEFT, LEFT + 250), inset=0),
        boxed(Row("The Lamp", LEFT + 30, LEFT + 250), small=20),
        boxed(Row("nobody on the quay could say when it would go", LEFT + 30, RIGHT - 30)),
    ],
)
def test_other_letters_the_full_measure_and_long_rows_make_no_box(rows: list[Row]) -> None:
    assert not found_boxes(rows)


def with_note(mark: str, small: int = 17) -> bytes:
    """A page of text with a note of two lines at its foot."""
    note = [replace(row, left=LEFT, small=small) for row in prose(2, 2)]
    note[0] = replace(note[0], text=f"{mark}{note[0].text}")
    return hocr([*prose(20, 5), Row(""), *note])


def feet(marks: Sequence[str], small: int = 17) -> list[Role]:
    files = [page_of(with_note(mark, small if mark == "Z" else 17)) for mark in marks]
    made = read_printed([PrintedFile("a.hocr", files)])
    return [
        block.role for block in arrange(made, Layout()).galley.blocks if block.raw[:1] in "123Z"
    ]


def test_a_note_whose_mark_is_misread_is_set_like_those_whose_mark_is_not() -> None:
    assert feet(["1 ", "Z", "2 "]) == [Role.NOTE] * 3
    assert Role.NOTE not in feet(["Z", "Z"])  # nothing shows how notes are set
    assert feet(["1 ", "Z", "2 "], small=20)[1] is not Role.NOTE
