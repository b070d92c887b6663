"""Raw text dumps, as extractors and OCR programs write them, → pages of lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from booktools.model.galley import Source
from booktools.model.page import Line, Page, Pages
from booktools.model.place import Span

PAGE_MARKS = ("auto", "form-feed", "leading-space", "none")

# A form feed that was turned into a space: one blank, then text, and no empty line before
# it (an extractor writes the form feed straight after the page's last line).
_LEADING_SPACE = re.compile(r"(?:\A|(?<=\S\n)|(?<=\S \n)|(?<=\S  \n)) (?=\S)")

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def read_dump(files: Sequence[tuple[str, str]], page_marks: str = "auto") -> Pages:
    """Pages of the text files `(name, text)`, taken end to end; a file begins a page.

    `page_marks` says what begins a page: form feeds, a leading space that a form feed
    left, nothing, or `auto`: form feeds where there are any, else leading spaces.
    """
    text, starts = "", []
    for name, content in files:
        if text and not text.endswith("\n"):
            text += "\n"
        starts.append((name, len(text)))
        text += content
    marks = {offset for _, offset in starts}
    marks.update(_page_starts(text, page_marks))
    source = Source(text, tuple(starts), tuple(sorted(marks)))
    return Pages(source, tuple(_pages(source)))


def _page_starts(text: str, page_marks: str) -> list[int]:
    if page_marks == "none":
        return []
    if page_marks == "form-feed" or (page_marks == "auto" and "\f" in text):
        return [m.end() for m in re.finditer("\f", text) if m.end() < len(text)]
    return [m.start() for m in _LEADING_SPACE.finditer(text)]


def _pages(source: Source) -> list[Page]:
    bounds = [*source.pages, len(source.text)]
    pages = []
    for number, (start, end) in enumerate(itertools.pairwise(bounds), 1):
        lines, at = [], start
        for raw in _LINE.findall(source.text[start:end]):
            stripped = raw.strip()
            indent = len(raw) - len(raw.lstrip()) if stripped else 0
            lines.append(Line(Span(at, at + len(raw)), stripped, indent, number))
            at += len(raw)
        pages.append(Page(number, tuple(lines)))
    return pages
