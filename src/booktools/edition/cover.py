"""A cover set from the metadata, for a book that has no picture for it.

A pasted label on patterned paper, as small presses bind: author, title, subtitle and
publisher, and nothing that the metadata does not say.
"""

from __future__ import annotations

import hashlib
import io
import math
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont, features

from booktools.edition.prelims import authors
from booktools.errors import ManuscriptError
from booktools.model.book import Metadata
from booktools.model.place import Place

SIZE = (1600, 2400)  # pixels, two to three
_LABEL_WIDTH = 1150
_MEASURE = 930  # pixels between the label's rules that text may fill
_CENTRE = 1010  # of the label, from the top: above the page's own, where the eye rests

_PAPER = (0xF6, 0xF0, 0xE2)
_INK = (0x2A, 0x24, 0x20)
_CLOTHS = (  # ground, ornament
    ((0x6E, 0x22, 0x26), (0x86, 0x38, 0x38)),
    ((0x23, 0x38, 0x56), (0x3A, 0x51, 0x70)),
    ((0x22, 0x48, 0x3D), (0x38, 0x60, 0x53)),
    ((0x4A, 0x2B, 0x46), (0x63, 0x42, 0x5E)),
    ((0x39, 0x45, 0x50), (0x50, 0x5E, 0x69)),
    ((0x74, 0x4A, 0x22), (0x8C, 0x61, 0x38)),
)
_STEPS = 16  # shades from one colour to another, enough for smooth edges


@dataclass(frozen=True, slots=True)
class Cover:
    """A PNG picture, and the lines of the metadata that its fonts cannot draw."""

    png: bytes
    undrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Style:
    """How a kind of line is set: greatest and least size in pixels, greatest number of lines."""

    font: bytes
    most: int
    least: int
    lines: int
    leading: float = 1.2
    capitals: bool = False  # small capitals, letterspaced


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of text in one size; `above` is the space over it, with a short rule in it or not."""

    style: _Style
    size: int
    lines: tuple[str, ...]
    above: int
    rule: bool

    @property
    def height(self) -> int:
        return round(self.size * self.style.leading * len(self.lines))


def cover(meta: Metadata, regular: bytes, italic: bytes) -> Cover:
    """The cover as a PNG of 1600 × 2400 pixels.  `regular` and `italic` are font files.

    The colour is chosen by the title, so a book keeps it.  A line with letters that the
    fonts lack is left out and named in `undrawn`.  Raises ManuscriptError for what is no font.
    """
    wanted = (  # text, style, space above, a rule in that space
        (authors(meta), _Style(regular, 60, 40, 2, 1.35, capitals=True), 0, False),
        (meta.title, _Style(regular, 172, 58, 6, 1.1), 90, False),
        (meta.subtitle, _Style(italic, 68, 44, 5, 1.3), 130, True),
        (meta.publisher, _Style(regular, 44, 34, 2, 1.3, capitals=True), 120, False),
    )
    blocks: list[_Block] = []
    undrawn: list[str] = []
    for text, style, above, rule in wanted:
        drawable = _drawable(text, style.font)
        if drawable:
            size, lines = _fitted(drawable, style)
            space = above if blocks else 0
            blocks.append(_Block(style, size, lines, space, rule and bool(blocks)))
        elif text.strip():
            undrawn.append(text)
    return Cover(_composed(_label(blocks), _cloth(meta)), tuple(undrawn))


def _cloth(meta: Metadata) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    digest = hashlib.sha256(meta.title.encode()).digest()
    return _CLOTHS[digest[0] % len(_CLOTHS)]


# --- text -----------------------------------------------------------------------------


def _drawable(text: str, font_file: bytes) -> str:
    """The text without the signs that the font lacks; nothing at all when it lacks a letter."""
    font = _font(font_file, 40)
    nothing = bytes(font.getmask("\uffff"))
    out: list[str] = []
    for char in unicodedata.normalize("NFC", " ".join(text.split())):
        if char.isspace() or bytes(font.getmask(char)) != nothing:
            out.append(char)
        elif unicodedata.category(char)[0] in "LMN":
            return ""
    return " ".join("".join(out).split())


def _fitted(text: str, style: _Style) -> tuple[int, tuple[str, ...]]:
    """The text in the greatest size at which it fits, its lines as even as can be."""
    type_ = _Type(style)
    words = [piece for word in text.split() for piece in type_.pieces(word)]
    widths = [type_.width(word) for word in words]
    space = type_.width(" ")
    size = style.most
    breaks = _breaks(widths, space, _MEASURE / size)
    # One more line is allowed for each step down: a big title in many lines is no title.
    while size > style.least and (
        not breaks or len(breaks) - 1 > 2 + (style.most - size) * style.lines // style.most
    ):
        size -= 2
        breaks = _breaks(widths, space, _MEASURE / size)
    low, high = 0.0, _MEASURE / size
    for _ in range(10):
        middle = (low + high) / 2
        even = len(_breaks(widths, space, middle)) == len(breaks)
        low, high = (low, middle) if even else (middle, high)
    ends = _breaks(widths, space, high)
    lines = [" ".join(words[start:end]) for start, end in pairwise(ends)]
    if len(lines) > style.lines:
        lines = [*lines[: style.lines - 1], lines[style.lines - 1] + " …"]
    return size, tuple(lines)


def _breaks(widths: list[float], space: float, measure: float) -> list[int]:
    """The word with which each line begins, and the end; empty when a word is too long."""
    starts: list[int] = []
    at = 0.0
    for number, width in enumerate(widths):
        if width > measure:
            return []
        if not starts or at + space + width > measure:
            starts.append(number)
            at = width
        else:
            at += space + width
    return [*starts, len(widths)]


class _Type:
    """Widths and pictures of words in one style; widths in em."""

    _UNIT = 100

    def __init__(self, style: _Style, size: int = _UNIT) -> None:
        self.style = style
        self.size = size
        self.font = _font(style.font, size)
        shaped = features.check("raqm")  # without it there is neither kerning nor small capitals
        self.features = (["smcp", "c2sc"] if style.capitals else ["ss11"]) if shaped else None
        self.spacing = 0.14 * size if style.capitals else 0.0

    def width(self, text: str) -> float:
        length = self.font.getlength(text, features=self.features) / self.size
        return length + self.spacing / self.size * len(text)

    def pieces(self, word: str) -> list[str]:
        """The word, cut where it is wider than a line even in the least size."""
        most = _MEASURE / self.style.least
        if self.width(word) <= most:
            return [word]
        count = max(1, int(len(word) * most / self.width(word) * 0.8))
        return [word[at : at + count] for at in range(0, len(word), count)]

    def draw(self, on: ImageDraw.ImageDraw, text: str, centre: int, baseline: int) -> None:
        if not self.spacing:
            on.text((centre, baseline), text, 255, self.font, "ms", features=self.features)
            return
        at = centre - (self.width(text) * self.size - self.spacing) / 2
        for char in text:
            on.text((at, baseline), char, 255, self.font, "ls", features=self.features)
            at += self.width(char) * self.size


def _font(file: bytes, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(io.BytesIO(file), size)
    except OSError as error:
        raise ManuscriptError(
            f"the cover’s font cannot be read: {error}",
            hint="Look at the regular and the italic in styles/fonts/: one of them is no font.",
            place=Place("styles/fonts"),
        ) from None


# --- the picture: masks of one byte a pixel, then colours -------------------------------


def _label(blocks: list[_Block]) -> Image.Image:
    """The label's ink: text between two rules."""
    text = sum(block.above + block.height for block in blocks)
    height = max(text + 2 * 150, 620)
    mask = Image.new("L", (_LABEL_WIDTH, height))
    draw = ImageDraw.Draw(mask)
    for inset, width in ((34, 7), (50, 2)):
        box = (inset, inset, _LABEL_WIDTH - 1 - inset, height - 1 - inset)
        draw.rectangle(box, outline=255, width=width)
    top = (height - text) // 2
    centre = _LABEL_WIDTH // 2
    for block in blocks:
        if block.rule:
            middle = top + block.above // 2 + 8  # the line above hangs lower than this one rises
            draw.rectangle((centre - 55, middle, centre + 55, middle + 2), 255)
        top += block.above
        type_ = _Type(block.style, block.size)
        leading = block.size * block.style.leading
        for number, line in enumerate(block.lines):
            baseline = top + round(leading * number + leading / 2 + block.size * 0.32)
            type_.draw(draw, line, centre, baseline)
        top += block.height
    return mask


def _pattern() -> Image.Image:
    """Rosettes in half-drop repeat, over the whole page."""
    side, scale = 100, 4
    tile = Image.new("L", (side * scale, side * scale))
    draw = ImageDraw.Draw(tile)
    full = side * scale
    corners = [(x, y) for x in (0, full) for y in (0, full)]
    for x, y in [*corners, (full // 2, full // 2)]:
        draw.polygon([_petal(x, y, 26 * scale, step) for step in range(160)], 255)
        radius = 5 * scale
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), 0)
    for x, y in ((full // 2, 0), (0, full // 2), (full, full // 2), (full // 2, full)):
        radius = 4 * scale
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    tile = tile.resize((side, side), Image.Resampling.BOX)
    row = Image.new("L", (SIZE[0], side))
    for x in range(0, SIZE[0], side):
        row.paste(tile, (x, 0))
    page = Image.new("L", SIZE)
    for y in range(0, SIZE[1], side):
        page.paste(row, (0, y))
    return page


def _petal(x: int, y: int, radius: int, step: int) -> tuple[float, float]:
    angle = step * math.tau / 160
    reach = radius * (0.62 + 0.38 * math.cos(8 * angle))
    return x + reach * math.cos(angle), y + reach * math.sin(angle)


def _composed(
    label: Image.Image, cloth: tuple[tuple[int, int, int], tuple[int, int, int]]
) -> bytes:
    """The label on the cloth as a PNG with a palette of two ramps."""
    ground, ornament = cloth
    page = _pattern().point([shade * _STEPS // 256 for shade in range(256)])
    left = (SIZE[0] - label.width) // 2
    top = min(max(_CENTRE - label.height // 2, 200), SIZE[1] - label.height - 200)
    shades = label.point([_STEPS + shade * _STEPS // 256 for shade in range(256)])
    page.paste(shades, (left, top))
    page = page.convert("L")
    page.putpalette([*_ramp(ground, ornament), *_ramp(_PAPER, _INK)])
    out = io.BytesIO()
    page.save(out, "PNG", bits=8, compress_level=6)
    return out.getvalue()


def _ramp(one: tuple[int, int, int], other: tuple[int, int, int]) -> list[int]:
    return [
        round(a + (b - a) * step / (_STEPS - 1))
        for step in range(_STEPS)
        for a, b in zip(one, other, strict=True)
    ]
