"""The bytes of a manuscript file as text that can be read."""

from __future__ import annotations

from booktools.errors import ManuscriptError
from booktools.manuscript.rules import forbidden_at
from booktools.model.place import Place


def manuscript_text(file: str, data: bytes) -> str:
    """The file's text: UTF-8, line ends as LF, no byte order mark.

    Raises ManuscriptError, with the line, for other encodings and for control characters.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ManuscriptError(
            f"this is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}",
            hint="Save the file as UTF-8.",
            place=Place(file, line),
        ) from error
    return checked_text(file, text)


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
