"""Which errata lead from the words of one state of a book to those of another."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from booktools.errata.concordance import fold
from booktools.errata.entry import Entry
from booktools.errata.worddiff import Hunk
from booktools.errata.wording import Wording, bare, normal

_WORD = re.compile(r"\S+")
_DASH = re.compile(r" ?([-–—]) ?")
_AROUND = 12  # words round a change in which an erratum's reading is looked for
_LEAST = 4  # characters beside a reading that tell whose it is
_TOGETHER = 6  # words between two changes that one erratum may make
_RUN = 4  # changes that one erratum may make
_TRIED = 60  # entries tried for one change
_NEXT = 24  # characters beside a reading that tell which of entries alike is meant

# Ids of entries: those that were made, those that were taken back.
Errata = tuple[tuple[str, ...], tuple[str, ...]]


class Explainer:
    """Finds the errata that make a change."""

    def __init__(self, entries: Sequence[Entry], one: Wording, two: Wording) -> None:
        self.one, self.two = one, two
        self.by_word: dict[str, list[Entry]] = {}
        self.beside: dict[str, tuple[str, ...]] = {}
        self.told: Counter[str] = Counter()  # ids, and how many changes each has made
        for entry in entries:
            self.beside[entry.id] = _beside(entry)
            for word in _touched(entry):
                self.by_word.setdefault(word, []).append(entry)

    def errata(self, found: Sequence[Hunk]) -> dict[Hunk, Errata]:
        """The entries that make each change, alone or together with the changes next to it."""
        out: dict[Hunk, Errata] = {}
        for length in range(1, _RUN + 1):
            for at in range(len(found) - length + 1):
                run = found[at : at + length]
                near = all(y.a0 - x.a1 <= _TOGETHER for x, y in itertools.pairwise(run))
                if near and not all(hunk in out for hunk in run):
                    made, undone = self.of_run(run)
                    if made or undone:
                        self.told.update((*made, *undone))
                        out |= dict.fromkeys(run, (made, undone))
        return out

    def of_run(self, run: Sequence[Hunk]) -> Errata:
        """The entries that lead from the old words to the new ones, made and taken back; none
        when they do not lead there.  Where a line ends at a hyphen nobody knows what blanks it
        had."""
        exact = self._leading(run, normal_inner)
        return exact if any(exact) else self._leading(run, tight)

    def _leading(self, run: Sequence[Hunk], form: Callable[[str], str]) -> Errata:
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
        known: dict[str, list[Entry]] = {}
        for word in {bare(word) for word in changed}:
            for entry in self.by_word.get(word, ()):
                known.setdefault(entry.id, []).append(entry)

        def rank(id: str) -> tuple[int, int, int, str]:
            """First those that change most of these words, then those that are of this place."""
            near = sum(text in old for text in self.beside[id])
            return -len(known[id]), -near, self.told[id], id

        tried = [known[id][0] for id in sorted(known, key=rank)]
        old, new = form(old), form(new)
        at_first = old
        made: list[str] = []
        undone: list[str] = []
        for entry in tried[:_TRIED]:
            if old == new:
                break
            for ids, found, wanted in (
                (made, entry.found, entry.wanted),
                (undone, entry.wanted, entry.found),
            ):
                parts = (entry.before, found, wanted, entry.after)
                nearer = _nearer((at_first, old, new), *map(form, parts))
                if nearer is not None:
                    ids.append(entry.id)
                    old = nearer
                    break
        return (tuple(made), tuple(undone)) if old == new else ((), ())


def _touched(entry: Entry) -> set[str]:
    """The words that an entry changes, whole, in both readings."""
    out: set[str] = set()
    for reading in (entry.found, entry.wanted):
        context = f"{entry.before}{reading}{entry.after}"
        start, end = len(entry.before), len(entry.before) + len(reading)
        for match in _WORD.finditer(context):
            if match.start() <= end and start <= match.end():
                out.add(bare(normal(match[0])))
    return out


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


def _nearer(
    texts: tuple[str, str, str], before: str, found: str, wanted: str, after: str
) -> str | None:
    """The old words with an entry's correction made, if that leads towards the new ones.

    `texts` are the words at first, with the corrections made so far, and the new ones.
    """
    first, old, new = texts
    if not found:  # what was taken out comes back: known by what stood before it
        found, wanted = before[-_LEAST:], before[-_LEAST:] + wanted
        if not found.strip():
            return None
    beside = before[max(0, len(before) - _LEAST) :], after[:_LEAST]
    distance = _apart(old, new)
    at = old.find(found)
    while at >= 0:
        tried = fold(old[:at] + wanted + old[at + len(found) :]).strip()
        if _apart(tried, new) < distance and _known(first, old, at, found, beside):
            return tried
        at = old.find(found, at + 1)
    return None


def _known(first: str, text: str, at: int, found: str, beside: tuple[str, str]) -> bool:
    """Whether what stands beside a reading, at one side at least, is what the entry has there;
    or did before other corrections were made."""
    before, after = beside
    left = bool(before) and (text[:at].endswith(before) or before + found in first)
    right = bool(after) and (text.startswith(after, at + len(found)) or found + after in first)
    return left or right or not (before or after)


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
