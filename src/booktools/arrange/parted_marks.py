"""Marks of lists that an extractor has written apart from their items: all before them, as
pdfminer does, or at the end of their page, in the order in which the file draws them.

Where as many items can be told as there are marks, each mark goes back before its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from itertools import pairwise

from booktools.arrange.paragraphs import width
from booktools.arrange.rows import SHORT, Row, Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.words import GOES_ON
from booktools.model.galley import Role
from booktools.model.listed import LAST, LONGEST, Mark, is_mark, mark_of
from booktools.model.page import Line

# Of marks that stand before their items so many rows may be a running head or a folio.
_EDGE = 2
_BLANK = 0.25  # ems between two words


def with_marks(
    lines: Sequence[Line], apart: Collection[int], told: Collection[int] = ()
) -> list[int] | None:
    """The indices of the lines with each mark before its item; nothing where all stand so.

    `apart` are lines that are furniture or decided on, `told` the numbers of those with which
    somebody has said that something ends.
    """
    if not _lone_marks(lines):
        return None
    rows = Rows.of(lines, apart)
    ends = frozenset(at for at, row in enumerate(rows.rows) if lines[row.index].number in told)
    before: dict[int, int] = {}
    for group in _groups(rows):
        items = _items(rows, group, ends)
        # A single one may be an ornament, but for an item that a page's turn parts from its list.
        turned = items and (items[0] == 0 or rows[items[0] - 1].page != rows[items[0]].page)
        if len(items) == len(group) and (len(group) > 1 or turned):
            before |= {
                rows[item].index: rows[mark].index for item, mark in zip(items, group, strict=True)
            }
    gone = set(before.values())
    if not gone:
        return None
    order: list[int] = []
    for index in range(len(lines)):
        if index in before:
            order.append(before[index])
        if index not in gone:
            order.append(index)
    return order


def _lone_marks(lines: Sequence[Line]) -> list[int]:
    """The lines, by index, that are a mark and nothing else."""
    return [
        index
        for index, line in enumerate(lines)
        if line.text and line.text[-1] in LAST and not line.text[LONGEST:] and is_mark(line.text)
    ]


def rows_of_marks(lines: Sequence[Line]) -> set[int]:
    """The lines, by index, that are marks one below another: no folio is among them."""
    own = _lone_marks(lines)
    found: set[int] = set()
    for one, two in pairwise(own):
        marks = _mark(lines[one].text), _mark(lines[two].text)
        if not any(line.text for line in lines[one + 1 : two]) and _go_on(*marks):
            found.update((one, two))
    return found


def _go_on(one: Mark | None, two: Mark | None) -> bool:
    """Whether two marks may be those of a list’s items, one behind another."""
    return one is not None and two is not None and one.goes_before(two)


def _mark(text: str) -> Mark | None:
    return mark_of(f"{text} x")


def parted(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The marks that have stayed apart from their items; `taken` rows are something else."""
    why = (
        "marks of a list, apart from their items: a [[break]] for the last line of each tells these"
    )
    return [
        Stretch(group[0], group[-1], Role.LIST, why, False, level=1)
        for group in _groups(rows)
        if not any(at in taken for at in group) and not all(map(_is_sign, _marks(rows, group)))
    ]


# --- marks ----------------------------------------------------------------------------


def _groups(rows: Rows) -> list[list[int]]:
    """Rows that are nothing but marks, one behind another; and a single one at its page's end."""
    groups: list[list[int]] = []
    own = [at for at, row in enumerate(rows.rows) if row.text[-1] in LAST and _is_mark(row)]
    for at in own:
        if groups and groups[-1][-1] == at - 1 and rows[at - 1].page == rows[at].page:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [group for group in groups if _is_parted(rows, group)]


def _is_mark(row: Row) -> bool:
    return is_mark(row.text)


def _is_parted(rows: Rows, group: Sequence[int]) -> bool:
    """Whether marks stand apart from their items, and are the marks of lists."""
    marks = _marks(rows, group)
    bullets = any(mark.is_bullet for mark in marks)
    if len(group) == 1:
        return bullets and _ends_page(rows, group[0])
    # Signs alone on their lines part scenes, numbers are folios and chapters’.
    rising = any(one.number and one.goes_before(two) for one, two in pairwise(marks))
    return bullets or rising or (len(marks) > 2 and all(map(_is_sign, marks)))


def _marks(rows: Rows, group: Sequence[int]) -> list[Mark]:
    return [mark for at in group if (mark := _mark(rows[at].text))]


def _is_sign(mark: Mark) -> bool:
    """Whether it may stand for something else, between scenes or before a speech."""
    return not mark.number and not mark.is_bullet


def _ends_page(rows: Rows, at: int) -> bool:
    return at + 1 >= len(rows) or rows[at + 1].page != rows[at].page


# --- items ----------------------------------------------------------------------------


def _items(rows: Rows, group: Sequence[int], ends: Set[int]) -> list[int]:
    """The first rows of the items of marks; none where they cannot be told."""
    last, page = group[-1], rows[group[0]].page
    behind, most = last + 1, last + 2 + max(_EDGE, len(group))
    while behind < min(len(rows), most) and rows[behind].page == page:
        behind += 1
    if behind - last - 1 > _EDGE or (behind - last - 1 >= len(group) and rows[last + 1].above):
        return _behind(rows, group, ends)
    first = _mark(rows[group[0]].text)
    start = group[0]
    while start and rows[start - 1].page == page and not _is_mark(rows[start - 1]):
        start -= 1
    turned = bool(first and not first.is_first)
    return _on_page(rows, range(start, group[0]), len(group), turned, ends)


def _behind(rows: Rows, group: Sequence[int], ends: Set[int]) -> list[int]:
    """The items that follow their marks: what stands there between two gaps."""
    first = last = group[-1] + 1
    if not rows[first].above:
        return []
    while not rows.below(last):
        if _is_mark(rows[last]):
            return []
        last += 1
    own = range(first, last + 1)
    if _is_mark(rows[last]):
        return []
    starts = [first, *(at for at in own[1:] if _ends(rows, at - 1, rows[at], ends))]
    if len(starts) < len(group):
        starts += [at for at in own[1:] if rows[at - 1].text.endswith(";")]
        starts = sorted(set(starts))
    return starts if len(starts) == len(group) and _alike(rows, starts) else []


def _on_page(rows: Rows, own: range, count: int, turned: bool, ends: Set[int]) -> list[int]:
    """The items among the rows of a page: what begins with a small letter behind a line that has
    ended, or, where no such row is, what follows the only colon; `turned` is a list that goes on
    from the page before."""
    starts = [at for at in own if _begins(rows, at, own, ends)]
    small = [at for at in starts if rows[at].lower]
    if small:
        if len(small) < count:  # an item that fills its last line ends with a semicolon
            stops = range(small[0] + 1, own.stop)
            small += [at for at in stops if rows[at].lower and rows[at - 1].text.endswith(";")]
            small = sorted(set(small))
        if turned and len(small) + 1 == count and small[0] > own[0] and rows[own[0]].lower:
            small.insert(0, own[0])  # the page before ends with a line that fills the measure
        return small if len(small) == count else []
    colons = [at for at in starts if at > own[0] and rows[at - 1].text.endswith(":")]
    if len(colons) != 1:
        return []
    items = [at for at in starts if at >= colons[0]][:count]
    # A full line that ends a sentence might end an item: then nobody knows how many there are.
    stop = next((at for at in starts if at > items[-1]), own.stop)
    inner = [at for at in range(items[0] + 1, stop) if at not in starts]
    return [] if len(items) < count or any(rows[at - 1].terminal for at in inner) else items


def _begins(rows: Rows, at: int, own: range, ends: Set[int]) -> bool:
    """Whether something begins with a row: the one above has ended."""
    above = at - 1
    while at == own[0] and above >= 0 and _is_mark(rows[above]):
        above -= 1
    return above < 0 or _ends(rows, above, rows[at], ends)


def _ends(rows: Rows, at: int, below: Row, ends: Set[int]) -> bool:
    """Whether a row is the last of its paragraph or item: somebody has said so, the next word had
    room on it, or a small letter stands behind a stop; none ends with a word that leads on."""
    if at in ends:
        return True
    stops = rows[at].terminal and below.lower
    room = rows.measure(at) - rows[at].width - _BLANK - width(below.text.partition(" ")[0])
    short = room > 0 and rows[at].width < SHORT * rows.measure(at)
    open_ = rows[at].broken or rows[at].text.rpartition(" ")[2].casefold() in GOES_ON
    return not open_ and (stops or short)


def _alike(rows: Rows, starts: Sequence[int]) -> bool:
    """Whether items begin alike, all with small letters or none."""
    return len({rows[at].lower for at in starts}) == 1
