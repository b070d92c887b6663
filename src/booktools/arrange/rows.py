"""Written lines with what stands round them: how wide they run, where the text is open.

A dump has no measures; the width of a line is estimated from its letters, as a common text
face sets them.  A line that a sentence runs through from end to end is a full one, and the
full lines of a page tell its measure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from booktools.arrange.grammar import Grammar, line_of, with_openers
from booktools.arrange.grammar import Line as Ends
from booktools.arrange.nouns import Nouns
from booktools.arrange.paragraphs import width
from booktools.arrange.titles import is_title_like
from booktools.arrange.words import ends_sentence, evenly, is_broken, starts_lower
from booktools.model.page import Line
from booktools.model.specks import is_specked, within

# With so many full lines a page has a measure of its own.
_FULL_LINES = 5
# So many rows at the head and the foot of a page may be running heads and folios.
_EDGE = 2
# So many gaps on every page are more than those round running heads.
_GAPS = 3
_BLANK = 0.25
# Of the rows of a book of verse so many end short in mid-sentence; of these so many have a gap
# below where gaps tell nothing.
_VERSE = 0.2
_SPREAD = 0.4
_FEWEST_VERSES = 20
# A line so much narrower than the measure is not a full one.
SHORT = 0.86
# A display line so much wider than the measure, and than the widest lines that fill it,
# stands over more than one column.
WIDE, WIDER = 1.15, 1.05
# An extractor that joins the lines of broken words leaves hardly a hyphen at a line end, and so
# many rows wider than the measure, and so many at least.
_LEFT_BROKEN = 0.01
_JOINED = 0.02
_FEWEST_JOINED = 6
# A stop, and behind it, apart, a sign that no sentence begins or ends with.
_SPECKED_STOP = re.compile(r"[^\W\d_]{2}[.!?][”’»\"']?\s+(?:[:;,*~^<>‘'•-]|[a-zß-ÿ])\Z")
# A line that was set wide has so many blanks too many at least; so many together part columns.
_SPREAD_OUT, _COLUMNS = 3, " " * 6
# Lines that differ from one another by more than this share fill no measure.
_UNEVEN = 0.1
# Lines of the same column differ in width by less than this share.
_ALIKE = 0.09


@dataclass(slots=True)  # nobody changes one; to be frozen would cost most of its making
class Row:
    """A written line that is neither furniture nor decided on.

    `index` is the line's, `width` in ems; `above` whether an empty line, furniture or the
    page's edge parts it from the row above; `terminal` whether it ends as a sentence ends,
    `broken` within a word; `lower` whether it begins with a small letter, as text that goes
    on does, or with a noun for which the row above waits; `indent` is the number of blanks
    before it; `stretched` whether it was set wide to fill its measure.
    """

    index: int
    text: str
    page: int
    width: float
    above: bool
    terminal: bool
    broken: bool
    lower: bool
    indent: int = 0
    stretched: bool = False

    @classmethod
    def of(cls, index: int, line: Line, above: bool) -> Row:
        text = evenly(line.text)
        ends = ends_sentence(text), is_broken(text)
        lower = starts_lower(text)
        wide = text is not line.text and _is_stretched(line.text, text)
        return cls(index, text, line.page, width(text), above, *ends, lower, line.indent, wide)

    @property
    def end(self) -> int:
        """The character of its line with which it ends."""
        return self.indent + len(self.text)


@dataclass(frozen=True)
class Rows:
    """The rows of a source in its order, the pages' measures and where stretches end.

    `heads` are the keys of the running heads, as `edges.keys_of` gives them, `nouns` what is
    known of them where they have capitals.  `barred`: OCR has read specks as bars in the source.
    """

    rows: tuple[Row, ...]
    heads: frozenset[str] = frozenset()
    nouns: Nouns | None = None
    barred: bool = False

    @classmethod
    def of(
        cls,
        lines: Sequence[Line],
        apart: Collection[int],
        heads: frozenset[str] = frozenset(),
        barred: bool = False,
    ) -> Rows:
        """The lines that are not blank but for those `apart`: furniture, decided lines."""
        made: list[Row] = []
        gap = True
        for index, line in enumerate(lines):
            if not line.text or index in apart:
                gap = True
                continue
            made.append(Row.of(index, line, gap or not made or made[-1].page != line.page))
            gap = False
        nouns = Nouns.of([row.text for row in made])
        rows = cls(tuple(_going_on(made, nouns) if nouns else made), heads, nouns, barred)
        return rows._bare() if barred else rows

    def _bare(self) -> Rows:
        """The same rows without the specks behind what a gap follows: a full stop is one then,
        and a title between two gaps has none behind it."""
        rows = list(self.rows)
        for at, row in enumerate(rows):
            if not self.below(at):
                continue
            text = within(row.text) if row.above else row.text
            if text != row.text and is_title_like(text):
                rows[at] = replace(row, text=text, width=width(text), terminal=False)
            elif not row.terminal and _SPECKED_STOP.search(row.text):
                rows[at] = replace(row, terminal=True)
        return Rows(tuple(rows), self.heads, self.nouns, self.barred)

    def opened(self, starts: Collection[int]) -> Rows:
        """The same rows; those that `starts` names lack their first letter."""
        if not starts:
            return self
        rows = [replace(r, lower=False) if at in starts else r for at, r in enumerate(self.rows)]
        return Rows(tuple(rows), self.heads, self.nouns, self.barred)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> Row:
        return self.rows[at]

    def below(self, at: int) -> bool:
        """Whether a gap parts the row from the next one."""
        return at + 1 >= len(self.rows) or self.rows[at + 1].above

    def runs_on(self, at: int) -> bool:
        """Whether the sentence runs on in the next row, no gap between."""
        if at + 1 >= len(self.rows) or self.rows[at + 1].above:
            return False
        return self.rows[at].broken or (not self.rows[at].terminal and self.rows[at + 1].lower)

    @cached_property
    def ends(self) -> tuple[Ends, ...]:
        """How each row begins and ends, as its neighbours see it."""
        if not self.nouns:
            return tuple([line_of(row.text, row.terminal, row.lower) for row in self.rows])
        ends = [line_of(row.text, row.terminal, starts_lower(row.text)) for row in self.rows]
        return tuple(with_openers(ends, self.nouns))

    @cached_property
    def grammar(self) -> Grammar:
        """How the rows that stand together run on."""
        runs: list[list[Ends]] = []
        for row, ends in zip(self.rows, self.ends, strict=True):
            if row.above or not runs:
                runs.append([])
            runs[-1].append(ends)
        return Grammar.of(runs, self.nouns)

    @cached_property
    def spaced(self) -> bool:
        """Whether gaps part what does not belong together: at most of the short rows that end
        a sentence, or several times on every page."""
        parted = run_on = gaps = 0
        for one, two in pairwise(self.rows):
            if one.page != two.page:
                continue
            gaps += two.above
            if one.terminal and not two.lower:
                parted += two.above
                run_on += not two.above and one.width < SHORT * self._measures[one.page][0]
        pages = len({row.page for row in self.rows})
        return gaps > 0 and (parted >= run_on or gaps > _GAPS * pages)

    @cached_property
    def spread(self) -> bool:
        """Whether gaps stand between the lines of verse, too, as OCR puts them: at so many of
        the short rows in mid-sentence with a capital below, and there are so many of these."""
        open_ends = gaps = 0
        for at, (one, two) in enumerate(pairwise(self.rows)):
            if one.page != two.page or one.terminal or one.broken or two.lower:
                continue
            if one.width < SHORT * self.measure(at):
                open_ends += 1
                gaps += two.above
        many = open_ends >= max(_FEWEST_VERSES, _VERSE * len(self.rows))
        return many and gaps >= _SPREAD * open_ends

    @cached_property
    def specked(self) -> bool:
        """Whether OCR has read specks as signs: then letters that stand apart may be lost."""
        return self.barred or is_specked(["\n".join([row.text for row in self.rows])])

    @cached_property
    def edges(self) -> frozenset[int]:
        """The outermost rows at the head and the foot of every page."""
        starts = [
            at for at, row in enumerate(self.rows) if at == 0 or row.page != self.rows[at - 1].page
        ]
        found: set[int] = set()
        for start, stop in pairwise([*starts, len(self.rows)]):
            found.update(range(start, min(start + _EDGE, stop)))
            found.update(range(max(start, stop - _EDGE), stop))
        return frozenset(found)

    @cached_property
    def inner(self) -> Counter[str]:
        """How often each text stands alone on a row, running heads and folios left out."""
        return Counter(row.text for at, row in enumerate(self.rows) if at not in self.edges)

    @cached_property
    def sizes(self) -> Counter[int]:
        """How many rows each page has."""
        return Counter([row.page for row in self.rows])

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands, as it is written; what an apostrophe parts is two."""
        text = " ".join([row.text for row in self.rows])
        return Counter(text.replace("’", " ").replace("'", " ").split())

    @cached_property
    def _full(self) -> tuple[bool, ...]:
        """Whether the sentence runs on in the next row: only full lines do so."""
        pairs = pairwise(self.rows)
        return (
            *(not b.above and (a.broken or (b.lower and not a.terminal)) for a, b in pairs),
            False,
        )

    @cached_property
    def _measures(self) -> dict[int, tuple[float, float]]:
        """The width of a usual full line of each page, and of its widest ones."""
        own: dict[int, list[float]] = defaultdict(list)
        for at, row in enumerate(self.rows):
            if self._full[at]:
                own[row.page].append(row.width)
        every = [w for widths in own.values() for w in widths]
        if len(every) < _FULL_LINES or not _even(every):
            every = sorted(row.width for row in self.rows)
            every = every[len(every) * 9 // 10 :] or [0.0]
            own.clear()
        usual = _middle_and_top(every)
        measures = dict.fromkeys((row.page for row in self.rows), usual)
        for page, widths in own.items():
            if len(widths) >= _FULL_LINES:
                measures[page] = _middle_and_top(widths)
        return measures

    def measure(self, at: int) -> float:
        """The width of a full line on the row's page, in ems."""
        return self._measures[self.rows[at].page][0]

    @cached_property
    def usual(self) -> float:
        """The measure that most pages have, in ems."""
        return median([middle for middle, _ in self._measures.values()] or [0.0])

    def narrower(self, share: float) -> list[bool]:
        """Whether each row is narrower than that share of the measure that most pages have, or
        its own, where that is wider."""
        limits = {page: share * max(own, self.usual) for page, (own, _) in self._measures.items()}
        return [row.width < limits[row.page] for row in self.rows]

    def short(self, at: int, share: float = SHORT) -> bool:
        """Whether the row is no full line of the page's column, nor of a narrower one.

        The first word of the next row would have found room on it.
        """
        row, measure = self.rows[at], self.measure(at)
        if row.width >= share * measure or row.stretched:
            return False
        if not self.below(at):
            word = self.rows[at + 1].text.partition(" ")[0]
            if row.width + _BLANK + width(word) >= measure:
                return False
        return not self._in_narrow(at)

    def wide(self, at: int) -> bool:
        """Whether the row runs over more than one column."""
        if self.joined and not (self.rows[at].above and self.below(at)):
            return False
        return self._beyond(at)

    def _beyond(self, at: int) -> bool:
        """Whether the row is wider than any of its column."""
        middle, top = self._measures[self.rows[at].page]
        own = self.rows[at].width
        return own > WIDE * middle and own > WIDER * top

    @cached_property
    def joined(self) -> bool:
        """Whether the extractor has put the rest of a broken word behind its first half, and
        with it the line that it stands on: then a wide row is two lines of the column."""
        count = len(self.rows)
        if len([row for row in self.rows if row.broken]) > _LEFT_BROKEN * count:
            return False
        return sum(map(self._beyond, range(count))) >= max(_FEWEST_JOINED, _JOINED * count)

    def _in_narrow(self, at: int) -> bool:
        """Whether it is one of several full lines beside a picture."""
        own = self.rows[at].width
        like = [
            other
            for other in range(max(0, at - 3), min(len(self.rows), at + 4))
            if other != at
            and self.rows[other].page == self.rows[at].page
            and self._full[other]
            and abs(self.rows[other].width - own) < _ALIKE * own
        ]
        return len(like) >= 2


def _is_stretched(text: str, even: str) -> bool:
    """Whether the words of a line stand farther apart than one blank, as some extractors write
    lines that were set wide; `even` is the same with one blank between its words."""
    return len(text) - len(even) >= max(_SPREAD_OUT, even.count(" ")) and _COLUMNS not in text


def _going_on(rows: Sequence[Row], nouns: Nouns) -> list[Row]:
    """The rows, with those that go on told which begin with the capital of a noun."""
    out = list(rows[:1])
    for one, two in pairwise(rows):
        near = not two.above or one.page != two.page
        goes_on = near and not two.lower and nouns.goes_on(one.text, two.text)
        out.append(replace(two, lower=True) if goes_on else two)
    return out


def _middle_and_top(widths: Sequence[float]) -> tuple[float, float]:
    """The middle one of the widths, and one that few exceed."""
    ordered = sorted(widths)
    return median(ordered), ordered[len(ordered) * 9 // 10]


def _even(widths: Sequence[float]) -> bool:
    """Whether lines are as wide as one another, as those of prose are and of verse are not."""
    middle = median(widths)
    return median(abs(w - middle) for w in widths) < _UNEVEN * middle
