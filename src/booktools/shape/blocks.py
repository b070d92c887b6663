"""Galley → a list of typed blocks, for programs that want no manuscript."""

from __future__ import annotations

import json
from collections.abc import Sequence

from booktools.model.book import Text, inline_text
from booktools.model.galley import Block, Galley, Role
from booktools.shape.lists import dropped
from booktools.shape.tables import cells_of, table_of

# Furniture has no type: it is left out.
_TYPES = {
    Role.TITLE: "heading",
    Role.LABEL: "heading",
    Role.HEADING: "heading",
    Role.PARAGRAPH: "paragraph",
    Role.CAPTION: "caption",
    Role.NOTE: "footnote",
    Role.VERSE: "verse",
    Role.QUOTE: "blockquote",
    Role.LIST: "list",
    Role.TABLE: "table",
    Role.DATELINE: "paragraph",
    Role.SIGNATURE: "paragraph",
    Role.DECK: "paragraph",
}


def typed_blocks(galley: Galley) -> list[dict[str, str]]:
    """`{"type": …, "text": …}` of each block that has text, in reading order.

    A type is one of heading, paragraph, caption, footnote, verse, blockquote, table, list
    (an item, its mark in front); the lines of verse and the rows of a table are parted by
    newlines, its cells by tabs.
    """
    written = [block for block in galley.blocks if block.role in _TYPES and block.text.strip()]
    out: list[dict[str, str]] = []
    at = 0
    while at < len(written):
        cells = cells_of(written, at)
        text = _rows(cells) if cells else _said(written[at])
        out.append({"type": _TYPES[written[at].role], "text": text})
        at += len(cells) or 1
    return out


def _said(block: Block) -> str:
    mark = dropped(block) if block.role is Role.LIST else ""
    return mark.lstrip() + block.text.strip("\n")


def _rows(cells: Sequence[Block]) -> str:
    table = table_of(cells, [(Text(block.text),) for block in cells])
    rows = table.squared().rows if table else ()
    return "\n".join("\t".join(map(inline_text, row)) for row in rows)


def blocks_json(galley: Galley) -> str:
    """The typed blocks as JSON, one block a line."""
    rows = [json.dumps(block, ensure_ascii=False) for block in typed_blocks(galley)]
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"
