"""Ids and links of documents, made anew for the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from booktools.model.book import (
    BookBlock,
    Chapter,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    Note,
    Paragraph,
    Quote,
    SceneBreak,
    Table,
    Text,
    Verse,
    inline_text,
)
from booktools.model.slug import unique_slug


@dataclass
class Renamer:
    """Names what one document holds; `taken` are the ids of the whole book.

    `anchors` lead from the document's ids to the tokens of its headings.  `dangling` are
    the words of links that lead nowhere, met by `linked`.
    """

    taken: set[str]
    anchors: Mapping[str, str]
    dangling: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def head(self, token: str, name: str) -> None:
        """The heading of this token, a chapter's, has this id."""
        self._names[token] = name
        self._names.setdefault("h0", name)

    def named(self, block: BookBlock, chapter: str) -> BookBlock:
        """The block, its headings and figures named."""
        match block:
            case Heading():
                name = self._new(inline_text(block.inlines), chapter)
                self._names[block.id] = name
                return replace(block, id=name)
            case Figure():
                stem = block.image.rpartition("/")[2].rpartition(".")[0] or "picture"
                return replace(block, id=self._new(f"fig {stem}", chapter))
            case Quote():
                return Quote(tuple(self.named(inner, chapter) for inner in block.blocks))
            case Listing():
                items = tuple(tuple(self.named(b, chapter) for b in item) for item in block.items)
                return replace(block, items=items)
            case Paragraph():
                return replace(block, inlines=self._noted(block.inlines, chapter))
            case Verse():
                return Verse(tuple(self._noted(line, chapter) for line in block.lines))
            case Table():
                rows = tuple(tuple(self._noted(cell, chapter) for cell in r) for r in block.rows)
                return replace(block, rows=rows, caption=self._noted(block.caption, chapter))
            case SceneBreak():
                return block

    def linked(self, chapter: Chapter) -> Chapter:
        """The chapter with its links led to the book's own ids, or taken off their words."""
        blocks = tuple(self._block(block) for block in chapter.blocks)
        return replace(chapter, title=self._inlines(chapter.title), blocks=blocks)

    def _new(self, text: str, chapter: str) -> str:
        name = unique_slug(text, self.taken, chapter)
        self.taken.add(name)
        return name

    def _noted(self, inlines: tuple[Inline, ...], chapter: str) -> tuple[Inline, ...]:
        """Figures in notes have ids, too."""
        out: list[Inline] = []
        for node in inlines:
            match node:
                case Note():
                    out.append(Note(tuple(self.named(block, chapter) for block in node.blocks)))
                case Text() | LineBreak():
                    out.append(node)
                case _:
                    out.append(replace(node, children=self._noted(node.children, chapter)))
        return tuple(out)

    def _block(self, block: BookBlock) -> BookBlock:
        match block:
            case Paragraph() | Heading():
                return replace(block, inlines=self._inlines(block.inlines))
            case Figure():
                return replace(block, caption=self._inlines(block.caption))
            case Quote():
                return Quote(tuple(self._block(inner) for inner in block.blocks))
            case Verse():
                return Verse(tuple(self._inlines(line) for line in block.lines))
            case Listing():
                items = tuple(tuple(self._block(b) for b in item) for item in block.items)
                return replace(block, items=items)
            case Table():
                rows = tuple(tuple(map(self._inlines, row)) for row in block.rows)
                return replace(block, rows=rows, caption=self._inlines(block.caption))
            case SceneBreak():
                return block

    def _inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for node in inlines:
            match node:
                case Text() | LineBreak():
                    out.append(node)
                case Note():
                    out.append(Note(tuple(self._block(block) for block in node.blocks)))
                case Link(target, children):
                    out += self._link(target, self._inlines(children))
                case _:
                    out.append(replace(node, children=self._inlines(node.children)))
        return tuple(out)

    def _link(self, target: str, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if not target.startswith("#"):
            return (Link(target, children),)
        goal = self._names.get(self.anchors.get(target[1:], ""))
        if goal is None:
            self.dangling.append(inline_text(children))
            return children
        return (Link(f"#{goal}", children),)
