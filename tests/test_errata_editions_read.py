"""Strangers' PDF pages and plain texts as lines to be compared."""

from __future__ import annotations

from booktools.errata.line import Line
from booktools.errata.printed import printed_lines
from booktools.errata.typed import typed_lines
from booktools.model.pdf import PdfLine, PdfPage


def page(number: int, *lines: tuple[str | float, ...]) -> PdfPage:
    """A page of lines (text, height, size) and, where it matters, where they begin and end."""
    made = []
    for text, y, size, *ends in lines:
        x, right = map(float, ends or (50, 0))
        made.append(PdfLine(str(text), x, float(y), float(size), right))
    return PdfPage(number, str(number), 400.0, 600.0, tuple(made))


def printed(*pages: PdfPage) -> tuple[list[str], list[str]]:
    """The lines of the text, and those of the notes."""
    lines = [line for line in printed_lines(pages, "a.pdf") if not line.copy]
    return [x.text for x in lines if not x.note], [x.text for x in lines if x.note]


def test_notes_at_the_foot_go_without_their_numbers_and_calls() -> None:
    one = page(
        1,
        ("They sold salt1", 500, 10, 50, 120),
        (". Nobody", 500, 10, 120.5, 160),
        ("came in 1871 to buy 3", 488, 10),
        ("1. Three pence a pound", 100, 8),
        ("as it is said.", 90, 8),
    )
    rest = ("said, too, by others.", 100, 8), ("2 Two pence", 90, 8)
    body = ("and further on, to the town and beyond it, all of them", 488, 10)
    two = page(2, ("On they went2", 500, 10), body, *rest)
    assert printed(one, two) == (
        ["They sold salt. Nobody", "came in 1871 to buy 3", "On they went", body[0]],
        ["Three pence a pound", "as it is said.", "said, too, by others.", "Two pence"],
    )


def test_small_print_without_numbers_is_text() -> None:
    one = page(1, ("They sold salt1.", 500, 10), ("“A road without inns.”", 100, 8))
    assert printed(one) == (["They sold salt1.", "“A road without inns.”"], [])


def test_a_head_that_repeats_a_title_is_none_of_the_text() -> None:
    title = page(1, ("The Salt Road", 500, 20))
    body = page(2, ("THE SALT ROAD", 590, 8), ("Nobody walked it now.", 500, 10), ("2", 20, 10))
    assert printed(title, body)[0] == ["The Salt Road", "Nobody walked it now."]


def test_heads_with_folios_are_no_text_and_labels_of_chapters_are() -> None:
    rows = (("Chapter 1", "It rained."), ("12 The Road", "So it went."), ("Chapter 2", "On."),
            ("14 The Road", "So it went on."), ("Chapter 3", "It ended."))  # fmt: skip
    pages = [page(n, (head, 590, 9), (text, 500, 10)) for n, (head, text) in enumerate(rows, 11)]
    assert printed(*pages)[0] == [
        "Chapter 1", "It rained.", "So it went.", "Chapter 2", "On.", "So it went on.",
        "Chapter 3", "It ended."]  # fmt: skip


def typed(text: str) -> list[Line]:
    return [line for line in typed_lines(text, "a.txt") if line.text.strip() and not line.copy]


def test_notes_of_a_plain_text_end_with_their_chapter() -> None:
    lines = typed("Salt[1] is sold.\n\n[1] Three pence\na pound.\n\nAnd more.\n\n\n\nThe Road\n")
    assert [(line.text.strip(), line.note) for line in lines] == [
        ("Salt is sold.", False),
        ("Three pence", True),
        ("a pound.", True),
        ("And more.", True),
        ("The Road", False),
    ]


CONTENTS = """\
The Book


Contents


Chapter 1: The Quay, and all that
    was seen there
The Road
Back cover
The End
Thanks


Chapter 1

The Quay, and all that was
seen there

It rained.

The Road

It ended here.

The End

Thanks
"""


def test_a_table_of_contents_is_no_text() -> None:
    shown = [line.text for line in typed(CONTENTS)]
    assert shown[:2] == ["The Book", "Chapter 1"]
    other = [line.text for line in typed("One\nTwo\n\nThree\n\nFour\n")]
    assert other == ["One", "Two", "Three", "Four"]


def copies(*pages: PdfPage) -> list[str]:
    return [line.text for line in printed_lines(pages, "a.pdf") if line.copy]


def test_the_head_that_a_table_repeats_is_a_copy() -> None:
    body = [(f"It was a long day and nobody came, {n}.", 500 - 12 * n, 10) for n in range(8)]
    rows = [(f"Alba {n} Hale", 300 - 12 * n, 9) for n in range(4)]
    one = page(1, *body, ("Ship Master", 312, 9), *rows)
    two = page(2, ("Ship Master", 560, 9), ("Corvo Hall", 548, 9), ("So it was.", 500, 10))
    assert copies(one, two) == ["Ship Master"]
    refrain = [(f"The lamps are lit {n}", 200 - 12 * n, 10) for n in range(3)]
    verse = page(1, *body, ("Lit, lit, lit", 212, 10), *refrain)
    assert copies(verse, page(2, ("Lit, lit, lit", 560, 10), ("Alas", 548, 10))) == []


def test_a_small_table_behind_a_note_is_none() -> None:
    body = [(f"It was a long day and nobody came, {n}.", 500 - 12 * n, 10) for n in range(8)]
    one = page(1, *body, ("1 Three pence.", 90, 8))
    two = page(2, *body, ("Ship Master", 312, 9), ("Alba Hale", 300, 9))
    assert printed(one, two)[1] == ["Three pence."]
    two = page(2, *body, ("and so on.", 102, 8), ("2 Two pence.", 90, 8))
    assert printed(one, two)[1] == ["Three pence.", "and so on.", "Two pence."]


def test_a_half_title_is_a_copy_of_the_title_page() -> None:
    half, title = page(1, ("The Road", 320, 14)), page(3, ("The Road", 300, 20), ("by A.", 200, 9))
    assert copies(half, page(2), title) == ["The Road"]
    author = page(3, ("A. Author", 500, 13), ("The Road", 300, 20), ("to the sea", 200, 13))
    assert copies(half, page(2), author) == ["The Road"]
