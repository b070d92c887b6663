"""The errata of a manuscript that is its own source, through the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from booktools.errata.entry import State
from booktools.errata.ledger import parse_errata, print_errata
from errata_galleys import entry
from errata_projects import CHAPTER, Desk, born

LEDGER = "manuscript/errata.toml"
TEXT = "manuscript/text/01-strike.md"

ENTRIES = (
    entry("E1", 3, "teh", "the", "harbour, and teh letter", file=TEXT),
    entry("E2", 5, "there", "their", "The ships lay at there moorings", file=TEXT),
    entry("E3", 7, "the the", "the", "evening the the owners", file=TEXT),
    entry("E4", 9, "moring", "mooring", "A moring is a place", file=TEXT),
)
RIGHT = (
    CHAPTER.replace("teh", "the")
    .replace("at there", "at their")
    .replace("the the", "the")
    .replace("moring is", "mooring is")
)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return born(tmp_path, capsys, "# By hand.\n\n" + print_errata(ENTRIES))


def test_corrections_are_made_once_and_markup_stays(desk: Desk) -> None:
    check = desk.run("errata", "check")
    assert (check.code, check.out.count("ERR012")) == (3, 4)
    assert "4 corrections made." in desk.did("errata", "apply")
    assert desk.read(TEXT) == RIGHT
    assert "0 corrections made." in desk.did("errata", "apply")
    assert desk.read(TEXT) == RIGHT
    desk.did("errata", "check")
    assert desk.read(LEDGER) == "# By hand.\n\n" + print_errata(ENTRIES)


def test_the_build_fails_until_they_are_made_and_when_one_is_lost(desk: Desk) -> None:
    assert desk.run("build", "--edition", "txt").code == 3
    desk.did("errata", "apply")
    desk.did("build", "--edition", "txt")
    desk.edit(TEXT, ("and the letter", "and teh letter"))
    done = desk.run("build", "--edition", "txt")
    assert (done.code, "E1: accepted, but the manuscript still has “teh”" in done.out) == (3, True)
    desk.edit(TEXT, ("and teh letter", "and my letter"))
    done = desk.run("check", "--no-epubcheck")
    assert (done.code, "E1: the context is not in the text" in done.out) == (3, True)
    assert "booktools errata revert E1" in done.out
    assert "(page" not in done.out


def test_what_was_made_and_reverted_fails_until_it_is_taken_back(desk: Desk) -> None:
    desk.did("errata", "apply")
    desk.did("build", "--edition", "txt")
    said = desk.did("errata", "revert", "E1", "--by", "ana", "--reason", "dialect")
    assert "Then: booktools errata apply" in said
    assert desk.read(TEXT) == RIGHT
    for words in (("errata", "check"), ("check", "--no-epubcheck"), ("build", "--edition", "txt")):
        done = desk.run(*words)
        assert (done.code, "ERR013: E1: rejected, but" in done.out) == (3, True), words
    assert "1 correction taken back." in desk.did("errata", "apply")
    assert desk.read(TEXT) == RIGHT.replace("and the letter", "and teh letter")
    desk.did("build", "--edition", "txt")
    desk.did("check", "--no-epubcheck")
    assert "0 corrections made." in desk.did("errata", "apply")
    desk.did("errata", "decide", "E1", "--accept", "--by", "ana")
    assert "1 correction made." in desk.did("errata", "apply")
    assert desk.read(TEXT) == RIGHT


def test_a_wrong_reading_in_a_finished_file_is_named(desk: Desk) -> None:
    desk.did("errata", "apply")
    desk.did("build", "--edition", "txt")
    name = "dist/the-strike.txt"
    desk.edit(name, ("and the letter", "and teh letter"), ("mooring is", "ring is"))
    done = desk.run("check", "--no-epubcheck")
    assert done.code == 3
    assert "ERR020: E1: “teh” stands where “the” was decided on" in done.out
    assert "ERR020: E4: “mooring” is gone" in done.out
    assert "E2" not in done.out


def test_another_reading_is_decided_on_after_one_was_made(desk: Desk) -> None:
    desk.did("errata", "apply")
    desk.did("errata", "decide", "E1", "--accept", "--wanted", "that", "--by", "ana")
    done = desk.run("errata", "check")
    assert (done.code, "still has “the”, not “that”" in done.out) == (3, True)
    assert "1 correction made." in desk.did("errata", "apply")
    assert "and that letter" in desk.read(TEXT)
    desk.did("errata", "check")


def test_entries_are_found_wherever_their_sentences_went(desk: Desk) -> None:
    desk.did("errata", "apply")
    desk.edit(TEXT, ("# The Strike {#strike}\n", "# The Strike {#strike}\n\nOne.\n\nTwo.\n"))
    desk.did("errata", "check")
    desk.edit(TEXT, ("at their", "at there"))
    assert "1 correction made." in desk.did("errata", "apply")
    assert "at their" in desk.read(TEXT)
    found = parse_errata(desk.read(LEDGER), LEDGER)
    assert [e.line for e in found] == [7, 9, 11, 13]


def test_line_ends_of_the_file_stay(desk: Desk) -> None:
    (desk.root / TEXT).write_bytes(CHAPTER.replace("\n", "\r\n").encode())
    desk.did("errata", "apply")
    assert (desk.root / TEXT).read_bytes() == RIGHT.replace("\n", "\r\n").encode()


def test_what_would_change_markup_is_left_to_a_person(desk: Desk) -> None:
    over = entry("E5", 4, "slept. The ships", "slept, and the ships", "had slept. The ships lay")
    desk.write(LEDGER, print_errata([*ENTRIES, over]))
    done = desk.run("errata", "apply")
    assert done.code == 0, done  # only a line end stands inside
    assert "Nobody had *slept, and the ships* lay" in desk.read(TEXT)
    over = entry("E6", 3, "the first of", "a first of", "On the first of May")
    off = entry("E7", 5, "ships lay", "ship lay", "and the ships lay at")
    desk.write(LEDGER, print_errata([*ENTRIES, over, off]))
    done = desk.run("errata", "apply")
    assert "2 corrections made." in done.out, done
    assert "On a *first* of" in desk.read(TEXT)
    over = entry("E8", 3, "first of May", "May the First", "On a first of May")
    desk.write(LEDGER, print_errata([*ENTRIES, over]))
    done = desk.run("errata", "apply")
    assert (done.code, "ERR031" in done.out) == (3, True)
    assert "stands inside it" in done.out


def test_words_that_look_like_markup_are_words(desk: Desk) -> None:
    star = entry("E5", 7, "police", "_police_ [sic]", "for the police")
    desk.write(LEDGER, print_errata([star]))
    desk.did("errata", "apply")
    assert r"the \_police\_ \[sic\] \*." in desk.read(TEXT)
    desk.did("errata", "check")


def test_neighbours_may_correct_one_anothers_context(desk: Desk) -> None:
    late = entry("E5", 3, "harbour", "port", "to the harbour, and the letter", file=TEXT)
    desk.did("errata", "apply")
    desk.write(LEDGER, print_errata([*ENTRIES, late]))
    desk.did("errata", "apply")
    assert "to the port, and the letter" in desk.read(TEXT)
    desk.did("errata", "check")


def test_overlaps_are_refused(desk: Desk) -> None:
    rival = entry("E5", 3, "and teh", "but the", "harbour, and teh letter", file=TEXT)
    desk.write(LEDGER, print_errata([*ENTRIES, rival]))
    done = desk.run("errata", "check")
    assert (done.code, done.out.count("ERR003")) == (3, 2)
    desk.write(LEDGER, print_errata(ENTRIES))
    desk.did("errata", "apply")
    late = entry("E6", 3, "and the letter", "and my letter", "harbour, and the letter", file=TEXT)
    desk.write(LEDGER, print_errata([*ENTRIES, late]))
    done = desk.run("errata", "check")
    assert "overlaps E1, which is made" in done.out


def test_open_entries_are_notes_and_why_knows_the_rest(desk: Desk) -> None:
    query = entry("Q1", 7, "police", "police", "for the police", state=State.OPEN)
    desk.write(LEDGER, print_errata([*ENTRIES, query]))
    desk.did("errata", "apply")
    assert "ERR010" in desk.did("errata", "check")
    said = desk.did("why", "their moorings")
    assert "E2  there → their" in said
    assert "source" not in said
    assert "E1  teh → the" in desk.did("why", "teh")
    listed = desk.did("errata", "list", "--chapter", "01-strike")
    assert listed.count("” → “") == 5
    assert f"  {TEXT}:3: “teh” → “the”" in listed


def test_what_stands_nowhere_is_not_imported(desk: Desk, tmp_path: Path) -> None:
    desk.did("errata", "apply")
    table = tmp_path / "a.csv"
    table.write_text(
        "id,file,line,found,wanted,context,state\n"
        f"R1,{TEXT},30,police,guards,for the police,open\n"
        f"R2,{TEXT},3,sheep,goats,The sheep lay at their,open\n"
        f"R3,{TEXT},3,the letter,that letter,and the letter was,accepted\n",
        "utf-8",
    )
    done = desk.run("errata", "import", str(table), "--by", "ana")
    assert (done.code, "1 added, 0 changed, 0 known already, 2 not merged." in done.out) == (
        3,
        True,
    )
    assert "R2: not merged: the context is not in the text; line 3 reads" in done.out
    assert "nearest is “The ships lay at their" in done.out
    assert "R3: not merged: “the letter” → “that letter” overlaps E1, which is made" in done.out
    desk.did("errata", "check")
    assert desk.run("errata", "import", str(table), "--by", "ana").code == 3


def test_capture_and_apply_know_which_book_they_are_for(desk: Desk) -> None:
    done = desk.run("errata", "capture", "--list")
    assert (done.code, "its own source" in done.err) == (6, True)


def test_one_reviewer_of_two_makes_no_correction(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = born(tmp_path, capsys, print_errata(ENTRIES), "required_reviews = 2\n")
    assert "0 corrections made." in desk.did("errata", "apply")
    desk.did("errata", "decide", "E1", "--accept", "--by", "ben")
    assert "1 correction made." in desk.did("errata", "apply")


MOVED = """\
[[erratum]]
id = "E1"
file = "manuscript/text/01-strike.md"
line = 3
found = "teh"
wanted = "the"
context = "and teh letter"
kind = "typo"
reason = "misspelt"
state = "accepted"
decided_by = "ana"
decided_on = 2026-01-01
"""


def test_a_chapter_that_was_renamed_keeps_its_errata(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = born(tmp_path, capsys, MOVED)
    text = desk.root / "manuscript/text"
    (text / "01-strike.md").rename(text / "02-the-strike.md")
    assert "E1: accepted, but the manuscript still has “teh”" in desk.run("errata", "check").out
    desk.did("errata", "apply")
    assert "and the letter" in desk.read("manuscript/text/02-the-strike.md")
    assert 'file = "manuscript/text/02-the-strike.md"' in desk.read("manuscript/errata.toml")
    desk.did("errata", "check")


def test_text_that_went_to_another_chapter_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = born(tmp_path, capsys, MOVED)
    whole = desk.read("manuscript/text/01-strike.md")
    desk.write(
        "manuscript/text/02-more.md", whole.replace("Strike", "Rest").replace("#strike", "#x")
    )
    desk.write("manuscript/text/01-strike.md", "# One {#one}\n\nNobody came.\n")
    done = desk.run("errata", "check")
    assert done.code == 3
    assert "ERR006: E1: stands in manuscript/text/02-more.md:3" in done.out
    assert 'file = "manuscript/text/02-more.md", line = 3' in done.out
    desk.write("manuscript/text/03-again.md", whole.replace("#strike", "#y"))
    done = desk.run("errata", "check")
    assert "ERR002: E1: the context stands 2 times" in done.out
