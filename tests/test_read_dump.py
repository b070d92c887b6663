"""Text dumps become pages of lines, and not a character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.model.page import Pages
from booktools.read.dump import PAGE_MARKS, read_dump


def read(*texts: str, marks: str = "auto") -> Pages:
    return read_dump([(f"{n}.txt", text) for n, text in enumerate(texts, 1)], marks)


def rows(pages: Pages) -> list[list[str]]:
    """Each page's texts."""
    return [[line.text for line in page.lines] for page in pages.pages]


def numbers(pages: Pages) -> list[tuple[int, int]]:
    """(page, source line) of every line."""
    return [(line.page, line.number) for line in pages.lines()]


# --- page marks -----------------------------------------------------------------------


@pytest.mark.parametrize("marks", ["auto", "form-feed"])
def test_a_form_feed_begins_a_page(marks: str) -> None:
    pages = read("One\ntwo\n\fThree\n\n\fFour\n", marks=marks)
    assert rows(pages) == [["One", "two"], ["Three", ""], ["Four"]]
    assert numbers(pages) == [(1, 1), (1, 2), (2, 3), (2, 4), (3, 5)]


def test_lines_and_findings_count_the_same_lines() -> None:
    pages = read("One\n\fTwo\n\f\n\fFour\n")
    for line in pages.lines():
        place = pages.source.place(line.span.start)
        assert (place.line, place.page) == (line.number, line.page)


def test_a_form_feed_at_the_end_of_a_file_ends_its_last_page() -> None:
    assert rows(read("One\n\fTwo\n\f")) == [["One"], ["Two", ""]]
    assert rows(read("One\n\fTwo\n\f\n")) == [["One"], ["Two", ""]]
    assert rows(read("One\n\f", "Two\n\f")) == [["One", ""], ["Two", ""]]


def test_an_empty_page_is_a_page() -> None:
    assert [len(page.lines) for page in read("One\n\f\fThree\n").pages] == [1, 1, 1]
    assert [len(page.lines) for page in read("One\n\f\f").pages] == [1, 1]


def test_a_form_feed_before_the_first_page_makes_no_page() -> None:
    assert rows(read("\fOne\n\fTwo\n")) == [["One"], ["Two"]]


def test_a_form_feed_in_the_middle_of_a_line_makes_two_parts_of_it() -> None:
    pages = read("the end of one\fThe next\nends.\n")
    assert rows(pages) == [["the end of one"], ["The next", "ends."]]
    assert numbers(pages) == [(1, 1), (2, 1), (2, 2)]


PAGE = "Words of a page\nthat go on\nfor some lines.\n"


def test_a_leading_space_begins_a_page() -> None:
    pages = read(f"{PAGE} {PAGE} {PAGE}")
    assert len(pages.pages) == 3
    assert [page.lines[0].text for page in pages.pages] == ["Words of a page"] * 3
    assert [page.lines[0].indent for page in pages.pages] == [0, 1, 1]


def test_a_leading_space_counts_after_lines_that_end_in_spaces() -> None:
    text = "Words of a page\nthat go on\nfor some lines.  \n Next page\n\nhas\n\nlines.\n"
    assert len(read(text).pages) == 2


@pytest.mark.parametrize(
    "second",
    [
        "\n Not a page, after an empty line\n",
        "  Not a page: two spaces\n",
        " \n",
        "\t Not a page: a tab\n",
    ],
)
def test_other_spaces_begin_no_page(second: str) -> None:
    assert len(read(PAGE + second + PAGE).pages) == 1


def test_verses_set_in_by_one_space_are_not_pages() -> None:
    assert len(read("Roses are red,\n violets are blue,\nsugar is\n sweet.\n" * 5).pages) == 1


def test_a_leading_space_after_an_empty_line_counts_where_all_pages_end_with_one() -> None:
    page = "Words of a long page.\n" * 30
    assert len(read(f"{page}\n {page}\n {page}\n {page}").pages) == 4
    assert len(read(f"{page}\n {page}\n {page} {page}").pages) == 2
    assert len(read(f"{page}\n {page}").pages) == 1
    assert len(read("A paragraph\nof three\nlines.\n\n " * 9).pages) == 1


def test_form_feeds_win_over_leading_spaces() -> None:
    assert len(read(f"{PAGE} {PAGE}\f{PAGE}").pages) == 2
    assert len(read(f"{PAGE} {PAGE}\f{PAGE}", marks="leading-space").pages) == 2
    assert len(read(f"{PAGE} {PAGE}\f {PAGE}", marks="form-feed").pages) == 2


def test_each_file_has_its_own_marks() -> None:
    texts = ("One\n two\n", "Three\n\fFour\n", "Five\n six\n\fseven\n")
    files = [(f"{n}.txt", text) for n, text in enumerate(texts, 1)]
    made = rows(read_dump(files, ["leading-space", "form-feed", "none"]))
    assert made == [["One"], ["two"], ["Three"], ["Four"], ["Five", "six", "seven"]]
    made = rows(read_dump(files, ["leading-space", "auto", "auto"]))
    assert made == [["One"], ["two"], ["Three"], ["Four"], ["Five", "six"], ["seven"]]


def test_without_marks_a_file_is_one_page() -> None:
    assert len(read(f"{PAGE} {PAGE}\f{PAGE}", marks="none").pages) == 1
    assert len(read(PAGE * 3).pages) == 1


# --- files ----------------------------------------------------------------------------


def test_each_file_begins_a_page_and_counts_its_own_lines() -> None:
    pages = read("One\n", "Two\nlines\n", marks="none")
    assert rows(pages) == [["One"], ["Two", "lines"]]
    place = pages.source.place(pages.pages[1].lines[1].span.start)
    assert (place.file, place.line, place.page) == ("2.txt", 2, 1)


def test_a_file_without_a_last_newline_does_not_run_into_the_next() -> None:
    pages = read("One", "Two")
    assert pages.source.text == "One\nTwo"
    assert rows(pages) == [["One"], ["Two"]]


def test_an_empty_file_has_no_page_of_its_own() -> None:
    assert rows(read("One\n", "", "Three\n")) == [["One"], ["Three"]]
    assert rows(read("")) == [[]]
    assert read_dump([]).pages == ()


# --- lines ----------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\x1e"])
def test_only_a_newline_ends_a_line(odd: str) -> None:
    pages = read(f"one{odd}two\nthree")
    assert rows(pages) == [[f"one{odd}two", "three"]]


def test_a_line_knows_its_indent_and_its_span_with_the_newline() -> None:
    pages = read("   set in  \n \t \nlast", marks="none")
    first, blank, last = pages.lines()
    assert (first.text, first.indent, first.blank) == ("set in", 3, False)
    assert (blank.text, blank.indent, blank.blank) == ("", 0, True)
    assert (last.span.start, last.span.end) == (16, 20)
    assert [line.indent for line in read("One\n\f  Two\n").lines()] == [0, 2]


@given(
    st.lists(st.text(alphabet="ab \n\n\f\t\u2028\x85\x0b-.", max_size=60), max_size=4),
    st.sampled_from(PAGE_MARKS),
)
def test_the_lines_of_the_pages_are_the_text(texts: list[str], marks: str) -> None:
    pages = read(*texts, marks=marks)
    text, lines = pages.source.text, pages.lines()
    assert "".join(text[line.span.start : line.span.end] for line in lines) == text
    assert text.replace("\n", "") == "".join(texts).replace("\n", "")
    at = 0
    for page in pages.pages:
        for line in page.lines:
            assert line.span.start == at
            assert line.page == page.number
            assert line.number == text.count("\n", 0, at) + 1
            assert line.text == text[line.span.start : line.span.end].strip()
            place = pages.source.place(at)
            begun = dict(reversed(pages.source.files))[place.file]
            assert place.page == page.number - pages.source.pages.index(begun)
            at = line.span.end
    assert at == len(text)
    assert [page.number for page in pages.pages] == list(range(1, len(pages.pages) + 1))


def test_a_hyphen_that_swallowed_its_line_end_ends_a_line() -> None:
    text = "the har\ufffebour was\nasleep, the kee\ufffe\nper too\n"
    lines = read_dump([("dump.txt", text)]).lines()
    assert [(line.text, line.number) for line in lines] == [
        ("the har\ufffe", 1),
        ("bour was", 1),
        ("asleep, the kee\ufffe", 2),
        ("per too", 3),
    ]
    assert "".join(text[line.span.start : line.span.end] for line in lines) == text
