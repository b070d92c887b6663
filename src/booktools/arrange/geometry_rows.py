"""Lines of print with what stands round them: the sizes and distances that a book uses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from booktools.arrange.geometry_columns import column_edges
from booktools.arrange.titles import is_title_like
from booktools.arrange.words import ends_sentence, evenly, is_broken, starts_lower
from booktools.model.page import Line, Pages
from booktools.model.printed_page import Box, Hidden, LineGeometry, Sheet
from booktools.model.specks import within

# Sizes that differ by less are one; by more, another.
ALIKE = 0.05
# Of the usual distance between base lines: more is a gap.
GAP = 1.17


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A written line: `index` is that of the line, `g` where it stands, `left` and `right` are
    its column's edges."""

    index: int
    line: Line
    text: str
    g: LineGeometry
    left: float
    right: float
    terminal: bool
    broken: bool
    lower: bool

    @property
    def page(self) -> int:
        return self.line.page

    @property
    def size(self) -> float:
        return self.g.face.size or self.g.box.height

    @property
    def base(self) -> float:
        return self.g.baseline

    @property
    def indent(self) -> float:
        """How far it begins from the edge of its column where lines begin."""
        if self.g.leftwards:
            return self.right - self.g.box.right
        return self.g.box.left - self.left

    @property
    def slack(self) -> float:
        """How far it ends from its column's other edge."""
        if self.g.leftwards:
            return self.g.box.left - self.left
        return self.right - self.g.box.right


def _unspecked(text: str) -> str:
    """A title without the specks at its ends that OCR has read as marks."""
    within_them = within(text)
    return within_them if within_them != text and is_title_like(within_them) else text


@dataclass(frozen=True)
class PrintRows:
    """The rows of a source that take part, in reading order."""

    rows: tuple[PrintRow, ...]
    sheets: tuple[Sheet, ...]

    @classmethod
    def of(cls, pages: Pages, apart: Collection[int] = ()) -> PrintRows:
        """The written lines but for those `apart`.  The pages must have geometry."""
        assert pages.geometry is not None
        rows = []
        edges = column_edges(pages)
        for index, (line, g) in enumerate(zip(pages.lines(), pages.geometry.lines, strict=True)):
            if g is None or not line.text or index in apart or g.hidden is not Hidden.NO:
                continue
            text = evenly(line.text)
            if pages.geometry.sheets[line.page - 1].scanned:
                text = _unspecked(text)
            ends = ends_sentence(text), is_broken(text)
            sides = edges.get((line.page, g.column, g.left, g.right), (g.left, g.right))
            own = sides if g.frame < 0 and not g.turn else (g.left, g.right)
            rows.append(PrintRow(index, line, text, g, *own, *ends, starts_lower(text)))
        return cls(tuple(rows), pages.geometry.sheets)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> PrintRow:
        return self.rows[at]

    @cached_property
    def _pages(self) -> list[int]:
        return [row.page for row in self.rows]

    def near(self, page: int) -> Sequence[PrintRow]:
        """The rows of a page and of those before and after it."""
        pages = self._pages
        return self.rows[bisect_left(pages, page - 1) : bisect_right(pages, page + 1)]

    @cached_property
    def body(self) -> float:
        """The size of most letters outside frames."""
        sizes: Counter[float] = Counter()
        for row in self.rows:
            sizes[round(row.size, 1)] += len(row.text) if row.g.frame < 0 else 1
        return max(sizes, key=lambda s: (sizes[s], s), default=0.0) or 1.0

    @cached_property
    def _leadings(self) -> dict[float, float]:
        """The usual distance between base lines, by size of letters."""
        found: dict[float, list[float]] = defaultdict(list)
        for at in range(1, len(self.rows)):
            one, two = self.rows[at - 1], self.rows[at]
            if together(one, two) and alike(one.size, two.size):
                down = two.base - one.base
                if 0.8 * two.size < down < 2.2 * two.size:
                    found[round(two.size, 1)].append(down)
        return {size: median(downs) for size, downs in found.items() if len(downs) > 2}

    def leading(self, size: float) -> float:
        """The usual distance between base lines of letters of a size."""
        known = self._leadings
        if round(size, 1) in known:
            return known[round(size, 1)]
        body = known.get(round(self.body, 1), 1.25 * self.body)
        return body * size / self.body

    def gap(self, at: int) -> float:
        """The distance to the row above, as a share of the usual; 9 where nothing stands above."""
        if at == 0 or not together(self.rows[at - 1], self.rows[at]):
            return 9.0
        one, two = self.rows[at - 1], self.rows[at]
        # Before larger letters their own distance counts.
        usual = max(self.leading(one.size), self.leading(two.size))
        return (two.base - one.base) / usual

    def near_picture(self, first: int, last: int) -> bool:
        """Whether a picture stands right above or below the rows."""
        one, two = self.rows[first], self.rows[last]
        left = min(self.rows[at].g.box.left for at in range(first, last + 1))
        right = max(self.rows[at].g.box.right for at in range(first, last + 1))
        reach = 2.5 * self.body
        for drawing in self.sheets[one.page - 1].drawings:
            box = drawing.box
            if box.height < 2 * self.body or box.width < 2 * self.body:
                continue
            beside = box.left < right and left < box.right
            above = -reach / 2 < one.g.box.top - box.bottom < reach
            below = -reach / 2 < box.top - two.g.box.bottom < reach
            if beside and (above or below):
                return True
        return False


def alike(one: float, two: float) -> bool:
    """Whether two sizes are one."""
    return abs(one - two) <= ALIKE * max(one, two)


def together(one: PrintRow, two: PrintRow) -> bool:
    """Whether the second row stands under the first, in one column and one frame."""
    return (
        one.page == two.page
        and one.g.column == two.g.column
        and one.g.frame == two.g.frame
        and one.g.turn == two.g.turn
        and two.base > one.base
        and two.index == one.index + 1
    )


def width_of(row: PrintRow, letters: int) -> float:
    """How wide so many of a row's letters are, about."""
    return letters * row.g.box.width / max(len(row.text), 1)


def first_word(row: PrintRow) -> str:
    return row.text.partition(" ")[0]


def box_of(rows: Sequence[PrintRow]) -> Box:
    return Box(
        min(row.g.box.left for row in rows),
        min(row.g.box.top for row in rows),
        max(row.g.box.right for row in rows),
        max(row.g.box.bottom for row in rows),
    )
