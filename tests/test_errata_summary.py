"""The ledger counted."""

from __future__ import annotations

from booktools.errata.entry import Kind, State
from booktools.errata.summary import summarise, summary_lines
from errata_galleys import entry

ENTRIES = (
    entry("E1", 137, "trapos", "traps", "trapos", kind=Kind.OCR, file="a.txt"),
    entry("E22", 5, "the ", "", "the end", state=State.REJECTED),
    entry("Q1", 12, "20023", "20023", "20023", kind=Kind.QUERY, state=State.OPEN, reason="2003?"),
    entry("E4", 6, "teh", "the", "teh"),
)


def test_counts_by_kind_and_state() -> None:
    summary = summarise(ENTRIES)
    assert summary.total == 4
    assert summary.counts[Kind.TYPO, State.REJECTED] == 1
    assert [summary.of_state(state) for state in State] == [1, 2, 1]
    assert summary.of_kind(Kind.TYPO) == 2


def test_the_table_has_a_row_a_kind_and_sums() -> None:
    assert summary_lines(summarise(ENTRIES)) == [
        "       open  accepted  rejected  all",
        "ocr       0         1         0    1",
        "typo      0         1         1    2",
        "query     1         0         0    1",
        "all       1         2         1    4",
    ]
    assert summary_lines(summarise(())) == ["no errata"]
