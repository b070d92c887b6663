"""The manuscript's files as a galley: its paragraphs, with the markup taken out by edits.

So what is told of sources can be told of a manuscript that has none: where a word stands,
and how to change it without touching the markup round it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from booktools.manuscript.follow import as_written
from booktools.model.galley import Block, Edit, Galley, Layer, Role, Source
from booktools.model.place import Span

MARKUP = "markup"  # the rule of the edits that take markup out

_WORD = re.compile(r"[^ \t\n\r\f\v]+")
# What stands between words of a line besides marks, none of it a word of the text: a note's
# call, a link's address, attributes.
_MARKS = re.compile(r"\[\^[^\]\n]*\]:?|(?<=\])\([^)\n]*\)|(?<=[\])])\{[^}\n]*\}")
_HEADING_MARKS = re.compile(r"\{[^}\n]*\}[ \t]*$")
_BETWEEN = re.compile(r"(?:[\W_]|\0)*")
_HIDDEN = "\0"
_NUMBER_FIRST = re.compile(r"[ \t>]*\d{1,9}[.)](?=\s)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, title, caption or note: its text without markup, and from which character
    on (`starts`) it stands on which line (`lines`) of the file; none when it stands in an
    attribute, as a label does.
    """

    file: str
    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a passage in its text, and as it is written in the source."""

    passage: int
    start: int
    end: int
    raw: Span


def manuscript_galley(files: Mapping[str, str], passages: Sequence[Passage]) -> Galley:
    """A galley with a block for each passage, in order, and furniture for all that is between.

    The text of a block is the passage's, without blanks at its ends; it is empty where the
    passage's words are not in the file as such, as a label that stands in an attribute.
    """
    names = sorted(files)
    starts: dict[str, int] = {}
    at = 0
    for name in names:
        starts[name] = at
        at += len(files[name])
    source = Source("".join(files[name] for name in names), tuple(starts.items()), (), "line")
    finder = _Finder(files, starts)
    words = [finder.words(number, passage) for number, passage in enumerate(passages)]
    runs = _runs(word for own in words for word in own)
    pieces: list[list[Span]] = [[] for _ in passages]
    for number, span in runs:
        pieces[number].append(span)
    blocks = [
        _block(source.text, passage, own, tuple(pieces[number]))
        for number, (passage, own) in enumerate(zip(passages, words, strict=True))
    ]
    return Galley(source, (*blocks, *_furniture(source.text, [span for _, span in runs])))


class _Finder:
    """Finds the words of passages in their lines, each behind the one before."""

    def __init__(self, files: Mapping[str, str], starts: Mapping[str, int]) -> None:
        self.starts = starts
        self.lines = {name: _unmarked(text) for name, text in files.items()}
        self.offsets: dict[str, list[int]] = {}
        for name, rows in self.lines.items():
            at, own = starts[name], []
            for row in rows:
                own.append(at)
                at += len(row) + 1
            self.offsets[name] = own
        self.cursors: dict[tuple[str, int], int] = {}

    def words(self, number: int, passage: Passage) -> list[_Word]:
        """The words of a passage; none when one of them cannot be found."""
        before = dict(self.cursors)
        out: list[_Word] = []
        ends = [*passage.starts, len(passage.text)][1:]
        for start, end, line in zip(passage.starts, ends, passage.lines, strict=True):
            for match in _WORD.finditer(passage.text, start, end):
                raw = self._find(passage.file, line, match[0])
                if raw is None:
                    self.cursors = before
                    return []
                out.append(_Word(number, *match.span(), raw))
        rising = all(a.raw.end <= b.raw.start for a, b in itertools.pairwise(out))
        return out if rising else []

    def _find(self, file: str, line: int, word: str) -> Span | None:
        rows = self.lines.get(file, [])
        if not 1 <= line <= len(rows):
            return None
        row, cursor = rows[line - 1], self.cursors.get((file, line), 0)
        at, end = row.find(word, cursor), 0
        if at >= 0 and _passable(row, cursor, at):
            end = at + len(word)
        else:
            for pattern in (as_written(word, r"\\ "), as_written(word, " ")):
                found = pattern.search(row, cursor)
                if found and _passable(row, cursor, found.start()):
                    at, end = found.span()
                    break
            else:
                return None
        self.cursors[file, line] = end
        start = self.offsets[file][line - 1]
        return Span(start + at, start + end)


def _unmarked(text: str) -> list[str]:
    """The lines, with what is no word of the text hidden."""
    out = []
    for row in text.split("\n"):
        plain = _MARKS.sub(_hidden, row)
        out.append(_HEADING_MARKS.sub(_hidden, plain) if row.startswith("#") else plain)
    return out


def _hidden(match: re.Match[str]) -> str:
    return _HIDDEN * len(match[0])


def _passable(row: str, start: int, end: int) -> bool:
    if _BETWEEN.fullmatch(row, start, end):
        return True
    first = _NUMBER_FIRST.match(row) if start == 0 else None
    return bool(first and first.end() <= end and _BETWEEN.fullmatch(row, first.end(), end))


def _runs(words: Iterable[_Word]) -> list[tuple[int, Span]]:
    """Stretches of the source from the first to the last of words of one passage in a row."""
    out: list[tuple[int, Span]] = []
    for word in sorted(words, key=lambda word: word.raw.start):
        if out and out[-1][0] == word.passage:
            out[-1] = word.passage, Span(out[-1][1].start, word.raw.end)
        else:
            out.append((word.passage, word.raw))
    return out


def _block(text: str, passage: Passage, words: Sequence[_Word], pieces: tuple[Span, ...]) -> Block:
    raw = "".join(text[piece.start : piece.end] for piece in pieces)
    block = Block(Role.PARAGRAPH, pieces, raw)
    begins: dict[int, int] = {}  # where each piece begins in `raw`
    at = 0
    for piece in pieces:
        begins[piece.start] = at
        at += len(piece)
    edits: list[Edit] = []
    end = 0
    for n, word in enumerate(words):
        last = words[n - 1]
        start = begins.get(word.raw.start, end + word.raw.start - last.raw.end)
        if n:
            _edit(edits, raw, Span(end, start), passage.text[last.end : word.start])
        end = start + len(word.raw)
        _edit(edits, raw, Span(start, end), passage.text[word.start : word.end])
    return block.edited(edits)


def _edit(edits: list[Edit], raw: str, span: Span, new: str) -> None:
    """One more edit, joined to the last where they touch."""
    old = raw[span.start : span.end]
    if old == new:
        return
    if edits and edits[-1].span.end == span.start:
        last = edits.pop()
        span, old, new = Span(last.span.start, span.end), last.old + old, last.new + new
    edits.append(Edit(span, old, new, MARKUP))


def _furniture(text: str, taken: Sequence[Span]) -> Iterable[Block]:
    at = 0
    for span in [*taken, Span(len(text), len(text))]:
        if at < span.start:
            block = Block(Role.FURNITURE, (Span(at, span.start),), text[at : span.start])
            yield block.edited([Edit(Span(0, len(block.raw)), block.raw, "", MARKUP)])
        at = span.end


def written(galley: Galley, changes: Iterable[tuple[int, Span, str]]) -> dict[str, str]:
    """The files with other words in place of stretches of blocks' texts (block, span, words).

    Raises MarkupError for a stretch with markup inside it; markup at its edges stays.
    """
    splices = sorted(_raw_span(galley.blocks[n], span, new) for n, span, new in changes)
    text = galley.source.text
    out: dict[str, str] = {}
    stops = [start for _, start in galley.source.files[1:]] + [len(text)]
    for (name, start), stop in zip(galley.source.files, stops, strict=True):
        parts: list[str] = []
        at = start
        for low, high, new in splices:
            if start <= low < stop:
                parts += text[at:low], escaped(new)
                at = high
        out[name] = "".join([*parts, text[at:stop]])
    return out


class MarkupError(ValueError):
    """Words cannot be changed because markup stands between them."""


def _raw_span(block: Block, span: Span, new: str) -> tuple[int, int, str]:
    """The least stretch of the source that has to change, and what comes there."""
    old = block.text[span.start : span.end]
    start = end = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    most = min(len(old), len(new)) - start
    while end < most and old[-1 - end] == new[-1 - end]:
        end += 1
    first, last = span.start + start, span.end - end
    layer = block.layers[0] if block.layers else Layer()
    if first < last:
        low, high = layer.below(first), layer.below(last - 1) + 1
    else:  # what is put in goes with the character before it
        low = high = layer.below(first - 1) + 1 if first else layer.below(0)
    for edit in layer:
        if edit.span.start < high and low < edit.span.end and edit.old.strip():
            raise MarkupError(edit.old.strip())
    begin = block.source_offset(low)
    stop = block.source_offset(high - 1) + 1 if low < high else begin
    if low == high and low:
        begin = stop = block.source_offset(low - 1) + 1
    if stop - begin != high - low:
        raise MarkupError("a note")
    return begin, stop, new[start : len(new) - end]


def escaped(text: str) -> str:
    """Plain text so written that Markdown reads it as that."""
    out = re.sub(r"[\\*_\[\]^~<`{]", r"\\\g<0>", text)
    return re.sub(r"&(?=#?\w+;)", r"\&", out)
