"""What a document in an archive holds and does not show: elements that an e-book's pages hide,
hidden text of word processors."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from booktools.read.hidden import links, without_hidden
from booktools.read.package import part_of
from booktools.read.packed import MOST_XML, Packed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

_PAGES = (".xhtml", ".html", ".htm", ".xml")
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?\s*([^;{]*);""")
# Bytes of a style sheet, larger ones are not looked at; and of those of all pages, one set of them
# after the other.
_MOST_SHEET, _MOST_SHEETS = 2**20, 2**24
_DEEPEST = 4  # style sheets that import others; styles that stand on others
_MOST_IMPORTS = 64
_NO = frozenset({"0", "false", "off"})

# Of a changed archive: the parts that are others now.
_Parts = dict[str, bytes]


def without_unseen(packed: Packed, kind: str) -> tuple[Packed, tuple[str, ...]]:
    """The archive of an `epub`, `docx` or `odt` without what it hides, and the hidden words.

    What cannot be parsed is left alone: the reader of the document says so.
    """
    find = {"epub": _of_epub, "docx": _of_docx, "odt": _of_odt}[kind]
    parts: _Parts = {}
    words = tuple(" ".join(text.split()) for text in find(packed, parts))
    words = tuple(filter(None, words))
    return (_changed(packed, parts), words) if words else (packed, ())


def _changed(packed: Packed, parts: Mapping[str, bytes]) -> Packed:
    """The archive with other parts in the places of some."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed.data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            if member.is_dir():
                continue
            data = parts.get(member.filename)
            whole = old.read(member) if data is None else data
            new.writestr(member.filename, whole, compress_type=member.compress_type)
    sizes = {**packed.sizes, **{name: len(data) for name, data in parts.items()}}
    return replace(packed, sizes=sizes, data=out.getvalue())


# --- e-books -----------------------------------------------------------------------------


def _of_epub(packed: Packed, parts: _Parts) -> Iterator[str]:
    sheets: dict[str, str] = {}
    before: list[str] = []
    left = _MOST_SHEETS
    for name in packed.sizes:
        if not name.lower().endswith(_PAGES) or name.startswith("META-INF/"):
            continue
        if packed.sizes[name] > MOST_XML:
            continue
        page = packed.read(name, MOST_XML)
        linked = [_sheet(packed, _beside(name, href), sheets) for href in links(page)]
        if linked != before:
            left -= sum(map(len, linked))
            before = linked
        if left < 0:
            linked = []
        seen = without_hidden(page, linked)
        if seen.hidden:
            parts[name] = seen.data
            yield from seen.hidden


def _beside(name: str, href: str) -> str:
    """What a file means by an address: another file of the archive."""
    return normpath(join(dirname(name), unquote(href.partition("#")[0].partition("?")[0])))


def _sheet(packed: Packed, name: str, known: dict[str, str], depth: int = 0) -> str:
    """The text of a style sheet, those that it imports before it."""
    if name in known:
        return known[name]
    if name not in packed.sizes or packed.sizes[name] > _MOST_SHEET or depth > _DEEPEST:
        return ""
    known[name] = ""  # whoever imports it again meanwhile
    own = packed.read(name, _MOST_SHEET).decode("utf-8", "replace")
    imported = [
        _sheet(packed, _beside(name, href), known, depth + 1)
        for href, media in _IMPORT.findall(own)[:_MOST_IMPORTS]
        if not media.strip() or "screen" in media or "all" in media
    ]
    known[name] = "\n".join([*imported, own])[:_MOST_SHEET]
    return known[name]


# --- word processors ---------------------------------------------------------------------


def _of_docx(packed: Packed, parts: _Parts) -> Iterator[str]:
    """The words of hidden runs."""
    styles = _vanishing(packed)
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        yield from _cut(packed, name, parts, lambda root: _runs(root, styles))


def _vanishing(packed: Packed) -> frozenset[str]:
    """The styles whose text is hidden, or that stand on such ones."""
    root = part_of(packed, "word/styles.xml")
    if root is None:
        return frozenset()
    base: dict[str, str] = {}
    says: dict[str, bool] = {}
    for style in root.iter(f"{_W}style"):
        own = style.get(f"{_W}styleId") or ""
        below = style.find(f"{_W}basedOn")
        base[own] = (below.get(f"{_W}val") or "") if below is not None else ""
        properties = style.find(f"{_W}rPr")
        said = properties.find(f"{_W}vanish") if properties is not None else None
        if said is not None:
            says[own] = _on(said)
    found = set()
    for own in base:
        at, steps = own, 0
        while at and at not in says and steps < 4 * _DEEPEST:
            at, steps = base.get(at, ""), steps + 1
        if says.get(at):
            found.add(own)
    return frozenset(found)


def _on(element: etree._Element) -> bool:
    return (element.get(f"{_W}val") or "").lower() not in _NO


def _runs(root: etree._Element, styles: frozenset[str]) -> Iterator[list[etree._Element]]:
    """The texts in each stretch of hidden runs."""
    for paragraph in root.iter(f"{_W}p"):
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        whole = named is not None and named.get(f"{_W}val") in styles
        found: list[etree._Element] = []
        for run in paragraph.iter(f"{_W}r"):
            properties = run.find(f"{_W}rPr")
            said = properties.find(f"{_W}vanish") if properties is not None else None
            style = properties.find(f"{_W}rStyle") if properties is not None else None
            own = whole or (style is not None and style.get(f"{_W}val") in styles)
            if own if said is None else _on(said):
                found += [part for part in run if part.tag in (f"{_W}t", f"{_W}tab")]
        if found:
            yield found


def _of_odt(packed: Packed, parts: _Parts) -> Iterator[str]:
    """The words in styles, sections and fields that are not displayed."""
    names = set()
    for part in ("styles.xml", "content.xml"):
        root = part_of(packed, part)
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            properties = style.find(f"{_STYLE}text-properties")
            if properties is not None and properties.get(f"{_TEXT}display") == "none":
                names.add(style.get(f"{_STYLE}name"))
    yield from _cut(packed, "content.xml", parts, lambda root: _undisplayed(root, names))


def _undisplayed(root: etree._Element, names: set[str | None]) -> Iterator[list[etree._Element]]:
    for element in root.iter(f"{_TEXT}span", f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}section"):
        styled = element.get(f"{_TEXT}style-name") in names
        section = element.tag == f"{_TEXT}section"
        if element.get(f"{_TEXT}display") == "none" if section else styled:
            yield [element]


def _cut(
    packed: Packed,
    name: str,
    parts: _Parts,
    find: Callable[[etree._Element], Iterator[list[etree._Element]]],
) -> Iterator[str]:
    """The words of the elements that are found in a part, which is left without them."""
    root = part_of(packed, name)
    if root is None:
        return
    words = []
    for group in list(find(root)):
        words.append("".join(text for one in group for text in _said(one)))
        for one in group:
            for inner in list(one):
                one.remove(inner)
            one.text = None
    if any(map(str.strip, words)):
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    yield from words


def _said(element: etree._Element) -> Iterator[str]:
    """The words of an element, a blank for what parts them."""
    for one in element.iter(etree.Element):
        if one is not element and one.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}tab"):
            yield " "
        yield one.text or ""
        if one is not element:
            yield one.tail or ""
