"""The door to pdfium for sources: the pages of a PDF as they were printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from booktools.engines.pdf_process import answers
from booktools.model.printed_page import (
    Box,
    Drawing,
    Face,
    Hidden,
    OutlineEntry,
    PrintedLine,
    PrintedPage,
    PrintedWord,
    Raster,
)

# Letters reach so far above and below the line they stand on, in shares of their size.
_ABOVE, _BELOW = 0.75, 0.22

# What the worker numbers.
_HIDDEN = (
    Hidden.NO, Hidden.UNPAINTED, Hidden.OFF_PAGE, Hidden.TINY, Hidden.PALE, Hidden.ASKEW
)  # fmt: skip


@dataclass(frozen=True)
class PdfSource:
    """A PDF that is open: how many pages it has, its contents, its pages, once; and what the
    file says of its title and its author, "" for nothing."""

    count: int
    outline: tuple[OutlineEntry, ...]
    pages: Iterator[PrintedPage]
    title: str = ""
    author: str = ""


@contextmanager
def open_pdf(data: bytes, name: str) -> Iterator[PdfSource]:
    """Read a PDF page by page; nothing is kept of a page that was given.

    Raises, also while pages are given, SourceError for what is no PDF, is cut off, locked or
    too big or needs more memory or time than it gets; EngineMissing without pypdfium2;
    EngineFailed when pdfium cannot read a page.
    """
    values = answers(data, name, "letters")
    try:
        head = next(values)
        outline = tuple(OutlineEntry(*entry) for entry in head["outline"])
        pages = (_page(value) for value in values)
        yield PdfSource(head["pages"], outline, pages, head["title"], head["author"])
    finally:
        values.close()


def _page(value: dict[str, Any]) -> PrintedPage:
    faces = [Face(name, size, bold, italic) for name, size, bold, italic in value["faces"]]
    pictures = [Drawing(Box(*box), picture) for *box, picture in value["drawings"]]
    lines = tuple(_line(row, faces) for row in value["rows"])
    width, height = value["width"], value["height"]
    page = Box(0.0, 0.0, width, height)
    scan = any(
        d.picture and d.box.width * d.box.height > 0.7 * page.width * page.height for d in pictures
    )
    rasters = tuple(Raster(Box(*box), *about) for box, *about in value["rasters"])
    return PrintedPage(
        value["number"], width, height, lines, tuple(pictures), value["label"], scan, rasters
    )


def _line(row: list[Any], faces: list[Face]) -> PrintedLine:
    turn, artifact, words = row
    made = []
    for text, start, end, base, number, hidden, joined in words:
        face = faces[number]
        box = _box(turn, start, end, base - _ABOVE * face.size, base + _BELOW * face.size)
        made.append(PrintedWord(text, box, base, face, None, _HIDDEN[hidden], joined))
    return PrintedLine(tuple(made), turn, artifact)


def _box(turn: int, start: float, end: float, above: float, below: float) -> Box:
    """The page's box of a stretch of a line whose writing is turned."""
    match turn:
        case 0:
            return Box(start, above, end, below)
        case 1:
            return Box(-below, start, -above, end)
        case 2:
            return Box(-end, -below, -start, -above)
        case _:
            return Box(above, -end, below, -start)
