"""What an EPUB's package file says: title, people, language, and which files are no text."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, normpath

from lxml import etree

from booktools.read.packed import MOST_XML, Packed

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"


def part_of(packed: Packed, name: str) -> etree._Element | None:
    """The root of an XML file in an archive, entities left alone; None where there is none, or
    it cannot be parsed."""
    if name not in packed.sizes:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(packed.read(name, MOST_XML), parser)
    except etree.XMLSyntaxError:
        return None


def package(packed: Packed) -> etree._Element | None:
    """The package file of an EPUB; None when it cannot be found or read."""
    container = part_of(packed, "META-INF/container.xml")
    if container is None:
        return None
    for element in container.iter("{*}rootfile"):
        path = normpath(element.get("full-path") or "")
        if path in packed.sizes:
            return part_of(packed, path)
    return None


def titled(root: etree._Element) -> tuple[str, tuple[str, ...], str]:
    """The main title, the authors in their order, and the language; "" and ()."""
    kinds = {
        (meta.get("refines") or "").removeprefix("#"): (meta.get("property"), (meta.text or ""))
        for meta in root.iter(f"{_OPF}meta")
        if meta.get("property") in ("title-type", "role")
    }
    titles = list(_said(root, "title"))
    main = [text for text, own in titles if kinds.get(own) == ("title-type", "main")]
    first = (*main, *(text for text, _ in titles), "")[0]
    authors = tuple(
        text for text, own in _said(root, "creator") if kinds.get(own, ("", "aut"))[1] == "aut"
    )
    return first, authors, next((text for text, _ in _said(root, "language")), "")


def navigation(root: etree._Element) -> tuple[str, ...]:
    """The names of the files that hold the lists of contents, without their folders."""
    return tuple(
        basename(item.get("href") or "")
        for item in root.iter(f"{_OPF}item")
        if "nav" in (item.get("properties") or "").split()
    )


def _said(root: etree._Element, name: str) -> Iterator[tuple[str, str]]:
    """The texts of an element of Dublin Core, with their ids."""
    for element in root.iter(f"{_DC}{name}"):
        if text := " ".join((element.text or "").split()):
            yield text, element.get("id") or ""
