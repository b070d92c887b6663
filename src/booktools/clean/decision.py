"""What becomes of a hyphen at a line end: the answer, its evidence and how doubtful it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Verdict(Enum):
    JOIN = "join"
    KEEP = "keep"
    SUSPENDED = "suspended"  # a hyphen, and a blank after it


@dataclass(frozen=True, slots=True)
class Decision:
    """`doubt` is how likely the verdict is wrong: 0 for one that nothing speaks against."""

    verdict: Verdict
    evidence: str
    doubt: float = 0.0


# The tokens at both sides and the hyphen between them, whether it is set again on the next line,
# and whether they are part of an address → what was decided, and whether a person is asked.
Key: TypeAlias = tuple[str, str, str, bool, bool]
Settled: TypeAlias = dict[Key, tuple[Decision, bool]]
