"""Checks of the book's build: images, headings, chapters, ids and links."""

from __future__ import annotations

from collections.abc import Iterator

from booktools.check.passages import Reading
from booktools.check.rule import Hit
from booktools.model.book import Chapter, ChapterRole, inline_text
from booktools.model.place import Place


def missing_image(reading: Reading) -> Iterator[Hit]:
    """A figure names an image that is not there. Its caption is set by itself.

    Bad:
        ![A view of the valley](images/absent.jpg)
    Good:
        ![A view of the valley](images/here.jpg)
    """
    for figure, place in reading.figures:
        if figure.image not in reading.images:
            yield Hit(f"there is no {figure.image}", place, figure.image)


def no_alt(reading: Reading) -> Iterator[Hit]:
    """A figure says nothing to those who cannot see it. What it shows belongs in `alt`; the
    caption alone rarely says it.

    Bad:
        ![A view of the valley](images/here.jpg)
    Good:
        ![A view of the valley](images/here.jpg){alt="Terraced fields above a river"}
    Keep:
        ![A view of the valley](images/absent.jpg)
    """
    for figure, place in reading.figures:
        if figure.image in reading.images and not figure.alt.strip():
            yield Hit(f"{figure.image} has no alternative text", place, figure.image)


def skipped_level(reading: Reading) -> Iterator[Hit]:
    """A heading is more than one level below the heading before it, so that those who
    listen to the book or use its contents look for the level between in vain.

    Bad:
        # The strike
        ### The first day
    Good:
        # The strike
        ## The first day
    Keep:
        # The strike
        ## The first day
        ### At dawn
        ## The second day
    """
    file, above = "", 1
    for heading, place in reading.headings:
        if place.file != file:
            file, above = place.file, 1
        if heading.level > above + 1:
            text = " ".join(inline_text(heading.inlines).split())
            yield Hit(f"a heading of level {heading.level} follows level {above}", place, text)
        above = heading.level


def empty_chapter(reading: Reading) -> Iterator[Hit]:
    """A chapter has a title and no text. A part may stand alone: its chapters follow it.

    Bad:
        # The strike
    Good:
        # The strike
        It began in May.
    Keep:
        # Part One {.part}
    """
    for chapter in reading.book.chapters:
        if not chapter.blocks and chapter.role is not ChapterRole.PART:
            title = " ".join(inline_text(chapter.title).split()) or chapter.label
            yield Hit("this chapter has no text", Place(chapter.file, chapter.line), title)


def doubled_id(reading: Reading) -> Iterator[Hit]:
    """Two things have the same id, so that a link to it leads to one of them by chance.

    Bad:
        ## May {#may}
        ## May again {#may}
    Good:
        ## May {#may}
        ## May again {#may-again}
    """
    seen: dict[str, Place] = {}
    for id, place in _ids(reading):
        if id in seen:
            yield Hit(f"the id “{id}” is already taken at {seen[id]}", place, id)
        seen.setdefault(id, place)


def dangling_link(reading: Reading) -> Iterator[Hit]:
    """A link leads to an id that nothing in the book has.

    Bad:
        See [the strike](#strike).
    Good:
        ## The strike {#strike}
        See [the strike](#strike).
    Keep:
        See [the archive](https://example.org/#strike).
    """
    ids = {id for id, _ in _ids(reading)}
    for target, place in reading.links:
        if target.startswith("#") and target[1:] not in ids:
            yield Hit(f"nothing in the book has the id “{target[1:]}”", place, target)


def _ids(reading: Reading) -> Iterator[tuple[str, Place]]:
    """All ids that are given, chapter by chapter."""
    chapters: list[Chapter] = list(reading.book.chapters)
    for chapter in chapters:
        if chapter.id:
            yield chapter.id, Place(chapter.file, chapter.line)
    for heading, place in reading.headings:
        if heading.id:
            yield heading.id, place
    for figure, place in reading.figures:
        if figure.id:
            yield figure.id, place
