"""Scans for `bench.recover_ocr`: pages of PDF files drawn, degraded, and read by Tesseract.

What Tesseract writes is kept in `build/scans`, page by page; a page is read once.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageFilter

from booktools.engines import ocr, rasters
from booktools.model.printed_page import Box
from booktools.read.hocr import hocr_pages
from booktools.read.scan_page import ScanLine, ScanPage, ScanWord
from booktools.recognition import DOTS, joined

# The pages are drawn at so many dots to the inch, turned by up to so many degrees, blurred, grained
# by so many shades of grey, specked (so large a share of the dots, so dark), and enlarged.
_DRAWN, _TURN, _BLUR, _GRAIN, _SPECKS, _DARK = 200, 0.35, 0.6, 62, 0.0003, 40
_KEPT = ("hocr", "xml", "txt")
_PAGE = re.compile(rb"<Page\b.*</Page>", re.DOTALL)
_ALTO = b'<?xml version="1.0" encoding="UTF-8"?>\n<alto><Layout>\n%s\n</Layout></alto>\n'


@dataclass(frozen=True)
class Scanned:
    """A document as an OCR program gives it, in each of the forms that it may have.

    `files` are form → (name, data): plain text, hOCR, ALTO, and ABBYY XML made of the hOCR.
    """

    name: str
    pages: int
    files: dict[str, tuple[str, bytes]]


def scanned(file: Path, language: str, kept: Path) -> Scanned:
    """The document read; each page is kept in a folder of `kept`."""
    data = file.read_bytes()
    count = rasters.count_pages(data, file.name)
    folder = kept / f"{file.stem}-{ocr.version()}-{_DRAWN}"
    folder.mkdir(parents=True, exist_ok=True)
    pages = [[folder / f"{number:03}.{kind}" for kind in _KEPT] for number in range(1, count + 1)]
    missing = [n for n, own in enumerate(pages, 1) if not all(one.is_file() for one in own)]
    [name] = ocr.names_of([language])
    for number, picture in rasters.pictures(data, file.name, missing, _DRAWN) if missing else ():
        _read(_degraded(picture, number), name, folder / f"{number:03}")
    hocr = joined([own[0].read_bytes() for own in pages], ocr.version())
    texts = "\f".join(own[2].read_text("utf-8").strip("\f") for own in pages)
    altos = b"\n".join(_alto(own[1].read_bytes()) for own in pages)
    forms = {
        "text": (f"{file.stem}.txt", texts.encode()),
        "hOCR": (f"{file.stem}.hocr", hocr),
        "ALTO": (f"{file.stem}.xml", _ALTO % altos),
        "ABBYY XML": (f"{file.stem}.xml", _abbyy(hocr)),
    }
    return Scanned(file.stem, count, forms)


def _degraded(picture: bytes, number: int) -> bytes:
    """The picture as a scanner makes it of an old page; the same for the same page."""
    chance = Random(number)
    with Image.open(io.BytesIO(picture)) as page:
        turn = chance.uniform(-_TURN, _TURN)
        turned = page.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
    made = turned.filter(ImageFilter.GaussianBlur(_BLUR))
    grain = Image.frombytes("L", made.size, chance.randbytes(made.width * made.height))
    grain = grain.point([round(value * _GRAIN / 255) for value in range(256)])
    made = ImageChops.add(made, grain, 1.0, -_GRAIN // 2)
    for _ in range(round(_SPECKS * made.width * made.height)):
        at = chance.randrange(made.width), chance.randrange(made.height)
        made.putpixel(at, _DARK)
    size = made.width * DOTS // _DRAWN, made.height * DOTS // _DRAWN
    large = made.resize(size, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    large.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _read(picture: bytes, language: str, base: Path) -> None:
    program = shutil.which("tesseract") or "tesseract"
    with tempfile.TemporaryDirectory(dir=base.parent) as beside:
        out = Path(beside) / "page"
        command = [program, "stdin", str(out), "-l", language, "--dpi", str(DOTS)]
        subprocess.run(
            [*command, "hocr", "alto", "txt"],
            input=picture,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            stderr=subprocess.DEVNULL,
            check=True,
        )
        for kind in _KEPT:
            out.with_suffix(f".{kind}").replace(base.with_suffix(f".{kind}"))


def _alto(page: bytes) -> bytes:
    found = _PAGE.search(page)
    return found[0] if found else b""


# --- ABBYY XML, as FineReader writes it ------------------------------------------------


def _abbyy(hocr: bytes) -> bytes:
    """The same pages in ABBYY's XML: characters share the boxes of their words."""
    pages = "\n".join(_abbyy_page(page) for page in hocr_pages(hocr))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<document>\n{pages}\n</document>\n'.encode()


def _abbyy_page(page: ScanPage) -> str:
    size = f'width="{page.width:.0f}" height="{page.height:.0f}" resolution="{DOTS}"'
    told = [line for line in page.lines if line.box and line.words]
    pars = "\n".join(
        "<par>\n" + "\n".join(map(_abbyy_line, own)) + "\n</par>"
        for _, own in groupby(told, key=lambda line: line.par)
    )
    return f'<page {size}><block blockType="Text"><text>{pars}</text></block></page>'


def _abbyy_line(line: ScanLine) -> str:
    assert line.box
    chars = "<charParams> </charParams>".join("".join(_chars(word)) for word in line.words)
    base = line.box.bottom - (line.rise or 0.0)
    points = line.size * 72 / DOTS
    return (
        f'<line baseline="{base:.0f}" {_sides(line.box)}><formatting fs="{points:.1f}">'
        f"{chars}</formatting></line>"
    )


def _chars(word: ScanWord) -> Iterator[str]:
    sure = "" if word.confidence is None else f' charConfidence="{100 * word.confidence:.0f}"'
    for number, char in enumerate(word.text.strip()):
        sides = ""
        if word.box:
            step = word.box.width / len(word.text.strip())
            left = word.box.left + number * step
            sides = " " + _sides(Box(left, word.box.top, left + step, word.box.bottom))
        yield f"<charParams{sides}{sure}>{escape(char)}</charParams>"


def _sides(box: Box) -> str:
    left, right = int(box.left), max(int(box.left) + 1, int(box.right))
    return f'l="{left}" t="{box.top:.0f}" r="{right}" b="{box.bottom:.0f}"'
