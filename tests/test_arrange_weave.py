"""A picture's words written line by line with the text beside them."""

from __future__ import annotations

import textwrap
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.rows import Rows
from booktools.arrange.weave import unwoven
from booktools.model.galley import Galley
from booktools.read.dump import read_dump

STORY = (
    "The miller had gone down to the weir before it was light, because the sluice was stuck and "
    "the water stood higher than it had stood in all the years that he could remember. His two "
    "sons came behind him with a rope and a lantern, and neither of them said a word as they "
    "went along the bank, where the grass was wet and so long that it came up to their knees. "
    "When they had reached the sluice he put the lantern on the wall and looked for a long time "
    "at the gate, and at the chain that held it, and shook his head. The chain was old and it "
    "had been mended more than once, and he did not like the look of the hook to which it was "
    "tied. He told the boys to stand back, and they stood back and waited, while the water "
    "went over the wall with a sound like that of a great crowd in the distance, and the mist "
    "that rose from it hung in the air over the river and made the trees look like smoke."
)
BESIDE = (
    "She saw that he was tired and that the work had been too much for him, and she told him to "
    "sit down by the fire and to take off the boots that he had worn since the morning, for "
    "they were wet through and the mud had dried on them, and then she went to the door and "
    "looked out over the yard to the river and to the hills that stood behind it in the rain."
)
# Each line of these ends a sentence, so that a few of them leave no doubt.
BOX = [
    "A weir is begun in a dry year.",
    "Piles of oak are driven in.",
    "Stones are put between them.",
    "It is finished in a month.",
]
CAPTION = [
    "The old bridge is on the left.",
    "The ford is below the house.",
    "Nothing of it stands.",
]


def wide(text: str) -> list[str]:
    return textwrap.wrap(text, 68)


def narrow(text: str) -> list[str]:
    return textwrap.wrap(text, 34)


def by_turns(text: list[str], other: list[str]) -> list[str]:
    """A line of the other and one of the text, as long as there are any of the other."""
    count = len(other)
    turns = chain.from_iterable(zip(other, text[1 : count + 1], strict=True))
    return [text[0], *turns, *text[count + 1 :]]


def galley(text: str) -> Galley:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return done


def found(lines: list[str]) -> list[tuple[str, str]]:
    made = galley("\n".join(lines) + "\n")
    return [(b.role.value, " ".join(b.text.split())) for b in made.blocks]


TITLE = "How a Weir Is Built"


def test_a_box_with_a_title_is_read_as_one() -> None:
    blocks = found([*wide(STORY), *by_turns(narrow(BESIDE), [TITLE, *BOX]), *wide(STORY)])
    assert ("heading", TITLE) in blocks
    at = blocks.index(("heading", TITLE))
    after = " ".join(text for _, text in blocks[at + 1 :])  # where it is parted is another matter
    assert after.startswith(" ".join(BOX))
    assert ("paragraph", BESIDE) in blocks


def test_a_caption_written_by_turns_with_the_text_leaves_it_whole() -> None:
    blocks = found([*wide(STORY), *by_turns(narrow(BESIDE), CAPTION), *wide(STORY)])
    assert ("caption", " ".join(CAPTION)) in blocks
    assert ("paragraph", BESIDE) in blocks


def test_a_word_glued_to_the_other_stream_is_put_together() -> None:
    text = narrow(BESIDE)
    assert text[3].startswith("by the fire and")
    text[2:4] = [f"{text[2]} by the fi", text[3].removeprefix("by the fi")]  # no hyphen is left
    lines = by_turns(text, BOX)
    at = lines.index(text[2])
    lines[at : at + 2] = ["".join(lines[at : at + 2])]
    blocks = found([*wide(STORY), *lines, *wide(STORY)])
    assert ("paragraph", BESIDE) in blocks
    assert ("caption", " ".join(BOX)) in blocks


def test_a_box_may_take_most_of_its_page() -> None:
    page = by_turns(narrow(BESIDE), [TITLE, *BOX])
    blocks = found([*wide(STORY), *wide(STORY), "\f" + page[0], *page[1:]])
    assert ("heading", TITLE) in blocks
    assert ("paragraph", BESIDE) in blocks


def test_narrow_text_that_nothing_is_woven_into_stays_as_it_is() -> None:
    pages = read_dump(
        [("dump.txt", "\n".join([*wide(STORY), *narrow(BESIDE), *wide(STORY)]))], "form-feed"
    )
    lines = pages.lines()
    assert unwoven(lines, Rows.of(lines, ()), pages.source.text) is None


def test_verse_is_no_two_streams() -> None:
    verse = [
        "The mist is on the weir tonight,",
        "  The moon is on the mill,",
        "And he that walks without a light",
        "  Is walking by it still.",
        "The wheel goes round, the wheel goes round,",
        "  The water goes below,",
        "And nobody has ever found",
        "  The way that it must go.",
    ]
    pages = read_dump([("dump.txt", "\n".join([*wide(STORY), *verse, *wide(STORY)]))], "form-feed")
    lines = pages.lines()
    assert unwoven(lines, Rows.of(lines, ()), pages.source.text) is None


@given(st.lists(st.sampled_from([*narrow(BESIDE), *wide(STORY), *BOX, *CAPTION, ""]), max_size=40))
def test_every_line_is_kept(lines: list[str]) -> None:
    pages = read_dump([("dump.txt", "\n".join(lines))], "form-feed")
    made = unwoven(pages.lines(), Rows.of(pages.lines(), ()), pages.source.text)
    spans = sorted((line.span.start, line.span.end) for line in (made or pages.pages[0]).lines)
    assert "".join(pages.source.text[a:b] for a, b in spans) == pages.source.text
