"""Lines with letters that run from right to left (Arabic, Hebrew …), as they come out of a PDF.

A PDF holds its letters in the order in which they are drawn.  How a line is turned back into
the order in which it is read is guessed by every reader in its own way: parts of a line, marks
above letters, numbers and brackets come out in another order than they were written.  So the
letters of such a line are compared, all of them, and not their order in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from booktools.model.pdf import PdfLine

_MARK = "\u200f"  # shows nothing, and says that a line may run leftwards
_LETTERS = re.compile(
    "[\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BRACKETS = str.maketrans(")]}>»›", "([{<«‹")  # drawn as their twins
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
    return Counter(letters.translate(_BRACKETS))


def whole_lines(lines: Sequence[PdfLine]) -> tuple[PdfLine, ...]:
    """The lines of a page; parts of one that runs leftwards are put together.

    A line next to one is marked: its words and stops may have changed places, too.
    """
    if not any(runs_leftwards(line.text) for line in lines):
        return tuple(lines)
    out: list[PdfLine] = []
    for line in lines:
        last = out[-1] if out else None
        level = last and abs(last.y - line.y) < _RAISED * max(last.size, line.size)
        if last and level and (runs_leftwards(last.text) or runs_leftwards(line.text)):
            base = max(last, line, key=lambda part: len(part.text))
            x, right = min(last.x, line.x), max(last.right, line.right)
            out[-1] = replace(base, text=f"{last.text} {line.text}", x=x, right=right)
        else:
            out.append(line)
    own = [False, *(runs_leftwards(line.text) for line in out), False]
    return tuple(
        replace(line, text=_MARK + line.text) if not here and (before or after) else line
        for line, before, here, after in zip(out, own, own[1:], own[2:], strict=False)
    )
