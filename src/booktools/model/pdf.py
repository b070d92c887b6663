"""What stands on the pages of a finished PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of print, or a part of one where the font changes its baseline.

    `x`, `y` are the start of the base line in points (1/72 in) from the page's lower left
    corner, `size` is the font's size in points, `right` is where its last letter ends, 0 if
    unknown.  A hyphen at the end of the line is kept.
    """

    text: str
    x: float
    y: float
    size: float
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page: `number` counts from 1, `label` is the file's own name for it or empty.

    `width` and `height` are in points; `lines` stand in the order in which they were set:
    the text, its footnotes, then the margin boxes.  `pictures` is the number of images.
    """

    number: int
    label: str
    width: float
    height: float
    lines: tuple[PdfLine, ...]
    pictures: int = 0
