"""Changes by hand become entries that make them again; what cannot be one is told."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.apply import Applied, apply_errata
from booktools.errata.capture import Captured, Recovered, capture
from booktools.errata.concordance import fold
from booktools.errata.entry import Entry, Kind, State
from booktools.errata.handmade import Row
from booktools.errata.kinds import guess_kind
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.record import Said, record
from booktools.model.galley import Galley
from booktools.model.place import Place
from errata_galleys import entry, galley

MD = "manuscript/text/01-a.md"
FILE = "manuscript/errata.toml"
DAY = datetime.date(2026, 3, 1)
ANA = Said("ana", DAY)

TEXT = galley(
    "Of the masses, trapos that\nare suported by him.\n",
    "They puto an end to it in the the year.\n",
    "A trapos elsewhere stays. The end came. The end came.\n",
    "Another day, another dolar for the people of the south.\n",
)
ENTRIES = (
    entry("E1", 1, "trapos", "traps", "masses, trapos that are suported", at=1),
    entry("E2", 2, "suported", "supported", "that are suported by", at=2),
    entry("E3", 3, "puto", "put", "They puto an", at=3),
)


def rows(texts: list[str]) -> list[Row]:
    return [Row(MD, ((0, 2 * n + 1),), text) for n, text in enumerate(texts)]


def texts_of(applied: Applied) -> list[str]:
    return [fold(block.text) for block in applied.galley.blocks]


def captured(
    text: Galley, entries: tuple[Entry, ...], after: list[str]
) -> tuple[Captured, list[Entry], Applied]:
    """What is captured, the ledger with it, and what that ledger makes of the source."""
    applied = apply_errata(text, entries)
    order = range(len(text.blocks))
    found = capture(Recovered(applied, order, rows(texts_of(applied))), rows(after), entries)
    made = record(print_errata(entries), [(p, "seen") for p in found.proposals], ANA)
    ledger = list(parse_errata(made.text, FILE))
    return found, ledger, apply_errata(text, ledger)


def edited(*changes: tuple[str, str]) -> list[str]:
    texts = texts_of(apply_errata(TEXT, ENTRIES))
    for old, new in changes:
        assert any(old in text for text in texts)
        texts = [text.replace(old, new, 1) for text in texts]
    return texts


def test_nothing_changed_is_nothing_captured() -> None:
    found, ledger, _ = captured(TEXT, ENTRIES, edited())
    assert found == Captured((), ())
    assert tuple(ledger) == ENTRIES


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dolar", "dollar"),
        ("another dolar", "one more dollar"),
        ("the the", "the"),
        ("Another", "One more"),
        ("Another day", "day"),
        ("of the south", "of the far south"),
        (" of the south.", "."),
        ("day,", "day;"),
        ("people", "peo\u00a0ple"),
        ("A trapos", "Some trapos"),
        ("by him.", "by him too."),
        ("that are", "which were"),
    ],
)
def test_a_change_of_words_is_an_accepted_entry(old: str, new: str) -> None:
    after = edited((old, new))
    found, ledger, applied = captured(TEXT, ENTRIES, after)
    assert found.left == ()
    (made,) = ledger[3:]
    assert (made.id, made.state, made.decided_by, made.decided_on) == (
        "E4", State.ACCEPTED, "ana", DAY)  # fmt: skip
    assert texts_of(applied) == after
    assert applied.findings == ()
    assert made.reason == "seen"


def test_a_correction_undone_by_hand_is_rejected_and_stays_visible() -> None:
    after = edited(("traps that", "trapos that"))
    found, ledger, applied = captured(TEXT, ENTRIES, after)
    assert found.left == ()
    first = ledger[0]
    assert (first.state, first.found, first.wanted) == (State.REJECTED, "trapos", "traps")
    assert [review.state for review in first.reviews] == [State.ACCEPTED, State.REJECTED]
    assert len(ledger) == 3
    assert texts_of(applied) == after


def test_a_correction_corrected_by_hand_gets_the_new_reading() -> None:
    after = edited(("traps that", "tramps that"))
    _, ledger, applied = captured(TEXT, ENTRIES, after)
    assert (ledger[0].wanted, ledger[0].state, len(ledger)) == ("tramps", State.ACCEPTED, 3)
    assert ledger[0].reviews[0].wanted == "traps"
    assert texts_of(applied) == after


def test_a_change_over_two_corrections_takes_their_place() -> None:
    after = edited(("traps that are supported", "ruses which were backed"))
    found, ledger, applied = captured(TEXT, ENTRIES, after)
    assert found.left == ()
    assert [e.state for e in ledger[:2]] == [State.REJECTED] * 2
    assert all("(see E4)" in e.reviews[-1].reason for e in ledger[:2])
    assert ledger[3].found == "trapos that are suported"
    assert texts_of(applied) == after
    assert not [f for f in applied.findings if f.code == "ERR003"]


def test_an_open_entry_that_somebody_followed_is_accepted() -> None:
    query = entry("Q1", 3, "the the", "the", "it in the the year", state=State.OPEN)
    _, ledger, applied = captured(TEXT, (*ENTRIES, query), edited(("the the", "the")))
    assert [e.id for e in ledger] == ["E1", "E2", "E3", "Q1"]
    assert (ledger[3].state, ledger[3].decided_by) == (State.ACCEPTED, "ana")
    assert texts_of(applied)[1] == "They put an end to it in the year."


def test_where_two_must_agree_it_waits_for_the_second() -> None:
    applied = apply_errata(TEXT, ENTRIES)
    before = Recovered(applied, range(4), rows(texts_of(applied)))
    found = capture(before, rows(edited(("dolar", "dollar"))), ENTRIES)
    said = replace(ANA, required=2)
    made = record(print_errata(ENTRIES), [(p, "so") for p in found.proposals], said)
    last = parse_errata(made.text, FILE)[-1]
    assert (last.state, [r.by for r in last.reviews]) == (State.OPEN, ["ana"])


def test_of_two_like_sentences_the_one_that_was_changed() -> None:
    after = edited(("The end came. The end came.", "The end came. The end went."))
    found, ledger, applied = captured(TEXT, ENTRIES, after)
    assert found.left == ()
    assert texts_of(applied) == after
    assert "came. The end came." in ledger[3].context


# --- what is no correction ------------------------------------------------------------


def left(after: list[str]) -> list[str]:
    found, ledger, _ = captured(TEXT, ENTRIES, after)
    assert found.proposals == ()
    assert tuple(ledger) == ENTRIES
    assert all(f.code == "ERR030" and f.fix and f.place for f in found.left)
    return [f.message for f in found.left]


def test_paragraphs_that_come_and_go() -> None:
    one, two, three, four = edited()
    (message,) = left([one, "A new one, put in by hand.", two, three, four])
    assert message == "a paragraph was put in that no source has: “A new one, put in by hand.”"
    (message,) = left([one, two, four])
    assert message.startswith("a paragraph was taken out: “")


def test_paragraphs_joined_and_divided() -> None:
    one, two, three, four = edited()
    (message,) = left([one, f"{two} {three}", four])
    assert message.startswith("two paragraphs were joined")
    (message,) = left(
        [one, two, three, "Another day, another dolar", "for the people of the south."]
    )
    assert message.startswith("a paragraph was divided")


def test_what_was_moved() -> None:
    one, two, three, four = edited()
    (message,) = left([one, three, two, four])
    assert message.startswith("words were moved")


def test_a_title_of_the_book() -> None:
    applied = apply_errata(TEXT, ENTRIES)
    given = replace(rows(["My Book"])[0], given=True)
    before = Recovered(applied, range(4), [given, *rows(texts_of(applied))])
    found = capture(before, rows(["My Books", *texts_of(applied)]), ENTRIES)
    assert found.proposals == ()
    assert found.left[0].message == "this title comes from book.toml, not from a source: “Book”"


def test_where_it_stands_is_told() -> None:
    row = Row(MD, ((0, 3), (13, 4)), "One sentence. Another one.")
    assert (row.place(0), row.place(13)) == (Place(MD, 3), Place(MD, 4))


@pytest.mark.parametrize(
    ("found", "wanted", "kind"),
    [
        ("puto an", "put an", Kind.TYPO),
        ("pu to", "put o", Kind.OCR),
        ("20O3", "2003", Kind.OCR),
        ("day,", "day;", Kind.PUNCTUATION),
        ("“so", "so", Kind.PUNCTUATION),
        ("Mendez", "Méndez", Kind.CONSISTENCY),
        ("class-room", "classroom", Kind.CONSISTENCY),
        ("class room", "class-room", Kind.CONSISTENCY),
        ("for it", "to it", Kind.GRAMMAR),
        ("teh", "the", Kind.TYPO),
    ],
)
def test_the_kind_is_guessed(found: str, wanted: str, kind: Kind) -> None:
    words = {"mendez": 2, "méndez": 9, "for": 9, "to": 9, "it": 9, "the": 9, "an": 3, "put": 1}
    assert guess_kind(found, wanted, words, scanned=True) is kind
    typed = guess_kind(found, wanted, words, scanned=False)
    assert typed is (Kind.TYPO if kind is Kind.OCR else kind)


# --- the law --------------------------------------------------------------------------

_WORDS = st.sampled_from(["a", "the", "end", "of", "year", "trap", "came,", "—", "10", "x\u00a0y"])
_PARAGRAPH = st.lists(_WORDS, min_size=2, max_size=12)


@st.composite
def books(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Paragraphs, the same as corrected, and again as changed by hand."""

    def changed(paragraphs: list[list[str]]) -> list[list[str]]:
        out = []
        for words in paragraphs:
            now = list(words)
            for _ in range(draw(st.integers(0, 2))):
                at = draw(st.integers(0, len(now) - 1))
                now[at : at + draw(st.integers(0, 2))] = draw(st.lists(_WORDS, max_size=2))
                now = now or ["left"]
            out.append(now)
        return out

    first = draw(st.lists(_PARAGRAPH, min_size=1, max_size=4))
    second = changed(first)
    return first, second, changed(second)


@given(books())
def test_recovery_gives_again_what_was_captured(
    book: tuple[list[list[str]], list[list[str]], list[list[str]]],
) -> None:
    """Whatever was changed is captured or told; what was captured is there again, once."""
    first, second, third = ([" ".join(words) for words in part] for part in book)
    text = galley(*(f"{paragraph}\n" for paragraph in first))
    found, ledger, applied = captured(text, (), second)
    assert not [f for f in applied.findings if f.severity.value == "error"]
    if not found.left:
        assert texts_of(applied) == second
    now = texts_of(applied)
    again, ledger, applied = captured(text, tuple(ledger), third)
    assert not [f for f in applied.findings if f.severity.value == "error"]
    if not again.left:
        assert texts_of(applied) == third
    if now == third:
        assert again == Captured((), ())
    assert applied.galley.unwound() == text.source.text
    assert re.fullmatch(r"(E\d+,?)*", ",".join(e.id for e in ledger))
