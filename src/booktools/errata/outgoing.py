"""Entries as a patch of the text, and as a letter to whoever keeps a copy of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from booktools.errata.entry import Entry
from booktools.errata.nearest import clip

# The other readings behind a rule's reason.
_OFFERED = re.compile(r"; or “[^”]*”(?: or “[^”]*”)*(?=\.?$)")


def patch(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """A unified patch from texts without the corrections to texts with them, by name.

    A file that only one of them has comes or goes.
    """
    parts: list[str] = []
    for name in sorted({*before, *after}):
        old, new = (texts.get(name, "").splitlines(keepends=True) for texts in (before, after))
        one = f"a/{name}" if name in before else "/dev/null"
        two = f"b/{name}" if name in after else "/dev/null"
        parts += (
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in difflib.unified_diff(old, new, one, two, n=1)
        )
    return "".join(parts)


def public_reason(entry: Entry) -> str:
    """Why, without the other readings that a rule offered to the reviewers."""
    return _OFFERED.sub("", entry.reason) if entry.rule else entry.reason


def errata_mail(
    entries: Iterable[Entry],
    title: str,
    authors: str,
    identifier: str,
    unit: str = "Line",
    pages: Mapping[str, int] = MappingProxyType({}),
    sources: Sequence[str] = (),
) -> str:
    """The form in which Project Gutenberg takes errata by mail: line, context, old ==> new.

    Lines are those of the source, `unit` what they are called there; `pages`, by id of the
    entries, where it has pages.  An entry that names no file is of the first of the `sources`.
    """
    lines = [f"Title: {title}", f"Author: {authors}", f"Identifier: {identifier}", ""]
    file = ""
    count = 0
    for entry in entries:
        own = entry.file or next(iter(sources), "")
        if own != file:
            file = own
            lines += [f"File: {file}", ""] if file else []
        count += 1
        old = entry.found.strip() or entry.found
        new = entry.wanted.strip() or "[delete]"
        start, page = len(entry.before), pages.get(entry.id, 0)
        lines += [
            f"Page {page}, {unit.lower()} {entry.line}:" if page else f"{unit} {entry.line}:",
            f"    {clip(entry.context, start, start + len(entry.found))}",
            f"    {old} ==> {new}",
            f"    ({public_reason(entry)})",
            "",
        ]
    return "\n".join([*lines, f"{count} {'erratum' if count == 1 else 'errata'}.", ""])
