"""What the finder proposes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One doubtful reading.

    `start` and `end` are offsets in the text that was read, `token` what stands there.
    `readings` are what may be meant, the likeliest first; none where there is no guess.
    `score` is how likely it is that something is wrong, from 0 to 1, comparable between
    rules.  `family` is the same for all cases of one habit, and says which.  `evidence` is
    for people.
    """

    start: int
    end: int
    token: str
    readings: tuple[str, ...]
    score: float
    rule: str
    family: str
    evidence: str

    def json(self) -> dict[str, object]:
        """For machines, with the keys of `booktools errata suggest --json`."""
        return {
            "start": self.start,
            "end": self.end,
            "token": self.token,
            "suggestions": list(self.readings),
            "score": round(self.score, 4),
            "rule": self.rule,
            "family": self.family,
            "evidence": self.evidence,
        }
