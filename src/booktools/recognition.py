"""Scans: pages drawn, read by an OCR program one by one, put together as one hOCR file.

A scan is a PDF, or a picture: TIFF, of one page or many, PNG, JPEG or WebP.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from booktools import store
from booktools.engines import ocr, pictures, rasters
from booktools.errors import BooktoolsError, EngineFailed, SourceError
from booktools.model.finding import Finding
from booktools.model.place import Place
from booktools.read.scans import scan_pages
from booktools.store import Project

DOTS = 300  # to the inch: what Tesseract was made for

SCANS = (".pdf", *pictures.SCANS)

_BODY = re.compile(rb"<body[^>]*>(.*)</body>", re.DOTALL)
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title></title>
<meta charset="utf-8"/>
<meta name="ocr-system" content="tesseract {}"/>
</head>
<body>
"""


def recognised(
    data: bytes,
    name: str,
    languages: Sequence[str],
    project: Project | None,
    progress: Callable[[str], None],
) -> bytes:
    """The hOCR of a scan, a PDF or picture; `languages` are BCP 47 tags.

    Each page is kept as soon as it is read (in `build/` of the project, without one in the
    user's cache), so that a run that was stopped goes on where it was.  The same pages, languages
    and Tesseract give the same bytes.  Raises SourceError, EngineMissing, EngineFailed, and
    ManuscriptError when a page cannot be kept.
    """
    version = ocr.version()
    names = ocr.names_of(languages)
    engine = pictures if _is_picture(name) else rasters
    count = engine.count_pages(data, name)
    if not count:
        raise SourceError(f"{name} has no pages", hint="Scan it anew.")
    root = project.root if project else None
    cache = store.page_cache(root, "ocr", data, [version, *names, str(DOTS)])
    pages: dict[int, bytes] = {}
    for number in range(1, count + 1):
        kept = cache.page(number)
        if kept is not None and _sound(kept):
            pages[number] = kept
    missing = [number for number in range(1, count + 1) if number not in pages]
    for number, picture, dots in _drawn(data, name, missing):
        progress(f"OCR: page {number:,} of {count:,}")
        pages[number] = _page(picture, names, dots, Place(name, page=number))
        cache.keep(number, pages[number])
    return joined([pages[number] for number in range(1, count + 1)], version)


def joined(pages: Sequence[bytes], version: str) -> bytes:
    """The hOCR of several pages as one file; `version` is Tesseract's."""
    bodies = (_body(page, number) for number, page in enumerate(pages, 1))
    return _HEAD.format(version).encode() + b"".join(bodies) + b"</body>\n</html>\n"


def is_scan(name: str) -> bool:
    """Whether a file of this name may be a scan."""
    return name.lower().endswith(SCANS)


def _is_picture(name: str) -> bool:
    return name.lower().endswith(pictures.SCANS)


def _drawn(data: bytes, name: str, pages: Sequence[int]) -> Iterator[tuple[int, bytes, int]]:
    """(number, PNG in grey, dots to the inch) of these pages."""
    if not pages:
        return
    if _is_picture(name):
        yield from pictures.scanned_pages(data, name, pages, DOTS)
    else:
        drawn = rasters.pictures(data, name, pages, DOTS)
        yield from ((number, picture, DOTS) for number, picture in drawn)


def _page(picture: bytes, names: Sequence[str], dots: int, place: Place) -> bytes:
    try:
        out = ocr.recognise(picture, names, dots)
    except EngineFailed as error:
        error.place = place
        raise
    if not _sound(out):
        raise EngineFailed(
            "tesseract gave hOCR that cannot be read",
            hint="Install it anew; the pages before this one are kept.",
            place=place,
        )
    return out


def _sound(page: bytes) -> bool:
    """Whether hOCR holds one page that can be read."""
    found: list[Finding] = []
    try:
        return _BODY.search(page) is not None and len(list(scan_pages(page, "", found))) == 1
    except BooktoolsError:
        return False


def _body(page: bytes, number: int) -> bytes:
    """What stands in the page's body, its ids those of the page's number."""
    found = _BODY.search(page)
    assert found
    body = re.sub(rb"(id=['\"](?:page|block|par|line|word)_)1", rb"\g<1>%d" % number, found[1])
    return re.sub(rb"image (?:\"|&quot;)[^;]*;", b"", body).strip() + b"\n"
