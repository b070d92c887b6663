"""The print edition between the room that writes it, the engine that sets it and its checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from booktools.model.artifact import Expected
from booktools.model.finding import Finding


@dataclass(frozen=True)
class PrintDocument:
    """Everything that the typesetting engine may see.

    `css_name` is the style sheet's name in the project: its addresses count from there,
    those of `html` from the project's root.  `resources` are the files that both may use,
    by their name in the project with forward slashes (`images/p1.jpg`).  `body` is the id
    of the element with which arabic folios begin, "" when there is none.
    """

    html: str
    css: str
    css_name: str = "styles/print.css"
    resources: Mapping[str, bytes] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class Rendered:
    """A finished PDF, its number of pages, what the engine complained of, and its make.

    `engine` names every program that took part in the bytes, with versions.
    """

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...] = ()
    engine: str = ""


class Folio(Enum):
    """How a leaf's pages are numbered; NONE: they count, but show no number."""

    NONE = ""
    ROMAN = "roman"
    ARABIC = "arabic"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of the print edition that begins a new page: a title page, a chapter.

    `expected` is what its pages show between the margins, in order, save that notes
    (rule `note`) stand at the foot of the page that calls them.  `verso` and `recto` are its
    running heads, "" for none; they never stand on its first page.  `on_recto`: it begins
    on a right-hand page, after a blank where need be.  `arabic`: the folios count from 1
    with the first leaf that has it, and from i before.
    """

    name: str
    id: str
    expected: tuple[Expected, ...]
    verso: str = ""
    recto: str = ""
    folio: Folio = Folio.NONE
    arabic: bool = False
    on_recto: bool = True

    def margins(self, number: int, *, first: bool, on_recto: bool) -> tuple[str, str]:
        """Running head and folio of one of its pages; blanks have neither.

        `number` is the page's place in its roman or arabic count, `first` says that the
        leaf begins on it.
        """
        head = "" if first else (self.recto if on_recto else self.verso)
        shown = {Folio.NONE: "", Folio.ROMAN: roman(number), Folio.ARABIC: str(number)}
        return head, shown[self.folio]


def roman(number: int) -> str:
    """A folio in lower-case roman numerals; `number` from 1 to 3999."""
    out = ""
    for letters, value in _NUMERALS:
        times, number = divmod(number, value)
        out += letters * times
    return out


_NUMERALS = (
    *(("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90)),
    *(("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)),
)
