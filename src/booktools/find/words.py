"""A text as words with their places and neighbours, and how often each form stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# Between blanks and dashes; what stands at its ends and is no letter or digit is cut off.
_CHUNK = re.compile(r"(?:[^\s—–―-]|-(?!-))+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?")
# Letters, with apostrophes and hyphens inside.
PLAIN = re.compile(r"[^\W\d_]+(?:[’'‐‑-][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?…:;][\W_]*\Z")
_BREAK = re.compile(r"\n\s*\n")
_PARTS = re.compile(r"[‐‑-]")
_BEFORE_NAME = re.compile(r"\A(?:[DdLl]|[Qq]u|[JjMmNnSsCcTt])'(?=[^\W\d_]{3})")
APOSTROPHES = str.maketrans("’‘ʼ‑‐", "'''--")


def set_of(words: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(words.split())


def bare_name(form: str) -> str:
    """A form without what is put before or behind a name: “d'Anjou”, “Pepys's”."""
    return _BEFORE_NAME.sub("", form.removesuffix("'s").removesuffix("'"))


class Word(NamedTuple):
    """One word: its offsets, its form, and what stands round it.

    `form` has straight apostrophes and plain hyphens, `lower` has small letters, too.  `glue`
    is all between this word and the one before it.  `opens`: it stands first in a sentence or
    a paragraph.  `plain`: it has letters only, but for apostrophes and hyphens inside.
    """

    start: int
    end: int
    form: str
    glue: str
    opens: bool
    plain: bool
    lower: str


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text in which a pattern is found: their offsets.

    Where a rule's own patterns are many or slow, they are tried in these lines only.
    """
    at = 0
    while found := pattern.search(text, at):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        at = end = len(text) if end < 0 else end
        yield start, end


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in order."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    last = 0
    for chunk in _CHUNK.finditer(text):
        raw = chunk[0]
        if raw.isalpha():
            start, end = chunk.span()
        else:
            core = _CORE.search(raw)
            if core is None:
                continue
            start, end = (chunk.start() + at for at in core.span())
        form = text[start:end]
        if not form.isascii():
            form = form.translate(APOSTROPHES)
        glue = text[last:start]
        plain = form.isalpha() or PLAIN.fullmatch(form) is not None
        yield Word(start, end, form, glue, _opens(glue, last), plain, form.lower())
        last = end


def _opens(glue: str, last: int) -> bool:
    if glue == " ":
        return False
    return not last or "\n\n" in glue or any(sign in glue for sign in '.!?…:“‘"«»„|()[]_*')


@dataclass(frozen=True)
class Counts:
    """How often forms and pairs of neighbours stand in a text."""

    words: tuple[Word, ...]

    @cached_property
    def forms(self) -> Counter[str]:
        """By form, with its capitals."""
        return Counter(word.form for word in self.words)

    @cached_property
    def lowers(self) -> Counter[str]:
        """By form in small letters; the parts of compounds count too."""
        counted: Counter[str] = Counter()
        for form, count in self.forms.items():
            low = form.lower()
            counted[low] += count
            if "-" in low:
                for part in _PARTS.split(low):
                    counted[part] += count
            if low.endswith("'s"):
                counted[low[:-2]] += count
        return counted

    @cached_property
    def inside(self) -> Counter[str]:
        """By form, of those words that do not open a sentence."""
        return Counter(word.form for word in self.words if not word.opens)

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """Of two words with nothing but a blank between them, in small letters."""
        lows = [word.lower for word in self.words]
        return Counter(
            (lows[i - 1], lows[i]) for i in range(1, len(lows)) if self.words[i].glue == " "
        )
