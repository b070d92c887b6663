"""What a rule of the finder is, and the forms that its readings take."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from booktools.find.reading import Reading
from booktools.find.suggestion import Suggestion


class Sort(Enum):
    """What sort of fault a rule finds; the words of the ledger's `kind`."""

    OCR = "ocr"
    TYPO = "typo"
    GRAMMAR = "grammar"
    PUNCTUATION = "punctuation"
    CONSISTENCY = "consistency"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a rule's finder gives: a stretch of the text, and why it is doubtful."""

    start: int
    end: int
    readings: tuple[str, ...]
    score: float
    family: str
    evidence: str
    rule: str = ""  # where one finder serves two codes


Finder: TypeAlias = Callable[[Reading], Iterator[Doubt]]
_EXAMPLE = re.compile(r"^(Bad|Good|Keep): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, stable for ever, its name, the sort of fault, and what finds it.

    Its finder's docstring is the page that people read: what it looks for and why, what is
    `Bad`, the `Good` reading that it proposes for that, and what it must `Keep`.
    """

    code: str
    name: str
    sort: Sort
    find: Finder

    def suggestions(self, reading: Reading) -> Iterator[Suggestion]:
        """What it has to say of a text."""
        return (self.suggestion(reading, doubt) for doubt in self.find(reading))

    def suggestion(self, reading: Reading, doubt: Doubt) -> Suggestion:
        """What is proposed for a doubt."""
        return Suggestion(
            doubt.start,
            doubt.end,
            reading.text[doubt.start : doubt.end],
            doubt.readings,
            doubt.score,
            doubt.rule or self.code,
            doubt.family,
            doubt.evidence,
        )

    @property
    def page(self) -> str:
        """The docstring without its examples."""
        return _EXAMPLE.sub("", inspect.getdoc(self.find) or "").strip()

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """(`Bad`, `Good` or `Keep`; a text) for each example."""
        return tuple(_EXAMPLE.findall(inspect.getdoc(self.find) or ""))


def like(form: str, meant: str, reading: Reading) -> str:
    """A reading in small letters with the capitals and apostrophes of what stands there."""
    if "'" in meant and "’" in reading.text:
        meant = meant.replace("'", "’")
    if len(form) > 1 and form.isupper():
        return meant.upper()
    if form[:1].isupper() or _capital(meant, reading):
        head, _, tail = meant.partition(" ")
        return head[:1].upper() + head[1:] + (f" {tail}" if tail else "")
    if meant == "i" or meant.startswith(("i ", "i’", "i'")):
        return "I" + meant[1:]
    return meant


def _capital(meant: str, reading: Reading) -> bool:
    """Whether a word is always written with a capital: a name, a German noun."""
    first = meant.split(" ")[0]
    if first in reading.language.words or not first.isalpha():
        return False
    return first.capitalize() in reading.language.words


def times(count: int) -> str:
    """“once”, “twice”, “7 times”."""
    return {0: "nowhere else", 1: "once", 2: "twice"}.get(count, f"{count} times")
