"""Contents, running heads and menus: copies of what stands in the running text.

Editions repeat their titles by construction.  A line that is a copy is not compared: what a
correction changes in a title it changes in all copies.  A line that nearly is one is a slip,
and is compared as all words are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from booktools.errata.line import Line

_LISTED = re.compile(r"(?:[.·…]\s?){6,}(?:\d{1,4}|[ivxlcdm]{1,8})?\s*$")
_PARTS = 4  # lines that one title may go over
_LONGEST = 200  # letters of a title
_KEY = 4  # letters by which titles that are nearly alike are looked for
_NEAR = 0.75  # of the letters of a slip are the title's
_SHORTEST = 4  # letters that say which title is meant


def without_copies(lines: Sequence[Line]) -> list[Line]:
    """The lines of the running text; before them the lines that should be copies of titles and
    are not, each once."""
    told = {letters(line.text): line for line in lines if line.copy or listed(line.text)}
    own = [line for line in lines if not (line.copy or listed(line.text))]
    if not told:
        return own
    titles = _Titles(letters(line.text) for line in own)
    return [*(line for text, line in told.items() if titles.is_slip(text)), *own]


def listed(text: str) -> bool:
    """Whether a line leads to a page by a row of dots: `The Quay . . . . . 9`."""
    return bool(_LISTED.search(text))


def letters(text: str) -> str:
    """The letters and figures of a line, without capitals."""
    return "".join(char for char in text.casefold() if char.isalnum())


class _Titles:
    """What may be a title: every short line, and up to four of them together."""

    def __init__(self, texts: Iterable[str]) -> None:
        rows = [text for text in texts if text]
        self.whole: set[str] = set()
        self.by_ends: dict[str, set[str]] = {}
        for at in range(len(rows)):
            joined = ""
            for text in rows[at : at + _PARTS]:
                joined += text
                if len(joined) > _LONGEST:
                    break
                self.whole.add(joined)
                self.by_ends.setdefault(joined[:_KEY], set()).add(joined)
                self.by_ends.setdefault(f"…{joined[-_KEY:]}", set()).add(joined)

    def is_slip(self, text: str) -> bool:
        """Whether a line is nearly a title, and neither one nor the beginning or the end of
        one; a folio beside it does not count."""
        plain = text.strip("0123456789") or text
        if len(plain) < _SHORTEST or self.whole & {text, plain}:
            return False
        near = self.by_ends.get(plain[:_KEY], set()) | self.by_ends.get(f"…{plain[-_KEY:]}", set())
        if any(title.startswith(plain) or title.endswith(plain) for title in near):
            return False
        alike = [title for title in near if _NEAR < len(title) / len(plain) < 1 / _NEAR]
        return bool(difflib.get_close_matches(plain, alike, 1, _NEAR))
