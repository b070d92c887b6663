"""The proof that the finished editions say the same, letter for letter.

Two proofs for each edition.  What the edition declares to be the manuscript's own text is
the manuscript's, letter for letter, and whatever else it shows stands there by a declared
rule.  And the finished file, read anew, shows just that, in that order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from booktools.check.declared import MANUSCRIPT, RULES, undeclared
from booktools.check.diff import Comparison
from booktools.check.differences import Told, told
from booktools.check.differences import findings as difference_findings
from booktools.check.letters import Letters, Piece, gather, letters_of, unseen
from booktools.check.manuscript_letters import manuscript_pieces, parted_pieces
from booktools.check.pdf_laws import contents_law, leaves_of, page_law
from booktools.check.pdf_margins import margin_law
from booktools.check.pdf_words import read_pages
from booktools.model.artifact import Edition, Expected
from booktools.model.book import Book
from booktools.model.finding import Finding, Severity
from booktools.model.pdf import PdfPage
from booktools.model.place import Place
from booktools.model.printed import Leaf

UNDECLARED, NOT_THE_MANUSCRIPT = "SAM006", "SAM010"

_NAMES = {Edition.EPUB: "EPUB", Edition.PDF: "PDF", Edition.TXT: "plain text"}


@dataclass(frozen=True)
class Proof:
    """What came of the comparison of one finished edition.

    `account` says for how many letters of the finished file each declared rule answers;
    those not compared (`soft-hyphen`, `invisible`) are counted too.  `letters` are all
    letters of the file.  It holds when there are no findings.
    """

    edition: Edition
    letters: int
    account: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        return not self.findings


def prove_txt(book: Book, expected: Sequence[Expected], text: str, name: str = "book.txt") -> Proof:
    """The proof for the plain-text edition: `text` is the finished file's."""
    lines = [Piece(line, name, number) for number, line in enumerate(text.split("\n"), 1)]
    return _prove(Edition.TXT, book, expected, lines, name)


def prove_epub(
    book: Book, expected: Sequence[Expected], pieces: Sequence[Piece], name: str = "book.epub"
) -> Proof:
    """The proof for the EPUB: `pieces` are what `epub_text` read from the finished file."""
    return _prove(Edition.EPUB, book, expected, pieces, name)


def prove_pdf(
    book: Book, leaves: Sequence[Leaf], pages: Sequence[PdfPage], name: str = "book.pdf"
) -> Proof:
    """The proof for the print edition: `pages` were read from the finished PDF.

    Running heads and folios are those that `leaves` declare, on every page, and the page
    numbers in the contents are those of the pages where the titles stand.
    """
    expected = [stretch for leaf in leaves for stretch in leaf.expected]
    declared = list(_declared(Edition.PDF, book, expected))
    found, account = _read_print(leaves, pages, name, heads=True)
    if found:  # the margins may be read in two ways: what holds in one of them holds
        again = _read_print(leaves, pages, name, heads=False)
        found, account = min((found, account), again, key=lambda result: len(result[0]))
    account += _unseen_in(line.text for page in pages for line in page.lines)
    letters = sum(len(letters_of(line.text)) for page in pages for line in page.lines)
    return _proof(Edition.PDF, letters, account, [*declared, *found])


def _read_print(
    leaves: Sequence[Leaf], pages: Sequence[PdfPage], name: str, *, heads: bool
) -> tuple[list[Finding], Counter[str]]:
    reading = read_pages(leaves, pages, heads=heads)
    text = told(reading.wanted, reading.found)
    notes = told(reading.wanted_notes, reading.found_notes)
    found = list(_findings(Edition.PDF, reading.wanted, reading.found, *text, name))
    found += _findings(Edition.PDF, reading.wanted_notes, reading.found_notes, *notes, name)
    leaf_of = leaves_of(leaves, reading, text[0])
    noted = {piece.page for piece in reading.found_notes.pieces}
    margins = margin_law(leaves, pages, leaf_of, reading.margins, noted, name)
    found += margins.findings
    found += contents_law(leaves, reading, text[0], name)
    found += page_law(pages, name)
    account = reading.account + margins.account
    return found, account + _counted(reading.wanted) + _counted(reading.wanted_notes)


def _prove(
    edition: Edition,
    book: Book,
    expected: Sequence[Expected],
    pieces: Sequence[Piece],
    name: str,
) -> Proof:
    found = list(_declared(edition, book, expected))
    wanted, seen = gather(map(_piece, expected)), gather(pieces)
    comparison, results = told(wanted, seen)
    found += _findings(edition, wanted, seen, comparison, results, name)
    account = _counted(wanted) + _unseen_in(piece.text for piece in pieces)
    return _proof(edition, len(seen), account, found)


def _proof(
    edition: Edition, letters: int, account: Counter[str], found: Sequence[Finding]
) -> Proof:
    counts = tuple((rule, account[rule]) for rule in RULES if account[rule])
    return Proof(edition, letters, counts, tuple(found))


# --- the first proof: what is declared ------------------------------------------------


def _declared(edition: Edition, book: Book, expected: Sequence[Expected]) -> Iterator[Finding]:
    """What the edition means to show is the manuscript and what declared rules let stand."""
    for stretch in undeclared(expected):
        yield Finding(
            UNDECLARED,
            Severity.ERROR,
            f"{_NAMES[edition]}: no declared rule lets “{stretch.text.strip()}” stand"
            f" (it is said to be {stretch.rule!r})",
            Place(stretch.file, stretch.line) if stretch.file else None,
            excerpt=stretch.text.strip(),
            fix="Declare the rule, or leave it out of the edition.",
        )
    own = [stretch for stretch in expected if stretch.rule in MANUSCRIPT]
    if any(stretch.rule == "moved-note" for stretch in own):
        main, notes = parted_pieces(book)
        yield from _derived(edition, main, [s for s in own if s.rule == "manuscript"])
        yield from _derived(edition, notes, [s for s in own if s.rule == "moved-note"])
    else:
        yield from _derived(edition, manuscript_pieces(book), own)


def _derived(
    edition: Edition, pieces: Sequence[Piece], own: Sequence[Expected]
) -> Iterator[Finding]:
    """What is declared to be the manuscript's is the manuscript's, letter for letter."""
    wanted, seen = gather(pieces), gather(map(_piece, _cell_by_cell(own)))
    comparison, results = told(wanted, seen)

    def artifact(offset: int) -> Place:
        piece = seen.piece_at(offset)
        return Place(piece.file, piece.line) if piece else Place("")

    name = f"what the {_NAMES[edition]} declares"
    for finding in difference_findings(name, wanted, seen, results, artifact, comparison.complete):
        yield replace(finding, code=NOT_THE_MANUSCRIPT, trail=())


def _cell_by_cell(own: Sequence[Expected]) -> Iterator[Expected]:
    """The stretches, those of a table's cells in the order of the cells."""
    for _, group in groupby(own, lambda one: (one.file, one.cell > 0)):
        yield from sorted(group, key=lambda one: one.cell)


# --- helpers --------------------------------------------------------------------------


def _findings(
    edition: Edition,
    wanted: Letters,
    seen: Letters,
    comparison: Comparison,
    results: Sequence[Told],
    name: str,
) -> Iterator[Finding]:
    def artifact(offset: int) -> Place:
        piece = seen.piece_at(offset)
        return Place(piece.file or name, piece.line, page=piece.page) if piece else Place(name)

    return difference_findings(
        _NAMES[edition], wanted, seen, results, artifact, comparison.complete
    )


def _piece(stretch: Expected) -> Piece:
    return Piece(stretch.text, stretch.file, stretch.line, rule=stretch.rule)


def _counted(wanted: Letters) -> Counter[str]:
    """How many letters each rule answers for."""
    counts: Counter[str] = Counter()
    for piece, length in wanted.lengths():
        counts[piece.rule] += length
    return counts


def _unseen_in(texts: Iterable[str]) -> Counter[str]:
    return sum((unseen(text) for text in texts), Counter())
