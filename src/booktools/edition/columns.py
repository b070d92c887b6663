"""Setting plain text in columns: greedy wrapping by what a terminal shows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# No-break spaces hold words together and are set as ordinary spaces; soft hyphens have no
# use where nothing is hyphenated.
_HELD = "\u00a0\u202f\u2007"
_BLANKS = re.compile(rf"[^\S{_HELD}]+")
_SPACES = str.maketrans(dict.fromkeys(_HELD, " ") | {"\u00ad": ""})
_SIMPLE = re.compile("[\u0020-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")


def width(text: str) -> int:
    """Columns that the text takes: two for wide characters, none for combining ones."""
    if _SIMPLE.fullmatch(text) and "\u00ad" not in text:
        return len(text)
    return sum(map(_columns, text))


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shown(text: str) -> str:
    """The text as it stands in a line: hard spaces are spaces, soft hyphens are nothing."""
    return text.translate(_SPACES)


def words(text: str) -> list[str]:
    """What may not be broken: parted at white space only, never at hyphens or dashes."""
    return [shown(word) for word in _BLANKS.split(text) if word]


def wrap(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `columns` columns, filled greedily; a longer word stands alone.

    `first` and `rest` are the blanks (or a mark) before the first and the other lines.
    """
    lines: list[str] = []
    line, used = first, width(first)
    empty = True
    for word in words(text):
        wide = width(word)
        if not empty and used + 1 + wide > columns:
            lines.append(line)
            line, used, empty = rest, width(rest), True
        if empty:
            line, used, empty = line + word, used + wide, False
        else:
            line, used = f"{line} {word}", used + 1 + wide
    if not empty or line.strip():
        lines.append(line.rstrip())
    return lines


def centred(line: str, columns: int) -> str:
    """The line in the middle, or flush left where it is too long."""
    return " " * max((columns - width(line)) // 2, 0) + line


def flush_right(line: str, columns: int) -> str:
    return " " * max(columns - width(line), 0) + line
