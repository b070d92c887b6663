"""The same-words proof, on finished files: whole ones hold, damaged ones do not."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given

from booktools.check.declared import MANUSCRIPT
from booktools.check.epub_text import epub_text
from booktools.check.letters import Piece, letters_of
from booktools.check.same_words import Proof, prove_epub, prove_pdf, prove_txt
from booktools.edition import epub, plain, print
from booktools.engines.pdfium import pdf_text
from booktools.model.artifact import Expected
from booktools.model.book import Book, Paragraph, Text, inline_text
from booktools.model.finding import Severity
from booktools.model.pdf import PdfLine, PdfPage
from finished_book import book, finished_epub, finished_pdf, finished_txt, make_pdf
from strategies import books

# A paragraph that stands in every edition, and a line of it.
CHAPTER, PARAGRAPH = 2, 4
Damage = Callable[[str], str]


def txt_proof(text: str) -> Proof:
    return prove_txt(book(), plain.expected(book()), text, "dist/b.txt")


def epub_proof(data: bytes) -> Proof:
    return prove_epub(book(), epub.expected(book()), epub_text(data), "dist/b.epub")


def pdf_proof(data: bytes) -> Proof:
    return prove_pdf(book(), print.leaves(book()), pdf_text(data), "dist/b.pdf")


def paragraph_text() -> str:
    block = book().chapters[CHAPTER].blocks[PARAGRAPH]
    assert isinstance(block, Paragraph)
    return inline_text(block.inlines)


@cache
def pdf_pages() -> tuple[PdfPage, ...]:
    return pdf_text(finished_pdf())


@cache
def epub_pieces() -> tuple[Piece, ...]:
    return epub_text(finished_epub())


# --- whole files ----------------------------------------------------------------------


def test_the_finished_editions_say_the_same() -> None:
    for proof in txt_proof(finished_txt()), epub_proof(finished_epub()), pdf_proof(finished_pdf()):
        assert proof.findings == ()
        assert proof.holds


def test_every_letter_of_a_finished_file_is_on_one_rule() -> None:
    own = sum(len(letters_of(s.text)) for s in plain.expected(book()) if s.rule in MANUSCRIPT)
    for proof in txt_proof(finished_txt()), epub_proof(finished_epub()), pdf_proof(finished_pdf()):
        account = dict(proof.account)
        assert sum(account.values()) == proof.letters
        assert account["manuscript"] + account["moved-note"] == own


def test_the_print_account_names_what_pages_add() -> None:
    account = dict(pdf_proof(finished_pdf()).account)
    for rule in ("running-head", "folio", "contents-page", "contents-leader", "line-end-hyphen"):
        assert account[rule] > 0, rule


@given(books())
def test_any_plain_text_edition_says_the_same(any_book: Book) -> None:
    proof = prove_txt(any_book, plain.expected(any_book), plain.plain_text(any_book))
    assert proof.findings == ()


# --- damaged files --------------------------------------------------------------------


def lose_line(text: str) -> str:
    words = text.split()
    return " ".join((*words[:3], *words[14:]))


def double(text: str) -> str:
    return f"{text} {text}"


def change_letter(text: str) -> str:
    at = next(i for i, char in enumerate(text) if i > len(text) // 2 and char == "e")
    return f"{text[:at]}c{text[at + 1 :]}"


DAMAGES = [(lose_line, "SAM001"), (double, "SAM002"), (change_letter, "SAM003")]


def in_txt(damage: Damage) -> Proof:
    whole = finished_txt()
    paragraph = next(p for p in whole.split("\n\n") if p.split() == paragraph_text().split())
    return txt_proof(whole.replace(paragraph, damage(paragraph), 1))


def in_epub(damage: Damage) -> Proof:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(finished_epub())) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info).decode("latin-1")
            wanted = paragraph_text().encode().decode("latin-1")
            new.writestr(info, data.replace(wanted, damage(wanted)).encode("latin-1"))
    assert out.getvalue() != finished_epub()
    return epub_proof(out.getvalue())


def in_pdf(damage: Damage) -> Proof:
    whole = book()
    chapter = whole.chapters[CHAPTER]
    blocks = list(chapter.blocks)
    blocks[PARAGRAPH] = Paragraph((Text(damage(paragraph_text())),))
    chapters = list(whole.chapters)
    chapters[CHAPTER] = replace(chapter, blocks=tuple(blocks))
    return pdf_proof(make_pdf(replace(whole, chapters=tuple(chapters))))


@pytest.mark.parametrize(("damage", "code"), DAMAGES)
@pytest.mark.parametrize("edition", [in_txt, in_epub, in_pdf])
def test_one_damage_is_one_finding(
    edition: Callable[[Damage], Proof], damage: Damage, code: str
) -> None:
    proof = edition(damage)
    assert [finding.code for finding in proof.findings] == [code]
    finding = proof.findings[0]
    assert finding.severity is Severity.ERROR
    assert finding.place is not None
    assert finding.place.file == book().chapters[CHAPTER].file
    lines = {t.line for t in book().chapters[CHAPTER].blocks[PARAGRAPH].inlines}  # type: ignore[union-attr]
    after = min(t.line for t in book().chapters[CHAPTER].blocks[PARAGRAPH + 1].inlines)  # type: ignore[union-attr]
    assert finding.place.line in {*lines, after}
    (where,) = finding.trail
    assert where.page or where.line
    assert "[" in finding.excerpt
    assert "]" in finding.excerpt


def test_a_finding_shows_what_was_lost_and_where() -> None:
    finding = in_txt(lose_line).findings[0]
    lost = " ".join(paragraph_text().split()[3:14])
    assert f"[{lost}]" in finding.excerpt
    assert finding.trail[0].file == "dist/b.txt"
    shown = finished_txt().split("\n")[finding.trail[0].line - 1]
    assert shown.split()[0] in paragraph_text()


def damaged_streams(data: bytes, pattern: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """The PDF with the first long shown line of its tenth page edited in place."""
    seen = 0
    for match in re.finditer(rb"(?<!end)stream\r?\n", data):
        end = data.index(b"endstream", match.end())
        try:
            content = zlib.decompress(data[match.end() : end])
        except zlib.error:
            continue
        lines = re.findall(pattern, content)
        seen += b" TJ" in content
        if seen < 10 or not lines:
            continue
        content = content.replace(lines[0], edit(lines[0]), 1)
        packed = zlib.compress(content, 9)
        assert len(packed) <= end - match.end()
        return data[: match.end()] + packed.ljust(end - match.end(), b"\n") + data[end:]
    raise AssertionError("no line found")


LINE = rb"\[[^\]]{600,}\] TJ"


def test_a_line_that_the_engine_lost_is_found_with_its_page() -> None:
    proof = pdf_proof(damaged_streams(finished_pdf(), LINE, lambda line: b""))
    assert [finding.code for finding in proof.findings] == ["SAM001"]
    assert proof.findings[0].trail[0].page >= 10


def test_a_letter_that_the_engine_changed_is_found() -> None:
    def edit(line: bytes) -> bytes:
        codes = re.findall(rb"<([0-9a-f]{4})>", line)
        old, new = codes[0], codes[1]  # a line begins with a word of two letters or more
        assert old != new
        return line.replace(old, new, 1).replace(b">0<", b"><")

    proof = pdf_proof(damaged_streams(finished_pdf(), LINE, edit))
    assert [finding.code for finding in proof.findings] == ["SAM003"]


def test_a_moved_paragraph_is_told_once() -> None:
    paragraphs = finished_txt().split("\n\n")
    at = next(i for i, p in enumerate(paragraphs) if p.split() == paragraph_text().split())
    moved = [*paragraphs[:at], *paragraphs[at + 1 : at + 3], paragraphs[at], *paragraphs[at + 3 :]]
    proof = txt_proof("\n\n".join(moved))
    assert [finding.code for finding in proof.findings] in (["SAM005"], ["SAM005"] * 2)


def test_another_text_ends_in_a_summary() -> None:
    proof = txt_proof("".join(f"{n * 7919} " for n in range(20_000)))
    assert 0 < len(proof.findings) <= 101
    assert not proof.holds


# --- margins and contents of the print edition ----------------------------------------


def with_line(page: int, old: str, new: str) -> Proof:
    pages = list(pdf_pages())
    lines = tuple(
        PdfLine(new, line.x, line.y, line.size)
        if letters_of(line.text) == letters_of(old)
        else line
        for line in pages[page - 1].lines
    )
    assert lines != pages[page - 1].lines
    pages[page - 1] = replace(pages[page - 1], lines=tuple(line for line in lines if line.text))
    return prove_pdf(book(), print.leaves(book()), pages, "dist/b.pdf")


def a_page_with_head() -> tuple[PdfPage, str]:
    head = book().meta.title
    for page in pdf_pages():
        if page.number > 8 and any(letters_of(x.text) == letters_of(head) for x in page.lines):
            return page, head
    raise AssertionError


@pytest.mark.parametrize("wrong", ["The Book of the Vallej", "Chapter 9", ""])
def test_a_wrong_running_head_is_found(wrong: str) -> None:
    page, head = a_page_with_head()
    proof = with_line(page.number, head, wrong)
    assert [(f.code, f.trail[0].page) for f in proof.findings] == [("SAM007", page.number)]
    assert head in proof.findings[0].message


def test_a_wrong_folio_is_found() -> None:
    page, _ = a_page_with_head()
    folio = page.lines[-1].text
    proof = with_line(page.number, folio, "77")
    assert [(f.code, f.trail[0].page) for f in proof.findings] == [("SAM007", page.number)]


def test_a_wrong_page_in_the_contents_is_found() -> None:
    page = next(p for p in pdf_pages() if any(" . . ." in line.text for line in p.lines))
    line = next(line.text for line in page.lines if line.text.startswith("Chapter 2"))
    right = line.split()[-1]
    proof = with_line(page.number, line, line.removesuffix(right) + "3")
    assert [finding.code for finding in proof.findings] == ["SAM008"]
    assert f"stands on page {right}" in proof.findings[0].message


def test_a_contents_line_without_its_page_is_found() -> None:
    page = next(p for p in pdf_pages() if any(" . . ." in line.text for line in p.lines))
    line = next(line.text for line in page.lines if line.text.startswith("Chapter 2"))
    assert not with_line(page.number, line, line.split(" . ")[0]).holds


# --- what an edition declares ---------------------------------------------------------


def declared(change: Callable[[list[Expected]], list[Expected]]) -> list[str]:
    stretches = change(plain.expected(book()))
    text = " ".join(stretch.text for stretch in stretches)
    return [finding.code for finding in prove_txt(book(), stretches, text).findings]


def test_an_edition_that_leaves_the_manuscript_out_is_found() -> None:
    assert declared(lambda s: [x for i, x in enumerate(s) if i != 60]) == ["SAM010"]


def test_an_edition_that_adds_to_the_manuscript_is_found() -> None:
    more = Expected("A sentence of our own.", "manuscript", "x.md", 1)
    assert declared(lambda s: [*s[:60], more, *s[60:]]) == ["SAM010"]


def test_an_undeclared_rule_is_found() -> None:
    assert declared(lambda s: [*s, Expected("Advertisement", "advertisement")]) == ["SAM006"]


def test_a_rule_cannot_hide_text_of_another_form() -> None:
    assert declared(lambda s: [*s, Expected("whole words", "emphasis-mark")]) == ["SAM006"]
