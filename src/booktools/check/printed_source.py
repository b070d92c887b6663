"""Whether all that is printed in a PDF is in the source that was read from it, and what a
person should know of its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from booktools.model.finding import Finding, Severity
from booktools.model.galley import Source
from booktools.model.page import Line, Pages
from booktools.model.place import Place
from booktools.model.printed_page import Hidden, PrintedPage

# So many pages are named one by one.
_NAMED = 20
_OCR = "Read these pages with OCR: booktools recover FILE.pdf --ocr"


@dataclass(frozen=True, slots=True)
class Inked:
    """The letters of a page as the engine gave them, and whether it has pictures."""

    letters: Counter[str]
    pictures: bool


class Ledger:
    """Writes down what passes: pages go through it one by one, and are let go."""

    def __init__(self) -> None:
        self.pages: list[Inked] = []

    def through(self, pages: Iterable[PrintedPage]) -> Iterator[PrintedPage]:
        for page in pages:
            text = "".join(word.text for line in page.lines for word in line.words)
            letters = Counter("".join(text.split()))
            pictures = page.scanned or any(drawing.picture for drawing in page.drawings)
            self.pages.append(Inked(letters, pictures))
            yield page


def printed_findings(pages: Pages, inked: Sequence[Inked]) -> tuple[Finding, ...]:
    """What is to be said of sources that were read from print.

    CON004 the source lacks letters of its print, or has others (a fault of ours); PDF001 pages
    are pictures without text; PDF002 text that cannot be seen is left out; PDF003 the file does
    not say which letters its shapes are.
    """
    return (
        *_lost(pages.source, inked),
        *_pictures(pages.source, inked),
        *_hidden(pages),
        *_unknown(pages.source),
    )


def _lost(source: Source, inked: Sequence[Inked]) -> Iterator[Finding]:
    bounds = [*source.pages, len(source.text)]
    for number, page in enumerate(inked):
        start, end = (bounds[number], bounds[number + 1]) if number + 1 < len(bounds) else (0, 0)
        ours = Counter("".join(source.text[start:end].split()))
        if ours != page.letters:
            differing = (page.letters - ours) + (ours - page.letters)
            yield Finding(
                "CON004",
                Severity.ERROR,
                f"{differing.total()} letters of the page are not in the source as printed",
                source.place(start),
                "".join(sorted(differing))[:40],
                "This is a fault of booktools, not of the book: report it, with the source.",
            )


def _pictures(source: Source, inked: Sequence[Inked]) -> Iterator[Finding]:
    empty = [n for n, page in enumerate(inked) if page.pictures and not page.letters]
    if empty and len(empty) < len(inked):
        places = [source.place(source.pages[n]) for n in empty]
        yield Finding(
            "PDF001",
            Severity.WARNING,
            f"{_numbers([place.page for place in places])}: pictures without text",
            Place(places[0].file, 0, 0, places[0].page),
            "",
            _OCR,
        )


def _hidden(pages: Pages) -> Iterator[Finding]:
    """What cannot be seen and is left out; what many pages have is told once."""
    if pages.geometry is None:
        return
    rows = zip(pages.lines(), pages.geometry.lines, strict=True)
    unseen = [(line, g) for line, g in rows if g is not None and g.hidden is not Hidden.NO]
    told: dict[tuple[Hidden, str], list[Line]] = {}
    for (_, why), group in groupby(unseen, key=lambda row: (row[0].page, row[1].hidden)):
        own = [line for line, _ in group]
        told.setdefault((why, " ".join(line.text for line in own)), []).append(own[0])
    for (why, text), firsts in told.items():
        places = [pages.source.place(line.span.start) for line in firsts]
        same = [place.page for place in places if place.file == places[0].file]
        on = f", on {_numbers(same)}" if len(places) > 1 else ""
        yield Finding(
            "PDF002",
            Severity.WARNING,
            f"text is left out: {why.value}{on}",
            places[0],
            text if len(text) <= 80 else f"{text[:38]} … {text[-38:]}",
            "If it belongs to the book, say so in layout.toml: a [[block]] with its lines and "
            'role = "paragraph".',
        )


def _unknown(source: Source) -> Iterator[Finding]:
    at = source.text.find("\ufffd")
    if at >= 0:
        count = source.text.count("\ufffd")
        yield Finding(
            "PDF003",
            Severity.WARNING,
            f"{count:,} letters are not known: the file has their shapes, not their meaning",
            source.place(at),
            source.text[max(at - 20, 0) : at + 20],
            f"Correct them in errata.toml. Where there are many: {_OCR[0].lower()}{_OCR[1:]}",
        )


def _numbers(pages: Sequence[int]) -> str:
    """`page 3`, `pages 3, 4, 9`, and how many more there are."""
    named = ", ".join(map(str, pages[:_NAMED]))
    more = f" and {len(pages) - _NAMED} more" if len(pages) > _NAMED else ""
    return f"page{'s' * (len(pages) > 1)} {named}{more}"
