"""The page's picture and the word's box: where print is known, and nowhere else."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from booktools.desk.desk import Desk, open_desk
from booktools.engines.pdf_source import open_pdf
from booktools.engines.pictures import page_picture
from booktools.errors import ManuscriptError
from booktools.store import open_project
from pdf_files import column, pdf

FIRST = [
    "The harbour lay still under teh moon, and the",
    "boats were made fast along the wall. Marta had",
    "counted the traps that hung from the rail.",
]
SECOND = [
    "In the morning the keeper climbed the stairs. He",
    "believed that the lamp would last the winter and",
    "had said so to Marta, who did not believe him.",
]
HOCR = """<html><body>
<div class="ocr_page" title="bbox 0 0 600 800">
 <span class="ocr_line" title="bbox 50 100 550 130"><span class="ocrx_word"
 title="bbox 50 100 150 130">Under</span> <span class="ocrx_word"
 title="bbox 170 100 230 130">teh</span> <span class="ocrx_word"
 title="bbox 250 100 550 130">moonlight.</span></span>
</div></body></html>"""
ENTRY = """\
[[erratum]]
id = "E001"
line = 1
found = "teh"
wanted = "the"
context = "{}"
kind = "ocr"
reason = "No word."
state = "open"
"""


def book(folder: Path, name: str, data: bytes, context: str) -> Desk:
    (folder / "manuscript/source").mkdir(parents=True, exist_ok=True)
    (folder / f"manuscript/source/{name}").write_bytes(data)
    (folder / "manuscript/errata.toml").write_text(ENTRY.format(context), "utf-8")
    (folder / "manuscript/book.toml").write_text(
        'title = "The Harbour"\nlanguage = "en"\n'
        'identifiers = ["urn:uuid:2b6f0cc9-04d7-4d63-9f4d-1f2a1c1f0e11"]\n'
        f'[[sources]]\nfile = "manuscript/source/{name}"\n'
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n',
        "utf-8",
    )
    return open_desk(open_project(folder), lambda step: None)


def printed(folder: Path) -> Desk:
    pages = [column(lines, 30, 300) for lines in (FIRST, SECOND)]
    return book(folder, "harbour.pdf", pdf(*pages), "still under teh moon")


def ink(data: bytes, box: tuple[float, float, float, float]) -> int:
    """How many dark pixels of a picture are inside a box, in shares of its size."""
    picture = Image.open(io.BytesIO(data)).convert("L")
    width, height = picture.size
    left, top, right, bottom = box
    part = picture.crop(
        (int(left * width), int(top * height), int(right * width), int(bottom * height))
    )
    return sum(part.histogram()[:128])


def test_a_pdf_shows_its_page_with_the_box_round_the_word(tmp_path: Path) -> None:
    desk = printed(tmp_path)
    image = desk.get("entry", {"id": "E001"})["image"]
    assert (image["width"], image["height"]) == (300, 400)
    assert image["src"] == "api/scan?file=manuscript%2Fsource%2Fharbour.pdf&page=1"
    ((left, top, right, bottom),) = image["boxes"]
    with open_pdf((tmp_path / "manuscript/source/harbour.pdf").read_bytes(), "x.pdf") as file:
        words = [word for line in next(file.pages).lines for word in line.words]
    (word,) = [word.box for word in words if word.text == "teh"]
    assert word.left - 3 < left < word.left < word.right < right < word.right + 3
    assert top < word.top < word.bottom < bottom
    data = desk.get("scan", {"file": "manuscript/source/harbour.pdf", "page": "1"}).data
    assert ink(data, (left / 300, top / 400, right / 300, bottom / 400)) > 20
    assert ink(data, (0.0, 0.5, 1.0, 1.0)) == 0
    second = desk.get("scan", {"file": "manuscript/source/harbour.pdf", "page": "2"}).data
    assert second != data


def test_only_pages_of_the_sources_are_drawn(tmp_path: Path) -> None:
    desk = printed(tmp_path)
    for query in (
        {"file": "manuscript/source/harbour.pdf", "page": "3"},
        {"file": "manuscript/source/harbour.pdf", "page": "0"},
        {"file": "manuscript/source/harbour.pdf", "page": "-1"},
        {"file": "manuscript/book.toml", "page": "1"},
        {"file": "../../../etc/passwd", "page": "1"},
        {},
    ):
        with pytest.raises(LookupError):
            desk.get("scan", query)


def test_a_scan_shows_the_picture_beside_its_ocr(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(made, "TIFF")
    desk = book(tmp_path, "page.hocr", HOCR.encode(), "Under teh moonlight")
    assert desk.get("entry", {"id": "E001"})["image"] is None
    (tmp_path / "manuscript/source/page.tif").write_bytes(made.getvalue())
    desk = open_desk(desk.project, lambda step: None)
    image = desk.get("entry", {"id": "E001"})["image"]
    ((left, top, right, bottom),) = image["boxes"]
    assert 160 < left < 170 < 230 < right < 240
    assert 90 < top < 100 < 130 < bottom < 140
    shown = Image.open(io.BytesIO(desk.get("scan", {"file": "manuscript/source/page.hocr",
                                                    "page": "1"}).data))  # fmt: skip
    assert (shown.format, shown.size) == ("PNG", (600, 800))


def test_specks_before_a_line_do_not_move_the_box(tmp_path: Path) -> None:
    speck = '<span class="ocrx_word" title="bbox 20 100 30 130">|</span> '
    word = '<span class="ocrx_word" title="bbox 50 {0} 550 {1}; x_wconf 90">and.so on and.so</span>'
    line = '<span class="ocr_line" title="bbox 20 {0} 550 {1}">' + speck + word + "</span>"
    more = "".join(line.format(y, y + 30) for y in range(200, 500, 50))
    made = io.BytesIO()
    Image.new("L", (600, 800), 255).save(made, "PNG")

    def boxes(name: str, first: str) -> list[list[float]]:
        page = HOCR.replace('130"><span', f'130">{first}<span', 1).replace(
            "</div>", f"{more}</div>"
        )
        (tmp_path / name / "manuscript/source").mkdir(parents=True)
        (tmp_path / name / "manuscript/source/page.png").write_bytes(made.getvalue())
        desk = book(tmp_path / name, "page.hocr", page.encode(), "Under teh moonlight")
        found = desk.get("entry", {"id": "E001"})["image"]["boxes"]
        assert isinstance(found, list)
        return found

    ((left, _, right, _),) = boxes("with", speck)
    assert 160 < left < 170 < 230 < right < 240
    assert boxes("without", "") == boxes("again", speck)


def test_a_tiff_beside_ocr_shows_each_of_its_pages(tmp_path: Path) -> None:
    made = io.BytesIO()
    pages = [Image.new("L", (60, 80), shade) for shade in (255, 0)]
    pages[0].save(made, "TIFF", save_all=True, append_images=pages[1:])
    desk = book(tmp_path, "page.hocr", HOCR.encode(), "Under teh moonlight")
    (tmp_path / "manuscript/source/page.tif").write_bytes(made.getvalue())
    desk = open_desk(desk.project, lambda step: None)

    def shade(page: str) -> object:
        data = desk.get("scan", {"file": "manuscript/source/page.hocr", "page": page}).data
        return Image.open(io.BytesIO(data)).getpixel((30, 40))

    assert (shade("1"), shade("2")) == (255, 0)
    for page in ("3", "0", "-1"):
        with pytest.raises(LookupError):
            shade(page)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"II*\0" * 9])
def test_a_damaged_picture_is_told(data: bytes) -> None:
    with pytest.raises(ManuscriptError, match="cannot be shown"):
        page_picture(data, "page.png", 1000)


def test_a_picture_is_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.BytesIO()
    Image.new("RGB", (3000, 4000), "white").save(made, "PNG")
    small = Image.open(io.BytesIO(page_picture(made.getvalue(), "page.png", 1000)))
    assert small.size == (1000, 1333)
    monkeypatch.setattr("booktools.engines.pictures.MOST", 1_000_000)
    with pytest.raises(ManuscriptError):
        page_picture(made.getvalue(), "page.png", 1000)


def test_text_sources_have_no_pictures(tmp_path: Path) -> None:
    from review_book import make_book

    desk = open_desk(make_book(tmp_path), lambda step: None)
    assert desk.get("entry", {"id": "E001"})["image"] is None
    with pytest.raises(LookupError):
        desk.get("scan", {"file": "manuscript/source/harbour.txt", "page": "1"})
