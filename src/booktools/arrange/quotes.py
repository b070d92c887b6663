"""Quotations and letters in dumps: text that stands in on both sides, or fills a narrower measure.

A dump that keeps the blanks before its lines shows what stands in; one that keeps none shows a
narrower measure between gaps, which alone is too little: then the words must say so, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise
from statistics import median

from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# Characters by which its lines stand in on the left and end before the others on the right.
_LEFT, _RIGHT = 2, 2
_DEEPEST = 0.3  # of the measure: what stands in further is set in the middle, or beside
# So many rows begin at the margin of a page, so that it is one.
_MARGIN = 5
_WIDE = 0.5  # of the measure: lines that are all shorter are an address, or names
_FEWEST, _NARROW_FEWEST, _LONGEST = 3, 4, 60
# Its rows but the last of a paragraph come so near their own edge, in characters.
_RAGGED = 12
# A narrower measure, in parts of the page's, and how much its rows differ in width.
_LEAST, _MOST, _ALIKE = 0.6, 0.93, 0.07
_OPENING = "“„«‘\"'‹"


def quotes(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The paragraphs of quotations; `taken` rows are something else."""
    if {row.indent for row in rows.rows} != {0}:
        return list(_standing_in(rows, taken))
    return list(_narrow(rows, taken))


def _standing_in(rows: Rows, taken: Collection[int]) -> Iterator[Stretch]:
    pages: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows.rows):
        pages[row.page].append(at)
    for own in pages.values():
        full = [at for at in own if rows.runs_on(at) and at not in taken]
        margins = Counter(rows[at].indent for at in full)
        if not margins:
            continue
        margin = min(margins, key=lambda indent: (-margins[indent], indent))
        at_margin = [rows[at].end for at in full if rows[at].indent <= margin + 1]
        if len(at_margin) < _MARGIN:
            continue
        for run in [_trimmed(rows, r) for r in _runs(rows, own, taken, margin + _LEFT)]:
            edge = median(at_margin)
            near = min(rows[at].indent for at in run) < margin + _DEEPEST * (edge - margin)
            wide = max(len(rows[at].text) for at in run) > _WIDE * (edge - margin)
            if near and wide and _is_quotation(rows, run, edge - _RIGHT):
                yield from _paragraphs(rows, run)


def _runs(rows: Rows, own: list[int], taken: Collection[int], least: int) -> Iterator[list[int]]:
    """Rows, one after another, that stand in so far."""
    run: list[int] = []
    for at in own:
        if at not in taken and rows[at].indent >= least:
            run.append(at)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _level(rows: Rows, run: list[int]) -> int:
    """Where most rows begin."""
    return Counter(rows[at].indent for at in run).most_common(1)[0][0]


def _trimmed(rows: Rows, run: list[int]) -> list[int]:
    """The rows without those at their ends that only begin a paragraph of the text round them."""
    level = _level(rows, run)
    while rows[run[0]].indent < level - 1:
        run = run[1:]
    while rows[run[-1]].indent < level - 1:
        run = run[:-1]
    return run


def _is_quotation(rows: Rows, run: list[int], edge: float) -> bool:
    first, last = run[0], run[-1]
    indents = [rows[at].indent for at in run]
    level = _level(rows, run)
    if len(run) < _FEWEST or 2 * sum(abs(i - level) <= 1 for i in indents) < len(run):
        return False
    if min(indents) < level - 1 or max(rows[at].end for at in run) > edge:
        return False
    if not rows[first].above and not (first and _opens(rows, first - 1)):
        return False
    if not rows[last].terminal and not rows.below(last):
        return False
    widest = max(rows[at].end for at in run)
    on = [one for one, two in pairwise(run) if rows[two].indent <= level + 1]
    runs_on = [at for at in on if rows.runs_on(at)]
    ragged = [at for at in on if not rows[at].terminal and widest - rows[at].end > _RAGGED]
    return len(runs_on) > 1 and 2 * len(runs_on) >= len(on) and 4 * len(ragged) <= len(on)


def _opens(rows: Rows, at: int) -> bool:
    """Whether text may end or announce a quotation here."""
    return rows[at].terminal or rows[at].text.endswith((":", "—", ","))


def _paragraphs(rows: Rows, run: list[int]) -> Iterator[Stretch]:
    """One stretch for each paragraph: they begin with an indent of their own, or after a gap."""
    level = _level(rows, run)
    first = run[0]
    for one, two in pairwise(run):
        begins = rows[two].above or (rows[one].terminal and rows[two].indent > level + 1)
        if begins:
            yield _stretch(first, one)
            first = two
    yield _stretch(first, run[-1])


def _stretch(first: int, last: int) -> Stretch:
    return Stretch(first, last, Role.QUOTE, "it stands in on both sides")


def _narrow(rows: Rows, taken: Collection[int]) -> Iterator[Stretch]:
    """Rows between gaps that fill a narrower measure, announced by a colon and opened by a mark."""
    announced = [at for at, row in enumerate(rows.rows[:-1]) if row.text[-1] == ":"]
    if not announced or not rows.spaced:
        return
    for at in [at + 1 for at in announced]:
        last = at
        while not rows.below(last) and last - at < _LONGEST:
            last += 1
        free = not any(i in taken for i in range(at, last + 1))
        opened = rows[at].above and rows[at].text[0] in _OPENING
        if opened and free and rows[last].terminal and _fills(rows, range(at, last + 1)):
            why = "announced by a colon, it fills a narrower measure"
            yield Stretch(at, last, Role.QUOTE, why)


def _fills(rows: Rows, own: range) -> bool:
    if len(own) < _NARROW_FEWEST:
        return False
    widths = [rows[at].width for at in own[:-1]]
    middle = median(widths)
    share = middle / max(rows.measure(own[0]), 0.1)
    even = all(abs(width - middle) <= _ALIKE * middle for width in widths)
    return even and _LEAST <= share <= _MOST and all(rows.runs_on(at) for at in own[:-1])
