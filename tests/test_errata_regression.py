"""A correction that a later text has lost is seen, and no other."""

from __future__ import annotations

import pytest

from booktools.errata.apply import apply_errata
from booktools.errata.concordance import fold
from booktools.errata.regression import regressions
from booktools.model.finding import Severity
from booktools.model.place import Place
from errata_galleys import FILE, LEDGER, entry, galley

MD = "manuscript/text/01-a.md"
TEXT = galley(
    "Of the masses, trapos that\nare suported by him.\n",
    "They puto an end to it in the the year.\n",
    "RUNNING HEAD trapos\n",
    "A trapos elsewhere stays.\n",
    furniture=frozenset({2}),
)
ENTRIES = (
    entry("E1", 1, "trapos", "traps", "masses, trapos that are suported", at=1),
    entry("E2", 2, "suported", "supported", "that are suported by", at=2),
    entry("E3", 3, "puto", "put", "They puto an", at=3),
    entry("E4", 3, "the the", "the", "in the the", at=4),
)
APPLIED = apply_errata(TEXT, ENTRIES)
GOOD = [
    (MD, 3, "Of the masses, traps that are\nsupported by him."),
    (MD, 6, "They put an end to it\nin the year."),
    (MD, 9, "A trapos  elsewhere stays."),
]


def later(*changes: tuple[str, str]) -> list[tuple[str, int, str]]:
    texts = GOOD
    for old, new in changes:
        assert any(old in text for _, _, text in texts)
        texts = [(file, line, text.replace(old, new)) for file, line, text in texts]
    return texts


def lost(*changes: tuple[str, str]) -> set[str]:
    found = regressions(ENTRIES, APPLIED, later(*changes))
    return {finding.message.partition(":")[0] for finding in found}


def test_the_corrected_text_has_lost_nothing() -> None:
    assert len(APPLIED.places) == len(ENTRIES)
    assert regressions(ENTRIES, APPLIED, GOOD) == ()


def test_sentences_do_as_well_as_paragraphs() -> None:
    rows = [(MD, line + n, row) for line, text in ((t[1], t[2]) for t in GOOD)
            for n, row in enumerate(text.split("\n"))]  # fmt: skip
    assert regressions(ENTRIES, APPLIED, rows) == ()


def test_a_wrong_reading_that_is_back() -> None:
    (finding,) = regressions(ENTRIES[2:], APPLIED, later(("put an", "puto an")))
    assert (finding.code, finding.severity) == ("ERR020", Severity.ERROR)
    assert finding.message == "E3: “puto” stands where “put” was decided on"
    assert finding.place == Place(MD, 6)
    assert finding.trail == (Place(LEDGER, 3), Place(FILE, 3, 6, 1))
    assert "They puto an end to it in the year." in finding.excerpt
    assert finding.fix == (
        f"Run: booktools recover. If the manuscript is right, change the entry in {LEDGER}:3."
    )


def test_a_reading_that_became_a_third_one() -> None:
    (finding,) = regressions(ENTRIES[2:3], APPLIED, later(("put an", "made an")))
    assert finding.message.startswith("E3: “put” is gone from “They put an end")
    assert finding.place == Place(MD, 6)


def test_a_correction_of_nothing_but_a_doubled_word() -> None:
    assert lost(("in the year", "in the the year")) == {"E4"}


def test_a_paragraph_that_is_gone_takes_its_corrections_with_it() -> None:
    assert lost(("They put an end to it\nin the year.", "")) == {"E3", "E4"}
    found = regressions(ENTRIES[2:3], APPLIED, GOOD[:1])
    assert [f.place for f in found] == [Place(LEDGER, 3)]


def test_the_line_is_that_of_the_row_in_the_paragraph() -> None:
    (finding,) = regressions(ENTRIES[3:], APPLIED, later(("in the year", "in the the year")))
    assert finding.place == Place(MD, 7)


def test_both_neighbours_are_named_when_both_are_undone() -> None:
    assert lost(("traps", "trapos"), ("supported", "suported")) == {"E1", "E2"}


def test_a_neighbour_that_is_undone_does_not_take_the_last_word_with_it() -> None:
    two = galley("That was in the mid-1950s, when I was 15 years old\n")
    entries = [
        entry("E1", 1, "1950s,", "1950s;", "mid-1950s, when"),
        entry("E2", 1, "old", "old.", "15 years old"),
    ]
    applied = apply_errata(two, entries)
    undone = "That was in the mid-1950s, when I was 15 years old."
    found = regressions(entries, applied, [(MD, 1, undone)])
    assert [f.message.partition(":")[0] for f in found] == ["E1"]


def test_a_running_head_is_not_expected_in_the_book() -> None:
    two = galley("The Memoir\n", "The Memior\n", furniture=frozenset({0}))
    entries = [entry("E1", 2, "Memior", "Memoir", "The Memior")]
    assert regressions(entries, apply_errata(two, entries), [(MD, 1, "The Memoir")]) == ()


@pytest.mark.parametrize("undone", ["E1", "E2"])
def test_of_two_words_side_by_side_the_one_that_is_undone_is_named(undone: str) -> None:
    two = galley("This is a story of trapos taht are supported by the general staff.\n")
    entries = [
        entry("E1", 1, "trapos", "traps", "story of trapos"),
        entry("E2", 1, "taht", "that", "taht are supported"),
    ]
    kept = [one for one in entries if one.id != undone]
    text = apply_errata(two, kept).galley.blocks[0].text
    found = regressions(entries, apply_errata(two, entries), [(MD, 1, text)])
    assert [f.message.partition(":")[0] for f in found] == [undone]


def test_a_word_at_the_edge_is_not_taken_for_the_same_word_elsewhere() -> None:
    one = galley("Teh end came.\n", "A door shut.\n")
    entries = [entry("E1", 1, "Teh", "The", "Teh end")]
    texts = [(MD, 1, "An end came."), (MD, 2, "The door shut.")]
    (finding,) = regressions(entries, apply_errata(one, entries), texts)
    assert finding.message.startswith("E1: “The” is gone")


@pytest.mark.parametrize(
    ("raw", "found", "text"),
    [
        ("The house fell down there.\n", "The", "house fell down there."),
        ("It fell down there, there.\n", ", there.", "It fell down there"),
        ("It fell down there also\n", "also", "It fell down there"),
        ("  He fell, too\n", ", too", "He fell"),
        ("Too, he fell  ", "Too, ", "he fell"),
    ],
)
def test_paragraphs_may_stand_in_another_order(raw: str, found: str, text: str) -> None:
    """A blank at a paragraph's end is none when the paragraph stands first or last."""
    one = [entry("E1", 2, found, "", fold(raw).strip())]
    applied = apply_errata(galley("Before.\n", raw, "After.\n"), one)
    assert set(applied.places) == {"E1"}
    for texts in (["Before.", "After.", text], [text, "Before.", "After."]):
        assert regressions(one, applied, [(MD, n, t) for n, t in enumerate(texts, 1)]) == ()


def test_the_wrong_reading_elsewhere_is_none_of_its_business() -> None:
    assert lost(("A trapos  elsewhere", "A trapos there and a trapos here")) == set()


def test_a_context_that_stands_twice_is_counted() -> None:
    twice = galley("He came hom.\n", "Then she left. He came hom.\n", "He came hom.\n")
    entries = [entry(f"E{n}", n, "hom", "home", "He came hom.", at=n) for n in (1, 3)]
    applied = apply_errata(twice, entries)
    texts = [(MD, n, block.text) for n, block in enumerate(applied.galley.blocks, 1)]
    assert regressions(entries, applied, texts) == ()
    texts[2] = (MD, 3, "He came hom.")
    assert regressions(entries, applied, texts)


@pytest.mark.parametrize(
    ("raw", "found", "wanted"),
    [("After the war\n", "war", "war,"), ("It is the the\n", "the the", "the")],
)
def test_a_reading_that_holds_the_other_at_the_end_of_a_paragraph(
    raw: str, found: str, wanted: str
) -> None:
    one = [entry("E1", 1, found, wanted, raw.strip())]
    applied = apply_errata(galley(raw), one)
    finished = applied.galley.blocks[0].text
    assert regressions(one, applied, [(MD, 1, finished)]) == ()
    (finding,) = regressions(one, applied, [(MD, 1, raw)])
    assert "stands where" in finding.message


def test_entries_that_were_not_applied_are_not_watched() -> None:
    bad = entry("E9", 1, "nowhere", "x", "nowhere")
    assert regressions([bad], apply_errata(TEXT, [bad]), GOOD) == ()
