"""The edits of a recovery, one by one: where, what, by which rule and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from booktools.model.galley import Block, Edit, Galley
from booktools.model.place import Place

AROUND = 20  # characters of the text at each side


@dataclass(frozen=True, slots=True)
class Made:
    """An edit, its place in the source, and the text round it as the edit found it."""

    place: Place
    before: str
    edit: Edit
    after: str

    def line(self) -> str:
        """The edit, as printed; ⏎ is a line end, ∅ nothing."""
        old, new = (_shown(part) or "∅" for part in (self.edit.old, self.edit.new))
        around = f"{_shown(self.before)}[{old} → {new}]{_shown(self.after)}"
        why = f"  ({self.edit.evidence})" if self.edit.evidence else ""
        return f"{self.edit.rule}  {self.place}  {around}{why}"


def edits_made(galley: Galley, rules: Collection[str]) -> tuple[Made, ...]:
    """The edits of some rules or entries, in the order of the source."""
    found = [
        (offset, number, made)
        for block in galley.blocks
        for number, offset, made in _of_block(galley, block, rules)
    ]
    return tuple(made for *_, made in sorted(found, key=lambda row: row[:2]))


def _of_block(
    galley: Galley, block: Block, rules: Collection[str]
) -> Iterator[tuple[int, int, Made]]:
    """Number of the layer, offset in the source, edit."""
    text = block.raw
    for number, layer in enumerate(block.layers):
        for edit in layer:
            if edit.rule in rules:
                raw = edit.span.start
                for below in reversed(block.layers[:number]):
                    raw = below.below(raw)
                offset = block.source_offset(raw)
                before = text[max(0, edit.span.start - AROUND) : edit.span.start]
                after = text[edit.span.end : edit.span.end + AROUND]
                yield number, offset, Made(galley.source.place(offset), before, edit, after)
        text = layer.apply(text)


def _shown(text: str) -> str:
    return text.replace("\n", "⏎")
