"""What interrupts a sentence: captions, boxes, anything set into the running text.

A sentence that breaks off and goes on farther down leaves three traces: it does not go on
with the line below it, the line where it goes on does not belong to the one above that, and
the two ends fit one another.  Every stretch that could stand between is weighed by all
three, by its measure and by its words; of those that overlap, the set that explains the
source best is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from booktools.arrange.captions import before, begins_caption, behind
from booktools.arrange.grammar import Grammar
from booktools.arrange.over_text import opens_sentence, title_over_text
from booktools.arrange.rows import SHORT, Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.titles import is_numeral, is_title_like
from booktools.arrange.words import GOES_ON, HYPHENS
from booktools.model.galley import Role

# A caption without a number has so many rows at most; one more what is known to stand beside the
# text, and a short box with its title.  No box has more rows than so many.
_CAPTION = 3
_WITH_TITLE = 4
_BOX = 45
# How rare an interruption is, and how much rarer a long one; with gaps fewer places offer.
_RARE = 4.0
_RARE_BESIDE_GAPS = 2.5
_LONG = 1.5
# A sentence that breaks off far from the measure has no room to go on: it was ended.
_UNFILLED = -2.5
# Boxes stand at the head or the foot of a page more often than not.
_AT_EDGE = 1.0
# What the beginning of a stretch tells.
_NUMBERED = 4.0
_TITLE = 3.0
# A row that is no full line although its sentence runs on; a row that is full.
_OWN_MEASURE = 1.6
_SAME_MEASURE = -0.8
_MOST_BY_MEASURE = 5.0
_ALIKE = 0.06
_NARROW_ALIKE = 0.15
# A box's title has so many rows at most.
_TITLE_ROWS = 3
_RANGE = re.compile(rf"\d[–{''.join(HYPHENS[1:])}-]$")
_BESIDE = "it stands beside the text, line by line"
WHY = "the sentence above goes on below it"


@dataclass(frozen=True, slots=True)
class _Offer:
    """A stretch of rows that may interrupt a sentence, what speaks for it, and how many of its
    first rows are a title."""

    first: int
    last: int
    points: float
    title: int


def interruptions(
    rows: Rows, taken: Collection[int], heads: Collection[int], display: Collection[int]
) -> list[Stretch]:
    """The captions and the boxes that stand in a sentence which goes on behind them.

    `taken` rows are something else already; rows of `heads` may be the title of a box, and
    are not in the answer; no sentence breaks off in those of `display`.
    """
    # Once found, the interruptions do not blur what is usual any more.
    first = _Search(rows, taken, display, ())
    rough = _best(list(first.offers()))
    if not rough:
        return []
    cuts = [at for offer in rough for at in (offer.first, offer.last + 1)]
    search = _Search(rows, taken, display, cuts)
    out: list[Stretch] = []
    for offer in _best(list(search.offers())):
        own = [at for at in range(offer.first, offer.last + 1) if at not in taken]
        body = [at for at in own if at not in heads]
        if len(own) <= _CAPTION and len(own) == len(body) and not offer.title:
            out += [Stretch(a, b, Role.CAPTION, WHY) for a, b in _together(own)]
            continue
        if offer.title and body[:1] == [offer.first]:
            body = [at for at in body if at >= offer.first + offer.title]
            end = offer.first + offer.title - 1
            out.append(Stretch(offer.first, end, Role.HEADING, f"in a box: {WHY}"))
        out += [_in_box(rows, a, b) for a, b in _parted(rows, body)]
    return out


def boxes(rows: Rows, known: Sequence[tuple[int, int]], taken: Collection[int]) -> list[Stretch]:
    """The captions and boxes of rows that are known to stand beside the text, first and last;
    `taken` rows are something else already."""
    out: list[Stretch] = []
    for first, last in known:
        own = [at for at in range(first, last + 1) if at not in taken]
        head = _head(rows, own)
        if head:
            out.append(Stretch(own[0], own[head - 1], Role.HEADING, f"in a box: {_BESIDE}"))
        elif len(own) <= _WITH_TITLE:
            out += [Stretch(a, b, Role.CAPTION, _BESIDE) for a, b in _together(own)]
            continue
        for a, b in _parted(rows, own[head:]):
            out.append(Stretch(a, b, Role.PARAGRAPH, f"in a box: {_BESIDE}"))
    return out


def _head(rows: Rows, own: Sequence[int]) -> int:
    """How many of a box's rows are its title: a sentence of its own begins below."""
    for count in range(1, min(_TITLE_ROWS, len(own) - 1) + 1):
        text = " ".join(rows[at].text for at in own[:count])
        if rows[own[count - 1]].terminal:
            return 0
        if (
            is_title_like(text)
            and not rows[own[count]].lower
            and not is_title_like(rows[own[count]].text)
        ):
            return count
    return 0


def _in_box(rows: Rows, first: int, last: int) -> Stretch:
    """A paragraph of a box, or a caption beside it."""
    caption = begins_caption(rows[first].text) or rows.wide(first)
    if caption and last - first < _CAPTION:
        return Stretch(first, last, Role.CAPTION, WHY)
    return Stretch(first, last, Role.PARAGRAPH, f"in a box: {WHY}")


def _best(offers: list[_Offer]) -> list[_Offer]:
    """Of stretches that overlap, those that weigh most together; in order."""
    offers.sort(key=lambda o: o.last)
    ends = [o.last for o in offers]
    total = [0.0]
    chosen: list[int] = []  # for each offer, how many before it go with it; -1: not taken
    for number, offer in enumerate(offers):
        free = _count_before(ends, number, offer.first)
        gain = total[free] + offer.points
        chosen.append(free if gain > total[-1] else -1)
        total.append(max(total[-1], gain))
    out: list[_Offer] = []
    at = len(offers)
    while at > 0:
        if chosen[at - 1] >= 0:
            out.append(offers[at - 1])
            at = chosen[at - 1]
        else:
            at -= 1
    return out[::-1]


def _count_before(ends: list[int], number: int, first: int) -> int:
    """How many of the offers before this one end above its first row, with a row between."""
    at = number
    while at > 0 and ends[at - 1] >= first - 1:
        at -= 1
    return at


class _Search:
    """The stretches of a source that may interrupt a sentence."""

    def __init__(
        self, rows: Rows, taken: Collection[int], heads: Collection[int], cuts: Sequence[int]
    ) -> None:
        self._rows = rows
        self._taken = taken
        self._heads = heads
        self._cuts = frozenset(cuts)
        self._lines = rows.ends
        self._met: dict[tuple[int, int], float] = {}

    @cached_property
    def grammar(self) -> Grammar:
        """How the rows that are not taken run on, but for the cuts."""
        rows = self._rows.rows
        apart = {at for taken in self._taken for at in (taken, taken + 1)} | self._cuts
        parted = [at for at in apart if 0 < at < len(rows) and not rows[at].above]
        return self._rows.grammar.without([(self._lines[at - 1], self._lines[at]) for at in parted])

    def offers(self) -> Iterator[_Offer]:
        rows = self._rows
        spaced = rows.spaced
        for at, row in enumerate(rows.rows[:-1]):
            if row.lower or (spaced and not row.above) or at in self._taken:
                continue
            if at and at - 1 not in self._taken and rows.rows[at - 1].terminal:
                continue
            if not may_open(row.text):
                continue
            above = before(rows, at, self._taken)
            if above < 0 or row.page > rows[above].page + 1:
                continue
            if rows[above].terminal or above in self._heads or rows.inner.get(row.text, 0) > 1:
                continue
            if row.text[0].isdigit() and _RANGE.search(rows[above].text):
                continue  # pages 12- and 14
            yield from self._from(above, at)

    def _from(self, above: int, first: int) -> Iterator[_Offer]:
        """The stretches that begin with a row; the sentence breaks off at the end of `above`."""
        rows = self._rows
        own = rows.rows
        text = own[first].text
        numbered = begins_caption(text)
        title = self._title(first)
        gained = self._broken_off(above, first) + (_NUMBERED if numbered else 0.0)
        opens = self._opens_sentence(above, first)
        most = _CAPTION + title
        measures: list[float] = []
        torn = False
        for last in range(first, min(first + _BOX, len(own) - 1)):
            row = own[last]
            if row.page != own[first].page:
                return
            long = last - first >= most
            if long and not row.terminal:
                continue
            if not long:
                measures.append(0.0 if self._beside(above, last) else self._by_measure(last))
                torn = torn or (rows.spaced and last > first and row.above and row.lower)
            if last in self._taken or row.broken:
                continue
            if torn and not (long or title):
                continue  # a caption has no gap within its sentence
            if rows.spaced and not (rows.below(last) or last + 1 in self._taken):
                continue
            below = behind(rows, last, self._taken)
            if below < 0 or own[below].page > row.page + 1:
                continue
            measure = self._told_by(measures, first, below)
            if not (
                self._ends(last, below, last > first and not title)
                or measure > 0
                or numbered
                or opens
            ):
                continue  # nothing but a capital, which a name has as well
            points = gained + self._meet(above, below) - self._links(last, below)
            points += _AT_EDGE if own[below].page != row.page else 0.0
            points += max(_SAME_MEASURE, min(_MOST_BY_MEASURE, measure))
            points -= _LONG if long else 0.0
            titled = title if last >= first + title else 0
            points += _TITLE if titled else 0.0
            if points > 0:
                yield _Offer(first, last, points, titled)

    def _ends(self, last: int, below: int, second: bool) -> bool:
        """Whether a row ends what it stands in: with a stop or, where it is not the first one,
        with room for what goes on small below."""
        row, lines = self._rows[last], self._lines
        if row.terminal or not (second and self._rows[below].lower):
            return row.terminal
        goes_on = lines[last].ends != "none" or lines[last].last in GOES_ON
        return not goes_on and self._unfilled(last)

    def _title(self, first: int) -> int:
        """How many of the rows from the first one on are a title of what is below them."""
        row, following = self._rows[first], self._rows[first + 1]
        if row.terminal:
            return 0
        if is_title_like(row.text) and self._unfilled(first) and not following.lower:
            return 1
        return max(0, title_over_text(self._rows, first, self._taken) - first + 1)

    def _opens_sentence(self, above: int, first: int) -> bool:
        """Whether a row begins with a word that has its capital as a sentence's first only,
        although none ends in the row above."""
        row = self._rows[above]
        if not (row.broken or row.text[-1].isalpha() or row.text[-1] == ","):
            return False
        return opens_sentence(self._rows, first)

    def _broken_off(self, above: int, first: int) -> float:
        """What speaks for a sentence that breaks off between two rows."""
        rows = self._rows
        points = -self._meet(above, first) - (_RARE_BESIDE_GAPS if rows.spaced else _RARE)
        if above == first - 1 and not rows[above].broken and self._unfilled(above):
            points -= _UNFILLED
        return points + (_AT_EDGE if rows[above].page != rows[first].page else 0.0)

    def _meet(self, one: int, two: int) -> float:
        """What the words at the end of a row and at the beginning of another tell."""
        pair = (one, two)
        if pair not in self._met:
            self._met[pair] = self.grammar.link(self._lines[one], self._lines[two])
        return self._met[pair]

    def _links(self, one: int, two: int) -> float:
        """The same for two rows that stand together; a row that goes on small is a full one."""
        points = self._meet(one, two)
        if two != one + 1 or not self._rows[two].lower or self._rows[one].broken:
            return points
        return points + (_UNFILLED if self._unfilled(one) else 0.0)

    def _unfilled(self, at: int) -> bool:
        """Whether a row ends far from the measure: a word more would have had room."""
        return self._rows[at].width < SHORT * self._rows.measure(at) and self._rows.short(at)

    def _beside(self, above: int, at: int) -> bool:
        """Whether a row is as narrow as the text above it, which runs beside a picture."""
        own, other = self._rows.rows[at].width, self._rows.rows[above].width
        narrow = other < SHORT * self._rows.measure(above)
        return narrow and abs(own - other) < _NARROW_ALIKE * other

    def _told_by(self, measures: Sequence[float], first: int, below: int) -> float:
        """What the widths of the rows from `first` on tell together; nothing of one that is as
        narrow as the text below, which runs beside a picture."""
        if not self._rows.runs_on(below):
            return sum(measures)
        own = enumerate(measures, first)
        return sum(points for at, points in own if points <= 0 or not self._beside(below, at))

    def _by_measure(self, at: int) -> float:
        """What a row's width tells for a measure that is not the column's."""
        rows = self._rows
        row, measure = rows[at], rows.measure(at)
        if rows.wide(at):
            return _OWN_MEASURE
        if row.width > (1 - _ALIKE) * measure:
            return _SAME_MEASURE if row.width < (1 + _ALIKE) * measure else 0.0
        if row.terminal:
            return 0.0
        return _OWN_MEASURE if row.width < SHORT * measure else 0.0


def may_open(text: str) -> bool:
    """Whether a caption or a box may begin so."""
    opens = text[0].isupper() or text[0].isdigit() or text[0] in "“\"«„‘'¡¿([—…"
    return opens and (not is_numeral(text) or len(text) > 2)


def _together(own: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches of rows that stand one below the other."""
    start = 0
    for number in range(1, len(own) + 1):
        if number == len(own) or own[number] != own[number - 1] + 1:
            yield own[start], own[number - 1]
            start = number


def _parted(rows: Rows, own: list[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs of a box: one ends with a gap, or with a short row that ends a sentence."""
    widest = max((rows[at].width for at in own), default=0.0)
    for first, last in _together(own):
        start = first
        for at in range(first, last + 1):
            ends = rows[at].terminal and rows[at].width < SHORT * widest
            goes_on = at < last and rows[at + 1].lower and not rows[at].terminal
            if (
                at == last
                or (rows[at + 1].above and rows.spaced and not goes_on)
                or (ends and not rows[at + 1].lower)
            ):
                yield start, at
                start = at + 1
