"""The book of this repository: its source and its reviewed decisions, end to end."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import Layout
from booktools.arrange.ledger import parse_layout
from booktools.model.galley import Block, Role
from booktools.model.page import Pages
from booktools.read.dump import read_dump

ROOT = Path(__file__).parent.parent
SOURCE = "manuscript/source/ramiro-mendez.txt"
LAYOUT = "manuscript/layout.toml"


@pytest.fixture(scope="module")
def pages() -> Pages:
    return read_dump([(SOURCE, (ROOT / SOURCE).read_text(encoding="utf-8"))])


@pytest.fixture(scope="module")
def arranged(pages: Pages) -> Arranged:
    return arrange(pages, parse_layout((ROOT / LAYOUT).read_text(encoding="utf-8"), LAYOUT))


def words(block: Block) -> str:
    return " ".join(block.text.split())


def test_the_source_has_its_pages(pages: Pages) -> None:
    assert len(pages.pages) == 29


def test_every_question_is_answered(pages: Pages, arranged: Arranged) -> None:
    assert arranged.findings == ()
    unreviewed = arrange(pages, Layout()).findings
    assert {f.code for f in unreviewed} >= {"LAY001", "LAY002", "LAY004"}


def test_no_character_is_lost_or_doubled(pages: Pages, arranged: Arranged) -> None:
    galley = arranged.galley
    assert galley.unwound() == pages.source.text
    pieces = sorted((p.start, p.end) for block in galley.blocks for p in block.pieces)
    assert [start for start, _ in pieces] == [0, *(end for _, end in pieces[:-1])]
    assert pieces[-1][1] == len(pages.source.text)
    assert not [block for block in galley.blocks if block.role is Role.FURNITURE]


@pytest.mark.parametrize(
    "seam", ["Coman- dos Comunales", "at the end of the 1960s at a school for cadres"]
)
def test_the_two_sentences_that_hop_are_whole(arranged: Arranged, seam: str) -> None:
    (block,) = [b for b in arranged.galley.blocks if seam in words(b)]
    assert block.role is Role.PARAGRAPH
    assert len(block.pieces) > 1


def test_the_chapters_stand_in_the_order_of_the_book(arranged: Arranged) -> None:
    wanted = (
        ("Introduction", "introduction"),
        ("The beginnings of my militancy", "chapter"),
        ("The revolution of the Cordones Industriales and", "chapter"),
        ("The events of ‘89 and the advance of", "chapter"),
        ("Final words", "conclusion"),
        ("Afterwords", "afterword"),
        ("Revolution and CounteRRevolution", "backcover"),
    )
    titles = [block for block in arranged.galley.blocks if block.role is Role.TITLE]
    for block, (start, kind) in zip(titles, wanted, strict=True):
        assert words(block).startswith(start)
        assert block.attribute("kind") == kind
    labels = [words(b) for b in arranged.galley.blocks if b.role is Role.LABEL]
    assert labels == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_a_label_stands_over_its_title(arranged: Arranged) -> None:
    blocks = arranged.galley.blocks
    for label, below in pairwise(blocks):
        if label.role is Role.LABEL:
            assert below.role is Role.TITLE
