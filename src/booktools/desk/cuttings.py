"""Pictures for the page that goes by mail: the places of its cards, cut out of their pages."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

from booktools.desk.scans import Scans
from booktools.engines.pictures import cut_out

Json = dict[str, Any]

_WIDTH: Final = 1_000  # pixels
_SMALLEST: Final = 1_000  # bytes; where there is room for less no more pages are drawn
_TOLD: Final = 25  # pages from one line of progress to the next


@dataclass
class Cuttings:
    """Pictures by key, as they stand in a page; how many cards have one, have none for want
    of room, and have none because their page cannot be drawn."""

    pictures: dict[str, str] = field(default_factory=dict)
    shown: int = 0
    left_out: int = 0
    undrawn: int = 0


def cut(
    cards: Iterable[Json], scans: Scans, most: int, progress: Callable[[str], None]
) -> Cuttings:
    """Cut out what the cards' images ask for, and give each image the `key` of its picture.

    All pictures have `most` bytes at most, the first cards' come first.  A card that goes
    without says why in `unpictured`: `size` or `page`.
    """
    out = Cuttings()
    pages: dict[tuple[str, int], list[Json]] = {}
    for card in cards:
        if image := card["image"]:
            pages.setdefault((image["file"], image["page"]), []).append(card)
    room = most
    with closing(scans.drawn(list(pages) if room >= _SMALLEST else [])) as drawn:
        for number, (page, picture) in enumerate(drawn):
            if number % _TOLD == 0:
                progress(f"cutting out pictures, page {number + 1} of {len(pages)}")
            for card in pages.pop(page):
                room -= _cut(card, picture, room, out)
            if room < _SMALLEST:
                break
    for left in pages.values():
        for card in left:
            _without(card, "size", out)
    return out


def _cut(card: Json, page: bytes | None, room: int, out: Cuttings) -> int:
    """Cut a card's picture out of its page; give how many bytes it takes."""
    if page is None:
        _without(card, "page", out)
        return 0
    image = card["image"]
    key = f"{image['file']} {image['page']} {image['part']}"
    taken = 0
    if key not in out.pictures:
        made = base64.b64encode(cut_out(page, image["part"], _WIDTH)).decode()
        if len(made) > room:
            _without(card, "size", out)
            return 0
        out.pictures[key], taken = f"data:image/webp;base64,{made}", len(made)
    card["image"] = {name: image[name] for name in ("width", "height", "boxes")} | {"key": key}
    out.shown += 1
    return taken


def _without(card: Json, why: str, out: Cuttings) -> None:
    card["image"], card["unpictured"] = None, why
    if why == "size":
        out.left_out += 1
    else:
        out.undrawn += 1
