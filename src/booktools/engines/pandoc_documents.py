"""The door to pandoc for other people's documents: DOCX, ODT, EPUB, HTML, LaTeX, Markdown.

Pandoc runs in its sandbox: it opens no file beside the document and no connection.  What it
skips it writes into a log, which comes out with the tree.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from booktools.engines import pandoc
from booktools.errors import EngineFailed, SourceError
from booktools.model.place import Place

# Smart punctuation is off but in LaTeX, where `` and '' are how quotation marks are typed:
# elsewhere marks and dashes come as they stand.  Changes that a word processor tracks come
# marked, so that none goes unseen.
READERS = {
    "docx": "docx",
    "odt": "odt",
    "epub": "epub",
    "html": "html-smart-raw_tex",
    "latex": "latex",
    "markdown": "markdown-smart-raw_tex-raw_attribute-tex_math_double_backslash",
}

TIMEOUT = 120.0  # seconds; a novel takes about two
_HEAP = "-M1g"
_LONGEST_LOG = 8 * 1024 * 1024  # bytes
_OPTIONS = ["-t", "json", "--sandbox", "--quiet", "--log=/dev/stderr", "--track-changes=all"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something of the document that is not in pandoc's tree: what it was, and its line."""

    what: str
    line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Pandoc's tree of a document, and what it left out."""

    tree: dict[str, Any]
    skipped: tuple[Skipped, ...]


def read_document(data: bytes, kind: str, name: str, *, timeout: float = TIMEOUT) -> Reading:
    """Read a document of a kind that is among `READERS`; `name` is for messages.

    Raises EngineMissing; SourceError when pandoc cannot make sense of the document;
    EngineFailed when it crashes, or takes longer than `timeout` seconds.
    """
    arguments = ["-f", READERS[kind], *_OPTIONS, "+RTS", _HEAP, "-RTS"]
    try:
        out, said = pandoc.run(arguments, data, timeout, _LONGEST_LOG)
        return Reading(pandoc.tree_of(out), _skipped(said))
    except pandoc.PandocFailed as error:
        if error.code < 0:
            error.place = Place(name)
            raise
        raise SourceError(
            f"pandoc cannot read this as {kind}{': ' if error.said else ''}{error.said}",
            hint="Open it in the program that made it, save it anew, and take that file.",
            place=Place(name),
        ) from error
    except EngineFailed as error:
        error.place = Place(name)
        raise


def _skipped(said: bytes) -> tuple[Skipped, ...]:
    """What the log tells of, each once."""
    try:
        log = json.loads(said or b"[]")
    except ValueError:
        return ()
    found: dict[Skipped, None] = {}
    for entry in log if isinstance(log, list) else ():
        what, line = _told(entry)
        if what:
            found[Skipped(what, line)] = None
    return tuple(found)


def _told(entry: Any) -> tuple[str, int]:
    match entry:
        case {"type": "SkippedContent", "contents": str(what)}:
            pass
        case {"type": "CouldNotLoadIncludeFile", "path": str(path)}:
            what = f"the file {path}"
        case {"type": "CouldNotFetchResource", "path": str(path)}:
            what = f"the file {path}"
        case {"type": str(kind), "verbosity": "WARNING", "pretty": str(pretty)}:
            what = f"{kind}: {pretty}"
        case _:
            return "", 0
    line = entry.get("line", 0)
    return what, line if isinstance(line, int) else 0
