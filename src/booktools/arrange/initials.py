"""Drop capitals: a letter that stands alone, and the line that lacks its first letter.

Extractors write the large letter as a line of its own: before its paragraph, before the
heading above it or at the top of the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from booktools.arrange.rows import Rows

_INITIAL = re.compile(r"[“\"«„‘'¿¡]?[^\W\d_]")
_LETTERS = re.compile(r"[^\W\d_]+")
# Letters that are words by themselves.
_WORDS = frozenset("aeioyuàéòó")
# How a row goes on after a drop capital: small, or with the capitals of its first words.
_MIDWORD = re.compile(r"(?:[a-zß-öø-ÿ]|[^\W\d_a-z]{2,}(?![^\W\d_]))")


def initials(rows: Rows) -> dict[int, int]:
    """The row with the letter, by the row that lacks it.

    Of several letters the one that makes a word of the document is taken, then one that is
    no numeral, then the nearest.
    """
    letters = [at for at, row in enumerate(rows.rows) if len(row.text) <= 2 and _letter(row.text)]
    if not letters:
        return {}
    every = _LETTERS.findall("\n".join([row.text for row in rows.rows]))
    words = Counter(map(str.casefold, every))
    offers: dict[int, list[tuple[bool, bool, int]]] = defaultdict(list)
    for at in letters:
        text, target = rows[at].text, _lacking(rows, at, words)
        if target < 0:
            continue
        rest, letter = _first(rows[target].text), text[-1].casefold()
        known = words[letter + rest] > 0
        alone = letter in _WORDS and words[rest] > 1
        numeral = text in "IVXLC"
        if known or alone or not numeral:
            offers[target].append((known or alone, not numeral, at))
    return {target: max(own)[2] for target, own in offers.items()}


def _letter(text: str) -> bool:
    return bool(_INITIAL.fullmatch(text)) and text[-1].isupper()


def _first(text: str) -> str:
    match = _LETTERS.match(text)
    return match[0].casefold() if match else ""


def _lacking(rows: Rows, at: int, words: Counter[str]) -> int:
    """The first row below on the page that begins in mid-word and not in mid-sentence; -1.

    At the top of a page the row below the letter may go on with the page before.
    """
    letter = rows[at].text[-1].casefold()
    fallback = -1
    for below in range(at + 1, len(rows)):
        row = rows[below]
        if row.page != rows[at].page:
            return fallback
        if not _MIDWORD.match(row.text):
            continue
        above = rows[below - 1]
        if below == at + 1:
            first = _first(row.text)
            turns = at > 0 and rows[at - 1].page < row.page and not rows[at - 1].terminal
            if not turns or words[letter + first] or not words[first]:
                return below
            fallback = below
            continue
        # Not where the row above runs into it: that would be an ordinary line.
        if above.terminal or (row.above and rows.spaced) or rows.short(below - 1):
            return below if not above.broken else fallback
    return fallback
