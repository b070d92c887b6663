"""The plain-text edition, as readers of Project Gutenberg's books know it.

72 columns, four blank lines before a chapter and two before a section, `_emphasis_`,
`=strong=`, `[Illustration: caption]`, notes `[1]` at the end of their chapter.  Words are
neither hyphenated nor broken at their own hyphens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from booktools.edition.columns import centred, flush_right, wrap
from booktools.edition.contents import contents, walk
from booktools.edition.plain_tables import rows, ruled
from booktools.edition.plain_words import Runs, Words
from booktools.edition.prelims import imprint, title_page, word
from booktools.model.artifact import Expected
from booktools.model.book import (
    Book,
    BookBlock,
    Chapter,
    Figure,
    Heading,
    Inline,
    Listing,
    Metadata,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    Table,
    Verse,
    block_texts,
)

COLUMNS = 72
SCENE_BREAK = (
    "*\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0*\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0*"
)
_INDENT = 4

# Blank lines before the lines of these styles of the title page.
_TITLE_PAGE = ((0, ("title",)), (1, ("subtitle",)), (2, ("author", "credit")), (2, ("publisher",)))


def plain_text(book: Book, images_present: Collection[str] = ()) -> str:
    """The whole edition: LF line ends, one at the end, no tabs, no trailing blanks.

    `images_present` are the images that exist, by the names the figures use: a figure with
    neither caption nor image has nothing to show.
    """
    lines: list[str] = []
    for unit in _units(book, images_present):
        if block := unit.lines():
            lines += [""] * unit.before if lines else []
            lines += block
    return "\n".join(lines) + "\n"


def expected(book: Book, images_present: Collection[str] = ()) -> list[Expected]:
    """Every stretch that `plain_text` shows, in its order, with the rule that puts it there."""
    units = _units(book, images_present)
    return [run for unit in units for run in unit.runs if run.text.strip()]


class Setting(Enum):
    FLUSH = "flush"
    CENTRED = "centred"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Unit:
    """A block of lines: what it says, and how it is set.

    `before` is the number of blank lines above it, `left` and `right` are columns kept
    free at the sides, `hang` more of them on the left of every line but the first; `fixed`
    are lines that are set already.
    """

    runs: Runs
    before: int = 1
    left: int = 0
    right: int = 0
    hang: int = 0
    setting: Setting = Setting.FLUSH
    fixed: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        if self.fixed:
            return [f"{' ' * self.left}{line}".rstrip() for line in self.fixed]
        text = "".join(run.text for run in self.runs)
        return [line for part in text.split("\n") for line in self._set(part)]

    def _set(self, text: str) -> list[str]:
        if self.setting is Setting.FLUSH:
            first = " " * self.left
            return wrap(text, COLUMNS - self.right, first, first + " " * self.hang)
        place = centred if self.setting is Setting.CENTRED else flush_right
        return [place(line, COLUMNS) for line in wrap(text, COLUMNS - 2 * _INDENT)]


def _units(book: Book, images: Collection[str]) -> Iterator[Unit]:
    yield from _title_page(book.meta)
    yield from _contents(book)
    for chapter in book.chapters:
        yield from _Writer(chapter, frozenset(images)).chapter()


# --- front matter -------------------------------------------------------------------------


def _title_page(meta: Metadata) -> Iterator[Unit]:
    lines = title_page(meta)
    for before, styles in _TITLE_PAGE:
        group = [line.text for line in lines if line.style in styles]
        for index, text in enumerate(group):
            runs = (Expected(text, "title-page"),)
            yield Unit(runs, 0 if index else before, setting=Setting.CENTRED)
    for index, line in enumerate(imprint(meta)):
        yield Unit((Expected(line.text, "imprint"),), 1 if index else 4)


def _contents(book: Book) -> Iterator[Unit]:
    """Parts and chapters that have a title; the sections are left to the chapters."""
    if not book.chapters:
        return
    title = word(book.meta.language, "contents")
    yield Unit((Expected(title, "contents"),), 4, setting=Setting.CENTRED)
    before = 2
    for depth, entry in walk(contents(book)):
        if entry.id == entry.chapter.id and (entry.chapter.label or entry.chapter.title):
            run = Expected(entry.text, "contents", entry.chapter.file, entry.line)
            yield Unit((run,), before, left=2 * (depth - 1), hang=_INDENT)
            before = 0


# --- chapters -----------------------------------------------------------------------------


class _Writer:
    """Writes one chapter: counts its notes and gathers them for its end."""

    def __init__(self, chapter: Chapter, images: frozenset[str]) -> None:
        self.source = chapter
        self.images = images
        self.notes: list[Note] = []
        self.cells = 0  # of tables, as far as they stand side by side
        self.words = Words(self.call, chapter.file, chapter.line)

    def call(self, note: Note) -> int:
        self.notes.append(note)
        return len(self.notes)

    def chapter(self) -> Iterator[Unit]:
        chapter = self.source
        before = 4
        if chapter.label:
            yield Unit((self.own(chapter.label, "manuscript"),), before)
            before = 1
        if chapter.title:
            yield Unit(self.words.runs(chapter.title), before)
        before = 2 if chapter.label or chapter.title else 4
        for block in chapter.blocks:
            for unit in self.block(block):
                yield replace(unit, before=max(unit.before, before))
                before = 0
        yield from self.endnotes()

    def endnotes(self) -> Iterator[Unit]:
        self.words = replace(self.words, rule="moved-note")
        number = 0
        while number < len(self.notes):  # a note may call another
            blocks = self.notes[number].blocks
            number += 1
            first, *rest = [unit for block in blocks for unit in self.block(block)] or [Unit(())]
            mark = self.own(f"[{number}] ", "note-mark")
            before = 2 if number == 1 else first.before
            if first.fixed:
                rest.insert(0, first)
                first = Unit(())
            yield replace(first, runs=(mark, *first.runs), before=before)
            yield from rest

    def own(self, text: str, rule: str) -> Expected:
        """A stretch that stands at the place we have come to."""
        return Expected(text, rule, self.source.file, self.words.line)

    # --- blocks ---------------------------------------------------------------------------

    def block(self, block: BookBlock, left: int = 0, right: int = 0) -> Iterator[Unit]:
        line = next((text.line for text in block_texts(block) if text.line), self.words.line)
        self.words = replace(self.words, line=line)
        match block:
            case Paragraph(inlines, role):
                aside = role in (ParagraphRole.DATELINE, ParagraphRole.SIGNATURE) and not left
                setting = Setting.RIGHT if aside else Setting.FLUSH
                yield Unit(self.words.runs(inlines), 1, left, right, setting=setting)
            case Heading(inlines=inlines):
                yield Unit(self.words.runs(inlines), 2, left, right)
            case Figure():
                yield from self.figure(block, left, right)
            case Quote(blocks):
                for inner in blocks:
                    yield from self.block(inner, left + _INDENT, right + _INDENT)
            case Verse(lines):
                yield from self.verse(lines, left + _INDENT)
            case Listing():
                yield from self.listing(block, left, right)
            case Table():
                yield from self.table(block, left, right)
            case SceneBreak():
                yield Unit((self.own(SCENE_BREAK, "scene-break"),), setting=Setting.CENTRED)

    def figure(self, block: Figure, left: int, right: int) -> Iterator[Unit]:
        mark = "illustration-mark"
        if block.caption:
            caption = self.words.runs(block.caption)
            runs = (self.own("[Illustration: ", mark), *caption, self.own("]", mark))
            yield Unit(runs, 1, left, right)
        elif block.image in self.images:
            yield Unit((self.own("[Illustration]", mark),), 1, left, right)

    def verse(self, lines: tuple[tuple[Inline, ...], ...], left: int) -> Iterator[Unit]:
        before = 1
        for line in lines:
            if line:
                yield Unit(self.words.runs(line), before, left, hang=_INDENT)
            before = 0 if line else 1

    def table(self, block: Table, left: int, right: int) -> Iterator[Unit]:
        """Rows of aligned cells, or, where words are too long for it, a cell a line."""
        caption = self.words.runs(block.caption)
        if caption:
            yield Unit(caption, 1, left, right)
        block = block.squared()
        cells = [[self.words.runs(cell) for cell in row] for row in block.rows]
        if not block.aligns:
            return
        made = rows(cells, block.aligns, COLUMNS - left - right, self.cells + 1)
        if made is None:
            for own in cells:
                for at, cell in enumerate(cell for cell in own if cell):
                    indent = left + _INDENT * (at > 0)
                    yield Unit(cell, 0 if at else 1, indent, right, hang=_INDENT)
            return
        self.cells += sum(map(len, cells))
        wrapped = any(len(row.lines) > 1 for row in made)
        before, rule = 1, ruled(made)
        for at, row in enumerate(made):
            if any(row.lines):
                yield Unit(row.runs, before, left, fixed=row.lines)
                before = int(wrapped)
            if rule and at == block.heads - 1:
                yield Unit((self.own(rule, "table-rule"),), 0, left, fixed=(rule,))

    def listing(self, block: Listing, left: int, right: int) -> Iterator[Unit]:
        tight = all(len(item) == 1 for item in block.items)
        for index, item in enumerate(block.items):
            text = f"{block.start + index}. " if block.ordered else "* "
            hang = len(text)
            units = [u for inner in item for u in self.block(inner, left + hang, right)]
            if not units or units[0].fixed:
                units.insert(0, Unit((), 1, left + hang, right))
            first, *rest = units
            yield replace(
                first,
                runs=(self.own(text, "list-mark"), *first.runs),
                before=0 if tight and index else first.before,
                left=max(first.left - hang, 0),
                hang=first.hang + hang,
            )
            yield from rest
