"""Captions: numbered ones by their word, others because they interrupt a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection

from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

# A word for a picture, in the languages of Europe, with a number or a colon.
_WORDS = (
    r"(?:fig(?:\.|ur[ea]?)?|figura|abb(?:\.|ildung)|ill(?:\.|us(?:\.|tration))|"
    r"[pf]h?oto(?:graf[ií][ae]|graphie?)?|plate|pl\.|planche|tafel|taf\.|bild|l[áa]m(?:\.|ina)|"
    r"grabado|gravure|mapa?|carte|karte|facsimile|image|imagen|diagram)"
)
_NUMBER = r"\s*(?:\d{1,3}[a-z]?|[IVXLC]{1,6})(?!\w)\s?"
_NUMBERED = re.compile(rf"{_WORDS}(?:{_NUMBER}[.:)—–-]|\s?:)", re.IGNORECASE)
# The same without a mark behind the number, where gaps set it apart.
_NAMED = re.compile(rf"{_WORDS}{_NUMBER}", re.IGNORECASE)
# A year set before.
_DATED = re.compile(r"(?:1[5-9]|20)\d\d\s?[.:]\s+\S")
_BEGINS = re.compile(f"{_NUMBERED.pattern}|{_NAMED.pattern}|{_DATED.pattern}", re.IGNORECASE)
# With what they begin; the last three are taken for I and K.
_FIRST = frozenset("abcdfgiklmptABCDFGIKLMPT12İı\u212a")
# A caption has no more rows than this.
_MOST = 5
# So many rows that begin with a year and a stop are a book's habit.
_HABIT = 3


def begins_caption(text: str) -> bool:
    """Whether it begins as a numbered or dated caption does."""
    return text[:1] in _FIRST and _BEGINS.match(text) is not None


def numbered(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The captions that begin with a number or a year; `taken` rows are something else."""
    begin = [at for at, row in enumerate(rows.rows) if begins_caption(row.text)]
    dated = sum(bool(_DATED.match(rows[at].text)) for at in begin) >= _HABIT
    out: list[Stretch] = []
    busy = set(taken)
    for at in begin:
        found = None if at in busy else _numbered(rows, at, busy, dated)
        if found:
            out.append(found)
            busy.update(range(found.first, found.last + 1))
    return out


def _numbered(rows: Rows, at: int, busy: Collection[int], dated: bool) -> Stretch | None:
    """The caption that begins here with a number or a year; `dated`: many of this book do."""
    last = _end(rows, at, busy)
    if last < 0:
        return None
    text = rows[at].text
    if _NUMBERED.match(text):
        return Stretch(at, last, Role.CAPTION, "a picture’s word and number open it")
    apart = rows[at].above and rows.below(last)
    if _NAMED.match(text):
        why = "a picture’s word and number open it, set apart"
        return Stretch(at, last, Role.CAPTION, why) if apart else None
    above, after = before(rows, at, busy), behind(rows, last, busy)
    goes_on = above >= 0 and not rows[above].terminal
    resumed = after >= 0 and rows[after].lower
    shaped = rows.wide(at) or rows.short(last) or rows.short(at)
    if apart or (goes_on and resumed and shaped) or (shaped and (rows[at].above or dated)):
        return Stretch(at, last, Role.CAPTION, "a year opens it, set apart")
    return None


def _end(rows: Rows, first: int, busy: Collection[int]) -> int:
    """The last row of a caption: at a gap or, where there is none, where its sentence ends.

    -1 where it is too long for a caption.
    """
    widest = 0.0
    for at in range(first, min(first + _MOST, len(rows))):
        row = rows[at]
        widest = max(widest, row.width)
        if rows.below(at) or at + 1 in busy:
            return at + 1 if _goes_on(rows, at) and at + 1 not in busy else at
        if rows.spaced and rows[first].above:
            continue  # a gap will come
        if row.terminal:
            return at
        if not row.broken and rows.short(at) and row.width < 0.7 * widest:
            return at
    return -1


def _goes_on(rows: Rows, at: int) -> bool:
    """Whether the row below a gap is the rest of a caption that breaks off at a comma, and stands
    alone, as OCR parts lines: the text goes on below it."""
    if not rows[at].text.endswith((",", ";")) or at + 2 >= len(rows):
        return False
    rest, text = rows[at + 1], rows[at + 2]
    alone = rest.page == rows[at].page and rows.below(at + 1)
    return alone and rest.lower and rest.terminal and text.lower


def before(rows: Rows, at: int, busy: Collection[int]) -> int:
    """The nearest row of running text above, -1 for none."""
    above = at - 1
    while above >= 0 and above in busy:
        above -= 1
    return above


def behind(rows: Rows, last: int, busy: Collection[int]) -> int:
    """The nearest row of running text below, -1 for none."""
    below = last + 1
    while below < len(rows) and below in busy:
        below += 1
    return below if below < len(rows) else -1
