"""Blanks that hold two words together: those that a reader needs, and those that a page needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from booktools.clean.rule import Knowledge
from booktools.model.galley import Block, Edit, Role, Safety
from booktools.model.place import Span

HELD = "\u00a0"
_RUN = re.compile(r"(?<=\S)[ \u00a0]+(?=\S)")
# What is held to the word before it (French punctuation, signs), and to the word behind it.
_BEHIND = frozenset(";:!?»›%‰°º€$£¥…—–/=×+±−<>&·*†‡")
_BEFORE = frozenset("«‹§€$£¥№#…—–/=×+±−<>&·*†‡¶¡¿")
# A short word with a stop (Dr., S., z.), and titles that are written without one.
_SHORT = re.compile(r"(?:^|[\s(„“«\u00a0])[^\W\d_]{1,4}\.$")
_TITLE = re.compile(
    r"(?:^|[\s(„“«\u00a0])(?:MM?|M[mg]e?s?|Mlles?|Mgr|Mrs?|Ms|Dr|Ste?|Sra?|Srta|Da|Fr|No)$"
)
_ROMAN = re.compile(r"[IVXLCDM]{1,8}\b")
_LETTER = re.compile(r"(?:^|[\s(„“«‘'’\u00a0])[^\W\d_]$")
_NEAR = 12  # characters that tell


def free_blanks(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A blank that no line may end at is one like others where it only set a page.

    It stays before and behind figures, signs, letters alone, Roman numbers, behind
    abbreviations and titles, and before the marks that French sets off.

    Bad: the\u00a0boat and\u00a0 the quay
    Good: the boat and the quay
    Keep: 12\u00a0km to Louis\u00a0XIV, Dr.\u00a0Weber said\u00a0!
    """
    verse = block.role in (Role.VERSE, Role.TABLE)
    for match in _RUN.finditer(block.text):
        if HELD not in match[0]:
            continue
        before = block.text[max(0, match.start() - _NEAR) : match.start()]
        behind = block.text[match.end() : match.end() + _NEAR]
        if _needed(before, behind) or (verse and len(match[0]) > 1):
            continue
        why = "it stands between two words that may part at a line end"
        yield Edit(Span(*match.span()), match[0], " ", "SPC007", Safety.SAFE, why)


def _needed(before: str, behind: str) -> bool:
    """Whether what stands round a blank is held together by it."""
    one, two = before[-1:], behind[:1]
    if one.isdigit() or two.isdigit() or one in _BEFORE or two in _BEHIND:
        return True
    if _ROMAN.match(behind) or _SHORT.search(before) or _LETTER.search(before):
        return True
    alone = re.match(r"[^\W\d_](?![^\W_])", behind)
    return alone is not None or _TITLE.search(before) is not None
