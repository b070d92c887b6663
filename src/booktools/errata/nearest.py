"""The text that comes nearest to what was looked for, and how it differs, in words."""

from __future__ import annotations

import difflib
import unicodedata
from collections import Counter
from collections.abc import Iterable

# Stretches that share most words with the phrase are compared letter by letter: so many.
_COMPARED = 5
_NEAR = 0.6
_SHOWN = 3


def clip(text: str, start: int = 0, end: int = 0, length: int = 100) -> str:
    """A text cut to about `length` characters round `start`..`end`, with … where it was cut."""
    if len(text) <= length:
        return text
    first = max(0, min((start + end - length) // 2, len(text) - length))
    last = first + length
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


def nearest(phrase: str, windows: Iterable[str]) -> str:
    """The stretch of whole words in the windows most like a phrase, or "" when none is near."""
    sought = Counter(phrase.split(" "))
    length = sum(sought.values())
    candidates: list[str] = []
    for window in windows:
        words = window.split(" ")
        scored = [
            ((Counter(words[start : start + length]) & sought).total(), -start)
            for start in range(len(words))
        ]
        candidates += (
            _trimmed(" ".join(words[-start : -start + size]), phrase)
            for _, start in sorted(scored, reverse=True)[:_COMPARED]
            for size in (length, length + 1, length - 1)
        )
    close = difflib.get_close_matches(phrase, dict.fromkeys(candidates), n=1, cutoff=_NEAR)
    return close[0] if close else ""


def _trimmed(text: str, phrase: str) -> str:
    """The text without what its first and last words have beyond those of the phrase."""
    first, last = phrase.split(" ")[0], phrase.split(" ")[-1]
    head = text.partition(" ")[0]
    if first and head.endswith(first):
        text = text[len(head) - len(first) :]
    tail = text.rpartition(" ")[2]
    if last and tail.startswith(last):
        text = text[: len(text) - len(tail) + len(last)]
    return text


def differences(sought: str, there: str) -> list[str]:
    """`“trapos” instead of “traps”`, for the first few stretches of words that differ."""
    one, two = sought.split(" "), there.split(" ")
    out = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        old, new = " ".join(one[a:b]), " ".join(two[c:d])
        if tag == "replace":
            out.append(f"it has {_spelled(new, old)} instead of {_spelled(old, new)}")
        elif tag == "delete":
            out.append(f"it lacks “{clip(old)}”")
        elif tag == "insert":
            out.append(f"it has “{clip(new)}” besides")
    return out[:_SHOWN]


def _spelled(text: str, other: str) -> str:
    """The text in quotes, with the names of odd characters that the other has not."""
    odd = [c for c in dict.fromkeys(text) if c not in other and not (c.isascii() and c.isalnum())]
    names = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".rstrip() for c in odd[:_SHOWN])
    return f"“{clip(text)}”" + (f" ({names})" if names else "")
