"""Samples → the tables of RESULTS.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from bench.measure import Sample, together
from bench.rows import Row

AGAIN_SECONDS = 0.5
LARGEST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """A book's rows with the samples of each, a sample a round."""

    name: str
    words: int
    rows: tuple[Row, ...]
    samples: Mapping[str, list[Sample]]

    def of(self, key: str) -> Sample:
        """The medians of a row over the rounds, each figure by itself."""
        row = next(row for row in self.rows if row.key == key)
        runs = self.samples.get(key, [])
        if row.parts:
            runs = [
                together(parts)
                for parts in zip(*(self.samples[part] for part in row.parts), strict=True)
            ]
        return Sample(
            median(one.cpu for one in runs),
            median(one.wall for one in runs),
            round(median(one.largest for one in runs)),
            round(median(one.tree for one in runs)),
        )


def page(machine: Mapping[str, str], books: Sequence[Measured], rounds: int) -> str:
    """RESULTS.md."""
    out = [
        "# Bench",
        "",
        f"Written by `make bench`: medians of {rounds} interleaved round{'s' * (rounds > 1)}.",
        "CPU is user and system time of the whole process tree; wall time is no guide on a",
        "machine that others use too.  Memory is resident, in MB of 1,000,000 bytes: the largest",
        "single process, and the sum over the tree, in which what processes share counts for each.",
        "The ratio is to the CPU of the peer named; below 1 is less than the peer needs.",
        "",
        "| machine | |",
        "| --- | --- |",
        *(f"| {name} | {value} |" for name, value in machine.items()),
        "",
    ]
    real = next((book for book in books if book.name == "the real book"), None)
    if real:
        out += ["## Aims", "", *aims(real), ""]
    for book in books:
        out += [f"## {book.name.capitalize()}: {book.words:,} words", "", *table(book)]
    return "\n".join(out)


def aims(real: Measured) -> list[str]:
    """The three aims on the real book, each with its figure."""
    build, peers, again = (real.of(key) for key in ("build", "peers", "again"))
    commands = [row for row in real.rows if row.measure and row.key in _OURS]
    fattest = max(commands, key=lambda row: real.of(row.key).largest)
    largest = real.of(fattest.key).largest
    return [
        "| aim | measured | |",
        "| --- | --- | --- |",
        f"| three editions, proofs included, in no more CPU than the peers' three "
        f"| {build.cpu:.2f} s, theirs {peers.cpu:.2f} s | {_met(build.cpu <= peers.cpu)} |",
        f"| a second build with nothing changed in under {AGAIN_SECONDS} s "
        f"| {again.wall:.2f} s wall, {again.cpu:.2f} s CPU | {_met(again.wall < AGAIN_SECONDS)} |",
        f"| no process over {LARGEST_BYTES // 1_000_000} MB "
        f"| {_mb(largest)} MB ({fattest.title}) | {_met(largest <= LARGEST_BYTES)} |",
    ]


_OURS = ("help", "recover", "build", "again", "build-pdf", "build-epub", "build-txt")


def table(book: Measured) -> list[str]:
    """The rows of a book, a table for each group."""
    titles = {row.key: row.title for row in book.rows}
    out: list[str] = []
    for group, rows in groupby(book.rows, key=lambda row: row.group):
        out += [f"| {group} | CPU s | wall s | largest MB | tree MB | CPU ratio | to |"]
        out += ["| --- | ---: | ---: | ---: | ---: | ---: | --- |"]
        for row in rows:
            one = book.of(row.key)
            ratio = (
                f"{one.cpu / book.of(row.peer).cpu:.2f} | {titles[row.peer]}" if row.peer else "|"
            )
            figures = f"{_seconds(one.cpu)} | {_seconds(one.wall)} | {_mb(one.largest)}"
            out.append(f"| {row.title} | {figures} | {_mb(one.tree)} | {ratio} |")
        out.append("")
    return out


def _met(met: bool) -> str:
    return "met" if met else "**not met**"


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f}"


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}"
