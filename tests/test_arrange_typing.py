"""What lines are: headings, captions, notes, verse, drop capitals, each by its evidence."""

from __future__ import annotations

import re

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.titles import is_numbered
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.model.galley import Galley
from booktools.read.dump import read_dump

# Full lines of one measure, in mid-sentence.
FULL = (
    "the harbour was asleep and so was the keeper of the light, who had\n"
    "seen no ferry come or go for a whole week, and who had not been to\n"
    "the town since the day when the last of the boatmen went away with\n"
    "all that he had, which was not much: a coat, a lamp and a book that\n"
    "nobody had ever read, for it was in a language that none of us knew,\n"
)
STOP = "and so it stayed.\n"


def galley(text: str) -> Galley:
    done = arrange(read_dump([("dump.txt", text)], "form-feed"), Layout()).galley
    assert done.unwound() == text
    return done


def found(text: str, *, but: str = "paragraph") -> list[tuple[str, str]]:
    """The blocks that are not running text."""
    blocks = [(b.role.value, " ".join(b.text.split())) for b in galley(text).blocks]
    return [block for block in blocks if block[0] != but]


def asked(text: str) -> list[str]:
    return [f.code for f in arrange(read_dump([("dump.txt", text)]), Layout()).findings]


# --- headings -------------------------------------------------------------------------


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize(
    "title",
    ["The Keeper of the Light", "XIV", "XIV. Of the Sea", "3.1 — Vom Meer", "THE LAMP", "Acto II"],
)
def test_a_heading_is_short_without_a_stop_and_in_a_titles_dress(title: str, gap: str) -> None:
    text = f"Once {FULL}{STOP}{gap}{title}\n{gap}At night {FULL}{STOP}"
    (role, words), *more = found(text)
    assert role in ("heading", "title")
    assert (words, more) == (title, [])


def test_a_sentence_without_a_stop_between_paragraphs_is_a_heading_where_nothing_has_gaps() -> None:
    text = f"Once {FULL}{STOP}What nobody knew\nAt night {FULL}{STOP}"
    assert found(text) == [("heading", "What nobody knew")]
    assert not found(f"Once {FULL}{STOP}What nobody knew:\nAt night {FULL}{STOP}")
    no_room = "Mr. Lighthousekeeper-at-the-Northern-Ferry said"
    assert not found(f"Once {FULL}{STOP}In the afternoon they all saw\n{no_room} {FULL}{STOP}")


def test_a_title_may_fill_the_measure_where_speech_is_below_it() -> None:
    title = "The Adventure of the Keeper, the Lamp, the Boat and the Seven Ferrymen"
    below = f"“At night {FULL}and so it stayed.”\n"
    assert found(f"Once {FULL}{STOP}{title}\n{below}") == [("heading", title)]
    running = f"Keeper {FULL}{STOP}"
    assert not found(f"Once {FULL}{STOP}{title}\n{running}")


def test_the_last_word_of_what_somebody_says_is_no_heading() -> None:
    last = "“It was an old keeper of the light by the name of Captain John\n\nMiller.”"
    assert not found(f"Once {FULL}{STOP}\n{last}\n\nOnce {FULL}")


def _page(head: str, number: int, text: str) -> str:
    return f"{head} {number}\n\n{text}\f"


def test_what_the_running_heads_repeat_is_a_title_though_its_words_are_small() -> None:
    title = "How the boatmen went away"
    text = f"Once {FULL}{STOP}\n" * 2
    opening = f"{text}{title}\n{text}"
    dump = _page("The light", 6, opening) + _page(title, 7, text) + _page("The light", 8, text)
    dump += _page(title, 9, text) + _page("The light", 10, text) + _page(title, 11, text)
    assert found(dump, but="furniture").count(("heading", title)) == 1


def test_a_running_head_may_be_the_beginning_of_the_title() -> None:
    title = "How the boatmen went away from\nthe harbour and never came again"
    text = f"Once {FULL}{STOP}\n" * 2
    dump = _page("The light", 6, f"{text}{title}\n{text}")
    for number in (7, 9, 11):
        dump += _page("How the boatmen went away from the harbour", number, text)
        dump += _page("The light", number + 1, text)
    assert ("heading", title.replace("\n", " ")) in found(dump, but="furniture")


def test_a_chapters_label_goes_with_the_title_below_it() -> None:
    text = f"Chapter 2\n\nThe Keeper\n\nOnce {FULL}{STOP}\nChapter 3\n\nOnce {FULL}{STOP}"
    assert found(text) == [("label", "Chapter 2"), ("title", "The Keeper"), ("title", "Chapter 3")]


@pytest.mark.parametrize(
    "line",
    [
        "He went home.",  # a paragraph of its own
        "“Captain Brown!”",  # what somebody says
        "and so to bed",
        "the lamp of the keeper and",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert found(f"Once {FULL}{STOP}\n{line}\n\nAt night {FULL}{STOP}") == []


def test_a_title_of_several_lines_is_one_heading() -> None:
    text = f"Once {FULL}{STOP}\nThe Keeper of the Light\nand His Ferry\n\nAt night {FULL}{STOP}"
    assert found(text) == [("heading", "The Keeper of the Light and His Ferry")]


def test_display_text_that_may_be_anything_is_asked_about() -> None:
    text = f"Once {FULL}{STOP}\nA lost thing\n\nAt night {FULL}{STOP}"
    assert found(text) == [("heading", "A lost thing")]
    assert asked(text) == ["LAY001"]


# --- captions -------------------------------------------------------------------------


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize(
    "caption",
    [
        "Fig. 3. The lamp was lit by hand.",
        "Abb. 12: Der Leuchtturm im Winter.",
        "Lámina IV. El faro.",
        "1911. The ferry on its way.",
        "The lamp was lit by hand.",
    ],
)
def test_a_caption_that_interrupts_a_sentence(caption: str, gap: str) -> None:
    text = f"Once {FULL}{FULL}{gap}{caption}\n{gap}{FULL}{STOP}"
    assert found(text) == [("caption", caption)]
    assert len(galley(text).blocks) == 2


def test_a_caption_set_to_a_measure_of_its_own() -> None:
    narrow = "The keeper of the light, with\nthe lamp that he was given in\nhis old age."
    assert found(f"Once {FULL}{STOP}\n{narrow}\n\nAt night {FULL}{STOP}") == [
        ("caption", " ".join(narrow.split()))
    ]


NARROW = (
    "the harbour was asleep and so was\nthe keeper of the light, who had\n"
    "seen no ferry come or go for a\n"
    "whole week, and had not been to the\ntown since the day of the storm,\n"
)


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_caption_over_two_columns(gap: str) -> None:
    wide = "The last of the boatmen went away with all that he had, which was not much, and a lamp."
    column = NARROW.replace("the", "Now", 1)
    text = f"{column}{NARROW}{STOP}{gap}{wide}\n{gap}{column}{STOP}"
    assert found(text) == [("caption", wide)]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_caption_beside_the_text_in_a_dump_with_and_without_gaps(gap: str) -> None:
    narrow = "The keeper of the light, with\nthe lamp that he was given.\n"
    text = f"Once {FULL}{STOP}{gap}{narrow}{gap}At night {FULL}{STOP}"
    assert found(text) == [("caption", " ".join(narrow.split()))]


def test_the_last_line_of_a_paragraph_is_no_caption() -> None:
    text = f"Once {FULL}and that was the end of the\nWar Office.\nAt night {FULL}{STOP}" * 3
    assert found(text) == []


def test_years_before_captions_are_a_habit_of_the_book() -> None:
    plates = [f"{year}. The ferry on its way." for year in (1911, 1912, 1913)]
    page = "Once {0}{1}{2}\nAt night {0}{1}"
    text = "".join(page.format(FULL, STOP, plate) for plate in plates)
    assert found(text) == [("caption", plate) for plate in plates]


def test_a_proper_name_at_the_start_of_a_full_line_is_no_caption() -> None:
    text = f"Once {FULL}Captain Brown, whom we met at the harbour in the year of the storm,\n{FULL}"
    assert found(text + STOP) == []


# --- notes ----------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["lamp,{}", "lamp.{} And", "lamp[{}]"])
@pytest.mark.parametrize("mark", ["1. ", "1 ", "1", "[1] "])
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_note_answers_a_call_above(call: str, mark: str, gap: str) -> None:
    text = f"Once {FULL}there was a {call.format(1)} went\n{FULL}{STOP}{gap}{mark}A lamp of oil.\n"
    assert found(text) == [("note", f"{mark}A lamp of oil.")]


def test_a_number_that_nothing_calls_for_begins_no_note() -> None:
    assert found(f"Once {FULL}{STOP}\n1. A lamp of oil, and this is a sentence.\n") == []
    # Days of a diary are not notes, though a note may be called for by the same number.
    text = f"Once {FULL}there was a lamp,5 and\n{STOP}\n5th. To the harbour, {FULL}{STOP}"
    assert found(text) == []


def test_notes_number_on() -> None:
    text = (
        f"Once {FULL}there was a lamp1 and a book2 and\n{STOP}\n"
        "1. A lamp of oil.\n2. A book of hours, which\nnobody read.\n"
    )
    assert found(text) == [
        ("note", "1. A lamp of oil."),
        ("note", "2. A book of hours, which nobody read."),
    ]


def test_a_number_that_the_notes_beside_it_leave_out_is_a_notes() -> None:
    notes = ["1. A lamp of oil.", "2. A book of hours.", "3. A row of boats."]
    text = f"Once {FULL}there was a lamp1 and a row3 and\n{STOP}\n"
    assert found(text + "\n".join(notes) + "\n") == [("note", note) for note in notes]
    assert found(f"{text}{notes[0]}\n{notes[1]}\n") == [("note", note) for note in notes[:2]]
    alone = text.replace("lamp1", "lamp").replace("row3", "row")
    assert all(role != "note" for role, _ in found(alone + "\n".join(notes) + "\n"))


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    small = "all this was told to the writer by the keeper of the light, who had it from her "
    small += "who was his wife and\n"
    text = (
        f"Once {FULL}there was a lamp1 and\n{STOP}\n1. A lamp of oil; {small}"
        f"\fAt night {FULL}{STOP}\n{small}from her mother.\n"
    )
    (role, words), *more = found(text)
    assert (role, more) == ("note", [])
    assert words.endswith("from her mother.")


# --- verse ----------------------------------------------------------------------------

STANZA = (
    "The ferry comes and goes,\nThe lamp is never lit\nTill all the harbour knows\nThe end of it.\n"
)


@pytest.mark.parametrize("gap", ["", "\n"])
def test_verse_keeps_its_lines(gap: str) -> None:
    blocks = galley(f"Once {FULL}{STOP}{gap}{STANZA}{gap}At night {FULL}{STOP}").blocks
    (stanza,) = [b for b in blocks if b.role.value == "verse"]
    assert stanza.text.strip() == STANZA.strip()


def test_dialogue_in_short_lines_is_no_verse() -> None:
    said = "“Who is there?”\n“The keeper.”\n“Come in.”\n“I am in.”\n"
    assert found(f"Once {FULL}{STOP}\n{said}\nAt night {FULL}{STOP}") == []


def test_the_title_of_a_poem_is_no_line_of_it() -> None:
    text = f"Once {FULL}{STOP}\nNight Boat\n{STANZA}Day Boat\n{STANZA}"
    assert [role for role, _ in found(text)] == ["heading", "verse", "heading", "verse"]


# --- drop capitals --------------------------------------------------------------------


def test_a_drop_capital_goes_to_the_line_that_lacks_it() -> None:
    (first, *_) = galley(f"T\n\n{FULL}{STOP}").blocks
    assert first.text.startswith("T\n\nthe harbour")
    # Some extractors write it before the heading.
    blocks = galley(f"O\nThe Keeper\nnce {FULL}{STOP}").blocks
    assert [b.role.value for b in blocks] == ["heading", "paragraph"]
    assert " ".join(blocks[1].text.split()).startswith("O nce the harbour")


NAMES = ["Weir", "Ferry", "Lamp", "Mole", "Keeper", "Harbour"]
POEM = [
    "O {0} that will not be still,",
    "By night or by {0} at day,",
    "You turn to the {0} on the hill",
    "And wander away from the {0}",
    "To meadows and {0} in hay",
    "And {0} and orchards of plum.",
    "Whoever has loved you, whoever has hated you, O {0},",
    "The hour of the {0} will come",
]


def poem(name: str) -> list[str]:
    return [*(line.format(name.lower()) for line in POEM), f"To {name.lower()} and mill."]


def test_gaps_between_the_lines_of_verse_part_no_stanzas_where_they_are_the_habit() -> None:
    # OCR puts them where lines are set wide.
    pages = ["\n\n".join([f"The {name}", *poem(name)]) for name in NAMES]
    assert found("\n\f".join(pages)) == [
        made
        for name in NAMES
        for made in (("heading", f"The {name}"), ("verse", " ".join(poem(name))))
    ]


def test_a_running_head_between_the_lines_of_a_poem_is_none_of_them() -> None:
    # OCR reads it after the left column.
    def page(number: int, name: str) -> str:
        lines = [f"The {name}", *poem(name)]
        lines.insert(0 if number < 5 else 5, f"Songs of the Water {number}")
        return "\n\n".join(lines)

    made = found("\n\f".join([page(n, name) for n, name in enumerate(NAMES, 1)]))
    heads = [f"Songs of the Water {number}" for number in range(1, 7)]
    assert [words for role, words in made if role == "furniture"] == heads
    assert [words for role, words in made if role == "verse"] == [" ".join(poem(n)) for n in NAMES]


def test_blank_lines_inside_a_stanza_go() -> None:
    pages = ["\n\n".join([f"The {name}", *poem(name)]) for name in NAMES]
    made = galley("\n\f".join(pages))
    cleaned = clean(made, Knowledge.of(made.blocks)).blocks[1]
    assert cleaned.text.split("\n") == poem("Weir")


def test_the_last_word_of_a_sentence_is_no_heading_though_a_gap_parts_it() -> None:
    open_line = "and when he had read it he said that it was the letter of Captain\n"
    text = f"Once {FULL}{open_line}\nBrown.\n\nAt night {FULL}{STOP}"
    assert found(text) == []


def test_a_drop_capital_at_the_top_of_a_page_leaves_the_page_s_first_line_alone() -> None:
    # The line goes on with the page before; the letter is that of the chapter below.
    turn = f"Once {FULL}\f"
    rest = "the mole was empty, and so was the quay.\nThe Second Night\n"
    text = f"{turn}W\n{rest}hen it was morning {FULL}{STOP}When it was late {FULL}{STOP}"
    made = [" ".join(b.text.split()) for b in galley(text).blocks]
    assert made[0].endswith("knew, the mole was empty, and so was the quay.")
    assert made[2].startswith("W hen it was morning")


def initial(text: str) -> list[str]:
    """The paragraphs of a text that a lone letter opens."""
    made = [" ".join(b.text.split()) for b in galley(text).blocks]
    return [text for text in made if re.match(r"\w \w", text)]


def test_the_numeral_of_a_chapter_lacks_no_letter() -> None:
    before = f"Now once {FULL}{STOP}"
    assert initial(f"{before}\fN\nIII\nThe Keeper\now {FULL}{STOP}") == [
        f"N ow {FULL}{STOP}".replace("\n", " ").strip()
    ]


def test_a_drop_capital_makes_a_word_with_the_row_that_lacks_it() -> None:
    # Not with the lines of the caption between, which the letter does not fit.
    caption = "Fig. 1. The old quay\nas it was seen from the mole.\n"
    text = f"Now once {FULL}{STOP}\fN\n{caption}II\now {FULL}{STOP}"
    assert [made[:8] for made in initial(text)] == ["N ow the"]


def test_of_two_letters_above_a_heading_the_numeral_is_the_one_by_the_heading() -> None:
    text = f"And all {FULL}{STOP}\fC\nI\nThe Keeper\nall {FULL}{STOP}"
    assert [made[:9] for made in initial(text)] == ["C all the"]


def test_a_letter_that_is_a_numeral_is_a_drop_capital_above_what_is_no_word() -> None:
    text = f"The Keeper\nC\nonstellations rose, and {FULL}{STOP}"
    assert [made[:15] for made in initial(text)] == ["C onstellations"]


def test_a_chapters_number_is_no_word_that_nobody_says_before_another() -> None:
    page = f"The Keeper\nI\nJohn, {FULL}{STOP}year by year {FULL}{STOP}Every year {FULL}{STOP}"
    assert [words.split()[-1] for _, words in found(page)] == ["I"]
    said = page.replace("Every year", "And I year")
    assert [words.split()[-1] for _, words in found(said)] == ["Keeper"]


def test_a_drop_capital_behind_the_first_line_beside_it() -> None:
    half = "he harbour was still dark, and those who came\n"
    rest = "down the steps knew it was full of boats.\n"
    text = f"The Keeper\n\n{half}T\n{rest}And the {FULL}{STOP}"
    (first,) = initial(text)
    assert first.startswith("T he harbour was still dark, and those who came down the steps")


def test_a_drop_capital_behind_the_only_line_that_lacks_it() -> None:
    opening = "The Keeper\n\nn board the ferry.\n\nO\n\n"
    text = f"He was on board, and on duty.\n\n{opening}The {FULL}{STOP}\nAnd {FULL}{STOP}"
    assert initial(text) == ["O n board the ferry."]


def test_a_title_above_text_whose_first_letter_ocr_has_lost_is_one() -> None:
    page = f"Once {FULL}{STOP}\nThe Keeper\n\n{FULL[1:]}{STOP}\nAgain {FULL}{STOP}\n"
    specks = "He | went | home | at.last to the mill and the house.\n\n"
    assert ("heading", "The Keeper") in found(specks + page * 2)
    assert ("heading", "The Keeper") not in found(page * 2)


@pytest.mark.parametrize("title", ["XH — The Sluice", "IL-— The Sluice", "IV —The Sluice"])
def test_a_misread_numeral_before_a_dash_is_a_chapters(title: str) -> None:
    assert is_numbered(title)


@pytest.mark.parametrize("text", ["It — was", "Il — dit", "I —said", "He — the"])
def test_a_word_before_a_dash_is_no_chapters(text: str) -> None:
    assert not is_numbered(text)


def test_no_sentence_goes_on_under_a_chapters_number_with_a_capital() -> None:
    open_end = f"Once {FULL}and the boat was"
    numbered = f"{open_end}\n\nXIV. Of the Sea\n\nAnd {FULL}{STOP}"
    assert ("paragraph", " ".join(open_end.split())) in found(numbered, but="heading")
    small = f"{open_end}\n\nXIV. Of the Sea\n\nlate {FULL}{STOP}"
    assert ("paragraph", " ".join(open_end.split())) not in found(small, but="heading")


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_drop_capital_before_the_second_line_beside_it(gap: str) -> None:
    first = "he harbour was still dark, and those who came"
    rest = "down the steps knew it was full of boats."
    for beside in (f"{first}\n{gap}T {rest}\n", f"T {rest}\n{gap}{first}\n"):
        blocks = galley(f"The Keeper\n{gap}{beside}And the {FULL}{STOP}").blocks
        assert " ".join(blocks[1].text.split()) == f"T{first} {rest}"


def test_what_somebody_says_of_himself_begins_with_no_drop_capital() -> None:
    text = f"{STOP}I think so, for the harbour was as dark as it had been, and\nam no keeper.\n"
    made = [" ".join(b.text.split()) for b in galley(f"Once {FULL}I am, {FULL}{text}").blocks]
    assert any("I think so, for the harbour" in words for words in made)


def test_a_letter_that_ocr_has_read_for_a_word_is_no_drop_capital() -> None:
    specks = "He | went | home | at.last to the mill and the house.\n\n"
    text = f"{specks}Once {FULL}{STOP}\nees he went back\n\nT have {FULL}{STOP}"
    assert not any("T ees" in block.text for block in galley(text).blocks)
    assert "T have the harbour" in " ".join(galley(text).blocks[-1].text.split())


def test_a_word_that_ocr_has_misread_as_a_letter_is_no_drop_capital() -> None:
    half = "en and the boatmen of the town."
    text = f"Once {FULL}and so did the ferrym\n\n{half}\nT have known them all.\n"
    made = [" ".join(b.text.split()) for b in galley(text).blocks]
    assert any("T have known" in words for words in made)
