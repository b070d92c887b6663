"""The running text of a PDF's pages, whoever made it, for comparing it word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from booktools.errata.line import Line
from booktools.model.pdf import PdfLine, PdfPage
from booktools.model.place import Place

_FRONT = 8  # pages among which the half-title and the title page are
_RUNNING = 2  # a head or foot stands on another page so close by
_CONTENTS = 3  # a page with so many lines of dots is a table of contents
_FOLIO = re.compile(r"[\W_]*(?:\d{1,4}|[ivxlcdm]{1,8})[\W_]*", re.IGNORECASE)
_LEADERS = re.compile(r"(?:[.·…][ \u00a0]?){4,}")
_LISTED = re.compile(r"[ \u00a0]?(?:[.·…][ \u00a0]?){4,}(?:\d{1,4}|[ivxlcdm]{1,8})?\s*$")
# Parts of the size of the text: what is less is a note, still less the call of one; a heading
# is more.
_SMALL = 0.93
_SAME = 0.1  # points by which like letters may differ in size
_RAISED = 0.8
_HEADING = 1.15
_GAP = 0.15  # of the size: air between two parts of one word
_LABEL = re.compile(r"(\d{1,3})[.)]?\s+(?=\S)")
_CALL = re.compile(r"(?<=[^\W\d_]|[.,;:!?…”’»)\]])(\d{1,3})$")


def printed_lines(pages: Sequence[PdfPage], name: str) -> Iterator[Line]:
    """The lines of the text, notes and copies told apart, without folios and the numbers of notes.

    Copies are the half-title, running heads, tables of contents, and the heads that a table
    repeats on each of its pages.
    """
    usual = _usual_size(line for page in pages for line in page.lines)
    heads = _heads(pages)
    titles: dict[str, float] = {}  # the letters of titles, and their size where it is largest
    for line in (line for page in pages for line in page.lines if line.size > _HEADING * usual):
        titles[_letters(line)] = max(line.size, titles.get(_letters(line), 0.0))
    noted = 0.0  # the size of a note of the page before
    before: Sequence[PdfLine] = ()  # what the page before shows
    half_title = _half_title(pages)
    for page in pages:
        place = Place(name, page=page.number)
        margins = {id(line) for line in _edges(page) if _is_margin(line, page, heads, titles)}
        listing = page.number == half_title or _is_listing(page)
        copied = margins | {id(line) for line in page.lines if listing or _LISTED.search(line.text)}
        own = _usual_size(page.lines)
        shown = [
            line
            for line in page.lines
            if id(line) not in copied
            and not (line.size < _RAISED * own and line.text.strip().isdecimal())
        ]
        again = _repeated(shown, before, usual)
        copies = [line for line in page.lines if id(line) in copied]
        for text, _ in (*_rows(copies, _NO_NOTES), *_rows(again, _NO_NOTES)):
            yield Line(_LISTED.sub("", text), place, copy=True)
        before, shown = shown, shown[len(again) :]
        notes = _notes(shown, usual, noted)
        sizes = [line.size for line in shown if id(line) in notes.lines]
        noted = sizes[-1] if sizes else noted if listing else 0.0
        for text, last in _rows(shown, notes):
            yield Line(text, place, True, id(last) in notes.lines)


def _is_listing(page: PdfPage) -> bool:
    """Whether it is a page of contents."""
    return sum(bool(_LEADERS.search(line.text)) for line in page.lines) >= _CONTENTS


def _half_title(pages: Sequence[PdfPage]) -> int:
    """The number of the first page that shows anything, if the next one has all of it in letters
    that are not smaller; 0 if not."""
    shown = [page for page in pages[:_FRONT] if any(map(_letters, page.lines))][:2]
    if len(shown) < 2:
        return 0
    one, two = ("".join(map(_letters, page.lines)) for page in shown)
    sizes = [max(line.size for line in page.lines if _letters(line)) for page in shown]
    return shown[0].number if one in two and sizes[0] <= sizes[1] else 0


def _usual_size(lines: Iterable[PdfLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


# --- margins --------------------------------------------------------------------------


# The letters at the top or the foot of a page, and their height → the pages with the same, and
# the figures beside them.
_Heads = Mapping[tuple[str, int], Sequence[tuple[int, str]]]


def _heads(pages: Sequence[PdfPage]) -> _Heads:
    heads: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for page in pages:
        for line in _edges(page):
            heads.setdefault(_head(line), []).append((page.number, _figures(line)))
    return heads


def _edges(page: PdfPage) -> list[PdfLine]:
    """The lines of the page's top and bottom row."""
    rows = sorted({round(line.y) for line in page.lines if line.text.strip()})
    ends = {*rows[:1], *rows[-1:]}
    return [line for line in page.lines if round(line.y) in ends]


def _is_margin(
    line: PdfLine,
    page: PdfPage,
    heads: _Heads,
    titles: Mapping[str, float],
) -> bool:
    """A folio, what stands at the same height of a page close by, or what repeats a title in
    small letters."""
    own = _figures(line)
    running = any(
        0 < abs(number - page.number) <= _RUNNING and _counts(own, figures, page.number - number)
        for number, figures in heads[_head(line)]
    )
    small = line.size < max(other.size for other in page.lines)
    repeats = small and bool(_letters(line)) and line.size + _SAME < titles.get(_letters(line), 0.0)
    return bool(_FOLIO.fullmatch(line.text)) or running or repeats


def _counts(own: str, other: str, pages: int) -> bool:
    """Whether figures are the same or count the pages: `Chapter 1` and `Chapter 2` are titles."""
    return own == other or (len(own) < 5 and len(other) < 5 and own.isdecimal()
                            and other.isdecimal() and int(own) - int(other) == pages)  # fmt: skip


def _head(line: PdfLine) -> tuple[str, int]:
    """The letters of a line and its height; figures differ from page to page."""
    return _letters(line), round(line.y)


def _figures(line: PdfLine) -> str:
    return "".join(char for char in line.text if char.isdecimal())


def _letters(line: PdfLine) -> str:
    return "".join(char for char in line.text.casefold() if char.isalpha())


# --- notes ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Notes:
    """The lines of a page's notes (by identity), and their numbers."""

    lines: frozenset[int]
    numbers: frozenset[str]


def _notes(lines: Sequence[PdfLine], usual: float, before: float) -> _Notes:
    """The small lines at the page's end, from the first with a number on; before it those that
    are as small as the note of the page `before` (0 for none), which goes on in them."""
    first = len(lines)
    while first and lines[first - 1].size < _SMALL * usual:
        first -= 1
    small = list(lines[first:])
    labels = [_LABEL.match(line.text.lstrip()) for line in small]
    begins = next((at for at, label in enumerate(labels) if label), len(small))
    while before and begins and abs(small[begins - 1].size - before) < _SAME:
        begins -= 1
    numbers = frozenset(label[1] for label in labels if label)
    return _Notes(frozenset(map(id, small[begins:])), numbers)


_NO_NOTES = _Notes(frozenset(), frozenset())


# --- rows -----------------------------------------------------------------------------


def _repeated(
    lines: Sequence[PdfLine], before: Sequence[PdfLine], usual: float
) -> Sequence[PdfLine]:
    """The lines at a page's top in which a table repeats its head.

    They stand on the page `before`, letter for letter, and from there on all is set as they are,
    smaller than the text.
    """
    if not lines or not before or lines[0].size >= _SMALL * usual:
        return ()
    size, start = lines[0].size, len(before)
    while start and before[start - 1].size == size:
        start -= 1
    for at in range(start, len(before)):
        count = 0
        pairs = zip(lines, before[at:-1], strict=False)
        for one, two in pairs:
            if (_letters(one), _figures(one)) != (_letters(two), _figures(two)) or one.size != size:
                break
            count += 1
        if count:
            return lines[:count]
    return ()


def _rows(lines: Sequence[PdfLine], notes: _Notes) -> Iterator[tuple[str, PdfLine]]:
    """The text of each row, its parts joined, with its last part; without the calls of the
    page's notes and their numbers."""
    text = ""
    last: PdfLine | None = None
    for line in lines:
        own = line.text
        if id(line) in notes.lines and (label := _LABEL.match(own.lstrip())):
            own = own.lstrip()[label.end() :]
        else:
            call = _CALL.search(own.rstrip())
            if call and call[1] in notes.numbers:
                own = own.rstrip()[: call.start()]
        if last is not None and round(last.y) == round(line.y) and line.x > last.x:
            text += own if _touch(last, line) else f" {own}"
        else:
            if last is not None:
                yield text, last
            text = own
        last = line
    if last is not None:
        yield text, last


def _touch(one: PdfLine, two: PdfLine) -> bool:
    """Whether the second part of a row goes on where the first ends."""
    return bool(one.right) and two.x - one.right < _GAP * two.size
