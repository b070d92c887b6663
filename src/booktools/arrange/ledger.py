"""`layout.toml` → `Layout`."""

from __future__ import annotations

import re

from booktools.arrange.layout import BlockDecision, Break, Join, Layout
from booktools.model.galley import Role
from booktools.model.toml import Document, Path, known, read, take, take_choice

_ROLES = tuple(role.value for role in Role if role is not Role.NOTE)
_BLOCK_KEYS = (
    "lines", "text", "role", "level", "before", "after", "kind", "id", "image", "alt", "why"
)  # fmt: skip
_LINES = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


def parse_layout(text: str, file: str) -> Layout:
    """Read the reviewed decisions.  Raises ConfigError with the line of what is wrong."""
    document = read(text, file)
    known(document, (), ("block", "join", "break"))
    blocks = tuple(_block(document, path) for path in document.items(("block",)))
    joins = []
    for path in document.items(("join",)):
        known(document, path, ("line", "with", "why"))
        line, goes_on = _line(document, (*path, "line")), _line(document, (*path, "with"))
        take(document, (*path, "why"), str)
        joins.append(Join(line, goes_on, document.place(path)))
    breaks = []
    for path in document.items(("break",)):
        known(document, path, ("line", "why"))
        take(document, (*path, "why"), str)
        breaks.append(Break(_line(document, (*path, "line")), document.place(path)))
    return Layout(blocks, tuple(joins), tuple(breaks))


def _line(document: Document, path: Path) -> int:
    line = take(document, path, int)
    if line < 1:
        raise document.fault(path, f"{line} is not a line", "Lines count from 1.")
    return line


def _block(document: Document, path: Path) -> BlockDecision:
    known(document, path, _BLOCK_KEYS)
    lines = take(document, (*path, "lines"), str)
    match = _LINES.fullmatch(lines)
    if not match or int(match[2] or match[1]) < int(match[1]) or int(match[1]) < 1:
        raise document.fault(
            (*path, "lines"), f"“{lines}” is no range of lines", 'Write "12" or "12-14".'
        )
    role = Role(take_choice(document, (*path, "role"), _ROLES))
    level = take(document, (*path, "level"), int, 2 if role is Role.HEADING else 0)
    if role is Role.HEADING and not 2 <= level <= 6:
        raise document.fault(
            (*path, "level"), f"a heading's level is 2 to 6, not {level}", "1 is the chapter's."
        )
    if document.has((*path, "before")) and document.has((*path, "after")):
        raise document.fault(path, "both `before` and `after`", "Keep one of them.")
    before = after = 0
    if document.has((*path, "before")):
        before = _line(document, (*path, "before"))
    if document.has((*path, "after")):
        after = _line(document, (*path, "after"))
    take(document, (*path, "why"), str, "")
    attributes = tuple(
        (key, take(document, (*path, key), str))
        for key in ("kind", "id", "image", "alt")
        if document.has((*path, key))
    )
    text = take(document, (*path, "text"), str)
    if not text.strip():
        raise document.fault((*path, "text"), "empty", "Write the first words of the lines.")
    first = int(match[1])
    return BlockDecision(
        first,
        int(match[2] or first),
        text,
        role,
        document.place(path),
        level,
        before,
        after,
        attributes,
    )
