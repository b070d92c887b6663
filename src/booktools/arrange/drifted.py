"""Tables of dumps that keep no gaps: cells apart, each on a line of its own, in any order.

Which cell stood beside which nobody can tell from such lines; they are kept apart from the text,
a line a row, and asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from statistics import median

from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# Cells are so narrow, in parts of the measure; behind a table's caption they may be wider.
_NARROW, _CAPTIONED = 0.4, 0.62
# So many lines are a table; so many of them are figures, where no caption says so; figures stand
# so near one another.
_FEWEST, _FIGURES, _NEAR = 8, 0.3, 4
# So few of them end as sentences do, and they have so many words, usually.
_ENDS, _WORDS = 0.25, 3
_LONGEST = 40  # characters of a figure

_TWO = frozenset(("Ta", "TA", "Cu", "CU", "Qu", "QU"))
_CAPTION = re.compile(
    r"(?:tab(?:le|la|leau|elle|\.)|cuadro|quadro)\s*(?:\d+|[IVXLC]+)(?!\w)", re.IGNORECASE
)
_FIGURE = re.compile(r"[^\w]*\d[\d.,:/%°’'\s–-]*[^\w]*")


def drifted(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The stretches of cells, with their captions; `taken` rows are something else."""
    busy = set(taken)
    out: list[Stretch] = []
    for at in [at for at, row in enumerate(rows.rows) if row.text[:2] in _TWO]:
        if at in busy or not _CAPTION.match(rows[at].text):
            continue
        last = _last(rows, at + 1, busy, _CAPTIONED)
        if last - at >= _FEWEST and _cells(rows, range(at + 1, last + 1)):
            out.append(Stretch(at, at, Role.CAPTION, "a table’s word and number open it"))
            out.append(_table(at + 1, last))
            busy.update(range(at, last + 1))
    for first, last in _figured(rows, busy):
        if first not in busy and last not in busy:
            out.append(_table(first, last))
            busy.update(range(first, last + 1))
    return out


def _table(first: int, last: int) -> Stretch:
    why = "short lines, one below another, as cells of a table that have drifted apart"
    return Stretch(first, last, Role.TABLE, why, False)


def _figured(rows: Rows, busy: Collection[int]) -> Iterator[tuple[int, int]]:
    """Stretches of narrow rows many of which are figures."""
    figures = [at for at, row in enumerate(rows.rows) if row.text[0] in "0123456789"]
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
        first = _first(rows, group[0], busy)
        last = _last(rows, group[0], busy, _NARROW)
        own = range(first, last + 1)
        numbers = [rows[at].text for at in own if _is_figure(rows[at].text)]
        if len(own) < _FEWEST or len(numbers) < _FIGURES * len(own) or _rising(numbers):
            continue
        if len(numbers) < len(own) and _cells(rows, own):
            yield first, last


def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST and _FIGURE.fullmatch(text) is not None


def _rising(numbers: list[str]) -> bool:
    """Whether they rise all the way, as the page numbers of a list of contents do."""
    plain = [int(text) for text in numbers if text.isdecimal() and len(text) < 10]
    return len(plain) == len(numbers) and all(a <= b for a, b in pairwise(plain))


def _first(rows: Rows, at: int, busy: Collection[int]) -> int:
    while at > 0 and _narrow(rows, at - 1, busy, _NARROW) and rows[at - 1].page == rows[at].page:
        at -= 1
    return at


def _last(rows: Rows, at: int, busy: Collection[int], share: float) -> int:
    """The last of the rows from `at` on that are narrow; the one before where it is not."""
    page = rows[at - 1].page
    while at < len(rows) and rows[at].page == page and _narrow(rows, at, busy, share):
        at += 1
    return at - 1


def _narrow(rows: Rows, at: int, busy: Collection[int], share: float) -> bool:
    return at not in busy and rows[at].width < share * rows.measure(at)


def _cells(rows: Rows, own: range) -> bool:
    """Whether they read like cells: a few words, that end no sentence."""
    ends = sum(rows[at].terminal for at in own)
    words = median(len(rows[at].text.split()) for at in own)
    return ends <= _ENDS * len(own) and words <= 2 * _WORDS
