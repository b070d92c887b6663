"""The door to the lists of words that come with booktools: is this how a word is spelled?

A list is kept as it is packed, sorted lines, and searched by halving: nothing to build
before the first question, and no more memory than the list itself has.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from booktools.errors import EngineFailed

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "words"
_GZIP = 31  # zlib's name for "with gzip's header"


def speller(languages: Iterable[str]) -> Callable[[str], bool] | None:
    """Whether one of the languages spells a word so; None when there is a list for none.

    `languages` are BCP 47 tags.  The answer minds capitals; an apostrophe is a straight
    one.  Raises EngineFailed.
    """
    bases = dict.fromkeys(tag.split("-")[0].lower() for tag in languages)
    lists = [found for base in bases if (found := _list(base)) is not None]
    if not lists:
        return None
    return lambda word: any(_has(found, word.encode()) for found in lists)


@cache
def _list(base: str) -> bytes | None:
    file = _FOLDER / f"{base}.txt.gz"
    if not base.isalpha() or not file.is_file():
        return None
    try:
        return b"\n" + zlib.decompress(file.read_bytes(), _GZIP) + b"\n"
    except (OSError, zlib.error) as error:
        raise EngineFailed(
            f"the list of words {file.name} cannot be read: {error}",
            hint="Install booktools anew.",
        ) from error


def _has(lines: bytes, word: bytes) -> bool:
    """Whether a line is the word; the lines are sorted, with a newline before and after each."""
    low, high = 0, len(lines) - 1  # a newline is at `low` and one at or after `high`
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2 + 1) + 1
        end = lines.find(b"\n", start)
        found = lines[start:end]
        if found == word:
            return True
        if found < word:
            low = end
        else:
            high = start - 1
    return False
