"""What people do with the errata of a project: decide, enter by hand, take back.

Part of the pipeline: it joins the rooms for the commands round `errata.toml`.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from booktools import store
from booktools.errata.capture import Captured, Proposal, Recovered, capture
from booktools.errata.decide import Decided, Decision, decide_all
from booktools.errata.entry import Entry, State
from booktools.errata.handmade import by_hand
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.record import Said, record
from booktools.errata.reviews import counted, voice
from booktools.errata.summary import summarise, summary_lines
from booktools.errata.whereabouts import Stand
from booktools.errata.written import as_written
from booktools.errors import BooktoolsError, ConfigError, ManuscriptError
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.model.toml import near
from booktools.pipeline import (
    ERRATA,
    Progress,
    Standing,
    errata,
    recover,
    recovered,
    standing,
    stands_of,
    waist,
)
from booktools.recovery import Recovery
from booktools.store import Project
from booktools.waist import Corrected, corrected, relined, rows


def change_errata(project: Project, edit: Callable[[str], Decided]) -> Decided:
    """Let `edit` change the text of `errata.toml` as it stands now, nobody else meanwhile.

    Raises what `edit` raises (then nothing is changed), ConfigError and ManuscriptError.
    """
    made: list[Decided] = []

    def new(text: str) -> str:
        made.append(edit(text))
        return made[0].text

    store.edit_ledger(project.root, ERRATA, new)
    return made[0]


def decision(
    by: str, on: datetime.date, state: str, wanted: str | None = None, reason: str = ""
) -> Decision:
    """What somebody decides; `state` is `accepted`, `rejected` or `open`."""
    return Decision(by, on, State(state), wanted, reason)


def decide(
    project: Project, ids: Iterable[str], decision: Decision, families: Iterable[str] = ()
) -> tuple[tuple[Entry, bool], ...]:
    """Decide entries, and what of families waits for the same person, all or none.

    Gives each as it counts then, and whether this decision changed it.  Raises ConfigError,
    also for a family of which nothing waits, Conflict and ManuscriptError.
    """
    required = project.config.required_reviews
    chosen, habits = tuple(ids), tuple(families)

    def edit(text: str) -> Decided:
        entries = counted(parse_errata(text, ERRATA), required) if habits else ()
        more = (id for name in habits for id in _waiting(entries, name, decision))
        return decide_all(text, dict.fromkeys([*chosen, *more], decision), required, ERRATA)

    made = change_errata(project, edit)
    changed = {change.id: change.before != change.after for change in made.changes}
    after = counted(parse_errata(made.text, ERRATA), required)
    return tuple((entry, changed[entry.id]) for entry in after if entry.id in changed)


def _waiting(entries: Iterable[Entry], family: str, decision: Decision) -> list[str]:
    """The open entries of a family on which somebody has not decided yet; for who takes
    decisions back, those on which he has.  Raises ConfigError when there are none."""
    every = list(entries)
    own = [entry for entry in every if entry.family == family]
    back = decision.state is State.OPEN
    ids = [
        entry.id
        for entry in own
        if (back or entry.state is State.OPEN) and back == bool(voice(entry, decision.by))
    ]
    if not ids:
        others = {entry.family for entry in every} - {"", family}
        with_it = sorted(name for name in others if family in name.split(" or "))
        hint = f"did you mean “{with_it[0]}”?" if with_it else near(family, others)
        told = f"{len(own)} of it" if own else "no entry is of it"
        raise ConfigError(
            f"nothing of the family “{family}” waits for {decision.by}: {told}",
            hint=hint[:1].upper() + hint[1:]
            or "booktools errata list shows them, behind the rule.",
            place=Place(ERRATA),
        )
    return ids


# --- a manuscript that is its own source ----------------------------------------------


def apply_to_manuscript(
    project: Project, progress: Progress
) -> tuple[Corrected, tuple[str, ...], tuple[Finding, ...]]:
    """Make the accepted corrections in the manuscript's own files, and take back those that
    were rejected since.

    Gives what was done, the names of the files written, and what is left to say.  Lines of
    entries that moved are put right in `errata.toml`.  Raises ManuscriptError for a book
    with sources, and what reading and writing raise.
    """
    if project.config.sources:
        raise ManuscriptError(
            "the manuscript of this book comes from its sources",
            hint="booktools recover makes it anew, with the corrections in it.",
            place=Place(project.config.file),
        )
    with store.build_lock(project.root):
        progress("reading the manuscript")
        book = waist(project, standing(project))
        progress("making the corrections")
        done = corrected(book)
        changed = {n: (book.files[n], t) for n, t in done.files.items() if book.files[n] != t}
        store.rewrite(project.root, changed)
        after = waist(project, standing(project))
        change_errata(project, lambda text: relined(after, text, ERRATA))
    grave = (f for f in after.findings if f.severity is not Severity.NOTE)
    # What is still not made is told as what kept it from that.
    left = tuple(f for f in grave if f.code not in ("ERR012", "ERR013"))
    return done, tuple(changed), (*done.findings, *left)


# --- capture --------------------------------------------------------------------------


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


def stands_where(project: Project, progress: Progress) -> dict[str, Stand]:
    """Where the reading of each entry stands in the manuscript, as far as it does."""
    stands = standing(project)
    return stands_of(project, stands, recovered(project, stands, progress))


def around(project: Project, progress: Progress) -> Callable[[], Mapping[str, tuple[str, str]]]:
    """Gives, when it is asked, what stands before and behind each entry's reading in its paragraph;
    nothing where the manuscript cannot be made."""

    def given() -> Mapping[str, tuple[str, str]]:
        try:
            where = stands_where(project, progress)
        except BooktoolsError:
            return {}
        return {id: (s.row.text[: s.start], s.row.text[s.end :]) for id, s in where.items()}

    return given


# --- list -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are meant: any of these states, kinds, rules, families and chapters.

    What is empty lets all through; a chapter is a file of the text, its folder and ending
    may be left out.
    """

    states: Collection[str] = ()
    kinds: Collection[str] = ()
    rules: Collection[str] = ()
    families: Collection[str] = ()
    chapters: Collection[str] = ()

    def takes(self, entry: Entry) -> bool:
        return (
            (not self.states or entry.state.value in self.states)
            and (not self.kinds or entry.kind.value in self.kinds)
            and (not self.rules or entry.rule in self.rules)
            and (not self.families or entry.family in self.families)
        )


def listed(project: Project, wanted: Wanted, progress: Progress) -> tuple[Entry, ...]:
    """The entries that are meant, as they count, in the ledger's order.

    Raises ConfigError, also for a chapter that is not there, and what reading raises.
    """
    every = counted(errata(project), project.config.required_reviews)
    entries = tuple(entry for entry in every if wanted.takes(entry))
    if not wanted.chapters:
        return entries
    files = {_chapter(project, name) for name in wanted.chapters}
    where = stands_where(project, progress)
    return tuple(e for e in entries if e.id in where and where[e.id].row.file in files)


def _chapter(project: Project, name: str) -> str:
    names = project.text_names()
    for full in names:
        if name in (full, full.rpartition("/")[2], full.rpartition("/")[2].removesuffix(".md")):
            return full
    hint = near(name, [full.rpartition("/")[2] for full in names])
    raise ConfigError(
        f"the manuscript has no chapter {name}",
        hint=hint[:1].upper() + hint[1:] or "Name a file of manuscript/text.",
    )


def table(project: Project, entries: Sequence[Entry]) -> list[str]:
    """How many of these entries there are of each kind and state, or that the ledger has others
    only."""
    every = () if entries else errata(project)
    return [f"No entry matches, of {len(every):,}."] if every else summary_lines(summarise(entries))


def as_json(entries: Iterable[Entry]) -> str:
    """Entries for other programs: a list of objects with the ledger's keys."""
    values = [_json_row(entry) for entry in entries]
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _json_row(entry: Entry) -> dict[str, object]:
    row = tomllib.loads(print_errata((entry,)))["erratum"][0]
    row["place"] = str(entry.place)
    return {key: _plain(value) for key, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return [{key: _plain(own) for key, own in row.items()} for row in value]
    return value
