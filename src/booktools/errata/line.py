"""A line of an edition, as its words are compared."""

from __future__ import annotations

from dataclasses import dataclass

from booktools.model.place import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a paragraph of one of the two, as it is read.

    `hyphened`: its last word goes on in the next line if its end is a hyphen.  `note`: it is
    part of one; notes stand here and there in one edition or another and are compared by
    themselves.  `copy`: it stands in a table of contents, a menu or a page's margin, and should
    repeat what stands in the text.
    """

    text: str
    place: Place
    hyphened: bool = False
    note: bool = False
    copy: bool = False
