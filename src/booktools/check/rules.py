"""The rules of the book checks, in the order in which they are told.  Codes are never reused."""

from __future__ import annotations

from booktools.check import structure, wording
from booktools.check.rule import Rule
from booktools.model.finding import Severity

NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR

RULES: tuple[Rule, ...] = (
    Rule(
        "IMG001",
        "missing image",
        NOTE,
        "Put the picture into images/ under this name.",
        structure.missing_image,
    ),
    Rule(
        "IMG002",
        "image without alternative text",
        WARNING,
        "Say in alt what the picture shows, in a sentence.",
        structure.no_alt,
    ),
    Rule(
        "STR001",
        "heading level skipped",
        WARNING,
        "Raise the heading to the level below the one before it.",
        structure.skipped_level,
    ),
    Rule(
        "STR002",
        "empty chapter",
        WARNING,
        "Write its text, or remove the file.",
        structure.empty_chapter,
    ),
    Rule("STR003", "id given twice", ERROR, "Give one of them another id.", structure.doubled_id),
    Rule(
        "STR004",
        "link that leads nowhere",
        ERROR,
        "Correct the link, or give what it means this id.",
        structure.dangling_link,
    ),
    Rule(
        "CHR001",
        "character that does not belong in a book",
        WARNING,
        "Take it out, or put the letters in its place that are meant.",
        wording.odd_character,
    ),
    Rule(
        "CHR002",
        "scripts mixed in a word",
        WARNING,
        "Type the word again on one keyboard.",
        wording.mixed_scripts,
    ),
    Rule(
        "PUN001",
        "unbalanced marks",
        NOTE,
        "Close what is opened; look at the source.",
        wording.unbalanced,
    ),
    Rule(
        "PUN002",
        "blank before punctuation",
        WARNING,
        "Close it up.",
        wording.loose_punctuation,
    ),
    Rule(
        "PUN003",
        "straight among curly quotation marks",
        WARNING,
        "Put the curly mark that is meant.",
        wording.straight_quotes,
    ),
    Rule("WRD001", "word doubled", NOTE, "Take one of them out.", wording.doubled_word),
)
