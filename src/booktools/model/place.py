"""Where something stands."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of character offsets, `start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: `line`, `column` and `page` count from 1, 0 means unknown.

    `file` is relative to the project, with forward slashes.  `counted` says that `line` counts
    paragraphs, as in a document, whose lines nobody sees; it takes no part in comparisons.
    """

    file: str
    line: int = 0
    column: int = 0
    page: int = 0
    counted: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        text = self.file
        if self.counted:
            return f"{text} (paragraph {self.line})"
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        if self.page:
            text += f" (page {self.page})"
        return text
