"""Lines that an extractor has broken at raised figures, put together again.

A figure that stands higher than its line makes some extractors begin a new line behind it, or set
it on a line of its own: "the king12", "said that he", "would come".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from booktools.arrange.paragraphs import width
from booktools.arrange.words import ends_sentence, starts_lower
from booktools.model.page import Line
from booktools.model.place import Span

# A figure at a line's end, and within a line; and what stands before one that may be raised.
_AT_END = re.compile(r"\d{1,3}(?=[ \t]*\n)")
_WITHIN = re.compile(r"\d{1,3}(?= \S)")
_GLUED = re.compile(r"[^\W\d_][.,;:!?”’»)\"']{0,3}$|\d[!?”’»)\"']{1,3}$")
_BLANKS = " \t\n\f0123456789"
_ENDS = re.compile(r"(?<!\d)\d{1,3}$")
_CLOSED = re.compile(r"\w[.,;:!?”’»)\"']{1,3}$")
_ALONE = re.compile(r"\n\d{1,3}[ \t]*\n")
# So many line ends behind figures, for each figure within a line, are the extractor's habit.
_FEWEST, _TIMES = 3, 4
# So many lines on each side tell how wide a full line is; a whole one is as wide in these parts.
_NEAR = 8
_LEAST, _MOST = 0.85, 1.08
_BLANK = 0.25
# A figure alone stands no nearer to the page's edges, and its note no farther below.
_EDGE = 2
_REACH = 200


@dataclass(frozen=True, slots=True)
class Whole:
    """Lines with broken ones put together; `origin` is the index that each, or its first part,
    had before."""

    lines: tuple[Line, ...]
    origin: tuple[int, ...]


def unbroken(lines: Sequence[Line], apart: Collection[int], text: str) -> Whole | None:
    """The lines with those that were broken at raised figures put together; nothing where there
    are none.  `apart` are the lines on which somebody has decided, `text` is the source.

    Where lines end behind figures as a habit, or the next line begins with a blank that others
    lack, the parts that fill a line together are one; a figure alone goes with the line above it
    where a note below begins with it.
    """
    ends = list(_glued(_AT_END, text))
    alone = [match.start() + 1 for match in _ALONE.finditer(text)]
    if not ends and not alone:
        return None
    own = _Broken(lines, apart)
    habit = len(ends) >= max(_FEWEST, _TIMES * len(list(_glued(_WITHIN, text))))
    starts = [line.span.start for line in lines]
    rows: dict[int, int] = {}  # the last line of what begins with each
    for offset in ends:
        first = bisect_right(starts, offset) - 1
        last = own.parts(first, habit)
        if last > first:
            rows[first] = last
    for offset in alone:
        at = bisect_right(starts, offset) - 1
        if own.is_call(at):
            rows[at - 1] = at
    return _put(lines, rows, text) if rows else None


def _glued(figures: re.Pattern[str], text: str) -> Iterator[int]:
    """Where the figures close behind words or their closing marks end."""
    for match in figures.finditer(text):
        start = match.start()
        if text[start - 1] not in _BLANKS and _GLUED.search(text[max(0, start - 4) : start]):
            yield match.end()


@dataclass(frozen=True)
class _Broken:
    lines: Sequence[Line]
    apart: Collection[int]

    def parts(self, first: int, habit: bool) -> int:
        """The last of the lines that were one with the line that ends behind a figure."""
        lines, last = self.lines, first
        if not _ENDS.search(lines[first].text) or not self._goes_on(first):
            return first
        if not habit and lines[first + 1].indent != lines[first].indent + 1:
            return first
        measure = self._measure(first)
        whole = width(lines[first].text)
        while self._goes_on(last) and _ENDS.search(lines[last].text):
            more = whole + _BLANK + width(lines[last + 1].text)
            if more > _MOST * measure:
                break
            whole, last = more, last + 1
        short = ends_sentence(lines[last].text) and starts_lower(lines[first + 1].text)
        return last if whole >= _LEAST * measure or (last > first and short) else first

    def is_call(self, at: int) -> bool:
        """Whether a figure alone on a line is the call for a note below it on its page."""
        lines = self.lines
        inner = range(at - _EDGE, at + _EDGE + 1)
        if inner[0] < 0 or inner[-1] >= len(lines):
            return False
        if any(not lines[i].text or lines[i].page != lines[at].page for i in inner):
            return False
        if not self._goes_on(at - 1) or not self._goes_on(at):
            return False
        if not _CLOSED.search(lines[at - 1].text):
            return False  # it may belong to the line below
        mark = lines[at].text
        return self._has_note(at, mark) and not self._is_called(at, mark)

    def _has_note(self, at: int, mark: str) -> bool:
        note = re.compile(rf"{mark}(?:[.)]?\s?(?=[A-ZÀ-Þ“‘\"])|$)")
        return any(note.match(text) for text in self._page(range(at + 1, at + _REACH), at))

    def _is_called(self, at: int, mark: str) -> bool:
        call = re.compile(rf"[^\W\d_][.,;:!?”’»)]{{0,3}}{mark}(?!\w)")
        return any(call.search(text) for text in self._page(range(at - 1, at - _REACH, -1), at))

    def _page(self, indices: range, at: int) -> Iterator[str]:
        """The texts of those lines, as far as the page goes."""
        for i in indices:
            if not 0 <= i < len(self.lines) or self.lines[i].page != self.lines[at].page:
                return
            yield self.lines[i].text

    def _goes_on(self, at: int) -> bool:
        """Whether a line stands right below, and nobody has decided on either."""
        if at + 1 >= len(self.lines) or at in self.apart or at + 1 in self.apart:
            return False
        one, two = self.lines[at], self.lines[at + 1]
        return bool(two.text) and one.page == two.page and one.span.end == two.span.start

    def _measure(self, at: int) -> float:
        """The width of a full line near a line, in ems."""
        near = range(max(0, at - _NEAR), min(len(self.lines), at + _NEAR + 1))
        widths = [width(self.lines[i].text) for i in near if self.lines[i].text]
        return quantiles([*widths, *widths], n=5)[-1]


def _put(lines: Sequence[Line], rows: dict[int, int], text: str) -> Whole:
    made: list[Line] = []
    origin = []
    at = 0
    while at < len(lines):
        last = at
        while last in rows:  # a line with a figure alone below it, and what that goes on with
            last = rows[last]
        line = lines[at]
        if last > at:
            span = Span(line.span.start, lines[last].span.end)
            begin = text.index(line.text, span.start)
            whole = text[begin : span.end].rstrip().replace("\n", " ")
            line = replace(line, span=span, text=whole, last=lines[last].number)
        made.append(line)
        origin.append(at)
        at = last + 1
    return Whole(tuple(made), tuple(origin))
