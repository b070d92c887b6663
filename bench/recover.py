"""`python -m bench.recover FOLDER`: recover every text of a benchmark and write docs/recovery.md.

FOLDER is laid out like the benchmark's `dev`: `raw/*.txt`, `gold/`, `ann/`, `manifest.json`; the
scorer is the package `score` beside it, and the peers' figures are read from `PEERS.md` there.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import own_book, recovery_page
from booktools.cli.main import spare_garbage

_PAGE = Path(__file__).resolve().parent.parent / "docs" / "recovery.md"
_NEEDED = ("numpy", "rapidfuzz")
_GROUPS = ("extractor", "set", "lang", "layout")
_NAMED = 8  # texts that are left out
BORN_DIGITAL = ("pdfminer", "mupdf", "raw", "pdfium", "poppler")


@dataclass(frozen=True)
class Run:
    """What recovering one text took: CPU seconds, bytes, and what became of its hyphens.

    `hyphens` counts (join or keep in the book; join, keep, or apart when the halves did not
    meet; sure or asked; language; book).
    """

    name: str
    seconds: float
    size: int
    hyphens: Counter[tuple[str, str, str, str, str]]


def main(arguments: Sequence[str] | None = None) -> int:
    from bench import printed  # it asks this module in its turn

    parser = argparse.ArgumentParser(prog="python -m bench.recover", description=__doc__)
    parser.add_argument("folder", type=Path, help="laid out like the benchmark's dev")
    parser.add_argument(
        "--only", default="*", help="glob of texts, as *.pdfminer; *.pdf for the PDF files alone"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=_PAGE, help="where the page goes")
    wanted = parser.parse_args(arguments)
    folder = wanted.folder.resolve()
    trouble = missing(folder)
    if trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        return 1
    texts = with_truth(folder, sorted((folder / "raw").glob(f"{wanted.only}.txt")))
    files = printed.documents(folder, wanted.only)
    if files and not texts:
        print(recovery_page.printed(printed.measure(folder, files, wanted.jobs), {}))
        return 0
    if not texts:
        print(f"bench: no text with its truth is called {wanted.only}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="recover-") as scratch:
        runs = _recover(folder, texts, Path(scratch), wanted.jobs)
        scores = score(folder, [run.name for run in runs], Path(scratch), wanted.jobs)
    read = printed.measure(folder, files, wanted.jobs)
    peers = folder.parent / "PEERS.md"
    tables = recovery_page.peers(peers.read_text("utf-8")) if peers.is_file() else {}
    made = recovery_page.page(folder, runs, scores, tables, read)
    wanted.out.write_text(f"{made}\n{own_book.section()}", "utf-8")
    print(f"{len(runs)} texts; {wanted.out.name} is written", file=sys.stderr)
    return 0


def with_truth(folder: Path, texts: Sequence[Path]) -> list[Path]:
    """Those of the texts whose true blocks and annotations are there; the others are told."""
    found: list[Path] = []
    lack: list[Path] = []
    for path in texts:
        known = has_truth(folder, path.stem)
        (found if known else lack).append(path)
    if lack:
        names = ", ".join(path.stem for path in lack[:_NAMED]) + ", …" * (len(lack) > _NAMED)
        said = f"bench: left out, without gold/ or ann/: {names} ({len(lack)} of {len(texts)})"
        print(said, file=sys.stderr)
    return found


def has_truth(folder: Path, name: str) -> bool:
    """Whether the true blocks and the annotations of a text are there."""
    document = name.rpartition(".")[0]
    files = folder / "gold" / f"{document}.json", folder / "ann" / f"{name}.json"
    return all(map(Path.is_file, files))


def missing(folder: Path) -> str:
    """What is not there that the bench needs; empty when all is."""
    for name in ("raw", "gold", "ann", "manifest.json"):
        if not (folder / name).exists():
            return f"{folder} has no {name}: name a folder laid out like the benchmark's dev"
    if not (folder.parent / "score" / "__init__.py").is_file():
        return f"the scorer is missing: it stands beside {folder.name}, in score/"
    for name in _NEEDED:
        try:
            importlib.import_module(name)
        except ImportError:
            return f"{name} is missing: pip install 'booktools[bench]'"
    return ""


# --- recovering -----------------------------------------------------------------------


def _recover(folder: Path, texts: Sequence[Path], out: Path, jobs: int) -> list[Run]:
    with ProcessPoolExecutor(jobs, initializer=spare_garbage) as pool:  # as `booktools` runs
        tasks = [(str(folder), str(text), str(out)) for text in texts]
        return list(pool.map(_recover_one, tasks, chunksize=4))


def _recover_one(task: tuple[str, str, str]) -> Run:
    from booktools import loose

    folder, path, out = map(Path, task)
    truth = gold(folder, path.stem)
    text = path.read_bytes().decode().replace("\r\n", "\n")
    begun = time.process_time()
    made = loose.recover_text([(path.name, text)], [truth["lang"]], lambda step: None)
    (out / f"{path.stem}.json").write_text(made.json, "utf-8")
    seconds = time.process_time() - begun
    if made.galley.unwound() != text:
        raise AssertionError(f"{path.name}: the source cannot be had back")
    hyphens = _hyphens(folder, path.stem, truth, made.galley)
    return Run(path.stem, seconds, len(text.encode()), hyphens)


def gold(folder: Path, name: str) -> dict[str, Any]:
    """The true blocks of a text's document."""
    document = name.rpartition(".")[0]
    made = json.loads((folder / "gold" / f"{document}.json").read_text("utf-8"))
    assert isinstance(made, dict)
    return made


def _hyphens(
    folder: Path, name: str, gold: Mapping[str, Any], galley: Any
) -> Counter[tuple[str, str, str, str, str]]:
    """What was decided about each hyphen at a line end whose answer is known."""
    align, documents = scorer(folder, "align"), scorer(folder, "doc")
    truth = documents.Doc(gold["blocks"])
    raw = align.Skel(galley.source.text)
    place, _ = align.align(truth.skel, raw)
    decided = _decided(galley)
    facts = json.loads((folder / "ann" / f"{name}.json").read_text("utf-8")).get("hyph", [])
    out: Counter[tuple[str, str, str, str, str]] = Counter()
    for fact in facts:
        at = int(place[fact["g"]])
        if at < 0 or fact["kind"] == "dash":
            continue
        done, sure, behind = decided.get(int(raw.pos[at]) + 1, ("apart", "sure", -1))
        following = int(place[fact["g"] + 1])
        if following < 0 or behind != int(raw.pos[following]):
            done = "apart"  # arranging put something else behind it
        out[(fact["kind"], done, sure, gold["lang"], name.split(".")[0])] += 1
    return out


def _decided(galley: Any) -> dict[int, tuple[str, str, int]]:
    """Offset of the hyphen in the source → join or keep, sure or asked, offset of what follows."""
    out = {}
    for block in galley.blocks:
        for number, layer in enumerate(block.layers):
            for edit in layer:
                if edit.rule not in ("HYP001", "HYP002", "HYP003", "HYP005"):
                    continue
                whole = not edit.old[:1].isspace()  # the hyphen itself goes, too
                joined = whole and not edit.new.startswith("-")
                start = edit.span.start - (0 if whole else 1)
                at, behind = (_in_source(block, number, x) for x in (start, edit.span.end))
                sure = "asked" if edit.rule == "HYP003" else "sure"
                out[at] = ("join" if joined else "keep", sure, behind)
    return out


def _in_source(block: Any, layer: int, offset: int) -> int:
    """Where in the source a character stands that a layer works on."""
    for below in reversed(block.layers[:layer]):
        offset = below.below(offset)
    for piece in block.pieces:
        if offset < len(piece):
            return int(piece.start + offset)
        offset -= len(piece)
    return -1


# --- scoring --------------------------------------------------------------------------


def scorer(folder: Path, module: str) -> Any:
    beside = str(folder.parent)
    if beside not in sys.path:
        sys.path.insert(0, beside)
    return importlib.import_module(f"score.{module}")


def score(
    folder: Path, names: Sequence[str], out: Path, jobs: int
) -> dict[str, dict[str, dict[str, Any]]]:
    """Group kind → group → the scorer's figures."""
    with ProcessPoolExecutor(jobs) as pool:
        tasks = [(str(folder), name, str(out)) for name in names]
        results = dict(pool.map(score_one, tasks, chunksize=4))
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    about = {doc["id"]: doc for doc in manifest["docs"] if doc["set"] != "errata"}
    aggregate = scorer(folder, "report").aggregate
    grouped: dict[str, dict[str, dict[str, Any]]] = {}
    for kind in _GROUPS:
        groups: dict[str, list[Any]] = {}
        for name, result in results.items():
            for group in _groups(kind, name, about):
                groups.setdefault(group, []).append(result)
        grouped[kind] = {group: aggregate(some) for group, some in sorted(groups.items())}
    grouped["all"] = {"all": aggregate(list(results.values()))}
    return grouped


def score_one(task: tuple[str, str, str]) -> tuple[str, Any]:
    folder, name, out = Path(task[0]), task[1], Path(task[2])
    truth = gold(folder, name)
    facts = json.loads((folder / "ann" / f"{name}.json").read_text("utf-8"))
    ours = scorer(folder, "doc").load_system(out / f"{name}.json")
    result = scorer(folder, "metrics").score_doc(truth["blocks"], facts, ours)
    result["lang"] = truth["lang"]
    return name, result


def _groups(kind: str, name: str, about: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    document, extractor = name.rsplit(".", 1)
    info = about.get(document, {})
    if kind == "lang":
        yield str(info.get("lang", "?"))
    elif kind == "layout":
        yield document.rsplit(".", 1)[-1]
    elif kind == "extractor":
        if info.get("set") == "layout":
            yield extractor
    elif info.get("set") == "layout" and extractor in BORN_DIGITAL:
        yield "born-digital text"
        if extractor == "pdfminer":
            yield "pdfminer only"
    elif info.get("set") == "layout":
        yield "pdftotext -layout" if extractor == "layout" else "OCR of typeset pages"
    else:
        yield {"hyphen": "whole books, narrow columns", "scan": "real page scans"}.get(
            str(info.get("set")), "other"
        )


if __name__ == "__main__":
    sys.exit(main())
