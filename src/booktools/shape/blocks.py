"""Galley → a list of typed blocks, for programs that want no manuscript."""

from __future__ import annotations

import json

from booktools.model.galley import Galley, Role

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
    Role.DATELINE: "paragraph",
    Role.SIGNATURE: "paragraph",
    Role.DECK: "paragraph",
}


def typed_blocks(galley: Galley) -> list[dict[str, str]]:
    """`{"type": …, "text": …}` of each block that has text, in reading order.

    A type is one of heading, paragraph, caption, footnote, verse, blockquote; the lines of
    verse are parted by newlines.
    """
    return [
        {"type": _TYPES[block.role], "text": block.text.strip("\n")}
        for block in galley.blocks
        if block.role in _TYPES and block.text.strip()
    ]


def blocks_json(galley: Galley) -> str:
    """The typed blocks as JSON, one block a line."""
    rows = [json.dumps(block, ensure_ascii=False) for block in typed_blocks(galley)]
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"
