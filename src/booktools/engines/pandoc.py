"""The door to pandoc: Markdown in, its JSON syntax tree out.

Pandoc runs in its sandbox (it reads and writes no file and opens no connection), with a
small environment, a limited heap and a limit of time.  Nothing of it but a tree comes
out of this module: whatever goes wrong is `EngineMissing` or `EngineFailed`.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from booktools.errors import EngineFailed, EngineMissing
from booktools.model.place import Place

# A closed set: `markdown_strict` is the same reader with hardly any extension, so a later
# pandoc's new defaults change nothing.  Raw HTML, raw TeX, metadata blocks, citations and
# smart punctuation are off and stay plain text.  Code, definition
# lists and tables of other kinds than with bars are on for one reason: so that the manuscript
# room sees them and refuses them by name.
READER = (
    "markdown_strict"
    "-raw_html-shortcut_reference_links-spaced_reference_links"
    "+all_symbols_escapable+escaped_line_breaks+intraword_underscores"
    "+blank_before_header+blank_before_blockquote+space_in_atx_header+header_attributes"
    "+bracketed_spans+fenced_divs+link_attributes+implicit_figures"
    "+footnotes+inline_notes+line_blocks+startnum+superscript+subscript+strikeout"
    "+fenced_code_blocks+backtick_code_blocks+definition_lists"
    "+pipe_tables+table_captions+grid_tables+simple_tables+multiline_tables"
)

TIMEOUT = 30.0  # seconds; a book of 200,000 words takes about 1.5
_HEAP = "-M512m"
_LARGEST = 256 * 1024 * 1024  # bytes of output; about 40 million words
_TREE = [1, 23]  # pandoc-api-version of pandoc 3
_HEAP_EXHAUSTED = 251  # the exit code of a Haskell program
_REMEDY = "Install it with: pip install pypandoc_binary"


class PandocFailed(EngineFailed):
    """Pandoc ended with an exit code that is not 0 (below 0: a signal), having `said` why."""

    def __init__(self, code: int, said: str, message: str, *, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.code = code
        self.said = said


_NOTE_LABEL = re.compile(r"(?<!\\)((?:\\\\)*)\[\^(?=[^\]\[^\s]+\])")


def to_json(markdown: str, reader: str = READER, *, timeout: float = TIMEOUT) -> dict[str, Any]:
    """Pandoc's tree of one text: `{"pandoc-api-version": […], "meta": {…}, "blocks": […]}`.

    Raises EngineMissing, and EngineFailed when pandoc crashes, takes longer than `timeout`
    seconds, or gives something else than a tree.
    """
    return tree_of(_read(markdown, reader, timeout))


def to_json_all(
    files: Sequence[tuple[str, str]], reader: str = READER, *, timeout: float = TIMEOUT
) -> tuple[dict[str, Any], ...]:
    """The trees of several texts, given as (file name, text), each as if read by itself.

    One process reads them all.  Where that does not come apart again cleanly (a fence left
    open, a crash), each is read by itself, so that an error names its file.  Raises as
    `to_json` does.
    """
    if len(files) > 1:
        with contextlib.suppress(EngineFailed):
            trees = _together([text for _, text in files], reader, timeout)
            if trees is not None:
                return trees
    return tuple(_alone(file, text, reader, timeout) for file, text in files)


@functools.cache
def version() -> str:
    """Pandoc's version, such as `3.9`.  Raises EngineMissing, EngineFailed."""
    words = _run(["--version"], b"", TIMEOUT).decode("utf-8", "replace").split()
    if len(words) < 2 or not words[1][:1].isdigit():
        raise EngineFailed("pandoc does not tell its version", hint=_REMEDY)
    return words[1]


def executable() -> Path:
    """Where pandoc is: the one that pypandoc brings, else the one that it finds."""
    spec = importlib.util.find_spec("pypandoc")
    if spec is None:
        raise EngineMissing("pandoc is missing", hint=_REMEDY)
    for folder in spec.submodule_search_locations or ():
        path = Path(folder, "files", "pandoc.exe" if os.name == "nt" else "pandoc")
        if path.is_file():
            return path  # without pypandoc's own import and search, which start pandoc twice
    try:
        import pypandoc

        return Path(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise EngineMissing("pandoc is missing", hint=_REMEDY) from error


# --- several texts at once ---------------------------------------------------------------


def _together(
    texts: Sequence[str], reader: str, timeout: float
) -> tuple[dict[str, Any], ...] | None:
    """The trees of the texts joined by a paragraph that stands in none; None if they mix.

    Notes of two files may have the same label, so each file's labels get a scope before
    pandoc reads them and lose it where they were no labels.
    """
    digest = hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()
    mark = f"boundary{digest}"
    scoped = [
        _NOTE_LABEL.sub(rf"\1[^{digest}x{n}x", text) if "[^" in text else text
        for n, text in enumerate(texts)
    ]
    out = _read(f"\n\n{mark}\n\n".join(scoped), reader, timeout)
    tree = tree_of(re.sub(rb"\[\^%bx\d+x" % digest.encode(), b"[^", out))
    parts: list[list[Any]] = [[]]
    between = {"t": "Para", "c": [{"t": "Str", "c": mark}]}
    for block in tree["blocks"]:
        if block == between:
            parts.append([])
        else:
            parts[-1].append(block)
    if len(parts) != len(texts):
        return None
    return tuple({**tree, "blocks": blocks} for blocks in parts)


def _alone(file: str, text: str, reader: str, timeout: float) -> dict[str, Any]:
    try:
        return to_json(text, reader, timeout=timeout)
    except EngineFailed as error:
        error.place = Place(file)
        raise


def _read(markdown: str, reader: str, timeout: float) -> bytes:
    try:
        data = markdown.encode()
    except UnicodeEncodeError as error:
        raise EngineFailed(f"pandoc cannot be given this text: {error.reason}") from error
    return _run(["-f", reader, "-t", "json", "--sandbox", "+RTS", _HEAP, "-RTS"], data, timeout)


def tree_of(out: bytes) -> dict[str, Any]:
    """Pandoc's answer as a tree.  Raises EngineFailed when it is something else."""
    try:
        tree = json.loads(out)
    except (ValueError, RecursionError) as error:
        raise EngineFailed(
            "pandoc's answer is not a tree that can be read",
            hint="Look for brackets or quotations nested hundreds deep in the text.",
        ) from error
    if not isinstance(tree, dict) or not isinstance(tree.get("blocks"), list):
        raise EngineFailed("pandoc's answer is not a syntax tree", hint=_REMEDY)
    kind = tree.get("pandoc-api-version")
    if not isinstance(kind, list) or kind[:2] != _TREE:
        raise EngineFailed(f"pandoc's tree is of another kind, {kind}", hint=_REMEDY)
    return tree


# --- the process -------------------------------------------------------------------------


def _run(arguments: list[str], data: bytes, timeout: float) -> bytes:
    """What pandoc writes to its standard output, never empty."""
    return run(arguments, data, timeout, 4096)[0]


def run(arguments: list[str], data: bytes, timeout: float, most: int) -> tuple[bytes, bytes]:
    """What pandoc writes to its standard output, never empty, and the first `most` bytes of
    what it writes to standard error.

    Raises EngineMissing, and EngineFailed when pandoc crashes or takes longer than `timeout`
    seconds.
    """
    process = _start(arguments)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    late = threading.Event()

    def stop() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(timeout, stop)
    said: list[bytes] = []
    feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
    listener = threading.Thread(target=_listen, args=(process.stderr, said, most), daemon=True)
    try:
        for thread in (timer, feeder, listener):
            thread.start()
        out = process.stdout.read(_LARGEST + 1)
        if len(out) > _LARGEST:
            _kill(process)
        code = process.wait()
    finally:
        timer.cancel()
        _kill(process)
        process.stdout.close()
    listener.join(1)
    complaint = b"".join(said)
    _judge(code, out, complaint.decode("utf-8", "replace"), timeout if late.is_set() else 0)
    return out, complaint


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [str(executable()), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
    except OSError as error:
        raise EngineMissing(f"pandoc cannot be started: {error.strerror}", hint=_REMEDY) from error


def _judge(code: int, out: bytes, complaint: str, late: float) -> None:
    """Raises EngineFailed unless the run went well; `late` is the limit that it overran."""
    simpler = "Look for brackets, emphasis or quotations nested without end in the text."
    if late:
        raise EngineFailed(f"pandoc was stopped after {late:g} seconds", hint=simpler)
    if len(out) > _LARGEST:
        raise EngineFailed(f"pandoc wrote more than {_LARGEST >> 20} MB", hint=simpler)
    if code == _HEAP_EXHAUSTED:
        raise EngineFailed("pandoc ran out of the memory it is allowed", hint=simpler)
    if code:
        what = f"signal {-code}" if code < 0 else f"exit code {code}"
        first = next((line.strip() for line in complaint.split("\n") if line.strip()), "")
        raise PandocFailed(
            code,
            first[:200],
            f"pandoc failed ({what}){': ' if first else ''}{first[:200]}",
            hint="Look for what is odd in the newest change; else install pandoc anew: "
            "pip install --force-reinstall pypandoc_binary",
        )
    if not out.strip():
        raise EngineFailed("pandoc wrote nothing", hint=_REMEDY)


def _feed(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError), stream:  # a process that died reads no more
        stream.write(data)


def _listen(stream: IO[bytes], into: list[bytes], most: int) -> None:
    with contextlib.suppress(OSError), stream:
        into.append(stream.read(most))
        while stream.read(65536):
            pass


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and whatever it started: it leads a session of its own."""
    if process.returncode is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
