"""Printed pages → source text in reading order, with each line's place beside it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.model.page import Pages
from booktools.model.place import Place
from booktools.model.printed_page import (
    Box,
    Face,
    Hidden,
    LineGeometry,
    OutlineEntry,
    PrintedLine,
    PrintedPage,
    PrintedWord,
)
from booktools.read import reading_order
from booktools.read.printed import PrintedFile, read_printed
from booktools.read.reading_order import Piece
from printed_pages import frame, hidden, line, page, picture, read, word


def texts(pages: Pages) -> list[str]:
    return [row.text for row in pages.lines() if row.text]


def geometry(pages: Pages, text: str) -> LineGeometry:
    assert pages.geometry is not None
    pairs = zip(pages.lines(), pages.geometry.lines, strict=True)
    found = next(g for row, g in pairs if row.text == text)
    assert found is not None
    return found


def test_a_page_is_a_page_of_the_source() -> None:
    made = read(page(line("first page", 20, 50)), page(line("second page", 20, 50), number=2))
    assert made.source.text == "first page\n\f\nsecond page\n"
    assert [len(each.lines) for each in made.pages] == [2, 1]
    assert made.source.place(made.source.text.index("second")) == Place("b.pdf", 3, 1, 2)


def test_files_follow_one_another_with_their_contents() -> None:
    one = PrintedFile("a.pdf", [page(line("one", 20, 50))], (OutlineEntry("One", 1, 1),))
    two = PrintedFile("b.pdf", [page(line("two", 20, 50))], (OutlineEntry("Two", 1, 1),))
    made = read_printed([one, two])
    assert made.source.place(made.source.text.index("two")) == Place("b.pdf", 1, 1, 1)
    assert made.geometry is not None
    assert [entry.page for entry in made.geometry.outline] == [1, 2]


def test_columns_are_read_one_after_another() -> None:
    left = [line(f"left line {n} of it", 20, 40 + 12 * n, to=140) for n in range(6)]
    right = [line(f"right line {n} of it", 160, 40 + 12 * n, to=280) for n in range(6)]
    mixed = [one for pair in zip(left, right, strict=True) for one in pair]
    made = read(page(*mixed))
    assert texts(made) == [f"left line {n} of it" for n in range(6)] + [
        f"right line {n} of it" for n in range(6)
    ]
    assert geometry(made, "left line 2 of it").column == 1
    assert geometry(made, "right line 2 of it").column == 2


def test_what_stands_over_both_columns_parts_them() -> None:
    top = [
        line(f"{side} {n} above all", x, 40 + 12 * n)
        for n in range(3)
        for side, x in (("left", 20), ("right", 170))
    ]
    wide = line("a heading that runs over the width of both columns here", 20, 90, to=280)
    low = [
        line(f"{side} {n} below all", x, 120 + 12 * n)
        for n in range(3)
        for side, x in (("left", 20), ("right", 170))
    ]
    made = texts(read(page(*low, wide, *top)))
    assert made == [
        *(f"left {n} above all" for n in range(3)),
        *(f"right {n} above all" for n in range(3)),
        "a heading that runs over the width of both columns here",
        *(f"left {n} below all" for n in range(3)),
        *(f"right {n} below all" for n in range(3)),
    ]


def test_three_columns() -> None:
    rows = [
        line(f"col{n} row{at} x", 10 + 100 * n, 40 + 12 * at) for at in range(4) for n in range(3)
    ]
    assert texts(read(page(*rows))) == [f"col{n} row{at} x" for n in range(3) for at in range(4)]


def test_a_frame_is_read_by_itself() -> None:
    text = [line("text that runs round a box here", 20, 40 + 12 * n, to=170) for n in range(5)]
    box = [line(f"boxed {n} words", 190, 45 + 12 * n) for n in range(3)]
    made = read(
        page(
            *[x for pair in zip(text, box, strict=False) for x in pair],
            *text[3:],
            drawings=[frame(180, 30, 290, 90)],
        )
    )
    assert [t for t in texts(made) if t.startswith("boxed")] == [
        f"boxed {n} words" for n in range(3)
    ]
    assert geometry(made, "boxed 1 words").frame == 0
    assert geometry(made, "text that runs round a box here").frame == -1
    firsts = [t.startswith("boxed") for t in texts(made)]
    assert len(list(itertools.groupby(firsts))) == 2  # not interleaved


def test_four_rules_are_a_frame() -> None:
    sides = [
        frame(20, 20, 150, 20.5),
        frame(20, 100, 150, 100.5),
        frame(20, 20, 20.5, 100),
        frame(149.5, 20, 150, 100),
    ]
    lines = [
        line("in the frame", 30, 50),
        line("below it all", 20, 200),
        line("and more text", 20, 212),
    ]
    made = read(page(*lines, drawings=sides))
    assert geometry(made, "in the frame").frame == 0
    assert geometry(made, "below it all").frame == -1


def test_a_frame_round_the_whole_page_is_none() -> None:
    lines = [line(f"line number {n}", 30, 50 + 12 * n) for n in range(9)]
    made = read(page(*lines, drawings=[frame(10, 10, 290, 390)]))
    assert geometry(made, "line number 3").frame == -1


def test_a_caption_under_a_picture_beside_the_text() -> None:
    small = Face("Serif", 8.0)
    text = [line("some words that run beside it", 140, 40 + 12 * n, to=280) for n in range(6)]
    below = [
        line("text below the picture runs over the whole width", 20, 112 + 12 * n, to=280)
        for n in range(3)
    ]
    caption = line("what is seen", 20, 95, small)
    made = texts(read(page(*text, caption, *below, drawings=[picture(20, 30, 120, 85)])))
    assert made.index("what is seen") in (0, 6)
    assert made[-3:] == ["text below the picture runs over the whole width"] * 3


def test_pieces_of_one_line_are_one_line() -> None:
    made = read(
        page(
            line("5. December", 20, 50),
            line("a day of rain", 90, 50.4),
            line("next line here", 20, 62),
        )
    )
    assert texts(made) == ["5. December a day of rain", "next line here"]


def test_a_drop_capital_stands_before_its_line() -> None:
    drop = line("T", 20, 64, Face("Serif", 36.0))
    lines = [
        line("he first line of it", 42, 40),
        line("the second line", 42, 52),
        line("the third line of them all", 20, 76),
    ]
    assert texts(read(page(*lines, drop)))[:2] == ["T", "he first line of it"]


def test_joined_words_have_no_blank_and_raised_figures_are_told() -> None:
    small = Face("Serif", 6.0)
    words = (word("word", 20, 50), word("7", 40, 46, small, joined=True), word("next", 50, 50))
    made = read(page(PrintedLine(words)))
    assert texts(made) == ["word7 next"]
    assert geometry(made, "word7 next").raised == ((4, 5),)


def test_what_cannot_be_seen_stands_last() -> None:
    made = read(page(hidden("secret", 20, 30, Hidden.PALE), line("seen by all", 20, 50)))
    assert texts(made) == ["seen by all", "secret"]
    assert geometry(made, "secret").hidden is Hidden.PALE


def test_the_text_behind_a_scan_is_the_text() -> None:
    made = read(page(hidden("word", 20, 30, Hidden.UNPAINTED), scanned=True))
    assert texts(made) == ["word"]
    assert made.geometry is not None
    seen = read(
        page(hidden("behind", 20, 30, Hidden.UNPAINTED), line("seen by all", 20, 50), scanned=True)
    )
    assert texts(seen) == ["behind", "seen by all"]


def test_turned_writing_is_put_after_the_upright_one() -> None:
    turned = PrintedLine(
        (PrintedWord("turned", Box(280, 50, 290, 90), -282.0, Face("Serif", 10.0)),), turn=1
    )
    made = read(page(turned, line("one upright line", 20, 50), line("and another", 20, 62)))
    assert texts(made) == ["one upright line", "and another", "turned"]


def test_empty_pages_and_no_pages() -> None:
    assert read().source.text == ""
    assert texts(read(page(), page(number=2))) == []
    assert len(read(page(), page(number=2)).pages) == 2


def test_pages_are_asked_for_one_by_one() -> None:
    alive = []

    def given_pages() -> object:
        for number in range(1, 4):
            alive.append(number)
            yield page(line(f"page {number}", 20, 50), number=number)

    made = read_printed([PrintedFile("b.pdf", given_pages())])  # type: ignore[arg-type]
    assert alive == [1, 2, 3]
    assert texts(made) == ["page 1", "page 2", "page 3"]


numbers = st.floats(-1e6, 1e6) | st.sampled_from([0.0, 1e300, -1e300])
words_ = st.builds(
    PrintedWord,
    st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=9),
    st.builds(Box, numbers, numbers, numbers, numbers),
    numbers,
    st.builds(Face, st.just("Serif"), st.floats(0, 1e6)),
    st.none() | st.floats(0, 1),
    st.sampled_from(list(Hidden)),
    st.booleans(),
)
lines_ = st.builds(
    PrintedLine, st.lists(words_, max_size=4).map(tuple), st.integers(0, 3), st.booleans()
)
pages_ = st.builds(
    PrintedPage,
    st.just(1),
    numbers,
    numbers,
    st.lists(lines_, max_size=8).map(tuple),
    st.lists(
        st.builds(lambda b: frame(*b), st.tuples(numbers, numbers, numbers, numbers)), max_size=4
    ).map(tuple),
    st.just(""),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(pages_, max_size=3))
def test_no_letter_is_lost_whatever_the_boxes_say(pages: list[PrintedPage]) -> None:
    made = read(*pages)
    given_ = Counter(
        "".join(w.text for p in pages for row in p.lines for w in row.words if row.words)
    )
    assert Counter("".join(made.source.text.split())) == Counter("".join(sorted(given_.elements())))
    assert (
        "".join(made.source.text[r.span.start : r.span.end] for r in made.lines())
        == made.source.text
    )
    assert made.geometry is not None
    assert len(made.geometry.lines) == len(made.lines())


def test_columns_from_right_to_left() -> None:
    def hebrew(text: str, x: float, y: float) -> PrintedLine:
        return line(text.translate({ord("a"): "\u05d0", ord("b"): "\u05d1"}), x, y)

    left = [hebrew("bbbbbbbbbbbb bb", 20, 40 + 12 * n) for n in range(4)]
    right = [hebrew("aaaaaaaaaaaa aa", 160, 40 + 12 * n) for n in range(4)]
    made = read(page(*left, *right))
    assert [text[0] for text in texts(made)] == ["\u05d0"] * 4 + ["\u05d1"] * 4
    row = geometry(made, texts(made)[0])
    assert row.leftwards
    assert row.box.left == 160
    assert row.left <= 160 < row.right
    assert list(row.words)[1::3] == sorted(list(row.words)[1::3])


def test_a_page_of_thousands_of_rows_takes_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    looked_at = reading_order._free

    def counted(pieces: Sequence[Piece], least: float) -> list[tuple[float, float]]:
        seen.append(len(pieces))
        return looked_at(pieces, least)

    monkeypatch.setattr(reading_order, "_free", counted)
    cells = [
        line("rope", x, 12.0 * at) for at in range(1, 1500) for x in (20, 150 + 6 * (at % 7 == 0))
    ]
    assert len(read(page(*cells)).lines()) == 1499
    assert len(seen) < 1.1 * reading_order.ROWS
