"""The door to WeasyPrint, which sets the print edition.

Its findings: PRT001 an address that leads out of the project was refused; PRT002 a file that
is asked for is not there; PRT003 a character has no shape in any font; PRT004 a font of the
machine stood in for the project's; PRT005 WeasyPrint complains of the style sheet or a
picture; PRT006 one of its libraries says something.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from math import ceil
from typing import Any

from booktools.engines.weasy_worker import LIBRARIES_MISSING
from booktools.errors import EngineFailed, EngineMissing
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.model.printed import PrintDocument, Rendered

REMEDY = (
    "Debian, Ubuntu: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0"
    " · Fedora: dnf install pango harfbuzz · macOS: brew install pango"
)
_WORKER = (sys.executable, "-P", "-m", "booktools.engines.weasy_worker")
# A slow machine sets 20,000 characters of markup a second; a small book's share is the start.
_SECONDS = 120
_CHARACTERS_A_SECOND = 5_000
# GLib writes "(process:1234): Pango-WARNING **: 12:01:02.345: …": number and time are noise.
_NOISE = re.compile(r"^\(.*?:\d+\): (.*?)( \*\*)?: (\d\d:\d\d:\d\d\.\d+: )?")


class Stop:
    """Ends a `render` that runs in another thread, also one that has not begun yet."""

    def __init__(self) -> None:
        self.asked = False
        self._process: subprocess.Popen[bytes] | None = None

    def watch(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        if self.asked:
            process.kill()

    def end(self) -> None:
        self.asked = True
        if self._process:
            self._process.kill()


def version() -> str:
    """WeasyPrint's version.

    Raises EngineMissing when it is not installed.
    """
    try:
        return metadata.version("weasyprint")
    except metadata.PackageNotFoundError:
        raise EngineMissing("WeasyPrint is not installed", hint="pip install weasyprint") from None


def render(
    document: PrintDocument,
    *,
    timeout: float | None = None,
    tagged: bool = True,
    stop: Stop | None = None,
) -> Rendered:
    """Set the document; the same document gives the same bytes.

    Addresses reach the document's own resources and nothing else.  Whatever the engine
    complains of is a finding of the result.  `timeout` is in seconds, by default several
    times what a book of this length takes; `tagged` writes the structure that screen readers
    need, for some 5 % of the time and a third of the size.
    Another thread ends the engine at once by `stop.end()`.

    Raises EngineMissing when WeasyPrint or its libraries are not installed, EngineFailed
    when it crashes, takes too long, is stopped or gives no PDF.
    """
    version()
    names = sorted(document.resources)
    request = {
        "html": document.html,
        "css": document.css,
        "css_name": document.css_name,
        "body": document.body,
        "resources": [(name, len(document.resources[name])) for name in names],
        "options": {"pdf_tags": tagged},
    }
    parts = [json.dumps(request).encode() + b"\n", *(document.resources[n] for n in names)]
    if timeout is None:
        timeout = _SECONDS + len(document.html) / _CHARACTERS_A_SECOND
    answer, said = _run(b"".join(parts), timeout, stop or Stop())
    head, _, pdf = answer.partition(b"\n")
    try:
        result: dict[str, Any] = json.loads(head)
        if len(pdf) != result["size"] or not pdf.startswith(b"%PDF-"):
            raise ValueError
        findings = [_finding(record, document) for record in result["records"]]
        findings += [_library_finding(line) for line in _lines(said)]
        return Rendered(pdf, result["pages"], tuple(findings), result["engine"])
    except (ValueError, KeyError, TypeError):
        raise EngineFailed("WeasyPrint wrote no whole PDF", hint=_advice(said)) from None


def _run(request: bytes, timeout: float, stop: Stop) -> tuple[bytes, str]:
    """The worker's standard output and standard error; it is gone when this returns."""
    theirs, ours = os.pipe()
    try:
        with _folder() as folder:
            command = (*_WORKER, str(theirs), str(ceil(timeout) + 1))
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(theirs,),
                env=os.environ | {"TMPDIR": folder},
            )
            stop.watch(process)
            try:
                answer, said = process.communicate(request, timeout=timeout)
            except subprocess.TimeoutExpired:
                raise EngineFailed(
                    f"WeasyPrint did not finish within {timeout:g} seconds", hint=_ODD
                ) from None
            finally:
                process.kill()
                process.wait()
    finally:
        os.close(ours)
        os.close(theirs)
    text = said.decode(errors="replace")
    if stop.asked:
        raise EngineFailed("WeasyPrint was stopped", hint="Build again.")
    if process.returncode == LIBRARIES_MISSING:
        raise EngineMissing(f"WeasyPrint's libraries are missing: {_last_line(text)}", hint=REMEDY)
    if process.returncode:
        how = f"signal {-process.returncode}" if process.returncode < 0 else "an exception"
        raise EngineFailed(f"WeasyPrint ended by {how}", hint=_advice(text))
    return answer, text


def _folder() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="booktools-")
    except OSError as error:
        raise EngineFailed(
            f"there is no folder for temporary files: {error.strerror}",
            hint="Free some space there, or name another folder: TMPDIR=…",
        ) from None


_ODD = "Look for what is odd in the newest change to the style sheet or to the manuscript."


def _advice(said: str) -> str:
    """The engine's last words, and what to do."""
    last = _last_line(said)
    return f"It said: {last}\n  {_ODD}" if last else _ODD


def _finding(record: dict[str, Any], document: PrintDocument) -> Finding:
    message = record["message"]
    css_name = document.css_name
    match record["kind"]:
        case "refused":
            return Finding(
                "PRT001",
                Severity.ERROR,
                f"the print edition asks for {message}, which lies outside the project",
                place=_place_of(message, document),
                excerpt=message,
                fix="Put the file into the project and name it by its place there.",
            )
        case "absent":
            return Finding(
                "PRT002",
                Severity.WARNING,
                f"the print edition asks for {message}, which is not in the project",
                place=_place_of(message, document),
                excerpt=message,
                fix="Add the file or correct its name.",
            )
        case "glyph":
            return Finding(
                "PRT003",
                Severity.ERROR,
                message,
                excerpt=message,
                fix="Choose a font for the style sheet that has this character.",
            )
        case "foreign":
            return Finding(
                "PRT004",
                Severity.WARNING,
                f"the font {message} comes from this machine, not from the project,"
                f" and was used for: {record['letters']}",
                excerpt=message,
                fix="Add a font that has these characters to styles/fonts, with @font-face.",
            )
        case _:
            line, column = record["at"] or (0, 0)
            return Finding(
                "PRT005",
                Severity.ERROR if record["level"] == "ERROR" else Severity.WARNING,
                f"WeasyPrint: {message}",
                place=Place(css_name, line, column) if line else None,
                excerpt=message,
            )


def _place_of(address: str, document: PrintDocument) -> Place | None:
    """The line of the style sheet on which an address stands, however many steps up it has."""
    at = document.css.find(re.sub(r"^[./]+", "", address))
    return Place(document.css_name, document.css.count("\n", 0, at) + 1) if at >= 0 else None


def _library_finding(line: str) -> Finding:
    return Finding("PRT006", Severity.NOTE, f"WeasyPrint's libraries say: {line}", excerpt=line)


def _lines(said: str) -> Iterator[str]:
    seen = set()
    for line in said.splitlines():
        text = _NOISE.sub(r"\1: ", line.strip())
        if text and text not in seen:
            seen.add(text)
            yield text


def _last_line(said: str) -> str:
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")
