"""hOCR, ALTO and ABBYY XML: the same page in each, and whatever strangers put there."""

from __future__ import annotations

import contextlib
import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.errors import SourceError
from booktools.model.finding import Finding
from booktools.model.galley import Role
from booktools.model.printed_page import Box, PrintedPage
from booktools.read import scan_page, scans
from booktools.read.printed import PrintedFile, read_printed
from booktools.read.scan_page import ScanLine, ScanPage, ScanWord, box_of, settled
from booktools.read.scans import is_scan, scan_pages

LINES = ("The ferry was late that morn-", "ing, and nobody on the quay", "could say when.")


def words_at(line: str, top: int) -> list[tuple[str, int, int, int, int]]:
    out, left = [], 100
    for word in line.split():
        out.append((word, left, top, left + 20 * len(word), top + 34))
        left += 20 * (len(word) + 1)
    return out


def hocr(lines: tuple[str, ...] = LINES, confidence: int = 96, page: str = "") -> str:
    rows = []
    for number, line in enumerate(lines):
        placed = words_at(line, 100 + 60 * number)
        words = "".join(
            f"<span class='ocrx_word' title='bbox {a} {b} {c} {d}; x_wconf {confidence}'>"
            f"{text}</span> "
            for text, a, b, c, d in placed
        )
        box = f"{placed[0][1]} {placed[0][2]} {placed[-1][3]} {placed[0][4]}"
        rows.append(
            f'<span class="ocr_line" title="bbox {box}; baseline 0.01 -7; x_size 34">{words}</span>'
        )
    title = page or "bbox 0 0 1000 1400; ppageno 0"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><body>'
        f"<div class='ocr_page' title='{title}'>{''.join(rows)}</div></body></html>"
    )


def alto(lines: tuple[str, ...] = LINES) -> str:
    rows = []
    for number, line in enumerate(lines):
        placed = words_at(line, 100 + 60 * number)
        cells = []
        for text, a, b, c, d in placed:
            cells.append(
                f'<String CONTENT="{text.rstrip("-")}" HPOS="{a}" VPOS="{b}" WIDTH="{c - a}" '
                f'HEIGHT="{d - b}" WC="0.96" STYLE="italics"/><SP/>'
            )
        if line.endswith("-"):
            cells.append('<HYP CONTENT="-"/>')
        a, b = placed[0][1:3]
        rows.append(
            f'<TextLine HPOS="{a}" VPOS="{b}" WIDTH="{placed[-1][3] - a}" HEIGHT="34" '
            f'BASELINE="{b + 27}">{"".join(cells)}</TextLine>'
        )
    return (
        '<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>'
        '<Page WIDTH="1000" HEIGHT="1400" PRINTED_IMG_NR="7"><PrintSpace>'
        '<Illustration HPOS="100" VPOS="900" WIDTH="300" HEIGHT="200"/><TextBlock>'
        f"{''.join(rows)}</TextBlock></PrintSpace></Page></Layout></alto>"
    )


def abbyy(lines: tuple[str, ...] = LINES) -> str:
    rows = []
    for number, line in enumerate(lines):
        top = 100 + 60 * number
        chars = "".join(
            f'<charParams l="{100 + 20 * at}" t="{top}" r="{120 + 20 * at}" b="{top + 34}" '
            f'charConfidence="96">{char}</charParams>'
            for at, char in enumerate(line)
        )
        rows.append(
            f'<line baseline="{top + 27}" l="100" t="{top}" r="{100 + 20 * len(line)}" '
            f'b="{top + 34}"><formatting lang="English" ff="Times" fs="8." italic="1">{chars}'
            "</formatting></line>"
        )
    return (
        '<?xml version="1.0"?><document xmlns="http://www.abbyy.com/FineReader_xml/x">'
        '<page width="1000" height="1400" resolution="300"><block blockType="Picture" l="1" '
        't="900" r="300" b="1000"/><block blockType="Text"><text><par>'
        f"{''.join(rows)}</par></text></block></page></document>"
    )


def pages(text: str | bytes) -> tuple[list[PrintedPage], list[Finding]]:
    data = text.encode() if isinstance(text, str) else text
    found: list[Finding] = []
    return list(scan_pages(data, "scan.xml", found)), found


def refused(text: str | bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        pages(text)
    assert caught.value.hint
    return caught.value


def lines_of(page: PrintedPage) -> list[str]:
    return [" ".join(word.text for word in line.words) for line in page.lines]


@pytest.mark.parametrize("made", [hocr(), alto(), abbyy()])
def test_a_page_in_each_format(made: str) -> None:
    (page,), found = pages(made)
    assert lines_of(page) == list(LINES)
    assert (page.number, page.width, page.height, page.scanned) == (1, 1000, 1400, True)
    first = page.lines[0].words[0]
    assert first.text == "The"
    assert first.box == Box(100, 100, 160, 134)
    assert first.baseline == pytest.approx(127)
    assert first.confidence == pytest.approx(0.96)
    assert first.face.size == pytest.approx(34, abs=1)
    assert found == []


def test_what_only_some_formats_know() -> None:
    (page,), _ = pages(alto())
    assert page.label == "7"
    assert page.drawings[0].picture
    assert page.lines[0].words[0].face.italic
    (page,), _ = pages(abbyy())
    assert page.drawings[0].box == Box(1, 900, 300, 1000)
    assert page.lines[0].words[0].face.italic
    assert page.lines[0].words[0].face.name == "Times"
    (page,), _ = pages(hocr())
    assert page.lines[0].words[-1].baseline > 127  # the line rises to the right


@pytest.mark.parametrize("made", [hocr(), alto(), abbyy()])
def test_pages_of_words_become_paragraphs(made: str) -> None:
    (page,), _ = pages(made)
    read = read_printed([PrintedFile("scan.xml", [page])])
    galley = arrange(read, Layout()).galley
    (block,) = [b for b in galley.blocks if b.role is Role.PARAGRAPH]
    assert block.raw.split() == " ".join(LINES).split()


def test_words_whose_letters_have_boxes_of_their_own() -> None:
    letters = "\n".join(f"<span class='ocrx_cinfo' title='bbox 1 1 2 2'>{c}</span>" for c in "late")
    (page,), _ = pages(hocr().replace(">late<", f">\n{letters}\n<"))
    assert lines_of(page) == list(LINES)


# --- doubts ---------------------------------------------------------------------------


def test_words_that_the_program_doubts_are_kept_and_told() -> None:
    (page,), (finding,) = pages(hocr(confidence=40))
    assert page.lines[0].words[0].confidence == pytest.approx(0.4)
    assert finding.code == "OCR001"
    assert finding.place
    assert finding.place.page == 1
    assert "15 of the page's words" in finding.message
    assert "“The”, “ferry”" in finding.message


def test_a_word_with_an_impossible_box_gets_its_share_of_the_line() -> None:
    text = hocr().replace("bbox 100 100 160 134; x_wconf", "bbox 160 134 100 100; x_wconf")
    (page,), (finding,) = pages(text)
    assert finding.code == "OCR002"
    assert "“The”" in finding.message
    assert "order of the file" not in finding.message
    assert lines_of(page) == list(LINES)
    assert page.lines[0].words[0].box.left == 100


@pytest.mark.parametrize("bad", ["-5 -9000 -4 -8000", "1 1 1 1", "nan 0 1 1", "1e99 0 2e99 9", ""])
def test_a_page_without_places_keeps_the_order_of_the_file(bad: str) -> None:
    text = re.sub(r"(ocr_line|ocrx_word)(..title=.)bbox [^;]*", rf"\1\2bbox {bad}", hocr())
    (page,), found = pages(text)
    assert [finding.code for finding in found] == ["OCR002"]
    assert "order of the file" in found[0].message
    assert lines_of(page) == list(LINES)
    read = read_printed([PrintedFile("scan.hocr", [page])])
    assert read.source.text.split() == " ".join(LINES).split()


def test_lines_without_words_are_taken_as_they_are() -> None:
    text = (
        "<html><div class='ocr_page'><span class='ocr_line' title='bbox 1 1 90 9'>two words</span>"
    )
    (page,), _ = pages(text)
    assert lines_of(page) == ["two words"]
    assert page.lines[0].words[1].box.left > page.lines[0].words[0].box.right


# --- strangers ------------------------------------------------------------------------

BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("made", [hocr(), alto(), abbyy()])
@pytest.mark.parametrize("trap", [BOMB, OUTSIDE])
def test_entities_are_refused(made: str, trap: str) -> None:
    head, mark, rest = made.partition("?>")
    assert "entities" in refused(head + mark + trap + rest.replace("ferry", "&b;")).message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no file of an OCR program"),
        ("<html><p>Dear reader</p></html>", "no file of an OCR program"),
        (alto()[:400], "broken behind page 0"),
        (abbyy()[:-30], "broken"),
        (hocr()[: hocr().index("</span>") - 2], "cut off"),
        (alto().encode("utf-16"), "not in UTF-8"),
        ("<alto><Layout/></alto>", "no page"),
        ("<alto>" + "<a>" * 100_000, "broken"),
    ],
)
def test_what_is_refused(text: str | bytes, said: str) -> None:
    assert said in refused(text).message


def test_a_file_outside_is_never_read() -> None:
    text = alto().replace('<?xml version="1.0"?>', '<!DOCTYPE alto SYSTEM "file:///etc/passwd">')
    (page,), _ = pages(text)
    assert lines_of(page) == list(LINES)


def test_pages_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_PAGES", 3)
    many = alto().replace("</Page>", "</Page>" + "<Page/>" * 5)
    assert "more than 3 pages" in refused(many).message


@pytest.mark.parametrize("made", [hocr(), alto(), abbyy()], ids=["hocr", "alto", "abbyy"])
def test_no_page_is_cut_short(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_page, "MOST_WORDS", 3)
    with pytest.raises(SourceError, match="page 1 has more than"):
        list(scan_pages(made.encode(), "a.xml", []))


def test_no_word_is_cut_short() -> None:
    (page,) = scan_pages(hocr(("a" * 5_000 + " ends",)).encode(), "a.hocr", [])
    assert [word.text for line in page.lines for word in line.words] == ["a" * 5_000, "ends"]


def test_pages_come_one_by_one() -> None:
    many = alto().replace("</Page>", "</Page>" + "<Page/>" * 5 + "<broken")
    found: list[Finding] = []
    first = next(scan_pages(many.encode(), "scan.xml", found))
    assert lines_of(first) == list(LINES)


def test_names_of_scans() -> None:
    assert [is_scan(name) for name in ("a.hocr", "b.XML", "c.html", "d.txt")] == [1, 1, 0, 0]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([hocr(), alto(), abbyy()]),
    st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=6)), max_size=6),
)
def test_whatever_is_changed_pages_come_or_a_sentence(
    made: str, changes: list[tuple[int, bytes]]
) -> None:
    data = bytearray(made.encode())
    for at, new in changes:
        at %= len(data)
        data[at : at + len(new)] = new
    with contextlib.suppress(SourceError):
        made_pages, _ = pages(bytes(data))
        read_printed([PrintedFile("scan.xml", made_pages)])


NUMBER = st.one_of(st.floats(), st.integers(-(10**7), 10**7), st.just(0))
WORD = st.builds(
    ScanWord,
    st.text(alphabet="ab \u00a0é-", max_size=8),
    st.tuples(NUMBER, NUMBER, NUMBER, NUMBER).map(box_of),
)
LINE = st.builds(
    ScanLine,
    st.lists(WORD, max_size=4).map(tuple),
    st.one_of(st.none(), st.tuples(NUMBER, NUMBER, NUMBER, NUMBER).map(box_of)),
)


@settings(max_examples=150, deadline=None)
@given(NUMBER, NUMBER, st.lists(LINE, max_size=5))
def test_no_word_is_lost_whatever_the_boxes(
    width: float, height: float, lines: list[ScanLine]
) -> None:
    size = [value if value == value and abs(value) < 1e6 else 0 for value in (width, height)]
    page = settled(ScanPage(size[0], size[1], tuple(lines)), 1).page
    have = [word.text for line in page.lines for word in line.words]
    want = [part for line in lines for word in line.words for part in word.text.split()]
    assert have == want
    assert all(word.box.left <= word.box.right for line in page.lines for word in line.words)
    text = read_printed([PrintedFile("scan.xml", [page])]).source.text
    assert sorted(text.split()) == sorted(want)


def test_sizes_that_differ_by_accident_are_one() -> None:
    lines = [
        ScanLine(
            (ScanWord("word" * 5, Box(0, top, 300, top + height)),), Box(0, top, 300, top + height)
        )
        for top, height in zip(range(0, 500, 50), itertools.cycle([30, 33, 28]), strict=False)
    ]
    sizes = {
        line.words[0].face.size for line in settled(ScanPage(400, 600, tuple(lines)), 1).page.lines
    }
    assert len(sizes) == 1
