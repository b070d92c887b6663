"""errata.toml: what is an entry, and what is refused where."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.concordance import fold
from booktools.errata.entry import Entry, Kind, Review, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errors import ConfigError
from booktools.model.place import Place

FILE = "manuscript/errata.toml"
ROWS = {
    "id": '"E001"',
    "line": "137",
    "found": '"trapos"',
    "wanted": '"traps"',
    "context": '"of the masses, trapos that are"',
    "kind": '"ocr"',
    "reason": '"no such word"',
    "state": '"accepted"',
    "decided_by": '"copy-editor"',
    "decided_on": "2026-11-22",
}
OPEN = {"state": '"open"', "decided_by": None, "decided_on": None}


def ledger(**changes: str | None) -> str:
    """One entry, each key on a line of its own from line 2; None takes a key out."""
    rows = {k: v for k, v in (ROWS | changes).items() if v is not None}
    return "[[erratum]]\n" + "".join(f"{key} = {value}\n" for key, value in rows.items())


def test_an_entry_is_read_with_its_place() -> None:
    text = "# reviewed\n\n" + ledger(since="2", file='"manuscript/source/a.txt"')
    (entry,) = parse_errata(text, FILE)
    assert entry == Entry(
        id="E001",
        line=137,
        found="trapos",
        wanted="traps",
        context="of the masses, trapos that are",
        kind=Kind.OCR,
        reason="no such word",
        state=State.ACCEPTED,
        decided_by="copy-editor",
        decided_on=datetime.date(2026, 11, 22),
        since=2,
        file="manuscript/source/a.txt",
    )
    assert entry.place == Place(FILE, 3)
    assert (entry.before, entry.after) == ("of the masses, ", " that are")
    assert entry.corrected == "of the masses, traps that are"


def test_an_open_entry_is_not_decided() -> None:
    (entry,) = parse_errata(ledger(**OPEN), FILE)
    assert (entry.state, entry.decided_by, entry.decided_on) == (State.OPEN, "", None)


def test_an_open_query_may_have_no_proposal() -> None:
    (entry,) = parse_errata(ledger(**OPEN, wanted='"trapos"', kind='"query"'), FILE)
    assert entry.wanted == entry.found


def test_runs_of_spaces_count_as_one() -> None:
    (entry,) = parse_errata(ledger(found='"a  b"', wanted='"ab"', context='"x  a   b"'), FILE)
    assert (entry.found, entry.context) == ("a b", "x a b")


def test_an_empty_ledger_has_no_entries() -> None:
    assert parse_errata("# none yet\n", FILE) == ()


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"since": '"two"'}, "since", "text in quotation marks"),
        ({"colour": "1"}, "colour", "unknown key"),
        ({"id": '"E 1"'}, "id", "not an id"),
        ({"id": '""'}, "id", "not an id"),
        ({"id": '"' + "x" * 65 + '"'}, "id", "not an id"),
        ({"line": "0"}, "line", "less than 1"),
        ({"line": '"137"'}, "line", "text in quotation marks"),
        ({"line": "true"}, "line", "true or false"),
        ({"since": "0"}, "since", "less than 1"),
        ({"found": '""', "wanted": '"x"'}, "found", "empty"),
        ({"found": '"absent"'}, "context", "is not in it"),
        ({"context": '"trapos, trapos"'}, "context", "more than once"),
        ({"context": '"aaa"', "found": '"aa"'}, "context", "more than once"),
        ({"wanted": '"trapos"'}, "wanted", "must change something"),
        ({"found": '"a  b"', "wanted": '"a b"', "context": '"a b"'}, "wanted", "must change"),
        ({"wanted": '""'}, "wanted", "two spaces"),
        ({"found": '"a\\u0007"', "context": '"a\\u0007"'}, "found", "U+0007"),
        ({"context": '"of the\\nmasses, trapos"'}, "context", "U+000A"),
        ({"reason": '"one\\u2028two"'}, "reason", "U+2028"),
        ({"reason": '"  "'}, "reason", "empty"),
        ({"kind": '"ocrr"'}, "kind", "is not one of"),
        ({"state": '"done"'}, "state", "is not one of"),
        ({"decided_by": '""'}, "decided_by", "empty"),
        ({"decided_on": '"2026-11-22"'}, "decided_on", "text in quotation marks"),
        ({"decided_on": "2026-11-22T10:00:00"}, "decided_on", "date and time"),
        (OPEN | {"decided_by": '"editor"'}, "decided_by", "not decided"),
        (OPEN | {"decided_on": "2026-11-22"}, "decided_on", "not decided"),
        ({"since": "1", "until": "2"}, "until", "an accepted correction is in all printings"),
        ({"state": '"rejected"', "until": "2"}, "until", "no printing had it"),
        ({"state": '"rejected"', "since": "2", "until": "2"}, "until", "`since` is 2"),
        ({"earlier": '"2-1"'}, "earlier", "no printings"),
        ({"earlier": '"1-3, 2-4"'}, "earlier", "no printings"),
        ({"earlier": '"1-3"', "since": "2"}, "earlier", "`since` is 2"),
    ],
)
def test_what_cannot_be_is_refused_at_its_line(
    changes: dict[str, str | None], key: str, said: str
) -> None:
    text = ledger(**changes)
    with pytest.raises(ConfigError) as caught:
        parse_errata(text, FILE)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith(f"{key} ="))
    assert caught.value.place == Place(FILE, line)
    assert said in caught.value.message
    assert f"erratum[1].{key}" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("key", list(ROWS))
def test_no_key_may_be_missing(key: str) -> None:
    with pytest.raises(ConfigError, match="missing") as caught:
        parse_errata(ledger(**{key: None}), FILE)
    assert f"erratum[1].{key}" in caught.value.message
    assert caught.value.place == Place(FILE, 1)


def test_a_rejected_entry_says_who_rejected_it() -> None:
    with pytest.raises(ConfigError, match="decided_by: missing"):
        parse_errata(ledger(state='"rejected"', decided_by=None), FILE)


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ('{ on = 2026-01-01, state = "open" }', "by: missing"),
        ('{ by = " ", on = 2026-01-01, state = "open" }', "by: empty"),
        ('{ by = "a", state = "open" }', "on: missing"),
        ('{ by = "a", on = 2026-01-01, state = "done" }', "is not one of"),
        ('{ by = "a", on = 2026-01-01, state = "open", wanted = "x" }', "only who accepts"),
        ('{ by = "a", on = 2026-01-01, state = "accepted", wanted = "trapos" }', "the same as"),
        ('{ by = "a", on = 2026-01-01, state = "accepted", why = "x" }', "unknown key"),
    ],
)
def test_a_review_says_who_when_and_what(review: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        parse_errata(ledger(reviews=f"[\n{review}]"), FILE)
    assert "erratum[1].reviews[1]" in caught.value.message
    assert caught.value.place == Place(FILE, 13)


def test_a_rule_is_a_code() -> None:
    with pytest.raises(ConfigError, match="not a rule’s code"):
        parse_errata(ledger(rule='"spelling"'), FILE)


def test_an_id_stands_once() -> None:
    with pytest.raises(ConfigError, match="entry on line 1 too") as caught:
        parse_errata(ledger() + "\n" + ledger(), FILE)
    assert caught.value.place == Place(FILE, 14)


def test_other_tables_are_refused() -> None:
    with pytest.raises(ConfigError, match="unknown key") as caught:
        parse_errata("[[errata]]\n", FILE)
    assert "erratum" in caught.value.hint


# --- printing -------------------------------------------------------------------------

_CHARS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\ufeff\ufffe\uffff",
)
_TEXT = st.text(st.sampled_from('ab "\\é\u00a0‘”#[]=') | _CHARS, max_size=8).map(fold)
_SAID = _TEXT.map(lambda t: f"x{t}")


@st.composite
def reviews(draw: st.DrawFn, found: str) -> Review:
    """Whatever somebody may have said of an entry."""
    state = draw(st.sampled_from(State))
    wanted = draw(st.none() | _TEXT.filter(lambda text: text != found))
    return Review(
        by=draw(_SAID),
        on=draw(st.dates()),
        state=state,
        wanted=wanted if state is State.ACCEPTED else None,
        reason=draw(st.just("") | _SAID),
    )


@st.composite
def entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Whatever a ledger may hold."""
    out = []
    for id in draw(st.lists(st.from_regex(r"[A-Za-z0-9._-]{1,5}", fullmatch=True), unique=True)):
        state = draw(st.sampled_from(State))
        found = draw(_TEXT.filter(bool))
        wanted = draw(_TEXT)
        before, after = draw(_TEXT), draw(_TEXT)
        context = fold(before + found + after)
        if context.count(found) != 1 or context.find(found, context.index(found) + 1) >= 0:
            before = after = ""
            context = found
        if "  " in before + wanted + after or wanted == found:
            wanted = "…" if found != "…" else "?"
        decided, accepted = state is not State.OPEN, state is State.ACCEPTED
        first, second, since = sorted(draw(st.sets(st.integers(1, 99), min_size=3, max_size=3)))
        since = draw(st.sampled_from((0, since)))
        out.append(
            Entry(
                id=id,
                line=draw(st.integers(1, 10**6)),
                found=found,
                wanted=wanted,
                context=context,
                kind=draw(st.sampled_from(Kind)),
                reason=draw(_SAID),
                state=state,
                decided_by=draw(_SAID) if decided else "",
                decided_on=draw(st.dates()) if decided else None,
                since=since,
                until=draw(st.sampled_from((0, 100))) if since and not accepted else 0,
                earlier=draw(st.sampled_from(("", f"{first}-{second}"))),
                file=draw(st.just("") | _SAID),
                rule=draw(st.sampled_from(["", "SPL001"])),
                family=draw(st.just("") | _SAID),
                reviews=tuple(draw(st.lists(reviews(found), max_size=3))),
            )
        )
    return tuple(out)


@given(entries())
def test_what_is_printed_reads_back_the_same(printed: tuple[Entry, ...]) -> None:
    text = print_errata(printed)
    assert parse_errata(text, FILE) == printed
    assert print_errata(parse_errata(text, FILE)) == text


def test_the_printed_form() -> None:
    (entry,) = parse_errata(ledger(found='"tra\\"pos"', context='"tra\\"pos \\\\"'), FILE)
    assert print_errata((entry, entry)).splitlines()[:7] == [
        "[[erratum]]",
        'id = "E001"',
        "line = 137",
        'found = "tra\\"pos"',
        'wanted = "traps"',
        'context = "tra\\"pos \\\\"',
        'kind = "ocr"',
    ]
    assert '\n\n[[erratum]]\nid = "E001"\n' in print_errata((entry, entry))
    assert print_errata(()) == ""


@pytest.mark.parametrize("char", ["\n", "\0", "\x1f", "\x7f"])
def test_control_characters_are_printed_so_that_they_can_be_refused(char: str) -> None:
    (entry,) = parse_errata(ledger(), FILE)
    text = print_errata([replace(entry, reason=f"one{char}two")])
    with pytest.raises(ConfigError, match="reason: holds the control character"):
        parse_errata(text, FILE)


# --- the guide ------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "errata.md").read_text("utf-8")


def test_the_example_of_the_guide_is_an_entry() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    (entry,) = parse_errata(example, FILE)
    assert print_errata([entry]) == example


def test_the_guide_tells_of_every_key_kind_state_and_finding() -> None:
    rooms = ROOT / "src/booktools"
    files = [*rooms.glob("errata/*.py"), rooms / "waist.py", rooms / "ledger.py"]
    code = "".join(path.read_text("utf-8") for path in files)
    keys = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))
    assert keys == {*ROWS, "since", "until", "earlier", "file", "rule", "family", "reviews"}
    for name in (*Kind, *State):
        assert f"`{name.value}`" in GUIDE
    told = set(re.findall(r"^\| (ERR\d+) \|", GUIDE, re.MULTILINE))
    assert told == set(re.findall(r'"(ERR\d+)"', code))
