"""Recovering the benchmark's PDF files themselves: the same measures, from print with positions.

A document's blocks are compared with the same truth as its texts; the facts about line ends and
furniture are those of its `-raw` text.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import recover
from booktools.cli.main import spare_garbage

SET = "PDF files"


@dataclass(frozen=True)
class Printed:
    """What reading and recovering the files took, and the scorer's figures.

    `seconds` are of the processor, pdfium's process counted; `scores` are group kind → group →
    figures, as of the texts.
    """

    documents: int
    pages: int
    seconds: float
    scores: Mapping[str, Mapping[str, Mapping[str, Any]]]

    @property
    def speed(self) -> float:
        """Pages a second on one core."""
        return self.pages / max(self.seconds, 1e-9)


def documents(folder: Path, only: str) -> list[Path]:
    """The PDF files whose truth and facts are known, `only` those that it matches."""
    found = []
    for file in sorted((folder / "pdf").glob("*.pdf")):
        known = (folder / "gold" / f"{file.stem}.json").is_file()
        facts = (folder / "ann" / f"{file.stem}.raw.json").is_file()
        whole = file.stem.endswith(".H")  # set for its hyphens alone
        wanted = file.match(only) or Path(f"{file.stem}.raw").match(only)
        if known and facts and wanted and not whole:
            found.append(file)
    return found


def measure(folder: Path, files: Sequence[Path], jobs: int) -> Printed | None:
    """Recover and score the files; None where there are none."""
    if not files:
        return None
    with tempfile.TemporaryDirectory(prefix="recover-pdf-") as scratch:
        out = Path(scratch)
        with ProcessPoolExecutor(jobs, initializer=spare_garbage) as pool:
            tasks = [(str(folder), str(file), scratch) for file in files]
            took = list(pool.map(_recover_one, tasks))
        scores = recover.score(folder, [f"{file.stem}.raw" for file in files], out, jobs)
    pages = sum(count for count, _ in took)
    return Printed(len(files), pages, sum(seconds for _, seconds in took), scores)


def _recover_one(task: tuple[str, str, str]) -> tuple[int, float]:
    """Pages, and seconds of the processor."""
    from booktools import loose, prints

    folder, path, out = map(Path, task)
    gold = recover.gold(folder, f"{path.stem}.raw")
    data = path.read_bytes()
    before = _children()
    begun = time.process_time()
    printed = prints.read([(path.name, data)], lambda step: None)
    made = loose.recover_pages(printed.pages, [gold["lang"]], lambda step: None, printed.findings)
    (out / f"{path.stem}.raw.json").write_text(made.json, "utf-8")
    seconds = time.process_time() - begun + _children() - before
    lost = [finding for finding in printed.findings if finding.code == "CON004"]
    if lost or made.galley.unwound() != printed.pages.source.text:
        raise AssertionError(f"{path.name}: letters are lost on the way")
    return len(printed.pages.pages), seconds


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
