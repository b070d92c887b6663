"""The errata of a manuscript that is its own source: each correction once, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.born import Settled, settle, unmade
from booktools.errata.concordance import Folded
from booktools.errata.entry import Entry, Review, State
from booktools.manuscript.raw import Passage, manuscript_galley, written
from booktools.model.finding import Severity
from booktools.model.galley import Galley
from errata_galleys import DAY, entry

MD = "manuscript/text/01-a.md"


def passages(text: str) -> list[Passage]:
    """Plain paragraphs, a line each."""
    return [
        Passage(MD, line, (0,), (number,))
        for number, line in enumerate(text.split("\n"), 1)
        if line
    ]


def galley(text: str) -> Galley:
    return manuscript_galley({MD: text}, passages(text))


def settled(text: str, entries: Sequence[Entry]) -> Settled:
    return settle(galley(text), entries)


def corrected(text: str, entries: Sequence[Entry]) -> str:
    """The text with all that is due made."""
    book = galley(text)
    by_id = {one.id: one for one in entries}
    changes = []
    for id, spot in settle(book, entries).due.items():
        span = Folded(book.blocks[spot.block].text).span(spot.start, spot.end)
        changes.append((spot.block, span, by_id[id].due))
    return written(book, changes)[MD]


TEXT = "A day of May.\n\nThey came to teh sea.\n\nNobody came.\n\nNobody came.\n"
TEH = entry("E1", 3, "teh", "the", "came to teh sea")


def test_pending_then_done_then_lost() -> None:
    first = settled(TEXT, [TEH])
    assert (set(first.pending), [f.code for f in first.findings]) == ({"E1"}, ["ERR012"])
    text = corrected(TEXT, [TEH])
    assert text == TEXT.replace("teh", "the")
    second = settled(text, [TEH])
    assert (set(second.done), second.findings) == ({"E1"}, ())
    assert corrected(text, [TEH]) == text
    gone = settled(text.replace("the sea", "a sea"), [TEH])
    assert [f.code for f in gone.findings] == ["ERR001"]


@pytest.mark.parametrize(("line", "after"), [(5, "Somebody"), (7, "Somebody")])
def test_the_line_tells_like_sentences_apart_for_ever(line: int, after: str) -> None:
    one = entry("E1", line, "Nobody", after, "Nobody came")
    text = corrected(TEXT, [one])
    assert text.split("\n")[line - 1] == "Somebody came."
    assert text.count("Nobody") == 1
    assert corrected(text, [one]) == text
    assert set(settled(text, [one]).done) == {"E1"}
    moved = "New.\n\n" * 3 + text
    assert corrected(moved, [one]).count("Nobody") == 1


def test_between_a_wrong_and_a_right_reading_nothing_is_guessed() -> None:
    text = "x\n" * 20 + "Teh end.\n\nThe end.\n"
    one = entry("E1", 3, "Teh", "The", "Teh end")
    assert [f.code for f in settled(text, [one]).findings] == ["ERR002"]
    there = entry("E1", 21, "Teh", "The", "Teh end")
    assert set(settled(text, [there]).pending) == {"E1"}


def test_a_reading_that_holds_the_other() -> None:
    more = entry("E1", 3, "came", "came down", "They came")
    text = corrected(TEXT, [more])
    assert "They came down to" in text
    assert corrected(text, [more]) == text
    less = entry("E2", 3, "came down", "came", "They came down")
    assert corrected(text, [less]) == TEXT


def test_open_and_rejected_entries_change_nothing() -> None:
    one = entry("Q1", 3, "teh", "the", "to teh sea", state=State.OPEN)
    two = entry("R1", 3, "teh", "ten", "to teh sea", state=State.REJECTED)
    found = settled(TEXT, [one, two])
    assert [f.code for f in found.findings] == ["ERR010"]
    assert set(found.others) == {"Q1", "R1"}
    assert corrected(TEXT, [one, two]) == TEXT
    assert settled(TEXT.replace("teh", "any"), [two]).findings == ()


def reverted(one: Entry) -> Entry:
    """An entry that one person accepted and another rejected later."""
    said = Review("ana", DAY, State.ACCEPTED), Review("ben", DAY, State.REJECTED)
    return replace(one, state=State.REJECTED, decided_by="ben", decided_on=DAY, reviews=said)


def test_what_was_made_and_reverted_is_to_be_taken_back() -> None:
    back = reverted(TEH)
    text = corrected(TEXT, [TEH])
    found = settled(text, [back])
    assert (set(found.back), found.pending, found.done) == ({"E1"}, {}, {})
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("ERR013", Severity.ERROR)
    assert "E1: rejected, but the manuscript still has “the”, not “teh”" in finding.message
    assert corrected(text, [back]) == TEXT
    assert settled(TEXT, [back]).findings == ()
    # Who wrote the text may write what was proposed: nobody made it as a correction.
    never = replace(back, reviews=())
    assert (settled(text, [never]).back, settled(text, [never]).findings) == ({}, ())


def test_what_another_correction_has_made_since_is_not_taken_back() -> None:
    later = entry("E2", 3, "to the sea", "to the shore", "They came to the sea", at=9)
    entries = [reverted(TEH), later]
    found = settled(corrected(TEXT, [TEH]), entries)
    assert (found.back, set(found.pending)) == ({}, {"E2"})
    text = corrected(corrected(TEXT, [TEH]), entries)
    assert "They came to the shore." in text
    assert corrected(text, entries) == text


def test_another_reading_takes_the_place_of_the_one_that_was_made() -> None:
    text = corrected(TEXT, [TEH])
    said = Review("ana", DAY, State.ACCEPTED, "the"), Review("ben", DAY, State.ACCEPTED)
    other = replace(TEH, wanted="thy", reviews=said)
    assert set(settled(text, [other]).pending) == {"E1"}
    assert corrected(text, [other]) == TEXT.replace("teh", "thy")
    assert corrected(TEXT, [other]) == TEXT.replace("teh", "thy")


def test_an_open_entry_that_was_made_is_asked_about() -> None:
    text = corrected(TEXT, [TEH])
    plain = replace(TEH, state=State.OPEN, decided_by="", decided_on=None)
    assert settled(text, [plain]).findings == ()  # the author saw to it
    again = replace(plain, reviews=(Review("ana", DAY, State.ACCEPTED),))
    (finding,) = settled(text, [again]).findings
    assert (finding.code, finding.severity) == ("ERR010", Severity.NOTE)
    assert "open, though the manuscript has “the” for “teh”" in finding.message


def test_corrections_can_be_seen_as_made_just_now() -> None:
    text = corrected(TEXT, [TEH])
    book = galley(text)
    rows = [passage.text for passage in passages(text)]
    applied = unmade(rows, book, settle(book, [TEH]), [TEH])
    number, span = applied.places["E1"]
    block = applied.galley.blocks[number]
    assert block.text[span.start : span.end] == "the"
    assert block.raw == "They came to teh sea."
    assert applied.galley.unwound() == "".join(passage.text for passage in passages(TEXT))


# --- laws -----------------------------------------------------------------------------

_WORDS = ["a", "the", "sea", "came", "to", "end", "day,", "it"]


@st.composite
def books(draw: st.DrawFn) -> tuple[str, list[Entry]]:
    """Paragraphs with marked words that stand once, and a correction for each of some."""
    count = draw(st.integers(1, 5))
    lines, entries = [], []
    for number in range(count):
        words = draw(st.lists(st.sampled_from(_WORDS), min_size=3, max_size=8))
        at = draw(st.integers(0, len(words) - 1))
        words[at] = f"wrong{number}"
        lines.append(" ".join(words))
        low, high = max(0, at - draw(st.integers(0, 3))), at + 1 + draw(st.integers(0, 3))
        context = " ".join(words[low:high])
        wanted = draw(
            st.sampled_from([f"right{number}", f"wrong{number} next{number}", f"day{number} two"])
        )
        line = 2 * number + 1 + draw(st.integers(0, 3))
        entries.append(entry(f"E{number}", line, words[at], wanted, context, at=number))
    return "\n\n".join(lines) + "\n", entries


@given(books(), st.randoms(use_true_random=False))
def test_every_correction_is_made_once_whatever_their_order(
    book: tuple[str, list[Entry]], chance: object
) -> None:
    text, entries = book
    once = corrected(text, entries)
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert corrected(text, shuffled) == once
    one_by_one = text
    for one in shuffled:
        one_by_one = corrected(one_by_one, [one])
    assert one_by_one == once
    assert corrected(once, entries) == once
    assert set(settled(once, entries).done) == {one.id for one in entries}
    meant = text
    for one in entries:
        meant = meant.replace(one.found, one.wanted)
    assert once == meant


@given(books())
def test_corrections_taken_back_give_the_text_before(book: tuple[str, list[Entry]]) -> None:
    text, entries = book
    after = corrected(text, entries)
    back = [
        entry(one.id, one.line, one.wanted, one.found, one.corrected, at=number)
        for number, one in enumerate(entries)
        if one.corrected.count(one.wanted) == 1
    ]
    if len(back) == len(entries):
        assert corrected(after, back) == text


@given(books(), st.data())
def test_corrections_that_are_reverted_give_the_text_before(
    book: tuple[str, list[Entry]], data: st.DataObject
) -> None:
    text, entries = book
    gone = data.draw(st.sets(st.sampled_from([one.id for one in entries])))
    after = corrected(text, entries)
    now = [reverted(one) if one.id in gone else one for one in entries]
    back = corrected(after, now)
    assert back == corrected(text, [one for one in entries if one.id not in gone])
    assert corrected(back, now) == back
    assert settled(back, now).findings == ()
    assert corrected(back, entries) == after
