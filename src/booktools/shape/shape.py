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

    Raises ConfigError for a label without a title, and for a kind of chapter, an image or
    an id that cannot be.
    """
    parts = _parts(galley.blocks)
    ids: set[str] = set()
    chapters, order, untitled = [], [], set()
    for number, part in enumerate(parts, 1):
        chapter, own = _chapter(galley, part, number, ids, title)
        chapters.append(chapter)
        order += own
        if not any(galley.blocks[i].role is Role.TITLE for i in part):
            untitled.add(chapter.id)
    return Shaped(tuple(chapters), tuple(order), frozenset(untitled))


def _parts(blocks: Sequence[Block]) -> list[list[int]]:
    """Indices of the blocks of each chapter; a label before a title goes with the title."""
    parts: list[list[int]] = []
    waiting: list[int] = []
    for index, block in enumerate(blocks):
        if not block.text.strip():
            continue
        if block.role is Role.LABEL:
            waiting.append(index)
        elif block.role is Role.TITLE:
            parts.append([*waiting, index])
            waiting = []
        else:
            if not parts or waiting:
                parts.append([])
            parts[-1] += [*waiting, index]
            waiting = []
    if waiting:
        parts.append(waiting)
    return parts


def _chapter(
    galley: Galley, part: Sequence[int], number: int, ids: set[str], book_title: str
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
    kind = _kind(galley, head)
    identity = unique((head.attribute("id") if head else "") or slug(title), ids)
    ids.add(identity)
    name = f"{TEXT_FOLDER}/{number:02}-{slug(identity)}.md"
    made = tuple(_block(galley, blocks[i], ids) for i in rest)
    label = " ".join(blocks[i].text for i in labels)
    chapter = Chapter(name, identity, (Text(title),), made, kind, label)
    return chapter, [*labels, *titles, *rest]


def _kind(galley: Galley, head: Block | None) -> ChapterRole:
    wanted = head.attribute("kind", "chapter") if head else "chapter"
    try:
        return ChapterRole(wanted)
    except ValueError:
        known = ", ".join(role.value for role in ChapterRole)
        raise ConfigError(
            f"“{wanted}” is no kind of chapter",
            hint=f"kind is one of {known}.",
            place=galley.place_at(head, 0) if head else None,
        ) from None


def _block(galley: Galley, block: Block, ids: set[str]) -> BookBlock:
    text = (Text(block.text),)
    if block.role in _PARAGRAPHS:
        return Paragraph(text, _PARAGRAPHS[block.role])
    identity = unique(block.attribute("id") or slug(block.text), ids)
    match block.role:
        case Role.HEADING:
            ids.add(identity)
            return Heading(max(2, block.level), text, identity)
        case Role.CAPTION:
            identity = unique(block.attribute("id") or slug(f"fig {block.text}"), ids)
            ids.add(identity)
            image = block.attribute("image") or f"images/{slug(block.text)}.jpg"
            return Figure(_image(galley, block, image), block.attribute("alt"), text, identity)
        case Role.QUOTE:
            return Quote((Paragraph(text),))
        case _:
            lines = block.text.split("\n")
            return Verse(tuple((Text(line),) for line in lines))


def _image(galley: Galley, block: Block, image: str) -> str:
    parts = image.split("/")
    if parts[0] != "images" or ".." in parts or "\\" in image or len(parts) < 2:
        raise ConfigError(
            f"the image “{image}” is not in images/",
            hint="Name a file in the project's images/ folder.",
            place=galley.place_at(block, 0),
        )
    return image
