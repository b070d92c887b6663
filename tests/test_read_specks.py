"""Lines of a scan without the specks at their ends: text, words and raised figures agree."""

from __future__ import annotations

from itertools import pairwise

from booktools.model.printed_page import Box, Face, PrintedLine, PrintedPage, PrintedWord
from booktools.read.printed import PrintedFile, read_printed

FACE = Face("", 10.0)


def line(top: float, *texts: str, doubted: str = "") -> PrintedLine:
    words = [
        PrintedWord(t, Box(50.0 * n, top, 50.0 * n + 40, top + 10), top + 10, FACE,
                    0.2 if t == doubted else 0.95)
        for n, t in enumerate(texts)
    ]  # fmt: skip
    return PrintedLine(tuple(words))


def read(*lines: PrintedLine):  # type: ignore[no-untyped-def]
    page = PrintedPage(1, 400, 400, lines, scanned=True)
    return read_printed([PrintedFile("a.hocr", [page])])


def test_specks_are_no_text_of_the_line_and_its_words_stand_where_they_stood() -> None:
    pages = read(
        line(20, "|", "the", "boat", "_", doubted="_"),
        line(40, "sat.in", "the", "as.he", "end"),
        line(60, "|", "was", "|", "late"),
    )
    assert pages.source.text.startswith("| the boat _\n")
    assert [one.text for one in pages.lines()] == ["the boat", "sat.in the as.he end", "was | late"]
    assert pages.geometry is not None
    for one, own in zip(pages.lines(), pages.geometry.lines, strict=True):
        assert own is not None
        starts = [int(at) for at in own.words[::3]]
        parts = [one.text[a:b].strip() for a, b in pairwise([*starts, len(one.text)])]
        assert parts == one.text.split()
    first = pages.geometry.lines[0]
    assert first is not None
    assert list(first.words) == [0, 50, 90, 4, 100, 140]


def test_a_scan_with_few_keeps_its_lines() -> None:
    pages = read(line(20, "|", "the", "boat"), line(40, "was", "late"))
    assert [one.text for one in pages.lines()] == ["| the boat", "was late"]
