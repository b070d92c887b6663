"""What the pictures of printed pages are: the book's, ornaments, furniture, or the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from booktools.model.page import Pages
from booktools.model.printed_page import Box, Geometry, Hidden, LineGeometry, Raster, Sheet

# A picture that covers such a share of its page is the page.
_WHOLE = 0.7
# In ems: what is lower or narrower is no picture; an ornament is no higher, its share of the
# page's width no greater.
_LEAST = 1.5
_ORNAMENT_HIGH, _ORNAMENT_WIDE = 4.0, 0.6
_FEWEST_PIXELS = 16
# A picture that stands on so many pages is no picture of the book; in one place, where such a
# share of its boxes differ by less, in points.
_REPEATED = 3
_SAME_PLACE, _NEAR = 0.6, 3.0
# So many lines of text on a picture make it their background.
_WRITTEN_ON = 3
# Strips of one picture touch, in points.
_TOUCH = 1.0


class PictureKind(Enum):
    """What a picture is; the values say why one is left out."""

    FIGURE = ""
    ORNAMENT = "an ornament that comes again and again"
    REPEATED = "it stands in the same place on page after page"
    SMALL = "it is smaller than two letters"
    BACKGROUND = "text stands on it"
    COVER = "it is the cover, which the editions make anew"
    SCAN = "it is the scan of a page"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture on a page (by index, from 0): the rasters that it is made of, by number, what it
    covers, its pixels across and down, what tells it from others, and what it is."""

    page: int
    parts: tuple[int, ...]
    box: Box
    width: int
    height: int
    key: str
    kind: PictureKind = PictureKind.FIGURE

    @property
    def same(self) -> tuple[str, int, int]:
        """Alike for the same picture, shown in one size."""
        return self.key, round(self.box.width), round(self.box.height)


def page_pictures(pages: Pages) -> tuple[PagePicture, ...]:
    """The pictures of all pages, each with what it is."""
    geometry = pages.geometry
    if geometry is None:
        return ()
    em = _em(geometry)
    found = [
        picture
        for page, sheet in enumerate(geometry.sheets)
        for picture in _whole(page, sheet.rasters)
    ]
    if not found:
        return ()
    repeated = _repeated(found)
    lines = _lines(pages, geometry)
    scans = sum(sheet.scanned for sheet in geometry.sheets) > len(geometry.sheets) / 2
    out = []
    for picture in found:
        sheet = geometry.sheets[picture.page]
        kind = _kind(picture, sheet, lines[picture.page], em, scans)
        again = repeated.get(picture.key, PictureKind.FIGURE)
        low = picture.box.height <= _ORNAMENT_HIGH * em
        low = low and picture.box.width <= _ORNAMENT_WIDE * sheet.width
        if again is PictureKind.REPEATED or (again is PictureKind.ORNAMENT and low):
            kind = again
        out.append(replace(picture, kind=kind))
    return tuple(out)


def _kind(
    picture: PagePicture, sheet: Sheet, lines: Sequence[Box], em: float, scans: bool
) -> PictureKind:
    box = picture.box
    if min(box.width, box.height) < _LEAST * em:
        return PictureKind.SMALL
    if min(picture.width, picture.height) < _FEWEST_PIXELS:
        return PictureKind.SMALL
    if box.width * box.height > _WHOLE * sheet.width * sheet.height:
        if lines:
            return PictureKind.BACKGROUND
        if scans:
            return PictureKind.SCAN
        return PictureKind.COVER if picture.page == 0 else PictureKind.FIGURE
    on_it = sum(
        box.left < (line.left + line.right) / 2 < box.right
        and box.top < (line.top + line.bottom) / 2 < box.bottom
        for line in lines
    )
    return PictureKind.BACKGROUND if on_it >= _WRITTEN_ON else PictureKind.FIGURE


def _repeated(found: Sequence[PagePicture]) -> Mapping[str, PictureKind]:
    """The pictures that stand on several pages, by key: ornaments or furniture."""
    own: dict[str, list[PagePicture]] = {}
    for picture in found:
        own.setdefault(picture.key, []).append(picture)
    out = {}
    for key, pictures in own.items():
        pages = {picture.page for picture in pictures}
        if len(pages) < _REPEATED:
            continue
        places = Counter((round(p.box.left / _NEAR), round(p.box.top / _NEAR)) for p in pictures)
        # Left and right pages have a place each.
        usual = sum(count for _, count in places.most_common(2))
        fixed = len(pictures) > 2 * _REPEATED or len(places) == 1
        same = fixed and usual >= _SAME_PLACE * len(pictures)
        out[key] = PictureKind.REPEATED if same else PictureKind.ORNAMENT
    return out


def _whole(page: int, rasters: Sequence[Raster]) -> Iterator[PagePicture]:
    """The pictures of a page; strips that touch one another are one."""
    groups: list[list[int]] = []
    for number, raster in enumerate(rasters):
        if not raster.key:
            continue
        for group in groups:
            if any(_touch(rasters[other].box, raster.box) for other in group[-64:]):
                group.append(number)
                break
        else:
            groups.append([number])
    for group in groups:
        own = [rasters[number] for number in group]
        box = Box(
            min(one.box.left for one in own),
            min(one.box.top for one in own),
            max(one.box.right for one in own),
            max(one.box.bottom for one in own),
        )
        key = "+".join(one.key for one in own[:8])
        dense = max(one.width / max(one.box.width, 0.01) for one in own)
        width, height = round(box.width * dense), round(box.height * dense)
        if len(own) == 1:
            width, height = own[0].width, own[0].height
        yield PagePicture(page, tuple(group), box, width, height, key)


def _touch(one: Box, two: Box) -> bool:
    """Whether two boxes are strips of one picture: edge to edge, and as wide or as high."""
    level = abs(one.top - two.top) < _TOUCH and abs(one.bottom - two.bottom) < _TOUCH
    upright = abs(one.left - two.left) < _TOUCH and abs(one.right - two.right) < _TOUCH
    across = min(abs(one.right - two.left), abs(two.right - one.left)) < _TOUCH
    down = min(abs(one.bottom - two.top), abs(two.bottom - one.top)) < _TOUCH
    return (level and across) or (upright and down)


def _lines(pages: Pages, geometry: Geometry) -> list[list[Box]]:
    """The boxes of the lines that are to be seen, page by page."""
    out: list[list[Box]] = []
    at = 0
    for page in pages.pages:
        own = geometry.lines[at : at + len(page.lines)]
        at += len(page.lines)
        out.append([g.box for g in own if g is not None and g.hidden is Hidden.NO])
    return out


def _em(geometry: Geometry) -> float:
    """The size of most lines' letters."""
    sizes = Counter(_size(g) for g in geometry.lines if g is not None)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0


def _size(g: LineGeometry) -> float:
    return round(g.face.size or g.box.height, 1) or 10.0
