"""Chapters' numbers that OCR has misread: "ill" for III, "io" for IV, over a title.

A numeral is a word of a few letters alike; what OCR makes of it is no numeral and often no word.
Its place tells it: alone between two gaps, under text that has ended, over a title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.titles import is_numeral
from booktools.model.galley import Role

# A numeral that OCR has misread has so many signs at most, and one letter or figure at least.
_MOST = 4


def may_be_number(rows: Rows, at: int) -> bool:
    """Whether a row may be a chapter's number, misread perhaps: a few letters between two gaps,
    in a source whose specks OCR has read as signs."""
    text = rows[at].text
    return is_numeral(text) or (
        len(text) <= _MOST
        and rows.specked
        and rows[at].above
        and rows.below(at)
        and text.rstrip(".").isalnum()
    )


def misread_numbers(
    rows: Rows, heads: Sequence[Stretch], taken: Collection[int]
) -> Iterator[Stretch]:
    """The misread numbers that stand over `heads`; `taken` rows are something else."""
    if not rows.specked:
        return
    for head in heads:
        at = head.first - 1
        if not head.sure or at < 1 or at in taken or rows[at].page != rows[head.first].page:
            continue
        if is_numeral(rows[at].text) or not may_be_number(rows, at):
            continue
        if rows[at - 1].terminal or rows[at - 1].page != rows[at].page:
            yield Stretch(at, at, Role.LABEL, "a chapter's number, misread, over its title")
