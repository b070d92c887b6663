"""Entries as TEI, `<choice><sic/><corr/></choice>` in their context, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from booktools.errata.decide import entry_version
from booktools.errata.entry import Entry
from booktools.errata.merge import Row
from booktools.errata.tables import row_of
from booktools.errors import SourceError
from booktools.model.place import Place

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_TEI = f"{{{NAMESPACE}}}"
LARGEST = 32 * 2**20  # characters
MOST = 100_000  # choices


def entries_tei(entries: Iterable[Entry], title: str, language: str) -> str:
    """A TEI document with a block for each entry; who reads it needs no ledger.

    `n` of an `ab` is the entry's id, `type` its kind, `subtype` its state; notes hold the rest.
    """
    body = "\n".join(_block(entry) for entry in entries)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="{NAMESPACE}">
<teiHeader><fileDesc>
<titleStmt><title>Corrections: {escape(title)}</title></titleStmt>
<publicationStmt><p>Errata of the book, each in its context.</p></publicationStmt>
<sourceDesc><p>{escape(title)}</p></sourceDesc>
</fileDesc></teiHeader>
<text xml:lang={quoteattr(language)}><body>
{body}
</body></text>
</TEI>
"""


def _block(entry: Entry) -> str:
    choice = f"<choice><sic>{escape(entry.found)}</sic><corr>{escape(entry.wanted)}</corr></choice>"
    return (
        f"<ab n={quoteattr(entry.id)} type={quoteattr(entry.kind.value)}"
        f' subtype={quoteattr(entry.state.value)} xml:space="preserve">'
        f"{escape(entry.before)}{choice}{escape(entry.after)}{''.join(_notes(entry))}</ab>"
    )


def _notes(entry: Entry) -> Iterator[str]:
    values = {
        "reason": entry.reason,
        "file": entry.file,
        "line": str(entry.line),
        "rule": entry.rule,
        "family": entry.family,
        "decided_by": entry.decided_by,
        "decided_on": entry.decided_on.isoformat() if entry.decided_on else "",
        "since": str(entry.since) if entry.since else "",
        "until": str(entry.until) if entry.until else "",
        "earlier": entry.earlier,
        "version": entry_version(entry),
    }
    for name, value in values.items():
        if value:
            yield f"<note type={quoteattr(name)}>{escape(value)}</note>"


def parse_tei(text: str, file: str) -> tuple[Row, ...]:
    """The entries of such a document.  Raises SourceError; entities are refused."""
    if len(text) > LARGEST:
        raise _fault(file, 0, f"too large: {len(text):,} characters")
    if re.search(r"<!\s*(?:DOCTYPE|ENTITY)", text):
        raise _fault(file, 1, "it declares a document type, where only elements are read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _fault(file, 0, f"not well-formed XML: {error}") from None
    blocks = list(root.iter(f"{_TEI}ab"))
    if root.tag != f"{_TEI}TEI" or not blocks:
        raise _fault(file, 1, "there is no <ab> with a <choice> of TEI in it")
    if len(blocks) > MOST:
        raise _fault(file, 1, f"more than {MOST:,} entries")
    return tuple(_row(block, file) for block in blocks)


def _row(block: etree._Element, file: str) -> Row:
    line = cast("int", block.sourceline or 0)
    choice = block.find(f"{_TEI}choice")
    sic = choice.find(f"{_TEI}sic") if choice is not None else None
    corr = choice.find(f"{_TEI}corr") if choice is not None else None
    if choice is None or sic is None or corr is None:
        raise _fault(file, line, "this <ab> has no <choice> of <sic> and <corr>")
    found, wanted = sic.text or "", corr.text or ""
    cells = {
        "id": block.get("n", ""),
        "kind": block.get("type", ""),
        "state": block.get("subtype", ""),
        "found": found,
        "wanted": wanted,
        "context": f"{block.text or ''}{found}{choice.tail or ''}",
    }
    for note in block.iterfind(f"{_TEI}note"):
        cells.setdefault(note.get("type", ""), note.text or "")
    return row_of(cells, file, line)


def _fault(file: str, line: int, message: str) -> SourceError:
    hint = "booktools errata export --format tei writes a document of this form."
    return SourceError(message, hint=hint, place=Place(file, line))
