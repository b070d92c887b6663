"""The door to Pillow, which looks at a stranger's picture before it goes into an edition."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from booktools.errors import EngineMissing, ManuscriptError, SourceError
from booktools.model.place import Place

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
# What scanners and cameras write, by its ending; only TIFF has several pages.
SCANS: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
_SCANNED: Final = ("JPEG", "PNG", "WEBP", "TIFF")
MOST_PAGES: Final = 5_000
# Dots to the inch that a scan can have; what says otherwise has no size.
_DOTS: Final = (70.0, 1_200.0)
_QUALITY: Final = 45  # of 100: grey letters stay sharp, a line of text has some kilobytes
MOST = 100_000_000  # pixels; a page of 6 × 9 inches at 1,200 dpi has 78 million


def prove(data: bytes, name: str) -> None:
    """Raise ManuscriptError unless `data` is a JPEG, PNG, GIF or WebP picture, whole and of a
    size for paper.  `name` is its name in the project.

    Raises EngineMissing without Pillow.
    """
    try:
        from PIL import Image, ImageFile, UnidentifiedImageError
    except ImportError as error:
        raise EngineMissing("Pillow is not installed", hint="pip install pillow") from error
    place = Place(name)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # a library in this process may have set it
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


def page_picture(data: bytes, name: str, width: int, page: int = 1) -> bytes:
    """The picture of a page as a PNG in grey, no wider than `width` pixels.

    TIFF, which scanners write, is read too, each of its pages (from 1).  Raises LookupError for
    a page that is not there; ManuscriptError for what is no picture, is damaged or larger than
    `MOST`; EngineMissing without Pillow.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise EngineMissing("Pillow is not installed", hint="pip install pillow") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(*FORMATS, "TIFF")) as picture:
                _turn_to(picture, page)
                picture.draft("L", (width, width * 3))
                small = _grey(picture)
    except EOFError:
        raise LookupError(page) from None
    except Exception as error:  # whatever a damaged file brings Pillow to
        raise ManuscriptError(
            f"this picture cannot be shown: {error or 'too large'}",
            hint="Save it anew as a PNG or JPEG file.",
            place=Place(name),
        ) from None
    small.thumbnail((width, width * 4))
    return _png(small)


def count_pages(data: bytes, name: str) -> int:
    """How many pages a scan has that is a picture.

    Raises SourceError for what is no picture or has more than `MOST_PAGES`, EngineMissing.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise EngineMissing("Pillow is not installed", hint="pip install pillow") from error
    count = 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_SCANNED) as picture:
                while picture.format == "TIFF" and count <= MOST_PAGES:
                    picture.seek(count)
                    count += 1
    except EOFError:
        pass
    except Exception as error:  # whatever a damaged file brings Pillow to
        raise _damaged(name, error, count if count > 1 else 0) from None
    if count > MOST_PAGES:
        raise SourceError(
            f"it has more than {MOST_PAGES:,} pages", hint="Split it.", place=Place(name)
        )
    return count


def scanned_pages(
    data: bytes, name: str, pages: Sequence[int], dots: int
) -> Iterator[tuple[int, bytes, int]]:
    """(number, PNG in grey, dots to the inch) of these pages of a scan that is a picture.

    `dots` are what one has that does not say.  Raises SourceError for what is damaged or larger
    than `MOST`, EngineMissing.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise EngineMissing("Pillow is not installed", hint="pip install pillow") from error
    for number in pages:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(io.BytesIO(data), formats=_SCANNED) as picture:
                    _turn_to(picture, number)
                    made = _png(_grey(picture))
                    said = float((picture.info.get("dpi") or (0.0,))[0])
        except Exception as error:  # whatever a damaged file brings Pillow to
            raise _damaged(name, error, number) from None
        yield number, made, round(said) if _DOTS[0] <= said <= _DOTS[1] else dots


def _turn_to(picture: Image.Image, page: int) -> None:
    """Go to a page.  Raises EOFError where there is none."""
    if page < 1 or (page > 1 and picture.format != "TIFF"):
        raise EOFError
    picture.seek(page - 1)
    if picture.width * picture.height > MOST:
        raise ValueError("too large")


def _grey(picture: Image.Image) -> Image.Image:
    """The picture in 256 shades of grey, on white where it is transparent."""
    from PIL import Image

    if picture.mode.startswith(("I;16", "I")):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("L")
    return picture.convert("L")


def _png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG", compress_level=1)
    return made.getvalue()


def _damaged(name: str, error: Exception, page: int) -> SourceError:
    return SourceError(
        f"this picture cannot be read: {str(error)[:200] or 'it is damaged'}",
        hint="Save it anew as a TIFF, PNG or JPEG file, or as a PDF.",
        place=Place(name, page=page),
    )


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
