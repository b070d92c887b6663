"""Documents of other people's kinds, made from a small made-up text."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from booktools.engines import pandoc

BOOK = """\
---
title: The Salt Road
author: Ada Quill
lang: en
---

# The Quay {#quay}

It was *raining*, and the **ferry** was late.[^1] See [the road](#road) or
[the map](https://maps.example.org/).

> A quotation of two sentences. This is the second.

| The tide goes out,
| the tide comes in,
|
| and nothing stays.

1. bread
2. salt

- rope

  tar

* * *

![The quay in winter](quay.png)

[^1]: By two hours.

    It often was.

## The road {#road}

Nobody walked it now, “not even the postman”.

# The Salt

Salt has [no]{.smallcaps} memory.
"""


def png(width: int = 60, height: int = 40) -> bytes:
    """A small picture, all of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\x80\x20\x20" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@cache
def paper(kind: str, text: str = BOOK) -> bytes:
    """The text as pandoc writes it in a format, with the picture `quay.png`."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "quay.png").write_bytes(png())
        command = [
            str(pandoc.executable()),
            "-f",
            "markdown",
            "-t",
            kind,
            "-s",
            "-o",
            f"out.{kind}",
        ]
        subprocess.run(command, input=text.encode(), cwd=folder, check=True, timeout=60)
        return Path(folder, f"out.{kind}").read_bytes()


def archive(files: Mapping[str, bytes | str]) -> bytes:
    """A ZIP file of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # of no day
    return out.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes | str]) -> bytes:
    """A ZIP file with some of its files changed or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        files: dict[str, bytes | str] = {name: old.read(name) for name in old.namelist()}
    return archive({**files, **changes})
