"""A chapter as pandoc Markdown, one sentence a line."""

from __future__ import annotations

import re

from booktools.errors import ManuscriptError
from booktools.manuscript.normal import normalised
from booktools.manuscript.rules import character_fault, id_fault, image_fault
from booktools.manuscript.write_inlines import image_source, print_inlines, quoted
from booktools.model.book import (
    Align,
    BookBlock,
    Chapter,
    Figure,
    Heading,
    Inline,
    Listing,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    Table,
    Verse,
)
from booktools.model.place import Place

_TABLE_RULE = re.compile(r"[-:+=|][-:+=| ]*")
_RULES = {Align.DEFAULT: "---", Align.LEFT: ":--", Align.RIGHT: "--:", Align.CENTRE: ":-:"}
_INDENT = 4  # columns of what belongs to a note or an item


def chapter_markdown(chapter: Chapter) -> str:
    """The chapter's file: LF line ends, one at the end, no trailing spaces.

    The same chapter always gives the same text.  Raises ManuscriptError for what a
    manuscript cannot hold: a note inside a note, a link inside a link, a bad id, target,
    image path or language, a control character.
    """
    return _Chapter(chapter.file).text(normalised(chapter))


class _Chapter:
    """Prints one chapter and gathers its notes."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._notes: list[str] = []
        self._in_note = False
        self._in_list = False

    def text(self, chapter: Chapter) -> str:
        self._check(id_fault(chapter.id) or character_fault(chapter.label))
        attributes = f"#{chapter.id} .{chapter.role.value}"
        if chapter.label:
            attributes += f" label={quoted(chapter.label)}"
        parts = [f"{_spaced('#', self._line(chapter.title))} {{{attributes}}}"]
        if chapter.blocks:
            parts.append(self._blocks(chapter.blocks))
        return "\n\n".join(parts + self._notes) + "\n"

    # --- blocks --------------------------------------------------------------------------

    def _blocks(self, blocks: tuple[BookBlock, ...]) -> str:
        parts: list[str] = []
        before: BookBlock | None = None
        for block in blocks:
            text = self._block(block)
            if _mixed(before, block):
                text = f"::: {{}}\n{text}\n:::"
            parts.append(text)
            before = block
        return "\n\n".join(parts)

    def _block(self, block: BookBlock) -> str:
        match block:
            case Paragraph(inlines, role):
                text = self._flow(inlines)
                return text if role is ParagraphRole.BODY else f"::: {role.value}\n{text}\n:::"
            case Heading(level, inlines, id):
                self._check(id_fault(id))
                self._check("" if 2 <= level <= 6 else f"a heading of level {level}")
                return f"{_spaced('#' * level, self._line(inlines))} {{#{id}}}"
            case Figure():
                return self._figure(block)
            case Quote(blocks):
                lines = self._blocks(blocks).split("\n")
                return "\n".join(f"> {line}" if line else ">" for line in lines)
            case Verse(lines=verses):
                return "\n".join(_spaced("|", self._verse(line)) for line in verses)
            case Listing():
                return self._listing(block)
            case Table():
                return self._table(block)
            case SceneBreak():
                return "* * *"

    def _figure(self, figure: Figure) -> str:
        self._check(id_fault(figure.id) or image_fault(figure.image))
        self._check(character_fault(figure.alt))
        attributes = f"#{figure.id}"
        if figure.alt:
            attributes += f" alt={quoted(figure.alt)}"
        source = image_source(figure.image)
        return f"![{self._line(figure.caption)}]({source}){{{attributes}}}"

    def _listing(self, listing: Listing) -> str:
        self._check("" if listing.start >= 0 else f"a list that begins with {listing.start}")
        tight = all(len(item) == 1 and isinstance(item[0], Paragraph) for item in listing.items)
        items: list[str] = []
        outer, self._in_list = self._in_list, True
        for number, item in enumerate(listing.items, listing.start):
            marker = f"{number}." if listing.ordered else "-"
            width = max(_INDENT, len(marker) + 1)
            items.append(marker.ljust(width) + _indented(self._blocks(item), width))
        self._in_list = outer
        return ("\n" if tight else "\n\n").join(items)

    def _table(self, table: Table) -> str:
        """A row a line, so that each change of a cell is a change of its row."""
        lines = [f"Table: {self._line(table.caption)}", ""] if table.caption else []
        rows = table.rows if table.heads else (((),) * len(table.aligns), *table.rows)
        made = [f"| {' | '.join(map(self._cell, row))} |" for row in rows]
        made.insert(1, f"|{'|'.join(_RULES[align] for align in table.aligns)}|")
        text = "\n".join([*lines, *made])
        if table.heads > 1:
            text = f"::: {{.table heads={table.heads}}}\n{text}\n:::"
        return text

    # --- inlines -------------------------------------------------------------------------

    def _flow(self, inlines: tuple[Inline, ...]) -> str:
        return print_inlines(inlines, self._note, self._file, flowing=True, listed=self._in_list)

    def _line(self, inlines: tuple[Inline, ...]) -> str:
        return print_inlines(inlines, self._note, self._file, flowing=False)

    def _cell(self, inlines: tuple[Inline, ...]) -> str:
        return print_inlines(inlines, self._note, self._file, flowing=False, barred=True)

    def _verse(self, inlines: tuple[Inline, ...]) -> str:
        text = self._line(inlines)
        return f"\\{text}" if _TABLE_RULE.fullmatch(text) else text

    def _note(self, note: Note) -> str:
        """The note's marker; its text waits for the end of the file."""
        self._check("a note inside a note" if self._in_note else "")
        number = len(self._notes) + 1
        self._notes.append("")
        outer, self._in_list = self._in_list, False
        self._in_note = True
        text = _indented(self._blocks(note.blocks), _INDENT)
        self._in_note = False
        self._in_list = outer
        first = note.blocks[0]
        plain = isinstance(first, Paragraph) and first.role is ParagraphRole.BODY
        gap = " " if plain else "\n" + " " * _INDENT
        self._notes[number - 1] = f"[^{number}]:{gap}{text}"
        return f"[^{number}]"

    def _check(self, fault: str) -> None:
        if fault:
            raise ManuscriptError(
                f"this cannot be written: {fault}",
                hint="Change the text or the decision that it was made from.",
                place=Place(self._file),
            )


def _mixed(before: BookBlock | None, block: BookBlock) -> bool:
    """Whether pandoc would take two lists for one, or a table's caption for that of the last."""
    if isinstance(block, Table):
        captioned = block.caption and block.heads < 2
        return isinstance(before, Table) and bool(captioned) and not before.caption
    return isinstance(block, Listing) and isinstance(before, Listing)


def _spaced(mark: str, text: str) -> str:
    return f"{mark} {text}" if text else mark


def _indented(text: str, columns: int) -> str:
    """Every line but the first moved right; empty lines stay empty."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * columns}{line}" if line else "" for line in rest)])
