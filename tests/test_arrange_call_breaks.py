"""Lines that an extractor has broken at raised figures are put together again."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.call_breaks import unbroken
from booktools.arrange.layout import Break, Layout
from booktools.loose import recover_text
from booktools.model.place import Place
from booktools.read.dump import read_dump

STORY = (
    "The miller had gone down to the weir before it was light,1 because the sluice was stuck and "
    "the water stood higher than it had stood in all the years that he could remember. His two "
    "sons2 came behind him with a rope and a lantern, and neither of them said a word as they "
    "went along the bank,3 where the grass was wet and so long that it came up to their knees. "
    "When they had reached the sluice he put the lantern on the wall and looked for a long time "
    "at the gate,4 and at the chain that held it, and shook his head. The chain was old and it "
    "had been mended more than once, and he did not like the look of the hook5 to which it was "
    "tied. He told the boys to stand back, and they stood back and waited, while the water "
    "went over the wall with a sound like that of a great crowd in the distance, and the mist "
    "that rose from it hung in the air over the river and made the trees look like smoke."
)
ROWS = textwrap.wrap(STORY, 68)


def broken(rows: list[str], blank: str = "") -> str:
    """The rows with a line end behind every figure."""
    text = "\n".join(rows) + "\n"
    for figure in "12345":
        text = text.replace(f"{figure} ", f"{figure}\n{blank}")
    return text


def joined(text: str, layout: Layout = Layout()) -> list[str]:  # noqa: B008
    pages = read_dump([("dump.txt", text)])
    told = {
        i for i, line in enumerate(pages.lines()) if line.number in {b.line for b in layout.breaks}
    }
    made = unbroken(pages.lines(), told, text)
    return [line.text for line in made.lines] if made else []


def test_lines_broken_behind_figures_as_a_habit_are_whole_again() -> None:
    assert broken(ROWS).count("\n") == len(ROWS) + 5
    assert joined(broken(ROWS)) == ROWS


def test_a_blank_that_begins_the_next_line_tells_it_too() -> None:
    one = broken(ROWS[:1], " ") + "\n".join(ROWS[1:]) + "\n\fThe end.\n"
    assert one.count("\n") == len(ROWS) + 2
    assert [" ".join(row.split()) for row in joined(one)] == [*ROWS, "The end."]


def test_lines_that_end_behind_figures_by_chance_stay() -> None:
    assert joined("\n".join(ROWS) + "\n") == []
    rows = [*ROWS[:3], f"{ROWS[3][:-8]} word7", *ROWS[4:]]
    assert joined("\n".join(rows) + "\n") == []


def test_whole_lines_with_figures_at_their_ends_stay() -> None:
    rows = [f"{row[:52]} word{at}" for at, row in enumerate(ROWS, 1)]
    assert joined("\n".join(rows) + "\n") == []


def test_a_line_that_somebody_has_decided_on_stays() -> None:
    text = broken(ROWS)
    line = text[: text.index("light,1")].count("\n") + 1
    layout = Layout(breaks=(Break(line, Place("layout.toml", 1)),))
    assert joined(text, layout)[line - 1].endswith("light,1")
    made = arrange(read_dump([("dump.txt", text)]), layout)
    assert made.galley.unwound() == text


NOTES = "\n\n".join(f"{n}. The {name} stands no more." for n, name in ((1, "weir"), (2, "mill")))
TEXT = [row.replace("2", "").replace("light,1", "light,") for row in ROWS]


def alone(figure: str, above: str) -> str:
    """The text with a figure on a line of its own under the line that ends so."""
    text = "\n".join(TEXT).replace("remember. ", "remember.\n").replace("3", "").replace("4", "")
    text = text.replace("5", "").replace(above, f"{above}\n{figure}", 1)
    return f"{text}\n\n{NOTES}\n\f{'An end it was. ' * 9}\n"


def linked(text: str) -> list[str]:
    galley = recover_text([("dump.txt", text)], ["en"], lambda step: None).galley
    assert galley.unwound() == text
    out = []
    for block in galley.blocks:
        if called := block.attribute("called"):
            own, _, at = map(int, called.split(":"))
            out.append(f"{galley.blocks[own].text[:at].split()[-1]}|{block.text.split()[1]}")
    return out


def test_a_figure_alone_is_the_call_for_the_note_below() -> None:
    text = alone("1", "remember.")
    assert any(row.endswith("remember. 1") for row in joined(text))


def test_a_figure_alone_in_mid_sentence_may_belong_to_the_line_below() -> None:
    assert joined(alone("1", "because the")) == []


def test_a_figure_alone_for_which_there_is_no_note_stays() -> None:
    assert joined(alone("7", "remember.")) == []


def test_a_figure_alone_that_is_called_for_begins_the_note() -> None:
    text = alone("1", "remember.").replace("his head", "his head1", 1)
    assert joined(text.replace("1\n", "", 1).replace("1. The", "1\nThe")) == []


def test_broken_lines_leave_one_paragraph_and_its_notes() -> None:
    notes = "\n\n".join(f"{n}. The {name} stands no more." for n, name in enumerate(NAMES, 1))
    text = f"{broken(ROWS)}\n{notes}\n\f{'An end it was. ' * 9}\n"
    assert linked(text) == [
        *("light,|weir", "sons|mill", "bank,|gate", "gate,|wall", "hook|hall"),
    ]


NAMES = ["weir", "mill", "gate", "wall", "hall"]
PIECES = st.sampled_from(["a word1", "word,2", "3", "", " at it", "The lamp", "1. A note", "\f"])


@given(st.lists(PIECES, max_size=30))
def test_the_lines_part_the_source_as_before(rows: list[str]) -> None:
    text = "\n".join(rows) + "\n"
    lines = read_dump([("dump.txt", text)]).lines()
    made = unbroken(lines, (), text)
    if made:
        spans = [line.span for line in made.lines]
        assert [s.start for s in spans] == [lines[i].span.start for i in made.origin]
        assert all(a.end == b.start for a, b in pairwise(spans))
        assert spans[-1].end == lines[-1].span.end
        words = " ".join(line.text for line in made.lines).split()
        assert words == " ".join(line.text for line in lines).split()
