"""A suggestion: an entry of the errata as a reviewer meets it, and a choice among many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

OPEN: Final = "open"
DISPUTED: Final = "disputed"
# What a person may answer, and the state that it is for.
ANSWERS: Final = MappingProxyType({"accept": "accepted", "reject": "rejected"})

KINDS: Final = MappingProxyType(
    {
        "ocr": "scanno",
        "typo": "misprint",
        "grammar": "grammar",
        "punctuation": "punctuation",
        "consistency": "consistency",
        "print": "printer’s error",
        "query": "query to the publisher",
    }
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's last word on an entry: `accepted` or `rejected`, and the reading wanted."""

    by: str
    on: str
    state: str
    wanted: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry with its spot in the copy: `paragraph` and folded offsets; -1 when it has none.

    `state` is that of the entry; `voices` are everybody's last words, `disputed` when they
    do not agree; `fault` says why it has no spot; `version` changes with whatever the entry says.
    """

    id: str
    kind: str
    found: str
    wanted: str
    before: str
    after: str
    reason: str
    state: str
    line: int
    rule: str = ""
    family: str = ""
    decided_by: str = ""
    decided_on: str = ""
    since: int = 0
    file: str = ""
    voices: tuple[Voice, ...] = ()
    disputed: bool = False
    paragraph: int = -1
    start: int = 0
    end: int = 0
    chapter: int = -1
    fault: str = ""
    version: str = ""

    @property
    def group(self) -> str:
        """What is decided together: the family, else the same change elsewhere."""
        return self.family or f"{self.found} → {self.wanted}"

    def answered_by(self, who: str) -> Voice | None:
        """What a person has said on it."""
        if not self.voices:
            return None
        folded = fold_name(who)
        return next((v for v in self.voices if fold_name(v.by) == folded), None)

    def waits_for(self, who: str) -> bool:
        """Whether it is open and this person has not answered it yet."""
        return self.state == OPEN and self.answered_by(who) is None


def fold_name(name: str) -> str:
    """Capitals and blanks do not make another person."""
    return " ".join(name.split()).casefold()


# --- choosing -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked at; "" and -1 are for all.

    `state` is one of `open` (for `who`: not answered by that person), `waiting` (answered,
    others must still), `disputed`, `accepted`, `rejected`.  `order` is `book` or `family`.
    """

    state: str = ""
    kind: str = ""
    rule: str = ""
    family: str = ""
    chapter: int = -1
    search: str = ""
    order: str = "family"


FACETS: Final = ("state", "kind", "rule", "chapter")


@dataclass(frozen=True)
class Stack:
    """All suggestions of a ledger, in the order of the book, found by id and by family."""

    suggestions: tuple[Suggestion, ...]
    by_id: Mapping[str, Suggestion] = field(init=False, repr=False, compare=False)
    groups: Mapping[str, tuple[Suggestion, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.suggestions, key=_in_book))
        object.__setattr__(self, "suggestions", ordered)
        object.__setattr__(self, "by_id", {one.id: one for one in ordered})
        groups: dict[str, list[Suggestion]] = {}
        for one in ordered:
            groups.setdefault(one.group, []).append(one)
        object.__setattr__(self, "groups", {name: tuple(own) for name, own in groups.items()})

    def chosen(self, wanted: Filter, who: str) -> list[Suggestion]:
        """The suggestions that a filter lets through, in its order.

        A family keeps its place when the first of it is decided.
        """
        out = [one for one in self.suggestions if _passes(one, wanted, who)]
        if wanted.order != "family":
            return out
        rank = {name: number for number, name in enumerate(self.groups)}
        return sorted(out, key=lambda one: rank[one.group])

    def facets(self, wanted: Filter, who: str) -> dict[str, dict[str, int]]:
        """How many each value of each filter would leave, the other filters as they are."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for one in self.suggestions:
            misses = [name for name in FACETS if not _holds(one, wanted, name, who)]
            if len(misses) > 1 or not _searched(one, wanted):
                continue
            for name in misses or FACETS:
                counts[name].update(_values(one, name, who))
        return {name: dict(counted) for name, counted in counts.items()}

    def people(self) -> list[str]:
        """Who has decided something, most active first."""
        spoken = Counter(v.by for one in self.suggestions for v in one.voices)
        spoken.update(one.decided_by for one in self.suggestions if one.decided_by)
        return [name for name, _ in spoken.most_common(20)]

    def open_in_group(self, one: Suggestion, who: str) -> list[Suggestion]:
        """The family's suggestions that wait for this person."""
        return [other for other in self.groups[one.group] if other.waits_for(who)]


def _in_book(one: Suggestion) -> tuple[bool, int, str, int, int, str]:
    """What stands nowhere comes last, as it stood in its file."""
    nowhere = one.paragraph < 0
    where = ("", 0) if not nowhere else (one.file, one.line)
    return nowhere, one.paragraph, *where, one.start, one.id


def _values(one: Suggestion, name: str, who: str) -> Iterable[str]:
    if name == "state":
        return states(one, who)
    if name == "kind":
        return (one.kind,)
    if name == "rule":
        return (one.rule,) if one.rule else ()
    return (str(one.chapter),)


def states(one: Suggestion, who: str) -> Sequence[str]:
    """The states that a suggestion counts under, for a person."""
    if one.state != OPEN:
        return (one.state,)
    own = OPEN if one.waits_for(who) else "waiting"
    # Blind: that others disagree is shown only to those who have had their say.
    return (own, DISPUTED) if one.disputed and own != OPEN else (own,)


def _holds(one: Suggestion, wanted: Filter, name: str, who: str) -> bool:
    value = wanted.chapter if name == "chapter" else getattr(wanted, name)
    if value in ("", -1):
        return True
    return str(value) in _values(one, name, who)


def _searched(one: Suggestion, wanted: Filter) -> bool:
    if wanted.family and one.group != wanted.family:
        return False
    sought = wanted.search.strip().casefold()
    if not sought:
        return True
    where = f"{one.id}\n{one.before}{one.found}{one.after}\n{one.wanted}\n{one.reason}\n{one.rule}"
    return all(word in where.casefold() for word in sought.split())


def _passes(one: Suggestion, wanted: Filter, who: str) -> bool:
    return _searched(one, wanted) and all(_holds(one, wanted, name, who) for name in FACETS)
