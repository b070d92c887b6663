"""The marks of lists' items."""

from __future__ import annotations

from collections.abc import Iterator

from booktools.clean.rule import Knowledge
from booktools.model.galley import Block, Edit, Role, Safety
from booktools.model.listed import RULE, mark_of
from booktools.model.place import Span


def drop_mark(block: Block, known: Knowledge) -> Iterator[Edit]:
    """The bullet or number of a list's item is taken away: every edition sets its own.

    A list that begins with 3 begins so again.  Letters, Roman numbers and numbers in brackets
    stay, as text: the editions' lists have none such.

    Keep: 1. within the text
    """
    mark = mark_of(block.text) if block.role is Role.LIST else None
    if mark and not mark.is_kept:
        why = "the editions set it again"
        old = block.text[: mark.end]
        yield Edit(Span(0, mark.end), old, "", RULE, Safety.SAFE, why)
