"""The pictures of printed pages → their places in the galley, with the captions by them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from booktools.arrange.layout import PictureDecision
from booktools.arrange.picture_kinds import PagePicture, PictureKind, page_pictures
from booktools.errors import ConfigError
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Block, Galley, Role
from booktools.model.page import Line, Pages
from booktools.model.picture import Pictured
from booktools.model.place import Place
from booktools.model.printed_page import Box, LineGeometry
from booktools.model.slug import slug

# A caption is no farther from its picture, in sizes of its letters; one above the picture counts
# as so much farther.
_REACH = 3.5
_ABOVE = 1.5
# Boxes share a column when they have such a share of the narrower one's width in common.
_COMMON = 0.3
_FLOWING = (Role.PARAGRAPH, Role.VERSE, Role.QUOTE, Role.LIST)
_HEADS = (Role.LABEL, Role.TITLE, Role.HEADING)
_WORDS = 6


@dataclass(frozen=True)
class PicturesPlaced:
    """The pictures, in their order, and what is to be said of them and of those left out."""

    pictures: tuple[Pictured, ...] = ()
    findings: tuple[Finding, ...] = ()


def place_pictures(
    pages: Pages, galley: Galley, decisions: Sequence[PictureDecision] = ()
) -> PicturesPlaced:
    """Where the pictures of printed pages belong; `galley` is the pages' text of today.

    Raises ConfigError for a decision on a picture that there is not.
    """
    pictures = page_pictures(pages)
    names = _names(pages, pictures)
    decided = _decided(decisions, set(names.values()))
    wanted = []
    out: list[Pictured] = []
    for picture in pictures:
        decision = decided.get(names[picture.same])
        kind = picture.kind
        if decision and decision.role:
            kind = PictureKind.FIGURE if decision.role == "figure" else PictureKind.SMALL
        if kind in (PictureKind.FIGURE, PictureKind.ORNAMENT):
            wanted.append((picture, kind))
    desk = _Desk(pages, galley, names)
    captions = desk.captions([picture for picture, kind in wanted if kind is PictureKind.FIGURE])
    findings = list(_left_out(pages, pictures, names, decided))
    for picture, kind in wanted:
        name = names[picture.same]
        decision = decided.get(name)
        alt = decision.alt if decision else ""
        block = captions.get(picture, -1)
        if block >= 0:
            if desk.shown_by(block) in ("", name):  # else another file is to stand there
                out.append(desk.made(picture, block, alt, captioned=True))
            continue
        block = desk.behind(picture)
        scenes = kind is PictureKind.ORNAMENT
        if scenes and not desk.between_scenes(block):
            continue
        out.append(desk.made(picture, block, alt, parts_scenes=scenes))
        if not scenes and decision is None:
            findings.append(desk.question(picture, block))
    return PicturesPlaced(tuple(out), tuple(findings))


def _names(pages: Pages, pictures: Sequence[PagePicture]) -> dict[tuple[str, int, int], str]:
    """What each picture is called in the project: by the first page that it stands on."""
    assert pages.geometry is not None or not pictures
    names: dict[tuple[str, int, int], str] = {}
    count: dict[int, int] = {}
    sheets = pages.geometry.sheets if pages.geometry else ()
    several = len({sheet.file for sheet in sheets}) > 1
    digits = len(str(max((sheet.number for sheet in sheets), default=0)))
    for picture in pictures:
        if picture.same in names:
            continue
        sheet = sheets[picture.page]
        stem = f"page-{sheet.number:0{digits}}"
        if several:
            stem = f"{slug(PurePosixPath(sheet.file).stem)}-{stem}"
        number = count[picture.page] = count.get(picture.page, 0) + 1
        names[picture.same] = f"images/{stem}" + (f"-{number}" if number > 1 else "")
    return names


def _stem(image: str) -> str:
    """A picture's name without its ending."""
    return PurePosixPath(image).with_suffix("").as_posix()


def _decided(
    decisions: Sequence[PictureDecision], names: set[str]
) -> Mapping[str, PictureDecision]:
    out: dict[str, PictureDecision] = {}
    for decision in decisions:
        name = _stem(decision.image)
        if name not in names:
            raise ConfigError(
                f"there is no picture “{decision.image}” in the sources",
                hint="Take the table out; booktools recover names the pictures that there are.",
                place=decision.place,
            )
        if name in out:
            raise ConfigError(
                f"“{decision.image}” is decided twice, here and at {out[name].place}",
                hint="Take one of the two tables out.",
                place=decision.place,
            )
        out[name] = decision
    return out


def _left_out(
    pages: Pages,
    pictures: Sequence[PagePicture],
    names: Mapping[tuple[str, int, int], str],
    decided: Mapping[str, PictureDecision],
) -> Iterator[Finding]:
    """A note on each picture that is left out, but for the paper of scans."""
    assert pages.geometry is not None or not pictures
    told: dict[str, list[PagePicture]] = {}
    for picture in pictures:
        silent = picture.kind in (PictureKind.FIGURE, PictureKind.ORNAMENT, PictureKind.SCAN)
        name = names[picture.same]
        if not silent and name not in decided:
            small = picture.kind is PictureKind.SMALL
            told.setdefault("small" if small else name, []).append(picture)
    for own in told.values():
        assert pages.geometry is not None
        sheet, name = pages.geometry.sheets[own[0].page], names[own[0].same]
        many = f" {len(own)} times" if len(own) > 1 else ""
        yield Finding(
            "LAY008",
            Severity.NOTE,
            f"a picture is left out{many}: {own[0].kind.value}",
            Place(sheet.file, page=sheet.number),
            excerpt=name,
            fix=f'If it belongs to the book add [[picture]] image = "{name}", role = "figure", '
            "and why, to layout.toml.",
        )


@dataclass(frozen=True)
class _Seen:
    """A line of the text on its page: its number in the source's order, and its block."""

    order: int
    box: Box
    size: float
    block: int
    first: bool  # its block begins with it


@dataclass
class _Desk:
    """Finds the places of pictures among the lines of the text."""

    pages: Pages
    galley: Galley
    names: Mapping[tuple[str, int, int], str]

    @cached_property
    def lines(self) -> list[list[_Seen]]:
        """The lines of the text, page by page; running heads and such are none."""
        geometry = self.pages.geometry
        assert geometry is not None
        pieces = sorted(
            (piece.start, index, not number)
            for index, block in enumerate(self.galley.blocks)
            for number, piece in enumerate(block.pieces)
        )
        starts = [start for start, _, _ in pieces]
        first = {index: self._opening(block) for index, block in enumerate(self.galley.blocks)}
        out: list[list[_Seen]] = []
        order = 0
        for page in self.pages.pages:
            out.append([])
            for line in page.lines:
                g = geometry.lines[order]
                order += 1
                if g is None or not line.text or not starts:
                    continue
                index = pieces[max(0, bisect_right(starts, line.span.start) - 1)][1]
                if self.galley.blocks[index].role is not Role.FURNITURE:
                    out[-1].append(self._seen(line, g, order, index, first[index]))
        return out

    def _opening(self, block: Block) -> int:
        """Where the first letter of a block stands in the source."""
        raw = block.raw
        return block.source_offset(len(raw) - len(raw.lstrip()))

    def _seen(self, line: Line, g: LineGeometry, order: int, index: int, first: int) -> _Seen:
        size = g.face.size or g.box.height
        opens = line.span.start <= first < line.span.end
        return _Seen(order, g.box, size, index, opens)

    # --- captions ---

    def captions(self, pictures: Sequence[PagePicture]) -> dict[PagePicture, int]:
        """The blocks of the captions that belong to pictures: the nearest ones first."""
        offers = []
        told = {self.shown_by(n): n for n, b in enumerate(self.galley.blocks) if b.attributes}
        for picture in pictures:
            if self.names[picture.same] in told:  # a decision puts them together
                block = told[self.names[picture.same]]
                offers.append((-1.0, picture.page, block, picture))
                continue
            own: dict[int, list[_Seen]] = {}
            for line in self.lines[picture.page]:
                if self.galley.blocks[line.block].role is Role.CAPTION:
                    own.setdefault(line.block, []).append(line)
            for block, lines in own.items():
                far = _distance(picture.box, lines)
                if far is not None:
                    offers.append((far, picture.page, block, picture))
        out: dict[PagePicture, int] = {}
        given: set[int] = set()
        for _, _, block, picture in sorted(offers, key=lambda offer: offer[:3]):
            if block not in given and picture not in out:
                out[picture] = block
                given.add(block)
        return out

    def shown_by(self, index: int) -> str:
        """The picture that a decision gives a block, without its ending; "" for none."""
        image = self.galley.blocks[index].attribute("image")
        return _stem(image) if image else ""

    # --- places without a caption ---

    def behind(self, picture: PagePicture) -> int:
        """The block with text that a picture stands behind, -1 where it stands before all."""
        found = self._behind(picture)
        written = found < 0 or self.galley.blocks[found].text.strip()
        return found if written else self._before(found)

    def _behind(self, picture: PagePicture) -> int:
        below = self._below(picture)
        if below is None:
            later = (page[0] for page in self.lines[picture.page + 1 :] if page)
            below = next(later, None)
            above = [line for line in self.lines[picture.page] if line.order]
            if above:
                return max(above, key=lambda line: line.order).block
            if below is None:
                return self._before(len(self.galley.blocks))
        if not below.first:
            return below.block
        block = self.galley.blocks[below.block]
        before = self._before(below.block)
        if block.role in _HEADS and not self._on_page(before, picture.page):
            return self._last_head(below.block)  # it adorns the title that follows
        return before

    def _below(self, picture: PagePicture) -> _Seen | None:
        """The first line of the text that stands below a picture, or beside its lower half."""
        middle = (picture.box.top + picture.box.bottom) / 2
        lower = [
            line
            for line in self.lines[picture.page]
            if (line.box.top + line.box.bottom) / 2 > middle and _in_column(line.box, picture.box)
        ]
        return min(lower, key=lambda line: line.order, default=None)

    def _before(self, index: int) -> int:
        """The block with text before another, -1 for none."""
        for at in range(index - 1, -1, -1):
            block = self.galley.blocks[at]
            if block.role is not Role.FURNITURE and block.text.strip():
                return at
        return -1

    def _on_page(self, index: int, page: int) -> bool:
        return any(line.block == index for line in self.lines[page])

    def _last_head(self, index: int) -> int:
        """The last of the label, title and heading that follow one another from here."""
        blocks = self.galley.blocks
        last = index
        for at in range(index + 1, len(blocks)):
            if blocks[at].role is Role.FURNITURE or not blocks[at].text.strip():
                continue
            if blocks[at].role not in _HEADS:
                break
            last = at
        return last

    def between_scenes(self, index: int) -> bool:
        """Whether running text stands before and behind the place after a block."""
        blocks = self.galley.blocks
        after = (b for b in blocks[index + 1 :] if b.role is not Role.FURNITURE and b.text.strip())
        following = next(after, None)
        return (
            index >= 0
            and blocks[index].role in _FLOWING
            and following is not None
            and following.role in _FLOWING
        )

    # --- what is made ---

    def made(
        self,
        picture: PagePicture,
        block: int,
        alt: str,
        *,
        captioned: bool = False,
        parts_scenes: bool = False,
    ) -> Pictured:
        assert self.pages.geometry is not None
        sheet = self.pages.geometry.sheets[picture.page]
        return Pictured(
            self.names[picture.same],
            sheet.file,
            sheet.number,
            picture.parts,
            block,
            captioned,
            parts_scenes,
            alt,
        )

    def question(self, picture: PagePicture, block: int) -> Finding:
        """What a picture without a caption shows, and whether it is one of the book's."""
        assert self.pages.geometry is not None
        sheet = self.pages.geometry.sheets[picture.page]
        name = self.names[picture.same]
        where = "before all text"
        if block >= 0:
            words = " ".join(self.galley.blocks[block].text.split()[:_WORDS])
            where = f"behind “{words} …”"
        return Finding(
            "LAY007",
            Severity.WARNING,
            f"a picture without a caption, {where}: is it one of the book’s, and what does it "
            "show?",
            Place(sheet.file, page=sheet.number),
            excerpt=name,
            fix=f'Add [[picture]] image = "{name}" to layout.toml, with role = "figure" and alt = '
            'what it shows, or with role = "furniture", and why.',
            entry=f'[[picture]]\nimage = "{name}"\nrole = "figure"\nalt = ""\nwhy = ""',
        )


def _distance(picture: Box, lines: Sequence[_Seen]) -> float | None:
    """How far a caption is from a picture, in sizes of its letters; None for too far."""
    box = Box(
        min(line.box.left for line in lines),
        min(line.box.top for line in lines),
        max(line.box.right for line in lines),
        max(line.box.bottom for line in lines),
    )
    size = max(lines[0].size, 1.0)
    if _in_column(box, picture):
        gap = box.top - picture.bottom
        if gap < -2 * size:
            gap = max(picture.top - box.bottom, 0.0) + _ABOVE * size
            inside = picture.top < box.top and box.bottom < picture.bottom
            gap = 0.0 if inside else gap
        far = max(gap, 0.0) / size
        return far if far <= _REACH else None
    if box.top < picture.bottom and picture.top < box.bottom:
        gap = max(picture.left - box.right, box.left - picture.right, 0.0)
        far = gap / size
        return far if far <= _REACH else None
    return None


def _in_column(one: Box, two: Box) -> bool:
    common = min(one.right, two.right) - max(one.left, two.left)
    return common > _COMMON * max(min(one.width, two.width), 0.01)
