"""Edits that can always be undone, and places that lead back to the source."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.model.finding import Finding, Severity
from booktools.model.galley import Block, Edit, Galley, Layer, Role, Source
from booktools.model.place import Place, Span

LETTERS = st.text(alphabet="ab-\n é", max_size=40)


def edit(start: int, old: str, new: str) -> Edit:
    return Edit(Span(start, start + len(old)), old, new, "TST001")


@st.composite
def layers(draw: st.DrawFn, text: str) -> Layer:
    """Edits of `text` that do not overlap, in any order; insertions and deletions too."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    if draw(st.booleans()):
        spans += [(at, at) for at in cuts[1::2]]
    edits = [edit(a, text[a:b], draw(st.text(alphabet="xyz", max_size=4))) for a, b in spans]
    return Layer(draw(st.permutations(edits)))


@st.composite
def edited_blocks(draw: st.DrawFn) -> tuple[str, Block]:
    """A source, and a block of some of its pieces in any order with some layers of edits."""
    source = draw(st.text(alphabet="ab-\n é", min_size=1, max_size=60))
    cuts = sorted({0, len(source), *draw(st.sets(st.integers(0, len(source)), max_size=4))})
    spans = [Span(a, b) for a, b in itertools.pairwise(cuts)]
    pieces = tuple(draw(st.permutations(spans)))
    block = Block(Role.PARAGRAPH, pieces, "".join(source[p.start : p.end] for p in pieces))
    for _ in range(draw(st.integers(0, 3))):
        block = block.edited(draw(layers(block.text)))
    return source, block


# --- layers ---------------------------------------------------------------------------


def test_a_layer_applies_its_edits_in_the_order_of_the_text_and_undoes_them() -> None:
    layer = Layer([edit(10, "rn", "m"), edit(0, "", "“"), edit(4, "-\n", "")])
    assert [e.span.start for e in layer] == [0, 4, 10]
    assert layer.apply("cont-\nact rn") == "“contact m"
    assert layer.unapply("“contact m") == "cont-\nact rn"


@given(LETTERS.flatmap(lambda text: st.tuples(st.just(text), layers(text))))
def test_unapply_undoes_apply(case: tuple[str, Layer]) -> None:
    text, layer = case
    assert layer.unapply(layer.apply(text)) == text


@given(LETTERS.flatmap(lambda text: st.tuples(st.just(text), layers(text))))
def test_below_finds_every_untouched_character_again(case: tuple[str, Layer]) -> None:
    text, layer = case
    # Each character with its own offset as identity, None for what an edit wrote.
    origin: list[int | None] = []
    at = 0
    for change in layer:
        origin += range(at, change.span.start)
        origin += [None] * len(change.new)
        at = change.span.end
    origin += range(at, len(text))
    for offset, came_from in enumerate(origin):
        if came_from is not None:
            assert layer.below(offset) == came_from
    offsets = [layer.below(offset) for offset in range(len(origin) + 1)]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(text) for offset in offsets)


@given(LETTERS.flatmap(lambda text: st.tuples(st.just(text), layers(text))))
def test_above_is_where_an_untouched_character_goes(case: tuple[str, Layer]) -> None:
    text, layer = case
    after = layer.apply(text)
    touched = {at for e in layer for at in range(e.span.start, e.span.end)}
    inserted = {e.span.start for e in layer if not e.old}
    for offset, letter in enumerate(text):
        if offset not in touched and offset not in inserted:
            assert after[layer.above(offset)] == letter
    offsets = [layer.above(offset) for offset in range(len(text) + 1)]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(after) for offset in offsets)


@given(
    LETTERS.flatmap(lambda text: st.tuples(st.just(text), layers(text))),
    st.integers(0, 40),
    st.integers(0, 10),
)
def test_the_edits_near_a_stretch_are_those_that_overlap_or_touch_it(
    case: tuple[str, Layer], start: int, length: int
) -> None:
    _, layer = case
    span, shift, wanted = Span(start, start + length), 0, []
    for change in layer:
        new = Span(change.span.start + shift, change.span.start + shift + len(change.new))
        shift += len(change.new) - len(change.old)
        if new.start <= span.end and new.end >= span.start:
            wanted.append((change, new))
    assert list(layer.near(span)) == wanted


def test_places_are_found_at_once_among_many_edits() -> None:
    layer = Layer(edit(3 * at, "a", "") for at in range(20_000))
    begun = time.process_time()
    for offset in range(20_000):
        assert layer.above(layer.below(offset)) == offset
    assert time.process_time() - begun < 2  # one after another it takes a minute


def test_below_inside_a_change_stays_inside_the_old_reading() -> None:
    layer = Layer([edit(3, "ab", "vwxyz")])
    assert [layer.below(offset) for offset in range(3, 10)] == [3, 4, 4, 4, 4, 5, 6]


@pytest.mark.parametrize(
    "edits",
    [
        [edit(0, "abc", "x"), edit(2, "c", "y")],
        [edit(2, "c", "y"), edit(0, "abcd", "x")],
        [edit(1, "b", "x"), edit(1, "b", "x")],
        [edit(1, "", "x"), edit(1, "", "y")],
        [edit(0, "abc", "x"), edit(1, "", "y")],
    ],
)
def test_overlapping_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        Layer(edits)


def test_edits_that_only_touch_are_accepted() -> None:
    layer = Layer([edit(2, "cd", "y"), edit(2, "", "-"), edit(0, "ab", "x")])
    assert layer.apply("abcd") == "x-y"


def test_an_edit_whose_old_reading_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="'b' is not at"):
        Layer([edit(0, "b", "x")]).apply("abc")
    with pytest.raises(ValueError, match="'x' is not at"):
        Layer([edit(0, "a", "x")]).unapply("abc")


# --- blocks and galleys ---------------------------------------------------------------


@given(edited_blocks())
def test_a_block_unwinds_to_its_raw_text(case: tuple[str, Block]) -> None:
    source, block = case
    assert block.unwound() == block.raw
    assert Galley(Source(source, (("a.txt", 0),)), (block,)).unwound() == source


@given(edited_blocks())
def test_raw_offset_of_an_untouched_character_is_its_own(case: tuple[str, Block]) -> None:
    source, block = case
    # Only the edits' own letters are x, y and z: all others come from the source.
    for offset, letter in enumerate(block.text):
        at = block.raw_offset(offset)
        assert any(p.start <= at <= p.end for p in block.pieces)
        if letter not in "xyz":
            assert source[at] == letter


def test_raw_offset_counts_through_layers_and_pieces() -> None:
    source = "cor- <box> rect"
    block = Block(Role.PARAGRAPH, (Span(0, 5), Span(11, 15)), "cor- rect")
    block = block.edited([edit(3, "- ", "")]).edited([edit(0, "c", "C")])
    assert block.text == "Correct"
    assert [block.raw_offset(i) for i in range(7)] == [0, 1, 2, 11, 12, 13, 14]
    assert block.raw_offset(7) == len(source)
    assert [e.old for e in block.edits()] == ["- ", "c"]


def test_a_block_without_new_edits_is_the_same_block() -> None:
    block = Block(Role.PARAGRAPH, (Span(0, 1),), "a", attributes=(("id", "here"),))
    assert block.edited([]) is block
    assert (block.attribute("id"), block.attribute("alt", "-")) == ("here", "-")


def test_a_galley_unwinds_blocks_in_another_order_than_the_source() -> None:
    one = Block(Role.PARAGRAPH, (Span(4, 6), Span(0, 2)), "efab").edited([edit(1, "fa", "")])
    two = Block(Role.CAPTION, (Span(2, 4),), "cd").edited([edit(0, "", "!")])
    galley = Galley(Source("abcdef", (("a.txt", 0),)), (one, two))
    assert galley.unwound() == "abcdef"
    assert galley.place_at(one, 1) == Place("a.txt", 1, 2, 1)
    assert galley.place_at(two, 2) == Place("a.txt", 1, 4, 1)


# --- places ---------------------------------------------------------------------------

TEXTS = st.lists(st.text(alphabet="ab\n\f\u2028\x85\x0b ", max_size=30), min_size=1, max_size=4)


def joined(texts: list[str]) -> Source:
    """The texts end to end, a newline after each but the last, pages at the form feeds."""
    files, text = [], ""
    for index, own in enumerate(texts):
        files.append((f"{index}.txt", len(text)))
        text += own if own.endswith("\n") or index == len(texts) - 1 or not own else own + "\n"
    pages = {start for _, start in files} | {i for i, char in enumerate(text) if char == "\f"}
    return Source(text, tuple(files), tuple(sorted(pages)))


@given(TEXTS)
def test_place_counts_files_lines_columns_and_pages(texts: list[str]) -> None:
    source = joined(texts)
    name, line, column = "", 1, 1
    starts = {start: file for file, start in source.files}  # of empty files the last counts
    page = 0
    for offset, letter in enumerate(source.text):
        if offset in starts:  # a file begins a page
            name, line, column, page = starts[offset], 1, 1, 0
        page += offset in source.pages
        assert source.place(offset) == Place(name, line, column, page)
        line, column = (line + 1, 1) if letter == "\n" else (line, column + 1)


@given(TEXTS)
def test_line_span_gives_the_lines_of_a_file_and_no_others(texts: list[str]) -> None:
    source = joined(texts)
    ends = [start for _, start in source.files[1:]] + [len(source.text)]
    for (name, start), end in zip(source.files, ends, strict=True):
        lines = source.text[start:end].split("\n")
        lines = [f"{line}\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])
        for first in range(1, len(lines) + 1):
            for last in range(first, len(lines) + 1):
                span = source.line_span(first, last, name)
                assert source.text[span.start : span.end] == "".join(lines[first - 1 : last])
        for first, last in ((0, 1), (1, len(lines) + 1), (2, 1)):
            with pytest.raises(ValueError, match="no lines"):
                source.line_span(first, last, name)


def test_line_span_means_the_first_file_and_refuses_an_unknown_one() -> None:
    source = Source("a\nb\nc\n", (("one.txt", 0), ("two.txt", 4)))
    assert source.line_span(2, 2) == Span(2, 4)
    assert source.line_span(1, 1, "two.txt") == Span(4, 6)
    with pytest.raises(ValueError, match=r"no file three\.txt"):
        source.line_span(1, 1, "three.txt")
    with pytest.raises(ValueError, match="no file"):
        Source("", ()).line_span(1, 1)


def test_a_place_reads_as_people_write_it() -> None:
    assert str(Place("a.txt", 3, 4, 2)) == "a.txt:3:4 (page 2)"
    assert str(Place("a.txt")) == "a.txt"


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_a_span_is_never_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert Span(0, 3).overlaps(Span(2, 4))
    assert not Span(0, 3).overlaps(Span(3, 4))
    assert not Span(1, 1).overlaps(Span(1, 4))
    assert len(Span(2, 5)) == 3


# --- findings -------------------------------------------------------------------------


def finding(**changed: object) -> Finding:
    values: dict[str, object] = {
        "code": "TST001",
        "severity": Severity.WARNING,
        "message": "odd",
        "place": Place("a.txt", 7, 1, 2),
        "excerpt": "the tlme",
        "before": "at that ",
        "after": " of year",
    }
    return Finding(**(values | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"place": Place("a.txt", 900, 3, 40)},
        {"message": "put in another way"},
        {"severity": Severity.ERROR},
        {"before": "a long way off, at quite another time and at that "},
        {"after": " of\nyear"},
        {"excerpt": "the  tlme"},
    ],
)
def test_a_fingerprint_outlives_changes_elsewhere(changed: dict[str, object]) -> None:
    base = finding(before="x" * 9 + "a long way off, at quite another time and at that ")
    assert (base if "before" in changed else finding()).fingerprint == finding(
        **changed
    ).fingerprint


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "TST002"},
        {"excerpt": "the time"},
        {"before": "by that "},
        {"after": " of tears"},
        {"place": Place("b.txt", 7, 1, 2)},
        {"place": None},
    ],
)
def test_a_fingerprint_changes_with_the_words(changed: dict[str, object]) -> None:
    assert finding(**changed).fingerprint != finding().fingerprint


def test_severities_are_ranked() -> None:
    assert sorted(Severity, key=lambda s: s.rank) == [
        Severity.NOTE,
        Severity.WARNING,
        Severity.ERROR,
    ]
