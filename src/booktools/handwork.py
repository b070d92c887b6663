"""What somebody changed by hand in a recovered manuscript, and how it becomes errata.

Part of the pipeline: it joins the rooms for `booktools errata capture` and what guards against
losing such changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from booktools import store
from booktools.errata.capture import Captured, Proposal, Recovered, capture
from booktools.errata.decide import Decided
from booktools.errata.entry import Entry
from booktools.errata.handmade import by_hand
from booktools.errata.ledger import parse_errata
from booktools.errata.record import Said, record
from booktools.errata.reviews import counted
from booktools.errata.written import as_written
from booktools.errors import ManuscriptError
from booktools.ledger import change_errata
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.pipeline import ERRATA, Progress, Standing, recover, standing
from booktools.recovery import Recovery
from booktools.store import Project
from booktools.waist import rows


@dataclass(frozen=True)
class Handwork:
    """What was changed by hand in the manuscript, against what the sources gave when it was made.

    `recovery` is what they give now; `written` the readings that the manuscript was made with,
    None when they are those of the ledger now.
    """

    captured: Captured
    stands: Standing
    recovery: Recovery
    written: Mapping[str, str] | None = None


def handwork(project: Project, progress: Progress) -> Handwork:
    """Compare the manuscript with what the sources give.  Raises what `recover` raises."""
    if not project.config.sources:
        raise ManuscriptError(
            "this manuscript is its own source: what was changed in it is changed",
            hint="To have a correction on record enter it, accepted, in manuscript/errata.toml.",
            place=Place(project.config.file),
        )
    progress("reading the manuscript")
    stands = standing(project)
    recovery = base = recover(project, progress, stands)
    written, entries = project.errata_written(), stands.entries
    if written == recovery.readings():
        written = None
    if written is not None:  # decided since, and not in the manuscript yet
        entries = as_written(entries, written, project.config.required_reviews)
        base = recover(project, progress, replace(stands, entries=entries))
    shaped = base.shaped
    before = Recovered(base.applied, shaped.order, rows(shaped.chapters, shaped.untitled))
    progress("comparing")
    found = capture(before, rows(stands.chapters), entries)
    if written is not None:
        required = project.config.required_reviews
        now = {entry.id: entry for entry in counted(stands.entries, required)}
        new = tuple(own for own in found.proposals if not _on_record(own, now))
        found = replace(found, proposals=new)
    return Handwork(found, stands, recovery, written)


def _on_record(proposal: Proposal, now: Mapping[str, Entry]) -> bool:
    """Whether the ledger says already what was done by hand."""
    if any(now[id].accepted for id in proposal.replaces if id in now):
        return False
    if proposal.entry is None:
        return True
    own = now.get(proposal.entry.id) if proposal.known else None
    return own is not None and own.accepted and own.wanted == proposal.entry.wanted


def refuse_to_lose(project: Project, files: Mapping[str, str], progress: Progress) -> None:
    """Raise ManuscriptError when these files would take the place of words that somebody changed
    by hand, and that no entry of the errata has."""
    edited = [name for name in project.edited_texts() if name in files]
    if all(project.text(name) == files[name] for name in edited):
        return
    work = handwork(project, progress)
    now = {entry.id: entry for entry in work.stands.entries}
    places = [own.place for own in work.captured.proposals if not _is_known(own, now)]
    places += [f.place for f in work.captured.left if f.place and f.severity is Severity.ERROR]
    lost = sorted({(p.file, p.line) for p in places if p.file in edited})
    if not lost:
        return
    count = f"{len(lost)} places were" if len(lost) > 1 else "one place was"
    raise ManuscriptError(
        f"{count} changed by hand, and that is not on record",
        hint="Nothing was written. Make entries of the changes first: booktools errata capture. "
        "To throw them away delete the file, and recover again.",
        place=Place(*lost[0]),
    )


def _is_known(proposal: Proposal, now: Mapping[str, Entry]) -> bool:
    """Whether an entry of the ledger has the reading, decided or not."""
    own = now.get(proposal.entry.id) if proposal.entry and proposal.known else None
    return own is not None and proposal.entry is not None and proposal.entry.wanted in own.readings


def record_handwork(
    project: Project,
    work: Handwork,
    reasons: Sequence[tuple[Proposal, str]],
    by: str,
    progress: Progress,
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Enter what was changed by hand; give the entries made or changed, and what is left.

    It is tried first: nothing is entered when the ledger could not be applied then.
    """
    tried: list[tuple[Finding, ...]] = []
    said = Said(by, store.this_day(), project.config.required_reviews)

    def edit(text: str) -> Decided:
        made = record(text, reasons, said, ERRATA)
        progress("trying the new entries")
        touched = {change.id for change in made.changes}
        tried.append(_left_after(project, work, parse_errata(made.text, ERRATA), touched, progress))
        wrong = any(finding.code != "ERR030" for finding in tried[-1])
        return Decided(text, ()) if wrong else made

    made = change_errata(project, edit)
    touched = {change.id for change in made.changes}
    entries = tuple(e for e in parse_errata(made.text, ERRATA) if e.id in touched)
    return entries, tried[-1]


def _left_after(
    project: Project,
    work: Handwork,
    entries: tuple[Entry, ...],
    touched: Collection[str],
    progress: Progress,
) -> tuple[Finding, ...]:
    """What still differs when the sources are recovered with new entries, those `touched`."""
    again = recover(project, progress, replace(work.stands, entries=entries))
    wrong = [f for f in again.findings if f.severity is Severity.ERROR]
    old = {finding.message for finding in work.recovery.findings}
    if new := [finding for finding in wrong if finding.message not in old]:
        return tuple(new)
    if work.written is not None:
        others = (entry for entry in entries if entry.id not in touched)
        rest = as_written(others, work.written, project.config.required_reviews)
        new_ones = tuple(entry for entry in entries if entry.id in touched)
        again = recover(project, progress, replace(work.stands, entries=rest + new_ones))
    found = by_hand(rows(again.shaped.chapters), rows(work.stands.chapters))
    left = list(work.captured.left)
    waiting = project.config.required_reviews > 1
    if found.edits and not left and not waiting:
        left += [_not_caught(edit.new, edit.place) for edit in found.edits]
    same_words = not (found.edits or found.left)
    for name, text in sorted(again.files.items()):
        if same_words and work.stands.files.get(name, text) != text:
            left.append(_other_markup(name, work.recovery.galley.source.counted))
    return tuple(left)


def _not_caught(text: str, place: Place) -> Finding:
    fix = "Enter it in manuscript/errata.toml by hand."
    return Finding("ERR030", Severity.ERROR, f"not caught: “{text}”", place, text, fix)


def _other_markup(name: str, documents: bool) -> Finding:
    where = "in the documents" if documents else "in manuscript/layout.toml"
    return Finding(
        "ERR030",
        Severity.NOTE,
        "the words are what the sources give; line ends, ids or markup are not",
        Place(name),
        fix=f"booktools recover writes them anew; markup is decided {where}.",
    )
