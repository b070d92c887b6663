"""What a recovery gives: the manuscript, the account of its characters, what is to be said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from booktools.check.conservation import Account
from booktools.check.documents import NAMES as OF_DOCUMENTS
from booktools.check.ledger import edits_made
from booktools.clean.rules import RULES as CLEANING
from booktools.errata.apply import Applied
from booktools.errata.concordance import fold
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley
from booktools.model.printed_page import Geometry
from booktools.shape.shape import Shaped


@dataclass(frozen=True)
class Recovery:
    """What the sources give: the manuscript's files, and what is to be said of them.

    `files` are Markdown by name in the project, `account` settles the characters, `images`
    are pictures that came with the sources, by name in the project; `geometry` tells where
    the lines of sources that are print stand on their pages.
    """

    files: Mapping[str, str]
    findings: tuple[Finding, ...]
    account: Account
    shaped: Shaped
    applied: Applied
    images: Mapping[str, bytes] = field(default_factory=dict)
    geometry: Geometry | None = None

    @property
    def galley(self) -> Galley:
        """The text with everything done to it."""
        return self.applied.galley

    def readings(self) -> dict[str, str]:
        """The wanted reading of each correction that was made, by id, blanks folded."""
        blocks = self.galley.blocks
        places = self.applied.places.items()
        return {
            id: fold(blocks[number].text[span.start : span.end]) for id, (number, span) in places
        }

    def pages(self) -> dict[str, int]:
        """The page of the source on which each correction stands, by id; none for sources
        without pages."""
        source, galley = self.galley.source, self.galley
        if len(source.pages) <= len(source.files):
            return {}
        places = self.applied.places.items()
        return {
            id: galley.place_at(galley.blocks[number], span.start).page
            for id, (number, span) in places
        }

    @property
    def fails(self) -> bool:
        """Whether something is lost or wrong, so that nothing may be written."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def ledger(self) -> tuple[str, ...]:
        """The account of all characters, as printed."""
        names = {rule.code: rule.name for rule in CLEANING}
        names["errata"] = f"{len(self.applied.places)} accepted entries"
        names["title"] = "titles from book.toml"
        names.update(OF_DOCUMENTS)
        return self.account.lines(names, self.applied.places.keys())

    def lines(self) -> Iterator[str]:
        """The source, line by line, with the numbers that layout.toml counts by."""
        source, at = self.galley.source, 0
        for text in source.text.splitlines(keepends=True):
            yield f"{source.place(at)}: {text.strip()}"
            at += len(text)

    def edits(self, rules: Collection[str]) -> tuple[str, ...]:
        """The edits of rules or entries, as printed; `errata` and `all` mean many."""
        every = {entry.rule for entry in self.account.entries}
        wanted = set(rules) | (every if "all" in rules else set())
        wanted |= self.applied.places.keys() if "errata" in rules else set()
        return tuple(made.line() for made in edits_made(self.galley, wanted))
