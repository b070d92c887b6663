"""Where each key and value of a TOML text stands."""

from __future__ import annotations

import re
import tomllib

from booktools.model.place import Span

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
# What most lines of a ledger are: a bare key, and a short string or another simple value.
_SIMPLE = re.compile(
    r"""(?P<key>[A-Za-z0-9_-]+)[ \t]*=[ \t]*(?P<value>"(?:[^"\\\n]|\\[^\n])*"(?!")|[\w.:+-]+)"""
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")


class Scanner:
    """Finds the line of each key in a text that `tomllib` has accepted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.lines: dict[Path, int] = {}
        self.headers: dict[Path, Span] = {}
        self.pairs: dict[Path, tuple[Span, Span]] = {}
        self.last: dict[Path, int] = {}  # index of the newest table of each [[list]]
        self._file()

    def _eat(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        found = match[0] if match else ""
        self.at += len(found)
        self.line += found.count("\n")
        return found

    def _see(self, mark: str) -> bool:
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def _note(self, path: Path, line: int) -> None:
        self.lines.setdefault(path, line)

    def _file(self) -> None:
        table: Path = ()
        self._eat(_BLANK)
        while self.at < len(self.text):
            before = self.at
            line = self.line
            header = self.text[before] == "["
            if self._see("[["):
                name = self._inside(self._key(line, (), declare=False))
                index = self.last[name] = self.last.get(name, -1) + 1
                table = (*name, index)
                self._note(name, line)
                self._note(table, line)
                self._eat(_SPACE)
                self._see("]]")
            elif self._see("["):
                table = self._inside(self._key(line, (), declare=False))
                for end in range(1, len(table) + 1):
                    self._note(table[:end], line)
                self.lines[table] = line
                self._eat(_SPACE)
                self._see("]")
            else:
                self._pair(table)
            if header:
                self.headers.setdefault(table, Span(before, self.at))
            self._eat(_BLANK)
            if self.at == before:  # never for valid TOML; never hang
                return

    def _inside(self, name: Path) -> Path:
        """A header's path with the newest index after each part but the last that is a list."""
        out: Path = ()
        for part in name[:-1]:
            out = (*out, part)
            if out in self.last:
                out = (*out, self.last[out])
        return (*out, name[-1]) if name else out

    def _key(self, line: int, table: Path, declare: bool = True) -> Path:
        """Read a dotted key; note each of its parts under `table`."""
        path = table
        while True:
            self._eat(_SPACE)
            if self.text.startswith(('"', "'"), self.at):
                (part,) = tomllib.loads(f"{self._eat(_STRING)}=0")
            else:
                part = self._eat(_BARE)
            path = (*path, part)
            if declare:
                self._note(path, line)
            self._eat(_SPACE)
            if not self._see("."):
                return path

    def _pair(self, table: Path) -> None:
        if simple := _SIMPLE.match(self.text, self.at):
            path = (*table, simple["key"])
            self._note(path, self.line)
            self.pairs.setdefault(path, (Span(*simple.span("key")), Span(*simple.span("value"))))
            self.at = simple.end()
            return
        start = self.at
        path = self._key(self.line, table)
        key = Span(start, start + len(self._from(start).rstrip()))
        self._see("=")
        self._eat(_SPACE)
        start = self.at
        self._value(path)
        self.pairs.setdefault(path, (key, Span(start, start + len(self._from(start).rstrip()))))

    def _from(self, start: int) -> str:
        return self.text[start : self.at]

    def _value(self, path: Path) -> None:
        if self._see("["):
            index = 0
            self._eat(_BLANK)
            while not self._see("]") and self.at < len(self.text):
                self._note((*path, index), self.line)
                self._value((*path, index))
                index += 1
                self._eat(_BLANK)
                self._see(",")
                self._eat(_BLANK)
        elif self._see("{"):
            self._eat(_BLANK)
            while not self._see("}") and self.at < len(self.text):
                self._pair(path)
                self._eat(_BLANK)
                self._see(",")
                self._eat(_BLANK)
        elif not self._eat(_STRING):
            self._eat(_SCALAR)
