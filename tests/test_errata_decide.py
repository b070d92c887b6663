"""Decisions in the ledger's text: only what was decided changes, all else byte for byte."""

from __future__ import annotations

import datetime
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools import store
from booktools.errata.decide import (
    Decision,
    add_entries,
    decide,
    decide_all,
    entry_version,
    fresh_ids,
    undo,
    version,
)
from booktools.errata.entry import Entry, Kind, Review, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.reviews import counted, disputes, voices
from booktools.errors import ConfigError, Conflict, ManuscriptError
from booktools.model.finding import Severity
from errata_galleys import entry

FILE = "manuscript/errata.toml"
DAY = datetime.date(2026, 3, 1)
LATER = datetime.date(2026, 3, 2)

TEXT = """\
# The errata.   Kept by hand.

[[erratum]]   # from the first round
id = "E1"
line = 3
found    =   'trapos' # sic
wanted = "traps"
context = "masses, trapos that"
kind = "ocr"
# the page is torn here
reason = "no word"
state = "open"  # ask Ana

[[erratum]]
id = "E2"
state = "rejected"
decided_by = "ana"
decided_on = 2026-01-02 # by mail
line = 5
found = "the the"
wanted = "the"
context = "in the the year"
kind = "typo"
reason = \"\"\"said twice\"\"\"
# the end
"""


def accepted(by: str = "ana", **more: object) -> Decision:
    return Decision(by, DAY, State.ACCEPTED, **more)  # type: ignore[arg-type]


def rejected(by: str = "ana", **more: object) -> Decision:
    return Decision(by, DAY, State.REJECTED, **more)  # type: ignore[arg-type]


def entry_of(text: str, id: str) -> Entry:
    return next(e for e in parse_errata(text, FILE) if e.id == id)


def test_only_the_decided_keys_change() -> None:
    made = decide(TEXT, "E1", accepted())
    assert made.text == TEXT.replace(
        'state = "open"  # ask Ana\n',
        'state = "accepted"  # ask Ana\ndecided_by = "ana"\ndecided_on = 2026-03-01\n',
    )
    assert made.version == version(made.text) != version(TEXT)


def test_another_reading_is_accepted_in_its_place() -> None:
    made = decide(TEXT, "E1", accepted(wanted="tramps"))
    assert entry_of(made.text, "E1").wanted == "tramps"
    assert "found    =   'trapos' # sic\nwanted = \"tramps\"\n" in made.text


def test_taking_a_decision_back_leaves_the_comment_behind_it() -> None:
    made = decide(TEXT, "E2", Decision("ana", DAY, State.OPEN, reason="I doubt it"))
    found = entry_of(made.text, "E2")
    assert (found.state, found.decided_by, found.decided_on) == (State.OPEN, "", None)
    assert 'id = "E2"\nstate = "open"\n# by mail\n' in made.text
    assert [review.state for review in found.reviews] == [State.REJECTED, State.OPEN]
    assert voices(found) == {}


def test_who_changes_a_decision_does_not_make_the_earlier_one_unsaid() -> None:
    made = decide(TEXT, "E2", accepted("ben", reason="a slip"))
    found = entry_of(made.text, "E2")
    assert (found.state, found.decided_by) == (State.ACCEPTED, "ben")
    assert found.reviews == (
        Review("ana", datetime.date(2026, 1, 2), State.REJECTED),
        Review("ben", DAY, State.ACCEPTED, reason="a slip"),
    )


def test_what_cannot_be_accepted_is_refused() -> None:
    with pytest.raises(ConfigError, match="stands there already"):
        decide(TEXT, "E1", accepted(wanted="trapos"))
    with pytest.raises(ConfigError, match="two spaces"):
        decide(TEXT, "E1", accepted(wanted=" traps"))
    with pytest.raises(ConfigError, match="has no entry E3"):
        decide(TEXT, "E3", accepted())
    for name in ("", "a\nb"):
        with pytest.raises(ConfigError, match="decided_by"):
            decide(TEXT, "E1", accepted(name))


def test_an_entry_that_was_changed_since_it_was_seen_is_a_conflict() -> None:
    seen = entry_version(entry_of(TEXT, "E1"))
    assert decide(TEXT, "E1", accepted(version=seen))
    changed = decide(TEXT, "E1", rejected("ben")).text
    with pytest.raises(Conflict, match=r"not what ana saw.*now rejected, ben"):
        decide(changed, "E1", accepted(version=seen))
    other = decide(TEXT, "E2", accepted("ben")).text
    assert decide(other, "E1", accepted(version=seen))


def test_entries_written_another_way_are_refused_with_their_line() -> None:
    rows = ", ".join(line for line in print_errata([entry_of(TEXT, "E1")]).splitlines()[1:])
    with pytest.raises(ConfigError, match="inside a list"):
        decide(f"erratum = [{{ {rows} }}]\n", "E1", accepted())
    own = TEXT.split('\n\n[[erratum]]\nid = "E2"')[0] + (
        '\n[[erratum.reviews]]\nby = "b"\non = 2026-01-01\nstate = "rejected"\n'
    )
    with pytest.raises(ConfigError, match="written as tables") as caught:
        decide(own, "E1", accepted("c", reason="so"))
    assert caught.value.place is not None
    assert caught.value.place.line == 13


def test_undo_gives_the_bytes_back() -> None:
    made = decide_all(TEXT, {"E1": accepted(), "E2": accepted("ben")})
    text = made.text
    for change in reversed(made.changes):
        text = undo(text, change).text
    assert text == TEXT


def test_undo_after_somebody_else_is_a_conflict() -> None:
    made = decide(TEXT, "E1", accepted())
    changed = decide(made.text, "E1", rejected("ben"))
    with pytest.raises(Conflict, match="changed since"):
        undo(changed.text, made.changes[0])
    beside = decide(made.text, "E2", accepted("ben"))
    assert undo(beside.text, made.changes[0]).text == decide(TEXT, "E2", accepted("ben")).text


@pytest.mark.parametrize("text", ["", TEXT, TEXT.rstrip("\n"), TEXT + "\n", "# nothing yet\n"])
def test_an_entry_is_added_at_the_end_and_taken_out_again(text: str) -> None:
    new = entry("E9", 9, "a", "b", "x a y")
    made = add_entries(text, (new,))
    assert made.text.startswith(text)
    assert entry_of(made.text, "E9") == new
    assert undo(made.text, made.changes[0]).text.rstrip("\n") == text.rstrip("\n")
    with pytest.raises(ConfigError, match="entry on line"):
        add_entries(made.text, (new,))


def test_fresh_ids_go_on_behind_the_highest() -> None:
    entries = [entry(id, 1, "a", "b", "a") for id in ("E009", "E010", "Q77", "E-x")]
    assert fresh_ids(entries, 2) == ("E011", "E012")
    assert fresh_ids((), 1, "S") == ("S001",)


# --- two people -----------------------------------------------------------------------


def test_with_two_reviewers_one_is_not_enough() -> None:
    one = decide(TEXT, "E1", accepted("ana"), required=2)
    found = entry_of(one.text, "E1")
    assert found.state is State.OPEN
    assert found.reviews == (Review("ana", DAY, State.ACCEPTED),)
    again = entry_of(decide(one.text, "E1", accepted(" Ana "), required=2).text, "E1")
    assert again.state is State.OPEN
    two = entry_of(decide(one.text, "E1", accepted("ben"), required=2).text, "E1")
    assert (two.state, two.decided_by) == (State.ACCEPTED, "ben")
    assert [review.by for review in two.reviews] == ["ana", "ben"]


def test_with_two_reviewers_both_must_want_the_same_reading() -> None:
    text = decide(TEXT, "E1", accepted("ana", wanted="tramps"), required=2).text
    text = decide(text, "E1", accepted("ben"), required=2).text
    found = entry_of(text, "E1")
    assert (found.state, found.wanted) == (State.OPEN, "traps")
    (finding,) = disputes([found], 2)
    assert (finding.code, finding.severity) == ("ERR011", Severity.WARNING)
    assert "ana wants “tramps”; ben wants “traps”" in finding.message
    found = entry_of(decide(text, "E1", accepted("cleo", wanted="tramps"), required=2).text, "E1")
    assert (found.state, found.wanted, found.decided_by) == (State.ACCEPTED, "tramps", "cleo")
    assert {r.by: r.wanted for r in found.reviews} == {"ana": None, "ben": "traps", "cleo": None}
    assert disputes([found], 2)[0].severity is Severity.NOTE
    assert disputes([found], 1) == ()


def test_a_third_voice_does_not_unsettle_what_two_decided() -> None:
    text = TEXT
    for by in ("ana", "ben"):
        text = decide(text, "E1", accepted(by), required=2).text
    third = entry_of(decide(text, "E1", rejected("cleo"), required=2).text, "E1")
    assert (third.state, third.decided_by, len(third.reviews)) == (State.ACCEPTED, "ben", 3)
    minds = entry_of(decide(text, "E1", rejected("ben"), required=2).text, "E1")
    assert minds.state is State.OPEN


def test_what_one_person_decided_counts_as_open_where_two_must() -> None:
    entries = parse_errata(decide(TEXT, "E1", accepted()).text, FILE)
    assert counted(entries, 1) == entries
    assert [e.state for e in counted(entries, 2)] == [State.OPEN, State.OPEN]
    assert all(e.reviews and not e.decided_by for e in counted(entries, 2))
    both = parse_errata(decide(print_errata(entries), "E1", accepted("ben"), 2).text, FILE)
    assert counted(both, 2)[0].state is State.ACCEPTED


def test_what_somebody_says_again_is_no_second_review() -> None:
    once = decide(TEXT, "E1", accepted())
    assert decide(once.text, "E1", accepted(" Ana ")).text == once.text
    assert decide(once.text, "E1", Decision("ana", LATER, State.ACCEPTED)).text == once.text
    why = decide(once.text, "E1", accepted(reason="see page 12"))
    assert [r.reason for r in entry_of(why.text, "E1").reviews] == ["", "see page 12"]
    assert decide(why.text, "E1", accepted(reason="see page 12")).text == why.text
    other = decide(once.text, "E1", accepted(wanted="tramps"))
    assert entry_of(other.text, "E1").wanted == "tramps"
    back = decide(TEXT, "E1", Decision("ana", DAY, State.OPEN))
    assert back.text == TEXT  # nothing was said that could be taken back


def test_of_two_reviewers_each_has_one_review() -> None:
    one = decide(TEXT, "E1", accepted("ana"), required=2)
    assert decide(one.text, "E1", accepted("ana"), required=2).text == one.text
    two = decide(one.text, "E1", accepted("ben"), required=2)
    for by in ("ana", "ben"):
        assert decide(two.text, "E1", accepted(by), required=2).text == two.text
    # Three had to agree once, and now two: saying it again settles it.
    waits = decide(one.text, "E1", accepted("ben"), required=3)
    assert entry_of(waits.text, "E1").state is State.OPEN
    settled = entry_of(decide(waits.text, "E1", accepted("ana"), required=2).text, "E1")
    assert (settled.state, len(settled.reviews)) == (State.ACCEPTED, 2)


# --- laws -----------------------------------------------------------------------------

_PEOPLE = st.sampled_from(["ana", "Ana", "ben", "cleo"])
_DECISIONS = st.builds(
    Decision,
    by=_PEOPLE,
    on=st.sampled_from([DAY, LATER]),
    state=st.sampled_from(State),
    wanted=st.sampled_from([None, "traps", 'tr"a\\ps', "", "ein  Wort"]),
    reason=st.sampled_from(["", "so", 'a "b" é']),
)


@given(st.lists(st.tuples(st.sampled_from(["E1", "E2"]), _DECISIONS), max_size=6),
       st.integers(1, 3))  # fmt: skip
def test_all_that_people_wrote_round_the_decisions_stays(
    decisions: list[tuple[str, Decision]], required: int
) -> None:
    text, changes = TEXT, []
    for id, decision in decisions:
        try:
            made = decide(text, id, decision, required)
        except ConfigError:
            continue
        text, changes = made.text, [*changes, *made.changes]
        found = entry_of(text, id)
        said = [(r.by, r.state) for r in found.reviews] or [(found.decided_by, found.state)]
        own = decision.by.casefold(), decision.state
        heard = own in [(by.casefold(), state) for by, state in said]
        assert heard or decision.state is State.OPEN is found.state
        if found.state is not State.OPEN:
            assert len(voices(found)) >= required or required == 1
    for comment in re.findall(r"#.*", TEXT):
        assert comment in text
    assert [e.id for e in parse_errata(text, FILE)] == ["E1", "E2"]
    for change in reversed(changes):
        text = undo(text, change).text
    assert text == TEXT


# --- on disk --------------------------------------------------------------------------


def test_people_who_decide_at_once_lose_nothing(tmp_path: Path) -> None:
    count = 8
    entries = [Entry(f"E{n}", n + 1, "a", "b", "x a", Kind.TYPO, "so") for n in range(count)]
    (tmp_path / "manuscript").mkdir()
    (tmp_path / FILE).write_text(print_errata(entries))

    def work(n: int) -> None:
        store.edit_ledger(tmp_path, FILE, lambda text: decide(text, f"E{n}", accepted()).text)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = parse_errata((tmp_path / FILE).read_text(), FILE)
    assert [e.state for e in found] == [State.ACCEPTED] * count


def test_a_refused_decision_leaves_the_file(tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / FILE).write_text(TEXT)
    with pytest.raises(ConfigError):
        store.edit_ledger(tmp_path, FILE, lambda text: decide(text, "E9", accepted()).text)
    assert (tmp_path / FILE).read_text() == TEXT
    assert [p.name for p in (tmp_path / "manuscript").iterdir()] == ["errata.toml"]


def test_the_lock_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    from booktools.store.lock import ledger_lock

    with (
        ledger_lock(tmp_path),
        pytest.raises(ManuscriptError, match="too long"),
        ledger_lock(tmp_path, patience=0.05),
    ):
        pass


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_stay_as_they_are_on_disk(tmp_path: Path, end: str, mark: str) -> None:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / FILE).write_bytes((mark + TEXT.replace("\n", end)).encode())
    store.edit_ledger(tmp_path, FILE, lambda text: decide(text, "E1", accepted()).text)
    wanted = decide(TEXT, "E1", accepted()).text
    assert (tmp_path / FILE).read_bytes() == (mark + wanted.replace("\n", end)).encode()


def test_mixed_line_ends_stay_on_the_lines_that_stay(tmp_path: Path) -> None:
    raw = "# a\r\n# b\n# c\r\n" + TEXT
    (tmp_path / "manuscript").mkdir()
    (tmp_path / FILE).write_bytes(raw.encode())
    store.edit_ledger(tmp_path, FILE, lambda text: decide(text, "E2", accepted()).text)
    after = (tmp_path / FILE).read_bytes().decode()
    assert after.startswith(raw[: raw.index('state = "rej')])
    assert after.endswith("# the end\n")


def test_a_ledger_that_is_not_there_comes_into_being(tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    new = replace(entry("E1", 1, "a", "b", "a"), rule="SPL001", family="F1")
    store.edit_ledger(tmp_path, FILE, lambda text: add_entries(text, (new,)).text)
    assert parse_errata((tmp_path / FILE).read_text(), FILE) == (new,)
