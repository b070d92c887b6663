"""Which errata lead from the words of one state of a book to those of another.

An entry names one place, so it makes one change, in the words that its context tells.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from booktools.errata.concordance import fold
from booktools.errata.entry import Entry
from booktools.errata.neighbours import Neighbours, Sides
from booktools.errata.worddiff import Hunk
from booktools.errata.wording import Wording, bare, normal, touched

_DASH = re.compile(r" ?([-–—]) ?")
_AROUND = 12  # words round a change in which an erratum's reading is looked for
_LEAST = 4  # characters before a place from which something was taken out
_TOGETHER = 6  # words between two changes that one erratum may make
_RUN = 4  # changes that one erratum may make
_TRIED = 60  # entries tried for one change
_NEXT = 24  # characters beside a reading that tell which of entries alike is meant

# Ids of entries: those that were made, those that were taken back.
Errata = tuple[tuple[str, ...], tuple[str, ...]]
_NONE: Errata = ((), ())
_Run = tuple[Hunk, ...]


class Explainer:
    """Finds the errata that make a change."""

    def __init__(
        self,
        entries: Sequence[Entry],
        one: Wording,
        two: Wording,
        around: Mapping[str, Sides] | None = None,
    ) -> None:
        self.one, self.two = one, two
        self.by_word: dict[str, list[Entry]] = {}
        self.beside: dict[str, tuple[str, ...]] = {}
        self.used: dict[str, _Run] = {}  # ids, and the change that each has made
        self.made: dict[_Run, Errata] = {}
        for entry in entries:
            self.beside[entry.id] = _beside(entry)
            for word in touched(entry):
                self.by_word.setdefault(word, []).append(entry)
        self.neighbours = Neighbours(entries, around or {})

    def errata(self, found: Sequence[Hunk]) -> dict[Hunk, Errata]:
        """The entries that make each change, alone or together with the changes next to it;
        no entry makes two."""
        taken: set[Hunk] = set()
        for length in range(1, _RUN + 1):
            for run in _runs(found, length):
                if taken.isdisjoint(run) and self._settle(run):
                    taken |= set(run)
        return {hunk: errata for run, errata in self.made.items() for hunk in run}

    def _settle(self, run: _Run) -> bool:
        """Whether entries that are free make a change, or entries whose own changes others can
        make as well."""
        own = self.of_run(run, self.used)
        if own == _NONE:
            own = self.of_run(run, ())
            if own == _NONE or not self._freed({id for ids in own for id in ids}):
                return False
        self._put(run, own)
        return True

    def _freed(self, ids: Collection[str]) -> bool:
        others: dict[_Run, Errata] = {}
        used = {*self.used, *ids}
        for run in {self.used[id] for id in ids if id in self.used}:
            other = self.of_run(run, used)
            if other == _NONE:
                return False
            others[run] = other
            used |= {id for ids in other for id in ids}
        for run, other in others.items():
            self._put(run, other)
        return True

    def _put(self, run: _Run, errata: Errata) -> None:
        for id in itertools.chain(*self.made.get(run, _NONE)):
            if self.used.get(id) == run:
                del self.used[id]
        self.made[run] = errata
        self.used |= dict.fromkeys(itertools.chain(*errata), run)

    def of_run(self, run: _Run, without: Collection[str]) -> Errata:
        """The entries that lead from the old words to the new ones, made and taken back; none
        when they do not lead there.  Where a line ends at a hyphen nobody knows what blanks it
        had."""
        exact = self._leading(run, normal_inner, without)
        return exact if exact != _NONE else self._leading(run, tight, without)

    def _leading(self, run: _Run, form: Callable[[str], str], without: Collection[str]) -> Errata:
        first, last = run[0], run[-1]
        # The words round a change are the same in both, as far as the next change.
        left = self.one.text(first.a0 - _AROUND, first.a0)
        right = self.one.text(last.a1, last.a1 + _AROUND)
        old = self.one.text(first.a0 - _AROUND, last.a1 + _AROUND)
        new = " ".join(filter(None, [left, self.two.text(first.b0, last.b1), right]))
        changed = {
            *self.one.words[max(0, first.a0 - 1) : last.a1 + 1],
            *self.two.words[max(0, first.b0 - 1) : last.b1 + 1],
        }
        tried = self._tried({bare(word) for word in changed}, old, without)
        old, new = form(old), form(new)
        made: list[str] = []
        undone: list[str] = []
        for entry in tried:
            if old == new:
                break
            for ids, found, wanted in (
                (made, entry.found, entry.wanted),
                (undone, entry.wanted, entry.found),
            ):
                change = form(entry.before), form(found), form(wanted)
                nearer = self._nearer(old, new, entry, change)
                if nearer is not None:
                    ids.append(entry.id)
                    old = nearer
                    break
        return (tuple(made), tuple(undone)) if old == new else _NONE

    def _tried(self, words: Collection[str], old: str, without: Collection[str]) -> list[Entry]:
        """The entries that may make a change of these words: first those that change most of
        them, then those that are of this place."""
        known: dict[str, list[Entry]] = {}
        for word in words:
            for entry in self.by_word.get(word, ()):
                if entry.id not in without:
                    known.setdefault(entry.id, []).append(entry)

        def rank(id: str) -> tuple[int, int, str]:
            near = sum(text in old for text in self.beside[id])
            return -len(known[id]), -near, id

        return [known[id][0] for id in sorted(known, key=rank)[:_TRIED]]

    def _nearer(self, old: str, new: str, entry: Entry, change: tuple[str, str, str]) -> str | None:
        """The old words with an entry's correction made, if that leads towards the new ones.

        `change` is what stands before the reading, the reading and what is put there.
        """
        before, found, wanted = change
        taken = 0
        if not found:  # what was taken out comes back: known by what stood before it
            found, wanted = before[-_LEAST:], before[-_LEAST:] + wanted
            taken = len(found)
            if not found.strip():
                return None
        distance = _apart(old, new)
        at = old.find(found)
        while at >= 0:
            tried = fold(old[:at] + wanted + old[at + len(found) :]).strip()
            if _apart(tried, new) < distance and self.neighbours.known(
                entry, old[: at + taken], old[at + len(found) :]
            ):
                return tried
            at = old.find(found, at + 1)
        return None


def _runs(found: Sequence[Hunk], length: int) -> Iterator[_Run]:
    """So many changes one after another, near enough for one erratum."""
    for at in range(len(found) - length + 1):
        run = tuple(found[at : at + length])
        if all(y.a0 - x.a1 <= _TOGETHER for x, y in itertools.pairwise(run)):
            yield run


def _beside(entry: Entry) -> tuple[str, ...]:
    """Both readings of an entry with what stands before them, and with what stands behind."""
    before, after = entry.before[-_NEXT:], entry.after[:_NEXT]
    sides = [(before + text, text + after) for text in (entry.found, entry.wanted)]
    return tuple(normal(side) for pair in sides for side in pair)


def normal_inner(text: str) -> str:
    """A reading as it is compared, with the blanks at its ends."""
    inner = normal(text)
    lead, tail = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' * lead}{inner}{' ' * (tail and bool(inner))}"


def tight(text: str) -> str:
    """A reading as it is compared, without the blanks round hyphens and dashes."""
    return _DASH.sub(r"\1", normal_inner(text))


def _apart(one: str, two: str) -> int:
    """How many characters differ, between what both begin with and what both end with."""
    start = 0
    most = min(len(one), len(two))
    while start < most and one[start] == two[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == two[-1 - end]:
        end += 1
    return len(one) + len(two) - 2 * (start + end)
