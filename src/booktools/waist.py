"""The manuscript itself: read, and corrected in its own files where it has no sources.

Part of the pipeline, which the errata of a manuscript that is its own source go round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from booktools.check.passages import passages_of
from booktools.edition.words import chapter_kind, page_sign
from booktools.engines import pandoc
from booktools.errata.apply import Applied
from booktools.errata.born import Settled, settle, unmade
from booktools.errata.concordance import Folded
from booktools.errata.decide import Decided, put
from booktools.errata.entry import Entry
from booktools.errata.handmade import Row
from booktools.errata.ledger import parse_errata
from booktools.errata.note import Noted, note_chapter
from booktools.errata.reviews import counted, disputes
from booktools.errata.whereabouts import Stand
from booktools.errors import ManuscriptError
from booktools.manuscript import raw
from booktools.manuscript.parse import parse_book
from booktools.manuscript.source import refuse_too_deep
from booktools.model.book import Book, Chapter, ChapterRole, inline_text
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley
from booktools.model.place import Place, Span


def parsed(files: Mapping[str, str]) -> tuple[Chapter, ...]:
    """The chapters of Markdown files, by name.  Raises ManuscriptError."""
    rows = sorted(files.items())
    refuse_too_deep(rows)
    return parse_book(rows, pandoc.to_json_all(rows))


@dataclass(frozen=True)
class Waist:
    """A manuscript that is its own source, and its errata as they are written.

    So many people as `required` must agree on a correction.
    """

    files: Mapping[str, str]
    chapters: tuple[Chapter, ...]
    entries: tuple[Entry, ...]
    required: int = 1

    @cached_property
    def passages(self) -> tuple[raw.Passage, ...]:
        return tuple(passage for chapter in self.chapters for passage in _passages(chapter))

    @cached_property
    def galley(self) -> Galley:
        return raw.manuscript_galley(self.files, self.passages)

    @cached_property
    def counting(self) -> tuple[Entry, ...]:
        """The entries as they count, with as many reviews as are required."""
        return counted(self.entries, self.required)

    @cached_property
    def settled(self) -> Settled:
        return settle(self.galley, self.counting)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.settled.findings, *disputes(self.entries, self.required))

    @cached_property
    def applied(self) -> Applied:
        """The corrections that stand in the manuscript, as if they were made just now."""
        texts = [passage.text for passage in self.passages]
        return unmade(texts, self.galley, self.settled, self.counting)

    @property
    def stands(self) -> dict[str, Stand]:
        """Where the readings of the entries stand, by id."""
        every = rows(self.chapters)
        out = {}
        for id, spot in {**self.settled.others, **self.settled.due, **self.settled.done}.items():
            row = every[spot.block]
            lead = len(row.text) - len(row.text.lstrip())
            span = Folded(row.text.strip()).span(spot.start, spot.end)
            out[id] = Stand(row, lead + span.start, lead + span.end)
        return out


def _passages(chapter: Chapter) -> Iterator[raw.Passage]:
    for number, passage in enumerate(passages_of(chapter)):
        label = bool(chapter.label) and not number
        starts, lines = ((), ()) if label else (passage.starts, passage.lines)
        yield raw.Passage(passage.file, passage.text, starts, lines)


@dataclass(frozen=True)
class Corrected:
    """Files with the corrections made and taken back, the ids of those, and what could not be
    (ERR031)."""

    files: Mapping[str, str]
    made: tuple[str, ...]
    back: tuple[str, ...]
    findings: tuple[Finding, ...]


def corrected(waist: Waist) -> Corrected:
    """The manuscript's files with all accepted corrections that are still to be made, and
    without those that were rejected since.

    A correction that would change more than its words is left out and told.
    """
    by_id = {entry.id: entry for entry in waist.counting}
    settled = waist.settled
    chosen = settled.due
    told: list[Finding] = []
    for id in list(chosen):
        try:
            _written(waist, [by_id[id]])
        except raw.MarkupError as error:
            told.append(_refused(waist, by_id[id], f"“{error}” stands inside it"))
            del chosen[id]
    files = _written(waist, [by_id[id] for id in chosen])
    if not _reads_right(waist, files, chosen.keys()):
        for id in list(chosen):
            if not _reads_right(waist, _written(waist, [by_id[id]]), [id]):
                told.append(_refused(waist, by_id[id], "Markdown would read it as markup"))
                del chosen[id]
        files = _written(waist, [by_id[id] for id in chosen])
    made, back = ([id for id in chosen if id in own] for own in (settled.pending, settled.back))
    return Corrected(files, tuple(made), tuple(back), tuple(told))


def uncorrected_files(waist: Waist) -> dict[str, str]:
    """The manuscript's files with the readings that their corrections took the place of.

    A correction with markup inside it stays.
    """
    by_id = {entry.id: entry for entry in waist.counting}
    changes: list[tuple[int, Span, str]] = []
    for id, spot in {**waist.settled.done, **waist.settled.back}.items():
        span = Folded(waist.galley.blocks[spot.block].text).span(spot.start, spot.end)
        change = spot.block, span, by_id[id].found
        try:
            raw.written(waist.galley, [change])
        except raw.MarkupError:
            continue
        changes.append(change)
    return raw.written(waist.galley, changes)


def _written(waist: Waist, entries: Iterable[Entry]) -> dict[str, str]:
    changes = []
    for entry in entries:
        spot = waist.settled.due[entry.id]
        folded = Folded(waist.galley.blocks[spot.block].text)
        changes.append((spot.block, folded.span(spot.start, spot.end), entry.due))
    return raw.written(waist.galley, changes)


def _reads_right(waist: Waist, files: Mapping[str, str], ids: Iterable[str]) -> bool:
    """Whether the files read as the passages with the corrections, and nothing else changed."""
    meant = [passage.text for passage in waist.passages]
    by_id = {entry.id: entry for entry in waist.counting}
    due = waist.settled.due
    for id in sorted(ids, key=lambda id: -due[id].start):
        spot = due[id]
        text = meant[spot.block]
        lead = len(text) - len(text.lstrip())
        span = Folded(text.strip()).span(spot.start, spot.end)
        head, tail = text[: lead + span.start], text[lead + span.end :]
        meant[spot.block] = head + by_id[id].due + tail
    try:
        again = replace(waist, files=files, chapters=parsed(files))
    except ManuscriptError:  # it would be no chapter any more
        return False
    return ["".join(t.split()) for t in meant] == [
        "".join(passage.text.split()) for passage in again.passages
    ]


def _refused(waist: Waist, entry: Entry, why: str) -> Finding:
    return Finding(
        "ERR031",
        Severity.ERROR,
        f"{entry.id}: “{entry.due}” cannot be put there by itself: {why}",
        waist.settled.due[entry.id].place,
        entry.context,
        "Change it in the manuscript by hand; the entry then counts as made.",
        (entry.place,),
        entry.before,
        entry.after,
    )


def relined(waist: Waist, text: str, file: str) -> Decided:
    """The ledger with the files and lines where its entries stand now, so that they tell like
    contexts apart for long."""
    spots = {**waist.settled.pending, **waist.settled.done}
    moved = [
        replace(
            entry,
            line=spots[entry.id].place.line,
            file=spots[entry.id].place.file if entry.file else "",
        )
        for entry in parse_errata(text, file)
        if entry.id in spots and _is_elsewhere(entry, spots[entry.id].place)
    ]
    return put(text, moved, file) if moved else Decided(text, ())


def _is_elsewhere(entry: Entry, place: Place) -> bool:
    return place.line != entry.line or entry.file not in ("", place.file)


def rows(chapters: Iterable[Chapter], untitled: Collection[str] = ()) -> tuple[Row, ...]:
    """The paragraphs of chapters, in the order in which they stand in their files.

    Titles of the chapters in `untitled` (ids) come from `book.toml`.
    """
    out = []
    for chapter in chapters:
        for number, passage in enumerate(passages_of(chapter)):
            lines = tuple(zip(passage.starts, passage.lines, strict=True))
            given = chapter.id in untitled and number == bool(chapter.label)
            out.append(Row(passage.file, lines, passage.text, given))
    return tuple(out)


def with_note(book: Book, noted: Iterable[Noted], title: str) -> Book:
    """The book with a transcriber's note of corrections, under a title, at the end; only a back
    cover stands behind it."""
    language = book.meta.language
    names = {chapter.file: name_of(chapter, language) for chapter in book.chapters}
    ids = (chapter.id for chapter in book.chapters)
    note = note_chapter(title, noted, names, page_sign(language), ids)
    if not note:
        return book
    at = len(book.chapters)
    while at and book.chapters[at - 1].role is ChapterRole.BACK_COVER:
        at -= 1
    return replace(book, chapters=(*book.chapters[:at], note, *book.chapters[at:]))


def name_of(chapter: Chapter, language: str) -> str:
    """What a chapter is called in a list: `Chapter 1: The Strike`."""
    if chapter.role is ChapterRole.BACK_COVER:  # its title is the book's
        return chapter_kind(chapter.role, language)
    title = inline_text(chapter.title)
    return f"{chapter.label}: {title}" if chapter.label and title else chapter.label or title
