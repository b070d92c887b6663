"""The EPUB between the room that writes it, the engine that packs it and its checks."""

from __future__ import annotations

from dataclasses import dataclass

from booktools.model.place import Place


@dataclass(frozen=True, slots=True)
class Refinement:
    """What is said of a statement: a `property` of the package vocabulary and its value."""

    property: str
    value: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the package's metadata: `dc:title`, `schema:accessMode`, …

    `id` is needed only where there are refinements.
    """

    property: str
    value: str
    id: str = ""
    refinements: tuple[Refinement, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the EPUB; `name` counts from the package document.

    `file` is the manuscript's file that a document comes from, `lines` the line there of
    each of its own lines (0 unknown).
    """

    name: str
    id: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    file: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EpubBook:
    """All that goes into the EPUB: metadata, files in the order of the manifest, reading order.

    `spine` are ids of parts; `ncx` the id of the NCX, `cover` that of the cover's image.
    """

    identifier: str
    language: str
    direction: str
    statements: tuple[Statement, ...]
    parts: tuple[Part, ...]
    spine: tuple[str, ...]
    ncx: str
    cover: str

    def place(self, name: str, line: int) -> Place | None:
        """The place in the manuscript of a line of a document, None where it has none.

        `name` may have the package's folder before it.
        """
        for part in self.parts:
            if part.file and (name == part.name or name.endswith(f"/{part.name}")):
                known = part.lines[line - 1] if 1 <= line <= len(part.lines) else 0
                return Place(part.file, known)
        return None
