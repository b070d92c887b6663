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
from booktools.arrange.titles import is_numeral, is_title_like
from booktools.arrange.words import GOES_ON, QUOTES

# A title over its text fills so many rows at most.
_ROWS = 3
# So much of the measure is left when the next row's first word, which may be a name, has been put
# behind the title.
_LEFT = 0.03
# A title's first row is no narrower beside what is below, where that is not of another kind.
_UNFILLED = 0.5
# The text's first row fills so much of its measure.
_FULL = 0.85
# A measure of its own is so much wider, or narrower, than the column's.
_OTHER = 0.06
_JOINED = 1.3
# A word that stands with a small letter so often has no capital of its own.
_OFTEN_SMALL = 3
# A sentence has ended within the row.
_STOPPED = re.compile(r"(?:[^\W\d_]{4,}\.|(?<![^\W\d_])[a-zß-ÿ]{2,}\.|[!?…])[”’“»\"']?\s")
_SHORT_TITLE = re.compile(r"[^\W\d_]{1,3}\.")  # Mr., Dr., St., an initial
_OPENED = re.compile("[“«„]")
_FIRST = re.compile(r"[^\W\d_]+")


def title_over_text(rows: Rows, first: int, taken: Collection[int] = ()) -> int:
    """The last row of the title that begins with a row, text of its own right below; -1: none.

    Whether a title may begin there is for the caller to say.
    """
    if rows[first].text[0] in QUOTES:
        return -1  # somebody says it
    every = rows.rows
    for last in range(first, min(first + _ROWS, len(every) - 2)):
        row, following = every[last], every[last + 1]
        if row.terminal or following.above or last + 1 in taken:
            return -1
        below = _UNFILLED * every[last + 2].width
        if following.lower and (row.width < below or row.width < _UNFILLED * following.width):
            return -1
        if row.text[-1] in "”»" and not _OPENED.search(row.text):
            return -1
        if row.text[-1] in ";:—–" or _STOPPED.search(row.text) or is_numeral(following.text):
            return -1
        if following.lower or row.broken:
            continue
        if not _begins(rows, last + 1):
            if is_title_like(row.text):
                continue
            return -1
        if row.text[-1] == "," or _names_on(row.text):
            return -1
        return last if _has_room(rows, last) else -1
    return -1


def _names_on(text: str) -> bool:
    """Whether a row that is no title by its capitals ends with one: a name that goes on below, as
    in “a new Agrarian / Reform law”."""
    words = text.split()
    return len(words) > 1 and words[-1][0].isupper() and not is_title_like(text)


def _has_room(rows: Rows, at: int) -> bool:
    """Whether a row leaves room for the first word of the text below it, and that begins there."""
    own = _own(rows, at)
    left = own - rows[at].width - width(f" {first_name(rows[at + 1].text)}")
    if left < 0 or opens_sentence(rows, at + 1):
        return left >= 0
    led_on = rows[at].text.split()[-1].casefold() in GOES_ON
    return other_measure(rows, at) and left > _LEFT * own and not led_on


def first_name(text: str) -> str:
    """The first word of a text, behind what is short for the title of a name."""
    words = text.split()
    held = next((n for n, word in enumerate(words, 1) if not _SHORT_TITLE.fullmatch(word)), 0)
    return " ".join(words[: held or None])


def _own(rows: Rows, at: int) -> float:
    """The measure of the text below a row; lines that an extractor has joined do not tell it."""
    measure = rows.measure(at)
    own = (rows[at + 1].width, rows[at + 2].width)
    return max((wide for wide in own if wide < _JOINED * measure), default=measure)


def other_measure(rows: Rows, at: int) -> bool:
    """Whether the text below a row is set to another measure than the column's."""
    measure = rows.measure(at)
    return abs(_own(rows, at) - measure) > _OTHER * measure


def opens_sentence(rows: Rows, at: int) -> bool:
    """Whether a row begins with a word that has its capital only as a sentence's first."""
    word = None if rows[at].text[0] in "—–" else _FIRST.search(rows[at].text)
    return word is not None and rows.words.get(word[0].lower(), 0) >= _OFTEN_SMALL


def _begins(rows: Rows, at: int) -> bool:
    """Whether prose may begin with a row: a full one, and it runs on below."""
    row, following = rows[at], rows[at + 1]
    if following.above or row.width < _FULL * following.width:
        return False
    own = rows.rows[at + 1 : at + _ROWS + 1]
    end = next((n for n, other in enumerate(own) if other.above), len(own))
    return any(other.lower for other in own[:end]) and not (row.terminal and following.lower)
