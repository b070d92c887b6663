"""What stands between stretches of running text: headings, over which a sentence hops or not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from booktools.arrange.fragments import Fragment
from booktools.arrange.titles import is_counted
from booktools.model.galley import Role


class Wall(IntEnum):
    """What stands before a running stretch: nothing; a heading; one with a number; one below a
    line that was seen to end short; one that is decided, which no sentence hops over."""

    NONE = 0
    DISPLAY = 1
    CHAPTER = 2
    BELOW_END = 3
    SETTLED = 4


def walls_before(fragments: Sequence[Fragment], prose: Sequence[int], seen: bool) -> list[Wall]:
    """What stands before each running stretch, after the one before it.

    Settled are headings that were decided to stand there, lists behind a colon, and verse and
    quotations that were `seen` to be such by their print.
    """
    walls: list[Wall] = []
    at = 0
    for index in prose:
        wall = Wall.NONE
        listed = 0 < at < index and fragments[at].role is Role.LIST
        announced = listed and fragments[at - 1].rows[-1].endswith(":")
        for fragment in fragments[at:index]:
            wall = Wall.SETTLED if wall is Wall.SETTLED else Wall.NONE  # it heads a box below
            if announced or (seen and fragment.role in (Role.VERSE, Role.QUOTE)):
                wall = Wall.SETTLED
            if fragment.role not in (Role.TITLE, Role.LABEL, Role.HEADING) or fragment.moved:
                continue
            settled = wall is Wall.SETTLED or fragment.decision
            shown = Wall.CHAPTER if is_counted(fragment.text) else Wall.DISPLAY
            wall = Wall.SETTLED if settled else shown
        walls.append(wall)
        at = index + 1
    return walls
