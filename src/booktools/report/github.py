"""Findings as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from booktools.model.finding import Finding, Severity
from booktools.report.order import harmless, summary

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render(findings: Sequence[Finding]) -> str:
    """`::error file=…,line=…,col=…,title=…::message`, a line each, then the count."""
    lines = [_command(finding) for finding in findings]
    return "\n".join([*lines, f"{summary(findings)}."]) + "\n"


def _command(finding: Finding) -> str:
    place = finding.place
    properties: list[tuple[str, object]] = []
    if place:
        seen = 0 if place.counted else 1  # GitHub knows lines only
        properties = [
            ("file", place.file), ("line", place.line * seen), ("col", place.column * seen)
        ]  # fmt: skip
    properties.append(("title", finding.code))
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties if value)
    parts = [finding.message, finding.excerpt, finding.fix and f"Remedy: {finding.fix}"]
    message = "\n".join(part for part in parts if part)
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return harmless(text.replace("\r", "")).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
