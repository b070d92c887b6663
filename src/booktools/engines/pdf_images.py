"""The raster images of a PDF's page, in the file's order; for the workers beside it.

Images stand on the page itself or in forms, which are pages within pages: an image's place is
its own matrix times those of the forms round it.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST = 1_000  # on one page
_DEEPEST = 4
_MOST_OBJECTS = 20_000
_MOST_POINTS = 1_000  # of a clipping path
_MOST_BYTES = 128 << 20  # of an image as it stands in the file

Matrix = tuple[float, float, float, float, float, float]
Sides = tuple[float, float, float, float]  # left, bottom, right, top, in the page's own space

_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Image:
    """An image: pdfium's object, the matrix that puts it on the page, its sides there, what of
    them a clipping path leaves to be seen, and its pixels across and down."""

    item: Any
    matrix: Matrix
    whole: Sides
    seen: Sides
    width: int
    height: int


def images(raw: Any, page: Any) -> Iterator[Image]:
    """The images of a page that are to be seen at all."""
    count = 0
    for item, outer in _objects(raw, page):
        made = _image(raw, item, outer)
        if made is not None:
            yield made
            count += 1
            if count >= MOST:
                return


def key(raw: Any, image: Image) -> str:
    """What tells an image from others: a hash of its bytes in the file; "" for huge ones."""
    data = stored(raw, image)
    if not data:
        return ""
    made = hashlib.sha256(data)
    made.update(f"{image.width}x{image.height}".encode())
    return made.hexdigest()[:16]


def stored(raw: Any, image: Image) -> bytes:
    """The bytes of an image as they stand in the file; none where they are too many."""
    size = raw.FPDFImageObj_GetImageDataRaw(image.item, None, 0)
    if not 0 < size <= _MOST_BYTES:
        return b""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFImageObj_GetImageDataRaw(image.item, buffer, size)
    return buffer.raw


def filters(raw: Any, image: Image) -> tuple[str, ...]:
    """How an image's bytes are packed, outermost first."""
    names = []
    for number in range(min(raw.FPDFImageObj_GetImageFilterCount(image.item), 8)):
        buffer = ctypes.create_string_buffer(64)
        raw.FPDFImageObj_GetImageFilter(image.item, number, buffer, 64)
        names.append(buffer.value.decode("ascii", "replace"))
    return tuple(names)


def _objects(raw: Any, page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The image objects of a page, each with the matrix of the forms round it."""
    left = _MOST_OBJECTS
    count = max(raw.FPDFPage_CountObjects(page), 0)
    first: Iterator[tuple[Any, Matrix]] = (
        (raw.FPDFPage_GetObject(page, number), _PLAIN) for number in range(count)
    )
    waiting = [first]
    while waiting and left:
        following = next(waiting[-1], None)
        if following is None:
            waiting.pop()
            continue
        left -= 1
        item, outer = following
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield item, outer
        elif kind == raw.FPDF_PAGEOBJ_FORM and len(waiting) < _DEEPEST:
            waiting.append(_inside(raw, item, _times(_matrix(raw, item), outer)))


def _inside(raw: Any, form: Any, outer: Matrix) -> Iterator[tuple[Any, Matrix]]:
    for number in range(max(raw.FPDFFormObj_CountObjects(form), 0)):
        yield raw.FPDFFormObj_GetObject(form, number), outer


def _image(raw: Any, item: Any, outer: Matrix) -> Image | None:
    matrix = _times(_matrix(raw, item), outer)
    whole = _sides([_point(matrix, x, y) for x in (0, 1) for y in (0, 1)])
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(item, wide, high) or not wide.value * high.value:
        return None
    if not all(map(math.isfinite, (*matrix, *whole))):
        return None
    clip = clipped(raw, item, outer)
    seen = common(whole, clip) if clip else whole
    if seen[0] >= seen[2] or seen[1] >= seen[3]:
        return None
    return Image(item, matrix, whole, seen, wide.value, high.value)


def clipped(raw: Any, item: Any, outer: Matrix = _PLAIN) -> Sides | None:
    """The sides of the paths that an object is cut by, None for one that is not; `outer` is the
    matrix of the forms round it."""
    path = raw.FPDFPageObj_GetClipPath(item)
    found: Sides | None = None
    for number in range(min(raw.FPDFClipPath_CountPaths(path) if path else 0, 16)):
        points = []
        count = raw.FPDFClipPath_CountPathSegments(path, number)
        for at in range(min(count, _MOST_POINTS)):
            segment = raw.FPDFClipPath_GetPathSegment(path, number, at)
            x, y = ctypes.c_float(), ctypes.c_float()
            if segment and raw.FPDFPathSegment_GetPoint(segment, x, y):
                points.append(_point(outer, x.value, y.value))
        if not points or count > _MOST_POINTS:
            continue
        own = _sides(points)
        found = own if found is None else common(found, own)
    return found


def _matrix(raw: Any, item: Any) -> Matrix:
    made = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, made):
        return _PLAIN
    return made.a, made.b, made.c, made.d, made.e, made.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that does what `one` does, then what `two` does."""
    a, b, c, d, _, _ = two
    left, below = _point(two, one[4], one[5])
    return (
        one[0] * a + one[1] * c,
        one[0] * b + one[1] * d,
        one[2] * a + one[3] * c,
        one[2] * b + one[3] * d,
        left,
        below,
    )


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _sides(points: list[tuple[float, float]]) -> Sides:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def common(one: Sides, two: Sides) -> Sides:
    """What two oblongs have in common; turned inside out where that is nothing."""
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])
