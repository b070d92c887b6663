"""Editions and manuscripts read as words, whoever made them, and compared.

Part of the pipeline: it joins the readers for `booktools diff`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from booktools import store
from booktools.check.epub_text import epub_menus, epub_text
from booktools.check.passages import passages_of
from booktools.edition.prelims import printing_line
from booktools.engines import pdfium
from booktools.errata.apply import Applied
from booktools.errata.collation import Around, Collation, collate
from booktools.errata.collation_told import collation_json, collation_lines
from booktools.errata.entry import Entry
from booktools.errata.finished import lost_errata
from booktools.errata.line import Line
from booktools.errata.printed import printed_lines
from booktools.errata.typed import typed_lines
from booktools.errata.wording import Witness
from booktools.errors import SourceError
from booktools.model.finding import Finding
from booktools.model.place import Place
from booktools.waist import parsed


def compared(
    old: str,
    new: str,
    entries: Iterable[Entry],
    note: str = "",
    around: Around | None = None,
    given: Collection[str] = (),
) -> Collation:
    """Compare two files or folders, by name: EPUB, PDF, TXT, Markdown or a manuscript's folder.

    `note` is the title of the transcriber's note in them; `around` gives what stands round the
    readings of entries; `given` are lines of imprints.

    Raises SourceError for what is none of these or cannot be read, EngineMissing.
    """
    return collate(witness(old), witness(new), entries, note, around, given)


def imprints(printings: Iterable[int], language: str) -> tuple[str, ...]:
    """The line of the imprint for each printing."""
    return tuple(printing_line(str(number), language) for number in printings)


def told(found: Collation, form: str, everything: bool) -> str:
    """The differences as `text` or `json`."""
    if form == "json":
        return collation_json(found)
    return "\n".join([*collation_lines(found, everything=everything), ""])


def witness(name: str) -> Witness:
    """A file's or folder's words.  Raises SourceError, EngineMissing, ManuscriptError."""
    if files := store.read_manuscript(name):
        return Witness(name, "manuscript", tuple(_manuscript(files)))
    return edition(store.read_any(name), name)


def edition(data: bytes, name: str) -> Witness:
    """The words of an EPUB, a PDF or a plain text.  Raises SourceError, EngineMissing."""
    if data.startswith(b"%PDF"):
        return Witness(name, "pdf", tuple(printed_lines(pdfium.strange_pdf_text(data, name), name)))
    if data.startswith(b"PK"):
        if name.lower().endswith((".docx", ".odt")):
            raise SourceError(
                "a document of a word processor is not compared as it stands",
                hint="Save it as text (.txt), or make a project of it: booktools new DIR --from "
                + name,
                place=Place(name),
            )
        return Witness(name, "epub", tuple(_epub(data, name)))
    text = store.decode(data, name, error=SourceError)
    return Witness(name, "txt", tuple(typed_lines(text, name)))


def lost(entries: Iterable[Entry], applied: Applied, data: bytes, name: str) -> tuple[Finding, ...]:
    """The corrections that a finished edition has lost (ERR020)."""
    return lost_errata(entries, applied, edition(data, name).lines, name)


def _manuscript(files: dict[str, str]) -> Iterator[Line]:
    for chapter in parsed(files):
        for passage in passages_of(chapter):
            starts = [*passage.starts, len(passage.text)]
            run, line = "", 0
            for start, end, own in zip(starts, starts[1:], passage.lines, strict=False):
                if own != line and run[-1:].isspace():
                    yield Line(run, Place(passage.file, line), note=passage.note)
                    run = ""
                run, line = run + passage.text[start:end], own
            yield Line(run, Place(passage.file, line), note=passage.note)


def _epub(data: bytes, name: str) -> Iterator[Line]:
    for entry in epub_menus(data, name):
        yield Line(entry.text, Place(entry.file, entry.line), copy=True)
    run, place, note = "", Place(name), False
    for piece in epub_text(data, name, running=True):
        if piece.text == "\n":
            if run.strip():
                yield Line(run, place, note=note)
            run = ""
        else:
            if not run.strip():
                place, note = Place(piece.file, piece.line), piece.note
            run += piece.text
    yield Line(run, place, note=note)
