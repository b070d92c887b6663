"""What a document does with dashes, marks and old spellings: rules follow it, not the reverse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A dash before a word, with the blanks beside it.
_DASH = re.compile(r"(?:—|--)( ?)(?=\w)")
# A mark between two words, an initial before a name, and the blank behind it.
_MARK = re.compile(r"[.,;:!?…](?<=[^\W\d_]{2}.)(\s?)[A-ZÀ-Þ][^\W\d_A-Z]")
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.(?<![^\W\d_]..)(\s?)[A-ZÀ-Þ][^\W\d_A-Z]{2}")
# So many times as many are most, and nearly all.
_MOST = 3
_NEARLY_ALL = 10


@dataclass(frozen=True, slots=True)
class Habits:
    """`dashes_close`: a dash that closes up with the word before it does so with the next one,
    too: “so—and”, not “—dijo— y”.  `closed_dashes`: a dash that closes up with the next word
    has mostly no blank before it; `always_closed_dashes`: but for a few.  `blank_marks`,
    `blank_initials`: nearly everywhere a blank stands between a mark, or an initial, and the
    next word.  `old_german`: the document writes daß.
    """

    dashes_close: bool = True
    closed_dashes: bool = False
    always_closed_dashes: bool = False
    blank_marks: bool = True
    blank_initials: bool = True
    old_german: bool = False

    @classmethod
    def of(cls, texts: Iterable[str]) -> Habits:
        dashes: Counter[tuple[str, str]] = Counter()
        marks: Counter[bool] = Counter()
        initials: Counter[bool] = Counter()
        old = 0
        for text in texts:
            dashes.update(_dashes(text))
            marks.update(map(bool, _MARK.findall(text)))
            initials.update(map(bool, _INITIAL.findall(text)))
            old += text.count("daß") - text.count("dass")
        close, apart, opening = dashes["a", ""], dashes["a", " "], dashes["", ""]
        return cls(
            dashes_close=close >= apart,
            closed_dashes=close > _MOST * opening,
            always_closed_dashes=close > _NEARLY_ALL * opening,
            blank_marks=marks[True] >= _NEARLY_ALL * marks[False],
            blank_initials=initials[True] >= _NEARLY_ALL * initials[False],
            old_german=old > 0,
        )


def _dashes(text: str) -> Iterator[tuple[str, str]]:
    """What stands before each dash before a word, a letter or mark (as “a”) or a blank, and
    whether a blank stands behind it."""
    if "—" in text or "--" in text:
        for match in _DASH.finditer(text):
            before = text[match.start() - 1 : match.start()]
            if before == " ":
                yield "", match[1]
            elif before.strip("—-\n\f\t"):
                yield "a", match[1]
