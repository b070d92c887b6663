"""Running heads told by the company they keep: beside another head on one line, in a place that
others fill on nearly every page, or in the middle of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import pairwise

from booktools.arrange.captions import begins_caption
from booktools.arrange.edges import Edge, display, keys_of
from booktools.arrange.midpage import PAGES, apart
from booktools.arrange.titles import is_title_like
from booktools.arrange.words import ends_sentence, starts_lower
from booktools.model.page import Line

# What stands at the left and at the right margin of a line, in a dump that keeps its blanks.
_MARGINS = re.compile(r"\s{4,}")
# A head has so many letters at least to be known again beside another one.
_LETTERS = 4
# A head beside others is the book's or the author's: so large a share of all pages has it.
_ONE_IN_FOUR = 0.25
# On so large a share of the pages with a head or folio at their edge another stands inside it.
_FILLED = 0.75
# So large a share of the left or the right pages are nearly all.
_NEARLY_ALL = 0.8
# A title of two lines has so many letters at least.
_TWO_LINES = 20
# A drop capital stands so many lines from the line that lacks it, or fewer.
_NEAR = 4


def beside_heads(edges: Sequence[Edge]) -> set[int]:
    """The outermost lines of which one part comes back page after page, beside another part at
    the other margin.

    No title shares its line, and so the first of them is a head like the others.
    """
    wide = [edge for edge in edges if edge.outer < 0 and "    " in edge.text]
    parts = {edge.index: _parts(edge.text) for edge in wide}
    pages: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for edge in wide:
        for part in parts[edge.index]:
            pages[part, edge.top].add(edge.page)
    fewest = max(PAGES, _ONE_IN_FOUR * len({edge.page for edge in edges}))
    return {
        edge.index
        for edge in wide
        if any(len(pages[part, edge.top]) >= fewest for part in parts[edge.index])
    }


def _parts(text: str) -> list[str]:
    """The parts of a line at its margins that may be heads, by their letters and figures."""
    parts = _MARGINS.split(text)
    if not 2 <= len(parts) <= 3 or not all(map(display, parts)):
        return []
    keys = keys_of(parts)
    return [key for key in keys if len(key) >= _LETTERS and not key.isdecimal()]


def filled(
    edges: Sequence[Edge],
    found: Set[int],
    counts: Mapping[str, int],
    longest: float,
) -> set[int]:
    """The display lines inside a head or folio where nearly every page has a second one.

    A title may stand there instead, where a chapter begins: what reads like no other line, with
    a new sentence below it, is left.
    """
    out: set[int] = set()
    for top in (True, False):
        outer = {e.index for e in edges if e.top is top and e.outer < 0 and e.index in found}
        inner = [e for e in edges if e.top is top and e.outer in outer]
        full = [e for e in inner if e.index in found]
        if len(full) < PAGES or len(full) < _FILLED * len(outer):
            continue
        heads = Counter(e.key for e in full)
        for edge in inner:
            if edge.index in found or not display(edge.words) or len(edge.text) > longest:
                continue
            if counts[edge.key] > 1 + heads[edge.key]:
                out.add(edge.index)  # the title itself stands elsewhere
    return out


def doubled(
    edges: Sequence[Edge], lines: Sequence[Line], keys: Sequence[str], found: Set[int]
) -> set[int]:
    """The display lines under a head, or a folio, whose words stand on the page once more, between
    gaps: there they are the title, here the head that names it."""
    out: set[int] = set()
    for edge in edges:
        if not edge.top or edge.outer not in found or edge.index in found or edge.key.isdecimal():
            continue
        if not edge.key or not apart(lines, edge.index) or not display(edge.words):
            continue
        below = edge.index + 1
        while below < len(lines) and lines[below].page == edge.page:
            if keys[below] == edge.key and apart(lines, below):
                out.add(edge.index)
                break
            below += 1
    return out


def interrupting(lines: Sequence[Line], offers: Set[int], found: Set[int]) -> set[int]:
    """Those of the lines that stand in a sentence; `found` ones are no part of it."""
    if not offers:
        return set()
    text = [i for i, line in enumerate(lines) if line.text and i not in found and i not in offers]
    return {index for index in offers if _goes_on(lines, text, index)}


def _goes_on(lines: Sequence[Line], text: Sequence[int], index: int) -> bool:
    """Whether the line of text above breaks off, and the one below begins with a small letter
    that no drop capital has left it."""
    at = bisect_left(text, index)
    if not 0 < at < len(text):
        return False
    below = lines[text[at]]
    before = text[at - 1]
    if at > 1 and lines[before].page < lines[index].page and _is_caption(lines[before].text):
        before = text[at - 2]  # the caption stands at the foot of the page above
    above = lines[before]
    if below.page - above.page > 1 or not starts_lower(below.text):
        return False
    if ends_sentence(above.text) or is_title_like(above.text):
        return False
    near = [lines[i] for i in text[max(0, at - _NEAR) : at + _NEAR]]
    return not any(line.text.isalpha() and len(line.text) == 1 for line in near)


def _is_caption(text: str) -> bool:
    """Whether a line is all of a caption: it begins with its number, and has ended."""
    return begins_caption(text) and ends_sentence(text)


def elsewhere(
    edges: Sequence[Edge],
    keys: Sequence[str],
    found: Set[int],
    counts: Mapping[str, int],
    longest: float,
) -> Iterator[int]:
    """Display lines whose words stand elsewhere as well, on two lines perhaps: at the edge of their
    page, or of two other pages."""
    known = Counter([keys[index] for index in found])
    often = {key for key, count in known.items() if count > 1 < len(key) and not key.isdecimal()}
    for edge in edges:
        if edge.index in found or not (edge.outer < 0 or edge.outer in found):
            continue
        if len(edge.key) < 2 or not display(edge.words):
            continue
        if counts[edge.key] < 2 and not _on_two_lines(keys, edge):
            continue
        if len(edge.text) <= longest or is_title_like(edge.words):
            yield edge.index
    yield from [i for i, key in enumerate(keys) if key in often and i not in found]


def _on_two_lines(keys: Sequence[str], edge: Edge) -> bool:
    """Whether two lines, one below the other, read as a title does that is long enough to run
    over its line."""
    if len(edge.key) < _TWO_LINES or not is_title_like(edge.words):
        return False
    return any(
        len(one) >= _LETTERS and edge.key.startswith(one) and edge.key == one + two
        for one, two in pairwise(keys)
    )


def every_other(
    lines: Sequence[Line], keys: Sequence[str], edges: Sequence[Edge], head: Callable[[int], bool]
) -> set[int]:
    """Display lines that nearly all left or nearly all right pages have, each once, gaps round
    most of them; the first is left where it stands at the top of its page, as a title does."""
    counts = Counter(keys)
    often = {k for k, n in counts.items() if n >= PAGES and len(k) > 1 and not k.isdecimal()}
    places: dict[str, list[int]] = {key: [] for key in often}
    for index in [i for i, key in enumerate(keys) if key in often]:
        places[keys[index]].append(index)
    pages = {lines[i].page for i, key in enumerate(keys) if key}
    sides = Counter([page % 2 for page in pages])
    tops = {edge.index for edge in edges if edge.top}
    out: set[int] = set()
    for own in places.values():
        on = {lines[i].page for i in own}
        if len(on) < len(own) or len({page % 2 for page in on}) > 1:
            continue
        side = sides[lines[own[0]].page % 2]
        if len(own) < _NEARLY_ALL * side or not all(map(head, own)):
            continue
        if 2 * sum(apart(lines, i) for i in own) > len(own):
            out.update(own[own[0] in tops :])
    return out
