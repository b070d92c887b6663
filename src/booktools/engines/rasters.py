"""The door to pdfium for pictures of pages, drawn in a process of its own."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from typing import IO

from booktools.engines import raster_worker
from booktools.engines.pdf_process import look_over
from booktools.errors import EngineFailed, SourceError
from booktools.model.place import Place

_LARGEST = 256 * 1024 * 1024  # bytes of a picture
_SECONDS = 60.0  # for the first answer, and for each page


def count_pages(data: bytes, name: str) -> int:
    """How many pages a PDF has.  Raises as `pictures` does."""
    answers = _answers(data, name, (), 72)
    try:
        (count,) = struct.unpack(">Q", next(answers))
        return int(count)
    finally:
        answers.close()


def pictures(
    data: bytes, name: str, pages: Sequence[int], dots: int
) -> Iterator[tuple[int, bytes]]:
    """(number, PNG in grey) of each of the pages (numbers from 1), `dots` to the inch.

    Raises SourceError for what is no PDF, is cut off, locked or too big; EngineFailed when a
    page cannot be drawn within a minute and two gigabytes.
    """
    answers = _answers(data, name, pages, dots)
    next(answers)
    yield from zip(pages, answers, strict=True)


def _answers(
    data: bytes, name: str, pages: Sequence[int], dots: int
) -> Generator[bytes, None, None]:
    """The number of pages as eight bytes, then the pictures."""
    look_over(data, name)
    wanted = ",".join(map(str, pages))
    command = (sys.executable, "-P", "-m", raster_worker.__name__, str(dots), wanted)
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
    feeder.start()
    try:
        for number in (0, *pages):
            timer = threading.Timer(_SECONDS, process.kill)
            timer.start()
            try:
                answer = _one(process.stdout, bool(number))
            finally:
                timer.cancel()
            if answer is None:
                raise _ended(process, name, number)
            yield answer
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _feed(stream: IO[bytes], data: bytes) -> None:
    with suppress(OSError), stream:
        stream.write(data)


def _one(stream: IO[bytes], picture: bool) -> bytes | None:
    """The next answer: the number of pages as it is, or a picture; None at the end."""
    head = stream.read(8)
    if len(head) < 8 or not picture:
        return head if len(head) == 8 else None
    (size,) = struct.unpack(">Q", head)
    if size > _LARGEST:
        return None
    data = stream.read(size)
    return data if len(data) == size else None


def _ended(process: subprocess.Popen[bytes], name: str, number: int) -> Exception:
    code = process.wait()
    if code == raster_worker.LOCKED:
        hint = "Save a copy without a password and use that."
        return SourceError(f"{name} is locked with a password", hint=hint)
    if code == raster_worker.CANNOT_OPEN:
        return SourceError(f"{name} is damaged: pdfium cannot open it", hint="Fetch it anew.")
    what = f"page {number}" if number else "the file"
    return EngineFailed(
        f"pdfium cannot draw {what}",
        hint="Open the file in a PDF reader and look at that page.",
        place=Place(name, page=number),
    )
