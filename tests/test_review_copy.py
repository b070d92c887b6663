"""What the review shows, without disk: sentences, source lines, forms, pieces, choices, pages."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.model.galley import Block, Galley, Role, Source
from booktools.model.place import Span
from booktools.review.copy import LINES_ROUND, Copy, Paragraph, Part, forms, occurrences
from booktools.review.mail import mail
from booktools.review.page import SCRIPTS, STYLES, mailed, served
from booktools.review.show import brief, card, listing, overview, places, reading
from booktools.review.suggestion import Filter, Stack, Suggestion, Voice, states
from booktools.review.terminal import Ink, draw

RULES = {"SPL001": "unknown word"}


def breaks(text: str) -> Sequence[int]:
    return [match.end() for match in re.finditer(r"[.!?](?= )", text)]


def copy_of(*texts: str, pages: tuple[int, ...] = (0,)) -> Copy:
    """Paragraphs that stand in a source as they are, a blank line between them."""
    source = "\n\n".join(texts)
    paragraphs, at = [], 0
    for text in texts:
        block = Block(Role.PARAGRAPH, (Span(at, at + len(text)),), text)
        folded = text.replace("\n", " ")
        paragraphs.append(Paragraph(block, folded, 0, "paragraph", lambda offset: offset))
        at += len(text) + 2
    blocks = tuple(paragraph.block for paragraph in paragraphs)

    def find(phrase: str, most: int) -> list[tuple[int, int]]:
        hits = [
            (number, match.start())
            for number, paragraph in enumerate(paragraphs)
            for match in re.finditer(re.escape(phrase), paragraph.text)
        ]
        return hits[:most]

    galley = Galley(Source(source, (("a.txt", 0),), pages), blocks)
    return Copy(galley, tuple(paragraphs), (Part("One", 0, len(texts)),), breaks, find)


def one(found: str = "teh", wanted: str = "the", **more: object) -> Suggestion:
    about: dict[str, object] = {
        "id": "E1", "kind": "ocr", "reason": "No word.", "state": "open", "line": 1,
        "before": "under ", "after": " moon",
    }  # fmt: skip
    return Suggestion(found=found, wanted=wanted, **(about | more))  # type: ignore[arg-type]


# --- the copy -------------------------------------------------------------------------


def test_a_sentence_is_shown_whole_and_no_other() -> None:
    copy = copy_of("It was late. The harbour lay under teh moon. She slept.")
    text = copy.paragraphs[0].text
    at = text.index("teh")
    assert copy.sentence(0, at, at + 3) == ("The harbour lay under ", " moon.")
    both = text.index("moon. She")
    assert copy.sentence(0, both, both + 9) == ("The harbour lay under teh ", " slept.")
    assert copy.sentence(0, 0, 2) == ("", " was late.")
    assert copy.sentence(0, len(text) - 6, len(text))[1] == ""


def test_a_very_long_sentence_is_cut_at_words() -> None:
    copy = copy_of("word " * 300 + "teh" + " word" * 300)
    before, after = copy.sentence(0, 1500, 1503)
    assert before.startswith("…word")
    assert after.endswith("word…")
    assert len(before) < 340 > len(after)


@given(st.text("ab. \n", min_size=1, max_size=60), st.data())
def test_a_sentence_is_a_stretch_of_the_text(text: str, data: st.DataObject) -> None:
    copy = copy_of(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    folded = copy.paragraphs[0].text
    before, after = copy.sentence(0, start, end)
    assert folded[:start].endswith(before)
    assert folded[end:].startswith(after)


def test_the_reading_is_marked_on_its_lines() -> None:
    copy = copy_of("The harbour lay\nstill under teh\nmoon.", "Another.")
    at = copy.paragraphs[0].text.index("lay still")
    lines = copy.lines(0, at, at + 9)
    assert [(line.number, line.text) for line in lines][:3] == [
        (1, "The harbour lay"),
        (2, "still under teh"),
        (3, "moon."),
    ]
    marked = [[line.text[a:b] for a, b in line.marks] for line in lines if line.marks]
    assert marked == [["lay"], ["still"]]


def test_of_a_long_page_only_what_is_near_is_sent() -> None:
    copy = copy_of("\n".join(f"line {n}" for n in range(1, 1001)))
    at = copy.paragraphs[0].text.index("line 500")
    lines = copy.lines(0, at, at + 8)
    assert len(lines) == 2 * LINES_ROUND
    assert [line.number for line in lines if line.marks] == [500]


def test_lines_end_where_the_page_ends() -> None:
    copy = copy_of("one teh\ntwo", "three", pages=(0, 13))
    assert [line.text for line in copy.lines(0, 4, 7)] == ["one teh", "two"]
    assert copy.place(0, 4).page == 1
    assert copy.place(1, 0).page == 2


@pytest.mark.parametrize(
    ("found", "wanted", "expected"),
    [
        ("teh", "the", ("teh", "the")),
        ("under teh moon", "under the moon", ("teh", "the")),
        ("eh", "he", ("teh", "the")),  # whole words of the text
        ("still under", "still quite under", ("under", "quite under")),  # with its neighbour
        ("lay still", "still", ("lay still", "still")),
        (" teh", "", ("teh", "")),
    ],
)
def test_the_forms_that_are_counted(found: str, wanted: str, expected: tuple[str, str]) -> None:
    text = "The harbour lay still under teh moon."
    start = text.index(found)
    assert forms(text, start, start + len(found), found, wanted) == expected


def test_a_form_is_counted_as_a_whole_word() -> None:
    copy = copy_of("the then other the", "the, “the”")
    assert list(occurrences(copy, "the", 99)) == [(0, 0), (0, 15), (1, 0), (1, 6)]
    assert list(occurrences(copy, "", 99)) == []
    assert places(copy, "the")["count"] == 4


# --- choices --------------------------------------------------------------------------


def test_what_waits_for_whom() -> None:
    said = Voice("Ana", "2026-01-01", "accepted", "the")
    mine = one(voices=(said,))
    assert states(one(), "Ana") == ("open",)
    assert states(mine, " ANA") == ("waiting",)
    assert states(mine, "Ben") == ("open",)
    other = Voice("Ben", "2026-01-01", "rejected", "")
    both = one(voices=(said, other), disputed=True)
    assert states(both, "Ana") == ("waiting", "disputed")
    assert states(both, "Eva") == ("open",)
    assert states(one(state="accepted"), "Ana") == ("accepted",)


def test_blind_until_one_has_answered() -> None:
    copy = copy_of("under teh moon")
    said = Voice("Ana", "2026-01-01", "rejected", "", "a secret reason")
    stack = Stack((one(voices=(said,), paragraph=0, start=6, end=9, chapter=0),))
    own = stack.suggestions[0]
    assert "secret" not in str(card(copy, stack, own, "Ben", 2, RULES))
    assert "secret" in str(card(copy, stack, own, "Ana", 2, RULES))
    assert "secret" in str(card(copy, stack, own, "Ben", 1, RULES))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ocr", "query"]),
            st.sampled_from(["open", "accepted"]),
            st.sampled_from(["", "SPL001"]),
            st.integers(-1, 2),
            st.sampled_from(["a", "b"]),
        ),
        max_size=12,
    ),
    st.sampled_from(["", "open", "accepted"]),
    st.sampled_from(["", "ocr"]),
    st.integers(-1, 2),
)
def test_a_filter_keeps_what_its_count_says(
    rows: list[tuple[str, str, str, int, str]], state: str, kind: str, chapter: int
) -> None:
    every = tuple(
        one(id=f"E{n}", kind=k, state=s, rule=r, chapter=c, paragraph=c, family=f, start=n)
        for n, (k, s, r, c, f) in enumerate(rows)
    )
    stack = Stack(every)
    wanted = Filter(state=state, kind=kind, chapter=chapter)
    chosen = stack.chosen(wanted, "Ana")
    facets = stack.facets(wanted, "Ana")
    assert sum(facets["state"].values()) == len(
        stack.chosen(Filter(kind=kind, chapter=chapter), "Ana")
    )
    if state:
        assert facets["state"].get(state, 0) == len(chosen)
    if kind:
        assert facets["kind"].get(kind, 0) == len(chosen)
    # the same habit stands together, and nothing is lost by the order
    families = [one.family for one in chosen]
    assert len([1 for a, b in itertools.pairwise(families) if a != b]) < 2
    in_book = stack.chosen(Filter(state=state, kind=kind, chapter=chapter, order="book"), "Ana")
    assert {one.id for one in in_book} == {one.id for one in chosen}


# --- what is sent ---------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.integers(0, 19), st.integers(1, 6)), max_size=6),
    st.sampled_from(["open", "accepted", "rejected"]),
)
def test_the_pieces_of_a_paragraph_are_its_text(spans: list[tuple[int, int]], state: str) -> None:
    text = "abcdefghij klmnopqrs"
    stack = Stack(
        tuple(
            one(text[a : a + n], "x", id=f"E{i}", state=state, paragraph=0, start=a,
                end=min(a + n, len(text)), chapter=0)
            for i, (a, n) in enumerate(spans)
        )
    )  # fmt: skip
    (paragraph,) = reading(copy_of(text), stack, 0, 0, 9)["paragraphs"]
    assert "".join(piece["text"] for piece in paragraph["pieces"]) == text
    ends = [piece["at"] + len(piece["text"]) for piece in paragraph["pieces"]]
    assert [piece["at"] for piece in paragraph["pieces"]] == [0, *ends[:-1]]
    assert bool(spans) == any("id" in piece for piece in paragraph["pieces"])


def test_what_is_decided_is_shown_before_what_is_asked() -> None:
    text = "under teh moon"
    asked = one("teh moon", "the moon", id="E1", paragraph=0, start=6, end=14)
    done = one("teh", "the", id="E2", state="accepted", paragraph=0, start=6, end=9)
    (paragraph,) = reading(copy_of(text), Stack((asked, done)), 0, 0, 9)["paragraphs"]
    assert [piece["id"] for piece in paragraph["pieces"] if "id" in piece] == ["E2"]


def test_a_page_sends_only_what_it_shows() -> None:
    copy = copy_of(*[f"paragraph {n}" for n in range(500)])
    stack = Stack(tuple(one(id=f"E{n}", paragraph=n, start=0, end=9) for n in range(500)))
    assert len(listing(copy, stack, Filter(), "Ana", 0, 10_000)["items"]) == 60
    assert len(reading(copy, stack, 0, 100, 10_000)["paragraphs"]) == 40
    assert len(str(overview(copy, stack, Filter(), "Ana", RULES))) < 2_000
    assert len(str(brief(copy, stack, stack.suggestions[0], "Ana"))) < 1_000


# --- pages ----------------------------------------------------------------------------

INDEX = "<html><head><!--styles--></head><body><!--data--><!--scripts--></body></html>"


def test_the_served_page_loads_its_own_parts_only() -> None:
    page = served(INDEX)
    assert all(f'src="{name}"' in page for name in SCRIPTS)
    assert "://" not in page
    assert "<!--" not in page


def test_the_mailed_page_cannot_be_broken_by_a_book() -> None:
    parts = {**dict.fromkeys(STYLES, "p { color: red }"), **dict.fromkeys(SCRIPTS, "let a;")}
    page = mailed(INDEX, parts, {"x": "</script><script>alert(1)</script><!--scripts-->"})
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert "unsafe" not in page
    assert "'sha256-" in page
    with pytest.raises(ValueError, match="its own element"):
        mailed(INDEX, {**parts, SCRIPTS[0]: 'x = "</script>"'}, {})


def test_what_is_mailed_holds_no_other_persons_words() -> None:
    copy = copy_of("It lay\nunder teh moon", "second")
    said = Voice("Ana", "2026-01-01", "rejected", "", "a secret reason")
    asked = one(voices=(said,), paragraph=0, start=13, end=16, chapter=0, disputed=True)
    done = one(id="E2", state="accepted", paragraph=1, start=0, end=6, chapter=0, decided_by="Ana")
    values = mail(copy, Stack((asked, done)), 2, RULES, {"E1": "v1", "E2": "v2"})
    assert "secret" not in str(values)
    assert "Ana" not in str(values)
    (sent,) = values["cards"]
    assert (sent["id"], sent["version"]) == ("E1", "v1")
    (chapter,) = values["chapters"]
    first, second = chapter["paragraphs"]
    assert [list(row) for row in first["lines"]] == [[0, 1, ""], [7, 2, ""]]
    assert second["pieces"][0]["shut"]


def test_a_card_in_the_terminal_is_as_wide_as_the_terminal() -> None:
    copy = copy_of("word " * 40 + "teh" + " word" * 40)
    stack = Stack((one(paragraph=0, start=200, end=203, chapter=0),))
    made = card(copy, stack, stack.suggestions[0], "Ana", 1, RULES)
    made["lines"] = []
    assert max(map(len, draw(made, "1 of 1", 60, Ink()))) <= 60
    made["place"] = {"page": 0, "line": 5, "file": ""}
    assert "line 5 of the source" in draw(made, "1 of 1", 100, Ink())[0]
