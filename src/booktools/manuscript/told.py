"""What documents hold that a manuscript cannot: told once a kind, with places to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from booktools.model.finding import Finding, Severity
from booktools.model.place import Place

_SHOWN = 3  # excerpts


class _Kind(NamedTuple):
    code: str
    severity: Severity
    one: str
    many: str
    fix: str


_NOTE, _WARNING = Severity.NOTE, Severity.WARNING

KINDS: dict[str, _Kind] = {
    "raw": _Kind(
        "DOC001", _WARNING, "raw markup was left out", "pieces of raw markup were left out",
        "Nothing but pandoc's plain elements gets through: write in the document what is missing.",
    ),
    "skipped": _Kind(
        "DOC002", _WARNING, "words in it are not read", "stretches of words are not read",
        "Pandoc does not know what they stand in: write them as plain text in the document.",
    ),
    "hidden": _Kind(
        "DOC010", _WARNING, "what the document hides is left out",
        "stretches that the document hides are left out",
        "Show what belongs to the book: take off hidden, display: none, visibility: hidden, or a "
        "word processor’s hidden text.",
    ),
    "table": _Kind(
        "DOC003", _WARNING, "a page laid out with a table is set as a list, a row an item",
        "pages laid out with tables are set as lists, a row an item",
        "Look whether it reads well; or take the table away in the document.",
    ),
    "span": _Kind(
        "DOC003", _NOTE, "a table has cells that span others; those are empty now",
        "tables have cells that span others; those are empty now",
        "Look whether it reads well.",
    ),
    "link": _Kind(
        "DOC004", _WARNING, "a link leads where a book's cannot; its words stay",
        "links lead where a book's cannot; their words stay",
        "Links go to places in the book and to http, https and mailto addresses.",
    ),
    "anchor": _Kind(
        "DOC004", _WARNING, "a link leads nowhere; its words stay",
        "links lead nowhere; their words stay",
        "Mend it in the document, or leave it.",
    ),
    "missing": _Kind(
        "DOC005", _WARNING, "a picture did not come along", "pictures did not come along",
        "Put the picture into images/ under the name that the manuscript gives.",
    ),
    "math": _Kind(
        "DOC006", _WARNING, "a formula is set as it was typed",
        "formulas are set as they were typed",
        "Write it in words and signs, or make it a picture.",
    ),
    "code": _Kind(
        "DOC006", _NOTE, "a block of code is set line for line, like verse",
        "blocks of code are set line for line, like verse",
        "Look whether it reads well.",
    ),
    "struck": _Kind(
        "DOC007", _WARNING, "struck-out words stand in the text like others",
        "struck-out stretches stand in the text like others",
        "Delete them in the document if they are to go.",
    ),
    "deleted": _Kind(
        "DOC008", _WARNING, "a tracked deletion was carried out",
        "tracked deletions were carried out",
        "Accept or reject the changes in the document to decide otherwise.",
    ),
    "inserted": _Kind(
        "DOC008", _WARNING, "a tracked insertion was taken in", "tracked insertions were taken in",
        "Accept or reject the changes in the document to decide otherwise.",
    ),
    "comment": _Kind(
        "DOC008", _WARNING, "a comment is not part of the book",
        "comments are not part of the book",
        "Answer it, and delete it in the document.",
    ),
    "note": _Kind(
        "DOC009", _NOTE, "a note on a note goes on below that note",
        "notes on notes go on below those notes",
        "Look whether it reads well.",
    ),
    "picture": _Kind(
        "DOC009", _NOTE, "a picture in the middle of a paragraph stands behind it",
        "pictures in the middle of paragraphs stand behind them",
        "Look whether they stand well.",
    ),
    "unknown": _Kind(
        "DOC001", _WARNING, "an element that is not known was left out",
        "elements that are not known were left out",
        "Report it, with the document.",
    ),
}  # fmt: skip


def findings_on(told: Sequence[tuple[str, str, str]]) -> tuple[Finding, ...]:
    """A finding for each file and kind among `told`: (file, kind, excerpt)."""
    groups: dict[tuple[str, str], list[str]] = {}
    for file, kind, excerpt in told:
        groups.setdefault((file, kind), []).append(excerpt)
    return tuple(_finding(file, kind, excerpts) for (file, kind), excerpts in groups.items())


def _finding(file: str, kind: str, excerpts: Sequence[str]) -> Finding:
    about = KINDS[kind]
    different = list(dict.fromkeys(excerpt for excerpt in excerpts if excerpt))
    shown = "; ".join(f"“{excerpt}”" for excerpt in different[:_SHOWN])
    more = len(different) - _SHOWN
    message = about.one if len(excerpts) == 1 else f"{len(excerpts):,} {about.many}"
    if shown:
        message += f": {shown}" + (f" and {more:,} more" if more > 0 else "")
    place = Place(file)
    return Finding(about.code, about.severity, message, place, different[0] if different else "",
                   about.fix)  # fmt: skip
