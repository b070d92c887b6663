"""The door to pdfium for sources: words with their places, and clear words for bad files."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.engines import pdf_limits, pdf_process
from booktools.engines.pdf_source import open_pdf
from booktools.engines.pdfium import strange_pdf_text
from booktools.errors import BooktoolsError, EngineFailed, EngineMissing, SourceError
from booktools.model.printed_page import Hidden, OutlineEntry, PrintedPage, PrintedWord
from pdf_files import assembled, at, column, pdf


def pages(data: bytes) -> tuple[PrintedPage, ...]:
    with open_pdf(data, "old.pdf") as file:
        return tuple(file.pages)


def texts(page: PrintedPage) -> list[str]:
    return [
        "".join(word.text if word.joined else f" {word.text}" for word in line.words).strip()
        for line in page.lines
    ]


def words(page: PrintedPage) -> list[PrintedWord]:
    return [word for line in page.lines for word in line.words]


# --- what is read ---------------------------------------------------------------------


def test_words_have_their_place_and_face() -> None:
    (page,) = pages(pdf(at("One line", 50, 300, 12, "B") + at("two", 50, 200, 8, "I")))
    assert (page.number, page.width, page.height) == (1, 300, 400)
    one, line, two = words(page)
    assert [word.text for word in (one, line, two)] == ["One", "line", "two"]
    assert one.baseline == pytest.approx(100)
    assert one.box.left == pytest.approx(50, abs=1)
    assert line.box.left > one.box.right
    assert (one.face.size, one.face.bold, one.face.italic) == (12, True, False)
    assert (two.face.size, two.face.bold, two.face.italic) == (8, False, True)
    assert two.confidence is None


def test_the_glyphs_of_an_expert_set_are_the_letters_that_they_show() -> None:
    names = "/oneoldstyle/eightoldstyle/Asmall/Eacutesmall/parenlefttp/hyphen"
    content = at("ABCDEF", 50, 300).encode()
    made = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        4: b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding 6 0 R>>",
        6: f"<</Type/Encoding/Differences[65{names}]>>".encode(),
    }
    (page,) = pages(assembled(made))
    assert "".join(word.text for word in words(page)) == "18aé⎛-"


def test_a_raised_figure_is_joined_to_its_word() -> None:
    (page,) = pages(pdf(at("word", 50, 300) + at("7", 67.5, 304, 6) + at("next", 74, 300)))
    assert texts(page) == ["word7 next"]
    assert [word.joined for word in words(page)] == [False, True, False]


def test_columns_side_by_side_are_two_lines() -> None:
    (page,) = pages(pdf(at("left side", 20, 300) + at("right side", 160, 300)))
    assert texts(page) == ["left side", "right side"]


def test_a_large_letter_beside_lines_is_a_line_of_its_own() -> None:
    (page,) = pages(pdf(at("T", 20, 276, 36) + at("he first line", 44, 300)))
    assert texts(page) == ["T", "he first line"]


def test_a_broken_word_keeps_its_hyphen() -> None:
    (page,) = pages(pdf(column(["counter-", "revolution"], 50, 300)))
    assert texts(page) == ["counter-", "revolution"]


@pytest.mark.parametrize(
    ("angle", "turn"),
    [("0 1 -1 0", 3), ("0 -1 1 0", 1), ("-1 0 0 -1", 2), ("1 0 0 1", 0)],
)
def test_turned_writing_is_told(angle: str, turn: int) -> None:
    (page,) = pages(pdf(f"BT /F 10 Tf {angle} 150 200 Tm (turned words) Tj ET"))
    assert texts(page) == ["turned words"]
    assert page.lines[0].turn == turn
    box = page.lines[0].words[0].box
    assert (box.height > box.width) is (turn % 2 == 1)


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    (page,) = pages(
        pdf("BT /F 10 Tf 0 1 -1 0 150 40 Tm (Shown upright) Tj ET", page_keys="/Rotate 90")
    )
    assert (page.width, page.height) == (400, 300)
    assert texts(page) == ["Shown upright"]
    assert page.lines[0].turn == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (at("secret", 50, 300, more="3 Tr"), Hidden.UNPAINTED),
        (at("secret", 500, 300), Hidden.OFF_PAGE),
        (at("secret", 50, 300, 0.5), Hidden.TINY),
        (at("secret", 50, 300, more="1 1 1 rg"), Hidden.PALE),
        (at("secret", 50, 300), Hidden.NO),
        ("BT /F 30 Tf 0.7 0.7 -0.7 0.7 60 100 Tm (secret) Tj ET", Hidden.ASKEW),
        ("BT /F 10 Tf 0.99 0.1 -0.1 0.99 60 100 Tm (secret) Tj ET", Hidden.NO),
        ("0 0 0 rg 40 290 100 30 re f\n" + at("secret", 50, 300, more="1 1 1 rg"), Hidden.NO),
    ],
)
def test_what_cannot_be_seen_is_told(content: str, why: Hidden) -> None:
    (page,) = pages(pdf(content))
    assert [word.hidden for word in words(page) if "secret" in word.text] == [why]


def test_rules_frames_and_pictures_are_told() -> None:
    image = (
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
        "/Length 1>>\nstream\n0\nendstream"
    )
    content = "50 100 200 60 re S 20 50 m 280 50 l S q 80 0 0 40 10 300 cm /X Do Q"
    data = pdf(content, extra=[image]).replace(
        b"/Resources<<", b"/Resources<</XObject<</X 10 0 R>>"
    )
    (page,) = pages(assembled_again(data))
    frame, rule, picture = page.drawings
    assert frame.box.width == pytest.approx(200, abs=2)
    assert rule.box.height < 2.5
    assert [drawing.picture for drawing in (frame, rule, picture)] == [False, False, True]
    assert picture.box.top == pytest.approx(60)


def assembled_again(data: bytes) -> bytes:
    """The file with its table of objects made anew."""
    found = re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj\n", data, re.DOTALL)
    return assembled({int(number): body for number, body in found})


def test_the_outline_and_the_labels_are_told() -> None:
    entries = [
        "<</Type/Outlines/First 11 0 R/Last 11 0 R>>",
        "<</Title(Part One)/Parent 10 0 R/Dest[100 0 R/XYZ 0 350 0]/First 12 0 R/Last 12 0 R>>",
        "<</Title(Chapter)/Parent 11 0 R/Dest[102 0 R/Fit]>>",
    ]
    catalog = "/Outlines 10 0 R/PageLabels<</Nums[0<</S/r>>1<</S/D>>]>>"
    with open_pdf(pdf(at("x", 9, 9), at("y", 9, 9), extra=entries, catalog=catalog), "b") as file:
        assert file.count == 2
        assert file.outline == (
            OutlineEntry("Part One", 1, 1, 350.0),
            OutlineEntry("Chapter", 2, 2, None),
        )
        assert [page.label for page in file.pages] == ["i", "1"]


def test_pages_are_given_one_by_one() -> None:
    with open_pdf(pdf(*(at(f"page {n}", 50, 300) for n in range(400))), "b") as file:
        assert texts(next(file.pages)) == ["page 0"]
        assert texts(next(file.pages)) == ["page 1"]


# --- what is refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"Once upon a time", "is not a PDF"),
        (b"%PDF-1.7\n" + b"x" * 5000, "is cut off"),
        (b"%PDF-1.7\n%%EOF\n", "is damaged"),
        (pdf(), "has no pages"),
        (pdf(at("x", 1, 1))[:400], "is cut off"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        pages(data)
    assert "old.pdf" in caught.value.message
    assert caught.value.exit_code == 5


def test_a_locked_file_is_refused() -> None:
    lock = "<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + "28" * 32 + ">/U<" + "31" * 32 + ">>>"
    data = pdf(at("x", 1, 1), extra=[lock], trailer="/Encrypt 10 0 R/ID[<00><00>]")
    with pytest.raises(SourceError, match="locked with a password") as caught:
        pages(data)
    assert "without a password" in caught.value.hint


def test_too_many_pages_are_refused() -> None:
    many = "100 0 R " * (pdf_limits.MAX_PAGES + 1)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{many}]/Count {pdf_limits.MAX_PAGES + 1}>>".encode(),
        100: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    }
    with pytest.raises(SourceError, match="20001 pages"):
        pages(assembled(objects))


def bomb() -> bytes:
    """A page whose stream grows to six gigabytes: deflated twice, so that it is a small file."""
    once = zlib.compress(b" " * (1 << 26), 9)
    stream = zlib.compress(once, 9)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents[" + b"4 0 R " * 96 + b"]>>",
        4: b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n" % len(stream)
        + stream
        + b"\nendstream",
    }
    return assembled(objects)


@pytest.mark.parametrize("read", [pages, strange_pdf_text])
def test_a_bomb_does_not_fill_the_memory(read: object) -> None:
    data = bomb()
    assert len(data) < 1_000_000
    with suppress(SourceError):
        assert callable(read)
        read(data)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    assert largest * unit < 2 * pdf_limits.MEMORY


def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    hang = "import signal, time; signal.alarm(1); time.sleep(60)"
    monkeypatch.setattr(pdf_process, "_WORKER", (sys.executable, "-c", hang))
    start = time.monotonic()
    with pytest.raises(SourceError, match="did not finish the file in time"):
        pages(pdf(at("x", 1, 1)))
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("program", "kind", "says"),
    [
        ("import os; os.abort()", SourceError, "broke off at the file"),
        ("import os; os._exit(4)", SourceError, "made to fill the memory"),
        ("import os; os._exit(3)", EngineMissing, "cannot be loaded"),
        ("import os; os._exit(9)", EngineFailed, "ended with 9"),
        ('print(\'{"error": "page", "said": "oh"}\')', EngineFailed, "cannot read page 0"),
        ("print('{\"pag', end='')", EngineFailed, "ended with 0"),
        ("print('nonsense')", EngineFailed, "nonsense"),
    ],
)
def test_a_worker_that_fails_or_lies_is_an_error(
    program: str, kind: type[BooktoolsError], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_process, "_WORKER", (sys.executable, "-c", program))
    with pytest.raises(kind, match=says) as caught:
        pages(pdf(at("x", 1, 1)))
    assert caught.value.hint


def test_a_reader_that_stops_early_leaves_no_process() -> None:
    before = subprocess.run(["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True)
    with open_pdf(pdf(*[at("x", 1, 1)] * 50), "b") as file:
        next(file.pages)
    after = subprocess.run(["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True)
    assert len(after.stdout.split()) == len(before.stdout.split())


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=20))
def test_damage_never_shows_the_engines_own_errors(where: int, junk: bytes) -> None:
    whole = pdf(at("One line", 50, 300), at("Two", 50, 300))
    where %= len(whole)
    with suppress(BooktoolsError):
        pages(whole[:where] + junk + whole[where + len(junk) :])


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 1e30 1e30", "-5 -5 -1 -1", "9 9 1 1", "0 0 nan 7"])
def test_absurd_pages_are_read_or_refused(box: str) -> None:
    data = pdf(at("Some words", 50, 300) + at("far", 1e20, -1e20, 1e18))
    changed = data.replace(b"/MediaBox[0 0 300 400]", f"/MediaBox[{box}]".encode())
    with suppress(BooktoolsError):
        for page in pages(assembled_again(changed)):
            for word in words(page):
                assert all(abs(side) < float("inf") for side in _sides(word))


def _sides(word: PrintedWord) -> tuple[float, ...]:
    return word.box.left, word.box.top, word.box.right, word.box.bottom, word.baseline


def test_writing_from_right_to_left() -> None:
    """Glyphs in visual order, as typesetters write them, with their meaning in the file."""
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <41> <45> "
        "endcodespacerange 5 beginbfchar <41> <05D0> <42> <05D1> <43> <05D2> <44> <05D3> "
        "<45> <06440627> "
        "endbfchar endcmap end"
    )
    font = "<</Type/Font/Subtype/Type1/BaseFont/Courier/ToUnicode 11 0 R>>"
    stream = f"<</Length {len(cmap)}>>\nstream\n{cmap}\nendstream"
    content = (
        "BT /H 10 Tf 1 0 0 1 100 300 Tm (DCB AB) Tj ET BT /H 10 Tf 1 0 0 1 100 288 Tm (BAE) Tj ET"
    )
    data = pdf(content, extra=[font, stream]).replace(b"/Font<<", b"/Font<</H 10 0 R")
    (page,) = pages(assembled_again(data))
    assert texts(page) == ["\u05d1\u05d0 \u05d1\u05d2\u05d3", "\u0644\u0627\u05d0\u05d1"]
