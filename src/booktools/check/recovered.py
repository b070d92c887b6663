"""Whether the manuscript is what its sources give, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from booktools.model.finding import Finding, Severity
from booktools.model.place import Place

AROUND = 40  # characters shown at each side of a difference
_FIX = (
    "Run: booktools recover. To keep words that were changed here, first make entries of them: "
    "booktools errata capture; layout is decided in manuscript/layout.toml."
)


def unlike_sources(have: Mapping[str, str], want: Mapping[str, str]) -> tuple[Finding, ...]:
    """A finding MAN001 for each file of the manuscript that is not what the sources give.

    `have` and `want` are Markdown by name; the finding leads to the first line that differs.
    """
    out = []
    for name in sorted({*have, *want}):
        ours, theirs = have.get(name), want.get(name)
        if ours == theirs:
            continue
        if ours is None or theirs is None:
            said = "is missing" if ours is None else "does not come from the sources"
            out.append(Finding("MAN001", Severity.ERROR, said, Place(name), fix=_FIX))
            continue
        rows = zip_longest(ours.split("\n"), theirs.split("\n"))
        line, one, two = next((n, a or "", b or "") for n, (a, b) in enumerate(rows, 1) if a != b)
        at = next((n for n, (a, b) in enumerate(zip_longest(one, two)) if a != b), 0)
        message = f"reads “{_round(one, at)}”, the sources give “{_round(two, at)}”"
        out.append(Finding("MAN001", Severity.ERROR, message, Place(name, line), fix=_FIX))
    return tuple(out)


def _round(line: str, at: int) -> str:
    """A line cut to what stands round an offset."""
    start, end = max(0, at - AROUND), at + AROUND
    return "…" * (start > 0) + line[start:end] + "…" * (end < len(line))
