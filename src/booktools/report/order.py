"""One order for every report, and characters made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from booktools.model.finding import Finding, Severity

# Control characters, and those that turn the direction of what follows.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file, line, column, then gravest first, then code and words; placeless ones first."""
    return tuple(sorted(findings, key=_key))


def _key(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    where = (place.file, place.page, place.line, place.column) if place else ("", 0, 0, 0)
    what = (finding.code, finding.message, finding.excerpt, finding.fix)
    return (*where, -finding.severity.rank, *what)


def harmless(text: str) -> str:
    """The text without what could steer a terminal or break a file: shown as `\\x1b`."""
    return _UNSAFE.sub(lambda bad: bad[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    return " ".join(harmless(text).split())


def count(findings: Sequence[Finding]) -> dict[str, int]:
    """How many errors, warnings and notes, gravest first."""
    every = sorted(Severity, key=lambda severity: -severity.rank)
    return {s.value: sum(f.severity is s for f in findings) for s in every}


def summary(findings: Sequence[Finding]) -> str:
    """`2 errors, 1 warning, no notes`."""
    return ", ".join(
        f"{number or 'no'} {name}{'' if number == 1 else 's'}"
        for name, number in count(findings).items()
    )
