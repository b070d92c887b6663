"""How a stretch of text begins and ends: what layout asks of words, in any language."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern

from booktools.arrange.labels import NUMBERED

# The lines of a long book are asked for by several, one after another from first to last: were
# they not all remembered, none would be.
REMEMBERED = 1 << 17
# What may open a quotation, “so”, „so“, «so», »so«.
QUOTES = "“\"«»„‘‚'‹›"
# What may stand before a sentence's first letter.
_OPENERS = '"“‘„‚«»‹›([¡¿'
_CLOSERS = "\"'”’“‘»›«‹)\\]"
# A full stop, closing marks with or without a space (« … »), and the sign of a note; a colon
# with the dash that older print sets behind it.
_TERMINAL = re.compile(
    rf"(?:[.!?…:。！？؟।]|:\s?[—–]|:-{{1,2}}—?)(?:[{_CLOSERS}]|\s+(?=[{_CLOSERS}]))*[*†‡¹²³⁰⁴-⁹]*$"
)
# The number of a note, set as an ordinary figure after the full stop that ends a word.
_NOTED = re.compile(rf"[^\W\d_]{{2}}[.!?…][{_CLOSERS}]*\d{{1,3}}$")

# The ends of a speech that is interrupted.
BREAKS_OFF = frozenset(dash + mark for dash in "—–" for mark in '”»"')

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")

_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
_LABEL = re.compile(rf"{NUMBERED}\.?", re.IGNORECASE)
# A number, and the title behind it on the line: not one of “Part 2 of the plan”.
_LABELLED = re.compile(rf"{NUMBERED}\s?[.:–—-]\s*\S.*", re.IGNORECASE)
# What a broken word ends with: the hyphens, soft ones too, what extractors make of them, and
# those of black-letter type.
HYPHENS = ("-", "\u2010", "\u2011", "\u00ad", "\ufffe", "\x02", "¬", "=", "⸗")
_HYPHENS = frozenset(HYPHENS)
_HALF = re.compile(rf"([^\W\d_]+)[{''.join(HYPHENS[1:])}-]$")

# Words that no sentence ends with: English, Spanish, French, German.
GOES_ON = frozenset(
    re.findall(
        r"\w+",
        """a an the and or but nor of to in on at by for from with as that which who whose
        this these those its his her their our my is are was were be been has have had not
        el la los las un una de del y o en con por para que le les des du et ou
        der die das und mit von zu""",
    )
)


def evenly(text: str) -> str:
    """The text with one blank between its words, and none at its ends."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # the blank is the only one that is printed
    return " ".join(text.split())


def is_broken(text: str) -> bool:
    """Whether a text ends with what may be the hyphen of a broken word."""
    return text[-1:] in _HYPHENS


@lru_cache(REMEMBERED)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a line, casefolded."""
    if text.isascii() and "'" not in text:
        found = text.lower().translate(_NO_LETTERS).split()
    else:
        found = _WORD.findall(text.casefold())
    return tuple(map(intern, found))  # a book's words are few


@lru_cache(REMEMBERED)
def ends_sentence(text: str) -> bool:
    """Whether a text without blanks at its end stops as a sentence stops."""
    last = text[-1:]
    if last.isalpha() or last in ",;":
        return False
    if _TERMINAL.search(text):
        return True
    return last.isdigit() and bool(_NOTED.search(text))


@lru_cache(REMEMBERED)
def starts_lower(text: str) -> bool:
    """Whether the first letter is a small one."""
    return text.lstrip(_OPENERS)[:1].islower()


def broken_word(text: str) -> str:
    """The half of a word before the hyphen that ends the text, or nothing."""
    match = _HALF.search(text.rpartition(" ")[2]) if is_broken(text) else None
    return match[1] if match else ""


@lru_cache(REMEMBERED)
def is_label(text: str) -> bool:
    """Whether it is the number of a chapter or part, set apart: "Chapter 1"."""
    return bool(_LABEL.fullmatch(text))


def is_labelled_title(text: str) -> bool:
    """Whether it is a chapter's number and its title in one: "Chapter 1. Home"."""
    return bool(_LABELLED.fullmatch(text))
