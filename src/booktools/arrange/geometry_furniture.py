"""Running heads and folios of printed pages: what stands at the same height on many pages, off
the text, and comes back or counts the pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booktools.arrange.geometry_rows import PrintRow, PrintRows
from booktools.arrange.words import ends_sentence

# So many rows at the head and the foot of a page may be furniture.
_DEPTH = 3
# Shares of the usual distance between base lines: furniture stands off the text by more; and
# heights that differ by less are one.
_OFF = 1.28
_SAME = 0.35
# So many pages make a habit, where they are so large a share of all pages.
_PAGES = 3
_SHARE = 0.1
# What stands at the edge without a gap to the text is furniture where so many pages have it.
_TIGHT_PAGES, _TIGHT_SHARE = 5, 0.3
_SHORT = 0.15  # of the measure is left of it
# Of the rows at one height, so many are folios or come back.
_TELLING = 0.5
# So many words with a full stop are a sentence.
_SENTENCE = 4
# No running head has more letters.
_LONGEST = 120
# Type so much larger than the text's is a title's: it is furniture only where it says on every
# page the same, or nothing but the page's number.
_DISPLAY = 1.2

_FOLIO = re.compile(r"[\[(—–\- ]*(\d{1,4}|[ivxlc]{1,7})[\])—–\- ]*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:(\d{1,4})\s+\S.*|.*\S\s+(\d{1,4}))")
_KEY = re.compile(r"[\W\d_]+")
_SPECKS = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the edge of its page; `level` is its height from that edge, in the page's unit."""

    row: PrintRow
    top: bool
    level: float
    off: bool


def furniture_rows(rows: PrintRows) -> dict[int, str]:
    """The line indices of running heads and folios, and why each is one."""
    edges = [edge for page in _pages(rows) for edge in _edges(rows, page)]
    found = {
        edge.row.index: "the file calls it no part of the text"
        for edge in edges
        if edge.row.g.artifact
    }
    labels = {number: sheet.label for number, sheet in enumerate(rows.sheets, 1)}
    for top in (True, False):
        for level in _levels([e for e in edges if e.top is top], rows):
            found |= {e.row.index: "it comes back" for e in _tight(level, len(rows.sheets))}
            own = _furnishing([edge for edge in level if edge.off], rows)
            pages = {edge.row.page for edge in own}
            if len(pages) < max(_PAGES, _SHARE * len(rows.sheets)):
                own = [e for e in own if _counts(e.row, labels.get(e.row.page, ""))]
                found |= {e.row.index: "it is the page's number" for e in own}
                continue
            telling = _telling(own)
            if len(telling) >= _TELLING * len(own):
                found |= {e.row.index: "it stands there on many pages" for e in own}
            else:
                found |= {e.row.index: "it comes back" for e in telling}
    found |= {row.index: "it is turned, and comes back on many pages" for row in _turned(rows)}
    return found


def _tight(edges: Sequence[_Edge], pages: int) -> list[_Edge]:
    """The short rows close to the text that say the same, or count on, on many pages."""
    close = [edge for edge in edges if not edge.off and _is_short(edge.row)]
    words = [_KEY.sub("", edge.row.text.casefold()) for edge in close]
    folios = [_FOLIO.fullmatch(edge.row.text) for edge in close]
    steps = [
        _value(folio[1]) - edge.row.page if folio else None
        for edge, folio in zip(close, folios, strict=True)
    ]
    said, stepped = Counter(filter(None, words)), Counter(steps)
    least = max(_TIGHT_PAGES, _TIGHT_SHARE * pages)
    return [
        edge
        for edge, word, step in zip(close, words, steps, strict=True)
        if (stepped[step] if step is not None else said[word]) >= least
    ]


def _is_short(row: PrintRow) -> bool:
    """Whether a row does not fill its measure, and may stand for itself."""
    short = row.indent + row.slack > _SHORT * (row.right - row.left)
    return short and not row.lower and not row.broken and not row.terminal


def _turned(rows: PrintRows) -> Iterable[PrintRow]:
    """The turned rows that stand at the same place of many pages and say the same."""
    groups: dict[tuple[int, str, int], list[PrintRow]] = defaultdict(list)
    for row in rows.rows:
        if row.g.turn:
            place = round(row.base / max(rows.body, 1.0))
            groups[row.g.turn, _KEY.sub("", row.text.casefold()), place].append(row)
    for own in groups.values():
        if len({row.page for row in own}) >= max(_PAGES, _SHARE * len(rows.sheets)):
            yield from own


def _furnishing(edges: Sequence[_Edge], rows: PrintRows) -> list[_Edge]:
    """The rows at one height that no title is, which stands there too where a chapter begins."""
    said = Counter(_said(edge.row) for edge in edges)
    # OCR measures a short line badly; but a page's number beside it is no title's.
    read = [edge.row for edge in edges if edge.row.g.confidence is not None]
    steps = Counter(number - row.page for row in read for number in set(_numbers(_said(row))))
    return [
        edge
        for edge in edges
        if edge.row.g.face.size <= _DISPLAY * rows.body
        or said[_said(edge.row)] >= _PAGES
        or _FOLIO.fullmatch(edge.row.text)
        or any(steps[n - edge.row.page] >= _PAGES for n in _numbers(_said(edge.row)))
    ]


def _said(row: PrintRow) -> str:
    """What a row says; where OCR has read it, without the specks at its ends."""
    return row.text if row.g.confidence is None else _SPECKS.sub("", row.text)


def _pages(rows: PrintRows) -> Iterable[list[PrintRow]]:
    pages: dict[int, list[PrintRow]] = defaultdict(list)
    for row in rows.rows:
        if not row.g.turn:
            pages[row.page].append(row)
    return pages.values()


def _edges(rows: PrintRows, page: Sequence[PrintRow]) -> Iterable[_Edge]:
    """The rows at the head and the foot, from the edge as far as they may be furniture."""
    for top in (True, False):
        ordered = sorted(page, key=lambda row: row.base, reverse=not top)
        for row in ordered[:_DEPTH]:
            others = [o for o in ordered if abs(o.base - row.base) > _SAME * rows.body]
            beyond = [o for o in others if (o.base > row.base) is top]
            off = _gap(rows, row, beyond[0]) > _OFF if beyond else False
            if len(row.text) <= _LONGEST and row.g.frame < 0:
                height = rows.sheets[row.page - 1].height
                yield _Edge(row, top, row.base if top else height - row.base, off)
            if not off and not row.g.artifact:
                # Two heads may stand one above the other; what stands under a row of text is
                # text.
                break


def _gap(rows: PrintRows, one: PrintRow, two: PrintRow) -> float:
    usual = rows.leading(rows.body)
    return abs(one.base - two.base) / usual


def _levels(edges: Sequence[_Edge], rows: PrintRows) -> list[list[_Edge]]:
    """Edges at one height of their pages."""
    out: list[list[_Edge]] = []
    for edge in sorted(edges, key=lambda e: e.level):
        if out and edge.level - out[-1][-1].level < _SAME * rows.body:
            out[-1].append(edge)
        else:
            out.append([edge])
    return out


def _telling(edges: Sequence[_Edge]) -> list[_Edge]:
    """The rows that are folios in order, or of which words come back."""
    shifts = Counter(
        number - edge.row.page for edge in edges for number in set(_numbers(_said(edge.row)))
    )
    keys: Counter[str] = Counter()
    for edge in edges:
        keys.update(_keys(edge.row.text))
    return [
        edge
        for edge in edges
        if any(shifts[number - edge.row.page] >= 2 for number in _numbers(_said(edge.row)))
        or any(keys[key] >= 2 for key in _keys(edge.row.text))
    ]


def _keys(text: str) -> set[str]:
    """What may come back of a running head: all of it, how it begins and how it ends."""
    words = [w for w in (_KEY.sub("", word.casefold()) for word in text.split()) if w]
    if not words:
        return set()
    if ends_sentence(text) and len(words) >= _SENTENCE:
        return {" ".join(words)}
    return {" ".join(words), "^" + " ".join(words[:2]), "$" + " ".join(words[-2:])}


def _numbers(text: str) -> list[int]:
    """The numbers that may be a folio: all of the text, or at its end or beginning.

    A sentence has none: the number before it is a note's.
    """
    if ends_sentence(text) and len(text.split()) >= _SENTENCE:
        return []
    whole = _FOLIO.fullmatch(text)
    if whole:
        return [_value(whole[1])]
    match = _NUMBERED.fullmatch(text)
    return [int(match[1] or match[2])] if match else []


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[c] for c in text.lower()]
    return sum(
        -v if at + 1 < len(values) and values[at + 1] > v else v for at, v in enumerate(values)
    )


def _counts(row: PrintRow, label: str) -> bool:
    """Whether a row is the number of its page, as the file counts it."""
    match = _FOLIO.fullmatch(row.text)
    return bool(match) and bool(label) and match is not None and match[1] == label
