"""Printed pages, as PDF files and OCR give them → pages of lines in reading order.

The text that is made is the source from here on: a line of print is a line of it, a page ends
with a form feed.  Where each line stands on its page goes beside it.  What cannot be seen
stands at its page's end.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from booktools.model.galley import Source
from booktools.model.page import Line, Page, Pages
from booktools.model.place import Span
from booktools.model.printed_page import (
    Box,
    Drawing,
    Face,
    Geometry,
    Hidden,
    LineGeometry,
    OutlineEntry,
    PrintedLine,
    PrintedPage,
    PrintedWord,
    Sheet,
)
from booktools.read.behind import text_behind
from booktools.read.frames import frames_and_pictures
from booktools.read.leftwards import is_leftwards, mirrored, mirrored_back, mirrored_drawings
from booktools.read.reading_order import GUTTER, Piece, Stretch, reading_order
from booktools.read.row_looks import RAISED, SMALLER, edges, faces, raised
from booktools.read.sizes import level_sizes
from booktools.read.specks import despecked, doubts, without_specks
from booktools.read.steady import steadied, within
from booktools.read.tracking import closed_up, without_mark

_SMALL_CAPITALS = re.compile(r"small.?cap|smcp|caps?$", re.IGNORECASE)

# Shares of the size of the letters: above its base line a small letter reaches so high; base
# lines that differ by less are one.
_SMALL = 0.45
_LEVEL = 0.3
# Sizes that differ by less are one.
_ALIKE = 0.05
# A drop capital is so much larger than the page's usual letters.
_DROP = 1.7
# Letters smaller than this share of the page's are those of notes.
_SMALLER_TEXT = 0.97
# The mark of a note has no more figures.
_MARK = 3


@dataclass(frozen=True)
class PrintedFile:
    """One file: its name, its pages, which are asked for once, and its own contents."""

    name: str
    pages: Iterable[PrintedPage]
    outline: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that is ready: its words and where it stands."""

    words: tuple[PrintedWord, ...]
    geometry: LineGeometry


def read_printed(files: Iterable[PrintedFile]) -> Pages:
    """The pages of the files, taken end to end, one by one: what a page was is let go."""
    parts: list[str] = []
    starts: list[tuple[str, int]] = []
    marks: list[int] = []
    pages: list[Page] = []
    geometry: list[LineGeometry | None] = []
    sheets: list[Sheet] = []
    outline: list[OutlineEntry] = []
    size = number = 0
    for file in files:
        starts.append((file.name, size))
        outline += [replace(entry, page=entry.page + len(pages)) for entry in file.outline]
        first = len(pages)
        for page in map(text_behind, file.pages):
            marks.append(size)
            lines: list[Line] = []
            if len(pages) > first:
                pages[-1], size, number = _turned(pages[-1], parts, geometry, size, number)
                marks[-1] = size
            for row in page_rows(page):
                number += 1
                text = row_text(row.words)
                span = Span(size, size + len(text) + 1)
                lines.append(Line(span, text, 0, len(pages) + 1, number))
                parts.append(text + "\n")
                geometry.append(row.geometry)
                size = span.end
            pages.append(Page(len(pages) + 1, tuple(lines)))
            sheets.append(Sheet.of(page, file.name))
    guessed = any(g is not None and g.confidence is not None for g in geometry)
    typeset = not guessed and not any(sheet.scanned for sheet in sheets)
    source = Source("".join(parts), tuple(starts), tuple(marks) or (0,), typeset=typeset)
    pages, geometry = despecked(source.text, pages, geometry)
    geometry = level_sizes(pages, geometry)
    return Pages(source, tuple(pages), Geometry(tuple(geometry), tuple(sheets), tuple(outline)))


def _turned(
    page: Page, parts: list[str], geometry: list[LineGeometry | None], size: int, number: int
) -> tuple[Page, int, int]:
    """The page with the line that ends it: a form feed, in the source's own text."""
    parts.append("\f\n")
    geometry.append(None)
    line = Line(Span(size, size + 2), "", 0, page.number, number + 1)
    return replace(page, lines=(*page.lines, line)), size + 2, number + 1


def row_text(words: Sequence[PrintedWord]) -> str:
    """The text of a line: its words, blanks between those that are not joined."""
    out = []
    for index, word in enumerate(words):
        out.append(word.text if word.joined or not index else " " + word.text)
    return "".join(out)


def page_rows(page: PrintedPage) -> list[_Row]:
    """The lines of a page in reading order: upright ones first, then turned ones, and at the
    end those that cannot be seen."""
    seen: dict[int, list[PrintedLine]] = {}
    unseen: list[PrintedLine] = []
    for line in page.lines:
        if not (line.turn or page.scanned):
            line = replace(line, words=closed_up(line.words))
        for part in _parted(line):
            if part.words[0].hidden is Hidden.NO:
                seen.setdefault(part.turn % 4, []).append(part)
            else:
                unseen.append(part)
    out: list[_Row] = []
    for turn, lines in sorted(seen.items(), key=lambda item: -len(item[1])):
        turned = [_upright(line, turn, page.width, page.height) for line in lines]
        drawings = page.drawings if not turn else ()
        if is_leftwards(turned):
            rows = _in_order(mirrored(turned), mirrored_drawings(drawings))
            out += (_Row(row.words, mirrored_back(row.geometry)) for row in rows)
        else:
            out += _in_order(turned, drawings)
    away = Stretch([], 0, 0, 0)
    return out + [_row(line.words, away, line, _box(line.words)) for line in unseen]


def _parted(line: PrintedLine) -> Iterator[PrintedLine]:
    """The line, or its parts where some of its words can be seen and others cannot."""
    if not line.words:
        return
    if any(word.hidden is Hidden.NO for word in line.words):  # a line that runs off the page
        seen = (
            replace(word, hidden=Hidden.NO) if word.hidden is Hidden.OFF_PAGE else word
            for word in line.words
        )
        line = replace(line, words=tuple(seen))
    kinds = {word.hidden for word in line.words}
    if len(kinds) == 1:
        yield line
        return
    for kind in (Hidden.NO, *(kinds - {Hidden.NO})):
        words = tuple(word for word in line.words if word.hidden is kind)
        if words:
            yield replace(line, words=words)


def _upright(line: PrintedLine, turn: int, width: float, height: float) -> PrintedLine:
    """A turned line on the page turned back."""
    if not turn:
        return line
    words = []
    for word in line.words:
        box = word.box
        match turn:
            case 1:
                box = Box(box.top, width - box.right, box.bottom, width - box.left)
                base = width + word.baseline
            case 2:
                box = Box(
                    width - box.right, height - box.bottom, width - box.left, height - box.top
                )
                base = height + word.baseline
            case _:
                box = Box(height - box.bottom, box.left, height - box.top, box.right)
                base = word.baseline
        words.append(replace(word, box=box, baseline=base))
    return replace(line, words=tuple(words))


def _in_order(lines: Sequence[PrintedLine], drawings: Sequence[Drawing]) -> list[_Row]:
    """The rows of lines that are all turned alike."""
    em = _em(lines)
    boxes = [_box(without_specks(line.words)) for line in lines]
    cores = [_core(line, box) for line, box in zip(lines, boxes, strict=True)]
    frames, pictures = frames_and_pictures(drawings, cores, em)
    inside: dict[int, list[Piece]] = {}
    pieces: list[Piece] = []
    for number, core in enumerate(cores):
        frame = next((n for n, box in enumerate(frames) if box.holds(core, 0.2 * em)), -1)
        inside.setdefault(frame, []).append(Piece(core, number, _size(lines[number])))
    for number, box in enumerate(frames):
        pieces.append(Piece(box, number, 0.0, tuple(inside.get(number, ())), True))
    pieces += [Piece(box, -1, 0.0, (), True) for box in pictures]
    pieces += inside.get(-1, ())
    out: list[_Row] = []
    for stretch in reading_order(pieces, em, _leading(cores, em)):
        own = [lines[piece.number] for piece in stretch.pieces]
        out += _rows_of(own, steadied(stretch, own, em), em)
    return out


def _rows_of(lines: Sequence[PrintedLine], stretch: Stretch, em: float) -> Iterator[_Row]:
    """The lines of a stretch from the top down; what stands on one base line is one row, a
    drop capital stands before the rows beside it.  `em` is the size of the page's letters."""
    usual = _em(lines)
    rows: list[list[PrintedLine]] = []
    drops: list[tuple[Box, PrintedLine]] = []
    bases: list[float] = []
    for line in lines:
        if _is_drop(line, usual):
            drops.append((_box(line.words), line))
            continue
        base = _base(line)
        size = _size(line)
        level = bases and abs(base - bases[-1]) < _LEVEL * max(size, usual)
        if level and all(_beside(line, other, usual) for other in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
            bases.append(base)
    made: list[tuple[Box, list[PrintedLine]]] = []
    for row in rows:
        row.sort(key=lambda line: line.words[0].box.left)
        words = [word for line in row for word in line.words]
        made.append((_box(within(words, stretch.left, stretch.right)), row))
    waiting = sorted(drops, key=lambda drop: drop[0].bottom)
    for box, row in made:
        beside = [d for d in drops if d[0].top < box.bottom and d[0].bottom > box.top + usual / 2]
        for drop in [d for d in beside if d in waiting]:
            waiting.remove(drop)
            yield _row(drop[1].words, stretch, drop[1], drop[0])
        words = [word for line in row for word in _loose(line.words)]
        if words[0].face.size < _SMALLER_TEXT * em:
            words[:1] = without_mark(words[0])
        left = [d for d in beside if d[0].right <= box.left + usual]
        edges = replace_left(stretch, box.left) if left else stretch
        yield _row(words, edges, row[0], box)
    for box, line in waiting:
        yield _row(line.words, stretch, line, box)


def _beside(one: PrintedLine, two: PrintedLine, em: float) -> bool:
    """Whether two pieces of a row are of one line: set alike, or with no gutter between."""
    sizes = sorted((_size(one), _size(two)))
    left, right = sorted((_box(one.words), _box(two.words)), key=lambda box: box.left)
    if right.left < left.right - em:
        return False  # printed over one another
    return sizes[1] - sizes[0] < _ALIKE * sizes[1] or right.left - left.right < GUTTER * em


def replace_left(stretch: Stretch, left: float) -> Stretch:
    return Stretch([], left, stretch.right, stretch.column, stretch.frame)


def _loose(words: Sequence[PrintedWord]) -> Iterator[PrintedWord]:
    """A line's words; the first of them is joined to nothing, nor is anything to it where it
    is the mark of a note."""
    for index, word in enumerate(words):
        apart = not index or (index == 1 and _is_mark(words[0], word))
        yield replace(word, joined=False) if apart and word.joined else word


def _is_mark(one: PrintedWord, two: PrintedWord) -> bool:
    """Whether the first word of a line is a small raised figure."""
    raised = two.baseline - one.baseline > RAISED * two.face.size
    return raised and one.face.size < SMALLER * two.face.size and len(one.text) <= _MARK


def _is_drop(line: PrintedLine, usual: float) -> bool:
    text = row_text(line.words)
    letters = [c for c in text if c.isalpha()]
    return len(text) <= 3 and len(letters) == 1 and _size(line) > _DROP * usual


def _row(words: Sequence[PrintedWord], stretch: Stretch, line: PrintedLine, box: Box) -> _Row:
    """A row with what is to be known of it."""
    weights: Counter[Face] = Counter()
    bold = italic = capitals = letters = alphabet = 0
    for word in words:
        count = len(word.text)
        weights[word.face] += count
        letters += count
        bold += count * word.face.bold
        italic += count * word.face.italic
        alphabet += sum(map(str.isalpha, word.text))
        capitals += sum(map(str.isupper, word.text))
        if _SMALL_CAPITALS.search(word.face.name):
            capitals += sum(map(str.islower, word.text))
    face = max(weights, key=lambda f: (weights[f], f.size)) if weights else Face()
    base = median([word.baseline for word in words if word.face == face] or [box.bottom])
    geometry = LineGeometry(
        box,
        base,
        face,
        bold / max(letters, 1),
        italic / max(letters, 1),
        capitals / max(alphabet, 1),
        stretch.column,
        stretch.left,
        stretch.right,
        stretch.frame,
        tuple(raised(words, face, base)),
        min((w.confidence for w in words if w.confidence is not None), default=None),
        words[0].hidden,
        line.turn,
        line.artifact,
        array("f", edges(words)),
        doubts=tuple(doubts(words)),
        told=line.told,
        faces=tuple(faces(words)) if len(weights) > 1 else (),
    )
    return _Row(tuple(words), geometry)


def _box(words: Sequence[PrintedWord]) -> Box:
    return Box(
        min(word.box.left for word in words),
        min(word.box.top for word in words),
        max(word.box.right for word in words),
        max(word.box.bottom for word in words),
    )


def _size(line: PrintedLine) -> float:
    return max(word.face.size or word.box.height for word in line.words)


def _base(line: PrintedLine) -> float:
    """The base line of the line's largest letters."""
    size = _size(line)
    return next(w.baseline for w in line.words if (w.face.size or w.box.height) == size)


def _core(line: PrintedLine, box: Box) -> Box:
    """What of a line other rows may not touch: its small letters."""
    base = _base(line)
    return Box(box.left, base - _SMALL * _size(line), max(box.right, box.left), base)


def _em(lines: Sequence[PrintedLine]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        for word in line.words:
            sizes[round(word.face.size or word.box.height, 1)] += len(word.text)
    return max(max(sizes, key=lambda s: (sizes[s], s), default=1.0), 1e-3)


def _leading(cores: Sequence[Box], em: float) -> float:
    """The usual distance from base line to base line."""
    bases = sorted((core.left, core.bottom) for core in cores)
    down = [
        two[1] - one[1]
        for one, two in pairwise(bases)
        if abs(one[0] - two[0]) < em and 0.8 * em < two[1] - one[1] < 2.5 * em
    ]
    return median(down) if down else 1.2 * em
