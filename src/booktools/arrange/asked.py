"""Questions about the layout as open entries of the ledger, for people to finish.

`layout.toml` knows decisions only, so a question is an entry behind comment marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from booktools.model.finding import Finding

_MARK = re.compile(r"^# asked ([A-Z]+[0-9]+ [0-9a-f]{16})", re.MULTILINE)
_GUIDE = """\
# --- Questions that booktools recover has asked ---------------------------------------
# Answer one by taking the marks off its table and completing it, or off another table that
# says what is right (docs/layout.md). Keep the line “asked”: else it is asked again.
"""


def with_questions(text: str, findings: Sequence[Finding]) -> tuple[str, int]:
    """The ledger's text with each question that it does not hold yet, and how many these are.

    What stands there stays as it is.
    """
    have = set(_MARK.findall(text))
    new: list[str] = []
    for finding in findings:
        key = f"{finding.code} {finding.fingerprint}"
        if finding.entry and key not in have:
            have.add(key)
            new.append(_question(key, finding))
    if not new:
        return text, 0
    parts = [text.rstrip("\n")] if text.strip() else []
    parts += [] if _MARK.search(text) else [_GUIDE.rstrip("\n")]
    return "\n\n".join([*parts, *new]) + "\n", len(new)


def _question(key: str, finding: Finding) -> str:
    said = f"{finding.place}: {finding.message}" if finding.place else finding.message
    lines = [f"asked {key}", said, f"“{finding.excerpt}”", *finding.entry.split("\n")]
    return "\n".join(f"# {_plain(line)}" for line in lines)


def _plain(line: str) -> str:
    """A line as a comment may hold it."""
    return "".join(char if char.isprintable() else " " for char in line)
