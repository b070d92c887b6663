"""pdfium in a process of its own: bounded in memory and time, gone when the answer is read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import suppress
from typing import Any

from booktools.engines import pdf_limits
from booktools.errors import EngineFailed, EngineMissing, SourceError

MAX_BYTES = 512 * 1024 * 1024
_WORKER = (sys.executable, "-P", "-m", "booktools.engines.pdf_worker")
_LOOK = "Open the file in a PDF reader and look at that page."


def answers(data: bytes, name: str, what: str) -> Generator[dict[str, Any], None, None]:
    """What the worker writes of the PDF, `letters` or `lines`.

    Raises SourceError for what is no PDF, is cut off, locked or too big or needs more memory
    or time than it gets, EngineMissing without pypdfium2, EngineFailed when pdfium cannot
    read a page.
    """
    look_over(data, name)
    theirs, ours = os.pipe()
    process = subprocess.Popen(
        (*_WORKER, str(theirs), what, name),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(theirs,),
    )
    said: list[bytes] = []
    listener = threading.Thread(target=_listen, args=(process, said), daemon=True)
    listener.start()
    done = 0
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.write(data)
            process.stdin.close()
        for line in process.stdout:
            if not line.endswith(b"\n"):
                break
            value = _value(line)
            if "error" in value:
                raise _refusal(value, name, done)
            yield value
            done += 1
        if process.wait() or not done:
            listener.join(1)
            raise _ended(process.returncode, b"".join(said), name, done)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        os.close(ours)
        os.close(theirs)


def _listen(process: subprocess.Popen[bytes], said: list[bytes]) -> None:
    """Keep the beginning of what goes to standard error, and let the rest go."""
    assert process.stderr is not None
    with process.stderr as stream:
        said.append(stream.read(4096))
        while stream.read(65536):
            pass


def look_over(data: bytes, name: str) -> None:
    """What can be told from the bytes alone; pdfium itself mends cut files silently."""
    if len(data) > MAX_BYTES:
        raise SourceError(f"{name} has {len(data)} bytes; more than {MAX_BYTES} are not read")
    if not data:
        raise SourceError(f"{name} is empty")
    if b"%PDF-" not in data[:1024]:
        raise SourceError(
            f"{name} is not a PDF: it does not begin with %PDF-",
            hint="Check that this is the right file.",
        )
    if b"%%EOF" not in data[-2048:]:
        raise SourceError(
            f"{name} is cut off: its end mark %%EOF is missing",
            hint="Copy or build it again; the writing of it was probably interrupted.",
        )


def _refusal(value: dict[str, Any], name: str, done: int) -> Exception:
    match value["error"]:
        case "told":
            kinds = {"EngineFailed": EngineFailed, "EngineMissing": EngineMissing}
            kind = kinds.get(value["kind"], SourceError)
            return kind(value["message"], hint=value["hint"])
        case "locked":
            return SourceError(
                f"{name} is locked with a password",
                hint="Save a copy without a password and use that.",
            )
        case "damaged":
            return SourceError(
                f"{name} is damaged: pdfium cannot open it ({value['said']})",
                hint="Make or fetch it anew.",
            )
        case "pages" if not value["pages"]:
            return SourceError(f"{name} has no pages", hint="Make or fetch it anew.")
        case "pages":
            return SourceError(
                f"{name} has {value['pages']} pages; more than {pdf_limits.MAX_PAGES} are not read",
                hint="Split it into several files.",
            )
        case "letters":
            return SourceError(
                f"page {done} of {name} has more than {value['most']:,} letters",
                hint=_LOOK,
            )
        case _:
            return EngineFailed(
                f"pdfium cannot read page {done} of {name}: {value['said']}", hint=_LOOK
            )


def _ended(code: int, said: bytes, name: str, done: int) -> Exception:
    """The error for a worker that ended before it had written all."""
    page = f"page {done}" if done else "the file"
    last = said.decode(errors="replace").strip().rpartition("\n")[2][:200]
    if code == pdf_limits.MISSING:
        return EngineMissing(
            f"pypdfium2, which reads PDF files, cannot be loaded: {last}",
            hint="Install it into the same Python: pip install pypdfium2",
        )
    slow = [-getattr(signal, kind, 0) for kind in ("SIGALRM", "SIGXCPU", "SIGKILL")]
    if code in slow:
        return SourceError(
            f"{name}: pdfium did not finish {page} in time",
            hint=f"It has {pdf_limits.SECONDS} seconds for a page. {_LOOK}",
        )
    if code == pdf_limits.NO_MEMORY or code < 0:
        return SourceError(
            f"{name}: pdfium broke off at {page}: the file is damaged, or made to fill the memory",
            hint=f"It may take {pdf_limits.MEMORY >> 20} MiB. {_LOOK}",
        )
    return EngineFailed(
        f"pdfium's process ended with {code} at {page} of {name}", hint=last or _LOOK
    )


def _value(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise EngineFailed(f"pdfium's process wrote nonsense: {line[:60]!r}", hint=_LOOK)
    return value
