"""Where a column's edges are, also on pages whose lines do not reach them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from booktools.model.page import Pages
from booktools.model.printed_page import Hidden

# Page, column, and the edges that its rows reach.
Span = tuple[int, int, float, float]
Edges = tuple[float, float]

# Edges that differ by less are one, in the page's unit per hundred of the column's width.
_SAME = 0.8
# A region with fewer rows does not tell where its column's edges are.
_ROWS = 3
# So many rows in regions that end alike tell where all do; so many of a region's rows, at most,
# run over its edge.
_MOST, _OVER = 0.5, 0.25
# What is narrower than this share of the column is beside something.
_NARROW = 0.3


def column_edges(pages: Pages) -> dict[Span, Edges]:
    """The edges that rows reach → the edges that their column has.

    A page of verse or of one-line speeches does not reach its column's edges; the same column
    of other pages, left-hand and right-hand ones apart, tells where they are.
    """
    assert pages.geometry is not None
    spans: Counter[Span] = Counter()
    ends: dict[Span, list[float]] = defaultdict(list)
    for line, g in zip(pages.lines(), pages.geometry.lines, strict=True):
        plain = g is not None and g.frame < 0 and not g.turn and not g.leftwards
        if g is not None and plain and g.hidden is Hidden.NO:
            spans[line.page, g.column, g.left, g.right] += 1
            ends[line.page, g.column, g.left, g.right].append(g.box.right)
    kinds: dict[tuple[int, int], dict[Span, int]] = defaultdict(dict)
    on_page: dict[int, list[Span]] = defaultdict(list)
    for span, count in spans.items():
        on_page[span[0]].append(span)
        if count >= _ROWS:
            kinds[span[0] % 2, span[1]][span] = count
    usual = {kind: _usual(own) for kind, own in kinds.items()}
    out = {}
    for span in spans:
        known = usual.get((span[0] % 2, span[1]))
        cut = not span[1] and spans[span] < _ROWS
        edges = _widened(span, known, on_page[span[0]], cut) if known else None
        if known and not edges:
            edges = _narrowed(span, known, ends[span])
        if edges:
            out[span] = edges
    return out


def _usual(spans: Mapping[Span, int]) -> Edges:
    """The edges that one column has on most pages."""
    unit = _SAME / 100 * max(span[3] - span[2] for span in spans) or 1.0
    lefts: Counter[int] = Counter()
    for span, count in spans.items():
        lefts[round(span[2] / unit)] += count
    left = lefts.most_common(1)[0][0] * unit
    own = {span: n for span, n in spans.items() if abs(span[2] - left) < 2 * unit}
    rights: Counter[int] = Counter()
    for span, count in own.items():
        rights[round(span[3] / unit)] += count
    place, count = rights.most_common(1)[0]
    right = place * unit
    if count >= _MOST * rights.total():
        return left, right
    # Ragged lines hardly ever reach the edge: the furthest that two pages share is nearest.
    reached = sorted((span[3] for span in own), reverse=True)
    shared = next((a for a, b in pairwise(reached) if a - b < unit), right)
    return left, max(right, shared)


def _narrowed(span: Span, known: Edges, ends: Sequence[float]) -> Edges | None:
    """The column's edges, where few rows run over its right one: lines that would not break."""
    one, two = known
    slack = _SAME / 100 * (two - one)
    over = sum(end > two + slack for end in ends)
    few = 0 < over <= _OVER * len(ends)
    return (span[2], two) if few and abs(span[2] - one) < slack else None


def _widened(span: Span, known: Edges, page: Iterable[Span], cut: bool) -> Edges | None:
    """The column's edges, where the rows lie within them and nothing else does; `cut` says that
    they are a line or two of a page's one column, apart from the others."""
    _, column, left, right = span
    one, two = known
    slack = _SAME / 100 * (two - one)
    first = min(other[2] for other in page if other[1] == column)
    inside = one - slack < left and (left == first or cut) and right < two + slack
    if not inside or right - left < _NARROW * (two - one):
        return None
    others = [other for other in page if other[1] != column and other[1]]
    clear = all(other[2] > two - slack or other[3] < one + slack for other in others)
    return (min(one, left), max(two, right)) if clear or not column else None
