"""hOCR, as Tesseract and OCRmyPDF write it → pages of words with boxes and confidences."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from booktools.model.printed_page import Box
from booktools.read.baselines import DEEP, TALL
from booktools.read.scan_page import (
    ScanLine,
    ScanPage,
    ScanWord,
    box_of,
    number_of,
    sorted_out,
)
from booktools.read.told_roles import told_by

_PAGE, _PARAGRAPH = "ocr_page", "ocr_par"
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption",
                    "ocr_textfloat"})  # fmt: skip
_PICTURES = frozenset({"ocr_photo", "ocr_image", "ocr_graphic"})
_BOLD, _ITALIC = frozenset({"strong", "b"}), frozenset({"em", "i"})
# So much higher than its box no line is.
_HIGHER = 1.2
_PROPERTY = re.compile(r'\s*(\w+)\s+((?:"[^"]*"|[^;"])*)')


def hocr_pages(data: bytes) -> Iterator[ScanPage]:
    """The pages of an hOCR file, one by one.  Raises lxml's XMLSyntaxError."""
    events = etree.iterparse(
        io.BytesIO(data), events=("end",), html=True, no_network=True, encoding="utf-8"
    )
    for _, element in events:
        if _PAGE in _classes(element):
            yield _page(element)
            element.clear()
            while element.getprevious() is not None:
                parent = element.getparent()
                if parent is None:
                    break
                del parent[0]


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def _properties(element: etree._Element) -> dict[str, str]:
    """What the element's title says: `bbox 1 2 3 4; x_wconf 90`."""
    return {name: value.strip() for name, value in _PROPERTY.findall(element.get("title") or "")}


def _page(element: etree._Element) -> ScanPage:
    said = _properties(element)
    box = box_of(said.get("bbox", "").split())
    lines, pictures = sorted_out(_parts(element))
    width, height = (box.right, box.bottom) if box else (0.0, 0.0)
    return ScanPage(width, height, lines, pictures, _label(said))


def _parts(page: etree._Element) -> Iterator[ScanLine | Box | None]:
    par = 0
    for inner in page.iter("span", "div", "p"):
        names = set(_classes(inner))
        if _PARAGRAPH in names:
            par += 1
        elif _LINES & names and not _holds_lines(inner, names):
            yield replace(_line(inner), par=par, told=told_by(_labels(inner, page)))
        elif _PICTURES & names:
            yield box_of(_properties(inner).get("bbox", "").split())


def _holds_lines(element: etree._Element, names: set[str]) -> bool:
    """Whether it is a head or a float with lines of its own."""
    if "ocr_line" in names or "ocrx_line" in names:
        return False
    return any(_LINES & set(_classes(one)) for one in element.iterdescendants("span", "div", "p"))


def _labels(line: etree._Element, page: etree._Element) -> Iterator[str]:
    """The classes of what holds a line, from within: not its own, which Tesseract guesses."""
    for outer in line.iterancestors():
        if outer is page:
            return
        yield from (name.removeprefix("ocr_") for name in _classes(outer))


def _label(said: dict[str, str]) -> str:
    """The page's number in print, where the file knows it."""
    return said.get("lpageno", "").strip('"')[:40]


def _line(element: etree._Element) -> ScanLine:
    said = _properties(element)
    box = box_of(said.get("bbox", "").split())
    words = [_word(inner) for inner in element.iter("span") if "ocrx_word" in _classes(inner)]
    if not words and (text := "".join(map(str, element.itertext())).strip()):
        words = [ScanWord(text, box)]
    slope, rise = 0.0, None
    if len(parts := said.get("baseline", "").split()) == 2:
        slope, rise = number_of(parts[0]), -number_of(parts[1])
        if abs(slope) > 1 or not box or not -box.height <= rise <= box.height:
            slope, rise = 0.0, None
    size = number_of(said.get("x_size", "0"))
    if not box or not 0.2 * box.height <= size <= 5 * box.height:
        size = 0.0
    elif _beyond(said, size, words) > _HIGHER * (box.height - abs(slope) * box.width):
        size = 0.0  # guessed: of a few letters the program tells no size
    small, points = _small(said, size), number_of(said.get("x_fsize", "0"))
    return ScanLine(tuple(words), box, size, slope, rise, small, points=max(points, 0.0))


def _beyond(said: dict[str, str], size: float, words: list[ScanWord]) -> float:
    """How high the line would be at least, if its letters were of that size."""
    letters = {letter for word in words for letter in word.text}
    up = letters & TALL or any(map(str.isupper, letters))
    above = 0.0 if up else number_of(said.get("x_ascenders", ""))
    return size - above - (0.0 if letters & DEEP else number_of(said.get("x_descenders", "")))


def _small(said: dict[str, str], size: float) -> float:
    """How high the line's small letters are; 0 where it is not said.

    `x_size` counts what reaches above and below them, which changes from line to line with the
    letters that there are.
    """
    beyond = [number_of(said.get(name, ""), -1.0) for name in ("x_ascenders", "x_descenders")]
    small = size - sum(beyond)
    return small if min(beyond) >= 0 and 0.2 * size <= small < size else 0.0


def _word(element: etree._Element) -> ScanWord:
    said = _properties(element)
    confidence = number_of(said.get("x_wconf", ""), -1.0)
    tags = {str(inner.tag) for inner in element.iter()}
    letters = [inner for inner in element.iter("span") if "ocrx_cinfo" in _classes(inner)]
    text = "".join("".join(map(str, inner.itertext())).strip() for inner in letters)
    return ScanWord(
        text or "".join(map(str, element.itertext())),
        box_of(said.get("bbox", "").split()),
        min(confidence / 100, 1.0) if confidence >= 0 else None,
        bool(tags & _BOLD),
        bool(tags & _ITALIC),
        said.get("x_font", "").strip('"')[:80],
    )
