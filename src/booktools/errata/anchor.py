"""A stretch of the text as an entry means it: with the words round it that tell its spot."""

from __future__ import annotations

from booktools.errata.locate import Index
from booktools.model.place import Place

# Characters of context each side: at first, and at most.
_SHORTEST = 24
_LONGEST = 400


def anchored(index: Index, block: int, start: int, end: int) -> tuple[str, int, int, Place]:
    """A context for `start`..`end` (folded offsets in a block), its own bounds, and the place.

    The context begins and ends with whole words, has the stretch in it once, and stands once
    on the place's source line; where the stretch itself stands twice close by, its bounds
    grow by the words next to it.  Raises ValueError when there is no such context.
    """
    text = index.folded[block].text
    while True:
        place = index.spot(index.begin(block), start, end - start).place
        for reach in (_SHORTEST, 2 * _SHORTEST, 4 * _SHORTEST, _LONGEST):
            context = _context(text, start, end, reach)
            if context is not None and _alone(index, context, text[start:end], place):
                return context, start, end, place
        if end < len(text):
            end = _word_end(text, end + 1)
        elif start > 0:
            start = _word_start(text, start - 1)
        else:
            raise ValueError("there are no words round it that tell it from others")


def _alone(index: Index, context: str, found: str, place: Place) -> bool:
    """Whether no other spot on the same source line has the context."""
    before = context.index(found)
    spots = [index.spot(hit, before, len(found)) for hit in index.hits(context)]
    here = [s for s in spots if (s.place.file, s.place.line) == (place.file, place.line)]
    return len(here) == 1


def _context(text: str, start: int, end: int, reach: int) -> str | None:
    """The words round a stretch with the stretch in them once, None when there are none."""
    first, last = _word_start(text, max(0, start - reach)), _word_end(text, end + reach)
    left, right = _word_start(text, start), _word_end(text, end)
    for one, two in ((first, last), (first, right), (left, last), (left, right)):
        context, found = text[one:two], text[start:end]
        if context.find(found) == start - one and context.find(found, start - one + 1) < 0:
            return context
    return None


def _word_start(text: str, at: int) -> int:
    """The start of the word that holds the character at an offset."""
    return text.rfind(" ", 0, max(at, 0)) + 1


def _word_end(text: str, at: int) -> int:
    """The end of the word that holds the character before an offset."""
    end = text.find(" ", min(at, len(text)))
    return len(text) if end < 0 else end
