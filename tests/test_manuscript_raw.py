"""The manuscript's files as a galley: every paragraph's words, and the way back to them."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from booktools.engines import pandoc
from booktools.manuscript.parse import parse_book
from booktools.manuscript.raw import MarkupError, Passage, escaped, manuscript_galley, written
from booktools.manuscript.write import chapter_markdown
from booktools.model.book import Chapter
from booktools.model.place import Span
from booktools.waist import Waist
from strategies import chapters

few = settings(max_examples=20, phases=[Phase.explicit, Phase.generate])  # each runs pandoc


def passages(files: dict[str, str]) -> list[Passage]:
    """As the pipeline has them: a label stands in an attribute."""
    rows = sorted(files.items())
    chapters = parse_book(rows, pandoc.to_json_all(rows))
    return list(Waist(files, chapters, ()).passages)


@few
@given(st.lists(chapters(), min_size=1, max_size=3), st.data())
def test_every_passage_is_found_and_its_words_can_be_changed(
    batch: list[Chapter], data: st.DataObject
) -> None:
    files = {f"{n}.md": chapter_markdown(chapter) for n, chapter in enumerate(batch)}
    try:
        rows = passages(files)
    except Exception:  # ids that are taken twice
        return
    galley = manuscript_galley(files, rows)
    assert galley.unwound() == galley.source.text == "".join(files[n] for n in sorted(files))
    known = [n for n, row in enumerate(rows) if galley.blocks[n].text]
    for number in known:
        assert "".join(galley.blocks[number].text.split()) == "".join(rows[number].text.split())
    if not known:
        return
    number = data.draw(st.sampled_from(known))
    text = galley.blocks[number].text
    plain = [word for word in sorted(set(text.split())) if word.isalnum()]
    if not plain:
        return
    word = data.draw(st.sampled_from(plain))
    start = text.index(word)
    try:
        after = written(galley, [(number, Span(start, start + len(word)), "*new_")])
    except MarkupError:
        return
    again = passages(after)
    assert len(again) == len(rows)
    for n, (row, before) in enumerate(zip(again, rows, strict=True)):
        meant = before.text
        if n == number:
            at = meant.index(text[:1]) if text in meant else -1
            lead = meant.index(text) if at >= 0 else len(meant) - len(meant.lstrip())
            meant = meant[: lead + start] + "*new_" + meant[lead + start + len(word) :]
        assert "".join(row.text.split()) == "".join(meant.split())


def test_most_passages_of_a_common_chapter_are_found() -> None:
    text = (
        '# Title {#t label="One"}\n\nHe *said* so[^1], [and](https://x.example/and) **left**.\n'
        "Caf\\*e & tea.\n\n1. First 1 item\n2. Second\n\n| a verse\n| of two\n\n"
        "![A *caption*](images/caption.jpg){#f}\n\n> Quoted.\n\n[^1]: 1 note of *it*.\n"
    )
    rows = passages({"a.md": text})
    galley = manuscript_galley({"a.md": text}, rows)
    texts = [galley.blocks[n].text for n in range(len(rows))]
    assert texts[:4] == ["", "Title", "He said so, and left. Caf*e & tea.", "1 note of it."]
    assert texts[4:] == ["First 1 item", "Second", "a verse of two", "A caption", "Quoted."]
    n = texts.index("a verse of two")
    assert "| a poem\n" in written(galley, [(n, Span(2, 7), "poem")])["a.md"]
    with pytest.raises(MarkupError):
        written(galley, [(2, Span(3, 10), "x")])


def test_plain_text_is_escaped() -> None:
    assert escaped("a*b_c &amp; [d] <e> {f} `g` ~h~ ^i^ \\") == (
        r"a\*b\_c \&amp; \[d\] \<e> \{f} \`g\` \~h\~ \^i\^ \\"
    )
