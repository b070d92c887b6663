"""`layout.toml` → `Layout`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from booktools.arrange.layout import (
    BlockDecision,
    Break,
    Join,
    Layout,
    NoteDecision,
    PictureDecision,
)
from booktools.model.book import ChapterRole
from booktools.model.galley import Role
from booktools.model.toml import Document, Path, known, read, take, take_choice

_ROLES = tuple(role.value for role in Role if role is not Role.NOTE)
_BLOCK_KEYS = (
    *("file", "lines", "text", "role", "level", "before", "after", "kind", "id", "image", "alt"),
    *("columns", "why"),
)
# Only these roles have these keys.
_ONLY = {
    "level": (Role.HEADING,),
    "kind": (Role.TITLE,),
    "id": (Role.TITLE, Role.HEADING, Role.CAPTION),
    "image": (Role.CAPTION,),
    "alt": (Role.CAPTION,),
    "columns": (Role.TABLE,),
}
_MOST_COLUMNS = 100
_KINDS = tuple(kind.value for kind in ChapterRole)
_ID = re.compile(r"[^\W\d][\w.\-]*")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_LINES = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


def parse_layout(text: str, file: str) -> Layout:
    """Read the reviewed decisions.  Raises ConfigError with the line of what is wrong."""
    document = read(text, file)
    known(document, (), ("block", "join", "break", "picture", "note"))
    paths = document.items(("block",))
    blocks = tuple(_block(document, path) for path in paths)
    _refuse_twins(document, paths, blocks)
    joins = []
    for path in document.items(("join",)):
        known(document, path, ("file", "line", "with", "why"))
        line, goes_on = _line(document, (*path, "line")), _line(document, (*path, "with"))
        take(document, (*path, "why"), str)
        file = take(document, (*path, "file"), str, "")
        joins.append(Join(line, goes_on, document.place(path), file))
    breaks = []
    for path in document.items(("break",)):
        known(document, path, ("file", "line", "why"))
        take(document, (*path, "why"), str)
        file = take(document, (*path, "file"), str, "")
        breaks.append(Break(_line(document, (*path, "line")), document.place(path), file))
    pictures = tuple(_picture(document, path) for path in document.items(("picture",)))
    notes = tuple(_note(document, path) for path in document.items(("note",)))
    return Layout(blocks, tuple(joins), tuple(breaks), pictures, notes)


def _note(document: Document, path: Path) -> NoteDecision:
    known(document, path, ("file", "line", "called", "call", "why"))
    take(document, (*path, "why"), str)
    line, called = (
        _line(document, (*path, key)) if document.has((*path, key)) else 0
        for key in ("line", "called")
    )
    call = take(document, (*path, "call"), str, "").strip()
    if bool(called) != bool(call):
        has, lacks = ("called", "call") if called else ("call", "called")
        raise document.fault(
            path,
            f"`{has}` without `{lacks}`",
            "`called` is the line of the call, `call` the mark with its word: “bell12”.",
        )
    if not line and not called:
        raise document.fault(path, "neither a note nor a call", "Name the note’s line in `line`.")
    file = take(document, (*path, "file"), str, "")
    return NoteDecision(line, called, call, document.place(path), file)


def _picture(document: Document, path: Path) -> PictureDecision:
    known(document, path, ("image", "role", "alt", "why"))
    take(document, (*path, "why"), str, "")
    image, alt = take(document, (*path, "image"), str), take(document, (*path, "alt"), str, "")
    _refuse_value(document, (*path, "image"), image)
    _refuse_value(document, (*path, "alt"), alt)
    role = ""
    if document.has((*path, "role")):
        role = take_choice(document, (*path, "role"), ("figure", "furniture"))
    return PictureDecision(image, document.place(path), role, alt)


def _refuse_twins(
    document: Document, paths: Sequence[Path], blocks: Sequence[BlockDecision]
) -> None:
    """Raise ConfigError when two blocks have one id."""
    first: dict[str, BlockDecision] = {}
    for path, block in zip(paths, blocks, strict=True):
        name = dict(block.attributes).get("id", "")
        other = first.setdefault(name, block) if name else block
        if other is not block:
            raise document.fault(
                (*path, "id"),
                f"“{name}” is the id of the block at {other.place} too",
                "Give each an id of its own.",
            )


def _line(document: Document, path: Path) -> int:
    line = take(document, path, int)
    if line < 1:
        raise document.fault(path, f"{line} is not a line", "Lines count from 1.")
    return line


def _block(document: Document, path: Path) -> BlockDecision:
    known(document, path, _BLOCK_KEYS)
    first, last = _range(document, (*path, "lines"))
    role = Role(take_choice(document, (*path, "role"), _ROLES))
    before, after = (
        _line(document, (*path, key)) if document.has((*path, key)) else 0
        for key in ("before", "after")
    )
    if before and after:
        raise document.fault(path, "both `before` and `after`", "Keep one of them.")
    take(document, (*path, "why"), str, "")
    text = take(document, (*path, "text"), str)
    if not text.strip():
        raise document.fault((*path, "text"), "empty", "Write the first words of the lines.")
    level, attributes = _attributes(document, path, role)
    place, file = document.place(path), take(document, (*path, "file"), str, "")
    return BlockDecision(first, last, text, role, place, level, before, after, attributes, file)


def _range(document: Document, path: Path) -> tuple[int, int]:
    lines = take(document, path, str)
    match = _LINES.fullmatch(lines)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        raise document.fault(path, f"“{lines}” is no range of lines", 'Write "12" or "12-14".')
    return first, last


def _attributes(
    document: Document, path: Path, role: Role
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """A heading's level, and what else only some roles have."""
    for key, roles in _ONLY.items():
        if document.has((*path, key)) and role not in roles:
            names = " or a ".join(own.value for own in roles)
            raise document.fault(
                (*path, key), f"a {role.value} has none, only a {names}", "Take the line out."
            )
    level = take(document, (*path, "level"), int, 2) if role is Role.HEADING else 0
    if role is Role.HEADING and not 2 <= level <= 6:
        raise document.fault(
            (*path, "level"), f"a heading's level is 2 to 6, not {level}", "1 is the chapter's."
        )
    if document.has((*path, "kind")):
        take_choice(document, (*path, "kind"), _KINDS)
    values = tuple(
        (key, take(document, (*path, key), str))
        for key in ("kind", "id", "image", "alt")
        if document.has((*path, key))
    )
    if document.has((*path, "columns")):
        columns = take(document, (*path, "columns"), int)
        if not 1 <= columns <= _MOST_COLUMNS:
            raise document.fault(
                (*path, "columns"),
                f"a table of {columns} columns",
                "Say how many cells a row has, where each stands on a line of its own.",
            )
        return level, (("columns", str(columns)),)
    for key, value in values:
        if key == "id" and not _ID.fullmatch(value):
            raise document.fault(
                (*path, key),
                f"“{value}” is no id",
                "Write a letter, then letters, digits, full stops, hyphens and underscores.",
            )
        _refuse_value(document, (*path, key), value)
    return level, values


def _refuse_value(document: Document, path: Path, value: str) -> None:
    """Raise ConfigError for an image elsewhere, and for what cannot be printed."""
    if path[-1] == "image" and not _is_image(value):
        raise document.fault(
            path,
            f"“{value}” is not in images/",
            "Name a file in the project's images/ folder, as in “images/quay.jpg”.",
        )
    if bad := _UNPRINTABLE.search(value):
        raise document.fault(path, f"this holds the character U+{ord(bad[0]):04X}", "Take it out.")


def _is_image(name: str) -> bool:
    parts = name.split("/")
    odd = any(char in "\\:" or ord(char) < 32 for char in name)
    return parts[0] == "images" and len(parts) > 1 and not odd and not {"", ".", ".."} & {*parts}
