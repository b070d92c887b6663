"""What is told of the errata outside: the corrections page, exports, differences of editions.

Part of the pipeline: it joins the rooms for the commands that publish `errata.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from booktools.errata.decide import Decided, put
from booktools.errata.entry import Entry
from booktools.errata.ledger import parse_errata
from booktools.errata.page import About, Item, Sheet, item_of, page_html, page_markdown, sheet
from booktools.errata.reviews import counted
from booktools.errata.whereabouts import Stand
from booktools.errors import ConfigError
from booktools.ledger import change_errata, stands_where
from booktools.model.book import Chapter, inline_text
from booktools.model.place import Place
from booktools.pipeline import ERRATA, Progress, errata, standing
from booktools.store import Project


def corrections(project: Project, printing: int, everything: bool, progress: Progress) -> Sheet:
    """The page of corrections; `printing` is the one asked for, 0 for all.

    Raises ConfigError for a printing that `book.toml` does not have, and what reading raises.
    """
    config = project.config
    if printing:
        _refuse_unknown(project, printing)
    entries = counted(errata(project), config.required_reviews)
    where = stands_where(project, progress)
    titles = {chapter.file: _title(chapter) for chapter in standing(project).chapters}
    ordered = sorted(entries, key=lambda entry: _order(entry, where.get(entry.id)))
    rows = [(entry, _item(entry, where, titles)) for entry in ordered]
    authors = ", ".join(person.name for person in config.meta.creators)
    about = About(config.meta.title, authors, config.meta.language, config.printings, printing)
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


def _title(chapter: Chapter) -> str:
    title = inline_text(chapter.title)
    return f"{chapter.label}: {title}" if chapter.label and title else chapter.label or title


def printed(project: Project, printing: int) -> tuple[Entry, ...]:
    """Say of all accepted entries that no printing has yet that this one is the first.

    Gives those entries.  Raises ConfigError for a printing that `book.toml` does not have.
    """
    _refuse_unknown(project, printing)
    required = project.config.required_reviews

    def edit(text: str) -> Decided:
        entries = counted(parse_errata(text, ERRATA), required)
        new = [_since(entry, printing) for entry in entries if entry.accepted and not entry.since]
        return put(text, new, ERRATA)

    made = change_errata(project, edit)
    touched = {change.id for change in made.changes}
    return tuple(entry for entry in parse_errata(made.text, ERRATA) if entry.id in touched)


def _since(entry: Entry, printing: int) -> Entry:
    return replace(entry, since=printing)


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
