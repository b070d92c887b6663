"""The pictures of PDF sources: taken out, told from ornaments, put in their places."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from booktools import fresh, pipeline
from booktools.engines import pdf_picture_worker, pdf_pictures, pdf_source
from booktools.errors import ConfigError
from booktools.model.book import Figure, Paragraph, SceneBreak
from booktools.model.finding import Severity
from booktools.newproject import Wishes
from booktools.store import Project, open_project
from pdf_files import at, column, pdf

PROSE = [
    "It was raining on the quay, and nobody could say",
    "when the ferry would come, if it came at all, nor",
    "who would be on it when it did.  The lamps were lit.",
]


def jpeg(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> bytes:
    made = io.BytesIO()
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.paste((20, 20, 220), (0, 0, size[0] // 2, size[1]))
    picture.convert(mode).save(made, "JPEG", quality=95)
    return made.getvalue()


def image(data: bytes, keys: str, size: tuple[int, int] = (60, 40)) -> str:
    head = f"<</Type/XObject/Subtype/Image/Width {size[0]}/Height {size[1]}{keys}"
    return f"{head}/Length {len(data)}>>\nstream\n" + data.decode("latin-1") + "\nendstream"


RGB = "/ColorSpace/DeviceRGB/BitsPerComponent 8"
DCT = RGB + "/Filter/DCTDecode"
PHOTO = image(jpeg(), DCT)


def drawn(name: str, x: float, y: float, wide: float = 120, high: float = 80) -> str:
    return f"q {wide} 0 0 {high} {x} {y} cm /{name} Do Q\n"


def text(top: float, lines: list[str] = PROSE) -> str:
    return column(lines, 30, top)


def objects(*bodies: str) -> dict[str, Any]:
    names = "".join(f"/P{n} {10 + n} 0 R" for n in range(len(bodies)))
    return {"extra": bodies, "resources": f"/XObject<<{names}>>"}


def book(tmp_path: Path, data: bytes) -> Project:
    (tmp_path / "print.pdf").write_bytes(data)
    begun = fresh.begin(
        str(tmp_path / "book"), [str(tmp_path / "print.pdf")], Wishes("Book", "en"), lambda s: None
    )
    assert begun.made, begun.recovery.findings
    return open_project(tmp_path / "book")


def blocks(project: Project) -> list[object]:
    return [block for chapter in pipeline.standing(project).chapters for block in chapter.blocks]


def taken(data: bytes, *numbers: int) -> tuple[Image.Image, pdf_pictures.TakenOut]:
    (answer,) = pdf_pictures.pictures(data, [(1, numbers or (0,))])
    assert not answer.fault
    return Image.open(io.BytesIO(answer.data)), answer


def near(pixel: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 25 for a, b in zip(pixel, wanted, strict=True))


# --- taken out ---------------------------------------------------------------------------


def test_a_plain_jpeg_is_given_byte_for_byte() -> None:
    data = pdf(drawn("P0", 30, 200), **objects(PHOTO))
    assert taken(data)[1] == pdf_pictures.TakenOut(jpeg(), ".jpg")


def test_cmyk_mirrored_and_masked_pictures_are_given_as_the_page_shows_them() -> None:
    cmyk = pdf(
        drawn("P0", 30, 200),
        **objects(
            image(jpeg("CMYK"), "/ColorSpace/DeviceCMYK/BitsPerComponent 8/Filter/DCTDecode")
        ),
    )
    assert taken(cmyk)[1].ending == ".png"
    mirrored = pdf("q -120 0 0 80 150 200 cm /P0 Do Q", **objects(PHOTO))
    picture, answer = taken(mirrored)
    assert answer.ending == ".png"
    assert near(picture.getpixel((5, 20)), (200, 30, 30))
    mask = image(b"\xff" * 1200 + b"\0" * 1200, "/ColorSpace/DeviceGray/BitsPerComponent 8")
    masked = pdf(drawn("P0", 30, 200), **objects(image(jpeg(), DCT + "/SMask 11 0 R"), mask))
    picture, answer = taken(masked)
    assert answer.ending == ".png"
    assert picture.size == (60, 40)
    assert near(picture.getpixel((5, 5)), (20, 20, 220))
    assert near(picture.getpixel((5, 35)), (255, 255, 255))


def test_a_clipping_path_and_a_turned_page_are_minded() -> None:
    clipped = pdf("q 30 200 60 80 re W n " + drawn("P0", 30, 200) + "Q", **objects(PHOTO))
    picture, _ = taken(clipped)
    assert picture.size == (30, 40)
    assert near(picture.getpixel((15, 20)), (20, 20, 220))
    turned = pdf(drawn("P0", 30, 200), page_keys="/Rotate 90", **objects(PHOTO))
    picture, _ = taken(turned)
    assert picture.size == (40, 60)
    assert near(picture.getpixel((20, 5)), (20, 20, 220))


def test_strips_of_one_picture_are_put_together() -> None:
    page = drawn("P0", 30, 280) + drawn("P0", 30, 200)
    data = pdf(page + text(150), **objects(PHOTO))
    picture, answer = taken(data, 0, 1)
    assert picture.size == (60, 80)
    assert answer.ending == ".png"


def test_pictures_in_forms_are_found_where_the_forms_put_them() -> None:
    form = (
        "<</Type/XObject/Subtype/Form/BBox[0 0 300 400]/Matrix[0.5 0 0 0.5 10 20]"
        "/Resources<</XObject<</P0 10 0 R>>>>/Length 32>>\nstream\n"
        "q 120 0 0 80 40 60 cm /P0 Do Q  \nendstream"
    )
    data = pdf(drawn("P1", 0, 0, 1, 1), **objects(PHOTO, form))
    with pdf_source.open_pdf(data, "x.pdf") as source:
        (page,) = source.pages
    (raster,) = page.rasters
    box = raster.box
    assert [round(side) for side in (box.left, 400 - box.bottom, box.right)] == [30, 50, 90]
    assert taken(data)[1].data == jpeg()


def test_a_damaged_picture_says_so_and_the_next_one_comes() -> None:
    broken = image(b"\xff\xd8\xff nonsense", DCT)
    page = drawn("P0", 30, 280) + drawn("P1", 30, 100)
    data = pdf(page, **objects(broken, PHOTO))
    one, two = pdf_pictures.pictures(data, [(1, (0,)), (1, (1,))])
    assert one.fault
    assert two.data == jpeg()
    assert [a.fault for a in pdf_pictures.pictures(b"%PDF-1.7 no", [(1, (0,))])] != [""]


def test_of_a_jpeg_that_was_cut_short_what_the_page_shows_is_taken() -> None:
    whole = jpeg(size=(600, 400))
    short = image(whole[: len(whole) * 3 // 4], DCT, (600, 400))
    shown, answer = taken(pdf(drawn("P0", 30, 200), **objects(short)))
    assert (answer.ending, shown.size) == (".png", (600, 400))


def test_pictures_that_take_too_long_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_picture_worker, "ALL_SECONDS", 0)
    data = pdf(drawn("P0", 30, 280) + drawn("P1", 30, 100), **objects(PHOTO, PHOTO))
    answers = list(pdf_pictures.pictures(data, [(1, (0,)), (1, (1,))]))
    assert [answer.fault for answer in answers] == ["to take out all takes too long"] * 2


# --- put in their places -----------------------------------------------------------------


def test_a_picture_goes_with_its_caption_and_one_without_is_asked_about(tmp_path: Path) -> None:
    pages = [
        text(380)
        + drawn("P0", 90, 250)
        + at("Fig. 1. The quay at dawn.", 90, 238, 7)
        + text(200)
        + text(164),
        text(380) + drawn("P1", 90, 230) + text(200) + text(164),
    ]
    other = image(jpeg(size=(90, 60)), DCT, (90, 60))
    project = book(tmp_path, pdf(*pages, **objects(PHOTO, other)))
    figures = [block for block in blocks(project) if isinstance(block, Figure)]
    assert [(f.image, bool(f.caption)) for f in figures] == [
        ("images/page-1.jpg", True),
        ("images/page-2.jpg", False),
    ]
    assert project.data("images/page-1.jpg") == jpeg()
    kinds = [type(block) for block in blocks(project)]
    assert kinds.index(Figure) not in (0, len(kinds) - 1)
    layout = project.text("manuscript/layout.toml")
    assert '# image = "images/page-2"' in layout
    recovered = pipeline.recover(project, lambda step: None)
    assert not recovered.images  # what is in images/ is not taken out again
    assert "LAY007" in {finding.code for finding in recovered.findings}


def test_decisions_on_pictures(tmp_path: Path) -> None:
    pages = [text(380) + drawn("P0", 90, 230) + text(200) + text(164)] * 2
    project = book(tmp_path, pdf(*pages, **objects(PHOTO)))
    layout = project.root / "manuscript/layout.toml"
    layout.write_text('[[picture]]\nimage = "images/page-1.jpg"\nalt = "A quay"\nwhy = "seen"\n')
    recovered = pipeline.recover(project, lambda step: None)
    assert "LAY007" not in {finding.code for finding in recovered.findings}
    assert 'alt="A quay"' in "".join(recovered.files.values())
    layout.write_text('[[picture]]\nimage = "images/page-1"\nrole = "furniture"\nwhy = "seen"\n')
    recovered = pipeline.recover(project, lambda step: None)
    assert "images/" not in "".join(recovered.files.values())
    layout.write_text('[[picture]]\nimage = "images/page-9.jpg"\nwhy = "seen"\n')
    with pytest.raises(ConfigError, match="no picture") as caught:
        pipeline.recover(project, lambda step: None)
    assert caught.value.place
    assert caught.value.place.line == 1


def _shown(project: Project) -> Mapping[str, int]:
    own = blocks(project)
    return {
        "figures": sum(isinstance(b, Figure) for b in own),
        "breaks": sum(isinstance(b, SceneBreak) for b in own),
        "paragraphs": sum(isinstance(b, Paragraph) for b in own),
    }


def test_logos_ornaments_and_papers_are_no_figures(tmp_path: Path) -> None:
    logo = image(jpeg(size=(30, 30)), DCT, (30, 30))
    stars = image(jpeg(size=(60, 12)), DCT, (60, 12))
    paper = image(jpeg(size=(64, 64)), DCT, (64, 64))
    pages = []
    for number in range(8):
        page = drawn("P2", 0, 0, 300, 400) + drawn("P0", 10, 370, 24, 24)
        page += text(350) + text(314)
        if number % 2:
            page += drawn("P1", 120, 260 - 6 * number, 60, 12) + text(240 - 6 * number)
        pages.append(page)
    project = book(tmp_path, pdf(*pages, **objects(logo, stars, paper)))
    shown = _shown(project)
    assert shown["figures"] == 0
    assert shown["breaks"] == 4
    assert shown["paragraphs"] > 3
    found = pipeline.recover(project, lambda step: None).findings
    notes = [finding for finding in found if finding.code == "LAY008"]
    assert len(notes) == 1
    assert "page after page" in notes[0].message
    assert notes[0].severity is Severity.NOTE


def test_a_full_page_plate_is_a_figure_and_the_first_page_a_cover(tmp_path: Path) -> None:
    plate = image(jpeg(size=(90, 120)), DCT, (90, 120))
    cover = drawn("P0", 0, 0, 300, 400)
    pages = [cover, text(380) + text(344), drawn("P1", 10, 10, 280, 380), text(380) + text(344)]
    project = book(tmp_path, pdf(*pages, **objects(PHOTO, plate)))
    figures = [block for block in blocks(project) if isinstance(block, Figure)]
    assert [figure.image for figure in figures] == ["images/page-3.jpg"]
    notes = [f for f in pipeline.recover(project, lambda s: None).findings if f.code == "LAY008"]
    assert ["cover" in note.message for note in notes] == [True]
