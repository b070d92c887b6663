"""Inlines as the plain-text edition writes them, each stretch with the rule that puts it there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from booktools.model.artifact import Expected
from booktools.model.book import (
    Emph,
    Inline,
    Lang,
    LineBreak,
    Link,
    Note,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Text,
)

Runs: TypeAlias = tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    opening: str
    closing: str
    rule: str


_MARKS: dict[type, _Marks] = {
    Emph: _Marks("_", "_", "emphasis-mark"),
    Strong: _Marks("=", "=", "emphasis-mark"),
    Superscript: _Marks("^{", "}", "raised-mark"),
    Subscript: _Marks("_{", "}", "raised-mark"),
}


@dataclass(frozen=True)
class Words:
    """Turns inlines into runs.

    `rule` is whose words they are (`manuscript` or `moved-note`), `file` the manuscript's
    file and `line` where the block begins; `call` takes a note that is called here and
    gives its number.
    """

    call: Callable[[Note], int]
    file: str
    line: int = 0
    rule: str = "manuscript"

    def runs(self, inlines: Iterable[Inline]) -> Runs:
        out: list[Expected] = []
        self._add(out, inlines, frozenset())
        return tuple(out)

    def _add(self, out: list[Expected], inlines: Iterable[Inline], inside: frozenset[str]) -> None:
        for node in inlines:
            match node:
                case Text(value, line):
                    text = value.replace("\n", " ")
                    out.append(Expected(text, self.rule, self.file, line or self.line))
                case LineBreak():
                    out.append(Expected("\n", self.rule, self.file, self.line))
                case Note():
                    number = self.call(node)
                    out.append(Expected(f"[{number}]", "note-call", self.file, self._at(out)))
                case SmallCaps() | Lang() | Link():
                    self._add(out, node.children, inside)
                case Emph() | Strong() | Superscript() | Subscript():
                    self._marked(out, node, inside)

    def _marked(
        self,
        out: list[Expected],
        node: Emph | Strong | Superscript | Subscript,
        inside: frozenset[str],
    ) -> None:
        """The children between their marks, which hug the words; not again inside the same."""
        marks = _MARKS[type(node)]
        inner: list[Expected] = []
        self._add(inner, node.children, inside | {marks.opening})
        filled = [index for index, run in enumerate(inner) if run.text.strip()]
        if not filled or marks.opening in inside:
            out += inner
            return
        first, last = filled[0], filled[-1]
        head = inner[first]
        lead = head.text[: len(head.text) - len(head.text.lstrip())]
        inner[first] = replace(head, text=head.text.lstrip())
        tail = inner[last]
        trail = tail.text[len(tail.text.rstrip()) :]
        inner[last] = replace(tail, text=tail.text.rstrip())
        out += inner[:first]
        out += replace(head, text=lead), replace(head, text=marks.opening, rule=marks.rule)
        out += inner[first : last + 1]
        out += replace(tail, text=marks.closing, rule=marks.rule), replace(tail, text=trail)
        out += inner[last + 1 :]

    def _at(self, out: list[Expected]) -> int:
        """The line of the words before."""
        return out[-1].line if out else self.line
