"""What stops the work: one exception a kind, one exit code each.

A fact about the text is a `Finding`, never an exception.  An exception means that
we cannot go on, and says what is wrong, where, and what to do next.
"""

from __future__ import annotations

from typing import ClassVar

from booktools.model.place import Place

EXIT_DONE = 0
EXIT_USAGE = 2
EXIT_FINDINGS = 3
EXIT_INTERRUPTED = 130


class BooktoolsError(Exception):
    """The base of all errors that a user sees.

    `message` says what is wrong, `hint` what to do next, `place` where.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "", place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint}"


class ConfigError(BooktoolsError):
    """`book.toml`, `layout.toml` or `errata.toml` says something impossible."""

    exit_code = 4


class SourceError(BooktoolsError):
    """A raw source cannot be read."""

    exit_code = 5


class ManuscriptError(BooktoolsError):
    """The manuscript, an image or a place to write to is not usable."""

    exit_code = 6


class Conflict(ManuscriptError):
    """Somebody else changed meanwhile what was to be changed."""


class EngineMissing(BooktoolsError):
    """An engine is not installed; the hint says how to install it."""

    exit_code = 7


class EngineFailed(BooktoolsError):
    """An engine crashed, hung or gave nothing."""

    exit_code = 8
