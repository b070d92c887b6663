"""The XML of ABBYY FineReader → pages of words with boxes and confidences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from booktools.read.told_roles import NOTHING, told_by
from booktools.read.xml_events import clear, elements, local

_SIDES = ("l", "t", "r", "b")
_POINTS = 72.0  # an inch
_SUSPICIOUS = 0.5  # the confidence of a word that is only marked as doubtful


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    box: Box | None
    confidence: float | None
    bold: bool
    italic: bool
    font: str


def abbyy_pages(data: bytes) -> Iterator[ScanPage]:
    """The pages of an ABBYY file, one by one.  Raises lxml's XMLSyntaxError."""
    roles: dict[str, str] = {}
    for element in elements(data, ("paragraphStyle", "page")):
        if local(element) == "paragraphStyle":
            roles[element.get("id") or ""] = element.get("role") or ""
            continue
        yield _page(element, roles)
        clear(element)


def _page(page: etree._Element, roles: Mapping[str, str]) -> ScanPage:
    dots = number_of(page.get("resolution", "0"))
    lines, pictures = sorted_out(_parts(page, dots, roles))
    width, height = number_of(page.get("width", "0")), number_of(page.get("height", "0"))
    return ScanPage(width, height, lines, pictures)


def _parts(
    page: etree._Element, dots: float, roles: Mapping[str, str]
) -> Iterator[ScanLine | Box | None]:
    par, told = 0, NOTHING
    for element in page.iter(etree.Element):
        name = local(element)
        if name == "par":
            par += 1
            told = told_by([roles.get(element.get("style") or "", "")])
        elif name == "line":
            yield replace(_line(element, dots), par=par, told=told)
        elif name == "block" and element.get("blockType") == "Picture":
            yield _box(element)


def _box(element: etree._Element) -> Box | None:
    return box_of([element.get(side, "") for side in _SIDES])


def _line(element: etree._Element, dots: float) -> ScanLine:
    chars: list[_Char] = []
    points: Counter[float] = Counter()
    for formatting in element.iter(etree.Element):
        if local(formatting) != "formatting":
            continue
        own = list(_chars(formatting))
        points[max(number_of(formatting.get("fs", "0").rstrip(".")), 0.0)] += len(own)
        chars += own
    stated = max(points, key=lambda size: points[size], default=0.0)
    size = stated * dots / _POINTS
    box = _box(element)
    if not box or not 0.2 * box.height <= size <= 5 * box.height:
        size = 0.0
    base = number_of(element.get("baseline", ""), -1.0)
    rise = box.bottom - base if box and box.top < base <= box.bottom else None
    return ScanLine(tuple(_words(chars)), box, size, 0.0, rise, points=stated)


def _chars(formatting: etree._Element) -> Iterator[_Char]:
    bold = formatting.get("bold") in ("1", "true")
    italic = formatting.get("italic") in ("1", "true")
    font = (formatting.get("ff") or "")[:80]
    own = [inner for inner in formatting if local(inner) == "charParams"]
    if not own:
        for char in formatting.text or "":
            yield _Char(char, None, None, bold, italic, font)
    for inner in own:
        confidence = number_of(inner.get("charConfidence", ""), -1.0)
        sure = min(confidence / 100, 1.0) if 0 <= confidence < 255 else None
        if sure is None and inner.get("suspicious") in ("1", "true"):
            sure = _SUSPICIOUS
        yield _Char(inner.text or " ", _box(inner), sure, bold, italic, font)


def _words(chars: Sequence[_Char]) -> Iterator[ScanWord]:
    word: list[_Char] = []
    for char in (*chars, _Char(" ", None, None, False, False, "")):
        if char.text.strip():
            word.append(char)
        elif word:
            yield _word(word)
            word = []


def _word(chars: Sequence[_Char]) -> ScanWord:
    boxes = [char.box for char in chars if char.box]
    box = None
    if len(boxes) == len(chars):
        box = Box(
            min(b.left for b in boxes),
            min(b.top for b in boxes),
            max(b.right for b in boxes),
            max(b.bottom for b in boxes),
        )
    sure = [char.confidence for char in chars if char.confidence is not None]
    half = len(chars) / 2
    return ScanWord(
        "".join(char.text for char in chars),
        box,
        min(sure, default=None),
        sum(char.bold for char in chars) > half,
        sum(char.italic for char in chars) > half,
        chars[0].font,
    )
