"""A review that is killed: what was answered is on disk, and the ledger is whole."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from booktools.errata.decide import entry_version
from booktools.errata.ledger import parse_errata
from booktools.store import edit_ledger
from review_book import booktools, ledger_of, make_book

MANY = 60
TEXT = "The keeper saw boat number {0} come in, and wrote {0} down.\n"
ENTRY = """\
[[erratum]]
id = "E{0:03}"
line = {1}
found = "boat"
wanted = "ship"
context = "saw boat number {0} come"
kind = "typo"
reason = "It has three masts."
state = "open"
"""


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """`booktools review` in a process of its own, its port and its key."""
    command = [sys.executable, "-m", "booktools.cli", "--project", str(folder), "review",
               "--no-open", "--port", "1"]  # fmt: skip
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    try:
        link = None
        for line in process.stdout:
            if link := re.search(r"127\.0\.0\.1:(\d+)/\?token=(\S+)", line):
                break
        assert link
        yield process, link[1], link[2]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def decide(port: str, token: str, id: str, version: str) -> bool:
    """Whether the decision was answered as done."""
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    body = json.dumps({"id": id, "version": version, "answer": "accept", "who": "Ana"})
    headers = {
        "content-type": "application/json",
        "x-booktools": "1",
        "origin": f"http://127.0.0.1:{port}",
        "cookie": f"booktools-{port}={token}",
    }
    try:
        connection.request("POST", "/api/decide", body, headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@pytest.mark.parametrize("after", [1, 9, 25])
def test_a_kill_in_the_midst_of_decisions_loses_none(tmp_path: Path, after: int) -> None:
    text = "# The boats\n\n" + "\n".join(TEXT.format(n) for n in range(1, MANY + 1))
    make_book(tmp_path)
    for name in ("source/harbour.txt", "errata.toml", "book.toml"):
        (tmp_path / "manuscript" / name).unlink()
    (tmp_path / "manuscript/text").mkdir()
    (tmp_path / "manuscript/text/01-boats.md").write_text(text, "utf-8")
    (tmp_path / "manuscript/book.toml").write_text(
        'title = "Boats"\nlanguage = "en"\n'
        'identifiers = ["urn:uuid:2b6f0cc9-04d7-4d63-9f4d-1f2a1c1f0e11"]\n', "utf-8")  # fmt: skip
    ledger = "\n".join(ENTRY.format(n, 2 * n + 1) for n in range(1, MANY + 1))
    (tmp_path / "manuscript/errata.toml").write_text(ledger, "utf-8")
    seen = {e.id: entry_version(e) for e in parse_errata(ledger, "")}
    done: list[str] = []
    with serving(tmp_path) as (process, port, token):
        timer = threading.Timer(0.003, process.kill)  # while a later one is under way
        for number, (id, version) in enumerate(seen.items()):
            if number == after:
                timer.start()
            if not decide(port, token, id, version):
                break
            done.append(id)
        timer.cancel()
    now = {e.id: e for e in parse_errata(ledger_of(tmp_path), "errata.toml")}
    assert now.keys() == seen.keys()
    accepted = [id for id, entry in now.items() if entry.accepted]
    # at most the one that was under way is there, too
    assert accepted[: len(done)] == done
    assert len(accepted) - len(done) in (0, 1)
    # the next start is not kept out, and leaves nothing half-written behind
    with serving(tmp_path) as (_, port, token):
        left = [e for e in now.values() if not e.accepted]
        assert decide(port, token, left[-1].id, entry_version(left[-1]))
    assert not list((tmp_path / "manuscript").glob(".*.part"))
    assert booktools(tmp_path, "errata", "check") in (0, 3)


def test_the_next_decision_sweeps_up_after_a_killed_one(tmp_path: Path) -> None:
    make_book(tmp_path)
    part = tmp_path / "manuscript/.errata.toml.4321.part"
    part.write_text("[[erra", "utf-8")
    other = tmp_path / "manuscript/.notes.part"  # not ours
    other.write_text("mine", "utf-8")
    edit_ledger(tmp_path, "manuscript/errata.toml", lambda text: text + "\n# Seen.\n")
    assert not part.exists()
    assert other.exists()
