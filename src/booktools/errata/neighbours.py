"""Whether the words round a reading are those of an entry's context."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence

from booktools.errata.concordance import Concordance
from booktools.errata.copies import letters
from booktools.errata.entry import Entry
from booktools.errata.wording import normal, touched

_MOST = 10  # words of a context at each side that are compared
_MORE = 4  # words that may stand between them


# What stands before a reading, and what stands behind it.
Sides = tuple[str, str]


class Neighbours:
    """Knows the words that entries change: these may read otherwise, whichever was made.

    `around`, by id, is what stands round some of the entries, where their contexts do not tell
    enough.
    """

    def __init__(self, entries: Iterable[Entry], around: Mapping[str, Sides]) -> None:
        sides = {entry.id: (entry.before, entry.after) for entry in entries} | dict(around)
        self.sides = {id: (_words(before), _words(after)) for id, (before, after) in sides.items()}
        self.free = {
            word
            for entry in entries
            for text in touched(entry)
            for word in map(letters, text.split())
        }

    def known(self, entry: Entry, left: str, right: str) -> bool:
        """Whether what stands at both sides of a reading is what the entry has there."""
        before, after = self.sides[entry.id]
        there = _words(left)
        ends = "".join(there).endswith("".join(before[-_MOST:]))
        if not (ends or self._alike(before[::-1], there[::-1])):
            return False
        there = _words(right)
        return "".join(there).startswith("".join(after[:_MOST])) or self._alike(after, there)

    def _alike(self, context: Sequence[str], text: Sequence[str]) -> bool:
        """Whether a context, from the reading outwards, begins the text; nothing but words that
        other entries change may differ."""
        own, there = context[:_MOST], text[: _MOST + _MORE]
        matcher = difflib.SequenceMatcher(None, own, there, False)
        end = max((m.b + m.size for m in matcher.get_matching_blocks() if m.size), default=0)
        for tag, i0, i1, j0, j1 in matcher.get_opcodes():
            if tag != "equal":
                # Behind the last word alike the text goes on; of the context nothing may be left.
                last = end if j0 < end else j0 + (i1 - i0)
                changed = itertools.chain(own[i0:i1], there[j0 : min(j1, last)])
                if not all(word in self.free for word in changed):
                    return False
        return end > 0


def _words(text: str) -> list[str]:
    """The letters of each word, without words that have none."""
    return [word for word in map(letters, normal(text).split()) if word]


def ambiguous(entries: Iterable[Entry], texts: Iterable[Sequence[str]]) -> Collection[str]:
    """The ids of entries whose contexts, in one reading or the other, stand in one of the texts
    more than once."""
    every = list(entries)
    out: set[str] = set()
    for words in texts:
        text = Concordance(" ".join(words))
        for entry in every:
            # A context may begin and end within words.
            before = entry.before.partition(" ")[2] if " " in entry.before else ""
            after = entry.after.rpartition(" ")[0] if " " in entry.after else ""
            phrases = {normal(f"{before}{own}{after}") for own in (entry.found, entry.wanted)}
            if sum(len(text.places(phrase, 2)) for phrase in phrases) > 1:
                out.add(entry.id)
    return out
