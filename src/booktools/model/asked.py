"""A question about a reading, with what it might be instead."""

from __future__ import annotations

from dataclasses import dataclass

from booktools.model.place import Place


@dataclass(frozen=True, slots=True)
class Asked:
    """The rule `rule` asks whether `start`..`end` of today's text of a galley's block (by
    number) is right, or should read `wanted`; `reason` is its evidence, `place` in the source."""

    rule: str
    block: int
    start: int
    end: int
    found: str
    wanted: str
    reason: str
    place: Place
