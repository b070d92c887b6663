"""Cells of columns: whether they are a table's, or a list's, a play's, of contents, of prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# A cell with so much text in its lines, in ems, and lines that end so near its widest, is set as
# running text is.
_PROSE, _FULL = 11.0, 1.6
# Of the lines of running text so many go on in the next, so many at least; a row of it has so
# many words.
_SOME, _FEWEST, _WORDS, _OPEN = 0.3, 3, 5, "-\u00ad\u2010,;"
_NAME = 3  # words of a name
_TYPED = 0.8  # of a listing's pieces so many have letters of one width
_LONGEST = 120  # characters of a cell whose form tells something

NUMBER = re.compile(r"[^\w]*\d[\d.,:/%°’'\s–-]*(?:[a-z]{1,3}\.?)?[^\w]*|[—–-]+")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…\s?…|(?:_\s?){4,}")
_MARKER = re.compile(r"(?:[•◦▪‣·*–—-]|[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)\]])")
_COUNT = re.compile(r"\d{1,3}\.?|[ivxlcIVXLC]{1,7}\.?")
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_SPEAKER = re.compile(r"[^\W\d_][\w.’' -]*[.:]|(?:[^\W\da-z_][’' .-]*)+")
_ENTRY = re.compile(r"[^\d]*[^\W\d_][^\d]*,?\s\d[\d, –-]*[.;]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two gaps of a line: `line` is the index of its line, `start` its offset in
    the line's text.  `face` names what it is set in, `size` is that of its letters in
    ems, where they are known; `typed`: they have one width."""

    left: float
    right: float
    text: str
    line: int
    start: int
    bold: bool = False
    face: str = ""
    size: float = 1.0
    typed: bool = False


def is_something_else(columns: Sequence[Sequence[tuple[Piece, ...]]], told: bool) -> bool:
    """Columns of prose, a list, a play, contents: what looks like a table and is none."""
    texts = [[text_of(cell) for cell in cells if cell] for cells in columns]
    every = [text for own in texts for text in own]
    if any(map(has_leaders, every)) or _mostly(every, _ENTRY):
        return True
    prose = sum(_is_prose(cells) for cells in columns)
    down = sum(map(_runs_down, columns))
    if told:
        return max(down, prose) == len(columns)
    if prose > 1 or (prose and len(columns) == 2) or _reads_on(columns):
        return True
    if down > 1 and not named(columns):
        return True
    if len(columns) > 2:
        counted = _mostly(texts[0], _COUNT) and _rising(texts[0])
        pages = _mostly(texts[-1], _PAGE) and _rising(texts[-1])
        return len(columns) == 3 and counted and pages and not numeric(columns[1])
    first, last = texts
    if (
        _mostly(first, _MARKER)
        or (is_counted(first) and not numeric(columns[1]))
        or (_mostly(first, _SPEAKER) and _longest(last) > 2 * _PROSE)
    ):
        return True
    return _mostly(last, _PAGE) and _rising(last)


def is_listing(rows: Sequence[Sequence[tuple[Piece, ...]]]) -> bool:
    """Whether they are lines of a program or of what it writes, with their blanks."""
    own = [[piece for cell in row for piece in cell] for row in rows]
    typed = [piece.typed for pieces in own for piece in pieces]
    several = [pieces for pieces in own if len(pieces) > 1]
    whole = sum(len({piece.line for piece in pieces}) == 1 for pieces in several)
    return sum(typed) >= _TYPED * len(typed) and 2 * whole > len(several)


def named(columns: Sequence[Sequence[tuple[Piece, ...]]]) -> bool:
    """Whether a first column of names stands before several others, whose cells may have lines
    that go on in the next: names are a word or three behind a capital, and rows have no other."""
    names = [text_of(cell) for cell in columns[0] if cell]
    begin = sum(name[0].isupper() and len(name.split()) <= _NAME for name in names)
    rows = sum(all(row) for row in zip(*columns, strict=True))
    return len(columns) > 2 and begin == len(names) and len(names) > _FEWEST and rows > _FEWEST


def _reads_on(columns: Sequence[Sequence[tuple[Piece, ...]]]) -> bool:
    """Whether rows go on as sentences do: words that chance has put under one another."""
    rows = list(zip(*columns, strict=True))
    small = sum(bool(row[0]) and text_of(row[0])[:1].islower() for row in rows[1:])
    whole = [text_of([piece for cell in row for piece in cell]) for row in rows]
    ends = sum(text[-1:].islower() for text in whole)
    long = median(len(text.split()) for text in whole) >= _WORDS
    return long and small > _SOME * len(rows) and ends > _SOME * len(rows)


def _runs_down(cells: Sequence[tuple[Piece, ...]]) -> bool:
    """Whether lines of a column go on in the next, as those of text do."""
    pairs = list(pairwise([text for cell in cells if (text := text_of(cell))]))
    on = sum(one[-1] in _OPEN or (one[-1].islower() and two[0].islower()) for one, two in pairs)
    return on >= _FEWEST and on > _SOME * len(pairs)


def text_of(cell: Sequence[Piece]) -> str:
    """The text of a cell."""
    return " ".join(piece.text for piece in cell)


def has_leaders(text: str) -> bool:
    """Whether dots lead to a page number at its end, or a line is left to be filled in."""
    return _LEADERS.search(text[-_LONGEST:]) is not None


def _mostly(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return sum(is_of_form(pattern, text) for text in texts) >= 0.7 * len(texts)


def is_of_form(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text, a short one, is of that form."""
    return len(text) <= _LONGEST and pattern.fullmatch(text) is not None


def _longest(texts: Sequence[str]) -> int:
    return max(map(len, texts), default=0)


def is_counted(texts: Sequence[str]) -> bool:
    """Whether numbers rise by one from row to row, most of them, as those of a list's items do."""
    numbers = [int(text) if text.isdecimal() else -1 for text in texts]
    steps = sum(two == one + 1 for one, two in pairwise(numbers) if one >= 0)
    return len(texts) > _FEWEST and steps >= 0.7 * (len(texts) - 1)


def _rising(texts: Sequence[str]) -> bool:
    """Whether page numbers rise, as those of a list of contents do."""
    numbers = [int(text) for text in texts if text.isdecimal()]
    return all(a <= b for a, b in pairwise(numbers))


def _is_prose(cells: Sequence[tuple[Piece, ...]]) -> bool:
    """Whether lines run to the column's end, one after another, as those of a column do."""
    filled = [cell for cell in cells if cell]
    widest = max(cell[-1].right for cell in filled) - min(cell[0].left for cell in filled)
    if widest < _PROSE:
        return False
    edge = max(cell[-1].right for cell in filled)
    full = [edge - cell[-1].right < _FULL for cell in filled]
    words = [len(text_of(cell).split()) > 2 for cell in filled]
    return sum(full) > 0.5 * len(filled) and sum(words) > 0.7 * len(filled)


def numeric(cells: Sequence[tuple[Piece, ...]]) -> bool:
    """Whether most cells of a column are figures."""
    texts = [text_of(cell) for cell in cells if cell]
    return sum(is_of_form(NUMBER, text) for text in texts) >= 0.6 * len(texts)


def short(columns: Sequence[Sequence[tuple[Piece, ...]]]) -> bool:
    """Whether most cells have a word or two, and none more than a few."""
    words = [len(text_of(cell).split()) for cells in columns for cell in cells if cell]
    return max(words) <= _WORDS and median(words) <= _WORDS / 2
