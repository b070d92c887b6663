"""`docs/recovery.md`: the figures of `bench.recover` as tables for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Figures = Mapping[str, Any]

# The scorer's name of each figure, ours, and how it is written.
_COLUMNS = (
    ("hy_acc", "hyphens", 3),
    ("hy_keep_R", "kept R", 3),
    ("hy_keep_P", "kept P", 3),
    ("para_F1", "paragraphs", 3),
    ("hop_join", "hops", 3),
    ("pair_acc", "order", 3),
    ("fur_R", "furniture R", 3),
    ("fur_P", "furniture P", 3),
    ("heading_F1", "headings", 3),
    ("caption_F1", "captions", 3),
    ("footnote_F1", "notes", 3),
    ("verse_F1", "verse", 3),
    ("float_sep", "floats apart", 3),
    ("dropcap", "initials", 3),
    ("cer", "CER", 4),
    ("wer", "WER", 4),
    ("removed_per_1000", "lost/k", 2),
    ("invented_per_1000", "invented/k", 2),
)
# The same columns in PEERS.md.
_THEIRS = (
    "hy.acc", "keep.R", "keep.P", "para.F1", "hop", "pairs", "fur.R", "fur.P", "head", "capt",
    "note", "verse", "floatsep", "dropcap", "CER", "WER", "rm/k", "inv/k",
)  # fmt: skip
_AIMS = {
    "born-digital text": (
        "≥ .994", "≥ .92", "≥ .97", "≥ .85", "≥ .85", "", "≥ .97", "≥ .99", "≥ .70", "≥ .75",
        "≥ .75", "≥ .75", "", "≥ .85", "≤ .0010", "≤ .0012", "≤ .02", "≤ .02",
    ),
    "pdfminer only": (
        "≥ .995", "≥ .92", "≥ .97", "≥ .94", "≥ .90", "", "≥ .97", "≥ .99", "≥ .88", "≥ .90",
        "≥ .85", "≥ .80", "", "≥ .85", "≤ .0008", "≤ .0010", "≤ .02", "≤ .02",
    ),
    "PDF files": (
        "≥ .996", "", "", "≥ .97", "≥ .95", "≥ .998", "≥ .99", "≥ .99", "≥ .96", "≥ .93", "≥ .93",
        "≥ .88", "≥ .99", "", "≤ .0006", "≤ .0010", "0", "0",
    ),
    "pdftotext -layout": ("",) * 5 + ("≥ .97",) + ("",) * 12,
    "OCR of typeset pages": ("",) * 6 + ("≥ .88", "≥ .95") + ("",) * 7 + ("≤ .0240", "", ""),
    "real page scans": ("",) * 3 + ("≥ .88",) + ("",) * 14,
}  # fmt: skip
# How the sections of PEERS.md begin.
_SECTIONS = {
    "born-digital text": "Born-digital",
    "pdfminer only": "pdfminer",
    "pdftotext -layout": "pdftotext -layout",
    "OCR of typeset pages": "OCR of typeset",
    "real page scans": "Real page scans",
    "whole books, narrow columns": "Whole books",
    "PDF files": "Tools that read the PDF",
}
_BREAKS = {
    "newline": "a line end",
    "blank": "an empty line",
    "page": "a page's end",
    "jump": "other text",
}


def peers(text: str) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Our name of each set → the peers' names and figures, by column, as PEERS.md has them."""
    out: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        name = next((ours for ours, begins in _SECTIONS.items() if section.startswith(begins)), "")
        rows = [
            [cell.strip() for cell in line.strip("|\n ").split("|")]
            for line in section.split("\n")
            if line.startswith("|")
        ]
        if name and len(rows) > 2:
            head = rows[0]
            out[name] = [(row[0], dict(zip(head, row, strict=False))) for row in rows[2:]]
    return out


def page(
    folder: Path,
    runs: Sequence[Any],
    scores: Mapping[str, Mapping[str, Figures]],
    theirs: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]],
    read: Any = None,
) -> str:
    size, seconds = sum(run.size for run in runs), sum(run.seconds for run in runs)
    speed = size / 1e6 / max(seconds, 1e-9)
    parts = [
        "# Recovery, measured",
        f"Written by `make bench-recover DATA=…/{folder.name}`. {len(runs)} texts, "
        f"{size / 1e6:.1f} MB, recovered without any reviewed decision, in the book's language, "
        "and compared with the proof-read books they were set from. What a column means, and how "
        "it is measured, stands in the scorer's own README; *hyphens* is the share of hyphens at "
        "line ends that came out as in the book, *kept* recall and precision of the true ones, "
        "*hops* the share of interrupted paragraphs that are whole again.",
        f"Speed: {speed:.2f} MB of text a second on one core, {seconds:.0f} s of CPU time in all.",
        "## By set, beside the peers",
        *_sets(scores["set"], theirs),
        *([printed(read, theirs)] if read else []),
        "## By extractor",
        table("extractor", scores["extractor"]),
        "## By language",
        table("language", scores["lang"]),
        "## By layout",
        "A: one column; B: two or three, with boxes; C: two, with notes; D: two or three, as "
        "magazines have; H: whole books in narrow columns.",
        table("layout", scores["layout"]),
        "## Decisions",
        *_decisions(runs, scores["all"]["all"]),
        "## Thresholds",
        _CHECKED,
        "## What is still hard",
        _HARD,
    ]
    return "\n\n".join(parts) + "\n"


def _sets(
    ours: Mapping[str, Figures], theirs: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]]
) -> Iterable[str]:
    for name, figures in ours.items():
        rows = [["**booktools**", *_cells(figures)]]
        if name in _AIMS:
            rows.append(["*aim*", *_AIMS[name]])
        rows += [[peer, *(row.get(c, "") for c in _THEIRS)] for peer, row in theirs.get(name, ())]
        yield f"### {name[0].upper()}{name[1:]} ({figures['docs']} texts)"
        yield _rows(["", *(title for _, title, _ in _COLUMNS)], rows)


def printed(read: Any, theirs: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]]) -> str:
    """The section on PDF files that were read themselves, with positions and fonts."""
    parts = [
        "## Reading the PDF",
        f"{read.documents} documents, {read.pages} pages, read as `booktools recover FILE.pdf` "
        "reads them; the peers are tools that read the PDF. "
        f"{read.speed:.0f} pages a second on one core, pdfium's own process counted.",
        *_sets({"PDF files": read.scores["all"]["all"]}, theirs),
        table("layout", read.scores["layout"]),
        table("language", read.scores["lang"]),
    ]
    return "\n\n".join(parts)


def table(title: str, groups: Mapping[str, Figures]) -> str:
    """The figures of each group, a row each."""
    head = [title, "texts", *(column for _, column, _ in _COLUMNS)]
    return _rows(head, ([g, str(f["docs"]), *_cells(f)] for g, f in groups.items()))


def _cells(figures: Figures) -> list[str]:
    return [_number(figures.get(key), places) for key, _, places in _COLUMNS]


def _number(value: float | None, places: int = 3) -> str:
    return "–" if value is None else f"{value:.{places}f}"


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


# --- decisions ------------------------------------------------------------------------


def _decisions(runs: Sequence[Any], figures: Figures) -> Iterable[str]:
    yield "### Hyphens at line ends: sure, and asked about"
    yield (
        "*Sure* ones are decided without a word; what is *asked* is set in its likelier form and "
        "listed for a person. Halves are *apart* where arranging did not bring them together; then "
        "there was nothing to decide."
    )
    total: Counter[tuple[str, str, str, str, str]] = Counter()
    for run in runs:
        total += run.hyphens
    yield _hyphens("language", total, lambda key: key[3])
    yield (
        "By book. The rules were written while looking at errors on these same books; the odds of "
        "a compound were calibrated on them and fifteen others, each judged by the rest. Expect "
        "less on books not seen, and least where the book writes sea-side and to-day."
    )
    yield _hyphens("book", total, lambda key: key[4])
    yield "### Hyphens by what is special about them"
    rows = [
        [name, str(count), _number(share, 4)]
        for name, (share, count) in sorted(figures["hy_cls"].items())
        if not name.startswith("lang:")
    ]
    yield _rows(["class", "hyphens", "right"], rows)
    yield "### Paragraphs across breaks"
    rows = [
        [
            _BREAKS.get(name, name),
            str(one["join_n"]),
            _number(one["join_recall"]),
            str(one["split_n"]),
            _number(one["split_kept"]),
        ]
        for name, one in sorted(figures["unwrap"].items())
    ]
    head = ["across", "goes on in the book", "rejoined", "ends in the book", "left apart"]
    yield _rows(head, rows)
    yield "### Kinds of blocks"
    rows = [
        [
            name,
            str(figures[f"{kind}_n"]),
            _number(figures[f"{kind}_R"]),
            _number(figures[f"{kind}_P"]),
        ]
        for kind, name in _KINDS.items()
    ]
    yield _rows(["kind", "in the books", "recall", "precision"], rows)


_KINDS = {"heading": "headings", "caption": "captions", "footnote": "notes", "verse": "verse"}


def _hyphens(
    title: str,
    total: Counter[tuple[str, str, str, str, str]],
    group: Callable[[tuple[str, str, str, str, str]], str],
) -> str:
    groups = sorted({group(key) for key in total})
    rows = []
    for name in [*groups, "all"]:
        own = Counter({k: n for k, n in total.items() if name in ("all", group(k))})
        sure = sum(n for k, n in own.items() if k[2] == "sure" and k[1] != "apart")
        right = sum(n for k, n in own.items() if k[2] == "sure" and k[1] == k[0])
        asked = sum(n for k, n in own.items() if k[2] == "asked")
        likely = sum(n for k, n in own.items() if k[2] == "asked" and k[1] == k[0])
        apart = sum(n for k, n in own.items() if k[1] == "apart")
        one_in = f"1 in {own.total() / asked:.0f}" if asked else "–"
        share = _number(right / sure if sure else None, 4)
        likelier = _number(likely / asked if asked else None, 2)
        rows.append([name, str(own.total()), share, str(asked), one_in, likelier, str(apart)])
    head = [title, "hyphens", "sure ones right", "asked", "", "likelier form right", "halves apart"]
    return _rows(head, rows)


_CHECKED = """\
Numbers were chosen while looking at errors on these books; whether they are more than that is
looked into by leaving books out.

- *Kinds of lines* (furniture, headings, captions, notes, verse): `python -m bench.thresholds DATA`
  tries each number of these rules at a lower and a higher value, takes for each book what is best
  on all the others, and counts the lines whose kind is right.  On 64 texts of nine books, those of
  pdfminer and poppler, none of the numbers for captions, interruptions, notes, measures and the
  company of heads could have been chosen so that two lines more in 10,000 came out right.
- *Odds of a hyphen* between two words: each of twenty-one books judged by the other twenty.
- *When to ask about a hyphen*: the doubt that the rules state is compared with what came out.  Of
  those below 0.02 one in 1,600 was wrong, from there to the least that is asked about (0.14) one
  in 30, above it one in 3.
- *Not looked into so*: where paragraphs part and how sentences hop, whose odds are learnt from
  each source anew, and the reading of print and of OCR."""
_HARD = """The examples are made up, each of a kind that the figures above say is not settled.

- *Names that stand once*: `Brill-⏎more` may be Brillmore or Brill-more. Asked about.
- *Compounds that stand once in a book that writes many with a hyphen*: `foot-⏎race`. A list of
  today's words has it one way; by the book's habit the other is as likely. Asked about, as long as
  no more than one hyphen in 200 is.
- *One book, two habits*: `sail-maker` here, `sailmaker` there. Asked about.
- *Foreign words of two parts*: `vuol-⏎dire` in an English book is no word of English: joined.
- *Dialect*, drawn out: `hal-⏎loo-oo`. Joined.
- *A dash that was read as a hyphen*: `mountains-⏎the`. The hyphen is kept, and wants an erratum.
- *Columns out of order*, as pdfminer writes some pages: every sentence goes on somewhere, and
  only its words say where.  Put right where they do so clearly at all seams together; which words
  stand side by side at large is known for English alone.
- *Lines of a caption woven into those beside it*, one of the picture's, one of the text's: longer
  stretches are read as two streams; a caption of two lines tells too little, where the source has
  no other such place.
- *A caption without a stop, as wide as the column*: nothing but its words part it from the text.
- *A title that is also the running head*, on the first page: left in the text, for a person.
- *Chapters of a page or two*: their names come back too seldom to be known as running heads."""
