"""What printed pages become by their looks: roles, paragraphs, threads, furniture."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import BlockDecision, Layout
from booktools.model.galley import Role
from booktools.model.page import Pages
from booktools.model.place import Place
from booktools.model.printed_page import Face, Hidden, OutlineEntry, PrintedLine
from printed_pages import BODY, column, frame, hidden, line, page, picture, read, word

SMALL = Face("Serif", 8.0)
SLANTED = Face("Serif-Italic", 8.0, italic=True)
BOLD = Face("Serif-Bold", 10.0, bold=True)
LARGE = Face("Serif", 14.0)
FULL = "words that fill the measure from its left edge to"
TEXT = [[FULL, FULL, "and end."], [FULL, "and end again."], [FULL, FULL, FULL, "at last."]]


def body(top: float = 100, paragraphs: list[list[str]] | None = None) -> list[PrintedLine]:
    return column(paragraphs or TEXT, 20, top, to=280)


def arranged(pages: Pages, layout: Layout | None = None) -> Arranged:
    return arrange(pages, layout or Layout())


def blocks(pages: Pages) -> list[tuple[Role, str]]:
    galley = arranged(pages).galley
    return [(b.role, " ".join(b.text.split())) for b in galley.blocks]


def of(role: Role, pages: Pages) -> list[str]:
    return [text for own, text in blocks(pages) if own is role]


def heads(pages: Pages) -> list[str]:
    named = (Role.TITLE, Role.LABEL, Role.HEADING)
    return [text for own, text in blocks(pages) if own in named]


# --- paragraphs -----------------------------------------------------------------------


def test_an_indent_begins_a_paragraph() -> None:
    found = of(Role.PARAGRAPH, read(page(*body())))
    assert found == [" ".join(p) for p in TEXT]


def test_a_gap_begins_a_paragraph() -> None:
    lines = [
        line(FULL, 20, 50, to=280),
        line("and ends.", 20, 62),
        line(FULL, 20, 84, to=280),
        line("the end.", 20, 96),
    ]
    assert of(Role.PARAGRAPH, read(page(*lines))) == [f"{FULL} and ends.", f"{FULL} the end."]


def test_a_line_that_ends_early_ends_a_paragraph() -> None:
    lines = [
        line(FULL, 20, 50, to=280),
        line("and ends here.", 20, 62),
        line(f"Then {FULL}", 20, 74, to=280),
        line("it ends.", 20, 86),
    ]
    assert of(Role.PARAGRAPH, read(page(*lines))) == [
        f"{FULL} and ends here.",
        f"Then {FULL} it ends.",
    ]


def test_hanging_paragraphs_begin_at_the_edge() -> None:
    rows = []
    for n in range(3):
        y = 50 + 36 * n
        rows += [
            line(f"Entry {n} {FULL}", 20, y, to=280),
            line(FULL, 32, y + 12, to=280),
            line("ends so.", 32, y + 24),
        ]
    found = of(Role.PARAGRAPH, read(page(*rows)))
    assert [text[:7] for text in found] == ["Entry 0", "Entry 1", "Entry 2"]


def test_one_line_speeches_are_paragraphs() -> None:
    rows = [
        line(text, 32, 100 + 12 * n)
        for n, text in enumerate(
            ["ANN. Yes.", "BOB. You might have known—", "ANN. Never!", "BOB. So be it."]
        )
    ]
    found = of(Role.PARAGRAPH, read(page(*rows, *body(160))))
    assert found[:4] == ["ANN. Yes.", "BOB. You might have known—", "ANN. Never!", "BOB. So be it."]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    left = column([["one two three four five", "six seven eight nine ten"]], 20, 50, to=140)
    left[-1] = line("six seven eight nine ten", 20, 62, to=140)
    right = [
        line("eleven twelve thirteen one", 160, 50, to=280),
        line("fourteen fifteen sixteen x", 160, 62, to=280),
    ]
    after = page(line("Seventeen goes on and ends.", 20, 50), *body(74), number=2)
    found = of(Role.PARAGRAPH, read(page(*left, *right), after))
    assert found[0].startswith("one two")
    assert found[0].endswith("Seventeen goes on and ends.")


def test_an_indent_at_a_pages_head_begins_a_paragraph() -> None:
    one = page(*body(100, [[FULL, f"{FULL} end."]]))
    two = page(*body(100, [[f"Then {FULL}", "it ends."]]), number=2)
    assert of(Role.PARAGRAPH, read(one, two)) == [f"{FULL} {FULL} end.", f"Then {FULL} it ends."]


def test_a_sentence_hops_over_a_box() -> None:
    above = [line(FULL, 20, 40, to=280), line("and the sentence that runs", 20, 52, to=280)]
    box = [line("A box about it", 40, 80, BOLD), line("stands here.", 40, 92)]
    below = [line("over it goes on below.", 20, 130), *body(142)]
    pages = read(page(*above, *box, *below, drawings=[frame(30, 65, 270, 100)]))
    made = blocks(pages)
    assert made[0] == (Role.PARAGRAPH, f"{FULL} and the sentence that runs over it goes on below.")
    assert made[1:3] == [(Role.HEADING, "A box about it"), (Role.PARAGRAPH, "stands here.")]


def test_a_drop_capital_goes_to_its_word() -> None:
    lines = [
        line("he first line runs to the edge of the", 50, 100, to=280),
        line("second line that does so as well and", 50, 112, to=280),
        *body(124, [[f"{FULL}"], [FULL, "end."]]),
    ]
    lines[2] = line("third line at the edge, where it ends.", 20, 124)
    signature = line("A Poet", 220, 70)
    drop = line("T", 20, 112, Face("Serif", 30.0))
    found = of(Role.PARAGRAPH, read(page(signature, drop, *lines)))
    assert found[0] == "A Poet"
    assert found[1].startswith("T he first line")


# --- kinds ----------------------------------------------------------------------------


def test_headings_by_size_weight_and_place() -> None:
    rows = [
        line("IV", 145, 30, LARGE),
        line("The Sea", 120, 55, LARGE),
        *body(80),
        line("A Part in Bold", 20, 212, BOLD),
        *body(230),
    ]
    assert heads(read(page(*rows))) == ["IV", "The Sea", "A Part in Bold"]


def test_a_title_of_the_files_contents_is_a_heading() -> None:
    rows = [*body(50), line("Notes on method", 20, 180), *body(200)]
    told = read(page(*rows), outline=[OutlineEntry("Notes on Method", 1, 1)])
    assert heads(told) == ["Notes on method"]
    assert heads(read(page(*rows))) == []


def test_large_letters_that_run_on_are_text() -> None:
    lead = [
        line("the first words of the book are", 20, 40 + 17 * n, LARGE, to=280) for n in range(6)
    ]
    assert heads(read(page(*lead, *body(160)))) == []


def test_captions_by_a_picture() -> None:
    rows = [*body(40), line("The harbour in the morning", 20, 250, SMALL), *body(280)]
    drawn = read(page(*rows, drawings=[picture(20, 170, 280, 240)]))
    assert of(Role.CAPTION, drawn) == ["The harbour in the morning"]


def test_a_figures_number_makes_a_caption() -> None:
    rows = [*body(40), line("Fig. 3. The harbour", 20, 200, SLANTED), *body(230)]
    assert of(Role.CAPTION, read(page(*rows))) == ["Fig. 3. The harbour"]


def test_notes_at_the_foot() -> None:
    mark = word("1", 20, 343, Face("Serif", 5.0))
    note = PrintedLine((mark, *line("The first note runs on", 23, 346, SMALL).words))
    rows = [
        *body(40),
        note,
        line("and ends in its second line.", 20, 356, SMALL),
        line("* The other note.", 20, 366, SMALL),
    ]
    assert of(Role.NOTE, read(page(*rows))) == [
        "1 The first note runs on and ends in its second line.",
        "* The other note.",
    ]


def test_a_note_goes_on_on_the_next_page() -> None:
    one = page(*body(40), line("1 The note that runs", 20, 346, SMALL))
    two = page(*body(40), line("on overleaf, where it ends.", 20, 346, SMALL), number=2)
    assert of(Role.NOTE, read(one, two)) == ["1 The note that runs on overleaf, where it ends."]


def test_verse_keeps_its_lines() -> None:
    poem = ["The sea was grey,", "The sky was low", "And far away", "The winds did blow."]
    rows = [*body(40), *(line(text, 60, 180 + 12 * n) for n, text in enumerate(poem)), *body(250)]
    assert of(Role.VERSE, read(page(*rows))) == [" ".join(poem)]


def test_a_stanza_goes_on_on_the_next_page() -> None:
    lines = [f"A verse that has no stop, number {n}" for n in range(12)]
    one = page(*(line(text, 40, 40 + 12 * n) for n, text in enumerate(lines[:8])), *body(180))
    first = page(*body(40), *(line(text, 40, 300 + 12 * n) for n, text in enumerate(lines[:8])))
    two = page(
        *(line(text, 40, 40 + 12 * n) for n, text in enumerate(lines[8:])), *body(120), number=2
    )
    assert len(of(Role.VERSE, read(first, two))) == 1
    assert len(of(Role.VERSE, read(one))) == 1


def test_running_heads_and_folios_are_furniture() -> None:
    def leaf(number: int, head: str) -> list[PrintedLine]:
        return [line(head, 20, 20, SMALL), *body(60), line(str(number + 6), 150, 385, SMALL)]

    tops = ["THE BOOK", "Chapter One", "THE BOOK", "Chapter One", "THE BOOK", "Chapter Two"]
    made = read(*(page(*leaf(n, head), number=n) for n, head in enumerate(tops, 1)))
    found = of(Role.FURNITURE, made)
    assert Counter(found) == Counter([*tops, *(str(n + 6) for n in range(1, 7))])
    assert not heads(made)


def test_titles_at_one_height_of_their_pages_are_no_running_heads() -> None:
    titles = ["1 The Boat", "2 The Sea", "3 The Boat and the Sea", "4 The Shore"]
    pages = []
    for number, title in enumerate(titles, 1):
        head = line(f"A Book {number}", 100, 20)
        pages.append(page(head, line(title, 20, 60, LARGE), *body()))
        pages.append(page(head, *body(60)))
    assert heads(read(*pages)) == titles


def test_a_large_head_that_comes_back_is_furniture() -> None:
    pages = [page(line("A Book", 100, 20, LARGE), *body()) for _ in range(4)]
    assert of(Role.FURNITURE, read(*pages)) == ["A Book"] * 4


def test_a_head_that_ocr_measured_badly_is_told_by_its_folio_or_its_words() -> None:
    def seen(one: PrintedLine) -> PrintedLine:
        return replace(one, words=tuple(replace(word, confidence=0.9) for word in one.words))

    numbered = ["The Boat 11 -", "12 The Sea.", "The Shore 13°", "14 The Sea", "The Shore 15"]
    named = ["Old Boat", "Old Boat .", "_ Old Boat", "Old Boat", "Old Boat"]
    for tops in (numbered, named):
        pages = [
            page(*(seen(one) for one in (line(head, 20, 20, LARGE), *body(60))), number=number)
            for number, head in enumerate(tops, 1)
        ]
        assert not heads(read(*pages))


def test_the_first_line_of_text_is_no_furniture() -> None:
    made = read(*(page(*body(40), number=n) for n in range(1, 7)))
    assert of(Role.FURNITURE, made) == []


def test_single_line_notes_at_the_foot_are_no_furniture() -> None:
    made = read(
        *(
            page(*body(40), line(f"{n} A note on {n * 'x'}.", 20, 385, SMALL), number=n)
            for n in range(1, 7)
        )
    )
    assert len(of(Role.NOTE, made)) == 6


def test_a_page_label_tells_the_folio_of_a_single_page() -> None:
    lines = [*body(60), line("xii", 150, 385, SMALL)]
    assert of(Role.FURNITURE, read(page(*lines, label="xii"))) == ["xii"]
    assert of(Role.FURNITURE, read(page(*lines))) == []


def test_what_the_file_calls_an_artifact_is_furniture_at_the_edge() -> None:
    made = read(page(line("A head that stands once", 20, 20, SMALL, artifact=True), *body(60)))
    assert of(Role.FURNITURE, made) == ["A head that stands once"]


def test_what_cannot_be_seen_is_left_out_unless_decided() -> None:
    pages = read(page(*body(60), hidden("secret", 20, 20, Hidden.TINY)))
    assert of(Role.FURNITURE, pages) == ["secret"]
    number = next(row.number for row in pages.lines() if row.text == "secret")
    keep = BlockDecision(number, number, "secret", Role.PARAGRAPH, Place("layout.toml", 1))
    galley = arranged(pages, Layout(blocks=(keep,))).galley
    assert [b.role for b in galley.blocks if b.text.strip() == "secret"] == [Role.PARAGRAPH]


# --- laws -----------------------------------------------------------------------------

faces = st.sampled_from([BODY, SMALL, SLANTED, BOLD, LARGE, Face("Serif", 30.0)])
texts = st.text("aA1.,-— *", min_size=1, max_size=40).filter(lambda text: bool(text.split()))
lines = st.builds(line, texts, st.integers(0, 250), st.integers(10, 390), faces)
drawings = st.builds(
    lambda x, y, w, h: picture(x, y, x + w, y + h), *[st.integers(0, 300)] * 4
) | st.builds(lambda x, y, w, h: frame(x, y, x + w, y + h), *[st.integers(0, 300)] * 4)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.lists(lines, max_size=14), st.lists(drawings, max_size=3)), max_size=4)
)
def test_every_letter_is_in_one_block(
    leaves: list[tuple[list[PrintedLine], list[object]]],
) -> None:
    pages = read(
        *(page(*own, number=n, drawings=drawn) for n, (own, drawn) in enumerate(leaves, 1))  # type: ignore[arg-type]
    )
    galley = arranged(pages).galley
    assert galley.unwound() == pages.source.text
    pieces = sorted(piece for block in galley.blocks for piece in block.pieces)
    assert "".join(pages.source.text[p.start : p.end] for p in pieces) == pages.source.text
