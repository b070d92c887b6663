"""One build at a time in a project."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from booktools.errors import ManuscriptError
from booktools.model.place import Place
from booktools.store.writing import cannot_write, make_folder, sweep

LOCK = "dist/.lock"
LEDGER_LOCK = "dist/.errata.lock"

# Seconds after which somebody who writes a file of a few kilobytes is taken to hang.
PATIENCE = 10.0


@contextlib.contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """Hold the project's lock; what a killed run left half-written is swept away first.

    The system lets go of the lock when its process ends, however it ends: the lock of a
    dead process stops nobody.  Raises ManuscriptError, naming the process, when another
    one works on the project.
    """
    folder = make_folder(root, "dist")
    handle = _opened(folder / ".lock")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _held(handle) from None
        except OSError as fault:
            raise cannot_write(LOCK, fault) from None
        now = datetime.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        with contextlib.suppress(OSError):  # on a full disk the lock itself still holds
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"process {os.getpid()} since {now}\n".encode(), 0)
        sweep(folder)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def ledger_lock(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Wait for one's turn to change the errata, and hold it.

    Threads of one process wait for one another, too.  Raises ManuscriptError after
    `patience` seconds.
    """
    make_folder(root, "dist")
    handle = _opened(root / LEDGER_LOCK, LEDGER_LOCK)
    try:
        end = time.monotonic() + patience
        while not _taken(handle):
            if time.monotonic() > end:
                raise ManuscriptError(
                    "another process has been changing the errata for too long",
                    hint="Look for a booktools that hangs, end it, and try again.",
                    place=Place(LEDGER_LOCK),
                )
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as fault:
        raise cannot_write(LEDGER_LOCK, fault) from None
    return True


def _opened(lock: Path, name: str = LOCK) -> int:
    """A handle to the lock file, which comes into being; a link would lead to another file."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(lock, flags, 0o644)
    except OSError as fault:
        raise cannot_write(name, fault) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ManuscriptError(
            "a pipe or a device stands in the way", hint="Delete it.", place=Place(name)
        )
    return handle


def _held(handle: int) -> ManuscriptError:
    who = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
    return ManuscriptError(
        f"another run works on this project: {who}",
        hint="Wait until it is done, or end that process.",
        place=Place(LOCK),
    )
