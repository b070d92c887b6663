"""Findings for people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from booktools.model.finding import Finding, Severity
from booktools.report.order import harmless, one_line, summary

_COLOURS: Final = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTE: "36"}


def render(findings: Sequence[Finding], colour: bool) -> str:
    """`file:line:column: severity CODE: message`, then excerpt, remedy and trail, and a count."""

    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    lines: list[str] = []
    for finding in findings:
        where = f"{paint(harmless(str(finding.place)), '1')}: " if finding.place else ""
        kind = paint(f"{finding.severity.value} {finding.code}", _COLOURS[finding.severity])
        lines.append(f"{where}{kind}: {one_line(finding.message)}")
        if finding.excerpt:
            lines.append(f"    {one_line(finding.excerpt)}")
        if finding.fix:
            lines.append(f"    remedy: {one_line(finding.fix)}")
        lines += (f"    from {harmless(str(place))}" for place in finding.trail)
    if lines:
        lines.append("")
    lines.append(paint(f"{summary(findings)}.", "1"))
    return "\n".join(lines) + "\n"
