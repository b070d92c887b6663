"""What `make bench-errata` says of the finder's peers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bench import finder
from bench.finder import Tally, page, score
from bench.spellers import PEERS, Flag, Peer

GOLD = {"errors": [{"s": 4, "e": 9, "right": "small", "real": False}], "ignore": [[12, 13]]}
TEXT = "The smoll man, ad he.\n"


def test_a_peer_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = replace(PEERS[0], name="a speller", module="no_such_module")
    assert not gone.installed()
    monkeypatch.setattr(finder, "SYSTEMS", (gone,))
    assert "Not installed where this was made: a speller." in page({}, {}, [])


def test_a_program_that_is_not_there_is_none() -> None:
    assert not Peer("x", PEERS[0].system, program="no-such-program-at-all").installed()


def test_the_row_of_the_book_left_out_stands_below_the_finder() -> None:
    tally = Tally(errors=2, found=1, flags=1, first=1)
    said = page({"scan, en": {"finder": tally}}, {"scan, en": [0.5] * 6}, [])
    assert "| finder | 1.000 | 0.500 |" in said
    assert "| finder, book left out | 0.500 |" in said


def test_flags_are_scored_by_the_places_that_they_meet() -> None:
    flags: list[Flag] = [(4, 9, ("small",), 0.9), (12, 13, (), 0.8), (15, 17, ("and",), 0.7)]
    tally = Tally()
    score(TEXT, GOLD, flags, tally)
    assert (tally.found, tally.first, tally.flags, tally.wrong) == (1, 1, 2, 1)
