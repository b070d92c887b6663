"""Captions: numbered ones by their word, others because they interrupt a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from booktools.arrange.rows import SHORT, Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.titles import is_numeral, is_sentence_like
from booktools.arrange.words import GOES_ON
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
# A caption has no more rows than this.
_MOST = 5
# A caption beside the text is so narrow, in parts of the measure.
NARROW = 0.75
# So many stretches on, the sentence that a caption interrupts is looked for.
_AHEAD = 6
# A caption without a number is no longer than this.
_PLAIN = 4


def begins_caption(text: str) -> bool:
    """Whether it begins as a numbered or dated caption does."""
    return bool(_NUMBERED.match(text) or _DATED.match(text) or _NAMED.match(text))


def numbered(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The captions that begin with a number or a year; `taken` rows are something else."""
    out: list[Stretch] = []
    busy = set(taken)
    for at in range(len(rows)):
        found = None
        if at not in busy and begins_caption(rows[at].text):
            found = _numbered(rows, at, busy)
        if found:
            out.append(found)
            busy.update(range(found.first, found.last + 1))
    return out


def interrupting(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The captions that stand in a sentence which goes on below them, in source order."""
    alone = Counter(row.text for row in rows.rows)
    out: list[Stretch] = []
    busy = set(taken)
    for at in range(len(rows)):
        found = None
        if at not in busy and alone[rows[at].text] == 1:
            found = _interrupts(rows, at, busy)
        if found:
            out.append(found)
            busy.update(range(found.first, found.last + 1))
    return out


def _numbered(rows: Rows, at: int, busy: Collection[int]) -> Stretch | None:
    """The caption that begins here with a number or a year."""
    last = _caption_end(rows, at, busy)
    if last < 0:
        return None
    text = rows[at].text
    if _NUMBERED.match(text):
        return Stretch(at, last, Role.CAPTION, "a picture’s word and number open it")
    apart = rows[at].above and rows.below(last)
    if _NAMED.match(text):
        why = "a picture’s word and number open it, set apart"
        return Stretch(at, last, Role.CAPTION, why) if apart else None
    before = _before(rows, at, busy)
    open_ = before >= 0 and not rows[before].terminal
    after = _after(rows, last, busy)
    resumed = after >= 0 and rows[after].lower
    shaped = rows.wide(at) or rows.short(last) or rows.short(at)
    if apart or (open_ and resumed and shaped) or (rows[at].above and shaped):
        return Stretch(at, last, Role.CAPTION, "a year opens it, set apart")
    return None


def _caption_end(rows: Rows, first: int, busy: Collection[int]) -> int:
    """The last row of a caption: at a gap or, where there is none, where its sentence ends.

    -1 where it is too long for a caption.
    """
    before = _before(rows, first, busy)
    half = before >= 0 and rows[before].broken
    widest = 0.0
    for at in range(first, min(first + _MOST, len(rows))):
        widest = max(widest, rows[at].width)
        if rows.below(at) or at + 1 in busy:
            return at
        if rows.spaced and rows[first].above:
            continue  # a gap will come
        following = rows[at + 1]
        if rows[at].broken:
            continue
        if rows[at].terminal and (half or following.lower or rows.short(at)):
            return at
        if rows[at].terminal and (rows[at].width < SHORT * widest or rows.wide(first)):
            return at
        if rows[at].terminal and abs(following.width - widest) > 0.1 * widest:
            return at
        if not rows[at].terminal and rows.short(at) and rows[at].width < 0.7 * widest:
            return at
    return first if rows[first].terminal else -1


def _interrupts(rows: Rows, at: int, busy: Collection[int]) -> Stretch | None:
    """A short stretch from here that stands in a sentence which goes on behind it."""
    if rows[at].lower or not _starts(rows[at].text) or is_numeral(rows[at].text):
        return None
    before = _before(rows, at, busy)
    if before < 0 or rows[before].terminal or rows[at].page > rows[before].page + 1:
        return None
    if rows.spaced:
        last = _gap(rows, at, busy) if rows[at].above else -1
    else:
        last = _turn(rows, at, busy)
    if last < 0:
        return None
    if rows[last].broken:
        return None
    after = _after(rows, last, busy)
    if after < 0 or rows[after].page > rows[at].page + 1:
        return None
    shaped = _shaped(rows, at, last)
    apart = rows[at].above and rows.below(last)
    if rows[after].lower:
        if shaped or (rows[last].terminal and apart):
            return Stretch(at, last, Role.CAPTION, "the sentence above goes on below it")
        return None
    if apart and rows.spaced and (shaped or rows[before].broken) and _resumed(rows, after, busy):
        return Stretch(at, last, Role.CAPTION, "the sentence above goes on farther down")
    return None


def set_apart(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """Short stretches between gaps that are no part of the column: set to another measure, or
    a sentence without its stop."""
    out: list[Stretch] = []
    for at in range(len(rows)):
        if at in taken or not rows.spaced or not rows[at].above:
            continue
        row = rows[at]
        if not _starts(row.text) or is_numeral(row.text) or rows.inner[row.text] > 1:
            continue
        last = _gap(rows, at, taken)
        if last < 0 or not rows.below(last) or rows[last].broken:
            continue
        why, sure = _look(rows, at, last)
        if why:
            out.append(Stretch(at, last, Role.CAPTION, why, sure))
    return out


def _look(rows: Rows, first: int, last: int) -> tuple[str, bool]:
    """What in the look of a stretch between gaps makes it a caption, and whether that is sure."""
    own = range(first, last + 1)
    text = " ".join(rows[at].text for at in own)
    if len(own) < _PLAIN and any(rows.wide(at) for at in own) and not _neighbours_wide(rows, own):
        return "it runs over more than one column", True
    running = len(own) > 1 and all(rows.short(at) and rows.runs_on(at) for at in own[:-1])
    if running and all(rows[at].width < NARROW * rows.measure(at) for at in own):
        return "it is set to a narrow measure", True
    goes_on = text.endswith(",") or text.split()[-1].casefold() in GOES_ON
    goes_on = goes_on or (last + 1 < len(rows) and rows[last + 1].lower)
    short = all(rows.short(at) for at in own)
    if short and is_sentence_like(text) and not rows[last].terminal and not goes_on:
        return "a sentence without its stop, set apart", False
    return "", False


def _neighbours_wide(rows: Rows, own: range) -> bool:
    """Whether what stands beside it is as wide: then it is a column of its own."""
    beside = [at for at in (own[0] - 1, own[-1] + 1) if 0 <= at < len(rows)]
    return any(
        rows[at].page == rows[own[0]].page and rows.wide(at) and rows.runs_on(at) for at in beside
    )


def _resumed(rows: Rows, at: int, busy: Collection[int]) -> bool:
    """Whether one of the next stretches begins in mid-sentence, and not that of its neighbour."""
    stretches = 0
    for below in range(at, len(rows)):
        if rows[below].page > rows[at].page + 1 or stretches > _AHEAD:
            return False
        if below in busy or not rows[below].above:
            continue
        stretches += 1
        if rows[below].lower and below - 1 >= at:
            before = _before(rows, below, busy)
            return before < 0 or rows[before].terminal
    return False


def _starts(text: str) -> bool:
    """Whether it may open a caption: a capital, a figure or an opening mark."""
    return text[:1].isupper() or text[:1].isdigit() or text[:1] in "“\"«„‘'¡¿([—…"


def _gap(rows: Rows, at: int, busy: Collection[int]) -> int:
    """The row before the next gap, where that comes soon."""
    for last in range(at, min(at + _PLAIN, len(rows))):
        if rows.below(last) or last + 1 in busy:
            return last
    return -1


def _turn(rows: Rows, at: int, busy: Collection[int]) -> int:
    """In a dump without gaps: the short row after which the sentence above goes on."""
    for last in range(at, min(at + _PLAIN - 1, len(rows) - 1)):
        if last in busy or (last > at and rows[last].page != rows[at].page):
            return -1
        following = rows[last + 1]
        if following.above and not rows.spaced and following.page == rows[at].page:
            return -1
        if following.lower and not rows[last].broken and _shaped(rows, at, last):
            return last
    return -1


def _shaped(rows: Rows, first: int, last: int) -> bool:
    """Whether the rows do not fill the column: too narrow, too wide, or short at the end."""
    if any(rows.wide(at) for at in range(first, last + 1)):
        return True
    if first < last and rows.short(first):
        return True
    return rows.short(last)


def _before(rows: Rows, at: int, busy: Collection[int]) -> int:
    """The nearest row of running text above, -1 for none."""
    above = at - 1
    while above >= 0 and above in busy:
        above -= 1
    return above


def _after(rows: Rows, last: int, busy: Collection[int]) -> int:
    """The nearest row of running text below, -1 for none."""
    below = last + 1
    while below < len(rows) and below in busy:
        below += 1
    return below if below < len(rows) else -1
