"""Printed headings → chapters' labels and titles, and the levels below them.

The file's own contents say it where they name a heading; for the others, headings that look
alike are alike, and the larger stand over the smaller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from booktools.arrange.geometry_rows import PrintRows
from booktools.arrange.stretch import Stretch
from booktools.arrange.titles import is_numeral
from booktools.model.galley import Role

# Sizes that differ by no more belong to one kind of heading; scans measure them roughly.
_ALIKE = 0.06
# Fewer letters from one to the next are no chapters: entries, speakers, items of a list.
_CHAPTER = 1_000
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading with the number over it: indices of their stretches, the last is the title's.

    `looks` are the size of its letters and whether they are bold; `depth` is what the file's
    contents say (0: nothing).
    """

    parts: tuple[int, ...]
    first: int
    last: int
    looks: tuple[float, bool]
    framed: bool
    depth: int


def ranked(rows: PrintRows, found: Sequence[Stretch], depths: Mapping[int, int]) -> list[Stretch]:
    """The stretches, headings among them told from chapters' labels and titles, with levels.

    `depths` are the levels that the file's own contents give headings, by their first row.
    """
    heads = _heads(rows, found, depths)
    levels = _levels(rows, heads)
    decks = _decks(rows, heads, levels)
    out = list(found)
    for head, level in zip(heads, levels, strict=True):
        *labels, title = head.parts
        if head.looks in decks:
            for at in head.parts:
                out[at] = replace(out[at], role=Role.DECK, level=0)
            continue
        if level > 1:
            for at in head.parts:
                out[at] = replace(out[at], role=Role.HEADING, level=min(level, _DEEPEST))
            continue
        out[title] = replace(out[title], role=Role.TITLE)
        for at in labels:
            out[at] = replace(out[at], role=Role.LABEL)
    return out


def _decks(
    rows: PrintRows, heads: Sequence[_Head], levels: Sequence[int]
) -> set[tuple[float, bool]]:
    """The looks of display text that stands under chapters' titles and nowhere else."""
    under: set[tuple[float, bool]] = set()
    elsewhere: set[tuple[float, bool]] = set()
    before: tuple[_Head, int] | None = None
    for head, level in zip(heads, levels, strict=True):
        below = (
            before is not None
            and before[1] == 1 < level
            and before[0].last + 1 == head.first
            and rows[before[0].last].page == rows[head.first].page
            and not (head.depth or head.framed or rows[head.first].text[0].isdigit())
        )
        (under if below else elsewhere).add(head.looks)
        before = head, level
    if any(sheet.scanned for sheet in rows.sheets):
        return {one for one in under if not any(_near(one, other) for other in elsewhere)}
    return under - elsewhere


def _near(one: tuple[float, bool], two: tuple[float, bool]) -> bool:
    """Whether looks are one but for what a scan makes of them."""
    return one[1] == two[1] and abs(one[0] - two[0]) <= _ALIKE * max(one[0], two[0])


def _heads(rows: PrintRows, found: Sequence[Stretch], depths: Mapping[int, int]) -> list[_Head]:
    """The headings in their order; a number belongs to the title right under it."""
    numbers = [i for i, s in enumerate(found) if s.role in (Role.HEADING, Role.LABEL)]
    out: list[_Head] = []
    waiting: int | None = None
    for order, at in enumerate(numbers):
        own = found[at]
        parts: tuple[int, ...] = (at,)
        if waiting is not None:
            parts, waiting = (waiting, at), None
        elif is_numeral(_text(rows, own)) and order + 1 < len(numbers):
            below = found[numbers[order + 1]]
            near = below.first == own.last + 1 and rows[below.first].page == rows[own.last].page
            if near and not is_numeral(_text(rows, below)):
                waiting = at
                continue
        said = [depths[found[i].first] for i in parts if found[i].first in depths]
        row = rows[own.first]
        looks = (row.size, row.g.bold > 0.9)
        first = found[parts[0]].first
        out.append(_Head(parts, first, own.last, looks, row.g.frame >= 0, min(said, default=0)))
    return out


def _text(rows: PrintRows, own: Stretch) -> str:
    return " ".join(rows[at].text for at in range(own.first, own.last + 1))


# --- levels ---------------------------------------------------------------------------


def _levels(rows: PrintRows, heads: Sequence[_Head]) -> list[int]:
    """1 for the chapters' titles, else a heading's level."""
    kinds = _kinds(heads)
    said = _said(heads)
    if said is None:
        chapters = _chapters(rows, heads, kinds)
        base = chapters if chapters is not None else -1
        return [
            1 if not h.framed and k <= base else max(2, k - base + 1)
            for h, k in zip(heads, kinds, strict=True)
        ]
    named = dict(sorted((k, level) for k, level in zip(kinds, said, strict=True) if level))
    beyond = max(said) + 1
    return [
        level or max(2, named.get(k, beyond)) for k, level in zip(kinds, said, strict=True)
    ]  # those that look like one that is named stand beside it, the others below all


def _said(heads: Sequence[_Head]) -> list[int] | None:
    """The levels that the file's contents give, 0 where they do not name a heading.

    Where a single entry holds all others it is the book, and the chapters are below it.
    None without an entry that is found.
    """
    depths = sorted({h.depth for h in heads if h.depth})
    if not depths:
        return None
    top = depths[0]
    if len(depths) > 1 and sum(h.depth == top for h in heads) == 1:
        top = depths[1]
    return [max(1, h.depth - top + 1) if h.depth else 0 for h in heads]


def _kinds(heads: Sequence[_Head]) -> list[int]:
    """The rank of each heading's looks, from 0, the largest; bold ones over others."""
    sizes: list[float] = []
    for size in sorted({h.looks[0] for h in heads}, reverse=True):
        if not sizes or size < (1 - _ALIKE) * sizes[-1]:
            sizes.append(size)
    of = [(-next(i for i, s in enumerate(sizes) if h.looks[0] >= (1 - _ALIKE) * s), h.looks[1])
          for h in heads]  # fmt: skip
    ranks = {looks: rank for rank, looks in enumerate(sorted(set(of), reverse=True))}
    return [ranks[looks] for looks in of]


def _chapters(rows: PrintRows, heads: Sequence[_Head], kinds: Sequence[int]) -> int | None:
    """The kind of heading that begins chapters: the largest that comes again, with text enough
    from one to the next.  A larger one that stands once before them all is the book's."""
    free = [(h, k) for h, k in zip(heads, kinds, strict=True) if not h.framed]
    for kind in sorted({k for _, k in free}):
        own = [h for h, k in free if k == kind]
        bounds = [*(h.first for h in own), len(rows)]
        if len(own) == 1 and len(free) > 1 and own[0] is free[0][0]:
            continue
        lengths = [_letters(rows, h.last + 1, end) for h, end in zip(own, bounds[1:], strict=True)]
        if median(lengths) >= _CHAPTER:
            return kind
    return None


def _letters(rows: PrintRows, first: int, end: int) -> int:
    return sum(len(rows[at].text) for at in range(first, end))
