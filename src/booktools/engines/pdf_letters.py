"""Letters, as pdfium gives them one by one → words on lines; for the worker beside it.

The numbers are shares of the letters' size: what counts as a gap, a raised figure, another
line.  All places are in points from the page's upper left corner, as it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# Letters of one word stand closer than this; what stands further off than _FAR, or further
# back than _BACK, is another line's.  Letters that pdfium parts (a blank that is written or
# that it infers) are parted in any case.
_TIGHT = 0.16
_FAR = 2.2
_BACK = 0.6
# A word that stands this much higher or lower is on another line; one that is raised less
# is a note's call or a formula's figure.
_OTHER_LINE = 0.55
# Letters of another size, this far off, are another line's.
_BESIDE, _ALIKE = 0.7, 0.95
_LEVEL = 0.08


class Letter(NamedTuple):
    """One letter: where it begins and ends along its line, the base line, its height.

    `face` and `hidden` are numbers of the page's tables, `turn` quarters clockwise.
    `parted`: a blank stands before it.
    """

    text: str
    start: float
    end: float
    base: float
    face: int
    hidden: int
    turn: int
    parted: bool


@dataclass(slots=True)
class Word:
    """Letters of one face without a blank; `joined` to the word before it."""

    letters: list[str]
    start: float
    end: float
    base: float
    face: int
    hidden: int
    joined: bool

    @property
    def text(self) -> str:
        return "".join(self.letters)


@dataclass(slots=True)
class Row:
    """The words of one line, in the order in which the file has them."""

    turn: int
    base: float
    size: float
    artifact: bool
    words: list[Word] = field(default_factory=list)

    @property
    def end(self) -> float:
        return self.words[-1].end


class Rows:
    """Takes letters in the file's order and puts them on lines."""

    def __init__(self, sizes: list[float]) -> None:
        self.sizes = sizes
        self.rows: list[Row] = []
        self._row: Row | None = None
        self._last: Letter | None = None

    def add(self, letter: Letter, artifact: bool) -> None:
        row = self._row
        self._add(row, letter, artifact)
        self._last = letter

    def _piece(self, row: Row, letter: Letter) -> bool:
        """Whether it is another letter of the same ligature: pdfium gives all one box."""
        last = self._last
        return (
            last is not None
            and not letter.parted
            and letter[1:5] == last[1:5]
            and letter.turn == row.turn
            and letter.end > letter.start
        )

    def _add(self, row: Row | None, letter: Letter, artifact: bool) -> None:
        size = self.sizes[letter.face] or 1.0
        if row is None or not (self._piece(row, letter) or self._on(row, letter, size, artifact)):
            row = self._row = Row(letter.turn, letter.base, size, artifact)
            self.rows.append(row)
            self._begin(row, letter, False)
            return
        last = row.words[-1]
        if self._piece(row, letter):
            last.letters.append(letter.text)
            return
        gap = letter.start - last.end
        near = not letter.parted and gap < _TIGHT * max(row.size, size)
        level = abs(letter.base - last.base) < _LEVEL * size
        if near and level and (letter.face, letter.hidden) == (last.face, last.hidden):
            last.letters.append(letter.text)
            last.end = max(last.end, letter.end)
            return
        self._begin(row, letter, near)
        if size > row.size:  # the line's own letters come after a small one
            row.size, row.base = size, letter.base

    def _begin(self, row: Row, letter: Letter, joined: bool) -> None:
        row.words.append(
            Word(
                [letter.text],
                letter.start,
                letter.end,
                letter.base,
                letter.face,
                letter.hidden,
                joined,
            )
        )

    def _on(self, row: Row, letter: Letter, size: float, artifact: bool) -> bool:
        """Whether the letter stands on the line, next to its last word."""
        if letter.turn != row.turn or artifact != row.artifact:
            return False
        larger, smaller = max(row.size, size), min(row.size, size)
        if larger > 1.9 * smaller and len(row.words) == 1 and row.size > size:
            return False  # a drop capital, and the line beside it
        if abs(letter.base - row.base) > _OTHER_LINE * larger:
            return False
        gap = letter.start - row.end
        if gap > _BESIDE * larger and smaller < _ALIKE * larger:
            return False  # a caption beside the text
        return -_BACK * larger <= gap <= _FAR * larger
