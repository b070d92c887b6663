"""Tables in the manuscript: a row a line, with bars, and what becomes of other kinds."""

from __future__ import annotations

import pytest

from booktools.engines import pandoc
from booktools.errors import ManuscriptError
from booktools.manuscript.normal import normalised
from booktools.manuscript.write import chapter_markdown
from booktools.model.book import Align, Chapter, Emph, LineBreak, Note, Paragraph, Table, Text
from one_chapter import parse_chapter


def read(markdown: str) -> Chapter:
    return parse_chapter("m.md", markdown, pandoc.to_json(markdown))


def written(*blocks: Table | Paragraph) -> str:
    chapter = Chapter("m.md", "t", (Text("T"),), blocks)
    return chapter_markdown(chapter).partition("\n\n")[2]


def cells(*words: str) -> tuple[tuple[Text, ...], ...]:
    return tuple((Text(word),) if word else () for word in words)


TIDES = Table(
    (cells("Port", "Tide"), cells("Quay", "2.4"), cells("Sandbank | Light", "11")),
    1,
    (Align.DEFAULT, Align.RIGHT),
    (Text("Tides, in "), Emph((Text("feet"),))),
)


def test_a_row_is_a_line() -> None:
    assert written(TIDES) == (
        "Table: Tides, in *feet*\n\n"
        "| Port | Tide |\n|---|--:|\n| Quay | 2.4 |\n| Sandbank \\| Light | 11 |\n"
    )


def test_every_text_knows_its_line() -> None:
    chapter = read("# T\n\nx\n\n" + written(TIDES))
    table = chapter.blocks[1]
    assert isinstance(table, Table)
    assert table == TIDES
    lines = [[text.line for cell in row for text in cell if isinstance(text, Text)]
             for row in table.rows]  # fmt: skip
    assert lines == [[7, 7], [9, 9], [10, 10]]
    assert table.caption[0] == Text("Tides, in ", 5)


def test_several_head_rows_and_none() -> None:
    rows = (cells("a", "b"), cells("c", "d"), cells("e", ""))
    two, none = Table(rows, 2), Table(rows)
    assert written(two).startswith("::: {.table heads=2}\n| a | b |\n|---|---|\n| c | d |\n")
    assert written(none).startswith("|  |  |\n|---|---|\n| a | b |\n")
    chapter = Chapter("m.md", "t", (Text("T"),), (two, none))
    assert normalised(read(chapter_markdown(chapter))).blocks == normalised(chapter).blocks


def test_what_is_empty_goes() -> None:
    table = Table((cells("", "", ""), cells("a", "", "b"), cells("c")), 1, (Align.LEFT,) * 3)
    chapter = normalised(Chapter("m.md", "t", (), (table,)))
    assert chapter.blocks == (
        Table((cells("a", "b"), cells("c", "")), 0, (Align.LEFT, Align.LEFT)),
    )
    bare = Chapter("m.md", "t", (), (Table((cells(""),), 0, (), (Text("x"),)),))
    assert normalised(bare).blocks == (Paragraph((Text("x"),)),)


def test_notes_and_line_breaks_in_cells() -> None:
    cell = (Text("a"), LineBreak(), Text("b"), Note((Paragraph((Text("Why."),)),)))
    table = Table(((cell, (Text("c"),)), cells("d", "e")))
    text = written(table)
    assert "| a[]{.break}b[^1] | c |" in text
    assert text.endswith("\n\n[^1]: Why.\n")
    assert read("# T\n\n" + text).blocks == (table.squared(),)


def test_a_caption_below_is_read() -> None:
    table = read("# T\n\n| a | b |\n|---|---|\n| c | d |\n\n: Below\n").blocks[0]
    assert isinstance(table, Table)
    assert table.caption == (Text("Below"),)


def test_a_caption_is_not_the_table_befores() -> None:
    first = Table((cells("a", "b"), cells("c", "d")), 1, (Align.DEFAULT,) * 2)
    second = Table(first.rows, 1, first.aligns, (Text("Second"),))
    chapter = Chapter("m.md", "t", (Text("T"),), (first, second))
    assert read(chapter_markdown(chapter)).blocks == (first, second)


def test_a_paragraph_that_begins_like_a_caption_is_none() -> None:
    said = Paragraph((Text("Table: what he said."),))
    table = Table((cells("a", "b"), cells("c", "d")), 1, (Align.DEFAULT,) * 2)
    assert "Table\\: what" in written(table, said)
    assert read("# T\n\n" + written(said, table, said)).blocks == (said, table, said)


@pytest.mark.parametrize(
    "drawn",
    ["+---+---+\n| a | b |\n+---+---+\n", "  a   b\n --- ---\n  c   d\n\n"],
)
def test_tables_drawn_otherwise_are_refused(drawn: str) -> None:
    with pytest.raises(ManuscriptError, match="a table of this kind") as caught:
        read(f"# T\n\n{drawn}")
    assert "between bars" in caught.value.hint
