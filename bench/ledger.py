"""`python -m bench.ledger`: what the errata of a long book cost, on made-up text.

A megabyte of words, five thousand corrections: parsing the ledger, applying it, watching it,
one decision, one capture; and two editions of two hundred thousand words compared.
"""

from __future__ import annotations

import argparse
import datetime
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from booktools.errata.apply import apply_errata
from booktools.errata.collation import collate
from booktools.errata.decide import Decision, decide
from booktools.errata.entry import Entry, Kind, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.line import Line
from booktools.errata.regression import regressions
from booktools.errata.wording import Witness
from booktools.model.galley import Block, Edit, Galley, Role, Source
from booktools.model.place import Place, Span

SIZE = 1_000_000
ENTRIES = 5_000
WORDS = 200_000
_DAY = datetime.date(2026, 1, 1)
_WIDTH, _ROWS = 12, 10  # words a line, lines a paragraph


def book(chance: random.Random, most: int = SIZE) -> list[list[list[str]]]:
    """Paragraphs of lines of words, so many characters."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(12_000)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    out: list[list[list[str]]] = []
    size = 0
    while size < most:
        out.append([chance.choices(words, weights, k=_WIDTH) for _ in range(_ROWS)])
        size += sum(len(word) + 1 for row in out[-1] for word in row)
    return out


def galley(paragraphs: Sequence[Sequence[Sequence[str]]]) -> Galley:
    """A source of the paragraphs, their line ends cleaned away."""
    texts = ["\n".join(" ".join(row) for row in rows) + "\n" for rows in paragraphs]
    blocks, at = [], 0
    for text in texts:
        ends = [n for n, char in enumerate(text) if char == "\n"]
        edits = [Edit(Span(n, n + 1), "\n", "" if n == ends[-1] else " ", "LINE") for n in ends]
        block = Block(Role.PARAGRAPH, (Span(at, at + len(text)),), text)
        blocks.append(block.edited(edits))
        at += len(text)
    return Galley(Source("".join(texts), (("a.txt", 0),)), tuple(blocks))


def corrections(
    paragraphs: Sequence[Sequence[Sequence[str]]], most: int = ENTRIES
) -> tuple[Entry, ...]:
    """Accepted entries spread over the text, none of them beside another."""
    out: list[Entry] = []
    places = [(p, r, w) for p in range(len(paragraphs)) for r in range(_ROWS) for w in (3, 9)]
    step = len(places) / (1.2 * most)
    for number in range(int(len(places) / step)):
        p, r, w = places[int(number * step)]
        row = paragraphs[p][r]
        context = " ".join(row[max(0, w - 3) : w + 4])
        if context.count(row[w]) == 1 and len(out) < most:
            line = p * _ROWS + r + 1
            out.append(
                Entry(f"E{len(out):04}", line, row[w], f"{row[w]}x", context, Kind.TYPO, "made up",
                      State.ACCEPTED, "bench", _DAY, place=Place("errata.toml", len(out) + 1))
            )  # fmt: skip
    return tuple(out)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args(arguments).rounds
    paragraphs = book(random.Random(1))
    entries = corrections(paragraphs)
    text = print_errata(entries)
    applied = apply_errata(galley(paragraphs), entries)
    if len(applied.places) < len(entries) or len(entries) < ENTRIES:
        print(f"bench: {len(applied.places)} of {len(entries)} entries applied", file=sys.stderr)
        return 1
    rows = [("a.md", n, block.text) for n, block in enumerate(applied.galley.blocks, 1)]
    said = Decision("ana", _DAY, State.REJECTED)
    words = " ".join(word for rows in paragraphs for row in rows for word in row).split()[:WORDS]
    other = [f"{word}x" if n % 500 == 7 else word for n, word in enumerate(words)]
    one, two = (Witness("a", "txt", (Line(" ".join(w), Place("a")),)) for w in (words, other))
    steps: dict[str, Callable[[], object]] = {
        f"parse a ledger of {ENTRIES:,} entries": lambda: parse_errata(text, "x"),
        f"apply them to {SIZE / 1e6:.0f} MB": lambda: apply_errata(galley(paragraphs), entries),
        "watch them in the finished text": lambda: regressions(entries, applied, rows),
        "put one decision into the ledger": lambda: decide(text, "E0100", said),
        f"compare twice {len(words):,} words": lambda: collate(one, two),
    }
    for name, step in steps.items():
        took = []
        for _ in range(rounds):
            start = time.process_time()
            step()
            took.append(time.process_time() - start)
        print(f"{name:45} {statistics.median(took):6.2f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
