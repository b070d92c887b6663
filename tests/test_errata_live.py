"""The ledger held open says what the ledger read anew says, and costs what is changed."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.decide import Decision, decide, decide_all, undo
from booktools.errata.entry import Entry, Kind, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.live import Live, opened
from booktools.errors import ConfigError, Conflict

DAY = datetime.date(2026, 3, 1)
FILE = "manuscript/errata.toml"


def entry(number: int, found: str = "teh") -> Entry:
    return Entry(
        f"E{number:03}",
        number,
        found,
        "the",
        f"some words before {found} and number {number}",
        Kind.TYPO,
        "“teh” is no word.",
    )


def ledger(count: int) -> str:
    head = "# What we agreed on.\n\n"
    parts = [print_errata((entry(n),)) + f"# after {n}\n" for n in range(1, count + 1)]
    return head + "\n".join(parts)


def yes(by: str = "Ana", version: str = "") -> Decision:
    return Decision(by, DAY, State.ACCEPTED, version=version)


def test_its_text_is_the_text_it_was_opened_with() -> None:
    text = ledger(4)
    live = opened(text, FILE)
    assert live.text == text
    assert live.entries == parse_errata(text, FILE)


def test_an_empty_ledger() -> None:
    assert opened("", FILE) == Live()
    live, changes = Live().added([entry(1)], FILE)
    assert parse_errata(live.text, FILE) == (entry(1),)
    assert live.undone(changes, FILE).text == ""


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5, unique=True), st.booleans())
def test_deciding_a_part_is_deciding_the_whole(ids: list[int], accept: bool) -> None:
    text = ledger(6)
    said = Decision("Ana", DAY, State.ACCEPTED if accept else State.REJECTED)
    decisions = {f"E{n:03}": said for n in ids}
    live, changes = opened(text, FILE).decided(decisions, 1, FILE)
    whole = decide_all(text, decisions)
    assert live.text == whole.text
    assert live.entries == parse_errata(whole.text, FILE)
    assert live.undone(changes, FILE).text == text


def test_adding_after_an_end_without_a_line_end_and_taking_it_back() -> None:
    for text in (ledger(1), ledger(1).rstrip("\n"), ledger(1) + "\n", ledger(1) + "\n\n"):
        live, changes = opened(text, FILE).added([entry(7), entry(8)], FILE)
        assert [e.id for e in live.entries] == ["E001", "E007", "E008"]
        assert live.entries == parse_errata(live.text, FILE)
        assert opened(live.undone(changes, FILE).text, FILE).entries == opened(text, FILE).entries


def test_an_id_is_not_given_twice() -> None:
    with pytest.raises(ConfigError, match="E001"):
        opened(ledger(2), FILE).added([entry(1)], FILE)


def test_what_was_changed_meanwhile_is_not_overwritten() -> None:
    live = opened(ledger(3), FILE)
    seen = live.pieces[1].version
    after, changes = live.decided({"E002": yes("Ana", seen)}, 1, FILE)
    with pytest.raises(Conflict, match="Ben"):
        after.decided({"E002": yes("Ben", seen)}, 1, FILE)
    again, _ = after.decided({"E002": Decision("Ben", DAY, State.REJECTED)}, 1, FILE)
    with pytest.raises(Conflict, match="E002"):
        again.undone(changes, FILE)
    with pytest.raises(Conflict, match="E009"):
        live.decided({"E009": yes()}, 1, FILE)


@given(st.integers(0, 5), st.sampled_from(["decide", "undo", "drop", "add", "comment", "all"]))
def test_catching_up_is_reading_anew(number: int, how: str) -> None:
    text = ledger(6)
    live = opened(text, FILE)
    id = f"E{number + 1:03}"
    decided = decide(text, id, yes())
    other = {
        "decide": decided.text,
        "undo": undo(decided.text, decided.changes[0]).text,
        "drop": text.replace(live.pieces[number].stanza, ""),
        "add": text + "\n" + print_errata((entry(9),)),
        "comment": text.replace(f"# after {number + 1}", "# something else\n\n# here"),
        "all": print_errata([entry(n) for n in (8, 9)]),
    }[how]
    caught = live.caught_up(other, FILE)
    fresh = opened(other, FILE)
    assert caught.text == other
    assert [p.entry for p in caught.pieces] == [p.entry for p in fresh.pieces]
    assert [p.stanza for p in caught.pieces] == [p.stanza for p in fresh.pieces]
    assert caught.caught_up(text, FILE).entries == live.entries


def test_catching_up_with_what_is_no_ledger_says_where() -> None:
    text = ledger(3)
    with pytest.raises(ConfigError) as said:
        opened(text, FILE).caught_up(text.replace('id = "E002"', 'id = "E 2"'), FILE)
    assert said.value.place is not None
    assert said.value.place.line == text[: text.index("E002")].count("\n") + 1
    with pytest.raises(ConfigError, match="E001"):
        opened(text, FILE).caught_up(text.replace("E003", "E001"), FILE)


def test_a_decision_among_five_thousand_is_quick() -> None:
    live = opened(print_errata([entry(n) for n in range(1, 5001)]), FILE)
    start = time.perf_counter()
    after, _ = live.decided({"E2500": yes()}, 1, FILE)
    after.caught_up(live.text, FILE)
    assert time.perf_counter() - start < 0.5
