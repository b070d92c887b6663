"""Lines of which an extractor has written the second part first."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.read.dump import read_dump

ABOVE = (
    "The miller had gone down to the weir before it was light, because the sluice\n"
    "was stuck and the water stood higher than it had stood in all the years that\n"
    "he could remember. His sons came behind him with a rope and a lantern, and he\n"
    "told them to stand on the bank, where the grass was so long and so wet that\n"
)
NARROW = (
    "boots were no good, and to hold the\n"
    "lantern high. They did as he said, and\n"
    "he went out on the wall, one foot before\n"
    "the other, until he came to the chain and\n"
    "could lay his hand on it.\n"
)
BELOW = (
    "When they had reached the sluice he put the lantern on the wall and looked for\n"
    "a long time at the gate, and at the chain that held it, and shook his head. It\n"
    "was old and it had been mended more than once, and he did not like the look of\n"
    "the hook to which it was tied.\n"
)
WHOLE = " ".join(f"{ABOVE}their knees got wet, and the best of {NARROW}".split())


def found(text: str) -> list[tuple[str, str]]:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return [(b.role.value, " ".join(b.text.split())) for b in done.blocks]


@pytest.mark.parametrize("caption", ["", "Fig. 2. The sluice, from below.\n\n"])
def test_the_first_part_of_a_line_comes_first(caption: str) -> None:
    text = f"{ABOVE}\nand the best of\n\n{caption}their knees got wet,\n{NARROW}\n{BELOW}"
    blocks = found(text)
    assert ("paragraph", WHOLE) in blocks
    assert not caption or ("caption", caption.strip()) in blocks


def test_parts_that_are_written_in_their_order_stay() -> None:
    text = f"{ABOVE}their knees got wet,\nand the best of\n{NARROW}\n{BELOW}"
    assert ("paragraph", WHOLE) in found(text)


def test_a_short_line_between_gaps_is_no_part_where_the_next_one_is_full() -> None:
    text = f"{ABOVE}\nand the best of\n\n{NARROW}\n{BELOW}"
    whole = " ".join(f"{ABOVE}and the best of {NARROW}".split())
    assert ("paragraph", whole) in found(text)
