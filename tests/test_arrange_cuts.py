"""Paragraphs that captions or blank lines cut."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Break, Layout
from booktools.model.place import Place
from booktools.read.dump import read_dump

SAID = (
    "“The gate is shut,” said the miller to the boys.\n\n"
    "“It was shut at noon,” said one, and looked away.\n\n"
    "“Then who has opened it again?” the miller asked.\n\n"
    "“Nobody that I know of,” said the other of them.\n\n"
)
HALF = "“I saw it with my own eyes as I went by the weir."
REST = "It stood wide open, and the water ran through it.”"
STORY = (
    "The miller had gone down to the weir before it was light, because\n"
    "the sluice was stuck and the water stood higher than it had stood\n"
    "in all the years that he could remember, and he had called the two\n"
)
CAPTION = "Fig. 3. The old sluice.\n"


def paragraphs(text: str, layout: Layout | None = None) -> list[str]:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), layout or Layout()).galley
    assert done.unwound() == text
    return [" ".join(b.text.split()) for b in done.blocks if b.role.value == "paragraph"]


def test_a_speech_goes_on_over_a_blank_line() -> None:
    assert f"{HALF} {REST}" in paragraphs(f"{SAID}{HALF}\n\n{REST}\n\n{SAID}")


def test_a_speech_that_opens_anew_is_another_paragraph() -> None:
    assert HALF in paragraphs(f"{SAID}{HALF}\n\n“{REST}\n\n{SAID}")


def test_a_reviewed_break_ends_the_paragraph_in_a_speech() -> None:
    line = SAID.count("\n") + 1
    layout = Layout(breaks=(Break(line, Place("layout.toml", 1)),))
    assert HALF in paragraphs(f"{SAID}{HALF}\n\n{REST}\n\n{SAID}", layout)


@pytest.mark.parametrize("last", ["sons of the", "brothers,"])
def test_a_short_line_above_a_caption_goes_on_with_a_name(last: str) -> None:
    text = f"{STORY}{last}\n\n{CAPTION}\nBrandon farm to help him, but they had not come.\n"
    assert len(paragraphs(text)) == 1


def test_a_short_line_that_only_ends_does_not() -> None:
    text = f"{STORY}brothers\n\nBrandon farm was empty, and nobody had been there since.\n"
    assert len(paragraphs(text)) == 2
