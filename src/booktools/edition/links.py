"""Links: where they may lead, and what may not stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from booktools.errors import ManuscriptError
from booktools.model.book import Inline, LineBreak, Link, Note, Text

_OUTSIDE = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_IN_ADDRESS = "%/:?&=~+!$,;'()*@"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def outside(target: str) -> str:
    """An address outside the book, with what may not stand in one (spaces, other scripts) as %XX.

    Raises ManuscriptError for another kind of address than http, https and mailto.
    """
    if not _OUTSIDE.match(target):
        raise ManuscriptError(
            f"a link leads to {target!r}",
            hint="Links lead to #id in the book, or to an http, https or mailto address.",
        )
    place, sign, part = target.partition("#")
    whole = quote(place, _IN_ADDRESS) + sign + quote(part, _IN_ADDRESS)
    return _LONE_PERCENT.sub("%25", whole)


def lifted(link: Link) -> tuple[Link, tuple[Note, ...]]:
    """A link without the notes called inside it, and those notes, which follow it.

    A note's call is itself a link, and links do not nest.
    """
    notes: list[Note] = []

    def without(inlines: Iterable[Inline]) -> Iterator[Inline]:
        for node in inlines:
            match node:
                case Note():
                    notes.append(node)
                case Text() | LineBreak():
                    yield node
                case Link():
                    yield from without(node.children)
                case _:
                    yield replace(node, children=tuple(without(node.children)))

    children = tuple(without(link.children))
    return replace(link, children=children), tuple(notes)
