"""The commands round the errata, on a small book on disk."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from booktools.errata.entry import Kind
from booktools.errata.ledger import parse_errata
from errata_projects import ERRATA, Desk, recovered

LEDGER = "manuscript/errata.toml"
TEXT = "manuscript/text/01-the-strike.md"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return recovered(tmp_path, capsys)


def test_decide_revert_and_what_stays_visible(desk: Desk) -> None:
    assert "Q001: accepted" in desk.did("errata", "decide", "Q001", "--accept", "--by", "ana")
    assert desk.read(LEDGER).startswith("# Kept by hand.\n")
    desk.did("recover")
    assert "lay at their moorings" in desk.read(TEXT)
    desk.did("errata", "revert", "Q001", "--by", "ben", "--reason", "so in the manuscript")
    desk.did("recover")
    assert "lay at there moorings" in desk.read(TEXT)
    listed = desk.did("errata", "list", "--state", "rejected")
    assert "“there” → “their”" in listed
    assert "ana, " in listed
    assert "ben, " in listed
    assert "rejected: so in the manuscript" in listed


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["decide", "Q001", "--by", "ana"], 2),
        (["decide", "Q001", "--accept"], 2),
        (["decide", "Q001", "--reject", "--wanted", "x", "--by", "ana"], 2),
        (["decide", "Q1", "--accept", "--by", "ana"], 4),
        (["decide", "Q001", "E001", "--accept", "--by", ""], 4),
        (["revert", "Q001", "--by", "ana"], 2),
        (["capture", "--by", "ana"], 2),
        (["capture", "--reason", "so"], 2),
        (["list", "--chapter", "nowhere"], 4),
    ],
)
def test_what_is_refused_changes_nothing(desk: Desk, arguments: list[str], code: int) -> None:
    assert desk.run("errata", *arguments).code == code
    assert desk.read(LEDGER) == ERRATA


FAMILY = """
[[erratum]]
id = "S00{}"
line = {}
found = "{}"
wanted = "{}"
context = "{}"
kind = "typo"
rule = "SPL001"
family = "one letter"
reason = "no word"
state = "open"
"""


def families() -> str:
    one = FAMILY.format(1, 3, "May", "Mai", "the first of May")
    return one + FAMILY.format(2, 8, "cranes", "crane", "and the cranes stood")


def test_a_family_is_decided_at_once(desk: Desk) -> None:
    desk.write(LEDGER, ERRATA + families())
    assert desk.run("errata", "decide", "--accept", "--by", "ana").code == 2
    family = ("--family", "one letter")
    wanted = ("errata", "decide", *family, "--accept", "--wanted", "x", "--by", "ana")
    assert desk.run(*wanted).code == 2
    done = desk.run("errata", "decide", "--family", "one leter", "--accept", "--by", "ana")
    assert (done.code, "Did you mean “one letter”" in done.err) == (4, True)
    desk.did("errata", "decide", "S002", "--reject", "--by", "ben")
    out = desk.did("errata", "decide", *family, "--accept", "--by", "ana")
    assert "S001: accepted" in out
    assert "S002" not in out  # somebody has decided that one
    done = desk.run("errata", "decide", *family, "--accept", "--by", "ana")
    assert (done.code, "nothing of the family" in done.err) == (4, True)
    out = desk.did("errata", "decide", *family, "--open", "--by", "ana")
    assert "S001: open" in out
    assert "S002" not in out
    assert "Q001: accepted" in desk.did(
        "errata", "decide", "Q001", *family, "--accept", "--by", "ana"
    )


def test_a_family_waits_for_the_second_reviewer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = recovered(tmp_path, capsys, "required_reviews = 2\n")
    desk.write(LEDGER, ERRATA + families())
    family = ("errata", "decide", "--family", "one letter", "--accept", "--by")
    for by, state in (("ana", "open"), ("ben", "accepted")):
        out = desk.did(*family, by)
        assert [f"S00{n}: {state}" in out for n in (1, 2)] == [True, True]
        assert desk.run(*family, by).code == 4
    # One voice alone is none yet: it is listed as what it counts for.
    rows = json.loads(desk.did("errata", "list", "--state", "accepted", "--json"))
    assert [row["id"] for row in rows] == ["S001", "S002"]


def test_a_decision_said_twice_is_told_once(desk: Desk) -> None:
    desk.did("errata", "decide", "Q001", "--accept", "--by", "ana")
    ledger = desk.read(LEDGER)
    out = desk.did("errata", "decide", "Q001", "--accept", "--by", "ana")
    assert "Q001: accepted already" in out
    assert desk.read(LEDGER) == ledger


def test_list_tells_no_match_from_no_errata(desk: Desk) -> None:
    assert desk.did("errata", "list", "--kind", "print") == "No entry matches, of 2.\n"
    desk.write(LEDGER, "")
    assert desk.did("errata", "list", "--kind", "print") == "no errata\n"


def test_list_filters(desk: Desk) -> None:
    def ids(*options: str) -> list[str]:
        return [row["id"] for row in json.loads(desk.did("errata", "list", "--json", *options))]

    assert ids() == ["E001", "Q001"]
    assert ids("--kind", "typo") == ["E001"]
    assert ids("--state", "open") == ["Q001"]
    assert ids("--rule", "SPL001") == ids("--family", "x") == []
    assert ids("--chapter", "01-the-strike") == ["E001", "Q001"]
    for kind in Kind:
        desk.did("errata", "list", "--kind", kind.value)
    assert desk.run("errata", "list", "--kind", "other").code == 2


def test_capture_makes_entries_and_recovery_the_edited_text(desk: Desk) -> None:
    desk.edit(TEXT, ("the the owners", "the owners"), ("stood still", "were standing still"))
    desk.edit(TEXT, ("the letter", "that letter"), ("Nobody had slept.\n", "Nobody had slept. "))
    edited = desk.read(TEXT)
    check = desk.run("recover", "--check")
    assert (check.code, "booktools errata capture" in check.out) == (3, True)
    shown = desk.run("errata", "capture", "--list")
    assert (shown.code, shown.out.count("→")) == (3, 3)
    assert desk.read(LEDGER) == ERRATA
    done = desk.run("errata", "capture", "--by", "ana", "--reason", "seen in proof")
    assert done.code == 0, done
    assert "the words are what the sources give" in done.out
    ledger = desk.read(LEDGER)
    assert ledger.startswith("# Kept by hand.\n")
    assert 'wanted = "that"' in ledger
    desk.did("recover")
    assert desk.read(TEXT) == edited.replace("slept. The", "slept.\nThe")
    assert desk.did("errata", "capture", "--list") == "0 corrections to capture.\n"


def test_what_cannot_be_captured_is_listed(desk: Desk) -> None:
    desk.edit(TEXT, ("who came", "who marched"))
    desk.write(TEXT, desk.read(TEXT) + "\nA new paragraph.\n")
    done = desk.run("errata", "capture", "--by", "ana", "--reason", "so")
    assert done.code == 3
    assert "a paragraph was put in that no source has: “A new paragraph.”" in done.out
    assert "E002: accepted, “came” → “marched”" in done.out


def test_two_reviewers_hold_what_was_captured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = recovered(tmp_path, capsys, "required_reviews = 2\n")
    assert "their moorings" not in desk.read(TEXT)
    assert "teh letter" in desk.read(TEXT)  # one person is not enough
    desk.did("errata", "decide", "E001", "--accept", "--by", "ana")
    desk.did("recover")
    assert "the letter" in desk.read(TEXT)
    desk.edit(TEXT, ("who came", "who marched"))
    out = desk.did("errata", "capture", "--by", "ana", "--reason", "so")
    assert "E002: open" in out
    desk.did("errata", "decide", "E002", "--accept", "--by", "ben")
    desk.did("recover", "--check")
    assert "who marched" in desk.read(TEXT)


def test_the_page_of_each_printing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = recovered(tmp_path, capsys, "")
    assert desk.run("errata", "page", "--printing", "2").code == 4
    desk.edit("manuscript/book.toml", ("[[sources]]", "[[printing]]\nnumber = 1\n\n[[sources]]"))
    assert "1 correction since printing 1." in desk.did("errata", "printed", "1")
    assert "since = 1\n" in desk.read(LEDGER)
    desk.did("errata", "decide", "Q001", "--accept", "--by", "ana")
    desk.did("recover")
    said = desk.did("errata", "page", "--format", "markdown", "--out", "-")
    assert said.index("Q001") < said.index("Corrected in the 1st printing") < said.index("E001")
    assert "harbour, and ~~teh~~ **the** letter was read" in said
    assert "### The Strike" in said
    said = desk.did("errata", "page", "--format", "markdown", "--out", "-", "--printing", "1")
    assert "Q001" not in said
    desk.did("errata", "page")
    assert "<ins>their</ins>" in desk.read("dist/the-strike-corrections.html")
    desk.did("errata", "page", "--out", str(tmp_path / "x.html"))
    assert desk.run("errata", "printed", "3").code == 4


@pytest.mark.parametrize("more", ["", "required_reviews = 2\n"])
def test_what_was_decided_since_is_no_change_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str
) -> None:
    """The manuscript is older than the ledger, and somebody edits it all the same."""
    desk = recovered(tmp_path, capsys, more)
    people = ("ana", "ben") if more else ("ana",)

    def all_of(*words: str) -> None:
        for who in people:
            desk.did(*words, "--by", who)

    if more:
        all_of("errata", "decide", "E001", "--accept")
        desk.did("recover")
    all_of("errata", "decide", "Q001", "--accept")
    all_of("errata", "revert", "E001", "--reason", "dialect")
    assert "0 corrections to capture." in desk.did("errata", "capture", "--list")
    desk.edit(TEXT, ("who came", "who marched"), ("Nobody had slept", "Nobody could sleep"))
    all_of("errata", "capture", "--reason", "seen in proof")
    states = {e.id: e.state.value for e in parse_errata(desk.read(LEDGER), LEDGER)}
    assert states == {"E001": "rejected", "Q001": "accepted", "E002": "accepted",
                      "E003": "accepted"}  # fmt: skip
    assert "0 corrections to capture." in desk.did("errata", "capture", "--list")
    desk.did("recover")
    text = desk.read(TEXT)
    for words in ("teh letter", "at their moorings", "who marched", "Nobody could sleep"):
        assert words in text
    assert "0 corrections to capture." in desk.did("errata", "capture", "--list")


def test_words_changed_by_hand_are_not_written_over(desk: Desk) -> None:
    desk.edit(TEXT, ("who came", "who marched"))
    done = desk.run("recover")
    assert done.code == 6
    assert f"{TEXT}:8: one place was changed by hand" in done.err
    assert "booktools errata capture" in done.err
    assert "who marched" in desk.read(TEXT)
    desk.did("errata", "capture", "--by", "ana", "--reason", "so")
    desk.did("recover")
    assert "who marched" in desk.read(TEXT)
    desk.edit(TEXT, ("who marched", "who ran"))
    (desk.root / TEXT).unlink()
    desk.did("recover")
    assert "who marched" in desk.read(TEXT)


def test_words_on_record_may_be_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = recovered(tmp_path, capsys, "required_reviews = 2\n")
    desk.edit(TEXT, ("who came", "who marched"))
    desk.did("errata", "capture", "--by", "ana", "--reason", "so")
    desk.did("recover")
    assert "who came" in desk.read(TEXT)  # until a second one agrees
    assert 'wanted = "marched"' in desk.read(LEDGER)


def test_a_change_by_hand_beside_one_that_was_decided_since(desk: Desk) -> None:
    desk.did("errata", "decide", "Q001", "--accept", "--by", "ana")
    desk.edit(TEXT, ("lay at there", "lie at there"))
    desk.did("errata", "capture", "--by", "ana", "--reason", "so")
    desk.did("recover")
    assert "lie at their moorings" in desk.read(TEXT)


def test_what_was_reverted_stays_on_the_page_of_its_printing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = recovered(tmp_path, capsys, "[[printing]]\nnumber = 1\n\n[[printing]]\nnumber = 2\n\n")

    def page(*more: str) -> str:
        return desk.did("errata", "page", "--format", "markdown", "--out", "-", *more)

    desk.did("errata", "printed", "1")
    desk.did("errata", "revert", "E001", "--by", "ana", "--reason", "dialect")
    assert "since = 1\n" in desk.read(LEDGER)
    assert "Taken back since the last printing" in page()
    assert "0 corrections since printing 2, 1 taken back in it." in desk.did(
        "errata", "printed", "2"
    )
    assert "since = 1\nuntil = 2\n" in desk.read(LEDGER)
    said = page("--printing", "1")
    assert "E001" in said
    assert "Corrected in the 1st printing, reverted in the 2nd." in said
    assert "E001" not in page("--printing", "2")
    for form in ("csv", "tei"):
        name = str(tmp_path / f"errata.{form}")
        desk.did("errata", "export", "--format", form, "--out", name)
        assert "0 added, 0 changed, 2 known already" in desk.did("errata", "import", name)
    desk.did("errata", "decide", "E001", "--accept", "--by", "ana")
    assert 'earlier = "1-2"\n' in desk.read(LEDGER)
    assert "until" not in desk.read(LEDGER)
    assert "E001" in page("--printing", "1")
    assert "E001" not in page("--printing", "2")


def test_no_output_takes_the_place_of_the_books_own_files(desk: Desk) -> None:
    before = desk.read("manuscript/book.toml"), desk.read(LEDGER)
    book, ledger = str(desk.root / "manuscript/book.toml"), str(desk.root / LEDGER)
    for words in (
        ("errata", "page", "--out", book),
        ("errata", "export", "--format", "csv", "--out", ledger),
        ("review", "--export", ledger),
    ):
        done = desk.run(*words)
        assert done.code == 6
        assert "outside manuscript/" in done.err
    assert (desk.read("manuscript/book.toml"), desk.read(LEDGER)) == before


def test_files_that_cannot_be_imported(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    for data, said in ((b"junk", "not valid JSON"), ("id,state\n".encode("utf-16"), "as UTF-8")):
        file.write_bytes(data)
        done = desk.run("errata", "import", str(file))
        assert done.code == 5
        assert said in done.err
    assert desk.read(LEDGER) == ERRATA


TABLE = "id,file,line,found,wanted,context,state\r\n"
STANDS = "R1,,9,cranes,crane,and the cranes stood still,open\r\n"  # its line is 8
NOWHERE = "R2,,8,ship,boat,and the old ship stood,open\r\n"
TWICE = "R3,,1,the,a,the,open\r\n"
OVERLAPS = "R4,,4,teh letter,a letter,and teh letter was,accepted\r\n"
THERE = "R5,,7,slep,slept,Nobody had slep. The,accepted\r\n"


def test_what_stands_nowhere_is_not_imported(desk: Desk, tmp_path: Path) -> None:
    table, rest = tmp_path / "a.csv", tmp_path / "rest.csv"
    table.write_text(TABLE + STANDS + NOWHERE + TWICE + OVERLAPS + THERE, "utf-8")
    words = ("errata", "import", str(table), "--by", "ana", "--rest", str(rest))
    done = desk.run(*words)
    assert done.code == 3
    assert "1 added, 0 changed, 0 known already, 4 not merged." in done.out
    assert f"{table}:3: error ERR032: R2: not merged: the context is not in the text" in done.out
    assert "nearest is “and the cranes stood”" in done.out
    assert "R3: not merged: the context stands" in done.out
    assert "R4: not merged: “teh letter” → “a letter” overlaps E001" in done.out
    assert "R5: not merged: “slept” already stands there" in done.out
    assert 'id = "R1"\nline = 8\n' in desk.read(LEDGER)  # where it stands
    desk.did("recover", "--check")
    ledger = desk.read(LEDGER)
    again = desk.run(*words)
    assert (again.code, desk.read(LEDGER)) == (3, ledger)
    assert "0 added, 0 changed, 1 known already, 4 not merged." in again.out
    # What was refused is a table to put right.
    rows = rest.read_text("utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["id", "R2", "R3", "R4", "R5"]
    right = rows[1].replace("and the old ship stood", "The ships lay")
    right = right.replace("ship,boat", "ships,boats")
    rest.write_text(f"{rows[0]}\n{right}\n", "utf-8")
    assert "1 added" in desk.did("errata", "import", str(rest))


def test_answers_that_stand_nowhere_are_not_imported(desk: Desk, tmp_path: Path) -> None:
    new = {"line": 8, "found": "ship", "wanted": "boat", "context": "the old ship stood",
           "by": "ana", "on": "2026-03-01"}  # fmt: skip
    good = new | {"found": "cranes", "wanted": "crane", "context": "and the cranes stood"}
    clash = {"id": "E002", "state": "accepted", "by": "ana", "on": "2026-03-01"}
    rival = ERRATA.split("\n\n")[1].replace("E001", "E002").replace('"teh"', '"and teh"')
    rival = rival.replace('"accepted"', '"open"').rpartition("\ndecided_by")[0] + "\n"
    desk.write(LEDGER, ERRATA + "\n" + rival)
    before = desk.read(LEDGER)
    file = tmp_path / "a.json"
    values = {"format": "booktools-answers", "answers": [clash], "new": [new, good]}
    file.write_text(json.dumps(values), "utf-8")
    done = desk.run("errata", "import", str(file))
    assert (done.code, "1 added, 0 changed, 0 known already, 2 not merged." in done.out) == (
        3,
        True,
    )
    assert f"{file}: error ERR032" in done.out  # no line of a ledger that nobody sees
    assert "E002: not merged: “and teh” → “the” overlaps E001" in done.out
    assert desk.read(LEDGER).startswith(before)
    assert "cranes" in desk.read(LEDGER).removeprefix(before)
    desk.did("recover", "--check")


TITLE = """
[[erratum]]
id = "E002"
line = 1
found = "Strike"
wanted = "Great Strike"
context = "The Strike"
kind = "typo"
reason = "as on the title page"
state = "accepted"
decided_by = "ana"
decided_on = 2021-05-31
"""


@pytest.mark.parametrize("tool", ["git", "patch"])
def test_a_patch_leads_from_the_text_without_corrections_to_the_one_with_them(
    desk: Desk, tool: str
) -> None:
    if not shutil.which(tool):
        pytest.skip(f"no {tool}")
    # A title that is corrected gives its file another name.
    desk.write(LEDGER, ERRATA + TITLE)
    (desk.root / TEXT).unlink()
    desk.did("recover")
    with_them = desk.texts()
    patch = desk.did("errata", "export", "--format", "patch")
    desk.write("a.patch", patch)
    desk.write(LEDGER, "")
    desk.did("recover")
    without = desk.texts()
    assert with_them.keys() != without.keys()
    forth = (
        ["git", "apply", "a.patch"] if tool == "git" else ["patch", "-s", "-p1", "-i", "a.patch"]
    )
    subprocess.run(forth, cwd=desk.root, check=True)
    assert desk.texts() == with_them
    subprocess.run([*forth, "-R"], cwd=desk.root, check=True)
    assert desk.texts() == without


def test_a_family_is_found_by_either_of_its_spellings(desk: Desk) -> None:
    desk.write(LEDGER, ERRATA + families().replace("one letter", "classroom or class-room"))
    for name in ("classroom", "class-room"):
        done = desk.run("errata", "decide", "--family", name, "--accept", "--by", "ana")
        assert (done.code, "Did you mean “classroom or class-room”" in done.err) == (4, True)


def test_the_mail_goes_by_lines(desk: Desk) -> None:
    desk.write(LEDGER, ERRATA + families())
    desk.did("errata", "decide", "S001", "--accept", "--by", "ana")
    said = desk.did("errata", "export", "--format", "pg")
    assert [line for line in said.splitlines() if line.startswith("Line ")] == [
        "Line 3:",
        "Line 4:",
    ]


def test_exports_and_imports(desk: Desk, tmp_path: Path) -> None:
    patch = desk.did("errata", "export", "--format", "patch")
    assert "-On the first of May the dockers came to the harbour, and teh letter" in patch
    assert "teh ==> the" in desk.did("errata", "export", "--format", "pg")
    for form, name in (("csv", "a.csv"), ("tei", "a.xml")):
        desk.did("errata", "export", "--format", form, "--out", str(tmp_path / name))
        assert "2 known already" in desk.did("errata", "import", str(tmp_path / name))
    assert desk.read(LEDGER) == ERRATA
    table = (tmp_path / "a.csv").read_text("utf-8-sig")
    table = table.replace("wrong word,open", "wrong word,accepted")
    desk.write("a.csv", table)
    assert desk.run("errata", "import", str(desk.root / "a.csv")).code == 3
    assert desk.read(LEDGER) == ERRATA
    assert "1 changed" in desk.did("errata", "import", str(desk.root / "a.csv"), "--by", "ana")
    answers = '{"format": "booktools-answers", "answers": [{"id": "Q001", "state": "rejected", '
    desk.write("a.json", answers + '"by": "ben", "on": "2026-03-01"}]}')
    done = desk.run("errata", "import", str(desk.root / "a.json"))
    assert (done.code, "ben says rejected, ana decided" in done.out) == (3, True)
    desk.write("b.txt", "nothing")
    assert desk.run("errata", "import", str(desk.root / "b.txt")).code == 5
