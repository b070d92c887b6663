"""The order of things: which room's value goes into which room.

Left of the canonical manuscript stands `recover`, right of it `build`; `check` and `why`
look at both.  Every arrow is a pure function; disk and engines are touched only here,
through `store` and the doors in `engines`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booktools import collate, documents, galleys, press, prints, store
from booktools.check.book_checks import check_book
from booktools.check.conservation import NOTHING, account
from booktools.check.documents import Proof
from booktools.check.epubcheck_findings import epubcheck_findings
from booktools.check.passages import passages_of
from booktools.check.recovered import unlike_sources
from booktools.check.rules import RULES as CHECKING
from booktools.check.trail import Trail, Trails, refuse_strangers
from booktools.clean.rules import RULES as CLEANING
from booktools.clean.rules import asked, questions
from booktools.config import refuse_unknown_rules
from booktools.edition.lexicon import Lexicon
from booktools.engines import epubcheck, pandoc
from booktools.errata.apply import apply_errata
from booktools.errata.asked import answered, settled_elsewhere
from booktools.errata.capture import Recovered
from booktools.errata.entry import Entry
from booktools.errata.ledger import parse_errata
from booktools.errata.note import Noted
from booktools.errata.regression import regressions
from booktools.errata.reviews import counted, disputes
from booktools.errata.whereabouts import Stand, whereabouts
from booktools.errors import EngineFailed, ManuscriptError, SourceError
from booktools.manuscript.write import chapter_markdown
from booktools.model.artifact import Artifact, Edition
from booktools.model.book import Book, Chapter
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.recovery import Recovery
from booktools.shape.shape import shape
from booktools.store import Project
from booktools.waist import Waist, parsed, rows, with_note

ERRATA = "manuscript/errata.toml"

Progress = Callable[[str], None]


# --- recover: sources → manuscript ----------------------------------------------------


def recover(project: Project, progress: Progress, stands: Standing | None = None) -> Recovery:
    """Make the manuscript from the sources, in memory, and settle the account.

    What `stands` holds is not read again.  Raises ConfigError, SourceError, ManuscriptError.
    """
    config = project.config
    refuse_unknown_rules(config, known_rules())
    if not config.sources:
        raise ManuscriptError(
            "this book has no sources to recover it from",
            hint="It begins with manuscript/text/; to name sources: [[sources]] in book.toml.",
            place=Place(config.file),
        )
    cleaned = galleys.cleaned(project, progress)
    progress("applying the errata")
    entries = stands.entries if stands else errata(project)
    if cleaned.taken is not None:
        return _of_documents(project, cleaned.taken, entries, stands, progress)
    gone = settled_elsewhere(entries, asked(cleaned.galley))
    entries = tuple(entry for entry in entries if entry not in gone)
    applied = apply_errata(cleaned.galley, counted(entries, config.required_reviews))
    shown = cleaned.pictures
    shaped = shape(applied.galley, config.meta.title, shown.placed)
    asks = (*cleaned.findings, *questions(cleaned.galley, answered(entries)))
    made = Recovery({}, asks, NOTHING, shaped, applied, shown.images, cleaned.geometry)
    return _settled(project, made, entries, stands, progress)


def _of_documents(
    project: Project,
    taken: documents.Taken,
    entries: Sequence[Entry],
    stands: Standing | None,
    progress: Progress,
) -> Recovery:
    """The recovery of a book whose sources pandoc reads."""
    applied = apply_errata(taken.galley, counted(entries, project.config.required_reviews))
    shaped = taken.shaped(applied.galley)
    made = Recovery({}, taken.findings, NOTHING, shaped, applied, taken.images)
    return _settled(project, made, entries, stands, progress, taken.proof)


def _settled(
    project: Project,
    made: Recovery,
    entries: Sequence[Entry],
    stands: Standing | None,
    progress: Progress,
    proof: Proof | None = None,
) -> Recovery:
    """The recovery with its files, and the account of all characters settled.

    `proof` is about documents: what came before their galley.
    """
    config = project.config
    shaped, galley = made.shaped, made.applied.galley
    if not shaped.chapters:
        raise SourceError(
            "there is no text in it but running heads and folios",
            hint='Where they are more than that add a [[block]] with role = "paragraph" to '
            f"{galleys.LAYOUT}.",
            place=Place(config.sources[0].file),
        )
    written = {chapter.file: chapter_markdown(chapter) for chapter in shaped.chapters}
    progress("settling the account")
    same = stands is not None and stands.files == written
    read_back = stands.chapters if stands and same else parsed(written)
    settled = account(galley, shaped.order, read_back, shaped.untitled)
    settled = proof.over(settled) if proof else settled
    quarrels = disputes(entries, config.required_reviews)
    found = (*made.findings, *made.applied.findings, *quarrels, *settled.findings)
    return replace(made, files=written, findings=_on(project, found), account=settled)


def write_manuscript(
    project: Project, recovery: Recovery
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the files that differ and remove those of an older recovery; give their names.

    Pictures that are in `images/` already stay as they are.
    """
    project.write_images(recovery.images)
    return project.write_texts(recovery.files, recovery.readings())


def compare_manuscript(project: Project, recovery: Recovery) -> tuple[Finding, ...]:
    """A finding MAN001 for each file of the manuscript that is not what the sources give."""
    ours = {name: project.text(name) for name in project.text_names()}
    return unlike_sources(ours, recovery.files)


def errata(project: Project) -> tuple[Entry, ...]:
    """The entries of `errata.toml`, none when there is no such file.  Raises ConfigError."""
    text = project.text_if_there(ERRATA)
    return parse_errata(text, ERRATA) if text else ()


def counting(project: Project) -> tuple[Entry, ...]:
    """The entries as they count, with as many reviews as are required.  Raises ConfigError."""
    return counted(errata(project), project.config.required_reviews)


def check_errata(project: Project, progress: Progress) -> tuple[Finding, ...]:
    """What is wrong with the errata, and the queries that are open."""
    if not project.config.sources:
        progress("reading the manuscript")
        return waist(project, standing(project)).findings
    found = recover(project, progress).findings
    return tuple(finding for finding in found if finding.code.startswith("ERR"))


def _on(project: Project, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of the rules that the book has not switched off."""
    return tuple(f for f in findings if f.code not in project.config.codes_off)


# --- the waist ------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """What stands in `manuscript/`, read once a run: the text's files, its chapters, the errata."""

    files: Mapping[str, str]
    chapters: tuple[Chapter, ...]
    entries: tuple[Entry, ...]


def standing(project: Project) -> Standing:
    """The manuscript and the errata as they stand.  Raises ManuscriptError, ConfigError."""
    files = project.texts()
    return Standing(files, parsed(files), errata(project))


def waist(project: Project, stands: Standing) -> Waist:
    """A manuscript without sources, for its errata."""
    required = project.config.required_reviews
    return Waist(stands.files, stands.chapters, stands.entries, required)


def recovered(project: Project, stands: Standing, progress: Progress) -> Recovery | None:
    """What the sources give now, None where there are none.  Raises what `recover` raises."""
    return recover(project, progress, stands) if project.config.sources else None


def stands_of(project: Project, stands: Standing, recovery: Recovery | None) -> dict[str, Stand]:
    """Where the reading of each entry stands in the manuscript, by id; those that stand nowhere
    are left out."""
    if recovery is None:
        return waist(project, stands).stands
    shaped = recovery.shaped
    same = stands.files == recovery.files
    every = rows(stands.chapters if same else shaped.chapters, shaped.untitled)
    return whereabouts(Recovered(recovery.applied, shaped.order, every), stands.entries)


# --- build: manuscript → editions -----------------------------------------------------


@dataclass(frozen=True)
class Build:
    """What a build made; `unchanged` when all that was wanted stood in `dist/` already.

    `proofs` are lines for people, `manifest` is what stands in `dist/manifest.json`.
    """

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    proofs: tuple[str, ...]
    unchanged: bool
    manifest: Mapping[str, Any]


def build(
    project: Project, editions: Sequence[Edition], progress: Progress, force: bool = False
) -> Build:
    """Make the editions, prove that they say the same, and put them into `dist/`.

    The manuscript is proved against its sources, too.  Nothing is written when a proof
    fails or an engine reports an error: the old editions stay whole.

    Raises ManuscriptError, ConfigError, SourceError, EngineMissing, EngineFailed.
    """
    with store.build_lock(project.root):
        inputs = store.inputs_of(project)
        if not force and store.unchanged(project, inputs, editions):
            manifest = store.last_manifest(project)
            return Build((), (), tuple(manifest.get("proofs", ())), True, manifest)
        refuse_unknown_rules(project.config, known_rules())
        progress("reading the manuscript")
        stands = standing(project)
        plain = Book(project.config.meta, stands.chapters)
        recovery = recovered(project, stands, progress)
        desk = _desk(project, _bound(project, stands, recovery))
        decided = (e.decided_on.isoformat() for e in stands.entries if e.decided_on)
        changed = store.modified(project.config, max(decided, default=""))
        made = press.make(desk, editions, changed, progress)
        lost = [f for f in _conserved(project, stands, recovery) if f.severity is Severity.ERROR]
        said = [f for one in made for f in (*one.findings, *one.proof.findings)]
        found = _on(project, [*lost, *said, *check_book(plain, desk.pictures)])
        artifacts = tuple(one.artifact for one in made)
        proofs = tuple(press.told(one.proof) for one in made)
        engines = {name: version for one in made for name, version in one.engines}
        engines["pandoc"] = pandoc.version()
        manifest = store.make_manifest(
            project, inputs, artifacts, proofs=proofs, engines=engines, changed=changed
        )
        if any(f.severity is Severity.ERROR for f in found):
            return Build(artifacts, found, proofs, False, store.last_manifest(project))
        progress("writing the editions")
        store.write_dist(project, artifacts, manifest)
        return Build(artifacts, found, proofs, False, manifest)


def _bound(project: Project, stands: Standing, recovery: Recovery | None) -> Book:
    """The book as the editions have it: with a transcriber's note where it wants one."""
    book = Book(project.config.meta, stands.chapters)
    title = project.config.transcribers_note
    if not title:
        return book
    entries = counted(stands.entries, project.config.required_reviews)
    where = stands_of(project, stands, recovery)
    pages = recovery.pages() if recovery else {}
    noted = [Noted(e, where.get(e.id), pages.get(e.id, 0)) for e in entries if e.accepted]
    return with_note(book, noted, title)


def _desk(project: Project, book: Book) -> press.Desk:
    shown = project.images() & press.wanted_files(project, book)
    pictures = {name: project.data(name) for name in sorted(shown)}
    fonts = project.fonts()
    return press.Desk(project, book, Lexicon(galleys.wordlist(project).phrases), fonts, pictures)


# --- check: everything that somebody should know --------------------------------------


def check(project: Project, with_epubcheck: bool, progress: Progress) -> tuple[Finding, ...]:
    """All findings over ledgers, manuscript and the editions in `dist/`; nothing is changed.

    Raises what reading the project raises, EngineMissing and EngineFailed.
    """
    refuse_unknown_rules(project.config, known_rules())
    progress("reading the manuscript")
    stands = standing(project)
    book = Book(project.config.meta, stands.chapters)
    recovery = recovered(project, stands, progress)
    found = list(_conserved(project, stands, recovery))
    found += check_book(book, project.images())
    found += _editions(project, stands, recovery, with_epubcheck, progress)
    return _on(project, found)


def _conserved(
    project: Project, stands: Standing, recovery: Recovery | None
) -> tuple[Finding, ...]:
    """Whether the manuscript is what the sources give, no more and no less.

    A book without sources has nothing to lose but its errata.
    """
    if recovery is None:
        return waist(project, stands).findings if stands.entries else ()
    passages = (passage for chapter in stands.chapters for passage in passages_of(chapter))
    texts = [(passage.file, passage.lines[0], passage.text) for passage in passages]
    return (
        *recovery.findings,
        *compare_manuscript(project, recovery),
        *regressions(stands.entries, recovery.applied, texts),
    )


def known_rules() -> frozenset[str]:
    """The codes of all rules that a book may switch off."""
    ours = {rule.code for rule in CLEANING} | {rule.code for rule in CHECKING}
    return frozenset(ours | documents.CODES | prints.CODES)


def _editions(
    project: Project,
    stands: Standing,
    recovery: Recovery | None,
    with_epubcheck: bool,
    progress: Progress,
) -> Iterator[Finding]:
    """The editions in `dist/`: there, up to date, the manuscript's words, and valid."""
    book = _bound(project, stands, recovery)
    inputs = store.inputs_of(project)
    for edition in project.config.editions:
        name = project.config.artifact_name(edition)
        path = store.inside(project.root, f"dist/{name}")
        if not path.is_file():
            message = "not built yet, so not checked"
            yield Finding("BLD001", Severity.WARNING, message, Place(f"dist/{name}"), fix=_BUILD)
            continue
        if not store.unchanged(project, inputs, [edition]):
            message = "older than the manuscript, its styles or the tools that it was made from"
            yield Finding("BLD002", Severity.WARNING, message, Place(f"dist/{name}"), fix=_BUILD)
        progress(f"reading dist/{name}")
        data = project.data(f"dist/{name}")
        try:
            proof = press.proved(book, edition, data, name)
        except (SourceError, EngineFailed) as error:
            yield Finding(
                "BLD003", Severity.ERROR, error.message, Place(f"dist/{name}"), fix=_BUILD
            )
            continue
        yield from proof.findings
        if proof.findings and stands.entries:
            applied = (recovery or waist(project, stands)).applied
            yield from collate.lost(stands.entries, applied, data, f"dist/{name}")
        if edition is Edition.EPUB and with_epubcheck:
            progress("EPUBCheck")
            parts = press.epub_parts(_desk(project, book))
            yield from epubcheck_findings(epubcheck.check(path), parts.place, f"dist/{name}")


_BUILD = "booktools build"


# --- why: back to the source ----------------------------------------------------------


def why(
    project: Project, word: str | None, file: str | None = None, line: int | None = None
) -> tuple[Trail, ...]:
    """Where a word of the editions, or a line of manuscript or source, comes from.

    Raises ManuscriptError when the manuscript is not what the sources give.
    """
    stands = standing(project)
    chapters = stands.chapters
    trails = Trails(chapters)
    if not project.config.sources and stands.entries:
        applied = waist(project, stands).applied
        trails = Trails(chapters, applied.galley, tuple(range(len(applied.galley.blocks))))
    elif project.config.sources:
        recovery = recover(project, lambda step: None, stands)
        shaped = recovery.shaped
        trails = Trails(chapters, recovery.galley, shaped.order, shaped.untitled)
        refuse_strangers(trails)
    found = trails.of_line(file or "", line or 0) if word is None else trails.of_word(word)
    if project.config.sources:
        return tuple(found)
    return tuple(replace(trail, source=None, source_text="") for trail in found)
