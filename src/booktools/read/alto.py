"""ALTO, as libraries keep their scans → pages of words with boxes and confidences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from booktools.model.printed_page import Box
from booktools.read.scan_page import (
    ScanLine,
    ScanPage,
    ScanWord,
    box_of,
    number_of,
    sorted_out,
)
from booktools.read.xml_events import clear, elements, local

_PICTURES = frozenset({"Illustration", "GraphicalElement"})
_HYPHENS = "-\u00ad¬‐"


def alto_pages(data: bytes) -> Iterator[ScanPage]:
    """The pages of an ALTO file, one by one.  Raises lxml's XMLSyntaxError."""
    styles: dict[str, tuple[str, bool, bool]] = {}
    for element in elements(data, ("TextStyle", "Page")):
        if local(element) == "TextStyle":
            style = (element.get("FONTSTYLE") or "").lower()
            look = (element.get("FONTFAMILY") or "")[:80], "bold" in style, "ital" in style
            styles[element.get("ID") or ""] = look
            continue
        yield _page(element, styles)
        clear(element)


def _page(page: etree._Element, styles: Mapping[str, tuple[str, bool, bool]]) -> ScanPage:
    lines, pictures = sorted_out(_parts(page, styles))
    width, height = number_of(page.get("WIDTH", "0")), number_of(page.get("HEIGHT", "0"))
    label = (page.get("PRINTED_IMG_NR") or "")[:40]
    return ScanPage(width, height, lines, pictures, label)


def _parts(
    page: etree._Element, styles: Mapping[str, tuple[str, bool, bool]]
) -> Iterator[ScanLine | Box | None]:
    par = 0
    for element in page.iter(etree.Element):
        name = local(element)
        if name == "TextBlock":
            par += 1
        elif name == "TextLine":
            yield replace(_line(element, styles), par=par)
        elif name in _PICTURES:
            yield _box(element)


def _box(element: etree._Element) -> Box | None:
    left, top = element.get("HPOS", ""), element.get("VPOS", "")
    right = number_of(left, float("nan")) + number_of(element.get("WIDTH", ""), float("nan"))
    bottom = number_of(top, float("nan")) + number_of(element.get("HEIGHT", ""), float("nan"))
    return box_of([left, top, right, bottom])


def _line(element: etree._Element, styles: Mapping[str, tuple[str, bool, bool]]) -> ScanLine:
    words: list[ScanWord] = []
    for inner in element.iter(etree.Element):
        name = local(inner)
        if name == "String":
            words.append(_word(inner, element, styles))
        elif name == "HYP" and words:
            last = words[-1]
            mark = (inner.get("CONTENT") or "-")[:1]
            if not last.text.endswith(tuple(_HYPHENS)):
                words[-1] = ScanWord(last.text + mark, last.box, last.confidence, last.bold,
                                     last.italic, last.font)  # fmt: skip
    box = _box(element)
    rise = None
    base = number_of((element.get("BASELINE") or "").split(" ")[0], -1.0)
    if box and box.top < base <= box.bottom:
        rise = box.bottom - base
    return ScanLine(tuple(words), box, 0.0, 0.0, rise)


def _word(
    element: etree._Element,
    line: etree._Element,
    styles: Mapping[str, tuple[str, bool, bool]],
) -> ScanWord:
    named = f"{line.get('STYLEREFS') or ''} {element.get('STYLEREFS') or ''}".split()
    looks = [styles[name] for name in named if name in styles]
    font, bold, italic = looks[-1] if looks else ("", False, False)
    own = (element.get("STYLE") or "").lower()
    confidence = number_of(element.get("WC", ""), -1.0)
    return ScanWord(
        element.get("CONTENT") or "",
        _box(element),
        min(confidence, 1.0) if confidence >= 0 else None,
        bold or "bold" in own,
        italic or "ital" in own,
        font,
    )
