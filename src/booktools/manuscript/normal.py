"""The one normal form of a tree: what the Markdown of a manuscript can hold, and no more.

The law of the room is stated with it: for every chapter that can be written,
`normalised(parse(write(chapter))) == normalised(chapter)`, and writing what was read
gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

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

_BLANKS = re.compile("[ \t\n\r\f\v\x85\u2028\u2029]+")
_UNSAFE_IN_TARGET = re.compile(r"[\s<>|\"{}\[\]^`\\]")


def normalised(chapter: Chapter) -> Chapter:
    """The chapter in its normal form.

    - Runs of blanks and line ends are one space; neighbouring texts are one text.
    - Spaces and line breaks at the ends of a paragraph, heading, caption or line of verse,
      and spaces round a line break, go; at the ends of an inline they move out of it.
    - What is empty goes: texts, inlines, notes, paragraphs, quotations, items, lists, and
      the empty lines at the ends of a verse.
    - Every row of a table has as many cells as the longest; what is empty goes here, too: rows,
      and columns.  Where nothing but head rows is left, there are none; without any cells the
      caption is a paragraph.
    - An alternative text that only repeats the caption is empty.
    - Blanks and delimiters in the target of a link are percent-encoded.
    """
    return replace(
        chapter,
        title=_run(chapter.title),
        blocks=_blocks(chapter.blocks),
        label=one_line(chapter.label),
    )


def one_line(text: str) -> str:
    """The text with runs of blanks as one space, none at its ends."""
    return _BLANKS.sub(" ", text).strip(" ")


def target_quoted(target: str) -> str:
    """The target of a link with blanks and delimiters percent-encoded."""
    return _UNSAFE_IN_TARGET.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), target
    )


# --- blocks ------------------------------------------------------------------------------


def _blocks(blocks: Iterable[BookBlock]) -> tuple[BookBlock, ...]:
    return tuple(tidy for block in blocks if (tidy := _block(block)) is not None)


def _block(block: BookBlock) -> BookBlock | None:
    """The block in its normal form, None when nothing is left of it."""
    match block:
        case Paragraph():
            inlines = _run(block.inlines)
            return replace(block, inlines=inlines) if inlines else None
        case Heading():
            return replace(block, inlines=_run(block.inlines))
        case Figure():
            caption = _run(block.caption)
            alt = one_line(block.alt)
            repeated = alt == one_line(inline_text(caption))
            return replace(block, caption=caption, alt="" if repeated else alt)
        case Quote():
            blocks = _blocks(block.blocks)
            return Quote(blocks) if blocks else None
        case Verse():
            lines = [_run(line) for line in block.lines]
            while lines and not lines[0]:
                del lines[0]
            while lines and not lines[-1]:
                del lines[-1]
            return Verse(tuple(lines)) if lines else None
        case Listing():
            items = tuple(tidy for item in block.items if (tidy := _blocks(item)))
            start = block.start if block.ordered else 1
            return replace(block, items=items, start=start) if items else None
        case Table():
            return _table(block)
        case SceneBreak():
            return block


def _table(table: Table) -> BookBlock | None:
    caption = _run(table.caption)
    square = table.squared()
    rows = [tuple(_run(cell) for cell in row) for row in square.rows]
    kept = [index for index, row in enumerate(rows) if any(row)]
    wide = [rows[index] for index in kept]
    filled = [column for column in range(len(square.aligns)) if any(row[column] for row in wide)]
    if not filled:
        return Paragraph(caption) if caption else None
    heads = sum(index < table.heads for index in kept)
    return Table(
        tuple(tuple(row[column] for column in filled) for row in wide),
        heads if heads < len(wide) else 0,
        tuple(square.aligns[column] for column in filled),
        caption,
    )


# --- inlines -----------------------------------------------------------------------------


def _run(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """A paragraph's inlines: hoisted, joined, without blanks at the ends."""
    _, core, _ = _peeled(_joined(_hoisted(inlines)))
    return tuple(core)


def _hoisted(inlines: Iterable[Inline]) -> list[Inline]:
    """Every inline with the blanks at its ends moved out of it."""
    out: list[Inline] = []
    for node in inlines:
        match node:
            case Text():
                out.append(replace(node, value=_BLANKS.sub(" ", node.value)))
            case LineBreak():
                out.append(node)
            case Note():
                if blocks := _blocks(node.blocks):
                    out.append(Note(blocks))
            case _:
                lead, core, trail = _peeled(_joined(_hoisted(node.children)))
                out += lead
                if core:
                    inner = replace(node, children=tuple(core))
                    if isinstance(inner, Link):
                        inner = replace(inner, target=target_quoted(inner.target))
                    out.append(inner)
                out += trail
    return out


def _joined(inlines: Iterable[Inline]) -> list[Inline]:
    """Neighbouring texts as one, no double spaces, no space beside a line break."""
    out: list[Inline] = []
    for node in inlines:
        last = out[-1] if out else None
        if isinstance(node, Text):
            if isinstance(last, Text):
                node = Text(_BLANKS.sub(" ", last.value + node.value), last.line)
                out.pop()
            elif isinstance(last, LineBreak):
                node = replace(node, value=node.value.lstrip(" "))
            if node.value:
                out.append(node)
        else:
            if isinstance(node, LineBreak) and isinstance(last, Text):
                out.pop()
                if kept := last.value.rstrip(" "):
                    out.append(replace(last, value=kept))
            out.append(node)
    return out


def _peeled(inlines: list[Inline]) -> tuple[list[Inline], list[Inline], list[Inline]]:
    """Leading blanks and breaks, the rest, trailing blanks and breaks."""
    core = list(inlines)
    lead: list[Inline] = []
    trail: list[Inline] = []
    while core:
        first = core[0]
        if isinstance(first, LineBreak):
            lead.append(core.pop(0))
        elif isinstance(first, Text) and first.value[:1] == " ":
            lead.append(Text(" ", first.line))
            kept = first.value.lstrip(" ")
            core[0:1] = [replace(first, value=kept)] if kept else []
        else:
            break
    while core:
        last = core[-1]
        if isinstance(last, LineBreak):
            trail.insert(0, core.pop())
        elif isinstance(last, Text) and last.value[-1:] == " ":
            trail.insert(0, Text(" ", last.line))
            kept = last.value.rstrip(" ")
            core[-1:] = [replace(last, value=kept)] if kept else []
        else:
            break
    return lead, core, trail
