"""What a text document's own file says, paragraph by paragraph, for a reader to be held against.

A reader of documents may drop words without telling: pandoc does where the cells of a DOCX
table span more columns than the table has.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from booktools.read.package import part_of
from booktools.read.packed import Packed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_MATH = "{http://www.w3.org/1998/Math/MathML}"
# What a part holds twice (for other programs), has moved away from here, or makes by itself.
_LEFT = {f"{_MC}Fallback", f"{_W}moveFrom", f"{_W}del"}
# Parted words; a hyphen that does not break is one.
_BLANK = {f"{_W}{name}" for name in ("tab", "br", "cr", "ptab", "noBreakHyphen")}


def written(packed: Packed, kind: str) -> tuple[str, ...]:
    """The paragraphs of a DOCX with their words, notes behind the text; () for other kinds.

    A note counts where the text calls it.  What cannot be parsed has none.
    """
    text = part_of(packed, "word/document.xml") if kind == "docx" else None
    if text is None:
        return ()
    found = list(_paragraphs(text))
    for name in ("footnote", "endnote"):
        called = {call.get(f"{_W}id") for call in text.iter(f"{_W}{name}Reference")}
        notes = part_of(packed, f"word/{name}s.xml")
        for note in notes.iter(f"{_W}{name}") if notes is not None and called else ():
            found += _paragraphs(note) if note.get(f"{_W}id") in called else ()
    return tuple(found)


def formulas(packed: Packed) -> tuple[str, ...]:
    """What the formulas of an ODT say, which are objects of their own beside its text."""
    text = part_of(packed, "content.xml")
    found = []
    for element in text.iter(f"{_DRAW}object") if text is not None else ():
        name = (element.get(f"{_XLINK}href") or "").removeprefix("./").strip("/")
        part = part_of(packed, f"{name}/content.xml")
        if part is None or part.tag != f"{_MATH}math":
            continue
        for note in list(part.iter(f"{_MATH}annotation")):
            note.text = None
        if said := " ".join("".join(map(str, part.itertext())).split()):
            found.append(said)
    return tuple(found)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(_runs(paragraph)).strip()
        if text and not any(up.tag in _LEFT for up in paragraph.iterancestors()):
            yield text


def _runs(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph, without that of paragraphs in it (those of a text box)."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BLANK:
            yield " "
        elif child.tag not in _LEFT and child.tag != f"{_W}p":
            yield from _runs(child)
