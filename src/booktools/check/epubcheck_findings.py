"""EPUBCheck's messages as findings, traced to the manuscript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from booktools.model.finding import Finding, Severity
from booktools.model.place import Place


class Message(Protocol):
    """What EPUBCheck says; `path` is a file in the EPUB, or empty for the EPUB itself."""

    @property
    def severity(self) -> Severity: ...
    @property
    def id(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def suggestion(self) -> str: ...


def epubcheck_findings(
    messages: Iterable[Message],
    source: Callable[[str, int], Place | None],
    name: str = "book.epub",
) -> Iterator[Finding]:
    """A finding for each message: its code is EPUBCheck's own after `EPC-`, `EPC-RSC-005`.

    `source` gives the manuscript's place for a file of the EPUB and a line in it, None
    where it has none: then the finding stands at the EPUB (`name`).
    """
    for message in messages:
        where = Place(f"{name}/{message.path}" if message.path else name, message.line)
        place = source(message.path, message.line) if message.path else None
        yield Finding(
            f"EPC-{message.id}",
            message.severity,
            f"EPUBCheck: {message.message}",
            place or where,
            fix=message.suggestion,
            trail=(where,),
        )
