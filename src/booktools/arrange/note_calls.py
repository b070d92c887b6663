"""What calls for notes, each call led to its note.

Print shows what is raised; in a text dump figures and signs that stand as calls do may be calls,
and the notes' numbers, which follow one another as their calls do, tell which of them are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from booktools.arrange.called import (
    RAISED,
    SIGNS,
    Call,
    Look,
    plain,
    printed_calls,
    written_calls,
)
from booktools.arrange.layout import Layout
from booktools.arrange.lines import LineNames
from booktools.arrange.note_decisions import told
from booktools.arrange.note_pairs import Note, NotePairs
from booktools.arrange.note_questions import NoteQuestions
from booktools.arrange.note_sections import emptied, note_sections
from booktools.model.finding import Finding
from booktools.model.galley import Edit, Galley, Role
from booktools.model.place import Span

RULE = "note-marks"
CALLED = "called"  # of a note's block: the block that calls for it, and where in its text

_NOTE = re.compile(
    rf"\s*(?:[\[(]\d{{1,3}}[\])]|\d{{1,3}}(?:[.):]|(?!\d|[^\W\d_A-Z]*\d|[a-zß-öø-ÿ]))"
    rf"|[\[(]?[{SIGNS}]{{1,3}}[\])]?|[{RAISED}]{{1,3}}[.):]?)\s*(?=\S)"
)
_MARK = re.compile(rf"\d{{1,3}}|[{SIGNS}]{{1,3}}|[{RAISED}]{{1,3}}")
NO_DECISIONS = Layout()
# So many figures in a row that look like calls, from 1 on, are no accident.
_IN_A_ROW = 4


@dataclass(frozen=True)
class Linked:
    """The galley in which notes know what calls for them, and what a person should say."""

    galley: Galley
    findings: tuple[Finding, ...] = ()


def link_notes(
    galley: Galley, raised: Sequence[Span] | None, layout: Layout = NO_DECISIONS
) -> Linked:
    """The galley in which notes know what calls for them, the marks of both taken away.

    `raised` are the raised figures of printed pages (`called.raised_figures`), nothing for a dump;
    where they call for no note, as where a font draws small figures itself, the text tells.
    A call stands on its note's page or the one before, each in the order of the notes, and looks
    like one; where two would do, or what there is does not look like one, all stays as it is and
    is asked about.  Each mark that goes is an edit `note-marks` with the reason.
    Raises ConfigError for a decision on a note or call that is not where it says.
    """
    said = told(galley, layout)
    galley = said.galley
    notes = [note for note in _notes(galley) if note.block not in said.calls]
    if not notes and not said.calls:
        return Linked(galley, tuple(_without_notes(galley) if raised is None else ()))
    marks = {mark for note in notes for mark in (note.mark, str(note.number + 1))}
    found = list(printed_calls(galley, raised or ()))
    if not any(call.mark in marks for call in found):  # a font has its own raised figures
        found = list(written_calls(galley, marks))
    settled = {(c.block, c.start) for c in (*said.calls.values(), *said.text) if c}
    sections = note_sections(galley)
    ended = frozenset(note for section in sections for note in section.notes)
    free = [call for call in found if (call.block, call.start) not in settled]
    pairs = NotePairs(galley, notes, free, ended)
    linked = {notes[rank].block: call for rank, call in pairs.linked().items()}
    asked = _questions(galley, notes, pairs, linked)
    reviewed = {block: call for block, call in said.calls.items() if call}
    heads = emptied(sections, {**linked, **reviewed})
    return Linked(_edited(galley, linked, reviewed, heads), tuple(asked))


def _notes(galley: Galley) -> list[Note]:
    """The notes that begin with a mark, in the order of the source."""
    found = []
    for index, block in enumerate(galley.blocks):
        match = _NOTE.match(block.text) if block.role is Role.NOTE else None
        mark = _MARK.search(match[0]) if match else None
        if mark:
            found.append(Note(index, plain(mark[0]), block.pieces[0].start))
    return sorted(found, key=lambda note: note.start)


def _questions(
    galley: Galley, notes: Sequence[Note], pairs: NotePairs, linked: Mapping[int, Call]
) -> Iterator[Finding]:
    """What to ask of notes that have no call for sure, and of calls without notes."""
    ask = NoteQuestions(galley, LineNames.of(galley.source))
    left = [rank for rank, note in enumerate(notes) if note.block not in linked]
    if not pairs.readable and len(left) >= _IN_A_ROW:
        yield ask.unread(notes[left[0]].block, len(left))
        return
    for rank in left:
        yield ask.uncalled(notes[rank].block, pairs.offers(rank))
    yield from map(ask.unanswered, pairs.gaps())


def _without_notes(galley: Galley) -> Iterator[Finding]:
    """A question about figures that look like calls and count on, where there are no notes."""
    row: list[Call] = []
    longest = row
    for mark in ({"1"}, {str(number) for number in range(1, 1000)}):
        row = []
        for call in written_calls(galley, mark):
            if call.look >= Look.GLUED and call.mark in ("1", str(len(row) + 1)):
                row = [call] if call.mark == "1" else [*row, call]
                longest = max(longest, row, key=len)
        if not longest:
            return
    if len(longest) >= _IN_A_ROW:
        names = LineNames.of(galley.source)
        yield NoteQuestions(galley, names).unanswered(longest[0], len(longest))


def _edited(
    galley: Galley,
    linked: Mapping[int, Call],
    reviewed: Mapping[int, Call],
    heads: Sequence[int],
) -> Galley:
    """The galley without the marks of what is linked and the headings of notes that are all
    called for elsewhere, each note told its call."""
    edits: dict[int, list[Edit]] = defaultdict(list)
    every = {note: _whole(galley, call) for note, call in {**linked, **reviewed}.items()}
    for note, call in every.items():
        for index, start, end, why in (
            (call.block, call.start, call.end, "calls for the note that begins with it"),
            (note, 0, _begins(galley.blocks[note].text), "is called for in the text"),
        ):
            sign = galley.blocks[index].text[start:end]
            why = "reviewed" if note in reviewed else f"“{call.mark}” {why}"
            if sign:
                edits[index].append(Edit(Span(start, end), sign, "", RULE, evidence=why))
    for index in heads:
        text = galley.blocks[index].text
        why = "the notes below it are called for in the text"
        edits[index].append(Edit(Span(0, len(text)), text, "", RULE, evidence=why))
    blocks = list(galley.blocks)
    for index, made in edits.items():
        blocks[index] = blocks[index].edited(made)
    for note, call in every.items():
        after = blocks[call.block].layers[-1].above(call.start)
        mark = (CALLED, f"{call.block}:{len(blocks[call.block].layers)}:{after}")
        blocks[note] = replace(blocks[note], attributes=(*blocks[note].attributes, mark))
    return replace(galley, blocks=tuple(blocks))


def _whole(galley: Galley, call: Call) -> Call:
    """A call with the blank that parts it from its word."""
    apart = galley.blocks[call.block].text[call.start - 1] == " "
    return replace(call, start=call.start - 1) if apart else call


def _begins(text: str) -> int:
    """Where the text of a note begins behind its mark."""
    match = _NOTE.match(text)
    return match.end() if match else 0
