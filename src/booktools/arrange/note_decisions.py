"""Reviewed decisions on notes and their calls, found in the galley."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from booktools.arrange.called import CALLING, MARK_AT_END, Call, Look, plain, today
from booktools.arrange.layout import Layout, NoteDecision
from booktools.arrange.lines import LineNames
from booktools.errors import ConfigError
from booktools.model.galley import Block, Galley, Role
from booktools.model.place import Span


@dataclass(frozen=True, slots=True)
class Told:
    """What people have said: the galley in which their notes are notes, the call of each (by
    block; nothing calls for some), and figures that are no calls."""

    galley: Galley
    calls: dict[int, Call | None]
    text: tuple[Call, ...] = ()


def told(galley: Galley, layout: Layout) -> Told:
    """The decisions on notes, applied.

    Raises ConfigError for one whose note or call is not where it says, and for two on one note.
    """
    if not layout.notes:
        return Told(galley, {})
    names = LineNames.of(galley.source)
    starts = [0, *(match.end() for match in re.finditer("\n", galley.source.text))]
    blocks = list(galley.blocks)
    calls: dict[int, Call | None] = {}
    text: list[Call] = []
    for decision in names.counted(layout).notes:
        call = _call(galley, starts, decision, names) if decision.called else None
        if not decision.line:
            assert call is not None  # the ledger takes no other
            text.append(call)
            continue
        note = _block(galley, starts, decision, names)
        if note in calls or (call and note == call.block):
            raise ConfigError(
                f"the note on line {names.name(decision.line)} "
                + ("is decided twice" if note in calls else "would call for itself"),
                hint="Keep one [[note]] for each note, with the line of its call in the text.",
                place=decision.place,
            )
        calls[note] = call
        if call:
            blocks[note] = replace(blocks[note], role=Role.NOTE)
    return Told(replace(galley, blocks=tuple(blocks)), calls, tuple(text))


def _line(starts: Sequence[int], text: str, line: int) -> Span:
    """The characters of a line of the source; none where it has no such line."""
    if line > len(starts):
        return Span(len(text), len(text))
    return Span(starts[line - 1], starts[line] if line < len(starts) else len(text))


def _block(galley: Galley, starts: Sequence[int], decision: NoteDecision, names: LineNames) -> int:
    """The block that begins on the decision's line."""
    span = _line(starts, galley.source.text, decision.line)
    for index, block in enumerate(galley.blocks):
        if block.role is Role.FURNITURE or not block.text.strip():
            continue
        blanks = len(block.raw) - len(block.raw.lstrip())
        if span.start <= block.source_offset(blanks) < span.end:
            return index
    raise ConfigError(
        f"no note begins on line {names.name(decision.line)}",
        hint="Name the line on which the note begins; a [[break]] for the line above parts it.",
        place=decision.place,
    )


def _call(galley: Galley, starts: Sequence[int], decision: NoteDecision, names: LineNames) -> Call:
    """The call that the decision names."""
    source = galley.source.text
    span = _line(starts, source, decision.called)
    count = source.count(decision.call, span.start, span.end)
    sign = MARK_AT_END.search(decision.call)
    if count == 1 and sign:
        start = source.index(decision.call, span.start) + sign.start()
        for index, block in enumerate(galley.blocks):
            if block.role in CALLING and _has(block, start):
                at = today(block, start)
                if block.text[at : at + len(sign[0])] == sign[0]:
                    return Call(index, at, at + len(sign[0]), plain(sign[0]), Look.CLEAR)
    wrong = "ends with no mark" if not sign else f"stands there {count} times"
    raise ConfigError(
        f"“{decision.call}” is no call on line {names.name(decision.called)}: it "
        + (wrong if count != 1 or not sign else "is no part of the running text"),
        hint="Write the mark with what stands before it, as the source has it: “bell12”.",
        place=decision.place,
    )


def _has(block: Block, offset: int) -> bool:
    return any(piece.start <= offset < piece.end for piece in block.pieces)
