"""What somebody changed in the manuscript by hand: words of its paragraphs, or more than that."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from booktools.errata.nearest import clip
from booktools.errata.worddiff import Hunk, hunks
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place

_WORD = re.compile(r"[^ \t\n\r\f\v]+")
_END = "\n"  # stands between two paragraphs; no word is one
# So many words that went from one place and came at another are moved, not corrected.
_MOVED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, title, caption or note of the manuscript, markup left out.

    `lines` are (offset, line): from which character on which line it stands; `given` when
    it comes from `book.toml` and from no source.
    """

    file: str
    lines: tuple[tuple[int, int], ...]
    text: str
    given: bool = False

    def place(self, offset: int) -> Place:
        line = self.lines[0][1]
        for start, own in self.lines:
            line = own if start <= offset else line
        return Place(self.file, line)


@dataclass(frozen=True, slots=True)
class Edited:
    """Characters `start`..`end` of row `row` became `new`; `place` is where that stands now.

    `cover` is the stretch of whole words, never empty, that shows the change.
    """

    row: int
    start: int
    end: int
    new: str
    cover: tuple[int, int]
    place: Place


@dataclass(frozen=True)
class ByHand:
    """The changes inside paragraphs, and what is no change of words (ERR030)."""

    edits: tuple[Edited, ...]
    left: tuple[Finding, ...]


def by_hand(before: Sequence[Row], after: Sequence[Row], *, documents: bool = False) -> ByHand:
    """What was changed from one state of the manuscript to the other; `documents`: it comes from
    some, whose layout nothing else decides.

    Lines broken elsewhere are no change; words that went to another place, paragraphs that
    came, went, were divided or joined are told as ERR030.
    """
    old, new = _Words(before, documents), _Words(after, documents)
    found = hunks(old.words, new.words)
    moved = _moved(old, new, found)
    edits: list[Edited] = []
    left: list[Finding] = []
    for hunk in found:
        if hunk in moved:
            if hunk.a0 == hunk.a1:
                text, place = _text(new, hunk.b0, hunk.b1), new.place(hunk.b0)
                left.append(old.refused(_MOVED_HERE, text, place))
            continue
        for part in _by_paragraph(old, new, hunk):
            edit = _edit(old, new, part)
            if isinstance(edit, Finding):
                left.append(edit)
            else:
                edits.append(edit)
    return ByHand(tuple(edits), tuple(left))


class _Refusal(NamedTuple):
    """Why something is no correction, what to do, and what instead where documents are the
    sources ("" for the same)."""

    why: str
    fix: str
    in_documents: str = ""


class _Words:
    """All words of the rows, a mark between two rows, and where each stands."""

    def __init__(self, rows: Sequence[Row], documents: bool = False) -> None:
        self.rows = rows
        self.documents = documents
        self.words: list[str] = []
        self.where: list[tuple[int, int, int]] = []  # row, start, end
        for number, row in enumerate(rows):
            if number:
                self.words.append(_END)
                self.where.append((number, 0, 0))
            for match in _WORD.finditer(row.text):
                self.words.append(match[0])
                self.where.append((number, *match.span()))

    @cached_property
    def size(self) -> int:
        return len(self.words)

    def place(self, at: int) -> Place | None:
        """The place in the manuscript of a word, or of the last one before."""
        at = min(at, self.size - 1)
        while at > 0 and self.words[at] == _END:
            at -= 1
        if at < 0:
            return None
        row, start, _ = self.where[at]
        return self.rows[row].place(start)

    def is_word(self, at: int) -> bool:
        return 0 <= at < self.size and self.words[at] != _END

    def refused(self, said: _Refusal, text: str, place: Place | None) -> Finding:
        fix = said.in_documents if self.documents and said.in_documents else said.fix
        return Finding("ERR030", Severity.ERROR, f"{said.why}: “{text}”", place, text, fix)


def _moved(old: _Words, new: _Words, found: Iterable[Hunk]) -> frozenset[Hunk]:
    """The hunks that are one stretch of words taken from here and put there."""
    gone: dict[tuple[str, ...], Hunk] = {}
    come: list[tuple[tuple[str, ...], Hunk]] = []
    for hunk in found:
        if hunk.b0 == hunk.b1:
            gone[_plain(old.words[hunk.a0 : hunk.a1])] = hunk
        elif hunk.a0 == hunk.a1:
            come.append((_plain(new.words[hunk.b0 : hunk.b1]), hunk))
    out: set[Hunk] = set()
    for words, hunk in come:
        if len(words) >= _MOVED and (other := gone.pop(words, None)):
            out |= {hunk, other}
    return frozenset(out)


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word != _END)


def _by_paragraph(old: _Words, new: _Words, hunk: Hunk) -> Iterator[Hunk]:
    """The hunk, or its parts where as many paragraphs end in it before and after."""
    ends = [n for n in range(hunk.a0, hunk.a1) if old.words[n] == _END]
    others = [n for n in range(hunk.b0, hunk.b1) if new.words[n] == _END]
    if len(ends) != len(others):
        yield hunk
        return
    pairs = [(hunk.a0 - 1, hunk.b0 - 1), *zip(ends, others, strict=True), (hunk.a1, hunk.b1)]
    for (i, j), (x, y) in itertools.pairwise(pairs):
        if old.words[i + 1 : x] != new.words[j + 1 : y]:
            yield Hunk(i + 1, x, j + 1, y)


def _edit(old: _Words, new: _Words, hunk: Hunk) -> Edited | Finding:
    gone, come = old.words[hunk.a0 : hunk.a1], new.words[hunk.b0 : hunk.b1]
    place = new.place(hunk.b0) or Place("")
    if _END in gone or _END in come:
        return _structure(old, new, hunk)
    left, right = old.is_word(hunk.a0 - 1), old.is_word(hunk.a1)
    if not (gone or left or right):  # an empty paragraph got words
        return old.refused(_CAME, _text(new, hunk.b0, hunk.b1), place)
    first = hunk.a0 if gone else hunk.a0 - left
    last = hunk.a1 if gone else hunk.a1 + (not left)
    if gone and not come:  # words gone leave a neighbour that shows it
        first -= left
        last += not left and right
        if not (left or right):
            return old.refused(_WENT, _text(old, hunk.a0, hunk.a1), place)
    row = old.where[first][0]
    if old.rows[row].given:
        return old.refused(_GIVEN, _text(old, first, last), place)
    cover = old.where[first][1], old.where[last - 1][2]
    start, end, text = _replaced(old, new, hunk)
    return Edited(row, start, end, text, cover, place)


def _replaced(old: _Words, new: _Words, hunk: Hunk) -> tuple[int, int, str]:
    """Characters that go and what comes for them, with the blank that goes or comes along."""
    text = " ".join(new.words[hunk.b0 : hunk.b1])
    if hunk.a0 < hunk.a1 and text:
        return old.where[hunk.a0][1], old.where[hunk.a1 - 1][2], text
    if old.is_word(hunk.a0 - 1):
        start = old.where[hunk.a0 - 1][2]
        end = old.where[hunk.a1 - 1][2] if hunk.a0 < hunk.a1 else start
        return start, end, f" {text}" if text else ""
    end = old.where[hunk.a1][1]
    start = old.where[hunk.a0][1] if hunk.a0 < hunk.a1 else end
    return start, end, f"{text} " if text else ""


def _structure(old: _Words, new: _Words, hunk: Hunk) -> Finding:
    gone, come = old.words[hunk.a0 : hunk.a1], new.words[hunk.b0 : hunk.b1]
    place = new.place(hunk.b0) or Place("")
    if _plain(gone) == _plain(come):
        said = _JOINED if len(gone) > len(come) else _DIVIDED
        around = _text(new, max(0, hunk.b0 - 3), hunk.b1 + 3)
        return old.refused(said, around, place)
    if not come:
        return old.refused(_WENT, _text(old, hunk.a0, hunk.a1), place)
    if not gone:
        return old.refused(_CAME, _text(new, hunk.b0, hunk.b1), place)
    return old.refused(_BOTH, _text(new, hunk.b0, hunk.b1), place)


def _text(words: _Words, start: int, end: int) -> str:
    shown = " ".join(word if word != _END else "¶" for word in words.words[start:end])
    return clip(shown.strip("¶ "))


_RECOVER = "then: booktools recover"
_LAYOUT = (
    f"Decide it in manuscript/layout.toml, where the source’s blocks are told apart; {_RECOVER}"
)
_DOCUMENT = (
    f"Change it in the document, and enter its new SHA-256 in manuscript/book.toml; {_RECOVER}"
)
_CAME = _Refusal(
    "a paragraph was put in that no source has",
    "Take it out, or put it into the source that it belongs to; words of a neighbouring "
    "paragraph can be corrected, a new one cannot.",
    _DOCUMENT,
)
_WENT = _Refusal(
    "a paragraph was taken out",
    "Put it back; to keep it out give its block a role in manuscript/layout.toml that leaves "
    "it out of the book.",
    _DOCUMENT,
)
_JOINED = _Refusal("two paragraphs were joined", _LAYOUT, _DOCUMENT)
_DIVIDED = _Refusal("a paragraph was divided", _LAYOUT, _DOCUMENT)
_BOTH = _Refusal(
    "words and paragraphs were changed at once",
    "Divide or join the paragraphs as they were, capture the words, then decide the paragraphs "
    "in manuscript/layout.toml.",
    "Divide or join the paragraphs as they were, capture the words, then divide or join them in "
    "the document.",
)
_MOVED_HERE = _Refusal(
    "words were moved to this place, which is no correction of them",
    "Put them back; the order of blocks is decided in manuscript/layout.toml.",
    _DOCUMENT,
)
_GIVEN = _Refusal(
    "this title comes from book.toml, not from a source",
    "Change it in manuscript/book.toml.",
)
