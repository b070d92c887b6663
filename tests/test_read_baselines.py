"""Base lines and small letters, measured on the boxes of words alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.model.printed_page import Box
from booktools.read.baselines import rise_of, slope_of, smalls_of
from booktools.read.scan_page import ScanLine, ScanPage, ScanWord, settled

SAID = "some of the boats were out on the sea and no one had come home as we saw then"
TEXT = SAID.split()
Line = list[tuple[str, Box]]


def line(
    texts: list[str],
    small: float = 20.0,
    base: float = 100.0,
    slope: float = 0.0,
    tall: float = 1.5,
) -> Line:
    """Words as they stand on a base line; `tall` is how high letters as b are in small ones."""
    out, at = [], 50.0
    for text in texts:
        up = max(tall if c in "bdfhkl" else 1.4 if c.isupper() else 1.1 if c == "t" else 1.0
                 for c in text)  # fmt: skip
        down = 0.4 if set(text) & set("gpqy") else 0.0
        right = at + small * 0.5 * len(text)
        low = base + slope * ((at + right) / 2 - 50.0)
        out.append((text, Box(at, low - up * small, right, low + down * small)))
        at = right + small * 0.5
    return out


def specked(words: Line, every: int) -> Line:
    """The same, the box of every so manieth word twice as high."""
    return [
        (text, Box(b.left, b.top - b.height, b.right, b.bottom) if at % every == 0 else b)
        for at, (text, b) in enumerate(words)
    ]


@pytest.mark.parametrize("tall", [1.3, 1.5, 1.7])
def test_small_letters_are_measured_in_any_face(tall: float) -> None:
    lines = [line(TEXT[n:] + TEXT[:n], 20.0, tall=tall) for n in range(8)]
    lines.append(line(["The", "old", "mill"], 30.0, tall=tall))
    heights = smalls_of(lines)
    assert heights[:8] == pytest.approx([20.0] * 8, rel=0.05)
    assert heights[8] == pytest.approx(30.0, rel=0.07)


def test_specks_make_boxes_higher_and_letters_no_larger() -> None:
    lines = [specked(line(TEXT, 20.0), 3) for _ in range(6)]
    assert smalls_of(lines) == pytest.approx([20.0] * 6, rel=0.05)


def test_a_lone_word_with_a_speck_is_as_large_as_the_lines_round_it() -> None:
    alone = specked(line(["home"], 20.0), 1)
    heights = smalls_of([line(TEXT), alone, line(TEXT)])
    assert heights[1] == pytest.approx(20.0, rel=0.05)
    assert smalls_of([line(TEXT), line(["home"], 16.0), line(TEXT)])[1] == pytest.approx(16.0)


def test_boxes_as_high_as_the_line_tell_nothing_of_letters() -> None:
    same = [[(text, Box(b.left, 70, b.right, 108)) for text, b in line(TEXT)]] * 8
    assert smalls_of(same) == [0.0] * 8


def test_a_line_without_letters_tells_nothing() -> None:
    assert smalls_of([[("—", Box(0, 0, 20, 3))], []]) == [0.0, 0.0]


@given(st.floats(-0.05, 0.05), st.integers(0, 99))
def test_a_slope_is_told_by_the_bottoms_of_words(slope: float, seed: int) -> None:
    chance = random.Random(seed)
    lines = []
    for row in range(6):
        words = line(TEXT, 20.0, 100.0 + 60 * row, slope)
        lines.append([w for w in words if chance.random() < 0.9])
    smalls = smalls_of(lines)
    assert slope_of(lines, smalls) == pytest.approx(slope, abs=0.002)
    box = Box(50, 70, 900, 130)
    rise = rise_of(lines[0], smalls[0], box, slope)
    assert rise == pytest.approx(30.0, abs=2)


def test_a_page_without_base_lines_is_laid_straight() -> None:
    """As ALTO gives it: words and their boxes, nothing else."""
    made = []
    for row in range(12):
        words = line(TEXT, 20.0, 100.0 + 60 * row, 0.01)
        boxes = [box for _, box in words]
        whole = Box(min(b.left for b in boxes), min(b.top for b in boxes),
                    max(b.right for b in boxes), max(b.bottom for b in boxes))  # fmt: skip
        made.append(ScanLine(tuple(ScanWord(text, box) for text, box in words), whole))
    page = settled(ScanPage(1000, 900, tuple(made)), 1).page
    for printed in page.lines:
        levels = [word.baseline for word in printed.words]
        assert max(levels) - min(levels) < 0.5
        assert len({word.face.size for word in printed.words}) == 1
    assert len({printed.words[0].face.size for printed in page.lines}) == 1
