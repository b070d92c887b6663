"""Running heads and folios that OCR has misread: known by those that it has not.

What is looked for here stands where running heads and folios stand: nothing but furniture is
between it and the edge of its page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from statistics import median

from booktools.arrange.edges import Edge, display, numbered
from booktools.arrange.midpage import PAGES, apart
from booktools.arrange.words import REMEMBERED
from booktools.model.page import Line

# Where OCR reads badly it misreads one letter in so many.
_SLIP = 5
# A head has so many letters at least to be known by most of them, and a line with one so many
# signs at most.
_FEWEST = 6
_LONGEST = 90
# With so many letters a head is known wherever it stands.
_SURE = 12
# So many letters behind a head that stands for itself are a folio or specks.
_REST = 3
# A folio has so many figures, or half as many letters, and with specks so many signs in all;
# and so large a share of the pages has one that can be read.
_FOLIO = 4
_MANY = 0.25
_SIGNS = 7
# Numbers on so many pages, each higher than the one before by as many pages as lie between or
# more, and of all at that edge this share, are folios of a book that lacks some leaves.
_RISING = 5
_MOST_RISE = 0.6
# A page with fewer lines than this share of the usual number may be a title page.
_FULL = 0.5

_NO_LETTER = re.compile(r"[\W\d_]+")
_SIGNS_AND_FIGURES = bytes(code for code in range(128) if not chr(code).isalpha())
_NO_SIGN = re.compile(r"[\W_]+")
# What has no more to it than a number has, however it was read.
_FOLIO_LIKE = re.compile(
    rf"(?=.{{1,{_SIGNS}}}$)[\W_]*"
    rf"(?:(?:[^\W_][\W_]*){{1,{_FOLIO // 2}}}|(?=\D*\d)(?:[^\W_][\W_]*){{1,{_FOLIO}}})"
)
_NUMBER = re.compile(r"\W*\d{1,4}\W*")
# What figures are misread as.
_FIGURES = str.maketrans("IlijfJOoQDZzAaSsbGTgqyB", "11111100002244556679998")


def misread(
    lines: Sequence[Line], keys: Sequence[str], edges: Sequence[Edge], found: set[int]
) -> set[int]:
    """The lines that read like the heads among those `found` or have their numbers, and what
    stands where these pages have their folios; `keys` are those of all lines."""
    sizes = Counter([line.page for line in lines if line.text])
    full = _FULL * median(sizes.values() or [0])
    known = [e for e in edges if e.index in found]
    every = set(found) | _rising(edges, found)
    steps = Counter([(e.number - e.page, e.top) for e in known if e.number and e.words])
    pieces = _ends(Counter([e.words for e in known if e.words]))
    for top in (True, False):
        heads = _Heads(tuple([e for e in known if e.top is top]), lines)
        habits = {step for (step, side), count in steps.items() if side is top and count >= PAGES}
        for edge in edges if habits or pieces or heads.enough else ():
            if edge.top is not top or edge.index in every:
                continue
            if edge.outer >= 0 and edge.outer not in every:
                continue  # text stands between it and the edge
            if _counts(edge, habits):
                every.add(edge.index)
                continue
            if not _apart(lines, edge) or _repeated(lines, edge):
                continue
            piece = not top and display(edge.text) and _letters(edge.text) in pieces
            if piece or heads.reads(edge, full=sizes[edge.page] >= full):
                every.add(edge.index)
    every |= amid(lines, keys, every)
    return (every | _folios(lines, edges, every)) - found


def _inside(edge: Edge, found: Collection[int]) -> bool:
    return edge.outer >= 0 and edge.outer not in found


def _apart(lines: Sequence[Line], edge: Edge) -> bool:
    """Whether an empty line or the page's end parts a line from the text."""
    page = lines[edge.index].page
    inner = edge.index + (1 if edge.top else -1)
    return not (0 <= inner < len(lines)) or lines[inner].page != page or not lines[inner].text


def _repeated(lines: Sequence[Line], edge: Edge) -> bool:
    """Whether a line is the title that the head above it repeats."""
    if not edge.top or edge.outer < 0:
        return False
    head, own = _letters(numbered(lines[edge.outer].text)[0]), _letters(edge.text)
    return head == own or _alike(head, own)


def _counts(edge: Edge, steps: Collection[int]) -> bool:
    """Whether a number at one end of a line, misread at most, is in step with the pages."""
    words = edge.text.split()
    if len(edge.text) > _LONGEST or len(words) < 2:
        return False
    return any(_value(word) - edge.page in steps for word in (words[0], words[-1]))


# --- heads ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Heads:
    """The heads of one edge."""

    known: Sequence[Edge]
    lines: Sequence[Line]

    @cached_property
    def enough(self) -> bool:
        """Whether they stand on so many pages that they are known."""
        return len({e.page for e in self.known if e.words}) >= PAGES

    @cached_property
    def _wholes(self) -> Mapping[str, int]:
        """The letters of each, and the first page with it."""
        wholes = [(_letters(e.words), e.page) for e in reversed(self.known)]
        return {letters: page for letters, page in wholes if len(letters) >= _FEWEST}

    @cached_property
    def _stems(self) -> Mapping[str, int]:
        """With what heads of several kinds begin, and the first page with it."""
        stems = _shared(Counter([e.words for e in self.known]))
        return {
            stem: next(e.page for e in self.known if _letters(e.words).startswith(stem))
            for stem in stems
        }

    @cached_property
    def _capitals(self) -> bool:
        return 2 * sum(_upper(e.text) for e in self.known) > len(self.known)

    def reads(self, edge: Edge, *, full: bool) -> bool:
        """Whether a line reads like one of these; `full`: its page is no title page."""
        if len(edge.text) > _LONGEST or not self.enough:
            return False
        letters = _letters(edge.text)
        for whole, page in self._wholes.items():
            # The first may be the title that the others repeat.
            if page < edge.page and _alike(whole, letters):
                return True
        for stem, page in self._stems.items():
            rest = _rest(stem, letters)
            if rest < 0 or not (page < edge.page or (full and rest)):
                continue
            if rest <= _REST or (self._capitals and _upper(edge.text)):
                return True
        return False


def _shared(heads: Counter[str]) -> Set[str]:
    """The letters of the words that heads begin with and that go on in more than one way, on
    so many pages that it is a habit."""
    seen: Counter[str] = Counter()
    ways: dict[str, set[str]] = defaultdict(set)
    for head, count in heads.items():
        for stem, rest in _parted(head):
            seen[stem] += count
            ways[stem].add(rest)
    often = [s for s, count in seen.items() if count >= PAGES and len(s) >= _FEWEST]
    return {stem for stem in often if len(ways[stem]) > 1}


def _ends(heads: Counter[str]) -> Set[str]:
    """The letters of what stands behind the words that heads share, on so many pages that it
    is a habit."""
    stems = _shared(heads)
    seen: Counter[str] = Counter()
    for head, count in heads.items() if stems else ():
        for stem, rest in _parted(head):
            seen[rest] += count * (stem in stems)
    return {rest for rest, count in seen.items() if count >= PAGES and len(rest) >= _FEWEST}


def _parted(head: str) -> list[tuple[str, str]]:
    """The letters of a head's first words, of one, two and so on, and of the rest."""
    parts = [_letters(word) for word in head.split()]
    last = min(len(parts), _LONGEST)  # what has more words is a text on one line, no head
    return [("".join(parts[:at]), "".join(parts[at:])) for at in range(1, last + 1)]


def amid(lines: Sequence[Line], keys: Sequence[str], found: Set[int]) -> set[int]:
    """The heads of pages that have none, known by those `found`: OCR has misread them and put
    them between the columns."""
    first: dict[str, int] = {}
    pages: dict[str, set[int]] = defaultdict(set)
    names = {text: _letters(numbered(text)[0]) for text in {lines[i].text for i in found}}
    for index in sorted(found):
        letters = names[lines[index].text]
        if letters[_FEWEST - 1 :]:
            first.setdefault(letters, index)
            pages[letters].add(lines[index].page)
    sizes: dict[int, list[str]] = defaultdict(list)  # by the letters that a line may have
    for head in [head for head, own in pages.items() if len(own) >= PAGES]:
        slips = len(head) // _SLIP
        for size in range(len(head) - slips, len(head) + slips + 1):
            sizes[size].append(head)
    if not sizes:
        return set()
    least, longest = min(sizes), min(_LONGEST, _SIGNS + 2 * max(sizes))
    out: set[int] = set()
    sized = [
        i for i, line in enumerate(lines) if line.text[least - 1 :] and not line.text[longest:]
    ]
    for index in sized:
        if index in found:
            continue
        line, letters = lines[index], keys[index]
        letters = letters if letters.isalpha() else _letters(line.text)
        for head in sizes.get(len(letters), ()):
            if line.page in pages[head] or index < first[head] or not _alike(head, letters):
                continue
            if len(head) >= _SURE or apart(lines, index):
                out.add(index)
                break
    return out


def _upper(text: str) -> bool:
    """Whether the first half of a line is set in capitals."""
    letters = [c for c in text if c.isalpha()]
    half = letters[: max(_FEWEST, len(letters) // 2)]
    return sum(map(str.isupper, half)) > len(half) * (1 - 1 / _SLIP)


@lru_cache(REMEMBERED)
def _letters(text: str) -> str:
    if text.isascii():
        return text.encode().translate(None, _SIGNS_AND_FIGURES).lower().decode()
    return _NO_LETTER.sub("", text.casefold())


def _alike(one: str, two: str) -> bool:
    """Whether two heads are the same but for OCR's slips."""
    slips = len(one) // _SLIP
    if abs(len(one) - len(two)) > slips:
        return False
    return _has_piece(one, two) and _within(one, two, slips)


def _rest(stem: str, letters: str) -> int:
    """How many letters stand behind a stem that a line begins with, OCR's slips allowed; -1
    where it does not."""
    start = letters[: len(stem) + len(stem) // _SLIP]
    if not _has_piece(stem, start):
        return -1
    distances = _distances(stem, start)
    best = min(range(len(distances)), key=lambda at: (distances[at], abs(at - len(stem))))
    return len(letters) - best if distances[best] <= len(stem) // _SLIP else -1


def _has_piece(one: str, two: str) -> bool:
    """Whether a text has a piece of another unharmed, about where it stands: each slip harms one
    piece, and there is one more of them than there may be slips."""
    return any(
        piece in two and piece in two[start:end]  # seldom in the text at all
        for piece, start, end in _pieces(one)
    )


@lru_cache(1024)
def _pieces(text: str) -> tuple[tuple[str, int, int], ...]:
    """The pieces of a text, and where each may stand after so many slips."""
    slips = len(text) // _SLIP
    cuts = [len(text) * at // (slips + 1) for at in range(slips + 2)]
    return tuple((text[a:b], max(0, a - slips), b + slips) for a, b in pairwise(cuts))


def _within(one: str, two: str, most: int) -> bool:
    """Whether so many slips at most make one text of another."""
    if abs(len(one) - len(two)) > most:
        return False
    row = list(range(len(two) + 1))
    for above, letter in enumerate(one, 1):
        # What is further from the diagonal has more slips than that.
        low, high = max(1, above - most), min(len(two), above + most)
        slant, row[low - 1] = row[low - 1], above if low == 1 else most + 1
        for at in range(low, high + 1):
            cost = slant + (letter != two[at - 1])
            slant = row[at]
            row[at] = min(cost, slant + 1, row[at - 1] + 1)
        if min(row[low - 1 : high + 1]) > most:
            return False
    return row[-1] <= most


def _distances(one: str, two: str) -> list[int]:
    """How many slips make a text of each beginning of another."""
    row = list(range(len(two) + 1))
    for above, letter in enumerate(one, 1):
        slant, row[0] = row[0], above
        for at, other in enumerate(two, 1):
            slant, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, slant + (letter != other))
    return row


# --- folios ---------------------------------------------------------------------------


def _rising(edges: Sequence[Edge], found: set[int]) -> set[int]:
    """Numbers alone at an edge that rise with the pages, though some leaves are not there."""
    more: set[int] = set()
    for top in (True, False):
        own: dict[int, Edge] = {}
        for edge in edges:
            if edge.top is not top or edge.page in own or _inside(edge, found):
                continue
            if (edge.number and not edge.words and edge.index in found) or _NUMBER.fullmatch(
                edge.text
            ):
                own[edge.page] = edge
        if found.issuperset({edge.index for edge in own.values()}):
            continue
        run = _longest_rise(list(own.values()))
        if len(run) >= max(_RISING, _MOST_RISE * len(own)):
            more.update(edge.index for edge in run)
    return more - found


def _longest_rise(own: Sequence[Edge]) -> list[Edge]:
    """The longest run, in the order of pages, in which numbers rise by as many pages as lie
    between or more: their distance from their pages' places does not fall."""
    ends: list[int] = []  # for each length of a run, the lowest distance that one ends with
    last: list[int] = []  # and the number of the edge
    before: list[int] = []
    for rank, edge in enumerate(own):
        distance = edge.number - edge.page
        at = bisect_right(ends, distance)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [distance]
        last[at : at + 1] = [rank]
    run = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(own[at])
        at = before[at]
    return run


def _folios(lines: Sequence[Line], edges: Sequence[Edge], found: Set[int]) -> set[int]:
    """What stands alone where other pages have their folio, on pages that have none."""
    more: set[int] = set()
    pages = {edge.page for edge in edges}
    for top in (True, False):
        own = [
            e
            for e in edges
            if e.top is top
            and ((e.number and not e.words and e.index in found) or _FOLIO_LIKE.fullmatch(e.text))
        ]
        have = {e.page for e in own if e.index in found}
        if len(have) == len(pages):
            continue
        first: dict[int, Edge] = {}
        for edge in own:
            if edge.page in have or _inside(edge, found):
                continue
            figures = any(map(str.isdigit, edge.text))
            if _apart(lines, edge) or (figures and edge.outer < 0):
                first.setdefault(edge.page, edge)
        read = [e for e in own if e.index in found or first.get(e.page) is e]
        steps = Counter([n - e.page for e in read if (n := e.number or _value(e.text))])
        told = max(steps.values(), default=0) >= PAGES or len(have) >= _RISING
        if told and len(read) >= _MANY * len(pages):
            more.update(edge.index for edge in first.values())
    return more


def _value(text: str) -> int:
    """The number that a text is, or is misread from; 0: none."""
    figures = _NO_SIGN.sub("", text).translate(_FIGURES)
    return int(figures) if figures.isdecimal() else 0
