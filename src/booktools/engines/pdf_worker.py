"""The process in which pdfium reads a PDF: `python -m booktools.engines.pdf_worker PIPE WHAT`.

A stranger's file may hang a reader or fill the memory: so it has a process of its own, with
limits that the system keeps.  Standard input brings the PDF; standard output takes lines of
JSON, each page read and let go.  WHAT is `letters`, for sources (the first line is about the
file), or `lines`, for editions.  When the other end of PIPE closes, the process ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from booktools.engines.pdf_limits import (
    CPU,
    CPU_PAGE,
    MAX_PAGES,
    MEMORY,
    MISSING,
    MOST_LEAVES,
    NO_MEMORY,
    SECONDS,
)
from booktools.errors import BooktoolsError

_MOST_ENTRIES = 20_000
_DEEPEST = 32
_LONGEST_TITLE = 1000

_NO_FAULT = 0  # FPDF_ERR_SUCCESS: all is well, but there is no page
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def limit(size: int, pages: int = 0) -> None:
    """Bound the process's memory, and its time once the number of pages is known."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with contextlib.suppress(ValueError, OSError):
        if pages:
            seconds = CPU + CPU_PAGE * pages
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        else:
            memory = MEMORY + 2 * size
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def watch(pipe: int) -> None:
    """End this process when its parent is gone."""

    def wait() -> None:
        os.read(pipe, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends us without a word


def breathe() -> None:
    """Begin the time that one step may take."""
    if hasattr(signal, "alarm"):
        signal.alarm(SECONDS)  # the system ends us, even inside pdfium


def outline(document: Any, raw: Any) -> Iterator[list[Any]]:
    """Title, level from 1, page from 1 and height on it (None: unknown) of the file's contents."""
    for count, entry in enumerate(document.get_toc(max_depth=_DEEPEST)):
        if count >= _MOST_ENTRIES:
            return
        target = entry.get_dest()
        page = target.get_index() if target else None
        if page is None:
            continue
        kind, view = target.get_view()
        high = view[1] if kind == raw.PDFDEST_VIEW_XYZ and len(view) > 1 else None
        yield [entry.get_title()[:_LONGEST_TITLE], entry.level + 1, page + 1, high]


def about(document: Any) -> dict[str, str]:
    """What the file says of itself; "" for what it does not say."""
    said = {}
    for key in ("Title", "Author"):
        with contextlib.suppress(Exception):
            said[key.lower()] = " ".join(document.get_metadata_value(key).split())
    return {key: said.get(key, "")[:_LONGEST_TITLE] for key in ("title", "author")}


def answers(data: bytes) -> Iterator[dict[str, Any]]:
    """What is written: about the file, then about each page."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    from booktools.engines import pdf_page

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", -1) == _NO_FAULT:
            yield {"error": "pages", "pages": 0}
            return
        locked = getattr(error, "err_code", 0) == _PASSWORD or "password" in str(error).lower()
        yield {"error": "locked" if locked else "damaged", "said": str(error)[:200]}
        return
    count = len(document)
    if not 0 < count <= MAX_PAGES:
        yield {"error": "pages", "pages": count}
        return
    limit(len(data), count)
    contents = []
    with contextlib.suppress(pdfium.PdfiumError, ValueError, UnicodeError):
        contents = list(outline(document, raw))
    yield {"pages": count, "outline": contents, **about(document)}
    for index in range(count):
        breathe()
        try:
            yield pdf_page.page_value(document, raw, index)
        except (pdfium.PdfiumError, ValueError, UnicodeError) as error:
            yield {"error": "page", "said": str(error)[:200]}
            return


def lines(data: bytes) -> Iterator[dict[str, Any]]:
    """The pages of an edition."""
    from booktools.engines import pdfium

    limit(len(data), MOST_LEAVES)
    try:
        for page in pdfium.pages_of(data, sys.argv[3]):
            value = {name: getattr(page, name) for name in page.__dataclass_fields__}
            yield {**value, "lines": [astuple(line) for line in page.lines]}
            breathe()
    except BooktoolsError as error:
        kind = type(error).__name__
        yield {"error": "told", "kind": kind, "message": error.message, "hint": error.hint}


def main() -> None:
    watch(int(sys.argv[1]))
    answer = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever a library prints must not get into the answer
    data = sys.stdin.buffer.read()
    limit(len(data))
    breathe()
    try:
        for value in lines(data) if sys.argv[2] == "lines" else answers(data):
            answer.write(json.dumps(value) + "\n")
            answer.flush()
        answer.flush()
    except MemoryError:
        os._exit(NO_MEMORY)
    except (ImportError, OSError) as error:
        print(error, file=sys.stderr)
        sys.stderr.flush()
        os._exit(MISSING)
    os._exit(0)


if __name__ == "__main__":
    main()
