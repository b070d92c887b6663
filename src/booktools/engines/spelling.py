"""The door to the lists of words that come with booktools: is this how a word is spelled?

A list is kept as it is, sorted lines, and searched by halving for the words that begin as the
one in question does: there is nothing to build before the first question.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Container, Iterable
from functools import cache
from pathlib import Path

from booktools.errors import EngineFailed

# Cleaning has no use for the other lists (docs/dependencies.md says what was measured).
_FOR_HYPHENS = frozenset({"en", "fr"})
_FOLDER = Path(__file__).resolve().parent.parent / "data" / "words"
_NAME = re.compile(r"[a-z]{2,3}(?:\.[a-z]+)?")
# The languages that there are lists for.
LANGUAGES = ("en", "fr", "es", "de")
_START, _SHORT_START = 3, 2  # bytes
_GZIP = 31  # zlib's name for "with gzip's header"


def speller(languages: Iterable[str]) -> Callable[[str], bool] | None:
    """Whether one of the languages spells a word so; None when there is a list for none.

    For cleaning, which asks in English and French only.

    `languages` are BCP 47 tags.  The answer minds capitals; an apostrophe is a straight
    one.  Raises EngineFailed.
    """
    bases = dict.fromkeys(tag.split("-")[0].lower() for tag in languages)
    lists = [base for base in bases if base in _FOR_HYPHENS and _list(base) is not None]
    if not lists:
        return None

    def spelled(word: str) -> bool:
        data = word.encode()
        return bool(data) and any(data in _bucket(base, data[:_START]) for base in lists)

    return spelled


def words(language: str) -> frozenset[str]:
    """All forms that a language's list has, with their capitals; none without a list.

    `language` is a BCP 47 tag.  Raises EngineFailed.
    """
    lines = _list(language.split("-")[0].lower())
    return frozenset(lines.strip(b"\n").decode().split("\n")) if lines else frozenset()


class _Listed:
    """The words of a list, each looked up as it is asked for, and nothing held of them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._spans: dict[bytes, tuple[int, int]] = {}

    def __contains__(self, word: object) -> bool:
        data = word.encode() if isinstance(word, str) else b""
        lines = _list(self._name)
        if not data or b"\n" in data or lines is None:
            return False
        low, high = self._spans.get(start := data[:_SHORT_START]) or self._span(lines, start)
        return lines.startswith(data + b"\n", _first(lines, data, low - 1, high - 1))

    def _span(self, lines: bytes, start: bytes) -> tuple[int, int]:
        """Where the words that begin so begin and end."""
        span = _first(lines, start), _first(lines, start + b"\xff")
        self._spans[start] = span
        return span


def listed(name: str) -> Container[str]:
    """A list that is asked word by word: a language's, or `en.rare` and `en.rarest`.

    `en.rare` has the words that only a large English dictionary has, `en.rarest` those that
    hardly any has; neither has what is in `en`.  A list that there is not has no word.  Looking
    up raises EngineFailed.
    """
    return _Listed(name) if _list(name) else frozenset()


@cache
def _list(base: str) -> bytes | None:
    file = _FOLDER / f"{base}.txt.gz"
    if not _NAME.fullmatch(base) or not file.is_file():
        return None
    try:
        return b"\n" + zlib.decompress(file.read_bytes(), _GZIP) + b"\n"
    except (OSError, zlib.error) as error:
        raise EngineFailed(
            f"the list of words {file.name} cannot be read: {error}",
            hint="Install booktools anew.",
        ) from error


@cache
def _bucket(base: str, start: bytes) -> frozenset[bytes]:
    """The words of a list that begin with `start`."""
    lines = _list(base) or b""
    low = _first(lines, start)
    high = _first(lines, start + b"\xff")  # no letter's bytes go so far
    return frozenset(lines[low:high].split(b"\n"))


def _first(lines: bytes, word: bytes, low: int = 0, high: int = -1) -> int:
    """Where the first line that is not before `word` begins; the lines are sorted.

    `low` and `high` are newlines between which it is (its own line may begin at `high`).
    """
    high = high if high >= 0 else len(lines) - 1
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2 + 1) + 1
        end = lines.find(b"\n", start)
        if lines[start:end] < word:
            low = end
        else:
            high = start - 1
    return low + 1
