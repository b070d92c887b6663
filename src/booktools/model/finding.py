"""A fact about the text that somebody should know."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import Enum

from booktools.model.place import Place


class Severity(Enum):
    """How much a finding matters; `rank` orders them for thresholds."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return ("note", "warning", "error").index(self.value)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact: a stable `code` (never reused), where it is, and what to do.

    `excerpt` is the text round it, `fix` what would mend it, `trail` the way back
    from an artifact to the manuscript and the source.  `before` and `after` are the
    characters each side that make the fingerprint survive edits elsewhere.  `entry` is what a
    ledger would hold as the answer, for a person to finish.
    """

    code: str
    severity: Severity
    message: str
    place: Place | None = None
    excerpt: str = ""
    fix: str = ""
    trail: tuple[Place, ...] = ()
    before: str = ""
    after: str = ""
    entry: str = ""

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits from rule, file and the words each side, not from line numbers."""
        file = self.place.file if self.place else ""
        parts = (self.code, file, self.excerpt, self.before[-32:], self.after[:32])
        folded = "\x1f".join(unicodedata.normalize("NFKC", " ".join(p.split())) for p in parts)
        return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]
