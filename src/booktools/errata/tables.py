"""Entries as CSV, for spreadsheets, and back."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from booktools.errata.decide import entry_version
from booktools.errata.entry import Entry, Kind, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.merge import Row
from booktools.errors import ConfigError, SourceError
from booktools.model.place import Place

COLUMNS = (
    "id", "file", "line", "found", "wanted", "context", "kind", "rule", "family", "reason",
    "state", "decided_by", "decided_on", "since", "until", "earlier", "version",
)  # fmt: skip
_NEEDED = ("id", "line", "found", "wanted", "context")
LARGEST = 32 * 2**20  # characters
MOST = 100_000  # rows
# A spreadsheet takes a cell that begins so for a formula, and would reckon it out.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def entries_csv(entries: Iterable[Entry]) -> str:
    """A row an entry under a row of names; `reviews` are left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_guarded(cell) for cell in _cells(entry)])
    return out.getvalue()


def _cells(entry: Entry) -> list[str]:
    return [
        entry.id,
        entry.file,
        str(entry.line),
        entry.found,
        entry.wanted,
        entry.context,
        entry.kind.value,
        entry.rule,
        entry.family,
        entry.reason,
        entry.state.value,
        entry.decided_by,
        entry.decided_on.isoformat() if entry.decided_on else "",
        str(entry.since) if entry.since else "",
        str(entry.until) if entry.until else "",
        entry.earlier,
        entry_version(entry),
    ]


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def parse_csv(text: str, file: str) -> tuple[Row, ...]:
    """The entries of a table with a row of names; comma or semicolon between cells.

    Rows need id, line, found, wanted and context; the rest may be empty.  Raises SourceError
    with the line.
    """
    if len(text) > LARGEST:
        raise _fault(file, 0, f"too large: {len(text):,} characters")
    head = text.partition("\n")[0]
    comma = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    rows: list[Row] = []
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        if missing := [name for name in _NEEDED if name not in names]:
            raise _fault(file, 1, f"there is no column “{missing[0]}”")
        for cells in reader:
            if len(rows) >= MOST:
                raise _fault(file, reader.line_num, f"more than {MOST:,} rows")
            if None in cells:
                raise _fault(file, reader.line_num, "more cells than columns")
            plain = {name: _plain(cell or "") for name, cell in cells.items() if name in COLUMNS}
            if any(plain.values()):
                rows.append(row_of(plain, file, reader.line_num))
    except csv.Error as error:
        raise _fault(file, reader.line_num, f"not a table: {error}") from None
    return tuple(rows)


def _plain(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def row_of(cells: Mapping[str, str], file: str, line: int) -> Row:
    """An entry of its keys as texts.  Raises SourceError for what no ledger would hold.

    A decided one may lack who and when.
    """
    try:
        state = State(cells.get("state") or State.OPEN.value)
        kind = Kind(cells.get("kind") or Kind.TYPO.value)
        day = cells.get("decided_on", "")
        entry = Entry(
            cells["id"],
            _number(cells["line"]),
            cells["found"],
            cells["wanted"],
            cells["context"],
            kind,
            cells.get("reason") or "imported",
            state,
            cells.get("decided_by", "") if state is not State.OPEN else "",
            datetime.date.fromisoformat(day) if day and state is not State.OPEN else None,
            _number(cells.get("since") or "0"),
            _number(cells.get("until") or "0"),
            cells.get("earlier", ""),
            cells.get("file", ""),
            cells.get("rule", ""),
            cells.get("family", ""),
        )
    except (KeyError, ValueError) as error:
        raise _fault(file, line, f"not an entry: {error}") from None
    return Row(_checked(entry, file, line), cells.get("version", ""))


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()):
        raise ValueError(f"“{text[:20]}” is no number")
    return int(text)


def _checked(entry: Entry, file: str, line: int) -> Entry:
    """The entry as a ledger has it, blanks folded; who and when may be missing."""
    whole = entry
    if entry.state is not State.OPEN:
        day = entry.decided_on or datetime.date.min
        whole = replace(entry, decided_by=entry.decided_by or "-", decided_on=day)
    try:
        (out,) = parse_errata(print_errata((whole,)), file)
    except ConfigError as error:
        raise _fault(file, line, error.message.removeprefix("erratum[1].")) from None
    at = Place(file, line)
    return replace(out, decided_by=entry.decided_by, decided_on=entry.decided_on, place=at)


def _fault(file: str, line: int, message: str) -> SourceError:
    hint = "booktools errata export --format csv writes a table of this form."
    return SourceError(message, hint=hint, place=Place(file, line))
