"""Tables of dumps that keep no gaps: cells apart, each on a line of its own, in any order.

Where every so many lines have figures in the same places these are rows, and where gaps part
stretches of as many lines as one another these are columns.  Of others nobody can tell which cell
stood beside which; they are kept apart from the text, a line a row, and asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from booktools.arrange.grid_cells import NUMBER, is_of_form
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.tables import Cell, CellLines
from booktools.arrange.titles import is_numeral
from booktools.arrange.words import GOES_ON, words_of
from booktools.model.galley import Role
from booktools.model.page import Line

# Cells are so narrow, in parts of the measure; behind a table's caption they may be wider.
_NARROW, _CAPTIONED = 0.4, 0.62
# So many lines are a table; so many of them are figures, where no caption says so; figures stand
# so near one another.
_FEWEST, _FIGURES, _NEAR = 8, 0.3, 4
# So few of them end as sentences do, and they have so many words, usually.
_ENDS, _WORDS = 0.25, 3
_LONG = 16  # words of a row, at most
_LONGEST = 40  # characters of a figure
# A table whose cells are told has so many rows; with more under a head nobody need be asked.
_ROWS = 3
# Gaps part so many of the cells of a table that is written row by row, or none.
_PARTED = 0.6

_TWO = frozenset(("Ta", "TA", "Cu", "CU", "Qu", "QU"))
_CAPTION = re.compile(
    r"(?:tab(?:le|la|leau|elle|\.)|cuadro|quadro)\s*(?:\d+|[IVXLC]+)(?!\w)", re.IGNORECASE
)


def drifted(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The stretches of cells, with their captions; `taken` rows are something else."""
    busy = set(taken)
    out: list[Stretch] = []
    for at in [at for at, row in enumerate(rows.rows) if row.text[:2] in _TWO]:
        if at in busy or not _CAPTION.match(rows[at].text):
            continue
        last = _last(rows, at + 1, busy, _CAPTIONED)
        if last - at >= _FEWEST and _cells(rows, range(at + 1, last + 1)):
            end = _caption(rows, at, last)
            out.append(Stretch(at, end, Role.CAPTION, "a table’s word and number open it"))
            out.append(_table(rows, end + 1, last))
            busy.update(range(at, last + 1))
        else:
            under = _under_caption(rows, at, busy)
            out += under
            busy.update(row for s in under for row in range(s.first, s.last + 1))
    for first, last in _figured(rows, busy):
        if first not in busy and last not in busy:
            out.append(_table(rows, first, last))
            busy.update(range(first, last + 1))
    return [*out, *_named(rows, busy)]


def _named(rows: Rows, busy: Collection[int]) -> Iterator[Stretch]:
    """Stretches of narrow rows of two names and more, without a mark or a little word: neither
    verse nor a title has so many of them."""
    own = [at for at, row in enumerate(rows.rows) if row.text[0].isupper() and _is_names(rows, at)]
    start = 0
    for stop in range(1, len(own) + 1):
        if stop < len(own) and own[stop] == own[stop - 1] + 1 and not rows[own[stop]].above:
            continue
        group, start = own[start:stop], stop
        same = rows[group[0]].page == rows[group[-1]].page and not any(at in busy for at in group)
        if len(group) > _ROWS and same:
            why = "rows of names, a few words each: a table whose cells are not told, or a list"
            yield Stretch(group[0], group[-1], Role.TABLE, why, False)


def _is_names(rows: Rows, at: int) -> bool:
    text = rows[at].text
    words = text.split()
    if not 1 < len(words) <= _WORDS + 2 or text.isupper() or is_numeral(text):
        return False
    names = all(word[0].isupper() and word[-1].isalpha() for word in words)
    little = not GOES_ON.isdisjoint(words_of(text))
    return names and not little and _narrow(rows, at, (), _CAPTIONED)


def _under_caption(rows: Rows, at: int, busy: Collection[int]) -> list[Stretch]:
    """A caption and the lines under it that no sentence runs through: rows whose cells cannot be
    told, a blank between two words and between two cells being the same."""
    end = _caption(rows, at, len(rows))
    first = last = end + 1
    if rows[end].terminal or first >= len(rows) or rows[first].index - rows[end].index > 2:
        return []
    while last < len(rows) and rows[last].page == rows[at].page and last not in busy:
        words = len(rows[last].text.split())
        said = rows[last].terminal and words > _WORDS and not _is_number(rows[last].text)
        narrow = _narrow(rows, last, busy, _CAPTIONED)
        if said or words > _LONG or (rows.runs_on(last) and not narrow):
            break
        last += 1
    while last > first and rows[last - 1].terminal and not _is_number(rows[last - 1].text):
        last -= 1  # a paragraph’s short line
    if last - first < _ROWS:
        return []
    why = "lines under a table’s caption, no sentence in them: its rows, whose cells are not told"
    return [
        Stretch(at, end, Role.CAPTION, "a table’s word and number open it"),
        Stretch(first, last - 1, Role.TABLE, why, False),
    ]


def _caption(rows: Rows, at: int, last: int) -> int:
    """The last row of a caption: what goes on below it begins with a small letter."""
    while at + 1 < last and rows[at + 1].lower and not rows[at + 1].above:
        at += 1
    return at


def _table(rows: Rows, first: int, last: int) -> Stretch:
    why = "short lines, one below another, as cells of a table that have drifted apart"
    texts = [rows[at].text for at in range(first, last + 1)]
    gaps = [at - first for at in range(first + 1, last + 1) if rows[at].above]
    columns, down = _by_column(texts, gaps), True
    if not columns and (not gaps or len(gaps) >= _PARTED * len(texts)):
        columns, down = _by_row(texts), False
    if not columns:
        return Stretch(first, last, Role.TABLE, why, False)
    high = len(texts) // columns
    heads = [texts[at * (high if down else 1)] for at in range(columns)]
    sure = high > _ROWS and (down or not gaps) and not any(map(_is_number, heads))
    return Stretch(first, last, Role.TABLE, why, sure, columns=columns, down=down)


def _by_row(texts: Sequence[str]) -> int:
    """Of how many lines each row is, figures in the same places of all; 0: none is so."""
    for columns in range(2, len(texts) // _ROWS + 1):
        if len(texts) % columns == 0 and _regular([texts[at::columns] for at in range(columns)]):
            return columns
    return 0


def _by_column(texts: Sequence[str], parts: Sequence[int]) -> int:
    """How many columns gaps part, each of as many lines; 0: none are so."""
    own = [texts[one:two] for one, two in pairwise((0, *parts, len(texts)))]
    even = len({len(column) for column in own}) == 1
    return len(own) if even and len(own) > 1 and len(own[0]) >= _ROWS and _regular(own) else 0


def _regular(columns: Sequence[Sequence[str]]) -> bool:
    """Whether each column has figures under its head, or has none; some have, some have not."""
    kinds = [{_is_number(text) for text in column[1:]} for column in columns]
    heads = [_is_number(column[0]) for column in columns]
    if any(len(kind) > 1 for kind in kinds) or len(set(map(frozenset, kinds))) == 1:
        return False
    return not any(heads) or heads == [True in kind for kind in kinds]


def cells_of(stretch: Stretch, group: Iterable[Line]) -> tuple[CellLines, ...]:
    """The lines of such a table by their cells, row by row, blank ones with the line above."""
    cells: list[list[Line]] = []
    for line in group:
        if line.text or not cells:
            cells.append([])
        cells[-1].append(line)
    high = len(cells) // stretch.columns
    texts = [next((line.text for line in own if line.text), "") for own in cells]
    step = high if stretch.down else 1
    first = [texts[at * step] for at in range(stretch.columns)]
    heads = int(not any(map(_is_number, first)))
    made: list[tuple[Cell, tuple[Line, ...]]] = []
    for at, own in enumerate(cells):
        row, column = divmod(at, stretch.columns)
        if stretch.down:
            column, row = divmod(at, high)
        made.append((Cell(-cells[0][0].number, row, column, heads), tuple(own)))
    return tuple(sorted(made, key=lambda one: (one[0].row, one[0].column)))


def _figured(rows: Rows, busy: Collection[int]) -> Iterator[tuple[int, int]]:
    """Stretches of narrow rows many of which are figures."""
    figures = [at for at, row in enumerate(rows.rows) if row.text[0] in "0123456789£$€"]
    groups: list[list[int]] = []
    for one, two in pairwise(figures):
        if two - one <= _NEAR and rows.rows[one].page == rows.rows[two].page:
            if groups and groups[-1][-1] == one:
                groups[-1].append(two)
            else:
                groups.append([one, two])
    for group in groups:
        if len(group) < _FIGURES * _FEWEST or any(at in busy for at in group):
            continue
        if rows[group[0]].text[-2:-1].isdecimal() and rows[group[0]].terminal:
            group = group[1:]  # a paragraph ends with a year
        first = _first(rows, group[0], busy)
        last = _last(rows, group[0], busy, _NARROW)
        own = range(first, last + 1)
        numbers = [rows[at].text for at in own if _is_number(rows[at].text)]
        if len(own) < _FEWEST or len(numbers) < _FIGURES * len(own) or _rising(numbers):
            continue
        plain = all(map(str.isdecimal, numbers)) and len(numbers) == len(own)
        if not plain and _cells(rows, own):
            yield first, last


def _is_number(text: str) -> bool:
    """Whether a cell is a figure, with a unit at most, or nothing."""
    return is_of_form(NUMBER, text)


def _rising(numbers: list[str]) -> bool:
    """Whether they rise all the way, as the page numbers of a list of contents do."""
    plain = [int(text) for text in numbers if text.isdecimal() and len(text) < 10]
    return len(plain) == len(numbers) and all(a <= b for a, b in pairwise(plain))


def _first(rows: Rows, at: int, busy: Collection[int]) -> int:
    while at > 0 and _narrow(rows, at - 1, busy, _NARROW) and rows[at - 1].page == rows[at].page:
        if rows[at - 1].terminal or rows[at - 1].lower:
            break  # a paragraph's last line
        at -= 1
    return at


def _last(rows: Rows, at: int, busy: Collection[int], share: float) -> int:
    """The last of the rows from `at` on that are narrow; the one before where it is not."""
    page = rows[at - 1].page
    while at < len(rows) and rows[at].page == page and _narrow(rows, at, busy, share):
        at += 1
    return at - 1


def _narrow(rows: Rows, at: int, busy: Collection[int], share: float) -> bool:
    return at not in busy and rows[at].width < share * max(rows.measure(at), rows.usual)


def _cells(rows: Rows, own: range) -> bool:
    """Whether they read like cells: a few words, that end no sentence."""
    ends = sum(rows[at].terminal and not _is_number(rows[at].text) for at in own)
    words = median(len(rows[at].text.split()) for at in own)
    return ends <= _ENDS * len(own) and words <= 2 * _WORDS
