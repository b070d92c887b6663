"""`manuscript/lexicon.txt`: words of the book that are right as they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from booktools.errors import ConfigError
from booktools.model.place import Place

_LINE = re.compile(r"(?P<words>[^\[\]]+?)(?:\s*\[(?P<lang>[^\]]*)\])?")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class WordList:
    """Good words, and those of them that are of another language.

    `words` are single words as they should be spelled (a phrase gives each of its words),
    `phrases` words or phrases with their BCP 47 tag.
    """

    words: frozenset[str] = frozenset()
    phrases: Mapping[str, str] = field(default_factory=dict)


def parse_wordlist(text: str, file: str) -> WordList:
    """One word or phrase a line, `[es]` after it when it is of another language.

    `#` begins a comment.  Raises ConfigError with the line of what cannot be.
    """
    words: set[str] = set()
    phrases: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        match = _LINE.fullmatch(entry)
        tag = match["lang"] if match else None
        if match is None or (tag is not None and not _TAG.fullmatch(tag)):
            raise ConfigError(
                f"“{entry}” is no entry",
                hint="Write a word or phrase, and its language in brackets: Cordón [es]",
                place=Place(file, number),
            )
        phrase = " ".join(match["words"].split())
        words.update(phrase.split())
        if tag:
            if phrases.get(phrase, tag) != tag:
                raise ConfigError(
                    f"“{phrase}” stands in two languages, {phrases[phrase]} and {tag}",
                    hint="Keep one of the two lines.",
                    place=Place(file, number),
                )
            phrases[phrase] = tag
    return WordList(frozenset(words), phrases)
