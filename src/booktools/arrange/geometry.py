"""Printed pages with positions → what each line is, and where paragraphs begin.

Where a source has its print beside it, sizes, styles and places decide; the threads, the
reviewed layout and the cleaning are those of texts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from booktools.arrange import geometry_kinds as kinds
from booktools.arrange.contents import own_contents
from booktools.arrange.geometry_blocks import (
    PrintBlock,
    begins,
    blocks_of,
    full,
    indices,
    starts,
)
from booktools.arrange.geometry_boxes import boxes
from booktools.arrange.geometry_contents import contents, index
from booktools.arrange.geometry_furniture import furniture_rows
from booktools.arrange.geometry_quotes import quotations
from booktools.arrange.geometry_ranks import ranked
from booktools.arrange.geometry_rows import PrintRow, PrintRows, together
from booktools.arrange.geometry_verse import verse
from booktools.arrange.listings import NONE, Widths, listings
from booktools.arrange.lists import divided, printed_lists
from booktools.arrange.stretch import Stretch, lined
from booktools.model.galley import Role
from booktools.model.page import Line, Pages
from booktools.model.printed_page import Hidden

# How sure it is that a paragraph begins where its looks say so, and that none does.
_SURE = 3.0
# What ends so near its measure, in ems, fills it.
_FILLED = 3.0
# Base lines that differ by less, in ems, are one.
_LEVEL = 0.3
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class PrintParting:
    """Whether a paragraph ends between two lines of running text, by their looks."""

    rows: dict[int, PrintRow]
    opens: frozenset[int]
    ends: frozenset[int]

    def filled(self, line: Line) -> bool:
        """Whether a line runs to its column's edge, or nearly."""
        row = self.rows.get(line.span.start)
        return row is None or row.slack < _FILLED * row.size

    def across(self, one: Line, two: Line) -> float:
        """Odds, as logarithms, that a paragraph ends between the lines."""
        above, below = self.rows.get(one.span.start), self.rows.get(two.span.start)
        if above is None or below is None:
            return 0.0
        if below.index in self.opens:
            return _SURE
        return -_SURE if above.index not in self.ends else _SURE / 3


@dataclass(frozen=True)
class Looks:
    """What the looks of a source say: its furniture by line index with the evidence, its
    stretches with a role, and the lines that begin a paragraph with how sure that is."""

    furniture: dict[int, str]
    stretches: tuple[Stretch, ...]
    begins: dict[int, float]
    parting: PrintParting


def looks_of(pages: Pages, apart: Collection[int], widths: Widths = NONE) -> Looks:
    """What the lines are; `apart` ones (by index) are decided on, `widths` are those of faces whose
    letters have one."""
    geometry = pages.geometry
    assert geometry is not None
    furniture = {
        index: f"it cannot be seen: {g.hidden.value}"
        for index, g in enumerate(geometry.lines)
        if g is not None and g.hidden is not Hidden.NO and index not in apart
    }
    furniture |= furniture_rows(PrintRows.of(pages, apart))
    rows = PrintRows.of(pages, {*apart, *furniture})
    depths = _outlined(pages, rows)
    found = _without_contents(rows, ranked(rows, _stretches(rows, depths, widths), depths))
    prose = [b for run in _prose(rows, found) for b in run]
    first = _beginnings(rows, prose)
    for at in _beside_initials(rows, found):
        first.pop(at, None)
    short = frozenset(
        rows[block.last].index
        for block in prose
        if not full(rows, block.last) and rows[block.last].terminal
    )
    parting = PrintParting(
        {row.line.span.start: row for row in rows.rows},
        frozenset(rows[at].index for at in first),
        short,
    )
    stretches = lined(found, lambda at: rows[at].index)
    return Looks(furniture, stretches, {rows[at].index: o for at, o in first.items()}, parting)


def _stretches(rows: PrintRows, outlined: Collection[int], widths: Widths) -> list[Stretch]:
    """The rows that are not running text."""
    drops = kinds.initials(rows)
    found = [
        Stretch(at, at, Role.PARAGRAPH, "a drop capital", True, target)
        for at, target in drops.items()
    ]
    found += listings(rows, widths, drops, outlined)
    taken = _taken(found)
    blocks = [b for b in divided(blocks_of(rows), found) if b.first not in taken]
    found += printed_lists(rows, taken | {at for at, r in enumerate(rows.rows) if r.g.frame < 0})
    framed = [b for b in divided(blocks, found) if b.first not in _taken(found)]
    found += kinds.framed(rows, framed)
    found += _new(kinds.told(rows, blocks), found)
    found += _new(kinds.turned(rows, blocks), found)
    found += boxes(rows, blocks, _taken(found))
    found += contents(rows, _taken(found))
    found += index(rows, _taken(found))
    found += _new(kinds.notes(rows, blocks, _taken(found)), found)
    found += _new(kinds.captions(rows, blocks, _taken(found)), found)
    found += printed_lists(rows, _taken(found))
    left = [b for b in divided(blocks, found) if b.first not in _taken(found)]
    found += _new(kinds.headings(rows, left, outlined), found)
    found += _new(verse(rows, left, _taken(found)), found)
    found += _new(quotations(rows, left, _taken(found)), found)
    found.sort(key=lambda s: s.first)
    return found


def _without_contents(rows: PrintRows, found: list[Stretch]) -> list[Stretch]:
    """The stretches, those of the source's own contents as furniture."""
    texts, pages = [row.text for row in rows.rows], [row.page for row in rows.rows]
    own = own_contents(texts, pages, found)
    gone = _taken(own)
    kept = [s for s in found if gone.isdisjoint(range(s.first, s.last + 1))]
    return sorted([*kept, *own], key=lambda s: s.first)


def _new(offers: list[Stretch], found: list[Stretch]) -> list[Stretch]:
    taken = _taken(found)
    return [s for s in offers if taken.isdisjoint(range(s.first, s.last + 1))]


def _taken(found: list[Stretch]) -> set[int]:
    return {at for s in found for at in range(s.first, s.last + 1)}


def _prose(rows: PrintRows, found: list[Stretch]) -> list[list[PrintBlock]]:
    """The blocks of running text, in runs that nothing else interrupts."""
    runs: list[list[PrintBlock]] = [[]]
    taken = _taken(found)
    for block in divided(blocks_of(rows), found):
        if block.first in taken:
            runs.append([])
        else:
            runs[-1].append(block)
    return [run for run in runs if run]


def _beside_initials(rows: PrintRows, found: list[Stretch]) -> Iterator[int]:
    """The rows beside a drop capital but for their first: no paragraph begins among them."""
    for stretch in found:
        if stretch.role is not Role.PARAGRAPH or stretch.follows <= stretch.first:
            continue
        drop = rows[stretch.first]
        for at in range(stretch.follows + 1, len(rows)):
            row = rows[at]
            if row.page != drop.page or row.base > drop.base + _LEVEL * row.size:
                break
            yield at


def _beginnings(rows: PrintRows, prose: list[PrintBlock]) -> dict[int, float]:
    """The rows of running text that begin a paragraph."""
    found: dict[int, float] = {}
    own = indices(prose)
    for block in prose:
        found |= dict.fromkeys(starts(rows, block), _SURE)
        at = block.first
        if at == 0 or at - 1 not in own:
            if begins(rows, block):
                found[at] = _SURE
            continue
        one, two = rows[at - 1], rows[at]
        if together(one, two) or begins(rows, block):  # a gap or another size parts them
            found[at] = _SURE
        elif one.terminal and not full(rows, at - 1) and not two.lower:
            found[at] = _SURE / 3
    return found


def _outlined(pages: Pages, rows: PrintRows) -> dict[int, int]:
    """The rows that begin a title of the file's own contents, with its level there."""
    assert pages.geometry is not None
    titles: dict[int, dict[str, int]] = {}
    for entry in pages.geometry.outline:
        titles.setdefault(entry.page, {}).setdefault(_key(entry.title), entry.level)
    found: dict[int, int] = {}
    for at in range(len(rows)):
        row = rows[at]
        wanted = titles.get(row.page)
        if not wanted:
            continue
        text = ""
        for last in range(at, min(at + 4, len(rows))):
            if rows[last].page != row.page:
                break
            text += _key(rows[last].text)
            if text in wanted:
                found[at] = wanted[text]
                break
            if not any(title.startswith(text) for title in wanted):
                break
    return found


def _key(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
