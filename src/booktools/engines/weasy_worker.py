"""The process in which WeasyPrint runs: `python -m booktools.engines.weasy_worker PIPE SECONDS`.

Typesetting has a process of its own for the sake of its memory, of a clean end when it
hangs or crashes, and because a process that does one thing and ends can do without a
garbage collector.  Standard input brings one JSON line and the files that it lists, standard
output takes one JSON line and the PDF; what WeasyPrint logs stands in the answer, what the
C libraries say goes to standard error.  When the other end of PIPE closes, or after SECONDS,
the process ends.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from typing import IO, Any
from urllib.parse import unquote

from booktools.engines import weasy_tuning

# Addresses are resolved against a root with room above it, so that one which climbs out of
# the project is seen to do so.  `.invalid` never resolves (RFC 2606), and nothing asks.
_CLIMB = 32
_HOST = "http://book.invalid/"
_ROOT = _HOST + "up/" * _CLIMB
_DATA_LIMIT = 65_536

LIBRARIES_MISSING = 3  # exit code


class Log(logging.Handler):
    """Keeps every record, once, as plain values, in the order in which they came."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        from weasyprint.urls import URLFetchingError

        if any(isinstance(value, URLFetchingError) for value in record.args or ()):
            return  # the fetcher has put it on the record, with the address as it was written
        template = str(record.msg)
        numbers = [value for value in record.args or () if isinstance(value, int)]
        at = numbers[:2] if "at %d:%d" in template else []
        glyph = numbers[-1] if "(U+%04X)" in template else 0
        kind = "glyph" if glyph else "complaint"
        self.add(kind, record.getMessage(), level=record.levelname, at=at)

    def add(self, kind: str, message: str, **more: object) -> None:
        record = {"kind": kind, "message": message, **more}
        if record not in self.records:
            self.records.append(record)


class Fetcher:
    """Serves the document's own files and refuses all else, on the record."""

    _fail_on_errors = False  # WeasyPrint asks its fetchers for it

    def __init__(self, resources: dict[str, bytes], log: Log) -> None:
        self.resources = resources
        self.log = log

    def __call__(self, url: str) -> Any:
        from weasyprint.urls import URLFetcherResponse

        if url.startswith("data:"):
            return self._inline(url)
        if not url.startswith(_ROOT):
            self.log.add("refused", as_written(url))
            raise ValueError("it leads out of the project")
        name = unquote(url[len(_ROOT) :].partition("#")[0].partition("?")[0])
        if name not in self.resources:
            self.log.add("absent", name)
            raise ValueError("no such file in the project")
        headers = {"Content-Type": "text/css"} if name.endswith(".css") else {}
        return URLFetcherResponse(url, self.resources[name], headers)

    def _inline(self, url: str) -> Any:
        from weasyprint.urls import URLFetcher

        if not url.startswith("data:image/") or len(url) > _DATA_LIMIT:
            self.log.add("refused", url[:60])
            raise ValueError("only small images may be written into the text")
        try:
            return URLFetcher(allowed_protocols={"data"}).fetch(url)
        except Exception:
            self.log.add("refused", url[:60])
            raise


def as_written(url: str) -> str:
    """An address as its author wrote it, with steps upwards in the place of our root."""
    if not url.startswith(_HOST):
        return url[:200]
    rest = url[len(_HOST) :]
    levels = 0
    while rest.startswith("up/"):
        rest, levels = rest[3:], levels + 1
    steps = "../" * (_CLIMB - levels) if levels else "/"
    return (steps + rest)[:200]


def typeset(request: dict[str, Any], resources: dict[str, bytes], log: Log) -> tuple[int, bytes]:
    """Lay the document out; its number of pages and the PDF."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    families: set[str] = set()

    class Fonts(FontConfiguration):  # type: ignore[misc]
        def add_font_face(self, descriptors: Any, fetcher: Any) -> Any:
            families.add(descriptors["font_family"])
            return super().add_font_face(descriptors, fetcher)

    fetcher, fonts = Fetcher(resources, log), Fonts()
    css = CSS(
        string=request["css"],
        base_url=_ROOT + request["css_name"],
        url_fetcher=fetcher,
        font_config=fonts,
    )
    html = HTML(string=request["html"], base_url=_ROOT, url_fetcher=fetcher)
    document = html.render(font_config=fonts, stylesheets=[css], **request["options"])
    label = page_labels(document, request["body"])
    pdf = document.write_pdf(finisher=label, **request["options"])
    for font in document.fonts.values():
        if font.family not in families:
            letters = sorted({letter for text in font.to_unicode.values() for letter in text})
            log.add("foreign", font.family, letters="".join(letters)[:40])
    return len(document.pages), pdf


def page_labels(document: Any, body: str) -> Callable[[Any, Any], None]:
    """Names the pages in the PDF as the folios do: i, ii … up to `body`, 1, 2 … from there."""
    first = next((n for n, page in enumerate(document.pages) if body in page.anchors), None)

    def label(_document: Any, pdf: Any) -> None:
        ranges: list[Any] = [] if first == 0 else [0, "<</S/r>>"]
        if first is not None:
            ranges += [first, "<</S/D>>"]
        pdf.catalog["PageLabels"] = f"<</Nums[{' '.join(map(str, ranges))}]>>"

    return label


def engine_name() -> str:
    """WeasyPrint and the library that breaks its lines, with versions."""
    import weasyprint
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    pango_name = f"Pango {number // 10000}.{number // 100 % 100}.{number % 100}"
    return f"WeasyPrint {weasyprint.__version__}, {pango_name}"


def watch(pipe: int, seconds: int) -> None:
    """End this process when its parent is gone, and at the latest after `seconds`."""

    def wait() -> None:
        os.read(pipe, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)  # the system ends us, even inside a C library
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends us without a word


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], dict[str, bytes]]:
    request = json.loads(stream.readline())
    return request, {name: stream.read(size) for name, size in request["resources"]}


def main() -> None:
    watch(int(sys.argv[1]), int(sys.argv[2]))
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get into the answer
    request, resources = receive(sys.stdin.buffer)
    log = Log()
    logging.getLogger("weasyprint").addHandler(log)
    logging.captureWarnings(True)
    warnings.simplefilter("always")
    logging.getLogger("py.warnings").addHandler(log)
    gc.disable()
    try:
        tuned = weasy_tuning.known()
        if tuned:
            weasy_tuning.import_text_library()
        import weasyprint  # noqa: F401
    except OSError as error:
        print(error, file=sys.stderr)
        sys.stderr.flush()
        os._exit(LIBRARIES_MISSING)
    if tuned:
        weasy_tuning.tune()
    pages, pdf = typeset(request, resources, log)
    engine = engine_name() + ("" if tuned else " (plain)")
    head = {"pages": pages, "records": log.records, "engine": engine, "size": len(pdf)}
    answer.write(json.dumps(head).encode() + b"\n" + pdf)
    answer.flush()
    os._exit(0)  # nothing is left to tidy up; the parent removes our temporary folder


if __name__ == "__main__":
    main()
