"""Raw text dumps, as extractors and OCR programs write them, → pages of lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from booktools.model.galley import Source
from booktools.model.page import Line, Page, Pages
from booktools.model.place import Span
from booktools.model.specks import bare, is_specked
from booktools.read.columns import in_columns
from booktools.read.folios import page_starts

PAGE_MARKS = ("auto", "form-feed", "leading-space", "folios", "none")

# A form feed that was turned into a space: one blank, then text, and no empty line before
# it (an extractor writes the form feed straight after the page's last line).
_LEADING_SPACE = re.compile(r"(?:\A|(?<=\S\n)|(?<=\S \n)|(?<=\S  \n)) (?=\S)")

# The same in dumps that end every page with an empty line.
_AFTER_BLANK = re.compile(r"^ (?=\S)", re.MULTILINE)

# With fewer written lines a page, a leading space is the text's own indentation; after an
# empty line, where a paragraph may begin, the pages must be longer and more than two.
_FEWEST_LINES = 3
_FEWEST_AFTER_BLANK = 20

# A line ends with its newline or, in dumps that write U+FFFE for a hyphen and its line end,
# with that.
_LINE = re.compile(r"[^\n\ufffe]*(?:\n|\ufffe\n?)|[^\n\ufffe]+")


def read_dump(files: Sequence[tuple[str, str]], page_marks: str | Sequence[str] = "auto") -> Pages:
    """Pages of the text files `(name, text)`, taken end to end; a file begins a page.

    `page_marks`, one for all files or one a file, say what begins a page: form feeds, a
    leading space that a form feed left, the numbers printed on the pages, nothing, or `auto`: form
    feeds where there are any, else leading spaces, unless so many lines have one that it is the
    text's own indentation, else numbers, where there are any.
    A leading space after an empty line counts only where no other line has one.  What `auto`
    finds holds for all files that ask for it: they come from one extractor.  Columns that
    stand side by side are read one after the other.
    """
    parts: list[str] = []
    starts: list[tuple[str, int]] = []
    marks: set[int] = set()
    size = 0
    kinds = [page_marks] * len(files) if isinstance(page_marks, str) else page_marks
    pairs = list(zip(files, kinds, strict=True))
    auto = _kind([text for (_, text), kind in pairs if kind == "auto"])
    for index, ((name, text), kind) in enumerate(pairs):
        starts.append((name, size))
        marks.add(size)
        found = auto if kind == "auto" else kind
        marks.update(size + at for at in _page_starts(text, found))
        if text and not text.endswith("\n") and index + 1 < len(files):
            text += "\n"
        parts.append(text)
        size += len(text)
    source = Source("".join(parts), tuple(starts), tuple(sorted(marks)))
    return in_columns(Pages(source, tuple(_pages(source))))


def _kind(texts: Sequence[str]) -> str:
    """What `auto` finds in the texts."""
    if any("\f" in text for text in texts):
        return "form-feed"
    strict = sum(len(_LEADING_SPACE.findall(text)) for text in texts)
    loose = sum(len(_AFTER_BLANK.findall(text)) for text in texts)
    lines = sum(bool(line.strip()) for text in texts for line in text.split("\n"))
    kind, found = "folios", 0
    if strict > sum(text.startswith(" ") for text in texts):
        if strict * _FEWEST_LINES <= lines:
            kind, found = "leading-space", strict
    elif loose > 2 and loose * _FEWEST_AFTER_BLANK <= lines:
        kind, found = "leading-space", loose
    # A few lines that happen to begin with a blank do not mark pages that their numbers tell.
    counted = sum(len(page_starts(text)) for text in texts) if found else 0
    return "folios" if counted > 2 * found else kind


def _page_starts(text: str, kind: str) -> list[int]:
    if kind == "leading-space":
        strict = [m.start() for m in _LEADING_SPACE.finditer(text)]
        return strict if any(strict) else [m.start() for m in _AFTER_BLANK.finditer(text)]
    if kind == "folios":
        return page_starts(text)
    starts = [m.start() for m in re.finditer("\f", text)] if kind == "form-feed" else []
    if starts and starts[-1] >= len(text.rstrip()):
        starts.pop()  # it ends the file's last page
    return starts


def _pages(source: Source) -> list[Page]:
    specked = is_specked([source.text])
    bounds = [*source.pages, len(source.text)]
    pages, newlines = [], 0
    for number, (start, end) in enumerate(itertools.pairwise(bounds), 1):
        lines, at = [], start
        for raw in _LINE.findall(source.text, start, end):
            text = raw.strip()
            inset = text and not raw.startswith(text)
            indent = len(raw[: raw.find(text)].lstrip("\f")) if inset else 0
            text = bare(text) if specked else text
            stop = at + len(raw)
            lines.append(Line(Span(at, stop), text, indent, number, newlines + 1))
            newlines += raw.endswith("\n")
            at = stop
        pages.append(Page(number, tuple(lines)))
    return pages
