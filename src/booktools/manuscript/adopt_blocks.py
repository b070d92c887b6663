"""Pandoc's blocks of a stranger's document → the book's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from booktools.manuscript.adopt_inlines import Desk, InlineAdopter, shows, text_of, words
from booktools.manuscript.adopt_tables import rows_of, spanning, table_of
from booktools.manuscript.normal import one_line
from booktools.manuscript.rules import language_fault
from booktools.model.book import (
    BookBlock,
    Figure,
    Heading,
    Inline,
    Lang,
    LineBreak,
    Listing,
    Paragraph,
    Quote,
    SceneBreak,
    Strong,
    Table,
    Text,
    Verse,
    block_runs,
    inline_text,
)
from booktools.model.typography import SCENE_MARKS

CELLS_APART = "\u2003"  # an em space

_POEM = frozenset({"verse", "poem", "poetry", "stanza", "line-block", "lineblock", "linegroup"})
_FEWEST_LINES = 3  # of a paragraph that is a poem
_LONGEST_LINE = 70  # characters
_DEEPEST = 12  # quotations and lists in one another; deeper ones are laid flat


class BlockAdopter:
    """Reads the blocks of one document.

    Headings that open something get a token for an id, `h1`, `h2`, …; `anchors` leads from
    the document's own ids to the token of the heading under which they stand, or `h0`.
    """

    def __init__(self, desk: Desk) -> None:
        self.anchors: dict[str, str] = {}
        self._desk = desk
        desk.anchor = self._anchor
        self._inlines = InlineAdopter(desk, self._note)
        self._pending: list[str] = []
        self._count = 0
        self._inside = 0  # lists, quotations, tables or notes round what is read

    def blocks(self, nodes: list[Any], depth: int = 0) -> list[BookBlock]:
        """The blocks of pandoc's, one after another."""
        out: list[BookBlock] = []
        for node in nodes:
            out += self._block(node["t"], node.get("c"), depth + 1)
            self._settle(out)
        return out

    # --- anchors -------------------------------------------------------------------------

    def _anchor(self, identifier: str) -> None:
        if identifier:
            self._pending.append(identifier)

    def _settle(self, made: list[BookBlock]) -> None:
        """Ids that wait lead to what was made last, or to what will be made next."""
        if made:
            for identifier in self._pending:
                self.anchors.setdefault(identifier, f"h{self._count}")
            self._pending.clear()

    def finish(self) -> None:
        """The document ends: ids that wait lead to its last heading."""
        self._settle([SceneBreak()])

    # --- blocks --------------------------------------------------------------------------

    def _block(self, kind: str, content: Any, depth: int) -> list[BookBlock]:
        match kind:
            case "Para" | "Plain":
                return self._paragraph(content, depth)
            case "Header":
                return self._heading(content, depth)
            case "Figure":
                return self._figure(content, depth)
            case "BlockQuote":
                return self._quote(content, depth)
            case "LineBlock":
                return self._with_pictures([Verse(tuple(self._run(n, depth) for n in content))])
            case "BulletList":
                return self._listing(content, False, 1, depth)
            case "OrderedList":
                return self._listing(content[1], True, max(0, content[0][0]), depth)
            case "DefinitionList":
                return self._definitions(content, depth)
            case "HorizontalRule":
                return [SceneBreak()]
            case "Div":
                return self._div(content, depth)
            case "Table":
                return self._table(content, depth)
            case "CodeBlock":
                return self._code(content)
            case "RawBlock":
                self._inlines.raw(content[1])
                return []
            case _:
                self._desk.tell("unknown", kind)
                return []

    def _run(self, nodes: list[Any], depth: int) -> tuple[Inline, ...]:
        return self._inlines.run(nodes, depth)

    def _with_pictures(self, blocks: list[BookBlock]) -> list[BookBlock]:
        """The blocks, and behind them the pictures that stood in their text, and the notes of
        their notes."""
        inlines = self._inlines
        out = list(blocks)
        for note in inlines.notes:
            out += note
        if inlines.hoisted and any(_letters(block) for block in blocks):
            self._desk.tell("picture", inlines.hoisted[0].alt or inlines.hoisted[0].image)
        out += inlines.hoisted
        inlines.notes, inlines.hoisted = [], []
        return out

    def _paragraph(self, nodes: list[Any], depth: int) -> list[BookBlock]:
        if _parts_scenes(nodes):
            return [SceneBreak()]
        inlines = self._run(nodes, depth)
        blocks: list[BookBlock] = [Paragraph(inlines)] if any(map(shows, inlines)) else []
        if blocks and _is_poem(inlines):
            blocks = [_verse(blocks)]
        return self._with_pictures(blocks)

    def _heading(self, content: Any, depth: int) -> list[BookBlock]:
        level, (identifier, _, _), nodes = content
        if self._inside:
            self._anchor(identifier)
            inlines = self._run(nodes, depth)
            made = [Paragraph((Strong(inlines),))] if any(map(shows, inlines)) else []
            return self._with_pictures([*made])
        self._count += 1
        self._anchor(identifier)
        inlines = self._run(nodes, depth)
        if not any(map(shows, inlines)):
            self._count -= 1
            return self._with_pictures([])
        return self._with_pictures([Heading(min(max(level, 1), 9), inlines, f"h{self._count}")])

    def _figure(self, content: Any, depth: int) -> list[BookBlock]:
        (identifier, _, _), (_, caption_nodes), nodes = content
        self._anchor(identifier)
        blocks = self._nested(nodes, depth)
        caption = self._joined(caption_nodes, depth)
        notes = self._with_pictures([])
        if blocks and isinstance(blocks[-1], Figure) and not blocks[-1].caption:
            last = blocks[-1]
            blocks[-1] = Figure(last.image, last.alt, caption, "")
        elif any(map(shows, caption)):
            blocks.append(Paragraph(caption))
        return [*blocks, *notes]

    def _joined(self, nodes: list[Any], depth: int) -> tuple[Inline, ...]:
        """The inlines of blocks, a line break between two."""
        out: list[Inline] = []
        for block in self._nested(nodes, depth):
            for inlines in block_runs(block):
                out += [LineBreak()] * bool(out) + list(inlines)
        return tuple(out)

    def _quote(self, nodes: list[Any], depth: int) -> list[BookBlock]:
        blocks = self._nested(nodes, depth)
        if blocks and all(
            isinstance(b, Verse) or (isinstance(b, Paragraph) and _broken(b.inlines))
            for b in blocks
        ):
            return [_verse(blocks)]
        if self._inside >= _DEEPEST:
            return blocks
        return [Quote(tuple(blocks))] if blocks else []

    def _listing(self, items: list[Any], ordered: bool, start: int, depth: int) -> list[BookBlock]:
        made = [tuple(self._nested(item, depth)) for item in items]
        if self._inside >= _DEEPEST:
            return [block for item in made for block in item]
        return [Listing(tuple(made), ordered, start)] if any(made) else []

    def _definitions(self, content: Any, depth: int) -> list[BookBlock]:
        items: list[tuple[BookBlock, ...]] = []
        for term, definitions in content:
            heads: list[BookBlock] = [Paragraph((Strong(self._run(term, depth)),))]
            heads = self._with_pictures(heads)
            below = [block for nodes in definitions for block in self._nested(nodes, depth)]
            items.append((*heads, *below))
        return [Listing(tuple(items))] if items else []

    def _nested(self, nodes: list[Any], depth: int) -> list[BookBlock]:
        self._inside += 1
        blocks = self.blocks(nodes, depth)
        self._inside -= 1
        return blocks

    def _note(self, nodes: list[Any]) -> tuple[BookBlock, ...]:
        inlines = self._inlines
        outer = inlines.in_note, inlines.hoisted, inlines.notes
        inlines.in_note, inlines.hoisted, inlines.notes = True, [], []
        blocks = self._nested(nodes, 0)
        inlines.in_note, inlines.hoisted, inlines.notes = outer
        return tuple(blocks)

    def _div(self, content: Any, depth: int) -> list[BookBlock]:
        (identifier, classes, pairs), nodes = content
        self._anchor(identifier)
        language = dict(map(tuple, pairs)).get("lang", "")
        outer, self._desk.language = self._desk.language, language or self._desk.language
        blocks = self.blocks(nodes, depth)
        self._desk.language = outer
        poem = _POEM & {name.lower() for name in classes}
        kinds = {type(block) for block in blocks}
        if poem and kinds in ({Paragraph}, {Verse}):  # of stanzas
            return [_verse(blocks)]
        if language and language != outer and not language_fault(language):
            return [_in_language(block, language) for block in blocks]
        return blocks

    def _code(self, content: Any) -> list[BookBlock]:
        (identifier, _, _), text = content
        self._anchor(identifier)
        self._desk.tell("code", text)
        lines = tuple(
            (text_of(_indented(line)),) if line.strip() else () for line in text.split("\n")
        )
        return [Verse(lines)] if text.strip() else []

    # --- tables --------------------------------------------------------------------------

    def _table(self, content: Any, depth: int) -> list[BookBlock]:
        """One row or column alone is no table; a page laid out with one is a list of its rows."""
        (identifier, _, _), (_, caption_nodes), _, _, _, _ = content
        self._anchor(identifier)
        caption = self._joined(caption_nodes, depth)
        notes = self._with_pictures([])
        rows, _ = rows_of(content)
        widest = max((len(cells) for cells in rows), default=0)
        self._inside += widest > 1
        made = [[self.blocks(cell[4], depth + 1) for cell in cells] for cells in rows]
        self._inside -= widest > 1
        above: list[BookBlock] = [Paragraph(caption)] if any(map(shows, caption)) else []
        if widest <= 1 or len(rows) == 1:
            return [*above, *notes, *(block for row in made for cell in row for block in cell)]
        told = words(caption_nodes) or _first_cells(rows)
        if table := table_of(content, made, caption):
            if spanning(rows):
                self._desk.tell("span", told)
            return [table, *notes]
        self._desk.tell("table", told)
        items = tuple(item for row in made if (item := _row(row)))
        return [*above, *notes, Listing(items)] if items else [*above, *notes]


# --- helpers -----------------------------------------------------------------------------


def _first_cells(rows: list[Any]) -> str:
    """What stands in a table's first row."""
    return " | ".join(words(cell[4]) for cell in rows[0])


def _parts_scenes(nodes: list[Any]) -> bool:
    """Whether a paragraph holds nothing but signs between scenes."""
    said = words(nodes)
    simple = all(node["t"] in ("Str", "Space", "SoftBreak", "LineBreak") for node in nodes)
    return simple and bool(said) and SCENE_MARKS.fullmatch(said) is not None


def _indented(line: str) -> str:
    """A line of code with hard spaces for the blanks at its start."""
    rest = line.expandtabs(4).lstrip(" ")
    return "\u00a0" * (len(line.expandtabs(4)) - len(rest)) + rest


def _row(cells: list[list[BookBlock]]) -> tuple[BookBlock, ...]:
    simple = [cell for cell in cells if cell]
    if all(len(cell) == 1 and isinstance(cell[0], Paragraph) for cell in simple):
        out: list[Inline] = []
        for (cell,) in simple:
            assert isinstance(cell, Paragraph)
            out += [Text(CELLS_APART)] * bool(out) + list(cell.inlines)
        return (Paragraph(tuple(out)),) if out else ()
    return tuple(block for cell in simple for block in cell)


def _letters(block: BookBlock) -> bool:
    return any(shows(node) for inlines in block_runs(block) for node in inlines)


def _broken(inlines: tuple[Inline, ...]) -> bool:
    """Whether a paragraph is set in lines, as verse is."""
    return any(isinstance(node, LineBreak) for node in inlines)


def _is_poem(inlines: tuple[Inline, ...]) -> bool:
    """Whether a paragraph is set in short lines; an address is, too, and as well kept so."""
    lines: list[list[Inline]] = [[]]
    for node in inlines:
        if isinstance(node, LineBreak):
            lines.append([])
        else:
            lines[-1].append(node)
    written = [inline_text(tuple(line)) for line in lines if any(map(shows, line))]
    return len(written) >= _FEWEST_LINES and all(len(line) <= _LONGEST_LINE for line in written)


def _verse(blocks: list[BookBlock]) -> Verse:
    """Paragraphs as stanzas, their lines parted at the line breaks; as lines of one, where all
    are short and none has a break."""
    runs = [inlines for block in blocks for inlines in block_runs(block)]
    short = all(len(inline_text(inlines)) <= _LONGEST_LINE for inlines in runs)
    apart = not short or any(map(_broken, runs)) or any(isinstance(b, Verse) for b in blocks)
    lines: list[tuple[Inline, ...]] = []
    for block in blocks:
        if lines and apart:
            lines.append(())
        for inlines in block_runs(block):
            line: list[Inline] = []
            for node in inlines:
                if isinstance(node, LineBreak):
                    lines.append(tuple(line))
                    line = []
                else:
                    line.append(node)
            lines.append(tuple(line))
    return Verse(tuple(lines))


def _in_language(block: BookBlock, language: str) -> BookBlock:
    match block:
        case Paragraph(inlines, role):
            return Paragraph((Lang(language, inlines),), role)
        case Quote(blocks):
            return Quote(tuple(_in_language(inner, language) for inner in blocks))
        case Verse(lines):
            return Verse(tuple(_spoken(line, language) for line in lines))
        case Listing(items, ordered, start):
            made = tuple(tuple(_in_language(b, language) for b in item) for item in items)
            return Listing(made, ordered, start)
        case Heading(level, inlines, identifier):
            return Heading(level, (Lang(language, inlines),), identifier)
        case Figure(image, alt, caption, identifier):
            return Figure(image, alt, _spoken(caption, language), identifier)
        case Table(rows, caption=words):
            made_rows = tuple(tuple(_spoken(cell, language) for cell in row) for row in rows)
            return replace(block, rows=made_rows, caption=_spoken(words, language))
        case SceneBreak():
            return block


def _spoken(inlines: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
    return (Lang(language, inlines),) if inlines else ()


def plain(text: str) -> str:
    """A text folded for comparing titles: blanks, case and marks at its ends apart."""
    return one_line(text).casefold().strip(" .:,;")
