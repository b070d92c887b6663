"""Which fragment goes on where: sentences that cross columns, pages and boxes.

Ends that are open (no full stop) and starts that may go on are paired over the whole
book: the strongest pairs first, so that a start two ends want goes to the end that fits
it best, not to the one that stands nearer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from booktools.arrange.fragments import Fragment
from booktools.arrange.layout import Layout
from booktools.errors import ConfigError

# How far a sentence may hop, in pages: a box or a plate, not a chapter.
REACH = 2
# Weights of the evidence; a pair is made from ACCEPT on.
ADJACENT = 3.0
LOWER = 1.0
HALVES = 6.0
SEAM = 1.0
PAIR_BEFORE = 1.0
ACCEPT = 2.0

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_HALF = re.compile(r"([^\W\d_]+)-$")
_OPENS = re.compile(r"[\"“‘«(\[]*([^\W\d_]+)")
# Words that no sentence ends with: English, Spanish, French, German.
GOES_ON = frozenset(
    re.findall(
        r"\w+",
        """a an the and or but nor of to in on at by for from with as that which who whose
        this these those its his her their our my is are was were be been has have had not
        el la los las un una de del y o en con por para que le les des du et ou
        der die das und mit von zu""",
    )
)
# A full stop that ends a word and not a sentence.
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:etc|e\.g|i\.e|cf|vs|pp?|vol|No|Mrs?|Dr|St|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the document itself knows: its whole words, and which word follows which."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]

    @classmethod
    def of(cls, fragments: Sequence[Fragment]) -> Vocabulary:
        words: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for fragment in fragments:
            for row in fragment.rows:
                tokens = [w.casefold() for w in _WORD.findall(row)]
                words.update(tokens[1:-1] if row.endswith("-") else tokens)
                pairs.update(pairwise(tokens))
        return cls(words, pairs)


@dataclass(frozen=True, slots=True)
class Seam:
    """A pair of fragments, by index: the text of `end` goes on with `start`."""

    end: int
    start: int
    score: float
    evidence: str


def score(fragments: Sequence[Fragment], end: int, start: int, known: Vocabulary) -> Seam:
    """How well fragment `start` goes on where fragment `end` breaks off."""
    one, two = fragments[end], fragments[start]
    points, why = 0.0, []
    if start == end + 1:
        points += ADJACENT
        why.append("next in the source")
    if two.starts_lower:
        points += LOWER
        why.append("begins with a small letter")
    half, opening = _HALF.search(one.text), _OPENS.match(two.text)
    last = _WORD.findall(one.text)[-1:] or [""]
    first = opening[1] if opening else ""
    if half and first:
        whole = (half[1] + first).casefold()
        if known.words[whole]:
            points += HALVES
            why.append(f"“{whole}” stands elsewhere")
        elif first[0].isupper() and known.words[first.casefold()]:
            points -= HALVES
    elif known.pairs[(last[0].casefold(), first.casefold())]:
        points += PAIR_BEFORE
        why.append(f"“{last[0]} {first}” stands elsewhere")
    if not half and not two.starts_lower:
        if last[0].casefold() in GOES_ON or one.text.endswith((",", ";", "–", "—")):
            points += SEAM
            why.append(f"no sentence ends with “{one.text.split()[-1]}”")
        else:
            points -= SEAM
        if len(one.rows[-1]) < 0.75 * one.measure:
            points -= ADJACENT
    return Seam(end, start, points, ", ".join(why))


def seams(
    fragments: Sequence[Fragment], prose: Sequence[int], layout: Layout, known: Vocabulary
) -> dict[int, Seam]:
    """The pairs, by the index of the fragment that breaks off.

    `prose` are the indices of the fragments that take part, in source order.  Raises
    ConfigError for a reviewed join that names lines where nothing ends or begins.
    """
    made = _reviewed(fragments, prose, layout)
    ends = {s.end for s in made}
    starts = {s.start for s in made}
    broken = {b.line for b in layout.breaks}
    ranks = {index: rank for rank, index in enumerate(prose)}
    row = [fragments[i] for i in prose]
    offers: list[Seam] = []
    for rank, index in enumerate(prose):
        fragment = fragments[index]
        if index in ends or (fragment.terminal and not _abbreviated(row, rank)):
            continue
        if fragment.last in broken:
            continue
        for other in range(rank + 1, len(prose)):
            target = fragments[prose[other]]
            if target.page > fragment.page + REACH:
                break
            if prose[other] in starts or (other > rank + 1 and not target.starts_lower):
                continue
            found = score(row, rank, other, known)
            if found.score >= ACCEPT:
                offers.append(Seam(index, prose[other], found.score, found.evidence))
    offers.sort(key=lambda s: (-s.score, ranks[s.start] - ranks[s.end], s.end))
    for offer in offers:
        if offer.end not in ends and offer.start not in starts:
            made.append(offer)
            ends.add(offer.end)
            starts.add(offer.start)
    return {s.end: s for s in made}


def _abbreviated(row: Sequence[Fragment], rank: int) -> bool:
    """Whether the full stop at the end is an abbreviation's: the text goes on small."""
    return (
        rank + 1 < len(row)
        and row[rank + 1].starts_lower
        and bool(_ABBREVIATION.search(row[rank].text))
    )


def _reviewed(fragments: Sequence[Fragment], prose: Sequence[int], layout: Layout) -> list[Seam]:
    by_end = {fragments[i].last: i for i in prose}
    by_start = {_first_row(fragments[i]): i for i in prose}
    out = []
    for join in layout.joins:
        end, start = by_end.get(join.line), by_start.get(join.goes_on)
        if end is None or start is None or end == start:
            what = "ends" if end is None else "begins"
            line = join.line if end is None else join.goes_on
            raise ConfigError(
                f"no stretch of running text {what} on line {line}",
                hint="A join names the last line of one stretch and the first of another.",
                place=join.place,
            )
        out.append(Seam(end, start, float("inf"), "reviewed"))
    _refuse_rings(out, layout)
    return out


def _first_row(fragment: Fragment) -> int:
    blank = next(i for i, line in enumerate(fragment.lines) if not line.blank)
    return fragment.first + blank


def _refuse_rings(made: list[Seam], layout: Layout) -> None:
    onward = {s.end: s.start for s in made}
    starts = Counter(s.start for s in made)
    for seam, join in zip(made, layout.joins, strict=True):
        seen, at = {seam.end}, onward.get(seam.end)
        while at is not None and at not in seen:
            seen.add(at)
            at = onward.get(at)
        twice = starts[seam.start] > 1 or sum(s.end == seam.end for s in made) > 1
        if at is not None or twice:
            why = "one end is joined twice" if twice else "the joins run in a ring"
            raise ConfigError(why, hint="Review these [[join]] decisions.", place=join.place)
