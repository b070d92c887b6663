"""Style sheets that stay inside the book."""

from __future__ import annotations

import re
from collections.abc import Collection

from booktools.errors import ManuscriptError
from booktools.model.place import Place

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_ADDRESS = re.compile(
    r"""(?P<rule>@import)
      | \b(?:url|src)\(\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^)\s"']*))\s*\)?
      | \b(?P<image>image|image-set|cross-fade)\(""",
    re.IGNORECASE | re.VERBOSE,
)


def references(css: str, allowed: Collection[str], file: str) -> tuple[str, ...]:
    """The files of the book that a style sheet uses, by name.

    Raises ManuscriptError, with the line, for an address that is not among `allowed`, and
    for the ways to reach a file that a book has no need of.
    """
    plain = _ESCAPE.sub(_unescaped, _COMMENT.sub(_blanked, css))
    found: list[str] = []
    for match in _ADDRESS.finditer(plain):
        address = match["double"] or match["single"] or match["bare"] or ""
        what = match["rule"] or match["image"] or address
        if address not in allowed:
            raise ManuscriptError(
                f"the style sheet leads to {what!r}, which is not part of the e-book",
                hint="A style sheet may use url() with a file of styles/fonts, and nothing else.",
                place=Place(file, plain.count("\n", 0, match.start()) + 1),
            )
        found.append(address)
    return tuple(dict.fromkeys(found))


def _unescaped(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _blanked(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
