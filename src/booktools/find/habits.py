"""Habits of a book that a few places do not follow: capitals, dates, stops at quotation marks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from booktools.find.reading import Reading
from booktools.find.rule import Doubt, times
from booktools.find.words import Word, set_of

_ASK = 0.3  # both ways are right somewhere: the book is asked to be of one mind
_OFTEN, _CLEARLY = 4, 4
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) ({_MONTH}),? (\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTH}) (\d{{1,2}}), (\d{{4}})\b")
# A word or a few between the marks: what is quoted is no sentence.
_INSIDE = re.compile(r"“([^“”.,!?\n]{1,40})([.,])”")
_OUTSIDE = re.compile(r"“([^“”.,!?\n]{1,40})”([.,])")
_WORDS = 4


def lost_capitals(reading: Reading) -> Iterator[Doubt]:
    """A word that has a capital elsewhere, with a small letter; a title before a name both ways.

    Words that the dictionary has are asked about only where they stand before the same name.

    Bad: The Mercian king sat, old Mercian law, the Mercian men and a Mercian lord. A mercian ship.
    Good: The Mercian king sat, old Mercian law, the Mercian men and a Mercian lord. A Mercian ship.
    Bad: So King Offa sat, and King Offa rose, and King Offa spoke to King Offa and king Offa.
    Keep: The king sat, and King Offa rose. King Offa was king, and king he was.
    """
    places = defaultdict[str, list[Word]](list)
    for word in reading.words:
        if not word.opens and word.plain and len(word.form) > 2:
            places[word.lower].append(word)
    for low, words in places.items():
        if low in reading.language.words or not low.isalpha():
            continue
        small = [word for word in words if word.form.islower()]
        large = sum(word.form[0].isupper() and word.form[1:].islower() for word in words)
        if small and large >= max(_OFTEN, _CLEARLY * len(small)):
            yield from _lost(small, large)
    yield from _titles(reading)


def _titles(reading: Reading) -> Iterator[Doubt]:
    pairs = defaultdict[tuple[str, str], list[Word]](list)
    for one, two in pairwise(reading.words):
        name = two.form[:1].isupper() and two.lower not in reading.language.words
        if name and two.glue == " " and not one.opens and one.plain and len(one.form) > 3:
            pairs[one.lower, two.form].append(one)
    for words in pairs.values():
        forms = Counter(word.form.islower() for word in words)
        rare = forms[True] < forms[False]
        few = [word for word in words if word.form.islower() == rare and not word.form.isupper()]
        if few and max(forms.values()) >= max(_OFTEN, _CLEARLY * len(few)):
            yield from _lost(few, max(forms.values()))


def _lost(words: list[Word], many: int) -> Iterator[Doubt]:
    for word in words:
        other = word.form.capitalize() if word.form.islower() else word.lower
        said = f"“{other}” stands {times(many)} here, “{word.form}” {times(len(words))}"
        family = f"{word.form} or {other}"
        yield Doubt(word.start, word.end, (other,), 0.45, family, said)


def date_orders(reading: Reading) -> Iterator[Doubt]:
    """A date with its day before the month in a book that has it behind, or the other way round.

    Bad: May 1, 1900, May 2, 1900, May 3, 1900, May 4, 1900: and on 5 May 1900.
    Good: May 1, 1900, May 2, 1900, May 3, 1900, May 4, 1900: and on May 5, 1900.
    Keep: On 5 May 1900 it rained, and on May 6, 1900 it did not.
    """
    days = list(_DAY_FIRST.finditer(reading.text))
    months = list(_MONTH_FIRST.finditer(reading.text))
    few, new, many = (
        (days, r"\2 \1, \3", len(months))
        if len(days) < len(months)
        else (months, r"\2 \1 \3", len(days))
    )
    if many < max(_OFTEN, 2 * len(few)):
        return
    for match in few:
        said = f"{many} dates of the book have the other order"
        yield Doubt(match.start(), match.end(), (match.expand(new),), _ASK, "order of dates", said)


def stops_at_quotes(reading: Reading) -> Iterator[Doubt]:
    """A comma or full stop before the closing mark of a quoted word or two, or behind it, where
    the book has it the other way.

    Bad: The “red”, the “blue”, the “green”, the “grey”, and the “white.” He left.
    Good: The “red”, the “blue”, the “green”, the “grey”, and the “white”. He left.
    Keep: “I shall go,” he said. “Yes,” she said. The “red”, the “blue”, the “green”, the “grey”.
    """
    inside = [match for match in _INSIDE.finditer(reading.text) if _phrase(reading, match)]
    outside = [match for match in _OUTSIDE.finditer(reading.text) if _phrase(reading, match)]
    few, many, new = (
        (inside, len(outside), r"“\1”\2")
        if len(inside) < len(outside)
        else (outside, len(inside), r"“\1\2”")
    )
    if many < max(_OFTEN, 2 * len(few)):
        return
    for match in few:
        said = f"the book has the stop on the other side of the mark {times(many)}"
        yield Doubt(
            match.start(),
            match.end(),
            (match.expand(new),),
            _ASK,
            "stop at a quotation mark",
            said,
        )


def _phrase(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a quoted stretch is a few words inside a sentence, and not what somebody says."""
    text = reading.text
    before = text[max(0, match.start() - 2) : match.start()]
    speech = not before.rstrip() or before.rstrip()[-1] in ",:.!?—“‘\n"
    return not speech and len(match[1].split()) <= _WORDS


def hyphens_as_dashes(reading: Reading) -> Iterator[Doubt]:
    """A hyphen with a blank at one side, for a dash.

    Bad: He came home -where he slept.
    Good: He came home – where he slept.
    Keep: A first- and second-class car, the ending -ing of nouns, 3 -4, and a well-known man.
    """
    for match in _ONE_SIDE.finditer(reading.text):
        before, after = match["before"], match["after"]
        if match["left"]:  # a blank before the hyphen
            if after in _ENDINGS or not reading.knows(after):
                continue
        elif after in ("and", "or", "to", "und", "oder", "et", "ou", "y", "o", "nor", "but"):
            continue
        elif not reading.knows(before) or f"{before}{after}".lower() in reading.lowers:
            continue  # the rest of a word that was divided
        new = " – "
        yield Doubt(
            match.start("dash"),
            match.end("dash"),
            (new, "—", "-"),
            0.33,
            "hyphen for a dash",
            "a hyphen with a blank at one side stands for a dash",
        )


_ONE_SIDE = re.compile(
    r"(?P<before>[^\W\d_]{2,})[,;”’]?(?P<dash>(?P<left> +)-(?=\w)|-(?P<right> +)(?=\w))"
    r"(?=(?P<after>[^\W\d_]{2,}))"
)
_ENDINGS = set_of("s es ed d ing er ers ly ness less ish est able ism ist ists al ic tion ment ous")
