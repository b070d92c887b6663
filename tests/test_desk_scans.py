"""The pictures of the source's pages: a process for each PDF, and never many."""

from __future__ import annotations

import gc
import io
import subprocess
from pathlib import Path
from typing import Any

import pytest

from booktools.desk import scans
from booktools.desk.scans import Scans
from booktools.engines import rasters
from booktools.errors import EngineFailed
from booktools.store import open_project
from errata_projects import BOOK

NAMES = ("a.pdf", "b.pdf", "c.pdf", "d.pdf")


def pdf(pages: int, shade: int) -> bytes:
    from PIL import Image

    made = [Image.new("L", (80, 120), min(255, shade + n)) for n in range(pages)]
    out = io.BytesIO()
    made[0].save(out, "PDF", save_all=True, append_images=made[1:])
    return out.getvalue()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started."""
    out: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(*arguments: Any, **more: Any) -> subprocess.Popen[bytes]:
        out.append(real(*arguments, **more))
        return out[-1]

    monkeypatch.setattr(rasters.subprocess, "Popen", start)
    return out


@pytest.fixture
def shown(tmp_path: Path) -> Scans:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript/book.toml").write_text(BOOK)
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_bytes(pdf(2, 60 * number))
    return Scans(open_project(tmp_path), {name: name for name in NAMES})


def running(started: list[subprocess.Popen[bytes]]) -> int:
    return sum(process.poll() is None for process in started)


def test_pages_of_two_files_in_turn_cost_two_starts(
    shown: Scans, started: list[subprocess.Popen[bytes]]
) -> None:
    wanted = [(name, page) for page in (1, 2) for name in NAMES[:2]]
    pictures = dict(shown.drawn(wanted))
    assert len(set(pictures.values())) == 4
    assert len(started) == 2
    assert shown.picture("a.pdf", 1).data == pictures["a.pdf", 1]
    assert len(started) == 2
    with pytest.raises(LookupError):
        shown.picture("a.pdf", 3)


def test_never_more_processes_than_the_bound(
    shown: Scans, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "_DRAWERS", 2)
    for name in NAMES:
        shown.picture(name, 1)
        assert running(started) <= 2
    shown.picture(NAMES[-2], 2)
    assert len(started) == len(NAMES)


def test_a_process_that_ended_is_started_again(
    shown: Scans, started: list[subprocess.Popen[bytes]]
) -> None:
    shown.picture("a.pdf", 1)
    started[0].kill()
    started[0].wait()
    with pytest.raises(EngineFailed, match="cannot draw page 2"):
        shown.picture("a.pdf", 2)
    assert shown.picture("a.pdf", 2).kind == "image/png"


def test_no_process_outlives_the_pictures(
    shown: Scans, started: list[subprocess.Popen[bytes]]
) -> None:
    one = Scans(shown.project, shown.beside)
    one.picture("a.pdf", 1)
    assert running(started) == 1
    del one
    gc.collect()
    assert running(started) == 0
