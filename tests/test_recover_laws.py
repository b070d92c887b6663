"""Laws of the whole recovery: whatever the source and the decisions, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from booktools.check.conservation import letters
from booktools.check.trail import Trails, refuse_strangers
from booktools.config import BookConfig, parse_book_toml
from booktools.errors import SourceError
from booktools.galleys import LAYOUT, LEXICON
from booktools.model.finding import Severity
from booktools.pipeline import ERRATA, Recovery, recover
from booktools.read.dump import read_dump
from booktools.store import Project
from strategies import TRAPS

# Each example runs pandoc.
few = settings(max_examples=20)

BOOK = """
title = "The Book: *a* [tale] #1"
language = "en"
identifiers = ["urn:isbn:9780306406157"]
"""
SOURCE = '[[sources]]\nfile = "{}"\nsha256 = "{}"\npages = "{}"\n'


@dataclass(frozen=True)
class InMemory:
    """What a recovery asks of a project on disk."""

    config: BookConfig
    files: tuple[tuple[str, str], ...]
    decisions: dict[str, str]

    def sources(self) -> tuple[tuple[str, str], ...]:
        return self.files

    def prints(self) -> tuple[tuple[str, bytes], ...]:
        return ()

    def images(self) -> frozenset[str]:
        return frozenset()

    def text_if_there(self, name: str) -> str | None:
        return self.decisions.get(name)


def project(files: Sequence[tuple[str, str, str]], **decisions: str) -> Project:
    """A book of sources (name, page marks, text) and ledgers."""
    rows = [SOURCE.format(name, "0" * 64, marks) for name, marks, _ in files]
    config = parse_book_toml("\n".join([BOOK, *rows]), "manuscript/book.toml")
    named = {"layout": LAYOUT, "errata": ERRATA, "lexicon": LEXICON}
    made = {named[key]: text for key, text in decisions.items()}
    return cast(Project, InMemory(config, tuple((n, t) for n, _, t in files), made))


def recovered(of: Project) -> Recovery:
    return recover(of, lambda step: None)


def a_book(of: Project) -> Recovery:
    """A recovery; sources without text are passed over."""
    try:
        return recovered(of)
    except SourceError:
        reject()


WORDS = st.sampled_from(
    ("the", "ferry", "Señor", "gov-", "ernment", "well-\nknown", "1973.", "So", "“No,”", "—", "‘68")
)
TRAP = st.sampled_from((*TRAPS, "\x01", "\ufffe", "¬\n", "\u2028", "\x1c", "CChapter", "ﬁ"))
LINE = st.lists(st.one_of(WORDS, WORDS, TRAP), min_size=1, max_size=9).map(" ".join)
DISPLAY = st.sampled_from(
    ("CHAPTER I", "Chapter 2. Home", "The Night Boat", "Fig. 3 The quay", "7")
)
ENDS = st.sampled_from(("\n", "\n", ".\n\n", "\n\n", "\n\f", "\f", " \n\n\n"))
TEXT = st.lists(st.tuples(st.one_of(LINE, LINE, DISPLAY), ENDS), min_size=1, max_size=14).map(
    lambda rows: "".join(row + end for row, end in rows)
)
MARKS = st.sampled_from(("auto", "form-feed", "leading-space", "none"))
ROLES = ("title", "heading", "paragraph", "caption", "verse", "quote", "table", "dateline",
         "signature", "deck", "furniture")  # fmt: skip


def quoted(text: str) -> str:
    return json.dumps(text).replace("\x7f", "\\u007f")


@st.composite
def books(draw: st.DrawFn) -> Project:
    """One to three sources, decisions on some of their lines, and some errata."""
    count = draw(st.integers(1, 3))
    files = [(f"{n}.txt", draw(MARKS), draw(TEXT)) for n in range(count)]
    pages = read_dump([(n, t) for n, _, t in files], [m for _, m, _ in files])
    lines = [line for line in pages.lines() if line.text]
    blocks = []
    for line in lines and draw(
        st.lists(st.sampled_from(lines), max_size=4, unique_by=lambda line: line.number)
    ):
        role, own = draw(st.sampled_from(ROLES)), quoted(line.text)
        blocks.append(f'[[block]]\nlines = "{line.number}"\ntext = {own}\nrole = "{role}"\n')
    wanted = draw(st.sampled_from(("*both*", "“the”", "well-known", "1. x", "")))
    errata = ERRATUM.format(draw(st.integers(1, 9)), quoted(wanted))
    return project(files, layout="\n".join(blocks), errata=errata, lexicon="well-known\nseñor [es]")


# Ready to apply where “the ferry” stands on that line, and a fault where it does not.
ERRATUM = """[[erratum]]
id = "E1"
file = "0.txt"
line = {}
found = "the"
wanted = {}
context = "the ferry"
kind = "typo"
reason = "seen"
state = "accepted"
decided_by = "copy-editor"
decided_on = 2021-05-31
"""


def test_sources_of_nothing_but_folios_are_no_book() -> None:
    of = project([("0.txt", "auto", "1\n\f2\n\f3\n")])
    with pytest.raises(SourceError, match="no text in it but running heads and folios"):
        recovered(of)


def test_furniture_stays_where_its_rule_is_switched_off() -> None:
    off = BOOK + '[rules_off]\nFUR001 = "the numbers are the poem"\n'
    config = parse_book_toml(off + SOURCE.format("0.txt", "0" * 64, "auto"), "manuscript/book.toml")
    made = recovered(cast(Project, InMemory(config, (("0.txt", "1\n\f2\n\f3\n"),), {})))
    assert made.account.findings == ()
    assert "".join(made.files.values()).endswith("\n\n1\n\n2\n\n3\n")


@few
@given(books())
def test_every_character_of_any_source_is_accounted_for(of: Project) -> None:
    made = a_book(of)
    assert made.account.findings == ()
    assert {f.code[:3] for f in made.findings if f.severity is Severity.ERROR} <= {"ERR"}
    source = "".join(text for _, text in of.sources())
    assert made.account.source == len(letters(source))
    assert made.galley.unwound() == made.galley.source.text
    removed, added = (
        sum(getattr(e, k) for e in made.account.entries) for k in ("removed", "added")
    )
    assert made.account.source - removed + added == made.account.manuscript
    assert len(made.edits({"all"})) == sum(len(list(b.edits())) for b in made.galley.blocks)


@few
@given(books())
def test_the_same_sources_and_decisions_give_the_same_book(of: Project) -> None:
    one, two = a_book(of), a_book(of)
    assert one.files == two.files
    assert one.findings == two.findings
    assert list(one.files) == sorted(one.files)


@few
@given(books())
def test_every_line_of_any_source_leads_to_the_manuscript_or_says_why_not(of: Project) -> None:
    made = a_book(of)
    trails = Trails(made.shaped.chapters, made.galley, made.shaped.order, made.shaped.untitled)
    refuse_strangers(trails)
    for name, text in of.sources():
        for number, line in enumerate(text.split("\n"), 1):
            found = list(trails.of_line(name, number))
            assert bool(letters(line)) == bool(found)
            for trail in found:
                assert trail.source is not None
                assert trail.place is not None or trail.changes
