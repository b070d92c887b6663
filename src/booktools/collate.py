"""Editions and manuscripts read as words, whoever made them, and compared.

Part of the pipeline: it joins the readers for `booktools diff`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from booktools import store
from booktools.check.epub_text import epub_text
from booktools.check.passages import passages_of
from booktools.engines import pdfium
from booktools.errata.apply import Applied
from booktools.errata.collation import (
    Collation,
    Line,
    Witness,
    collate,
)
from booktools.errata.collation_told import collation_json, collation_lines
from booktools.errata.entry import Entry
from booktools.errata.finished import lost_errata
from booktools.errors import SourceError
from booktools.model.finding import Finding
from booktools.model.pdf import PdfLine, PdfPage
from booktools.model.place import Place
from booktools.waist import parsed

# A head or foot that stands on so many pages belongs to the pages, not to the text.
_RUNNING = 2
_CONTENTS = 3  # a page with so many lines of dots is a table of contents
_FOLIO = re.compile(r"[\W_]*(?:\d{1,4}|[ivxlcdm]{1,8})[\W_]*", re.IGNORECASE)
_LEADERS = re.compile(r"(?:[.·…][ \u00a0]?){4,}")
_PICTURE = "[Illustration"
_PLAIN_MARKS = re.compile(
    r"(?<![^\W_])[_=](?=\S)|(?<=\S)[_=](?![^\W_])|\[\d{1,4}\]|^\s*(?:\* ){2}\*"
    r"|\[Illustration(?:: )?"
)


def compared(old: str, new: str, entries: Iterable[Entry]) -> Collation:
    """Compare two files or folders, by name: EPUB, PDF, TXT, Markdown or a manuscript's folder.

    Raises SourceError for what is none of these or cannot be read, EngineMissing.
    """
    return collate(witness(old), witness(new), entries)


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
        return Witness(name, "pdf", tuple(_pdf(pdfium.strange_pdf_text(data, name), name)))
    if data.startswith(b"PK"):
        return Witness(name, "epub", tuple(_epub(data, name)))
    text = store.decode(data, name, error=SourceError)
    return Witness(name, "txt", tuple(_plain(text, name)))


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
                    yield Line(run, Place(passage.file, line))
                    run = ""
                run, line = run + passage.text[start:end], own
            yield Line(run, Place(passage.file, line))


def _epub(data: bytes, name: str) -> Iterator[Line]:
    run, place = "", Place(name)
    for piece in epub_text(data, name, running=True):
        if piece.text == "\n":
            if run.strip():
                yield Line(run, place)
            run = ""
        else:
            place = place if run.strip() else Place(piece.file, piece.line)
            run += piece.text
    yield Line(run, place)


def _plain(text: str, name: str) -> Iterator[Line]:
    caption = False  # it may go over several lines
    for number, line in enumerate(text.split("\n"), 1):
        caption = bool(line.strip()) and (caption or line.lstrip().startswith(_PICTURE))
        plain = _PLAIN_MARKS.sub("", line)
        if caption and plain.endswith("]"):
            plain, caption = plain[:-1], False
        yield Line(plain, Place(name, number), True)


# --- PDF ------------------------------------------------------------------------------


def _pdf(pages: Sequence[PdfPage], name: str) -> Iterator[Line]:
    """The lines of the text, without running heads, folios, contents and numbers of notes."""
    heads: dict[tuple[str, int], list[int]] = {}
    for page in pages:
        for line in _edges(page):
            heads.setdefault(_head(line), []).append(page.number)
    for page in pages:
        if sum(bool(_LEADERS.search(line.text)) for line in page.lines) >= _CONTENTS:
            continue
        edges = {id(line) for line in _edges(page) if _is_margin(line, page, heads)}
        usual = _usual_size(page.lines)
        for line in page.lines:
            small = line.size < 0.8 * usual and line.text.strip().isdecimal()
            if not small and id(line) not in edges:
                yield Line(line.text, Place(name, page=page.number), True)


def _edges(page: PdfPage) -> list[PdfLine]:
    """The lines of the page's top and bottom row."""
    rows = sorted({round(line.y) for line in page.lines if line.text.strip()})
    ends = {*rows[:1], *rows[-1:]}
    return [line for line in page.lines if round(line.y) in ends]


def _is_margin(
    line: PdfLine, page: PdfPage, heads: Mapping[tuple[str, int], Sequence[int]]
) -> bool:
    """A folio, or what stands at the same height of several pages, one of them close by."""
    pages = heads[_head(line)]
    close = any(0 < abs(number - page.number) <= 2 for number in pages)
    return bool(_FOLIO.fullmatch(line.text)) or (close and len(set(pages)) >= _RUNNING)


def _head(line: PdfLine) -> tuple[str, int]:
    """The letters of a line and its height; figures differ from page to page."""
    return "".join(char for char in line.text if char.isalpha()), round(line.y)


def _usual_size(lines: Sequence[PdfLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
