"""Two states of a book compared word by word, each change with the erratum that explains it."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from booktools.errata.concordance import fold
from booktools.errata.entry import Entry
from booktools.errata.worddiff import Hunk, hunks, moved_runs
from booktools.model.place import Place

_WORD = re.compile(r"\S+")
# Bullets, the asterisks between two scenes, rules: no words.
_ORNAMENT = re.compile(r"[•◦‣▪●○■□∙⁂*]+|[-=_~─━┄|+]{3,}")
# Soft hyphens and characters without width show nothing.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SOFT = ("\u2010", "\u00ad")  # hyphens that a typesetter's program put in
_MARKS = ".,;:!?…’‘”“»«›‹()[]'\""
_SURE = 20  # so many words alike: the running text has begun in both
_BESIDE = 6  # words that are shown beside a change
_AROUND = 12  # words round a change in which an erratum's reading is looked for
_LEAST = 4  # characters beside a reading that tell whose it is
_SPACED = 30  # letters that may stand apart in one word
_TOGETHER = 6  # words between two changes that one erratum may make
_RUN = 4  # changes that one erratum may make
_TRIED = 60  # entries tried for one change


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a paragraph of one of the two, as it is read; `hyphened`: its last word goes on
    in the next line if its end is a hyphen; `note`: it is part of one.

    Notes stand here and there in one edition or another: they are compared by themselves.
    """

    text: str
    place: Place
    hyphened: bool = False
    note: bool = False


@dataclass(frozen=True)
class Witness:
    """One of the two states: `kind` is `epub`, `pdf`, `txt` or `manuscript`."""

    name: str
    kind: str
    lines: tuple[Line, ...]


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
    one, two = _Text(old), _Text(new)
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
    errata = _Explainer(every, one, two).errata(found)
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


class _Text:
    """The words of a witness and where each stands."""

    def __init__(self, witness: Witness) -> None:
        self.pairs = [
            (word, line.place, line.hyphened and last, line.text.rstrip().endswith(_SOFT))
            for line in sorted(witness.lines, key=lambda line: line.note)
            for word, last in _words(line.text)
        ]
        self.words: list[str] = []
        self.places: list[Place] = []
        self.origins: list[int] = []
        self.name = witness.name
        self.vocabulary = {form for word, _, _, _ in self.pairs for form in (word, _bare(word))}

    def settle(self, other: set[str]) -> None:
        """Join what line ends and the setting of the type have parted: what the other has whole
        is whole."""
        at = 0
        while at < len(self.pairs):
            word, place, cut, soft = self.pairs[at]
            following = self.pairs[at + 1][0] if at + 1 < len(self.pairs) else ""
            if cut and following and word.endswith("-") and len(word) > 1:
                both = _joined(word, following, soft, self.vocabulary, other)
                self.words.append(both)
                at += 2
            elif (count := self._parted(at, other)) > 1:
                self.words.append("".join(own for own, _, _, _ in self.pairs[at : at + count]))
                at += count
            else:
                self.words.append(word)
                at += 1
            self.places.append(place)
        self.origins = list(range(len(self.words)))

    def take_out(self, spans: Iterable[Hunk]) -> None:
        """Leave out the words `a0`..`a1` of each; `origin` tells where the rest stood."""
        gone = {at for span in spans for at in range(span.a0, span.a1)}
        kept = [at for at in range(len(self.words)) if at not in gone]
        self.words = [self.words[at] for at in kept]
        self.places = [self.places[at] for at in kept]
        self.origins = kept

    def origin(self, at: int) -> int:
        """Where a word stood before some were taken out; the end for what is behind the last."""
        return self.origins[at] if at < len(self.origins) else len(self.origins) + at

    def _parted(self, at: int, other: set[str]) -> int:
        """How many words from here on are one in the other: letters set with air between them,
        or a capital that stands off."""
        single = at
        while (
            single < len(self.pairs) and single - at < _SPACED and len(self.pairs[single][0]) == 1
        ):
            single += 1
        for end in range(single, at + 1, -1):
            if "".join(own for own, _, _, _ in self.pairs[at:end]) in other and end - at > 1:
                return end - at
        if at + 1 < len(self.pairs):
            word, following = self.pairs[at][0], self.pairs[at + 1][0]
            if word + following in other and not (word in other and following in other):
                return 2
        return 1

    def text(self, start: int, end: int) -> str:
        return " ".join(self.words[max(0, start) : max(0, end)])

    def place(self, at: int) -> Place:
        if not self.places:
            return Place(self.name)
        return self.places[min(at, len(self.places) - 1)]


def _joined(word: str, following: str, soft: bool, own: set[str], other: set[str]) -> str:
    """A word at a line's end and its rest, as the other has it.

    Where the other has neither form, a hyphen that the setting put there (`soft`) goes, and
    another one stays unless the same text has the word whole elsewhere.
    """
    whole, kept = word[:-1] + following, word[:-1] + "-" + following
    one, two = _bare(whole), _bare(kept)
    if (one in other) != (two in other):
        return whole if one in other else kept
    return whole if soft or (one in own and two not in own) else kept


def _bare(word: str) -> str:
    """A word without the marks round it."""
    return word.strip(_MARKS) or word


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a line in the form in which they are compared, and whether it is the last."""
    found = _WORD.findall(normal(text))
    for number, word in enumerate(found, 1):
        if not _ORNAMENT.fullmatch(word):
            yield word, number == len(found)


def normal(text: str) -> str:
    """Text as it is compared: composed, ligatures as letters, each run of blanks one space."""
    plain = _UNSEEN.sub("", text).replace("\u2010", "-").replace("\u2011", "-")
    if any("\ufb00" <= char <= "\ufb06" for char in plain):
        plain = "".join(
            unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufb06" else c for c in plain
        )
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _outside(found: Sequence[Hunk], one: _Text, two: _Text) -> frozenset[Hunk]:
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


# Ids of entries: those that were made, those that were taken back.
Errata = tuple[tuple[str, ...], tuple[str, ...]]


def _variant(
    one: _Text,
    two: _Text,
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


class _Explainer:
    """Finds the errata that make a change."""

    def __init__(self, entries: Sequence[Entry], one: _Text, two: _Text) -> None:
        self.one, self.two = one, two
        self.by_word: dict[str, list[Entry]] = {}
        for entry in entries:
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
                        out |= dict.fromkeys(run, (made, undone))
        return out

    def of_run(self, run: Sequence[Hunk]) -> Errata:
        """The entries that lead from the old words to the new ones, made and taken back; none
        when they do not lead there."""
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
        for word in {_bare(word) for word in changed}:
            for entry in self.by_word.get(word, ()):
                known.setdefault(entry.id, []).append(entry)
        # First those that change most of these words.
        tried = [known[id][0] for id in sorted(known, key=lambda id: (-len(known[id]), id))]
        at_first = old
        made: list[str] = []
        undone: list[str] = []
        for entry in tried[:_TRIED]:
            for ids, found, wanted in (
                (made, entry.found, entry.wanted),
                (undone, entry.wanted, entry.found),
            ):
                readings = normal_inner(found), normal_inner(wanted)
                nearer = _nearer((at_first, old, new), entry, *readings)
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
                out.add(_bare(normal(match[0])))
    return out


def normal_inner(text: str) -> str:
    """A reading as it is compared, with the blanks at its ends."""
    inner = normal(text)
    lead, tail = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' * lead}{inner}{' ' * (tail and bool(inner))}"


def _nearer(texts: tuple[str, str, str], entry: Entry, found: str, wanted: str) -> str | None:
    """The old words with an entry's correction made, if that leads towards the new ones.

    `texts` are the words at first, with the corrections made so far, and the new ones.
    """
    first, old, new = texts
    if not found:  # what was taken out comes back: known by what stood before it
        found, wanted = entry.before[-_LEAST:], entry.before[-_LEAST:] + wanted
        if not found.strip():
            return None
    distance = _apart(old, new)
    at = old.find(found)
    while at >= 0:
        tried = fold(old[:at] + wanted + old[at + len(found) :]).strip()
        if _apart(tried, new) < distance and _known(first, old, at, found, entry):
            return tried
        at = old.find(found, at + 1)
    return None


def _known(first: str, text: str, at: int, found: str, entry: Entry) -> bool:
    """Whether what stands beside a reading, at one side at least, is what the entry has there;
    or did before other corrections were made."""
    before, after = normal_inner(entry.before), normal_inner(entry.after)
    before, after = before[max(0, len(before) - _LEAST) :], after[:_LEAST]
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
