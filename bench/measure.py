"""One command, measured: processor time, wall time and memory of its whole process tree.

Linux only: the memory of a tree is read from /proc.  Keep this process small, since Linux
counts the memory of the process that starts a command into that command's peak.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.01  # seconds between two looks at a tree's memory
_PAGE = os.sysconf("SC_PAGE_SIZE")


class CommandFailed(Exception):
    """A measured command did not end well: its figures would mean nothing."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One run.  Seconds, and bytes: `largest` of any one process, `tree` of all at once.

    `tree` adds up resident sets, so what processes share counts once for each.
    """

    cpu: float
    wall: float
    largest: int
    tree: int


@dataclass(frozen=True, slots=True)
class Run:
    """A command that ended well: its figures, output, and what the tree held when."""

    sample: Sample
    output: str
    held: tuple[tuple[float, int], ...]


def run(
    command: Sequence[str], folder: Path, env: Mapping[str, str], *, accept: Sequence[int] = (0,)
) -> Run:
    """Run a command in a folder.  Raises CommandFailed unless it exits as `accept` says."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        begun = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=complained
        )
        watch = _Watch(process.pid)
        watch.start()
        # unlike Popen.wait, this tells what the process and all it waited for have used
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        output = said.read().decode(errors="replace")
        if process.returncode not in accept:
            tail = (output + complained.read().decode(errors="replace")).strip()[-2000:]
            raise CommandFailed(f"{' '.join(command)}: exit code {process.returncode}\n{tail}")
    largest = used.ru_maxrss * 1024
    tree = max([largest, *(size for _, size in watch.held)])
    sample = Sample(used.ru_utime + used.ru_stime, wall, largest, tree)
    return Run(sample, output, tuple(watch.held))


def together(samples: Sequence[Sample]) -> Sample:
    """Several commands, one after another, as one."""
    return Sample(
        sum(one.cpu for one in samples),
        sum(one.wall for one in samples),
        max(one.largest for one in samples),
        max(one.tree for one in samples),
    )


class _Watch(threading.Thread):
    """Notes how much memory a process and all below it hold, again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.held: list[tuple[float, int]] = []
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            size = sum(_resident(pid) for pid in _tree(self._pid))
            if size:
                self.held.append((time.monotonic(), size))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> list[int]:
    """A process and all its descendants; a child belongs to the thread that started it."""
    found = [pid]
    for one in found:
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                children = Path(f"/proc/{one}/task/{task}/children").read_text()
                found += [int(child) for child in children.split()]
        except OSError:  # it is gone
            continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
