"""Lines with letters that run from right to left (Arabic, Hebrew …), as they come out of a PDF.

A PDF holds its letters in the order in which they are drawn.  How a line is turned back into
the order in which it is read is guessed by every reader in its own way: parts of a line, marks
above letters, numbers and brackets come out in another order than they were written.  So the
letters of such a line are compared, all of them, and not their order in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from booktools.model.pdf import PdfLine

_MARK = "\u200f"  # shows nothing, and says that a line may run leftwards
_LETTERS = re.compile(
    "[\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TWINS = str.maketrans(")]}>»›”’", "([{<«‹“‘")  # which pdfium takes for one another
_NEAR = 6  # parts of a line come out with no more lines between them
_RAISED = 0.6  # of the font's size: how far from its base line a part of a line may stand


def runs_leftwards(text: str) -> bool:
    """Whether there is a letter in it that runs from right to left."""
    return not text.isascii() and _LETTERS.search(text) is not None


def same_letters(one: str, two: str, *, leftwards: bool = False) -> bool:
    """Whether two runs of letters are the same, where some run leftwards in any order."""
    if one == two:
        return True
    leftwards = leftwards or runs_leftwards(one)
    return leftwards and len(one) == len(two) and _counted(one) == _counted(two)


def _counted(letters: str) -> Counter[str]:
    return Counter(letters.translate(_TWINS))


def marks_of(letters: str) -> Counter[str]:
    """The marks above and below letters, as vowels are written, counted."""
    return Counter(filter(unicodedata.combining, letters))


def beside(letters: str, target: str, at: int) -> str:
    """What stands in `target` from `at` on and has the letters of a line that runs leftwards, in
    any order and without regard to marks above and below; "" where it has others.

    A PDF draws such marks by themselves, so that one may come out with the line above or below;
    who calls counts them.
    """
    bases = [char for char in letters if not unicodedata.combining(char)]
    end, left = at, len(bases)
    while end < len(target) and (left or unicodedata.combining(target[end])):
        left -= not unicodedata.combining(target[end])
        end += 1
    here = target[at:end]
    own = "".join(char for char in here if not unicodedata.combining(char))
    return here if _counted(own) == _counted("".join(bases)) else ""


def whole_lines(lines: Sequence[PdfLine]) -> tuple[PdfLine, ...]:
    """The lines of a page; parts of one that runs leftwards are put together.

    A line next to one is marked: its words and stops may have changed places, too.
    """
    if not any(runs_leftwards(line.text) for line in lines):
        return tuple(lines)
    out: list[PdfLine] = []
    for line in lines:
        own = _level(out, line)
        for at in reversed(own):  # a part may show that two others are level
            line = _together(out.pop(at), line)
        out.insert(own[0] if own else len(out), line)
    kinds = [False, *(runs_leftwards(line.text) for line in out), False]
    return tuple(
        replace(line, text=_MARK + line.text) if not here and (before or after) else line
        for line, before, here, after in zip(out, kinds, kinds[1:], kinds[2:], strict=False)
    )


def _level(out: Sequence[PdfLine], line: PdfLine) -> list[int]:
    """Which of the last lines a part stands level with, if one of both runs leftwards."""
    return [
        at
        for at in range(max(0, len(out) - _NEAR), len(out))
        if abs(out[at].y - line.y) < _RAISED * max(out[at].size, line.size)
        and (runs_leftwards(out[at].text) or runs_leftwards(line.text))
    ]


def _together(one: PdfLine, two: PdfLine) -> PdfLine:
    base = max(one, two, key=lambda part: len(part.text))
    x, right = min(one.x, two.x), max(one.right, two.right)
    return replace(base, text=f"{one.text} {two.text}", x=x, right=right)
