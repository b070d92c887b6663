"""What the finder finds by itself of a book's own ledger, when nobody has told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from booktools import pipeline, proposals
from booktools.errata.capture import uncorrected
from booktools.errata.entry import Entry, State
from booktools.errata.locate import Index, Spot, locate
from booktools.store import Project


@dataclass
class Share:
    """How many entries of a sort there are, were found, and found with the right reading."""

    all: int = 0
    found: int = 0
    right: int = 0


@dataclass(frozen=True)
class Found:
    """By kind of entry and by rule; proposals that no entry of the ledger stands for."""

    kinds: dict[str, Share] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    words: int = 0


def withheld(project: Project, least: float) -> Found:
    """Put the wrong readings of the accepted entries back, and see what is proposed."""
    recovery = pipeline.recover(project, lambda step: None)
    before = uncorrected(recovery.applied)
    entries = pipeline.errata(project)
    made = proposals.in_galley(project, before, before, (), lambda step: None, least)
    index = Index(before)
    spots = [(entry, locate(index, entry)) for entry in entries]
    certain = [(e, s) for e, s in spots if isinstance(s, Spot) and e.state is State.ACCEPTED]
    asked = [(e, s) for e, s in spots if isinstance(s, Spot) and e.state is not State.ACCEPTED]
    ours = [(one, spot) for one in made.found if one.entry and (spot := _spot(index, one.entry))]
    kinds: dict[str, Share] = {}
    rules: Counter[str] = Counter()
    for entry, spot in certain:
        share = kinds.setdefault(entry.kind.value, Share())
        share.all += 1
        met = [one for one, at in ours if _meet(at, spot)]
        share.found += bool(met)
        share.right += any(
            _right(entry, spot, one.entry, at, index)
            for one, at in ours
            if one.entry is not None and _meet(at, spot)
        )
        rules.update({met[0].suggestion.rule} if met else ())
    known = [spot for _, spot in (*certain, *asked)]
    alarms = Counter(
        one.suggestion.rule for one, at in ours if not any(_meet(at, spot) for spot in known)
    )
    return Found(kinds, rules, alarms, made.words)


def _spot(index: Index, entry: Entry) -> Spot | None:
    spot = locate(index, entry)
    return spot if isinstance(spot, Spot) else None


def _meet(one: Spot, two: Spot) -> bool:
    return one.block == two.block and one.start < two.end and two.start < one.end


def _right(entry: Entry, spot: Spot, ours: Entry, at: Spot, index: Index) -> bool:
    """Whether our first reading gives the same text as the entry's."""
    text = index.folded[spot.block].text
    low, high = min(spot.start, at.start), max(spot.end, at.end)
    theirs = text[low : spot.start] + entry.wanted + text[spot.end : high]
    return theirs == text[low : at.start] + ours.wanted + text[at.end : high]


def lines(found: Found) -> Sequence[str]:
    """The figures as rows of Markdown tables."""
    rows = [
        "| kind | certain entries | found | with the right reading first |",
        "|---|---|---|---|",
    ]
    total = Share()
    for kind, share in sorted(found.kinds.items(), key=lambda item: -item[1].all):
        rows.append(f"| {kind} | {share.all} | {share.found} | {share.right} |")
        total.all, total.found = total.all + share.all, total.found + share.found
        total.right += share.right
    rows.append(f"| all | {total.all} | {total.found} | {total.right} |")
    false = sum(found.alarms.values())
    rows += [
        "",
        f"{found.words:,} words; {false} findings that the ledger has nothing of, "
        f"{1000 * false / max(found.words, 1):.1f} in 1,000 words.",
    ]
    rows += ["", "| rule | entries found | other findings |", "|---|---|---|"]
    for rule in sorted(found.rules | found.alarms):
        rows.append(f"| {rule} | {found.rules[rule]} | {found.alarms[rule]} |")
    return rows
