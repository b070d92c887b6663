"""Running heads and folios, found by repetition and place at the edges of the pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from difflib import SequenceMatcher
from functools import lru_cache
from statistics import median

from booktools.arrange.edges import Edge, display, edges_of, keys_of, numbered
from booktools.arrange.midpage import (
    MOST_PAGES,
    PAGES,
    beside_folios,
    beside_numbers,
    between_columns,
    once_a_page,
    own_numbers,
)
from booktools.arrange.misread import amid, misread
from booktools.arrange.slots import (
    beside_heads,
    doubled,
    elsewhere,
    every_other,
    filled,
    interrupting,
)
from booktools.arrange.titles import is_title_like
from booktools.arrange.words import is_label, starts_lower
from booktools.model.page import Line

# A head of the left pages alone is on so large a share of all pages, but for those without.
_EVERY_OTHER = 0.4
# A running head comes back on the next page or, on one side of the sheet, the next but one.
_GAP = 2
# Of all lines with its words, so many stand at the edge of a page.
_AT_EDGE = 0.8
# A head that OCR has misread is compared with so many others before it, from so many
# letters on; and is the same with this likeness of the whole and of each word.  No head
# is longer.
_RECENT = 8
_FEWEST_LETTERS = 6
_SAME = 0.8
_SAME_WORD = 0.5
_LONGEST = 90
# Heads with another name beside them begin with so many letters that are the same.
_SAME_LETTERS = 8
_SAME_ENDS = 12
# A display line is no longer than this share of a usual line.
_SHORT = 0.7

_STOPPED = re.compile(r"[.!?;:,]\s")  # what somebody says, or a sentence and more
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def furniture_lines(lines: Sequence[Line], decided: Collection[int]) -> frozenset[int]:
    """Indices of the lines that are running heads or folios; `decided` ones take no part.

    A folio is a number at the top or foot of its page in step with the pages: three or
    more are equally far from their page's place in the source.  A running head has such
    a number beside it, or comes back, misread at most, at the same edge of three pages in
    a row (or of every other page) and hardly ever stands elsewhere.  The first of these may
    be the title that the others repeat: it is left for a person, unless a folio or text in
    mid-sentence stands under it.  Where most pages have furniture at an edge, a display
    line there is a head with less: two pages that have it, a title before it in the text
    that reads the same, a place between folio and edge.
    """
    edges = [e for e in edges_of(lines) if e.index not in decided]
    alone, counted, titles = _folios(edges)
    longest = _SHORT * median([len(line.text) for line in lines if line.text] or [0])
    keys = keys_of(["" if i in decided else line.text for i, line in enumerate(lines)])
    counts = Counter(keys)
    earliest = {keys[i]: i for i in range(len(keys) - 1, -1, -1)}
    sizes = Counter([line.page for line in lines if line.text])
    heads = _heads([e for e in edges if e.index not in counted and e.key], counts, sizes)
    found = _beyond(edges, alone, heads)
    done: set[tuple[str, int, bool]] = set()
    over = _outwards({e.index: e.outer for e in edges if e.top}, alone)
    like = _like_the_others(edges, heads, alone)
    over |= like
    for edge in edges:
        if _inside(edge, found) or (edge.key, edge.page, edge.top) in done:
            continue  # text, or a title under the head that repeats it
        if edge.index in alone or edge.index in counted or (edge.index in like and not edge.words):
            found.add(edge.index)
        elif edge.index in heads:
            title = heads[edge.index] and edge.top and edge.index not in over
            told = not title or earliest[edge.key] < edge.index
            if told or (edge.below >= 0 and starts_lower(lines[edge.below].text)):
                found.add(edge.index)
        if edge.index in found:
            done.add((edge.key, edge.page, edge.top))
    first = {i for i, is_first in heads.items() if is_first}
    repeated = {e.index for e in edges if (e.key, e.page, e.top) in done} - found
    left = [e for e in edges if e.index not in first | repeated]
    found |= _in_their_place(left, found, counts, earliest, longest)
    found |= beside_heads(edges)
    found |= filled(edges, found, counts, longest)
    found |= doubled(edges, lines, keys, found)
    found |= interrupting(lines, set(elsewhere(edges, keys, found, counts, longest)), found)
    found |= misread(lines, keys, edges, found)
    found |= _out_of_place(lines, edges, keys, found, alone, longest)
    return frozenset((found | amid(lines, keys, found)) - titles)


def _out_of_place(
    lines: Sequence[Line],
    edges: Sequence[Edge],
    keys: Sequence[str],
    found: Set[int],
    alone: Set[int],
    longest: float,
) -> set[int]:
    """Heads and folios that are told by themselves wherever they stand on their page."""

    def head(index: int) -> bool:
        text = lines[index].text
        return bool(keys[index]) and len(text) <= _LONGEST and display(numbered(text)[0])

    def short(index: int) -> bool:
        return head(index) and len(lines[index].text) <= longest

    known = set(found) | between_columns(lines, keys, found, alone, head)
    known |= beside_folios(lines, keys, known, alone, head)
    known |= once_a_page(lines, keys, known, head)
    known |= every_other(lines, keys, edges, head)
    numbers = own_numbers(lines, known, numbered, head)
    return known | numbers | beside_numbers(lines, numbers, short)


def _inside(edge: Edge, found: Collection[int]) -> bool:
    """Whether text stands between the line and the page's edge."""
    return edge.outer >= 0 and edge.outer not in found


def _folios(edges: Sequence[Edge]) -> tuple[set[int], set[int], set[int]]:
    """The lines that are a number in step with the pages, and those that have one beside
    words that come back, or that stand where others have both.

    A page has one folio: last come the titles whose numbers happen to be the one of the folio
    on their page, as “1 The Sea” on page 1.
    """
    steps = Counter(e.number - e.page for e in edges if e.number)
    stepping = [e for e in edges if e.number and steps[e.number - e.page] >= PAGES]
    alone = {e.index for e in stepping if not e.words}
    both = [e for e in stepping if e.words]
    beside = Counter(e.words for e in both)
    told = {(e.page, e.number) for e in stepping if not e.words}
    titles = {
        e.index for e in both if (e.page, e.number) in told and e.outer >= 0 and beside[e.words] < 2
    }
    habit = Counter((e.number - e.page, e.top) for e in both)
    counted = {
        e.index
        for e in both
        if beside[e.words] > 1 or (habit[e.number - e.page, e.top] >= PAGES and display(e.words))
    }
    return alone, counted | _out_of_step(edges, both, beside), titles


def _out_of_step(
    edges: Sequence[Edge], both: Sequence[Edge], beside: Mapping[str, int]
) -> set[int]:
    """The outermost lines of pages whose words have folios beside them on several others, in
    capitals like theirs, although their number is not in step: a count begun anew."""
    capitals = {e.words for e in both if e.words.isupper() and beside[e.words] >= PAGES}
    return {e.index for e in edges if e.top and e.outer < 0 and e.number and e.words in capitals}


def _beyond(edges: Sequence[Edge], alone: Set[int], heads: Mapping[int, bool]) -> set[int]:
    """The line between a folio, or a head, and the page's edge, where most of that edge, or of
    the left or the right pages, have one; and a line between a folio and a head: nothing but
    furniture stands there."""
    by_index = {edge.index: edge for edge in edges}
    found: set[int] = set()
    groups: dict[object, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.index in alone:
            groups[edge.top].append(edge)
            groups[edge.top, edge.page % 2].append(edge)
        elif edge.index in heads:
            groups[edge.top, edge.key].append(edge)
    for own in groups.values():
        beyond = [by_index[e.outer] for e in own if e.outer in by_index]
        short = [e for e in beyond if display(e.words) and len(e.text) <= _LONGEST]
        outer = [e for e in short if e.outer < 0]
        if len(outer) >= PAGES and len(outer) >= MOST_PAGES * len(own):
            found.update(e.index for e in outer)
        found.update(e.index for e in short if e.outer in alone and own[0].index in heads)
    return found


def _in_their_place(
    edges: Sequence[Edge],
    found: Set[int],
    counts: Counter[str],
    earliest: Mapping[str, int],
    longest: float,
) -> set[int]:
    """Display lines at an edge where most pages have a head or a folio."""
    pages = {e.page for e in edges}
    more: set[int] = set()
    for top in (True, False):
        own = [e for e in edges if e.top is top]
        kept = {e.page for e in own if e.index in found}
        if len(kept) < PAGES or len(kept) < MOST_PAGES * len(pages):
            continue
        twice = Counter(e.key for e in own)
        for edge in own:
            if edge.index in found or _inside(edge, found | more) or not edge.key:
                continue
            if not display(edge.words) or len(edge.text) > longest or is_label(edge.words):
                continue
            if edge.index == earliest[edge.key]:
                continue  # a title stands before the heads that repeat it
            again = twice[edge.key] > 1 and not edge.key.isdigit()
            if again or (counts[edge.key] > twice[edge.key] and edge.page not in kept):
                more.add(edge.index)
    return more


def _outwards(outer: Mapping[int, int], starts: Collection[int]) -> set[int]:
    """The lines between each of the starts and the edge of its page."""
    found: set[int] = set()
    for start in starts:
        at = outer.get(start, -1)
        while at >= 0:
            found.add(at)
            at = outer.get(at, -1)
    return found


def _heads(edges: Sequence[Edge], lines: Counter[str], sizes: Mapping[int, int]) -> dict[int, bool]:
    """The lines that come back page after page; True: the first of its kind."""
    heads: dict[int, bool] = {}
    for own in _alike(edges):
        if not display(own[0].words) and not any(display(edge.words) for edge in own):
            continue  # a refrain, an answer
        pages = sorted({edge.page for edge in own})
        habit = any(
            two - one <= _GAP and three - two <= _GAP
            for one, two, three in zip(pages, pages[1:], pages[2:], strict=False)
        )
        elsewhere = sum(lines[key] for key in {edge.key for edge in own})
        if habit and len(own) >= _AT_EDGE * elsewhere:
            title = not _all_through(pages, sizes)
            heads.update((edge.index, title and edge is own[0]) for edge in own)
    return heads


def _all_through(pages: Sequence[int], sizes: Mapping[int, int]) -> bool:
    """Whether a head runs through the whole source, from the second page on: on nearly every
    page or on every other.  It is the book's then, and a title does not stand on a page full
    of text."""
    every = sorted(sizes)
    if pages[0] != every[1] or len(pages) <= PAGES:
        return False
    full = 2 * sizes[pages[0]] >= median(sizes.values())
    return full and len(pages) >= _EVERY_OTHER * (len(every) - 1)


def _like_the_others(edges: Sequence[Edge], heads: Mapping[int, bool], alone: Set[int]) -> set[int]:
    """The first heads of their kind that no title is: a folio, or a number where their others
    have it, stands between them and the edge, or a display line on their other side, as another
    head does on most pages; and such numbers."""
    by_index = {edge.index: edge for edge in edges}
    groups: dict[tuple[str, bool], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.index in heads:
            groups[edge.key, edge.top].append(edge)
    found: set[int] = set()
    for first, *others in groups.values():
        two = sum(e.below in heads for e in others)
        below = by_index.get(first.below)
        pair = below is not None and display(below.words) and 2 * two > len(others)
        if others and (first.outer in alone or (pair and len(others) > PAGES)):
            found.add(first.index)
        outer = by_index.get(first.outer)
        numbered = outer is not None and outer.number and not outer.words
        if numbered and 2 * sum(e.outer in alone for e in others) > len(others):
            found |= {first.index, first.outer}  # out of step, as the first page's may be
    return found


def _alike(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Lines at the same edge that read alike, OCR's slips allowed; figures must agree."""
    groups: dict[tuple[str, bool], list[Edge]] = {}
    recent: dict[bool, list[Edge]] = {True: [], False: []}
    made: list[list[Edge]] = []
    for edge in edges:
        own = (edge.key, edge.top)
        if own not in groups:
            near = recent[edge.top]
            same = next(
                (e for e in reversed(near) if _misread(edge.text, e.text) or _begin_alike(edge, e)),
                None,
            )
            if same is None:
                made.append([])
                groups[own] = made[-1]
            else:
                groups[own] = groups[same.key, same.top]
            recent[edge.top] = [*near, edge][-_RECENT:]
        groups[own].append(edge)
    return made


def _begin_alike(one: Edge, two: Edge) -> bool:
    """Whether two display lines begin with the same words, or end so: a head and what changes
    beside it."""
    if not (_is_named(one.text, one.words) and _is_named(two.text, two.words)):
        return False
    if _alike_so_far(one.key, two.key) >= _SAME_LETTERS:
        return True
    return _alike_so_far(one.key[::-1], two.key[::-1]) >= _SAME_ENDS


@lru_cache(1024)
def _is_named(text: str, words: str) -> bool:
    """Whether a display line has a name in it, of two longer words at least."""
    if len(text) > _LONGEST or not (text.isupper() or is_title_like(words)):
        return False
    stopped = not text.isupper() and _STOPPED.search(text)
    return not stopped and len(_LONG_WORD.findall(text)) > 1


def _alike_so_far(one: str, two: str) -> int:
    """How many letters two keys begin with that are the same."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(two)))


def _misread(one: str, two: str) -> bool:
    """Whether two lines are the same but for OCR's slips: every word has most of its letters."""
    if not _FEWEST_LETTERS <= len(one) <= _LONGEST or abs(len(one) - len(two)) > 3:
        return False
    if one.count(" ") != two.count(" "):
        return False
    one, two = one.casefold(), two.casefold()
    words = list(zip(one.split(), two.split(), strict=False))
    return (
        not any(a != b and (a + b).isdigit() for a, b in words)
        and letters_in_common(one, two) >= _SAME
        and _likeness(one, two) >= _SAME
        and all(a == b or _likeness(a, b) >= _SAME_WORD for a, b in words)
    )


def _likeness(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def letters_in_common(one: str, two: str) -> float:
    """What the likeness of two texts is at most: the letters that both have, in any order."""
    both = sum((Counter(one) & Counter(two)).values())
    return 2.0 * both / (len(one) + len(two))
