"""The EPUB's package: the same bytes twice, and what happens when ebooklib fails."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from typing import Any

import ebooklib.epub
import pytest
from lxml import etree

from booktools.engines import ebook
from booktools.errors import EngineFailed, EngineMissing
from booktools.model.epub import EpubBook, Part, Refinement, Statement

MODIFIED = "2026-01-31T12:00:00Z"
OPF = "{http://www.idpf.org/2007/opf}"
PAGE = b"<!DOCTYPE html>\n<html xmlns='http://www.w3.org/1999/xhtml'><p>&#169; <br/></p></html>"
BOOK = EpubBook(
    identifier="urn:uuid:1",
    language="es-CL",
    direction="ltr",
    statements=(
        Statement("dc:title", 'Pan & "rosas"', "title", (Refinement("title-type", "main"),)),
        Statement("dc:language", "es-CL"),
        Statement("schema:accessibilitySummary", "Text.", lang="en"),
        Statement("dc:creator", "Ana", "a", (Refinement("role", "aut", "marc:relators"),)),
    ),
    parts=(
        Part("one.xhtml", "one", "application/xhtml+xml", PAGE),
        Part("nav.xhtml", "nav", "application/xhtml+xml", PAGE, ("nav",)),
        Part("toc.ncx", "ncx", "application/x-dtbncx+xml", b"<ncx/>"),
        Part("images/cover.png", "cover-image", "image/png", b"\x89PNG", ("cover-image",)),
        Part("epub.css", "css", "text/css", b"p {}" * 100),
    ),
    spine=("nav", "one"),
    ncx="ncx",
    cover="cover-image",
)


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def opf(data: bytes) -> etree._Element:
    return etree.fromstring(opened(data).read("EPUB/content.opf"))


def test_the_same_book_and_time_give_the_same_bytes() -> None:
    data = ebook.package(BOOK, MODIFIED)
    assert data == ebook.package(BOOK, MODIFIED)
    assert data != ebook.package(BOOK, "2026-01-31T12:00:01Z")


def test_the_file_begins_with_its_type_and_has_no_date_of_its_own() -> None:
    data = ebook.package(BOOK, MODIFIED)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    infos = opened(data).infolist()
    assert [info.filename for info in infos] == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/content.opf",
        *(f"EPUB/{part.name}" for part in BOOK.parts),
    ]
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    packed = {info.filename: info.compress_type for info in infos}
    assert packed["mimetype"] == packed["EPUB/images/cover.png"] == zipfile.ZIP_STORED
    assert packed["EPUB/epub.css"] == zipfile.ZIP_DEFLATED


def test_our_bytes_are_not_rewritten() -> None:
    archive = opened(ebook.package(BOOK, MODIFIED))
    for part in BOOK.parts:
        assert archive.read(f"EPUB/{part.name}") == part.data


def test_the_package_document() -> None:
    package = opf(ebook.package(BOOK, MODIFIED))
    assert package.get("version") == "3.0"
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "es-CL"
    assert package.get("dir") == "ltr"
    said = package.find(f"{OPF}metadata")
    assert said is not None
    modified = [m.text for m in said if m.get("property") == "dcterms:modified"]
    assert modified == [MODIFIED]
    assert said.findtext("{*}title") == 'Pan & "rosas"'
    assert said.findtext("{*}identifier") == "urn:uuid:1"
    role = next(m for m in said if m.get("property") == "role")
    assert (role.text, role.get("refines"), role.get("scheme")) == ("aut", "#a", "marc:relators")
    assert not [m for m in said if m.get("name") == "generator"]
    items = {item.get("id"): item for item in package.iterfind(f"{OPF}manifest/{OPF}item")}
    assert items["nav"].get("properties") == "nav"
    assert items["cover-image"].get("properties") == "cover-image"
    spine = package.find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("toc") == "ncx"
    assert [ref.get("idref") for ref in spine] == ["nav", "one"]


def test_pages_turn_the_other_way_in_a_book_from_right_to_left() -> None:
    turned = opf(ebook.package(replace(BOOK, direction="rtl"), MODIFIED))
    straight = opf(ebook.package(BOOK, MODIFIED))
    name = "page-progression-direction"
    assert turned.find(f"{OPF}spine[@{name}='rtl']") is not None
    assert straight.find(f"{OPF}spine[@{name}]") is None
    assert turned.get("dir") == "rtl"


def test_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", none)
    with pytest.raises(EngineMissing) as error:
        ebook.package(BOOK, MODIFIED)
    assert "pip install ebooklib" in error.value.hint


def lost(write: Callable[[Any], None]) -> Callable[[Any], None]:
    """A writer that leaves out the first item and says nothing."""

    def writes(self: Any) -> None:
        self.book.items = self.book.items[1:]
        write(self)

    return writes


def test_it_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(self: Any) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(ebooklib.epub.EpubWriter, "_write_items", crash)
    with pytest.raises(EngineFailed, match="RuntimeError: disk on fire"):
        ebook.package(BOOK, MODIFIED)


def test_it_leaves_a_file_out(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = ebooklib.epub.EpubWriter
    monkeypatch.setattr(writer, "_write_items", lost(writer._write_items))
    with pytest.raises(EngineFailed, match=r"one\.xhtml"):
        ebook.package(BOOK, MODIFIED)


def test_it_leaves_metadata_out() -> None:
    """ebooklib logs what lxml cannot write, and goes on."""
    statements = (*BOOK.statements, Statement("dc:subject", "bell\a"))
    with pytest.raises(EngineFailed, match="metadata"):
        ebook.package(replace(BOOK, statements=statements), MODIFIED)


def test_it_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ebooklib.epub.EpubWriter, "write", lambda self: None)
    with pytest.raises(EngineFailed, match="BadZipFile"):
        ebook.package(BOOK, MODIFIED)
