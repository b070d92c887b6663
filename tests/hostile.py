"""Book projects for a hostile user, and the real command run on them."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).with_name("booktools")
UUID = "urn:uuid:fd84f62a-e973-5ea2-9edf-f8e7ce30c89b"

BOOK = "manuscript/book.toml"
CHAPTER = "manuscript/text/01-first-chapter.md"
SOURCE = "manuscript/source/strike.txt"
LAYOUT = "manuscript/layout.toml"
ERRATA = "manuscript/errata.toml"
LEXICON = "manuscript/lexicon.txt"

STRIKE = """\
Chapter 1
The Strike

We met him at the end of the strike in the harbour town of the south. He had
walked the whole way from the mill, carry-
ing nothing but a loaf of bread and teh letter.

The women of the quarter came to the gate every morning and stayed until the
whistle blew. Nobody had asked them to come, and nobody told them to go home.

Nobody spoke of it afterwards, although every one of us remembered that night.
"""
DECISIONS = """\
[[block]]
lines = "1"
text = "Chapter 1"
role = "label"

[[block]]
lines = "2"
text = "The Strike"
role = "title"
"""
CORRECTION = """\
[[erratum]]
id = "E001"
line = 6
found = "teh"
wanted = "the"
context = "and teh letter"
kind = "typo"
reason = "transposed letters"
state = "accepted"
decided_by = "copy-editor"
decided_on = 2021-05-31
"""


@dataclass(frozen=True)
class Done:
    """A run that is over; `said` is all that it printed."""

    code: int
    out: str
    said: str
    seconds: float


def run(project: Path, *arguments: str, timeout: float = 60, prelude: str = "", **how: Any) -> Done:
    """`booktools --project PROJECT …` with nobody at the terminal.

    `env` adds to the environment; `prelude` is Python that runs first, in the same process.
    """
    program: list[str | Path] = [PROGRAM]
    if prelude:
        code = f"{prelude}\nimport booktools.cli.main as m\nm.main()"
        program = [sys.executable, "-P", "-c", code]
    env = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    how["env"] = env | {"PYTHONUTF8": "1"} | how.get("env", {})
    started = time.monotonic()
    done = subprocess.run(
        [*program, "--project", project, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout,
        check=False,
        **how,
    )
    out, err = (part.decode("utf-8") for part in (done.stdout, done.stderr))
    return Done(done.returncode, out, out + err, time.monotonic() - started)


def on_a_terminal(project: Path, *arguments: str) -> str:
    """What a run writes to a terminal, which is given every byte as it comes.

    (Into a pipe click drops the colours, and whatever else begins as they do.)
    """
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [PROGRAM, "--project", project, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"CI": "true", "TERM": "xterm"},  # neither progress nor colours
    ) as process:
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # the other side is closed
            while piece := os.read(ours, 65536):
                said += piece
        os.close(ours)
        process.wait(60)
    return said.decode().replace("\r\n", "\n")


def photograph(project: Path) -> dict[str, bytes]:
    """Every file of a project but the lock; of a link, where it leads."""
    found: dict[str, bytes] = {}
    for path in sorted(project.rglob("*")):
        name = path.relative_to(project).as_posix()
        if path.is_symlink():
            found[name] = os.readlink(path).encode()
        elif path.is_file() and name != "dist/.lock":
            found[name] = path.read_bytes()
    return found


def refused(
    project: Path, *arguments: str, code: int, says: str | Iterable[str], **how: Any
) -> Done:
    """Run what must fail with a clear sentence, and leave every file as it was."""
    before = photograph(project)
    done = run(project, *arguments, **how)
    assert done.code == code, done.said
    for words in [says] if isinstance(says, str) else says:
        assert words in done.said, done.said
    clear(done)
    assert re.search(r"^  +(?:remedy: )?\S", done.said, re.MULTILINE), f"no remedy: {done.said}"
    assert photograph(project) == before
    return done


def clear(done: Done) -> None:
    """Whatever was printed is for people, and steers no terminal."""
    assert "Traceback" not in done.said, done.said
    assert "fault in booktools" not in done.said, done.said
    tame(done.said)


def tame(said: str) -> None:
    unsafe = re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    assert not unsafe, f"{unsafe!r} in {said!r}"


# --- projects -------------------------------------------------------------------------


def born(to: Path, changed: bool = True) -> Path:
    """A book that begins as Markdown, built with all its editions, then changed or not."""
    project = Path(shutil.copytree(_born(), to))
    if changed:
        add(project, CHAPTER, "\nOne more line.\n")
    return project


def recovered(to: Path) -> Path:
    """A book that comes from a raw source; its text edition is built and up to date."""
    return Path(shutil.copytree(_recovered(), to))


def real(to: Path) -> Path:
    """A copy of the book that this repository carries."""
    to.mkdir()
    for folder in ("manuscript", "styles", "images"):
        shutil.copytree(ROOT / folder, to / folder)
    return to


@cache
def _base() -> Path:
    folder = tempfile.mkdtemp(prefix="booktools-hostile-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _made(name: str, title: str) -> Path:
    project = _base() / name
    subprocess.run([PROGRAM, "--quiet", "new", project, "--title", title], check=True)
    edit(project, BOOK, lambda text: re.sub(r"urn:uuid:[\w-]+", UUID, text))
    return project


@cache
def _born() -> Path:
    project = _made("born", "The Book")
    assert run(project, "build").code == 0
    return project


@cache
def _recovered() -> Path:
    project = _made("recovered", "The Strike")
    (project / CHAPTER).unlink()
    (project / SOURCE).parent.mkdir()
    (project / LAYOUT).write_text(DECISIONS)
    (project / ERRATA).write_text(CORRECTION)
    listed = f'\n[[sources]]\nfile = "{SOURCE}"\nsha256 = "0"\n'
    edit(project, BOOK, lambda text: text.replace('"epub", "pdf", ', "") + listed)
    put_source(project, STRIKE.encode())
    assert run(project, "recover").code == 0
    assert run(project, "build").code == 0
    return project


def put_source(project: Path, data: bytes) -> None:
    """Another source, and its hash in `book.toml`."""
    (project / SOURCE).write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    listed = (project / BOOK).read_text("utf-8")
    (project / BOOK).write_text(re.sub(r'sha256 = ".*"', f'sha256 = "{digest}"', listed), "utf-8")


def edit(project: Path, name: str, change: Callable[[str], str]) -> None:
    path = project / name
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")


def add(project: Path, name: str, text: str) -> None:
    edit(project, name, lambda before: before + text)


# --- engines that are not what they should be -------------------------------------------


def in_place_of(folder: Path, **modules: str) -> dict[str, str]:
    """An environment in which Python finds these modules (name → code) before the real ones."""
    for name, code in modules.items():
        path = folder / name / "__init__.py" if name != "sitecustomize" else folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)
    after = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join([str(folder), *([after] if after else [])])}


def worker_that(folder: Path, code: str) -> dict[str, str]:
    """An environment in which the process that sets the print edition runs this code instead."""
    indented = "\n".join(f"    {line}" for line in code.splitlines())
    return in_place_of(
        folder,
        sitecustomize="import os, signal, sys, time\n"
        f"if 'booktools.engines.weasy_worker' in sys.orig_argv:\n{indented}\n",
    )


def pandoc_that(folder: Path, script: str) -> dict[str, str]:
    """An environment in which pandoc is this shell script."""
    env = in_place_of(folder, pypandoc="")
    path = folder / "pypandoc/files/pandoc"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return env
