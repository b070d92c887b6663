"""Whatever a page may send: a clear refusal or an answer, and the ledger stays a ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.desk.desk import Desk, open_desk
from booktools.engines.web import Refused
from booktools.errata.ledger import parse_errata
from booktools.errors import BooktoolsError
from review_book import LEDGER, ledger_of, make_book

FOLDER: list[Path] = []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    FOLDER.append(tmp_path_factory.mktemp("book"))
    return open_desk(make_book(FOLDER[0]), lambda step: None)


IDS = st.sampled_from([f"E00{n}" for n in range(1, 10)])
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 200), st.floats(), st.text(max_size=20),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(), max_size=2),
)  # fmt: skip
KEYS = st.sampled_from(
    ["id", "version", "answer", "who", "wanted", "reason", "family", "count", "paragraph", "start",
     "end", "found", "kind"]
)  # fmt: skip
SENSIBLE = st.fixed_dictionaries(
    {"who": st.sampled_from(["Ana", "Ben"]), "id": IDS, "version": st.just("")},
    optional={
        "answer": st.sampled_from(["accept", "reject", "reopen"]),
        "wanted": st.text("the ä\n", max_size=9),
        "reason": st.text(max_size=9),
        "paragraph": st.integers(-1, 9),
        "start": st.integers(-1, 200),
        "end": st.integers(-1, 200),
    },
)


@settings(max_examples=120)
@given(
    st.sampled_from(["decide", "correct", "undo", "nothing"]),
    st.one_of(SENSIBLE, st.dictionaries(KEYS, VALUES, max_size=9)),
    st.dictionaries(KEYS, VALUES, max_size=1),
)
def test_no_request_breaks_the_ledger(
    desk: Desk, name: str, body: dict[str, Any], more: dict[str, Any]
) -> None:
    before = ledger_of(FOLDER[0])
    try:
        said = desk.post(name, body | more)
    except (Refused, BooktoolsError, LookupError):
        assert ledger_of(FOLDER[0]) == before
    else:
        json.dumps(said)
    text = ledger_of(FOLDER[0])
    assert tuple(desk.ledger.entries) == parse_errata(text, "errata.toml")
    assert desk.ledger.text == text


@settings(max_examples=120)
@given(
    st.sampled_from(["overview", "list", "entry", "chapter", "places", "scan", "x"]),
    st.dictionaries(
        st.sampled_from(
            ["who", "state", "kind", "rule", "family", "chapter", "search", "order", "offset",
             "most", "id", "from", "count", "form", "file", "page"]
        ),
        st.one_of(st.text(max_size=12), st.integers(-9, 10**12).map(str), IDS),
        max_size=6,
    ),
)  # fmt: skip
def test_no_question_has_no_answer(desk: Desk, name: str, query: dict[str, str]) -> None:
    try:
        said = desk.get(name, query)
    except LookupError:
        return
    assert len(json.dumps(said)) < 200_000


def test_undoing_all_gives_the_ledger_back(tmp_path: Path) -> None:
    desk = open_desk(make_book(tmp_path), lambda step: None)
    for answer in ("accept", "reject", "reopen"):
        for id in ("E001", "E004", "E002"):
            desk.post("decide", {"id": id, "version": "", "answer": answer, "who": "Ana"})
    while desk.get("overview", {"who": "Ana"})["undo"]:
        desk.post("undo", {"who": "Ana"})
    assert ledger_of(tmp_path) == LEDGER
