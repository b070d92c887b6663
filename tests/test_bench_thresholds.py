"""Thresholds tried at other values, with books left out."""

from __future__ import annotations

from bench import thresholds

from booktools.arrange import floats, rows
from booktools.read.dump import read_dump

PROSE = (
    "The miller had gone down to the weir before it was light, because\n"
    "the sluice was stuck and the water stood higher than it had stood\n"
    "in all the years that he could remember.\n"
)


def test_a_book_s_value_is_chosen_by_the_other_books() -> None:
    # With 3 one book is whole and the rest is worse; with 2 all are nearly as good.
    tried = {
        2.0: {"a": (90, 100), "b": (90, 100), "c": (90, 100)},
        3.0: {"a": (100, 100), "b": (84, 100), "c": (84, 100)},
    }
    assert thresholds.share(tried[2.0]) > thresholds.share(tried[3.0])
    assert thresholds.left_out(tried) == (90 + 84 + 84) / 300


def test_what_is_lost_by_leaving_a_book_out_shows_what_was_fitted() -> None:
    tried = {
        1.0: {"a": (50, 100), "b": (50, 100)},
        2.0: {"a": (100, 100), "b": (0, 100)},
        3.0: {"a": (0, 100), "b": (100, 100)},
    }
    assert thresholds.left_out(tried) == 0.0


def test_a_threshold_is_set_wherever_it_is_known_and_set_back() -> None:
    one = next(t for t in thresholds.thresholds(["rows"]) if t.name == "WIDE")
    before = rows.WIDE
    one.set(9.0)
    assert rows.WIDE == 9.0
    one.set(one.value)
    assert before == rows.WIDE
    assert {t.name for t in thresholds.thresholds(["floats"])} >= {"_NARROW", "_FEW"}
    assert all(value > 0 for t in thresholds.thresholds(["floats"]) for value in t.others())
    assert floats._NARROW not in list(thresholds.Threshold("x", floats._NARROW, ()).others())


def test_lines_are_of_the_kind_that_they_are_found_to_be() -> None:
    lines = read_dump(
        [("a.txt", f"The Weir\n\n{PROSE}\nFig. 2. The old sluice.\n\n{PROSE}")]
    ).lines()
    found = thresholds.kinds(lines)
    assert [found.get(i, "") for i, line in enumerate(lines) if line.text] == [
        "heading", "", "", "", "caption", "", "", ""
    ]  # fmt: skip
    truth = {0: "heading", 2: "paragraph", 6: "caption", 8: "verse"}
    text = thresholds.Text("weir", lines, truth)
    assert thresholds.measure([text]) == {"weir": (3, 4)}
