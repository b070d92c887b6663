"""The law of the room: what is written is read back, and written again the same."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from booktools.engines import pandoc
from booktools.manuscript.normal import normalised
from booktools.manuscript.write import chapter_markdown
from booktools.model.book import Chapter, block_texts, texts
from one_chapter import parse_chapter
from strategies import chapters


def _batches() -> st.SearchStrategy[list[Chapter]]:
    """Several chapters at a time: one start of pandoc reads them all."""
    return st.lists(chapters(), min_size=1, max_size=4)


@given(_batches())
def test_what_is_written_is_read_back_the_same(batch: list[Chapter]) -> None:
    written = [(f"{n}.md", chapter_markdown(chapter)) for n, chapter in enumerate(batch)]
    trees = pandoc.to_json_all(written)
    for chapter, (_, markdown), tree in zip(batch, written, trees, strict=True):
        read = parse_chapter(chapter.file, markdown, tree)
        assert normalised(read) == normalised(chapter), markdown
        assert chapter_markdown(read) == markdown
        _lines_are_right(read, markdown)
        _is_tidy(markdown)


@given(chapters())
def test_the_normal_form_is_stable(chapter: Chapter) -> None:
    once = normalised(chapter)
    assert normalised(once) == once
    assert chapter_markdown(once) == chapter_markdown(chapter)


def _lines_are_right(chapter: Chapter, markdown: str) -> None:
    """Every word of a text is written on the line that the text names."""
    lines = markdown.split("\n")
    nodes = [*texts(chapter.title)]
    for block in chapter.blocks:
        nodes += block_texts(block)
    for node in nodes:
        if node.value.strip(" "):
            assert 1 <= node.line <= len(lines), node
            for word in re.findall(r"[^\W_]+", node.value):
                assert word in lines[node.line - 1], node


def _is_tidy(markdown: str) -> None:
    assert markdown.endswith("\n")
    assert not markdown.endswith("\n\n")
    assert "\r" not in markdown
    assert not re.search(r"[ \t]\n", markdown), markdown
