"""What OCR files say of their lines: roles by tags, styles and classes, sizes in points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.model.galley import Role
from booktools.model.printed_page import PrintedPage
from booktools.read.printed import PrintedFile, read_printed
from booktools.read.scans import scan_pages
from booktools.read.told_roles import NOTHING, Told, believed, told_by

FULL = "the ferry came late that morning and nobody on the quay could say when it would"
Block = tuple[str, list[str], int]  # a label, lines, their size in points
HEAD, LEADING, STEP = 100, 60, 12


def placed(text: str, top: int) -> list[tuple[str, int, int, int]]:
    """The words of a line with left, right and top."""
    out, left = [], HEAD
    for word in text.split():
        out.append((word, left, left + STEP * len(word), top))
        left += STEP * (len(word) + 1)
    return out


def alto(blocks: list[Block], high: int = 30) -> str:
    tags = {label: f"T{n}" for n, (label, _, _) in enumerate(blocks)}
    sizes = {points: f"S{points}" for _, _, points in blocks}
    out, top = [], 100
    for label, lines, points in blocks:
        rows = []
        for text in lines:
            words = "".join(
                f'<String CONTENT="{word}" HPOS="{a}" VPOS="{t}" WIDTH="{b - a}" '
                f'HEIGHT="{high}" WC="0.9"/>'
                for word, a, b, t in placed(text, top)
            )
            wide = STEP * len(text)
            rows.append(
                f'<TextLine HPOS="{HEAD}" VPOS="{top}" WIDTH="{wide}" HEIGHT="{high}">'
                f"{words}</TextLine>"
            )
            top += LEADING
        out.append(
            f'<TextBlock TAGREFS="{tags[label]}" STYLEREFS="{sizes[points]}">{"".join(rows)}'
            "</TextBlock>"
        )
    told = "".join(f'<OtherTag ID="{own}" LABEL="{label}"/>' for label, own in tags.items())
    styles = "".join(f'<TextStyle ID="{i}" FONTSIZE="{points}"/>' for points, i in sizes.items())
    return (
        f"<alto><Styles>{styles}</Styles><Tags>{told}</Tags><Layout>"
        f'<Page WIDTH="1200" HEIGHT="2400"><PrintSpace>{"".join(out)}</PrintSpace></Page>'
        "</Layout></alto>"
    )


def abbyy(blocks: list[Block]) -> str:
    styles, pars, top = [], [], 100
    for number, (label, lines, points) in enumerate(blocks):
        styles.append(f'<paragraphStyle id="P{number}" role="{label}"/>')
        rows = []
        for text in lines:
            chars = "".join(
                f'<charParams l="{a + STEP * n}" t="{t}" r="{a + STEP * (n + 1)}" b="{t + 30}">'
                f"{letter}</charParams>"
                for word, a, _, t in placed(text, top)
                for n, letter in enumerate(word + " ")
            )
            rows.append(
                f'<line baseline="{top + 24}" l="{HEAD}" t="{top}" '
                f'r="{HEAD + STEP * len(text)}" b="{top + 30}">'
                f'<formatting fs="{points}.">{chars}</formatting></line>'
            )
            top += LEADING
        pars.append(f'<par style="P{number}">{"".join(rows)}</par>')
    page = (
        f'<page width="1200" height="2400" resolution="300"><block>{"".join(pars)}</block></page>'
    )
    return (
        f"<document><documentData><paragraphStyles>{''.join(styles)}</paragraphStyles>"
        f"</documentData>{page}</document>"
    )


def hocr(blocks: list[Block]) -> str:
    out, top = [], 100
    for label, lines, _ in blocks:
        rows = []
        for text in lines:
            words = "".join(
                f"<span class='ocrx_word' title='bbox {a} {t} {b} {t + 30}; x_wconf 90'>{word}"
                "</span> "
                for word, a, b, t in placed(text, top)
            )
            box = f"bbox {HEAD} {top} {HEAD + STEP * len(text)} {top + 30}"
            rows.append(f"<span class='ocr_line' title='{box}'>{words}</span>")
            top += LEADING
        out.append(f"<div class='ocr_{label}'><p class='ocr_par'>{''.join(rows)}</p></div>")
    page = "<div class='ocr_page' title='bbox 0 0 1200 2400'>"
    return f"<html><body>{page}{''.join(out)}</div></body></html>"


def roles(data: str, name: str = "a.xml") -> list[tuple[Role, str]]:
    pages = read_printed([PrintedFile(name, scan_pages(data.encode(), name, []))])
    done = arrange(pages, Layout()).galley
    return [(block.role, " ".join(block.text.split())) for block in done.blocks]


def page_of(data: str) -> PrintedPage:
    (page,) = scan_pages(data.encode(), "a.xml", [])
    return page


TEXT: Block = ("text", [FULL] * 5, 10)


# --- roles ----------------------------------------------------------------------------


@pytest.mark.parametrize("made", [alto, abbyy])
def test_a_heading_that_nothing_but_the_file_tells(made: object) -> None:
    assert callable(made)
    found = roles(made([TEXT, ("heading", ["of the sea and of those who"], 10), TEXT]))
    heads = (Role.HEADING, Role.TITLE)
    assert [text for role, text in found if role in heads] == ["of the sea and of those who"]


def test_a_caption_that_nothing_but_the_file_tells() -> None:
    found = roles(hocr([TEXT, ("caption", ["The old quay by night."], 10), TEXT]), "a.hocr")
    assert [t for role, t in found if role is Role.CAPTION] == ["The old quay by night."]


def test_a_running_head_that_nothing_but_the_file_tells() -> None:
    found = roles(alto([("RunningTitleZone", ["of the sea"], 10), TEXT]))
    assert [t for role, t in found if role is Role.FURNITURE] == ["of the sea"]
    kept = roles(alto([("paragraph", ["of the sea"], 10), TEXT]))
    assert not [t for role, t in kept if role is Role.FURNITURE]


def test_a_file_that_calls_most_of_its_text_headings_is_not_believed() -> None:
    lines = [FULL, FULL, FULL, "and so on."]
    found = roles(alto([("heading", lines, 10), ("heading", lines, 10), TEXT]))
    assert {role for role, _ in found} == {Role.PARAGRAPH}
    assert believed([(Told(role=Role.HEADING), 10), (NOTHING, 10)])
    assert not believed([(Told(role=Role.HEADING), 11), (NOTHING, 10)])


def test_a_float_with_lines_is_read_once() -> None:
    text = [word for role, word in roles(hocr([TEXT, ("header", ["of the sea"], 10)]), "a.hocr")]
    assert " ".join(text).count("of the sea") == 1


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (["heading"], Told(role=Role.HEADING)),
        (["", "Heading-Line:1"], Told(role=Role.HEADING)),
        (["pictureCaption"], Told(role=Role.CAPTION)),
        (["footnote"], Told(role=Role.NOTE)),
        (["page-number"], Told(artifact=True)),
        (["header", "heading"], Told(artifact=True)),
        (["text", "chapter", "constructor"], NOTHING),
        ([], NOTHING),
    ],
)
def test_words_of_programs(labels: list[str], told: Told) -> None:
    assert told_by(labels) == told


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_label_is_something_or_nothing(labels: list[str]) -> None:
    told = told_by(labels)
    assert not (told.artifact and told.role)


def test_references_to_nothing_are_passed_over() -> None:
    data = alto([TEXT]).replace('<OtherTag ID="T0" LABEL="text"/>', "")
    assert {role for role, _ in roles(data)} == {Role.PARAGRAPH}
    styled = abbyy([TEXT]).replace('style="P0"', 'style="P9"')
    assert {role for role, _ in roles(styled)} == {Role.PARAGRAPH}


# --- sizes ----------------------------------------------------------------------------


def sizes(data: str) -> list[float]:
    return [line.words[0].face.size for line in page_of(data).lines]


def close(data: str) -> str:
    """The words of the text with boxes that lie close round their letters."""
    tall = set("bdfhklt")
    out, rest = "", data
    while (at := rest.find('CONTENT="')) >= 0:
        at += len('CONTENT="')
        word = rest[at : rest.index('"', at)]
        low = 30 if tall & set(word) else 20
        piece, rest = rest[:at], rest[at:]
        out += piece
        rest = rest.replace('HEIGHT="30"', f'HEIGHT="{low}"', 1)
    return out + rest


def test_the_size_of_a_few_letters_is_the_stated_one() -> None:
    blocks: list[Block] = [TEXT, ("text", ["The End"], 14), TEXT]
    *_, body = sizes(close(alto(blocks)))
    head = sizes(close(alto(blocks)))[5]
    assert head == pytest.approx(1.4 * body, rel=0.05)


def test_no_size_is_stated_where_nothing_is_measured() -> None:
    assert len(set(sizes(alto([TEXT, ("text", ["The End"], 14)])))) == 1


@pytest.mark.parametrize("stated", ["0", "-3", "nan", "inf", "1e99", "ten"])
def test_impossible_sizes_are_passed_over(stated: str) -> None:
    data = close(alto([TEXT, ("text", ["The End"], 14), TEXT]))
    data = data.replace('FONTSIZE="14"', f'FONTSIZE="{stated}"')
    assert all(0 < size < 1000 for size in sizes(data))
