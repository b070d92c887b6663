"""A chapter as markup for the page, where marks and notes stand in the text and lines are final."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from booktools.edition.markup import Content, Xml, element, fragment
from booktools.edition.table_fit import table_fit
from booktools.edition.tree import SCENE_BREAK, list_marks, repeated_head
from booktools.edition.writer import Rows, Writer, styled
from booktools.model.book import (
    BookBlock,
    Figure,
    Heading,
    Listing,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    Table,
    Text,
    Verse,
    inline_text,
)

_CELLS_APART = "\u2003"  # an em space, in notes
_MAY_BREAK = "\u200b"

# A dash between blanks ends a line and begins none.
_SPACED_DASH = re.compile(r" (?=[–—](?:\s|$))")
# French sets blanks before tall marks and inside quotation marks: none of these breaks a line.
_TALL = re.compile(r"[ \u00a0](?=[;!?])")
_WIDE = re.compile(r" (?=[:»])|(?<=«) ")
# "1970-1973", "’68-’74": not parted at the hyphen.
_RANGE = re.compile(r"[’']?\b\d+(?:[-–‐][’']?\d+)+\b")
# What is longer than a line may break: an address at its marks, other things anywhere.
_ADDRESS = re.compile(r"[!-~]{30,}")
_MARK = re.compile(r"(?<=[/._?&=#:;,@%+~-])(?=[^/\s])")
_ENDLESS = re.compile(r"\S{60}(?=\S{40})")
# A paragraph's last word, with the one before it where it would be a line of a few letters.
_END = re.compile(r"(?:\S+\s+(?=\S{1,5}\s*$))?\S+\s*$")
_NEAR = 40  # letters before it in which a phrase of the lexicon may begin


class PageWriter(Writer):
    """As the e-book's, but for what only a printed page has."""

    def item(self, blocks: tuple[BookBlock, ...], mark: str) -> Rows:
        """The mark stands in the first paragraph, or on a line of its own where there is none.

        Marks that the engine makes stay out where an item is empty, count from 1 whatever
        the list says, and stand on the page before when the item moves on.
        """
        first = blocks[0] if blocks else None
        if not isinstance(first, Paragraph):
            first, blocks = Paragraph(()), (Paragraph(()), *blocks)
        else:
            self.find_line(first)
        span = element("span", styled("mark"), mark)
        yield self.row(element("p", styled(first.role.value), span, self.running(first)))
        yield from super().item(blocks[1:], mark)

    def alt(self, figure: Figure) -> str:
        """A tagged PDF must say something of every picture; what is missing is told elsewhere."""
        caption = " ".join(inline_text(figure.caption).split())
        return figure.alt or caption or PurePosixPath(figure.image).stem

    def running(self, paragraph: Paragraph) -> Xml:
        """The text of a paragraph; no part of its last word stands on a line of its own."""
        if paragraph.role is ParagraphRole.DECK:
            return self.titled(paragraph.inlines)
        *before, last = paragraph.inlines or (None,)
        cut = self.end(last.value) if isinstance(last, Text) else 0
        if not isinstance(last, Text) or not cut:
            return self.inlines(paragraph.inlines)
        rest = (*before, Text(last.value[:cut], last.line))
        words = Text(re.sub(r"\s+", "\u00a0", last.value[cut:].rstrip()), last.line)
        return fragment(self.inlines(rest), element("span", styled("end"), self.inlines((words,))))

    def end(self, text: str) -> int:
        """Where the words begin that stay together at a text's end; 0 for nowhere."""
        match = _END.search(text)
        if not match:
            return 0
        near = max(match.start() - _NEAR, 0)
        at = near
        for piece, language in self.options.lexicon.pieces(text[near:]):
            if language and at < match.start() < at + len(piece):
                return at  # a phrase in another language is marked whole
            at += len(piece)
        return match.start()

    def words(self, text: str) -> Iterator[Content]:
        text = _SPACED_DASH.sub("\u00a0", text)
        if self.languages[-1].split("-")[0].lower() == "fr":
            text = _WIDE.sub("\u00a0", _TALL.sub("\u202f", text))
        text = _ADDRESS.sub(lambda m: _MARK.sub(_MAY_BREAK, m[0]), text)
        text = _ENDLESS.sub(rf"\g<0>{_MAY_BREAK}", text)
        at = 0
        for match in _RANGE.finditer(text):
            yield from super().words(text[at : match.start()])
            yield element("span", styled("compound"), match[0])
            at = match.end()
        yield from super().words(text[at:])

    # --- tables -----------------------------------------------------------------------

    def table_style(self, block: Table) -> dict[str, str]:
        return styled(" ".join(table_fit(block).styles))

    def part_style(self, name: str, table: Table) -> dict[str, str]:
        return styled("once" if name == "thead" and not repeated_head(table) else "")

    def columns(self, block: Table) -> Rows:
        if shares := table_fit(block).shares:
            columns = (element("col", {"style": f"width: {share}%"}) for share in shares)
            yield self.row(element("colgroup", None, *columns))

    # --- notes ------------------------------------------------------------------------

    def note(self, note: Note) -> Xml:
        parts = (self.in_line(block) for block in note.blocks)
        return element("span", styled("footnote"), *parts)

    def in_line(self, block: BookBlock) -> Xml:
        """A block of a note inside a running line, where only spans may stand."""
        parts: list[Content] = []
        match block:
            case Paragraph(inlines) | Heading(inlines=inlines):
                parts = [self.inlines(inlines)]
            case Figure():
                if href := self.options.images.get(block.image):
                    parts.append(element("img", {"src": href, "alt": self.alt(block)}))
                parts.append(self.inlines(block.caption))
            case Quote(blocks):
                parts = [self.in_line(inner) for inner in blocks]
            case Verse(lines):
                parts = [element("span", styled("line"), self.inlines(line)) for line in lines]
            case Listing(items):
                parts = [
                    element("span", styled("item"), f"{mark} ", *map(self.in_line, item))
                    for item, mark in zip(items, list_marks(block), strict=True)
                ]
            case Table(rows, caption=caption):
                parts = [element("span", styled("line"), self.inlines(caption))]
                for row in rows:
                    cells = [piece for cell in row for piece in (self.inlines(cell), _CELLS_APART)]
                    parts.append(element("span", styled("line"), *cells[:-1]))
            case SceneBreak():
                parts = [SCENE_BREAK]
        return element("span", styled(f"note-{type(block).__name__.lower()}"), *parts)
