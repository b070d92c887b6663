"""A small book with a raw source and an errata ledger, made up, for the tests of the review."""

from __future__ import annotations

import hashlib
from pathlib import Path

from booktools.cli.main import run
from booktools.store import Project, open_project

SOURCE = """\
 CHAPTER ONE

 The harbour

The harbour lay still under teh moon, and the boats
that had come in with the evening tide were made
fast along the wall. Marta counted the trapos that
hung from the rail: there were more traps than in
any year before, and she wrote the number down.

She had written to the Institute of Mazagran about
the lamp, and had been answered by a clerk who did
not know the harbour. The Institute of Mazagrán was
far away, and teh clerk had never seen a lamp.

 CHAPTER TWO

 The lamp

In the morning the keeper climbed the stairs. He be-
lieved that the lamp would last the winter; he had
said so to teh Institute, and to Marta, and to any-
body who asked him about the lamp.

The traps were full again. Nobody in the harbour re-
membered a winter like that one, and nobody spoke
of the lamp any more.
"""

LEDGER = """\
# What we have agreed on.

[[erratum]]
id = "E001"
line = 5
found = "teh"
wanted = "the"
context = "lay still under teh moon"
kind = "ocr"
rule = "SPL001"
family = "teh for the"
reason = "“teh” is no word; “the” stands 20 times in this book."
state = "open"

# A comment that must stay where it is.

[[erratum]]
id = "E002"
line = 7
found = "trapos"
wanted = "traps"
context = "Marta counted the trapos that"
kind = "ocr"
reason = "“traps” is what hangs there in the next line."
state = "open"

[[erratum]]
id = "E003"
line = 11
found = "Mazagran"
wanted = "Mazagrán"
context = "to the Institute of Mazagran about"
kind = "consistency"
reason = "The book has the accent elsewhere."
state = "open"

[[erratum]]
id = "E004"
line = 14
found = "teh"
wanted = "the"
context = "far away, and teh clerk"
kind = "ocr"
rule = "SPL001"
family = "teh for the"
reason = "“teh” is no word; “the” stands 20 times in this book."
state = "open"

[[erratum]]
id = "E005"
line = 22
found = "teh"
wanted = "the"
context = "said so to teh Institute"
kind = "ocr"
rule = "SPL001"
family = "teh for the"
reason = "“teh” is no word; “the” stands 20 times in this book."
state = "open"

[[erratum]]
id = "E006"
line = 26
found = "winter"
wanted = "winter"
context = "a winter like that one"
kind = "query"
reason = "Which winter? Only the author can know."
state = "open"

[[erratum]]
id = "E007"
line = 9
found = "year before"
wanted = "year before that"
context = "any year before, and she"
kind = "grammar"
reason = "It stands well as it is."
state = "rejected"
decided_by = "copy-editor"
decided_on = 2026-01-05
"""


def make_book(folder: Path, ledger: str = LEDGER, more: str = "") -> Project:
    """The book as a project; `more` goes into its `book.toml`."""
    files = {
        "manuscript/source/harbour.txt": SOURCE,
        "manuscript/errata.toml": ledger,
        "manuscript/book.toml": f"""\
title = "The Harbour"
language = "en"
identifiers = ["urn:uuid:2b6f0cc9-04d7-4d63-9f4d-1f2a1c1f0e11"]
{more}
[[sources]]
file = "manuscript/source/harbour.txt"
sha256 = "{hashlib.sha256(SOURCE.encode()).hexdigest()}"
""",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return open_project(folder)


def ledger_of(folder: Path) -> str:
    return (folder / "manuscript/errata.toml").read_text("utf-8")


def booktools(folder: Path, *arguments: str) -> int:
    return run(["--project", str(folder), *arguments])
