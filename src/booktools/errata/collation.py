"""Two states of a book compared word by word, each change with the erratum that explains it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from booktools.errata.entry import Entry, State
from booktools.errata.explaining import Errata, Explainer
from booktools.errata.neighbours import Sides, ambiguous
from booktools.errata.note import ARROW
from booktools.errata.outside import outer
from booktools.errata.told_note import note_spans
from booktools.errata.worddiff import Hunk, hunks, moved_runs
from booktools.errata.wording import Witness, Wording
from booktools.model.place import Place

_FRONT = 300  # lines among which title page and imprint are
_ROUNDS = 8  # times that entries alike are told apart by what stands further off
_BESIDE = 6  # words that are shown beside a change


@dataclass(frozen=True, slots=True)
class Variant:
    """One change: `old` became `new` between `before` and `after`.

    `errata` are the entries that it makes, `undone` those that it takes back, `against` those of
    them that were decided otherwise, or not yet.  `moved` is text that stands elsewhere now,
    `outside` stands before or behind the running text of two editions of different kinds (title
    pages, imprints).
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
    against: tuple[str, ...] = ()

    @property
    def explained(self) -> bool:
        """Whether errata alone make it, as they were decided, or nothing was changed but the
        place."""
        decided = bool(self.errata or self.undone) and not self.against
        return decided or self.moved or self.outside


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


# Gives, by id, what stands before and behind the readings of entries in the manuscript.
Around = Callable[[], Mapping[str, Sides]]


def collate(
    old: Witness,
    new: Witness,
    entries: Iterable[Entry] = (),
    note: str = "",
    around: Around | None = None,
    given: Collection[str] = (),
) -> Collation:
    """Compare two states of a book.

    Blanks, line ends and characters that show nothing do not count; no-break spaces are
    spaces, ligatures their letters, and the two parts of a word at a line's end are one.
    Each of the entries explains one change.  `note` is the title of the transcriber's note:
    what it tells of the accepted entries, as the text of its edition has it, is not compared.
    `around` is asked when the contexts of entries do not tell which place they name.  Lines of
    the imprint that are `given` come from elsewhere than the text, and are not compared.
    """
    every = {entry.id: entry for entry in entries if entry.found != entry.wanted}
    one, two = (Wording(_without(own, given)) for own in (old, new))
    one.settle(two.vocabulary)
    two.settle(one.vocabulary)
    told = [entry for entry in every.values() if entry.held]
    for own in one, two:
        own.take_out(note_spans(own, told, note))
    whole = len(one.words), len(two.words)
    found: Sequence[Hunk] = hunks(one.words, two.words)
    runs = moved_runs(one.words, two.words, found)
    moved = [(run, _variant(one, two, run, moved=True)) for run in runs]
    if moved:
        one.take_out(hunk for hunk, _ in moved)
        two.take_out(Hunk(h.b0, h.b1, 0, 0) for h, _ in moved)
        found = hunks(one.words, two.words)
    outside: Collection[Hunk] = ()
    if old.kind != new.kind:
        found, outer_ones = outer(found, one, two)
        # What the note tells, and should not, is no end matter.
        outside = [hunk for hunk in outer_ones if not (note and _tells(hunk, one, two))]
    inner = [hunk for hunk in found if hunk not in outside]
    errata = _errata(every, one, two, inner, around)
    rest = [(two.origin(hunk.b0), _told(every, one, two, hunk, errata, outside)) for hunk in found]
    shifted = [(hunk.b0, variant) for hunk, variant in moved]
    variants = tuple(variant for _, variant in sorted([*rest, *shifted], key=lambda own: own[0]))
    return Collation(old.name, new.name, whole, variants)


def _tells(hunk: Hunk, one: Wording, two: Wording) -> bool:
    return ARROW in (*one.words[hunk.a0 : hunk.a1], *two.words[hunk.b0 : hunk.b1])


def _without(witness: Witness, given: Collection[str]) -> Witness:
    """A witness without such lines before its running text."""
    early = [n for n, line in enumerate(witness.lines[:_FRONT]) if line.text.strip() in given]
    lines = (line for n, line in enumerate(witness.lines) if n not in early)
    return replace(witness, lines=tuple(lines)) if early else witness


def _errata(
    every: Mapping[str, Entry],
    one: Wording,
    two: Wording,
    found: Sequence[Hunk],
    around: Around | None,
) -> Mapping[Hunk, Errata]:
    entries = list(every.values())
    sides: dict[str, Sides] = {}
    known: Mapping[str, Sides] | None = None
    errata: Mapping[Hunk, Errata] = {}
    for _ in range(_ROUNDS):
        errata = Explainer(entries, one, two, sides).errata(found)
        ids = {id for made, undone in errata.values() for id in (*made, *undone)} - sides.keys()
        unsure = ambiguous((every[id] for id in ids), (one.words, two.words)) if around else ()
        if not unsure or around is None:
            return errata
        known = around() if known is None else known
        more = {id: known[id] for id in unsure if id in known}
        if not more:
            return errata
        sides |= more
    return errata


def _told(
    every: Mapping[str, Entry],
    one: Wording,
    two: Wording,
    hunk: Hunk,
    errata: Mapping[Hunk, Errata],
    outside: Collection[Hunk],
) -> Variant:
    found = _variant(one, two, hunk, errata.get(hunk, ((), ())), outside=hunk in outside)
    against = [id for id in found.errata if not every[id].held]
    against += [id for id in found.undone if every[id].state is not State.REJECTED]
    return replace(found, against=tuple(against))


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
