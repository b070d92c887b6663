"""The door to ebooklib, which writes the EPUB's package."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from importlib import metadata
from typing import Any

from booktools.errors import EngineFailed, EngineMissing
from booktools.model.epub import EpubBook, Part, Statement

_XML = "http://www.w3.org/XML/1998/namespace"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest date that a ZIP file can hold
_STORED = frozenset({"image/jpeg", "image/png", "image/webp", "font/woff2"})  # packed already


def version() -> str:
    """ebooklib's version.  Raises EngineMissing when it is not installed."""
    try:
        return metadata.version("ebooklib")
    except metadata.PackageNotFoundError:
        raise EngineMissing("ebooklib is not installed", hint="pip install ebooklib") from None


def package(book: EpubBook, modified: str) -> bytes:
    """The EPUB file.  The same book and time give the same bytes.

    `modified` is the time of the last change, `2026-01-31T12:00:00Z`.

    Raises EngineMissing when ebooklib is not installed, EngineFailed when it fails.
    """
    version()
    try:
        written = _written(book, datetime.strptime(modified, "%Y-%m-%dT%H:%M:%SZ"))
        return _repacked(written, book)
    except Exception as error:
        raise EngineFailed(
            f"ebooklib could not write the EPUB: {type(error).__name__}: {error}",
            hint="Compare its version with the one in pyproject.toml.",
        ) from error


def _written(book: EpubBook, modified: datetime) -> bytes:
    """What ebooklib makes of the book; its dates and order are not to be relied on."""
    from ebooklib import epub  # takes a while

    wanted = 2 + sum(1 + len(statement.refinements) for statement in book.statements)

    class Writer(epub.EpubWriter):  # type: ignore[misc]
        def _write_opf_file(self, root: Any) -> None:
            # A value that it cannot write it would log and leave out.
            said = [element for element in root.find("metadata") if element.text]
            if len(said) != wanted:
                raise ValueError("some of the metadata cannot be written")
            root.set(f"{{{_XML}}}lang", book.language)
            root.set("dir", book.direction)
            super()._write_opf_file(root)

    out = epub.EpubBook()
    out.metadata = {}  # without the name of the program
    out.set_identifier(book.identifier)
    out.language = book.language
    if book.direction == "rtl":
        out.set_direction("rtl")
    for statement in book.statements:
        _state(out, statement)
    out.add_metadata(None, "meta", "", {"name": "cover", "content": book.cover})
    for part in book.parts:
        out.add_item(_item(part, epub))
    out.spine = list(book.spine)
    out.toc = []
    # Without these it invents a page list, dates of its own, and hides its errors.
    options = {"epub3_pages": False, "mtime": modified, "raise_exceptions": True}
    options |= {"compresslevel": 0}  # we pack it ourselves
    buffer = io.BytesIO()
    writer = Writer(buffer, out, options)
    writer.process()
    writer.write()
    return buffer.getvalue()


def _item(part: Part, epub: Any) -> Any:
    """Our own bytes: ebooklib's documents would be parsed as HTML and written anew."""
    item = epub.EpubItem(
        uid=part.id, file_name=part.name, media_type=part.media_type, content=part.data
    )
    item.properties = list(part.properties)
    return item


def _state(out: Any, statement: Statement) -> None:
    others = {"id": statement.id} if statement.id else {}
    if statement.lang:
        others[f"{{{_XML}}}lang"] = statement.lang
    prefix, _, name = statement.property.partition(":")
    if prefix == "dc":
        out.add_metadata("DC", name, statement.value, others)
    else:
        out.add_metadata(None, "meta", statement.value, {"property": statement.property, **others})
    for refinement in statement.refinements:
        about = {"refines": f"#{statement.id}", "property": refinement.property}
        if refinement.scheme:
            about["scheme"] = refinement.scheme
        out.add_metadata(None, "meta", refinement.value, about)


def _repacked(written: bytes, book: EpubBook) -> bytes:
    """The same files in a fixed order with a fixed date, the mimetype first and not packed."""
    stored = {f"EPUB/{part.name}" for part in book.parts if part.media_type in _STORED}
    stored.add("mimetype")
    order = ["mimetype", "META-INF/container.xml", "EPUB/content.opf"]
    order += [f"EPUB/{part.name}" for part in book.parts]
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = set(old.namelist())
        for name in order + sorted(names.difference(order)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3  # Unix, whatever machine we are on
            info.external_attr = 0o644 << 16
            packed = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name), packed, compresslevel=6)
    return buffer.getvalue()
