"""What was captured, put into the ledger as decided entries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from booktools.errata.capture import Proposal
from booktools.errata.decide import FILE, Decided, Decision, add_entries, after_decision, fresh_ids
from booktools.errata.decide import put as put_entries
from booktools.errata.entry import Entry, State
from booktools.errata.ledger import parse_errata


@dataclass(frozen=True, slots=True)
class Said:
    """Who answers for what was captured, and when."""

    by: str
    on: datetime.date
    required: int = 1


def record(
    text: str, proposals: Iterable[tuple[Proposal, str]], said: Said, file: str = FILE
) -> Decided:
    """The ledger with each proposal, given with its reason, accepted.

    Entries that a proposal replaces are rejected, and name what stands for them now.  Raises
    ConfigError for what no ledger would hold.
    """
    every = tuple(proposals)
    entries = {entry.id: entry for entry in parse_errata(text, file)}
    ids = iter(fresh_ids(entries.values(), len(every)))
    changed: dict[str, Entry] = {}
    added: list[Entry] = []

    def decide(entry: Entry, state: State, reason: str, wanted: str | None = None) -> Entry:
        decision = Decision(said.by, said.on, state, wanted, reason)
        return after_decision(entry, decision, said.required)

    for proposal, reason in every:
        name = ""
        if proposal.entry and proposal.known:
            name = proposal.entry.id
            now = changed.get(name, entries[name])
            changed[name] = decide(now, State.ACCEPTED, reason, proposal.entry.wanted)
        elif proposal.entry:
            name = next(ids)
            new = replace(proposal.entry, id=name, reason=reason)
            added.append(decide(new, State.ACCEPTED, ""))
        for id in proposal.replaces:
            why = f"{reason} (see {name})" if name else reason
            changed[id] = decide(changed.get(id, entries[id]), State.REJECTED, why)
    first = put_entries(text, changed.values(), file)
    then = add_entries(first.text, added, file)
    return Decided(then.text, first.changes + then.changes)
