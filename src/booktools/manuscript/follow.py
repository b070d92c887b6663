"""Following pandoc's tree through the manuscript's text.

Pandoc does not say on which line a word stood.  A `Follower` finds each word of the tree
in the text, in order.  Between two words it lets nothing pass but markup, so a word that
pandoc left out is an error with its line, never a loss.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from booktools.errors import ManuscriptError
from booktools.model.place import Place

_WORD = re.compile(r"[^\W_]")
_BLANK_LINE = re.compile(r"[ \t>]*\n")
_FENCE = re.compile(r"[ \t>]*:{3,}[^\n]*(?:\n|$)")
_FENCE_END = re.compile(r"[ \t>]*:{3,}[ \t]*(?:\n|$)")
_HEADING_MARK = re.compile(r"[ \t>]*#{1,6}[ \t]*")
_HEADING_END = re.compile(r"(?:[^\w{\n]|_)*(?:\{(?:\"(?:\\.|[^\"\\])*\"|[^}\"])*\})?[ \t]*(?:\n|$)")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*(?:\n|$)")
_RULE = re.compile(r"[ \t>]*(?:[*_-][ \t]*){3,}(?:\n|$)")
_CAPTION_MARK = re.compile(r"[ \t>]*(?:[Tt]able)?:[ \t]*")
_TABLE_ROW = re.compile(r"[ \t>]*(?!\+[-=])[^\n]*\|")
_EMPTY_ROW = re.compile(r"[ \t>|]*\|[ \t>|]*\n")
_TABLE_RULE = re.compile(r"[ \t>]*[-|:+ \t]*-[-|:+ \t]*(?:\n|$)")
_ITEM_MARK = re.compile(r"[ \t>]*(?:[-+*]|(?:\d+|#)[.)])(?=\s)[ \t]*")
_NOTE_CALL = re.compile(r"(?:[^\w]|_)*?(?:\[\^(?P<label>[^\]\[^\s]+)\]|\^\[)")
_NOTE_BODY = re.compile(r" {0,3}\[\^(?P<label>[^\]\[^\s]+)\]:[ \t]*\n?")
_SUPERSCRIPT_END = re.compile(r"[*_~]*\^")
_ATTRIBUTES = re.compile(r"\{(?:\"(?:\\.|[^\"\\])*\"|[^}\"])*\}")
_TARGET = re.compile(r"\((?:<[^>\n]*>|\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)", re.DOTALL)
_REFERENCE = re.compile(r"\[[^\]^][^\]]*\]:")
_ENTITY = r"&(?:#\w+|\w+);"


@dataclass(slots=True)
class _NoteBody:
    """Where a note's definition stands: offsets of its first line, its text and its end."""

    start: int
    body: int
    end: int
    called: bool = False


class Follower:
    """A place in the text of one file that only moves forward."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._text = text
        self._pos = 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._notes = self._note_bodies()
        self._starts = sorted((note.start, note.end) for note in self._notes.values())

    @property
    def line(self) -> int:
        """The line of the file, from 1."""
        return bisect.bisect_left(self._ends, self._pos) + 1

    def fault(self, message: str, hint: str) -> ManuscriptError:
        """The error to raise about the present line."""
        return ManuscriptError(message, hint=hint, place=Place(self.file, self.line))

    def escaped(self) -> bool:
        """Whether a backslash stands before the next character that is no blank."""
        return self._text[self._pos : self._pos + 80].lstrip(" \t\n>").startswith("\\")

    # --- words ---------------------------------------------------------------------------

    def word(self, value: str) -> None:
        """Moves behind `value`, as pandoc read it."""
        if self._text.startswith(" ", self._pos):
            self._pos += 1
        plain = "&" not in value  # else the text may hold an entity for it
        if plain and self._text.startswith(value, self._pos):
            if "[^" in value and (called := _NOTE_CALL.search(value)) and called["label"]:
                raise self.fault(
                    f"the note [^{called['label']}] is not defined",
                    f"Add a line [^{called['label']}]: with its text at the end of the file.",
                )
            self._pos += len(value)
            return
        following = _WORD.search(self._text, self._pos)
        limit = following.start() if following else len(self._text)
        if plain and _WORD.search(value):  # else a mark could be taken for it
            at = self._text.find(value, self._pos, limit + len(value))
            if at >= 0:
                self._pos = at + len(value)
                return
        for pattern in (as_written(value, r"\\ "), as_written(value, " ")):
            # the second for a verse, where pandoc hardens the spaces before a line
            found = pattern.search(self._text, self._pos, limit + 12 * len(value) + 12)
            if found and found.start() <= limit:
                self._pos = found.end()
                return
        raise self._lost(value, limit)

    def next_line(self) -> None:
        """Moves to the start of the next line; only markup may be left on this one."""
        end = self._text.find("\n", self._pos)
        end = len(self._text) if end < 0 else end + 1
        self._pass(end)

    def skip_attributes(self) -> str:
        """Moves behind the `]` that closes a span and behind its attributes, which it gives."""
        self._close_bracket()
        found = _ATTRIBUTES.match(self._text, self._pos)
        if not found:
            return ""
        self._pos = found.end()
        return found[0]

    def skip_superscript(self) -> None:
        """Moves behind the `^` that closes a superscript: `^[` would begin a note."""
        if found := _SUPERSCRIPT_END.match(self._text, self._pos):
            self._pos = found.end()

    def skip_target(self) -> None:
        """Moves behind the `](target)` of a link or an image, and its attributes."""
        self._close_bracket()
        found = _TARGET.match(self._text, self._pos)
        if not found:
            raise self.fault(
                "this link keeps its address elsewhere",
                "Write the address in round brackets right behind the text: [text](address).",
            )
        self._pos = found.end()
        if attributes := _ATTRIBUTES.match(self._text, self._pos):
            self._pos = attributes.end()

    def skip_autolink(self) -> None:
        end = self._text.find(">", self._pos)
        self._pos = end + 1 if end >= 0 else self._pos

    def _close_bracket(self) -> None:
        end = self._text.find("]", self._pos)
        self._pass(end + 1 if end >= 0 else len(self._text))

    # --- blocks --------------------------------------------------------------------------

    def open_block(self, *, fences: bool = True) -> None:
        """Moves over empty lines, fences and definitions of notes to the next content.

        Without `fences` it stops at a fence.
        """
        while True:
            at = self._pos
            for pattern in (_BLANK_LINE, _FENCE) if fences else (_BLANK_LINE,):
                if found := pattern.match(self._text, at):
                    at = found.end()
            index = bisect.bisect_left(self._starts, (at, 0))
            if index < len(self._starts) and self._starts[index][0] == at:
                at = self._starts[index][1]
            if at == self._pos:
                return
            self._pos = at

    def open_fence(self) -> int:
        """Moves behind the ::: line that opens a block; gives its place for `close_fence`."""
        self.open_block(fences=False)
        here = self._pos
        if found := _FENCE.match(self._text, here):
            self._pos = found.end()
        return here

    def close_fence(self, opened: int) -> None:
        """Moves behind the ::: line that closes a block."""
        self.open_block(fences=False)
        found = _FENCE_END.match(self._text, self._pos)
        if not found:
            self._pos = opened
            raise self.fault(
                "this ::: block is not closed", "Put ::: on a line of its own behind it."
            )
        self._pos = found.end()

    def open_heading(self) -> None:
        self.open_block()
        if found := _HEADING_MARK.match(self._text, self._pos):
            self._pos = found.end()

    def close_heading(self) -> None:
        found = _HEADING_END.match(self._text, self._pos)
        if found:
            self._pos = found.end()
        else:
            self.next_line()
        if underline := _UNDERLINE.match(self._text, self._pos):
            self._pos = underline.end()

    def open_item(self) -> None:
        self.open_block()
        if found := _ITEM_MARK.match(self._text, self._pos):
            self._pos = found.end()

    def open_caption(self) -> bool:
        """Moves to the words of a table's caption; false where the table has none before it."""
        self.open_block()
        found = _CAPTION_MARK.match(self._text, self._pos)
        if found:
            self._pos = found.end()
        return found is not None

    def open_table(self) -> None:
        """Moves to the first row of a table, which must be drawn with `|`, a row a line."""
        self.open_block()
        if not _TABLE_ROW.match(self._text, self._pos):
            raise self.fault(
                "a table of this kind cannot stand in a manuscript",
                "Write each row on one line, the cells between bars: | one | two |",
            )

    def close_head(self, filled: bool) -> None:
        """Moves behind the line under the head; behind the empty head, too, if it is not filled."""
        for pattern in (_TABLE_RULE,) if filled else (_EMPTY_ROW, _TABLE_RULE):
            if found := pattern.match(self._text, self._pos):
                self._pos = found.end()

    def rule(self) -> None:
        self.open_block()
        if found := _RULE.match(self._text, self._pos):
            self._pos = found.end()

    def close_file(self) -> None:
        """Checks that nothing but markup is left, and that every note was called."""
        self.open_block()
        self._pass(len(self._text))
        for label, note in self._notes.items():
            if not note.called:
                self._pos = note.start
                raise self.fault(
                    f"nothing calls the note [^{label}]",
                    f"Put [^{label}] where the note belongs, or delete its definition.",
                )

    # --- notes ---------------------------------------------------------------------------

    def enter_note(self) -> tuple[int, int] | None:
        """Moves to the text of the note called here; None for one written in place (`^[…]`).

        Otherwise gives what `leave_note` needs.
        """
        found = _NOTE_CALL.match(self._text, self._pos)
        if not found:
            raise self.fault("a note's marker is not where it should be", "Look at the notes here.")
        self._pos = found.end()
        label = found["label"]
        if label is None:
            return None
        note = self._notes.get(label)
        if note is None:
            raise self.fault(
                f"the definition of note [^{label}] is inside something else",
                "Put it at the start of a line, after an empty line.",
            )
        if note.called:
            raise self.fault(
                f"the note [^{label}] is called twice",
                "Give each call a note of its own: the book would print it twice.",
            )
        note.called = True
        back = (self._pos, note.end)
        self._pos = note.body
        return back

    def leave_note(self, back: tuple[int, int] | None) -> None:
        if back is None:
            self._close_bracket()
            return
        here, end = back
        self._pass(end)
        self._pos = here

    def _note_bodies(self) -> dict[str, _NoteBody]:
        """Definitions at the start of a line, after an empty line or another definition."""
        notes: dict[str, _NoteBody] = {}
        lines = self._text.split("\n")
        at = 0
        current: _NoteBody | None = None
        empty = True  # whether the line before is empty, or belongs to a definition
        for line in lines:
            found = _NOTE_BODY.match(line) if empty or current else None
            if found:
                label = found["label"]
                if label in notes:
                    self._pos = at
                    raise self.fault(
                        f"the note [^{label}] is defined twice",
                        "Give each note a label of its own.",
                    )
                current = notes[label] = _NoteBody(at, at + found.end(), at + len(line) + 1)
            elif current and line.strip() and empty and not line.startswith(("    ", "\t")):
                current = None
            elif current and line.strip():
                current.end = at + len(line) + 1
            empty = not line.strip()
            at += len(line) + 1
        for note in notes.values():
            note.end = min(note.end, len(self._text))
        return notes

    # --- what may be passed over ---------------------------------------------------------

    def _pass(self, to: int) -> None:
        """Moves to `to`; no word may stand before it."""
        found = _WORD.search(self._text, self._pos, to)
        if found:
            raise self._lost("", found.start())
        self._pos = max(self._pos, to)

    def _lost(self, value: str, at: int) -> ManuscriptError:
        self._pos = at
        line = self._text[self._text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0].strip()
        if _REFERENCE.match(line):
            return self.fault(
                f"the address of a link stands by itself: {line[:80]}",
                "Write it in round brackets behind the link's text: [text](address).",
            )
        wanted = f", where “{value[:40]}” was read" if value else ""
        return self.fault(
            f"this would get lost or be misread{wanted}: {line[:80]}",
            "Write it as plain text, or escape its marks with a backslash.",
        )


def as_written(value: str, hard: str) -> re.Pattern[str]:
    """The ways of writing a word: characters as such, escaped, or as entities.

    `hard` is a way of writing a hard space.
    """
    out: list[str] = []
    for char in value:
        if char == "\u00a0":
            out.append(rf"(?:\u00a0|{hard}|{_ENTITY})")
        elif char.isalnum():
            out.append(rf"(?:{char}|{_ENTITY})")
        else:
            out.append(rf"(?:{_ENTITY}|\\?{re.escape(char)})")
    return re.compile("".join(out))
