"""Tables in the three editions."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from booktools.check.pdf_words import read_pages
from booktools.check.same_words import prove_txt
from booktools.edition.plain import COLUMNS, expected, plain_text
from booktools.edition.shown import chapter_shown
from booktools.edition.table_fit import table_fit
from booktools.edition.table_widths import widths
from booktools.edition.xhtml import Markup, chapter_markup
from booktools.model.artifact import Edition
from booktools.model.book import (
    Align,
    Book,
    Chapter,
    Emph,
    Metadata,
    Note,
    Paragraph,
    Table,
    Text,
)
from booktools.model.pdf import PdfLine, PdfPage
from booktools.model.printed import Leaf


def cells(*words: str) -> tuple[tuple[Text, ...], ...]:
    return tuple((Text(word),) if word else () for word in words)


def chapter(table: Table) -> Chapter:
    return Chapter("m.md", "c", (Text("TITLE"),), (table,))


def plain(table: Table) -> str:
    book = Book(Metadata("T", "en"), (chapter(table),))
    text = plain_text(book)
    assert prove_txt(book, expected(book), text).findings == ()
    return text.rpartition("TITLE\n")[2].strip("\n")


TIDES = Table(
    (cells("Port", "", "Tide"), cells("Quay", "low", "2.4"), cells("Sandbank", "high", "11")),
    1,
    (Align.DEFAULT, Align.CENTRE, Align.RIGHT),
    (Text("Tides"),),
)
LONG = "the salt that was carried over the ridge in winter by the people of the marsh"


# --- widths ---------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), min_size=1, max_size=6))
def test_columns_have_room(pairs: list[tuple[int, int]]) -> None:
    least = [least for least, _ in pairs]
    natural = [least + more for least, more in pairs]
    found = widths(natural, least, 72)
    if found is None:
        assert sum(least) > 72
        return
    assert sum(found) <= 72
    assert all(low <= own <= high for low, own, high in zip(least, found, natural, strict=True))
    assert sum(found) == min(72, sum(natural))


def test_narrow_columns_stay_whole() -> None:
    assert widths((10, 4, 200), (7, 4, 9), 60) == (10, 4, 46)


# --- plain text -----------------------------------------------------------------------


def test_columns_are_aligned() -> None:
    assert plain(TIDES) == (
        "Tides\n\nPort            Tide\n--------------------\n"
        "Quay      low    2.4\nSandbank  high    11"
    )


def test_long_cells_are_wrapped_in_their_columns() -> None:
    table = Table((cells("1907", LONG, LONG), cells("1908", "none", "")), 0)
    text = plain(table)
    first, second = text.split("\n\n")
    assert first.startswith("1907  the salt that was carried over  the salt that")
    assert first.count("\n") == 2
    assert second == "1908  none"
    assert all(len(line) <= COLUMNS for line in text.split("\n"))


def test_emphasis_over_several_lines_keeps_its_marks() -> None:
    table = Table((((Emph((Text(LONG),)),), (Emph((Text(LONG),)),)), cells("a", "b")))
    text = plain(table)
    assert text.count("_") == 4
    assert "  _the salt" in text


def test_columns_without_room_stand_below_one_another() -> None:
    word = "x" * 40
    assert plain(Table((cells(word, word, "c"), cells("d", "", "f")))) == (
        f"{word}\n    {word}\n    c\n\nd\n    f"
    )


# --- markup ---------------------------------------------------------------------------


def markup(table: Table, edition: Edition = Edition.EPUB) -> str:
    return chapter_markup(chapter(table), Markup(edition=edition))


def test_the_head_says_what_it_heads() -> None:
    made = markup(TIDES)
    assert "<caption>Tides</caption>\n<thead>\n" in made
    assert '<tr><th scope="col">Port</th><td class="centre"></td>' in made
    assert '<th scope="col" class="right">Tide</th></tr>\n</thead>\n<tbody>' in made
    assert '<tr><td>Quay</td><td class="centre">low</td><td class="right">2.4</td></tr>' in made


def test_a_table_without_head_has_none() -> None:
    made = markup(Table((cells("a", "b"), cells("c", "d"))))
    assert "thead" not in made
    assert "caption" not in made


def test_a_head_with_a_note_stands_once() -> None:
    noted = (Text("Port"), Note((Paragraph((Text("Why."),)),)))
    table = Table(((noted, (Text("Tide"),)), *TIDES.rows[1:]), 1)
    assert '<thead class="once">' in markup(table, Edition.PDF)
    assert all(not stretch.head for stretch in chapter_shown(chapter(table)))
    assert '<thead class="once">' not in markup(TIDES, Edition.PDF)


# --- print ----------------------------------------------------------------------------


def test_how_tables_fit() -> None:
    assert table_fit(TIDES).styles == ("short",)
    long = table_fit(Table((cells("1907", LONG, LONG),) * 9))
    assert long.styles == ("wide",)
    assert sum(long.shares) == 100
    assert long.shares[0] < long.shares[1] == long.shares[2]
    assert "small" in table_fit(Table((cells(*["Wednesday"] * 6),) * 3)).styles
    assert table_fit(Table((cells(*["Wednesday"] * 30),) * 3)).styles == ("stacked",)
    assert table_fit(Table((cells("a", LONG * 40),) * 3)).styles == ("stacked",)


def _page(number: int, *lines: str) -> PdfPage:
    set_lines = tuple(PdfLine(line, 72, 600 - 12 * n, 9) for n, line in enumerate(lines))
    return PdfPage(number, "", 432, 648, set_lines)


def _read(pages: Sequence[Sequence[str]]) -> tuple[bool, int]:
    """Whether the pages say what they ought to, and the letters of heads that came again."""
    leaf = Leaf("chapter", "leaf:c", chapter_shown(chapter(TIDES)))
    reading = read_pages([leaf], [_page(n, *lines) for n, lines in enumerate(pages, 1)])
    return reading.found.letters == reading.wanted.letters, reading.account["repeated-head"]


def test_a_head_may_come_again_on_the_next_page() -> None:
    whole = ["TITLE", "Tides", "Port Tide", "Quay low 2.4"]
    assert _read([[*whole, "Sandbank high 11"]]) == (True, 0)
    assert _read([whole, ["Port Tide", "Sandbank high 11"]]) == (True, 8)
    assert _read([whole, ["Port", "Ti-", "de", "Sandbank high 11"]]) == (True, 8)


def test_nothing_else_may_come_again() -> None:
    whole = ["TITLE", "Tides", "Port Tide", "Quay low 2.4"]
    for again in ("Quay low 2.4", "Tides", "Port Tide Port Tide"):
        assert _read([whole, [again, "Sandbank high 11"]])[0] is False
    assert _read([[*whole, "Port Tide", "Sandbank high 11"]])[0] is False  # not on a new page
    again = ["Port Tide", "Port Tide", *whole[3:], "Sandbank high 11"]
    assert _read([whole[:2], again])[0] is False
