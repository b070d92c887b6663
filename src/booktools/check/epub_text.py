"""The text of a finished EPUB, read anew from its bytes in the order of its spine."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import cast
from urllib.parse import unquote

from lxml import etree

from booktools.check.letters import Piece
from booktools.errors import SourceError

MAX_FILES = 10_000
MAX_DOCUMENT = 64 * 1024 * 1024
MAX_TEXT = 256 * 1024 * 1024

_CONTAINER = "META-INF/container.xml"
_NS = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "h": "http://www.w3.org/1999/xhtml",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
}
_NCX_TYPE = "application/x-dtbncx+xml"
# What the zip library says of a damaged archive.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, LookupError),
)
# What a reader never sees as text.
_UNSEEN = frozenset({"script", "style", "template", "head", "title", "metadata"})


# Elements that begin and end a line for the reader, and what is no part of the running text.
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "li"}
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "ol"}
    | {"main", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
_APPARATUS = frozenset({"doc-noteref", "doc-backlink", "doc-toc", "doc-pagelist", "doc-pagebreak"})
_NOTES = frozenset(
    {"doc-footnote", "doc-endnote", "doc-endnotes", "doc-footnotes", "doc-rearnotes"}
)
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def epub_text(data: bytes, name: str = "the EPUB", *, running: bool = False) -> tuple[Piece, ...]:
    """The text nodes of all documents in the spine, each with its file and line in it.

    What is marked `hidden` is left out.  With `running` only the running text: line ends
    between blocks, without tables of contents and the calls of notes, and notes told apart.
    Raises SourceError
    when the file is no EPUB, is damaged, or would unpack to more than a book can have.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Book(archive, name).pieces(running)
    except _DAMAGE as error:
        raise SourceError(
            f"{name} is not a whole EPUB: {error}", hint="Build or copy it again."
        ) from error


def epub_menus(data: bytes, name: str = "the EPUB") -> tuple[Piece, ...]:
    """The entries of an EPUB's tables of contents and menus, of EPUB 3 and of EPUB 2, each with
    its file and line.  Raises SourceError as `epub_text` does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(_Book(archive, name).menus())
    except _DAMAGE as error:
        raise SourceError(
            f"{name} is not a whole EPUB: {error}", hint="Build or copy it again."
        ) from error


class _Book:
    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive = archive
        self.name = name
        self.read_so_far = 0
        if len(archive.infolist()) > MAX_FILES:
            raise SourceError(f"{name} holds more than {MAX_FILES} files")

    def pieces(self, running: bool) -> tuple[Piece, ...]:
        out: list[Piece] = []
        for file in self.spine():
            body = self.xml(file).find("h:body", _NS)
            if body is None:
                raise SourceError(f"{self.name}: {file} has no body")
            _collect(body, file, out, running)
        return tuple(out)

    def menus(self) -> Iterator[Piece]:
        opf, folder = self.package()
        for item in opf.iterfind("o:manifest/o:item", _NS):
            nav = "nav" in item.get("properties", "").split()
            if not nav and item.get("media-type") != _NCX_TYPE:
                continue
            file = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
            if file not in self.archive.namelist():
                continue
            path = ".//h:nav//h:li/h:a" if nav else ".//n:navPoint/n:navLabel/n:text"
            for entry in self.xml(file).iterfind(path, _NS):
                text = "".join(cast("Iterator[str]", entry.itertext()))
                yield Piece(text, file, cast("int", entry.sourceline or 0))

    def package(self) -> tuple[etree._Element, str]:
        """The package document, and its folder."""
        container = self.xml(_CONTAINER)
        rootfile = container.find("c:rootfiles/c:rootfile", _NS)
        package = rootfile.get("full-path", "") if rootfile is not None else ""
        return self.xml(package), posixpath.dirname(package)

    def spine(self) -> list[str]:
        """The files of the spine in order, as they are named in the archive."""
        opf, folder = self.package()
        items = {item.get("id"): item.get("href", "") for item in opf.iterfind(".//o:item", _NS)}
        out: list[str] = []
        for ref in opf.iterfind("o:spine/o:itemref", _NS):
            href = items.get(ref.get("idref"))
            if href is None:
                raise SourceError(
                    f"{self.name}: the spine names {ref.get('idref')!r}, a file unknown"
                )
            out.append(posixpath.normpath(posixpath.join(folder, unquote(href))))
        if not out:
            raise SourceError(f"{self.name} has an empty spine")
        return out

    def xml(self, file: str) -> etree._Element:
        """A document of the archive; entities, network and huge trees are refused."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(self.read(file), parser)
        except etree.XMLSyntaxError as error:
            raise SourceError(f"{self.name}: {file} is not well-formed XML: {error}") from error
        if any(True for _ in root.iter(etree.Entity)):
            raise SourceError(f"{self.name}: {file} uses an entity of its own")
        return root

    def read(self, file: str) -> bytes:
        try:
            info = self.archive.getinfo(file)
        except KeyError:
            raise SourceError(f"{self.name} lacks {file}") from None
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceError(f"{self.name}: {file} is packed in a way that no EPUB may use")
        with self.archive.open(info) as stream:
            data = stream.read(MAX_DOCUMENT + 1)  # the header's size may lie
        self.read_so_far += len(data)
        if len(data) > MAX_DOCUMENT or self.read_so_far > MAX_TEXT:
            raise SourceError(f"{self.name}: {file} unpacks to more than a book can have")
        return data


def _collect(root: etree._Element, file: str, out: list[Piece], running: bool) -> None:
    """Text nodes in document order; a stack, for trees nest deeper than Python calls."""
    stack: list[tuple[etree._Element, bool, bool]] = [(root, False, False)]
    while stack:
        node, closing, outer = stack.pop()
        note = outer or (running and isinstance(node.tag, str) and bool(_roles(node) & _NOTES))
        line = cast("int", node.sourceline or 0)
        if running and _is_block(node):
            out.append(Piece("\n", file, line, note=note))
        if closing:
            if node is not root and node.tail:
                out.append(Piece(node.tail, file, line, note=outer))
            continue
        stack.append((node, True, outer))
        if not isinstance(node.tag, str) or _is_unseen(node) or (running and _is_apparatus(node)):
            continue
        if node.text:
            out.append(Piece(node.text, file, line, note=note))
        stack.extend((child, False, note) for child in reversed(node))


def _is_unseen(node: etree._Element) -> bool:
    return etree.QName(node).localname in _UNSEEN or node.get("hidden") is not None


def _is_block(node: etree._Element) -> bool:
    return isinstance(node.tag, str) and etree.QName(node).localname in _BLOCKS


def _is_apparatus(node: etree._Element) -> bool:
    """Whether it is a table of contents, the call of a note, the way back or a page's mark."""
    return etree.QName(node).localname == "nav" or bool(_roles(node) & _APPARATUS)


def _roles(node: etree._Element) -> set[str]:
    """What an element says that it is, in the words of DPUB-ARIA."""
    role, kind = node.get("role", ""), node.get(_EPUB_TYPE, "")
    return {*role.split(), *(f"doc-{word}" for word in kind.split())}
