"""The manuscript beside what its sources give."""

from __future__ import annotations

from booktools.check.recovered import unlike_sources

LONG = "word " * 40


def test_a_manuscript_that_is_what_the_sources_give_has_no_findings() -> None:
    assert unlike_sources({"a.md": "# A\n"}, {"a.md": "# A\n"}) == ()


def test_the_first_line_that_differs_is_shown_round_the_difference() -> None:
    have = {"a.md": f"# A\n\n{LONG}teh end {LONG}\nAnd teh rest.\n"}
    want = {"a.md": f"# A\n\n{LONG}the end {LONG}\nAnd the rest.\n"}
    (finding,) = unlike_sources(have, want)
    assert (finding.code, str(finding.place)) == ("MAN001", "a.md:3")
    assert "word teh end word" in finding.message
    assert "word the end word" in finding.message
    assert len(finding.message) < 250
    assert "booktools recover" in finding.fix


def test_missing_lines_and_ends_differ() -> None:
    (finding,) = unlike_sources({"a.md": "# A\n"}, {"a.md": "# A\n\nMore.\n"})
    assert finding.message == "reads “”, the sources give “More.”"
    assert str(finding.place) == "a.md:3"
    (finding,) = unlike_sources({"a.md": "# A"}, {"a.md": "# A\n"})
    assert str(finding.place) == "a.md:2"


def test_files_that_are_missing_or_too_many() -> None:
    missing, strange = unlike_sources({"b.md": "# B\n"}, {"a.md": "# A\n"})
    assert (str(missing.place), missing.message) == ("a.md", "is missing")
    assert (str(strange.place), strange.message) == ("b.md", "does not come from the sources")
