"""What may call for a note in the text: figures and signs, and how much each looks like a call."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from booktools.model.galley import Block, Galley, Role
from booktools.model.page import Pages
from booktools.model.place import Span

CALLING = (
    *(Role.PARAGRAPH, Role.QUOTE, Role.LIST),
    *(Role.DECK, Role.DATELINE, Role.SIGNATURE),
    *(Role.HEADING, Role.CAPTION, Role.TABLE, Role.VERSE),
)
SIGNS = "*†‡§¶‖"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(RAISED, "0123456789")
_CALL = re.compile(rf"[\[(]?(\d{{1,3}}|[{SIGNS}]{{1,3}})[\])]?")
_RAISED = re.compile(rf"(?<=\S)[{RAISED}]{{1,3}}")
# The mark that a word ends with.
MARK_AT_END = re.compile(
    rf"(?:\[\d{{1,3}}\]|\(\d{{1,3}}\)|(?<!\d)\d{{1,3}}|[\[(]?[{SIGNS}]{{1,3}}[\])]?|[{RAISED}]{{1,3}})$"
)
_FIGURE = re.compile(rf"(?:\d{{1,3}}(?![\w%°])|[{SIGNS}]{{1,3}}(?!\w)|[{RAISED}]{{1,3}}(?!\w))")
_PAIRS = {"[": "]", "(": ")"}
_OPENING = "“«„‘‚¿¡"
# Behind a figure that is a part of a larger one, of a date or a range.
_GOES_ON = re.compile(r"[.,:/'’]\d|[-–/]\w")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*$")
# Closing marks between a word and the call behind it.
_CLOSERS = re.compile(r"(?<=\w)[^\w\s\[({}“‘„«+=/<>#&@$£€%^_~\\|-]{1,4}$|(?<=\w)[“«]$")
# What stands with a point before a figure that is no call.
_BEFORE_FIGURES = re.compile(
    r"(?i:pp?|vv?|vs|vols?|nos?|nr|ch|chap|cap|kap|figs?|abb|pl|secc?t?|arts?|par|ll?|nn?|st|bk|bd|lib"
    r"|pts?|cols?|ff?|fol|qq?|op|cit|ps|sam|kgs|chr|cor|matt|gen|ex|rev|s|t|tom|vid|núm|págs?)"
)
# So many characters before a figure tell what it stands behind.
_NEAR = 16
# Fewer letters before a figure make a name with it: x2, B12, H2.
_WHOLE = 3
_DASHES = "–—―‐‑"
# Behind these a raised figure is a power: km², m³.
_UNITS = frozenset(["m", "cm", "mm", "km", "dm", "ft", "in", "yd", *"shxyzrnab"])


class Look(IntEnum):
    """How much a figure looks like a call."""

    APART = 0  # with a blank before it
    ODD = 1  # close behind what may be an abbreviation, a formula or a name
    FIRST = 2  # behind a closing mark, the first of a line of the source
    GLUED = 3  # close behind a word; behind a closing mark, alone on a line of the source
    CLEAR = 4  # close behind a closing mark, in square brackets, a sign, raised


@dataclass(frozen=True, slots=True)
class Call:
    """What may be a call: its block, its stretch of the block's text, its mark in plain figures
    or signs, and its look."""

    block: int
    start: int
    end: int
    mark: str
    look: Look

    @property
    def at(self) -> tuple[int, int]:
        """Its place in reading order."""
        return self.block, self.start


def raised_figures(pages: Pages) -> tuple[Span, ...] | None:
    """Where the source has small raised figures and signs as print shows them, in its order;
    nothing for a source without geometry."""
    if pages.geometry is None:
        return None
    found = []
    for line, looks in zip(pages.lines(), pages.geometry.lines, strict=True):
        if looks is None or not line.text:
            continue
        spans = [s for s in looks.raised if _CALL.fullmatch(line.text[s[0] : s[1]])]
        spans += [match.span() for match in _RAISED.finditer(line.text)]
        start = line.span.start
        found += [Span(start + a, start + b) for a, b in spans if a]
    return tuple(found)


def printed_calls(galley: Galley, raised: Sequence[Span]) -> Iterator[Call]:
    """The raised figures of printed pages that stand in the running text as they did in the
    source."""
    pieces = sorted((p.start, i) for i, block in enumerate(galley.blocks) for p in block.pieces)
    starts = [start for start, _ in pieces]
    for span in raised:
        index = pieces[bisect_right(starts, span.start) - 1][1]
        block = galley.blocks[index]
        if block.role in CALLING:
            at = today(block, span.start)
            sign = block.text[at : at + len(span)]
            if sign == galley.source.text[span.start : span.end]:
                yield Call(index, at, at + len(sign), plain(sign), Look.CLEAR)


def written_calls(galley: Galley, marks: Collection[str]) -> Iterator[Call]:
    """The figures and signs of the running text that have one of the marks."""
    for index, block in enumerate(galley.blocks):
        if block.role not in CALLING:
            continue
        text = block.text
        for match in _FIGURE.finditer(text):
            mark = plain(match[0])
            if mark in marks and match.start():
                call = _call(galley, index, match)
                if call:
                    yield call


def plain(sign: str) -> str:
    """A mark without its brackets, in plain figures."""
    return sign.translate(_PLAIN).strip("[]()")


def _call(galley: Galley, index: int, match: re.Match[str]) -> Call | None:
    """The call that a figure of a block may be."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1], text[end : end + 1]
    figures = match[0][0].isdecimal()
    bracket = _PAIRS.get(before, "")
    if bracket:
        if after != bracket or start < 2:
            return None
        start, end = start - 1, end + 1
        look = _bracketed(text, start)
    elif figures and _GOES_ON.match(text, end):
        return None
    else:
        look = _glued(text, start, match[0])
    if look is None:
        return None
    if look is Look.APART and figures and _CLOSERS.search(text[max(0, start - 6) : start - 1]):
        look = _on_line(galley, galley.blocks[index], start, end)
    elif look is Look.APART and not figures:
        look = Look.ODD
    elif look > Look.ODD and not _touches(galley, galley.blocks[index], start):
        look = Look.ODD  # a line's end stood between, which cleaning has taken out
    return Call(index, start, end, plain(match[0]), look)


def _bracketed(text: str, start: int) -> Look | None:
    """How a number in brackets looks that begins there."""
    if text[start] == "[":
        return Look.CLEAR
    word = _WORD.search(text[max(0, start - _NEAR) : start])
    name = word is not None and len(word[0]) < _WHOLE
    return Look.ODD if name or text[start - 1].isspace() else Look.GLUED


def _glued(text: str, start: int, sign: str) -> Look | None:
    """How a figure or sign looks from what stands before it; nothing where it is a part of
    something larger."""
    before = text[start - 1]
    if before.isspace():
        return Look.APART
    head = text[max(0, start - _NEAR) : start]
    word = _WORD.search(head)
    if not sign[0].isdecimal():
        power = not word or len(word[0]) < _WHOLE or word[0] in _UNITS
        if sign[0] in RAISED and power and not _CLOSERS.search(head):
            return Look.ODD
        return Look.CLEAR if word or _CLOSERS.search(head) or before.isdecimal() else None
    if word:
        capitals = word[0].isupper() and not text.isupper()
        return Look.ODD if len(word[0]) < _WHOLE or capitals else Look.GLUED
    closed = _CLOSERS.search(head)
    if not closed or closed[0][-1] in _DASHES:
        return None
    word = _WORD.search(head[: closed.start()])
    if closed[0] in (".", ":", "’", "'"):
        odd = not word or len(word[0]) < 2 or _BEFORE_FIGURES.fullmatch(word[0])
        return Look.ODD if odd else Look.CLEAR
    return Look.CLEAR if word or closed[0][-1] not in ",." else Look.ODD


def _touches(galley: Galley, block: Block, start: int) -> bool:
    """Whether what stands before a figure stood there in the source."""
    before = block.raw_offset(start) - 1
    return before < 0 or not galley.source.text[before].isspace()


def _on_line(galley: Galley, block: Block, start: int, end: int) -> Look:
    """How a figure behind a blank looks from its line of the source."""
    text = galley.source.text
    first, last = block.raw_offset(start), block.raw_offset(end - 1) + 1
    left = text.rfind("\n", 0, first) + 1
    right = text.find("\n", last)
    if text[left:first].strip():
        return Look.APART
    return Look.FIRST if text[last : right if right >= 0 else len(text)].strip() else Look.GLUED


def today(block: Block, offset: int) -> int:
    """Where a character of the source stands in a block's text."""
    at = 0
    for piece in block.pieces:
        if piece.start <= offset < piece.end:
            at += offset - piece.start
            break
        at += len(piece)
    for layer in block.layers:
        at = layer.above(at)
    return at
