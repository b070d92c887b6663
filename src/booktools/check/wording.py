"""Checks of characters, punctuation and words in running text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from booktools.check.passages import Passage, Reading
from booktools.check.rule import Hit, hit

_CONTROL = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ue000-\uf8ff\ufb00-\ufb06\ufeff\ufff0-\uffff\U000f0000-\U0010ffff]"
)
_FOREIGN = re.compile("[\u0370-\u052f\u0531-\u058a\u10a0-\u10ff\u13a0-\u13ff]")
_WORD = re.compile(r"[^\W\d_]+")
_UNIT = re.compile("[μΩ][A-Za-z]{1,2}")

_CURLY = re.compile("[“”‘’„«»]")
_STRAIGHT = re.compile(r"""(?<!\d)["']""")

_BLANK = "[ \u00a0\u202f]"
_STOP = rf"(?<=[^\s.(\[“‘«—–-]){_BLANK}+\.(?![.\d]|{_BLANK}\.)"  # not of “. . .” or “.5”
_LOOSE = re.compile(rf"(?<=[^\s(\[“‘«¿¡—–-]){_BLANK}+[,;:!?](?!\w)|{_STOP}")
_FRENCH = re.compile(rf"(?<=[^\s(\[“‘«—–-]){_BLANK}+,|{_STOP}")

_TWICE = re.compile(r"\b([^\W\d_]+(?:[’'][^\W\d_]+)?)\s+(\1)\b(?![’'-]\w)", re.IGNORECASE)
_MAY_BE_TWICE = frozenset({"had", "that", "very", "ha", "so", "bye", "no", "yes", "is", "long"})

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_QUOTES = {"“": "”", "«": "»", "‹": "›"}
_LOW_QUOTES = {"„": "“", "‚": "‘", "»": "«", "›": "‹"}  # as German sets them
_LOW = frozenset({"de", "cs", "sk", "sl", "hr", "sr", "bg", "lt", "is", "et", "da"})
_ALIKE = frozenset({"sv", "fi"})  # one and the same mark opens and closes
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;,]))(?:\d{1,3}|[A-Za-z]|[ivxlc]+)\)")


def odd_character(reading: Reading) -> Iterator[Hit]:
    """A character that no reader should meet: control characters, private ones, those that
    show nothing, ligatures of one font, the sign for a character that could not be read.

    Bad:
        The \N{LATIN SMALL LIGATURE FI}rst of May.
    Good:
        The first of May.
    Keep:
        The naïve señor’s café.
    """
    for passage in reading.passages:
        for match in _CONTROL.finditer(passage.text):
            name = unicodedata.name(match[0], "a character without a name")
            message = f"U+{ord(match[0]):04X} ({name.lower()}) does not belong in a book"
            yield hit(passage, match.start(), match.end(), message)


def mixed_scripts(reading: Reading) -> Iterator[Hit]:
    """One word has letters of two scripts that look alike, as when optical character
    recognition, or a hand that changed keyboards, took one for the other. Nobody sees it,
    and no search finds the word.

    Bad:
        In V\N{CYRILLIC SMALL LETTER A}lparaíso.
    Good:
        In Valparaíso.
    Keep:
        The word λόγος, a bolt of 5 μm.
    """
    for passage in reading.passages:
        if not _FOREIGN.search(passage.text):
            continue
        for match in _WORD.finditer(passage.text):
            scripts = sorted({unicodedata.name(c, "?").split()[0] for c in match[0]} - _NOT_SCRIPTS)
            if len(scripts) > 1 and not _UNIT.fullmatch(match[0]):
                names = " and ".join(script.title() for script in scripts)
                yield hit(passage, match.start(), match.end(), f"{match[0]} mixes {names} letters")


_NOT_SCRIPTS = frozenset({"MICRO", "OHM", "FEMININE", "MASCULINE", "MODIFIER", "COMBINING", "?"})


def unbalanced(reading: Reading) -> Iterator[Hit]:
    """A quotation mark or a bracket is opened and not closed in its paragraph, or closed and
    never opened. A quotation that goes on over paragraphs opens again at each.

    Bad:
        He said: “We shall win.
    Good:
        He said: “We shall win.”
    Keep:
        “We shall win.

        “And soon,” he said. 1) First, a) this.
    """
    closes = _marks(reading.language)
    texts: list[Passage | None] = [*reading.passages, None]
    for passage, after in pairwise(texts):
        assert passage is not None
        goes_on = after.text.lstrip()[:1] if after and after.follows else ""
        yield from _unbalanced(passage, closes, goes_on)


def _marks(language: str) -> dict[str, str]:
    """What closes what in a language."""
    if language in _ALIKE:
        return _PAIRS
    return _PAIRS | (_LOW_QUOTES if language in _LOW else _QUOTES)


def _unbalanced(passage: Passage, closes: dict[str, str], goes_on: str) -> Iterator[Hit]:
    opened: list[tuple[str, int]] = []
    closers = {closer: opener for opener, closer in closes.items()}
    enumerators = {match.end() - 1 for match in _ENUMERATOR.finditer(passage.text)}
    for at, char in enumerate(passage.text):
        if char in closes and not (char in closers and _is_open(opened, closers[char])):
            opened.append((char, at))
        elif char in closers and at not in enumerators:
            if opened and opened[-1][0] == closers[char]:
                opened.pop()
            elif _is_open(opened, closers[char]):
                while opened[-1][0] != closers[char]:
                    opener, start = opened.pop()
                    yield hit(passage, start, start + 1, f"{opener} is not closed before {char}")
                opened.pop()
            elif opened and char not in _PAIRS.values() and opened[-1][0] not in _PAIRS:
                opener, start = opened.pop()
                yield hit(passage, start, at + 1, f"opened with {opener}, closed with {char}")
            else:
                yield hit(passage, at, at + 1, f"{char} closes nothing")
    for opener, start in opened:
        if opener in _PAIRS or opener != goes_on:
            yield hit(passage, start, start + 1, f"{opener} is not closed in its paragraph")


def _is_open(opened: list[tuple[str, int]], opener: str) -> bool:
    return any(mark == opener for mark, _ in opened)


def loose_punctuation(reading: Reading) -> Iterator[Hit]:
    """A blank stands before a mark of punctuation. French sets one before tall marks.

    Bad:
        They came , saw and won .
    Good:
        They came, saw and won.
    Keep:
        They came … and . . . went, for .5 pesos.
    """
    pattern = _FRENCH if reading.language == "fr" else _LOOSE
    for passage in reading.passages:
        for match in pattern.finditer(passage.text):
            message = f"a blank before “{match[0].strip()}”"
            yield hit(passage, match.start(), match.end(), message)


def straight_quotes(reading: Reading) -> Iterator[Hit]:
    """A straight quotation mark stands in a book that has curly ones. After a digit it may
    be feet, inches, minutes or seconds.

    Bad:
        “Bread” and "peace", he said.
    Good:
        “Bread” and “peace”, he said.
    Keep:
        “A board of 6' by 2" and no more,” he said.
    """
    if not any(_CURLY.search(passage.text) for passage in reading.passages):
        return
    for passage in reading.passages:
        for match in _STRAIGHT.finditer(passage.text):
            message = f"a straight {match[0]} among curly quotation marks"
            yield hit(passage, match.start(), match.end(), message)


def doubled_word(reading: Reading) -> Iterator[Hit]:
    """A word stands twice in a row, as at the end of one line and the beginning of the next.

    Bad:
        They went to the the harbour.
    Good:
        They went to the harbour.
    Keep:
        He had had enough. In Walla Walla, Pago Pago.
    """
    for passage in reading.passages:
        for match in _TWICE.finditer(passage.text):
            first, second = match.groups()
            name = first[:1].isupper() and second[:1].isupper() and len(first) > 1
            if not name and first.casefold() not in _MAY_BE_TWICE:
                yield hit(passage, match.start(), match.end(), f"“{first}” stands twice")
