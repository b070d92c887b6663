"""What a person should say of notes without calls, and of calls without notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from booktools.arrange.called import Call
from booktools.arrange.lines import LineNames
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley

_CONTEXT = 32
_LONGEST = 80


@dataclass(frozen=True)
class NoteQuestions:
    """Findings on the notes of a galley; `names` are those of its lines."""

    galley: Galley
    names: LineNames

    def uncalled(self, block: int, offers: Sequence[Call]) -> Finding:
        """A note that has no call, or none for sure; `offers` may be calls for it."""
        line = self._line(block, 0)
        lines = ", ".join(self.names.name(self._line(c.block, c.start)) for c in offers[:4])
        said = [f"“{self._call(call)}”" for call in offers[:1]]
        message = (
            "a note that nothing calls for"
            if not offers
            else f"a note whose call is not sure: {said[0]} on line {lines}?"
            if len(offers) == 1
            else f"a note that more than one figure may call for, on lines {lines}"
        )
        fix = (
            f"Add a [[note]] to layout.toml: {self.names.keys(('line', line))}, called = the line "
            "of its call, call = the mark with its word, and why; without a call it stays a "
            "paragraph."
        )
        return self._finding("LAY010", block, 0, message, fix, self._entry(line, *offers[:1]))

    def unread(self, block: int, count: int) -> Finding:
        """Notes of a source in which most calls cannot be read; the first of them, how many."""
        line = self._line(block, 0)
        message = f"{count} notes, and most of their calls cannot be read: they stay paragraphs"
        fix = (
            "Add a [[note]] to layout.toml for each: its line, called = the line of its call, "
            "call = the mark with its word, and why."
        )
        return self._finding("LAY010", block, 0, message, fix, self._entry(line))

    def unanswered(self, call: Call, count: int = 1) -> Finding:
        """A call to which no note belongs, or as many of them from this one on."""
        line = self._line(call.block, call.start)
        message = f"“{self._call(call)}” looks like the call for a note, and there is none"
        if count > 1:
            message = (
                f"{count} figures in a row, from “{self._call(call)}” on, look like calls for "
                "notes, and there are none"
            )
        fix = (
            f"Add a [[note]] to layout.toml: {self.names.keys(('called', line))}, "
            f'call = "{_quoted(self._call(call))}", line = the line of the note, and why; without '
            "a line it is a figure of the text."
        )
        return self._finding("LAY011", call.block, call.start, message, fix, self._entry(0, call))

    def _entry(self, line: int, *calls: Call) -> str:
        keys = [("line", line)] if line else []
        keys += [("called", self._line(call.block, call.start)) for call in calls]
        rows = self.names.keys(*keys).split(", ")
        rows += [f'call = "{_quoted(self._call(call))}"' for call in calls]
        return "\n".join(["[[note]]", *rows, 'why = ""'])

    def _line(self, block: int, at: int) -> int:
        """The line of a place, counted through all sources."""
        own = self.galley.blocks[block]
        at += len(own.text[at:]) - len(own.text[at:].lstrip())
        return self.galley.source.text.count("\n", 0, own.raw_offset(at)) + 1

    def _call(self, call: Call) -> str:
        """A call with so much of its line before it that it stands there once."""
        text = self.galley.source.text
        block = self.galley.blocks[call.block]
        end = block.raw_offset(call.end - 1) + 1
        first = text.rfind("\n", 0, end) + 1
        last = text.find("\n", end)
        line = text[first : last if last >= 0 else len(text)]
        words = line[: end - first].split(" ")
        for count in range(1, len(words) + 1):
            said = " ".join(words[-count:])
            if line.count(said) == 1 and len(said) > call.end - call.start:
                return said
        return line[: end - first]

    def _finding(
        self, code: str, block: int, at: int, message: str, fix: str, entry: str
    ) -> Finding:
        own = self.galley.blocks[block]
        text = " ".join(own.text.split()) if not at else own.text[max(0, at - 30) : at + 30]
        return Finding(
            code,
            Severity.WARNING,
            message,
            self.galley.place_at(own, at),
            text if len(text) <= _LONGEST else f"{text[:76]} …",
            fix,
            before=own.text[max(0, at - _CONTEXT) : at],
            after=own.text[at : at + _CONTEXT],
            entry=entry,
        )


def _quoted(text: str) -> str:
    """In a form that TOML takes."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return shown.replace("\\", "\\\\").replace('"', '\\"')
