"""Writing so that a reader sees the old file or the new one, whole, never a part."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Mapping
from pathlib import Path

from booktools.errors import ManuscriptError
from booktools.model.place import Place
from booktools.store.reading import inside

_SAID = {
    errno.ENOSPC: ("the disk is full", "Free some space; what was there before is untouched."),
    errno.EDQUOT: ("your quota is used up", "Free some space; what was there before is untouched."),
    errno.EFBIG: ("the file system takes no file as large", "Write to another disk."),
    errno.EROFS: ("the disk is read-only", "Work on a copy of the project."),
    errno.EACCES: ("you may not write there", "Look at the permissions of the folder."),
    errno.EPERM: ("you may not write there", "Look at the permissions of the folder."),
    errno.ENOTDIR: ("a file stands where a folder is needed", "Move that file away."),
    errno.EEXIST: ("a file stands where a folder is needed", "Move that file away."),
    errno.EISDIR: ("a folder stands in the way", "Move that folder away."),
    errno.ELOOP: ("a link stands in the way", "Delete that link."),
}


def cannot_write(name: str, fault: OSError) -> ManuscriptError:
    """The error for people: what the system said about writing `name`, and what to do."""
    what, hint = _SAID.get(fault.errno or 0, (str(fault.strerror or fault), "Look at the disk."))
    return ManuscriptError(f"cannot be written: {what}", hint=hint, place=Place(name))


def make_folder(root: Path, name: str) -> Path:
    """Make a folder of the project if it is not there.  Raises ManuscriptError."""
    path = inside(root, name)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise cannot_write(name, fault) from None
    return path


def own_path(root: Path, name: str) -> Path:
    """Where a file of the project is to be put; its folder is there when this returns.

    Raises ManuscriptError where a link stands, as it may lead to a file that is not ours
    to write.
    """
    inside(root, name)
    folder, _, last = name.rpartition("/")
    path = make_folder(root, folder or ".") / last
    if path.is_symlink():
        raise cannot_write(name, OSError(errno.ELOOP, ""))
    return path


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files of the project, each name relative to `root`.

    All are written beside their places first and put there last, in the order given: a
    full disk or a kill leaves every old file whole.  Raises ManuscriptError.
    """
    waiting: list[tuple[str, Path, Path]] = []
    name = ""
    try:
        for name, data in files.items():
            path = own_path(root, name)
            if path.is_dir():  # found out now, while nothing is replaced yet
                raise OSError(errno.EISDIR, "")
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            waiting.append((name, part, path))
            _write(part, data)
        folders = {path.parent for _, _, path in waiting}
        for one in waiting:
            name, part, path = one
            os.replace(part, path)
        for folder in folders:
            _sync_folder(folder)
    except OSError as fault:
        raise cannot_write(name, fault) from None
    finally:
        for _, part, _ in waiting:
            with contextlib.suppress(OSError):
                part.unlink()


def _write(part: Path, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        part.unlink()  # a killed run's, or a stranger's link to another file
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, name: str = "*") -> None:
    """Remove what a killed run left half-written in a folder, of one file or of all.

    To be called by who holds the lock of them.
    """
    for part in folder.glob(f".{name}.*.part"):
        with contextlib.suppress(OSError):
            part.unlink()
