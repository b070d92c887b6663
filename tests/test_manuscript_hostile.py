"""Manuscripts from strangers: no markup through the back door, no word lost, no endless run."""

from __future__ import annotations

import contextlib
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.engines import pandoc
from booktools.errors import EngineFailed, ManuscriptError
from booktools.manuscript.normal import normalised
from booktools.manuscript.write import chapter_markdown
from booktools.model.book import Chapter, Paragraph, Text, chapter_texts
from one_chapter import parse_chapter
from strategies import TRAPS

# Pieces of Markdown that people write, right and wrong.
PIECES = (
    *("\n", "\n\n", "\n\n    ", "word", "Two words.", " ", "  \n", "\t", "\\\n", "\\ ", "    "),
    *(
        "[x](http://a.b)",
        '[x](http://a.b "t")',
        "[x][y]",
        "\n\n[y]: http://q.r\n\n",
        "<http://u.v>",
    ),
    *("[^a]", "\n\n[^a]: note text\n\n", "^[inline note]", "*em*", "**st**", "***b***", "_u_"),
    *("^2^", "~2~", "[x]{lang=es}", "[x]{.smallcaps}", "[a [b]{lang=es} c](#t)", "{.c}", "`c`"),
    *(
        "![c](images/a.jpg)",
        "\n\n![c](images/a.jpg){#f}\n\n",
        "\n\n> q\n> r\n\n",
        "\n\n- a\n- b\n\n",
    ),
    *("\n\n1. a\n2. b\n\n", "\n\n| v\n| w\n\n", "\n\n::: deck\n", "\n:::\n\n", "\n\n## H\n\n"),
    *("\n\nSet\n---\n\n", "\n\n```\ncode\n```\n\n", "\n:   def\n", "&eacute;", "&nbsp;"),
)


def _manuscripts() -> st.SearchStrategy[str]:
    pieces = st.lists(st.sampled_from(PIECES) | st.sampled_from(TRAPS), max_size=8)
    return pieces.map(lambda parts: "# T {#t}\n\n" + "".join(parts) + "\n")


@given(st.lists(_manuscripts(), min_size=1, max_size=5))
def test_a_strangers_manuscript_is_read_whole_or_refused(batch: list[str]) -> None:
    read: list[Chapter] = []
    files = [("f.md", text) for text in batch]
    for text, tree in zip(batch, pandoc.to_json_all(files), strict=True):
        outcome = _outcome(text, tree)
        if isinstance(outcome, Chapter):
            _says_all(outcome, text)
            read.append(outcome)
        else:
            assert outcome.place is not None
            assert 1 <= outcome.place.line <= text.count("\n") + 1
            assert outcome.hint
    written = [("f.md", chapter_markdown(chapter)) for chapter in read]
    for chapter, (_, text), tree in zip(read, written, pandoc.to_json_all(written), strict=True):
        assert normalised(parse_chapter("f.md", text, tree)) == normalised(chapter)


def _outcome(text: str, tree: dict[str, Any]) -> Chapter | ManuscriptError:
    try:
        return parse_chapter("f.md", text, tree)
    except ManuscriptError as error:
        return error


def _says_all(chapter: Chapter, text: str) -> None:
    """The letters of the pieces that are words are all in the tree, as often as in the text."""
    said = "\n".join(node.value for node in chapter_texts(chapter))
    for word in ("word", "Two", "inline", "note text", "em", "st", "Qué", "begin", "smile"):
        assert said.count(word) == text.count(word), word


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!-- hidden -->",
        "\\input{secret}",
        "\\begin{verbatim}x\\end{verbatim}",
        "<?php x ?>",
        "&lt;script&gt;x",
        "<a href='javascript:x'>y</a>",
        "<span lang='es'>x</span>",
        "$\\href{a}{b}$",
    ],
)
def test_raw_markup_is_plain_text(text: str) -> None:
    markdown = f"# T\n\n{text}\n"
    (block,) = parse_chapter("f.md", markdown, pandoc.to_json(markdown)).blocks
    assert isinstance(block, Paragraph)
    assert all(isinstance(node, Text) for node in block.inlines)
    letters = re.sub(r"&\w+;|\W", "", text)
    assert re.sub(r"\W", "", "".join(n.value for n in block.inlines)) == letters  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["`<b>x</b>`{=html}", "```{=html}\n<script>x</script>\n```"])
def test_raw_attributes_are_refused(text: str) -> None:
    markdown = f"# T\n\n{text}\n"
    with pytest.raises(ManuscriptError, match="code"):
        parse_chapter("f.md", markdown, pandoc.to_json(markdown))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "*" * 1_000_000,
        "`" * 300_000,
        "> " * 3_000 + "x",
        "- " * 3_000 + "x",
        "[a " * 3_000,
        "*a _b " * 3_000,
        "[^1]" * 20_000 + "\n\n[^1]: x",
        "::: deck\n" * 500,
    ],
)
def test_hostile_text_ends_in_time(text: str) -> None:
    markdown = f"# T\n\n{text}\n"
    start = time.monotonic()
    with contextlib.suppress(EngineFailed, ManuscriptError):  # and nothing else
        parse_chapter("f.md", markdown, pandoc.to_json(markdown, timeout=0.5))
    assert time.monotonic() - start < 20


def test_a_deep_tree_is_refused_not_a_crash() -> None:
    markdown = "# T\n\n" + "> " * 60 + "x\n"
    with pytest.raises(ManuscriptError, match=r"f\.md:3: this is nested too deep"):
        parse_chapter("f.md", markdown, _quoted_deep(60))


def test_endless_brackets_are_a_clear_error() -> None:
    with pytest.raises(EngineFailed, match=r"stopped after|memory") as caught:
        pandoc.to_json("[" * 1_000_000, timeout=0.5)
    assert "nested" in caught.value.hint


def _quoted_deep(levels: int) -> dict[str, Any]:
    node: dict[str, Any] = {"t": "Para", "c": [{"t": "Str", "c": "x"}]}
    for _ in range(levels):
        node = {"t": "BlockQuote", "c": [node]}
    title = {"t": "Header", "c": [1, ["", [], []], [{"t": "Str", "c": "T"}]]}
    return {"blocks": [title, node]}
