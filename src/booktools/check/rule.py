"""What a rule of the book checks is."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from booktools.check.passages import Passage, Reading
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule has found: a message, its place, and the text with what stands round it."""

    message: str
    place: Place
    excerpt: str = ""
    before: str = ""
    after: str = ""


Finder: TypeAlias = Callable[[Reading], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, stable for ever, what it says in a word, and what to do.

    Its finder's docstring tells the reason, and shows what is `Bad`, what is `Good`, and
    what looks bad and is to be kept (`Keep`), as the manuscript writes it.
    """

    code: str
    title: str
    severity: Severity
    fix: str
    find: Finder

    def findings(self, reading: Reading) -> Iterator[Finding]:
        for hit in self.find(reading):
            yield Finding(
                self.code,
                self.severity,
                hit.message,
                hit.place,
                hit.excerpt,
                self.fix,
                before=hit.before,
                after=hit.after,
            )

    @property
    def reason(self) -> str:
        """The docstring without its examples."""
        return _parts(self.find)[0]

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """(`Bad`, `Good` or `Keep`; manuscript text) for each example."""
        return _parts(self.find)[1]


def hit(passage: Passage, start: int, end: int, message: str) -> Hit:
    """A hit on characters of a passage."""
    text = passage.text
    return Hit(
        message,
        passage.place(start),
        text[start:end],
        text[max(start - 32, 0) : start],
        text[end : end + 32],
    )


_EXAMPLE = re.compile(r"^(Bad|Good|Keep):\n((?:    .*\n|\n)+)", re.MULTILINE)


def _parts(find: Finder) -> tuple[str, tuple[tuple[str, str], ...]]:
    text = (inspect.getdoc(find) or "") + "\n"
    examples = tuple(
        (kind, inspect.cleandoc(body).strip("\n")) for kind, body in _EXAMPLE.findall(text)
    )
    return " ".join(_EXAMPLE.split(text)[0].split()), examples
