"""Verse in print: lines that end before their measure does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from booktools.arrange.geometry_blocks import INDENT, PrintBlock, full
from booktools.arrange.geometry_rows import PrintRows, alike, first_word, together, width_of
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# Two or more line ends in mid-sentence, with room for the next word, are verse; of a stanza's
# line ends, so many at least.
_JOINTS, _JOINT_SHARE = 2, 0.25
# Lines of one poem begin this near one another, in ems.
_VERSE_EDGE = 0.2
# So many lines tell where verse stands, or where other text does.
_LINES = 3


def verse(rows: PrintRows, blocks: Sequence[PrintBlock], taken: Collection[int]) -> list[Stretch]:
    """Stanzas: lines that end before their measure does, in mid-sentence."""
    out = []
    for block in blocks:
        if block.first in taken or len(block) < 2:
            continue
        if rows[block.first].g.frame < 0 and _is_verse(rows, block):
            why = "lines that end short of the measure in mid-sentence"
            out.append(Stretch(block.first, block.last, Role.VERSE, why))
    free = [b for b in blocks if b.first not in taken and rows[b.first].g.frame < 0]
    out = sorted((*out, *_among_verse(rows, free, out)), key=lambda s: s.first)
    out = sorted((*out, *_at_edges(rows, free, out)), key=lambda s: s.first)
    return _whole_stanzas(rows, out)


def _among_verse(
    rows: PrintRows, blocks: Sequence[PrintBlock], found: Sequence[Stretch]
) -> list[Stretch]:
    """Blocks next to verse that begin where it does, and of which no line fills the measure."""
    firsts = {s.first: s for s in found}
    lasts = {s.last: s for s in found}
    out = []
    for block in blocks:
        if block.first in firsts:
            continue
        short = all(not full(rows, at) or _turned_over(rows, at) for at in block.range[:-1])
        beside = [s.first for s in (lasts.get(block.first - 1), firsts.get(block.last + 1)) if s]
        alike_set = any(
            alike(rows[at].size, rows[block.first].size)
            and abs(rows[at].indent - rows[block.first].indent) < _VERSE_EDGE * rows.body
            for at in beside
        )
        if short and alike_set and rows[block.last].slack > rows.body:
            why = "short lines beside verse"
            verse_ = Stretch(block.first, block.last, Role.VERSE, why)
            out.append(verse_)
            firsts[verse_.first] = lasts[verse_.last] = verse_
    return out


def _at_edges(
    rows: PrintRows, blocks: Sequence[PrintBlock], found: Sequence[Stretch]
) -> list[Stretch]:
    """Blocks that begin where lines of verse do and no running text does, and of which most
    lines do not fill the measure: stanzas of one line, short ones, the rest of one overleaf."""
    have = {at for s in found for at in range(s.first, s.last + 1)}
    free = [block for block in blocks if block.first not in have]
    edges = _edges(rows, have, free)
    out = []
    for block in free if edges else ():
        first, last = rows[block.first], rows[block.last]
        if not alike(first.size, rows.body) or last.slack <= rows.body:
            continue
        ends = [not full(rows, at) or _turned_over(rows, at) for at in block.range[:-1]]
        near = [any(_level(rows, at, edge) for edge in edges) for at in block.range]
        if 2 * sum(ends) >= len(ends) and all(near) and any(c.isalpha() for c in first.text):
            out.append(Stretch(block.first, block.last, Role.VERSE, "it begins where verse does"))
    return out


def _edges(rows: PrintRows, have: Collection[int], free: Sequence[PrintBlock]) -> list[float]:
    """How far lines of verse stand in, where neither paragraphs nor quotations do."""
    levels = Counter(round(rows[at].indent / (_VERSE_EDGE * rows.body)) for at in have)
    edges = [level * _VERSE_EDGE * rows.body for level, count in levels.items() if count >= _LINES]
    text: set[int] = set()  # rows that show where running text begins
    for block in free:
        deep = _VERSE_EDGE * rows.body
        below = (at for at in block.range[:-1] if rows[at].indent - rows[at + 1].indent > deep)
        text.update(below)
        edge = max(rows[at].g.box.right for at in block.range)
        if len(block) >= _LINES and all(_runs_on(rows, at, edge) for at in block.range[:-1]):
            text.update(block.range)
    return [
        edge
        for edge in edges
        if edge >= INDENT * rows.body and not any(_level(rows, at, edge) for at in text)
    ]


def _runs_on(rows: PrintRows, at: int, edge: float) -> bool:
    """Whether the next row's first word would find no room in a row of a block that ends at the
    edge."""
    following = rows[at + 1]
    word = width_of(following, len(first_word(following)))
    return edge - rows[at].g.box.right < word + _VERSE_EDGE * rows.body


def _level(rows: PrintRows, at: int, edge: float) -> bool:
    return abs(rows[at].indent - edge) <= 2 * _VERSE_EDGE * rows.body


def _whole_stanzas(rows: PrintRows, found: Sequence[Stretch]) -> list[Stretch]:
    """The stanzas; one that a column or a page cuts in two is one, unless most of the places
    where lines like its last end are stanzas' ends."""
    inner = Counter(rows[at].terminal for s in found for at in range(s.first, s.last))
    ends = Counter(
        rows[s.last].terminal
        for s, after in pairwise(found)
        if after.first == s.last + 1 and together(rows[s.last], rows[after.first])
    )
    out: list[Stretch] = []
    heads: dict[int, int] = {}  # a part's first row → its stanza's
    for stanza in found:
        before = out[-1] if out else None
        if before and before.last + 1 == stanza.first:
            one, two = rows[before.last], rows[stanza.first]
            turned = one.page != two.page or one.g.column != two.g.column
            if turned and alike(one.size, two.size) and inner[one.terminal] > ends[one.terminal]:
                head = heads.get(before.first, before.first)
                heads[stanza.first] = head
                stanza = replace(stanza, follows=head)
        out.append(stanza)
    return out


def _is_verse(rows: PrintRows, block: PrintBlock) -> bool:
    joints = early = ends = 0
    for at in range(block.first, block.last):
        one, two = rows[at], rows[at + 1]
        if full(rows, at) and _turned_over(rows, at):
            continue
        ends += 1
        if full(rows, at):
            continue
        early += 1
        joints += not one.terminal and not one.broken and not two.lower
    if early < 0.5 * ends:
        return False
    if joints >= _JOINTS:
        return joints >= _JOINT_SHARE * ends
    return joints == 1 and early == ends and len(block) <= 3


def _turned_over(rows: PrintRows, at: int) -> bool:
    """Whether the row below a full one can be the end of the same verse."""
    row = rows[at + 1]
    return row.lower and row.g.box.width < 0.6 * (row.right - row.left)
