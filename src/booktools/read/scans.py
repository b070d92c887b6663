"""What OCR programs write → printed pages: hOCR, ALTO, ABBYY XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from booktools.errors import SourceError
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.model.printed_page import PrintedPage
from booktools.read.abbyy import abbyy_pages
from booktools.read.alto import alto_pages
from booktools.read.hocr import hocr_pages
from booktools.read.scan_page import MOST_WORDS, CrowdedPage, ScanPage, Settled, settled

ENDINGS = (".hocr", ".xml")
DOUBTFUL = 0.6  # confidence below which a word is looked at again
MOST_PAGES = 20_000

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(alto|document|html|div|body)\b", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY")
_HEAD = 65_536  # bytes in which a file says what it is
_NAMED = 8  # words named in a message

_READERS: dict[str, tuple[str, Callable[[bytes], Iterator[ScanPage]]]] = {
    "alto": ("ALTO", alto_pages),
    "document": ("ABBYY XML", abbyy_pages),
}


def is_scan(name: str) -> bool:
    """Whether a file of this name is what an OCR program writes."""
    return name.lower().endswith(ENDINGS)


def scan_pages(data: bytes, name: str, found: list[Finding]) -> Iterator[PrintedPage]:
    """The pages of a file, one by one; what is to be said of them goes into `found`.

    OCR001 (note): words that the OCR program doubts.  OCR002 (warning): boxes that cannot be.
    Raises SourceError for what is none of these formats, is broken, declares entities, or has
    too many pages, or too many words on one.
    """
    kind, reader = _reader(data, name)
    number = 0
    try:
        for page in reader(data):
            number += 1
            if number > MOST_PAGES:
                raise _fault(name, f"it has more than {MOST_PAGES:,} pages", "Split it.")
            made = settled(page, number)
            found += _said(made, name, number)
            yield made.page
    except CrowdedPage:
        message = f"page {number + 1} has more than {MOST_WORDS:,} words"
        raise _fault(name, message, "Let the OCR program write it again, page by page.") from None
    except etree.XMLSyntaxError as error:
        line = getattr(error, "lineno", 0) or 0
        raise SourceError(
            f"this {kind} file is broken behind page {number}: {error.msg}",
            hint="Let the OCR program write it again.",
            place=Place(name, line),
        ) from None
    if not number:
        raise _fault(name, f"there is no page in this {kind} file", "Is it what OCR has written?")


def _reader(data: bytes, name: str) -> tuple[str, Callable[[bytes], Iterator[ScanPage]]]:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        raise _fault(name, "this is not in UTF-8", "Save it as UTF-8.")
    if _ENTITY.search(data):
        hint = "No OCR program writes them: have it made again from the scan."
        raise _fault(name, "it declares XML entities, as traps for readers do", hint)
    root = _ROOT.search(head)
    which = root[1].decode().lower() if root else ""
    if which in _READERS:
        return _READERS[which]
    if which and b"ocr_page" in data:
        if data.count(b"<span") > data.count(b"</span"):
            raise _fault(name, "this hOCR file is cut off", "Let the OCR program write it again.")
        return "hOCR", hocr_pages
    raise _fault(name, "this is no file of an OCR program", "Known are hOCR, ALTO and ABBYY XML.")


def _fault(name: str, message: str, hint: str) -> SourceError:
    return SourceError(message, hint=hint, place=Place(name))


def _said(made: Settled, name: str, number: int) -> Iterator[Finding]:
    place = Place(name, page=number)
    if made.odd:
        kept = "; the page keeps the order of the file" if made.ordered else ""
        yield Finding(
            "OCR002",
            Severity.WARNING,
            f"{_words(len(made.odd))} no place on the page that can be{kept}: {_list(made.odd)}",
            place,
            made.odd[0],
            "Look whether the page reads in order; let the OCR program read it again.",
        )
    doubtful = [
        word.text
        for line in made.page.lines
        for word in line.words
        if word.confidence is not None and word.confidence < DOUBTFUL
    ]
    if doubtful:
        yield Finding(
            "OCR001",
            Severity.NOTE,
            f"the OCR program doubts {len(doubtful):,} of the page's words: {_list(doubtful)}",
            place,
            doubtful[0],
            "Compare them with the scan; corrections go into manuscript/errata.toml.",
        )


def _words(count: int) -> str:
    return "1 word has" if count == 1 else f"{count:,} words have"


def _list(words: list[str] | tuple[str, ...]) -> str:
    shown = ", ".join(f"“{word[:40]}”" for word in words[:_NAMED])
    return shown + (f" and {len(words) - _NAMED:,} more" if len(words) > _NAMED else "")
