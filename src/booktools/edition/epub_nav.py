"""The ways through the e-book: navigation document and NCX, with the same hierarchy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from booktools.edition.anchors import anchor
from booktools.edition.contents import Entry, walk
from booktools.edition.markup import Content, Xml, closing, element, escape, fragment, opening
from booktools.edition.xhtml import Markup, inline_markup, text_markup
from booktools.model.artifact import Expected

NCX = "http://www.daisy.org/z3986/2005/ncx/"


def nav_rows(
    entries: tuple[Entry, ...], title: str, options: Markup, documents: Mapping[str, str]
) -> Iterator[str]:
    """The contents as `<nav>`, one entry a line.  `documents` are those of the chapters."""
    yield opening(
        "nav", {"epub:type": "toc", "id": "toc", "role": "doc-toc", "aria-labelledby": "toc-title"}
    ).source
    yield element("h1", {"id": "toc-title"}, title).source
    yield from _list(entries, options, documents)
    yield closing("nav").source


def landmark_rows(title: str, landmarks: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
    """The landmarks as a `<nav>` that is not shown; each is (type, document, name)."""
    yield opening("nav", {"epub:type": "landmarks", "id": "landmarks", "hidden": "hidden"}).source
    yield element("h2", None, title).source
    yield opening("ol").source
    for kind, document, name in landmarks:
        link = element("a", {"epub:type": kind, "href": document}, name)
        yield element("li", None, link).source
    yield closing("ol").source
    yield closing("nav").source


def nav_expected(entries: tuple[Entry, ...], title: str) -> Iterator[Expected]:
    """What the navigation document shows (rule `contents`); the landmarks are hidden."""
    yield Expected(title, "contents")
    for _, entry in walk(entries):
        for text in entry.label, entry.title:
            if text:
                yield Expected(text, "contents", entry.chapter.file, entry.line)


def ncx_rows(
    entries: tuple[Entry, ...], title: str, identifier: str, documents: Mapping[str, str], lang: str
) -> Iterator[str]:
    """The NCX, which older reading systems use."""
    depth = max((depth for depth, _ in walk(entries)), default=1)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield opening("ncx", {"xmlns": NCX, "version": "2005-1", "xml:lang": lang}).source
    yield opening("head").source
    yield element("meta", {"name": "dtb:uid", "content": identifier}).source
    yield element("meta", {"name": "dtb:depth", "content": str(depth)}).source
    yield element("meta", {"name": "dtb:totalPageCount", "content": "0"}).source
    yield element("meta", {"name": "dtb:maxPageNumber", "content": "0"}).source
    yield closing("head").source
    yield element("docTitle", None, element("text", None, title)).source
    yield opening("navMap").source
    yield from _points(entries, documents, count(1))
    yield closing("navMap").source
    yield closing("ncx").source


def _list(
    entries: tuple[Entry, ...], options: Markup, documents: Mapping[str, str]
) -> Iterator[str]:
    yield opening("ol").source
    for entry in entries:
        link = element("a", {"href": _address(entry, documents)}, _shown(entry, options)).source
        if entry.children:
            yield f"<li>{link}"
            yield from _list(entry.children, options, documents)
            yield closing("li").source
        else:
            yield f"<li>{link}</li>"
    yield closing("ol").source


def _points(
    entries: tuple[Entry, ...], documents: Mapping[str, str], numbers: Iterator[int]
) -> Iterator[str]:
    for entry in entries:
        yield opening("navPoint", {"id": f"point-{next(numbers)}"}).source
        yield element("navLabel", None, element("text", None, entry.text)).source
        yield f'<content src="{escape(_address(entry, documents))}"/>'
        yield from _points(entry.children, documents, numbers)
        yield closing("navPoint").source


def _address(entry: Entry, documents: Mapping[str, str]) -> str:
    document = documents[entry.chapter.id]
    whole = entry.id in ("", entry.chapter.id)
    return document if whole else f"{document}#{anchor(entry.id)}"


def _shown(entry: Entry, options: Markup) -> Xml:
    parts: list[Content] = []
    if entry.label:
        label = text_markup(entry.label, options)
        parts += [element("span", {"class": "label"}, label), " "]
    return fragment(*parts, inline_markup(entry.inlines, options))
