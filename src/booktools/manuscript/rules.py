"""What may stand in a manuscript: ids, targets, images, languages, characters.

Each rule returns what is wrong, or an empty string.
"""

from __future__ import annotations

import re

DEPTH = 40  # levels of nesting; a book needs five

_ID = re.compile(r"[^\W\d][\w.\-]*")
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_TARGET = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
# Characters that XML 1.0 forbids; a byte order mark is none of the text either.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def id_fault(value: str) -> str:
    """An id is a letter, then letters, digits, `.`, `-` and `_`."""
    if _ID.fullmatch(value):
        return ""
    return f"“{value}” is no id: a letter, then letters, digits, “.”, “-” and “_”"


def language_fault(value: str) -> str:
    if _LANG.fullmatch(value):
        return ""
    return f"“{value}” is no language tag such as “es” or “pt-BR”"


def target_fault(value: str) -> str:
    """A link goes to `#id`, or to an http, https or mailto address."""
    if value.startswith("#"):
        return id_fault(value[1:])
    if _TARGET.fullmatch(value):
        return ""
    return f"a link to “{value[:80]}” is not allowed: only #id, http(s): and mailto:"


def image_fault(path: str) -> str:
    """An image is a file in `images/`, named from the project's own folder."""
    parts = path.split("/")
    if path.startswith("/") or ":" in path or "\\" in path:
        return f"the image “{path}” is not a path inside the project"
    if ".." in parts:
        return f"the image “{path}” leaves the project by “..”"
    if parts[0] != "images" or len(parts) < 2 or "" in parts or "." in parts:
        return f"the image “{path}” is not in images/"
    return character_fault(path)


def character_fault(text: str) -> str:
    """Characters that no edition can hold: controls, half surrogates, non-characters."""
    found = _FORBIDDEN.search(text)
    return f"the character U+{ord(found[0]):04X} cannot stand in a book" if found else ""


def allowed(text: str) -> str:
    """The text without the characters that no edition can hold."""
    return _FORBIDDEN.sub("", text)


def forbidden_at(text: str) -> int:
    """The offset of the first forbidden character, -1 when there is none."""
    found = _FORBIDDEN.search(text)
    return found.start() if found else -1
