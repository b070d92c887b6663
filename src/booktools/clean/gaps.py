"""Blanks that an extraction lost behind a mark, or a note's number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from booktools.clean.cut import LONGEST
from booktools.clean.rule import Knowledge
from booktools.model.galley import Block, Edit, Role, Safety
from booktools.model.place import Span

# “end.Next”, “one,two”: a mark between two words.  “D.Alonso”: behind an initial.
_MARK = re.compile(
    r"[.:…,;!?](?<=[^\W\d_]{2}.)(?:(?<=[.:…])(?=[A-ZÀ-Þ][^\W\d_A-Z])|(?<=[,;!?])(?=[^\W\d_]{2}))"
)
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.(?<![^\W\d_]..)(?<![^\W\d_]\...)(?=[A-ZÀ-Þ][^\W\d_A-Z]{2})")
# “6Chairman”: the number of a note, or its sign, and its first word.
_NUMBERED = re.compile(r"\s*(?:\d{1,3}|[*†‡§¶]{1,3})(?=[^\W\d_a-zß-öø-ÿ]|[“\"«„‘‚(]|»[^\W\d_])")
# What is no running text: an address, a file, code.
_NO_PROSE = re.compile(r"[@/\\_=<>{}]|www\.|\.(?:com|org|net|edu|gov)\b")


def restore_blank(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Behind a mark between two words, or an initial, stands a blank.

    Only in a document that has it nearly everywhere: justified lines lose it here and there.

    Bad: he met Mr.Moore,who told him
    Good: he met Mr. Moore, who told him
    Bad: said D.Alonso at last
    Good: said D. Alonso at last
    Keep: see www.House.com for U.S.Navy or Ph.D or 1,234
    """
    text = block.text
    for pattern, habit in (
        (_MARK, known.habits.blank_marks),
        (_INITIAL, known.habits.blank_initials),
    ):
        for match in pattern.finditer(text) if habit else ():
            at = match.end()
            before, behind = text[max(0, at - LONGEST) : at], text[at : at + LONGEST]
            word = before.split()[-1] + behind.split(maxsplit=1)[0]
            if not _NO_PROSE.search(word):
                evidence = "behind such a mark the document has a blank"
                yield Edit(Span(at, at), "", " ", "SPC005", Safety.SAFE, evidence)


def part_number(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Between the number of a note, set small and high, and its first word stands a blank.

    A note "6Chairman" begins "6 Chairman"; "1st of May" is no number and a word.

    Keep: 6Chairman within the text
    """
    match = _NUMBERED.match(block.text) if block.role is Role.NOTE else None
    if match:
        evidence = "it is the note’s number"
        yield Edit(Span(match.end(), match.end()), "", " ", "SPC006", Safety.SAFE, evidence)
