"""Findings as SARIF 2.1.0, for code hosts and editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from booktools.model.finding import Finding
from booktools.model.place import Place


def render(findings: Sequence[Finding], version: str) -> str:
    """A log of one run; columns count characters, paths are relative to the project."""
    codes = sorted({finding.code for finding in findings})
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "booktools",
                        "version": version,
                        "rules": [{"id": code} for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes) for finding in findings],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _result(finding: Finding, codes: Sequence[str]) -> dict[str, Any]:
    remedy = f"\nRemedy: {finding.fix}" if finding.fix else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity.value,
        "message": {"text": finding.message + remedy},
        "partialFingerprints": {"booktools/v1": finding.fingerprint},
    }
    if finding.place:
        result["locations"] = [_location(finding.place, finding.excerpt)]
    if finding.trail:
        result["relatedLocations"] = [
            {"id": number, **_location(place)} for number, place in enumerate(finding.trail, 1)
        ]
    return result


def _location(place: Place, excerpt: str = "") -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file, errors="replace")}}
    if place.line and not place.counted:
        region: dict[str, Any] = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
        if excerpt:
            region["snippet"] = {"text": excerpt}
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.page or place.counted:
        name = f"paragraph {place.line}" if place.counted else f"page {place.page}"
        location["logicalLocations"] = [{"name": name}]
    return location
