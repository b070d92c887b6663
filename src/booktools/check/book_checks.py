"""The checks over a book: findings, and never a change."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from booktools.check.passages import read
from booktools.check.rules import RULES
from booktools.model.book import Book
from booktools.model.finding import Finding


def check_book(
    book: Book, images: Iterable[str] = (), off: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What the rules find, rule by rule and in reading order.

    `images` are the picture files that exist, by their name in the project; `off` are the
    codes of rules that are switched off.
    """
    reading = read(book, images)
    return tuple(
        finding for rule in RULES if rule.code not in off for finding in rule.findings(reading)
    )
