"""Marks of lists that stand apart from their items, as extractors write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import Break, Layout
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.model.galley import Role
from booktools.model.listed import is_mark, mark_of
from booktools.model.place import Place
from booktools.read.dump import read_dump
from booktools.shape.blocks import typed_blocks
from booktools.shape.shape import shape

PROSE = """\
It was raining when the ferry came at last, and nobody on the quay
had anything to do but look at the water and wait for the evening
bell; the harbour master alone went up and down with his book, and
what the boats had brought home that year he wrote into it, page by
page, with nobody to help him:
"""
AFTER = """\
The women of the village carried all of it up the hill in baskets,
and whoever had the time stood at the wall and counted them, which
had been the custom there since the bridge was built.
"""
ITEMS = ["salt from the marshes", "wine in casks;", "the news"]


def arranged(text: str, *breaks: int) -> Arranged:
    place = Place("layout.toml", 1)
    told = tuple(Break(line, place) for line in breaks)
    return arrange(read_dump([("book.txt", text)]), Layout(breaks=told))


def blocks(text: str, kind: str = "list") -> list[str]:
    """What the blocks of a kind say, a line each."""
    galley = clean(arranged(text).galley, Knowledge())
    assert galley.unwound() == text
    return [
        " ".join(block["text"].split()) for block in typed_blocks(galley) if block["type"] == kind
    ]


def asked(text: str) -> list[str]:
    return [one.message for one in arranged(text).findings if one.code == "LAY001"]


@pytest.mark.parametrize("marks", ["•••", "◦◦◦", ["1.", "2.", "3."], ["(a)", "(b)", "(c)"]])
def test_marks_at_the_end_of_their_page_go_back_to_their_items(marks: list[str]) -> None:
    apart = "\n".join(marks) + "\n"
    text = PROSE + "\n".join(ITEMS) + "\n" + AFTER + apart + "\f" + AFTER
    assert blocks(text) == [f"{mark} {item}" for mark, item in zip(marks, ITEMS, strict=True)]
    assert blocks(text, "paragraph")[1].startswith("The women of the village")
    assert not asked(text)


def test_marks_before_their_items_go_to_them_one_by_one() -> None:
    long = "salt from the marshes beyond the ridge, which the women of the\nvillage had gathered"
    text = f"{PROSE}\n1. \n\n2. \n\n3. \n\n{long}\nwine in casks\nthe news\n\n{AFTER}"
    assert blocks(text) == [f"1. {' '.join(long.split())}", "2. wine in casks", "3. the news"]
    assert not asked(text)


def test_the_marks_of_two_lists_and_of_one_inside_another() -> None:
    lists = "salt\nwine\nfrom the north\nfrom the south\nthe news\n"
    marks = "1.\n2.\na)\nb)\n3.\n"
    found = arranged(PROSE + lists + AFTER + marks + "\f" + AFTER)
    listed = [block.level for block in found.galley.blocks if block.role is Role.LIST]
    assert listed == [1, 1, 2, 2, 1]
    (chapter,) = shape(clean(found.galley, Knowledge()), "The Salt Road").chapters
    assert len(chapter.blocks) == 4  # prose, one list, prose, prose of the next page


def test_a_list_that_a_page_turn_cuts() -> None:
    one = PROSE + "salt\nwine in casks from the island beyond the ridge, where the sun\n1.\n2.\n"
    two = "the news from the north\nletters\n" + AFTER + "3.\n4.\n"
    assert blocks(one + "\f" + two + "\f" + AFTER)[2:] == [
        "3. the news from the north",
        "4. letters",
    ]


@pytest.mark.parametrize("bullet", ["○", "□", "➢", "✓", "\uf0b7", "\uf0a7"])
def test_bullets_of_word_processors(bullet: str) -> None:
    """What stands for them in a symbol font is kept by no edition."""
    text = PROSE + "".join(f"{bullet} {item}\n" for item in ITEMS) + AFTER
    assert blocks(text) == [f"{bullet} {item}" for item in ITEMS]
    galley = clean(arranged(text).galley, Knowledge())
    assert [b.text.strip() for b in galley.blocks if b.role is Role.LIST] == ITEMS


def test_a_mark_on_a_line_of_its_own_before_its_item() -> None:
    text = PROSE + "•\nsalt\n•\nwine in\ncasks\n•\nthe news\n" + AFTER
    assert blocks(text) == ["• salt", "• wine in casks", "• the news"]


def test_a_single_mark_at_the_end_of_a_page_is_that_of_the_item_at_its_top() -> None:
    one = PROSE + "salt\nwine\n" + "•\n•\n"
    two = "letters from the north\n" + AFTER + "•\n"
    assert blocks(f"{one}\f{two}\f{AFTER}")[2:] == ["• letters from the north"]
    ornament = f"{PROSE}{AFTER}and so on.\n{AFTER}•\n\f{AFTER}"
    assert "• and so on." not in blocks(ornament)


def test_no_item_ends_with_a_word_that_leads_on() -> None:
    one = PROSE + "wine in casks;\nsalt that was gathered by the\n•\n•\n"
    two = "women of the village\n" + AFTER
    items = blocks(f"{one}\f{two}\f{AFTER}")
    assert items[0] == "• wine in casks;"
    assert not any(item.startswith("• women") for item in items)


def test_where_items_cannot_be_told_the_marks_are_apart_and_asked_about() -> None:
    text = PROSE + "\n".join(ITEMS) + "\n" + AFTER + "•\n•\n•\n•\n•\n\f" + AFTER
    assert blocks(text) == ["• • • • •"]
    (question,) = asked(text)
    assert "marks of a list" in question
    # items of full sentences one of which might end with a full line
    said = "He came when the rain was over and the road was dry enough, so far.\nHe left.\n"
    assert len(asked(PROSE + said + "They came.\n" + AFTER + "•\n•\n•\n\f" + AFTER)) == 1


def test_somebody_says_where_an_item_ends() -> None:
    full = "salt from the marshes beyond the ridge which the women gathered in"
    text = f"{PROSE}{full}\nwine in casks\nthe news\n{AFTER}•\n•\n•\n\f{AFTER}"
    assert len(asked(text)) == 1
    found = arranged(text, 6)
    assert not [one for one in found.findings if one.code == "LAY001"]
    listed = [
        b.text.split() for b in clean(found.galley, Knowledge()).blocks if b.role is Role.LIST
    ]
    assert listed == [full.split(), ["wine", "in", "casks"], ["the", "news"]]


@pytest.mark.parametrize(
    "text",
    [
        "*\n",  # a scene break
        "*\n*\n*\n",
        "* * *\n",
        "5\n",  # a folio
        "III.\n",
        "–\n",
        "1.\n",
    ],
)
def test_what_stands_alone_and_is_no_mark_of_a_list(text: str) -> None:
    for source in (PROSE + text + AFTER, PROSE + "\n" + text + "\n" + AFTER):
        assert not blocks(source)


def test_roman_numbers_are_a_list_and_letters_that_look_like_them() -> None:
    text = PROSE + "(i) salt\n(ii) wine\n(iii) tar\n(iv) news\n(v) rope\n" + AFTER
    assert len(blocks(text)) == 5
    text = PROSE + "h) salt\ni) wine\nj) tar\n" + AFTER
    assert not blocks(text)  # it begins with another than the first
    text = PROSE + "".join(f"{letter}) salt\n" for letter in "abcdefghijk") + AFTER
    assert len(blocks(text)) == 11


@pytest.mark.parametrize("text", ["ill. He", "mix. One", "xl) a", "iiii. b"])
def test_what_is_no_roman_number(text: str) -> None:
    mark = mark_of(text)
    assert mark is None or mark.roman == 40


@pytest.mark.parametrize("text", ["•", "1.", "(iv)", "a)", "–", "*"])
def test_bare_marks(text: str) -> None:
    assert is_mark(text)


@pytest.mark.parametrize("text", ["• x", "5", "end.", "(see", "", "1. a.", "* * *"])
def test_no_bare_marks(text: str) -> None:
    assert not is_mark(text)


@given(
    st.lists(
        st.sampled_from(
            ["•", "◦", "1.", "2.", "(a)", "–", "*", "salt;", "The end.", "wine and", "", "\f"]
        ),
        max_size=16,
    )
)
def test_whatever_stands_there_nothing_is_lost(lines: list[str]) -> None:
    text = PROSE + "".join(f"{line}\n" for line in lines) + AFTER
    assert clean(arranged(text).galley, Knowledge()).unwound() == text
