"""The finder's rules, and what all of them together have to say of a text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from booktools.find import context, figures, slips, spelling
from booktools.find.reading import Reading
from booktools.find.rule import Rule, Sort
from booktools.find.suggestion import Suggestion

RULES: tuple[Rule, ...] = (
    Rule("SPL001", "a word that no list has", Sort.TYPO, spelling.unknown_words),
    Rule("SPL002", "two words run together", Sort.TYPO, spelling.run_together),
    Rule("SPL003", "a word cut in two", Sort.TYPO, spelling.cut_in_two),
    Rule("CTX001", "another word fits better", Sort.TYPO, context.unfitting_words),
    Rule("CTX002", "an for and, a for an", Sort.GRAMMAR, slips.articles),
    Rule("CTX003", "too for to", Sort.TYPO, slips.too_for_to),
    Rule("CTX004", "off for of", Sort.TYPO, slips.off_for_of),
    Rule("CTX005", "them for the", Sort.TYPO, slips.them_for_the),
    Rule("CTX006", "where for were", Sort.TYPO, slips.where_for_were),
    Rule("DBL001", "a word twice", Sort.TYPO, slips.doubled_words),
    Rule("NUM001", "digits and signs inside a word", Sort.OCR, figures.signs_in_words),
    Rule("NUM002", "a number of broken groups", Sort.TYPO, figures.broken_numbers),
    Rule("NUM003", "a digit for I", Sort.OCR, figures.digits_for_i),
    Rule("NUM004", "a bar for I", Sort.OCR, figures.bars_for_i),
    Rule("PUN001", "a stop between two words", Sort.OCR, figures.stops_between_words),
)


def find(reading: Reading, off: Collection[str] = ()) -> tuple[Suggestion, ...]:
    """What is doubtful in a text, the most doubtful first.

    `off` holds the codes of rules that are not asked.  Where two rules doubt the same
    characters, the more doubtful finding stands.
    """
    found = [
        suggestion
        for rule in RULES
        if rule.code not in off
        for suggestion in rule.suggestions(reading)
        if suggestion.rule not in off
    ]
    return tuple(_apart(sorted(found, key=_rank)))


def _rank(suggestion: Suggestion) -> tuple[float, int, int, str]:
    return -suggestion.score, suggestion.start, suggestion.end, suggestion.rule


def _apart(ranked: Sequence[Suggestion]) -> list[Suggestion]:
    """Without those that overlap a more doubtful one."""
    taken: set[int] = set()
    kept = []
    for suggestion in ranked:
        places = range(suggestion.start, max(suggestion.end, suggestion.start + 1))
        if taken.isdisjoint(places):
            kept.append(suggestion)
            taken.update(places)
    return kept
