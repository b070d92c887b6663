"""The page that goes by mail: pictures of the places, bounded, and nothing from elsewhere."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from booktools.desk import scans
from booktools.desk.desk import Mailed, mailed, open_desk
from booktools.errata.answers import parse_answers
from booktools.errors import EngineFailed
from booktools.store import open_project
from review_book import booktools, make_book
from review_browser import PHONE, browser, reviewer, shows, violations, wait_for, wide
from test_review_picture import HOCR, book, printed

__all__ = ["browser"]  # the fixture

SECOND = """
[[erratum]]
id = "E002"
line = 6
found = "lamp"
wanted = "lantern"
context = "believed that the lamp would"
kind = "typo"
reason = "So the title says."
state = "open"
"""


def values(made: Mailed) -> Any:
    held = re.search(r'<script type="application/json" id="mailed">(.*?)</script>', made.page)
    assert held
    return json.loads(held[1])


def picture(data: str) -> Image.Image:
    assert data.startswith("data:image/webp;base64,")
    return Image.open(io.BytesIO(base64.b64decode(data.partition(",")[2])))


def export(folder: Path, pictures: int = 10**6) -> Mailed:
    return mailed(open_desk(open_project(folder), lambda step: None), pictures, lambda step: None)


def test_a_card_brings_the_place_of_its_page_along(tmp_path: Path) -> None:
    printed(tmp_path)
    made = export(tmp_path)
    assert (made.cards, made.pictures, made.left_out) == (1, 1, 0)
    said = values(made)
    (card,) = said["cards"]
    image = card["image"]
    shown = picture(said["pictures"][image["key"]]).convert("L")
    assert shown.width / shown.height == pytest.approx(image["width"] / image["height"], rel=0.05)
    # less than the page, more than the line
    assert image["width"] <= 300
    assert 30 < image["height"] < 150
    ((left, top, right, bottom),) = image["boxes"]
    assert 0 < left < right < image["width"]
    assert 0 < top < bottom < image["height"]
    share = shown.width / image["width"]
    inside = shown.crop(tuple(int(edge * share) for edge in (left, top, right, bottom)))
    assert sum(inside.histogram()[:128]) > 20  # the word's ink


def test_a_scan_beside_its_ocr_comes_along(tmp_path: Path) -> None:
    book(tmp_path, "page.hocr", HOCR.encode(), "Under teh moonlight")
    assert export(tmp_path).pictures == 0
    scan = Image.new("L", (1200, 1600), 255)
    scan.paste(0, (340, 200, 460, 260))  # where “teh” stands
    scan.save(tmp_path / "manuscript/source/page.png")
    said = values(export(tmp_path))
    image = said["cards"][0]["image"]
    shown = picture(said["pictures"][image["key"]]).convert("L")
    ((left, top, right, bottom),) = image["boxes"]
    share = shown.width / image["width"]
    inside = shown.crop(tuple(int(edge * share) for edge in (left, top, right, bottom)))
    assert sum(inside.histogram()[:64]) > 0.5 * inside.width * inside.height


def two(folder: Path) -> None:
    printed(folder)
    file = folder / "manuscript/errata.toml"
    file.write_text(f"{file.read_text('utf-8')}{SECOND}", "utf-8")


def test_pictures_have_no_more_room_than_they_are_given(tmp_path: Path) -> None:
    two(tmp_path)
    whole = export(tmp_path)
    assert (whole.cards, whole.pictures, whole.left_out) == (2, 2, 0)
    sizes = [len(data) for data in values(whole)["pictures"].values()]
    some = export(tmp_path, sizes[0] + 50)
    assert (some.pictures, some.left_out) == (1, 1)
    first, second = values(some)["cards"]
    assert first["image"]
    assert (second["image"], second["unpictured"]) == (None, "size")
    none = export(tmp_path, 0)
    assert (none.pictures, none.left_out, values(none)["pictures"]) == (0, 2, {})


def test_a_page_that_cannot_be_drawn_costs_its_picture_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(tmp_path)
    real = scans.Drawer.picture

    def broken(drawer: scans.Drawer, page: int) -> bytes:
        if page == 1:
            raise EngineFailed("pdfium cannot draw page 1")
        return real(drawer, page)

    monkeypatch.setattr(scans.Drawer, "picture", broken)
    made = export(tmp_path)
    first, second = values(made)["cards"]
    assert (first["image"], first["unpictured"]) == (None, "page")
    assert second["image"]
    assert (made.pictures, made.left_out) == (1, 0)


def test_the_command_says_what_goes_without_a_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two(tmp_path)
    file = str(tmp_path / "review.html")
    assert booktools(tmp_path, "review", "--export", file) == 0
    assert "2 open suggestions, 2 with a picture" in capsys.readouterr().out
    assert booktools(tmp_path, "review", "--export", file, "--pictures", "0") == 0
    assert "picture" not in capsys.readouterr().out


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_of_use_on_a_phone_without_a_network(
    browser: Browser, tmp_path: Path, scheme: Any
) -> None:
    folder = tmp_path / "book"
    two(folder)
    file = tmp_path / "review.html"
    assert booktools(folder, "review", "--export", str(file)) == 0
    how = {**PHONE, "color_scheme": scheme, "offline": True}
    with reviewer(browser, file.as_uri(), "Zoë Núñez", **how) as page:
        shows(page, "E001")
        image = page.get_by_alt_text("Part of source page 1")
        wait_for(lambda: image.evaluate("image => image.complete && image.naturalWidth") > 100)
        box, seen = page.locator(".scan .box").bounding_box(), page.locator("#scan-page")
        around = seen.bounding_box()
        assert box
        assert around
        # the word is inside what is seen of its page
        assert around["x"] <= box["x"] < box["x"] + box["width"] <= around["x"] + around["width"]
        assert violations(page) == []
        assert not wide(page)
        page.get_by_role("button", name="Accept", exact=False).first.click()
        shows(page, "E002")
        page.get_by_role("button", name="Save 1 answer").click()
        dialog = page.get_by_role("dialog", name="Send your answers")
        expect(dialog).to_contain_text("1 answer so far; 1 still open")
        assert violations(page) == []
        with page.expect_download() as loading:
            dialog.get_by_role("button", name="Save as a file").click()
        assert loading.value.suggested_filename == "answers-zoe-nunez.json"
        dialog.get_by_text("The browser saves no file?").click()
        text = dialog.get_by_label("Your answers as text").input_value()
        assert [answer.id for answer in parse_answers(text, "a.json").answers] == ["E001"]
        assert violations(page) == []


def test_text_without_scans_has_no_pictures(tmp_path: Path) -> None:
    make_book(tmp_path)
    made = export(tmp_path)
    assert (made.cards, made.pictures, made.left_out) == (6, 0, 0)
    assert all(card["image"] is None and "unpictured" not in card for card in values(made)["cards"])
