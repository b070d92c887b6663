"""The door to wordfreq's lists: how common words are at large.

wordfreq answers for one word by loading all that a language has, a third of a million words,
and libraries for taking texts apart.  We know beforehand what we want to know: its lists are
read as streams, in a quarter of the time and a fifth of the memory, and held only for a process
that asks again.
"""

from __future__ import annotations

import importlib.util
import zlib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

from booktools.errors import EngineFailed, EngineMissing

# wordfreq's own format: a header, then lists of words, each list a hundredth of a unit on the
# Zipf scale rarer than the one before it, from 9 (every word of a text) downwards.
_HEADERS = ({b"format": b"cB", b"version": 1}, {"format": "cB", "version": 1})
_EVERY_WORD = 900
_GZIP = 31  # zlib's name for "with gzip's header"
_LARGEST = 2**26  # bytes unpacked; the largest list has 4 million
_REMEDY = "Install it with: pip install wordfreq"


def zipf(words: Collection[str], languages: Iterable[str]) -> dict[str, float]:
    """The frequencies of those casefolded words that a language knows, the highest of them.

    On the Zipf scale, where 3 is once in a million words.  `languages` are BCP 47 tags;
    a language without a list knows no word.  The first look into a list takes about 40 ms, for
    one word as for a thousand; from the second on the process holds it whole, in 30 MB.
    Raises EngineMissing, EngineFailed.
    """
    folder = _folder()
    wanted = {word.encode(): word for word in words}
    found: dict[str, float] = {}
    for base in dict.fromkeys(tag.split("-")[0].lower() for tag in languages):
        file = _largest_list(folder, base)
        if not file or not wanted:
            continue
        for word, steps in _steps(file, wanted.keys()):
            known = wanted[word]
            found[known] = max(found.get(known, 0.0), (_EVERY_WORD - steps) / 100)
    return found


_looked_into: set[Path] = set()


def _steps(file: Path, words: Collection[bytes]) -> Iterator[tuple[bytes, int]]:
    """The number of the list that each word is on, of those that are on any."""
    if file in _looked_into:
        held = _held(file)
        yield from ((word, held[word]) for word in words if word in held)
        return
    asked = frozenset(words)
    for steps, some in enumerate(_lists(file)):
        yield from ((word, steps) for word in asked.intersection(some))
    _looked_into.add(file)


@cache
def _held(file: Path) -> dict[bytes, int]:
    held: dict[bytes, int] = {}
    for steps, some in enumerate(_lists(file)):
        held.update(zip(some, repeat(steps), strict=False))
    return held


def table(language: str) -> dict[str, float]:
    """All words of a language's list with their frequencies, on the Zipf scale.

    `language` is a BCP 47 tag; without a list for it there are none.  A third of a million
    words, in about 0.15 s.  Raises EngineMissing, EngineFailed.
    """
    file = _largest_list(_folder(), language.split("-")[0].lower())
    found: dict[str, float] = {}
    for steps, some in enumerate(_unpacked(file, raw=False)) if file else ():
        if some:
            found.update(dict.fromkeys(some, (_EVERY_WORD - steps) / 100))
    return found


def _folder() -> Path:
    spec = importlib.util.find_spec("wordfreq")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        return Path(folder, "data")
    raise EngineMissing("wordfreq is missing", hint=_REMEDY)


def _largest_list(folder: Path, base: str) -> Path | None:
    names = [folder / f"{size}_{base}.msgpack.gz" for size in ("large", "small")]
    return next((name for name in names if base.isalpha() and name.is_file()), None)


def _lists(file: Path) -> Iterator[list[bytes]]:
    """A language's words in UTF-8, the commonest first."""
    return _unpacked(file, raw=True)


def _unpacked(file: Path, raw: bool) -> Iterator[list[Any]]:
    """The lists of words, each in UTF-8 (`raw`) or as strings."""
    try:
        import msgpack
    except ImportError as error:
        raise EngineMissing("msgpack is missing", hint=_REMEDY) from error
    try:
        unpacker = msgpack.Unpacker(raw=raw, max_buffer_size=_LARGEST)
        unpacker.feed(zlib.decompress(file.read_bytes(), _GZIP))
        count = unpacker.read_array_header()
        if unpacker.unpack() not in _HEADERS:
            raise ValueError("it is of a kind that is not known")
        for _ in range(count - 1):
            yield unpacker.unpack()
    except (OSError, ValueError, zlib.error, msgpack.UnpackException) as error:
        raise EngineFailed(
            f"wordfreq's list {file.name} cannot be read: {error}",
            hint="Compare wordfreq's version with the one in requirements.lock.",
        ) from error
