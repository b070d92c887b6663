"""Drop capitals: a letter that stands alone, and the line that lacks its first letter.

Extractors write the large letter as a line of its own: before its paragraph, before the
heading above it or at the top of the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from booktools.arrange.rows import Rows
from booktools.arrange.spoken import Spoken
from booktools.arrange.titles import is_numeral

_INITIAL = re.compile(r"[“\"«»„‘‚'¿¡]?[^\W\d_]")
_LETTERS = re.compile(r"[^\W\d_]+")
# Letters that are words by themselves.
_WORDS = frozenset("aeioyuàéòó")
# How a row goes on after a drop capital: small, or with the capitals of its first words.
_MIDWORD = re.compile(r"(?:[a-zß-öø-ÿ]|[^\W\d_a-z]{2,}(?![^\W\d_]))")


def initials(rows: Rows) -> dict[int, int]:
    """The row with the letter, by the row that lacks it.

    Of several letters the one that makes a word of the document is taken, then one that is
    no numeral, one right above the row, the first of its page (a numeral stands in its
    place, by the heading), then the nearest.
    """
    letters = [at for at, row in enumerate(rows.rows) if len(row.text) <= 2 and _letter(row.text)]
    if not letters:
        return {}
    spoken = Spoken([row.text for row in rows.rows])
    words = spoken.words
    offers: dict[int, list[_Offer]] = defaultdict(list)
    for at in letters:
        target = _lacking(rows, at, words)
        if target < 0:
            continue
        text, rest = rows[at].text, _first(rows[target].text)
        letter = text[-1].casefold()
        known = words[letter + rest] > 0
        alone = letter in _WORDS and words[rest] > 1
        if alone and target != at + 1:  # "I" may be a chapter's number, and "I year" is nothing
            alone = (letter, rest) in spoken.behind
        half = target == at + 1 and words[rest] == 1 and rows[target].lower
        ranks = known, text not in "IVXLC", target == at + 1, _is_top(rows, at), alone
        offers[target].append(_Offer(ranks, at, known or alone or half))
    best = {target: max(own) for target, own in offers.items()}
    return {
        target: offer.at
        for target, offer in best.items()
        if offer.word or offer.ranks[1] or len(offers[target]) > 1
    }


@dataclass(frozen=True, slots=True, order=True)
class _Offer:
    """A letter for a row, what speaks for it, and whether it makes a word, is one, or stands above
    what is none."""

    ranks: tuple[bool, ...]
    at: int
    word: bool


def _letter(text: str) -> bool:
    return bool(_INITIAL.fullmatch(text)) and text[-1].isupper()


def _first(text: str) -> str:
    match = _LETTERS.match(text)
    return match[0].casefold() if match else ""


def _lacking(rows: Rows, at: int, words: Counter[str]) -> int:
    """The row of the page that begins in mid-word and not in mid-sentence; -1.

    The one right below, or right above, where that makes a word; else the first that the
    letter makes a word with that is commoner in the document than what the row has of it;
    else the one right below, but at the top of a page, where it may go on with the page
    before; else the first.
    """
    letter = rows[at].text[-1].casefold()
    if _lacks_above(rows, at, words):
        return at - 1
    top = _is_top(rows, at)
    turns = at > 0 and top and not rows[at - 1].terminal
    offers: list[tuple[bool, bool, int]] = []
    fallback = -1
    for below in range(at + 1, len(rows)):
        row = rows[below]
        if row.page != rows[at].page:
            break
        if not _MIDWORD.match(row.text) or is_numeral(row.text):
            continue
        first = _first(row.text)
        if below == at + 1:
            if words[letter + first]:
                return below
            fallback = below
        elif _begins(rows, below):
            whole = words[letter + first]
            offers.append((whole > words[first], whole > 0, -below))
    fits, made, target = max(offers, default=(False, False, -fallback))
    return -target if fits or (made and top) or turns or fallback < 0 else fallback


def _is_top(rows: Rows, at: int) -> bool:
    return at == 0 or rows[at - 1].page != rows[at].page


def _begins(rows: Rows, at: int) -> bool:
    """Whether the row above does not run into this one: that would be an ordinary line."""
    above = rows[at - 1]
    ends = above.terminal or (rows[at].above and rows.spaced) or rows.short(at - 1)
    return ends and not above.broken


def _lacks_above(rows: Rows, at: int, words: Counter[str]) -> bool:
    """Whether the letter is that of the row right above: written behind the first of the
    lines that stand beside it."""
    if at == 0 or at + 1 >= len(rows) or rows[at + 1].page != rows[at - 1].page:
        return False
    row, letter = rows[at - 1], rows[at].text[-1].casefold()
    if _lacks_alone(rows, at, words):
        return True
    if row.terminal or not row.lower or not rows[at + 1].lower:
        return False
    if at > 1 and rows[at - 2].page == row.page and not _begins(rows, at - 1):
        return False
    below = letter + _first(rows[at + 1].text)
    return words[letter + _first(row.text)] > 0 and not words[below]


def _lacks_alone(rows: Rows, at: int, words: Counter[str]) -> bool:
    """Whether the row right above, which stands alone and is all of its paragraph, lacks a letter,
    and the one below lacks none."""
    row, first = rows[at - 1], _first(rows[at - 1].text)
    if not (row.lower and row.above and rows[at].above and _begins(rows, at - 1)):
        return False
    if row.page != rows[at].page or _MIDWORD.match(rows[at + 1].text):
        return False
    return words[rows[at].text[-1].casefold() + first] > words[first]
