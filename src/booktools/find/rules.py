"""The finder's rules, and what all of them together have to say of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from booktools.find import (
    characters,
    context,
    dates,
    figures,
    grammar,
    habits,
    marks,
    slips,
    spelling,
    strays,
    variants,
)
from booktools.find.reading import Reading
from booktools.find.rule import Rule, Sort
from booktools.find.suggestion import Suggestion

RULES: tuple[Rule, ...] = (
    Rule("SPL001", "a word that no list has", Sort.TYPO, spelling.unknown_words),
    Rule("SPL002", "two words run together", Sort.TYPO, spelling.run_together),
    Rule("SPL003", "a word cut in two", Sort.TYPO, spelling.cut_in_two),
    Rule("SPL004", "a hyphen for a blank", Sort.OCR, strays.hyphens_for_blanks),
    Rule("CTX001", "another word fits better", Sort.TYPO, context.unfitting_words),
    Rule("CTX002", "an for and, a for an", Sort.GRAMMAR, slips.articles),
    Rule("CTX003", "too for to", Sort.TYPO, slips.too_for_to),
    Rule("CTX004", "off for of", Sort.TYPO, slips.off_for_of),
    Rule("CTX005", "them for the", Sort.TYPO, slips.them_for_the),
    Rule("CTX006", "where for were", Sort.TYPO, slips.where_for_were),
    Rule("AGR001", "one and many", Sort.GRAMMAR, grammar.one_and_many),
    Rule("AGR002", "a verb that does not go with its subject", Sort.GRAMMAR, grammar.verb_forms),
    Rule("AGR003", "many with a singular verb", Sort.GRAMMAR, grammar.many_with_a_singular_verb),
    Rule("IDM001", "a turn that is hardly said", Sort.GRAMMAR, grammar.idioms),
    Rule("DBL001", "a word twice", Sort.TYPO, slips.doubled_words),
    Rule("NUM001", "digits and signs inside a word", Sort.OCR, figures.signs_in_words),
    Rule("NUM002", "a number of broken groups", Sort.TYPO, figures.broken_numbers),
    Rule("NUM003", "a digit for I", Sort.OCR, figures.digits_for_i),
    Rule("NUM004", "a bar for I", Sort.OCR, figures.bars_for_i),
    Rule("NUM005", "a year or day that cannot be", Sort.QUERY, dates.impossible_years),
    Rule("NUM006", "a date out of order", Sort.QUERY, dates.dates_out_of_order),
    Rule("PUN001", "a stop between two words", Sort.OCR, figures.stops_between_words),
    Rule("PUN002", "a blank before a stop", Sort.PUNCTUATION, marks.blank_before_stop),
    Rule("PUN003", "two stops", Sort.PUNCTUATION, marks.doubled_stops),
    Rule("PUN004", "a small letter after a stop", Sort.PUNCTUATION, marks.small_letter_after_stop),
    Rule("PUN005", "a sentence without an end", Sort.PUNCTUATION, marks.no_end),
    Rule("PUN006", "a blank at one side of a dash", Sort.PUNCTUATION, marks.dashes),
    Rule("PUN007", "a stop at the beginning", Sort.PUNCTUATION, marks.stop_at_the_beginning),
    Rule("PUN008", "a hyphen for a dash", Sort.PUNCTUATION, habits.hyphens_as_dashes),
    Rule("PUN009", "a name before which", Sort.PUNCTUATION, grammar.names_before_which),
    Rule("QUO001", "quotation marks that do not pair", Sort.PUNCTUATION, marks.unbalanced_quotes),
    Rule("QUO002", "marks of another kind", Sort.CONSISTENCY, marks.mixed_quotes),
    Rule("QUO003", "an omission set as a quotation", Sort.PUNCTUATION, marks.omission_as_quote),
    Rule("QUO004", "a mark without a blank", Sort.PUNCTUATION, marks.unspaced_quotes),
    Rule("BRK001", "brackets that do not pair", Sort.PUNCTUATION, marks.unbalanced_brackets),
    Rule("CAP001", "capitals inside a word", Sort.OCR, marks.mixed_case),
    Rule("CAP002", "a capital inside a sentence", Sort.OCR, strays.capitals_inside),
    Rule("CHR001", "letters of two scripts", Sort.OCR, characters.mixed_scripts),
    Rule("CHR002", "an unusual character", Sort.OCR, characters.unusual_characters),
    Rule("CHR003", "left over from an encoding", Sort.OCR, characters.encoding_leftovers),
    Rule("CHR004", "a hyphen left at a line end", Sort.OCR, characters.hyphens_left),
    Rule("NAM001", "a rare name beside a frequent one", Sort.CONSISTENCY, variants.rare_names),
    Rule("VAR001", "with and without a hyphen", Sort.CONSISTENCY, variants.hyphen_variants),
    Rule("VAR002", "with and without an accent", Sort.CONSISTENCY, variants.accent_variants),
    Rule("VAR003", "two spellings of one word", Sort.CONSISTENCY, variants.spelling_variants),
    Rule("VAR004", "letters in another order", Sort.CONSISTENCY, variants.acronym_variants),
    Rule("VAR006", "an abbreviation bare", Sort.CONSISTENCY, grammar.bare_abbreviations),
    Rule("VAR007", "a capital that is lost", Sort.CONSISTENCY, habits.lost_capitals),
    Rule("VAR008", "dates in two orders", Sort.CONSISTENCY, habits.date_orders),
    Rule("QUO005", "stops at quotation marks", Sort.CONSISTENCY, habits.stops_at_quotes),
    Rule("VAR005", "with and without a full stop", Sort.CONSISTENCY, variants.stopped_titles),
)


_UNSURE = 0.25  # a rule less sure than this does not go before the general ones


def find(reading: Reading, off: Collection[str] = ()) -> tuple[Suggestion, ...]:
    """What is doubtful in a text, the most doubtful first.

    `off` holds the codes of rules that are not asked.  Where two rules doubt the same
    characters, the one that says more about them stands.
    """
    found = [
        suggestion
        for rule in RULES
        if rule.code not in off
        for suggestion in rule.suggestions(reading)
        if suggestion.rule not in off
    ]
    return ranked(found)


def ranked(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """What all rules found, one for each place, the most doubtful first."""
    return tuple(sorted(_apart(sorted(found, key=_order)), key=_rank))


# What any doubtful word falls under; a rule that says more goes before them.
_GENERAL = ("SPL001", "CTX001")


def _order(suggestion: Suggestion) -> tuple[bool, float, int, int, str]:
    return suggestion.rule in _GENERAL or suggestion.score < _UNSURE, *_rank(suggestion)


def _rank(suggestion: Suggestion) -> tuple[float, int, int, str]:
    return -suggestion.score, suggestion.start, suggestion.end, suggestion.rule


def _apart(ordered: Sequence[Suggestion]) -> list[Suggestion]:
    """One for each place: the first, as doubtful as the most doubtful that meets it."""
    at: dict[int, int] = {}
    kept: list[Suggestion] = []
    for one in ordered:
        places = range(one.start, max(one.end, one.start + 1))
        met = sorted({at[place] for place in places if place in at})
        if not met:
            at.update(dict.fromkeys(places, len(kept)))
            kept.append(one)
            continue
        first = kept[met[0]]
        same = (one.start, one.end) == (first.start, first.end)
        readings = (
            tuple(dict.fromkeys((*first.readings, *one.readings))) if same else first.readings
        )
        kept[met[0]] = replace(first, readings=readings[:5], score=max(first.score, one.score))
    return kept
