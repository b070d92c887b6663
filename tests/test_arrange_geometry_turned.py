"""Turned writing beside the text, and heads and folios close to it, of printed pages."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.model.galley import Role
from booktools.model.page import Pages
from booktools.model.printed_page import Box, Hidden, PrintedLine, PrintedWord
from printed_pages import BODY, column, line, page, read

FULL = "words that fill the measure from its left edge to"


def of(role: Role, pages: Pages) -> list[str]:
    galley = arrange(pages, Layout()).galley
    return [" ".join(b.text.split()) for b in galley.blocks if b.role is role]


def sideways(text: str, why: Hidden = Hidden.NO) -> PrintedLine:
    word = PrintedWord(text, Box(288, 150, 296, 250), 295.0, BODY, hidden=why)
    return PrintedLine((word,), turn=3)


def body(top: float = 60) -> list[PrintedLine]:
    return column([[FULL, FULL, "and it ends here."]] * 3, 20, top, to=280)


def test_what_is_turned_beside_the_text_of_many_pages_is_furniture() -> None:
    pages = [page(*body(), sideways("library-of-the-quay"), number=n) for n in range(1, 5)]
    assert of(Role.FURNITURE, read(*pages)) == ["library-of-the-quay"] * 4


def test_what_is_turned_once_is_no_part_of_a_sentence() -> None:
    """Not even of one that breaks off beside it."""
    open_end = column([[FULL, "and it goes"]], 20, 60, to=280)
    found = read(page(*open_end, sideways("photograph-by-a-friend")), page(line("On.", 20, 60)))
    assert of(Role.CAPTION, found) == ["photograph-by-a-friend"]
    assert not any("photograph" in text for text in of(Role.PARAGRAPH, found))


def test_a_page_that_is_turned_as_a_whole_is_text() -> None:
    rows = [
        PrintedLine(
            tuple(
                PrintedWord(
                    w, Box(60 + 12 * n, 330 - 25 * at, 70 + 12 * n, 350 - 25 * at), 68.0 + n
                )
                for at, w in enumerate(["a", "word", "of", "this"])
            ),
            turn=3,
        )
        for n in range(4)
    ]
    assert not of(Role.CAPTION, read(page(*rows)))


@pytest.mark.parametrize(("pages", "gone"), [(6, True), (4, False)])
def test_heads_and_folios_close_to_the_text(pages: int, gone: bool) -> None:
    """A habit of so many pages needs no gap; the first line of the text is none."""
    made = [
        page(
            line("The Salt Road", 100, 48),
            *body(),
            line(str(n + 20), 140, 60 + 9 * 12),
            number=n,
        )
        for n in range(1, pages + 1)
    ]
    found = of(Role.FURNITURE, read(*made))
    assert found == (["The Salt Road", "21", *[x for n in range(22, 27)
                      for x in ("The Salt Road", str(n))]] if gone else [])  # fmt: skip


def test_a_line_of_text_that_comes_back_is_no_head() -> None:
    made = [page(*body(), number=n) for n in range(1, 9)]
    assert not of(Role.FURNITURE, read(*made))
