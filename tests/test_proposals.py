"""The finder in a project: what it proposes, what the ledger and the lexicon keep silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from booktools.cli.main import run
from booktools.errata.ledger import parse_errata

SOURCE = (
    "A House\n\nThe rnorning was cold, and the men went home to eat.\n\n"
    "In the garden stood tlie old table, and Zarpo slept under it.\n"
)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run(["new", str(tmp_path / "book"), "--from", str(_dump(tmp_path))]) == 0
    monkeypatch.chdir(tmp_path / "book")
    return tmp_path / "book"


def _dump(folder: Path) -> Path:
    (folder / "one.txt").write_text(SOURCE)
    return folder / "one.txt"


def tokens(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert run(["errata", "suggest", "--json", "-"]) == 0
    return [one["token"] for one in json.loads(capsys.readouterr().out)]


def test_it_proposes_with_places_of_the_source(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {"rnorning", "tlie"} <= set(tokens(capsys))
    assert run(["errata", "suggest"]) == 0
    assert "one.txt:3:5" in capsys.readouterr().out


def test_written_entries_are_open_and_not_proposed_again(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted((book / "manuscript/text").iterdir())
    texts = [path.read_text() for path in before]
    assert run(["errata", "suggest", "--write"]) == 0
    ledger = (book / "manuscript/errata.toml").read_text()
    entries = {entry.found: entry for entry in parse_errata(ledger, "errata.toml")}
    entry = entries["rnorning"]
    assert (entry.wanted, entry.state.value, entry.rule) == ("morning", "open", "SPL001")
    assert "is in no list of words" in entry.reason
    assert tokens(capsys) == []
    assert run(["errata", "suggest", "--write"]) == 0
    assert (book / "manuscript/errata.toml").read_text() == ledger
    assert [path.read_text() for path in before] == texts
    assert run(["errata", "check"]) == 0


def test_a_rejected_entry_silences_as_long_as_its_context_stands(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["errata", "suggest", "--write"]) == 0
    ledger = book / "manuscript/errata.toml"
    (name,) = (e.id for e in parse_errata(ledger.read_text(), "x") if e.found == "tlie")
    assert run(["errata", "decide", name, "--reject", "--by", "ana", "--reason", "dialect"]) == 0
    assert tokens(capsys) == []
    ledger.write_text(ledger.read_text().replace("In the garden stood", "In a garden stood"))
    assert "tlie" in tokens(capsys)


def test_good_words_are_silent(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lexicon = book / "manuscript/lexicon.txt"
    lexicon.write_text("tlie\nrnorning\n")
    assert not {"tlie", "rnorning"} & set(tokens(capsys))


def test_what_a_correction_made_is_not_asked_about(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["errata", "suggest", "--write"]) == 0
    ledger = book / "manuscript/errata.toml"
    (name,) = (e.id for e in parse_errata(ledger.read_text(), "x") if e.found == "tlie")
    assert run(["errata", "decide", name, "--accept", "--wanted", "thte", "--by", "ana"]) == 0
    assert run(["recover"]) == 0
    assert "thte" not in tokens(capsys)


MANUSCRIPT = """\
# A House

The *rnorning* was cold, and the men went home to eat.

In the garden stood tlie old table, and nobody beleived it.
"""


@pytest.fixture
def own_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run(["new", str(tmp_path / "own"), "--title", "A House"]) == 0
    folder = tmp_path / "own"
    for path in (folder / "manuscript/text").iterdir():
        path.unlink()
    (folder / "manuscript/text/01-house.md").write_text(MANUSCRIPT)
    monkeypatch.chdir(folder)
    return folder


def test_a_manuscript_that_is_its_own_source_gets_entries(
    own_source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {"rnorning", "tlie", "beleived"} == set(tokens(capsys))
    assert run(["errata", "suggest", "--write"]) == 0
    ledger = own_source / "manuscript/errata.toml"
    entries = {entry.found: entry for entry in parse_errata(ledger.read_text(), "x")}
    assert set(entries) == {"rnorning", "tlie", "beleived"}
    tlie = entries["tlie"]
    assert (tlie.file, tlie.line, tlie.wanted) == ("manuscript/text/01-house.md", 5, "the")
    assert tokens(capsys) == []
    held = ledger.read_text()
    assert run(["errata", "suggest", "--write"]) == 0
    assert ledger.read_text() == held
    text = own_source / "manuscript/text/01-house.md"
    assert text.read_text() == MANUSCRIPT
    for entry in entries.values():
        assert run(["errata", "decide", entry.id, "--accept", "--by", "ana"]) == 0
    assert run(["errata", "apply"]) == 0
    right = MANUSCRIPT.replace("rnorning", "morning").replace("tlie", "the")
    assert text.read_text() == right.replace("beleived", "believed")
    assert tokens(capsys) == []
    assert run(["errata", "check"]) == 0
