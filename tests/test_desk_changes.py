"""What happens elsewhere during a review: a text that changes, a copy that is not ready yet."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from booktools.desk import compositor
from booktools.desk.desk import Desk, open_desk
from booktools.engines.web import Refused
from booktools.errata.ledger import parse_errata
from booktools.errors import SourceError
from booktools.store import open_project
from review_book import LEDGER, ledger_of, make_book
from test_desk import born, decide, entries, own_correction


def opened(folder: Path, **how: Any) -> Desk:
    return open_desk(make_book(folder), lambda step: None, **how)


def settled(desk: Desk) -> Desk:
    """The desk, when the text that is on disk now is laid out or could not be."""
    desk.get("news", {})
    end = time.monotonic() + 10
    while desk.compositor.working:
        assert time.monotonic() < end
        time.sleep(0.01)
    desk.get("news", {})
    return desk


def titled(folder: Path, title: str) -> None:
    file = folder / "manuscript/book.toml"
    file.write_text(file.read_text("utf-8").replace("The Harbour", title), "utf-8")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Nothing is laid out until this is called."""
    go = threading.Event()
    real = compositor.lay_out

    def slowly(*given: Any) -> Any:
        assert go.wait(10)
        return real(*given)

    monkeypatch.setattr(compositor, "lay_out", slowly)
    return go.set


def test_decisions_need_not_wait_for_a_long_book(tmp_path: Path, held: Callable[[], None]) -> None:
    desk = opened(tmp_path, patience=0.01)
    about = desk.get("overview", {"who": "Ana"})
    assert (about["edition"], about["total"], about["chapters"]) == (0, 7, [])
    assert about["laying"]
    card = desk.get("entry", {"id": "E001", "who": "Ana"})
    assert card["unlaid"]
    assert (card["before"], card["found"], card["after"]) == ("lay still under ", "teh", " moon")
    assert (card["lines"], card["forms"], card["fault"]) == ([], [], "")
    before = [one["id"] for one in desk.get("list", {"order": "book"})["items"]]
    decide(desk, "E001")
    assert entries(tmp_path)["E001"].accepted
    with pytest.raises(Refused, match="try again in a moment") as said:
        desk.post("correct", {"paragraph": 2, "start": 0, "end": 3, "found": "The", "who": "Ana"})
    assert said.value.body["moved"]
    held()
    about = settled(desk).get("overview", {"who": "Ana"})
    assert (about["edition"], about["laying"], len(about["chapters"])) == (1, "", 2)
    card = desk.get("entry", {"id": "E001", "who": "Ana"})
    assert (card["unlaid"], card["state"], bool(card["lines"])) == (False, "accepted", True)
    assert [one["id"] for one in desk.get("list", {"order": "book"})["items"]] == before
    own_correction(desk, "rail", "railing")


def test_a_text_that_cannot_be_read_is_told_at_the_start(tmp_path: Path) -> None:
    project = make_book(tmp_path)
    (tmp_path / "manuscript/source/harbour.txt").write_text("Another text.\n", "utf-8")
    with pytest.raises(SourceError, match="SHA-256"):
        open_desk(project, lambda step: None, 5.0)


def test_a_fault_of_our_own_is_not_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise KeyError("a mistake")

    desk = opened(tmp_path)
    monkeypatch.setattr(compositor, "lay_out", broken)
    titled(tmp_path, "The Quay")
    assert "fault of its own: KeyError" in settled(desk).get("news", {})["trouble"]
    with pytest.raises(KeyError):
        open_desk(open_project(tmp_path), lambda step: None)


def test_a_text_that_is_changed_on_disk_is_read_again(tmp_path: Path) -> None:
    desk = born(tmp_path)
    assert desk.get("news", {})["edition"] == 1
    file = tmp_path / "manuscript/text/02-lamp.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("His lamp", "Then the lamp"), "utf-8")
    with pytest.raises(Refused, match="read again") as said:
        own_correction(desk, "lamp", "lantern", number=3)
    assert said.value.body["moved"]
    assert settled(desk).get("news", {})["edition"] == 2
    with pytest.raises(Refused, match="not what this page shows"):
        desk.post("correct", {"paragraph": 3, "start": 24, "end": 28, "found": "lamp",
                              "wanted": "lantern", "who": "Ana"})  # fmt: skip
    own_correction(desk, "lamp", "lantern", number=3)
    assert entries(tmp_path)["E003"].context == "keeper climbed. Then the lamp was out."
    # a new chapter, one that is gone, and a file that is only touched
    (tmp_path / "manuscript/text/03-end.md").write_text("# The end\n\nThe sea.\n", "utf-8")
    assert len(settled(desk).get("overview", {})["chapters"]) == 3
    (tmp_path / "manuscript/text/03-end.md").unlink()
    assert len(settled(desk).get("overview", {})["chapters"]) == 2
    edition = desk.get("news", {})["edition"]
    file.write_bytes(file.read_bytes())
    own_correction(settled(desk), "keeper", "warden", number=3)
    assert desk.get("news", {})["edition"] == edition


def test_what_is_decided_of_the_project_counts_at_once(tmp_path: Path) -> None:
    """`required_reviews`, the layout and the title are read again, as after `git checkout`."""
    desk = opened(tmp_path)
    titled(tmp_path, "The Quay")
    file = tmp_path / "manuscript/book.toml"
    file.write_text(f"required_reviews = 2\n{file.read_text('utf-8')}", "utf-8")
    about = settled(desk).get("overview", {"who": "Ana"})
    assert (about["title"], about["required"]) == ("The Quay", 2)
    decide(desk, "E001")
    assert entries(tmp_path)["E001"].state.value == "open"
    (tmp_path / "manuscript/layout.toml").write_text(
        '[[block]]\nlines = "25-27"\nrole = "furniture"\n'
        'text = "The traps were full again. Nobody in the harbour re-"\n', "utf-8")  # fmt: skip
    settled(desk)
    copy = desk.laid.copy
    assert not any("traps were full" in paragraph.text for paragraph in copy.paragraphs)


def test_a_text_that_becomes_unreadable_stays_as_it_was(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    source = tmp_path / "manuscript/source/harbour.txt"
    text = source.read_text("utf-8")
    source.write_text(f"{text}More.\n", "utf-8")
    assert "SHA-256" in settled(desk).get("news", {})["trouble"]
    assert desk.get("entry", {"id": "E001"})["lines"]
    decide(desk, "E001")
    with pytest.raises(Refused, match="changed on disk"):
        own_correction(desk, "rail", "railing")
    source.write_text(text, "utf-8")
    assert settled(desk).get("news", {})["trouble"] == ""
    own_correction(desk, "rail", "railing")


def test_another_ledger_is_seen_at_once(tmp_path: Path) -> None:
    """As after `git checkout` of another branch: nothing is decided that nobody saw."""
    desk = opened(tmp_path)
    seen = desk.get("entry", {"id": "E002"})["version"]
    before = desk.get("news", {})["ledger"]
    file = tmp_path / "manuscript/errata.toml"
    file.write_text(LEDGER.replace('wanted = "traps"', 'wanted = "pots"'), "utf-8")
    assert desk.get("news", {})["ledger"] != before
    with pytest.raises(Refused, match="changed meanwhile"):
        desk.post("decide", {"id": "E002", "version": seen, "answer": "accept", "who": "Ana"})
    decide(desk, "E002")
    (entry,) = [e for e in parse_errata(ledger_of(tmp_path), "") if e.id == "E002"]
    assert (entry.wanted, entry.accepted) == ("pots", True)
    file.unlink()
    assert desk.get("overview", {})["total"] == 0
