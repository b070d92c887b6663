"""Whether enough people agree: what an entry counts as where two must."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from booktools.errata.entry import Entry, Review, State
from booktools.errata.locate import excerpt
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place

# A verdict: the state, and the wanted reading of an accepted entry ("" for a rejected one).
Verdict = tuple[State, str]


def same_person(one: str, other: str) -> bool:
    """Whether two names mean the same person: capitals and blanks do not count."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def voices(entry: Entry) -> dict[str, Review]:
    """Everybody's last word on an entry, by folded name, in the order of the reviews.

    Who took his word back has none.  Who decided it without a review of his own has said what
    the entry says.
    """
    said: dict[str, Review] = {}
    for review in entry.reviews:
        said.pop(_folded(review.by), None)
        said[_folded(review.by)] = review
    silent = {name for name, review in said.items() if review.state is State.OPEN}
    if entry.state is not State.OPEN and entry.decided_on is not None:
        own = Review(entry.decided_by, entry.decided_on, entry.state)
        said.setdefault(_folded(entry.decided_by), own)
    return {name: review for name, review in said.items() if name not in silent}


def voice(entry: Entry, by: str) -> Review | None:
    """Somebody's last word on an entry, None when he has none."""
    return voices(entry).get(_folded(by))


def verdict(entry: Entry, review: Review) -> Verdict:
    """What a review of an entry is for."""
    if review.state is State.REJECTED:
        return State.REJECTED, ""
    return State.ACCEPTED, entry.wanted if review.wanted is None else review.wanted


def agreed(entry: Entry, required: int) -> Verdict | None:
    """What so many different people agree on, None when not enough do.

    When they are enough on two sides, the one that the newest review is for.
    """
    count: dict[Verdict, int] = {}
    found = None
    for review in voices(entry).values():
        own = verdict(entry, review)
        count[own] = count.get(own, 0) + 1
        found = own if count[own] >= required else found
    return found


def counted(entries: Iterable[Entry], required: int) -> tuple[Entry, ...]:
    """The entries as they count: one that too few people decided is open."""
    return tuple(
        entry if required < 2 or _stands(entry, required) else _reopened(entry) for entry in entries
    )


def _stands(entry: Entry, required: int) -> bool:
    if entry.state is State.OPEN:
        return True
    own = (entry.state, entry.wanted if entry.accepted else "")
    said = voices(entry).values()
    return sum(verdict(entry, review) == own for review in said) >= required


def _reopened(entry: Entry) -> Entry:
    """The entry as an open one, its decision kept as a review."""
    said = tuple(voices(entry).values())
    return replace(entry, state=State.OPEN, decided_by="", decided_on=None, reviews=said)


def disputes(entries: Iterable[Entry], required: int = 1) -> tuple[Finding, ...]:
    """An ERR011 for each entry whose reviewers do not agree.

    It is a WARNING while the entry is open, and a NOTE when so many as are `required` agreed
    all the same; where one is enough, the newest word is the only one that counts.
    """
    return tuple(
        _dispute(entry)
        for entry in entries
        if disputed(entry) and (required > 1 or entry.state is State.OPEN)
    )


def disputed(entry: Entry) -> bool:
    """Whether those who reviewed an entry are not of one mind."""
    return len({verdict(entry, review) for review in voices(entry).values()}) > 1


def _dispute(entry: Entry) -> Finding:
    said = "; ".join(f"{review.by} {_spoken(entry, review)}" for review in voices(entry).values())
    settled = entry.state is not State.OPEN
    return Finding(
        "ERR011",
        Severity.NOTE if settled else Severity.WARNING,
        f"{entry.id}: {entry.state.value}, and the reviewers do not agree: {said}",
        entry.place,
        excerpt(entry),
        "Talk it over; who changes his mind decides anew.",
        (),
        entry.before,
        entry.after,
    )


def _spoken(entry: Entry, review: Review) -> str:
    state, wanted = verdict(entry, review)
    why = f" ({review.reason})" if review.reason else ""
    if state is State.REJECTED:
        return f"keeps “{entry.found}”{why}"
    return (f"wants “{wanted}”" if wanted else "takes it out") + why


def query(entry: Entry, place: Place) -> Finding:
    """An ERR010 for an open entry whose reading stands at a place of the source."""
    asks = f" → “{entry.wanted}”" if entry.wanted != entry.found else ""
    return Finding(
        "ERR010",
        Severity.NOTE,
        f"{entry.id}: to be decided: “{entry.found}”{asks}? {entry.reason}",
        entry.place,
        excerpt(entry),
        f"Decide it: booktools errata decide {entry.id} --accept (or --reject) --by YOU",
        (place,),
        entry.before,
        entry.after,
    )
