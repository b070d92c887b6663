"""Pages that took long to make, kept one by one, so that a run goes on where it was stopped."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from booktools.errors import ManuscriptError
from booktools.store.reading import read_bytes
from booktools.store.writing import sweep, write_files

_LARGEST = 64 * 2**20  # bytes of a page


@dataclass(frozen=True)
class PageCache:
    """The pages of one source, made in one way, in a folder of their own."""

    folder: Path

    def page(self, number: int) -> bytes | None:
        """The page, None when it is not there or cannot be read."""
        try:
            return read_bytes(self.folder, _name(number), limit=_LARGEST)
        except ManuscriptError:
            return None

    def keep(self, number: int, data: bytes) -> None:
        """Keep the page.  Raises ManuscriptError."""
        write_files(self.folder, {_name(number): data})


def page_cache(root: Path | None, kind: str, source: bytes, how: Sequence[str]) -> PageCache:
    """Where pages of a source are kept: in `build/` of the project at `root`, without one in
    the user's own cache.  `how` is all else that a page depends on."""
    digest = hashlib.sha256("\0".join(how).encode() + b"\0" + source).hexdigest()[:32]
    if root is not None:
        folder = root / "build"
    else:
        own = os.environ.get("XDG_CACHE_HOME", "")
        folder = (Path(own) if own.startswith("/") else Path.home() / ".cache") / "booktools"
    cache = PageCache(folder / kind / digest)
    if cache.folder.is_dir():
        sweep(cache.folder)
    return cache


def _name(number: int) -> str:
    return f"page-{number:05}.hocr"
