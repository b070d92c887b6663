"""Two states of a book, word by word, and the errata behind each change."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.collation import collate
from booktools.errata.collation_told import collation_json, collation_lines
from booktools.errata.line import Line
from booktools.errata.wording import Witness, normal
from booktools.model.place import Place
from errata_galleys import entry

LONG = "It was a long day in May and nobody had come to the harbour before the bell rang twice."


def witness(*lines: str, kind: str = "txt", hyphened: bool = False) -> Witness:
    rows = tuple(Line(text, Place("a.txt", n), hyphened) for n, text in enumerate(lines, 1))
    return Witness("a.txt", kind, rows)


TEH = entry("E1", 1, "teh", "the", "and teh letter")
TASK = entry(
    "E2", 1, "Task: the Revolutionary", "task: the revolutionary", "A Task: the Revolutionary act"
)
GONE = entry("E3", 1, ", however", "", "it was, however, late")
WAR = entry("E4", 1, "UP", "PU", "in the UP")


def only(old: str, new: str, *entries: object) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The errata of the changes between two texts: made, undone, and whether all is explained."""
    found = collate(witness(old), witness(new), entries)  # type: ignore[arg-type]
    made = tuple(dict.fromkeys(id for v in found.variants for id in v.errata))
    undone = tuple(dict.fromkeys(id for v in found.variants for id in v.undone))
    return made, undone, not found.unexplained


def test_a_change_is_tied_to_its_erratum() -> None:
    assert only("and teh letter", "and the letter", TEH, TASK) == (("E1",), (), True)
    assert only("and the letter", "and teh letter", TEH) == ((), ("E1",), False)
    assert only("and teh letter", "and a letter", TEH) == ((), (), False)


def test_the_same_words_elsewhere_are_not_that_erratum() -> None:
    assert only("but teh house", "but the house", TEH) == ((), (), False)


def test_one_erratum_may_make_several_changes_and_several_one() -> None:
    old, new = "A Task: the Revolutionary act", "A task: the revolutionary act"
    assert only(old, new, TEH, TASK) == (("E2",), (), True)
    both = entry("E5", 1, "letter", "note", "and teh letter")
    assert only("and teh letter", "and the note", TEH, both) == (("E1", "E5"), (), True)


def test_what_an_erratum_takes_out_and_what_touches_marks() -> None:
    assert only("so it was, however, late", "so it was, late", GONE) == (("E3",), (), True)
    assert only("so it was, late", "so it was, however, late", GONE) == ((), ("E3",), False)
    assert only("lived in the UP. Then", "lived in the PU. Then", WAR) == (("E4",), (), True)


def test_setting_is_no_change() -> None:
    old = witness("The \ufb01rst carry-", "ing of a so-", "called day", hyphened=True)
    new = witness("The first carry\u00ading of", "a so\u2011called\u00a0day", kind="pdf")
    assert collate(old, new).variants == ()
    kept = witness("a well-", "known day", hyphened=True)
    assert collate(kept, witness("a well-known day")).variants == ()
    (found,) = collate(kept, witness("a famous day")).variants
    assert found.old == "well-known"
    soft = witness("a fam\u2010", "ous day", hyphened=True)
    assert collate(soft, witness("a well-known day")).variants[0].old == "famous"
    spaced = witness("C h a p t e r One", "T he end")
    assert collate(spaced, witness("Chapter One The end")).variants == ()


def test_a_mark_that_stands_off_is_setting_and_a_word_in_two_is_not() -> None:
    assert collate(witness("the “ Long” road"), witness("the “Long” road")).variants == ()
    (found,) = collate(witness("they went to gether"), witness("they went together")).variants
    assert (found.old, found.new) == ("to gether", "together")


def test_what_moved_is_not_unexplained() -> None:
    one = witness("First words here.", LONG, "A note of some words.", LONG.lower())
    two = witness("First words here.", "A note of some words.", LONG, LONG.lower())
    found = collate(one, two)
    assert found.unexplained == ()
    assert any(variant.moved for variant in found.variants)


def test_what_moved_among_other_changes_is_told_apart() -> None:
    note = "The ferry of the company ran twice a week"
    one = witness(LONG, f"so they went. {note} only.", LONG.upper(), "at the end they slept")
    two = witness(LONG, "so they left.", LONG.upper(), f"at the very end {note}, they slept")
    found = collate(one, two)
    assert [(v.old, v.new) for v in found.unexplained] == [
        ("went. week only.", "left."), ("", "very"), ("", "week,")]  # fmt: skip
    (moved,) = [variant for variant in found.variants if variant.moved]
    assert moved.old == moved.new == "The ferry of the company ran twice a"


def test_what_comes_twice_has_moved_once() -> None:
    note = "The ferry of the company ran twice a week"
    one = witness(LONG, f"so they went. {note}", LONG.upper(), "and slept", LONG.lower())
    two = witness(LONG, "so they went.", LONG.upper(), f"and {note} slept", LONG.lower(), note)
    found = collate(one, two)
    assert [v.moved for v in found.variants] == [True, False]
    assert [v.new for v in found.unexplained] == [note]


def test_notes_are_compared_by_themselves() -> None:
    def book(*notes: int) -> Witness:
        rows = [LONG, "a note", LONG.upper(), "another note", LONG.lower()]
        order = [0, *(n for n in range(1, 5) if n not in notes), *notes]
        lines = [Line(rows[n], Place("a", n), note=n in (1, 3)) for n in order]
        return Witness("a", "txt", tuple(lines))

    assert collate(book(), book(1, 3)).variants == ()


def test_ornaments_are_no_words() -> None:
    one = witness("• First", "* * *", "Ship  Tons", "-----------", "Alba  120", hyphened=True)
    assert collate(one, witness("First Ship Tons Alba 120")).variants == ()
    assert collate(witness("a – b"), witness("a b")).variants != ()


def test_blanks_at_a_dash_are_not_known_where_a_line_ends() -> None:
    dash = entry("E1", 1, "salt -which", "salt – which", "their salt -which they")
    old = witness("all of their salt -", "which they sold", hyphened=True)
    found = collate(old, witness("all of their salt – which they sold"), [dash])
    assert [v.errata for v in found.variants] == [("E1",)]


def test_what_stands_before_the_text_of_another_kind() -> None:
    one = witness("The Book", "by Ana", LONG, LONG.upper(), "The end")
    two = witness("Contents", LONG, LONG.upper(), kind="pdf")
    found = collate(one, two)
    assert found.unexplained == ()
    assert [v.outside for v in found.variants] == [True, True]
    assert collate(one, witness("Contents", LONG, LONG.upper())).unexplained


def test_nothing_against_something() -> None:
    assert collate(witness(), witness()).variants == ()
    (found,) = collate(witness(), witness("a b")).variants
    assert (found.old, found.new) == ("", "a b")


def test_what_is_said() -> None:
    found = collate(witness("and teh old letter"), witness("and the new letter"), [TEH])
    assert collation_lines(found, everything=True) == [
        "a.txt:1 → a.txt:1  “teh old” → “the new”",
        "  …and [the new] letter…",
        "4 and 4 words: 0 explained by errata, 0 moved, 0 outside the running text, 1 unexplained.",
    ]
    found = collate(witness("and teh letter"), witness("and the letter"), [TEH])
    assert collation_lines(found, everything=True)[0] == "E1  “teh” → “the”"
    assert len(collation_lines(found)) == 1
    read = json.loads(collation_json(found))
    assert read["unexplained"] == 0
    assert read["changes"][0]["errata"] == ["E1"]


_WORDS = st.lists(
    st.sampled_from(["a", "teh", "the", "UP.", "-", "day\u00ad", "x\u2010"]), max_size=12
)


@given(_WORDS, _WORDS)
def test_the_changes_account_for_every_word(one: list[str], two: list[str]) -> None:
    found = collate(witness(" ".join(one)), witness(" ".join(two)), [TEH, WAR, GONE])
    same = found.words[0] - sum(len(v.old.split()) for v in found.variants)
    assert same == found.words[1] - sum(len(v.new.split()) for v in found.variants)
    if normal(" ".join(one)) == normal(" ".join(two)):
        assert found.variants == ()


def test_of_entries_alike_that_of_the_place_is_told() -> None:
    places = ("the lamp and teh sea", "a boat or teh wind", "in all teh rain")
    entries = [entry(f"E{n}", 1, "teh", "the", of) for n, of in enumerate(places, 1)]
    filled = [f"Somebody said it of {of} that fell so far away from him then." for of in places]
    old = [filled[2], filled[0], filled[1]]
    new = [line.replace("teh", "the") for line in old]
    found = collate(witness(*old), witness(*new), entries)
    assert [v.errata for v in found.variants] == [("E3",), ("E1",), ("E2",)]


def test_entries_that_are_alike_in_all_are_told_one_after_another() -> None:
    entries = [entry(f"E{n}", n, "teh", "the", "by teh sea") for n in (1, 2)]
    lines = ["Long ago they went by teh sea and they came home again so late."] * 2
    new = [line.replace("teh", "the") for line in lines]
    found = collate(witness(*lines), witness(*new), entries)
    assert [v.errata for v in found.variants] == [("E1",), ("E2",)]
