"""Words that are cut at a line end: where they are in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from booktools.model.galley import Block
from booktools.model.place import Span

TRUE_HYPHENS = "-‐‑"
_PLAIN = str.maketrans(dict.fromkeys(TRUE_HYPHENS, "-"))
# A hyphen as extractors write it: - and ‐, the soft one alone or behind a true one, the ¬
# of some OCR, and what pdfium makes of a hyphen at a line end (U+FFFE, or once U+0002), with
# or without the line end; = and ⸗ are the hyphens of black-letter type.
# In Spanish and other languages a true hyphen is set again at the head of the next line.
MARKS = f"{TRUE_HYPHENS}¬=⸗\ufffe\x02\u00ad"
_BREAK = re.compile(
    f"(?P<mark>[{MARKS}](?<![-‐‑–—].)"
    "(?:(?<!=)|(?<=[^\\W\\d_]{2}=)(?=[^\\S\n]*\n\\s*[^\\W\\d_]{2}))\u00ad?)"
    "(?P<gap>[^\\S\n\f]*[\n\f]\\s*(?P<again>[-‐‑](?=[^\\W\\d_]))?|(?<=[\ufffe\x02]))(?=\\w)"
)
# A token: will-o’-the-wisp, c’est-à-dire, l’homme.
_TOKEN = r"[^\W_]+(?:(?:[’']?[‐‑-]|[’'])[^\W_]+)*"
TOKEN_BEFORE = re.compile(rf"(?<![^\W_]){_TOKEN}\Z")
TOKEN_BEHIND = re.compile(_TOKEN)
# Two columns of a line have so many blanks between them at least.
GUTTER = 2
# Texts whose cuts are remembered: what is counted of all blocks is asked of each again.
_RECENT = 2**13
# No token is longer; what is, is no word.
LONGEST = 80
_ADDRESS_BEFORE = re.compile(r"(?:https?://|www\.|\w@)\S*\Z")
_ADDRESS_BEHIND = re.compile(r"[\w.-]*\w(?:@\w|\.(?:com|org|net|edu|gov)\b|://)")


@dataclass(frozen=True, slots=True)
class Found:
    """A cut word in a text: the tokens at both sides, and where the hyphen and the gap are.

    `again`: the hyphen is set again on the next line; `address`: the word is part of an address
    of the net, as http://www.so-⏎so.org or so-⏎so@so.org.
    """

    left: str
    mark: str
    right: str
    start: int
    end: int
    again: bool
    address: bool


def hidden_line_ends(block: Block) -> Iterator[Span]:
    """Where in the raw text of a block a line ends that the source goes on behind: with the next
    column's line, or with a running head or a note that is no part of the block."""
    at = 0
    for number, span in enumerate(block.pieces):
        part = block.raw[at : at + len(span)]
        at += len(span)
        blanks = len(part) - len(part.rstrip(" "))
        if blanks == len(part) or part[-blanks - 1].isspace():
            continue
        there = block.pieces[number + 1].start if number + 1 < len(block.pieces) else span.end
        jumps = there != span.end and not block.raw[at].isspace()
        if blanks >= GUTTER or jumps:
            yield Span(at - blanks, at)


def printed(block: Block) -> str:
    """The raw text of a block with a line end wherever its line ended in print."""
    if len(block.pieces) < 2:
        return block.raw
    parts, at = list[str](), 0
    for span in hidden_line_ends(block):
        parts += block.raw[at : span.start], "\n"
        at = span.end
    return "".join((*parts, block.raw[at:]))


def plain_hyphens(text: str) -> str:
    """The text with every sort of hyphen as “-”."""
    return text.translate(_PLAIN)


@lru_cache(_RECENT)
def cuts(text: str) -> tuple[Found, ...]:
    """The words of a text that are cut at a line end."""
    return tuple(_cuts(text))


def _cuts(text: str) -> Iterator[Found]:
    for match in _BREAK.finditer(text):
        start, end = match.span()
        before = text[max(0, start - LONGEST) : start]
        before = "" if before[-1:].isspace() else before.split()[-1] if before else ""
        left = TOKEN_BEFORE.search(before)
        right = TOKEN_BEHIND.match(text, end, end + LONGEST)
        if left and right:
            net = _ADDRESS_BEFORE.search(before) or _ADDRESS_BEHIND.match(text, end, end + LONGEST)
            again, address = bool(match["again"]), bool(net)
            yield Found(left[0], match["mark"], right[0], start, end, again, address)
