"""A picture of a printed source, on its way into the manuscript."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture and its place in the galley.

    `image` is its name in the project, without an ending while it is not known which it needs.
    `file` and `page` (from 1) say where it stands, `parts` which of the page's rasters it is made
    of.  It belongs to the caption that is block `block` (by index), or stands behind that block
    (-1: before all of them).  `parts_scenes`: it is the ornament between two scenes, and no
    picture.
    """

    image: str
    file: str
    page: int
    parts: tuple[int, ...]
    block: int
    captioned: bool = False
    parts_scenes: bool = False
    alt: str = ""
