"""The door to pdfium for the pictures in a PDF, taken out in a process of its own."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from booktools.engines import pdf_picture_worker

_SECONDS = 90.0  # for the file and the first picture, and for each one after
_BROKEN = "pdfium broke off at it or at one before it"
_LATE = "to take out all takes too long"
_ENDINGS = {b"j": ".jpg", b"p": ".png"}


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A picture: its bytes and the ending that they want, or why there are none."""

    data: bytes = b""
    ending: str = ""
    fault: str = ""


def pictures(data: bytes, wanted: Sequence[tuple[int, Sequence[int]]]) -> Iterator[TakenOut]:
    """The pictures of a PDF that was read before, each wanted by its page (from 1) and the
    numbers there (from 0) of the images that it is made of: the original JPEG, where that looks
    as the page shows it, else PNG.

    A picture that cannot be had says why; no error is raised for it.  After half an hour
    (`ALL_SECONDS`) no more are taken.
    """
    if not wanted:
        return
    command = (sys.executable, "-P", "-m", pdf_picture_worker.__name__)
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    threading.Thread(target=_feed, args=(process.stdin, wanted, data), daemon=True).start()
    until = time.monotonic() + pdf_picture_worker.ALL_SECONDS
    try:
        ended = False
        for _ in wanted:
            left = max(0.0, until - time.monotonic())
            timer = threading.Timer(min(_SECONDS, left), process.kill)
            timer.start()
            try:
                made = None if ended else _one(process.stdout)
            finally:
                timer.cancel()
            ended = made is None
            yield made or TakenOut(fault=_LATE if time.monotonic() >= until else _BROKEN)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _feed(stream: IO[bytes], wanted: Sequence[tuple[int, Sequence[int]]], data: bytes) -> None:
    with suppress(OSError), stream:
        stream.write(json.dumps(wanted).encode() + b"\n" + data)


def _one(stream: IO[bytes]) -> TakenOut | None:
    """The next answer, None where there is none."""
    head = stream.read(9)
    if len(head) < 9:
        return None
    (size,) = struct.unpack(">Q", head[1:])
    if size > pdf_picture_worker.MOST_BYTES:
        return None
    data = stream.read(size)
    if len(data) < size:
        return None
    if head[:1] in _ENDINGS:
        return TakenOut(data, _ENDINGS[head[:1]])
    return TakenOut(fault=data.decode(errors="replace"))
