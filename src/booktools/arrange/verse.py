"""Verse: runs of short lines that begin with capitals while their sentences run on.

In prose a line that ends before the measure ends a paragraph, and the sentence with it.
Where line after line stops short of the measure, uneven, in mid-sentence, and the next one
begins with a capital, the line ends are the poet's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from booktools.arrange.loose_stanzas import loose_stanzas
from booktools.arrange.rows import SHORT, Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.titles import is_long_title, is_numbered, is_numeral, is_title_like
from booktools.arrange.words import GOES_ON, QUOTES, words_of
from booktools.model.galley import Role

# So many line ends in mid-sentence, short and with a capital below, are no accident.
_JOINTS = 2
# Of a run's line ends so many at least are such; of its lines so many begin with capitals.
_JOINT_SHARE = 0.25
_CAPITAL_SHARE = 0.7
# A name that stands alone on so many lines is a speaker's, no heading.
_SPEAKS = 3
# A title may fill so many lines.
_TITLE_ROWS = 5
# Lines of prose are as wide as one another; those of verse are uneven by this much.
_UNEVEN = 0.08
# So many lines without a mark or a little word may be the rows of a table.
_NAMES = 3
# Behind verse, a row that fills so much of the measure is prose.
_PROSE = 0.95
# The name of who speaks in a play, before what he says.
_SPEAKER = re.compile(r"[^\W\d_a-z][\w’.]+(?: [^\W\d_a-z][\w’.]+){0,2}\.\s+[^\W\d_a-z]")
# So few lines that each begin with a quotation mark are dialogue.
_TURNS = 3
# What a chapter tells of, one thing behind another: "The Weir—A Storm".
_TOPICS = re.compile(r"[^\W\d_]— ?[^\W\d_a-zß-ÿ]")
_SAYS = re.compile(r"[,;:.!?…—](?:\s|$)")


def verse(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The stanzas of a source, in its order; `taken` rows are something else."""
    alone = rows.inner
    out = []
    for first, last in _runs(rows, taken):
        out += [_stanza(rows, *found) for found in _stanzas(rows, first, last, alone)]
    out = [_with_first(rows, stanza, taken) for stanza in out]
    found = {at for stanza in out for at in range(stanza.first, stanza.last + 1)}
    loose = loose_stanzas(rows, found.union(taken))
    return sorted([*out, *loose], key=lambda s: s.first) if loose else out


def _stanza(rows: Rows, first: int, last: int, why: str) -> Stretch:
    """Verse; asked about where no line has a mark or a little word, as names in rows have none."""
    own = [rows[at].text for at in range(first, last + 1)]
    names = len(own) >= _NAMES and not any(_SAYS.search(text) for text in own)
    names = names and not any(GOES_ON.intersection(words_of(text)) for text in own)
    if names:
        why = f"{why}; no sentence in them, as in rows of names or a table"
    return Stretch(first, last, Role.VERSE, why, not names)


def _with_first(rows: Rows, stanza: Stretch, taken: Collection[int]) -> Stretch:
    """The stanza with a first line that larger letters have set apart from it."""
    above = stanza.first - 1
    if above < 0 or above in taken or rows[above].page != rows[stanza.first].page:
        return stanza
    row = rows[above]
    lone = row.above and rows[stanza.first].above and not row.terminal and not row.lower
    if lone and not is_title_like(row.text) and not rows.wide(above):
        return replace(stanza, first=above)
    return stanza


def _runs(rows: Rows, taken: Collection[int]) -> list[tuple[int, int]]:
    """Stretches between gaps; in a dump without empty lines, between full lines of prose."""
    runs: list[tuple[int, int]] = []
    first = -1
    like = [_verselike(rows, at) for at in range(len(rows))]
    for at in range(len(rows)):
        if at in taken:
            first = -1
            continue
        parted = rows[at].above and not _turned_over(rows, at)
        parted = parted and not (rows.spread and rows[at - 1].page == rows[at].page)
        if first < 0 or parted or not (like[at] and like[at - 1]):
            first = at
            runs.append((at, at))
        else:
            runs[-1] = (first, at)
    return [run for run in runs if run[1] > run[0]]


def _turned_over(rows: Rows, at: int) -> bool:
    """Whether the gap above is only that round the end of a line which was turned over."""
    above, row = rows[at - 1], rows[at]
    if above.page != row.page or above.terminal:
        return False
    return (row.lower and rows.short(at, 0.6)) or (above.lower and rows.short(at - 1, 0.6))


def _verselike(rows: Rows, at: int) -> bool:
    """Whether the row could be a line of verse, or the end of one that was turned over."""
    row = rows.rows[at]
    if row.broken:
        return False
    if not row.lower:
        return (rows.below(at) or not _prose(rows, at)) and not rows.wide(at)
    above = rows.rows[at - 1]  # of the first row the last one
    return not (above.lower or above.terminal or at == 0) and row.width < 0.6 * rows.measure(at)


def _prose(rows: Rows, at: int) -> bool:
    """Whether the sentence runs from this full row into a full one with a small letter."""
    following = rows[at + 1]
    return (
        rows.runs_on(at)
        and not rows.short(at)
        and following.lower
        and following.width >= 0.6 * rows.measure(at)
    )


def _stanzas(rows: Rows, first: int, last: int, alone: Counter[str]) -> list[tuple[int, int, str]]:
    """The verse in a run of lines: without a heading at its top, none if it is not verse."""
    out = []
    while first < last and _heads(rows, first, alone):
        first += 1
    first += _rest_of_title(rows, first)
    if last > first and _heads(rows, last, alone):
        last -= 1  # the title of what stands below, and is too wide for a verse
    cut = next((at for at in range(first + 1, last) if _heads(rows, at, alone)), -1)
    if cut > 0:
        out = _stanzas(rows, cut, last, alone)
        last = cut - 1
    last = _trimmed(rows, first, last)
    why = _evidence(rows, first, last)
    return [(first, last, why), *out] if why else out


def _rest_of_title(rows: Rows, first: int) -> int:
    """How many rows at the top of a run of lines are those of a long title, or its end: with the
    first of them, or the row above it, that has the case of titles."""
    if first + 2 >= len(rows) or rows[first].terminal or rows[first + 1].above:
        return 0
    above = first - 1
    for start, last in ((first, first + 1), (above, first)):
        if start < 0 or not rows[start].above or rows[start].terminal or rows[start].broken:
            continue
        whole = f"{rows[start].text} {rows[last].text}"
        if is_long_title(whole) and not rows[last].terminal:
            return last - first + 1
    return 0


def _heads(rows: Rows, at: int, alone: Counter[str]) -> bool:
    """Whether a line among verse is a heading: a title's capitals, a sentence above at its end."""
    row = rows[at]
    return (
        (at == 0 or row.above or rows[at - 1].terminal or is_numeral(rows[at - 1].text))
        and not row.terminal
        and alone[row.text] < _SPEAKS
        and is_title_like(row.text)
        and (rows.spread or not rows.below(at))
        and at + 1 < len(rows)
        and not rows[at + 1].lower
        and rows.short(at, 0.8)
    )


def _trimmed(rows: Rows, first: int, last: int) -> int:
    """The last row of a run without the dialogue behind its last line end in mid-sentence: that
    begins with a full row, and somebody speaks."""
    joint = last
    while joint > first and (rows[joint].terminal or rows[joint].lower or not rows.short(joint)):
        joint -= 1
    for at in range(joint + 2, last + 1):
        speaks = rows[at].text[0] in QUOTES and rows[at - 1].terminal
        if speaks and not rows.short(at, _PROSE):
            return at - 1
    return last


def _evidence(rows: Rows, first: int, last: int) -> str:
    """Why the rows are verse, or nothing."""
    own = range(first, last + 1)
    starts = [at for at in own if not (at > first and rows[at].lower)]
    whole = " ".join(rows[at].text for at in own)
    if len(starts) < 2 or (len(own) <= _TITLE_ROWS and _entitles(whole)):
        return ""
    if 2 * sum(bool(_SPEAKER.match(rows[at].text)) for at in starts) > len(starts):
        return ""  # a play
    if len(starts) <= _TURNS and all(rows[at].text[0] in QUOTES for at in starts):
        return ""  # what two say to one another
    if 2 * len(_TOPICS.findall(whole)) > len(own):
        return ""  # what a chapter tells of
    joints = sum(
        not rows[at].terminal and not rows[at].broken and not rows[at + 1].lower and rows.short(at)
        for at in own
        if at < last
    )
    if len(starts) < _CAPITAL_SHARE * len(own) and len(own) > 2:
        # Long verses turned over: then the rows that turn are full and the rest short.
        turned = [at for at in own if at > first and rows[at].lower]
        if any(rows[at].width > 0.6 * rows.measure(at) for at in turned):
            return ""
        if 2 * len(starts) < len(own):
            return ""
    if joints < _JOINTS and not (len(starts) <= 3 and joints and _set_apart(rows, first, last)):
        return ""
    if joints < _JOINT_SHARE * (len(starts) - 1):
        return ""
    widths = [rows[at].width for at in starts if at != last]
    mean = sum(widths) / len(widths)
    uneven = sum(abs(w - mean) for w in widths) / len(widths) / mean
    if mean > SHORT * rows.measure(first) and uneven < _UNEVEN:
        return ""
    return f"{joints} line ends in mid-sentence, short of the measure, a capital below"


def _entitles(text: str) -> bool:
    return is_title_like(text) or is_numbered(text)


def _set_apart(rows: Rows, first: int, last: int) -> bool:
    """Whether gaps part the rows from what stands above and below."""
    return rows[first].above and rows.below(last)
