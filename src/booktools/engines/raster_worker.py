"""The process in which pdfium draws pages: `python -m booktools.engines.raster_worker DPI`.

Standard input brings eight bytes of length and a PDF, then the numbers of pages (from 1), eight
bytes each, until it ends.  Standard output takes the number of all pages and then the pictures,
each as eight bytes of length and a PNG in grey.
"""

from __future__ import annotations

import contextlib
import io
import struct
import sys
import time
from typing import IO, Any

MOST_PIXELS = 60_000_000  # a page; A3 at 400 dpi has 31 million
_MEMORY = 2 << 30  # bytes besides the file, which stands there twice
_SECONDS = 30  # of the processor for a page

CANNOT_OPEN = 5  # exit codes
LOCKED = 6
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def main() -> None:
    """Draw the pages."""
    dots, asked = int(sys.argv[1]), sys.stdin.buffer
    data = asked.read(_number(asked))
    _limit(len(data))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", 0) == _PASSWORD or "password" in str(error).lower()
        sys.exit(LOCKED if locked else CANNOT_OPEN)
    out = sys.stdout.buffer
    out.write(struct.pack(">Q", len(document)))
    out.flush()
    while number := _number(asked):
        _more_time()
        picture = drawn(document, number, dots)
        out.write(struct.pack(">Q", len(picture)) + picture)
        out.flush()


def drawn(document: Any, number: int, dots: int) -> bytes:
    """The picture of a page, as PNG; a very large page is drawn smaller."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = dots / 72
        pixels = max(1.0, width * height * scale * scale)
        scale *= min(1.0, (MOST_PIXELS / pixels) ** 0.5)
        picture = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
        made = io.BytesIO()
        picture.convert("L").save(made, "PNG", compress_level=1)
        return made.getvalue()
    finally:
        page.close()


def _number(stream: IO[bytes]) -> int:
    """The next number, 0 where nobody asks any more."""
    head = stream.read(8)
    return int(struct.unpack(">Q", head)[0]) if len(head) == 8 else 0


def _limit(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with contextlib.suppress(ValueError, OSError):
        memory = _MEMORY + 2 * size
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _more_time()


def _more_time() -> None:
    """So many seconds of the processor more than were used until now."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with contextlib.suppress(ValueError, OSError):
        seconds = int(time.process_time()) + _SECONDS
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, most))


if __name__ == "__main__":
    main()
