"""Letters, as pdfium gives them one by one → words on lines; for the worker beside it.

The numbers are shares of the letters' size: what counts as a gap, a raised figure, another
line.  All places are in points from the page's upper left corner, as it is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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
# A drop capital is so much larger than the letters beside it.
_DROP = 1.9


_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]").match


class Face:
    """What a text object says of its letters, asked once.

    `number` is that of the face in the page's table, `turn` quarters clockwise; the base line
    is `foot` above the foot of a letter's box, where that is `high`.  `slope` is the angle of
    writing that lies aslant, clockwise in radians, else 0.
    """

    __slots__ = ("artifact", "foot", "hidden", "high", "number", "size", "slope", "soft", "turn")

    def __init__(
        self, number: int, size: float, turn: int, hidden: int, artifact: bool, soft: bool
    ) -> None:
        self.number = number
        self.size = size
        self.turn = turn
        self.hidden = hidden
        self.artifact = artifact
        self.soft = soft
        self.slope = 0.0
        self.high = self.foot = -1.0


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
    """The words of one line, in the order in which the file has them; `left` and `right` are
    how far they reach, `leftwards` says that some are written from right to left."""

    turn: int
    base: float
    size: float
    artifact: bool
    left: float = 0.0
    right: float = 0.0
    leftwards: bool = False
    words: list[Word] = field(default_factory=list)

    @property
    def end(self) -> float:
        return self.words[-1].end


class Rows:
    """Takes letters in the file's order and puts them on lines."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._row = Row(-1, 0.0, 0.0, False)
        self._word = Word([], 0.0, 0.0, 0.0, -1, 0, False)
        self._start = self._end = 0.0  # of the last letter
        self._pieces = 0  # letters of one ligature so far, but for the first

    def add(
        self,
        letter: str,
        start: float,
        end: float,
        base: float,
        face: Face,
        hidden: int,
        parted: bool,
    ) -> None:
        """Put a letter: where it begins and ends along its line, its base line across;
        `parted`: a blank stands before it."""
        word, row = self._word, self._row
        size = face.size
        if face.number == word.face and hidden == word.hidden and face.turn == row.turn:
            level = abs(base - word.base) < _LEVEL * size
            gap = start - word.end
            # All letters of a ligature have one box.
            piece = start == self._start and end == self._end and end > start
            # The tail of a Q reaches far under the next letters.
            onward = gap >= -_BACK * size or start > self._start
            if _LEFTWARDS(letter):
                gap, onward = word.start - end, end < word.end
            if level and not parted and (piece or (onward and gap < _TIGHT * size)):
                # pdfium turns the letters of an Arabic ligature round with the line's.
                self._pieces = self._pieces + 1 if piece else 0
                back = self._pieces if _LEFTWARDS(letter) else 0
                word.letters.insert(len(word.letters) - back, letter)
                word.end = end if start >= word.start else word.end
                word.start = min(word.start, start)
                self._reach(row, start, end)
                self._start, self._end = start, end
                return
        self._pieces = 0
        joined = False
        leftwards = bool(_LEFTWARDS(letter))
        if self._on(row, start, end, base, face, leftwards):
            gap = word.start - end if leftwards else start - row.end
            near = gap < _TIGHT * max(row.size, size)
            row.leftwards = row.leftwards or leftwards
            self._reach(row, start, end)
            joined = near and not parted
            if size > row.size:  # the line's own letters come after a small one
                row.size, row.base = size, base
        else:
            row = self._row = Row(face.turn, base, size, face.artifact, start, end, leftwards)
            self.rows.append(row)
        self._word = Word([letter], start, end, base, face.number, hidden, joined)
        self._start, self._end = start, end
        row.words.append(self._word)

    def _reach(self, row: Row, start: float, end: float) -> None:
        row.left, row.right = min(row.left, start), max(row.right, end)

    def _on(
        self, row: Row, start: float, end: float, base: float, face: Face, leftwards: bool
    ) -> bool:
        """Whether the letter stands on the line, next to its last word."""
        if not row.words or face.turn != row.turn or face.artifact != row.artifact:
            return False
        larger, smaller = max(row.size, face.size), min(row.size, face.size)
        if larger > _DROP * smaller and len(row.words) == 1 and row.size > face.size:
            return False  # a drop capital, and the line beside it
        if abs(base - row.base) > _OTHER_LINE * larger:
            return False
        if leftwards or row.leftwards:  # words, and figures among them, to either side
            return max(start - row.right, row.left - end) <= _FAR * larger
        gap = start - row.end
        if gap > _BESIDE * larger and smaller < _ALIKE * larger:
            return False  # a caption beside the text
        onward = gap >= -_BACK * larger or (start > self._start and gap > -larger)
        return onward and gap <= _FAR * larger
