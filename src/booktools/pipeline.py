"""The order of things: which room's value goes into which room.

Left of the canonical manuscript stands `recover`, right of it `build`; `check` and `why`
look at both.  Every arrow is a pure function; disk and engines are touched only here,
through `store` and the doors in `engines`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from booktools import store
from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.ledger import parse_layout
from booktools.check.conservation import Account, account
from booktools.check.epub_text import epub_text
from booktools.check.same_words import Proof, prove_epub, prove_pdf, prove_txt
from booktools.check.trail import Trail, Trails, refuse_strangers
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean, questions
from booktools.edition import cover, epub, plain
from booktools.edition import print as printing
from booktools.edition.lexicon import Lexicon
from booktools.engines import ebook, epubcheck, pandoc, pdfium, weasy
from booktools.errata.apply import Applied, apply_errata
from booktools.errata.entry import Entry
from booktools.errata.ledger import parse_errata
from booktools.errors import ManuscriptError
from booktools.manuscript.parse import parse_book
from booktools.manuscript.write import chapter_markdown
from booktools.model.artifact import Artifact, Edition
from booktools.model.book import Book, Chapter
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley
from booktools.model.place import Place
from booktools.model.printed import Rendered
from booktools.model.wordlist import WordList, parse_wordlist
from booktools.read.dump import read_dump
from booktools.shape.shape import Shaped, shape
from booktools.store import Project

LAYOUT = "manuscript/layout.toml"
ERRATA = "manuscript/errata.toml"
LEXICON = "manuscript/lexicon.txt"

# A picture for the cover, in order of preference.
COVERS = ("images/cover.jpg", "images/cover.jpeg", "images/cover.png")

Progress = Callable[[str], None]


# --- recover: sources → manuscript ----------------------------------------------------


@dataclass(frozen=True)
class Recovery:
    """What the sources give: the manuscript's files, and what is to be said of them.

    `files` are Markdown by name in the project, `account` settles the characters.
    """

    files: Mapping[str, str]
    findings: tuple[Finding, ...]
    account: Account
    galley: Galley
    shaped: Shaped
    applied: Applied

    @property
    def fails(self) -> bool:
        """Whether something is lost or wrong, so that nothing may be written."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def recover(project: Project, progress: Progress) -> Recovery:
    """Make the manuscript from the sources, in memory, and settle the account.

    Raises ConfigError, SourceError, ManuscriptError as the rooms do.
    """
    config = project.config
    progress("reading the sources")
    files = project.sources()
    if not files:
        raise ManuscriptError(
            "this book has no sources to recover it from",
            hint="It begins with manuscript/text/; to name sources: [[sources]] in book.toml.",
            place=Place(config.file),
        )
    pages = read_dump(files, config.sources[0].pages)
    layout = project.text_if_there(LAYOUT)
    progress("arranging the pages")
    arranged = arrange(pages, parse_layout(layout, LAYOUT) if layout else Layout())
    progress("cleaning")
    known = Knowledge.of(
        arranged.galley.blocks, wordlist(project).words, (config.meta.language, *config.languages)
    )
    cleaned = clean(arranged.galley, known, config.codes_off)
    progress("applying the errata")
    applied = apply_errata(cleaned, errata(project))
    shaped = shape(applied.galley, config.meta.title)
    written = {chapter.file: chapter_markdown(chapter) for chapter in shaped.chapters}
    progress("settling the account")
    read_back = _parsed(written)
    settled = account(applied.galley, shaped.order, read_back, shaped.untitled)
    found = (*arranged.findings, *questions(cleaned), *applied.findings, *settled.findings)
    return Recovery(written, _on(project, found), settled, applied.galley, shaped, applied)


def write_manuscript(
    project: Project, recovery: Recovery
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the files that differ and remove the ones that should not be; give their names."""
    return project.write_texts(recovery.files)


def compare_manuscript(project: Project, recovery: Recovery) -> tuple[Finding, ...]:
    """A finding MAN001 for each file of the manuscript that is not what the sources give."""
    ours = {name: project.text(name) for name in project.text_names()}
    out = []
    for name in sorted({*ours, *recovery.files}):
        have, want = ours.get(name), recovery.files.get(name)
        if have == want:
            continue
        if have is None or want is None:
            message = "is missing" if have is None else "does not come from the sources"
            out.append(Finding("MAN001", Severity.ERROR, message, Place(name), fix=_RECOVER))
            continue
        rows, wanted = have.split("\n"), want.split("\n")
        at = next(
            (i for i, (a, b) in enumerate(zip(rows, wanted, strict=False)) if a != b),
            min(len(rows), len(wanted)),
        )
        reads, should = (lines[at] if at < len(lines) else "" for lines in (rows, wanted))
        message = f"reads “{reads}”, the sources give “{should}”"
        place = Place(name, at + 1)
        out.append(Finding("MAN001", Severity.ERROR, message, place, reads, _RECOVER))
    return tuple(out)


_RECOVER = "Enter the change in manuscript/errata.toml or layout.toml, then: booktools recover"


def errata(project: Project) -> tuple[Entry, ...]:
    """The entries of `errata.toml`, none when there is no such file.  Raises ConfigError."""
    text = project.text_if_there(ERRATA)
    return parse_errata(text, ERRATA) if text else ()


def check_errata(project: Project, progress: Progress) -> tuple[Finding, ...]:
    """What is wrong with the errata, and the queries that are open."""
    return recover(project, progress).applied.findings


def wordlist(project: Project) -> WordList:
    """The lexicon, empty when there is none.  Raises ConfigError."""
    text = project.text_if_there(LEXICON)
    return parse_wordlist(text, LEXICON) if text else WordList()


def _on(project: Project, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of the rules that the book has not switched off."""
    return tuple(f for f in findings if f.code not in project.config.codes_off)


# --- the waist ------------------------------------------------------------------------


def _parsed(files: Mapping[str, str]) -> tuple[Chapter, ...]:
    ordered = sorted(files.items())
    return parse_book(ordered, pandoc.to_json_all(ordered))


def read_book(project: Project) -> Book:
    """The canonical manuscript with the metadata.  Raises ManuscriptError, ConfigError."""
    return Book(project.config.meta, _parsed(project.texts()))


# --- build: manuscript → editions -----------------------------------------------------


@dataclass(frozen=True)
class Made:
    """A finished edition, what its engine said, and its proof."""

    artifact: Artifact
    proof: Proof
    findings: tuple[Finding, ...] = ()
    engines: tuple[tuple[str, str], ...] = ()


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


@dataclass(frozen=True)
class Desk:
    """All that the editions are made from."""

    project: Project
    book: Book
    lexicon: Lexicon
    fonts: Mapping[str, bytes]
    pictures: Mapping[str, bytes]


def build(
    project: Project, editions: Sequence[Edition], progress: Progress, force: bool = False
) -> Build:
    """Make the editions, prove that they say the same, and put them into `dist/`.

    Nothing is written when a proof fails or an engine reports an error: the old editions
    stay whole.  Raises ManuscriptError, ConfigError, EngineMissing, EngineFailed.
    """
    with store.build_lock(project.root):
        inputs = store.inputs_of(project)
        if not force and store.unchanged(project, inputs, editions):
            manifest = store.last_manifest(project)
            return Build((), (), tuple(manifest.get("proofs", ())), True, manifest)
        progress("reading the manuscript")
        desk = _desk(project)
        made = _make(desk, editions, inputs.modified, progress)
        found = _on(project, [f for one in made for f in (*one.findings, *one.proof.findings)])
        found += _missing_images(desk)
        artifacts = tuple(one.artifact for one in made)
        proofs = tuple(one.proof.line() for one in made)
        engines = {name: version for one in made for name, version in one.engines}
        engines["pandoc"] = pandoc.version()
        manifest = store.make_manifest(project, inputs, artifacts, proofs=proofs, engines=engines)
        if any(f.severity is Severity.ERROR for f in found):
            return Build(artifacts, found, proofs, False, store.last_manifest(project))
        progress("writing the editions")
        store.write_dist(project, artifacts, manifest)
        return Build(artifacts, found, proofs, False, manifest)


def _desk(project: Project) -> Desk:
    book = read_book(project)
    pictures = {name: project.data(name) for name in sorted(project.images())}
    fonts = project.fonts()
    return Desk(project, book, Lexicon(wordlist(project).phrases), fonts, pictures)


def _make(
    desk: Desk, editions: Sequence[Edition], modified: str, progress: Progress
) -> tuple[Made, ...]:
    """The editions, each proved; the print edition is set in a process beside the others."""
    wanted = list(editions)
    with ThreadPoolExecutor(1) as beside:
        printed = beside.submit(_print_rendered, desk) if Edition.PDF in wanted else None
        made: dict[Edition, Made] = {}
        if Edition.EPUB in wanted:
            progress("making the EPUB")
            made[Edition.EPUB] = _epub(desk, modified)
        if Edition.TXT in wanted:
            progress("making the plain text")
            made[Edition.TXT] = _plain(desk)
        if printed is not None:
            progress("setting the print edition")
            made[Edition.PDF] = _printed(desk, printed.result())
    return tuple(made[edition] for edition in wanted)


def _epub(desk: Desk, modified: str) -> Made:
    css = desk.project.style("epub.css")
    picture = next((desk.pictures[n] for n in COVERS if n in desk.pictures), None)
    undrawn: tuple[str, ...] = ()
    if picture is None:
        made = cover.cover(desk.book.meta, *_cover_fonts(desk.fonts))
        picture, undrawn = made.png, made.undrawn
    images = {n: data for n, data in desk.pictures.items() if n not in COVERS}
    assets = epub.EpubAssets(css, picture, fonts=desk.fonts, images=images, lexicon=desk.lexicon)
    name = desk.project.config.artifact_name(Edition.EPUB)
    data = ebook.package(epub.epub_parts(desk.book, assets), modified)
    proof = prove_epub(desk.book, epub.expected(desk.book), epub_text(data, name), name)
    found = tuple(
        Finding("COV001", Severity.WARNING, f"the cover's fonts cannot draw “{line}”")
        for line in undrawn
    )
    return Made(Artifact(Edition.EPUB, name, data), proof, found)


def _cover_fonts(fonts: Mapping[str, bytes]) -> tuple[bytes, bytes]:
    """The files of the regular and the italic, by the ends of their names."""

    def pick(style: str) -> bytes:
        name = next((n for n in sorted(fonts) if style in n.lower()), None)
        if name is None:
            raise ManuscriptError(
                f"styles/fonts/ has no {style} font to set the cover in",
                hint="Put one there, or a picture at images/cover.jpg.",
                place=Place("styles/fonts"),
            )
        return fonts[name]

    return pick("regular"), pick("italic")


def _plain(desk: Desk) -> Made:
    name = desk.project.config.artifact_name(Edition.TXT)
    text = plain.plain_text(desk.book)
    proof = prove_txt(desk.book, plain.expected(desk.book), text, name)
    return Made(Artifact(Edition.TXT, name, text.encode()), proof)


def _print_rendered(desk: Desk) -> Rendered:
    css = desk.project.style("print.css")
    files = {f"styles/fonts/{name}": data for name, data in desk.fonts.items()}
    files |= desk.pictures
    used = set(printing.references(desk.book, css)) & files.keys()
    resources = {name: files[name] for name in sorted(used)}
    return weasy.render(
        printing.print_document(desk.book, css, resources=resources, lexicon=desk.lexicon)
    )


def _printed(desk: Desk, rendered: Rendered) -> Made:
    name = desk.project.config.artifact_name(Edition.PDF)
    pages = pdfium.pdf_text(rendered.pdf, name)
    proof = prove_pdf(desk.book, printing.leaves(desk.book), pages, name)
    engines = (("print", rendered.engine),)
    return Made(Artifact(Edition.PDF, name, rendered.pdf), proof, rendered.findings, engines)


# --- why: back to the source ----------------------------------------------------------


def why(
    project: Project, word: str | None, file: str | None = None, line: int | None = None
) -> tuple[Trail, ...]:
    """Where a word of the editions, or a line of manuscript or source, comes from.

    Raises ManuscriptError when the manuscript is not what the sources give.
    """
    chapters = read_book(project).chapters
    trails = Trails(chapters)
    if project.config.sources:
        recovery = recover(project, lambda step: None)
        shaped = recovery.shaped
        trails = Trails(chapters, recovery.galley, shaped.order, shaped.untitled)
        refuse_strangers(trails)
    if word is not None:
        return tuple(trails.of_word(word))
    return tuple(trails.of_line(file or "", line or 0))
