"""Pages that nothing marks but the numbers that were printed on them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools import loose
from booktools.model.galley import Role
from booktools.read.dump import read_dump
from booktools.read.folios import page_starts

ROWS = (
    "The miller kept the only window that looked upon the road, and",
    "in the evenings he told what he had seen to the baker, who told",
    "it to the priest, so that by Sunday the whole parish knew of it",
)


def leaf(number: str, *, rows: int = 12, torn: bool = True, head: str = "") -> str:
    """A page whose last sentence runs over its foot where it is `torn`."""
    lines = [ROWS[n % len(ROWS)] for n in range(rows)]
    first = "and the river rose above the bridge." if torn else "The river rose."
    last = "who told it to nobody for a year" if torn else "Nobody knew of it."
    text = "\n".join([first, *lines, last])
    return f"{head}\n\n{text}\n\n{number}\n\n" if head else f"{text}\n\n{number}\n\n"


def book(first: int = 20, pages: int = 8, **how: object) -> str:
    return "".join(leaf(str(first + n), **how) for n in range(pages))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", ["{}", "[{}]", "— {} —"])
def test_numbers_that_count_on_end_pages(number: str) -> None:
    leaves = [leaf(number.format(n)) for n in range(20, 28)]
    text = "".join(leaves)
    assert [text[at:].lstrip() for at in page_starts(text)] == [
        "".join(leaves[n:]) for n in range(1, 8)
    ]


@pytest.mark.parametrize("head", ["The Salt Road {}", "{}   THE ROAD"])
def test_heads_with_numbers_begin_pages(head: str) -> None:
    text = "".join(leaf("", head=head.format(n)) for n in range(20, 28))
    assert [text[at:].split("\n")[0] for at in page_starts(text)] == [
        head.format(n) for n in range(21, 28)
    ]


def test_pages_without_a_number_do_not_end_the_count() -> None:
    leaves = [leaf("" if n in (23, 26) else str(n)) for n in range(20, 30)]
    assert len(page_starts("".join(leaves))) == 7


def test_a_head_on_every_page_will_do() -> None:
    assert len(page_starts(book(torn=False, head="THE SALT ROAD"))) == 7


@pytest.mark.parametrize(
    "text",
    [
        book(torn=False),  # chapters, or sonnets
        book(pages=4),
        "".join(leaf(str(n * n)) for n in range(4, 12)),
        "".join(leaf(str(n), rows=3 + 60 * (n % 3)) for n in range(20, 30)),
        "".join(leaf(str(n), rows=400) for n in range(20, 30)),
        "\n".join(f"{n}\nand the river" for n in range(1, 50)),  # a list
        "",
    ],
)
def test_other_numbers_begin_none(text: str) -> None:
    assert page_starts(text) == []


def test_what_the_dump_marks_itself_counts_more() -> None:
    marked = "\f".join(leaf(str(n)) for n in range(20, 28))
    assert len(read_dump([("a.txt", marked)]).pages) == 8
    assert len(read_dump([("a.txt", marked.replace("\f", ""))]).pages) == 8
    assert len(read_dump([("a.txt", marked.replace("\f", ""))], "none").pages) == 1


def test_lines_that_happen_to_begin_with_a_blank_do_not() -> None:
    text = book().replace("\nit to the priest", "\n it to the priest", 3)
    assert len(read_dump([("a.txt", text)]).pages) == 8
    assert len(read_dump([("a.txt", text)], "leading-space").pages) == 4


def test_heads_and_folios_go_and_sentences_run_over_them() -> None:
    leaves = [leaf(str(n), head="THE SALT ROAD") for n in range(20, 28)]
    made = loose.recover_text([("a.txt", "".join(leaves))], ("en",), lambda step: None)
    roles = {block.role for block in made.galley.blocks}
    furniture = [b.raw for b in made.galley.blocks if b.role is Role.FURNITURE]
    assert sum(text.strip().isdigit() for text in furniture) == 8
    assert not roles & {Role.HEADING, Role.CAPTION}
    text = "\n".join(b.text for b in made.galley.blocks if b.role is not Role.FURNITURE)
    assert text.count("nobody for a year and the river rose") == 7


@given(st.text("ab .-\n\n\n1234567890", max_size=400))
def test_starts_are_lines_in_their_order(text: str) -> None:
    starts = page_starts(text * 9)
    assert all(one < two for one, two in pairwise(starts))
    assert all((text * 9)[at - 1] == "\n" for at in starts)


def test_a_text_of_numbers_takes_bounded_time() -> None:
    page_starts("7\n" * 2_000_000)
    page_starts(" " * 2_000_000 + "\n")
    page_starts("a" * 2_000_000)
    page_starts("7" + " a" * 1_000_000)
