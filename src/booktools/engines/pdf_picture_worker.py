"""The process in which pdfium takes pictures out of a PDF:
`python -m booktools.engines.pdf_picture_worker`.

Standard input brings a line of JSON and the PDF.  The line is `[[3, [0]], [7, [1, 2]]]`: pages
from 1, and images on them from 0, those of one picture together.  Standard output takes an answer
for each: one letter (`j`: JPEG, `p`: PNG, `x`: why there is none), eight bytes of length, and the
bytes.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import struct
import sys
from typing import Any

from booktools.engines import pdf_images
from booktools.engines.pdf_images import Image

SECONDS = 60  # of the processor for a picture
ALL_SECONDS = 1_800  # for all of a file
MOST_PIXELS = 40_000_000  # what has more is drawn smaller; 6 x 9 inches at 600 dpi have 19 million
MOST_BYTES = 48 << 20  # of a picture as it is given
MEMORY = 1 << 30  # bytes besides the file, which stands there twice

# The original bytes are given where they look like what the page shows: mean difference of
# pictures of so many pixels across, in levels of 256.
_THUMB, _ALIKE = 32, 10.0
_SAME_SHAPE = 0.03  # of sides: less is an error of rounding
_CUT = 0.98  # a picture of which less is to be seen is cut


def main() -> None:
    """Take the pictures out."""
    wanted = json.loads(sys.stdin.buffer.readline())
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get into the answer
    data = sys.stdin.buffer.read()
    _limit(len(data), len(wanted))
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page, numbers in wanted:
        try:
            kind, made = _taken(document, page, numbers)
        except Exception as error:  # one damaged picture is no reason to lose the others
            kind, made = b"x", (str(error) or type(error).__name__)[:200].encode()
        answer.write(kind + struct.pack(">Q", len(made)) + made)
        answer.flush()


def _taken(document: Any, number: int, parts: list[int]) -> tuple[bytes, bytes]:
    import pypdfium2.raw as raw

    page = document[number - 1]
    try:
        every = pdf_images.images(raw, page.raw)
        own = [image for at, image in enumerate(every) if at in parts]
        if len(own) != len(parts) or not own:
            raise ValueError("it is not on its page")
        if len(own) == 1:
            return _picture(document, page, raw, own[0])
        return b"p", _png(_pasted(document, page, raw, own))
    finally:
        page.close()


def _pasted(document: Any, page: Any, raw: Any, parts: list[Image]) -> Any:
    """A picture that the page holds in strips, put together."""
    from PIL import Image as Pillow

    left, bottom = min(one.seen[0] for one in parts), min(one.seen[1] for one in parts)
    right, top = max(one.seen[2] for one in parts), max(one.seen[3] for one in parts)
    dense = max(one.width / (one.whole[2] - one.whole[0]) for one in parts)
    most = MOST_PIXELS / max((right - left) * (top - bottom), 1e-6)
    dense = min(dense, most**0.5)
    size = max(1, round((right - left) * dense)), max(1, round((top - bottom) * dense))
    paper = Pillow.new("RGB", size, (255, 255, 255))
    for one in parts:
        sides = one.whole
        place = round((sides[0] - left) * dense), round((top - sides[3]) * dense)
        end = round((sides[2] - left) * dense), round((top - sides[1]) * dense)
        strip = max(1, end[0] - place[0]), max(1, end[1] - place[1])
        paper.paste(_shown(document, page, raw, one).resize(strip), place)
    return _turned(paper, page, raw)


def _turned(picture: Any, page: Any, raw: Any) -> Any:
    turn = raw.FPDFPage_GetRotation(page.raw)
    return picture.rotate(-90 * turn, expand=True) if turn else picture


def _picture(document: Any, page: Any, raw: Any, image: Image) -> tuple[bytes, bytes]:
    """The original JPEG where it is whole and looks as the page shows it, else a PNG of what is
    shown."""
    shown = _shown(document, page, raw, image)
    whole, seen = image.whole, _within(image.seen, page.get_bbox())
    cut = _area(seen) < _CUT * _area(whole)
    if cut:
        across, down = shown.width / (whole[2] - whole[0]), shown.height / (whole[3] - whole[1])
        box = (
            max(0, round((seen[0] - whole[0]) * across)),
            max(0, round((whole[3] - seen[3]) * down)),
            min(shown.width, round((seen[2] - whole[0]) * across)),
            min(shown.height, round((whole[3] - seen[1]) * down)),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            raise ValueError("nothing of it is to be seen")
        shown = shown.crop(box)
    shown = _turned(shown, page, raw)
    if not cut and pdf_images.filters(raw, image) == ("DCTDecode",):
        data = pdf_images.stored(raw, image)
        if len(data) <= MOST_BYTES and _looks_so(data, shown):
            return b"j", data
    return b"p", _png(shown)


def _shown(document: Any, page: Any, raw: Any, image: Image) -> Any:
    """The picture as the page shows it, on white, upright as the page's own space is."""
    import ctypes

    import pypdfium2
    from PIL import Image as Pillow

    a, b, c, d, _, _ = image.matrix
    wide, high = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
    if not wide or not high:
        raise ValueError("it has no extent")
    across, up = image.width / wide, image.height / high
    if abs(across - up) > _SAME_SHAPE * max(across, up):  # stretched: as the page has it
        across = up = max(across, up)
    smaller = min(1.0, (MOST_PIXELS / max(1.0, wide * across * high * up)) ** 0.5)
    across, up = across * smaller, up * smaller
    own = raw.FS_MATRIX(a * across, b * across, c * up, d * up, 0.0, 0.0)
    before = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(image.item, before)
    raw.FPDFPageObj_SetMatrix(image.item, ctypes.byref(own))
    try:
        bitmap = raw.FPDFImageObj_GetRenderedBitmap(document.raw, page.raw, image.item)
    finally:
        raw.FPDFPageObj_SetMatrix(image.item, ctypes.byref(before))
    if not bitmap:
        raise ValueError("pdfium cannot draw it")
    drawn = pypdfium2.PdfBitmap.from_raw(bitmap)
    picture = drawn.to_pil().copy()
    drawn.close()
    if picture.mode == "RGBA":
        paper = Pillow.new("RGB", picture.size, (255, 255, 255))
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _looks_so(data: bytes, shown: Any) -> bool:
    """Whether a JPEG file by itself is whole and looks like the picture on the page.

    Raises OSError for what is no JPEG at all: pdfium draws an empty space for it.
    """
    from PIL import Image as Pillow
    from PIL import ImageChops, ImageStat

    with Pillow.open(io.BytesIO(data), formats=["JPEG"]) as file:
        if file.mode not in ("L", "RGB"):
            return False  # CMYK: browsers and readers show it in other colours, or not at all
        ratio = file.width * shown.height / (file.height * shown.width)
        if abs(ratio - 1) > _SAME_SHAPE:
            return False
        file.draft("RGB", (4 * _THUMB, 4 * _THUMB))
        try:
            small = file.convert("RGB").resize((_THUMB, _THUMB), Pillow.Resampling.BOX)
        except OSError:  # cut short
            return False
    drawn = shown.resize((_THUMB, _THUMB), Pillow.Resampling.BOX)
    return max(ImageStat.Stat(ImageChops.difference(small, drawn)).mean) < _ALIKE


def _png(picture: Any) -> bytes:
    """The picture in as few colours as it has; made smaller until it is no more than is read."""
    from PIL import Image as Pillow
    from PIL import ImageChops

    red, green, blue = picture.split()
    if not ImageChops.difference(red, green).getbbox() and (
        not ImageChops.difference(red, blue).getbbox()
    ):
        picture = red
        levels = picture.getcolors(2)
        if levels and {level for _, level in levels} <= {0, 255}:
            picture = picture.convert("1", dither=Pillow.Dither.NONE)
    while True:
        made = io.BytesIO()
        picture.save(made, "PNG", compress_level=6)
        if made.tell() <= MOST_BYTES:
            return made.getvalue()
        picture = picture.resize((picture.width * 2 // 3, picture.height * 2 // 3))


def _within(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def _area(sides: tuple[float, ...]) -> float:
    return max(0.0, sides[2] - sides[0]) * max(0.0, sides[3] - sides[1])


def _limit(size: int, count: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with contextlib.suppress(ValueError, OSError):
        memory, seconds = MEMORY + 2 * size, min(SECONDS * (count + 1), ALL_SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
