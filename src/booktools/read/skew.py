"""How far a page lies askew on the scanner's glass, and its boxes as if it lay straight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from booktools.model.printed_page import Box

# So many lines of text, each so large a share of the page's width, tell how a page lies; so many
# of them slope alike, with no more between them than this.
_LINES, _WIDE = 8, 0.2
_AGREE, _NEAR = 0.7, 0.003
# What slopes by more is no page that lies askew (six degrees).
_MOST = 0.1


@dataclass(frozen=True, slots=True)
class Bend:
    """A page that is turned by a little about its middle: base lines go down by `slope` of what
    they go to the right."""

    slope: float
    x: float
    y: float

    def box(self, box: Box) -> Box:
        """Where a box lies on the page laid straight."""
        if not self.slope:
            return box
        across = self.slope * ((box.top + box.bottom) / 2 - self.y)
        down = self.slope * ((box.left + box.right) / 2 - self.x)
        return Box(box.left + across, box.top - down, box.right + across, box.bottom - down)

    def level(self, left: float, base: float) -> float:
        """Where a base line lies that is at `base` where it is at `left`."""
        return base - self.slope * (left - self.x)


def bend_of(lines: Sequence[tuple[float, Box]], page: Box) -> Bend:
    """How a page lies by the slopes of its lines, each with its box; straight where these are
    few or do not agree."""
    slopes = [slope for slope, box in lines if box.width >= _WIDE * page.width]
    usual = median(slopes) if len(slopes) >= _LINES else 0.0
    near = sum(abs(slope - usual) <= _NEAR for slope in slopes)
    if abs(usual) > _MOST or near < _AGREE * len(slopes):
        usual = 0.0
    return Bend(usual, (page.left + page.right) / 2, (page.top + page.bottom) / 2)
