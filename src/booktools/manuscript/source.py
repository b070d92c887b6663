"""The text of a manuscript file, checked before it is read."""

from __future__ import annotations

from booktools.errors import ManuscriptError
from booktools.manuscript.rules import forbidden_at
from booktools.model.place import Place


def checked_text(file: str, text: str) -> str:
    """The text with line ends as LF.  Raises ManuscriptError for characters no book can hold."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    at = forbidden_at(text)
    if at < 0:
        return text
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    raise ManuscriptError(
        f"the character U+{ord(text[at]):04X} cannot stand in a book",
        hint="Delete it, or replace it by what is meant.",
        place=Place(file, line, column),
    )
