"""Letters: what of a text is compared, and the way back from a letter to where it stands.

All that is not white space counts, in Unicode's composed form (NFC): case, digits and
every mark of punctuation; ligatures count as their letters.  Soft hyphens and characters that
show nothing are left out, and counted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

SOFT_HYPHEN = "\u00ad"
# Unicode's characters that are ignored where they have no effect: joiners, spaces without
# width, direction marks, fillers, variation selectors, tags.  They show nothing.
_INVISIBLE = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{SOFT_HYPHEN}{_INVISIBLE}]")
# Ligatures and the forms of Arabic letters that are characters: a reader of the PDF gives the
# letters that they stand for.
_FORMS = re.compile(
    "[\u0675-\u0678\ufb00-\ufb06\ufb13-\ufb17\ufb20-\ufb28\ufb4f\ufb50-\ufdff\ufe70-\ufefc]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and where it stands; `line` and `page` count from 1, 0 unknown.

    `note` where it is known to be part of a note.
    """

    text: str
    file: str = ""
    line: int = 0
    page: int = 0
    rule: str = ""
    note: bool = False


@dataclass(frozen=True)
class Letters:
    """The letters of pieces taken end to end; `starts` is where each piece begins."""

    letters: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.letters)

    def index_at(self, offset: int) -> int:
        """The number of the piece that holds the letter."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def piece_at(self, offset: int) -> Piece | None:
        """The piece that holds the letter, the last one for the end."""
        return self.pieces[self.index_at(offset)] if self.pieces else None

    def lengths(self) -> Iterator[tuple[Piece, int]]:
        """Each piece with the number of its letters."""
        ends = (*self.starts[1:], len(self.letters))
        for index, piece in enumerate(self.pieces):
            yield piece, ends[index] - self.starts[index]

    @cached_property
    def piece_starts(self) -> frozenset[int]:
        return frozenset(self.starts)

    def text(self, start: int, end: int) -> str:
        """The letters `start`..`end` as they stand, with the blanks between them."""
        if start >= end:
            return ""
        out: list[str] = []
        before: Piece | None = None
        for index in range(self.index_at(start), len(self.pieces)):
            if self.starts[index] >= end:
                break
            piece = self.pieces[index]
            first = max(start - self.starts[index], 0)
            part = letter_slice(piece.text, first, end - self.starts[index])
            if before and (before.line, before.page) != (piece.line, piece.page):
                out.append(" ")
            out.append(part)
            before = piece
        return " ".join("".join(out).split())

    def around(self, start: int, end: int, width: int = 32) -> tuple[str, str]:
        """The text before and after a stretch, cut at `width` letters."""
        return (
            self.text(max(start - width, 0), start),
            self.text(end, min(end + width, len(self))),
        )


def letters_of(text: str) -> str:
    """The letters of one text."""
    return unicodedata.normalize("NFC", _bare(text))


def gather(pieces: Iterable[Piece]) -> Letters:
    """The letters of pieces; the same however the text is cut into pieces."""
    kept = tuple(pieces)
    starts: list[int] = []
    parts: list[str] = []
    at = 0
    for piece in kept:
        part = _bare(piece.text)
        starts.append(at)
        parts.append(part)
        at += len(part)
    joined = "".join(parts)
    if unicodedata.is_normalized("NFC", joined):
        return Letters(joined, kept, tuple(starts))
    return _composed(kept, parts)


def unseen(text: str) -> Counter[str]:
    """How many letters are left out: by rule, `soft-hyphen` and `invisible`."""
    if text.isascii():
        return Counter()
    found = _UNSEEN.findall(text)
    soft = found.count(SOFT_HYPHEN)
    return +Counter({"soft-hyphen": soft, "invisible": len(found) - soft})


def _bare(text: str) -> str:
    joined = "".join(text.split())
    if joined.isascii():
        return joined
    return _FORMS.sub(_spelled, _UNSEEN.sub("", joined))


def _spelled(form: re.Match[str]) -> str:
    if form[0] == "\ufb05":  # whose long s is itself a form
        return "\u017ft"
    return "".join(unicodedata.normalize("NFKC", form[0]).split())


def _composed(pieces: tuple[Piece, ...], parts: list[str]) -> Letters:
    """Composes letters and accents that come apart, across pieces too."""
    out = ""
    chunks: list[str] = []  # finished; `out` is what an accent may still change
    done = 0
    starts: list[int] = []
    for part in parts:
        starts.append(done + len(out))
        out = unicodedata.normalize("NFC", out + part)
        starts[-1] = min(starts[-1], done + len(out))
        if len(out) > 64:
            cut = _last_base(out)
            chunks.append(out[:cut])
            done += cut
            out = out[cut:]
    return Letters("".join((*chunks, out)), pieces, tuple(starts))


def _last_base(text: str) -> int:
    """Where the last character begins that stands by itself in every composition."""
    at = len(text) - 1
    while at > 0 and _joins(text[at]):
        at -= 1
    return at


def _joins(char: str) -> bool:
    """Whether a character may melt into the one before: marks, and parts of Hangul."""
    return unicodedata.category(char)[0] == "M" or "\u1100" <= char <= "\u11ff"


def letter_slice(text: str, start: int, end: int) -> str:
    """The part of a piece from its letter `start` up to its letter `end`, blanks kept."""
    if start >= end:
        return ""
    text = unicodedata.normalize("NFC", text)
    at = 0
    first = None
    for index, char in enumerate(text):
        if char.isspace() or _UNSEEN.match(char):
            continue
        if at == start:
            first = index
        at += 1
        if at == end:
            return text[first : index + 1] if first is not None else ""
    return text[first:] if first is not None else ""
