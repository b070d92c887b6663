"""`python -m bench.desk`: what a reviewer waits for, on a made-up book of a megabyte with five
thousand open suggestions.

A project is made in a folder of its own: a plain-text source and its errata.  Times are those of
a clock, on the disk and all: until the page can be opened and until the text is laid out, the first
card, decisions, filters, a search, a chapter.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bench.ledger import book, corrections
from booktools import store
from booktools.desk.desk import Desk, open_desk
from booktools.errata.entry import Entry, State
from booktools.errata.ledger import print_errata

PARTS = 40  # paragraphs of a chapter
_WHO = "Ana"
_SOURCE = "manuscript/source/book.txt"
_BOOK = """\
title = "A Made-up Book"
language = "en"
identifiers = ["urn:uuid:fd84f62a-e973-5ea2-9edf-f8e7ce30c89b"]
[[sources]]
file = "{file}"
sha256 = "{digest}"
"""


def project(folder: Path, size: int, entries: int) -> Path:
    """A book of so many characters with so many open entries, each with the line of its place."""
    chance = random.Random(1)
    paragraphs = book(chance, size)
    lines: list[str] = []
    begins: list[int] = []  # the line on which each paragraph begins, from 1
    for number, rows in enumerate(paragraphs):
        if number % PARTS == 0:
            lines += ["", "", f"CHAPTER {number // PARTS + 1}", ""]
        begins.append(len(lines) + 1)
        texts = [" ".join(row) for row in rows]
        lines += [f"Then {texts[0]}", *texts[1:-1], f"{texts[-1]}.", ""]
    every = [_open(own, begins) for own in corrections(paragraphs, entries)]
    text = "\n".join(lines).encode()
    (folder / _SOURCE).parent.mkdir(parents=True)
    (folder / _SOURCE).write_bytes(text)
    digest = hashlib.sha256(text).hexdigest()
    (folder / "manuscript/book.toml").write_text(_BOOK.format(file=_SOURCE, digest=digest))
    (folder / "manuscript/errata.toml").write_text(print_errata(every))
    return folder


def _open(entry: Entry, begins: Sequence[int]) -> Entry:
    """An accepted entry of `corrections` as an open one: a paragraph has ten lines there."""
    number = int(entry.id[1:])
    paragraph, row = divmod(entry.line - 1, 10)
    return replace(
        entry,
        line=begins[paragraph] + row,
        state=State.OPEN,
        decided_by="",
        decided_on=None,
        family="" if number % 3 else f"habit {number % 90}",
    )


def measured(folder: Path, rounds: int) -> dict[str, tuple[float, float]]:
    """Seconds for each step: the median of the rounds, and the longest."""
    opened = store.open_project(folder)
    out: dict[str, list[float]] = {}

    def clocked(name: str, work: Callable[[], object]) -> object:
        start = time.perf_counter()
        made = work()
        out.setdefault(name, []).append(time.perf_counter() - start)
        return made

    clocked("until the page opens", lambda: open_desk(opened, _quiet, 0.0))
    desk = clocked("until the text is laid out", lambda: open_desk(opened, _quiet))
    assert isinstance(desk, Desk)
    waiting = desk.waiting(_WHO)
    for number in range(rounds):
        _round(desk, waiting[number * 7], clocked)
    return {name: (statistics.median(took), max(took)) for name, took in out.items()}


def _round(desk: Desk, id: str, clocked: Callable[[str, Callable[[], object]], object]) -> None:
    who = {"who": _WHO}
    clocked("the overview", lambda: desk.get("overview", who))
    clocked("the list", lambda: desk.get("list", who))
    card = clocked("a card", lambda: desk.get("entry", who | {"id": id}))
    assert isinstance(card, dict)
    said = who | {"id": id, "version": card["version"], "answer": "accept"}
    clocked("a decision, on disk", lambda: desk.post("decide", said))
    clocked("undoing it", lambda: desk.post("undo", who))
    clocked("a filter by state and kind", lambda: _filtered(desk, state="open", kind="typo"))
    clocked("a search in the suggestions", lambda: _filtered(desk, search=card["found"]))
    clocked("a screen of a chapter", lambda: desk.get("chapter", {"chapter": "0", "from": "20"}))


def _filtered(desk: Desk, **wanted: str) -> object:
    query = {"who": _WHO, **wanted}
    return desk.get("overview", query), desk.get("list", query)


def _quiet(step: str) -> None:
    """Nobody waits for the step."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the book")
    parser.add_argument("--entries", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made = project(Path(folder), given.size, given.entries)
        print(f"{given.size:,} characters, {given.entries:,} open suggestions")
        for name, (usual, longest) in measured(made, given.rounds).items():
            print(f"{name:32} {usual:7.3f} s   at most {longest:7.3f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
