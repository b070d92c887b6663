"""What begins an item of a list: a bullet, a number, Roman too, or a letter with its mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The cleaning rule that drops the marks which every edition sets again.
RULE = "LST001"
# Signs that are nothing but bullets, those of symbol fonts (private use, as word processors
# write them) last, and signs that begin speeches and notes, too.
BULLETS, DASHES, SIGNS = "•‣▪◦●■▸►○□▫∙⁃➢➤✓✔\uf0b7\uf0a7\uf076\uf0d8\uf0fc", "–-", "*·"

# With what a mark ends, and how many characters it has without blanks.
LAST, LONGEST = frozenset(f"{BULLETS}{DASHES}{SIGNS}.)"), 8

_MARK = re.compile(
    rf"\s*(?:(?P<bullet>[{BULLETS}])\s*|(?P<sign>[{SIGNS}{DASHES}])\s+"
    r"|(?P<open>\(?)(?:(?P<number>\d{1,3})|(?P<letter>[a-z]|[ivxl]{2,6}))(?P<close>[.)])\s+)"
    rf"(?=[^\s{BULLETS}{SIGNS}{DASHES}])"
)

_ROMAN = {
    f"{tens}{ones}": 10 * ten + one
    for ten, tens in enumerate(("", "x", "xx", "xxx", "xl"))
    for one, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if ten + one
}


@dataclass(frozen=True, slots=True)
class Mark:
    """An item's mark: `family` is the sign, or what stands round the number or letter;
    `number` is counted from 1 (0: none); it ends, blanks in, at `end`.  A letter that is a Roman
    number as well has that as `roman`."""

    family: str
    number: int
    end: int
    roman: int = 0

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
        return self.family[0] == "(" or "a" in self.family or "i" in self.family

    @property
    def is_first(self) -> bool:
        """Whether a list may begin with it, none of its marks before."""
        return self.number <= 1 or self.roman == 1

    def goes_before(self, other: Mark) -> bool:
        """Whether the other one may be the next of the same list."""
        if self.roman and other.roman == self.roman + 1:
            return self.family.replace("a", "i") == other.family.replace("a", "i")
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
    letter = found["letter"] or ""
    roman = _ROMAN.get(letter, 0)
    if len(letter) > 1:
        kind, number = "i", roman
    elif letter:
        kind, number = "a", ord(letter) - ord("a") + 1
    else:
        kind, number = "1", int(found["number"])
    family = f"{found['open']}{kind}{found['close']}"
    return Mark(family, number, found.end(), roman) if number else None


def is_mark(text: str) -> bool:
    """Whether a text, without blanks at its ends, is a mark and nothing else."""
    if text[LONGEST:] or text[-1:] not in LAST:
        return False
    mark = mark_of(f"{text} x")
    return mark is not None and mark.end > len(text)
