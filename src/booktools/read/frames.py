"""Drawings of a page → its frames with lines in them, and its pictures."""

from __future__ import annotations

from collections.abc import Sequence

from booktools.model.printed_page import Box, Drawing

# In ems: what is thinner is a rule, and what is lower or narrower holds no line of text.
_THIN = 0.35
_LOW, _NARROW = 1.2, 3.0
# Rules that meet may miss one another by so much.
_MISS = 0.5
# A frame round so large a share of a page's lines is the page's own.
_ALL = 0.9
# Drawings with more rules than this are tables or pictures, and no frame is looked for.
_MOST_RULES = 400
_MOST_FIELDS = 400


def frames_and_pictures(
    drawings: Sequence[Drawing], lines: Sequence[Box], em: float
) -> tuple[list[Box], list[Box]]:
    """The frames and tinted fields that hold some of the `lines`, none in another; and the
    pictures and fields that hold none.  `em` is the size of the usual letters."""
    fields = [d.box for d in drawings if d.box.height > _LOW * em and d.box.width > _NARROW * em]
    images = {d.box for d in drawings if d.picture}
    fields += _of_rules([d.box for d in drawings if not d.picture], em)
    frames: list[Box] = []
    pictures: list[Box] = []
    for box in sorted(set(fields), key=lambda b: -b.width * b.height)[:_MOST_FIELDS]:
        if any(frame.holds(box, _MISS * em) for frame in (*frames, *pictures)):
            continue
        held = sum(box.holds(line, 0.2 * em) for line in lines)
        if not held:
            crossed = any(_meet(box, line) for line in lines)
            pictures += [] if crossed else [box]
        elif held < _ALL * len(lines) and box not in images:
            frames.append(box)
    return frames, pictures


def _of_rules(boxes: Sequence[Box], em: float) -> list[Box]:
    """Frames that four rules make."""
    thin, miss = _THIN * em, _MISS * em
    level = [b for b in boxes if b.height <= thin and b.width > _NARROW * em]
    upright = [b for b in boxes if b.width <= thin and b.height > _LOW * em]
    if len(level) < 2 or len(upright) < 2 or len(level) + len(upright) > _MOST_RULES:
        return []
    found = []
    for top in level:
        for bottom in level:
            if bottom.top <= top.top + _LOW * em:
                continue
            alike = abs(top.left - bottom.left) < miss and abs(top.right - bottom.right) < miss
            if alike and all(
                any(
                    abs(rule.left - side) < miss
                    and rule.top < top.bottom + miss
                    and rule.bottom > bottom.top - miss
                    for rule in upright
                )
                for side in (top.left, top.right)
            ):
                found.append(Box(top.left, top.top, top.right, bottom.bottom))
                break
    return found


def _meet(one: Box, two: Box) -> bool:
    """Whether two boxes share some of the page."""
    return (
        one.left < two.right
        and two.left < one.right
        and one.top < two.bottom
        and two.top < one.bottom
    )
