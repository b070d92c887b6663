"""Tables of dumps that keep a row on a line, single blanks between its cells.

Words that follow one another may be one cell or several; figures are each their own. Rows that
end with as many figures as one another are a table's; their cells are told where nothing but one
name stands before the figures, and sure where a head has a word for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from booktools.arrange.grid import Grid
from booktools.arrange.grid_cells import Piece
from booktools.arrange.words import ends_sentence, starts_lower
from booktools.model.page import Line

# So many rows with two figures and more are a table; with one figure so many, for an index and a
# list of names have one, too.
_FEWEST, _PLAIN = 3, 4
# A name has so many words; between two rows stand so many lines of wrapped cells.
_WORDS, _BETWEEN = 5, 2
_LITTLE = 3  # letters of a word that may be small in a head
_LONGEST = 160  # characters of a row

_FIGURE = re.compile(r"[(\[£$€+−-]?\d(?:[\d.,:/’'–-]*\d)?(?:[%°*†]|[a-z]{1,2}\.?)?[)\]]?")
_NOTHING = frozenset(("–", "—", "-", "−", "…", "..."))  # an empty cell of a column of figures
_SIGN_BEHIND = frozenset(("%", "‰", "°", "°C", "°F"))
_SIGN_BEFORE = frozenset("£$€")
_SHILLINGS = re.compile(r"\d+(?:[./]\d+)?[sd]\.?")
_ENDS = re.compile(r"(?:\d\S{0,3}|\s[%‰–—−-]|\s°[CF]?)$")
_END = 4  # characters that tell
_LAST = frozenset("0123456789%‰°CF.)]*†–—-−…bdghmst")  # with what such a line ends
_TOKEN = re.compile(r"\S+")
_TITLE = re.compile(r"(?:tab(?:le|la|leau|elle|\.)|cuadro|quadro)\s*(?:\d|[IVXLC]+\b)", re.I)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table: the offsets where its name and its figures begin."""

    line: int
    text: str
    name: str
    figures: tuple[int, ...]

    @property
    def begins(self) -> tuple[int, ...]:
        """The offsets where its cells begin."""
        return (0, *self.figures) if self.name else self.figures

    def parted(self) -> _Row:
        """The row with each word of its name as a cell of its own."""
        starts = [found.start() for found in _TOKEN.finditer(self.text)]
        words = [start for start in starts if start < self.figures[0]]
        return replace(self, name="", figures=(*words, *self.figures))

    @property
    def is_told(self) -> bool:
        """Whether its name has no figure in it, which might be a cell of its own."""
        return not any(map(str.isdecimal, self.name))


def offers(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that may be rows, by index: they end with a figure, and so do others near them."""
    own = [
        index
        for index, line in enumerate(lines)
        if line.text[-1:] in _LAST
        and _ENDS.search(line.text[-_END:])
        and "  " not in line.text
        and not line.text[_LONGEST:]
    ]
    near = [
        (a, b) for a, b in pairwise(own) if b - a <= _BETWEEN + 1 and lines[a].page == lines[b].page
    ]
    return frozenset(index for pair in near for index in pair)


def lined(lines: Sequence[Line], own: Sequence[int], offered: Collection[int]) -> Iterator[Grid]:
    """The tables among the written lines `own` of a page; `offered` ones may be rows."""
    rows = {at: row for at in own if at in offered and (row := _row(lines[at].text, at))}
    free = frozenset(own)
    done = -1
    for at in own:
        if at <= done or at not in rows:
            continue
        group = _group(lines, at, rows, free)
        made = _grid(lines, group, rows, free)
        done = group[-1]
        if made:
            yield made
            done = max(piece.line for piece in made.pieces)


def told_of(lines: Sequence[Line], own: Sequence[int]) -> Grid | None:
    """The table that somebody has said these lines are, where its cells can be told."""
    rows = {at: row for at in own if (row := _row(lines[at].text, at))}
    heads = [at for at in own[:1] if at not in rows]
    if not rows or len(heads) + len(rows) != len(own):
        return None
    counts = {len(row.figures) for row in rows.values()}
    columns = _columns(list(rows.values()))
    if len(counts) > 1 or not columns:
        return None
    head = heads[0] if heads else -1
    if head >= 0 and len(lines[head].text.split()) != columns:
        return None
    return _cells(lines, head, list(rows.values()), True, "decided")


# --- rows -----------------------------------------------------------------------------


def _row(text: str, line: int) -> _Row | None:
    """A line as a row: what stands before its last figures, and these."""
    tokens = [(found.start(), found[0]) for found in _TOKEN.finditer(text)]
    figures: list[int] = []
    at = len(tokens)
    while at:
        start, token = tokens[at - 1]
        behind = token in _SIGN_BEHIND and at > 1
        if behind:
            at -= 1
            start, token = tokens[at - 1]
        if not (_FIGURE.fullmatch(token) or (token in _NOTHING and not behind)):
            at += behind
            break
        at -= 1
        while at and _SHILLINGS.fullmatch(token) and _is_sum(tokens[at - 1][1]):
            at -= 1
            start, token = tokens[at]
        if at and tokens[at - 1][1] in _SIGN_BEFORE:
            at -= 1
            start = tokens[at][0]
        figures.insert(0, start)
    name = text[: figures[0]].strip() if figures else ""
    numbers = [start for start in figures if any(c.isdecimal() for c in text[start:].split()[0])]
    if not numbers or starts_lower(text) or len(name.split()) > 2 * _WORDS:
        return None
    return _Row(line, text, name, tuple(figures))


def _is_sum(token: str) -> bool:
    return token[0] in _SIGN_BEFORE or _SHILLINGS.fullmatch(token) is not None


def _group(
    lines: Sequence[Line], at: int, rows: dict[int, _Row], free: Collection[int]
) -> list[int]:
    """The lines from a row on that are rows with as many figures, few others between them."""
    count = len(rows[at].figures)
    group, last, index = [at], at, at + 1
    while index in free and index - last <= _BETWEEN + 1:
        if index in rows and len(rows[index].figures) == count:
            group += range(last + 1, index + 1)
            last = index
        elif not _may_stand_between(lines[index].text, lines[at].text):
            break
        index += 1
    return group


def _may_stand_between(text: str, row: str) -> bool:
    """Whether a line may be a part of a wrapped cell, or a row that lacks one."""
    return len(text) <= 1.2 * len(row) and not ends_sentence(text)


# --- tables ---------------------------------------------------------------------------


def _grid(
    lines: Sequence[Line], group: Sequence[int], rows: dict[int, _Row], free: Collection[int]
) -> Grid | None:
    """The table of the lines of a group, if they are one, with its head."""
    count = len(rows[group[0]].figures)
    own = [rows[at] for at in group if at in rows and len(rows[at].figures) == count]
    if len(own) < (_FEWEST if count > 1 else _PLAIN) or (count == 1 and _is_listed(own)):
        return None
    whole = len(own) == len(group)
    group = [*group, *_below(group[-1], rows, free, count)]
    whole = whole and len(group) == len(own)
    columns = _columns(own) if whole else 0
    head = _head(lines, group[0], free)
    words = len(lines[head].text.split()) if head >= 0 else 0
    why = f"{len(own)} lines, each with {count} figure{'s' * (count > 1)} at its end"
    if not columns or (head >= 0 and words < columns):
        above = [head] if head >= 0 else []
        return _lines(lines, [*above, *group], f"{why}; its cells cannot be told")
    if head >= 0 and words > columns and not own[0].name:
        return _lines(lines, [head, *group], f"{why}; its cells cannot be told")
    sure = head >= 0 and words == columns
    if head >= 0 and words > columns:
        names = words - count  # as many words may stand for as many cells
        if all(len(row.name.split()) == names for row in own):
            return _cells(lines, head, [row.parted() for row in own], sure, why)
        why += "; the cells of its head cannot be told"
    return _cells(lines, head, own, sure, why)


def _is_listed(own: Sequence[_Row]) -> bool:
    """Whether rows of a name and a figure are those of contents or of an index: the figures
    rise, or the names do, or a comma parts them."""
    figures = [row.text[row.figures[0] :] for row in own]
    numbers = [int(text) for text in figures if text.isdecimal()]
    rising = len(numbers) == len(own) and all(a <= b for a, b in pairwise(numbers))
    names = [row.name.casefold() for row in own]
    commas = sum("," in name or name.endswith((":", ";")) for name in names)
    sentences = sum(row.text.endswith(".") for row in own)
    unnamed = not all(name[:1].isalpha() for name in names)  # dates, too
    long = any(len(name.split()) > _WORDS for name in names)
    parted = 2 * commas > len(own) or sentences > 0
    return rising or names == sorted(names) or parted or unnamed or long


def _below(last: int, rows: dict[int, _Row], free: Collection[int], count: int) -> list[int]:
    """The rows under a table that have fewer figures: sums, and what lacks a cell."""
    out: list[int] = []
    at = last + 1
    while at in free and at in rows and len(rows[at].figures) < count:
        out.append(at)
        at += 1
    return out


def _columns(own: Sequence[_Row]) -> int:
    """How many columns the rows have; 0 where that cannot be told."""
    named = [bool(row.name) for row in own]
    if not all(row.is_told for row in own) or any(named) != all(named):
        return 0
    return len(own[0].figures) + named[0]


def _head(lines: Sequence[Line], first: int, free: Collection[int]) -> int:
    """The line above a table that is its head; -1: none is."""
    at = first - 1
    if at not in free:
        return -1
    text = lines[at].text
    names = text.split()
    if len(names) < 2 or ends_sentence(text) or text.endswith(":") or _TITLE.match(text):
        return -1
    if starts_lower(text) or any(len(n) > _LITTLE and n[0].islower() for n in names):
        return -1
    above = lines[at - 1].text if at - 1 in free else ""
    open_ = above and not ends_sentence(above) and not above.endswith(":")
    return -1 if open_ and not _captioned(lines, at - 1, free) else at


def _captioned(lines: Sequence[Line], at: int, free: Collection[int]) -> bool:
    """Whether a line is one of the last of a table's caption."""
    near = [index for index in (at, at - 1, at - 2) if index in free]
    return any(_TITLE.match(lines[index].text) for index in near)


def _cells(lines: Sequence[Line], head: int, own: Sequence[_Row], sure: bool, why: str) -> Grid:
    columns = _columns(own)
    rows: list[tuple[tuple[Piece, ...], ...]] = []
    if head >= 0:
        text = lines[head].text
        starts = [found.start() for found in _TOKEN.finditer(text)]
        starts = starts if len(starts) == columns else [0]
        cells = [(piece,) for piece in _pieces(text, head, starts)]
        rows.append((*cells, *[()] * (columns - len(cells))))
    rows += [tuple((piece,) for piece in _pieces(row.text, row.line, row.begins)) for row in own]
    return Grid(tuple(rows), int(head >= 0), ("",) * columns, sure, why)


def _lines(lines: Sequence[Line], group: Sequence[int], why: str) -> Grid:
    """Rows of one cell each."""
    rows = tuple(((piece,),) for at in group for piece in _pieces(lines[at].text, at, (0,)))
    return Grid(rows, 0, ("",), False, why)


def _pieces(text: str, line: int, starts: Sequence[int]) -> Iterator[Piece]:
    for start, stop in pairwise([*starts, len(text)]):
        said = text[start:stop].rstrip()
        yield Piece(start / 2, (start + len(said)) / 2, said, line, start)
