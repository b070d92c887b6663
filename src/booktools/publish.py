"""What is told of the errata outside, and told back: the corrections page, exports, imports.

Part of the pipeline: it joins the rooms for the commands that publish `errata.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from booktools import store
from booktools.errata.answers import parse_answers
from booktools.errata.apply import faults
from booktools.errata.born import settle
from booktools.errata.decide import Decided, put
from booktools.errata.entry import Entry
from booktools.errata.ledger import parse_errata
from booktools.errata.merge import Merged, merge_answers, merge_rows
from booktools.errata.outgoing import errata_mail, patch
from booktools.errata.page import About, Item, Sheet, item_of, page_html, page_markdown, sheet
from booktools.errata.printings import went_to_press
from booktools.errata.reviews import counted
from booktools.errata.tables import entries_csv, parse_csv
from booktools.errata.tei import entries_tei, parse_tei
from booktools.errata.whereabouts import Stand
from booktools.errors import ConfigError, SourceError
from booktools.galleys import cleaned
from booktools.ledger import change_errata, stands_where
from booktools.model.finding import Finding
from booktools.model.galley import Galley
from booktools.model.place import Place
from booktools.pipeline import ERRATA, Progress, errata, recover, standing, waist
from booktools.read.documents import kind_of
from booktools.store import Project
from booktools.waist import corrected, name_of, uncorrected_files


def corrections(project: Project, printing: int, everything: bool, progress: Progress) -> Sheet:
    """The page of corrections; `printing` is the one asked for, 0 for all.

    Raises ConfigError for a printing that `book.toml` does not have, and what reading raises.
    """
    config = project.config
    if printing:
        _refuse_unknown(project, printing)
    entries = counted(errata(project), config.required_reviews)
    where = stands_where(project, progress)
    language = config.meta.language
    titles = {one.file: name_of(one, language) for one in standing(project).chapters}
    ordered = sorted(entries, key=lambda entry: _order(entry, where.get(entry.id)))
    rows = [(entry, _item(entry, where, titles)) for entry in ordered]
    authors = ", ".join(person.name for person in config.meta.creators)
    about = About(config.meta.title, authors, language, config.printings, printing)
    return sheet(about, rows, everything=everything)


def page(found: Sheet, form: str) -> str:
    """The page as `html` or `markdown`."""
    return page_html(found) if form == "html" else page_markdown(found)


def _item(entry: Entry, where: Mapping[str, Stand], titles: Mapping[str, str]) -> Item:
    stand = where.get(entry.id)
    return item_of(entry, stand, titles.get(stand.row.file, "") if stand else "")


def _order(entry: Entry, stand: Stand | None) -> tuple[str, int, int, int]:
    if stand is None:
        return "\U0010ffff", 0, 0, entry.place.line
    return stand.row.file, stand.place.line, stand.start, entry.place.line


def printed(project: Project, printing: int) -> tuple[Entry, ...]:
    """Say of all accepted entries that no printing has yet that this one is the first, and of
    those that were taken back that it is the first without them.

    Gives all those entries.  Raises ConfigError for a printing that `book.toml` does not have.
    """
    _refuse_unknown(project, printing)
    required = project.config.required_reviews

    def edit(text: str) -> Decided:
        entries = counted(parse_errata(text, ERRATA), required)
        pairs = [(entry, went_to_press(entry, printing)) for entry in entries]
        return put(text, [after for before, after in pairs if after != before], ERRATA)

    made = change_errata(project, edit)
    touched = {change.id for change in made.changes}
    return tuple(entry for entry in parse_errata(made.text, ERRATA) if entry.id in touched)


def _refuse_unknown(project: Project, printing: int) -> None:
    known = [own.number for own in project.config.printings]
    last = project.config.meta.printing
    if printing not in known and str(printing) != last:
        said = ", ".join(map(str, known)) or last or "none"
        raise ConfigError(
            f"there is no printing {printing}; told of: {said}",
            hint=f"Add it to book.toml: [[printing]] with number = {printing} and its date.",
            place=Place(project.config.file),
        )


# --- export and import ----------------------------------------------------------------

FORMATS = ("patch", "tei", "pg", "csv")


def exported(project: Project, form: str, states: Collection[str], progress: Progress) -> str:
    """The entries as `patch`, `tei`, `pg` (Project Gutenberg's mail) or `csv`.

    A patch and a mail hold the accepted ones only.  Raises what reading raises.
    """
    meta = project.config.meta
    every = errata(project)
    counting = counted(every, project.config.required_reviews)
    pairs = zip(every, counting, strict=True)
    chosen = [entry for entry, as_is in pairs if not states or as_is.state.value in states]
    if form == "csv":
        return entries_csv(chosen)
    if form == "tei":
        return entries_tei(chosen, meta.title, meta.language)
    accepted = [entry for entry in counting if entry.accepted]
    if form == "pg":
        return _mail(project, accepted, progress)
    return patch(*_without_and_with(project, progress))


def _mail(project: Project, accepted: Iterable[Entry], progress: Progress) -> str:
    """The mail with the corrections in the order of the sources, with the pages of print."""
    meta, sources = project.config.meta, project.config.sources
    order = {source.file: number for number, source in enumerate(sources)}
    ordered = sorted(accepted, key=lambda entry: (order.get(entry.file, 0), entry.line))
    authors = ", ".join(person.name for person in meta.creators)
    unit = "Paragraph" if any(kind_of(source.file) for source in sources) else "Line"
    pages = recover(project, progress).pages() if sources else {}
    names = [source.file for source in sources]
    return errata_mail(ordered, meta.title, authors, meta.identifiers[0], unit, pages, names)


def _without_and_with(
    project: Project, progress: Progress
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The manuscript's files without any correction and with all of them."""
    stands = standing(project)
    if not project.config.sources:
        book = waist(project, stands)
        return uncorrected_files(book), corrected(book).files
    without = recover(project, progress, replace(stands, entries=()))
    return without.files, recover(project, progress, stands).files


def imported(project: Project, name: str, by: str, progress: Progress) -> Merged:
    """Merge a file of answers (JSON), a table (CSV) or TEI into the ledger.

    `by` decided what comes decided without a name.  What the ledger could not be applied with
    is left out.  Raises SourceError for what is none of these, ConfigError for what no ledger
    would hold, and what reading the text raises.
    """
    text = store.decode(store.read_any(name), name, error=SourceError, remedy="Save it as UTF-8.")
    required = project.config.required_reviews
    on = store.this_day()
    trial = _Trial(project, progress)
    head = text.lstrip()[:1]
    if head == "{" or name.lower().endswith(".json"):
        answers = parse_answers(text, name)
        return _merged(
            project, lambda now: merge_answers(now, answers, name, trial, required, ERRATA)
        )
    rows = parse_tei(text, name) if head == "<" else parse_csv(text, name)
    return _merged(
        project, lambda now: merge_rows(now, rows, name, trial, by, on, required, ERRATA)
    )


def rest_csv(merged: Merged) -> str:
    """What was not merged, as a table that can be put right and imported."""
    return entries_csv(merged.rest)


@dataclass
class _Trial:
    """What is wrong with the entries of a ledger, by id; the text is read when it is asked."""

    project: Project
    progress: Progress
    _text: Galley | None = None

    def __call__(self, entries: Iterable[Entry]) -> Mapping[str, Finding]:
        counting = counted(entries, self.project.config.required_reviews)
        born = not self.project.config.sources
        if self._text is None:
            stands = standing(self.project) if born else None
            text = waist(self.project, stands).galley if stands else None
            self._text = text or cleaned(self.project, self.progress).galley
        return settle(self._text, counting).faults if born else faults(self._text, counting)


def _merged(project: Project, merge: Callable[[str], Merged]) -> Merged:
    merge(project.text_if_there(ERRATA) or "")  # the text is read before others have to wait
    made: list[Merged] = []

    def edit(text: str) -> Decided:
        made.append(merge(text))
        return made[0].decided

    change_errata(project, edit)
    return made[0]
