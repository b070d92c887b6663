"""`python -m bench.thresholds FOLDER`: are the thresholds of typing the books' own, or anybody's?

Each threshold is tried at other values, and judged by the lines whose kind comes out right
(furniture, heading, caption, note, verse, running text).  For every book the value is taken that
is best on all the others, and measured on that book: what is lost against the value in the code
is what was fitted, what is gained is what leaving books out would have chosen better.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import recover
from booktools.arrange.furniture import furniture_lines
from booktools.arrange.rows import Rows
from booktools.arrange.typing import typed
from booktools.model.galley import Role
from booktools.model.page import Line
from booktools.read.dump import read_dump

_ROOM = "booktools.arrange"
_MODULES = (
    "captions", "edges", "floats", "furniture", "grammar", "headings", "interruptions", "midpage",
    "notes", "rows", "slots", "verse",
)  # fmt: skip
# Shares are tried at so many times their value, counts one up and one down.
_TIMES = (0.8, 1.25)
_STEPS = (-1, 1)
_TEXTS = ("*.pdfminer", "*.mupdf")
_KINDS = {
    Role.HEADING: "heading",
    Role.TITLE: "heading",
    Role.LABEL: "heading",
    Role.CAPTION: "caption",
    Role.NOTE: "footnote",
    Role.VERSE: "verse",
}
_COUNTED = {"heading", "caption", "footnote", "verse", "furniture"}

Books = Mapping[str, tuple[int, int]]  # lines whose kind is right, and all lines, by book


@dataclass(frozen=True)
class Text:
    """The lines of a text, and by index what each is in truth."""

    book: str
    lines: tuple[Line, ...]
    truth: Mapping[int, str]


@dataclass(frozen=True)
class Threshold:
    """A constant of a module, and the modules that know it."""

    name: str
    value: float
    homes: tuple[Any, ...]

    def set(self, value: float) -> None:
        for home in self.homes:
            setattr(home, self.name, value)

    def others(self) -> Iterator[float]:
        if isinstance(self.value, int):
            yield from (self.value + step for step in _STEPS if self.value + step > 0)
        else:
            yield from (round(self.value * times, 3) for times in _TIMES)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.thresholds", description=__doc__)
    parser.add_argument("folder", type=Path, help="laid out like the benchmark's dev")
    parser.add_argument("--only", nargs="*", default=_TEXTS, help="globs of texts")
    parser.add_argument("--modules", nargs="*", default=_MODULES, help="whose thresholds to try")
    wanted = parser.parse_args(arguments)
    texts = [_text(wanted.folder, path) for path in _paths(wanted.folder, wanted.only)]
    usual = measure(texts)
    print(f"{len(texts)} texts; {share(usual):.4f} of the lines are of the right kind")
    print("| threshold | value | best of all | right with it | books left out |")
    print("| --- | --- | --- | --- | --- |")
    for threshold in thresholds(wanted.modules):
        tried = {threshold.value: usual}
        for value in threshold.others():
            threshold.set(value)
            tried[value] = measure(texts)
        threshold.set(threshold.value)
        best = max(tried, key=lambda value: (share(tried[value]), value == threshold.value))
        home = threshold.homes[0].__name__.rpartition(".")[2]
        gain, fair = share(tried[best]) - share(usual), left_out(tried) - share(usual)
        row = f"{home}.{threshold.name} | {threshold.value} | {best} | {gain:+.5f} | {fair:+.5f}"
        print(f"| {row} |", flush=True)
    return 0


def thresholds(names: Sequence[str] = _MODULES) -> Iterator[Threshold]:
    """The numbers that modules of the room name, once each; zeros left out."""
    modules = [importlib.import_module(f"{_ROOM}.{name}") for name in _MODULES]
    for module in [m for m in modules if m.__name__.rpartition(".")[2] in names]:
        for name, value in vars(module).items():
            if not name.isupper() or not isinstance(value, (int, float)) or not value:
                continue
            homes = [m for m in modules if vars(m).get(name) == value]
            if name.startswith("_"):
                homes = [module]
            if homes[0] is module:
                yield Threshold(name, value, tuple(homes))


def measure(texts: Sequence[Text]) -> Books:
    """Lines of the right kind, and all lines, by book."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for text in texts:
        found = kinds(text.lines)
        for index, kind in text.truth.items():
            given = found.get(index, "paragraph")
            right[text.book] += given == kind if kind in _COUNTED else given not in _COUNTED
            every[text.book] += 1
    return {book: (right[book], count) for book, count in every.items()}


def kinds(lines: Sequence[Line]) -> dict[int, str]:
    """What the lines are found to be, those of running text left out."""
    furniture = furniture_lines(lines, ())
    found = dict.fromkeys(furniture, "furniture")
    for stretch in typed(Rows.of(lines, furniture)):
        if stretch.role in _KINDS:
            found |= dict.fromkeys(range(stretch.first, stretch.last + 1), _KINDS[stretch.role])
    return found


def share(books: Books, only: Collection[str] | None = None) -> float:
    """The share of lines that are right, of all books or of some."""
    own = [figures for book, figures in books.items() if only is None or book in only]
    return sum(right for right, _ in own) / max(1, sum(count for _, count in own))


def left_out(tried: Mapping[float, Books]) -> float:
    """The share that is right where each book's value was chosen by the others."""
    books = list(next(iter(tried.values())))
    right = every = 0
    for book in books:
        others = set(books) - {book}
        chosen = max(tried, key=lambda value: share(tried[value], others))
        right += tried[chosen][book][0]
        every += tried[chosen][book][1]
    return right / max(1, every)


def _paths(folder: Path, globs: Sequence[str]) -> list[Path]:
    return sorted({path for glob in globs for path in (folder / "raw").glob(f"{glob}.txt")})


def _text(folder: Path, path: Path) -> Text:
    """A text and what its lines are, by the scorer's alignment with the true blocks."""
    align, documents = (recover.scorer(folder.resolve(), name) for name in ("align", "doc"))
    truth = documents.Doc(recover.gold(folder, path.stem)["blocks"])
    text = path.read_bytes().decode().replace("\r\n", "\n")
    raw = align.Skel(text)
    place, _ = align.align(truth.skel, raw)
    of: dict[int, int] = {
        int(raw.pos[at]): int(block) for at, block in zip(place, truth.blk, strict=True) if at >= 0
    }
    facts = json.loads((folder / "ann" / f"{path.stem}.json").read_text("utf-8"))
    heads = {fact["s"] for fact in facts.get("furniture", [])}
    lines = read_dump([(path.name, text)]).lines()
    known: dict[int, str] = {}
    for index, line in enumerate(lines):
        blocks = Counter(of[i] for i in range(line.span.start, line.span.end) if i in of)
        letters = "".join(char for char in line.text.casefold() if char.isalnum())
        if blocks and 2 * blocks.total() >= len(letters):
            known[index] = truth.blocks[blocks.most_common(1)[0][0]]["type"]
        elif letters in heads:
            known[index] = "furniture"
    return Text(path.stem.partition(".")[0], tuple(lines), known)


if __name__ == "__main__":
    sys.exit(main())
