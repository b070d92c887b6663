"""Findings as JUnit XML, for CI servers: a suite a file, a case a finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from booktools.model.finding import Finding
from booktools.report.order import harmless, one_line


def render(findings: Sequence[Finding], fails: Callable[[Finding], bool]) -> str:
    """Findings for which `fails` says so are failures, the others pass and tell in their output.

    Without findings there is one case that passes, as servers take an empty report for a
    run that did not happen.
    """
    failed = sum(map(fails, findings))
    total = max(len(findings), 1)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="booktools" tests="{total}" failures="{failed}">',
    ]
    if not findings:
        lines += _suite(
            "booktools", ['    <testcase classname="booktools" name="no findings"/>'], 0
        )
    for file, group in groupby(findings, key=lambda f: f.place.file if f.place else "booktools"):
        found = list(group)
        cases = [line for finding in found for line in _case(file, finding, fails(finding))]
        lines += _suite(file, cases, sum(map(fails, found)), len(found))
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(name: str, cases: Sequence[str], failed: int, total: int = 1) -> list[str]:
    head = f'  <testsuite name={_attribute(name)} tests="{total}" failures="{failed}">'
    return [head, *cases, "  </testsuite>"]


def _case(file: str, finding: Finding, failure: bool) -> list[str]:
    where = f" at {finding.place}" if finding.place else ""
    name = f"{finding.code}{where} [{finding.fingerprint}]"
    body = [finding.message, finding.excerpt, finding.fix and f"remedy: {finding.fix}"]
    body += (f"from {place}" for place in finding.trail)
    told = escape(harmless("\n".join(part for part in body if part)))
    kind = finding.severity.value
    if failure:
        inner = f'<failure type="{kind}" message={_attribute(finding.message)}>{told}</failure>'
    else:
        inner = f"<system-out>{kind}: {told}</system-out>"
    opening = f"    <testcase classname={_attribute(file)} name={_attribute(name)}>"
    return [opening, f"      {inner}", "    </testcase>"]


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))
