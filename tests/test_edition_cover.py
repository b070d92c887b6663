"""The cover set from the metadata."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from booktools.edition.cover import SIZE, Cover, cover
from booktools.model.book import Metadata, Person
from epub_books import HOSTILE, META

FONTS = Path(__file__).parents[1] / "styles" / "fonts"
REGULAR = (FONTS / "Vollkorn-Regular.ttf").read_bytes()
ITALIC = (FONTS / "Vollkorn-Italic.ttf").read_bytes()


def made(meta: Metadata) -> Cover:
    return cover(meta, REGULAR, ITALIC)


def picture(meta: Metadata) -> Image.Image:
    return Image.open(io.BytesIO(made(meta).png)).convert("RGB")


@pytest.mark.parametrize(
    "meta",
    [
        META,
        HOSTILE.meta,
        Metadata("", "en"),
        Metadata("W" * 3000, "en"),
        Metadata("many words " * 300, "en", creators=(Person("A B " * 200),)),
    ],
    ids=["small", "hostile", "empty", "one long word", "many words"],
)
def test_any_cover_is_whole_and_small(meta: Metadata) -> None:
    data = made(meta).png
    assert len(data) < 300_000
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        assert image.size == SIZE


def test_the_same_metadata_give_the_same_bytes() -> None:
    assert made(META) == made(META)


@pytest.mark.parametrize("name", ["title", "subtitle", "publisher", "creators"])
def test_every_line_is_drawn(name: str) -> None:
    other = (Person("Bo Li"),) if name == "creators" else "Winter Flour"
    plain = replace(META, subtitle="", publisher="", creators=())
    assert made(replace(plain, **{name: other})).png != made(plain).png


def test_the_words_stay_inside_the_label() -> None:
    """Between the label's rules and its edge there is only paper."""
    for meta in (META, Metadata("Wm " * 60, "en", creators=(Person("W" * 90),))):
        image = picture(meta)
        top = next(y for y in range(SIZE[1]) if image.getpixel((800, y)) == (0xF6, 0xF0, 0xE2))
        left, right = 225, SIZE[0] - 225
        column = image.crop((left + 54, top + 60, left + 90, top + 400))
        assert {colour for _, colour in column.getcolors() or ()} == {(0xF6, 0xF0, 0xE2)}
        column = image.crop((right - 90, top + 60, right - 54, top + 400))
        assert {colour for _, colour in column.getcolors() or ()} == {(0xF6, 0xF0, 0xE2)}


def test_a_book_keeps_its_colour() -> None:
    assert picture(META).getpixel((0, 60)) == picture(replace(META, date="2020")).getpixel((0, 60))
    colours = {picture(Metadata(title, "en")).getpixel((25, 12)) for title in "abcdefgh"}
    assert len(colours) > 2


def test_what_the_fonts_lack_is_named_and_signs_are_left_out() -> None:
    foreign = replace(META, title="خبز", subtitle="Pan 🐉")
    assert made(foreign).undrawn == ("خبز",)
    assert made(META).undrawn == ()
    one, other = replace(META, title="Pan 🐉"), replace(META, title="Pan")
    label = (225, 400, 1375, 1600)
    same = [
        picture(meta).convert("L").crop(label).point(lambda v: 255 * (v < 100))
        for meta in (one, other)
    ]
    assert (
        same[0].crop((100, 200, 1050, 900)).tobytes()
        == same[1].crop((100, 200, 1050, 900)).tobytes()
    )
