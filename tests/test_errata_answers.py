"""The answers of a reviewer by mail: read, refused, printed."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.answers import (
    FORMAT,
    LARGEST,
    Answer,
    Answers,
    parse_answers,
)
from booktools.errata.decide import Decision
from booktools.errata.entry import Entry, Kind, Review, State
from booktools.errors import SourceError

DAY = datetime.date(2026, 3, 1)
ANSWER = {"id": "E1", "state": "accepted", "by": "ana", "on": "2026-03-01"}
NEW = {"line": 3, "found": "teh", "wanted": "the", "context": "to teh  sea", "by": "ana",
       "on": "2026-03-01"}  # fmt: skip


def file(answers: Any = (), **more: Any) -> str:
    return json.dumps({"format": FORMAT, "answers": answers, **more})


def print_answers(answers: Answers) -> str:
    """The file that `parse_answers` reads, as the mailed page writes it."""
    rows: dict[str, Any] = {"format": FORMAT, "answers": [_row(a) for a in answers.answers]}
    if answers.new:
        rows["new"] = [_new_row(entry) for entry in answers.new]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _row(answer: Answer) -> dict[str, str]:
    said = answer.decision
    row = {"id": answer.id, "state": said.state.value, "by": said.by, "on": said.on.isoformat()}
    if said.wanted is not None:
        row["wanted"] = said.wanted
    more = {"reason": said.reason, "version": said.version}
    return row | {key: value for key, value in more.items() if value}


def _new_row(entry: Entry) -> dict[str, str | int]:
    (review,) = entry.reviews
    row: dict[str, str | int] = {"file": entry.file} if entry.file else {}
    return row | {
        "line": entry.line,
        "found": entry.found,
        "wanted": entry.wanted,
        "context": entry.context,
        "kind": entry.kind.value,
        "reason": entry.reason,
        "by": review.by,
        "on": review.on.isoformat(),
    }


def test_answers_are_decisions() -> None:
    row = ANSWER | {"wanted": "", "reason": "so", "version": "0" * 16}
    found = parse_answers(file([ANSWER, row]), "a.json")
    one = Decision("ana", DAY, State.ACCEPTED)
    two = replace(one, wanted="", reason="so", version="0" * 16)
    assert found == Answers((Answer("E1", one), Answer("E1", two)))


def test_new_corrections_are_open_entries_that_somebody_is_for() -> None:
    (entry,) = parse_answers(file(new=[NEW | {"file": "x.md", "kind": "ocr"}]), "a.json").new
    assert entry == Entry("n0", 3, "teh", "the", "to teh sea", Kind.OCR, "entered by ana",
                          file="x.md", reviews=(Review("ana", DAY, State.ACCEPTED),))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[]", "not a file of answers"),
        ('{"format": "other"}', "no format"),
        ("[" * 100_000, "not a file of answers"),
        ('{"format": ' + "9" * 5000 + "}", "not a file of answers"),
        (file({}), "this is no list"),
        (file([1]), "this is no object"),
        (file(extra=1), "unknown key “extra”"),
        (file([ANSWER | {"more": "x"}]), r"answers\[1\]: unknown key"),
        (file([ANSWER | {"id": "a b"}]), r"answers\[1\].id: this is not an id"),
        (file([ANSWER, ANSWER | {"by": 1}]), r"answers\[2\].by: this is not a text"),
        (file([ANSWER | {"by": " "}]), "by: empty"),
        (file([ANSWER | {"by": "a\nb"}]), "control character"),
        (file([ANSWER | {"by": "a\ud800"}]), "half a character"),
        (file([ANSWER | {"\udfff": "x"}]), "half a character"),
        (file([ANSWER | {"reason": "\x00"}]), "control character"),
        (file([ANSWER | {"state": "maybe"}]), "not one of open, accepted, rejected"),
        (file([ANSWER | {"on": "yesterday"}]), "not a day"),
        (file([{"id": "E1"}]), "there is no “state”"),
        (file([ANSWER | {"reason": "x" * 10_001}]), "more than 10,000"),
        (file(new=[NEW | {"line": True}]), "not a whole number"),
        (file(new=[NEW | {"line": 0}]), "less than 1"),
        (file(new=[NEW | {"context": "elsewhere"}]), "is not in it"),
        (file(new=[NEW | {"kind": "x"}]), "not one of ocr"),
    ],
)
def test_what_is_no_answer_is_refused(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        parse_answers(text, "a.json")
    assert caught.value.place is not None
    assert caught.value.place.file == "a.json"


def test_a_file_is_bounded() -> None:
    with pytest.raises(SourceError, match="too large"):
        parse_answers(" " * (LARGEST + 1), "a.json")
    with pytest.raises(SourceError, match="the most"):
        parse_answers(file([1] * 50_001), "a.json")


_CHARS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Cf"))
_TEXT = st.text(_CHARS, min_size=1, max_size=9).map(lambda text: f"x{text}")
_ANSWERS = st.builds(
    Answer,
    st.from_regex(r"[A-Za-z0-9._-]{1,9}", fullmatch=True),
    st.builds(
        Decision,
        by=_TEXT,
        on=st.dates(),
        state=st.sampled_from(State),
        wanted=st.none() | _TEXT | st.just(""),
        reason=st.just("") | _TEXT,
        version=st.just("") | st.just("0123456789abcdef"),
    ),
)


@given(st.lists(_ANSWERS, max_size=4).map(tuple))
def test_what_is_printed_reads_back_the_same(answers: tuple[Answer, ...]) -> None:
    new = parse_answers(file(new=[NEW]), "a.json").new
    printed = print_answers(Answers(answers, new))
    assert parse_answers(printed, "a.json") == Answers(answers, new)
