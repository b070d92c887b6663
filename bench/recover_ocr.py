"""`python -m bench.recover_ocr FOLDER`: PDF files of a benchmark as scans; docs/recovery-ocr.md.

FOLDER is laid out like the benchmark's `dev`.  Some documents of each layout are drawn, degraded
and read by Tesseract (`bench.scans`), and what it writes is recovered in each of the forms that
OCR programs give.  Slow the first time, about five seconds a page; the pages are kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bench import printed, recover, recovery_page
from bench.scans import scanned
from booktools.cli.main import spare_garbage

_REPOSITORY = Path(__file__).resolve().parent.parent
_PAGE = _REPOSITORY / "docs" / "recovery-ocr.md"
_KEPT = _REPOSITORY / "build" / "scans"
FORMS = ("text", "hOCR", "ALTO", "ABBYY XML", "PDF")
_HARD = """\
- *A caption beside the text*, where Tesseract makes one line of both: the line is not parted.
- *Headings in the text's size*: no OCR tells bold type; those of boxes, right over their text, are
  told by their words and the gap above them.
- *Chapters' numbers* read as other letters: `Vill`, `vi.`, `ANN!` for VIII.  Over a title they are
  headings nonetheless, but not the book's letters.
- *Titles of a box in the middle of a page's text* that Tesseract puts into a paragraph."""
# So many documents are read, one of each layout, then another of each.
_MOST = 6


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.recover_ocr", description=__doc__)
    parser.add_argument("folder", type=Path, help="laid out like the benchmark's dev")
    parser.add_argument("--only", nargs="*", default=["*"], help="globs of documents, as moby.*")
    parser.add_argument("--most", type=int, default=_MOST, help="documents, spread over layouts")
    parser.add_argument("--forms", nargs="*", choices=FORMS, default=FORMS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=_PAGE, help="where the page goes")
    wanted = parser.parse_args(arguments)
    folder = wanted.folder.resolve()
    trouble = recover.missing(folder)
    if not trouble and shutil.which("tesseract") is None:
        trouble = "tesseract is missing: apt-get install tesseract-ocr"
    files = [] if trouble else chosen(folder, wanted.only, wanted.most)
    if not files:
        print(f"bench: {trouble or 'no document is called so'}", file=sys.stderr)
        return 1
    tasks = [(str(folder), str(file), tuple(wanted.forms)) for file in files]
    with ProcessPoolExecutor(wanted.jobs, initializer=spare_garbage) as pool:
        results = list(pool.map(_measure, tasks))
    wanted.out.write_text(_page(folder, files, wanted.forms, results), "utf-8")
    print(f"{len(files)} documents; {wanted.out.name} is written", file=sys.stderr)
    return 0


def chosen(folder: Path, globs: Iterable[str], most: int) -> list[Path]:
    """Documents of all layouts by turns, and of different books as far as there are."""
    layouts: dict[str, list[Path]] = {}
    for file in printed.documents(folder, "*"):
        if any(Path(file.stem).match(glob) for glob in globs):
            layouts.setdefault(file.stem.rpartition(".")[2], []).append(file)
    out: list[Path] = []
    turned = [own[at:] + own[:at] for at, own in enumerate(layouts.values())]
    for row in zip_longest(*turned):
        out += [file for file in row if file is not None]
    return out[:most]


def _measure(task: tuple[str, str, tuple[str, ...]]) -> dict[str, Any]:
    """The scorer's result by form, and under "pages" how many pages there are."""
    from booktools import loose, prints

    folder, file, forms = Path(task[0]), Path(task[1]), task[2]
    name = f"{file.stem}.raw"  # the facts are those of its text
    truth = recover.gold(folder, name)
    language = truth["lang"]
    scan = scanned(file, language, _KEPT)
    given = {**scan.files, "PDF": (file.name, file.read_bytes())}
    out: dict[str, Any] = {"pages": scan.pages}
    facts = _facts(folder, name, truth, scan.files["text"][1].decode())
    with tempfile.TemporaryDirectory(prefix="recover-ocr-") as scratch:
        for form in forms:
            source, data = given[form]
            if form == "text":
                made = loose.recover_text([(source, data.decode())], [language], _quiet)
            else:
                read = prints.read([(source, data)], _quiet)
                made = loose.recover_pages(read.pages, [language], _quiet, read.findings)
            blocks = Path(scratch, f"{name}.json")
            blocks.write_text(made.json, "utf-8")
            ours = recover.scorer(folder, "doc").load_system(blocks)
            own = {**facts, "raw_missing": []} if form == "PDF" else facts
            out[form] = recover.scorer(folder, "metrics").score_doc(truth["blocks"], own, ours)
            out[form]["lang"] = language
    return out


def _facts(folder: Path, name: str, truth: Mapping[str, Any], read: str) -> dict[str, Any]:
    """What is known of a document; "raw_missing" are the words that OCR has not read or has
    misread beyond recognition: nobody can lose them on the way."""
    facts: dict[str, Any] = json.loads((folder / "ann" / f"{name}.json").read_text("utf-8"))
    documents, align = recover.scorer(folder, "doc"), recover.scorer(folder, "align")
    gold = documents.Doc(truth["blocks"])
    stretches = [{"type": "paragraph", "text": text} for text in read.split("\n\n")]
    place, _ = align.align(gold.skel, documents.Doc(stretches).skel)
    facts["raw_missing"] = [
        token
        for token, (start, end) in enumerate(zip(gold.tok_a, gold.tok_b, strict=True))
        if 2 * sum(place[start:end] >= 0) < end - start
    ]
    return facts


def _quiet(step: str) -> None:
    """No progress is shown."""


def _page(
    folder: Path, files: Sequence[Path], forms: Sequence[str], results: Sequence[Mapping[str, Any]]
) -> str:
    aggregate = recover.scorer(folder, "report").aggregate
    pages = sum(result["pages"] for result in results)
    names = ", ".join(f"`{file.stem}`" for file in files)
    parts = [
        "# Recovery of scans, measured",
        f"Written by `make bench-recover-ocr DATA=…/{folder.name}`. {len(files)} documents "
        f"({names}), {pages} pages, drawn at 200 dots to the inch, turned by a third of a degree "
        "at most, blurred, grained and specked, and read by Tesseract. What it wrote is recovered "
        "without any reviewed decision from each form in which OCR is given: plain text, hOCR and "
        "ALTO as Tesseract writes them, and ABBYY's XML made of the hOCR; beside them the PDF "
        "itself, which no OCR can surpass. The columns are those of "
        "[recovery.md](recovery.md); furniture is compared with that of the documents' text, and "
        "words that OCR has not read are not counted as lost on the way.",
        recovery_page.table("form", {f: aggregate([r[f] for r in results]) for f in forms}),
    ]
    for form in (form for form in forms if form not in ("text", "PDF")):
        rows = {file.stem: aggregate([r[form]]) for file, r in zip(files, results, strict=True)}
        parts += [f"## {form}", recovery_page.table("document", rows)]
    parts += ["## What is still hard", _HARD]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main())
