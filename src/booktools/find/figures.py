"""Digits and signs inside words, and numbers that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from booktools.find.reading import Reading
from booktools.find.rule import Doubt, like
from booktools.find.shapes import NUMBER
from booktools.find.words import Word

# What digits and signs are taken for letters, and letters for digits.
_AS_LETTERS = {
    "0": "o", "1": "lir", "3": "s", "5": "s", "6": "b", "7": "t", "8": "s", "9": "g", "|": "l",
    "!": "l", "/": "l", "\\": "l", "$": "s", "£": "f", "€": "e", "¢": "c", "@": "a", "(": "c",
    "{": "f", "}": "f", "[": "l", "]": "l", "~": "-", "_": "-", "*": "", ".": "", ",": "",
    "'": "", "‘": "", "’": "", '"': "", "“": "", ":": "", ";": "", "^": "", "#": "", "°": "",
    "=": "", "«": "", "»": "", "”": "", "+": "t", "&": "", "%": "", "<": "c", ">": "", "?": "",
    ")": "", "2": "z", "4": "a",
}  # fmt: skip
_STOPPED = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?)([.,;:!?])([^\W\d_]+(?:'[^\W\d_]+)?)")
_GROUPS = re.compile(r"\d{1,3}(?:,\d+)+")
_MANY = 64
_SLASH = re.compile(r"[/&-]|['‘’][\"“”]|[\"“”]+['‘’]?")
_ADDRESS = re.compile(r"www\.|\.(?:com|org|net|html?|txt|epub|pdf)\b|@\w+\.", re.IGNORECASE)
_TURN = re.compile(r"[”»][“«„]|[.,!?]’‘")


def signs_in_words(reading: Reading) -> Iterator[Doubt]:
    """Digits or signs inside a word: what a page is misread as.

    Ordinals, sums, times, section numbers, initials and addresses are none. Where a stop
    stands between two words it is rule PUN001, or a number alone, NUM002; where one speech
    ends and the next begins, QUO004.

    Bad: The 1ittle b0y had bro~ken it.
    Good: The little boy had broken it.
    Keep: “Come home.”“Now?” he said.
    Keep: The 2nd of May, at 10.30 a.m., for 3s. 6d., see U.S.A. and A4.
    """
    for word in reading.words:
        if word.plain or NUMBER.fullmatch(word.form) or _is_plain_stop(word.form):
            continue
        if _TURN.search(reading.text, word.start, word.end):
            continue
        if not any(c.isalpha() for c in word.form) or _ADDRESS.search(word.form):
            continue
        if all(
            (part and reading.knows(part)) or NUMBER.fullmatch(part) or part.isupper()
            for part in _SLASH.split(word.form)
        ):
            continue
        readings = tuple(like(word.form, one, reading) for one in as_word(reading, word.form))
        digits = sum(c.isdigit() for c in word.form)
        letters = sum(c.isalpha() for c in word.form)
        score = 0.93 if readings else 0.8 if letters > digits else 0.45
        yield Doubt(
            word.start,
            word.end,
            readings[:5],
            score,
            f"signs in {word.lower}",
            f"digits or signs inside “{word.form}”",
        )


def as_word(reading: Reading, form: str) -> list[str]:
    """The known words that a form may be when its digits and signs are letters or nothing."""
    forms = [""]
    for char in form.lower():
        options = _AS_LETTERS.get(char, char) if not char.isalpha() else char
        forms = [one + option for one in forms for option in (options or ("",))]
        if len(forms) > _MANY:
            return []
    found = {one.strip("-") for one in forms}
    known = [one for one in found if one and reading.knows(one) and one.isalpha()]
    if not known:
        for one in sorted(found)[:8]:
            near = reading.vocabulary.near(one, reading.channel) if one.isalpha() else {}
            known += [word for word, cost in near.items() if cost < 4.5]
    zipf = reading.language.zipf
    return sorted(dict.fromkeys(known), key=lambda one: (-zipf.get(one, 0.0), one))


def _is_plain_stop(form: str) -> bool:
    return _STOPPED.fullmatch(form) is not None


def stops_between_words(reading: Reading) -> Iterator[Doubt]:
    """A stop or comma between two words with no blank at either side.

    What the page has is most often a blank and a speck, or a stop and a lost blank, when a
    capital follows.

    Bad: It was more.than he could bear.
    Good: It was more than he could bear.
    Bad: He went to.the house.
    Good: He went to the house.
    Keep: At 5 p.m., i.e. before U.S. ships left.
    """
    for word in reading.words:
        if word.plain:
            continue
        parts = _STOPPED.fullmatch(word.form)
        if parts is None or _ADDRESS.search(word.form):
            continue
        first, sign, second = parts.groups()
        known = reading.knows(first) and reading.knows(second)
        if NUMBER.fullmatch(word.form) and not (known and _two_words(first, second)):
            continue
        blank, both = f"{first} {second}", f"{first}{sign} {second}"
        end = second[:1].isupper() or sign in "!?;:"
        readings = (both, blank) if end else (blank, both)
        joined = as_word(reading, word.form)
        score = 0.9 if known else 0.75
        yield Doubt(
            word.start,
            word.end,
            (*readings, *joined)[:5] if known else (*joined, *readings)[:5],
            score,
            "stop between two words",
            f"no blank beside the “{sign}” in “{word.form}”",
        )


def _two_words(first: str, second: str) -> bool:
    """Whether what looks like an abbreviation (“p.m”) is two little words with a stop between."""
    return len(first) > 1 and first[1:].islower() and (len(second) > 1 or second == "a")


def broken_numbers(reading: Reading) -> Iterator[Doubt]:
    """A number whose groups are not of three digits.

    Bad: It cost 53,0000 pounds.
    Keep: It cost 53,000 pounds in 1893, and 1,250,000 more.
    """
    for word in reading.words:
        if _GROUPS.fullmatch(word.form):
            groups = word.form.split(",")[1:]
            if any(len(group) != 3 for group in groups) and len(groups[-1]) > 1:
                # 10,11 may be a list without blanks.
                score = 0.3 if len(groups[-1]) == 2 and len(groups) == 1 else 0.75
                yield Doubt(
                    word.start,
                    word.end,
                    (),
                    score,
                    "broken number",
                    f"the groups of “{word.form}” have not three digits each",
                )


def alone(word: Word) -> bool:
    """Whether nothing but blanks stands before a word."""
    return not word.glue.strip()


def digits_for_i(reading: Reading) -> Iterator[Doubt]:
    """“1”, “l”, “|” or “[” alone before a verb, for the pronoun “I”; a small “i” alone.

    Bad: Then 1 am lost, and i know it.
    Good: Then I am lost, and I know it.
    Keep: Chapter 1 was long. See page 1 and i.e. and (i) below.
    """
    if reading.language.base != "en":
        return
    words = reading.words
    for index, word in enumerate(words):
        if word.form not in ("1", "l", "i", "J") or index + 1 >= len(words):
            continue
        after = words[index + 1]
        if after.glue != " " or not after.plain:
            continue
        verb = reading.model.goes("i", after.lower) and after.form.islower()
        if word.form == "i":
            if word.glue[-1:] in (" ", "\n", "“", "‘", "—") and reading.text[word.end] == " ":
                yield _pronoun(word, 0.9 if verb else 0.6)
        elif verb and reading.model.pair("i", after.lower) > _VERB:
            yield _pronoun(word, 0.85)


_VERB = 0.002


def _pronoun(word: Word, score: float) -> Doubt:
    return Doubt(
        word.start, word.end, ("I",), score, f"{word.form} for I", f"“{word.form}” before a verb"
    )


_STRAY = re.compile(r"(?<![^\s“‘(—])[\[|\]{}!](?= [a-z])")


def bars_for_i(reading: Reading) -> Iterator[Doubt]:
    """A bar or a bracket alone before a word, for “I”.

    Bad: And then | saw him.
    Good: And then I saw him.
    Keep: [He saw him.]
    """
    if reading.language.base != "en":
        return
    for found in _STRAY.finditer(reading.text):
        yield Doubt(
            found.start(),
            found.end(),
            ("I",),
            0.85,
            "bar for I",
            f"“{found[0]}” alone before a word",
        )
