"""Sources that are print: PDF files and what OCR programs write → pages with positions, and
the proof that none of their letters was lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from booktools.check.printed_source import Ledger, printed_findings
from booktools.config import SourceFile
from booktools.engines.pdf_source import open_pdf
from booktools.errors import ConfigError, SourceError
from booktools.model.finding import Finding
from booktools.model.page import Pages
from booktools.model.place import Place
from booktools.model.printed_page import PrintedPage
from booktools.read.printed import PrintedFile, read_printed
from booktools.read.scans import is_scan, scan_pages

# Findings on OCR, which a book may switch off.
CODES = frozenset({"OCR001", "OCR002"})

_TOLD = 50  # pages from one line of progress to the next


@dataclass(frozen=True)
class Prints:
    """The pages of all files, end to end, and what is to be said of them."""

    pages: Pages
    findings: tuple[Finding, ...]


def is_print(name: str) -> bool:
    """Whether a file of this name is read as print."""
    return name.lower().endswith(".pdf") or is_scan(name)


def among(sources: Sequence[SourceFile]) -> bool:
    """Whether a book's sources are print.  Raises ConfigError when some are and others not."""
    kinds = [is_print(source.file) for source in sources]
    if any(kinds) and not all(kinds):
        raise ConfigError(
            "sources of two kinds: PDF files or OCR, and others",
            hint="Name one kind in [[sources]].",
            place=sources[kinds.index(not kinds[0])].place,
        )
    return any(kinds)


def read(files: Sequence[tuple[str, bytes]], progress: Callable[[str], None]) -> Prints:
    """Read files `(name, bytes)`, page by page.

    Raises SourceError for files that cannot be read and where there is no text in any,
    EngineMissing without pdfium, EngineFailed.
    """
    ledger = Ledger()
    found: list[Finding] = []
    pages = read_printed(_files(files, ledger, found, progress))
    if not pages.source.text.strip():
        count = len(pages.pages)
        raise SourceError(
            f"there is no text in it: its {count:,} page{'s' * (count > 1)} hold pictures only",
            hint="Read the pictures with OCR: booktools recover FILE.pdf --ocr",
            place=Place(files[0][0]),
        )
    return Prints(pages, (*found, *printed_findings(pages, ledger.pages)))


def _files(
    files: Sequence[tuple[str, bytes]],
    ledger: Ledger,
    found: list[Finding],
    progress: Callable[[str], None],
) -> Iterator[PrintedFile]:
    for name, data in files:
        if is_scan(name):
            yield PrintedFile(name, ledger.through(scan_pages(data, name, found)))
            continue
        with open_pdf(data, name) as pdf:
            pages = ledger.through(_told(pdf.pages, pdf.count, progress))
            yield PrintedFile(name, pages, pdf.outline)


def _told(
    pages: Iterator[PrintedPage], count: int, progress: Callable[[str], None]
) -> Iterator[PrintedPage]:
    for page in pages:
        if page.number % _TOLD == 1:
            progress(f"reading page {page.number:,} of {count:,}")
        yield page
