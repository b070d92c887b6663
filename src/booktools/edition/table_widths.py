"""How wide the columns of a table are, in letters."""

from __future__ import annotations

from collections.abc import Sequence


def widths(natural: Sequence[int], least: Sequence[int], room: int) -> tuple[int, ...] | None:
    """Widths of columns that take `room` together at most, None where they cannot.

    `natural` are the widths at which nothing is wrapped, `least` those of the longest words.
    Narrow columns stay as they are; the wide ones share what is left, so that each has as much
    as the others or all that it wants.
    """
    if sum(least) > room:
        return None

    def at_most(level: int) -> list[int]:
        return [min(n, max(m, level)) for n, m in zip(natural, least, strict=True)]

    low, high = 0, room
    while low < high:  # the highest level at which they have room
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(at_most(middle)) <= room else (low, middle - 1)
    out = at_most(low)
    for index, want in enumerate(natural):
        if out[index] == low < want and sum(out) < room:
            out[index] += 1
    return tuple(out)
