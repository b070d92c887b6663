"""Titles that running heads repeat: what stands over the pages stands once in the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from booktools.arrange.edges import keys_of, numbered
from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.words import HYPHENS, ends_sentence
from booktools.model.galley import Role

# A name in a running head has so many letters; fewer may be a word of the text.
_FEWEST = 5
# A head that gives only the beginning of a title has so many letters, and so much of it.
_BEGINNING = 12
_MOST_OF = 0.5
# A title fills so many rows at most.
_ROWS = 4
# In the text a title stands no oftener: as it opens its chapter and where it is named.
_OFTEN = 2
_PARTS = re.compile(r"\s{3,}")


def heads_among(texts: Sequence[str]) -> frozenset[str]:
    """The keys of the names in running heads (`edges.keys_of`), folios left out; where two
    names stand in one, those of both."""
    names = {part for text in texts for part in _PARTS.split(numbered(text.strip())[0]) if part}
    words = [tuple(name.split()) for name in names]
    begun = Counter(own[:n] for own in words for n in range(1, len(own)))
    ended = Counter(own[n:] for own in words for n in range(1, len(own)))
    for own in words:
        names.update(" ".join(own[n:]) for n in range(1, len(own)) if begun[own[:n]] > 1)
        names.update(" ".join(own[:n]) for n in range(1, len(own)) if ended[own[n:]] > 1)
    keys = keys_of(sorted(names))
    return frozenset(key for key in keys if len(key) >= _FEWEST and not key.isdigit())


def named(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The rows that read as a running head does, by themselves, where text may begin."""
    if not rows.heads:
        return []
    found = list(_titles(rows, taken))
    often = Counter([key for _, key in found])
    return [stretch for stretch, key in found if often[key] <= _OFTEN]


def _titles(rows: Rows, taken: Collection[int]) -> Iterator[tuple[Stretch, str]]:
    keys = keys_of([row.text for row in rows.rows])
    heads: dict[str, list[str]] = defaultdict(list)
    for head in rows.heads:
        heads[head[:_FEWEST]].append(head)
    end = 0
    for at, key in enumerate(keys):
        own = heads.get(key[:_FEWEST])
        if not own or at < end or at in taken or not _may_begin(rows, at, taken):
            continue
        whole = ""
        for last in range(at, min(at + _ROWS, len(rows))):
            if last in taken or rows[last].page != rows[at].page or not _display(rows, last):
                break
            whole += keys[last]
            if _is_head(whole, own) and _may_end(rows, at, last, taken):
                why = "a running head repeats it"
                lost = last + 1 < len(rows) and rows[last + 1].lower
                yield Stretch(at, last, Role.HEADING, why, opens=lost), whole
                end = last + 1
                break


def _is_head(key: str, heads: Collection[str]) -> bool:
    """Whether a head reads like the row, or like most of a longer one's beginning."""
    return any(
        key == head
        or (len(head) >= _BEGINNING and len(head) >= _MOST_OF * len(key) and key.startswith(head))
        for head in heads
    )


def _may_begin(rows: Rows, at: int, taken: Collection[int]) -> bool:
    row, above = rows[at], at - 1
    if row.lower or not (row.text[0].isupper() or row.text[0].isdigit() or row.text[0] in "¿¡“«"):
        return False
    return row.above or above in taken or rows[above].terminal or rows.short(above)


def _may_end(rows: Rows, first: int, last: int, taken: Collection[int]) -> bool:
    following = last + 1
    if following >= len(rows) or following in taken or not rows[following].lower:
        return True
    # Between gaps it is a title all the same: OCR has lost the initial of the text below.
    return rows[first].above and rows.below(last) and rows.specked


def _display(rows: Rows, at: int) -> bool:
    """Whether a row may be a title's: short of the measure, in no sentence."""
    text = rows[at].text
    stopped = ends_sentence(text) and not text.isupper() and not text.endswith(("?", "!", "."))
    return not (
        stopped or text.endswith((",", ";", *HYPHENS)) or rows[at].width > 1.02 * rows.measure(at)
    )
