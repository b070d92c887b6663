"""Set text on its way from the source to the manuscript: raw text plus edits.

A galley never forgets: each block keeps the raw characters it was made from and every
edit made to them, in layers; the text of today is derived, the raw text can always be
had back.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Literal

from booktools.model.place import Place, Span


class Safety(Enum):
    """What may be done with an edit: apply it, propose it, or only report it."""

    SAFE = "safe"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a block's text: `old` at `span` becomes `new`.

    `span` counts in the text of the layer below.  The edit is also the finding: rule,
    safety and evidence say who did it and why.
    """

    span: Span
    old: str
    new: str
    rule: str
    safety: Safety = Safety.SAFE
    evidence: str = ""


class Role(Enum):
    """What a block is in the book."""

    TITLE = "title"  # a chapter's title
    LABEL = "label"  # its number or kind, set apart: "Chapter 1"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    NOTE = "note"
    VERSE = "verse"
    QUOTE = "quote"
    TABLE = "table"  # a cell, or rows of cells
    LIST = "list"  # an item; `level` is 1, or 2 for one of a list inside an item
    DATELINE = "dateline"
    SIGNATURE = "signature"
    DECK = "deck"  # a line of display text under a title
    FURNITURE = "furniture"  # running heads, folios, signatures of sheets


def _in_order(edits: Iterable[Edit]) -> bool:
    """Whether edits stand one behind another; two may touch, and an insertion begin where
    the next one begins."""
    last = start = -1
    for edit in edits:
        span = edit.span
        if span.start < last or (span.start == start and span.end == last):
            return False
        start, last = span.start, span.end
    return True


class Layer(tuple[Edit, ...]):
    """Edits in order of place, none overlapping another."""

    def __new__(cls, edits: Iterable[Edit] = ()) -> Layer:
        ordered = list(edits)
        if not _in_order(ordered):  # rarely: rules find from left to right
            ordered.sort(key=lambda edit: (edit.span.start, edit.span.end))
            for one, two in itertools.pairwise(ordered):
                if not _in_order((one, two)):
                    raise ValueError(f"edits overlap: {one} and {two}")
        return super().__new__(cls, ordered)

    def apply(self, text: str) -> str:
        """The text with every edit made.  Raises ValueError where `old` is not there."""
        out: list[str] = []
        at = 0
        for edit in self:
            if text[edit.span.start : edit.span.end] != edit.old:
                raise ValueError(f"{edit.old!r} is not at {edit.span}")
            out += text[at : edit.span.start], edit.new
            at = edit.span.end
        out.append(text[at:])
        return "".join(out)

    def unapply(self, text: str) -> str:
        """The text before `apply`.  Raises ValueError where `new` is not there."""
        out: list[str] = []
        at = shift = 0
        for edit in self:
            start = edit.span.start + shift
            end = start + len(edit.new)
            if text[start:end] != edit.new:
                raise ValueError(f"{edit.new!r} is not at {start}")
            out += text[at:start], edit.old
            at = end
            shift += len(edit.new) - len(edit.old)
        out.append(text[at:])
        return "".join(out)

    def above(self, offset: int) -> int:
        """The offset after the edits of an offset before them; inside an edit, its start."""
        index = bisect_left(self._starts, offset)
        inside = index > 0 and self[index - 1].span.end > offset
        return self._news[index - 1] if inside else offset + self._shifts[index]

    def below(self, offset: int) -> int:
        """The offset in the text before the edits of an offset after them.

        Inside changed text it is the place of the change, clamped to the old reading.
        """
        index = bisect_right(self._news, offset)
        if index:
            edit, ahead = self[index - 1], offset - self._news[index - 1]
            if ahead < len(edit.new):
                return edit.span.start + min(ahead, max(len(edit.old) - 1, 0))
        return offset - self._shifts[index]

    def near(self, span: Span) -> Iterator[tuple[Edit, Span]]:
        """The edits that overlap or touch a stretch of the text after them, each with the
        stretch of its new reading."""
        first, last = bisect_left(self._ends, span.start), bisect_right(self._news, span.end)
        for number in range(first, last):
            yield self[number], Span(self._news[number], self._ends[number])

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """Where each edit begins in the text before."""
        return tuple(edit.span.start for edit in self)

    @cached_property
    def _shifts(self) -> tuple[int, ...]:
        """How far the text has moved before each edit, and behind the last."""
        grown = (len(edit.new) - len(edit.old) for edit in self)
        return tuple(itertools.accumulate(grown, initial=0))

    @cached_property
    def _news(self) -> tuple[int, ...]:
        """Where each edit begins in the text after."""
        return tuple(s + shift for s, shift in zip(self._starts, self._shifts, strict=False))

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """Where each edit ends in the text after."""
        return tuple(s + len(edit.new) for s, edit in zip(self._news, self, strict=True))


@dataclass(frozen=True)
class Block:
    """A stretch of the book with one role.

    `pieces` are spans of the source in reading order (more than one where the text hops
    over a box, a column or a page), `raw` their characters end to end, `layers` the edits
    made so far.  `level` counts headings from 2 (a chapter's title is level 1) and lists from 1.
    """

    role: Role
    pieces: tuple[Span, ...]
    raw: str
    layers: tuple[Layer, ...] = ()
    level: int = 0
    attributes: tuple[tuple[str, str], ...] = ()

    @cached_property
    def text(self) -> str:
        """The raw text with every layer applied."""
        text = self.raw
        for layer in self.layers:
            text = layer.apply(text)
        return text

    def edited(self, edits: Iterable[Edit]) -> Block:
        """The same block with one more layer, or itself when there is nothing to do.

        Raises ValueError where an edit's `old` is not there.
        """
        found = tuple(edits)
        if not found:
            return self
        layer = Layer(found)
        layers = (*self.layers, layer)
        made = Block(self.role, self.pieces, self.raw, layers, self.level, self.attributes)
        made.__dict__["text"] = layer.apply(self.text)  # not every layer once more
        return made

    def raw_offset(self, offset: int) -> int:
        """Offset in the whole source of an offset in `text`."""
        for layer in reversed(self.layers):
            offset = layer.below(offset)
        return self.source_offset(offset)

    def source_offset(self, offset: int) -> int:
        """Offset in the whole source of an offset in `raw`."""
        for piece in self.pieces:
            if offset < len(piece):
                return piece.start + offset
            offset -= len(piece)
        return self.pieces[-1].end if self.pieces else 0

    def unwound(self) -> str:
        """The raw text, had back from today's text by undoing every layer."""
        text = self.text
        for layer in reversed(self.layers):
            text = layer.unapply(text)
        return text

    def edits(self) -> Iterator[Edit]:
        for layer in self.layers:
            yield from layer

    def attribute(self, name: str, default: str = "") -> str:
        return dict(self.attributes).get(name, default)


@dataclass(frozen=True)
class Source:
    """The raw text of all source files, end to end, and where lines and pages begin.

    `files` are (name, first offset); `pages` the offsets where pages begin, none where there
    are none.  `unit` is what its lines are called.  `typeset`: its letters are those that pages
    were set with, and nobody had to read them from a picture.
    """

    text: str
    files: tuple[tuple[str, int], ...]
    pages: tuple[int, ...] = (0,)
    unit: Literal["source line", "source paragraph", "line"] = "source line"
    typeset: bool = False
    _lines: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        object.__setattr__(self, "_lines", tuple(starts))

    def place(self, offset: int) -> Place:
        """File of an offset, and line, column and page in that file."""
        index = bisect_right([start for _, start in self.files], offset) - 1
        name, start = self.files[index]
        line = bisect_right(self._lines, offset)
        column = offset - self._lines[line - 1] + 1
        lines, pages = bisect_right(self._lines, start), bisect_right(self.pages, start)
        page = bisect_right(self.pages, offset) - pages + 1 if self.pages else 0
        return Place(name, line - lines + 1, column, page, self.counted)

    @property
    def counted(self) -> bool:
        """Whether its lines are the paragraphs of documents, one after another."""
        return self.unit == "source paragraph"

    def line_span(self, first: int, last: int, file: str = "") -> Span:
        """Characters of a file's lines `first`..`last` (from 1, both in), last newline in.

        Without `file` the first one is meant.  Raises ValueError for lines that the file
        does not have, and for a file that the source does not have.
        """
        names = [name for name, _ in self.files]
        if not names or (file and file not in names):
            raise ValueError(f"no file {file}")
        index = names.index(file) if file else 0
        stop = self.files[index + 1][1] if index + 1 < len(names) else len(self.text)
        before = bisect_left(self._lines, self.files[index][1])
        if not 1 <= first <= last <= bisect_left(self._lines, stop) - before:
            raise ValueError(f"no lines {first}-{last}")
        start = self._lines[before + first - 1]
        end = min(stop, *self._lines[before + last : before + last + 1], len(self.text))
        return Span(start, end)


@dataclass(frozen=True)
class Galley:
    """The source and the blocks made of it, in reading order.

    The pieces of all blocks partition the source: every character is in exactly one.
    """

    source: Source
    blocks: tuple[Block, ...]

    def place_at(self, block: Block, offset: int) -> Place:
        """Source place of an offset in a block's text."""
        return self.source.place(block.raw_offset(offset))

    def unwound(self) -> str:
        """The raw source, rebuilt from today's text alone by undoing every edit."""
        parts: list[tuple[int, str]] = []
        for block in self.blocks:
            raw = block.unwound()
            at = 0
            for piece in block.pieces:
                parts.append((piece.start, raw[at : at + len(piece)]))
                at += len(piece)
        return "".join(text for _, text in sorted(parts))
