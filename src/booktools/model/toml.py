"""TOML whose every key knows its line, and a small schema helper.

`tomllib` gives values without lines.  `read` keeps the text beside the values, and a
small scanner finds the line of a key path when somebody asks.  A key path is a tuple of
keys and list indexes: `("sources", 0, "sha256")`.
"""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias, TypeVar

from booktools.errors import ConfigError
from booktools.model.place import Place, Span
from booktools.model.toml_lines import Scanner

Path: TypeAlias = tuple[str | int, ...]
T = TypeVar("T")


class _Required:
    """The default of a key that must be there."""


REQUIRED: Final = _Required()


def spell(path: Path) -> str:
    """`sources[1].sha256`: list items count from 1, as lines do."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part + 1}]"
        else:
            bare = part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else f'"{part}"'
            out += f".{bare}" if out else bare
    return out


@dataclass(frozen=True)
class Document:
    """A TOML file's values; `file` is relative to the project."""

    file: str
    text: str
    values: Mapping[str, Any]

    @cached_property
    def _scanned(self) -> Scanner:
        return Scanner(self.text)

    @property
    def lines(self) -> Mapping[Path, int]:
        """Line (from 1) of every key path and list item."""
        return self._scanned.lines

    @property
    def headers(self) -> Mapping[Path, Span]:
        """Characters of the header, `[a]` or `[[a]]`, of every table that has one."""
        return self._scanned.headers

    @property
    def pairs(self) -> Mapping[Path, tuple[Span, Span]]:
        """Characters of the key and of the value of every `key = value`."""
        return self._scanned.pairs

    @cached_property
    def _listed(self) -> Mapping[str, Sequence[int]]:
        """The lines of the headers of each list of tables, `[[entry]]`, where they can be told
        without reading all that stands between them."""
        if '"""' in self.text or "'''" in self.text:  # a header may stand in a text
            return {}
        found: dict[str, list[int]] = {}
        line, at = 1, 0
        for match in _LISTED.finditer(self.text):
            line += self.text.count("\n", at, match.start())
            at = match.start()
            found.setdefault(match[1], []).append(line)
        return {
            name: lines
            for name, lines in found.items()
            if isinstance(self.values.get(name), list) and len(self.values[name]) == len(lines)
        }

    def line_of(self, path: Path) -> int:
        """Line of a key path, or of the nearest table round it that is there; else 1."""
        if len(path) == 2 and isinstance(path[1], int):
            lines = self._listed.get(str(path[0]), ())
            if path[1] < len(lines):
                return lines[path[1]]
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return 1

    def place(self, path: Path) -> Place:
        return Place(self.file, self.line_of(path))

    def fault(self, path: Path, message: str, hint: str = "") -> ConfigError:
        """The error to raise for a key: file, line and key path before the message."""
        where = f"{spell(path)}: " if path else ""
        return ConfigError(f"{where}{message}", hint=hint, place=self.place(path))

    def has(self, path: Path) -> bool:
        return self._find(path) is not REQUIRED

    def items(self, path: Path) -> tuple[Path, ...]:
        """The key paths of the tables in a list (`[[entry]]`), none where it is missing.

        Raises ConfigError when it is not a list of tables.
        """
        take_list(self, path, dict)
        found = self._find(path)
        return tuple((*path, index) for index in range(len(found))) if self.has(path) else ()

    def _find(self, path: Path) -> Any:
        value: Any = self.values
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return REQUIRED
        return value


_LISTED = re.compile(r"^[ \t]*\[\[[ \t]*([A-Za-z0-9_-]+)[ \t]*\]\]", re.MULTILINE)
LARGEST: Final = 8 * 2**20  # characters; ten thousand errata have two million
_DEEP = re.compile(
    r"""(?:^|[{,])[ \t]*+\[{0,2}+[ \t]*+
        (?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""",
    re.MULTILINE | re.VERBOSE,
)


def read(text: str, file: str) -> Document:
    """Parse TOML.  Raises ConfigError with the line of a syntax error."""
    _refuse_endless(text, file)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        spot = re.search(r" \(at line (\d+), column (\d+)\)", said)
        line, column = (int(spot[1]), int(spot[2])) if spot else (text.count("\n") + 1, 0)
        message = re.sub(r" \(at [^)]*\)$", "", said)
        raise ConfigError(
            f"not valid TOML: {message}",
            hint="Look for a missing quotation mark, bracket or comma on this line or above it.",
            place=Place(file, line, column),
        ) from None
    except RecursionError:
        raise ConfigError(
            "nested too deeply", hint="Keep to a few levels.", place=Place(file)
        ) from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        number = re.search(r"[\d_]{4000}", text)
        line = text.count("\n", 0, number.start()) + 1 if number else 0
        raise ConfigError(
            "a number of thousands of digits", hint="Shorten it.", place=Place(file, line)
        ) from None
    return Document(file, text, values)


def _refuse_endless(text: str, file: str) -> None:
    """Raise ConfigError for what would keep the parser busy for minutes."""
    if len(text) > LARGEST:
        raise ConfigError(
            f"too large: {len(text):,} characters, where {LARGEST:,} are the most",
            hint="Split it, or make it smaller.",
            place=Place(file),
        )
    if deep := _DEEP.search(text):
        raise ConfigError(
            "a key of more than twenty parts",
            hint="Write the tables one in another, or look for what this was meant to be.",
            place=Place(file, text.count("\n", 0, deep.start() + 1) + 1),
        )


# --- schema ---------------------------------------------------------------------------


def near(word: str, words: Iterable[str]) -> str:
    """`did you mean “title”?`, or nothing when no word is near."""
    close = difflib.get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)
    return f"did you mean “{close[0]}”?" if close else ""


def known(document: Document, path: Path, keys: Collection[str], top: Collection[str] = ()) -> None:
    """Refuse keys of the table at `path` (`()` is the whole file) that are not in `keys`.

    Raises ConfigError for the first, with its line and the nearest known key, or, when it is
    one of `top`, the keys of the whole file, where to put it."""
    table = document._find(path)
    if isinstance(table, Mapping):
        for key in table:
            if key not in keys:
                hint = near(key, keys) or "known keys: " + ", ".join(sorted(keys))
                hint = "move it to the top, above the first [[…]]." if key in top else hint
                raise document.fault((*path, key), "unknown key", hint[0].upper() + hint[1:])


_KINDS: Final[dict[type, str]] = {
    str: 'text in quotation marks, as in "…"',
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list, as in [ … ]",
    dict: "a table, as in { … }",
    datetime.date: "a date, as in 2021-05-31",
}


def _is(value: object, kind: type) -> bool:
    if isinstance(value, bool):
        return kind is bool
    if kind is float:
        return isinstance(value, int | float)
    if kind is datetime.date:
        return type(value) is datetime.date
    return isinstance(value, kind)


def _named(value: object) -> str:
    for kind, name in _KINDS.items():
        if _is(value, kind):
            return name.partition(",")[0]
    return "a date and time" if isinstance(value, datetime.datetime) else "a time"


def _check(document: Document, path: Path, value: object, kind: type[T]) -> T:
    if not _is(value, kind):
        raise document.fault(path, f"this is {_named(value)}", f"Write {_KINDS[kind]}.")
    return value  # type: ignore[return-value]  # _is has looked


def take(document: Document, path: Path, kind: type[T], default: T | _Required = REQUIRED) -> T:
    """The value at `path`, of type `kind` (str, int, float, bool, list, dict, date).

    Raises ConfigError with its line when it is missing without a default or of another type.
    """
    value = document._find(path)
    if isinstance(value, _Required):
        if isinstance(default, _Required):
            raise document.fault(path, "missing", f"Add it: {_KINDS[kind]}.")
        return default
    return _check(document, path, value, kind)


def take_any(document: Document, path: Path, default: object) -> object:
    """The value at `path`, of whatever type, or the default."""
    value = document._find(path)
    return default if isinstance(value, _Required) else value


def take_list(document: Document, path: Path, kind: type[T]) -> tuple[T, ...]:
    """The list at `path`, every item of type `kind`; empty when it is missing."""
    items: list[Any] = take(document, path, list, [])
    return tuple(_check(document, (*path, i), item, kind) for i, item in enumerate(items))


def take_choice(
    document: Document, path: Path, choices: Collection[str], default: str | _Required = REQUIRED
) -> str:
    """The text at `path`, one of `choices`.  Raises ConfigError with the nearest choice."""
    value = take(document, path, str, default)
    if value not in choices:
        one_of = "one of " + ", ".join(choices)
        meant = near(value, choices)
        raise document.fault(
            path, f"“{value}” is not {one_of}", meant[:1].upper() + meant[1:] or f"Use {one_of}."
        )
    return value
