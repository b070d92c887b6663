"""Galley → chapters: titles, labels, levels, ids and figures are settled here, once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from booktools.errors import ConfigError
from booktools.model.book import (
    BookBlock,
    Chapter,
    ChapterRole,
    Figure,
    Heading,
    Inline,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    Text,
    Verse,
)
from booktools.model.galley import Block, Galley, Role
from booktools.model.picture import Pictured
from booktools.model.slug import slug, unique
from booktools.shape.lists import is_item, lists_of, with_lists
from booktools.shape.tables import grouped, table_of

TEXT_FOLDER = "manuscript/text"
_PARAGRAPHS = {
    Role.PARAGRAPH: ParagraphRole.BODY,
    Role.FURNITURE: ParagraphRole.BODY,  # kept, for its rule is switched off
    Role.NOTE: ParagraphRole.BODY,
    Role.DATELINE: ParagraphRole.DATELINE,
    Role.SIGNATURE: ParagraphRole.SIGNATURE,
    Role.DECK: ParagraphRole.DECK,
}


@dataclass(frozen=True)
class Shaped:
    """The chapters, and the galley's blocks (by index) in the order of their letters.

    The letters of `chapter_texts` over all chapters are those of these blocks, in order,
    but for the titles of the chapters in `untitled` (ids), which the book's metadata gave.
    """

    chapters: tuple[Chapter, ...]
    order: tuple[int, ...]
    untitled: frozenset[str] = frozenset()


def shape(galley: Galley, title: str, pictures: Sequence[Pictured] = ()) -> Shaped:
    """Chapters of the galley's blocks; text before the first title makes a chapter `title`.

    `pictures` go with their captions or behind their blocks.  Raises ConfigError for a label
    without a title.
    """
    notes = _Notes.of(galley.blocks)
    every = [own for part in parts(galley.blocks) if (own := [i for i in part if i not in notes])]
    album = _Album.of(pictures, {index for part in every for index in part})
    ids = {block.attribute("id") for block in galley.blocks}  # the decided ones are spoken for
    chapters, order, untitled = [], [], set()
    digits = max(2, len(str(len(every))))  # the files' names sort as the chapters follow
    for number, part in enumerate(every, 1):
        stem = f"{TEXT_FOLDER}/{number:0{digits}}"
        chapter, own = _chapter(galley, part, stem, ids, title, album, notes, number == 1)
        chapters.append(chapter)
        order += own
        if not any(galley.blocks[i].role is Role.TITLE for i in part):
            untitled.add(chapter.id)
    return Shaped(tuple(chapters), tuple(order), frozenset(untitled))


def parts(blocks: Sequence[Block]) -> list[list[int]]:
    """Indices of the blocks of each chapter; a label before a title goes with the title, and
    pictures that alone stand before the first title go with its chapter."""
    found: list[list[int]] = []
    waiting: list[int] = []
    for index, block in enumerate(blocks):
        if not block.text.strip():
            continue
        if block.role is Role.LABEL or (waiting and block.role is Role.FURNITURE):
            waiting.append(index)
        elif block.role is Role.TITLE:
            found.append([*waiting, index])
            waiting = []
        else:
            if not found or waiting:
                found.append([])
            found[-1] += [*waiting, index]
            waiting = []
    if waiting:
        found.append(waiting)
    if len(found) > 1 and all(blocks[i].role is Role.CAPTION for i in found[0]):
        found[:2] = [found[0] + found[1]]
    return found


@dataclass(frozen=True)
class _Album:
    """The pictures of captions by the caption's block, and others by the block before them."""

    captioned: dict[int, Pictured]
    behind: dict[int, list[Pictured]]

    @classmethod
    def of(cls, pictures: Sequence[Pictured], written: Collection[int]) -> _Album:
        """The album; a block that is not `written` any more hands its pictures on."""
        behind: dict[int, list[Pictured]] = {}
        for picture in pictures:
            at = picture.block
            if not picture.captioned or at not in written:
                while at >= 0 and at not in written:
                    at -= 1
                behind.setdefault(at, []).append(picture)
        return cls({p.block: p for p in pictures if p.captioned}, behind)

    def after(self, index: int, ids: set[str]) -> list[BookBlock]:
        """The pictures behind a block."""
        return [_picture(picture, ids) for picture in self.behind.get(index, ())]


def _picture(picture: Pictured, ids: set[str]) -> BookBlock:
    if picture.parts_scenes:
        return SceneBreak()
    name = _id(None, f"fig {PurePosixPath(picture.image).stem}", ids)
    return Figure(picture.image, picture.alt, (), name)


def _chapter(
    galley: Galley,
    part: Sequence[int],
    stem: str,
    ids: set[str],
    book_title: str,
    album: _Album,
    notes: _Notes,
    first: bool,
) -> tuple[Chapter, list[int]]:
    blocks = galley.blocks
    labels = [i for i in part if blocks[i].role is Role.LABEL]
    titles = [i for i in part if blocks[i].role is Role.TITLE]
    rest = [i for i in part if i not in labels and i not in titles]
    if labels and not titles:
        raise ConfigError(
            f"the label “{blocks[labels[0]].text}” has no title",
            hint="Give the block of its title role = “title” in layout.toml, next to it.",
            place=galley.place_at(blocks[labels[0]], 0),
        )
    head = blocks[titles[0]] if titles else None
    title = head.text if head else book_title
    kind = ChapterRole(head.attribute("kind", "chapter") if head else "chapter")
    identity = _id(head, title, ids)
    name = f"{stem}-{slug(identity)}.md"
    made: list[BookBlock] = []
    for i in (*[-1] * first, *labels, *titles):
        made += album.after(i, ids)
    groups = with_lists(blocks, grouped(blocks, rest, album.captioned))
    for own in groups:
        said = [notes.inlines(blocks[i].text, i) for i in own]
        written = [blocks[i] for i in own]
        if is_item(written[0]):
            made += lists_of(written, said)
        else:
            picture = album.captioned.get(own[0])
            made.append(table_of(written, said) or _block(written[0], ids, picture, said[0]))
        for i in own:
            made += album.after(i, ids)
    rest = [i for own in groups for i in own]
    label = " ".join(blocks[i].text for i in labels)
    chapter = Chapter(name, identity, (Text(title),), _whole_quotes(made), kind, label)
    return chapter, [*labels, *titles, *(own for i in rest for own in (i, *notes.of_block(i)))]


def _whole_quotes(blocks: Sequence[BookBlock]) -> tuple[BookBlock, ...]:
    """The blocks; quotations one under another are one, such as a letter."""
    out: list[BookBlock] = []
    for block in blocks:
        before = out[-1] if out else None
        if isinstance(block, Quote) and isinstance(before, Quote):
            out[-1] = Quote((*before.blocks, *block.blocks))
        else:
            out.append(block)
    return tuple(out)


@dataclass(frozen=True)
class _Notes:
    """The notes that something calls for: for each block that calls, (where in its text, the
    block of the note, its text), in order."""

    calls: Mapping[int, Sequence[tuple[int, int, str]]]

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> _Notes:
        calls: dict[int, list[tuple[int, int, str]]] = {}
        for index, block in enumerate(blocks):
            called = block.attribute("called")
            if called and block.text.strip():
                own, depth, at = map(int, called.split(":"))
                for layer in blocks[own].layers[depth:]:  # what was corrected since
                    at = layer.above(at)
                calls.setdefault(own, []).append((at, index, block.text))
        return cls({own: sorted(found) for own, found in calls.items() if blocks[own].text.strip()})

    def __contains__(self, index: int) -> bool:
        return index in self._blocks

    @cached_property
    def _blocks(self) -> frozenset[int]:
        return frozenset(note for found in self.calls.values() for _, note, _ in found)

    def of_block(self, index: int) -> list[int]:
        """The blocks of the notes that a block calls for."""
        return [note for _, note, _ in self.calls.get(index, ())]

    def inlines(self, text: str, index: int) -> tuple[Inline, ...]:
        """A block's text with its notes where they are called for."""
        out: list[Inline] = []
        done = 0
        for at, _, note in self.calls.get(index, ()):
            out += [Text(text[done:at])] * (at > done)
            out.append(Note((Paragraph((Text(note),)),)))
            done = at
        return (*out, *[Text(text[done:])] * (done < len(text) or not out))


def _block(
    block: Block, ids: set[str], picture: Pictured | None, text: tuple[Inline, ...]
) -> BookBlock:
    if block.role in _PARAGRAPHS:
        return Paragraph(text, _PARAGRAPHS[block.role])
    if block.role is Role.HEADING:
        return Heading(max(2, block.level), text, _id(block, block.text, ids))
    if block.role is Role.CAPTION:
        image = picture.image if picture else block.attribute("image")
        alt = block.attribute("alt") or (picture.alt if picture else "")
        name = _id(block, f"fig {block.text}", ids)
        return Figure(image or f"images/{slug(block.text)}.jpg", alt, text, name)
    if block.role is Role.QUOTE:
        return Quote((Paragraph(text),))
    return Verse(tuple(_lines(text)))


def _lines(inlines: Sequence[Inline]) -> Iterator[tuple[Inline, ...]]:
    """The lines of verse, each with the notes that it calls for."""
    line: list[Inline] = []
    for node in inlines:
        if not isinstance(node, Text):
            line.append(node)
            continue
        first, *more = node.value.split("\n")
        line.append(Text(first))
        for own in more:
            yield tuple(line)
            line = [Text(own)]
    yield tuple(line)


def _id(block: Block | None, words: str, ids: set[str]) -> str:
    """The id that was decided on, else one of words; `ids` are taken, and it is one of them."""
    decided = block.attribute("id") if block else ""
    name = decided or unique(slug(words), ids)
    ids.add(name)
    return name
