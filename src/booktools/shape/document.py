"""Chapters of documents → a galley, and back with what was corrected in it.

A document has no source lines.  Its text, a line a paragraph, stands in for them: cleaning,
the errata, the account and the trail work on it as on any source.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from booktools.model.book import (
    BookBlock,
    Chapter,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Listing,
    Note,
    Paragraph,
    Quote,
    SceneBreak,
    Table,
    Text,
    Verse,
)
from booktools.model.galley import Block, Edit, Galley, Layer, Role, Source
from booktools.model.place import Span

# Gives the texts of a leaf anew: those of its `Text`s and (as blanks) of its line breaks.
Leaf = Callable[[Role, Sequence[str]], Sequence[str]]


def galley_of(
    chapters: Sequence[Chapter], files: Sequence[str], untitled: Collection[str] = ()
) -> Galley:
    """The galley of chapters in their normal form; `files` are the documents that they are of.

    Its blocks, in order, have the letters of `chapter_texts` over all chapters, but for the
    titles of the chapters in `untitled` (ids).
    """
    lines: list[str] = []
    blocks: list[Block] = []
    starts: list[tuple[str, int]] = []
    at = 0

    def gather(role: Role, texts: Sequence[str]) -> Sequence[str]:
        nonlocal at
        line = "".join(texts)
        if line.strip():
            lines.append(f"{line}\n")
            blocks.append(Block(role, (Span(at, at + len(line) + 1),), f"{line}\n"))
            at += len(line) + 1
        return texts

    for chapter, file in zip(chapters, files, strict=True):
        if not starts or starts[-1][0] != file:
            starts.append((file, at))
        _Walker(gather, untitled).chapter(chapter)
    text = "".join(lines)
    return Galley(Source(text, tuple(starts), (), "source paragraph"), tuple(blocks))


def corrected(
    chapters: Sequence[Chapter], galley: Galley, untitled: Collection[str] = ()
) -> tuple[Chapter, ...]:
    """The chapters with every edit of their galley made.

    A correction that begins in one text and ends in another (one of them emphasised, say)
    goes into the first.
    """
    waiting = iter(galley.blocks)

    def give(role: Role, texts: Sequence[str]) -> Sequence[str]:
        if not "".join(texts).strip():
            return texts
        for layer in next(waiting).layers:
            texts = _edited(texts, layer)
        return texts

    walker = _Walker(give, untitled)
    return tuple(walker.chapter(chapter) for chapter in chapters)


def _edited(texts: Sequence[str], layer: Layer) -> list[str]:
    """The texts with edits made, whose spans count through all of them."""
    out = list(texts)
    for edit in reversed(layer):
        _edit(out, edit)
    return out


def _edit(texts: list[str], edit: Edit) -> None:
    start, end = edit.span.start, edit.span.end
    at, new = 0, edit.new
    for index, text in enumerate(texts):
        low, high = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        last = index == len(texts) - 1
        if low <= high and low <= len(text) and (low < len(text) or start == end or last):
            texts[index] = text[:low] + new + text[high:]
            new = ""
            if start == end:
                return
        if at >= end and not new:
            return


@dataclass
class _Walker:
    """Goes through chapters in the order of `chapter_texts`, and makes them anew."""

    leaf: Leaf
    untitled: Collection[str]
    _roles: list[Role] = field(default_factory=lambda: [Role.PARAGRAPH])

    def chapter(self, chapter: Chapter) -> Chapter:
        label = "".join(self.leaf(Role.LABEL, [chapter.label])) if chapter.label else ""
        given = chapter.id in self.untitled
        title = chapter.title if given else self._inlines(Role.TITLE, chapter.title)
        blocks = tuple(self._block(block) for block in chapter.blocks)
        return replace(chapter, label=label, title=title, blocks=blocks)

    def _block(self, block: BookBlock) -> BookBlock:
        role = self._roles[-1]
        match block:
            case Paragraph():
                return replace(block, inlines=self._inlines(role, block.inlines))
            case Heading():
                return replace(block, inlines=self._inlines(Role.HEADING, block.inlines))
            case Figure():
                return replace(block, caption=self._inlines(Role.CAPTION, block.caption))
            case Quote():
                return Quote(self._inside(block.blocks, Role.QUOTE))
            case Verse():
                return Verse(self._verse(block.lines))
            case Listing():
                items = tuple(tuple(self._block(b) for b in item) for item in block.items)
                return replace(block, items=items)
            case Table():
                caption = self._inlines(Role.CAPTION, block.caption)
                cells = Role.NOTE if role is Role.NOTE else Role.TABLE
                rows = tuple(tuple(self._inlines(cells, cell) for cell in r) for r in block.rows)
                return replace(block, rows=rows, caption=caption)
            case SceneBreak():
                return block

    def _inside(self, blocks: tuple[BookBlock, ...], role: Role) -> tuple[BookBlock, ...]:
        self._roles.append(Role.NOTE if Role.NOTE in self._roles else role)
        made = tuple(self._block(block) for block in blocks)
        self._roles.pop()
        return made

    def _verse(self, lines: tuple[tuple[Inline, ...], ...]) -> tuple[tuple[Inline, ...], ...]:
        """A poem is one leaf, so that its lines stay together; its notes come behind it."""
        texts: list[str] = []
        ends = []
        for line in lines:
            texts += [*_texts(line), "\n"]
            ends.append(len(texts) - 1)
        given = list(self.leaf(Role.VERSE, texts[:-1])) if texts else []
        out, at = [], 0
        for line, end in zip(lines, ends, strict=True):
            out.append(_Rebuilder(iter(given[at:end]), self).inlines(line))
            at = end + 1
        return tuple(out)

    def _inlines(self, role: Role, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        texts = _texts(inlines)
        given = self.leaf(role, texts) if texts else texts
        return _Rebuilder(iter(given), self).inlines(inlines)

    def note(self, note: Note) -> Note:
        return Note(self._inside(note.blocks, Role.NOTE))


@dataclass
class _Rebuilder:
    """Puts texts given anew into inlines."""

    texts: Iterator[str]
    walker: _Walker

    def inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for node in inlines:
            match node:
                case Text(value):
                    new = next(self.texts)
                    if new or not value:
                        out.append(replace(node, value=new))
                case LineBreak():
                    if next(self.texts):
                        out.append(node)
                case Note():
                    out.append(self.walker.note(node))
                case _:
                    out.append(replace(node, children=self.inlines(node.children)))
        return tuple(out)


def _every(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    for node in inlines:
        yield node
        if not isinstance(node, Text | LineBreak | Note):
            yield from _every(node.children)


def _texts(inlines: tuple[Inline, ...]) -> list[str]:
    """The texts of a leaf, a blank for a line break, those of notes left out."""
    return [
        node.value if isinstance(node, Text) else " "
        for node in _every(inlines)
        if isinstance(node, Text | LineBreak)
    ]
