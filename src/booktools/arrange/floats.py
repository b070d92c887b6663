"""Captions without a number that are set to another measure than the column."""

from __future__ import annotations

from collections.abc import Collection

from booktools.arrange.captions import before, behind
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.titles import is_numeral, is_sentence_like, is_title_like
from booktools.arrange.words import GOES_ON
from booktools.model.galley import Role

# Such a caption has no more rows than this.
_MOST = 4
# One that is told by its place on the page has no more rows than this; where it is alone there,
# the pages before and behind it have so many at least.
_FEW = 3
_FULL = 10
# A caption beside the text is so narrow, in parts of the measure.
_NARROW = 0.75
# The lines of a caption, but for its last, are as wide as one another, nearly.
_ALIKE = 0.8
# The text below a narrow caption is so much wider again.
_WIDER = 1.2


def _one_piece(rows: Rows, first: int, last: int) -> bool:
    """Whether rows look like the lines of one caption: one measure, its end in the last."""
    own = rows.rows[first : last + 1]
    widest = max(row.width for row in own)
    return all(not row.terminal and row.width > _ALIKE * widest for row in own[:-1])


def set_apart(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """Short stretches that are no part of the column: set to another measure, or a sentence
    without its stop between gaps."""
    out: list[Stretch] = []
    told = _between_gaps if rows.spaced else _loose
    for at, row in enumerate(rows.rows):
        if row.lower or at in taken or (out and at <= out[-1].last) or not _starts(rows, at):
            continue
        found = told(rows, at, taken) or _at_edge(rows, at, taken) or _unfinished(rows, at, taken)
        if found:
            out.append(found)
    return out


def _between_gaps(rows: Rows, at: int, taken: Collection[int]) -> Stretch | None:
    last = _gap(rows, at, taken) if rows[at].above else -1
    if last < 0 or not rows.below(last) or rows[last].broken:
        return None
    own = range(at, last + 1)
    text = " ".join(rows[i].text for i in own)
    if len(own) < _MOST and any(rows.wide(i) for i in own) and not _beside_wide(rows, own):
        return Stretch(at, last, Role.CAPTION, "it runs over more than one column")
    if _narrow(rows, at, last):
        return Stretch(at, last, Role.CAPTION, "it is set to a narrow measure")
    goes_on = _runs_on(text) or rows[last].terminal
    goes_on = goes_on or (last + 1 < len(rows) and rows[last + 1].lower)
    if is_sentence_like(text) and not goes_on and all(rows.short(i) for i in own):
        why = "a sentence without its stop, set apart"
        return Stretch(at, last, Role.CAPTION, why, False)
    return None


def _loose(rows: Rows, at: int, taken: Collection[int]) -> Stretch | None:
    """In a dump without gaps: rows much wider or narrower than what stands round them."""
    free = rows[at].above or at - 1 in taken or rows[at - 1].terminal
    if rows.wide(at):
        last = at if rows.below(at) or not rows[at + 1].lower or rows.wide(at + 1) else at + 1
        # Where nothing was open above, what runs on below belongs to it.
        alone = not (free and rows.runs_on(last)) and not _beside_wide(rows, range(at, last + 1))
        if alone and last not in taken and not is_title_like(rows[at].text):
            return Stretch(at, last, Role.CAPTION, "it runs over more than one column")
        return None
    for last in range(at + 1, min(at + _MOST, len(rows) - 1)):
        row, following = rows[last], rows[last + 1]
        if not free or last in taken or row.above or rows[last - 1].terminal:
            return None
        ends = row.terminal or (not following.lower and not row.broken)
        if ends and following.page == row.page:
            widest = max(r.width for r in rows.rows[at : last + 1])
            apart = following.width > _WIDER * widest and _one_piece(rows, at, last)
            if apart and _narrow(rows, at, last):
                return Stretch(at, last, Role.CAPTION, "it is set to a narrow measure")
            return None
    return None


def _at_edge(rows: Rows, at: int, taken: Collection[int]) -> Stretch | None:
    """A sentence or two between a gap and the edge of the page, of which the text beside it tells
    that it is no part: the text goes on below it, or it is alone on its page, or gaps part no
    paragraphs in this source."""
    last = _gap(rows, at, taken) if at and rows[at].above else -1
    if last < 0 or last - at >= _FEW or not rows.below(last) or rows[last].broken:
        return None
    page = rows[at].page
    top = rows[at - 1].page != page
    foot = last + 1 == len(rows) or rows[last + 1].page != page
    text = " ".join(rows[i].text for i in range(at, last + 1))
    if not (top or foot) or not is_sentence_like(text):
        return None
    above, below = before(rows, at, taken), behind(rows, last, taken)
    goes_on = below >= 0 and rows[below].lower
    if not rows[last].terminal:
        broken_off = above >= 0 and not rows[above].terminal
        told = broken_off and top if goes_on else not rows.spaced
    elif top and foot:
        told = all(rows.sizes.get(near, _FULL) >= _FULL for near in (page - 1, page + 1))
    else:
        told = not rows.spaced or (top and goes_on)
    return (
        Stretch(at, last, Role.CAPTION, "it stands alone at the edge of its page") if told else None
    )


def _unfinished(rows: Rows, at: int, taken: Collection[int]) -> Stretch | None:
    """A line between gaps that stops short in mid-sentence: what goes on below it with a small
    letter is no part of it, for the line had room, nor does it go on with what ends above it."""
    text = rows[at].text
    if not (rows[at].above and rows.below(at) and rows.short(at) and text[0].isupper()):
        return None
    if rows[at].terminal or rows[at].broken or not is_sentence_like(text) or _runs_on(text):
        return None
    above, below = before(rows, at, taken), behind(rows, at, taken)
    if above < 0 or below < 0 or not rows[above].terminal or not rows[below].lower:
        return None
    return Stretch(at, at, Role.CAPTION, "it stops short in mid-sentence, set apart")


def _runs_on(text: str) -> bool:
    """Whether its last word, a comma or the dash of a speech broken off says that more follows."""
    return text.endswith((",", "—", "–")) or text.split()[-1].casefold() in GOES_ON


def _narrow(rows: Rows, first: int, last: int) -> bool:
    """Whether the rows, two or more, fill a measure much narrower than the column's."""
    own = range(first, last + 1)
    running = all(rows.short(at) and rows.runs_on(at) for at in own[:-1])
    narrow = all(rows[at].width < _NARROW * rows.measure(at) for at in own)
    return len(own) > 1 and running and narrow


def _beside_wide(rows: Rows, own: range) -> bool:
    """Whether what stands beside it is as wide: then it is a column of its own."""
    beside = [at for at in (own[0] - 1, own[-1] + 1) if 0 <= at < len(rows)]
    return any(
        rows[at].page == rows[own[0]].page and rows.wide(at) and rows.runs_on(at) for at in beside
    )


def _starts(rows: Rows, at: int) -> bool:
    """Whether a caption may begin: with a capital, a figure or an opening mark, once."""
    text = rows[at].text
    opens = text[0].isupper() or text[0].isdigit() or text[0] in "“\"«„‘'¡¿([—…"
    return opens and rows.inner.get(text, 0) <= 1 and not is_numeral(text)


def _gap(rows: Rows, at: int, busy: Collection[int]) -> int:
    """The row before the next gap, where that comes soon."""
    for last in range(at, min(at + _MOST, len(rows))):
        if rows.below(last) or last + 1 in busy:
            return last
    return -1
