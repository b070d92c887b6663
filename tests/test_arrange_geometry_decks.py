"""Display text right under the titles of print, and nowhere else, is no heading."""

from __future__ import annotations

from dataclasses import replace

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.model.printed_page import Face, PrintedPage
from printed_pages import column, line, page, read

TITLE, DECK = Face("Serif", 22.0), Face("Serif-Italic", 13.0, italic=True)
WORDS = ("harbour", "channel", "parish", "island", "ferry", "mast", "sail", "rope", "bell", "lamp")
LINES = [
    f"and the {one} in the {two} was older than all of the others"
    for one, two in zip(WORDS * 3, WORDS[3:] + WORDS * 2, strict=False)
]


def opening(number: int, title: str, below: str) -> PrintedPage:
    heads = [line(title, 60, 50, TITLE), line(below, 60, 75, DECK)]
    return page(*heads, *column([LINES[:22]], 20, 110, to=280), number=number)


def roles(*pages: PrintedPage) -> list[tuple[str, str]]:
    blocks = arrange(read(*pages), Layout()).galley.blocks
    return [(b.role.value, b.raw.strip()) for b in blocks if len(b.raw) < 60]


def more(number: int, *heads: str) -> PrintedPage:
    lines = [line(head, 20, 40, DECK) for head in heads]
    return page(*lines, *column([LINES[4:]], 20, 60, to=280), number=number)


def test_a_line_under_each_title_is_a_deck() -> None:
    found = roles(
        opening(1, "The Water", "Why it failed"), more(2), opening(3, "The Road", "Who built it")
    )
    assert ("title", "The Water") in found
    assert ("deck", "Why it failed") in found
    assert ("deck", "Who built it") in found


def test_a_heading_that_stands_elsewhere_too_is_none() -> None:
    found = roles(
        opening(1, "The Water", "The sluices"), more(2, "The eels"), opening(3, "The Road", "Walls")
    )
    assert ("heading", "The sluices") in found
    assert ("heading", "Walls") in found


def test_on_a_scan_looks_that_differ_by_a_pixel_are_one() -> None:
    nearly = replace(DECK, size=13.5)
    pages = [opening(1, "The Water", "The sluices"), more(2), opening(3, "The Road", "Walls")]
    head = line("The eels", 20, 40, nearly)
    pages[1] = replace(pages[1], lines=(head, *pages[1].lines))
    assert ("deck", "Walls") in roles(*pages)
    scanned = [replace(one, scanned=True) for one in pages]
    assert ("heading", "Walls") in roles(*scanned)


def test_a_numbered_section_is_none() -> None:
    found = roles(
        opening(1, "The Water", "1.1 Sluices"), more(2), opening(3, "A Road", "2.1 Walls")
    )
    assert ("heading", "1.1 Sluices") in found
