"""The declared rules: why a letter may stand in a finished edition.

Whatever an edition shows is the manuscript's own text, or stands there by one of these
rules.  A rule with a form lets nothing else through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from booktools.model.artifact import Expected


@dataclass(frozen=True, slots=True)
class Rule:
    """`says` is its sentence; `form`, where given, what each of its stretches looks like."""

    says: str
    form: re.Pattern[str] | None = None


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{pattern})\s*")


RULES: dict[str, Rule] = {
    "manuscript": Rule("The manuscript's own text, in its order."),
    "moved-note": Rule(
        "A note's own text, which stands at the foot of its page or at the end of its chapter."
    ),
    "half-title": Rule("The book's title on a leaf of its own."),
    "title-page": Rule("Title, people and publisher, from the book's metadata."),
    "imprint": Rule("Rights, printing, numbers and the publisher's notices, from the metadata."),
    "cover": Rule("What is set on the cover, from the metadata."),
    "contents": Rule("The list of contents, made from the titles and headings."),
    "contents-page": Rule(
        "The page number after an entry of the printed contents; it is the folio of the page"
        " on which the entry's title stands."
    ),
    "contents-leader": Rule("The dots that lead from an entry to its page number."),
    "running-head": Rule(
        "In the head of a printed page: the book's title on the left, the chapter's on the"
        " right, none where a chapter opens and on blanks."
    ),
    "folio": Rule("The page number: roman in the front matter, arabic from the text's beginning."),
    "note-call": Rule("A note's number where the note is called.", _form(r"\[?\d+\]?")),
    "note-mark": Rule(
        "A note's number, where the note is called or before its text.", _form(r"\[?\d+\]?\.?")
    ),
    "list-mark": Rule("The bullet or number of a list's item.", _form(r"\d+\.|[*•–-]")),
    "moved-mark": Rule(
        "Inside a note that stands elsewhere: a list's mark or the sign of a scene break.",
        _form(r"\d+\.|[*•–⁂\s-]+"),
    ),
    "scene-break": Rule("The sign of a break between scenes.", _form(r"[*⁂\s]+")),
    "emphasis-mark": Rule("In plain text: _ and = round emphasized words.", _form("[_=]")),
    "raised-mark": Rule(
        "In plain text: ^{ } round raised and _{ } round lowered letters.", _form(r"[\^_]\{|\}")
    ),
    "table-rule": Rule("In plain text: the line under the head of a table.", _form("-+")),
    "repeated-head": Rule(
        "In print: the head of a table, once more on every page on which the table goes on."
    ),
    "illustration-mark": Rule(
        "In plain text: [Illustration: ] round a caption.", _form(r"\[Illustration(?::|\])|\]")
    ),
    "line-end-hyphen": Rule(
        "In print: a hyphen at the end of a line, where the manuscript's word has none."
    ),
    "soft-hyphen": Rule("A soft hyphen, which shows only where a line breaks; not compared."),
    "invisible": Rule("A character without a shape that steers the setting; not compared."),
}

MANUSCRIPT = frozenset({"manuscript", "moved-note"})
AT_FOOT = frozenset({"moved-note", "moved-mark", "note-mark"})  # of a printed page


def undeclared(expected: Iterable[Expected]) -> Iterator[Expected]:
    """The stretches that no rule lets stand: of an unknown rule, or not of its form."""
    for stretch in expected:
        rule = RULES.get(stretch.rule)
        if rule is None or (rule.form and not rule.form.fullmatch(stretch.text)):
            yield stretch
