"""Galley → chapters: titles, labels, levels, ids and figures are settled here, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from booktools.errors import ConfigError
from booktools.model.book import (
    BookBlock,
    Chapter,
    ChapterRole,
    Figure,
    Heading,
    Paragraph,
    ParagraphRole,
    Quote,
    Text,
    Verse,
)
from booktools.model.galley import Block, Galley, Role
from booktools.model.slug import slug, unique

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


def shape(galley: Galley, title: str) -> Shaped:
    """Chapters of the galley's blocks; text before the first title makes a chapter `title`.

    Raises ConfigError for a label without a title.
    """
    every = parts(galley.blocks)
    ids = {block.attribute("id") for block in galley.blocks}  # the decided ones are spoken for
    chapters, order, untitled = [], [], set()
    digits = max(2, len(str(len(every))))  # the files' names sort as the chapters follow
    for number, part in enumerate(every, 1):
        chapter, own = _chapter(galley, part, f"{TEXT_FOLDER}/{number:0{digits}}", ids, title)
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


def _chapter(
    galley: Galley, part: Sequence[int], stem: str, ids: set[str], book_title: str
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
    made = tuple(_block(blocks[i], ids) for i in rest)
    label = " ".join(blocks[i].text for i in labels)
    chapter = Chapter(name, identity, (Text(title),), made, kind, label)
    return chapter, [*labels, *titles, *rest]


def _block(block: Block, ids: set[str]) -> BookBlock:
    text = (Text(block.text),)
    if block.role in _PARAGRAPHS:
        return Paragraph(text, _PARAGRAPHS[block.role])
    if block.role is Role.HEADING:
        return Heading(max(2, block.level), text, _id(block, block.text, ids))
    if block.role is Role.CAPTION:
        image = block.attribute("image") or f"images/{slug(block.text)}.jpg"
        name = _id(block, f"fig {block.text}", ids)
        return Figure(image, block.attribute("alt"), text, name)
    if block.role is Role.QUOTE:
        return Quote((Paragraph(text),))
    return Verse(tuple((Text(line),) for line in block.text.split("\n")))


def _id(block: Block | None, words: str, ids: set[str]) -> str:
    """The id that was decided on, else one of words; `ids` are taken, and it is one of them."""
    decided = block.attribute("id") if block else ""
    name = decided or unique(slug(words), ids)
    ids.add(name)
    return name
