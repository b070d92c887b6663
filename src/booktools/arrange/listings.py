"""Listings in print: lines in letters of one width, as programs and what they write are set.

Their lines and their blanks are the author's: each stays as it stands.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import median
from typing import TypeAlias

from booktools.arrange.geometry_rows import GAP, PrintRow, PrintRows, alike, together
from booktools.arrange.stretch import Blanks, Stretch
from booktools.model.galley import Role
from booktools.model.page import Line
from booktools.model.printed_page import Geometry, Hidden

# A face has letters of one width when words of so many letters, so many unlike ones, differ by less
# than this share from one another in width per letter; no more words are looked at.  Letters wider
# than this, in ems, are those of scripts whose letters are all squares.
_LETTERS, _WORDS, _SAME, _ENOUGH, _WIDE = 3, 5, 0.012, 200, 0.8
# With so large a share of a source's letters in such faces they tell nothing.
_TYPESCRIPT = 0.5
# So many lines together are a listing wherever they stand; fewer stand apart: in so deep, in ems,
# or behind gaps. What stands off by more of the usual distance has a blank line above it.
_LINES, _DEEP, _OFF = 3, 1.0, 1.5
_LARGER = 1.06  # of the body's size: headings

Widths: TypeAlias = Mapping[str, float]  # of each face with letters of one width, in ems
NONE: Widths = {}


def one_width(lines: Sequence[Line], geometry: Geometry) -> Widths:
    """The faces whose letters all have one width; none in a source that is set in them."""
    found: dict[str, dict[str, float]] = {}  # of each face, words and how wide their letters are
    letters: dict[str, int] = {}
    for line, look in zip(lines, geometry.lines, strict=True):
        if look is None or look.faces or look.hidden is not Hidden.NO or not look.face.size:
            continue
        name = look.face.name
        letters[name] = letters.get(name, 0) + len(line.text)
        own = found.setdefault(name, {})
        if len(own) < _ENOUGH:
            own.update(_widths(line.text, look.words, look.face.size))
    known = {name: median(own.values()) for name, own in found.items() if _is_even(own.values())}
    if sum(letters[name] for name in known) >= _TYPESCRIPT * sum(letters.values()):
        return NONE
    return known


def _widths(text: str, words: array[float], size: float) -> Iterator[tuple[str, float]]:
    """The longer words of a line, and the width of a letter of each, on average, in ems."""
    for at in range(0, len(words), 3):
        stop = int(words[at + 3]) if at + 3 < len(words) else len(text)
        word = text[int(words[at]) : stop].rstrip()
        if sum(map(str.isalpha, word)) >= _LETTERS:
            yield word, (words[at + 2] - words[at + 1]) / (len(word) * size)


def _is_even(widths: Collection[float]) -> bool:
    ordered = sorted(widths)
    count = len(ordered)
    if count < _WORDS or ordered[count // 2] > _WIDE:
        return False
    return ordered[(count - 1) * 9 // 10] - ordered[count // 10] <= _SAME * ordered[count // 2]


def listings(
    rows: PrintRows, widths: Widths, taken: Collection[int], outlined: Collection[int]
) -> list[Stretch]:
    """The listings among the rows; `outlined` ones are headings that the file's contents name."""
    if not widths:
        return []
    runs: list[list[int]] = []
    for at, row in enumerate(rows.rows):
        if at in taken or at in outlined or not _is_typed(rows, row, widths):
            continue
        if runs and runs[-1][-1] == at - 1 and _goes_on(rows, at):
            runs[-1].append(at)
        else:
            runs.append([at])
    out: list[Stretch] = []
    for run in runs:
        beside = (
            bool(out) and out[-1].last == run[0] - 1 and together(rows[run[0] - 1], rows[run[0]])
        )
        if len(run) >= _LINES or beside or _is_apart(rows, run):
            blanks = tuple(_blanks(rows, run, widths))
            why = "its letters have one width, as those of listings"
            out.append(Stretch(run[0], run[-1], Role.VERSE, why, blanks=blanks))
    return out


def _is_typed(rows: PrintRows, row: PrintRow, widths: Widths) -> bool:
    faces = [face for _, face in row.g.faces] or [row.g.face]
    if len(faces) > 1 and row.line.text[: row.g.faces[1][0]].strip().isdecimal():
        faces = faces[1:]  # the number of a line
    level = row.size <= _LARGER * rows.body
    return level and not row.g.turn and all(face.name in widths for face in faces)


def _goes_on(rows: PrintRows, at: int) -> bool:
    """Whether a row goes on with the listing of the row above, no blank line between."""
    one, two = rows[at - 1], rows[at]
    return together(one, two) and alike(one.size, two.size) and rows.gap(at) <= _OFF


def _is_apart(rows: PrintRows, run: Sequence[int]) -> bool:
    """Whether rows are no part of the text above and below them."""
    first, last = run[0], run[-1]
    if all(rows[at].g.bold > 0.9 for at in run):
        return False  # it may be a heading
    inset = min(rows[at].indent for at in run) >= _DEEP * rows.body
    above, below = rows.gap(first), rows.gap(last + 1) if last + 1 < len(rows) else 9.0
    if above == below == 9.0:
        return inset  # nothing of its column stands beside it
    return (above > GAP and below > GAP) or (inset and (above > GAP or below > GAP))


def _blanks(rows: PrintRows, run: Sequence[int], widths: Widths) -> Iterator[Blanks]:
    """The blanks of each row that its text lacks: those before it, and all but one of several."""
    edge = min(rows[at].g.box.left for at in run)
    for at in run:
        row = rows[at]
        face = row.g.faces[-1][1] if row.g.faces else row.g.face
        width = widths[face.name] * face.size
        own: list[tuple[int, int]] = []
        right = edge
        words = row.g.words
        for number in range(0, len(words), 3):
            count = round((words[number + 1] - right) / width) - bool(number)
            if count > 0:
                own.append((int(words[number]), count))
            right = words[number + 2]
        yield tuple(own)
