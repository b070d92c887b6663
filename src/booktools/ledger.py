"""What people do with the errata of a project: decide, enter by hand, take back.

Part of the pipeline: it joins the rooms for the commands round `errata.toml`.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from booktools import store
from booktools.errata.decide import Decided, Decision, decide_all
from booktools.errata.entry import Entry, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.reviews import counted, voice
from booktools.errata.summary import summarise, summary_lines
from booktools.errata.whereabouts import Stand
from booktools.errors import BooktoolsError, ConfigError, ManuscriptError
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.model.toml import near
from booktools.pipeline import (
    ERRATA,
    Progress,
    errata,
    recovered,
    standing,
    stands_of,
    waist,
)
from booktools.store import Project
from booktools.waist import Corrected, corrected, relined


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


# --- where entries stand ---------------------------------------------------------------


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
