"""Writing: a full disk, a kill, a second build; the old edition always stays whole."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from booktools import newproject
from booktools.config import parse_book_toml
from booktools.errors import ConfigError, ManuscriptError, SourceError
from booktools.model.artifact import Artifact, Edition
from booktools.store import (
    MANIFEST,
    Project,
    build_lock,
    inputs_of,
    last_manifest,
    make_manifest,
    modified,
    open_project,
    unchanged,
    write_dist,
    write_files,
    write_loose,
)

UUID = "urn:uuid:fd84f62a-e973-5ea2-9edf-f8e7ce30c89b"
OLD = {"dist/a.epub": b"old epub", "dist/a.pdf": b"old pdf"}
NEW = {"dist/a.epub": b"new epub" * 100_000, "dist/a.pdf": b"new pdf"}
FIRST = "manuscript/text/01-first-chapter.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name, text in newproject.files(newproject.Wishes("The Book", "en"), UUID).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return open_project(tmp_path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_files(tmp_path, OLD)
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    files = sorted((root / "dist").iterdir())
    return {f"dist/{p.name}": p.read_bytes() for p in files if p.name != ".lock"}


def run(code: str, root: Path, **how: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(root)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        **how,
    )


# --- writing --------------------------------------------------------------------------


def test_all_files_are_replaced(root: Path) -> None:
    write_files(root, NEW)
    assert contents(root) == NEW


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_an_error_of_the_disk_leaves_the_old_files(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    def fail(*what: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(ManuscriptError, match="cannot be written") as caught:
        write_files(root, NEW)
    monkeypatch.undo()
    assert caught.value.place is not None
    assert caught.value.place.file in NEW
    assert caught.value.hint
    if number == errno.ENOSPC:
        assert "the disk is full" in str(caught.value)
    assert contents(root) == OLD


def test_a_true_limit_on_file_size(root: Path) -> None:
    """The system itself refuses the write in the middle of the first file."""
    done = run(
        "import resource, sys, pathlib\n"
        "from booktools.store import write_files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_files(pathlib.Path(sys.argv[1]), {'dist/a.epub': b'x' * 5000})\n",
        root,
    )
    assert "ManuscriptError: dist/a.epub: cannot be written" in done.stderr
    assert contents(root) == OLD


def test_killed_in_the_middle(root: Path) -> None:
    """SIGKILL when both new files are half-way; the next run sweeps up after it."""
    code = (
        "import os, signal, sys, pathlib\n"
        "from booktools.store import write_files\n"
        "from booktools.store import build_lock\n"
        "calls = []\n"
        "true = os.fsync\n"
        "def fsync(handle):\n"
        "    calls.append(handle)\n"
        "    true(handle)\n"
        "    if len(calls) == 2: os.kill(os.getpid(), signal.SIGKILL)\n"
        "os.fsync = fsync\n"
        "root = pathlib.Path(sys.argv[1])\n"
        "with build_lock(root):\n"
        f"    write_files(root, { ({n: d[:50] for n, d in NEW.items()})!r})\n"
    )
    done = run(code, root)
    assert done.returncode == -signal.SIGKILL
    left = contents(root)
    assert {name: left[name] for name in OLD} == OLD
    assert len(left) == 4
    with build_lock(root):
        pass
    assert contents(root) == OLD


def test_a_file_where_dist_should_be(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("x")
    with pytest.raises(ManuscriptError, match="a file stands where a folder is needed"):
        write_files(tmp_path, NEW)
    with (
        pytest.raises(ManuscriptError, match="a file stands where a folder is needed"),
        build_lock(tmp_path),
    ):
        pass
    assert (tmp_path / "dist").read_text() == "x"


def test_what_is_no_file_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_loose(str(pipe), b"It rained.")
    reader.join(10)
    assert got == [b"It rained."]
    assert pipe.is_fifo()
    link = tmp_path / "nowhere"
    link.symlink_to(os.devnull)
    write_loose(str(link), b"It rained.")
    assert Path(os.devnull).is_char_device()
    assert link.is_symlink()


def test_nothing_is_written_outside(root: Path) -> None:
    (root / "link").symlink_to(root.parent)
    for name in ("../x", "/x", "link/x", "a/../../x"):
        with pytest.raises(ManuscriptError):
            write_files(root, {name: b""})
    assert not (root.parent / "x").exists()


# --- the lock -------------------------------------------------------------------------

HOLD = (
    "import sys, time, pathlib\n"
    "from booktools.store import build_lock\n"
    "with build_lock(pathlib.Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(60)\n"
)


def test_two_builds_at_once(root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdout=subprocess.PIPE, text=True
    ) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            with pytest.raises(ManuscriptError) as caught, build_lock(root):
                pass
            assert f"another run works on this project: process {other.pid} since 20" in str(
                caught.value
            )
            assert caught.value.exit_code == 6
        finally:
            other.kill()
    start = time.monotonic()
    with build_lock(root):  # the lock of a dead process stops nobody
        assert str(os.getpid()) in (root / "dist/.lock").read_text()
    assert time.monotonic() - start < 5


def test_the_lock_is_let_go_after_an_error(root: Path) -> None:
    with pytest.raises(ZeroDivisionError), build_lock(root):
        raise ZeroDivisionError
    with build_lock(root):
        pass


# --- the project ----------------------------------------------------------------------


def test_texts_are_made_to_be_exactly_these(project: Project) -> None:
    one, two = "manuscript/text/01-a.md", "manuscript/text/02-b.md"
    old = "manuscript/text/03-c.md"
    (project.root / FIRST).unlink()
    assert project.write_texts({one: "# A\n", two: "# B\n", old: "# O\n"})[1] == ()
    assert project.write_texts({one: "# A\n", two: "# B\n"}) == ((), (old,))
    before = (project.root / one).stat()
    assert project.write_texts({one: "# A\n", two: "# C\n"}) == ((two,), ())
    assert (project.root / one).stat().st_ino == before.st_ino
    assert project.texts() == {one: "# A\n", two: "# C\n"}


def test_a_chapter_that_somebody_wrote_is_never_removed(project: Project) -> None:
    one = "manuscript/text/01-a.md"
    written = (project.root / FIRST).read_text()
    with pytest.raises(ManuscriptError, match="no source gives") as caught:
        project.write_texts({one: "# A\n"})
    assert "Nothing was written" in caught.value.hint
    assert "errata capture" in caught.value.hint
    assert str(caught.value).count(FIRST) == 1
    assert (project.root / FIRST).read_text() == written
    assert not (project.root / one).exists()


def test_a_chapter_that_somebody_changed_is_never_removed(project: Project) -> None:
    one, two = "manuscript/text/01-a.md", "manuscript/text/02-b.md"
    (project.root / FIRST).unlink()
    project.write_texts({one: "# A\n", two: "# B\n"})
    (project.root / two).write_text("# B\n\nMine.\n")
    with pytest.raises(ManuscriptError, match="no source gives"):
        project.write_texts({one: "# A\n"})
    (project.root / two).write_text("# B\n")
    assert project.write_texts({one: "# A\n"}) == ((), (two,))


@pytest.mark.parametrize("record", ["", "[]", "{", "\0", '{"manuscript/text/02-b.md": 7}'])
def test_a_record_that_says_nothing_removes_nothing(project: Project, record: str) -> None:
    one, two = "manuscript/text/01-a.md", "manuscript/text/02-b.md"
    (project.root / FIRST).unlink()
    project.write_texts({one: "# A\n", two: "# B\n"})
    (project.root / "manuscript/text/.recovered").write_text(record)
    with pytest.raises(ManuscriptError):
        project.write_texts({one: "# A\n"})
    assert (project.root / two).exists()


def test_a_book_without_text(project: Project) -> None:
    (project.root / FIRST).unlink()
    project.write_texts({})
    assert project.text_names() == ()
    with pytest.raises(ManuscriptError, match="no manuscript") as caught:
        project.texts()
    assert "Write the first chapter" in caught.value.hint


def test_sources_are_the_ones_that_were_reviewed(project: Project) -> None:
    toml = (project.root / "manuscript/book.toml").read_text()
    sha = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of "x"
    toml += f'[[sources]]\nfile = "manuscript/source/a.txt"\nsha256 = "{sha}"\n'
    project = Project(project.root, parse_book_toml(toml, "manuscript/book.toml"))
    with pytest.raises(SourceError, match=r"a\.txt: there is no such file"):
        project.sources()
    (project.root / "manuscript/source").mkdir()
    (project.root / "manuscript/source/a.txt").write_text("x")
    assert project.sources() == (("manuscript/source/a.txt", "x"),)
    (project.root / "manuscript/source/a.txt").write_text("y")
    with pytest.raises(SourceError, match=r"book\.toml:\d+ means: its SHA-256 is a1fce436"):
        project.sources()


def test_own_styles_before_the_default_ones(project: Project) -> None:
    default = project.style("print.css")
    assert "@page" in default
    (project.root / "styles").mkdir()
    (project.root / "styles/print.css").write_text("p {}")
    assert project.style("print.css") == "p {}"
    fonts = project.fonts()
    assert any(name.endswith((".ttf", ".otf")) for name in fonts)
    (project.root / "styles/fonts").mkdir()
    (project.root / "styles/fonts/own.ttf").write_bytes(b"font")
    assert project.fonts() == {"own.ttf": b"font"}


def test_images_are_found_below_and_hidden_files_are_not(project: Project) -> None:
    for name in ("images/b.jpg", "images/deep/a.png", "images/.c.jpg", "images/.d/e.jpg"):
        path = project.root / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(b"x")
    assert project.images() == {"images/b.jpg", "images/deep/a.png"}


# --- dates ----------------------------------------------------------------------------


def test_modified_needs_no_clock(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert modified(project.config) == "2000-01-01T00:00:00Z"
    base = (project.root / "manuscript/book.toml").read_text()
    for date, moment in [("2021", "2021-01-01"), ("2021-05", "2021-05-01")]:
        config = parse_book_toml(f'date = "{date}"\n{base}', "book.toml")
        assert modified(config) == f"{moment}T00:00:00Z"
    assert modified(config, "2020-12-24") == "2021-05-01T00:00:00Z"
    assert modified(config, "2022-12-24") == "2022-12-24T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1622419200")
    assert modified(config) == "2021-05-31T00:00:00Z"
    for bad in ("yesterday", "-1", "1" * 40):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", bad)
        with pytest.raises(ConfigError, match="SOURCE_DATE_EPOCH"):
            modified(config)


# --- the last build -------------------------------------------------------------------

EPUB = Artifact(Edition.EPUB, "the-book.epub", b"epub")
TXT = Artifact(Edition.TXT, "the-book.txt", b"txt")


def build(project: Project, *artifacts: Artifact) -> None:
    proofs = [f"{artifact.name}: all the same" for artifact in artifacts]
    made = make_manifest(project, inputs_of(project), artifacts, proofs=proofs)
    write_dist(project, artifacts, made)


def test_nothing_has_changed(project: Project) -> None:
    every = (Edition.EPUB, Edition.TXT)
    assert not unchanged(project, inputs_of(project), every)
    build(project, EPUB, TXT)
    assert unchanged(project, inputs_of(project), every)
    assert not unchanged(project, inputs_of(project), (*every, Edition.PDF))
    assert last_manifest(project)["proofs"] == [
        "the-book.epub: all the same",
        "the-book.txt: all the same",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "manuscript/book.toml",
        "manuscript/text/01-first-chapter.md",
        "manuscript/text/02-new.md",
        "manuscript/errata.toml",
        "styles/print.css",
        "images/new.jpg",
    ],
)
def test_any_changed_input_is_noticed(project: Project, name: str) -> None:
    build(project, TXT)
    path = project.root / name
    path.parent.mkdir(exist_ok=True)
    with open(path, "a") as file:
        file.write("\n")
    assert not unchanged(project, inputs_of(project), (Edition.TXT,))


def test_changed_tools_dates_and_editions_are_noticed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from booktools.store import lastbuild

    build(project, TXT)
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1")
        assert not unchanged(project, inputs_of(project), (Edition.TXT,))
    with monkeypatch.context() as patch:
        patch.setattr(lastbuild, "version", lambda name: "99")
        assert not unchanged(project, inputs_of(project), (Edition.TXT,))
    with monkeypatch.context() as patch:
        patch.setattr(lastbuild, "_own_digest", lambda: "other code")
        assert not unchanged(project, inputs_of(project), (Edition.TXT,))
    assert unchanged(project, inputs_of(project), (Edition.TXT,))
    (project.root / "dist/the-book.txt").write_bytes(b"meddled with")
    assert not unchanged(project, inputs_of(project), (Edition.TXT,))


def test_what_python_keeps_beside_the_code_is_no_code(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from booktools.store import lastbuild

    package = tmp_path / "package"
    (package / "data/styles").mkdir(parents=True)
    (package / "rule.py").write_text("old")
    monkeypatch.setattr(lastbuild, "DEFAULT_STYLES", package / "data/styles")
    before = inputs_of(project)
    (package / "__pycache__").mkdir()
    (package / "__pycache__/made.py").write_text("made by an engine")
    assert inputs_of(project) == before
    (package / "rule.py").write_text("new")
    assert inputs_of(project) != before


def test_building_one_edition_keeps_what_is_known_of_the_others(project: Project) -> None:
    build(project, EPUB, TXT)
    (project.root / "manuscript/lexicon.txt").write_text("word\n")
    build(project, TXT)
    known = last_manifest(project)["editions"]
    assert known["epub"]["sha256"] == EPUB.sha256
    assert last_manifest(project)["proofs"] == ["the-book.txt: all the same"]
    assert unchanged(project, inputs_of(project), (Edition.TXT,))
    assert not unchanged(project, inputs_of(project), (Edition.EPUB,))
    (project.root / "dist/the-book.epub").unlink()
    build(project, TXT)
    assert set(last_manifest(project)["editions"]) == {"txt"}


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"\xff", b'{"editions": 3}', b'{"editions": {"txt": 1}, "proofs": []}'],
)
def test_a_damaged_manifest_is_no_manifest(project: Project, damage: bytes) -> None:
    build(project, TXT)
    (project.root / MANIFEST).write_bytes(damage)
    assert last_manifest(project) == {}
    assert not unchanged(project, inputs_of(project), (Edition.TXT,))
    build(project, TXT)
    assert unchanged(project, inputs_of(project), (Edition.TXT,))


def test_a_manifest_cannot_point_outside(project: Project) -> None:
    build(project, TXT)
    (project.root.parent / "x.txt").write_bytes(b"txt")
    known = json.loads((project.root / MANIFEST).read_text())
    known["editions"]["txt"]["file"] = "../x.txt"
    (project.root / MANIFEST).write_text(json.dumps(known))
    assert not unchanged(project, inputs_of(project), (Edition.TXT,))
