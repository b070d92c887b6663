"""Printed pages made up for tests: lines of letters that are half as wide as they are high."""

from __future__ import annotations

from collections.abc import Sequence

from booktools.model.page import Pages
from booktools.model.printed_page import (
    Box,
    Drawing,
    Face,
    Hidden,
    OutlineEntry,
    PrintedLine,
    PrintedPage,
    PrintedWord,
)
from booktools.read.printed import PrintedFile, read_printed

BODY = Face("Serif", 10.0)
WIDTH, HEIGHT = 300.0, 400.0


def word(text: str, x: float, y: float, face: Face = BODY, *, joined: bool = False) -> PrintedWord:
    size = face.size
    box = Box(x, y - 0.75 * size, x + 0.5 * size * len(text), y + 0.22 * size)
    return PrintedWord(text, box, y, face, joined=joined)


def line(
    text: str,
    x: float,
    y: float,
    face: Face = BODY,
    *,
    to: float = 0.0,
    turn: int = 0,
    artifact: bool = False,
) -> PrintedLine:
    """A line from `x` on the base line `y`; spread so that it ends at `to`, if that is given."""
    words = text.split()
    blank = 0.5 * face.size
    if to and len(words) > 1:
        letters = sum(len(w) for w in words) * 0.5 * face.size
        blank = (to - x - letters) / (len(words) - 1)
    made = []
    for each in words:
        made.append(word(each, x, y, face))
        x = made[-1].box.right + blank
    return PrintedLine(tuple(made), turn, artifact)


def hidden(text: str, x: float, y: float, why: Hidden) -> PrintedLine:
    one = word(text, x, y)
    return PrintedLine((PrintedWord(one.text, one.box, y, BODY, hidden=why),))


def column(
    paragraphs: Sequence[Sequence[str]], x: float, top: float, *, to: float, indent: float = 12.0
) -> list[PrintedLine]:
    """Paragraphs of lines: the first indented, all but the last filling the measure."""
    out: list[PrintedLine] = []
    y = top
    for paragraph in paragraphs:
        for at, text in enumerate(paragraph):
            last = at == len(paragraph) - 1
            out.append(line(text, x + indent * (not at), y, to=0.0 if last else to))
            y += 12.0
    return out


def page(
    *lines: PrintedLine,
    number: int = 1,
    drawings: Sequence[Drawing] = (),
    label: str = "",
    scanned: bool = False,
) -> PrintedPage:
    return PrintedPage(number, WIDTH, HEIGHT, lines, tuple(drawings), label, scanned)


def read(*pages: PrintedPage, outline: Sequence[OutlineEntry] = ()) -> Pages:
    return read_printed([PrintedFile("b.pdf", pages, tuple(outline))])


def frame(left: float, top: float, right: float, bottom: float) -> Drawing:
    return Drawing(Box(left, top, right, bottom))


def picture(left: float, top: float, right: float, bottom: float) -> Drawing:
    return Drawing(Box(left, top, right, bottom), picture=True)
