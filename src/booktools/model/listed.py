"""What begins an item of a list: a bullet, a number or a letter with its mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The cleaning rule that drops the marks which every edition sets again.
RULE = "LST001"
# Signs that are nothing but bullets, and those that begin speeches and notes, too.
BULLETS, DASHES, SIGNS = "•‣▪◦●■▸►", "–-", "*·"

_MARK = re.compile(
    rf"\s*(?:(?P<bullet>[{BULLETS}])\s*|(?P<sign>[{SIGNS}{DASHES}])\s+"
    r"|(?P<open>\(?)(?:(?P<number>\d{1,3})|(?P<letter>[a-z]))(?P<close>[.)])\s+)"
    rf"(?=[^\s{BULLETS}{SIGNS}{DASHES}])"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """An item's mark: `family` is the sign, or what stands round the number or letter;
    `number` is counted from 1 (0: none); it ends, blanks in, at `end`."""

    family: str
    number: int
    end: int

    @property
    def is_bullet(self) -> bool:
        """Whether it is a sign that is nothing but a bullet."""
        return self.family in BULLETS

    @property
    def is_dash(self) -> bool:
        """Whether speeches begin so, too."""
        return self.family in DASHES

    @property
    def is_kept(self) -> bool:
        """Whether the editions' lists have none like it: letters, numbers in brackets."""
        return self.family[0] == "(" or "a" in self.family

    def goes_before(self, other: Mark) -> bool:
        """Whether the other one may be the next of the same list."""
        return self.family == other.family and other.number == self.number + bool(self.number)


def mark_of(text: str) -> Mark | None:
    """The mark that a text begins with, if any, and something behind it."""
    found = _MARK.match(text)
    if found is None:
        return None
    sign = found["bullet"] or found["sign"]
    if sign:
        return Mark(sign, 0, found.end())
    if found["open"] and found["close"] != ")":
        return None
    letter = found["letter"]
    number = ord(letter) - ord("a") + 1 if letter else int(found["number"])
    family = f"{found['open']}{'a' if letter else '1'}{found['close']}"
    return Mark(family, number, found.end()) if number else None
