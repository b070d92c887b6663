"""The copy: the text under review, in chapters and paragraphs, and its way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from booktools.model.galley import Block, Galley, Role
from booktools.model.place import Place
from booktools.model.printed_page import Geometry

# Lines of the source shown each side of a reading when its page is longer than all of them.
LINES_ROUND = 30
# A reading longer than this is marked at both its ends only.
_MARKED = 600
# A sentence is cut to so many characters each side of the reading.
_SENTENCE = 320


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the copy: `text` with single blanks; `unfold` leads to offsets in the block."""

    block: Block
    text: str
    chapter: int
    role: str
    unfold: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: its title, and its paragraphs `first`..`last` (half open)."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, and the stretches of it that are the reading."""

    number: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Copy:
    """The paragraphs in reading order, and the chapters that they make.

    `breaks` gives the spaces of a text at which sentences begin; `find` the (paragraph,
    offset) at which a phrase stands, so many at most.  `geometry` tells where the lines of
    the source stand in print, `pictured` which of its files have pictures of their pages.
    """

    galley: Galley
    paragraphs: tuple[Paragraph, ...]
    chapters: tuple[Part, ...]
    breaks: Callable[[str], Sequence[int]]
    find: Callable[[str, int], list[tuple[int, int]]]
    geometry: Geometry | None = None
    pictured: frozenset[str] = frozenset()

    def place(self, number: int, offset: int) -> Place:
        """Where in the source a character of a paragraph stands; page 0 where it has no pages."""
        source = self.galley.source
        place = source.place(self._raw(number, offset))
        return place if len(source.pages) > len(source.files) else replace(place, page=0)

    def _raw(self, number: int, offset: int) -> int:
        paragraph = self.paragraphs[number]
        return paragraph.block.raw_offset(paragraph.unfold(offset))

    def sentence(self, number: int, start: int, end: int) -> tuple[str, str]:
        """What stands before and after a reading in its sentence, cut where that is long."""
        text = self.paragraphs[number].text
        ends = [0, *(at + 1 for at in self.breaks(text)), len(text)]
        first = ends[bisect_right(ends, start) - 1] if start < len(text) else ends[-2]
        last = next(at for at in ends if at >= min(max(end, first + 1), len(text)))
        before, after = text[first:start], text[end:last].rstrip(" ")
        if len(before) > _SENTENCE:
            before = "…" + before[-_SENTENCE:].partition(" ")[2]
        if len(after) > _SENTENCE:
            after = after[:_SENTENCE].rpartition(" ")[0] + "…"
        return before, after

    def breaks_in(self, number: int) -> list[int]:
        """The blanks of a verse at which its lines end."""
        own = self.paragraphs[number]
        if own.role != Role.VERSE.value:
            return []
        blanks = [at for at, char in enumerate(own.text) if char == " "]
        return [at for at in blanks if own.block.text[own.unfold(at)] == "\n"]

    def around(self, number: int, start: int, end: int, reach: int = 40) -> tuple[str, str]:
        """Some words before and after a stretch, for a list."""
        text = self.paragraphs[number].text
        before, after = text[max(0, start - reach) : start], text[end : end + reach]
        if start > reach:
            before = "…" + before.partition(" ")[2]
        if end + reach < len(text):
            after = after.rpartition(" ")[0] + "…"
        return before, after

    # --- the source -------------------------------------------------------------------

    def lines(self, number: int, start: int, end: int) -> tuple[Line, ...]:
        """The lines of the source page with a reading, the reading marked."""
        source = self.galley.source
        marked = self.marked(number, start, end)
        first = bisect_right(source.pages, marked[0]) - 1
        page = source.pages[first] if first >= 0 else 0
        stop = source.pages[first + 1] if first + 1 < len(source.pages) else len(source.text)
        starts = [at for _, at in source.files]
        file = bisect_right(starts, marked[0]) - 1
        page = max(page, starts[file])
        stop = min([stop, *starts[file + 1 : file + 2]])
        lines: list[Line] = []
        at = page
        line = source.place(page).line
        for text in source.text[page:stop].split("\n"):
            lines.append(Line(line, text.rstrip("\r\f"), _runs(marked, at, at + len(text))))
            at += len(text) + 1
            line += 1
        while lines and not lines[-1].text.strip():
            lines.pop()
        return _near(lines)

    def marked(self, number: int, start: int, end: int) -> list[int]:
        """Offsets in the source of the reading's characters, in order; one at least."""
        long = end - start > _MARKED
        here = [start, end - 1] if long else range(start, max(end, start + 1))
        return sorted({self._raw(number, at) for at in here})


def _runs(marked: Sequence[int], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Stretches of the line `start`..`end` that are marked, gaps of one closed."""
    out: list[tuple[int, int]] = []
    for at in marked:
        if start <= at < end:
            if out and at - start - out[-1][1] <= 1:
                out[-1] = out[-1][0], at - start + 1
            else:
                out.append((at - start, at - start + 1))
    return tuple(out)


def _near(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, or on a long page those round the first that is marked."""
    if len(lines) <= 2 * LINES_ROUND:
        return tuple(lines)
    first = next((i for i, line in enumerate(lines) if line.marks), 0)
    start = max(0, first - LINES_ROUND)
    return tuple(lines[start : first + LINES_ROUND])


# --- forms ----------------------------------------------------------------------------


def forms(text: str, start: int, end: int, found: str, wanted: str) -> tuple[str, str]:
    """The words that differ between the two readings, whole words of the text.

    `text[start:end]` is one of the readings.  When a word is only put in or taken out, its
    neighbours stand with it.
    """
    text, end = text[:start] + found + text[end:], start + len(found)
    head = start
    while head > 0 and start < end and text[head - 1].isalnum() and text[start].isalnum():
        head -= 1
    tail = end
    while tail < len(text) and end > start and text[tail].isalnum() and text[end - 1].isalnum():
        tail += 1
    old = text[head:tail].split(" ")
    new = (text[head:start] + wanted + text[end:tail]).split(" ")
    while len(old) > 1 and len(new) > 1 and old[0] == new[0]:
        del old[0], new[0]
    while len(old) > 1 and len(new) > 1 and old[-1] == new[-1]:
        del old[-1], new[-1]
    return " ".join(old).strip(" "), " ".join(new).strip(" ")


def stands_alone(text: str, at: int, form: str) -> bool:
    """Whether a form at an offset is no part of longer words."""
    before, after = text[at - 1 : at] if at else "", text[at + len(form) : at + len(form) + 1]
    return not (before.isalnum() and form[:1].isalnum()) and not (
        after.isalnum() and form[-1:].isalnum()
    )


def occurrences(copy: Copy, form: str, most: int) -> Iterable[tuple[int, int]]:
    """Where a form stands as whole words, so many at most."""
    if not form:
        return []
    return [
        (number, at)
        for number, at in copy.find(form, most)
        if stands_alone(copy.paragraphs[number].text, at, form)
    ]
