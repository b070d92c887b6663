"""Entries given to others and taken back: CSV, TEI, answers; a patch and a letter."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.answers import Answer, Answers
from booktools.errata.decide import Decision, decide, entry_version, question_version
from booktools.errata.entry import Entry, Kind, Review, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errata.merge import Merged, Row, merge_answers, merge_rows
from booktools.errata.outgoing import errata_mail, patch
from booktools.errata.tables import entries_csv, parse_csv
from booktools.errata.tei import entries_tei, parse_tei
from booktools.errors import SourceError
from booktools.model.finding import Finding, Severity
from errata_galleys import DAY, entry
from test_errata_ledger import entries as ledgers

FILE = "manuscript/errata.toml"
ONE = entry("E1", 3, "teh", "the", "and teh sea", state=State.OPEN)
TWO = entry("E2", 4, "gat", "got", "he gat up", since=1)
TEXT = "# kept\n\n" + print_errata([ONE, TWO])


def unversioned(rows: tuple[Row, ...]) -> list[Entry]:
    return [row.entry for row in rows]


@given(ledgers())
def test_tables_and_tei_read_back_the_same(found: tuple[Entry, ...]) -> None:
    plain = [replace(one, reviews=()) for one in found]
    rows = parse_csv(entries_csv(plain), "a.csv")
    assert unversioned(rows) == plain
    assert [row.version for row in rows] == [entry_version(one) for one in plain]
    if plain:
        tei = entries_tei(plain, "A & <B>", "en")
        assert unversioned(parse_tei(tei, "a.xml")) == plain
        assert "<!" not in tei
    text = print_errata(found)
    merged = merge_rows(text, parse_csv(entries_csv(found), "a.csv"), "a.csv", sound)
    assert merged.decided.text == text
    assert merged.known == len(found)


@given(st.text(st.sampled_from("'=+-@\t\rab"), min_size=1, max_size=6))
def test_no_cell_is_a_formula(reading: str) -> None:
    wanted = reading.replace("\t", "x").replace("\r", "y")
    one = replace(TWO, wanted=f"{wanted}.")
    text = entries_csv([one])
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert parse_csv(text, "a.csv")[0].entry.wanted == f"{wanted}."


def test_a_table_that_a_spreadsheet_wrote() -> None:
    text = "id;line;found;wanted;context\r\nE9;3;a;b;x a\r\n;;;;\r\n"
    (row,) = parse_csv(text, "a.csv")
    assert (row.entry.id, row.entry.kind, row.entry.state) == ("E9", Kind.TYPO, State.OPEN)


HEAD = "id,line,found,wanted,context,state\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column “id”"),
        ("id,line\n", "no column “found”"),
        (HEAD + "E1,x,a,b,a,\n", "no number"),
        (HEAD + "E1,1,a,b,c,\n", "is not in it"),
        (HEAD + "E 1,1,a,b,a,\n", "is not an id"),
        (HEAD + "E1,1,a,b,a,maybe\n", "not an entry"),
        (HEAD + "E1,1,a,b,a,,,\n", "more cells"),
        (HEAD + 'E1,1,"a\nb",b,"a\nb",\n', "control character"),
        (HEAD + 'E1,1,"a', "not a table"),
    ],
)
def test_what_is_no_table_is_refused(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        parse_csv(text, "a.csv")
    assert caught.value.place is not None


NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
BOMB = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<TEI", "not well-formed"),
        ("<html/>", "no <ab>"),
        (f"<TEI {NS}/>", "no <ab>"),
        (f"<TEI {NS}><ab/></TEI>", "no <choice>"),
        (f"{BOMB}<TEI {NS}><ab>&c;</ab></TEI>", "document type"),
        (f'<!DOCTYPE a SYSTEM "file:///etc/passwd"><TEI {NS}/>', "document type"),
        (f"<TEI {NS}>" + "<ab>" * 3000, "not well-formed"),
        (f"<TEI {NS}><ab n='E1'><choice><sic>a</sic><corr>b</corr></choice></ab></TEI>", "line"),
    ],
)
def test_what_is_no_tei_is_refused(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        parse_tei(text, "a.xml")


# --- answers --------------------------------------------------------------------------


def answer(id: str, state: State, by: str = "ana", of: Entry | None = None, **more: str) -> Answer:
    version = question_version(of) if of else ""
    return Answer(id, Decision(by, DAY, state, more.get("wanted"), more.get("reason", ""), version))


def sound(entries: Iterable[Entry]) -> dict[str, Finding]:
    """Every entry stands somewhere."""
    return {}


def merge(
    *answers: Answer, text: str = TEXT, required: int = 1, new: Entry | None = None
) -> Merged:
    whole = Answers(answers, (new,) if new else ())
    return merge_answers(text, whole, "a.json", sound, required)


def test_answers_are_merged_once() -> None:
    first = merge(answer("E1", State.ACCEPTED, of=ONE), answer("E2", State.ACCEPTED, of=TWO))
    assert (first.changed, first.known, first.findings) == (("E1",), 1, ())
    assert first.decided.text.startswith("# kept\n")
    again = merge(answer("E1", State.ACCEPTED, of=ONE), text=first.decided.text)
    assert again.decided.text == first.decided.text
    assert again.known == 1


def test_another_reading_is_merged_once_too() -> None:
    said = answer("E1", State.ACCEPTED, of=ONE, wanted="thee", reason="poetry")
    first = merge(said)
    assert parse_errata(first.decided.text, FILE)[0].wanted == "thee"
    assert merge(said, text=first.decided.text).decided.text == first.decided.text


def test_nobody_is_overruled_by_a_file() -> None:
    said = merge(answer("E2", State.REJECTED, by="ben", of=TWO), answer("E7", State.ACCEPTED))
    assert said.decided.text == TEXT
    assert [f.code for f in said.findings] == ["ERR032", "ERR032"]
    assert "ben says rejected, copy-editor decided" in said.findings[0].message
    both = merge(answer("E2", State.REJECTED, by="ben", of=TWO), required=2)
    assert both.findings == ()
    assert [r.by for r in parse_errata(both.decided.text, FILE)[1].reviews] == [
        "copy-editor", "ben"]  # fmt: skip


def test_an_entry_that_asks_something_else_now() -> None:
    changed = TEXT.replace('wanted = "the"', 'wanted = "thy"')
    said = merge(answer("E1", State.ACCEPTED, of=ONE), text=changed)
    assert said.decided.text == changed
    assert "changed since ana saw it" in said.findings[0].message


def test_new_corrections_come_in_once() -> None:
    new = Entry("n0", 9, "aa", "bb", "x aa", Kind.TYPO, "so",
                reviews=(Review("ana", DAY, State.ACCEPTED),))  # fmt: skip
    first = merge(new=new)
    assert first.added == ("E3",)
    again = merge(new=new, text=first.decided.text)
    assert again.decided.text == first.decided.text
    ben = replace(new, reviews=(Review("ben", DAY, State.ACCEPTED),))
    second = merge(new=ben, text=first.decided.text)
    assert [r.by for r in parse_errata(second.decided.text, FILE)[2].reviews] == ["ana", "ben"]


# --- rows -----------------------------------------------------------------------------


def rows(*changed: Entry, by: str = "", text: str = TEXT, version: str = "") -> Merged:
    made = [Row(one, version) for one in changed]
    return merge_rows(text, made, "a.csv", sound, by, datetime.date(2026, 3, 1))


def test_a_decision_in_a_spreadsheet_needs_a_name() -> None:
    done = replace(ONE, state=State.ACCEPTED)
    assert rows(done).findings[0].message.endswith("it is decided, but not by whom (--by)")
    made = parse_errata(rows(done, by="ana").decided.text, FILE)[0]
    assert (made.state, made.decided_by) == (State.ACCEPTED, "ana")
    first = rows(done, by="ana").decided.text
    assert rows(done, by="ana", text=first).decided.text == first


def test_a_row_of_the_entry_as_it_is_replaces_it() -> None:
    better = replace(ONE, reason="a slip", kind=Kind.OCR, line=7)
    made = rows(better, version=entry_version(ONE))
    assert parse_errata(made.decided.text, FILE)[0] == better
    assert rows(better).decided.text == TEXT  # of no one knows which entry


def test_rows_that_contradict_are_told() -> None:
    made = rows(replace(TWO, state=State.REJECTED, since=0, decided_by="ben"))
    assert made.decided.text == TEXT
    assert "here it is accepted (“got”), there rejected" in made.findings[0].message
    other = replace(ONE, found="sea", wanted="see")
    made = rows(other, version="0" * 16)
    assert "another one by now" in made.findings[0].message
    assert made.rest == (other,)
    made = rows(replace(ONE, wanted="thy"))
    assert "here “the” is proposed, there “thy”" in made.findings[0].message


def test_an_id_that_means_something_else_here_becomes_another() -> None:
    other = replace(ONE, found="sea", wanted="see")
    first = rows(other)
    assert (first.added, first.findings) == (("E3",), ())
    again = rows(other, text=first.decided.text)
    assert (again.decided.text, again.known) == (first.decided.text, 1)


def test_the_same_word_twice_on_a_line_is_two_corrections() -> None:
    one = entry("N1", 3, "a", "b", "x a y", state=State.OPEN)
    two = replace(one, id="N2", context="p a q")
    far = replace(one, id="N3", line=9)
    assert rows(one, two, far).added == ("N1", "N2", "N3")
    voice = (Review("ana", DAY, State.ACCEPTED),)
    new = [replace(one, reviews=voice) for one in (one, two, far)]
    made = merge_answers(TEXT, Answers((), tuple(new)), "a.json", sound)
    assert made.added == ("E3", "E4", "E5")
    longer = replace(new[0], context="w x a y z", reviews=(Review("ben", DAY, State.ACCEPTED),))
    same = merge_answers(made.decided.text, Answers((), (longer,)), "a.json", sound)
    assert (same.added, same.changed) == ((), ("E3",))


def test_what_cannot_be_applied_is_not_taken() -> None:
    bad = Finding("ERR001", Severity.ERROR, "N1: nowhere", fix="Look.")

    def trial(entries: Iterable[Entry]) -> dict[str, Finding]:
        return {one.id: bad for one in entries if one.found == "gone" or one.wanted == "worse"}

    new = entry("N1", 9, "gone", "here", "so gone by")
    fresh = replace(ONE, wanted="worse")
    table = [Row(new), Row(fresh, entry_version(ONE))]
    made = merge_rows(TEXT, table, "a.csv", trial)
    assert made.decided.text == TEXT
    assert [f.message for f in made.findings] == [
        "N1: not merged: nowhere", "E1: not merged: N1: nowhere"]  # fmt: skip
    assert made.rest == (new, fresh)
    # What was wrong before it came may be decided all the same.
    wrong = replace(ONE, found="gone", context="and gone sea")
    text = print_errata([wrong])
    said = merge_answers(text, Answers((answer("E1", State.ACCEPTED),)), "a.json", trial)
    assert (said.changed, said.findings) == (("E1",), ())


def test_new_rows_are_added() -> None:
    new = entry("X1", 9, "aa", "bb", "x aa")
    assert rows(new).added == ("X1",)
    assert parse_errata(rows(new).decided.text, FILE)[2] == new


# --- for others -----------------------------------------------------------------------


def test_a_patch() -> None:
    made = patch({"a.md": "one\nteh sea\ntwo\n", "b.md": "x\n"}, {"a.md": "one\nthe sea\ntwo\n"})
    assert "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n one\n-teh sea\n+the sea\n two\n" in made
    assert patch({"a.md": "x"}, {"a.md": "x"}) == ""
    assert "\\ No newline at end of file\n" in patch({"a.md": "x"}, {"a.md": "y"})


def test_a_letter() -> None:
    said = errata_mail([TWO, entry("E3", 5, ", so", "", "it was, so")], "Book", "Ana", "urn:x")
    assert "Line 4:\n    he gat up\n    gat ==> got\n    (misspelt)\n" in said
    assert "    , so ==> [delete]\n" in said
    assert said.endswith("2 errata.\n")
    assert "Paragraph 4:\n" in errata_mail([TWO], "Book", "Ana", "urn:x", "Paragraph")
    said = errata_mail(
        [TWO, replace(TWO, id="E4", file="a.pdf")], "B", "A", "urn:x", "Line", {"E2": 7}, ["a.pdf"]
    )
    assert said.count("File: a.pdf") == 1
    assert "Page 7, line 4:\n" in said
    assert "\nLine 4:\n" in said


def test_a_mailed_answer_and_a_live_one_do_not_lose_each_other() -> None:
    live = decide(TEXT, "E2", Decision("ben", DAY, State.REJECTED)).text
    made = merge(answer("E1", State.ACCEPTED, of=ONE), text=live)
    found = {e.id: e.state for e in parse_errata(made.decided.text, FILE)}
    assert found == {"E1": State.ACCEPTED, "E2": State.REJECTED}
