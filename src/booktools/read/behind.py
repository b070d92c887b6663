"""The text that stands, unpainted, behind the picture of a page: what OCR has read on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from booktools.model.printed_page import Hidden, PrintedLine, PrintedPage
from booktools.read.sizes import smoothed

# A picture that covers such a share of a page is the page.
_WHOLE = 0.7
# OCR programs measure letters to so large a share of them, and write whole points.
_MEASURED, _POINT = 0.06, 1.0
# A drop capital is so much larger than its page's usual letters.
_DROP = 1.7
# Lines that follow one another lie no farther apart, in ems.
_NEAR = 1.7
# Such a file does not say how sure the program was.
_UNTOLD = 1.0


def text_behind(page: PrintedPage) -> PrintedPage:
    """The page with its unpainted words as its text, where they are that of a scan.

    They are where all words are unpainted, or where a picture is the page and most letters are:
    what is painted over it is a stamp of those who scanned it.
    """
    words = [word for line in page.lines for word in line.words]
    behind = sum(len(word.text) for word in words if word.hidden is Hidden.UNPAINTED)
    if not behind:
        return page
    others = sum(len(word.text) for word in words if word.hidden is Hidden.NO)
    alone = all(word.hidden is Hidden.UNPAINTED for word in words)
    if not (page.scanned or alone or (behind > others and _is_picture(page))):
        return page
    written = [line for line in page.lines if line.words]
    return replace(page, lines=tuple(_levelled(written)), scanned=True)


def _is_picture(page: PrintedPage) -> bool:
    """Whether a picture covers most of the page."""
    least = _WHOLE * page.width * page.height
    return any(one.picture and one.box.width * one.box.height > least for one in page.drawings)


def _levelled(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines, to be seen, in the sizes of those round them and, nearly, of the page."""
    sizes = [median(word.face.size for word in line.words) for line in lines]
    usual = median(size for size, line in zip(sizes, lines, strict=True) for _ in line.words)
    step = max(_POINT, _MEASURED * usual)
    apart = [True, *(_apart(one, two) for one, two in pairwise(lines))]
    made = []
    for line, size in zip(lines, smoothed(sizes, apart, step), strict=True):
        own = usual if abs(size - usual) <= step else size
        made.append(_painted(line, own, _DROP * max(own, usual)))
    return made


def _apart(one: PrintedLine, two: PrintedLine) -> bool:
    """Whether a line does not stand right under another."""
    above, below = one.words[0], two.words[0]
    down = below.baseline - above.baseline
    left, right = one.words[0].box.left, one.words[-1].box.right
    beside = two.words[0].box.left >= right or two.words[-1].box.right <= left
    return beside or one.turn != two.turn or not 0 < down < _NEAR * above.face.size


def _painted(line: PrintedLine, size: float, drop: float) -> PrintedLine:
    """The line with its words to be seen, in one size; those larger than `drop` keep theirs."""
    words = []
    for word in line.words:
        face = word.face if word.face.size > drop else replace(word.face, size=size)
        hidden = Hidden.NO if word.hidden is Hidden.UNPAINTED else word.hidden
        words.append(replace(word, face=face, hidden=hidden, confidence=_UNTOLD))
    return replace(line, words=tuple(words))
