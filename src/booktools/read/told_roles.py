"""What OCR files say that their lines are: a heading, a caption, a running head.

Layout tags of ALTO, styles of ABBYY XML, classes of hOCR; each program has words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from booktools.model.galley import Role

_NO_LETTERS = re.compile(r"[^a-z]+")
# Words of Transkribus, eScriptorium (SegmOnto), ABBYY FineReader and the hOCR standard, without
# what is no letter.
_ROLES: Mapping[str, Role] = {
    **dict.fromkeys(
        ("heading", "headline", "title", "subtitle", "subheading", "headingline",
         "headingnumber"), Role.HEADING
    ),
    **dict.fromkeys(("caption", "picturecaption", "tablecaption", "figurecaption"), Role.CAPTION),
    **dict.fromkeys(("footnote", "endnote", "footnotezone"), Role.NOTE),
    **dict.fromkeys(
        ("rt", "header", "footer", "pageheader", "pagefooter", "runningtitle", "runninghead",
         "runningtitlezone", "numberingzone", "pagenumber", "pageno", "catchword",
         "signaturemark", "quiremarkszone"), Role.FURNITURE
    ),
}  # fmt: skip
# A file of which headings, captions and notes are more than so large a share says nothing.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of a line: `artifact` as no part of the text, else its role, if any."""

    artifact: bool = False
    role: Role | None = None


NOTHING = Told()


def told_by(labels: Iterable[str]) -> Told:
    """What labels say, the nearest to the line first; the first that is known counts.  Chapters and
    sections are none, which hold all of their text.

    A number behind a colon, as SegmOnto has it, does not count, nor do capitals and hyphens.
    """
    for label in labels:
        role = _ROLES.get(_NO_LETTERS.sub("", label[:60].partition(":")[0].lower()))
        if role is Role.FURNITURE:
            return Told(artifact=True)
        if role is not None:
            return Told(role=role)
    return NOTHING


def believed(lines: Iterable[tuple[Told, int]]) -> bool:
    """Whether what a page's file says of lines, each with how many letters it has, may be: more
    than half of a page's text has no role."""
    every = named = 0
    for told, letters in lines:
        every += letters
        named += letters * (told.role is not None)
    return named <= _MOST * every
