"""The public page of corrections."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.entry import Entry, Review, State
from booktools.errata.handmade import Row
from booktools.errata.page import (
    About,
    Item,
    Sheet,
    item_of,
    page_html,
    page_markdown,
    sheet,
    told,
)
from booktools.errata.printings import history, ordinal, went_to_press
from booktools.errata.whereabouts import Stand
from booktools.model.book import Printing
from errata_galleys import DAY, entry

ONE = entry("E1", 1, "trapos", "traps", "masses, trapos that", since=1)
TWO = entry("E2", 2, "puto", "put", "They puto an", since=2)
NEXT = entry("E3", 3, " the the", " the", "in the the year")
OPEN = entry("Q1", 4, "1974", "1973", "in 1974 they", state=State.OPEN)
LEFT = entry("R1", 5, "gat", "got", "he gat up", state=State.REJECTED)
ABOUT = About("A & <B>", "Ana", "es", (Printing(1, "2021"), Printing(2, "", "With care.")))


def rows(*entries: Entry) -> list[tuple[Entry, Item]]:
    return [(one, item_of(one, None, "Chapter 1")) for one in entries]


def test_what_was_reverted_says_why() -> None:
    said = Review("ana", DAY, State.ACCEPTED), Review("ben", DAY, State.REJECTED, reason="dialect")
    assert item_of(replace(LEFT, reviews=said), None, "").reason == "dialect"
    assert item_of(replace(LEFT, reviews=said[:1]), None, "").reason == "misspelt"
    assert item_of(replace(ONE, reviews=said), None, "").reason == "misspelt"


EVERY = rows(ONE, TWO, NEXT, OPEN, LEFT)


def ids(page: Sheet) -> dict[str, list[str]]:
    return {section.name: [item.id for item in section.items] for section in page.sections}


def test_a_section_for_each_printing_the_latest_first() -> None:
    assert ids(sheet(ABOUT, EVERY)) == {"next": ["E3"], "printing-2": ["E2"], "printing-1": ["E1"]}
    more = sheet(ABOUT, EVERY, everything=True)
    assert ids(more) | {"open": ["Q1"], "rejected": ["R1"]} == ids(more)
    assert more.intro == sheet(ABOUT, EVERY).intro
    assert more.intro.startswith("3 corrections.")
    titles = [section.title for section in more.sections]
    assert titles[:3] == [
        "Corrected since the last printing",
        "Corrected in the 2nd printing",
        "Corrected in the 1st printing, 2021",
    ]


def test_what_one_printing_holds() -> None:
    second = About("B", "", "en", ABOUT.printings, printing=2)
    assert ids(sheet(second, EVERY)) == {"printing": ["E1", "E2"]}
    first = About("B", "", "en", ABOUT.printings, printing=1)
    assert ids(sheet(first, EVERY)) == {"printing": ["E1"]}


def test_a_book_without_printings_has_one_list() -> None:
    found = sheet(About("B", "", "en"), rows(NEXT))
    assert [section.title for section in found.sections] == ["Corrections"]


def test_what_stands_round_it_is_what_the_book_has_now() -> None:
    text = "It was then, in the year of " + "a long sentence " * 9 + "and they put an end to it."
    row = Row("a.md", ((0, 1),), text)
    at = text.index("the year")
    item = item_of(NEXT, Stand(row, at, at + 3), "One")
    assert (item.before, item.was, item.reads) == ("It was then, in ", "the the", "the")
    assert item.after.startswith(" year of a long")
    assert item.after.endswith("…")
    gone = entry("E4", 1, ", in", "", "then, in the", since=0)
    item = item_of(gone, Stand(Row("a.md", ((0, 1),), "It was then the year"), 12, 12), "One")
    assert (item.before, item.was, item.after) == ("It was then", ", in", " the year")


BACK = entry("B1", 1, "gat", "got", "he gat up", state=State.REJECTED, since=1, until=2)
SINCE = entry("B2", 2, "wos", "was", "it wos so", state=State.REJECTED, since=1)
AGAIN = entry("B3", 3, "heer", "here", "come heer now", since=4, earlier="1-2")


def test_what_was_taken_back_stays_where_it_was() -> None:
    found = sheet(ABOUT, rows(ONE, TWO, BACK, SINCE))
    assert ids(found) == {
        "back": ["B2"],
        "printing-2": ["E2"],
        "back-2": ["B1"],
        "printing-1": ["E1", "B1", "B2"],
    }
    assert found.intro.startswith("4 corrections.")
    assert ids(sheet(ABOUT, rows(BACK, LEFT), everything=True))["rejected"] == ["R1"]
    held = [
        ids(sheet(replace(ABOUT, printing=number), rows(ONE, TWO, BACK, SINCE, AGAIN)))["printing"]
        for number in (1, 2, 3, 4)
    ]
    # Printings up to the 4th went to press, so B2 was in all of them.
    assert held == [
        ["E1", "B1", "B2", "B3"],
        ["E1", "E2", "B2"],
        ["E1", "E2", "B2"],
        ["E1", "E2", "B2", "B3"],
    ]


def test_dates_are_written_out_and_offers_are_left_out() -> None:
    printings = (Printing(1, "2026-11"), Printing(2, "2027-03-05"), Printing(3, "spring"))
    titles = [own.title for own in sheet(replace(ABOUT, printings=printings), rows(ONE)).sections]
    assert [title.partition(", ")[2] for title in titles] == [
        "spring",
        "5 March 2027",
        "November 2026",
    ]
    reason = "“puto” is in no list; “put” stands twice; or “pluto” or “potto”."
    own = replace(TWO, rule="SPL001", reason=reason)
    assert item_of(own, None, "").reason == "“puto” is in no list; “put” stands twice."
    assert item_of(replace(own, rule=""), None, "").reason == reason


def test_what_became_of_a_correction_in_words() -> None:
    assert history(BACK) == "Corrected in the 1st printing, reverted in the 2nd."
    assert history(SINCE) == "Corrected in the 1st printing, reverted since."
    assert history(AGAIN) == (
        "Corrected in the 1st printing, reverted in the 2nd, corrected in the 4th."
    )
    assert history(replace(AGAIN, since=0)).endswith("reverted in the 2nd, corrected again since.")
    assert history(ONE) == history(NEXT) == history(LEFT) == ""
    assert told(rows(BACK)[0][1], "back-2") == "for “got” read “gat” again"
    for text in (page_html(sheet(ABOUT, rows(BACK))), page_markdown(sheet(ABOUT, rows(BACK)))):
        assert text.count(history(BACK)) == 2


def test_a_printing_that_goes_to_press() -> None:
    assert went_to_press(NEXT, 2).since == 2
    assert went_to_press(ONE, 2) == ONE
    assert went_to_press(SINCE, 2).until == 2
    assert went_to_press(replace(SINCE, since=2), 2).since == 0
    assert went_to_press(BACK, 3) == BACK
    assert went_to_press(LEFT, 3) == LEFT


@pytest.mark.parametrize(
    ("number", "word"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_ordinals(number: int, word: str) -> None:
    assert ordinal(number) == word


def test_readings_in_words() -> None:
    one = EVERY[0][1]
    assert told(one, "next") == "for “trapos” read “traps”"
    assert told(EVERY[3][1], "open") == "“1974”: “1973”?"
    assert told(EVERY[4][1], "rejected") == "“gat” stands; “got” was proposed"
    assert told(item_of(entry("E", 1, "x", "", "a x"), None, ""), "next") == "take out “x”"


class Tags(HTMLParser):
    """All tags, each closed, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        for name, value in attrs:
            assert name not in ("src", "onclick", "style"), name
            assert name != "href" or (value or "").startswith("#")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


_TEXT = st.text(st.sampled_from("ab<>&\"' *_\\`#[]|~é\u200f"), min_size=1, max_size=9)


@given(_TEXT, _TEXT, _TEXT, _TEXT)
def test_whatever_the_words_are_the_page_is_sound(
    was: str, reads: str, around: str, reason: str
) -> None:
    item = Item("E1", around, around, was, reads, around, reason, "typo")
    done = [(ONE, item), (NEXT, item), (OPEN, item)]
    found = sheet(About(was, around, "en"), done, everything=True)
    html = page_html(found)
    read = Tags(html)
    assert read.open == []
    assert was in read.text
    assert html.count("<script") == 0
    assert "@import" not in html
    assert "url(" not in html
    lines = page_markdown(found).split("\n")
    assert sum(line.startswith("- **E1**") for line in lines) == 3


def test_the_page_names_its_languages() -> None:
    html = page_html(sheet(ABOUT, EVERY))
    assert '<html lang="en">' in html
    assert '<cite lang="es">A &amp; &lt;B&gt;</cite>' in html
    assert "<del>trapos</del> <ins>traps</ins>" in html
    assert '<a href="#printing-2">' in html
    assert len(set(Tags(html).ids)) == len(Tags(html).ids)
