"""Questions of the cleaning rules as open entries of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from booktools.errata.anchor import anchored
from booktools.errata.concordance import fold
from booktools.errata.decide import add_entries, fresh_ids
from booktools.errata.entry import Entry, Kind, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.locate import Index
from booktools.model.asked import Asked
from booktools.model.galley import Galley
from booktools.model.place import Place

_PREFIX = "Q"


def answered(entries: Iterable[Entry]) -> tuple[tuple[Place, str], ...]:
    """The questions of rules that are decided: (the source line, the reading in question)."""
    return tuple(
        (Place(entry.file, entry.line), entry.found)
        for entry in entries
        if entry.rule and entry.state is not State.OPEN
    )


def settled_elsewhere(entries: Iterable[Entry], asked: Iterable[Asked]) -> tuple[Entry, ...]:
    """Open entries that rules have asked for and ask for no more: the lexicon knows the word,
    say, or another source."""
    open_ones = [e for e in entries if e.state is State.OPEN and e.rule and _ours(e)]
    if not open_ones:
        return ()
    lines: dict[tuple[str, str, int], list[str]] = {}
    for one in asked:
        lines.setdefault((one.rule, one.place.file, one.place.line), []).append(one.found)
    return tuple(
        e for e in open_ones
        if not any(found in e.found for found in lines.get((e.rule, e.file, e.line), ()))
    )  # fmt: skip


def _ours(entry: Entry) -> bool:
    return entry.id.startswith(_PREFIX) and entry.id.removeprefix(_PREFIX).isdecimal()


def _without(text: str, entries: Iterable[Entry]) -> str:
    """The ledger's text without entries that stand there as they were written."""
    for entry in entries:
        stanza = print_errata((entry,))
        before, found, after = text.partition(stanza)
        if found and (not before or before.endswith("\n")):
            text = before.removesuffix("\n") + after if before.endswith("\n\n") else before + after
    return text


def with_questions(text: str, file: str, galley: Galley, asked: Sequence[Asked]) -> tuple[str, int]:
    """The ledger's text with an open entry for each question that it does not hold yet, and
    how many these are.

    `galley` is the text before the errata.  A question that the ledger has, open or decided,
    is not asked twice, nor one whose words nothing tells from others; an open one that is no
    question any more goes, unless somebody has changed it.  Raises ConfigError.
    """
    have = {(e.rule, e.file, e.line, e.found) for e in parse_errata(text, file)}
    index = Index(galley) if asked else None
    text = _without(text, settled_elsewhere(parse_errata(text, file), asked))
    new: list[Entry] = []
    for one in asked:
        assert index
        entry = _entry(index, one)
        if entry and (key := (entry.rule, entry.file, entry.line, entry.found)) not in have:
            have.add(key)
            new.append(entry)
    ids = fresh_ids(parse_errata(text, file), len(new), _PREFIX)
    named = [_named(entry, name) for entry, name in zip(new, ids, strict=True)]
    return (add_entries(text, named, file).text, len(new)) if new else (text, 0)


def _named(entry: Entry, name: str) -> Entry:
    return Entry(
        name, entry.line, entry.found, entry.wanted, entry.context, entry.kind, entry.reason,
        file=entry.file, rule=entry.rule,
    )  # fmt: skip


def _entry(index: Index, asked: Asked) -> Entry | None:
    folded = index.folded[asked.block]
    before = len(fold(f"x{index.galley.blocks[asked.block].text[: asked.start]}x")) - 2
    start, end = before, before + len(asked.found)
    if folded.text[start:end] != asked.found:
        return None
    try:
        context, first, last, place = anchored(index, asked.block, start, end)
    except ValueError:
        return None
    found = folded.text[first:last]
    wanted = folded.text[first:start] + asked.wanted + folded.text[end:last]
    reason = "".join(char if char.isprintable() else " " for char in asked.reason)
    if not (context + wanted).replace("\u00ad", "").isprintable():
        return None  # no ledger would hold it
    return Entry(
        "Q", place.line, found, wanted, context, Kind.QUERY, reason,
        file=place.file, rule=asked.rule,
    )  # fmt: skip
