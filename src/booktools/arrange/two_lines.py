"""Rows that are two lines: one of the text, one of what stands beside it.

An extractor that reads from top to bottom writes lines of the same height on one row: "where the
frost is on Fig. 4. A window", or, where the text breaks a word, "the folly of de- As we stepped
out".  One that drops the hyphens at line ends glues the half of a word to the next row, which is
the other stream's: "the prinA View of the Mill", "cipal sluice".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from math import ceil
from statistics import median

from booktools.arrange.captions import begins_caption
from booktools.arrange.grammar import Line as Ends
from booktools.arrange.interruptions import may_open
from booktools.arrange.paragraphs import width
from booktools.arrange.rows import Rows
from booktools.arrange.streams import END, START, Piece
from booktools.arrange.words import ends_sentence, starts_lower
from booktools.model.page import Line
from booktools.model.place import Span

# Lines beside something are so narrow, in parts of the measure.
NARROW = 0.8
# The halves of a glued word have so many letters.
_HALF = 2
# A word made of two halves has so many letters.
_MADE = 5
# Words that stand so often, and single letters that do, may begin a line.
_OFTEN, _LETTER = 3, 20
# A line that is set wide differs so much from what its letters tell.
_ABOUT = 0.16
# A word of so many letters is one by being known.
_LONG_WORD = 4
# A line beside something is seldom longer, in parts of the measure.
_LONG = 0.58
# Full lines of one stream differ in width by so much, in parts.
_ALIKE = 0.1
# So many rows above and below tell how wide the text runs there, if so many are alike.
_NEAR, _FEWEST_NEAR = 4, 2

_LETTERS = re.compile(r"[^\W\d_]+")
_BLANKS = re.compile(r"\s+")
# What stands between lines of the same height where an extractor keeps the page's blanks.
_GAP = re.compile(r"(?<=\S)\s{3,}")
# What may be a capital behind a small letter, a year behind any, the end of a line.
_OPENS_WITHIN = re.compile(
    r"[^\W\d_A-Z][^\W\d_a-z]|[^\W\d_](?:1[5-9]|20)\d\d[.:]|[^\W\d_]- |\S\s{3,}"
)
# A caption that a year opens, glued to a half.
_DATED = re.compile(r"[^\W\d_](?=(?:1[5-9]|20)\d\d[.:]\s)")
# Where a broken word ends a line; not a suspended one, "mid- to long-term".
_BROKEN = re.compile(r"[^\W\d_]- (?!(?:to|and|or|y|o|e|u|et|ou|und|oder|bis) )")
# What opens a line, and is glued to the word before: "the lau«Come here", "his inde(on which".
_OPENER = re.compile(r"[(\[“‘«„¿¡…]+\s?[^\W\d_]")

# What speaks for a seam, and where it is: signs of it, letters of a word known behind it, how
# well the line before it fits.
_Seam = tuple[int, int, float, int]


class TwoLines:
    """The pieces that rows are cut into where they are two lines."""

    def __init__(self, lines: Sequence[Line], rows: Rows, text: str) -> None:
        self._lines = lines
        self._rows = rows
        self._text = text
        self._usual = median([rows.measure(at) for at in range(len(rows))])
        self._words = rows.grammar.words
        self._whole: dict[int, Piece] = {}
        self._cuts: dict[int, list[Piece]] = {}
        self._columns: dict[int, tuple[float, int]] = {}

    def whole(self, start: int, stop: int) -> list[Piece]:
        """Some rows uncut, so far as there are any."""
        known, rows = self._whole, self._rows
        own = range(start, min(stop, len(rows)))
        for at in own:
            if at not in known:
                row = rows[at]
                known[at] = Piece(self._lines[row.index], row.index, row, rows.ends[at])
        return [known[at] for at in own]

    def _is_narrow(self, at: int) -> bool:
        """Whether a row, uncut, leaves room beside it."""
        return self._rows[at].width < NARROW * max(self._usual, self._rows.measure(at))

    def narrow(self, at: int, piece: Piece) -> bool:
        """Whether a piece of a row leaves room beside it."""
        return piece.row.width < NARROW * max(self._usual, self._rows.measure(at))

    def looks_glued(self, at: int) -> bool:
        """Whether a row has what may be the beginning of a line within it."""
        return _OPENS_WITHIN.search(self._lines[self._rows[at].index].text) is not None

    def cut(self, at: int) -> list[Piece]:
        """A row in the pieces that its seams leave of it."""
        if at not in self._cuts:
            self._cuts[at] = self._cut_anew(at)
        return self._cuts[at]

    def _cut_anew(self, at: int) -> list[Piece]:
        whole = self.whole(at, at + 1)[0]
        text, narrow = whole.line.text, self.narrow(at, whole)
        if narrow and (whole.line.last or not (_OPENS_WITHIN.search(text) or self._is_long(at))):
            return [whole]
        blind = [replace(whole, blind=END), replace(whole, blind=START)]
        if whole.line.last:
            return blind  # what of it stands where in the source is not told
        gaps = [match.end() for match in _GAP.finditer(text)]
        if gaps:
            return self._parted(whole, [], gaps)
        told = [match.end() for match in _DATED.finditer(text)]
        broken = [match.end() for match in _BROKEN.finditer(text)]
        for doubt in (False, True):
            glued = [*self._glued(at, text, narrow and not self._is_long(at), doubt), *told]
            made = self._parted(whole, glued, [*broken, *told])
            if narrow or (len(made) > 1 and all(self.narrow(at, piece) for piece in made)):
                return made
        blank = [] if broken or told else self._blank(at, text)
        if blank or broken or told:
            return self._parted(whole, told, [*blank, *broken, *told])
        return blind

    def _parted(self, whole: Piece, glued: Sequence[int], blanks: Sequence[int]) -> list[Piece]:
        """A row cut at the seams of glued words, and at blanks."""
        if not glued and not blanks:
            return [whole]
        line, seams = whole.line, sorted({*glued, *blanks})
        begin = line.begins(self._text)
        cuts = [line.span.start, *(begin + seam for seam in seams), line.span.end]
        made = []
        for span, (start, stop) in zip(
            pairwise(cuts), pairwise([0, *seams, len(line.text)]), strict=True
        ):
            part = replace(line, span=Span(*span), text=line.text[start:stop].strip())
            hyphen = "-" if stop in glued else ""
            made.append(Piece.of(part, whole.index, hyphen, start in blanks or stop in blanks))
        return made

    def _is_long(self, at: int) -> bool:
        """Whether a row is longer than those round it that stand beside something."""
        own = self._rows[at].width
        if own < _LONG * self._rows.measure(at):
            return False
        column = self._column(at, _FEWEST_NEAR)
        return 0 < column < own / (1 + _ALIKE)

    # --- glued words ---

    def _glued(self, at: int, text: str, narrow: bool, doubt: bool) -> list[int]:
        """The seams within the words of a row, the last one first to be found: what it parts
        may go on with a half before it.  In `doubt` whole words are cut, too."""
        following = [p.ends.first.casefold() for p in self.whole(at + 1, at + 3)]
        found: list[_Seam] = []
        for match in reversed(list(_LETTERS.finditer(text))):
            seam = self._seam(at, match, following, (narrow, doubt))
            if seam:
                found.append(seam)
                opening = _LETTERS.search(text, seam[-1])
                following += [opening[0].casefold()] if opening else []
        if not found:
            return []
        column = self._column(at, _FEWEST_NEAR) or self._usual / 2
        most = ceil(self._rows[at].width / column) - 1
        return sorted(at for *_, at in sorted(found)[-max(1, most) :])

    def _seam(
        self, at: int, word: re.Match[str], following: Sequence[str], known: tuple[bool, bool]
    ) -> _Seam | None:
        """Where a word of a row is glued of the half of one, which goes on with one of the words
        `following`, and another; nothing where it is not."""
        (narrow, doubt), words, text = known, self._words, word[0]
        own = text.casefold()
        whole = words.get(own, 0) > 1
        if whole and not doubt:
            return None
        if not narrow and _OPENER.match(word.string, word.end()):
            return (1, 0, 0.0, word.end()) if self._makes(own, following, own) else None
        if narrow and text[_HALF:].islower():
            return None
        best: _Seam | None = None
        for seam in range(_HALF, len(text)):
            capital = text[seam].isupper() and text[seam - 1].islower()
            if narrow and not capital:
                continue
            one, two = own[:seam], own[seam:]
            made = self._makes(one, following, own)
            if whole and not (capital or made):
                continue
            least = _LETTER if len(two) < _HALF else _OFTEN if len(two) < _LONG_WORD else 1
            often = words.get(two, 0) >= least
            if not (capital or made or often):
                continue
            misfit = self._misfit(at, word, seam)
            if capital or made or misfit < _ABOUT:
                found = capital + made, len(two) * often, -misfit, word.start() + seam
                best = max(best, found) if best else found
        return best

    def _makes(self, half: str, following: Sequence[str], own: str) -> bool:
        """Whether one of the words `following` makes of a half a word other than its `own`."""
        words = self._words
        for first in following:
            made = half + first
            if made in words and first and made != own and len(made) >= _MADE:
                return True
        return False

    def _misfit(self, at: int, word: re.Match[str], seam: int) -> float:
        """How far what stands before a seam is from a full line of its stream, in parts."""
        own = width(word.string[: word.start() + seam])
        near = self.whole(max(at - 3, 0), at) + self.whole(at + 1, at + 4)
        widths = [piece.row.width for piece in near if self.narrow(at, piece)] or [own]
        least = (1 - 2 * _ALIKE) * max(widths)
        return min(abs(own - full) / full for full in widths if full > least)

    # --- lines of the same height ---

    def _blank(self, at: int, text: str) -> list[int]:
        """The blank where a line of the text ends and one beside it begins, or the other way
        round; none where that is not told."""
        column, sure = self._column(at), self._column(at, _FEWEST_NEAR)
        if not column:
            return []
        closed = not at or self._rows[at - 1].terminal
        sides = chain(self._right(text, column, sure), self._left(text, column, closed))
        best = min(sides, default=None)
        return [best[1]] if best else []

    def _right(self, text: str, column: float, sure: float) -> Iterator[tuple[float, int]]:
        """The blanks behind which something may begin that stands right of the text: what speaks
        against each, and where.  Without a number it begins where it is `sure` that text ends."""
        for blank in _BLANKS.finditer(text):
            one, two = text[: blank.start()], text[blank.end() :]
            own = width(one) / column
            if begins_caption(two):
                if min(abs(own - 1), abs(own / 2 - 1)) < 2 * _ALIKE:
                    yield -2.0, blank.end()
            elif not sure or abs(own - 1) > _ALIKE or starts_lower(two) or ends_sentence(one):
                continue
            elif may_open(two) and self._link(one, two) < 0:
                yield abs(own - 1), blank.end()

    def _left(self, text: str, column: float, closed: bool) -> Iterator[tuple[float, int]]:
        """The blanks with which a caption may end that stands left of the text, which goes on
        small where the sentence above is not `closed`."""
        counted = begins_caption(text)
        for blank in _BLANKS.finditer(text):
            one, two = text[: blank.start()], text[blank.end() :]
            misfit, lower = abs(width(two) - column) / column, starts_lower(two)
            ended = lower and not closed and ends_sentence(one) and may_open(text)
            if misfit < _ALIKE and (ended or (counted and lower is not closed)):
                yield misfit - 1, blank.end()

    def _link(self, one: str, two: str) -> float:
        ends = (Ends.of(one, ends_sentence(one), starts_lower(one)), Ends.of(two, False, False))
        return self._rows.grammar.link(*ends)

    def _column(self, at: int, fewest: int = 1) -> float:
        """How wide the text runs beside something round a row, nothing where fewer rows than
        some tell that."""
        if at not in self._columns:
            self._columns[at] = self._column_anew(at)
        wide, count = self._columns[at]
        return wide if count >= fewest else 0.0

    def _column_anew(self, at: int) -> tuple[float, int]:
        rows, page = self._rows, self._rows[at].page
        near = [
            self._rows[i].width
            for i in range(max(0, at - _NEAR), min(len(rows), at + _NEAR + 1))
            if i != at and rows[i].page == page and not rows[i].terminal
            if self._is_narrow(i)
        ]
        full = max(near, default=0.0)
        alike = [own for own in near if own > (1 - 2 * _ALIKE) * full]
        return median(alike or [0.0]), len(alike)
