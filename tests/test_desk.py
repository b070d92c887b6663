"""The desk: what is shown of the errata, and that every decision is on disk at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from booktools.desk.desk import Desk, open_desk
from booktools.engines.web import Refused
from booktools.errata.entry import Entry, State
from booktools.errata.ledger import parse_errata
from booktools.store import edit_ledger
from review_book import LEDGER, booktools, ledger_of, make_book

TWO = "required_reviews = 2\n"


def desk_of(folder: Path, more: str = "", ledger: str = LEDGER) -> Desk:
    return open_desk(make_book(folder, ledger, more), lambda step: None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(tmp_path)


def entries(folder: Path) -> dict[str, Entry]:
    return {e.id: e for e in parse_errata(ledger_of(folder), "errata.toml")}


def decide(desk: Desk, id: str, answer: str = "accept", who: str = "Ana", **more: Any) -> Any:
    version = desk.card(id, who)["version"]
    body = {"id": id, "version": version, "answer": answer, "who": who}
    return desk.post("decide", body | more)


# --- what is shown --------------------------------------------------------------------


def test_a_card_shows_the_sentence_the_source_and_both_forms(desk: Desk) -> None:
    card = desk.get("entry", {"id": "E003", "who": "Ana"})
    assert card["before"] == "She had written to the Institute of "
    assert card["after"].startswith(" about the lamp, and had been answered")
    assert card["place"] == {"file": "manuscript/source/harbour.txt", "page": 0, "line": 11}
    (line,) = [line for line in card["lines"] if line["marks"]]
    assert line["n"] == 11
    assert [line["text"][a:b] for a, b in line["marks"]] == ["Mazagran"]
    assert [(form["form"], form["count"]) for form in card["forms"]] == [
        ("Mazagran", 0),
        ("Mazagrán", 1),
    ]
    (place,) = card["forms"][1]["places"]
    paragraph = desk.laid.copy.paragraphs[place["paragraph"]].text
    assert paragraph[place["at"] :].startswith("Mazagrán was far")
    json.dumps(card)


def test_a_word_divided_at_a_line_end_is_marked_on_both_lines(tmp_path: Path) -> None:
    more = """
[[erratum]]
id = "E010"
line = 20
found = "believed"
wanted = "thought"
context = "He believed that the lamp"
kind = "grammar"
reason = "It is what he did."
state = "open"
"""
    card = desk_of(tmp_path, "", LEDGER + more).get("entry", {"id": "E010"})
    marked = [(m["n"], m["text"][a:b]) for m in card["lines"] for a, b in m["marks"]]
    assert marked == [(20, "be"), (21, "lieved")]


def test_an_entry_that_is_nowhere_says_why(tmp_path: Path) -> None:
    ledger = LEDGER.replace("lay still under teh moon", "lay still beneath teh moon")
    card = desk_of(tmp_path, "", ledger).get("entry", {"id": "E001"})
    assert "nearest" in card["fault"]
    assert card["lines"] == []
    assert card["before"] == "lay still beneath "


def test_filters_counts_search_and_order(desk: Desk) -> None:
    def ids(**query: str) -> list[str]:
        return [item["id"] for item in desk.get("list", {"who": "Ana", **query})["items"]]

    assert ids(state="open") == ["E001", "E004", "E005", "E002", "E003", "E006"]
    assert ids(state="open", order="book") == ["E001", "E002", "E003", "E004", "E005", "E006"]
    assert ids(state="rejected") == ["E007"]
    assert ids(rule="SPL001", chapter="1") == ["E005"]
    assert ids(kind="query") == ["E006"]
    assert ids(search="mazagrán INSTITUTE") == ["E003"]
    assert ids(search="nowhere to be found") == []
    assert ids(family="teh for the") == ["E001", "E004", "E005"]
    about = desk.get("overview", {"who": "Ana", "state": "open", "kind": "ocr"})
    assert (about["total"], about["waiting"], about["title"]) == (7, 6, "The Harbour")
    # each filter counts what the others leave
    assert about["facets"]["kind"] == {"ocr": 4, "consistency": 1, "query": 1}
    assert about["facets"]["state"] == {"open": 4}
    assert [chapter["title"] for chapter in about["chapters"]] == ["The harbour", "The lamp"]
    assert about["people"] == ["copy-editor"]


def test_a_long_list_comes_in_parts(desk: Desk) -> None:
    part = desk.get("list", {"offset": "2", "most": "3", "order": "book", "state": "open"})
    assert part["total"] == 6
    assert [item["id"] for item in part["items"]] == ["E003", "E004", "E005"]
    assert desk.get("list", {"offset": "99"})["items"] == []


def test_a_chapter_is_read_with_its_entries_marked(desk: Desk) -> None:
    page = desk.get("chapter", {"chapter": "0"})
    assert (page["title"], page["first"], page["last"]) == ("The harbour", 0, 4)
    pieces = page["paragraphs"][2]["pieces"]
    assert "".join(piece["text"] for piece in pieces) == desk.laid.copy.paragraphs[2].text
    assert [piece["id"] for piece in pieces if "id" in piece] == ["E001", "E002", "E007"]
    with pytest.raises(LookupError):
        desk.get("chapter", {"chapter": "9"})
    assert desk.get("chapter", {"chapter": "0", "from": "3"})["paragraphs"][0]["number"] == 3


def test_places_of_a_form_are_whole_words(desk: Desk) -> None:
    some = desk.get("places", {"form": "lamp"})
    assert some["count"] == len(some["places"]) == 6
    assert desk.get("places", {"form": "lam"})["count"] == 0
    assert desk.get("places", {"form": ""})["count"] == 0


@pytest.mark.parametrize("name", ["entry", "nothing"])
def test_what_is_not_there(desk: Desk, name: str) -> None:
    with pytest.raises(LookupError):
        desk.get(name, {"id": "E999"})


# --- what is decided ------------------------------------------------------------------


def test_each_answer_is_on_disk_when_it_is_given(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    said = decide(desk, "E002")
    assert said["label"] == "Accepted: “trapos” → “traps”"
    entry = entries(tmp_path)["E002"]
    assert (entry.state, entry.decided_by) == (State.ACCEPTED, "Ana")
    decide(desk, "E003", "reject")
    assert entries(tmp_path)["E003"].state is State.REJECTED
    decide(desk, "E005", wanted="the\nold", reason="the clerk’s")
    assert entries(tmp_path)["E005"].wanted == "the old"
    decide(desk, "E002", "reopen")
    assert entries(tmp_path)["E002"].state is State.OPEN
    assert "# A comment that must stay where it is." in ledger_of(tmp_path)
    assert booktools(tmp_path, "errata", "check") == 0


def test_a_family_is_decided_at_once_and_undone_at_once(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    body = {"family": "teh for the", "count": 3, "answer": "accept", "who": "Ana"}
    said = desk.post("decide", body)
    assert said["label"] == "Accepted 3: “teh” → “the”"
    assert {i for i, e in entries(tmp_path).items() if e.accepted} == {"E001", "E004", "E005"}
    assert desk.get("overview", {"who": "Ana"})["undo"] == said["label"]
    desk.post("undo", {"who": "Ana"})
    assert ledger_of(tmp_path) == LEDGER
    assert desk.get("overview", {"who": "Ana"})["undo"] == ""
    with pytest.raises(Refused, match="nothing to undo"):
        desk.post("undo", {"who": "Ana"})


def test_a_family_that_is_not_what_was_seen_is_not_decided(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    decide(desk, "E004", "reject", who="Ben")
    body = {"family": "teh for the", "count": 3, "answer": "accept", "who": "Ana"}
    before = ledger_of(tmp_path)
    with pytest.raises(Refused, match="2 are open now") as said:
        desk.post("decide", body)
    assert said.value.body["conflict"]
    assert ledger_of(tmp_path) == before
    desk.post("decide", body | {"count": 2})
    assert entries(tmp_path)["E004"].state is State.REJECTED


def test_two_reviewers_do_not_overwrite_each_other(tmp_path: Path) -> None:
    """Two pages of one start, and two starts in one project."""
    ana = desk_of(tmp_path)
    ben = open_desk(ana.project, lambda step: None)
    seen = ben.card("E001", "Ben")["version"]
    decide(ana, "E001")
    with pytest.raises(Refused, match="Ana") as said:
        ben.post("decide", {"id": "E001", "version": seen, "answer": "reject", "who": "Ben"})
    assert said.value.status == 409
    assert said.value.body["conflict"]
    assert entries(tmp_path)["E001"].decided_by == "Ana"
    # what was seen is shown anew, and other entries are free
    assert ben.get("entry", {"id": "E001", "who": "Ben"})["decidedBy"] == "Ana"
    decide(ben, "E002", who="Ben")
    decide(ana, "E003")
    now = entries(tmp_path)
    assert [now[i].decided_by for i in ("E001", "E002", "E003")] == ["Ana", "Ben", "Ana"]


def test_what_somebody_changed_since_is_not_undone(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    decide(desk, "E001", who="Ana")
    decide(desk, "E001", "reject", who="Ben")
    with pytest.raises(Refused, match="changed since"):
        desk.post("undo", {"who": "Ana"})
    assert entries(tmp_path)["E001"].decided_by == "Ben"
    desk.post("undo", {"who": "Ben"})
    assert entries(tmp_path)["E001"].decided_by == "Ana"


def test_a_ledger_edited_by_hand_is_read_anew(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    edit_ledger(tmp_path, "manuscript/errata.toml", lambda t: t.replace('id = "E001"', 'id = "X1"'))
    assert next(i["id"] for i in desk.get("list", {"order": "book"})["items"]) == "X1"
    with pytest.raises(Refused, match="E001 is no longer"):
        desk.post("decide", {"id": "E001", "version": "", "answer": "accept", "who": "Ana"})


def test_a_broken_ledger_is_told_and_left_alone(tmp_path: Path) -> None:
    from booktools.errors import ConfigError

    desk = desk_of(tmp_path)
    file = tmp_path / "manuscript/errata.toml"
    broken = LEDGER.replace('id = "E004"', "id = ")
    file.write_text(broken, "utf-8")
    assert "errata.toml" in desk.get("news", {})["trouble"]
    assert desk.get("list", {})["total"] == 7  # what was read last stays to be seen
    with pytest.raises(ConfigError):
        desk.post("decide", {"id": "E001", "version": "", "answer": "accept", "who": "Ana"})
    assert file.read_text("utf-8") == broken
    file.write_text(LEDGER, "utf-8")
    decide(desk, "E001")
    assert desk.get("news", {})["trouble"] == ""


def test_what_cannot_be_accepted_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="stands there already"):
        decide(desk, "E006")
    with pytest.raises(Refused, match="two spaces"):
        decide(desk, "E002", wanted="")
    for bad in ({"answer": "maybe"}, {"who": ""}, {"who": "x" * 81}, {"who": "a\u0007"},
                {"wanted": 1}, {"wanted": "x" * 3000}, {"wanted": "\ud800"}):  # fmt: skip
        with pytest.raises(Refused) as said:
            desk.post(
                "decide", {"id": "E002", "version": "", "answer": "accept", "who": "Ana"} | bad
            )
        assert said.value.status == 400
    assert ledger_of(tmp_path) == LEDGER


# --- two people must agree ------------------------------------------------------------


def test_two_must_agree_and_the_second_is_not_swayed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, TWO)
    decide(desk, "E001", "reject", who="Ana")
    assert entries(tmp_path)["E001"].state is State.OPEN
    blind = desk.get("entry", {"id": "E001", "who": "Ben"})
    assert (blind["answers"], blind["voices"], blind["waits"]) == (1, [], True)
    assert "Ana" not in json.dumps(blind)
    own = desk.get("entry", {"id": "E001", "who": "ana "})
    assert [(v["by"], v["state"]) for v in own["voices"]] == [("Ana", "rejected")]
    assert not own["waits"]
    decide(desk, "E001", "accept", who="Ben")
    both = desk.get("entry", {"id": "E001", "who": "Ben"})
    assert both["disputed"]
    assert {v["by"] for v in both["voices"]} == {"Ana", "Ben"}
    assert entries(tmp_path)["E001"].state is State.OPEN
    disputed = desk.get("list", {"state": "disputed", "who": "Ana"})
    assert [item["id"] for item in disputed["items"]] == ["E001"]
    assert desk.get("list", {"state": "disputed", "who": "Eva"})["items"] == []
    decide(desk, "E001", "accept", who="Ana")
    assert entries(tmp_path)["E001"].state is State.ACCEPTED


def test_where_two_must_agree_a_correction_of_ones_own_waits(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, TWO)
    own_correction(desk, "rail", "railing")
    entry = entries(tmp_path)["E008"]
    assert entry.state is State.OPEN
    assert [review.by for review in entry.reviews] == ["Ana"]
    decide(desk, "E008", who="Ben")
    assert entries(tmp_path)["E008"].accepted


# --- corrections of one's own ---------------------------------------------------------


def own_correction(desk: Desk, found: str, wanted: str, number: int = 2, **more: Any) -> Any:
    text = desk.laid.copy.paragraphs[number].text
    start = text.index(found)
    body = {"paragraph": number, "start": start, "end": start + len(found), "found": found,
            "wanted": wanted, "kind": "typo", "who": "Ana"}  # fmt: skip
    return desk.post("correct", body | more)


def test_any_words_can_be_corrected(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    own_correction(desk, "rail", "railing", reason="so the next page says")
    entry = entries(tmp_path)["E008"]
    assert (entry.found, entry.wanted, entry.line) == ("rail", "railing", 8)
    assert (entry.state, entry.decided_by) == (State.ACCEPTED, "Ana")
    assert entry.reason == "so the next page says"
    assert booktools(tmp_path, "errata", "check") == 0
    booktools(tmp_path, "recover")
    made = (tmp_path / "manuscript/text/01-the-harbour.md").read_text("utf-8")
    assert "hung from the railing" in made
    desk.post("undo", {"who": "Ana"})
    assert ledger_of(tmp_path) == LEDGER


def test_words_that_stand_twice_close_by_are_told_apart(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    text = desk.laid.copy.paragraphs[6].text
    for start in (text.index("to "), text.rindex("to ")):
        body = {"paragraph": 6, "start": start, "end": start + 2, "found": "to", "wanted": "unto",
                "kind": "grammar", "who": "Ana"}  # fmt: skip
        desk.post("correct", body)
    booktools(tmp_path, "recover")
    made = (tmp_path / "manuscript/text/02-the-lamp.md").read_text("utf-8").replace("\n", " ")
    assert "said so unto teh Institute, and to Marta, and unto anybody" in made


def test_what_is_corrected_already_is_not_corrected_twice(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    decide(desk, "E002")
    with pytest.raises(Refused, match="E002"):
        own_correction(desk, "the trapos that", "the things that")
    with pytest.raises(Refused, match="not what this page shows"):
        own_correction(desk, "Marta", "Martha", end=3)
    with pytest.raises(Refused, match="stands there already"):
        own_correction(desk, "Marta", "Marta")
    with pytest.raises(LookupError):
        own_correction(desk, "Marta", "Martha", paragraph=99)
    with pytest.raises(Refused):
        own_correction(desk, "Marta", "Martha", start=-1)


def test_two_starts_give_two_ids(tmp_path: Path) -> None:
    ana = desk_of(tmp_path)
    ben = open_desk(ana.project, lambda step: None)
    own_correction(ana, "rail", "railing")
    own_correction(ben, "Marta", "Martha", who="Ben")
    assert {"E008", "E009"} <= entries(tmp_path).keys()


def test_nothing_is_written_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    desk = desk_of(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="disk is full"):
        decide(desk, "E001")
    assert ledger_of(tmp_path) == LEDGER
    monkeypatch.undo()
    assert desk.get("entry", {"id": "E001"})["state"] == "open"
    decide(desk, "E001")


# --- a manuscript that is its own source ----------------------------------------------

BORN = """\
[[erratum]]
id = "E001"
line = 3
found = "teh"
wanted = "the"
context = "still under teh moon"
kind = "typo"
reason = "No word."
state = "open"
file = "manuscript/text/01-harbour.md"

[[erratum]]
id = "E002"
line = 4
found = "botes"
wanted = "boats"
context = "and the botes came in"
kind = "typo"
reason = "It is made already."
state = "accepted"
decided_by = "copy-editor"
decided_on = 2026-01-05
file = "manuscript/text/01-harbour.md"
"""


def born(folder: Path) -> Desk:
    from booktools.store import open_project

    files = {
        "book.toml": 'title = "The Harbour"\nlanguage = "en"\n'
        'identifiers = ["urn:uuid:2b6f0cc9-04d7-4d63-9f4d-1f2a1c1f0e11"]\n',
        "errata.toml": BORN,
        "text/01-harbour.md": "# The harbour\n\nThe *harbour* lay still under teh moon,\n"
        "and the boats came in.\n",
        "text/02-lamp.md": "# The lamp\n\nThe keeper climbed. His lamp was out.\n",
    }
    for name, text in files.items():
        path = folder / "manuscript" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return open_desk(open_project(folder), lambda step: None)


def test_a_book_without_sources_is_reviewed_in_its_own_text(tmp_path: Path) -> None:
    desk = born(tmp_path)
    assert [part.title for part in desk.laid.copy.chapters] == ["The harbour", "The lamp"]
    card = desk.get("entry", {"id": "E001"})
    assert card["before"] == "The harbour lay still under "
    assert card["place"] == {"file": "manuscript/text/01-harbour.md", "page": 0, "line": 3}
    (line,) = [line for line in card["lines"] if line["marks"]]
    assert line["text"] == "The *harbour* lay still under teh moon,"
    assert [line["text"][a:b] for a, b in line["marks"]] == ["teh"]
    assert "The lamp" not in str(card["lines"])
    # what is made already stands there with the wanted reading
    made = desk.get("entry", {"id": "E002"})
    assert (made["fault"], made["after"]) == ("", " came in.")
    assert [form["form"] for form in made["forms"]] == ["botes", "boats"]
    pieces = desk.get("chapter", {"chapter": "0"})["paragraphs"][1]["pieces"]
    assert [(p["text"], p["found"]) for p in pieces if "id" in p] == [
        ("teh", "teh"),
        ("boats", "botes"),
    ]
    decide(desk, "E001")
    own_correction(desk, "lamp", "lantern", number=3)
    assert entries(tmp_path)["E003"].file == "manuscript/text/02-lamp.md"
    assert desk.get("overview", {})["next"] == "booktools errata apply"
    assert booktools(tmp_path, "errata", "apply") == 0
    assert booktools(tmp_path, "errata", "check") == 0
