"""Titles that stand right over their text, no gap between: those of boxes, and of sections.

A setter fills his lines.  A row that leaves room for the next row's first word, although no
sentence ends in it, was ended by him: a title is over, or a verse.  That the next row begins
with a word which has no capital of its own, or is set to a measure of its own, tells that text
begins there.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from booktools.arrange.paragraphs import width
from booktools.arrange.rows import Rows
from booktools.arrange.words import GOES_ON

# A title over its text fills so many rows at most.
_ROWS = 3
# So much of the measure is left when the next row's first word, which may be a name, has been put
# behind the title.
_LEFT = 0.03
# A title's first row leaves no more, where its second row is not of another kind.
_UNFILLED = 0.4
# The text's first row fills so much of its measure.
_FULL = 0.85
# A measure of its own is so much wider, or narrower, than the column's.
_OTHER = 0.06
# A word that stands with a small letter so often has no capital of its own.
_OFTEN_SMALL = 3
# A sentence has ended within the row.
_STOPPED = re.compile(r"(?:[^\W\d_]{4,}\.|[!?…])[”’“»\"']?\s")
_FIRST = re.compile(r"[^\W\d_]+")


def title_over_text(rows: Rows, first: int, taken: Collection[int] = ()) -> int:
    """The last row of the title that begins with a row, text of its own right below; -1: none.

    Whether a title may begin there is for the caller to say.
    """
    for last in range(first, min(first + _ROWS, len(rows) - 2)):
        row, following = rows[last], rows[last + 1]
        if row.terminal or following.above or last + 1 in taken or _STOPPED.search(row.text):
            return -1
        own = max(following.width, rows[last + 2].width)
        word = following.text.partition(" ")[0]
        left = own - row.width - width(f" {word}")
        if following.lower and left > _UNFILLED * own:
            return -1
        if following.lower or row.broken or not _begins(rows, last + 1):
            continue
        if left < 0 or row.text[-1] in ",;:—–":
            return -1
        if opens_sentence(rows, last + 1):
            return last
        if left < _LEFT * own:
            return -1
        led_on = row.text.split()[-1].casefold() in GOES_ON
        other = abs(own - rows.measure(last)) > _OTHER * rows.measure(last)
        return last if other and not led_on else -1
    return -1


def opens_sentence(rows: Rows, at: int) -> bool:
    """Whether a row begins with a word that has its capital only as a sentence's first."""
    word = _FIRST.search(rows[at].text)
    return word is not None and rows.words.get(word[0].lower(), 0) >= _OFTEN_SMALL


def _begins(rows: Rows, at: int) -> bool:
    """Whether text may begin with a row: a full one, and the sentence runs on."""
    row, following = rows[at], rows[at + 1]
    on = not (following.above or (row.terminal and following.lower))
    return on and row.width >= _FULL * following.width
