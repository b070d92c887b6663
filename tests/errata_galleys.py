"""Small galleys and entries for the tests of the errata."""

from __future__ import annotations

import datetime
import re
from typing import Any

from booktools.errata.entry import Entry, Kind, State
from booktools.model.galley import Block, Edit, Galley, Role, Source
from booktools.model.place import Place, Span

FILE = "manuscript/source/book.txt"
LEDGER = "manuscript/errata.toml"
DAY = datetime.date(2026, 11, 22)


def cleaned(raw: str) -> list[Edit]:
    """Line-end hyphens joined, other line ends made spaces, the last one dropped."""
    out = []
    for match in re.finditer(r"(?<=\w)-\n|\s*\n\s*", raw):
        new = "" if match[0] == "-\n" or match.end() == len(raw) else " "
        out.append(Edit(Span(*match.span()), match[0], new, "LINE"))
    return out


def galley(*blocks: str, furniture: frozenset[int] = frozenset()) -> Galley:
    """One source of the blocks' raw texts end to end, each cleaned by one layer."""
    source = Source("".join(blocks), ((FILE, 0),))
    made, at = [], 0
    for number, raw in enumerate(blocks):
        role = Role.FURNITURE if number in furniture else Role.PARAGRAPH
        block = Block(role, (Span(at, at + len(raw)),), raw)
        made.append(block.edited(cleaned(raw)))
        at += len(raw)
    return Galley(source, tuple(made))


def entry(id: str, line: int, found: str, wanted: str, context: str, **more: Any) -> Entry:
    """An accepted entry, unless `state` says otherwise; `at` is its line in the ledger."""
    values: dict[str, Any] = {
        "kind": Kind.TYPO,
        "reason": "misspelt",
        "state": State.ACCEPTED,
        "place": Place(LEDGER, more.pop("at", 1)),
    }
    values |= more
    if values["state"] is not State.OPEN:
        values = {"decided_by": "copy-editor", "decided_on": DAY} | values
    return Entry(id, line, found, wanted, context, **values)
