"""The bench of the review: its book is one that can be reviewed, and every step is measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import desk

from booktools.desk.desk import open_desk
from booktools.store import open_project


def test_every_suggestion_of_the_book_is_found(tmp_path: Path) -> None:
    made = desk.project(tmp_path, 60_000, 40)
    opened = open_desk(open_project(made), lambda step: None)
    assert len(opened.waiting("Ana")) == 40
    assert all(one.paragraph >= 0 for one in opened.stack.suggestions)
    assert not any(one.fault for one in opened.stack.suggestions)


def test_what_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.main(["--size", "40000", "--entries", "20", "--rounds", "2"]) == 0
    said = capsys.readouterr().out
    for step in ("until the page opens", "a decision, on disk", "a filter by state and kind"):
        assert step in said
