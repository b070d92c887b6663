"""The raised figures of printed pages that call for notes, each led to its note."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from booktools.model.galley import Block, Edit, Galley, Role
from booktools.model.page import Pages
from booktools.model.place import Span

RULE = "note-marks"
CALLED = "called"  # of a note's block: the block that calls for it, and where in its text

_CALLING = (
    *(Role.PARAGRAPH, Role.QUOTE, Role.LIST),
    *(Role.DECK, Role.DATELINE, Role.SIGNATURE),
)
# A call, whole: a figure or signs; what its font has raised is a figure, too.
_CALL = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶]{1,3})[\])]?")
_RAISED = re.compile(r"(?<=\S)[¹²³⁰⁴-⁹]{1,3}")
_NOTE = re.compile(r"\s*[\[(]?(\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]{1,3})[\]).:]?\s*(?=\S)")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class _Call:
    """A call: its block and its stretch of the source."""

    block: int
    start: int
    end: int


def link_notes(pages: Pages, galley: Galley) -> Galley:
    """The galley in which the notes of printed pages know what calls for them, the marks of both
    taken away.

    A raised figure is a call where one note of its page, or of the next, has its mark, and no
    other figure there; what is not so sure stays text.  Each call becomes an edit `note-marks`.
    """
    if pages.geometry is None:
        return galley
    calls = _calls(pages, galley)
    notes = _notes(pages, galley)
    taken: set[int] = set()
    edits: dict[int, list[Edit]] = defaultdict(list)
    called: dict[int, tuple[int, int]] = {}
    for (page, mark), own in sorted(notes.items()):
        offers = calls.get((page, mark)) or calls.get((page - 1, mark)) or []
        if len(own) != 1 or len(offers) != 1 or offers[0].start in taken:
            continue
        call, note = offers[0], own[0]
        at = _today(galley.blocks[call.block], call.start)
        text = galley.blocks[call.block].text
        sign = text[at : at + call.end - call.start]
        begins = _NOTE.match(galley.blocks[note].text)
        if sign.translate(_PLAIN).strip("[]()") != mark or begins is None:
            continue
        taken.add(call.start)
        why = "a raised figure, and a note with it at the foot"
        edits[call.block].append(Edit(Span(at, at + len(sign)), sign, "", RULE, evidence=why))
        edits[note].append(Edit(Span(0, begins.end()), begins[0], "", RULE, evidence=why))
        called[note] = call.block, at
    return _linked(galley, edits, called)


def _linked(
    galley: Galley, edits: dict[int, list[Edit]], called: dict[int, tuple[int, int]]
) -> Galley:
    blocks = list(galley.blocks)
    for index, own in edits.items():
        blocks[index] = blocks[index].edited(own)
    for note, (index, at) in called.items():
        after = blocks[index].layers[-1].above(at)
        mark = (CALLED, f"{index}:{len(blocks[index].layers)}:{after}")
        blocks[note] = replace(blocks[note], attributes=(*blocks[note].attributes, mark))
    return replace(galley, blocks=tuple(blocks))


def _calls(pages: Pages, galley: Galley) -> dict[tuple[int, str], list[_Call]]:
    """The raised figures of the running text, by page and mark."""
    assert pages.geometry is not None
    pieces = sorted((p.start, i) for i, block in enumerate(galley.blocks) for p in block.pieces)
    starts = [start for start, _ in pieces]
    found: dict[tuple[int, str], list[_Call]] = defaultdict(list)
    for line, g in zip(pages.lines(), pages.geometry.lines, strict=True):
        if g is None or not line.text:
            continue
        spans = [span for span in g.raised if _CALL.fullmatch(line.text[span[0] : span[1]])]
        spans += [match.span() for match in _RAISED.finditer(line.text)]
        for start, end in spans:
            index = pieces[bisect_right(starts, line.span.start) - 1][1]
            if start and galley.blocks[index].role in _CALLING:
                mark = line.text[start:end].translate(_PLAIN).strip("[]()")
                call = _Call(index, line.span.start + start, line.span.start + end)
                found[line.page, mark].append(call)
    return found


def _notes(pages: Pages, galley: Galley) -> dict[tuple[int, str], list[int]]:
    """The notes by page and mark."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    marks = pages.source.pages
    for index, mark in _marked(galley):
        found[bisect_right(marks, galley.blocks[index].pieces[0].start), mark].append(index)
    return found


def _marked(galley: Galley) -> Iterator[tuple[int, str]]:
    for index, block in enumerate(galley.blocks):
        match = _NOTE.match(block.text) if block.role is Role.NOTE else None
        if match:
            yield index, match[1].translate(_PLAIN)


def _today(block: Block, offset: int) -> int:
    """Where a character of the source stands in a block's text."""
    at = 0
    for piece in block.pieces:
        if piece.start <= offset < piece.end:
            at += offset - piece.start
            break
        at += len(piece)
    for layer in block.layers:
        at = layer.above(at)
    return at
