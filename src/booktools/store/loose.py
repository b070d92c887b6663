"""Files outside any project: texts to recover, and what is made of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from booktools.errors import SourceError
from booktools.model.place import Place
from booktools.store.reading import MAX_FILE, MAX_TEXT, decode, read_path
from booktools.store.writing import write_files

_MOST_PAGES: Final = 100_000
_DIGITS = re.compile(r"(\d+)")


def read_loose(names: Sequence[str], encoding: str = "utf-8") -> tuple[tuple[str, str], ...]:
    """Name and text of each file, in order; a folder gives its `*.txt`, page 2 before page 10.

    A page of a folder may be empty.  Raises SourceError.
    """
    out: list[tuple[str, str]] = []
    left = MAX_FILE
    for name, path, page in _files(names):
        data = read_path(path, name, error=SourceError, limit=min(left, MAX_TEXT))
        left -= len(data)
        text = decode(data, name, error=SourceError, encoding=encoding, may_be_empty=page)
        out.append((name, text))
    if not any(text.strip() for _, text in out):
        raise SourceError("there is no text in it", place=Place(names[0]))
    return tuple(out)


def _files(names: Sequence[str]) -> Iterator[tuple[str, Path, bool]]:
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield name, path, False
            continue
        try:
            inside = os.listdir(path)
        except OSError as fault:
            raise SourceError(f"cannot be read: {fault.strerror}", place=Place(name)) from None
        pages = [n for n in inside if n.lower().endswith(".txt") and not n.startswith(".")]
        if not pages:
            raise SourceError(
                "there is no text in this folder",
                hint="Put page texts there, files that end in .txt.",
                place=Place(name),
            )
        if len(pages) > _MOST_PAGES:
            raise SourceError(f"more than {_MOST_PAGES:,} pages", place=Place(name))
        for page in sorted(pages, key=_natural):
            yield (Path(name) / page).as_posix(), path / page, True


def _natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """A key that sorts numbers in names by their size."""
    parts = _DIGITS.split(name.casefold())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts if p], name


def same_file(one: str, other: str) -> bool:
    """Whether two names lead to the same file, links followed."""
    return Path(one).resolve() == Path(other).resolve()


def write_loose(name: str, data: bytes) -> None:
    """Write a file whole or not at all.  Raises ManuscriptError."""
    path = Path(name).resolve()
    write_files(path.parent, {path.name: data})
