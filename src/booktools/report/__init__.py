"""Findings → terminal, JSON, SARIF, JUnit, GitHub annotations.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from booktools.errors import EXIT_DONE, EXIT_FINDINGS
from booktools.model.finding import Finding, Severity
from booktools.report import github, json_report, junit, sarif, text
from booktools.report.order import harmless, in_order

__all__ = ["FORMATS", "THRESHOLDS", "Style", "exit_code", "harmless", "reaches", "render"]

FORMATS: Final = ("text", "json", "sarif", "junit", "github")
THRESHOLDS: Final = ("note", "warning", "error", "never")


@dataclass(frozen=True, slots=True)
class Style:
    """How to set a report: `fail_on` marks failures in JUnit, `colour` is for text."""

    version: str
    fail_on: str = "error"
    colour: bool = False


def render(findings: Sequence[Finding], form: str, style: Style) -> str:
    """The findings in one of `FORMATS`, in an order that depends on nothing else."""
    ordered = in_order(findings)
    forms: dict[str, Callable[[], str]] = {
        "text": lambda: text.render(ordered, style.colour),
        "json": lambda: json_report.render(ordered, style.version),
        "sarif": lambda: sarif.render(ordered, style.version),
        "junit": lambda: junit.render(ordered, reaches(style.fail_on)),
        "github": lambda: github.render(ordered),
    }
    return forms[form]()


def reaches(fail_on: str) -> Callable[[Finding], bool]:
    """Does a finding count as a failure at this threshold?"""
    if fail_on == "never":
        return lambda finding: False
    rank = Severity(fail_on).rank
    return lambda finding: finding.severity.rank >= rank


def exit_code(findings: Sequence[Finding], fail_on: str) -> int:
    """EXIT_FINDINGS when a finding is at or above the threshold, else EXIT_DONE."""
    return EXIT_FINDINGS if any(map(reaches(fail_on), findings)) else EXIT_DONE
