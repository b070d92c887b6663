"""A small recovered book on disk for the commands round the errata, and how to run them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from booktools.cli.main import run

SOURCE = """\
The Strike

On the first of May the dockers came
to the harbour, and teh letter was read
to them by the oldest man among them.

Nobody had slept. The ships lay at there
moorings, and the cranes stood still.

In the evening the the owners sent for
the police, who came in the morning.
"""
LAYOUT = '[[block]]\nlines = "1"\ntext = "The Strike"\nrole = "title"\n'
ERRATA = """\
# Kept by hand.

[[erratum]]
id = "E001"
line = 4
found = "teh"
wanted = "the"
context = "and teh letter"
kind = "typo"
reason = "transposed letters"
state = "accepted"
decided_by = "copy-editor"
decided_on = 2021-05-31

[[erratum]]
id = "Q001"
line = 7
found = "there"
wanted = "their"
context = "lay at there moorings"
kind = "grammar"
reason = "wrong word"
state = "open"
"""
BOOK = """\
title = "The Strike"
language = "en"
identifiers = ["urn:uuid:fd84f62a-e973-5ea2-9edf-f8e7ce30c89b"]
"""


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@dataclass
class Desk:
    """A project and a terminal."""

    root: Path
    capsys: pytest.CaptureFixture[str] | None

    def run(self, *arguments: str) -> Done:
        if self.capsys is None:
            return Done(run(["--project", str(self.root), *arguments]), "", "")
        self.capsys.readouterr()
        code = run(["--project", str(self.root), *arguments])
        said = self.capsys.readouterr()
        return Done(code, said.out, said.err)

    def did(self, *arguments: str) -> str:
        """What a command that must succeed prints."""
        done = self.run(*arguments)
        assert done.code == 0, done
        return done.out

    def read(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def texts(self) -> dict[str, str]:
        """The files of the manuscript's text."""
        return {
            path.name: path.read_text("utf-8") for path in self.root.glob("manuscript/text/*.md")
        }

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        text = self.read(name)
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        self.write(name, text)


def recovered(
    root: Path, capsys: pytest.CaptureFixture[str] | None, more: str = "", kinds: str = '"txt"'
) -> Desk:
    """A book that comes from a source; its manuscript is recovered."""
    desk = Desk(root, capsys)
    digest = hashlib.sha256(SOURCE.encode()).hexdigest()
    sources = f'[[sources]]\nfile = "manuscript/source/a.txt"\nsha256 = "{digest}"\n'
    desk.write("manuscript/book.toml", f"{BOOK}editions = [{kinds}]\n{more}{sources}")
    desk.write("manuscript/source/a.txt", SOURCE)
    desk.write("manuscript/layout.toml", LAYOUT)
    desk.write("manuscript/errata.toml", ERRATA)
    desk.did("recover")
    return desk


CHAPTER = """\
# The Strike {#strike}

On the *first* of May the dockers came to the harbour, and teh letter was read.
Nobody had *slept.
The ships* lay at there moorings[^1].

In the evening the the owners sent for the police \\*.

[^1]: A moring is a place.
"""


def born(root: Path, capsys: pytest.CaptureFixture[str], errata: str, more: str = "") -> Desk:
    """A book that is its own source."""
    desk = Desk(root, capsys)
    desk.write("manuscript/book.toml", BOOK + more)
    desk.write("manuscript/text/01-strike.md", CHAPTER)
    desk.write("manuscript/errata.toml", errata)
    return desk
