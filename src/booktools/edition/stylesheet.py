"""Style sheets that stay inside the book."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from booktools.errors import ManuscriptError
from booktools.model.place import Place

_ESCAPED = r"\\(?:[0-9a-fA-F]{1,6}[ \t\n\f]?|[^\n\f])"
# The tokens of CSS, so far as addresses are concerned: what looks like a comment inside a
# string is none, and the other way round.
_TOKEN = re.compile(
    rf"""(?P<comment>/\*.*?(?:\*/|\Z))
      | (?P<string>"(?:\\.|[^"\\\n\f])*+"?|'(?:\\.|[^'\\\n\f])*+'?)
      | (?P<name>@?(?:[\w-]|[^\x00-\x7f]|{_ESCAPED})++)(?P<opens>\(\s*+)?
      | .""",
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"(?:\\.|[^)\\])*+", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f]?|(\n)|(.))", re.DOTALL)
_TO_A_FILE = frozenset({"url", "src"})
_NEEDLESS = frozenset({"image", "image-set", "-webkit-image-set", "cross-fade", "@import"})


def references(css: str, allowed: Collection[str], file: str) -> tuple[str, ...]:
    """The files of the book that a style sheet uses, by name.

    Raises ManuscriptError, with the line, for an address that is not among `allowed`, and
    for the ways to reach a file that a book has no need of.
    """
    found: list[str] = []
    for address, at in _addresses(css):
        if address not in allowed:
            raise ManuscriptError(
                f"the style sheet leads to {address!r}, which is not part of the e-book",
                hint="A style sheet may use url() with a file of styles/fonts, and nothing else.",
                place=Place(file, css.count("\n", 0, at) + 1),
            )
        found.append(address)
    return tuple(dict.fromkeys(found))


def _addresses(css: str) -> Iterator[tuple[str, int]]:
    """Addresses, and the names of what leads to one in another way, each with its offset."""
    at = 0
    while token := _TOKEN.match(css, at):
        at = token.end()
        name = _unescaped(token["name"] or "").lower()
        if name in _NEEDLESS and (token["opens"] or name == "@import"):
            yield name, token.start()
        elif name in _TO_A_FILE and token["opens"]:
            text = _TOKEN.match(css, at)
            if text and text["string"]:
                at = text.end()
                yield _unescaped(text["string"].strip(text["string"][0])), token.start()
            else:
                bare = _BARE.match(css, at)
                assert bare  # it matches nothing, too
                at = bare.end()
                yield _unescaped(bare[0].strip()), token.start()


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if not match[1]:
        return match[3] or ""
    code = int(match[1], 16)
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
