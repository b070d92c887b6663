"""Two states of a book compared word by word, each change with the erratum that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booktools.errata.entry import Entry
from booktools.errata.explaining import Errata, Explainer
from booktools.errata.worddiff import Hunk, hunks, moved_runs
from booktools.errata.wording import Witness, Wording
from booktools.model.place import Place

_SURE = 20  # so many words alike: the running text has begun in both
_BESIDE = 6  # words that are shown beside a change


@dataclass(frozen=True, slots=True)
class Variant:
    """One change: `old` became `new` between `before` and `after`.

    `errata` are the entries that it makes, `undone` those that it takes back.  `moved` is
    text that stands elsewhere now, `outside` stands before or behind the
    running text of two editions of different kinds (title pages, contents).
    """

    old: str
    new: str
    before: str
    after: str
    old_place: Place
    new_place: Place
    errata: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    moved: bool = False
    outside: bool = False

    @property
    def explained(self) -> bool:
        """Whether errata alone make it, or nothing was changed but the place."""
        return bool(self.errata and not self.undone) or self.moved or self.outside


@dataclass(frozen=True)
class Collation:
    """All changes from the one to the other, in order; `words` counts both."""

    old: str
    new: str
    words: tuple[int, int]
    variants: tuple[Variant, ...]

    @property
    def unexplained(self) -> tuple[Variant, ...]:
        return tuple(variant for variant in self.variants if not variant.explained)


def collate(old: Witness, new: Witness, entries: Iterable[Entry] = ()) -> Collation:
    """Compare two states of a book.

    Blanks, line ends and characters that show nothing do not count; no-break spaces are
    spaces, ligatures their letters, and the two parts of a word at a line's end are one.
    """
    every = [entry for entry in entries if entry.found != entry.wanted]
    one, two = Wording(old), Wording(new)
    one.settle(two.vocabulary)
    two.settle(one.vocabulary)
    whole = len(one.words), len(two.words)
    found = hunks(one.words, two.words)
    runs = moved_runs(one.words, two.words, found)
    moved = [(run, _variant(one, two, run, moved=True)) for run in runs]
    if moved:
        one.take_out(hunk for hunk, _ in moved)
        two.take_out(Hunk(h.b0, h.b1, 0, 0) for h, _ in moved)
        found = hunks(one.words, two.words)
    outside = _outside(found, one, two) if old.kind != new.kind else frozenset[Hunk]()
    errata = Explainer(every, one, two).errata(found)
    outside -= errata.keys()
    rest = [
        (
            two.origin(hunk.b0),
            _variant(one, two, hunk, errata.get(hunk, ((), ())), outside=hunk in outside),
        )
        for hunk in found
    ]
    told = [(hunk.b0, variant) for hunk, variant in moved]
    variants = tuple(variant for _, variant in sorted([*rest, *told], key=lambda pair: pair[0]))
    return Collation(old.name, new.name, whole, variants)


def _outside(found: Sequence[Hunk], one: Wording, two: Wording) -> frozenset[Hunk]:
    """The changes before the first and behind the last long stretch that is the same."""
    first = last = None
    at = 0
    for number, hunk in enumerate([*found, Hunk(len(one.words), 0, len(two.words), 0)]):
        if hunk.a0 - at >= _SURE:
            first = number if first is None else first
            last = number
        at = hunk.a1
    if first is None or last is None:
        return frozenset()
    return frozenset([*found[:first], *found[last:]])


def _variant(
    one: Wording,
    two: Wording,
    hunk: Hunk,
    errata: Errata = ((), ()),
    *,
    moved: bool = False,
    outside: bool = False,
) -> Variant:
    return Variant(
        one.text(hunk.a0, hunk.a1),
        two.text(hunk.b0, hunk.b1),
        two.text(hunk.b0 - _BESIDE, hunk.b0),
        two.text(hunk.b1, hunk.b1 + _BESIDE),
        one.place(hunk.a0),
        two.place(hunk.b0),
        *errata,
        moved,
        outside,
    )
