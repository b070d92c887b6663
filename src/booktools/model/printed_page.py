"""A page as its print shows it: words with their places and letters, rules, pictures.

PDF files give it in points (1/72 in), scans (hOCR, ALTO, ABBYY XML) in pixels; nothing that is
made of it depends on the unit, for all is measured against the size of the letters.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import Enum

from booktools.model.galley import Role


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `left` and `top` count from the page's upper left corner, downwards.

    It may reach beyond the page, and may have no height or width.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the other one lies in it, but for `slack` on every side."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and self.right + slack >= other.right
            and self.bottom + slack >= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Face:
    """The letters of a word: the font's name without a subset's tag, its size, its style.

    `size` is in the page's unit, 0 if unknown (then the heights of the boxes have to do);
    `name` is empty if unknown.
    """

    name: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False


class Hidden(Enum):
    """Why a word cannot be seen on the page, if so."""

    NO = ""
    UNPAINTED = "it is not painted"
    OFF_PAGE = "it lies off the page"
    TINY = "it is too small to be read"
    PALE = "it has the paper's colour"
    ASKEW = "it lies aslant across the page"


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word without blanks in it, as the file has it: `text` is never empty.

    `box` holds its letters, `baseline` is what they stand on (the box's bottom if unknown).
    `confidence` is what an OCR program thinks of its reading, 0 to 1; None where nothing
    was guessed.  `joined` says that no blank stands between it and the word before it on the
    line: letters of another face, a raised figure.
    """

    text: str
    box: Box
    baseline: float
    face: Face = Face()
    confidence: float | None = None
    hidden: Hidden = Hidden.NO
    joined: bool = False


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words on one base line, in reading order, with nothing between them but spaces.

    It ends at a column's edge: two columns side by side are two lines.  `turn` is the angle
    of the writing in quarters clockwise: 0 upright, 1 reads downwards, 3 upwards.
    `artifact`: the file itself says that it is no part of the text, as running heads are;
    `told`: what else the file itself says that it is, as a heading or a caption.
    """

    words: tuple[PrintedWord, ...]
    turn: int = 0
    artifact: bool = False
    told: Role | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A rule, a frame, a tinted field (`rule` and `frame` are as thin as their box allows)
    or a picture."""

    box: Box
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture that the file holds in pixels: what of it is to be seen on the page, its pixels
    across and down, and what tells it from others ("" where nothing does)."""

    box: Box
    width: int
    height: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the file's own contents: `level` from 1, `page` from 1, `top` where on the
    page it leads (None if unknown)."""

    title: str
    level: int
    page: int
    top: float | None = None


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: `number` counts from 1, `label` is the file's own name for it or empty.

    `lines` stand in the order in which the file has them, which need not be that of reading;
    `scanned` says that they were read from a picture.  `rasters` stand in the file's order.
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    drawings: tuple[Drawing, ...] = ()
    label: str = ""
    scanned: bool = False
    rasters: tuple[Raster, ...] = ()


def _none() -> array[float]:
    return array("f")  # boxes of four bytes a number: a book has a hundred thousand words


@dataclass(frozen=True, slots=True)
class LineGeometry:
    """Where a line of the source stands in print, with what it is set in.

    `box` is that of its words, `baseline` that of most of them; `face` that of most of its
    letters.  `bold`, `italic` and `capitals` are shares of its letters, 0 to 1.  `column`
    counts the page's columns from 1, 0 for what stands over several; `left` and `right` are
    that column's edges.  `frame` numbers the frame or tinted field that holds the line, -1
    if none does.  `raised` are offsets in the line's text where small raised figures stand, as
    (start, end).  `confidence` is the least of its words'.  `artifact`: the file itself says that
    it is no part of the text, `told` what else it says that it is.  `words` are three numbers for
    each word: its offset in the line's text, its left and its right; they take no part in
    comparisons.  `leftwards`: its page is written from right to left.
    """

    box: Box
    baseline: float
    face: Face
    bold: float
    italic: float
    capitals: float
    column: int
    left: float
    right: float
    frame: int = -1
    raised: tuple[tuple[int, int], ...] = ()
    confidence: float | None = None
    hidden: Hidden = Hidden.NO
    turn: int = 0
    artifact: bool = False
    words: array[float] = field(default_factory=_none, compare=False, repr=False)
    leftwards: bool = False
    doubts: tuple[int, ...] = ()
    faces: tuple[tuple[int, Face], ...] = ()
    told: Role | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page has besides its lines; `file` and `number` say which page of which file."""

    width: float
    height: float
    drawings: tuple[Drawing, ...] = ()
    label: str = ""
    scanned: bool = False
    rasters: tuple[Raster, ...] = ()
    file: str = ""
    number: int = 0

    @classmethod
    def of(cls, page: PrintedPage, file: str) -> Sheet:
        """What remains of a page whose lines have been read."""
        about = page.width, page.height, page.drawings, page.label, page.scanned, page.rasters
        return cls(*about, file, page.number)


@dataclass(frozen=True, slots=True)
class Geometry:
    """The print that a source was read from: `lines` stand beside `Pages.lines()`, None for
    blank ones, `sheets` beside its pages; `outline` are the files' own contents, with pages
    counted through all sources."""

    lines: tuple[LineGeometry | None, ...]
    sheets: tuple[Sheet, ...]
    outline: tuple[OutlineEntry, ...] = ()
