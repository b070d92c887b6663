"""The margins of the print edition: where its running heads and folios stand, and their law."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from booktools.check.leftwards import same_letters, whole_lines
from booktools.check.letters import letters_of
from booktools.model.finding import Finding, Severity
from booktools.model.pdf import PdfLine, PdfPage
from booktools.model.place import Place
from booktools.model.printed import Folio, Leaf, roman

WRONG_MARGIN = "SAM007"

_FIRST_NUMBER = re.compile(r"[ivxlcdm]+|\d+")
_LAST_NUMBER = re.compile(r"(?:[ivxlcdm]+|\d+)\Z")
_LEVEL = 1.5  # points between two base lines that count as one
_MOST = 4  # lines in the margins of a page


class MarginReader:
    """Parts the lines in the margins from those of the text.

    Margin boxes are set after the text of their page, outside of it.  On which base lines
    they stand is learned from the pages whose last lines are a declared running head or a
    number that may be the page's folio.  In a very short book a chapter's title looks just
    like the head that repeats it; `heads` false reads it as text.
    """

    def __init__(
        self, leaves: Sequence[Leaf], pages: Sequence[PdfPage], *, heads: bool = True
    ) -> None:
        said = {letters_of(head) for leaf in leaves for head in (leaf.verso, leaf.recto)}
        self.heads = said - {""} if heads else set()
        self.romans = [roman(number) for number in range(1, min(len(pages), 3999) + 1)]
        self.baselines = self._learn(pages)

    def part(self, page: PdfPage) -> tuple[list[PdfLine], str]:
        """The page's lines without its margins, and the letters of the margins."""
        lines = list(page.lines)
        margins: list[str] = []
        while lines and len(margins) < _MOST and self._in_margin(lines):
            margins.insert(0, letters_of(lines.pop().text))
        return lines, "".join(margins)

    def _in_margin(self, lines: Sequence[PdfLine]) -> bool:
        last = lines[-1]
        near = any(abs(last.y - baseline) < _LEVEL for baseline in self.baselines)
        return near and _outermost(lines)

    def _learn(self, pages: Sequence[PdfPage]) -> tuple[int, ...]:
        """The base lines on which heads and folios stand, to a point: beyond all text."""
        votes: Counter[int] = Counter()
        others: Counter[int] = Counter()
        for page in pages:
            whole = whole_lines(page.lines)
            lines = list(whole)
            while len(lines) > 1 and len(whole) - len(lines) < _MOST and _outermost(lines):
                if not self._may_be_margin(letters_of(lines[-1].text), page.number):
                    break
                votes[round(lines.pop().y)] += 1
            others.update({round(line.y) for line in lines})
        # A line there that says something else is still in the margin, and wrong; but where most
        # pages have something else the text ends, on some pages with a number.
        text = [y for y in others if others[y] > sum(votes[near] for near in (y - 1, y, y + 1))]
        return tuple(y for y in votes if text and not min(text) <= y <= max(text))

    def _may_be_margin(self, letters: str, page: int) -> bool:
        """Whether a line may be a head, a folio, or both."""
        if any(same_letters(letters, head) for head in self.heads):
            return True
        for number in (_FIRST_NUMBER.match(letters), _LAST_NUMBER.search(letters)):
            if number and self._may_be_folio(number[0], page):
                rest = letters[: number.start()] + letters[number.end() :]
                if not rest or any(same_letters(rest, head) for head in self.heads):
                    return True
        return False

    def _may_be_folio(self, text: str, page: int) -> bool:
        if text.isdecimal():
            return len(text) < 7 and 1 <= int(text) <= page
        return text in self.romans[:page]


def _outermost(lines: Sequence[PdfLine]) -> bool:
    """Whether the last line stands above or below all others, or level with the outermost."""
    *others, last = lines
    heights = [line.y for line in others]
    return not heights or last.y > max(heights) - _LEVEL or last.y < min(heights) + _LEVEL


@dataclass(frozen=True)
class Margins:
    """What came of the law of the margins: findings, and the letters it answers for."""

    findings: tuple[Finding, ...]
    account: Counter[str]


def folios(leaves: Sequence[Leaf], leaf_of: Mapping[int, int], pages: int) -> dict[int, str]:
    """What each page is called: roman from the first page, arabic from where the text begins."""
    begins = min((n for n, leaf in leaf_of.items() if leaves[leaf].arabic), default=pages + 1)
    return {n: roman(n) if n < begins else str(n - begins + 1) for n in range(1, pages + 1)}


def margin_law(
    leaves: Sequence[Leaf],
    pages: Sequence[PdfPage],
    leaf_of: Mapping[int, int],
    margins: Mapping[int, str],
    noted: Collection[int],
    name: str,
) -> Margins:
    """On every page the margins must say what its leaf declares.

    `leaf_of` says to which leaf a page with text belongs, `margins` what the letters in the
    margins of every page are, `noted` which pages have notes: one of nothing but notes may
    have bare margins.
    """
    found: list[Finding] = []
    account: Counter[str] = Counter()
    names = folios(leaves, leaf_of, len(margins))
    for page in pages:
        number = page.number
        leaf, first = _leaf_at(page, leaf_of)
        head, folio = _ought(leaves[leaf], first, number, names[number]) if leaf >= 0 else ("", "")
        said = letters_of(head)
        if not margins[number] and number in noted and number not in leaf_of:
            continue
        if any(same_letters(margins[number], both) for both in (said + folio, folio + said)):
            account += Counter({"running-head": len(said), "folio": len(folio)})
        else:
            wanted = " and ".join(f"“{part}”" for part in (head, folio) if part)
            found.append(_wrong(page, margins[number], wanted, leaves[max(leaf, 0)], name))
    return Margins(tuple(found), account)


def _leaf_at(page: PdfPage, leaf_of: Mapping[int, int]) -> tuple[int, bool]:
    """The leaf of a page, -1 for a blank, and whether it begins there.

    A page of nothing but pictures belongs to the leaf before.
    """
    number = page.number
    if number in leaf_of:
        leaf = leaf_of[number]
        return leaf, all(leaf_of.get(before) != leaf for before in range(1, number))
    before = max((n for n in leaf_of if n < number), default=0)
    return (leaf_of[before], False) if before and page.pictures else (-1, False)


def _ought(leaf: Leaf, first: bool, number: int, name: str) -> tuple[str, str]:
    head = leaf.margins(1, first=first, on_recto=number % 2 == 1)[0]
    return head, "" if leaf.folio is Folio.NONE else name


def _wrong(page: PdfPage, says: str, wanted: str, leaf: Leaf, name: str) -> Finding:
    return Finding(
        WRONG_MARGIN,
        Severity.ERROR,
        f"PDF, page {page.number}: the margins say “{says}” and ought to say {wanted or 'nothing'}",
        next((Place(s.file, s.line) for s in leaf.expected if s.file), None),
        excerpt=says,
        fix="Mend the running heads and folios in the style sheet for print.",
        trail=(Place(name, page=page.number),),
    )
