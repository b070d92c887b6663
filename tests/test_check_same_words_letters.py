"""The same-words proof: no letter of a finished edition is ignored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from booktools.check.epub_text import epub_text
from booktools.check.letters import Piece
from booktools.check.same_words import prove_epub, prove_pdf, prove_txt
from booktools.edition import epub, plain, print
from booktools.engines.pdfium import pdf_text
from booktools.model.pdf import PdfLine, PdfPage
from finished_book import book, finished_epub, finished_pdf, finished_txt


@cache
def pdf_pages() -> tuple[PdfPage, ...]:
    return pdf_text(finished_pdf())


@cache
def epub_pieces() -> tuple[Piece, ...]:
    return epub_text(finished_epub())


Edit = Callable[[str], str]
EDITS: dict[str, Edit] = {
    "lost": lambda letter: "",
    "doubled": lambda letter: letter * 2,
    "changed": lambda letter: "q" if letter != "q" else "x",
    "case": lambda letter: letter.swapcase() if letter.swapcase() != letter else "#",
}


def edited(data: st.DataObject, texts: Sequence[str], free: str = "") -> tuple[int, str]:
    """One letter of one of the texts edited: which, and its new text."""
    which = data.draw(st.integers(0, len(texts) - 1).filter(lambda n: bool(texts[n].strip())))
    text = texts[which]
    last = len(text.rstrip()) - 1
    places = [
        at
        for at, char in enumerate(text)
        if not char.isspace() and char not in free and not (at == last and char in "-\u2010")
    ]
    if not places:
        return which, text + "q"
    at = data.draw(st.sampled_from(places))
    edit = EDITS[data.draw(st.sampled_from(sorted(EDITS)))]
    return which, text[:at] + edit(text[at]) + text[at + 1 :]


@given(st.data())
def test_any_letter_counts_in_plain_text(data: st.DataObject) -> None:
    lines = finished_txt().split("\n")
    which, text = edited(data, lines)
    damaged = "\n".join([*lines[:which], text, *lines[which + 1 :]])
    assert not prove_txt(book(), plain.expected(book()), damaged).holds


@given(st.data())
def test_any_letter_counts_in_the_epub(data: st.DataObject) -> None:
    pieces = list(epub_pieces())
    which, text = edited(data, [piece.text for piece in pieces])
    pieces[which] = replace(pieces[which], text=text)
    assert not prove_epub(book(), epub.expected(book()), pieces).holds


@given(st.data())
def test_any_letter_counts_in_the_pdf(data: st.DataObject) -> None:
    """Heads, folios and page numbers of the contents too; leaders may be of any length."""
    pages = list(pdf_pages())
    number = data.draw(st.integers(0, len(pages) - 1).filter(lambda n: bool(pages[n].lines)))
    lines = list(pages[number].lines)
    leader = "." if any(" . . ." in line.text for line in lines) else ""
    which, text = edited(data, [line.text for line in lines], leader)
    old = lines[which]
    lines[which] = PdfLine(text, old.x, old.y, old.size)
    pages[number] = replace(pages[number], lines=tuple(lines))
    assert not prove_pdf(book(), print.leaves(book()), pages).holds
