"""The text of a manuscript file, checked before it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from booktools.errors import ManuscriptError
from booktools.manuscript.rules import DEPTH, forbidden_at
from booktools.model.place import Place

_TOO_DEEP = re.compile(rf"^[ \t]*+(?:>[ \t]*+){{{DEPTH + 1}}}", re.MULTILINE)


def refuse_too_deep(files: Iterable[tuple[str, str]]) -> None:
    """Raise ManuscriptError for quotations in one another without end, in files (name, text).

    Pandoc would read such a line for minutes before it could be refused.
    """
    for file, text in files:
        if found := _TOO_DEEP.search(text):
            raise ManuscriptError(
                "this is nested too deep",
                hint=f"Keep to {DEPTH} levels.",
                place=Place(file, text.count("\n", 0, found.start()) + 1),
            )


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
