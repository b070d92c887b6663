"""Findings as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from booktools.model.finding import Finding
from booktools.model.place import Place
from booktools.report.order import count


def render(findings: Sequence[Finding], version: str) -> str:
    """`{"format": 1, "tool": …, "counts": …, "findings": […]}`."""
    report = {
        "format": 1,
        "tool": {"name": "booktools", "version": version},
        "counts": count(findings),
        "findings": [_finding(finding) for finding in findings],
    }
    # ensure_ascii keeps lone surrogates and line separators out of the bytes
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": _place(finding.place) if finding.place else None,
        "excerpt": finding.excerpt,
        "fix": finding.fix,
        "trail": [_place(place) for place in finding.trail],
        "fingerprint": finding.fingerprint,
    }


def _place(place: Place) -> dict[str, Any]:
    """What is unknown (0) is left out."""
    unit = "paragraph" if place.counted else "line"
    numbers = {unit: place.line, "column": place.column, "page": place.page}
    return {"file": place.file, **{name: n for name, n in numbers.items() if n}}
