"""What OCR has read of a scan, entered among the sources in `book.toml`.

Part of the pipeline, beside `recognition`; the rest of the file stays as people wrote it.
"""

from __future__ import annotations

import json
from enum import Enum

from booktools import prints, store
from booktools.config import parse_book_toml
from booktools.model import toml
from booktools.store import BOOK, Project


class Entry(Enum):
    """What became of the source's entry."""

    ADDED = "added to"
    REPLACED = "entered in the place of the scan in"
    RENEWED = "entered anew in"
    SAME = "is already in"
    OTHERS = "not entered in"


def enter(project: Project, scan: str, hocr: str, sha256: str) -> tuple[Entry, str]:
    """Put hOCR among the sources of a project; gives what was done and what is to be said.

    `scan` and `hocr` are names of files as the user gave them.  Nothing is entered for a file
    outside the project, beside sources that are no print, or for a scan that is no source and
    does not lie where sources lie.  Raises ConfigError.
    """
    own = store.name_in(project.root, hocr)
    if not own:
        return Entry.OTHERS, f"copy the scan into {store.SOURCES}/ and run the command again"
    was = store.name_in(project.root, scan)
    made = Entry.OTHERS

    def edit(text: str) -> str:
        nonlocal made
        made, new = with_source(toml.read(text, BOOK), was, own, sha256)
        parse_book_toml(new, BOOK)
        return new

    store.edit_ledger(project.root, BOOK, edit)
    if made is not Entry.OTHERS:
        return made, ""
    if any(not prints.is_print(one.file) for one in project.config.sources):
        return made, "the book’s other sources are no print, and sources are of one kind"
    return made, f"move the scan into {store.SOURCES}/ and run the command again"


def with_source(document: toml.Document, scan: str, hocr: str, sha256: str) -> tuple[Entry, str]:
    """The text of `book.toml` with hOCR among the sources: in the place of the scan that it was
    read from, with its new SHA-256 where it is one already, else behind the others.

    Raises ConfigError for entries that are not written as tables of their own.
    """
    text = document.text
    rows = {
        str(toml.take(document, (*path, "file"), str)): path
        for path in document.items(("sources",))
    }
    files = {_plain(name): path for name, path in rows.items()}
    tables = all(path in document.headers for path in rows.values())
    at = files.get(hocr, files.get(scan))
    mine = hocr.startswith(f"{store.SOURCES}/") and all(map(prints.is_print, rows))
    if at is None and not mine:
        return Entry.OTHERS, text
    if not tables:
        raise document.fault(
            ("sources",),
            "the sources are written inside a list, so nothing can be entered",
            "Write each as a table of its own, under [[sources]].",
        )
    if at is None:
        gap = "" if not text or text.endswith("\n") else "\n"
        entry = f'[[sources]]\nfile = {_quoted(hocr)}\nsha256 = "{sha256}"\n'
        return Entry.ADDED, f"{text}{gap}\n{entry}"
    changes = {"file": _quoted(hocr)} if hocr not in files else {}
    changes["sha256"] = f'"{sha256}"'
    spans = {document.pairs[(*at, key)][1]: value for key, value in changes.items()}
    new = text
    for span in sorted(spans, key=lambda span: -span.start):
        new = new[: span.start] + spans[span] + new[span.end :]
    if hocr not in files:
        return Entry.REPLACED, new
    same = toml.read(new, document.file).values == document.values
    return (Entry.SAME, text) if same else (Entry.RENEWED, new)


def _plain(name: str) -> str:
    return "/".join(part for part in name.split("/") if part not in {"", "."})


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are among TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
