"""Which corrections a finished edition has lost, when its words are not the manuscript's.

An edition whose letters are proved to be the manuscript's holds every correction that the
manuscript holds.  Where the proof fails, this names the errata that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from booktools.errata.apply import Applied
from booktools.errata.concordance import Folded
from booktools.errata.entry import Entry
from booktools.errata.line import Line
from booktools.errata.nearest import clip
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Role
from booktools.model.place import Place

# Letters at the left and the right of a reading that tell its place; less of them, and one
# side alone, when a neighbour is lost, too.
_REACHES = ((24, 24), (10, 10), (12, 1), (1, 12))
_ENOUGH = 8
# Hyphens come and go with the lines; blanks do not count.
_NO_LETTER = re.compile(r"[\s\u00ad\u200b-\u200f\u2010\u2011\u2060\ufeff-]+")


def lost_errata(
    entries: Iterable[Entry], applied: Applied, lines: Sequence[Line], name: str
) -> tuple[Finding, ...]:
    """An ERR020 for each correction whose wrong reading stands in an edition, or whose right
    one is gone from it.  `lines` are the edition's running text.

    Corrections of hyphens and blanks alone are not told: lines end where they do.
    """
    finished = _letters(" ".join(line.text for line in lines if not line.copy))
    blocks = [block for block in applied.galley.blocks if block.role is not Role.FURNITURE]
    galley = _letters(" ".join(block.text for block in blocks))
    return tuple(
        _finding(entry, said, name)
        for entry in entries
        if entry.id in applied.places and (said := _lost(entry, applied, galley, finished))
    )


def _lost(entry: Entry, applied: Applied, galley: str, finished: str) -> str:
    """What became of a correction, in words; "" when it is there."""
    number, span = applied.places[entry.id]
    text = applied.galley.blocks[number].text
    left, right = _letters(text[: span.start]), _letters(text[span.end :])
    found, wanted = _letters(entry.found), _letters(entry.wanted)
    if found == wanted:
        return ""
    phrases = []
    for back, ahead in _REACHES:
        new = left[-back:] + wanted + right[:ahead]
        old = left[-back:] + found + right[:ahead]
        if min(len(new), len(old)) < _ENOUGH:
            continue
        if new not in old and finished.count(old) > galley.count(old):
            return f"“{entry.found}” stands where “{entry.wanted}” was decided on"
        phrases.append(new)
    gone = phrases and all(new not in finished and new in galley for new in phrases)
    return f"“{entry.wanted}” is gone from “{clip(entry.corrected)}”" if gone else ""


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", Folded(text).text)


def _finding(entry: Entry, said: str, name: str) -> Finding:
    return Finding(
        "ERR020",
        Severity.ERROR,
        f"{entry.id}: {said}",
        Place(name),
        entry.corrected,
        "Run: booktools build. What stands in dist/ is not to be edited.",
        (entry.place,),
        entry.before,
        entry.after,
    )
