"""What can be pointed at: the ids of a book, as the names they have in its editions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from booktools.edition.tree import every_block
from booktools.errors import ManuscriptError
from booktools.model.book import Book, Chapter, Figure, Heading, block_texts
from booktools.model.place import Place

# Letters as XML names know them, which are fewer than Python's.
_LETTERS = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_NOT_IN_NAME = re.compile(rf"[^{_LETTERS}0-9.\-\u0300-\u036f]")
_NO_START = re.compile(r"[0-9.\-\u0300-\u036f]|$")  # of what may stand in a name


def anchor(id: str) -> str:
    """A manuscript's id as an XML name: `1968-in-Chile` becomes `_1968-in-Chile`."""
    name = _NOT_IN_NAME.sub(lambda m: f"_{ord(m[0]):x}_", id)
    return f"_{name}" if _NO_START.match(name) else name


def anchors(book: Book, documents: Mapping[str, str] | None = None) -> dict[str, str]:
    """The document of every id in the book; `documents` maps chapter ids to theirs.

    Raises ManuscriptError for an id that is given twice.
    """
    found: dict[str, str] = {}
    for chapter in book.chapters:
        document = (documents or {}).get(chapter.id, "")
        for id, line in _ids(chapter):
            if anchor(id) in found:
                raise ManuscriptError(
                    f"the id {id!r} is given twice",
                    hint="Give one of the two another id: {#another-id}.",
                    place=Place(chapter.file, line),
                )
            found[anchor(id)] = document
    return found


def _ids(chapter: Chapter) -> Iterator[tuple[str, int]]:
    """Every id of a chapter with its line."""
    yield chapter.id, chapter.line
    for block in every_block(chapter):
        if isinstance(block, Heading | Figure) and block.id:
            yield block.id, next((text.line for text in block_texts(block)), 0)
