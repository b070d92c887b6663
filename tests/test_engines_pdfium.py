"""The door to pdfium: lines with positions, and clear words for what is no PDF."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.engines import pdf_process, pdfium
from booktools.engines.pdfium import pdf_text
from booktools.errors import BooktoolsError, EngineFailed, EngineMissing, SourceError
from booktools.model.pdf import PdfLine, PdfPage
from finished_book import finished_pdf


def pdf(*pages: str) -> bytes:
    """A PDF whose pages have these content streams, 300 by 400 points, font F at hand."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, content in enumerate(pages):
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * number} 0 R>>"
        )
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
    return f"{out}<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out) - 8}\n%%EOF\n".encode("latin-1")


def line(text: str, x: float, y: float, size: float = 10) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET"


@cache
def book_pages() -> tuple[PdfPage, ...]:
    return pdf_text(finished_pdf())


def test_lines_have_their_place() -> None:
    (page,) = pdf_text(pdf("\n".join((line("One line", 50, 300, 12), line("Two", 60, 280)))))
    assert (page.number, page.width, page.height) == (1, 300, 400)
    assert [x.text for x in page.lines] == ["One line", "Two"]
    first = page.lines[0]
    assert (round(first.x), round(first.y), round(first.size)) == (51, 300, 12) or (
        round(first.x),
        round(first.y),
        round(first.size),
    ) == (50, 300, 12)


def test_a_hyphen_at_a_line_end_is_kept() -> None:
    (page,) = pdf_text(pdf("\n".join((line("counter-", 50, 300), line("revolution", 50, 288)))))
    assert [x.text for x in page.lines] == ["counter-", "revolution"]


def test_a_mark_set_after_the_text_stands_before_its_line() -> None:
    content = "\n".join((line("item", 60, 300), line("more", 60, 288), line("4.", 45, 300)))
    (page,) = pdf_text(pdf(content))
    assert [x.text.strip() for x in page.lines] == ["4.", "item", "more"]


def test_short_lines_one_under_another_are_parted() -> None:
    (page,) = pdf_text(pdf("\n".join((line("A", 150, 300), line("7", 150, 40)))))
    assert [(x.text.strip(), round(x.y)) for x in page.lines] == [("A", 300), ("7", 40)]


def test_a_page_without_text_has_no_lines() -> None:
    one, two = pdf_text(pdf("", line("x", 10, 10)))
    assert one.lines == ()
    assert two.number == 2


def test_the_print_edition_is_read_in_order() -> None:
    pages = book_pages()
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert {(round(page.width), round(page.height)) for page in pages} == {(432, 648)}
    texts = [x.text for page in pages for x in page.lines]
    assert any(text.endswith(("-", "\u2010")) for text in texts)
    assert all(isinstance(x, PdfLine) and 0 < x.size < 40 for page in pages for x in page.lines)


def test_reading_is_quick() -> None:
    start = time.process_time()
    pages = pdf_text(finished_pdf())
    assert (time.process_time() - start) / len(pages) < 0.02


# --- what is no PDF -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"Once upon a time", "is not a PDF"),
        (b"PK\x03\x04" + b"\0" * 4000, "is not a PDF"),
        (b"%PDF-1.7\n" + b"x" * 5000, "is cut off"),
        (b"%PDF-1.7\n%%EOF\n", "is damaged"),
    ],
)
def test_what_is_no_pdf_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        pdf_text(data, "old.pdf")
    assert "old.pdf" in caught.value.message


def test_a_cut_file_is_refused() -> None:
    whole = finished_pdf()
    with pytest.raises(SourceError, match="cut off"):
        pdf_text(whole[: len(whole) // 2])


def test_a_locked_file_is_refused() -> None:
    import pypdfium2

    class Locked(pypdfium2.PdfiumError):
        err_code = 4

    def refuse(data: bytes) -> None:
        raise Locked("Failed to load document (PDFium: Incorrect password error).")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pypdfium2, "PdfDocument", refuse)
        with pytest.raises(SourceError, match="locked with a password") as caught:
            pdf_text(pdf(""))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("limit", "value"), [("MAX_BYTES", 100), ("MAX_PAGES", 1), ("MAX_CHARACTERS", 3)]
)
def test_reading_is_bounded(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process if limit == "MAX_BYTES" else pdfium, limit, value)
    with pytest.raises(SourceError, match=rf"{value}\b"):
        pdf_text(pdf(line("more", 1, 1), line("x", 1, 1)))


def test_a_page_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    def fail(self: object) -> None:
        raise pypdfium2.PdfiumError("broken")

    monkeypatch.setattr(pypdfium2.PdfPage, "get_textpage", fail)
    with pytest.raises(EngineFailed, match="page 1"):
        pdf_text(pdf(""))


def test_without_pypdfium2_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(EngineMissing) as caught:
        pdf_text(pdf(""))
    assert "pip install pypdfium2" in caught.value.hint


@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=20))
def test_damage_never_shows_the_engines_own_errors(at: int, junk: bytes) -> None:
    whole = pdf(line("One line", 50, 300), line("Two", 50, 300))
    at %= len(whole)
    with suppress(BooktoolsError):
        pdf_text(whole[:at] + junk + whole[at + len(junk) :])


def test_the_version_is_told() -> None:
    assert pdfium.version().startswith("pypdfium2 ")
