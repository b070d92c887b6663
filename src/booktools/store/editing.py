"""Changing a text file in place: one at a time, and only what is to be changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from booktools.errors import ConfigError
from booktools.store.lock import ledger_lock
from booktools.store.reading import MAX_TEXT, decode, inside, read_bytes
from booktools.store.writing import sweep, write_files

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENDS = re.compile(r"\r\n|\r|\n")


def edit_ledger(root: Path, name: str, edit: Callable[[str], str]) -> str:
    """Let `edit` make a new text of a ledger's text as it stands now, and put it on disk.

    Nobody else changes it meanwhile, so nothing that somebody entered is lost; a file that
    is not there is empty.  Lines that stay keep their bytes.  What `edit` raises leaves the
    file as it is.  Gives the new text.  Raises ConfigError, ManuscriptError.
    """
    with ledger_lock(root):
        data = b""
        if inside(root, name, ConfigError).exists():
            data = read_bytes(root, name, error=ConfigError, limit=MAX_TEXT)
        old = decode(data, name, error=ConfigError, may_be_empty=True)
        new = edit(old)
        if new != old:
            path = inside(root, name, ConfigError)
            sweep(path.parent, path.name)
            write_files(root, {name: put_back(data.decode("utf-8"), old, new).encode()})
        return new


def rewrite(root: Path, texts: Mapping[str, tuple[str, str]]) -> None:
    """Write new texts of files, given with the old ones; lines that stay keep their bytes.

    Raises ManuscriptError.
    """
    files = {}
    for name, (old, new) in texts.items():
        raw = read_bytes(root, name, limit=MAX_TEXT).decode("utf-8")
        files[name] = put_back(raw, old, new).encode()
    write_files(root, files)


def put_back(raw: str, old: str, new: str) -> str:
    """`new` with the line ends and the byte-order mark that `raw`, the text `old` on disk, has."""
    if raw == old:  # as nearly always, and a large ledger has many lines
        return new
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    raws, olds, news = (_LINE.findall(text) for text in (raw.removeprefix("\ufeff"), old, new))
    ends = _ENDS.findall(raw)
    usual = max(set(ends), key=ends.count, default="\n")
    most = min(len(olds), len(news))
    first = next((n for n in range(most) if olds[n] != news[n]), most)
    rest = most - first
    last = next((n for n in range(rest) if olds[-1 - n] != news[-1 - n]), rest)
    middle = "".join(news[first : len(news) - last]).replace("\n", usual)
    return mark + "".join(raws[:first]) + middle + "".join(raws[len(raws) - last :])
