"""Notes that break off at the foot of a column and go on at the next one's, no gap round them."""

from __future__ import annotations

import textwrap

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.read.dump import read_dump

STORY = (
    "The miller had gone down to the weir before it was light,1 because the sluice was stuck and "
    "the water stood higher than it had stood in all the years that he could remember. His two "
    "sons came behind him with a rope and a lantern, and neither of them said a word as they "
    "went along the bank, where the grass was wet and so long that it came up to their knees. "
    "When they had reached the sluice he put the lantern on the wall and looked for a long time "
    "at the gate, and at the chain that held it, and shook his head. The chain was old and it "
    "had been mended more than once, and he did not like the look of the hook to which it was "
    "tied. He told the boys to stand back, and they stood back and waited, while the water "
    "went over the wall with a sound like that of a great crowd in the distance, and the mist "
    "that rose from it hung in the air over the river and made the trees look like smoke. They "
    "held on to the rope with both hands, for he had told them what would come to pass if one of "
    "them let it go, and they believed him."
)
NOTE = (
    "1The weir stands no more. It was taken down in the year of the flood, when the abbey had no "
    "use for it, and the stones of it went into the bridge and into the houses that were built "
    "on the other bank, where some of them can be seen to this day, with the marks of the masons "
    "who had cut them for the monks of the abbey, each of whom had his own."
)


def pages(column: int, small: int) -> str:
    """Two pages: the column above, the note below, each broken off in mid-sentence."""
    text, note = textwrap.wrap(STORY, column), textwrap.wrap(NOTE, small)
    half = len(text) // 2
    one, two = [*text[:half], *note[:2]], [*text[half:-4], *note[2:], *text[-4:]]
    return "\n".join(one) + "\n\f" + "\n".join(two) + "\n"


def found(text: str) -> list[tuple[str, str]]:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return [(b.role.value, " ".join(b.text.split())) for b in done.blocks]


def test_a_note_in_small_type_goes_on_at_the_next_foot() -> None:
    blocks = found(pages(48, 66))
    assert ("note", NOTE) in blocks
    assert " ".join(text for role, text in blocks if role == "paragraph") == STORY


def test_lines_as_wide_as_the_column_are_no_rest_of_a_note() -> None:
    notes = [text for role, text in found(pages(48, 48)) if role == "note"]
    assert NOTE not in notes
