"""Nothing disappears and nothing is invented on the way in: the account of a recovery.

Every character of the source that is not blank is in the manuscript, or a rule or a
reviewed entry removed or changed it, and the account says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from booktools.model.book import Chapter, chapter_texts, inline_text
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley
from booktools.model.place import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """What one rule or erratum did: edits made, characters (not blank) taken and given."""

    rule: str
    edits: int
    removed: int
    added: int


@dataclass(frozen=True, slots=True)
class Account:
    """`source` characters, of which `kept` stand in the manuscript's `manuscript` ones.

    Counts are of characters that are not blank.  The sum holds when `findings` is empty:
    source = kept + removed, manuscript = kept + added.
    """

    source: int
    manuscript: int
    kept: int
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    def lines(
        self, names: Mapping[str, str] = MappingProxyType({}), errata: Collection[str] = ()
    ) -> tuple[str, ...]:
        """The account, as printed: a row a rule, with its name, and one for all the errata."""
        corrected = [entry for entry in self.entries if entry.rule in errata]
        rows = [entry for entry in self.entries if entry.rule not in errata]
        if corrected:
            sums = (sum(e.edits for e in corrected), sum(e.removed for e in corrected))
            rows.append(Entry("errata", *sums, sum(e.added for e in corrected)))
        table = [("rule", "", "edits", "removed", "added")]
        for row in sorted(rows, key=lambda row: row.rule):
            counts = (f"{row.edits:,}", f"{row.removed:,}", f"{row.added:,}")
            table.append((row.rule, names.get(row.rule, ""), *counts))
        widths = [max(len(row[column]) for row in table) for column in range(5)]
        out = [
            "  ".join(
                cell.ljust(width) if column < 2 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            for row in table
        ]
        removed, added = self.source - self.kept, self.manuscript - self.kept
        out += [
            "",
            f"source      {self.source:>9,} characters, blanks apart",
            f"removed   − {removed:>9,} by the rules and entries above",
            f"added     + {added:>9,} by the rules and entries above",
            f"manuscript  {self.manuscript:>9,} characters",
            "every character is accounted for" if not self.findings else "NOT accounted for",
        ]
        return tuple(out)


NOTHING = Account(0, 0, 0, (), ())


def letters(text: str) -> str:
    """The characters that are not blank."""
    return "".join(text.split())


def sourced_letters(chapters: Sequence[Chapter], untitled: Collection[str] = ()) -> str:
    """The manuscript's letters that come from the sources: all but those of given titles."""
    ours = (replace(c, title=()) if c.id in untitled else c for c in chapters)
    return "".join(letters(text.value) for c in ours for text in chapter_texts(c))


def account(
    galley: Galley,
    order: Sequence[int],
    chapters: Sequence[Chapter],
    untitled: Collection[str] = (),
) -> Account:
    """Settle the galley against its source and against the chapters read back.

    `order` are the galley's blocks, by index, in the order of the chapters' letters;
    `untitled` the ids of chapters whose title came from the book's metadata.
    Findings: CON001 a source character in no block or in two, CON002 the edits do not lead
    back to the source, CON003 the manuscript's letters are not the galley's.
    """
    findings = [*_partition(galley), *_unwinding(galley)]
    counts: dict[str, list[int]] = {}
    removed = added = 0
    for block in galley.blocks:
        for edit in block.edits():
            row = counts.setdefault(edit.rule, [0, 0, 0])
            less, more = _net(letters(edit.old), letters(edit.new))
            row[0] += 1
            row[1] += less
            row[2] += more
            removed += less
            added += more
    source = len(letters(galley.source.text))
    set_text = "".join(letters(galley.blocks[i].text) for i in order)
    left_out = set(range(len(galley.blocks))) - set(order)
    findings += [
        _lost(galley, index) for index in sorted(left_out) if letters(galley.blocks[index].text)
    ]
    given = [chapter for chapter in chapters if chapter.id in untitled]
    if given:
        row = counts.setdefault("title", [0, 0, 0])
        row[0] += len(given)
        row[2] += sum(len(letters(inline_text(chapter.title))) for chapter in given)
        added += row[2]
    read_back = sourced_letters(chapters, untitled)
    if set_text != read_back:
        findings.append(_difference(galley, order, set_text, read_back))
    manuscript = len(read_back) + sum(len(letters(inline_text(c.title))) for c in given)
    if not findings and source - removed + added != manuscript:
        findings.append(_fault("CON002", "the account of the edits does not add up", None, ""))
    entries = tuple(Entry(rule, *row) for rule, row in counts.items())
    return Account(source, manuscript, source - removed, entries, tuple(findings))


def _fault(code: str, message: str, place: Place | None, excerpt: str) -> Finding:
    """What only a fault of ours can cause."""
    fix = "This is a fault of booktools, not of the book: report it, with the source."
    return Finding(code, Severity.ERROR, message, place, excerpt, fix)


def _net(old: str, new: str) -> tuple[int, int]:
    """Characters taken and given, those that an edit carries over left out."""
    common = sum((Counter(old) & Counter(new)).values())
    return len(old) - common, len(new) - common


def _partition(galley: Galley) -> list[Finding]:
    spans = sorted(piece for block in galley.blocks for piece in block.pieces)
    at = 0
    for span in [*spans, None]:
        start = span.start if span else len(galley.source.text)
        if start < at or galley.source.text[at:start].strip():
            place = galley.source.place(min(at, start))
            what = "in two blocks" if start < at else "in no block"
            excerpt = galley.source.text[min(at, start) :][:40]
            return [_fault("CON001", f"source text is {what}", place, excerpt)]
        at = span.end if span else at
    return []


def _unwinding(galley: Galley) -> list[Finding]:
    text = galley.source.text
    unwound = galley.unwound()
    if unwound == text:
        return []
    at = next(
        (i for i, (a, b) in enumerate(zip(unwound, text, strict=False)) if a != b),
        min(len(unwound), len(text)),
    )
    message = "undoing the edits does not give the source back"
    return [_fault("CON002", message, galley.source.place(at), text[at : at + 40])]


def _lost(galley: Galley, index: int) -> Finding:
    block = galley.blocks[index]
    place = galley.place_at(block, 0)
    message = "text of the galley is in no chapter"
    return _fault("CON003", message, place, block.text[:60])


def _difference(galley: Galley, order: Sequence[int], ours: str, theirs: str) -> Finding:
    at = next(
        (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
        min(len(ours), len(theirs)),
    )
    place: Place | None = None
    left = at
    for index in order:
        block = galley.blocks[index]
        own = len(letters(block.text))
        if left < own:
            offset = [i for i, c in enumerate(block.text) if not c.isspace()][left]
            place = galley.place_at(block, offset)
            break
        left -= own
    return _fault(
        "CON003",
        f"the manuscript reads “{theirs[at : at + 30]}” where the corrected source has "
        f"“{ours[at : at + 30]}”",
        place,
        ours[max(0, at - 30) : at + 30],
    )
