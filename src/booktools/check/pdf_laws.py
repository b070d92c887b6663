"""What is known of the printed pages once their text is matched: leaves, page numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from booktools.check.diff import Comparison
from booktools.check.letters import Letters, letters_of
from booktools.check.pdf_margins import folios
from booktools.check.pdf_words import Reading, parted
from booktools.model.artifact import Expected
from booktools.model.finding import Finding, Severity
from booktools.model.pdf import PdfLine, PdfPage
from booktools.model.place import Place
from booktools.model.printed import Leaf

WRONG_NUMBER = "SAM008"
OFF_THE_PAGE = "SAM011"

_EDGE = 1.0  # point that a letter may hang over


def leaves_of(leaves: Sequence[Leaf], reading: Reading, comparison: Comparison) -> dict[int, int]:
    """The leaf (its index) to which each page belongs, by the page's middle letter.

    A leaf without letters (a picture, a title that is blank) has the page where it begins by
    rule; blanks are left out.
    """
    firsts: list[int] = []  # for each leaf, the first of its pieces in the whole text
    pieces = 0
    for leaf in leaves:
        firsts.append(pieces)
        pieces += len(parted(leaf.expected)[0])
    out: dict[int, int] = {}
    for page, (start, end) in page_ranges(reading.found).items():
        middle = comparison.to_a((start + end) // 2)
        out[page] = bisect_right(firsts, reading.wanted.index_at(middle)) - 1
    page = 0
    for index, leaf in enumerate(leaves):
        if any(letters_of(stretch.text) for stretch in leaf.expected):
            page = max((n for n, at in out.items() if at == index), default=page)
        else:
            page += 2 if leaf.on_recto and page % 2 else 1
            out.setdefault(page, index)
    return out


def page_ranges(found: Letters) -> dict[int, tuple[int, int]]:
    """Where the letters of each page begin and end; pages without letters are left out."""
    out: dict[int, tuple[int, int]] = {}
    at = 0
    for piece, length in found.lengths():
        if length:
            out[piece.page] = (out.get(piece.page, (at, at))[0], at + length)
        at += length
    return out


def contents_law(
    leaves: Sequence[Leaf], reading: Reading, comparison: Comparison, name: str
) -> Iterator[Finding]:
    """Every entry of the contents has a number, that of the page where its title stands."""
    ranges = page_ranges(reading.found)
    begins = sorted((comparison.to_a(start), page) for page, (start, _) in ranges.items())
    if not begins:
        return  # a file without a letter: that they are all lost is told elsewhere
    leaf_of = leaves_of(leaves, reading, comparison)
    names = folios(leaves, leaf_of, len(reading.margins))
    numbers = {id(number.entry): number for number in reading.numbers}
    titles = _Titles(reading.wanted)
    for leaf in leaves:
        for entry in leaf.expected:
            if entry.rule != "contents" or not entry.file:
                continue
            number = numbers.get(id(entry))
            where = titles.of(entry)
            if where is None:
                continue  # it stands for nothing that is printed
            page = begins[max(bisect_right(begins, (where, len(names))) - 1, 0)][1]
            says = number.says if number else ""
            if says != names[page]:
                yield _wrong(entry, says, names[page], number.page if number else 0, name)


def page_law(pages: Sequence[PdfPage], name: str) -> Iterator[Finding]:
    """Every letter stands on its page: what lies outside is in the file, but nobody reads it."""
    for page in pages:
        off = [line for line in page.lines if line.text.strip() and not _on(page, line)]
        if off:
            excerpt = off[0].text.strip()
            yield Finding(
                OFF_THE_PAGE,
                Severity.ERROR,
                f"PDF, page {page.number}: {len(off)} lines stand off the page, as “{excerpt}”",
                excerpt=excerpt,
                fix="Part what is too long for a page or a line (a note, a title, a word), or"
                " make room for it in the style sheet.",
                trail=(Place(name, page=page.number),),
            )


def _on(page: PdfPage, line: PdfLine) -> bool:
    return (
        -_EDGE <= line.x <= max(line.x, line.right) <= page.width + _EDGE
        and -_EDGE <= line.y <= page.height + _EDGE
    )


class _Titles:
    """Where the manuscript's stretches begin in the text, by file and line."""

    def __init__(self, wanted: Letters) -> None:
        self.lines: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self.files: dict[str, int] = {}
        at = 0
        for piece, length in wanted.lengths():
            if piece.rule != "contents" and length:
                letters = wanted.letters[at : at + length]
                if piece.rule == "manuscript":
                    self.lines.setdefault((piece.file, piece.line), []).append((letters, at))
                self.files.setdefault(piece.file, at)
            at += length

    def of(self, entry: Expected) -> int | None:
        """The first letter of what an entry of the contents stands for.

        A chapter without a title is listed by its kind, and stands where its text begins.
        """
        said = letters_of(entry.text)
        places = self.lines.get((entry.file, entry.line), [])
        found = next((at for letters, at in places if letters in said), None)
        return self.files.get(entry.file) if found is None else found


def _wrong(entry: Expected, says: str, ought: str, page: int, name: str) -> Finding:
    has = f"page {says}" if says else "no page"
    return Finding(
        WRONG_NUMBER,
        Severity.ERROR,
        f"PDF: the contents give {has} for “{entry.text.strip()}”, which stands on page {ought}",
        Place(entry.file, entry.line),
        excerpt=entry.text.strip(),
        fix="Build the print edition again; its page numbers are out of date.",
        trail=(Place(name, page=page),),
    )
