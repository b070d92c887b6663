"""Headings: short lines without a stop, set apart, with numerals or the case of titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from math import inf
from string import ascii_lowercase

from booktools.arrange.captions import begins_caption
from booktools.arrange.misnumbered import may_be_number
from booktools.arrange.over_text import first_name, other_measure, title_over_text
from booktools.arrange.paragraphs import width
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.titles import (
    MOST_WORDS,
    is_capitals,
    is_counted,
    is_dated,
    is_long_title,
    is_numbered,
    is_numeral,
    is_said,
    is_sentence_like,
    is_stopped_name,
    is_title_like,
)
from booktools.arrange.words import (
    GOES_ON,
    HYPHENS,
    QUOTES,
    ends_sentence,
    is_label,
    is_labelled_title,
)
from booktools.model.galley import Role

# A name may end with a short word's point: "Ross, Jr.", "S. V.".
_ABBREVIATED = re.compile(r"\s[A-Z][a-z]?\.$")
# A heading fills so many lines at most.
_MOST = 4
# The name under a quotation has so many words at most.
_NAME = 6
# A quotation over a chapter has so many rows at most, all narrower than so much of the measure.
_EPIGRAPH = 10
_NARROWER = 0.93
# A row so short, in parts of the measure, with a full one below it, stands by itself.
_LONE = 0.8
# A line that stands alone so often is a speaker's name, not a heading.
_SPEAKS = 3
_SHORT = 0.86
# The rest of a verse that was turned over is so short.
_TURNED = 0.5
# A title ends with none of these.
_OPEN_ENDS = (",", ";", "—", "–", *HYPHENS)
# With these somebody's speech ends.
_CLOSING = "”\"’'»"
_OPENED, _CLOSED = re.compile("[“«„]"), re.compile("[”»]")
# With these, no capitals, a heading may begin, and never with those.
_OPENING = f"{QUOTES}¡¿([§…"
_SMALL = frozenset(ascii_lowercase)


def headings(rows: Rows, taken: Collection[int], verse: Collection[int]) -> list[Stretch]:
    """The headings of a source, in its order, and display text that may be a caption.

    `taken` rows are something else; those of `verse` may follow a heading as text does.
    """
    out: list[Stretch] = []
    for at, row in enumerate(rows.rows):
        if at in taken or row.text[:1] in _SMALL or (out and at <= out[-1].last):
            continue
        found = _heading(rows, at, taken, verse)
        if found and found.role is Role.HEADING and out and _under_epigraph(rows, out[-1], found):
            found = replace(found, role=Role.SIGNATURE)
        if not (row.terminal or (found and found.sure)):
            found = _over_text(rows, at, taken, verse) or found
        if found:
            out.append(found)
    return out


def ranked(rows: Rows, heads: Sequence[Stretch]) -> list[Stretch]:
    """The headings with the chapters' labels and titles among them told.

    "Chapter 3" is a label, "Chapter 3. Home" a title; a bare number is a label where a title
    follows and the book has no labels of that kind.
    """
    texts = [_text(rows, head.first, head.last) for head in heads]
    labelled = any(is_label(text) for text in texts)
    roles = [head.role for head in heads]
    for at, (head, text) in enumerate(zip(heads, texts, strict=True)):
        label = is_label(text)
        if roles[at] is Role.HEADING and is_labelled_title(text):
            roles[at] = Role.TITLE
        if roles[at] is not Role.HEADING or not (head.sure or label):
            continue
        if not label and (labelled or not is_numeral(text)):
            continue
        after = at + 1 < len(heads) and heads[at + 1].first == head.last + 1
        if after and roles[at + 1] is Role.HEADING and not is_numeral(texts[at + 1]):
            roles[at : at + 2] = Role.LABEL, Role.TITLE
        elif label:
            roles[at] = Role.LABEL
    return [replace(head, role=role) for head, role in zip(heads, roles, strict=True)]


def _text(rows: Rows, first: int, last: int) -> str:
    return " ".join(rows[i].text for i in range(first, last + 1))


def _heading(rows: Rows, at: int, taken: Collection[int], verse: Collection[int]) -> Stretch | None:
    row, above = rows[at], at - 1
    if not _opens(row.text) or rows.inner.get(row.text, 0) >= _SPEAKS:
        return None
    free = row.above or above in taken or rows[above].terminal or is_numeral(rows[above].text)
    last = _last(rows, at, taken) if free else -1
    if last < 0 or begins_caption(row.text):
        return None
    text = _text(rows, at, last)
    if above >= 0 and _ends_what_is_above(rows, above, text, taken):
        return None
    if text[-1].isdigit() and is_dated(text):
        return Stretch(at, last, Role.SIGNATURE, "a place or a name, and a date")
    if row.text.isdigit() and at in rows.edges:
        return Stretch(at, last, Role.PARAGRAPH, "a number alone at the page’s edge", False)
    following = next((i for i in range(last + 1, len(rows)) if i not in taken or i in verse), -1)
    lost = ""
    if following >= 0 and rows[following].lower and len(row.text) > 1:
        lost = _words(text) if rows.specked and rows.below(last) else ""
        if not lost or not (is_numbered(text) or _closed(rows, above, taken)):
            return None  # it interrupts a sentence; where none is open, OCR has lost an initial
    foot = following < 0 or rows[following].page > row.page
    why = _words(text)
    if why and foot:  # a heading hardly stands at the foot of a page
        return Stretch(at, last, Role.HEADING, why, False) if rows.below(last) else None
    name = len(text.split()) <= _NAME and not is_numeral(text)
    if name and above in verse and following not in verse and _told(rows, following):
        return Stretch(at, last, Role.SIGNATURE, "it stands under verse and above prose")
    if why:
        return Stretch(at, last, Role.HEADING, why, opens=bool(lost))
    before = next((i for i in range(above, -1, -1) if i not in taken), -1)
    if not rows.spaced and _between(rows, at, last, taken):
        return Stretch(
            at, last, Role.HEADING, "a short line, no sentence, between paragraphs", False
        )
    if not foot and before >= 0 and not rows[before].terminal:
        why = "display text that interrupts a sentence, with text of its own below"
        return Stretch(at, last, Role.HEADING, why, False)
    return _unsaid(rows, at, last, text)


def _under_epigraph(rows: Rows, head: Stretch, name: Stretch) -> bool:
    """Whether a row is the name under what a chapter begins with: a quotation, no row of which
    fills the measure, with a heading over it and prose under it."""
    own = range(head.last + 1, name.first)
    text = rows[name.first].text
    if not own or len(own) > _EPIGRAPH or name.last > name.first or is_counted(text):
        return False
    stands = rows[head.first].page == rows[name.first].page and head.role is Role.HEADING
    if not stands or len(text.split()) > _NAME or not rows[name.first - 1].terminal:
        return False
    return not any(_fills(rows, at) for at in own) and _told(rows, name.last + 1)


def _fills(rows: Rows, at: int) -> bool:
    return rows[at].width >= _NARROWER * rows.measure(at)


def _over_text(
    rows: Rows, at: int, taken: Collection[int], verse: Collection[int]
) -> Stretch | None:
    """A title between a gap and text of its own, no verse near."""
    row = rows[at]
    free = row.above if rows.spaced else not row.above and rows[at - 1].terminal
    last = title_over_text(rows, at, taken) if free and _opens(row.text) else -1
    if last < 0 or begins_caption(row.text):
        return None
    if any(near in verse for near in (at - 1, *range(last + 1, last + 4))):
        return None
    ended = at == last or rows.short(at - 1)  # else a verse is turned over
    if not (rows.spaced or (ended and _short(rows, last, _LONE) and other_measure(rows, last))):
        return None  # a caption, or the beginning of a paragraph, above what interrupts it
    return Stretch(at, last, Role.HEADING, "it stands right over its text")


def _ends_what_is_above(rows: Rows, above: int, text: str, taken: Collection[int]) -> bool:
    """Whether a text with a stop is the end of the sentence above it."""
    if text.endswith("."):
        return not is_numeral(text) and _open(rows, above, taken)
    alone = len(text.split()) == 1 and text[-1] in _CLOSING and ends_sentence(text)
    said = text[0] not in QUOTES  # the quotation has begun above
    return alone and above not in taken and (said or not rows[above].terminal)


def _open(rows: Rows, at: int, taken: Collection[int]) -> bool:
    """Whether a row is text that breaks off at the measure: no display line."""
    return at not in taken and not (rows[at].terminal or _short(rows, at))


def _closed(rows: Rows, above: int, taken: Collection[int]) -> bool:
    """Whether the text above, chapters' numbers left out, ends as a sentence ends."""
    while above >= 0 and (above in taken or may_be_number(rows, above)):
        above -= 1
    return above < 0 or rows[above].terminal


def _unsaid(rows: Rows, at: int, last: int, text: str) -> Stretch | None:
    """Display text whose words do not say what it is; sentences are no headings."""
    if not rows.spaced or not rows[at].above or len(text.split()) > MOST_WORDS:
        return None
    if (
        is_sentence_like(text)
        or is_said(text)
        or (text[0] in "“«" and not _CLOSED.search(text))
        or rows[min(last + 1, len(rows) - 1)].page > rows[at].page
    ):
        return None
    return Stretch(at, last, Role.HEADING, "display text, set apart", False)


def _told(rows: Rows, at: int) -> bool:
    """Whether prose begins with the row: a full one, and the next one runs on."""
    if at + 1 >= len(rows) or rows.short(at) or not rows[at + 1].lower:
        return False
    return rows[at + 1].terminal or not rows.short(at + 1, _TURNED)  # no verse turned over


def _opens(text: str) -> bool:
    first = text[:1]
    opens = first.isupper() or first.isdigit() or first in _OPENING
    return opens or (first in "—–" and is_numeral(text))


def _last(rows: Rows, first: int, taken: Collection[int]) -> int:
    """The last row of the heading that begins at `first`, -1 where it is none.

    Its rows are short and end without a stop; where a gap comes, it ends there.
    """
    if is_label(rows[first].text):
        return first
    if rows.below(first) or is_numeral(rows[first].text):
        alone = _short(rows, first) or _long_title(rows, first)
        return first if alone and _unstopped(rows[first].text) else -1
    gap = _gap(rows, first) if rows.spaced and rows[first].above else -1
    if gap > 0 and not any(rows[i].terminal or rows[i].broken for i in range(first, gap)):
        text = _text(rows, first, gap)
        full = inf if _words(text) else _SHORT
        if _unstopped(text) and all(_short(rows, i, full) for i in range(first, gap + 1)):
            return gap
    end = -1
    under = first > 0 and is_numeral(rows[first - 1].text)
    for at in range(first, min(first + _MOST - 1, len(rows) - 1)):
        row, following = rows[at], rows[at + 1]
        if at in taken or row.broken or (row.terminal and not _may_stop(row.text, under)):
            break
        if not (_short(rows, at) or _long_title(rows, at)):
            break
        text = _text(rows, first, at)
        told = _words(text) or _lone(rows, at) or _between(rows, first, at, taken)
        if not following.lower and _unstopped(text) and told:
            end = at
            if not _short(rows, at + 1) or following.above:
                break
        elif following.above:
            break
    return end


def _gap(rows: Rows, first: int) -> int:
    """The row above the next gap, -1 where that is too far for a heading."""
    own = range(first, min(first + _MOST, len(rows)))
    return next((at for at in own if rows.below(at)), -1)


def _may_stop(text: str, under: bool) -> bool:
    """Whether a row of a title may end with a stop: in a name after a number, or `under` one with
    a sign that parts two titles."""
    return (under and text[-1] in ":?!") or (is_numbered(text) and bool(_ABBREVIATED.search(text)))


def _long_title(rows: Rows, at: int) -> bool:
    """Whether a row is a title though it fills the measure: a gap or speech is below it."""
    text = rows[at].text
    if not (text[0].isalpha() and (rows.below(at) or rows[at + 1].text[0] in QUOTES)):
        return False
    return text.split()[-1].casefold() not in GOES_ON and is_long_title(text)


def _lone(rows: Rows, at: int) -> bool:
    """Whether a row that begins a stretch ends far from the measure, a full row below it.

    In running text a short row ends a paragraph, and its sentence.
    """
    return (
        rows[at].above
        and rows.spaced
        and rows.short(at, _LONE)
        and not rows.below(at)
        and not rows.short(at + 1)
    )


def _between(rows: Rows, first: int, last: int, taken: Collection[int]) -> bool:
    """Whether short rows without a stop stand between paragraphs of a source without gaps.

    In running text a short row ends a paragraph, and its sentence.
    """
    above, below = first - 1, last + 1
    if (
        below >= len(rows)
        or rows.spaced
        or rows[first].above
        or above in taken
        or not rows[above].terminal
    ):
        return False
    text = _text(rows, first, last)
    if not text[0].isalpha() or len(text.split()) > MOST_WORDS or not rows.short(last, _LONE):
        return False
    closed = text[-1] not in ":—–" and _had_room(rows, last)
    return closed and below not in taken and _told(rows, below)


def _had_room(rows: Rows, at: int) -> bool:
    """Whether the word that begins the next row would have stood behind the row: else the setter
    has ended it.  A name stands with what is short for its title."""
    return rows[at].width + width(f" {first_name(rows[at + 1].text)}") < rows.measure(at)


def _short(rows: Rows, at: int, share: float = _SHORT) -> bool:
    return rows[at].width < share * rows.measure(at)


def _unstopped(text: str) -> bool:
    """Whether it ends as a title may: without a stop, or with one that a title can have."""
    if is_numeral(text):
        return True
    if text[-1] in "”»" and not _OPENED.search(text):
        return False  # the end of what somebody says
    abbreviated = bool(_ABBREVIATED.search(text))
    if is_title_like(text):
        return abbreviated or is_capitals(text) or not is_stopped_name(text)
    if ends_sentence(text) and not abbreviated:
        return is_capitals(text)
    return not (text.endswith(_OPEN_ENDS) or text.split()[-1].casefold() in GOES_ON)


def _words(text: str) -> str:
    """What in its words makes it a heading, or nothing."""
    if is_numeral(text):
        return "a bare number"
    if is_numbered(text):
        return "a number opens it"
    if is_capitals(text):
        return "capitals throughout"
    return "the case of titles" if is_title_like(text) else ""
