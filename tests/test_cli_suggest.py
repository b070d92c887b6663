"""`booktools errata suggest` on single texts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from booktools.cli.main import run

TEXT = (
    "The rnorning was cold, and tlie men went home.\n\nThey beleive him; she was in the the boat.\n"
)


def test_json_has_offsets_tokens_and_readings(tmp_path: Path) -> None:
    source, out = tmp_path / "one.txt", tmp_path / "out.json"
    source.write_text(TEXT)
    assert run(["errata", "suggest", str(source), "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    by_token = {one["token"]: one for one in found}
    assert by_token["rnorning"]["suggestions"][0] == "morning"
    assert by_token["beleive"]["suggestions"][0] == "believe"
    assert by_token["the the"]["suggestions"] == ["the"]
    for one in found:
        assert TEXT[one["start"] : one["end"]] == one["token"]
    assert [one["score"] for one in found] == sorted((o["score"] for o in found), reverse=True)


def test_the_listing_groups_families_and_gives_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "one.txt"
    source.write_text(TEXT + "Then tlie boat came.\n")
    assert run(["errata", "suggest", str(source)]) == 0
    said = capsys.readouterr().out
    assert "2 times: “tlie” → “the”" in said
    assert f"{source}:1:28" in said
    assert "in 4 families" in said


def test_a_missing_file_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["errata", "suggest", str(tmp_path / "none.txt")]) == 5
    assert "Traceback" not in capsys.readouterr().err


def test_a_language_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "one.txt"
    source.write_text(TEXT)
    assert run(["errata", "suggest", str(source), "--lang", "no language"]) == 2
    assert "is no language" in capsys.readouterr().err


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    source, pipe = tmp_path / "one.txt", tmp_path / "out"
    source.write_text(TEXT)
    os.mkfifo(pipe)
    with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        assert run(["errata", "suggest", str(source), "--json", str(pipe)]) == 0
        assert {one["token"] for one in json.loads(reader.read())} >= {"rnorning", "beleive"}
    assert pipe.is_fifo()
