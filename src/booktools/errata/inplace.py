"""The text of a ledger, entry by entry, for changes that leave all else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from booktools.errata.entry import Entry
from booktools.errata.ledger import KEYS, printed
from booktools.model.place import Span
from booktools.model.toml import Document, Path


@dataclass(frozen=True, slots=True)
class Splice:
    """Characters `start`..`end` of a text give way to `new`."""

    start: int
    end: int
    new: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with the changes made; those at the same spot in the order given."""
    parts: list[str] = []
    at = 0
    for splice in sorted(splices, key=lambda s: (s.start, s.end)):
        parts += text[at : splice.start], splice.new
        at = splice.end
    return "".join([*parts, text[at:]])


@dataclass(frozen=True)
class Ledger:
    """A ledger's text and where its entries stand in it."""

    document: Document

    @cached_property
    def _ends(self) -> dict[int, int]:
        """Where the last value of each entry ends."""
        ends: dict[int, int] = {}
        for path, (_, value) in self.document.pairs.items():
            if len(path) > 2 and path[0] == "erratum" and isinstance(path[1], int):
                ends[path[1]] = max(ends.get(path[1], 0), value.end)
        return ends

    def span(self, number: int) -> Span:
        """The characters of an entry: its header, to the end of its last line.

        Raises ConfigError for an entry that is not written as a table of its own.
        """
        path: Path = ("erratum", number)
        header = self.document.headers.get(path)
        if header is None:
            raise self.document.fault(
                path,
                "this entry is written inside a list, so nothing can be entered in it",
                "Write it as a table of its own, under [[erratum]].",
            )
        return Span(header.start, self._line_end(self._ends[number]))

    def stanza(self, number: int) -> str:
        """The text of an entry."""
        span = self.span(number)
        return self.document.text[span.start : span.end]

    def changed(self, number: int, old: Entry, new: Entry) -> Iterator[Splice]:
        """What makes the entry's text say something else; only the keys that differ."""
        self.span(number)
        before, after = printed(old), printed(new)
        for key in KEYS:
            if before.get(key) != after.get(key):
                yield self._key(number, key, after.get(key))

    def _key(self, number: int, key: str, value: str | None) -> Splice:
        path: Path = ("erratum", number, key)
        pair = self.document.pairs.get(path)
        if pair is None and self.document.has(path):
            raise self.document.fault(
                path, "written as tables of its own", f"Write it as {key} = [ … ]."
            )
        if pair is None:
            at = self._line_end(self._before(number, key))
            return Splice(at, at, f"\n{key} = {value}")
        if value is None:
            return self._without(*pair)
        return Splice(pair[1].start, pair[1].end, value)

    def _before(self, number: int, key: str) -> int:
        """Where the value ends behind which a new key has its place."""
        for other in reversed(KEYS[: KEYS.index(key)]):
            if pair := self.document.pairs.get(("erratum", number, other)):
                return pair[1].end
        return self.document.headers["erratum", number].end

    def _without(self, key: Span, value: Span) -> Splice:
        """The key's whole line goes, unless a comment stands behind the value."""
        end = self._line_end(value.end)
        text = self.document.text
        if text[value.end : end].strip():
            behind = value.end + len(text[value.end : end]) - len(text[value.end : end].lstrip())
            return Splice(key.start, behind, "")
        return Splice(text.rfind("\n", 0, key.start), end, "")  # below the header's line

    def _line_end(self, offset: int) -> int:
        at = self.document.text.find("\n", offset)
        return len(self.document.text) if at < 0 else at
