"""What a document does with dashes, marks and old spellings: rules follow it, not the reverse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from booktools.clean.selves import signs_for_i
from booktools.model.specks import is_specked

# A dash before a word, with the blanks beside it.
_DASH = re.compile(r"(?:—|--)( ?)(?=\w)")
# A mark between two words, an initial before a name, and the blank behind it.
_MARK = re.compile(r"[.,;:!?…](?<=[^\W\d_]{2}.)(\s?)[A-ZÀ-Þ][^\W\d_A-Z]")
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.(?<![^\W\d_]..)(\s?)[A-ZÀ-Þ][^\W\d_A-Z]{2}")
# So many bars within lines tell.
_FEWEST_BARS = 3
# The English word I, or a bar within a line that may be one, with the words at both sides; and
# what mostly stands behind it.
_SELF = re.compile(r"(?:(\w+)([^\w\s]*)\s+|\A)I\s+([a-z]+)")
_BAR = re.compile(r"(?<=\S )\| ([a-z]+)(?!\w)")
_BEHIND_I = frozenset(
    re.findall(
        r"\w+",
        """am was have had do did will would shall should can could may might must think thought
        know knew see saw say said go went come came find found tell told hope suppose believe
        never always not don want took take made make felt feel heard hear""",
    )
)
_BEFORE_I = frozenset(("and", "that", "as", "when", "then", "but", "if", "what", "where", "which"))
# So many times as many are most, and nearly all.
_MOST = 3
_NEARLY_ALL = 10


@dataclass(frozen=True, slots=True)
class Habits:
    """`dashes_close`: a dash that closes up with the word before it does so with the next one,
    too: “so—and”, not “—dijo— y”.  `closed_dashes`: a dash that closes up with the next word
    has mostly no blank before it; `always_closed_dashes`: but for a few.  `blank_marks`,
    `blank_initials`: nearly everywhere a blank stands between a mark, or an initial, and the
    next word.  `old_german`: the document writes daß.  `specked`: OCR has read specks as signs;
    then `before_i` and `behind_i` are the words beside the English word I, `bars_for_i` says
    whether most bars within lines stand before such a word, and `signs_for_i` are other signs
    that mostly stand so.
    """

    dashes_close: bool = True
    closed_dashes: bool = False
    always_closed_dashes: bool = False
    blank_marks: bool = True
    blank_initials: bool = True
    old_german: bool = False
    specked: bool = False
    before_i: frozenset[str] = frozenset()
    behind_i: frozenset[str] = frozenset()
    bars_for_i: bool = False
    signs_for_i: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Habits:
        texts = list(texts)
        dashes = Counter(chain.from_iterable(map(_dashes, texts)))
        marks = Counter(map(bool, chain.from_iterable(map(_MARK.findall, texts))))
        initials = Counter(map(bool, chain.from_iterable(map(_INITIAL.findall, texts))))
        old = sum(text.count("daß") - text.count("dass") for text in texts)
        close, apart, opening = dashes["a", ""], dashes["a", " "], dashes["", ""]
        specked = is_specked(texts)
        selves = [m for text in texts for m in _SELF.findall(text)] if specked else []
        behind_i = _BEHIND_I | {behind for *_, behind in selves}
        bars = [word for text in texts for word in _BAR.findall(text)] if specked else []
        for_i = sum(word in behind_i for word in bars)
        bars_for_i = for_i >= _FEWEST_BARS and 2 * for_i > len(bars)
        before_i = _BEFORE_I | {before.casefold() for before, mark, _ in selves if not mark}
        return cls(
            dashes_close=close >= apart,
            closed_dashes=close > _MOST * opening,
            always_closed_dashes=close > _NEARLY_ALL * opening,
            blank_marks=marks[True] >= _NEARLY_ALL * marks[False],
            blank_initials=initials[True] >= _NEARLY_ALL * initials[False],
            old_german=old > 0,
            specked=specked,
            before_i=before_i,
            behind_i=behind_i | frozenset(bars if bars_for_i else ()),
            bars_for_i=bars_for_i,
            signs_for_i=signs_for_i(texts if specked else (), before_i, behind_i),
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
