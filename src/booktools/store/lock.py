"""One build at a time in a project."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from booktools.errors import ManuscriptError
from booktools.model.place import Place
from booktools.store.writing import cannot_write, make_folder, sweep

LOCK = "dist/.lock"


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


def _opened(lock: Path) -> int:
    """A handle to the lock file, which comes into being; a link would lead to another file."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(lock, flags, 0o644)
    except OSError as fault:
        raise cannot_write(LOCK, fault) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ManuscriptError(
            "a pipe or a device stands in the way", hint="Delete it.", place=Place(LOCK)
        )
    return handle


def _held(handle: int) -> ManuscriptError:
    who = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
    return ManuscriptError(
        f"another run works on this project: {who}",
        hint="Wait until it is done, or end that process.",
        place=Place(LOCK),
    )
