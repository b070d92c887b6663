"""Tables in plain text: columns as wide as they must be, long cells wrapped in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from booktools.edition.columns import shown, width
from booktools.edition.plain_words import Runs
from booktools.edition.table_widths import widths
from booktools.model.artifact import Expected
from booktools.model.book import Align

_GAPS = (2, 1)  # columns between two cells
_WORDS = re.compile(r"\n|[^\S\n\u00a0\u202f\u2007]+|[^\s\u00a0\u202f\u2007]+|[\u00a0\u202f\u2007]+")


@dataclass(frozen=True, slots=True)
class Row:
    """The lines of a row, and the stretches in the order in which its lines show them."""

    lines: tuple[str, ...]
    runs: Runs


def rows(
    cells: Sequence[Sequence[Runs]], aligns: Sequence[Align], room: int, first: int
) -> tuple[Row, ...] | None:
    """Rows of cells as lines of at most `room` columns; None where a word is too long for it.

    The stretches of the cells are numbered on from `first`, for those of several cells take
    turns where cells are wrapped.
    """
    columns = list(zip(*cells, strict=True))
    natural = [max(map(_natural, column)) for column in columns]
    least = [max(map(_least, column)) for column in columns]
    for gap in _GAPS:
        if found := widths(natural, least, room - gap * (len(columns) - 1)):
            break
    else:
        return None
    wrapped: list[list[list[Runs]]] = []
    number = first
    for row in cells:
        wrapped.append([])
        for cell, columns_wide in zip(row, found, strict=True):
            numbered = tuple(replace(run, cell=number) for run in cell)
            wrapped[-1].append(_wrapped(numbered, columns_wide))
            number += 1
    wide = [max(map(_taken, column)) for column in zip(*wrapped, strict=True)]
    return tuple(_row(row, wide, aligns, " " * gap) for row in wrapped)


def _row(
    cells: Sequence[Sequence[Runs]], wide: Sequence[int], aligns: Sequence[Align], gap: str
) -> Row:
    lines: list[str] = []
    runs: list[Expected] = []
    for at in range(max(map(len, cells))):
        parts = []
        for cell, columns, align in zip(cells, wide, aligns, strict=True):
            line = cell[at] if at < len(cell) else ()
            runs += line
            parts.append(_placed(shown("".join(run.text for run in line)), columns, align))
        lines.append(gap.join(parts).rstrip())
    return Row(tuple(lines), tuple(runs))


def _taken(lines: Sequence[Runs]) -> int:
    return max(width(shown("".join(run.text for run in line).rstrip())) for line in lines)


def _placed(text: str, columns: int, align: Align) -> str:
    spare = max(columns - width(text), 0)
    before = {Align.RIGHT: spare, Align.CENTRE: spare // 2}.get(align, 0)
    return " " * before + text + " " * (spare - before)


def ruled(made: Sequence[Row]) -> str:
    """The line under the head rows."""
    return "-" * max(width(line) for row in made for line in row.lines)


def _wrapped(runs: Runs, columns: int) -> list[Runs]:
    """The stretches in lines, filled greedily; a blank in a line is part of the word before."""
    lines: list[list[Expected]] = [[]]
    used = 0
    for word in _parted(runs):
        if word is None:
            lines.append([])
            used = 0
            continue
        wide = width(shown("".join(run.text for run in word)))
        if used and used + 1 + wide > columns:
            lines.append([])
            used = 0
        if used:
            last = lines[-1][-1]
            lines[-1][-1] = replace(last, text=f"{last.text} ")
            used += 1
        lines[-1] += word
        used += wide
    return [tuple(line) for line in lines if line] or [()]


def _parted(runs: Iterable[Expected]) -> list[list[Expected] | None]:
    """Words, each of one or more stretches; None where a line must end."""
    out: list[list[Expected] | None] = []
    open_word: list[Expected] = []
    for run in runs:
        for found in _WORDS.finditer(run.text):
            if found[0] != "\n" and not (found[0].isspace() and _parts(found[0])):
                open_word.append(replace(run, text=found[0]))
                continue
            if open_word:
                out.append(open_word)
                open_word = []
            if found[0] == "\n":
                out.append(None)
    return [*out, open_word] if open_word else out


def _parts(blanks: str) -> bool:
    """Whether blanks part words: hard ones do not."""
    return blanks.strip("\u00a0\u202f\u2007") != ""


def _natural(cell: Runs) -> int:
    text = "".join(run.text for run in cell)
    return max(width(shown(" ".join(_soft(line)))) for line in text.split("\n"))


def _least(cell: Runs) -> int:
    words = [word for run in _parted(cell) if run for word in ["".join(r.text for r in run)]]
    return max((width(shown(word)) for word in words), default=1)


def _soft(line: str) -> list[str]:
    return [word for word in re.split(r"[^\S\u00a0\u202f\u2007]+", line) if word]
