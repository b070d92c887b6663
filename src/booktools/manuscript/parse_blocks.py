"""Pandoc's blocks → the book's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from booktools.manuscript.follow import Follower
from booktools.manuscript.normal import one_line
from booktools.manuscript.parse_inlines import InlineReader
from booktools.manuscript.rules import DEPTH, character_fault, id_fault, image_fault
from booktools.model.book import (
    Align,
    BookBlock,
    Cell,
    Chapter,
    ChapterRole,
    Figure,
    Heading,
    Inline,
    Listing,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    Table,
    Verse,
    inline_text,
)
from booktools.model.place import Place

_REFUSED = {
    "CodeBlock": ("a block of code", "Take away the fence or the indent of four spaces."),
    "RawBlock": ("raw markup", "Write it in Markdown: nothing else gets into the editions."),
    "DefinitionList": ("a list of definitions", "Write each as a paragraph or a list item."),
}
_HEADS = re.compile(r"\d{1,2}")
_ROLES = {role.value: role for role in ParagraphRole if role is not ParagraphRole.BODY}
_ALIGNS = {
    "AlignDefault": Align.DEFAULT,
    "AlignLeft": Align.LEFT,
    "AlignRight": Align.RIGHT,
    "AlignCenter": Align.CENTRE,
}
_CHAPTER_ROLES = {role.value: role for role in ChapterRole}

Attributes = tuple[str, list[str], list[tuple[str, str]]]


class BlockReader:
    """Reads one file's blocks.  `ids` are the ids that the file gives, with their places."""

    def __init__(self, file: str, text: str) -> None:
        self.ids: list[tuple[str, Place]] = []
        self._file = file
        self._at = Follower(file, text)
        self._reader = InlineReader(self._at, self._note_blocks)

    def chapter(self, nodes: list[Any]) -> Chapter:
        """The file's chapter; ids that it does not give are empty."""
        at = self._at
        if not nodes or nodes[0]["t"] != "Header" or nodes[0]["c"][0] != 1:
            at.open_block()
            raise at.fault(
                "the file does not begin with the chapter's title",
                "Begin with a line such as: # The Title {#the-title .chapter}",
            )
        _, (identifier, classes, pairs), title_nodes = nodes[0]["c"]
        at.open_heading()
        line = at.line
        unknown = [key for key, _ in pairs if key != "label"]
        roles = [_CHAPTER_ROLES[name] for name in classes if name in _CHAPTER_ROLES]
        if unknown or len(roles) != len(classes) or len(roles) > 1:
            raise at.fault(
                "a chapter's title can have an #id, a label=… and one class for its role",
                f"The roles are {', '.join('.' + name for name in _CHAPTER_ROLES)}.",
            )
        self._claim(identifier)
        title = self._reader.inlines(title_nodes)
        at.close_heading()
        blocks = self._blocks(nodes[1:], 0)
        at.close_file()
        role = roles[0] if roles else ChapterRole.CHAPTER
        label = self._said(dict(pairs).get("label", ""))
        return Chapter(self._file, identifier, title, blocks, role, label, line)

    def _note_blocks(self, nodes: list[Any], inside: bool) -> tuple[BookBlock, ...]:
        if inside:
            return tuple(Paragraph(self._reader.inlines(node["c"])) for node in nodes)
        return self._blocks(nodes, 1)

    # --- blocks --------------------------------------------------------------------------

    def _blocks(self, nodes: list[Any], depth: int) -> tuple[BookBlock, ...]:
        if depth > DEPTH:
            self._at.open_block()
            raise self._at.fault("this is nested too deep", f"Keep to {DEPTH} levels.")
        out: list[BookBlock] = []
        for node in nodes:
            out += self._block(node["t"], node.get("c"), depth)
        return tuple(out)

    def _block(self, kind: str, content: Any, depth: int) -> tuple[BookBlock, ...]:
        match kind:
            case "Para" | "Plain":
                return (self._paragraph(content),)
            case "Header":
                return (self._heading(content),)
            case "Figure":
                return (self._figure(content),)
            case "BlockQuote":
                return (Quote(self._blocks(content, depth + 1)),)
            case "LineBlock":
                return (Verse(tuple(self._line(line) for line in content)),)
            case "BulletList":
                return (Listing(self._items(content, depth)),)
            case "OrderedList":
                (start, _, _), items = content
                return (Listing(self._items(items, depth), True, start),)
            case "HorizontalRule":
                self._at.rule()
                return (SceneBreak(),)
            case "Table":
                return (self._table(content),)
            case "Div":
                return self._div(content, depth)
            case _:
                self._at.open_block()
                what, hint = _REFUSED.get(
                    kind, (f"what pandoc calls {kind}", "Write it as paragraphs.")
                )
                raise self._at.fault(f"a manuscript cannot hold {what}", hint)

    def _paragraph(self, nodes: list[Any]) -> BookBlock:
        if len(nodes) == 1 and nodes[0]["t"] == "Image":
            return self._image(nodes[0]["c"])
        self._at.open_block()
        self._reader.fresh = True
        inlines = self._reader.inlines(nodes)
        self._at.next_line()
        return Paragraph(inlines)

    def _line(self, nodes: list[Any]) -> tuple[Inline, ...]:
        self._at.open_block()
        inlines = self._reader.inlines(nodes)
        self._at.next_line()
        return inlines

    def _heading(self, content: Any) -> BookBlock:
        level, (identifier, classes, pairs), nodes = content
        self._at.open_heading()
        if level == 1:
            raise self._at.fault(
                "a second title in one file", "Write ## for a section, or begin a new file."
            )
        if classes or pairs:
            raise self._at.fault("a heading can have an #id only", "Leave the rest out.")
        self._claim(identifier)
        inlines = self._reader.inlines(nodes)
        self._at.close_heading()
        return Heading(level, inlines, identifier)

    def _items(self, items: list[Any], depth: int) -> tuple[tuple[BookBlock, ...], ...]:
        out: list[tuple[BookBlock, ...]] = []
        for item in items:
            self._at.open_item()
            out.append(self._blocks(item, depth + 1))
        return tuple(out)

    def _table(self, content: Any) -> Table:
        _, (_, caption_nodes), columns, (_, heads), bodies, _ = content
        at = self._at
        words = caption_nodes[0]["c"] if caption_nodes else []
        above = bool(words) and at.open_caption()
        caption = self._caption(words) if above else ()
        at.open_table()
        rows = [self._row(cells) for _, cells in heads]
        at.close_head(bool(rows))
        rows += [self._row(cells) for body in bodies for _, cells in body[3]]
        if words and not above:
            at.open_caption()
            caption = self._caption(words)
        aligns = tuple(_ALIGNS[align["t"]] for align, _ in columns)
        return Table(tuple(rows), len(heads), aligns, caption)

    def _caption(self, nodes: list[Any]) -> tuple[Inline, ...]:
        inlines = self._reader.inlines(nodes)
        self._at.next_line()
        return inlines

    def _row(self, cells: list[Any]) -> tuple[Cell, ...]:
        self._at.open_block()
        out = tuple(self._cell(cell[4]) for cell in cells)
        self._at.next_line()
        return out

    def _cell(self, nodes: list[Any]) -> Cell:
        return self._reader.inlines(nodes[0]["c"]) if nodes else ()

    def _headed(self, pairs: list[tuple[str, str]], nodes: list[Any]) -> tuple[BookBlock, ...]:
        """The table of a block `::: {.table heads=2}`, which has several head rows."""
        heads = dict(pairs).get("heads", "")
        one = len(nodes) == 1 and nodes[0]["t"] == "Table"
        if not one or len(pairs) > 1 or not _HEADS.fullmatch(heads):
            raise self._at.fault(
                "“::: {.table heads=2}” says how many head rows one table has",
                "Write the number of its head rows, and nothing but the table in it.",
            )
        opened = self._at.open_fence()
        table = self._table(nodes[0]["c"])
        self._at.close_fence(opened)
        return (replace(table, heads=min(int(heads), len(table.rows))),)

    def _div(self, content: Any, depth: int) -> tuple[BookBlock, ...]:
        (identifier, classes, pairs), nodes = content
        self._at.open_block(fences=False)
        if classes == ["table"] and not identifier:
            return self._headed(pairs, nodes)
        role = _ROLES.get(classes[0]) if len(classes) == 1 else None
        if identifier or pairs or (classes and role is None):
            raise self._at.fault(
                "a ::: block can be "
                + ", ".join(f"“::: {name}”" for name in _ROLES)
                + " and nothing else",
                "Take the fences away, or give one of these names.",
            )
        if role and any(node["t"] not in ("Para", "Plain") for node in nodes):
            raise self._at.fault(
                f"“::: {role.value}” can hold paragraphs only", "Close it before anything else."
            )
        opened = self._at.open_fence()
        blocks = self._blocks(nodes, depth + 1)
        self._at.close_fence(opened)
        if role is None:
            return blocks
        return tuple(
            Paragraph(block.inlines, role) if isinstance(block, Paragraph) else block
            for block in blocks
        )

    # --- figures -------------------------------------------------------------------------

    def _figure(self, content: Any) -> BookBlock:
        (identifier, classes, pairs), (_, caption), body = content
        image = body[0]["c"][0]["c"]
        (_, image_classes, image_pairs), alt, source = image
        nodes = caption[0]["c"] if caption else []
        attributes = (identifier, classes + image_classes, pairs + image_pairs)
        return self._figured(attributes, nodes, [] if alt == nodes else alt, source)

    def _image(self, content: Any) -> BookBlock:
        """An image without a caption: pandoc makes no figure of it."""
        attributes, nodes, source = content
        return self._figured(attributes, nodes, [], source)

    def _figured(
        self, attributes: Attributes, nodes: list[Any], alt: list[Any], source: tuple[str, str]
    ) -> Figure:
        at = self._at
        at.open_block()
        identifier, classes, pairs = attributes
        target, title = source
        if classes or title or any(key != "alt" for key, _ in pairs):
            raise at.fault(
                "a figure can have an #id and an alt=… only",
                "Sizes are the style sheets' business; write a title into the caption.",
            )
        path = unquote(target)
        if fault := image_fault(path):
            raise at.fault(fault, "Put the file into images/ and name it images/name.jpg.")
        self._claim(identifier)
        caption = self._reader.inlines(nodes)
        words = self._said(_plain(alt) or dict(pairs).get("alt", ""))
        at.skip_target()
        at.next_line()
        if words == one_line(inline_text(caption)):
            words = ""
        return Figure(path, words, caption, identifier)

    def _said(self, value: str) -> str:
        """The text of an attribute."""
        if fault := character_fault(value):
            raise self._at.fault(fault, "Take it out, or write what is meant.")
        return one_line(value)

    def _claim(self, identifier: str) -> None:
        if not identifier:
            return
        if fault := id_fault(identifier):
            raise self._at.fault(fault, "Change the id.")
        self.ids.append((identifier, Place(self._file, self._at.line)))


def _plain(nodes: list[Any]) -> str:
    """The words of pandoc's inlines, as it makes them from an alternative text."""
    return "".join(node["c"] if node["t"] == "Str" else " " for node in nodes)
