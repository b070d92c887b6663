"""What an OCR program thought of its own readings, as evidence for the finder."""

from __future__ import annotations

from dataclasses import dataclass, replace

from booktools.find.suggestion import Suggestion
from booktools.model.printed_page import Geometry
from booktools.model.specks import bare, is_specked

# Among what the finder thinks wrong, a word that the program doubts is so many times as often
# wrong as right, beside the usual; one that it does not doubt so much less often.  Counted on
# 1,524 findings in eleven books read by Tesseract 5 (4.1 and 0.47); in single books 2 to 10.
_DOUBTED, _SURE = 4.0, 0.5


@dataclass(frozen=True)
class Seen:
    """Where in a source words stand that the OCR program doubts, by the offset of each."""

    words: frozenset[int]
    text: str

    @classmethod
    def of(cls, text: str, geometry: Geometry | None) -> Seen | None:
        """None for a source that no OCR program has read, or that does not tell."""
        if geometry is None or all(g is None or g.confidence is None for g in geometry.lines):
            return None
        found: set[int] = set()
        specked = is_specked([text])
        at = 0
        for line, row in zip(geometry.lines, text.split("\n"), strict=False):
            for offset in line.doubts if line is not None else ():
                found.add(at + _lead(row, specked) + offset)
            at += len(row) + 1
        return cls(frozenset(found), text)

    def doubts(self, offset: int) -> bool:
        """Whether the word at an offset of the source is doubted."""
        start = max(self.text.rfind(blank, 0, offset) for blank in (" ", "\n")) + 1
        return any(at in self.words for at in range(start, offset + 1))

    def weighed(self, one: Suggestion, offset: int) -> Suggestion:
        """The suggestion with what the program thought of the word at an offset of the source."""
        doubted = self.doubts(offset)
        odds = one.score * (_DOUBTED if doubted else _SURE)
        score = odds / (odds + 1 - one.score)
        more = "; the OCR program doubts it" if doubted else ""
        return replace(one, score=score, evidence=one.evidence + more)


def _lead(row: str, specked: bool) -> int:
    """Where on a row of the source the line's text begins."""
    text = row.strip(" \f\t")
    return row.index(bare(text) if specked else text)


def lowest(least: float) -> float:
    """The lowest score with which a suggestion may still come to `least`."""
    return least / (_DOUBTED * (1 - least) + least)
