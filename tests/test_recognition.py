"""Scans: Tesseract as it is, and missing, crashing, hanging or lying."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from booktools import newproject, recognition
from booktools.config import parse_book_toml
from booktools.engines import ocr, pictures, raster_worker, rasters
from booktools.errors import EngineFailed, EngineMissing, SourceError
from booktools.model.finding import Finding
from booktools.read.scans import scan_pages
from booktools.store import Project

HOCR = """<html><body><div class='ocr_page' id='page_1' title='image "x"; bbox 0 0 900 900'>
<span class='ocr_line' id='line_1_1' title="bbox 1 1 500 40; x_size 34">
<span class='ocrx_word' id='word_1_1' title='bbox 1 1 99 40; x_wconf 90'>WORD</span></span>
</div></body></html>
"""


def scan(*texts: str) -> bytes:
    """A PDF of pictures alone, one a page."""
    from PIL import Image, ImageDraw, ImageFont

    pages = []
    for text in texts:
        page = Image.new("L", (1240, 400), 255)
        font = ImageFont.load_default(40)
        for row, line in enumerate(text.split("\n")):
            ImageDraw.Draw(page).text((80, 60 + 70 * row), line, font=font, fill=0)
        pages.append(page.convert("RGB"))
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=150, save_all=True, append_images=pages[1:])
    return out.getvalue()


TWO = scan("The ferry was late.\nNobody knew why.", "It came at noon.")


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a `tesseract` of ours, the only one there is; it counts its pages."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def engine(folder: Path, page: str, version: str = "tesseract 9.9") -> None:
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        f'case "$1" in --version) echo "{version}"; exit;; '
        'esac\ncase "$1" in --list-langs) echo "List:"; echo eng; echo spa; exit;; esac\n'
        f"echo page >> {folder}/count\n/bin/cat > /dev/null\n{page}\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def counted(folder: Path) -> int:
    count = folder / "count"
    return len(count.read_text().split()) if count.exists() else 0


def read(data: bytes, where: Path, languages: tuple[str, ...] = ("en",)) -> bytes:
    return recognition.recognised(data, "scan.pdf", languages, book(where), lambda step: None)


def book(where: Path) -> Project:
    """A project in a folder."""
    text = newproject.files(newproject.Wishes("T", "en"), "urn:x:1")
    return Project(where, parse_book_toml(text["manuscript/book.toml"], "manuscript/book.toml"))


GIVES = f"/bin/cat <<'END'\n{HOCR}END"


def words(hocr: bytes) -> list[str]:
    found: list[Finding] = []
    pages = scan_pages(hocr, "scan.hocr", found)
    return [word.text for page in pages for line in page.lines for word in line.words]


# --- a fake one ---------------------------------------------------------------------------


def test_every_page_is_read_once(fake: Path, tmp_path: Path) -> None:
    engine(fake, GIVES)
    first = read(TWO, tmp_path)
    assert words(first) == ["WORD", "WORD"]
    assert b"id='page_2'" in first
    assert b"id='word_2_1'" in first
    assert counted(fake) == 2
    assert read(TWO, tmp_path) == first
    assert counted(fake) == 2
    assert sorted(p.name for p in (tmp_path / "build/ocr").rglob("*.hocr")) == [
        "page-00001.hocr",
        "page-00002.hocr",
    ]


def test_another_language_or_version_reads_anew(fake: Path, tmp_path: Path) -> None:
    engine(fake, GIVES)
    read(TWO, tmp_path)
    read(TWO, tmp_path, ("en", "es"))
    assert counted(fake) == 4
    engine(fake, GIVES, "tesseract 10")
    read(TWO, tmp_path)
    assert counted(fake) == 6


def test_a_run_that_was_stopped_goes_on(fake: Path, tmp_path: Path) -> None:
    engine(fake, f"test $(/usr/bin/wc -l < {fake}/count) -lt 2 || exit 1\n{GIVES}")
    with pytest.raises(EngineFailed, match=r"scan\.pdf \(page 2\): tesseract failed"):
        read(TWO, tmp_path)
    engine(fake, GIVES)
    assert words(read(TWO, tmp_path)) == ["WORD", "WORD"]
    assert counted(fake) == 3


def test_a_run_that_was_killed_goes_on(fake: Path, tmp_path: Path) -> None:
    """Through the real command, killed without a word while it waits for the second page."""
    engine(fake, f"test $(/usr/bin/wc -l < {fake}/count) -lt 2 || exec /bin/sleep 60\n{GIVES}")
    (tmp_path / "scan.pdf").write_bytes(TWO)
    command = [sys.executable, "-m", "booktools.cli", "recover", "scan.pdf", "--ocr"]
    world = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    first = subprocess.Popen(command, cwd=tmp_path, env=world)
    for _ in range(1200):
        if counted(fake) == 2:
            break
        time.sleep(0.05)
    first.kill()
    first.wait()
    assert not (tmp_path / "scan.hocr").exists()
    engine(fake, GIVES)
    done = subprocess.run(command, cwd=tmp_path, env=world, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert words((tmp_path / "scan.hocr").read_bytes()) == ["WORD", "WORD"]
    assert counted(fake) == 3


def test_a_page_that_was_cut_off_is_read_again(fake: Path, tmp_path: Path) -> None:
    engine(fake, GIVES)
    read(TWO, tmp_path)
    kept = next((tmp_path / "build/ocr").rglob("page-00002.hocr"))
    kept.write_text(HOCR[:90])
    assert words(read(TWO, tmp_path)) == ["WORD", "WORD"]
    assert counted(fake) == 3


def test_outside_a_project_pages_are_kept_in_the_users_cache(
    fake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(fake, GIVES)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    recognition.recognised(TWO, "scan.pdf", ("en",), None, lambda step: None)
    assert len(list((tmp_path / "cache/booktools/ocr").rglob("*.hocr"))) == 2


def test_progress_is_told_page_by_page(fake: Path, tmp_path: Path) -> None:
    engine(fake, GIVES)
    steps: list[str] = []
    recognition.recognised(TWO, "scan.pdf", ("en",), book(tmp_path), steps.append)
    assert steps == ["OCR: page 1 of 2", "OCR: page 2 of 2"]


def test_one_that_is_missing(fake: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineMissing) as caught:
        read(TWO, tmp_path)
    assert caught.value.exit_code == 7
    assert "apt-get install tesseract-ocr" in caught.value.hint


def test_a_language_that_is_missing(fake: Path, tmp_path: Path) -> None:
    engine(fake, GIVES)
    with pytest.raises(EngineMissing) as caught:
        read(TWO, tmp_path, ("de",))
    assert "apt-get install tesseract-ocr-deu" in caught.value.hint
    assert ocr.names_of(["en-GB", "es", "en"]) == ("eng", "spa")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("kill -SEGV $$", "signal 11"),
        ("echo 'no memory' >&2; exit 3", "exit code 3): no memory"),
        ("echo lies", "something else than hOCR"),
        ("exit 0", "something else than hOCR"),
        ("echo '<html>ocr_page</html>'", "cannot be read"),
        (
            "echo '<body><div class=ocr_page></div><div class=ocr_page></div></body></html>'",
            "cannot",
        ),
    ],
)
def test_one_that_crashes_or_lies(fake: Path, tmp_path: Path, page: str, said: str) -> None:
    engine(fake, page)
    with pytest.raises(EngineFailed) as caught:
        read(TWO, tmp_path)
    assert said in caught.value.message
    assert caught.value.exit_code == 8
    assert caught.value.place
    assert caught.value.place.page == 1
    assert not list(tmp_path.rglob("*.hocr"))


def test_one_that_hangs_is_stopped_with_what_it_started(fake: Path) -> None:
    engine(fake, f"/bin/sleep 60 & echo $! > {fake}/child; wait")
    with pytest.raises(EngineFailed, match=r"stopped after 0\.5 seconds"):
        ocr.recognise(b"", ("eng",), 300, timeout=0.5)
    child = Path(f"/proc/{(fake / 'child').read_text().strip()}/stat")
    for _ in range(100):
        if not child.exists() or child.read_text().split()[2] == "Z":  # dead, not yet buried
            return
        time.sleep(0.05)
    pytest.fail("what the engine started goes on")


def test_one_that_does_not_tell_its_version(fake: Path, tmp_path: Path) -> None:
    engine(fake, GIVES, "something else")
    with pytest.raises(EngineFailed, match="version"):
        read(TWO, tmp_path)


# --- pictures of pages --------------------------------------------------------------------


def test_pages_are_drawn_in_grey_at_the_wanted_size() -> None:
    from PIL import Image

    assert rasters.count_pages(TWO, "scan.pdf") == 2
    ((number, data),) = rasters.pictures(TWO, "scan.pdf", [2], 300)
    picture = Image.open(io.BytesIO(data))
    assert (number, picture.format, picture.mode) == (2, "PNG", "L")
    assert picture.size == pytest.approx((2480, 800), abs=2)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "empty"), (b"Dear reader", "not a PDF"), (TWO[:300], "cut off")],
)
def test_what_is_no_pdf(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        rasters.count_pages(data, "scan.pdf")


def test_a_pdf_that_cannot_be_opened() -> None:
    with pytest.raises(SourceError, match="damaged"):
        rasters.count_pages(b"%PDF-1.4\nnothing\n%%EOF\n", "scan.pdf")


def test_a_page_that_cannot_be_drawn() -> None:
    pages = rasters.pictures(TWO, "scan.pdf", [1, 9], 72)
    assert next(pages)[0] == 1
    with pytest.raises(EngineFailed, match=r"\(page 9\): pdfium cannot draw page 9"):
        next(pages)


def test_a_sheet_without_measure_is_drawn_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2
    from PIL import Image

    monkeypatch.setattr(raster_worker, "MOST_PIXELS", 10_000)
    document = pypdfium2.PdfDocument(TWO)
    picture = Image.open(io.BytesIO(raster_worker.drawn(document, 1, 300)))
    assert picture.width * picture.height < 11_000


# --- pictures that are scans --------------------------------------------------------------


def tiff(*shades: int, dpi: float = 200) -> bytes:
    """A TIFF with a page of each shade."""
    from PIL import Image

    pages = [Image.new("L", (90 + number, 60), shade) for number, shade in enumerate(shades)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(dpi, dpi))
    return out.getvalue()


@pytest.mark.parametrize("ending", ["tif", "TIFF"])
def test_all_pages_of_a_tiff_are_read(fake: Path, tmp_path: Path, ending: str) -> None:
    engine(fake, GIVES)
    steps: list[str] = []
    made = recognition.recognised(
        tiff(0, 128, 255), f"scan.{ending}", ("en",), book(tmp_path), steps.append
    )
    assert words(made) == ["WORD"] * 3
    assert steps == [f"OCR: page {number} of 3" for number in (1, 2, 3)]


def test_each_page_of_a_tiff_is_its_own() -> None:
    from PIL import Image

    data = tiff(0, 128, 255)
    assert pictures.count_pages(data, "a.tif") == 3
    drawn = list(pictures.scanned_pages(data, "a.tif", [3, 1], 300))
    shown = [Image.open(io.BytesIO(page)) for _, page, _ in drawn]
    assert [number for number, _, _ in drawn] == [3, 1]
    assert [dots for _, _, dots in drawn] == [200, 200]
    assert [(one.mode, one.size, one.getpixel((5, 5))) for one in shown] == [
        ("L", (92, 60), 255),
        ("L", (90, 60), 0),
    ]
    ((_, _, dots),) = pictures.scanned_pages(tiff(0, dpi=3), "a.tif", [1], 300)
    assert dots == 300  # nobody scans at three dots to the inch


def test_a_clear_picture_lies_on_white() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(out, "PNG")
    assert pictures.count_pages(out.getvalue(), "a.png") == 1
    ((_, page, _),) = pictures.scanned_pages(out.getvalue(), "a.png", [1], 300)
    assert Image.open(io.BytesIO(page)).getpixel((4, 4)) == 255


@pytest.mark.parametrize("data", [b"", b"II*\0" * 9, tiff(0, 9)[:-30], b"%PDF-1.4", b"GIF89a"])
def test_a_scan_that_is_no_picture(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot be read|scan\.tif") as caught:
        list(pictures.scanned_pages(data, "scan.tif", [pictures.count_pages(data, "scan.tif")], 9))
    assert caught.value.exit_code == 5


def test_a_tiff_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PAGES", 3)
    assert pictures.count_pages(tiff(0, 1, 2), "a.tif") == 3
    with pytest.raises(SourceError, match="more than 3 pages"):
        pictures.count_pages(tiff(0, 1, 2, 3), "a.tif")


def test_a_picture_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST", 100)
    with pytest.raises(SourceError, match="too large"):
        list(pictures.scanned_pages(tiff(0), "a.tif", [1], 300))


# --- the real one -------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scan_is_read(tmp_path: Path) -> None:
    try:
        hocr = read(TWO, tmp_path)
    except EngineMissing as missing:
        pytest.skip(missing.message)
    assert " ".join(words(hocr)) == "The ferry was late. Nobody knew why. It came at noon."
