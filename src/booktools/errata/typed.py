"""The running text of a plain-text edition, for comparing it word by word."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from booktools.errata.line import Line
from booktools.model.place import Place

_PICTURE = "[Illustration"
_NOTE = re.compile(r"\s*\[\d{1,4}\] ")  # begins a note
_GAP = 2  # empty lines that end the notes of a chapter
_MARKS = re.compile(
    r"(?<![^\W_])[_=](?=\S)|(?<=\S)[_=](?![^\W_])|\[\d{1,4}\]|\[Illustration(?:: )?"
)
_EARLY = 200  # blocks of lines among which a table of contents is looked for
_LISTED = 0.8  # of its entries stand in the text as titles
_TITLE = 4  # lines of a title, at most


def typed_lines(text: str, name: str) -> Iterator[Line]:
    """The lines, notes and the table of contents told apart, without marks of emphasis and calls
    of notes."""
    lines = text.split("\n")
    contents = _contents(lines)
    caption = note = False  # each may go over several lines
    empty = 0
    for number, line in enumerate(lines, 1):
        note = bool((note and empty < _GAP) or (empty and _NOTE.match(line)))
        empty = 0 if line.strip() else empty + 1
        caption = bool(line.strip()) and (caption or line.lstrip().startswith(_PICTURE))
        plain = _MARKS.sub("", line)
        if caption and plain.endswith("]"):
            plain, caption = plain[:-1], False
        listed = number - 1 in contents
        yield Line(plain, Place(name, number), not listed, note and not listed, listed)


def _contents(lines: Sequence[str]) -> range:
    """The lines of the table of contents with its title: a block whose lines stand further on as
    titles, by themselves or two of them together (`Chapter 1`, `The Quay`)."""
    blocks = list(_blocks(lines))
    short = [_letters(lines[own.start : own.stop]) if len(own) <= _TITLE else "" for own in blocks]
    last = {title: at for at, title in enumerate(short)}  # where it stands last
    pairs = enumerate(itertools.pairwise(short))
    last |= {one + two: at for at, (one, two) in pairs if one and two}
    for number, block in enumerate(blocks[:_EARLY]):
        entries = _entries(lines[block.start : block.stop])
        found = sum(last.get(entry, 0) > number for entry in entries)
        if len(entries) > 1 and found >= _LISTED * len(entries):
            before = blocks[number - 1] if number else block
            return range(before.start if len(before) == 1 else block.start, block.stop)
    return range(0)


def _blocks(lines: Sequence[str]) -> Iterator[range]:
    """Lines without an empty one between them."""
    start = None
    for at, line in enumerate([*lines, ""]):
        if line.strip():
            start = at if start is None else start
        elif start is not None:
            yield range(start, at)
            start = None


def _entries(lines: Sequence[str]) -> list[str]:
    """The letters of each entry; a line that stands further in goes on with the one before."""
    edge = min(len(line) - len(line.lstrip()) for line in lines)
    out: list[str] = []
    for line in lines:
        if out and len(line) - len(line.lstrip()) > edge:
            out[-1] += _letters([line])
        else:
            out.append(_letters([line]))
    return out


def _letters(lines: Iterable[str]) -> str:
    return "".join(char for line in lines for char in line.casefold() if char.isalnum())
