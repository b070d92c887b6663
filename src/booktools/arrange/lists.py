"""Lists: items under one another, each behind a bullet or a number that rises.

A dash begins speeches as well, a number paragraphs of treatises, verses, headings and notes: what
has no more to show than its marks is left alone, and what has little more is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from booktools.arrange.geometry_blocks import PrintBlock, full
from booktools.arrange.geometry_rows import GAP, PrintRows, alike
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.words import starts_lower
from booktools.model.galley import Role
from booktools.model.listed import BULLETS, DASHES, LAST, SIGNS, Mark, is_mark, mark_of

# In ems: a line stands deeper in than another from here on; marks so near stand below one another.
_DEEPER, _LEVEL = 0.5, 0.8
# Items of a list are lines, a few: paragraphs that are numbered have more.
_LINES = 4
# So many items need no more evidence than a colon above or a hanging indent; two are asked about.
_ENOUGH = 3

_FIRST = frozenset(BULLETS + DASHES + SIGNS + "0123456789(abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Seen:
    """A row as lists see it: `left` is where it begins on its page, in ems, `indent` how far in
    its column, `gap` whether one is above it, `full` whether the next row’s first word found no
    room on it."""

    text: str
    place: tuple[int, ...]
    left: float
    indent: float
    gap: bool
    full: bool
    terminal: bool
    broken: bool
    lower: bool


Look = Callable[[int], Seen]


@dataclass(frozen=True, slots=True)
class _Item:
    """An item: its rows, the first of those that stand on the next page or column (-1: none),
    whether lines of it hang, and its level, 1 or 2."""

    first: int
    last: int
    mark: Mark
    head: Seen
    rest: int = -1
    hangs: bool = False
    level: int = 1

    def deeper(self, other: _Item) -> float:
        """How much deeper in than another it begins, in ems."""
        if self.head.place == other.head.place:
            return self.head.left - other.head.left
        return self.head.indent - other.head.indent


def lists(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The items of the lists of a dump; `taken` rows are something else."""

    def look(at: int) -> Seen:
        row = rows[at]
        ends = row.terminal, row.broken, row.lower
        left = row.indent / 2
        on = not rows.short(at) or is_mark(row.text)
        gap = row.above and not (at > 0 and _parted(rows, at))
        return Seen(row.text, (row.page,), left, left, gap, on, *ends)

    return _lists([row.text for row in rows.rows], taken, look)


def _parted(rows: Rows, at: int) -> bool:
    """Whether the gap above a row parts the lines of an item, as pdfminer does where they hang:
    the line above is a full one and runs on."""
    above, row = rows[at - 1], rows[at]
    open_ = not above.terminal and (above.broken or row.lower)
    return open_ and above.page == row.page and not rows.short(at - 1)


def printed_lists(rows: PrintRows, taken: Collection[int]) -> list[Stretch]:
    """The items of the lists of printed pages; `taken` rows are something else."""
    size = rows.body

    def look(at: int) -> Seen:
        row = rows[at]
        place = row.page, row.g.column, row.g.frame, row.g.turn
        gap = rows.gap(at) > GAP
        ends = row.terminal, row.broken, row.lower
        left = -row.g.box.right if row.g.leftwards else row.g.box.left
        return Seen(row.text, place, left / size, row.indent / size, gap, full(rows, at), *ends)

    # Numbers before smaller letters are those of notes.
    small = {
        at
        for at, row in enumerate(rows.rows)
        if row.text[0] not in BULLETS and row.size < size and not alike(row.size, size)
    }
    return _lists([row.text for row in rows.rows], small.union(taken), look)


def divided(blocks: Sequence[PrintBlock], found: Sequence[Stretch]) -> list[PrintBlock]:
    """The blocks, cut where items of lists begin and end."""
    cuts = {at for s in found if s.role is Role.LIST for at in (s.first, s.last + 1)}
    if not cuts:
        return list(blocks)
    out: list[PrintBlock] = []
    for block in blocks:
        first = block.first
        for at in block.range:
            if at in cuts and at > first:
                out.append(PrintBlock(first, at - 1))
                first = at
        out.append(PrintBlock(first, block.last))
    return out


# --- items ----------------------------------------------------------------------------


def _lists(texts: Sequence[str], taken: Collection[int], look: Look) -> list[Stretch]:
    marks = {
        at: mark
        for at, text in enumerate(texts)
        if text[0] in _FIRST
        and at not in taken
        and (mark := mark_of(text) or (_alone(text) if text[-1] in LAST else None))
    }
    bare = {at for at in marks if texts[at][-1] in LAST and is_mark(texts[at])}
    marks = {
        at: m for at, m in marks.items() if at not in bare or _has_text(at, texts, marks, look)
    }
    out: list[Stretch] = []
    for chain in _chains(marks, len(texts), taken, look):
        above = texts[chain[0].first - 1] if chain[0].first else ""
        why, sure = _evidence(chain, above.endswith(":"), look)
        if not why:
            continue
        if sure:
            for item in chain:
                out += _stretches(item, why)
        elif all(item.level == 1 and item.rest < 0 for item in chain) and _one_page(chain, look):
            out.append(Stretch(chain[0].first, chain[-1].last, Role.LIST, why, False, level=1))
    return out


def _alone(text: str) -> Mark | None:
    """The mark that a line is, and nothing else."""
    return mark_of(f"{text} x") if is_mark(text) else None


def _has_text(at: int, texts: Sequence[str], marks: Collection[int], look: Look) -> bool:
    """Whether something stands on the line below a mark that is alone on its own."""
    if at + 1 >= len(texts) or at + 1 in marks:
        return False
    here, below = look(at), look(at + 1)
    return below.place == here.place and not below.gap


def _one_page(chain: Sequence[_Item], look: Look) -> bool:
    return look(chain[0].first).place == look(chain[-1].first).place


def _stretches(item: _Item, why: str) -> Iterator[Stretch]:
    last = item.last if item.rest < 0 else item.rest - 1
    yield Stretch(item.first, last, Role.LIST, why, level=item.level)
    if item.rest >= 0:
        yield Stretch(item.rest, item.last, Role.LIST, why, True, item.first, item.level)


def _chains(
    marks: dict[int, Mark], count: int, taken: Collection[int], look: Look
) -> Iterator[list[_Item]]:
    """Items that stand one right behind another and go on one from another."""
    hanging = {
        (look(at).place[0], mark.family)
        for at, mark in marks.items()
        if at + 1 < count and at + 1 not in taken and at + 1 not in marks
        and _hangs(look(at), look(at + 1))
    }  # fmt: skip
    done = -1
    for at in marks:
        if at <= done:
            continue
        chain: list[_Item] = []
        while at in marks:
            hung = (look(at).place[0], marks[at].family) in hanging
            item = _fitting(_item(at, marks, count, taken, look, hung), chain)
            if item is None:
                break
            chain.append(item)
            done = item.last
            at = item.last + 1
        if sum(item.level == 1 for item in chain) > 1:
            yield chain


def _fitting(item: _Item, chain: Sequence[_Item]) -> _Item | None:
    """The item as the next one of a chain, at its level; None where it does not go on there."""
    if not chain:
        return item
    outer = next(one for one in reversed(chain) if one.level == 1)
    inner = chain[-1] if chain[-1].level > 1 else None
    if abs(item.deeper(outer)) <= _LEVEL:
        if outer.mark.goes_before(item.mark):
            return item
        # A dump that keeps no indents: another sign tells, or another kind of number.
        other = outer.mark.family != item.mark.family
        same = inner.mark.goes_before(item.mark) if inner else item.mark.is_first
        return replace(item, level=2) if other and same else None
    if inner:
        level = abs(item.deeper(inner)) <= _LEVEL and inner.mark.goes_before(item.mark)
    else:
        level = item.deeper(outer) > 0 and item.mark.is_first
    return replace(item, level=2) if level else None


def _hangs(one: Seen, two: Seen) -> bool:
    """Whether a line is an item's second, and stands deeper in than its mark."""
    on = two.place == one.place and not two.gap and (one.full or one.broken or two.lower)
    return on and two.left - one.left > _DEEPER


def _item(
    at: int, marks: dict[int, Mark], count: int, taken: Collection[int], look: Look, hung: bool
) -> _Item:
    """The item that begins with a row; `hung` ones hang on its page."""
    head = above = look(at)
    phrase = starts_lower(head.text[marks[at].end :])  # no sentence, nor two
    last, rest, hangs = at, -1, False
    while last + 1 < count and last + 1 not in marks and last + 1 not in taken:
        row = look(last + 1)
        if row.place != above.place:
            if rest >= 0 or above.terminal or not row.lower:
                break
            rest = last + 1
        elif row.gap or not _runs_into(above, row, phrase and not hung):
            break
        depth = row.left - head.left
        if (hung and depth <= _DEEPER) or (depth < -_DEEPER and not marks[at].is_bullet):
            rest = -1 if rest == last + 1 else rest
            break
        hangs = hangs or depth > _DEEPER
        above, last = row, last + 1
    return _Item(at, last, marks[at], head, rest, hangs)


def _runs_into(above: Seen, row: Seen, phrase: bool) -> bool:
    """Whether an item goes on in a row; a `phrase` ends with its stop."""
    on = above.full or above.broken or row.lower
    return on and not (phrase and above.terminal and not row.lower)


# --- evidence -------------------------------------------------------------------------


def _evidence(chain: Sequence[_Item], colon: bool, look: Look) -> tuple[str, bool]:
    """Why items are a list, nothing where they are none, and whether that is sure; `colon`
    says that one ends the line above them."""
    own = [item for item in chain if item.level == 1]
    mark, count = own[0].mark, len(own)
    hangs = any(item.hangs for item in own)
    seen = ", and a colon above" * colon + ", with a hanging indent" * hangs
    if mark.is_bullet:
        return f"{count} items behind bullets{seen}", True
    if sum(item.last - item.first + (not is_mark(item.head.text)) for item in own) > _LINES * count:
        return "", False
    if mark.number:
        if not (colon or hangs) or not (mark.is_first or hangs):
            return "", False
        return f"{count} items whose numbers rise{seen}", count >= _ENOUGH and mark.is_first
    ended = sum(look(item.last).terminal for item in own[:-1])
    speaks = mark.is_dash and 2 * ended > count - 1
    if speaks and not hangs:
        return "", False
    if not (hangs or colon or count >= _ENOUGH):
        return "", False
    why = f"{count} items behind the same sign{seen}"
    return why, not speaks and (hangs or colon or not mark.is_dash)
