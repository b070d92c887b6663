"""A finished file and what is known of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Edition(Enum):
    """The three editions, by the ending of their file."""

    EPUB = "epub"
    PDF = "pdf"
    TXT = "txt"


@dataclass(frozen=True)
class Artifact:
    """A finished edition in memory: its file name in `dist/` and its bytes."""

    edition: Edition
    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Expected:
    """A stretch that an edition must show, in the order in which it shows it.

    `rule` names the declared rule that puts it there: `manuscript` for the manuscript's
    own text, else the generator (`title-page`, `contents`, `running-head`, …).  `file` and
    `line` lead back to the manuscript.  Where cells of a table stand side by side, so that
    their lines take turns, `cell` counts the cells of the file from 1.  `head` is the head of
    the table, which may stand before the stretch once more where a page begins with it.
    """

    text: str
    rule: str = "manuscript"
    file: str = ""
    line: int = 0
    cell: int = 0
    head: str = ""
