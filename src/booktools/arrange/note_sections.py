"""The notes of a galley that stand under headings of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from booktools.arrange.endnotes import is_head, may_announce
from booktools.model.galley import Galley, Role

_HEADS = (Role.TITLE, Role.LABEL, Role.HEADING)


@dataclass(frozen=True)
class NoteSection:
    """Blocks by index: a heading that announces notes, those of the chapters below it, and the
    notes."""

    heads: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)


def note_sections(galley: Galley) -> list[NoteSection]:
    """The sections of notes, in the order of the source; a section ends with other text."""
    if not may_announce(galley.source.text):
        return []
    rows = sorted((b.pieces[0].start, i) for i, b in enumerate(galley.blocks) if b.pieces)
    found: list[NoteSection] = []
    heads: list[int] = []  # headings with no note below them yet
    under = False
    for _, index in rows:
        block = galley.blocks[index]
        if is_head(block.text):
            found.append(NoteSection())
            heads, under = [index], True
        elif not under or block.role is Role.FURNITURE or not block.text.strip():
            continue
        elif block.role in _HEADS:
            heads.append(index)
        elif block.role is Role.NOTE:
            found[-1].heads.extend(heads)
            found[-1].notes.append(index)
            heads = []
        else:
            under = False
    return [section for section in found if section.notes]


def emptied(sections: Sequence[NoteSection], linked: Collection[int]) -> list[int]:
    """The headings of sections of which every note is called for elsewhere."""
    return [
        head
        for section in sections
        if all(note in linked for note in section.notes)
        for head in section.heads
    ]
