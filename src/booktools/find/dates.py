"""Years and dates that cannot be, or that contradict one another in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from booktools.find.reading import Reading
from booktools.find.rule import Doubt
from booktools.find.words import lines_with, set_of

_LONG = set_of(
    "January March May July August October December Jan Mar Jul Aug Oct Dec enero marzo mayo julio"
    " agosto octubre diciembre janvier mars mai juillet août octobre décembre Januar März Mai Juli"
    " Oktober Dezember"
)
_SHORT = set_of(
    "April June September November Apr Jun Sept Sep Nov abril junio septiembre noviembre avril juin"
    " septembre novembre Juni"
)
_FEBRUARY = set_of("February Feb febrero février Februar")
_LONGEST = {**dict.fromkeys(_SHORT, 30), **dict.fromkeys(_FEBRUARY, 29)}
_MONTH = "|".join(sorted(_LONG | _SHORT | _FEBRUARY, key=lambda name: (-len(name), name)))
_BEFORE = rf"(?:{_MONTH})\.?,?(?: \d{{1,2}}(?:st|nd|rd|th)?,?)?"
_COUNTED = "men|people|workers|soldiers|miles|years|dollars|francs|copies|votes|pounds"
_FIVE = re.compile(
    rf"\b(?:{_BEFORE}|in|since|until|of|from|by|en|de|seit|im Jahr) (\d{{5}})"
    rf"(?![\d,.:]\d|\w)(?! (?:{_COUNTED}))"
)
_THREE = re.compile(rf"\b(?:{_MONTH})\.?,?(?: \d{{1,2}},)? (\d{{3}})\b(?![,.]\d)")
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY = re.compile(rf"\b(?:({_MONTH})\.? (\d{{1,2}})|{_ORDINAL} (?:of |de )?({_MONTH}))\b(?!\d)")
_LISTED = re.compile(r"^[^\w\n]*(1\d{3}|20\d{2})\b(?![-–—/,.]?\d)", re.MULTILINE)
_RANGE = re.compile(r"\b(1\d{3}|20\d{2})(?:-|–|—)(1\d{3}|20\d{2}|\d{2})\b")
_DIGIT = re.compile(r"\d")
_ROW = 4  # dates of a list that must rise before one that does not


def impossible_years(reading: Reading) -> Iterator[Doubt]:
    """A year of five or three digits, a day that no month has, a span that ends before it begins.

    Bad: It began in May 19733, and on February 30 it stopped.
    Bad: The war of 1918–1914 was over.
    Keep: In May 1973, by 12000 votes, on February 28; of 12500 men, 1914–18.
    """
    text = reading.text
    lines = list(lines_with(_DIGIT, text))

    def matches(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return (match for start, end in lines for match in pattern.finditer(text, start, end))

    for pattern, score in ((_FIVE, 0.5), (_THREE, 0.6)):
        for match in matches(pattern):
            number = match[1]
            if pattern is _FIVE and number[:2] not in ("16", "17", "18", "19", "20"):
                continue
            cut = {number[:at] + number[at + 1 :] for at in range(len(number))}
            years = sorted(year for year in cut if len(year) == 4 and "1500" < year < "2050")
            said = f"“{number}” is no year"
            yield Doubt(match.start(1), match.end(1), tuple(years[:3]), score, "year", said)
    for match in matches(_DAY):
        month, day = (match[1] or match[4]), int(match[2] or match[3])
        late = _LONGEST.get(month, 31) < day < 32 or (31 < day < 40 and match[2])
        if day == 0 or late:
            said = f"{month} has no {day} days"
            yield Doubt(match.start(), match.end(), (), 0.7, "day of a month", said)
    for match in matches(_RANGE):
        first, last = match[1], match[2]
        if len(last) == 4 and last < first:
            said = f"{first} is later than {last}"
            yield Doubt(
                match.start(), match.end(), (f"{last}{match[0][4]}{first}",), 0.6, "span", said
            )


def dates_out_of_order(reading: Reading) -> Iterator[Doubt]:
    """In a list of lines that begin with rising years, one that stands before its time.

    `⏎` stands for a line end.

    Bad: 1960 a⏎⏎1961 b⏎⏎1962 c⏎⏎1963 d⏎⏎1936 e⏎⏎1965 f
    Keep: 1970 one thing. And in 1950 another.
    """
    found = list(_LISTED.finditer(reading.text))
    years = [int(match[1]) for match in found]
    for at in range(_ROW, len(years) - 1):
        rising = years[at - _ROW : at] == sorted(years[at - _ROW : at])
        if rising and years[at] < years[at - 1] and years[at + 1] >= years[at - 1]:
            match = found[at]
            said = f"{years[at]} stands in a list between {years[at - 1]} and {years[at + 1]}"
            yield Doubt(match.start(1), match.end(1), (), 0.6, "date out of order", said)
