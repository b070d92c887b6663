"""Disks that are full, read-only or not what they should be: the old editions stay whole."""

from __future__ import annotations

import os
import resource
import shlex
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest

from hostile import (
    CHAPTER,
    PROGRAM,
    born,
    clear,
    edit,
    on_a_terminal,
    photograph,
    real,
    recovered,
    refused,
    run,
    tame,
)

EPUB = ("build", "--edition", "epub")
TXT = ("build", "--edition", "txt")
CHECK = ("check", "--no-epubcheck")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return born(tmp_path / "book")


# --- what stands in the way ---------------------------------------------------------------


def test_dist_is_a_file(book: Path) -> None:
    (book / "dist").rename(book / "was")
    (book / "dist").write_text("mine")
    refused(book, "build", code=6, says="dist: cannot be written: a file stands where a folder")
    for command in (CHECK, ("why", "book")):
        assert run(book, *command).code == 0


def test_dist_is_a_link_that_leads_out(book: Path) -> None:
    (book / "dist").rename(book.parent / "elsewhere")
    (book / "dist").symlink_to(book.parent / "elsewhere")
    refused(book, "build", code=6, says="is a link that leads out of the project")


def test_a_folder_in_the_place_of_an_edition(book: Path) -> None:
    """Found out before the others are replaced."""
    edition = book / "dist/the-book.txt"
    edition.unlink()
    edition.mkdir()
    says = "dist/the-book.txt: cannot be written: a folder stands in the way"
    refused(book, *EPUB, "--edition", "txt", code=6, says=says)


@pytest.mark.parametrize("name", ["dist/the-book.txt", "dist/.lock", "dist/manifest.json"])
def test_nothing_is_written_through_a_link(book: Path, name: str) -> None:
    """Not even where it leads to a file of the project: a source is not ours to overwrite."""
    victims = {"outside": book.parent / "victim", "inside": book / "manuscript/book.toml"}
    victims["outside"].write_text("precious")
    before = {victim: victim.read_bytes() for victim in victims.values()}
    for victim in victims.values():
        (book / name).unlink(missing_ok=True)
        (book / name).symlink_to(victim)
        refused(book, *TXT, code=6, says=(name, "link"))
        assert {path: path.read_bytes() for path in before} == before


def test_nothing_is_deleted_or_written_through_a_link_of_the_manuscript(tmp_path: Path) -> None:
    book = recovered(tmp_path / "book")
    link = book / "manuscript/text/99-more.md"
    link.symlink_to("../errata.toml")
    refused(book, "recover", code=6, says=("99-more.md: cannot be written: a link stands in the",))
    link.unlink()
    mine = book / "manuscript/text/01-the-strike.md"
    mine.unlink()
    mine.symlink_to("../lexicon.txt")
    refused(book, "recover", code=6, says=("01-the-strike.md: cannot be written: a link stands",))


def test_pipes_keep_nobody_waiting(book: Path) -> None:
    for name in ("dist/manifest.json", "dist/the-book.txt"):
        (book / name).unlink()
        os.mkfifo(book / name)
    assert run(book, *CHECK, timeout=20).code == 3
    assert run(book, *TXT, timeout=20).code == 0
    assert (book / "dist/the-book.txt").read_text().endswith("\n")
    (book / "dist/.lock").unlink()
    os.mkfifo(book / "dist/.lock")
    refused(book, *EPUB, code=6, says="dist/.lock: a pipe or a device", timeout=20)


def test_a_strangers_manifest_is_not_believed(book: Path) -> None:
    """Neither its proofs nor what it would print."""
    bomb = '{"editions": {"txt": {"file": "dist/the-book.txt", "proof": "\\u001b[31m", "bytes": 1}}'
    for manifest in (bomb + ', "proofs": ["\\u001b[2J", 5]}', "[" * 100_000, "{}", "\0"):
        (book / "dist/manifest.json").write_text(manifest)
        done = run(book, *TXT)
        assert done.code == 0, done.said
        assert "Nothing has changed" not in done.said
        clear(done)


def test_a_forged_proof_steers_no_terminal(tmp_path: Path) -> None:
    book = born(tmp_path / "book", changed=False)
    edit(book, "dist/manifest.json", lambda text: text.replace("txt: ", "txt: \\u001b[2J"))
    said = on_a_terminal(book, "build")
    assert "Nothing has changed" in said
    assert "txt: \\x1b[2J" in said
    tame(said)


@pytest.mark.parametrize("closed", [{0, 1, 2}, {1}, {2}])
def test_nobody_listens(book: Path, closed: set[int]) -> None:
    """A file that got the number of a closed stream would be printed into."""
    done = run(book, *EPUB, preexec_fn=lambda: [os.close(number) for number in closed])
    assert done.code == 0
    with zipfile.ZipFile(book / "dist/the-book.epub") as archive:
        assert archive.testzip() is None
    assert run(book, *CHECK, "--fail-on", "never").code == 0


# --- a disk at its limits -------------------------------------------------------------------


def test_a_limit_on_the_size_of_files(book: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    says = "dist/the-book.epub: cannot be written: the file system takes no file as large"
    refused(book, *EPUB, "--edition", "txt", code=6, says=says, preexec_fn=limit)
    assert run(book, *EPUB).code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_is_printed_goes_to_a_full_disk(book: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [PROGRAM, "--project", book, *CHECK],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    said = done.stderr.decode()
    assert (done.returncode, said) == (6, "booktools: the disk is full\n  Free some space.\n")


@cache
def may_mount() -> bool:
    """Whether we can have mounts of our own: we are root, outside a strict container."""
    command = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"]
    try:
        return (
            sys.platform.startswith("linux")
            and not subprocess.run(command, capture_output=True, check=False, timeout=20).returncode
        )
    except OSError:
        return False


def mounted(script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script, its mounts seen by nobody else."""
    if not may_mount():
        pytest.skip("mounting needs root")
    return subprocess.run(
        ["unshare", "--mount", "sh", "-e", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_full_disk(book: Path) -> None:
    """dist/ is a disk on which the old editions have room, and no new one beside them."""
    before = photograph(book)
    dist, program = shlex.quote(str(book / "dist")), shlex.quote(str(PROGRAM))
    done = mounted(
        f"cp -a {dist} {dist}.old && mount -t tmpfs -o size=1000k none {dist}\n"
        f"cp -a {dist}.old/. {dist}; code=0\n"
        f"{program} --project {dist}/.. build || code=$?\n"
        f"diff -r -x .lock {dist}.old {dist} && echo the same\n"
        "exit $code\n"
    )
    assert done.returncode == 6, done.stdout + done.stderr
    assert "dist/the-book.epub: cannot be written: the disk is full" in done.stderr
    assert done.stdout.endswith("the same\n")
    after = photograph(book)
    assert {name: after[name] for name in before} == before


def test_check_and_why_work_on_a_read_only_project(tmp_path: Path) -> None:
    book = real(tmp_path / "real")
    place, program = shlex.quote(str(book)), shlex.quote(str(PROGRAM))
    done = mounted(
        f"mount --bind {place} {place} && mount -o remount,ro,bind {place}\n"
        f"! touch {place}/x 2>/dev/null\n"
        f"{program} --project {place} check --no-epubcheck\n"
        f"{program} --project {place} why collaterals\n"
        f"{program} --project {place} recover --check\n"
        f"{program} --project {place} build --edition txt || exit $?\n"
    )
    assert "no errors" in done.stdout
    assert "ramiro-mendez.txt:1360" in done.stdout
    assert "The manuscript is what the sources give" in done.stdout
    assert done.returncode == 6
    assert done.stderr == (
        "booktools: dist: cannot be written: the disk is read-only\n"
        "  Work on a copy of the project.\n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_project_that_we_may_not_write_to(book: Path) -> None:
    edit(book, CHAPTER, lambda text: text.replace("One more line.", "Another line."))
    (book / "dist").chmod(0o555)
    try:
        refused(book, *TXT, code=6, says=("dist/", "you may not write there"))
        assert run(book, *CHECK).code == 3  # the editions are older than the manuscript
    finally:
        (book / "dist").chmod(0o755)


def test_recover_on_a_disk_that_takes_no_large_file(tmp_path: Path) -> None:
    """Many chapters are to be written, or none."""
    book = real(tmp_path / "real")
    for path in (book / "manuscript/text").glob("*.md"):
        path.unlink()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    refused(book, "recover", code=6, says=".md: cannot be written", preexec_fn=limit)
    assert run(book, "recover").code == 0
    assert run(book, "recover", "--check").code == 0
