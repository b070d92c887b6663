"""The door to Pillow, which looks at a stranger's picture before it goes into an edition."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import Final

from booktools.errors import EngineMissing, ManuscriptError
from booktools.model.place import Place

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_QUALITY: Final = 45  # of 100: grey letters stay sharp, a line of text has some kilobytes
MOST = 100_000_000  # pixels; a page of 6 × 9 inches at 1,200 dpi has 78 million


def prove(data: bytes, name: str) -> None:
    """Raise ManuscriptError unless `data` is a JPEG, PNG, GIF or WebP picture, whole and of a
    size for paper.  `name` is its name in the project.

    Raises EngineMissing without Pillow.
    """
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise EngineMissing("Pillow is not installed", hint="pip install pillow") from error
    place = Place(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                width, height = picture.size
                if width * height <= MOST:
                    picture.draft("L", (width // 8, height // 8))  # reads all, draws little
                    picture.load()
    except UnidentifiedImageError:
        raise ManuscriptError(
            "this is no picture that the editions can show",
            hint="Make it a JPEG, PNG, GIF or WebP file.",
            place=place,
        ) from None
    except Image.DecompressionBombError:
        width = height = MOST
    except Exception as error:  # whatever a damaged file brings Pillow to
        raise ManuscriptError(
            f"this picture is damaged: {error}", hint="Save or copy it anew.", place=place
        ) from None
    if width * height > MOST:
        raise ManuscriptError(
            f"this picture is too large: more than {MOST // 1_000_000} million pixels",
            hint="Make it smaller: the page has 1,800 × 2,700 at 300 dpi.",
            place=place,
        )


def page_picture(data: bytes, name: str, width: int) -> bytes:
    """The picture of a page as a PNG in grey, no wider than `width` pixels.

    TIFF, which scanners write, is read too.  Raises ManuscriptError for what is no picture, is
    damaged or larger than `MOST`; EngineMissing without Pillow.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise EngineMissing("Pillow is not installed", hint="pip install pillow") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(*FORMATS, "TIFF")) as picture:
                if picture.width * picture.height > MOST:
                    raise Image.DecompressionBombError
                picture.draft("L", (width, width * 3))
                small = picture.convert("L")
    except Exception as error:  # whatever a damaged file brings Pillow to
        raise ManuscriptError(
            f"this picture cannot be shown: {error or 'too large'}",
            hint="Save it anew as a PNG or JPEG file.",
            place=Place(name),
        ) from None
    small.thumbnail((width, width * 4))
    made = io.BytesIO()
    small.save(made, "PNG")
    return made.getvalue()


def cut_out(page: bytes, part: Sequence[float], width: int) -> bytes:
    """A part of a page's picture (shares of it: left, top, right, bottom) as a small WebP.

    It is in grey and no wider than `width` pixels.  `page` is what `page_picture` or the
    drawing of a PDF gave.  Raises EngineMissing without Pillow.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise EngineMissing("Pillow is not installed", hint="pip install pillow") from error
    with Image.open(io.BytesIO(page), formats=("PNG",)) as whole:
        left, top, right, bottom = part
        box = (
            int(left * whole.width),
            int(top * whole.height),
            max(int(left * whole.width) + 1, int(right * whole.width)),
            max(int(top * whole.height) + 1, int(bottom * whole.height)),
        )
        small = whole.convert("L").crop(box)
    small.thumbnail((width, width * 4))
    made = io.BytesIO()
    small.save(made, "WEBP", quality=_QUALITY, method=4)
    return made.getvalue()
