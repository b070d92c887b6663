"""Notes at the foot of a page or column, found by their numbers and the calls for them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from booktools.arrange.apart_calls import called_apart
from booktools.arrange.endnotes import endnotes
from booktools.arrange.rows import SHORT, Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# A note begins with its number or sign: "12. See", "12 See", "12See", "[12] See", "* See".
_START = re.compile(
    r"(?:[\[(](?P<bracket>\d{1,3})[\])]\s?|(?P<number>\d{1,3})(?P<point>[.)]\s?|\s?)"
    r"|(?P<sign>[*†‡§¶‖]{1,3})\s?)(?P<letter>[“\"«„‘‚'(—\[]|»(?=\w)|[^\W\d_])"
)
# Its call in the text: a figure close behind a word or its point, or in brackets, or a sign.
_CALL = re.compile(
    r"(?:[^\W\d_][^\w\s\[(]{0,4}|\w[)\]”’»“«])(?P<number>\d{1,3})(?![\w%])"
    r"|(?<=[\w.,;:!?”’»)])\s?[\[(](?P<bracket>\d{1,3})[\])]"
    r"|(?<=[\w.,;:!?”’»“«)])(?P<sign>[*†‡§¶‖]{1,3})(?!\w)"
)
# What every call has, and few lines do.
_CALLING = re.compile(r"[\d*†‡§¶‖]")
_OPENERS = frozenset("0123456789[(*†‡§¶‖")
# A call stands at most so many rows above its note: a page of two columns, and one more.
_REACH = 260
# The type of notes is smaller: their lines hold so much more than the measure.
_SMALLER = 1.06
# A row so wide, in parts of the note's widest, is a full line of it.
_FULL = 0.95
# No note's line is so much wider than the column's: it is several, joined.
_SEVERAL = 1.5
# So many rows of the column's width are text, even in mid-sentence.
_COLUMN = 3
# So many notes in a row may lack their calls.
_LEFT_OUT = 3
# A note goes on over so many pages at most.
_PAGES = 1


@dataclass(frozen=True, slots=True)
class _Start:
    """A row that begins as a note does, and the rows that call for it."""

    at: int
    mark: str
    number: int
    calls: tuple[int, ...]


def notes(rows: Rows) -> list[Stretch]:
    """The notes of a source, in its order.

    A row that begins with a number is a note where a call with the same number stands above
    it and the number follows that of the note before it, or begins a new count.
    """
    calls = _calls(rows)
    begins = _with_apart(rows, list(_starts(rows, calls)))
    starts = _filled(rows, _runs([start for start in begins if start.calls]), begins)
    firsts = {start.at for start in starts}
    out = endnotes(rows, calls, _number, _end)
    ended = {at for note in out for at in range(note.first, note.last + 1)}
    for start in starts:
        if start.at in ended:
            continue
        last = _end(rows, start.at, firsts)
        evidence = f"“{start.mark}” is called for in the text above"
        if not start.calls:
            evidence = f"“{start.mark}” is the number that the notes beside it leave out"
        out.append(Stretch(start.at, last, Role.NOTE, evidence))
        more = _continued(rows, start.at, last, firsts)
        if more:
            out.append(Stretch(*more, Role.NOTE, "the note above goes on", True, start.at))
    return sorted(out, key=lambda note: note.first)


def _number(rows: Rows, at: int) -> int:
    """The number that a row begins with as a note does; 0."""
    if rows[at].text[0] not in _OPENERS:
        return 0
    mark = _mark(rows, at)
    return int(mark) if mark.isdigit() else 0


def _calls(rows: Rows) -> dict[str, list[int]]:
    """The rows that call for each mark."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows.rows):
        if not _CALLING.search(row.text):
            continue
        for match in _CALL.finditer(row.text):
            mark = match["number"] or match["bracket"] or match["sign"]
            found[mark].append(at)
    return found


def _starts(rows: Rows, calls: Mapping[str, Sequence[int]]) -> Iterator[_Start]:
    """Rows that begin with a mark, and what calls for it above, on their page or the one before."""
    for at, row in enumerate(rows.rows):
        if row.text[0] not in _OPENERS:
            continue
        mark = _mark(rows, at)
        own = calls.get(mark, ())
        near = tuple(
            call
            for call in own[bisect_left(own, at - _REACH) : bisect_right(own, at - 1)]
            if rows[call].page >= row.page - _PAGES
        )
        if mark:
            yield _Start(at, mark, int(mark) if mark.isdigit() else 0, near)


def _with_apart(rows: Rows, begins: list[_Start]) -> list[_Start]:
    """The rows with the calls that stand apart from their words, where that is a habit."""
    uncalled = [(start.at, start.number) for start in begins if start.number and not start.calls]
    if 2 * len(uncalled) < len(begins):
        return begins
    apart = called_apart(rows, uncalled, _REACH)
    return [
        replace(start, calls=(apart[start.at],)) if start.at in apart else start for start in begins
    ]


def _mark(rows: Rows, at: int) -> str:
    """The mark that a row begins with, or stands alone in above the note, or nothing."""
    text = rows[at].text
    if text.isdigit() and not rows.below(at):
        text = f"{text}{rows[at + 1].text}"
    match = _START.match(text)
    if not match:
        return ""
    if match["number"] and not match["point"].strip() and match["letter"].islower():
        return ""  # the 5th, 12 men
    return str(match["number"] or match["bracket"] or match["sign"])


def _runs(own: Sequence[_Start]) -> list[_Start]:
    """Those whose numbers run on from note to note; a sign needs no number.

    A number that fits nowhere (a year's day, an item of a list) is left out: the longest
    run of numbers, each one more than the last or a new count's first, decides.
    """
    best: list[tuple[int, int]] = []  # length of the run that ends here, the one before
    last: dict[int, int] = {}  # number → the latest start with it
    for rank, start in enumerate(own):
        length, before = 1, -1
        earlier = last.get(start.number - 1, -1) if start.number > 1 else -1
        if earlier >= 0:
            length, before = best[earlier][0] + 1, earlier
        best.append((length, before))
        if start.number:
            last[start.number] = rank
    follows = {before for _, before in best if before >= 0}
    return [
        start
        for rank, start in enumerate(own)
        if not start.number
        or start.number == 1
        or best[rank][1] >= 0
        or rank in follows
        or len(start.calls) == 1
    ]


def _filled(rows: Rows, found: list[_Start], begins: Sequence[_Start]) -> list[_Start]:
    """The notes with those between them whose calls cannot be read: the one row for each number
    that is left out, and the rows go on counting."""
    numbered = [start for start in found if start.number]
    if not numbered:
        return found
    uncalled = [start for start in begins if start.number and not start.calls]
    places = [start.at for start in uncalled]
    more = []
    for one, two in pairwise([None, *numbered, None]):
        low, first = (one.at, one.number + 1) if one else (-1, 1)
        high, last = (two.at, two.number - 1) if two else (len(rows), first + _LEFT_OUT)
        if last < first and two:
            first, last = (1, last) if last else (first, first)
        if last - first >= _LEFT_OUT + (not two):
            continue
        inner = uncalled[bisect_right(places, low) : bisect_left(places, high)]
        for number in range(first, last + 1):
            offers = [start for start in inner if start.number == number]
            if len(offers) > 1 and two and _end(rows, offers[-1].at, {two.at}) == two.at - 1:
                offers = offers[-1:]  # the one right above the next note
            if len(offers) == 1 and _beside(rows, offers[0], one, two):
                more.append(offers[0])
    return sorted([*found, *more], key=lambda start: start.at)


def _beside(rows: Rows, start: _Start, one: _Start | None, two: _Start | None) -> bool:
    """Whether a row that counts on from the note above or to the one below is on its page."""
    page = rows[start.at].page
    above = one is not None and one.number < start.number and rows[one.at].page == page
    below = two is not None and two.number > start.number and rows[two.at].page == page
    return above or below


def _end(rows: Rows, first: int, firsts: set[int]) -> int:
    """The last row of the note that begins at `first`.

    It ends where a gap, another note or the page ends it; where nothing does, with a short
    row that ends a sentence, or where the lines get narrower and begin anew.
    """
    at = first
    if rows[at].text == _mark(rows, at) and not rows.below(at):
        at += 1  # the number stands on a row of its own, above the note
    longest = max(rows[at].width, rows.measure(at))
    while not rows.below(at) and at + 1 not in firsts:
        row, following = rows[at], rows[at + 1]
        longest = max(longest, row.width)
        ends = row.terminal or not following.lower
        small = longest > _SMALLER * rows.measure(first)
        if ends and not row.broken and row.width < SHORT * longest:
            break
        narrower = small and _narrower(rows, at + 1, longest / _SMALLER, firsts)
        full = row.width > _FULL * longest
        if narrower and not row.broken and (row.terminal or not (full or following.lower)):
            break
        if small and full and not row.broken and _column(rows, at + 1, longest, firsts):
            break
        at += 1
    return at


def _column(rows: Rows, at: int, longest: float, firsts: set[int]) -> bool:
    """Whether lines of the column's width begin with a row, although a note's full line stands
    above it; the note goes on elsewhere then."""
    last = at + _COLUMN - 1
    if last >= len(rows) or rows[last].page != rows[at].page:
        return False
    column = rows.measure(at)
    least, most = SHORT * column, (longest + column) / 2
    own = range(at, last + 1)
    if longest > _SEVERAL * column or firsts.intersection(own):
        return False
    return all(least < rows[i].width < most for i in own)


def _narrower(rows: Rows, at: int, limit: float, firsts: set[int]) -> bool:
    """Whether the row and the one below it are narrower than that; one that stands alone at
    the foot of the page or above another note may be the last of this one."""
    if at + 1 in firsts or at + 1 >= len(rows) or rows[at + 1].page != rows[at].page:
        return False
    return rows[at].width < limit and rows[at + 1].width < limit


def _continued(rows: Rows, first: int, last: int, firsts: set[int]) -> tuple[int, int] | None:
    """The rows in which a note that breaks off goes on at the foot of the next page."""
    if rows[last].terminal and not rows[last].broken:
        return None
    page = rows[last].page
    full = max(row.width for row in rows.rows[first : last + 1])
    at = last + 1
    only = True
    while at < len(rows) and rows[at].page <= page + _PAGES:
        row = rows[at]
        small = row.width > _SMALLER * rows.measure(at)
        if at == last + 1 and row.page == page and at not in firsts and small:
            return at, _end(rows, at, firsts)
        if at == last + 1 and row.page == page and at not in firsts and _torn(rows, at):
            return at, at
        begins = row.above and row.lower and small
        if begins and at not in firsts:
            end = _end(rows, at, firsts)
            after = end + 1
            foot = after >= len(rows) or rows[after].page > page or after in firsts
            if rows.below(end) and foot:
                return at, end
        elif row.lower and small and only and _turns_small(rows, at, full):
            return at, _end(rows, at, firsts)
        only = only and at not in firsts  # a note below it is the one that goes on
        at += 1
    return None


def _torn(rows: Rows, at: int) -> bool:
    """Whether a row is the second of a note of two, which an extractor has set apart: it goes on
    small below a full line, and stands alone."""
    row, above = rows[at], rows[at - 1]
    full = above.width > _FULL * rows.measure(at)
    return full and row.lower and row.above and rows.below(at) and row.width < above.width


def _turns_small(rows: Rows, at: int, full: float) -> bool:
    """Whether the lines of a note, `full` ones so wide, begin in mid-sentence below a line of the
    column in mid-sentence, no gap between."""
    above, row = rows[at - 1], rows[at]
    below = rows[at + 1] if at + 1 < len(rows) else row
    if above.terminal or above.page != row.page or below.page != row.page:
        return False
    between = (full + rows.measure(at)) / 2
    if full > _SEVERAL * rows.measure(at):
        return False
    return above.width < between < min(row.width, below.width)
