"""What the finder has to say of a project's book, as open entries of its ledger.

Part of the pipeline: it joins the finder with the ledger.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from booktools import galleys, ledger, pipeline, suggest
from booktools.check.passages import passages_of
from booktools.errata.anchor import anchored
from booktools.errata.capture import uncorrected
from booktools.errata.concordance import fold
from booktools.errata.decide import Decided, add_entries, fresh_ids
from booktools.errata.entry import Entry, Kind
from booktools.errata.ledger import parse_errata
from booktools.errata.locate import Index, Spot, locate
from booktools.find.rules import RULES
from booktools.find.seen import Seen, lowest
from booktools.find.suggestion import Suggestion
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley, Role
from booktools.model.place import Place
from booktools.store import Project

Progress = Callable[[str], None]
_GAP = "\n\n"
_KINDS = {rule.code: Kind(rule.sort.value) for rule in RULES}
_PREFIX = "F"
# Titles and captions are no sentences.
_SENTENCES = frozenset({"PUN005"})
_PROSE = frozenset({Role.PARAGRAPH, Role.NOTE, Role.QUOTE, Role.LIST})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion with the place that people look it up at, and the entry that it makes.

    `entry` has no id yet; it is None where nothing can be entered: the words stand in an
    attribute of the manuscript, or none round the place tell it from others.
    """

    suggestion: Suggestion
    place: Place
    around: str
    entry: Entry | None


@dataclass(frozen=True)
class Proposals:
    """What is proposed, the most doubtful first, and how much the ledger keeps silent."""

    found: tuple[Proposal, ...]
    silenced: int
    words: int


def propose(project: Project, progress: Progress, least: float = suggest.LIKELY) -> Proposals:
    """What is doubtful in the book as it stands with its corrections.

    Nothing that an entry of the ledger stands on, accepted, rejected or open, and no good
    word of the lexicon.  Raises what `recover` raises.
    """
    if not project.config.sources:
        return _in_manuscript(project, progress, least)
    recovery = pipeline.recover(project, progress)
    before, after = uncorrected(recovery.applied), recovery.applied.galley
    entries = pipeline.errata(project)
    seen = Seen.of(after.source.text, recovery.geometry)
    return in_galley(project, before, after, entries, progress, least, seen)


def in_galley(
    project: Project,
    before: Galley,
    after: Galley,
    entries: Sequence[Entry],
    progress: Progress,
    least: float = suggest.LIKELY,
    seen: Seen | None = None,
) -> Proposals:
    """The same for a galley `before` its entries and `after` them; `seen` is what an OCR program
    thought of its readings."""
    numbers = [n for n, block in enumerate(after.blocks) if block.role is not Role.FURNITURE]
    texts = [after.blocks[number].text for number in numbers]
    found = _asked(project, _GAP.join(texts), progress, lowest(least) if seen else least)
    index = Index(before)
    taken = _taken(index, entries)
    out, silenced = [], 0
    starts = _starts(texts)
    if seen:
        found = _weighed(found, after, numbers, starts, seen, least)
    for one in found:
        at = _last(starts, one.start)
        number, start = numbers[at], one.start - starts[at]
        role = after.blocks[number].role
        if one.end - starts[at] > len(texts[at]) or (one.rule in _SENTENCES and role not in _PROSE):
            continue
        span = _as_found(before, after, number, start, one.end - starts[at])
        if span is None or not taken.get(number, set()).isdisjoint(range(*span)):
            silenced += 1
            continue
        entry, place = _entry(index, number, one, span)
        place = place or after.place_at(after.blocks[number], start)
        out.append(Proposal(one, place, suggest.round_about(texts[at], one, starts[at]), entry))
    return Proposals(tuple(out), silenced, sum(len(text.split()) for text in texts))


def _weighed(
    found: Iterable[Suggestion],
    galley: Galley,
    numbers: Sequence[int],
    starts: Sequence[int],
    seen: Seen,
    least: float,
) -> tuple[Suggestion, ...]:
    """The suggestions with what an OCR program thought of the words, the most doubtful first."""
    weighed = []
    for one in found:
        at = _last(starts, one.start)
        block = galley.blocks[numbers[at]]
        offset = min(one.start - starts[at], max(len(block.text) - 1, 0))
        weighed.append(seen.weighed(one, block.raw_offset(offset)))
    weighed.sort(key=lambda one: -one.score)
    return tuple(one for one in weighed if one.score >= least)


def _asked(project: Project, text: str, progress: Progress, least: float) -> tuple[Suggestion, ...]:
    """The finder's answer, without what the lexicon knows."""
    config = project.config
    words = galleys.wordlist(project).words
    tags = (config.meta.language, *config.languages)
    found = suggest.in_text(text, tags, progress, words, least)
    return tuple(one for one in found if one.rule not in config.codes_off)


def _starts(texts: Sequence[str]) -> list[int]:
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + len(_GAP))
    return starts


def _last(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _taken(index: Index, entries: Iterable[Entry]) -> dict[int, set[int]]:
    """By block, the folded offsets that entries stand on; an entry whose context is gone
    stands nowhere."""
    spots = [locate(index, entry) for entry in entries]
    return _held(spot for spot in spots if isinstance(spot, Spot))


def _held(spots: Iterable[Spot]) -> dict[int, set[int]]:
    """By block, the folded offsets of spots."""
    held: dict[int, set[int]] = {}
    for spot in spots:
        held.setdefault(spot.block, set()).update(range(spot.start, spot.end))
    return held


def _as_found(
    before: Galley, after: Galley, number: int, start: int, end: int
) -> tuple[int, int] | None:
    """A stretch in the folded text before the errata; None where a correction made it."""
    old, new = before.blocks[number], after.blocks[number]
    if old is not new and len(new.layers) > len(old.layers):
        layer = new.layers[-1]
        first, last = layer.below(start), layer.below(end)
        if old.text[first:last] != new.text[start:end]:
            return None
        start, end = first, last
    return len(fold(old.text[:start])), len(fold(old.text[:end]))


def _entry(
    index: Index, number: int, one: Suggestion, span: tuple[int, int]
) -> tuple[Entry | None, Place | None]:
    text = index.folded[number].text
    try:
        context, start, end, place = anchored(index, number, *span)
    except ValueError:
        return None, None
    found = text[start:end]
    reading = one.readings[0] if one.readings else one.token
    wanted = text[start : span[0]] + reading + text[span[1] : end]
    entry = Entry(
        id="",
        line=place.line,
        file=place.file,
        found=found,
        wanted=wanted,
        context=context,
        kind=_KINDS.get(one.rule, Kind.QUERY),
        reason=_reason(one),
        rule=one.rule,
        family=one.family,
    )
    return entry, place


def _reason(one: Suggestion) -> str:
    others = " or ".join(f"“{reading}”" for reading in one.readings[1:4])
    more = f"; or {others}" if others else ""
    return f"{one.evidence[:1].upper()}{one.evidence[1:]}{more}."


def _in_manuscript(project: Project, progress: Progress, least: float) -> Proposals:
    """For a book without sources: the manuscript's own paragraphs as they stand."""
    stands = pipeline.standing(project)
    passages = [passage for chapter in stands.chapters for passage in passages_of(chapter)]
    texts = [passage.text for passage in passages]
    found = _asked(project, _GAP.join(texts), progress, least) if texts else ()
    waist = pipeline.waist(project, stands)
    index = Index(waist.galley)
    settled = waist.settled
    taken = _held([*settled.due.values(), *settled.done.values(), *settled.others.values()])
    starts = _starts(texts)
    out, silenced = [], 0
    for one in found:
        at = _last(starts, one.start)
        start, end = one.start - starts[at], one.end - starts[at]
        if start >= len(texts[at]) or end > len(texts[at]):
            continue
        span = _as_written(waist.galley, at, texts[at], start, end)
        if span and not taken.get(at, set()).isdisjoint(range(*span)):
            silenced += 1
            continue
        entry = _entry(index, at, one, span)[0] if span else None
        around = suggest.round_about(texts[at], one, starts[at])
        out.append(Proposal(one, passages[at].place(start), around, entry))
    return Proposals(tuple(out), silenced, sum(len(text.split()) for text in texts))


def _as_written(
    galley: Galley, number: int, text: str, start: int, end: int
) -> tuple[int, int] | None:
    """A stretch of a passage in its folded block; None where its words are not in the file."""
    block = galley.blocks[number].text
    lead = len(text) - len(text.lstrip())
    if block != text.strip() or start < lead or end - lead > len(block):
        return None
    return len(fold(block[: start - lead])), len(fold(block[: end - lead]))


def enter(project: Project, proposals: Iterable[Proposal]) -> tuple[Entry, ...]:
    """Put proposals into the ledger as open entries; give them with their ids.

    Raises ConfigError and ManuscriptError.
    """
    wanted = [one.entry for one in proposals if one.entry is not None]
    added: list[Entry] = []

    def edit(text: str) -> Decided:
        here = parse_errata(text, pipeline.ERRATA)
        held = {(e.file, e.line, e.found, e.context) for e in here}
        new = [e for e in wanted if (e.file, e.line, e.found, e.context) not in held]
        ids = fresh_ids(here, len(new), _PREFIX)
        added[:] = [replace(entry, id=name) for entry, name in zip(new, ids, strict=True)]
        return add_entries(text, added, pipeline.ERRATA)

    ledger.change_errata(project, edit)
    return tuple(added)


def findings(proposals: Iterable[Proposal]) -> tuple[Finding, ...]:
    """The proposals as findings, for reports."""
    return tuple(
        Finding(
            one.suggestion.rule,
            Severity.NOTE,
            one.suggestion.evidence,
            one.place,
            one.around,
            f"“{one.suggestion.readings[0]}”?" if one.suggestion.readings else "",
        )
        for one in proposals
    )
