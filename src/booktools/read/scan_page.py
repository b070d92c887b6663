"""What an OCR program says of a page → a printed page that can be relied on.

Boxes that cannot be are made of those round them.  Where too little is left, the page keeps the
order in which the file gives its lines, one under another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from booktools.model.printed_page import (
    Box,
    Drawing,
    Face,
    PrintedLine,
    PrintedPage,
    PrintedWord,
)
from booktools.read.baselines import rise_of, slope_of, smalls_of
from booktools.read.sizes import smoothed, usual_of
from booktools.read.skew import Bend, bend_of
from booktools.read.told_roles import NOTHING, Told, believed

MOST_WORDS = 200_000  # on one page; a newspaper's has ten thousand
_FARTHEST = 1_000_000.0  # units; a sheet of two metres at 1,200 dpi has 100,000
# Lines whose heights differ by no more than this share are set in one size.
_ALIKE = 0.2
# Small letters are measured to a pixel or so; and are so high in most faces, in ems.
_PIXEL, _X_HEIGHT = 1.2, 0.48
# Without a line's own size: what of its box is its size, and how far its base line lies up.
_BASE = 0.22
_LEADING = 1.4
# Of so many letters their height is measured well; so many such lines tell how high a point is.
_MANY, _TELLING = 20, 3
# Lines that follow one another lie no farther apart, in ems.
_NEAR = 1.7


@dataclass(frozen=True, slots=True)
class ScanWord:
    """A word as the file has it; `box` is None where the file gives none that can be."""

    text: str
    box: Box | None
    confidence: float | None = None
    bold: bool = False
    italic: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A line; `size` of its letters and `slope` and `rise` of its base line where they are
    known: from the left end of the box's bottom the base line lies `rise` higher.  `small` is
    the height of its small letters, 0 if unknown.  `par` numbers the paragraphs that the file
    itself knows, from 1 on its page; 0: none.  `points` is the size of its letters as the program
    states it, in points, 0 if it does not; `told` what it says that the line is."""

    words: tuple[ScanWord, ...]
    box: Box | None
    size: float = 0.0
    slope: float = 0.0
    rise: float | None = None
    small: float = 0.0
    par: int = 0
    points: float = 0.0
    told: Told = NOTHING


class CrowdedPage(Exception):
    """A page has more words than any sheet holds."""


def sorted_out(
    parts: Iterable[ScanLine | Box | None],
) -> tuple[tuple[ScanLine, ...], tuple[Box, ...]]:
    """The lines of a page and its pictures, each in order.  Raises CrowdedPage."""
    lines: list[ScanLine] = []
    pictures: list[Box] = []
    count = 0
    for part in parts:
        if isinstance(part, ScanLine):
            count += len(part.words)
            if count > MOST_WORDS:
                raise CrowdedPage
            lines.append(part)
        elif part is not None:
            pictures.append(part)
    return tuple(lines), tuple(pictures)


@dataclass(frozen=True, slots=True)
class ScanPage:
    """A page as the file has it; width and height are 0 where they are not given."""

    width: float
    height: float
    lines: tuple[ScanLine, ...]
    drawings: tuple[Box, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A page, and what could not be: `odd` words whose boxes are impossible; `ordered` when
    the page fell back to the file's own order."""

    page: PrintedPage
    odd: tuple[str, ...]
    ordered: bool


def box_of(values: Sequence[object]) -> Box | None:
    """A box of left, top, right and bottom; None when it cannot be one."""
    try:
        left, top, right, bottom = (float(str(value)) for value in values)
    except ValueError:
        return None
    numbers = (left, top, right, bottom)
    if not all(math.isfinite(n) and abs(n) <= _FARTHEST for n in numbers):
        return None
    return Box(left, top, right, bottom) if left < right and top < bottom else None


def number_of(value: object, default: float = 0.0) -> float:
    """A finite number, else `default`."""
    try:
        number = float(str(value))
    except ValueError:
        return default
    return number if math.isfinite(number) and abs(number) <= _FARTHEST else default


def settled(page: ScanPage, number: int) -> Settled:
    """The page, the `number`th of its file from 1, with a box for every word."""
    lines = [replace(line, words=_clean(line.words)) for line in page.lines]
    lines = [line for line in lines if line.words]
    area = _area(page, lines)
    odd: list[str] = []
    mended: list[ScanLine] = []
    for line in lines:
        made, wrong = _mended(line, area)
        odd += wrong
        mended.append(made)
    ordered = any(line.box is None for line in mended)
    if ordered:
        mended, area = _stacked(mended)
    mended = _measured(mended if ordered else _told(_stated(_based(mended))))
    usual = _usual(mended)
    bend = bend_of([(line.slope, line.box) for line in mended if line.box], area)
    if not believed((line.told, _letters(line)) for line in mended):
        mended = [replace(line, told=NOTHING) for line in mended]
    made_lines = tuple(_line(line, usual, bend) for line in mended)
    drawings = () if ordered else page.drawings
    pictures = tuple(Drawing(bend.box(box), True) for box in drawings if _inside(box, area))
    printed = PrintedPage(
        number, area.right, area.bottom, made_lines, pictures, page.label, bool(made_lines)
    )
    return Settled(printed, tuple(odd), ordered)


def _clean(words: Sequence[ScanWord]) -> tuple[ScanWord, ...]:
    """Words without blanks; one with blanks in it is several in the same box."""
    out = []
    for word in words:
        parts = word.text.split()
        out += [replace(word, text=part) for part in parts if len(parts) == 1]
        if len(parts) > 1:
            shared = _shared(word.box, parts) if word.box else [None] * len(parts)
            pairs = zip(parts, shared, strict=True)
            out += [replace(word, text=part, box=box) for part, box in pairs]
    return tuple(out)


def _area(page: ScanPage, lines: Sequence[ScanLine]) -> Box:
    """The page; where the file does not say how large it is, as far as its words reach."""
    if page.width > 0 and page.height > 0:
        return Box(0, 0, page.width, page.height)
    boxes = [word.box for line in lines for word in line.words if word.box]
    right = max((box.right for box in boxes), default=1000.0)
    return Box(0, 0, max(right, 1.0), max((box.bottom for box in boxes), default=1000.0))


def _inside(box: Box, area: Box) -> bool:
    """Whether a box lies on the page, or not far off it."""
    return area.holds(box, 0.1 * max(area.width, area.height))


def _mended(line: ScanLine, area: Box) -> tuple[ScanLine, list[str]]:
    """The line with a box for each word, made of the line's where a word's cannot be; a line
    without any box stays without."""
    good = [word.box for word in line.words if word.box and _inside(word.box, area)]
    whole = line.box if line.box and _inside(line.box, area) else None
    odd = [word.text for word in line.words if not word.box or not _inside(word.box, area)]
    if whole is None and good:
        whole = _around(good)
    if whole is None:
        return replace(line, box=None), odd
    if not odd:
        return replace(line, box=whole), odd
    shared = _shared(whole, [word.text for word in line.words])
    words = tuple(replace(w, box=box) for w, box in zip(line.words, shared, strict=True))
    return replace(line, words=words, box=whole), odd


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _shared(box: Box, texts: Sequence[str]) -> list[Box]:
    """The box shared out among words by their lengths, a blank between two."""
    total = sum(map(len, texts)) + len(texts) - 1
    out, at = [], 0
    for text in texts:
        left = box.left + box.width * at / total
        at += len(text)
        out.append(Box(left, box.top, box.left + box.width * at / total, box.bottom))
        at += 1
    return out


def _stacked(lines: Sequence[ScanLine]) -> tuple[list[ScanLine], Box]:
    """Lines one under another, as if typed."""
    out, widest = [], 1
    for number, line in enumerate(lines):
        length = sum(len(word.text) + 1 for word in line.words)
        widest = max(widest, length)
        box = Box(0, number * _LEADING, length * 0.5, number * _LEADING + 1.0)
        shared = _shared(box, [word.text for word in line.words])
        words = tuple(replace(w, box=own) for w, own in zip(line.words, shared, strict=True))
        out.append(ScanLine(words, box))
    return out, Box(0, 0, widest * 0.5, len(lines) * _LEADING + 1.0)


def _based(lines: Sequence[ScanLine]) -> list[ScanLine]:
    """The lines with base lines and small letters by their words, where the file says none."""
    sloped = any(line.slope for line in lines)
    if sloped and all(line.small for line in lines):
        return list(lines)
    told = [[(word.text, word.box) for word in line.words if word.box] for line in lines]
    smalls = smalls_of(told)
    slope = 0.0 if sloped else slope_of(told, smalls)
    out = []
    for line, words, small in zip(lines, told, smalls, strict=True):
        made = line if line.small else replace(line, small=small)
        if slope and line.box:
            rise = rise_of(words, small, line.box, slope)
            made = replace(made, slope=slope, rise=line.rise if rise is None else rise)
        out.append(made)
    return out


def _stated(lines: Sequence[ScanLine]) -> list[ScanLine]:
    """The lines; those of few letters in the size that the program states, in proportion to the
    longer ones, which are measured on more."""
    ratios = [
        line.small / line.points
        for line in lines
        if line.small and line.points and _letters(line) >= _MANY
    ]
    if len(ratios) < _TELLING:
        return list(lines)
    by = median(ratios)
    return [
        replace(line, small=by * line.points)
        if line.points and _letters(line) < _MANY and abs(by * line.points - line.small) > _PIXEL
        else line
        for line in lines
    ]


def _told(lines: Sequence[ScanLine]) -> list[ScanLine]:
    """The lines with small letters as high as those of the paragraph that the file puts them in,
    where they begin at its edge, as its last line does: a few letters are soon mismeasured.

    A head that the file has taken in stands farther from the line above, or from the edge.
    """
    made = list(lines)
    for par, group in groupby(range(len(lines)), key=lambda at: lines[at].par):
        own = [at for at in group if lines[at].box]
        if not par or len(own) < 2:
            continue
        usual = usual_of([(lines[at].small, _letters(lines[at])) for at in own], _PIXEL)
        edge = median([box.left for at in own if (box := lines[at].box)])
        for above, at in pairwise(own) if usual else ():
            one, two = lines[above].box, lines[at].box
            if abs(lines[at].small - usual) <= _PIXEL or one is None or two is None:
                continue
            near = two.bottom - one.bottom < _NEAR * usual / _X_HEIGHT
            if near and abs(two.left - edge) < usual:
                made[at] = replace(lines[at], small=usual)
    return made


def _letters(line: ScanLine) -> int:
    return sum(len(word.text) for word in line.words)


def _measured(lines: Sequence[ScanLine]) -> list[ScanLine]:
    """The lines with small letters as high as those of the lines that they stand among."""
    inner = list(map(_fitting, lines, lines[1:], lines[2:]))
    lines = [*lines[:1], *inner, *lines[1 + len(inner) :]]
    apart = [True] + [_apart(one, two) for one, two in pairwise(lines)]
    heights = smoothed([line.small for line in lines], apart[: len(lines)], _PIXEL)
    return [replace(line, small=h) for line, h in zip(lines, heights, strict=True)]


def _fitting(above: ScanLine, line: ScanLine, below: ScanLine) -> ScanLine:
    """The line; where letters of its size would not fit between the lines round it, they are
    mismeasured, and as high as those."""
    if not (above.box and line.box and below.box and above.small and below.small):
        return line
    room = max(line.box.bottom - above.box.bottom, below.box.bottom - line.box.bottom)
    least = min(line.box.bottom - above.box.bottom, below.box.bottom - line.box.bottom)
    tight = least > 0 and line.small > 0 and room < _size(line)
    usual = max(above.small, below.small)
    return replace(line, small=usual) if tight and usual < line.small else line


def _apart(one: ScanLine, two: ScanLine) -> bool:
    """Whether a line does not stand right under another."""
    if not (one.box and two.box):
        return True
    beside = two.box.left >= one.box.right or two.box.right <= one.box.left
    return beside or not 0 < two.box.bottom - one.box.bottom < _NEAR * _size(one)


def _usual(lines: Sequence[ScanLine]) -> float:
    """The size of most letters."""
    sizes = [_size(line) for line in lines for word in line.words for _ in word.text[:20]]
    return median(sizes) if sizes else 1.0


def _size(line: ScanLine) -> float:
    assert line.box
    return line.small / _X_HEIGHT or line.size or line.box.height


def _line(line: ScanLine, usual: float, bend: Bend) -> PrintedLine:
    """The line; sizes that are nearly the page's usual one are that one."""
    size = _size(line)
    near = _PIXEL / _X_HEIGHT if line.small else _ALIKE * usual
    if abs(size - usual) <= near:
        size = usual
    words = tuple(_words(line, round(size, 1), bend))
    return PrintedLine(words, 0, line.told.artifact, line.told.role)


def _words(line: ScanLine, size: float, bend: Bend) -> Iterator[PrintedWord]:
    assert line.box
    rise = _BASE * line.box.height if line.rise is None else line.rise
    for word in line.words:
        assert word.box
        base = line.box.bottom - rise + line.slope * (word.box.left - line.box.left)
        face = Face(word.font, size, word.bold, word.italic)
        level = bend.level(word.box.left, base)
        yield PrintedWord(word.text, bend.box(word.box), level, face, word.confidence)
