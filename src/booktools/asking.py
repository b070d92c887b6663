"""What a recovery asks, put into the ledgers where people answer it.

Part of the pipeline: it joins the rooms round `layout.toml` and `errata.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

from booktools import store
from booktools.arrange.asked import with_questions as layout_with
from booktools.clean.rules import asked
from booktools.errata.asked import with_questions as errata_with
from booktools.errata.capture import uncorrected
from booktools.galleys import LAYOUT
from booktools.pipeline import ERRATA
from booktools.recovery import Recovery
from booktools.store import Project


@dataclass(frozen=True, slots=True)
class Entered:
    """How many questions went into each ledger."""

    layout: int
    errata: int

    def lines(self) -> tuple[str, ...]:
        """What is to be said of it."""
        rows = ((self.layout, LAYOUT), (self.errata, ERRATA))
        return tuple(
            f"{count:,} open question{'s' * (count > 1)} entered in {name}"
            for count, name in rows
            if count
        )


def enter(project: Project, recovery: Recovery) -> Entered:
    """Put the questions that the ledgers do not hold yet into them, at their ends.

    What people wrote stays as it is, and nothing is entered twice; open entries of ours whose
    question has been answered elsewhere, as in the lexicon, go.  Raises ConfigError and
    ManuscriptError.
    """
    findings = [finding for finding in recovery.findings if finding.entry]
    galley = uncorrected(recovery.applied)
    off = project.config.codes_off
    queries = [one for one in asked(galley) if one.rule not in off]
    counts: list[int] = []

    def layout(text: str) -> str:
        new, count = layout_with(text, findings)
        counts.append(count)
        return new

    def errata(text: str) -> str:
        new, count = errata_with(text, ERRATA, galley, queries)
        counts.append(count)
        return new

    store.edit_ledger(project.root, LAYOUT, layout)
    store.edit_ledger(project.root, ERRATA, errata)
    return Entered(*counts)
