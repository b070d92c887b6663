"""ALTO, as libraries keep their scans → pages of words with boxes and confidences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
from booktools.read.told_roles import told_by
from booktools.read.xml_events import clear, elements, local

_TAGS = ("LayoutTag", "StructureTag", "RoleTag", "OtherTag")
_PICTURES = frozenset({"Illustration", "GraphicalElement"})
_HYPHENS = "-\u00ad¬‐"


@dataclass(frozen=True, slots=True)
class _Style:
    font: str = ""
    bold: bool = False
    italic: bool = False
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What the file declares before its pages: styles and the labels of tags, by their names."""

    styles: dict[str, _Style]
    tags: dict[str, str]


def alto_pages(data: bytes) -> Iterator[ScanPage]:
    """The pages of an ALTO file, one by one.  Raises lxml's XMLSyntaxError."""
    known = _Known({}, {})
    for element in elements(data, ("TextStyle", *_TAGS, "Page")):
        name, own = local(element), element.get("ID") or ""
        if name == "TextStyle":
            style = (element.get("FONTSTYLE") or "").lower()
            size = max(number_of(element.get("FONTSIZE", "0")), 0.0)
            family = (element.get("FONTFAMILY") or "")[:80]
            known.styles[own] = _Style(family, "bold" in style, "ital" in style, size)
        elif name in _TAGS:
            known.tags[own] = element.get("LABEL") or element.get("TYPE") or ""
        else:
            yield _page(element, known)
            clear(element)


def _page(page: etree._Element, known: _Known) -> ScanPage:
    lines, pictures = sorted_out(_parts(page, known))
    width, height = number_of(page.get("WIDTH", "0")), number_of(page.get("HEIGHT", "0"))
    label = (page.get("PRINTED_IMG_NR") or "")[:40]
    return ScanPage(width, height, lines, pictures, label)


def _parts(page: etree._Element, known: _Known) -> Iterator[ScanLine | Box | None]:
    par = 0
    for element in page.iter(etree.Element):
        name = local(element)
        if name == "TextBlock":
            par += 1
        elif name == "TextLine":
            told = told_by(_labels(element, page, known))
            yield replace(_line(element, known), par=par, told=told)
        elif name in _PICTURES:
            yield _box(element)


def _labels(line: etree._Element, page: etree._Element, known: _Known) -> Iterator[str]:
    """The tags and types of a line and of the blocks that hold it, from within."""
    element: etree._Element | None = line
    while element is not None and element is not page:
        yield from (known.tags.get(name, "") for name in (element.get("TAGREFS") or "").split())
        yield element.get("TYPE") or ""
        element = element.getparent()


def _box(element: etree._Element) -> Box | None:
    left, top = element.get("HPOS", ""), element.get("VPOS", "")
    right = number_of(left, float("nan")) + number_of(element.get("WIDTH", ""), float("nan"))
    bottom = number_of(top, float("nan")) + number_of(element.get("HEIGHT", ""), float("nan"))
    return box_of([left, top, right, bottom])


def _line(element: etree._Element, known: _Known) -> ScanLine:
    words: list[ScanWord] = []
    for inner in element.iter(etree.Element):
        name = local(inner)
        if name == "String":
            words.append(_word(inner, element, known))
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
    return ScanLine(tuple(words), box, 0.0, 0.0, rise, points=_points(element, known))


def _points(line: etree._Element, known: _Known) -> float:
    """The size of most of a line's letters, 0 if it is not said."""
    count: Counter[float] = Counter()
    for inner in line.iter(etree.Element) if known.styles else ():
        if local(inner) == "String":
            count[_style(inner, line, known).points] += len(inner.get("CONTENT") or "")
    return max(count, key=lambda size: count[size], default=0.0)


def _style(element: etree._Element, line: etree._Element, known: _Known) -> _Style:
    """The style of a word, or that of its line or its block."""
    for one in (element, line, line.getparent()):
        named = (one.get("STYLEREFS") or "").split() if one is not None else []
        looks = [known.styles[name] for name in named if name in known.styles]
        if looks:
            return looks[-1]
    return _Style()


def _word(
    element: etree._Element,
    line: etree._Element,
    known: _Known,
) -> ScanWord:
    look = _style(element, line, known)
    own = (element.get("STYLE") or "").lower()
    confidence = number_of(element.get("WC", ""), -1.0)
    return ScanWord(
        element.get("CONTENT") or "",
        _box(element),
        min(confidence, 1.0) if confidence >= 0 else None,
        look.bold or "bold" in own,
        look.italic or "ital" in own,
        look.font,
    )
