"""The press: from the book to finished editions, each with the proof of its words.

Part of the pipeline, which alone calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from booktools.check.epub_text import epub_text
from booktools.check.same_words import Proof, prove_epub, prove_pdf, prove_txt
from booktools.edition import cover, epub, plain
from booktools.edition import print as printing
from booktools.edition.lexicon import Lexicon
from booktools.engines import ebook, pdfium, pictures, weasy
from booktools.errors import EngineFailed, ManuscriptError, SourceError
from booktools.model.artifact import Artifact, Edition
from booktools.model.book import Book
from booktools.model.epub import EpubBook
from booktools.model.finding import Finding, Severity
from booktools.model.pdf import PdfPage
from booktools.model.place import Place
from booktools.model.printed import Rendered
from booktools.store import Project

# A picture for the cover, in order of preference.
COVERS = ("images/cover.jpg", "images/cover.jpeg", "images/cover.png")


@dataclass(frozen=True)
class Desk:
    """All that the editions are made from."""

    project: Project
    book: Book
    lexicon: Lexicon
    fonts: Mapping[str, bytes]
    pictures: Mapping[str, bytes]


@dataclass(frozen=True)
class Made:
    """A finished edition, what its engine said, and its proof."""

    artifact: Artifact
    proof: Proof
    findings: tuple[Finding, ...] = ()
    engines: tuple[tuple[str, str], ...] = ()


def wanted_files(project: Project, book: Book) -> frozenset[str]:
    """The pictures, by name, that the editions show where they are there."""
    return frozenset({*printing.references(book, project.style("print.css")), *COVERS})


def make(
    desk: Desk, editions: Sequence[Edition], modified: str, progress: Callable[[str], None]
) -> tuple[Made, ...]:
    """The editions, each proved; the print edition is set in a process beside the others."""
    wanted = list(editions)
    for name, data in desk.pictures.items():
        pictures.prove(data, name)
    stop = weasy.Stop()
    with ThreadPoolExecutor(1) as beside:
        printed = beside.submit(_print_rendered, desk, stop) if Edition.PDF in wanted else None
        made: dict[Edition, Made] = {}
        try:
            if Edition.EPUB in wanted:
                progress("making the EPUB")
                made[Edition.EPUB] = _epub(desk, modified)
            if Edition.TXT in wanted:
                progress("making the plain text")
                made[Edition.TXT] = _plain(desk)
            if printed is not None:
                progress("setting the print edition")
                made[Edition.PDF] = _printed(desk, printed.result())
        except BaseException:
            stop.end()  # else what went wrong is told only when the last page is set
            raise
    return tuple(made[edition] for edition in wanted)


def _epub(desk: Desk, modified: str) -> Made:
    name = desk.project.config.artifact_name(Edition.EPUB)
    picture, undrawn = _cover(desk)
    data = ebook.package(epub_parts(desk, picture), modified)
    found = tuple(
        Finding(
            "COV001",
            Severity.WARNING,
            f"the cover’s fonts cannot draw “{line}”",
            Place("styles/fonts"),
            fix=f"Put a font that can into styles/fonts/, or a picture at {COVERS[0]}.",
        )
        for line in undrawn
    )
    proof = _proved_now(desk.book, Edition.EPUB, data, name)
    return Made(Artifact(Edition.EPUB, name, data), proof, found)


def epub_parts(desk: Desk, picture: bytes | None = None) -> EpubBook:
    images = {n: data for n, data in desk.pictures.items() if n not in COVERS}
    assets = epub.EpubAssets(
        desk.project.style("epub.css"),
        picture if picture is not None else _cover(desk)[0],
        fonts=desk.fonts,
        images=images,
        lexicon=desk.lexicon,
    )
    return epub.epub_parts(desk.book, assets)


def _cover(desk: Desk) -> tuple[bytes, tuple[str, ...]]:
    """The picture in `images/`, or one set from the metadata and what it could not show."""
    own = next((desk.pictures[name] for name in COVERS if name in desk.pictures), None)
    if own is not None:
        return own, ()
    made = cover.cover(desk.book.meta, *_cover_fonts(desk.fonts))
    return made.png, made.undrawn


def _cover_fonts(fonts: Mapping[str, bytes]) -> tuple[bytes, bytes]:
    """The files of the regular and the italic: those whose names say little else."""

    def pick(style: str) -> bytes:
        name = min((n for n in fonts if style in n.lower()), key=len, default=None)
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
    data = plain.plain_text(desk.book).encode()
    return Made(Artifact(Edition.TXT, name, data), proved(desk.book, Edition.TXT, data, name))


def _print_rendered(desk: Desk, stop: weasy.Stop) -> Rendered:
    css = desk.project.style("print.css")
    files = {f"styles/fonts/{name}": data for name, data in desk.fonts.items()}
    files |= desk.pictures
    used = set(printing.references(desk.book, css)) & files.keys()
    resources = {name: files[name] for name in sorted(used)}
    document = printing.print_document(desk.book, css, resources=resources, lexicon=desk.lexicon)
    return weasy.render(document, stop=stop)


def _printed(desk: Desk, rendered: Rendered) -> Made:
    name = desk.project.config.artifact_name(Edition.PDF)
    proof = _proved_now(desk.book, Edition.PDF, rendered.pdf, name)
    engines = (("print", rendered.engine),)
    return Made(Artifact(Edition.PDF, name, rendered.pdf), proof, rendered.findings, engines)


def _proved_now(book: Book, edition: Edition, data: bytes, name: str) -> Proof:
    """The proof of a file that an engine has just made; where it is damaged, the engine lied."""
    try:
        return proved(book, edition, data, name, pdfium.pdf_text)
    except SourceError as error:
        raise EngineFailed(
            f"what was made cannot be read again: {error.message}",
            hint="Build again; if it stays so, install booktools anew.",
        ) from error


def proved(
    book: Book,
    edition: Edition,
    data: bytes,
    name: str,
    read_pdf: Callable[[bytes, str], tuple[PdfPage, ...]] = pdfium.strange_pdf_text,
) -> Proof:
    """The proof of a finished file, read anew from its bytes."""
    match edition:
        case Edition.EPUB:
            return prove_epub(book, epub.expected(book), epub_text(data, name), name)
        case Edition.PDF:
            return prove_pdf(book, printing.leaves(book), read_pdf(data, name), name)
        case Edition.TXT:
            text = data.decode("utf-8", "replace")
            return prove_txt(book, plain.expected(book), text, name)


def told(proof: Proof) -> str:
    """A proof in one line."""
    name = proof.edition.value
    if proof.holds:
        return (
            f"{name}: {proof.letters:,} letters, each the manuscript’s or there by a declared rule"
        )
    return f"{name}: NOT the manuscript’s letters, {len(proof.findings)} differences"
