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
# GLib writes "(process:1234): Pango-WARNING **: 12:01:02.345: …": number and time are noise.
_NOISE = re.compile(r"^\(.*?:\d+\): (.*?)( \*\*)?: (\d\d:\d\d:\d\d\.\d+: )?")


def version() -> str:
    """WeasyPrint's version.

    Raises EngineMissing when it is not installed.
    """
    try:
        return metadata.version("weasyprint")
    except metadata.PackageNotFoundError:
        raise EngineMissing("WeasyPrint is not installed", hint="pip install weasyprint") from None


def render(document: PrintDocument, *, timeout: float = 120, tagged: bool = True) -> Rendered:
    """Set the document; the same document gives the same bytes.

    Addresses reach the document's own resources and nothing else.  Whatever the engine
    complains of is a finding of the result.  `timeout` is in seconds; `tagged` writes the
    structure that screen readers need, for some 5 % of the time and a third of the size.

    Raises EngineMissing when WeasyPrint or its libraries are not installed, EngineFailed
    when it crashes, takes too long or gives no PDF.
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
    answer, said = _run(b"".join(parts), timeout)
    head, _, pdf = answer.partition(b"\n")
    try:
        result: dict[str, Any] = json.loads(head)
        whole = len(pdf) == result["size"] and pdf.startswith(b"%PDF-")
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise EngineFailed("WeasyPrint wrote no whole PDF", hint=_last_line(said))
    findings = [_finding(record, document.css_name) for record in result["records"]]
    findings += [_library_finding(line) for line in _lines(said)]
    return Rendered(pdf, result["pages"], tuple(findings), result["engine"])


def _run(request: bytes, timeout: float) -> tuple[bytes, str]:
    """The worker's standard output and standard error; it is gone when this returns."""
    ours, theirs = None, None
    theirs, ours = os.pipe()
    try:
        with tempfile.TemporaryDirectory(prefix="booktools-") as folder:
            command = (*_WORKER, str(theirs), str(ceil(timeout) + 1))
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(theirs,),
                env=os.environ | {"TMPDIR": folder},
            )
            try:
                answer, said = process.communicate(request, timeout=timeout)
            except subprocess.TimeoutExpired:
                raise EngineFailed(
                    f"WeasyPrint did not finish within {timeout:g} seconds",
                    hint="Give it more time, or look for what is odd in the newest change"
                    " to the manuscript or to the style sheet.",
                ) from None
            finally:
                process.kill()
                process.wait()
    finally:
        os.close(ours)
        os.close(theirs)
    text = said.decode(errors="replace")
    if process.returncode == LIBRARIES_MISSING:
        raise EngineMissing(f"WeasyPrint's libraries are missing: {_last_line(text)}", hint=REMEDY)
    if process.returncode:
        how = f"signal {-process.returncode}" if process.returncode < 0 else "an exception"
        raise EngineFailed(f"WeasyPrint ended by {how}", hint=_last_line(text))
    return answer, text


def _finding(record: dict[str, Any], css_name: str) -> Finding:
    message = record["message"]
    match record["kind"]:
        case "refused":
            return Finding(
                "PRT001",
                Severity.ERROR,
                f"the print edition asks for {message}, which lies outside the project",
                excerpt=message,
                fix="Put the file into the project and name it by its place there.",
            )
        case "absent":
            return Finding(
                "PRT002",
                Severity.WARNING,
                f"the print edition asks for {message}, which is not in the project",
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
