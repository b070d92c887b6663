"""A source as it was printed: pages of lines."""

from __future__ import annotations

from dataclasses import dataclass

from booktools.model.galley import Source
from booktools.model.place import Span
from booktools.model.printed_page import Geometry


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the dump: `span` with its newline, `text` without blanks at either end, nor
    the specks that OCR has made signs of, where the source has many (`model/specks.py`).

    `indent` is the number of blanks before the text, `page` and `number` count from 1.
    `number` is the line of the source, all files end to end; a form feed in the middle of
    a source line makes two of it, one a page, with the same number.  `last` is the number of the
    last source line where several are one (0: it is one by itself).
    """

    span: Span
    text: str
    indent: int
    page: int
    number: int
    last: int = 0

    @property
    def blank(self) -> bool:
        return not self.text

    def begins(self, source: str) -> int:
        """Where its text begins in the source."""
        text = self.text.partition(" ")[0] if self.last else self.text
        return source.index(text, self.span.start)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number in the source from 1 (not the folio) and its lines."""

    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The source and its pages; `geometry` where it was read from print with positions."""

    source: Source
    pages: tuple[Page, ...]
    geometry: Geometry | None = None

    def lines(self) -> tuple[Line, ...]:
        return tuple(line for page in self.pages for line in page.lines)
