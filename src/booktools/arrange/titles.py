"""What a heading's own words show: numerals, capitals, the case of titles."""

from __future__ import annotations

import re
from functools import lru_cache

from booktools.arrange.words import GOES_ON, QUOTES, REMEMBERED, is_label

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NUMERAL = re.compile(
    r"(?:§\s*)?(?:(?:No\.\s)?[IVXLC]{1,8}|\d{1,3}(?:\.\d{1,2}){0,3}|[A-Z])[.):]?"
    r"|([—–])\s?[IVXLC]{1,8}\s?\1"
)
# Before a dash, a numeral may be one that OCR has misread: "XH — Home", "IL-— Home", "IV —Home".
_NUMBERED = re.compile(
    r"(?:§\s*)?(?:[IVXLC]{1,8}|\d{1,3}(?:\.\d{1,2}){0,3})(?:[.):]|\s*[—–-])\s+\S"
    r"|[IVXLCHTU]{2,8}(?:\s*[—–-]{1,2}\s+|\s+[—–])\S"
)
# Words this short may be small in a title.
_LITTLE = 3
# A sentence that ends within the text; abbreviations are shorter words.
_SENTENCES = re.compile(r"[^\W\d_]{4,}[.!?…]+[”’“‘»«\"']?\s+[“«„»\"‘‚']?[^\W\d_]")
# What somebody says ends so.
_SPEECH = re.compile(r"[?!][”»“«\"]?$|[.,…—–-][”»“«\"]$")
# A day's date at the end: "July 5th, 1901", "5 July 1901", "le 5 juillet 1901".
_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th|er|\.|º)?,?(?:\s(?:de\s)?\w+(?:\sde)?)?\s1[4-9]\d\d$")
_WEEKDAYS = frozenset(
    re.findall(
        r"\w+",
        """monday tuesday wednesday thursday friday saturday sunday lunes martes miércoles jueves
        viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag
        mittwoch donnerstag freitag samstag sonnabend sonntag""",
    )
)
# A title that asks has so many longer words.
_QUESTION = 3
# Longer words with a capital, every one of them, that make a title without further evidence.
_TITLE = 3
# Behind an article, or what else leads on, so many.
_PHRASE = 2
# Fewer words do not make a sentence.
_SENTENCE = 4
# With so many dashes it says what a chapter tells of.
_TOPICS = 2
# No heading is longer, in words.
MOST_WORDS = 22


@lru_cache(REMEMBERED)
def is_numeral(text: str) -> bool:
    """Whether it is a bare number of a chapter or section: "XIV", "3.2", "IV.", "—IV—"."""
    return bool(_NUMERAL.fullmatch(text)) or is_label(text)


def is_numbered(text: str) -> bool:
    """Whether a number opens it as one opens a heading: "XII. Of the Sea", "3.1. Method"."""
    return bool(_NUMBERED.match(text))


def is_counted(text: str) -> bool:
    """Whether it is a chapter's number, or begins with one."""
    return is_numeral(text) or is_numbered(text)


def is_capitals(text: str) -> bool:
    """Whether it is set in capitals altogether."""
    return text.isupper() and sum(c.isalpha() for c in text) > 2


@lru_cache(REMEMBERED)
def is_title_like(text: str) -> bool:
    """Whether it has the case of titles: every word but the little ones with a capital."""
    if text.endswith((",", ";", ":", "—", "–", "-")) or text.count("—") >= _TOPICS:
        return False
    words = _WORD.findall(text)
    if not words or len(words) > MOST_WORDS or not words[0][:1].isupper():
        return is_numeral(text)
    long = [w for w in words if len(w) > _LITTLE]
    # A question may be a title; what somebody says is none.
    said = text[0] in f"{QUOTES}—–" or len(long) < _QUESTION
    if (said and _SPEECH.search(text)) or _SENTENCES.search(text):
        return False
    return all(w[:1].isupper() for w in long or words[-1:])


def is_said(text: str) -> bool:
    """Whether it is what somebody says, from the mark that opens it to the one that closes it."""
    return text[0] in QUOTES and bool(_SPEECH.search(text))


def is_stopped_name(text: str) -> bool:
    """Whether it has a full stop behind fewer words with a capital than make a title: the end of a
    sentence, a name, a date; not "The Night Boat." or "Of the Sea and the Shore."."""
    if not text.rstrip("”»\"'’").endswith(".") or is_long_title(text) or is_numbered(text):
        return False
    words = _WORD.findall(text)
    capitals = [word for word in words[1:] if word[:1].isupper()]
    phrase = words[0].casefold() in GOES_ON and text.count(".") == 1 and "," not in text
    return not phrase or len(capitals) < _PHRASE


def is_dated(text: str) -> bool:
    """Whether it ends with a day's date behind a place or a name, as letters and prefaces do:
    "London, July 5th, 1901"; not a date alone, which a diary may have for a heading."""
    match = _DATE.search(text)
    if match is None or "," not in text[: match.start()]:
        return False
    return _WORD.findall(text)[0].casefold() not in _WEEKDAYS


def is_long_title(text: str) -> bool:
    """Whether so many of its words have the case of titles that no sentence has it."""
    capitals = [w for w in _WORD.findall(text) if len(w) > _LITTLE and w[:1].isupper()]
    return len(capitals) >= _TITLE and is_title_like(text)


def is_sentence_like(text: str) -> bool:
    """Whether most of its longer words are small: a sentence, or a piece of one."""
    long = [w for w in _WORD.findall(text) if len(w) > _LITTLE][1:]
    return len(text.split()) >= _SENTENCE and 2 * sum(w[:1].islower() for w in long) > len(long)
