"""`python -m bench`: measure, and write RESULTS.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from bench import machine, projects, report
from bench.measure import CommandFailed
from bench.rows import environment, prepare, rows

_RESULTS = Path(__file__).with_name("RESULTS.md")
_BOOKS: dict[str, Callable[[Path], projects.Bench]] = {
    "real": projects.real_book,
    "long": projects.long_book,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each row is run")
    parser.add_argument("--book", choices=_BOOKS, action="append", help="this book only")
    parser.add_argument("--out", type=Path, default=_RESULTS, help="where the tables go")
    wanted = parser.parse_args(arguments)
    if wanted.rounds < 1:
        parser.error("--rounds is 1 or more")
    if not Path("/proc/self/clear_refs").exists():
        parser.error("the memory of processes is read from /proc, which only Linux has")
    try:
        pandoc = _pandoc()
        facts = machine.description(pandoc)
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            books = _measure(wanted.book or list(_BOOKS), Path(scratch), pandoc, wanted.rounds)
    except CommandFailed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    page = report.page(facts, books, wanted.rounds)
    wanted.out.write_text(page, "utf-8")
    print(page)
    return 0


def _measure(
    names: Sequence[str], scratch: Path, pandoc: str, rounds: int
) -> list[report.Measured]:
    env = environment(projects.code(scratch))
    benches = {name: _BOOKS[name](scratch) for name in names}
    measured: list[report.Measured] = []
    for name, bench in benches.items():
        _tell(f"{bench.name}: preparing")
        prepare(bench, env)
        every = rows(bench, pandoc, env, long=name == "long")
        measured.append(report.Measured(bench.name, bench.words, every, {r.key: [] for r in every}))
    # Whatever else the machine does meanwhile falls on all rows alike.
    for turn in range(rounds):
        for book in measured:
            for row in book.rows:
                if row.measure:
                    _tell(f"round {turn + 1} of {rounds}: {book.name}: {row.title}")
                    book.samples[row.key].append(row.measure())
    return measured


def _pandoc() -> str:
    """The pandoc that booktools uses; its peers get the same."""
    found = find_spec("pypandoc")
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder, "files", "pandoc")
        if path.is_file():
            return str(path)
    raise CommandFailed("pandoc is missing: make setup")


def _tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
