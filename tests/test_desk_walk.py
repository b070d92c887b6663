"""The review in the terminal: the same keys, and nothing that could steer the terminal."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from booktools.cli.main import cli
from booktools.desk.desk import Desk, open_desk
from booktools.desk.walk import Walk
from booktools.errata.entry import State
from booktools.errata.ledger import parse_errata
from booktools.report import harmless
from review_book import LEDGER, ledger_of, make_book


def walk_of(folder: Path, *answers: str, ledger: str = LEDGER) -> Walk:
    said = iter(answers)
    desk: Desk = open_desk(make_book(folder, ledger), lambda step: None)
    walk = Walk(desk, "Ana", lambda question: next(said, ""))
    walk.look_for()
    return walk


def states(folder: Path) -> dict[str, State]:
    return {e.id: e.state for e in parse_errata(ledger_of(folder), "errata.toml")}


def id_of(walk: Walk) -> str:
    return walk.card["id"] if walk.card else ""


def test_each_key_does_what_it_does_on_the_page(tmp_path: Path) -> None:
    walk = walk_of(tmp_path, "the old", "")
    assert id_of(walk) == "E001"
    walk.press("s")
    assert id_of(walk) == "E004"
    walk.press("k")
    walk.press("a")
    assert states(tmp_path)["E001"] is State.ACCEPTED
    assert id_of(walk) == "E004"
    walk.press("u")
    assert (id_of(walk), states(tmp_path)["E001"]) == ("E001", State.OPEN)
    walk.press("f")
    assert id_of(walk) == "E002"
    walk.press("r")
    assert states(tmp_path)["E002"] is State.REJECTED
    walk.press("e")
    edited = {e.id: e.wanted for e in parse_errata(ledger_of(tmp_path), "x")}["E003"]
    assert edited == "the old"
    walk.press("e")  # nothing said: nothing done
    assert (id_of(walk), states(tmp_path)["E006"]) == ("E006", State.OPEN)
    walk.press("j")
    assert id_of(walk) == ""
    walk.press("a")  # nobody is there
    assert states(tmp_path)["E006"] is State.OPEN


def test_a_family_at_once_and_back(tmp_path: Path) -> None:
    walk = walk_of(tmp_path)
    walk.press("A")
    assert "Accepted 3" in walk.told
    assert id_of(walk) == "E002"
    walk.press("u")
    assert ledger_of(tmp_path) == LEDGER
    assert id_of(walk) == "E001"
    walk.press("R")
    assert list(states(tmp_path).values()).count(State.REJECTED) == 4


def test_search_and_help(tmp_path: Path) -> None:
    walk = walk_of(tmp_path, "Mazagran")
    walk.press("/")
    assert walk.ids == ["E003"]
    walk.press("?")
    assert "undo your last decision" in walk.told
    walk.press("x")
    assert walk.told == ""


def test_what_is_refused_is_told(tmp_path: Path) -> None:
    walk = walk_of(tmp_path)
    walk.press("u")
    assert walk.told == "There is nothing to undo."
    walk.at = walk.ids.index("E006")
    walk.press("a")
    assert "stands there already" in walk.told


def test_a_card_shows_what_the_page_shows(tmp_path: Path) -> None:
    walk = walk_of(tmp_path)
    walk.at = walk.ids.index("E003")
    plain = "\n".join(walk.lines(80, False, harmless))
    assert "Institute of [-Mazagran-] {+Mazagrán+} about" in plain
    assert "(“Mazagrán” once elsewhere)" in plain
    assert ">    11  She had written to the Institute of [-Mazagran-] about" in plain
    assert "6 of 7 open for you" in plain
    assert "CHAPTER TWO" not in plain
    assert "line 11 of manuscript/source/" in plain
    walk.press("l")
    assert "CHAPTER TWO" in "\n".join(walk.lines(80, False, harmless))
    assert "\x1b[31;9mMazagran\x1b[0m" in "\n".join(walk.lines(80, True, harmless))


def test_a_correction_of_ones_own(tmp_path: Path) -> None:
    walk = walk_of(tmp_path, "Institute", "She had", "He had", "see the title page")
    walk.press("c")
    seen = "\n".join(walk.lines(80, False, harmless))
    assert "e correct words" in seen
    assert "> " in seen
    walk.press("/")
    assert "She had written to the Institute" in "\n".join(walk.lines(80, False, harmless))
    walk.press("e")
    assert walk.told == "Entered: “She had” → “He had”."
    (own,) = [e for e in parse_errata(ledger_of(tmp_path), "x") if e.reason == "see the title page"]
    assert (own.state, own.decided_by, own.reason) == (
        State.ACCEPTED,
        "Ana",
        "see the title page",
    )
    assert "{+" in "\n".join(walk.lines(80, False, harmless))
    walk.press("u")
    assert ledger_of(tmp_path) == LEDGER
    walk.press("c")
    assert id_of(walk) == "E001"


def test_words_that_cannot_be_corrected_are_told(tmp_path: Path) -> None:
    walk = walk_of(tmp_path, "not in it at all", "e", "", "nowhere to be found")
    walk.press("c")
    walk.press("e")
    assert "does not stand in this paragraph" in walk.told
    walk.press("e")
    assert "times: take a word beside it along" in walk.told
    walk.press("e")
    assert walk.told == ""
    walk.press("/")
    assert "stands nowhere" in walk.told
    assert ledger_of(tmp_path) == LEDGER


def test_words_are_taken_out_with_a_space(tmp_path: Path) -> None:
    walk = walk_of(tmp_path, "Institute", "written", "-", "")
    walk.press("c")
    walk.press("/")
    walk.press("e")
    assert walk.told.startswith("Entered:")
    (own,) = [e for e in parse_errata(ledger_of(tmp_path), "x") if "written" in e.found]
    assert "  " not in own.corrected
    assert "written" not in own.corrected


def test_reading_goes_through_the_whole_book(tmp_path: Path) -> None:
    walk = walk_of(tmp_path)
    walk.press("c")
    for _ in range(200):
        walk.press("k")
    assert walk.told == "The book begins here."
    seen = set()
    while not walk.told.startswith("The book ends"):
        assert walk.reader
        seen.add(walk.reader.paragraph)
        walk.press("j")
    assert seen == set(range(len(walk.desk.laid.copy.paragraphs)))


def test_a_ledger_cannot_steer_the_terminal(tmp_path: Path) -> None:
    ledger = LEDGER.replace("The book has the accent", "\u202eThe book \u009b31m")
    walk = walk_of(tmp_path, ledger=ledger.replace("\u009b", ""))
    walk.at = walk.ids.index("E003")
    assert "\u202e" not in "\n".join(walk.lines(80, False, harmless))


def test_a_broken_ledger_is_told(tmp_path: Path) -> None:
    walk = walk_of(tmp_path)
    file = tmp_path / "manuscript/errata.toml"
    file.write_text(LEDGER.replace('id = "E004"', "id = "), "utf-8")
    seen = "\n".join(walk.lines(80, False, harmless))
    assert "manuscript/errata.toml:38" in seen
    assert "nothing can be decided" in seen
    assert "teh" in seen  # what was read last stays to be seen
    walk.press("a")
    file.write_text(LEDGER, "utf-8")
    assert "errata.toml" not in "\n".join(walk.lines(80, False, harmless)).replace(walk.told, "")
    walk.press("a")
    assert states(tmp_path)["E001"] is State.ACCEPTED


def test_the_command(tmp_path: Path) -> None:
    make_book(tmp_path)
    arguments = ["--project", str(tmp_path), "review", "--tty"]
    made = CliRunner().invoke(cli, arguments, input="Ana\naq")
    assert made.exit_code == 0, made.output
    assert "Accepted: “teh” → “the”." in made.output
    assert states(tmp_path)["E001"] is State.ACCEPTED
    assert 'decided_by = "Ana"' in ledger_of(tmp_path)
    made = CliRunner().invoke(cli, [*arguments, "--who", "Ben"], input="r")
    assert made.exit_code == 0, made.output
    assert states(tmp_path)["E004"] is State.REJECTED
    made = CliRunner().invoke(cli, [*arguments, "--export", str(tmp_path / "x.html")])
    assert made.exit_code == 2
