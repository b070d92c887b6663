"""Which fragment goes on where: sentences that cross columns, pages and boxes.

Ends that are open (no full stop) and starts that may go on are paired over the whole
book: the strongest pairs first, so that a start two ends want goes to the end that fits
it best, not to the one that stands nearer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from booktools.arrange.cuts import cut_by_captions, parted_by_kind, speaks_on
from booktools.arrange.fragments import Fragment
from booktools.arrange.geometry import PrintParting
from booktools.arrange.layout import Layout
from booktools.arrange.lines import LineNames
from booktools.arrange.nouns import Nouns
from booktools.arrange.paragraphs import Parting
from booktools.arrange.torn import torn
from booktools.arrange.walls import Wall, walls_before
from booktools.arrange.words import GOES_ON, broken_word, is_broken, words_of
from booktools.errors import ConfigError
from booktools.model.galley import Role

# So many stretches are looked at in one go: the words of a whole book would fill the memory.
_AT_ONCE = 500
# How far a sentence may hop, in pages: a box or a plate, not a chapter; and in stretches
# of running text, for a source whose pages are not marked.
REACH = 2
MOST = 40
# Weights of the evidence; a pair is made from ACCEPT on.
ADJACENT = 3.0
LOWER = 1.0
HALVES = 6.0
SEAM = 1.0
PAIR_BEFORE = 1.0
ACCEPT = 2.0
# Odds so far against a paragraph's end let a full stop be only a sentence's.
_THROUGH = 1.0

_SECOND = "the second line of a paragraph of two"

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_OPENS = re.compile(r"[\"“‘„‚«»‹›(\[¡¿]*([^\W\d_]+)")
# A full stop that ends a word and not a sentence.
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:etc|e\.g|i\.e|cf|vs|pp?|vol|No|Mrs?|Dr|St|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class _Ends:
    """How a fragment breaks off and how it begins, folded for comparison.

    `half` is the half word that its hyphen leaves, `last` its last word, `first` the
    word that it begins with.
    """

    half: str
    last: str
    first: str
    capital: bool

    @classmethod
    def of(cls, fragment: Fragment) -> _Ends:
        words = _WORD.findall(fragment.rows[-1])
        opening = _OPENS.match(fragment.rows[0])
        first = opening[1] if opening else ""
        return cls(
            broken_word(fragment.rows[-1]).casefold(),
            words[-1].casefold() if words else "",
            first.casefold(),
            first[:1].isupper(),
        )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the document itself knows: its whole words, which words that end a stretch stand
    before words that begin one, and its nouns where these have capitals."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    nouns: Nouns | None = None

    def awaits(self, one: Fragment, two: Fragment) -> bool:
        """Whether one stretch waits for a noun and the other begins with it."""
        if self.nouns is None or two.opened:
            return False
        return self.nouns.goes_on(one.rows[-1], two.rows[0])

    @classmethod
    def of(cls, fragments: Sequence[Fragment], ends: Sequence[_Ends]) -> Vocabulary:
        """`ends` are those of the stretches of running text."""
        lasts, firsts = {end.last for end in ends}, {end.first for end in ends}
        words: set[str] = set()
        pairs: set[tuple[str, str]] = set()
        for at in range(0, len(fragments), _AT_ONCE):
            rows: list[Sequence[str]] = []
            for fragment in fragments[at : at + _AT_ONCE]:
                half = False  # whether the row begins with the second half of a word
                for row in fragment.rows:
                    tokens = words_of(row)[1:] if half else words_of(row)
                    half = is_broken(row)
                    rows.append(tokens[:-1] if half else tokens)
            words.update(*rows)
            every = chain.from_iterable(map(pairwise, rows))
            pairs.update([(a, b) for a, b in every if a in lasts and b in firsts])
        nouns = Nouns.of([text for fragment in fragments for text in fragment.rows])
        return cls(frozenset(words), frozenset(pairs), nouns)


@dataclass(frozen=True, slots=True)
class Seam:
    """A pair of fragments, by index: the text of `end` goes on with `start`."""

    end: int
    start: int
    score: float
    evidence: str


def _words_meet(one: _Ends, two: _Ends, known: Vocabulary) -> tuple[float, str]:
    """Points and evidence for the last word of one stretch before the first of another."""
    if one.half and two.first:
        if one.half + two.first in known.words:
            return HALVES, f"“{one.half + two.first}” stands elsewhere"
        if two.capital:  # White-House, or another sentence: elsewhere alone says which
            if (one.half, two.first) in known.pairs:
                return HALVES, f"“{one.half}-{two.first}” stands elsewhere"
            return -HALVES, ""
    elif (one.last, two.first) in known.pairs:
        return PAIR_BEFORE, f"“{one.last} {two.first}” stands elsewhere"
    return 0.0, ""


def _next_one(
    one: Fragment, two: Fragment, ends: _Ends, wall: Wall, cut: bool, looks: float, small: bool
) -> tuple[float, list[str]]:
    """Points and evidence for the next stretch in the source; `wall`: what stands between, `cut`:
    a caption alone, above which a line may end anywhere, `looks`: odds of a paragraph's end, where
    its print tells, `small`: it begins with a small letter or as if with one."""
    points, why = ADJACENT, ["next in the source"]
    if ends.half or small:
        return points, why
    if wall is Wall.BELOW_END:
        return 0.0, why  # a title page, a signature
    doubt = Wall.NONE < wall < Wall.BELOW_END
    if looks < 0:
        why.append("it looks like no first line")
        return points + SEAM * (not doubt), why
    dash = one.text.endswith(("–", "—"))
    if (looks > 0 or (dash and two.parted > 0)) and _adjoin(one, two):
        points -= ADJACENT  # nothing but its looks could part them
    if ends.last in GOES_ON or dash or one.text.endswith((",", ";")):
        points += SEAM
        why.append(f"no sentence ends with “{one.text.split()[-1]}”")
    else:
        points -= SEAM
    anywhere = not looks and (ends.last in GOES_ON or (cut and one.text.endswith(",")))
    if len(one.rows[-1]) < 0.75 * one.measure and not anywhere:
        points -= ADJACENT
    return points - SEAM if doubt else points, why


def _adjoin(one: Fragment, two: Fragment) -> bool:
    return one.page == two.page and two.first == one.last + 1


def seams(
    fragments: Sequence[Fragment],
    prose: Sequence[int],
    layout: Layout,
    parting: Parting | PrintParting,
    names: LineNames,
) -> dict[int, Seam]:
    """The pairs, by the index of the fragment that breaks off.

    `prose` are the indices of the fragments that take part, in source order.  Raises
    ConfigError for reviewed joins and breaks that name lines where nothing ends or begins,
    or that contradict one another.
    """
    made = _reviewed(fragments, prose, layout, names)
    chains = _Chains(made)
    row = [fragments[i] for i in prose]
    ends = [_Ends.of(fragment) for fragment in row]
    known = Vocabulary.of(fragments, ends)
    seen = isinstance(parting, PrintParting)
    walls = walls_before(fragments, prose, seen)
    cuts = cut_by_captions(fragments, prose)
    parted = parted_by_kind(fragments, prose) if seen else []
    offers = [
        Seam(prose[s.end], prose[s.start], s.score, s.evidence)
        for s in _offers(row, walls, cuts, parted, layout, ends, known, parting)
    ]
    ranks = {index: rank for rank, index in enumerate(prose)}
    offers.sort(key=lambda s: (-s.score, ranks[s.start] - ranks[s.end], s.end))
    made += [offer for offer in offers if chains.link(offer)]
    return {s.end: s for s in made}


def _offers(
    row: Sequence[Fragment],
    walls: Sequence[Wall],
    cuts: Sequence[bool],
    parted: Sequence[bool],
    layout: Layout,
    ends: Sequence[_Ends],
    known: Vocabulary,
    parting: Parting | PrintParting,
) -> list[Seam]:
    """Every pair of running stretches, by rank, with enough evidence.

    A sentence does not hop over a settled heading, nor into a block that was moved.
    """
    settled = {b.line for b in layout.breaks} | {j.line for j in layout.joins}
    speaking = set(speaks_on(row)) if isinstance(parting, Parting) else set()
    halves = set(torn(row, parting)) if isinstance(parting, Parting) else set()
    offers: list[Seam] = []
    for rank, fragment in enumerate(row):
        if fragment.last in settled:
            continue
        if fragment.terminal and not _abbreviated(row, rank):
            if not any(parted[rank + 1 : rank + 2]):
                offers += _runs_through(row, walls, rank, parting)
            if rank in speaking:
                offers.append(Seam(rank, rank + 1, ACCEPT, "a speech has not ended"))
            if rank in halves:
                offers.append(Seam(rank, rank + 1, ADJACENT - SEAM, _SECOND))
            continue
        following, between = True, Wall.NONE
        for other in range(rank + 1, min(rank + 1 + MOST, len(row))):
            target, wall = row[other], walls[other]
            if wall is Wall.SETTLED or target.page > fragment.page + REACH:
                break
            if wall > Wall.NONE and between is not Wall.BELOW_END:
                between = Wall.BELOW_END if _ends_short(parting, fragment) else wall
            if target.opened:
                break  # a paragraph begins with a drop capital
            small = target.starts_lower or (following and known.awaits(fragment, target))
            following = following and (small or wall is not Wall.CHAPTER)
            if target.moved or not (following or target.starts_lower):
                continue
            points, evidence = _words_meet(ends[rank], ends[other], known)
            why = [evidence] * bool(evidence)
            if target.starts_lower:
                points += LOWER
                why.insert(0, "begins with a small letter")
            if following:
                looks = _looks(parting, fragment, target)
                cut, wall = cuts[other], between
                more, reasons = _next_one(fragment, target, ends[rank], wall, cut, looks, small)
                points, why = points + more, reasons + why
                if fragment.rows[-1][-1] in "–—" and _interrupted(parting, fragment, target):
                    points -= ADJACENT
                if rank in halves:
                    points, why = points + ADJACENT - SEAM, [*why, _SECOND]
            following = False
            if points >= ACCEPT:
                offers.append(Seam(rank, other, points, ", ".join(why)))
    return offers


def _ends_short(parting: Parting | PrintParting, one: Fragment) -> bool:
    """Whether a stretch was seen to end before its measure does."""
    return isinstance(parting, PrintParting) and not parting.filled(one.written[-1])


def _interrupted(parting: Parting | PrintParting, one: Fragment, two: Fragment) -> bool:
    """Whether the dash at an end is that of a speech which breaks off, far from the measure, and
    another one begins below."""
    other = not two.starts_lower and one.page == two.page
    return other and isinstance(parting, Parting) and parting.ends_early(one.written[-1])


def _looks(parting: Parting | PrintParting, one: Fragment, two: Fragment) -> float:
    """Odds of a paragraph's end between two stretches by their print, 0 without it."""
    if not isinstance(parting, PrintParting):
        return 0.0
    return parting.across(one.written[-1], two.written[0])


def _runs_through(
    row: Sequence[Fragment],
    walls: Sequence[Wall],
    rank: int,
    parting: Parting | PrintParting,
) -> list[Seam]:
    """The seam to the next stretch where a sentence ends and its paragraph does not: the line
    is full and the next one no first line."""
    if rank + 1 >= len(row) or walls[rank + 1] is not Wall.NONE or row[rank + 1].moved:
        return []
    one, two = row[rank], row[rank + 1]
    if two.page > one.page + 1 or two.parted or two.starts_lower or two.opened:
        return []
    odds = parting.across(one.written[-1], two.written[0])
    if odds > -_THROUGH:
        return []
    return [Seam(rank, rank + 1, ADJACENT - SEAM, "a full line, and no first line under it")]


class _Chains:
    """Stretches joined so far; refuses to join an end or a start twice, or a ring."""

    def __init__(self, made: Sequence[Seam]) -> None:
        self.tails: dict[int, int] = {}  # a chain's first stretch → its last
        self.heads: dict[int, int] = {}  # and back
        self.ends: set[int] = set()
        self.starts: set[int] = set()
        for seam in made:
            self.link(seam)

    def link(self, seam: Seam) -> bool:
        """Join, if that is possible."""
        if seam.end in self.ends or seam.start in self.starts:
            return False
        head = self.heads.get(seam.end, seam.end)
        if head == seam.start:
            return False
        tail = self.tails.get(seam.start, seam.start)
        self.heads[tail], self.tails[head] = head, tail
        self.ends.add(seam.end)
        self.starts.add(seam.start)
        return True


def _abbreviated(row: Sequence[Fragment], rank: int) -> bool:
    """Whether the full stop at the end is an abbreviation's: the text goes on small."""
    return (
        rank + 1 < len(row)
        and row[rank + 1].starts_lower
        and bool(_ABBREVIATION.search(row[rank].text))
    )


def _reviewed(
    fragments: Sequence[Fragment], prose: Sequence[int], layout: Layout, names: LineNames
) -> list[Seam]:
    """The seams of the joins.  Where a line has parts on two pages, the first one ends a
    stretch and the last one begins one."""
    by_end = {fragments[i].last: i for i in reversed(prose)}
    by_start = {fragments[i].first: i for i in prose}
    items = {fragment.last for fragment in fragments if fragment.role is Role.LIST}
    for decision in layout.breaks:
        if decision.line not in by_end and decision.line not in items:
            raise ConfigError(
                f"no stretch of running text ends on line {names.name(decision.line)}",
                hint="A break names the last line of a paragraph; correct or delete it.",
                place=decision.place,
            )
    broken = {b.line: b for b in layout.breaks}
    chains = _Chains(())
    out = []
    for join in layout.joins:
        end, start = by_end.get(join.line), by_start.get(join.goes_on)
        if end is None or start is None:
            what = "ends" if end is None else "begins"
            named = join.line if end is None else join.goes_on
            raise ConfigError(
                f"no stretch of running text {what} on line {names.name(named)}",
                hint="A join names the last line of one stretch and the first of another.",
                place=join.place,
            )
        seam = Seam(end, start, float("inf"), "reviewed")
        line, goes_on = names.name(join.line), names.name(join.goes_on)
        why = ""
        if join.line in broken:
            why = f"line {line} also has a break, at {broken[join.line].place}"
        elif end in chains.ends:
            why = f"the end on line {line} is joined twice"
        elif start in chains.starts:
            why = f"the beginning on line {goes_on} is joined twice"
        elif fragments[start].moved:
            why = f"the text on line {goes_on} is moved by a [[block]]"
        elif not chains.link(seam):
            why = "the joins run in a ring"
        if why:
            raise ConfigError(
                f"line {line} cannot go on at line {goes_on}: {why}",
                hint="Review the decisions that name these lines and keep one of them.",
                place=join.place,
            )
        out.append(seam)
    return out
