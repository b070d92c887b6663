"""Levels of printed headings: what looks alike is alike, and the file's own contents decide."""

from __future__ import annotations

from booktools.arrange.geometry_ranks import ranked
from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role
from print_rows import BODY, Set, print_rows

PROSE = "The tide went out beyond the harbour wall. " * 30


def book(
    *lines: tuple[str, float],
    framed: frozenset[int] = frozenset(),
    depths: dict[int, int] | None = None,
) -> list[tuple[str, int, str]]:
    """Lines with the sizes of their letters → role, level and text of those larger than text."""
    rows = print_rows(
        [Set(text, size, frame=1 if at in framed else -1) for at, (text, size) in enumerate(lines)]
    )
    heads = [
        Stretch(at, at, Role.HEADING, "larger") for at, (_, size) in enumerate(lines) if size > BODY
    ]
    out = ranked(rows, heads, depths or {})
    return [(s.role.value, s.level, lines[s.first][0]) for s in out]


def test_the_largest_that_come_again_are_chapters_and_smaller_ones_stand_below() -> None:
    assert book(
        ("Wind", 18), (PROSE, 10), ("Sails", 13), (PROSE, 10), ("Knots", 11), (PROSE, 10),
        ("Water", 18), (PROSE, 10), ("Hulls", 13), (PROSE, 10),
    ) == [
        ("title", 0, "Wind"), ("heading", 2, "Sails"), ("heading", 3, "Knots"),
        ("title", 0, "Water"), ("heading", 2, "Hulls"),
    ]  # fmt: skip


def test_a_number_right_above_belongs_to_its_title() -> None:
    assert book(
        ("IV", 14), ("The Ferry", 16), (PROSE, 10), ("V", 14), ("The Inn", 16), (PROSE, 10),
    ) == [
        ("label", 0, "IV"), ("title", 0, "The Ferry"), ("label", 0, "V"), ("title", 0, "The Inn"),
    ]  # fmt: skip


def test_numbers_alone_are_titles() -> None:
    assert book(("I", 14), (PROSE, 10), ("II", 14), (PROSE, 10)) == [
        ("title", 0, "I"),
        ("title", 0, "II"),
    ]


def test_one_larger_line_before_all_is_the_book_s_own() -> None:
    found = book(("Harbours", 30), ("Wind", 18), (PROSE, 10), ("Water", 18), (PROSE, 10))
    assert [role for role, _, _ in found] == ["title", "title", "title"]


def test_display_lines_close_together_begin_no_chapters() -> None:
    found = book(("ANNA", 12), ("Where is he?", 10), ("OTTO", 12), ("At the gate.", 10))
    assert {(role, level) for role, level, _ in found} == {("heading", 2)}


def test_what_stands_in_a_frame_begins_no_chapter() -> None:
    found = book(
        ("Wind", 18), (PROSE, 10), ("Of Sailmakers", 18), (PROSE, 10), ("Water", 18), (PROSE, 10),
        framed=frozenset({2}),
    )  # fmt: skip
    assert [role for role, _, _ in found] == ["title", "heading", "title"]


def test_sizes_that_a_scan_measures_roughly_are_one() -> None:
    found = book(("Wind", 18.2), (PROSE, 10), ("Water", 17.6), (PROSE, 10))
    assert [role for role, _, _ in found] == ["title", "title"]


def test_the_file_s_own_contents_decide() -> None:
    lines = [
        ("Wind", 14), (PROSE, 10), ("Sails", 14), (PROSE, 10), ("Water", 14), (PROSE, 10),
        ("Of Sailmakers", 12), (PROSE, 10),
    ]  # fmt: skip
    assert book(*lines, depths={0: 1, 2: 2, 4: 1}) == [
        ("title", 0, "Wind"), ("heading", 2, "Sails"), ("title", 0, "Water"),
        ("heading", 3, "Of Sailmakers"),
    ]  # fmt: skip


def test_a_single_entry_above_the_others_is_the_book() -> None:
    lines = [("Harbours", 24), ("Wind", 14), (PROSE, 10), ("Water", 14), (PROSE, 10)]
    found = book(*lines, depths={0: 1, 1: 2, 3: 2})
    assert [(role, level) for role, level, _ in found] == [("title", 0)] * 3


def test_no_level_is_deeper_than_markup_has() -> None:
    lines = [(f"Head {n}", 30.0 - 2 * n) for n in range(9)]
    found = book(*lines, ("Head", 30.0), (PROSE, 10), depths={n: n + 1 for n in range(9)})
    assert max(level for _, level, _ in found) == 6
