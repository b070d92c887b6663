"""The lines of printed pages as levels of pieces, region by region: what may be rows of a table.

Columns of the page are regions of their own: no table runs over the gutter between two columns of
running text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median
from typing import TypeAlias

from booktools.arrange.grid import Level
from booktools.arrange.grid_cells import Piece
from booktools.arrange.standing import Crossed
from booktools.model.page import Line
from booktools.model.printed_page import Geometry, Hidden, LineGeometry, Sheet

# A gap so wide, in ems, parts two cells; one so wide, where other rows have a cell that begins so
# near there, and so many rows; base lines so near one another are one; the usual distance of lines.
_GAP, _NARROW, _EXACT, _ROWS, _SAME, _LEADING = 0.9, 0.5, 0.1, 3, 0.3, 1.3
# In a line with so many blanks a narrow gap is so much wider than its others.
_BLANKS, _WIDER = 4, 1.2
# So many lines of so many words tell running text, so many of them run to the column's end, and so
# many begin in mid-sentence; a column beside it is so wide at least, beside its own width.
_LINES, _WORDS, _FULL, _SMALL, _BESIDE = 4, 4, 0.6, 0.4, 0.6
# So many lines of running text tell that a gutter parts no columns of the page.
_OVER = 2

Places: TypeAlias = tuple[list[float], list[float]]


@dataclass(frozen=True)
class Print:
    """The lines of a source with their geometry; `widths` names faces with letters of one width."""

    lines: Sequence[Line]
    geometry: Geometry
    widths: Collection[str] = ()

    def levels(self, own: Sequence[int]) -> list[Level]:
        """Lines of one page (by index) from the top down, whatever order they are read in."""
        if not own:
            return []
        sheet = self.geometry.sheets[self.lines[own[0]].page - 1]
        return _printed(own, self, sheet, self._unit(own))

    def crossed(self, own: Sequence[int]) -> Crossed:
        """Whether running text stands over a gutter (from left to right, in ems of these lines),
        on their page or on one beside it."""
        page, em = self.lines[own[0]].page, self._unit(own)

        def over(left: float, right: float) -> bool:
            near = (self._running.get(number, ()) for number in (page - 1, page, page + 1))
            spans = (span for spans in near for span in spans)
            return sum(one < left * em and right * em < two for one, two in spans) >= _OVER

        return over

    def regions(self, own: Sequence[int]) -> list[list[int]]:
        """The lines of a page, in the order of reading, in regions of which no other is part."""
        return list(self._split(own, 0))

    def _split(self, own: Sequence[int], depth: int) -> Iterator[list[int]]:
        parts = [list(part) for _, part in groupby(own, lambda i: self._column(i, depth))]
        waiting: list[int] = []
        at = 0
        while at < len(parts):
            stop = at + 1
            while (
                stop < len(parts)
                and self._column(parts[stop][0], depth)
                > self._column(parts[stop - 1][0], depth)
                > 0
            ):
                stop += 1
            if stop - at > 1 and self._are_columns(parts[at:stop]):
                if waiting:
                    yield waiting
                    waiting = []
                for part in parts[at:stop]:
                    yield from self._split(part, depth + 1)
            else:
                waiting += [index for part in parts[at:stop] for index in part]
            at = stop
        if waiting:
            yield waiting

    def _column(self, index: int, depth: int) -> int:
        """The number of a line's column among those that its region has been parted in; 0: none."""
        look = self.geometry.lines[index]
        name = str(look.column) if look and look.column else ""
        return int(name[depth]) if len(name) > depth else 0

    def _are_columns(self, parts: Sequence[Sequence[int]]) -> bool:
        """Whether they are columns of the page: running text in them, or in one beside others
        that are as wide."""
        widths = []
        running = []
        for part in parts:
            looks = [look for i in part if (look := self.geometry.lines[i])]
            widths.append(max(g.right for g in looks) - min(g.left for g in looks))
            running.append(self._runs(part))
        if sum(running) > 1:
            return True
        widest = max(
            (width for width, runs in zip(widths, running, strict=True) if runs), default=0
        )
        return any(running) and min(widths) >= _BESIDE * widest

    def _runs(self, part: Sequence[int]) -> bool:
        """Whether most lines run on in the next: its first word would have found no room, and many
        of them have no capital."""
        pairs = full = small = 0
        words = []
        for one, two in pairwise(part):
            above, below = self.geometry.lines[one], self.geometry.lines[two]
            if above is None or below is None or above.column != below.column:
                continue
            if below.baseline <= above.baseline or above.right != below.right:
                continue
            text = self.lines[two].text
            word = len(text.partition(" ")[0]) * below.box.width / max(len(text), 1)
            pairs += 1
            small += not text[:1].isupper()
            em = above.face.size or above.box.height
            full += above.right - above.box.right < word + 0.2 * em and len(_runs(above, em)) == 1
            words.append(len(self.lines[one].text.split()))
        running = full >= _FULL * pairs and small >= _SMALL * pairs
        return pairs >= _LINES and running and median(words) >= _WORDS

    @cached_property
    def _running(self) -> dict[int, list[tuple[float, float]]]:
        """Where lines of many words stand, page by page: from their left to their right."""
        found: dict[int, list[tuple[float, float]]] = {}
        for line, look in zip(self.lines, self.geometry.lines, strict=True):
            if look is None or look.hidden is not Hidden.NO or look.turn:
                continue
            if line.text.count(" ") >= _WORDS:
                em = look.face.size or look.box.height
                found.setdefault(line.page, []).extend(
                    (left, right) for _, left, right, words in _runs(look, em) if words > _WORDS
                )
        return found

    def _unit(self, own: Sequence[int]) -> float:
        """The usual size of some lines' letters."""
        looks = (self.geometry.lines[i] for i in own)
        sizes = [look.face.size or look.box.height for look in looks if look]
        return median(sizes) if sizes else 1.0


def _printed(own: Sequence[int], print_: Print, sheet: Sheet, unit: float) -> list[Level]:
    looks = {
        i: g
        for i in own
        if (g := print_.geometry.lines[i])
        and not g.turn
        and g.hidden is Hidden.NO
        and not g.leftwards
    }
    places = _places(looks.values(), unit)
    standing = [
        (
            look.baseline,
            list(_pieces(print_.lines[i], i, look, unit, places, print_.widths)),
            look.face.size or unit,
        )
        for i, look in looks.items()
    ]
    standing.sort(key=lambda one: one[0])
    out: list[Level] = []
    merged: list[tuple[float, list[Piece], float]] = []
    for base, pieces, em in standing:
        if merged and base - merged[-1][0] < _SAME * em:
            merged[-1][1].extend(pieces)
        else:
            merged.append((base, pieces, em))
    for number, (base, pieces, em) in enumerate(merged):
        pieces.sort(key=lambda piece: piece.left)
        above = merged[number - 1][0] if number else 0.0
        down = (base - above) / (_LEADING * em) if number else 99.0
        ruled = number > 0 and _rule_between(sheet, (above, base), pieces, unit)
        out.append(Level(tuple(pieces), down, ruled))
    return out


def _runs(look: LineGeometry, em: float) -> list[tuple[int, float, float, int]]:
    """A line parted at its wide gaps: the offset, the left, the right and the words of each."""
    em = min(em, look.face.size or em)
    parts: list[tuple[int, float, float, int]] = []
    words = look.words
    for at in range(0, len(words), 3):
        begin, end = words[at + 1], words[at + 2]
        if parts and begin - parts[-1][2] < _GAP * em:
            parts[-1] = (parts[-1][0], parts[-1][1], end, parts[-1][3] + 1)
        else:
            parts.append((int(words[at]), begin, end, 1))
    return parts


def _places(looks: Iterable[LineGeometry], em: float) -> Places:
    """Where parts of several lines begin behind wide gaps, and where they end before them."""
    parts = [_runs(look, em) for look in looks]
    lefts = sorted(part[1] for own in parts for part in own[1:])
    rights = sorted(part[2] for own in parts for part in own[:-1])
    return _shared(lefts, em), _shared(rights, em)


def _shared(places: Sequence[float], em: float) -> list[float]:
    """The places, in order, that several lines have but for a hair."""
    near = _EXACT * em
    pairs = zip(places, places[_ROWS - 1 :], strict=False)
    return [one for one, two in pairs if two - one <= near]


def _pieces(
    line: Line,
    index: int,
    look: LineGeometry,
    em: float,
    places: Places,
    widths: Collection[str],
) -> Iterator[Piece]:
    """A line parted at its wide gaps, and at narrow ones where other lines have wide ones."""
    starts, stops = places
    bold = look.bold > 0.5 or look.italic > 0.5
    size = look.face.size or look.box.height
    parts: list[tuple[int, float, float]] = []
    words = look.words
    least = max(_NARROW * em, _WIDER * _blank(look))
    for at in range(0, len(words), 3):
        begin, end = words[at + 1], words[at + 2]
        gap = begin - parts[-1][2] if parts else 0.0
        cell = gap > least and any(
            _is_near(*at, em) for at in ((begin, starts), (parts[-1][2], stops))
        )
        if parts and gap < _GAP * min(em, size) and not cell:
            parts[-1] = (parts[-1][0], parts[-1][1], end)
        else:
            parts.append((int(words[at]), begin, end))
    parts = parts or [(0, look.box.left, look.box.right)]
    for number, (offset, begin, end) in enumerate(parts):
        stop = parts[number + 1][0] if number + 1 < len(parts) else len(line.text)
        text = line.text[offset:stop].strip()
        face = look.face
        for start, other in look.faces:
            face = other if start <= offset else face
        name = f"{face.name} {face.bold} {face.italic}"
        own = face.bold or face.italic if look.faces else bold
        typed = face.name in widths
        yield Piece(begin / em, end / em, text, index, offset, own, name, size / em, typed)


def _blank(look: LineGeometry) -> float:
    """The usual blank between words of a line; 0 of one with so few that they tell none."""
    words = look.words
    gaps = [words[at + 1] - words[at - 1] for at in range(3, len(words), 3)]
    return median(gaps) if len(gaps) >= _BLANKS else 0.0


def _is_near(place: float, starts: Sequence[float], em: float) -> bool:
    """Whether one of the places, in order, is the same but for a hair."""
    at = bisect_left(starts, place - _EXACT * em)
    return at < len(starts) and starts[at] <= place + _EXACT * em


def _rule_between(
    sheet: Sheet, bases: tuple[float, float], pieces: Sequence[Piece], em: float
) -> bool:
    """Whether a rule runs over a row's pieces, between its base line and the one above."""
    above, base = bases
    left, right = pieces[0].left * em, pieces[-1].right * em
    covered = 0.0
    for drawing in sheet.drawings:
        box = drawing.box
        if drawing.picture:
            continue
        for y in {box.top, box.bottom}:
            if above < y < base - 0.3 * em:
                covered += max(min(box.right, right) - max(box.left, left), 0.0)
                break
    return covered > 0.6 * (right - left)
