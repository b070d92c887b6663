"""Markup that cannot go wrong: text is escaped here, and nowhere else.

An `Xml` value is finished markup.  A plain `str` is text, and becomes markup only in
`element` and `fragment`.  What comes out reads the same to an XML and an HTML parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from booktools.errors import ManuscriptError

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"


@dataclass(frozen=True, slots=True)
class Xml:
    """A well-formed piece of markup, or several in a row."""

    source: str


Content: TypeAlias = Xml | str

# An HTML parser closes only these by themselves: `<p/>` would swallow what follows.
_VOID = frozenset({"br", "col", "hr", "img", "link", "meta"})
_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": " ", "\r": " ", "\t": " "}
)


def escape(text: str) -> str:
    """Text as markup, on one line.

    Raises ManuscriptError for a character that XML cannot hold.
    """
    if bad := _IMPOSSIBLE.search(text):
        raise ManuscriptError(
            f"the character U+{ord(bad[0]):04X} cannot stand in a book",
            hint="Take it out of the manuscript; it is invisible in most editors.",
        )
    return text.translate(_ESCAPES)


def fragment(*children: Content) -> Xml:
    """Pieces one after another."""
    return Xml("".join(c.source if isinstance(c, Xml) else escape(c) for c in children))


def opening(name: str, attributes: Mapping[str, str] | None = None) -> Xml:
    """A start tag, for a block whose children stand on lines of their own."""
    return Xml(f"<{name}{_written(attributes)}>")


def closing(name: str) -> Xml:
    return Xml(f"</{name}>")


def element(name: str, attributes: Mapping[str, str] | None = None, *children: Content) -> Xml:
    """An element; attributes keep their order."""
    if name in _VOID:
        return Xml(f"<{name}{_written(attributes)}/>")
    return Xml(f"<{name}{_written(attributes)}>{fragment(*children).source}</{name}>")


def _written(attributes: Mapping[str, str] | None) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in (attributes or {}).items())
