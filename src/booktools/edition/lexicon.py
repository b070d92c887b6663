"""Words of other languages, found in running text so that they are read and hyphenated right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

_JOINED = r"[\w\u0300-\u036f]"  # what makes a word longer: letters, digits, combining accents


@dataclass(frozen=True)
class Lexicon:
    """Words and phrases with the BCP 47 tag of their language.

    Found as whole words, the longest first, with their capitals as given; the white
    space inside a phrase may be of any kind.
    """

    phrases: Mapping[str, str] = field(default_factory=dict)

    def pieces(self, text: str) -> list[tuple[str, str]]:
        """The text cut into (piece, tag), tag "" for what is in no list; nothing is lost."""
        if self._pattern is None:
            return [(text, "")]
        out: list[tuple[str, str]] = []
        at = 0
        for match in self._pattern.finditer(text):
            if match.start() > at:
                out.append((text[at : match.start()], ""))
            out.append((match[0], self._tags[" ".join(match[0].split())]))
            at = match.end()
        if at < len(text):
            out.append((text[at:], ""))
        return out

    @cached_property
    def _tags(self) -> dict[str, str]:
        return {" ".join(p.split()): tag for p, tag in self.phrases.items() if p.split()}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        ordered = sorted(self._tags, key=lambda phrase: (-len(phrase), phrase))
        if not ordered:
            return None
        choices = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
        return re.compile(rf"(?<!{_JOINED})(?:{choices})(?!{_JOINED})")


_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)


def direction(language: str) -> str:
    """`rtl` or `ltr`: how a language (BCP 47 tag) runs on the page."""
    subtags = language.lower().split("-")
    if any(script in subtags for script in ("arab", "hebr", "syrc", "thaa", "nkoo")):
        return "rtl"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT and "latn" not in subtags else "ltr"


def tongue(language: str) -> dict[str, str]:
    """The attributes that say a stretch's language, and its direction where that differs."""
    attributes = {"lang": language, "xml:lang": language}
    return {**attributes, "dir": "rtl"} if direction(language) == "rtl" else attributes
