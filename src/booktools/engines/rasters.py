"""The door to pdfium for pictures of pages, drawn in a process of its own."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from typing import IO

from booktools.engines import raster_worker
from booktools.engines.pdf_process import look_over
from booktools.errors import EngineFailed, SourceError
from booktools.model.place import Place

_LARGEST = 256 * 1024 * 1024  # bytes of a picture
_SECONDS = 60.0  # for the first answer, and for each page


def count_pages(data: bytes, name: str) -> int:
    """How many pages a PDF has.  Raises as `pictures` does."""
    with closing(Drawer(data, name, 72)) as drawer:
        return drawer.pages


def pictures(
    data: bytes, name: str, pages: Sequence[int], dots: int
) -> Iterator[tuple[int, bytes]]:
    """(number, PNG in grey) of each of the pages (numbers from 1), `dots` to the inch.

    Raises SourceError for what is no PDF, is cut off, locked or too big; EngineFailed when a
    page cannot be drawn within a minute and two gigabytes.
    """
    with closing(Drawer(data, name, dots, pages)) as drawer:
        for number in pages:
            yield number, drawer.answer(number)


class Drawer:
    """A process that has a PDF open and draws its pages, in grey, `dots` to the inch.

    Pages that are `known` beforehand are drawn while the answers are read; others are asked for
    one by one.  It ends when it is closed, or is needed no more.  Raises as `pictures` does.
    """

    def __init__(self, data: bytes, name: str, dots: int, known: Sequence[int] = ()) -> None:
        look_over(data, name)
        self.name = name
        command = (sys.executable, "-P", "-m", raster_worker.__name__, str(dots))
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._end = weakref.finalize(self, _stop, self._process)
        stream = self._process.stdin
        assert stream is not None
        parts = [struct.pack(">Q", len(data)), data, *(struct.pack(">Q", n) for n in known)]
        self._feeder = threading.Thread(target=_feed, args=(stream, parts), daemon=True)
        self._feeder.start()
        self.pages: int = struct.unpack(">Q", self._read(0))[0]

    def picture(self, number: int) -> bytes:
        """The picture of a page.  Raises LookupError for one that is not there."""
        if not 1 <= number <= self.pages:
            raise LookupError(number)
        self._feeder.join()
        assert self._process.stdin is not None
        with suppress(OSError):  # it has ended: that is told when the answer is read
            self._process.stdin.write(struct.pack(">Q", number))
            self._process.stdin.flush()
        return self.answer(number)

    def answer(self, number: int) -> bytes:
        """The next picture, which is of this page."""
        return self._read(number)

    def close(self) -> None:
        self._end()

    def _read(self, number: int) -> bytes:
        stream = self._process.stdout
        assert stream is not None
        timer = threading.Timer(_SECONDS, self._process.kill)
        timer.start()
        try:
            answer = _one(stream, bool(number))
        finally:
            timer.cancel()
        if answer is None:
            fault = _ended(self._process, self.name, number)
            self.close()
            raise fault
        return answer


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            if stream is not None:
                stream.close()


def _feed(stream: IO[bytes], parts: Sequence[bytes]) -> None:
    with suppress(OSError, ValueError):  # it has ended
        for part in parts:
            stream.write(part)
        stream.flush()


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
    try:
        code = process.wait(1)
    except subprocess.TimeoutExpired:  # it answered nonsense
        process.kill()
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
