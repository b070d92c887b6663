"""Heads and folios that the extractor has put between the columns of their page.

At no edge they are known by themselves: a line that stands once on most pages, a page's own
number, a head that other pages have at their edge.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

from booktools.arrange.words import is_label
from booktools.model.page import Line

# So many pages make a habit.
PAGES = 3
# So large a share of the pages makes a line that each has once a head.
MOST_PAGES = 0.5
# A folio has so many figures at most.
_DIGITS = 4
# The name that heads have in common has so many letters.
_NAME = 5
# A line between two gaps, or so many lines from the one before and the one after, is apart.
_APART = 1

# What stands at the ends of a line with a page's number.
_OUTER = frozenset("0123456789ivxlc([])—–-")

# A number between dashes or brackets is a folio, whatever stands round it.
_EMBRACED = re.compile(r"[\[(—–-]\s?\d{1,4}\s?[\])—–-]")

Numbered = Callable[[str], tuple[str, int]]


def once_a_page(
    lines: Sequence[Line],
    keys: Sequence[str],
    edges: Collection[int],
    display: Callable[[int], bool],
) -> set[int]:
    """Display lines that most pages of the source have, each once; not those of which some
    are found at `edges`, for there they are judged."""
    pages = {lines[i].page for i, key in enumerate(keys) if key}
    fewest = max(PAGES, MOST_PAGES * len(pages))
    often = {k for k, n in Counter(keys).items() if n >= fewest and k and not k.isdecimal()}
    often -= {keys[i] for i in edges}
    places: dict[str, list[int]] = {key: [] for key in often}
    for index in [i for i, key in enumerate(keys) if key in often]:
        places[keys[index]].append(index)
    found: set[int] = set()
    for own in places.values():
        once = len({lines[i].page for i in own}) == len(own)
        if once and all(map(display, own)) and 2 * sum(apart(lines, i) for i in own) > len(own):
            found.update(own[is_label(lines[own[0]].text) :])  # a chapter's label stands first
    return found


def own_numbers(
    lines: Sequence[Line],
    found: Collection[int],
    numbered: Numbered,
    display: Callable[[int], bool],
) -> set[int]:
    """The numbers of pages, alone or beside display words, that stand between two gaps on
    the very page that they count; `found` lines are furniture already.

    How far numbers are from their pages' places is the same on three pages or more.
    """
    offers: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        text = line.text
        if not text or not (text[0] in _OUTER or text[-1] in _OUTER):
            continue
        if index not in found and not (apart(lines, index) or _EMBRACED.fullmatch(text)):
            continue
        words, number = numbered(text)
        if number and (not words or index in found or display(index)):
            offers[number - line.page].append((line.page, index))
    _, own = max(offers.items(), key=lambda item: len({p for p, _ in item[1]}), default=(0, []))
    if len({page for page, _ in own}) < PAGES:
        return set()
    done = {page for page, index in own if index in found}
    counts = Counter(page for page, _ in own)
    return {index for page, index in own if page not in done and counts[page] == 1}


def beside_numbers(
    lines: Sequence[Line],
    numbers: Collection[int],
    display: Callable[[int], bool],
) -> set[int]:
    """The display lines that most numbers between columns have for a neighbour, gaps round
    both."""
    written = [i for i, line in enumerate(lines) if line.text]
    rank = {index: at for at, index in enumerate(written)}
    found: set[int] = set()
    for side in (-1, 1):
        near = []
        for number in numbers:
            at = rank[number] + side
            if not 0 <= at < len(written):
                continue
            other = written[at]
            if lines[other].page == lines[number].page and apart(lines, other) and display(other):
                near.append(other)
        if len(near) >= PAGES and len(near) >= MOST_PAGES * len(numbers):
            found.update(near)
    return found


def apart(lines: Sequence[Line], index: int) -> bool:
    """Whether blank lines or the page's edge part a line from what stands above and below."""
    page = lines[index].page
    for other in (index - _APART, index + _APART):
        if 0 <= other < len(lines) and lines[other].page == page and lines[other].text:
            return False
    return True


def _steps(
    lines: Sequence[Line], keys: Sequence[str], found: Collection[int], folios: Collection[int]
) -> Counter[int]:
    """How far the folios are from their pages' places in the source, and how often so far."""
    return Counter(
        int(keys[i]) - lines[i].page for i in found if i in folios and keys[i].isdecimal()
    )


def between_columns(
    lines: Sequence[Line],
    keys: Sequence[str],
    found: Collection[int],
    folios: Collection[int],
    display: Callable[[int], bool],
) -> set[int]:
    """A head known from other pages, and a page's own number beside a head."""
    known = Counter(keys[i] for i in found)
    pages = {(keys[i], lines[i].page) for i in found}
    begins: Mapping[str, int] = {keys[i]: i for i in sorted(found, reverse=True)}
    steps = _steps(lines, keys, found, folios)
    written = [i for i, line in enumerate(lines) if line.text]
    heads = {
        i
        for i in written
        if known[keys[i]] >= PAGES
        and i > begins[keys[i]]  # a title stands before its heads
        and not keys[i].isdecimal()
        and (keys[i], lines[i].page) not in pages
        and display(i)
    }
    numbers = {
        one
        for two_lines in pairwise(written)
        for one, other in (two_lines, two_lines[::-1])
        if (other in heads or other in found)
        and lines[one].page == lines[other].page
        and keys[one].isdecimal()
        and len(keys[one]) <= _DIGITS
        and steps[int(keys[one]) - lines[one].page] >= PAGES
    }
    return heads | numbers


def beside_folios(
    lines: Sequence[Line],
    keys: Sequence[str],
    found: Collection[int],
    folios: Collection[int],
    display: Callable[[int], bool],
) -> set[int]:
    """The display lines beside their own page's number, and that, which begin as the heads of
    other pages do: a book's name with another chapter's behind it."""
    steps = _steps(lines, keys, found, folios)
    begun: Counter[tuple[str, ...]] = Counter()
    for text, times in Counter([lines[index].text for index in found]).items():
        words = text.split()
        for n in range(1, len(words) + 1):
            begun[tuple(words[:n])] += times
    names = {n for n, times in begun.items() if times >= PAGES and sum(map(len, n)) >= _NAME}
    written = [i for i, line in enumerate(lines) if line.text]
    headed = {lines[i].page for i in found if not keys[i].isdecimal()}
    made: set[int] = set()
    for two_lines in pairwise(written):
        for one, other in (two_lines, two_lines[::-1]):
            number = keys[one].isdecimal() and len(keys[one]) <= _DIGITS
            if not number or other in found or lines[one].page != lines[other].page:
                continue
            if lines[one].page in headed:
                continue  # what stands there is a title
            if steps[int(keys[one]) - lines[one].page] < PAGES or not display(other):
                continue
            words = lines[other].text.split()
            if any(tuple(words[:n]) in names for n in range(1, len(words) + 1)):
                made |= {one, other}
    return made
