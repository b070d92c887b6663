"""What a recovery asks waits in the ledgers: once, and people's entries stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from booktools import asking, fresh, pipeline
from booktools.arrange.asked import with_questions
from booktools.arrange.ledger import parse_layout
from booktools.asking import Entered
from booktools.errata.entry import State
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.newproject import Wishes
from booktools.recovery import Recovery
from booktools.store import Project, open_project

DUMP = """\
Chapter 1

The Quay

It was raining on the quay, and nobody could say when the ferry would
come. The harbour-
master had gone home, and his assistant slept in the shed behind it.

Chapter 2

The Road

but nothing came of it. And then they all walked away into the
"""


def quiet(step: str) -> None:
    pass


@pytest.fixture
def book(tmp_path: Path) -> Project:
    (tmp_path / "dump.txt").write_text(DUMP)
    begun = fresh.begin(
        str(tmp_path / "book"), [str(tmp_path / "dump.txt")], Wishes("", "en"), quiet
    )
    assert begun.made
    assert begun.entered == Entered(1, 1)
    return open_project(tmp_path / "book")


def again(book: Project) -> tuple[Recovery, Entered]:
    recovery = pipeline.recover(book, quiet)
    assert not recovery.fails, recovery.findings
    pipeline.write_manuscript(book, recovery)
    return recovery, asking.enter(book, recovery)


def ledger(book: Project, name: str) -> Path:
    return book.root / "manuscript" / name


def codes(recovery: Recovery) -> list[str]:
    return sorted(f.code for f in recovery.findings)


def test_questions_are_entered_once(book: Project) -> None:
    before = [ledger(book, name).read_text() for name in ("layout.toml", "errata.toml")]
    recovery, entered = again(book)
    assert entered == Entered(0, 0)
    assert codes(recovery) == ["ERR010", "HYP003", "LAY002"]
    assert before == [ledger(book, name).read_text() for name in ("layout.toml", "errata.toml")]
    (entry,) = pipeline.errata(book)
    assert (entry.id, entry.state, entry.rule) == ("Q001", State.OPEN, "HYP003")
    assert (entry.found, entry.wanted, entry.line) == ("harbourmaster", "harbour-master", 6)


def test_a_layout_question_is_answered_by_its_own_entry(book: Project) -> None:
    path = ledger(book, "layout.toml")
    text = path.read_text()
    assert not parse_layout(text, "layout.toml").breaks
    path.write_text(
        text.replace("# [[break]]", "[[break]]").replace("# line", "line").replace("# why", "why")
    )
    assert len(parse_layout(path.read_text(), "layout.toml").breaks) == 1
    recovery, entered = again(book)
    assert "LAY002" not in codes(recovery)
    assert entered == Entered(0, 0)


@pytest.mark.parametrize(
    ("state", "reads"), [("accepted", "harbour-master"), ("rejected", "harbourmaster")]
)
def test_a_hyphen_is_decided_in_the_errata(book: Project, state: str, reads: str) -> None:
    path = ledger(book, "errata.toml")
    decided = f'state = "{state}"\ndecided_by = "reader"\ndecided_on = 2026-01-02'
    head, mark, tail = path.read_text().rpartition('state = "open"')
    path.write_text(head + decided + tail)
    recovery, entered = again(book)
    assert mark
    assert codes(recovery) == ["LAY002"]
    assert entered == Entered(0, 0)
    assert any(reads in text for text in recovery.files.values())


def test_a_hyphen_is_answered_in_the_lexicon(book: Project) -> None:
    words = ledger(book, "lexicon.txt")
    words.write_text(words.read_text() + "harbour-master\n")
    recovery, entered = again(book)
    assert codes(recovery) == ["LAY002"]
    assert entered == Entered(0, 0)
    assert pipeline.errata(book) == ()
    assert any("harbour-master" in text for text in recovery.files.values())


def test_an_entry_that_somebody_changed_is_not_taken_out(book: Project) -> None:
    path = ledger(book, "errata.toml")
    path.write_text(path.read_text().replace('reason = "', 'reason = "I wonder: '))
    words = ledger(book, "lexicon.txt")
    words.write_text(words.read_text() + "harbour-master\n")
    again(book)
    assert "I wonder" in path.read_text()


def test_ids_and_text_of_people_stay(book: Project) -> None:
    path = ledger(book, "errata.toml")
    own = (
        '[[erratum]]\nid = "Q007"\nline = 5\nfound = "raining"\nwanted = "pouring"\n'
        'context = "was raining on"\nkind = "query"\nreason = "?"\nstate = "open"\n'
    )
    path.write_text("# mine\n" + own)
    _, entered = again(book)
    assert entered == Entered(0, 1)
    text = path.read_text()
    assert text.startswith("# mine\n" + own)
    assert [entry.id for entry in pipeline.errata(book)] == ["Q007", "Q008"]


def test_a_rule_that_is_off_asks_nothing(book: Project) -> None:
    toml = ledger(book, "book.toml")
    off = '[rules_off]\nHYP003 = "house style"\n\n[[sources]]'
    text = toml.read_text().replace("[[sources]]", off)
    toml.write_text(text)
    ledger(book, "errata.toml").write_text("")
    ledger(book, "layout.toml").write_text("")
    _, entered = again(open_project(book.root))
    assert entered == Entered(1, 0)


# --- layout.toml --------------------------------------------------------------------------


def question(excerpt: str = "words", entry: str = "[[break]]\nline = 3") -> Finding:
    return Finding("LAY002", Severity.WARNING, "ends?", Place("a.txt", 3), excerpt, entry=entry)


def test_questions_are_comments_only() -> None:
    odd = question("a\nb\x1b]]\u2028", '[[block]]\ntext = "x\\n"')
    text, count = with_questions("", [odd, question(), question(), question(entry="")])
    assert count == 2
    assert all(line.startswith("#") for line in text.splitlines() if line)
    assert parse_layout(text, "layout.toml").breaks == ()
    assert with_questions(text, [question(), odd]) == (text, 0)


def test_what_stands_there_stays() -> None:
    mine = '[[break]]\nline = 1\nwhy = "so"'
    text, count = with_questions(mine, [question()])
    assert count == 1
    assert text.startswith(mine + "\n\n# --- Questions")
    more, count = with_questions(text, [question("others")])
    assert count == 1
    assert more.startswith(text)
    assert more.count("# --- Questions") == 1


def test_no_question_leaves_the_ledger_alone() -> None:
    assert with_questions("\n\n# x", []) == ("\n\n# x", 0)
