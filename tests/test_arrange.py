"""Typed blocks in reading order: what joins, what is asked about, what decisions do."""

from __future__ import annotations

import sys
from contextlib import suppress
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import Arranged, arrange
from booktools.arrange.layout import Layout
from booktools.arrange.ledger import parse_layout
from booktools.arrange.lines import LineNames
from booktools.errors import ConfigError
from booktools.model.finding import Severity
from booktools.model.galley import Galley, Role
from booktools.read.dump import read_dump

FILE = "layout.toml"


def arranged(text: str, layout: str = "", marks: str = "form-feed") -> Arranged:
    return arrange(read_dump([("dump.txt", text)], marks), parse_layout(layout, FILE))


def blocks(done: Arranged) -> list[tuple[str, str]]:
    return [(block.role.value, " ".join(block.text.split())) for block in done.galley.blocks]


def asked(done: Arranged) -> list[tuple[str, int]]:
    return [(f.code, f.place.line if f.place else 0) for f in done.findings]


def decision(**keys: str | int) -> str:
    """A [[block]] of layout.toml."""
    lines = [f'{k} = "{v}"' if isinstance(v, str) else f"{k} = {v}" for k, v in keys.items()]
    return "\n".join(["[[block]]", *lines, 'why = "seen in print"', ""])


def join(line: int, goes_on: int) -> str:
    return f'[[join]]\nline = {line}\nwith = {goes_on}\nwhy = "seen in print"\n'


def broken(line: int) -> str:
    return f'[[break]]\nline = {line}\nwhy = "seen in print"\n'


def is_whole(galley: Galley) -> bool:
    """Every character of the source in exactly one block, and to be had back."""
    pieces = sorted((p.start, p.end) for block in galley.blocks for p in block.pieces)
    ends = [0, *(end for _, end in pieces)]
    starts = [*(start for start, _ in pieces), len(galley.source.text)]
    raw = ["".join(galley.source.text[p.start : p.end] for p in b.pieces) for b in galley.blocks]
    return (
        starts == ends
        and raw == [block.raw for block in galley.blocks]
        and galley.unwound() == galley.source.text
    )


# --- joins that need nobody -----------------------------------------------------------


def test_a_sentence_goes_on_in_the_next_column() -> None:
    done = arranged(
        "The ferry left the harbour at noon and\n"
        "nobody on the quay had noticed that it\n"
        "\n"
        "carried no passengers at all that day.\n"
        "The captain was asleep in his cabin.\n"
    )
    assert len(done.galley.blocks) == 1
    assert done.findings == ()


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("and while the harbour-", "master slept in his chair."),
        ("y mientras el capi-", "tán dormía en su silla."),
        ("während der Hafen auf-", "geräumt wurde, schlief er."),
        ("et pendant que le capi\u00ad", "taine dormait dans sa chaise."),
        ("und neben ihm saß der alte", "Kapitän in seinem Stuhl und schlief."),
        ("και ο καπετάνιος στην καρέ-", "κλα του κοιμόταν."),
    ],
)
def test_a_page_may_end_inside_a_sentence_or_a_word(end: str, start: str) -> None:
    before = "Long ago, in a town at the sea,\nthere was a quay with a ferry,\nand a mole,\n"
    done = arranged(f"{before}{end}\n\f{start}\n")
    assert [role for role, _ in blocks(done)] == ["paragraph"]
    assert blocks(done)[0][1].endswith(f"{end} {start}")
    assert done.findings == ()


def test_paragraphs_that_end_with_a_stop_are_not_joined() -> None:
    for end in (".", "!", "?…", ".”", ".“", ".«", ". »", ".'", ".)", "…", ".12", ".¹", ".*", "。"):
        done = arranged(f"The ferry left the harbour at noon{end}\n\nnobody had noticed that.\n")
        assert len(done.galley.blocks) == 2, end
        assert asked(done) == [("LAY003", 3)], end


def test_the_stop_of_an_abbreviation_does_not_end_a_paragraph() -> None:
    done = arranged("He came to us by the kindness of Mr.\n\fde Witt, who had once met him.\n")
    assert len(done.galley.blocks) == 1


def test_a_box_that_interrupts_a_sentence_stands_after_it() -> None:
    done = arranged(
        "The ferry left the harbour at noon and\n"
        "nobody, as the owner of the other ferry\n"
        "said when he was asked about that day,\n"
        "nobody on the quay had noticed that it\n"
        "\n"
        "1911. The ferry on its way\n"
        "\n"
        "carried no passengers at all that day.\n"
    )
    assert [role for role, _ in blocks(done)] == ["paragraph", "caption"]
    assert blocks(done)[0][1].endswith("that it carried no passengers at all that day.")
    assert asked(done) == []


TWO_STREAMS = (
    "The harbourmaster knew that the harbour-\n"
    "master before him had never once been to the light-\n"  # 2 goes on at 9
    "\n"
    "In a box: the owner of the ferry was known in the town as a keeper of com-\n"  # 4 → 6
    "\f"
    "promises that nobody else would have kept\n"  # 5
    "and a lover of compromises in all things.\n"
    "The lighthouse belonged to him as well.\n"
    "\n"
    "house at the end of the mole, not even\n"  # 9
    "in summer when the sea was calm.\n"
)


def test_open_ends_that_want_the_same_start_are_solved_together() -> None:
    done = arranged(TWO_STREAMS)
    assert [text for _, text in blocks(done)] == [
        "The harbourmaster knew that the harbour- master before him had never once been to the "
        "light- house at the end of the mole, not even in summer when the sea was calm.",
        "In a box: the owner of the ferry was known in the town as a keeper of com- promises that "
        "nobody else would have kept and a lover of compromises in all things. The lighthouse "
        "belonged to him as well.",
    ]
    # A hop is told with its evidence, and a reviewed join answers it.
    assert asked(done) == [("LAY004", 1)]
    (hop,) = done.findings
    assert "goes on at source line 9" in hop.message
    assert "“lighthouse” stands elsewhere" in hop.message
    assert arranged(TWO_STREAMS, join(2, 9)).findings == ()


def test_the_strongest_evidence_wins_over_the_shortest_way() -> None:
    done = arranged(
        "The keeper of the lighthouse went through the town to the light-\n"
        "\n"
        "In a box: there was a time when nobody who lived in the\n"
        "\f"
        "house at the end of the mole, where he lived.\n"
        "\n"
        "town had ever seen a ferry.\n"
    )
    assert [text.split()[-1] for _, text in blocks(done)] == ["lived.", "ferry."]
    assert [code for code, _ in asked(done)] == ["LAY004", "LAY004"]


def test_a_sentence_hops_over_a_page_and_not_over_a_chapter() -> None:
    end = "The keeper of the lighthouse went through the town to the light-\n"
    start = "house at the end of the mole, where he lived.\n"
    page = "\fThe ferry was late, as it is every day, and so late that the\n"
    page += "mate and all the boatmen went home to their wives and to the\n" * 5 + "beds.\n"
    assert "LAY004" in dict(asked(arranged(f"{end}{page}\f{start}")))
    assert asked(arranged(f"{end}{page * 2}\f{start}")) == [("LAY002", 1), ("LAY003", 16)]


FOUR = (
    "The ferry left the harbour at noon and then\n"
    "the owner of the other ferry went home, and\n"
    "his wife, who had not seen him in a month,\n"
)


def test_a_broken_word_does_not_go_on_with_a_capital_unless_the_word_is_known() -> None:
    text = f"{FOUR}asked him to go to the White-\n\fHouse of the other harbour at once.\n"
    assert asked(arranged(text)) == [("LAY002", 1)]
    assert len(arranged(f"{text}\nThe Whitehouse is shut.\n").galley.blocks) == 2


@pytest.mark.parametrize("known", [True, False])
def test_half_a_compound_goes_on_with_a_capital_where_it_stands_elsewhere(known: bool) -> None:
    first = "An Anglo-Saxon hoard was there." if known else "A hoard was there."
    end, start = f"{first} They spoke of the Anglo-", "Saxon kings and of their graves."
    made = [text for _, text in blocks(arranged(f"{end}\n\f{start}\n"))]
    assert made == ([f"{end} {start}"] if known else [end, start])


def test_a_word_broken_at_the_end_of_a_line_is_no_proof_of_its_halves() -> None:
    # “night boat” stands in the book only where “night” is the half of “midnight” and
    # where “boat” is the half of “boatmen”.
    halves = "{}had come there at mid-\nnight boat by boat, and of the night boat-\nmen {}\n"
    end = "{}at every hour of the night\n\n" + "A box is here for a while, the first.\n" * 6 + "\n"
    start = "boat that is asleep there.\n"
    for proof, code in (("came.", "LAY002"), ("saw the night boat.", "LAY004")):
        text = halves.format(FOUR, proof)
        assert asked(arranged(f"{text}\n{end.format(FOUR)}{start}"))[0][0] == code


def test_a_short_last_line_ends_a_paragraph_though_its_stop_is_lost() -> None:
    end = "asked him nothing\n"
    done = arranged(f"{FOUR}{end}\n{FOUR}slept.\n")
    assert asked(done) == [("LAY002", 1)]
    full = "asked him nothing of the day and the night\n"
    assert len(arranged(f"{FOUR}{full}\n{FOUR}slept.\n").galley.blocks) == 1


def test_what_follows_a_hop_on_its_page_follows_it_in_the_reading_order() -> None:
    done = arranged(
        TWO_STREAMS
        + "\nThe mole was built in the year of the great storm.\n"
        + "\fNext page: the lighthouse was built in that year, too.\n"
    )
    firsts = [" ".join(text.split()[:2]) for _, text in blocks(done)]
    assert firsts == ["The harbourmaster", "The mole", "In a", "Next page:"]


def test_a_sentence_does_not_hop_over_a_settled_heading() -> None:
    text = (
        "The ferry left the harbour at noon and then the\n"
        "owner of the other ferry went home to his wife,\n"
        "who had not seen him in a month, and then this\n"
        "captain of the ferry went to sleep in his cabin\n"
        "\n"
        "The Second Day\n"
        "\n"
        "The mole was empty when the ferry came home that\n"
        "evening, and the light was out.\n"
    )
    assert asked(arranged(text)) == [("LAY002", 1)]
    heading = decision(lines="6", text="The Second", role="heading")
    done = arranged(text, heading)
    assert [role for role, _ in blocks(done)] == ["paragraph", "heading", "paragraph"]
    assert asked(done) == [("LAY002", 1)]
    # A caption there would not part the sentence.
    done = arranged(text, decision(lines="6", text="The Second", role="caption"))
    assert [role for role, _ in blocks(done)] == ["paragraph", "caption"]


# --- what is asked --------------------------------------------------------------------

DISPLAY = (
    "The ferry left the harbour at noon, and\n"
    "nobody on the quay had noticed that it\n"
    "carried no passengers at all that day.\n"
    "\n"
    "Chapter 2\n"
    "\n"
    "The Night Boat\n"
    "\n"
    "Fig. 3 The quay\n"
    "\f"
    "The captain was asleep in his cabin all\n"
    "through the night, and so was the mate.\n"
)


def test_display_text_stays_where_it_stands_and_what_is_not_clear_is_asked() -> None:
    done = arranged(DISPLAY)
    assert [role for role, _ in blocks(done)] == [
        *("paragraph", "label", "title", "caption", "paragraph")
    ]
    assert asked(done) == [("LAY001", 7)]  # at the foot of its page
    done = arranged(DISPLAY.replace("Chapter 2", "A lost cause"))
    assert asked(done) == [("LAY001", 5), ("LAY001", 7)]
    assert done.findings[0].excerpt == "A lost cause"
    assert done.findings[0].fix == (
        'Add a [[block]] to layout.toml: lines = "5", text = "A lost cause", its role, and why.'
    )


@pytest.mark.parametrize(
    "text", ['"lost" cause', "lost C:\\dos", "lost\x01 cause", "lost b c d e f"]
)
def test_the_answer_that_is_proposed_can_be_given(text: str) -> None:
    (finding,) = arranged(f"A {text}\n\n{BODY}").findings
    keys = finding.fix.removeprefix("Add a [[block]] to layout.toml: ").replace(", ", "\n")
    layout = keys.replace("its role\nand why.", 'role = "caption"\nwhy = "so set"')
    done = arranged(f"A {text}\n\n{BODY}", f"[[block]]\n{layout}\n")
    assert blocks(done)[0][0] == "caption"


def test_decisions_answer_the_questions() -> None:
    done = arranged(
        DISPLAY,
        decision(lines="5", text="Chapter", role="label", before=10)
        + decision(
            lines="7", text="The Night", role="title", kind="chapter", id="night-boat", before=10
        )
        + decision(lines="9", text="Fig. 3", role="caption", image="images/quay.jpg", after=11),
    )
    assert [role for role, _ in blocks(done)] == [
        *("paragraph", "label", "title", "paragraph", "caption")
    ]
    assert done.findings == ()
    title, caption = done.galley.blocks[2], done.galley.blocks[4]
    assert (title.attribute("kind"), title.attribute("id")) == ("chapter", "night-boat")
    assert caption.attribute("image") == "images/quay.jpg"


@pytest.mark.parametrize(
    ("label", "role"),
    [
        *(("Capítulo IV", "title"), ("Kapitel 3", "title"), ("Chapitre 12.", "title")),
        *(("CHAPTER TWELVE", "title"), ("Part one", "title"), ("Chapter Twenty-one", "title")),
        *(("Chapter IV. Home", "title"), ("KAPITEL 3 – Heim", "title"), ("Part of it", "heading")),
        *(("Abbildung 7: Der Kai", "caption"), ("Foto: el muelle", "caption")),
        *(("1911. El muelle", "caption"), ("El muelle", "heading"), ("Die Mole", "heading")),
    ],
)
def test_the_guess_at_display_text_knows_other_languages(label: str, role: str) -> None:
    assert blocks(arranged(f"{label}\n\nEs war einmal ein Boot.\n"))[0] == (role, label)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        *(("“No,” said he.", "paragraph"), ("“Never!”", "paragraph"), ("— Oui.", "paragraph")),
        *(("He laughed.", "paragraph"), ("Who?", "paragraph"), ("Он ушёл.", "paragraph")),
        *(("The Night Boat.", "heading"), ("II.", "heading")),
        *(("CHAPTER I.", "title"), ("THE END!", "heading"), ("Kapitel iv.", "title")),
    ],
)
def test_what_is_said_in_a_line_is_no_heading(text: str, role: str) -> None:
    long = "The captain was asleep in his cabin, and the mate\nhad left the bridge.\n"
    assert blocks(arranged(f"{long}\n{text}\n\n{long}"))[1] == (role, text)


WIDE = (
    "The ferry left the harbour at noon, and nobody on the\n"
    "quay had noticed that it carried no passengers at all\n"
    "that day, nor on the day before, nor ever since they\n"
    "had come here to live in the house beside the river.\n"
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("As we stepped off the ferry the captain was hailed by\na crowd\n", "paragraph"),
        ("As we stepped off the ferry the captain was hailed\n", "paragraph"),
        ("As we stepped off\nthe ferry the captain\n", "caption"),
        ("Stubb and Flask Kill a Right Whale; and Then Have the\nTalk Over Him\n", "heading"),
        ("HOW THE WHOLE CREW WENT ASHORE, AND WHAT THEY FOUND\nTHERE\n", "heading"),
    ],
)
def test_what_fills_a_wide_column_is_running_text(text: str, role: str) -> None:
    done = arranged(f"{WIDE}\n{text}")
    assert blocks(done)[1] == (role, text.replace("\n", " ").strip())
    codes = {"paragraph": ["LAY002"], "heading": ["LAY001"], "caption": []}
    assert [f.code for f in done.findings] == codes[role]


BODY = "The captain was asleep in his cabin.\n"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (f"Chapter 1\n\nHome\n\n{BODY}", ["label", "title", "paragraph"]),
        (f"Chapter 1\n\n{BODY}\nHome\n\n{BODY}", ["title", "paragraph", "heading", "paragraph"]),
        (f"Part 1\n\nChapter 1\n\nHome\n\n{BODY}", ["title", "label", "title", "paragraph"]),
        (f"Home\n\nChapter 1\n\n{BODY}", ["heading", "title", "paragraph"]),
        (f"{BODY}\nChapter 1\n", ["paragraph", "title"]),
    ],
)
def test_every_label_finds_a_title_or_is_one(text: str, roles: list[str]) -> None:
    done = arranged(text)
    assert [role for role, _ in blocks(done)] == roles
    given = {excerpt: role for role, excerpt in blocks(done)}
    for finding in done.findings:
        assert f"set as {given[finding.excerpt]} where it stands" in finding.message


def test_a_label_nobody_decided_on_goes_with_a_decided_title() -> None:
    done = arranged(
        f"Chapter 1\n\n{BODY}\nHome\n",
        decision(lines="5", text="Home", role="title", after=1),
    )
    assert [role for role, _ in blocks(done)] == ["label", "title", "paragraph"]


def test_a_heading_has_the_level_of_its_decision() -> None:
    text = "The Night Boat\n\nThe captain was asleep in his cabin.\n"
    assert arranged(text).galley.blocks[0].level == 2
    done = arranged(text, decision(lines="1", text="The Night", role="heading", level=4))
    assert done.galley.blocks[0].level == 4
    done = arranged(text, decision(lines="1", text="The Night", role="heading"))
    assert done.galley.blocks[0].level == 2
    assert done.galley.blocks[1].level == 0


def test_an_end_and_a_beginning_without_partner_are_asked_about() -> None:
    text = (
        "The captain was asleep in his cabin and\n"
        "the mate was with him, and the boatmen,\n"
        "who had drunk all the wine on the boat,\n"
        "were not awake, as it seems\n"
        "\n"
        "1911. The quay\n"
        "\f"
        "The harbourmaster was awake at his post.\n"
        "\n"
        "was nobody else in the town that night.\n"
    )
    heading = decision(lines="6", text="1911", role="heading")
    done = arranged(text, heading)
    assert asked(done) == [("LAY002", 1), ("LAY003", 9)]
    assert "[[break]] line = 4" in done.findings[0].fix
    assert "with = 9" in done.findings[1].fix
    done = arranged(text, heading + join(4, 9))
    assert done.findings == ()
    assert blocks(done)[0][1].endswith("as it seems was nobody else in the town that night.")


def test_a_break_ends_a_paragraph_without_a_stop() -> None:
    text = (
        "The captain was asleep in his cabin and\n"
        "the mate was with him, and the boatmen,\n"
        "who had drunk all the wine on the boat,\n"
        "were not awake either, as it does seem\n"
        "\n"
        "The harbourmaster was awake at his post.\n"
    )
    assert len(arranged(text).galley.blocks) == 1
    done = arranged(text, broken(4))
    assert len(done.galley.blocks) == 2
    assert done.findings == ()


def test_joins_and_breaks_say_that_a_stretch_is_running_text() -> None:
    text = "The Mate\n\nThe harbourmaster was awake at his post.\n\nThe Boatmen\n"
    assert [role for role, _ in blocks(arranged(text))] == ["heading", "paragraph", "heading"]
    done = arranged(text, broken(1))
    assert blocks(done)[0] == ("paragraph", "The Mate")
    done = arranged(text, join(1, 5))
    assert ("paragraph", "The Mate The Boatmen") in blocks(done)
    assert asked(done) == [("LAY002", 5)]


def test_a_break_cuts_where_the_dump_has_no_empty_line() -> None:
    text = "The captain was asleep.\nThe mate, who was with him,\nslept as well.\nIt was late.\n"
    assert blocks(arranged(text, broken(1) + broken(3))) == [
        ("paragraph", "The captain was asleep."),
        ("paragraph", "The mate, who was with him, slept as well."),
        ("paragraph", "It was late."),
    ]


def test_a_source_without_empty_lines_between_paragraphs_is_told_once() -> None:
    page = (
        "The ferry number {} left the harbour, and nobody saw\n"
        "that it carried no passengers.\n"
        "The captain was asleep in his cabin all through the\n"
        "night and so was the mate, and all the boatmen\n"
        "too.\n"
        "In the morning they found the boat on the sand, and\n"
        "not one of {} men could say how it had come there.\n"
    )
    pages = [page.format(word, word) for word in ("six", "ten", "nine", "two")]
    done = arranged("\f".join(pages))
    assert asked(done) == [("LAY005", 3)]
    assert "8 were told" in done.findings[0].message
    assert "[[join]] line = 2, with = 3" in done.findings[0].fix
    # None of them is doubtful: there is nothing to decide.
    assert "0 of them are doubtful" in done.findings[0].message
    assert (done.findings[0].severity, done.findings[0].entry) == (Severity.NOTE, "")
    assert blocks(done)[1] == (
        "paragraph",
        "The captain was asleep in his cabin all through the night and so was the mate, "
        "and all the boatmen too.",
    )
    # A person has said that two of them are one.
    joined = arranged("\f".join(pages), join(2, 3))
    assert len(joined.galley.blocks) == len(done.galley.blocks) - 1
    # Not for one page, nor for some among many, nor where no capital follows.
    assert arranged(pages[0]).findings == ()
    others = [f"{text}\n" for text in TEXTS_OF_PAGES]
    assert arranged("\f".join([*pages, *others])).findings == ()
    lower = [p.replace("The captain", "the captain").replace("In the", "in the") for p in pages]
    assert arranged("\f".join(lower)).findings == ()
    assert asked(arranged("\f".join(p.replace(".\n", ".\n\n") for p in pages))) == []


def test_two_questions_about_the_same_words_have_different_fingerprints() -> None:
    done = arranged(
        "A lost boat\n\nThe captain was asleep in his cabin.\n\n"
        "A lost boat\n\nThe mate was awake in his own cabin.\n"
    )
    assert [f.code for f in done.findings] == ["LAY001", "LAY001"]
    assert len({f.fingerprint for f in done.findings}) == 2


# --- running heads and folios ---------------------------------------------------------

_NAMES = (
    *("Ada", "Bert", "Cleo", "Dora", "Emil", "Fred", "Gerd"),
    *("Hugo", "Ivo", "Jan", "Kai", "Lea", "Max", "Nils"),
)
TEXTS_OF_PAGES = [
    f"{name} was at the quay that day, and\n{name} was alone there, as ever,\n"
    f"when the ferry came, the same that\nhad once brought {name}’s wife.\n"
    for name in _NAMES
]


def furniture(done: Arranged) -> list[str]:
    return [text for role, text in blocks(done) if role == "furniture"]


def book(*heads: str, under: str = "", foot: bool = False) -> str:
    """A page of its own text for each head, set apart by `under`; no text twice."""
    pages = []
    for head, text in zip(heads, TEXTS_OF_PAGES, strict=False):
        pages.append(f"{text}{under}{head}\n" if foot else f"{head}\n{under}{text}")
    return "\f".join(pages)


def test_folios_in_step_with_the_pages_are_furniture() -> None:
    for gap in ("", "\n"):  # set apart, or straight at the text as some extractors do
        done = arranged(book("17", "18", "19", "20", under=gap, foot=True))
        assert furniture(done) == ["17", "18", "19", "20"]
        assert done.findings == ()
        done = arranged(book("– viii –", "– ix –", "– x –", "– xi –", under=gap))
        assert furniture(done) == ["– viii –", "– ix –", "– x –", "– xi –"]
        assert done.findings == ()


def test_folios_go_on_where_the_pages_of_plates_have_none() -> None:
    pages = book("17", "18", "A plate", "20", "21").split("\f")
    assert furniture(arranged("\f".join(pages))) == ["17", "18", "20", "21"]


def test_a_line_that_begins_with_its_own_folio_by_chance_is_text() -> None:
    pages = book("17", "18", "19", "20", foot=True).split("\f")
    pages[1] = "18 men were at the quay that day.\n" + pages[1]
    assert furniture(arranged("\f".join(pages))) == ["17", "18", "19", "20"]


def test_a_folio_in_small_letters_is_no_text_that_goes_on() -> None:
    pages = zip(TEXTS_OF_PAGES, ("The Boat", "The Mole", "The Quay"), range(1, 4), strict=False)
    done = arranged("\f".join(f"{text}\n{title}\n\n{'i' * n}\n" for text, title, n in pages))
    assert [code for code, _ in asked(done)] == ["LAY001"] * 3


def test_numbers_that_are_not_in_step_are_no_folios() -> None:
    done = arranged(book("1", "One", "Two", "2", "Six", "3", "Ten", "Old", "4", under="\n"))
    assert furniture(done) == []
    assert [f.excerpt for f in done.findings if f.excerpt.isdigit()] == ["1", "2", "3", "4"]


def test_running_heads_with_their_folios_are_furniture() -> None:
    heads = ["22 THE NIGHT BOAT", "THE MOLE 23", "24 THE NIGHT BOAT", "THE MOLE 25"]
    for gap in ("", "\n"):
        done = arranged(book(*heads, under=gap))
        assert furniture(done) == heads
        assert done.findings == ()


def test_running_heads_and_folios_on_lines_of_their_own_are_furniture() -> None:
    done = arranged(book(*(f"NIGHT BOAT\nThe Mole\n{n}" for n in range(8, 12)), under="\n"))
    assert furniture(done)[1::3] == ["The Mole"] * 4
    assert len(furniture(done)) == 12
    assert done.findings == ()


def test_the_first_of_equal_heads_may_be_a_title() -> None:
    done = arranged(book(*["The Mole"] * 5, under="\n"))
    assert furniture(done) == ["The Mole"] * 4
    assert blocks(done)[0] == ("heading", "The Mole")
    # Where the text under it goes on in mid-sentence it can be no title.
    done = arranged(book(*["The Mole"] * 5, under="\nand so "))
    assert furniture(done) == ["The Mole"] * 5


def test_a_head_on_every_other_page_is_furniture() -> None:
    heads = ["The Mole", "Night Boat"] * 3
    assert furniture(arranged(book(*heads, under="\nand so "))) == heads


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(
            [f"* * *\n\n{text}\n* * *\n\n{text.lower()}" for text in TEXTS_OF_PAGES],
            id="scene breaks",
        ),
        pytest.param(
            [text if n % 4 else f"{text}\nNotes\n" for n, text in enumerate(TEXTS_OF_PAGES)],
            id="the same heading now and then",
        ),
        pytest.param(
            [f"Chapter {n}\n\n{text}" for n, text in enumerate(TEXTS_OF_PAGES, 1)],
            id="chapters of a page",
        ),
        pytest.param(
            [f"{text}And that was in {1900 + n * n}\n" for n, text in enumerate(TEXTS_OF_PAGES)],
            id="years",
        ),
        pytest.param([f"{text}And so to bed.\n" for text in TEXTS_OF_PAGES], id="a refrain"),
        pytest.param(
            [f"{text}Mate\nIt is.\nMate\n{text.lower()}Mate\n" for text in TEXTS_OF_PAGES],
            id="speakers",
        ),
        pytest.param([f"{TEXTS_OF_PAGES[0]}O\nO\nO\n", *TEXTS_OF_PAGES[1:]], id="on one page"),
    ],
)
def test_other_repeated_lines_are_no_furniture(pages: list[str]) -> None:
    assert furniture(arranged("\f".join(pages))) == []


def test_a_decision_about_a_head_is_stronger_than_repetition() -> None:
    text = book(*["The Mole"] * 4, under="\nand so ")
    line = text[: text.index("\f")].count("\n") + 1
    done = arranged(text, decision(lines=str(line), text="The Mole", role="title"))
    assert [t for role, t in blocks(done) if role == "title"] == ["The Mole"]
    assert len(furniture(done)) == 3


def test_a_head_between_two_pages_does_not_break_the_sentence() -> None:
    pages = [
        f"THE MOLE {n}\n\nand {name} of the quay took notice of it\nor of the ferry {name} saw"
        for n, name in enumerate(_NAMES, 5)
    ]
    done = arranged("\n\f".join(pages) + " that day.\n")
    assert [role for role, _ in blocks(done)].count("paragraph") == 1
    assert len(furniture(done)) == len(_NAMES)


# --- decisions: moves, joins, breaks --------------------------------------------------

PARTS = "One is here.\n\nTwo is here.\n\nThree is here.\n\nFour is here.\n\nFive is here.\n"
LINES = {"One": 1, "Two": 3, "Three": 5, "Four": 7, "Five": 9}


def move(name: str, **where: int) -> str:
    return decision(lines=str(LINES[name]), text=name, role="paragraph", **where)


def order(done: Arranged) -> list[str]:
    return [text.split()[0] for _, text in blocks(done)]


ROLES = "".join(move(name) for name in LINES)


@pytest.mark.parametrize(
    ("moves", "wanted"),
    [
        ([("Four", "before", "Two")], "One Four Two Three Five"),
        ([("Two", "after", "Four")], "One Three Four Two Five"),
        ([("Five", "before", "One")], "Five One Two Three Four"),
        ([("One", "after", "Five")], "Two Three Four Five One"),
        ([("Four", "after", "One"), ("Five", "after", "One")], "One Four Five Two Three"),
        ([("Five", "after", "One"), ("Three", "after", "One")], "One Three Five Two Four"),
        ([("Four", "before", "One"), ("Five", "before", "One")], "Four Five One Two Three"),
        ([("Two", "after", "Four"), ("Five", "after", "Two")], "One Three Four Two Five"),
        ([("Four", "before", "One"), ("Three", "before", "Four")], "Three Four One Two Five"),
        ([("Five", "after", "Two"), ("Two", "before", "One")], "Two Five One Three Four"),
        ([("Five", "before", "Two"), ("One", "after", "Two")], "Five Two One Three Four"),
    ],
)
def test_moves(moves: list[tuple[str, str, str]], wanted: str) -> None:
    moved = {name for name, _, _ in moves}
    text = "".join(move(name, **{side: LINES[target]}) for name, side, target in moves)
    done = arranged(PARTS, text + "".join(move(n) for n in LINES if n not in moved))
    assert " ".join(order(done)) == wanted
    assert is_whole(done.galley)


def test_a_block_of_several_paragraphs_lines_is_one_block() -> None:
    done = arranged(PARTS, decision(lines="3-5", text="Two is here. Three", role="quote", after=9))
    assert [text for role, text in blocks(done) if role == "quote"] == [
        "Two is here. Three is here."
    ]
    assert order(done)[-1] == "Two"


def test_a_moved_block_takes_part_in_no_guessed_join() -> None:
    text = (
        "The ferry left the harbour at noon and\n"
        "nobody on the quay had noticed that it\n"
        "\n"
        "was said in a box that stood beside it.\n"
        "\n"
        "carried no passengers at all that day.\n"
        "\n"
        "The captain was asleep in his own cabin.\n"
    )
    done = arranged(text, decision(lines="4", text="was said", role="paragraph", after=8))
    assert [t.split()[0] for _, t in blocks(done)] == ["The", "The", "was"]
    assert blocks(done)[0][1].endswith("that it carried no passengers at all that day.")


def test_a_join_may_go_back() -> None:
    text = (
        "went to sleep in the cabin of the ferry.\n"
        "\n"
        "The mate was on deck all the night long.\n"
        "\n"
        "The ferry left at noon and the captain\n"
    )
    done = arranged(text, join(5, 1))
    assert [t for _, t in blocks(done)] == [
        "The mate was on deck all the night long.",
        "The ferry left at noon and the captain went to sleep in the cabin of the ferry.",
    ]
    assert is_whole(done.galley)


def test_a_join_that_goes_back_makes_no_ring_with_a_guess() -> None:
    text = "and then the captain went to sleep and\n\nand then the mate went to sleep and\n"
    done = arranged(text, join(3, 1))
    assert [t.split()[3] for _, t in blocks(done)] == ["mate"]
    assert is_whole(done.galley)


def test_streams_that_lead_to_one_another_keep_their_text_in_place() -> None:
    text = (
        "the first column ends with a word and\n\nA box is here beside it.\n\n"
        "the second column ends with a word and\n\nAnother box is here.\n\n"
        "It is the end of the page.\n"
        "\f"
        "The next page is here.\n"
    )
    done = arranged(text, join(5, 1) + broken(1))
    assert is_whole(done.galley)
    assert order(done)[-2:] == ["It", "The"]


def test_a_page_that_begins_in_the_middle_of_a_line_can_be_decided_on() -> None:
    text = "The captain was asleep.\fThe Night Boat\n\nThe mate was awake all night.\n"
    done = arranged(text, decision(lines="1", text="The Night", role="title"))
    assert [role for role, _ in blocks(done)][1:] == ["title", "paragraph"]
    assert [t for role, t in blocks(done) if role == "title"] == ["The Night Boat"]
    assert is_whole(done.galley)


def test_lines_of_decisions_are_lines_of_the_source_in_a_dump_with_form_feeds() -> None:
    text = "\n\f\n\f".join(["The captain was asleep."] * 6) + "\n\fThe Night Boat\n"
    line = text.count("\n")
    assert line == text[: text.index("The Night")].count("\n") + 1
    done = arranged(text, decision(lines=str(line), text="The Night", role="title"))
    assert blocks(done)[-1] == ("title", "The Night Boat")


# --- several sources ------------------------------------------------------------------

SOURCES = [
    ("a.txt", "Chapter 1\n\nThe captain was asleep in the\ncabin, and the\n"),
    (
        "b.txt",
        "A lost quay\n\nmate had left the bridge.\n\nBut nobody came that day to the\n\nship.\n",
    ),
]


def of_sources(layout: str) -> Arranged:
    return arrange(read_dump(SOURCES), parse_layout(layout, FILE))


def test_questions_about_the_second_source_count_its_own_lines() -> None:
    first = ("a.txt", "Chapter 1\n\nThe captain was asleep in the\ncabin.\n")
    second = ("b.txt", "A lost quay\n\nThe mate had left the bridge.\n\nNobody\ncame.\n")
    done = arrange(read_dump([first, second]), Layout())
    (quay,) = [f for f in done.findings if f.excerpt == "A lost quay"]
    assert str(quay.place) == "b.txt:1:1 (page 1)"
    assert 'file = "b.txt", lines = "1", text = "A lost quay", its role, and why' in quay.fix
    names = LineNames.of(done.galley.source)
    assert names.keys(("line", 7), ("with", 9)) == 'file = "b.txt", line = 3, with = 5'
    assert names.keys(("line", 4), ("with", 7)) == "line = 4, with = 7"
    assert [names.name(4), names.name(5), names.name(7, 8)] == ["a.txt:4", "b.txt:1", "b.txt:3-4"]


def test_decisions_name_lines_of_a_source_or_of_all_end_to_end() -> None:
    quay = {"text": "A lost quay", "role": "caption"}
    here = decision(file="b.txt", lines="1", after=5, **quay)
    through = decision(lines="5", after=9, **quay)
    assert blocks(of_sources(here)) == blocks(of_sources(through))
    assert blocks(of_sources(here))[-1] == ("caption", "A lost quay")
    cut = '[[break]]\nfile = "b.txt"\nline = 3\nwhy = "seen"\n'
    seam = '[[join]]\nfile = "b.txt"\nline = 5\nwith = 7\nwhy = "seen"\n'
    assert ("paragraph", "But nobody came that day to the ship.") in blocks(of_sources(cut + seam))


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        (decision(file="c.txt", lines="1", text="A", role="verse"), "no source “c.txt”"),
        (decision(file="b.txt", lines="8-9", text="A", role="verse"), "no line 8 in b.txt"),
        (decision(file="b.txt", lines="1", text="She", role="verse"), "lines b.txt:1 begin"),
        (
            decision(file="b.txt", lines="1", text="A", role="verse", after=2),
            "lines b.txt:1 cannot go next to line b.txt:2",
        ),
        ('[[break]]\nfile = "b.txt"\nline = 2\nwhy = "x"\n', "ends on line b.txt:2"),
        ("[[break]]\nline = 6\nwhy = 'x'\n", "ends on line b.txt:2"),
    ],
)
def test_what_is_wrong_is_told_in_lines_of_the_source(layout: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        of_sources(layout)


# --- decisions that contradict --------------------------------------------------------


@pytest.mark.parametrize(
    ("layout", "line", "message"),
    [
        # lines and text
        (decision(lines="9-12", text="x", role="verse"), 1, "no lines 9-12 in the source"),
        (decision(lines="3", text="Tow is", role="verse"), 1, "begin 'Two is here.', not 'Tow is'"),
        (decision(lines="3", text="  ", role="verse"), 3, "empty"),
        (decision(lines="3-1", text="Two", role="verse"), 2, "“3-1” is no range of lines"),
        (decision(lines="0", text="Two", role="verse"), 2, "“0” is no range of lines"),
        (decision(lines="three", text="Two", role="verse"), 2, "“three” is no range of lines"),
        (
            decision(lines="3-5", text="Two", role="verse")
            + decision(lines="5-7", text="Three", role="verse"),
            6,
            "line 5 is decided twice, here and at layout.toml:1",
        ),
        # roles and levels
        (decision(lines="3", text="Two", role="footnote"), 4, "“footnote” is not one of"),
        (decision(lines="3", text="Two", role="heading", level=1), 5, "level is 2 to 6, not 1"),
        (decision(lines="3", text="Two", role="heading", level=7), 5, "level is 2 to 6, not 7"),
        # what only some roles have
        (decision(lines="3", text="Two", role="title", kind="chaptre"), 5, "is not one of"),
        (decision(lines="3", text="Two", role="heading", kind="chapter"), 5, "only a title"),
        (decision(lines="3", text="Two", role="verse", level=3), 5, "only a heading"),
        (decision(lines="3", text="Two", role="quote", id="q"), 5, "a title or a heading or a cap"),
        (decision(lines="3", text="Two", role="verse", alt="A quay"), 5, "only a caption"),
        (decision(lines="3", text="Two", role="title", id="a b"), 5, "“a b” is no id"),
        (decision(lines="3", text="Two", role="caption", image="../a.jpg"), 5, "not in images/"),
        (decision(lines="3", text="Two", role="caption", image="images/.."), 5, "not in images/"),
        (decision(lines="3", text="Two", role="caption", image="/etc/passwd"), 5, "not in images/"),
        (decision(lines="3", text="Two", role="caption", image="http://a/b"), 5, "not in images/"),
        (
            decision(lines="3", text="Two", role="title", id="a")
            + decision(lines="5", text="Three", role="heading", id="a"),
            11,
            "“a” is the id of the block at layout.toml:1 too",
        ),
        # moves
        (move("Two", before=1, after=5), 1, "both `before` and `after`"),
        (move("Two", before=0), 5, "0 is not a line"),
        (move("Two", after=-1), 5, "-1 is not a line"),
        (move("Two", after=2), 1, "line 2: there is no text on that line"),
        (move("Two", after=400), 1, "line 400: there is no text on that line"),
        (move("Two", before=3), 1, "line 3: that is the block itself"),
        (move("Two", after=5) + move("Three", after=3), 1, "placed by a ring of decisions"),
        (
            move("One", after=9) + move("Two", before=5) + move("Three", after=3),
            7,
            "placed by a ring of decisions",
        ),
        # joins and breaks
        (ROLES + join(2, 5), 26, "no stretch of running text ends on line 2"),
        (ROLES + join(3, 6), 26, "no stretch of running text begins on line 6"),
        (ROLES + join(3, 400), 26, "no stretch of running text begins on line 400"),
        (ROLES + join(1, 1), 26, "the joins run in a ring"),
        (ROLES + join(1, 3) + join(3, 5) + join(5, 1), 34, "the joins run in a ring"),
        (ROLES + join(1, 3) + join(1, 5), 30, "the end on line 1 is joined twice"),
        (ROLES + join(1, 5) + join(3, 5), 30, "the beginning on line 5 is joined twice"),
        (ROLES + join(1, 5) + broken(1), 26, "line 1 also has a break, at layout.toml:30"),
        (move("Three", after=9) + join(1, 5), 7, "the text on line 5 is moved by a [[block]]"),
        (join(0, 5), 2, "0 is not a line"),
        (broken(0), 2, "0 is not a line"),
        (ROLES + broken(2), 26, "no stretch of running text ends on line 2"),
        (decision(lines="3", text="Two", role="caption") + broken(3), 6, "ends on line 3"),
        (decision(lines="3-5", text="Two", role="quote") + broken(3), 6, "ends on line 3"),
        # the file itself
        ("[[blok]]\n", 1, "unknown key"),
        (move("Two").replace("why", "wye"), 5, "unknown key"),
        (join(1, 3).replace("with", "to"), 3, "unknown key"),
        (broken(1).replace("line", "lines"), 2, "unknown key"),
        ("[[join]]\nline = 1\nwith = 3\n", 1, "missing"),
        ('[[block]]\nlines = "3"\nrole = "verse"\n', 1, "missing"),
        ('[[break]]\nline = "1"\nwhy = "x"\n', 2, "text in quotation marks"),
        ("[[block]\n", 1, "not valid TOML"),
    ],
)
def test_impossible_decisions_are_refused_with_file_and_line(
    layout: str, line: int, message: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        arranged(PARTS, layout)
    assert message in refused.value.message
    assert refused.value.place is not None
    assert (refused.value.place.file, refused.value.place.line) == (FILE, line)
    assert refused.value.hint


def test_a_ring_of_moves_through_a_join_is_refused() -> None:
    with pytest.raises(ConfigError, match="that is the block itself"):
        arranged(PARTS, move("One", after=9) + ROLES.removeprefix(move("One")) + join(1, 9))


def test_no_decisions_are_no_error() -> None:
    assert parse_layout("", FILE) == Layout()
    assert parse_layout("# nothing yet\n", FILE) == Layout()


# --- laws -----------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("The", "the", "boat", "boat-", "house", "night", "and", "of", "Mr.", "end.", "end.”"),
        *("“Und", "—sí,", "¿Qué?", "12", "1911.", "Chapter", "3", "xi", "straße", "καλά", "夜"),
        *("\u2028", "\xa0", "ﬁn", "'", "(", "…"),
    ]
)
ROWS = st.lists(WORDS, max_size=7).map(" ".join)
TEXTS = st.lists(
    st.tuples(ROWS, st.sampled_from(["\n", "\n", "\n\n", "\n\f", "\f", "\n ", "\n\n\n"])),
    max_size=40,
).map(lambda rows: "".join(row + end for row, end in rows))
MARKS = st.sampled_from(["auto", "form-feed", "leading-space", "none"])


@given(TEXTS | st.text(alphabet="aB .-\n\f\x0b\x85\u2028", max_size=80), MARKS)
def test_no_text_loses_a_character(text: str, marks: str) -> None:
    done = arranged(text, marks=marks)
    assert is_whole(done.galley)
    assert blocks(arranged(text, marks=marks)) == blocks(done)
    for block in done.galley.blocks:
        assert block.text.strip() or block.role is Role.FURNITURE
    for finding in done.findings:
        assert finding.place is not None
        row = text.split("\n")[finding.place.line - 1]
        assert finding.excerpt.split()[0] in row[finding.place.column - 1 :]


@given(st.data())
def test_decisions_lose_no_character_or_are_refused(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    rows = text.split("\n")
    numbers = [n for n, row in enumerate(rows, 1) if row.strip()] or [1]
    number = st.sampled_from(numbers)
    layout = ""
    for _ in range(data.draw(st.integers(0, 3))):
        first = data.draw(number)
        start = " ".join(rows[first - 1].replace("\f", " ").split())[:20].replace("\\", "")
        role = data.draw(st.sampled_from(["paragraph", "paragraph", "caption", "title"]))
        where = data.draw(st.sampled_from(["before", "after", ""]))
        keys = {where: data.draw(number)} if where else {}
        layout += decision(lines=str(first), text=start or "x", role=role, **keys)
    for _ in range(data.draw(st.integers(0, 3))):
        layout += join(data.draw(number), data.draw(number))
    if data.draw(st.booleans()):
        layout += broken(data.draw(number))
    with suppress(ConfigError):
        assert is_whole(arranged(text, layout).galley)


@given(st.permutations(list(LINES)), st.data())
def test_every_move_stands_next_to_its_target_or_with_its_companions(
    names: list[str], data: st.DataObject
) -> None:
    # Each may move next to one before it in the permutation: never a ring.
    moves = {}
    for index, name in enumerate(names[1:], 1):
        if data.draw(st.booleans()):
            side = data.draw(st.sampled_from(["before", "after"]))
            moves[name] = (side, data.draw(st.sampled_from(names[:index])))
    layout = "".join(
        move(name, **({moves[name][0]: LINES[moves[name][1]]} if name in moves else {}))
        for name in LINES
    )
    found = order(arranged(PARTS, layout))
    assert sorted(found) == sorted(LINES)
    for name, (side, target) in moves.items():
        here, there = found.index(name), found.index(target)
        assert (here < there) == (side == "before")
        between = found[min(here, there) + 1 : max(here, there)]
        # Only blocks that hang on the same block, or on one that does, stand between.
        for other in between:
            while other in moves and moves[other][1] != target and other != name:
                other = moves[other][1]
            assert other == name or moves[other][1] == target


def test_an_empty_source_has_no_block_and_a_blank_one_is_furniture() -> None:
    assert arranged("").galley.blocks == ()
    done = arranged(" \n\f\n\n")
    assert [block.role for block in done.galley.blocks] == [Role.FURNITURE]
    assert is_whole(done.galley)


# --- bounded work ---------------------------------------------------------------------

OPEN_END = "Nothing on this line ends, and it hangs\n\n"
LANDING = "and so it goes on but ends nowhere at\n\n"


def steps(text: str, layout: str = "", marks: str = "form-feed") -> int:
    """Lines of our own code run to arrange a text."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal count
        count += event == "line"
        return trace if "booktools" in frame.f_code.co_filename else None

    pages, decided = read_dump([("dump.txt", text)], marks), parse_layout(layout, FILE)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        arrange(pages, decided)
    finally:
        sys.settrace(before)
    return count


PLAIN = "The ferry left the harbour at noon, and\nnobody took notice of that.\n\n"


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(OPEN_END + LANDING, id="open ends on one page"),
        pytest.param(PLAIN, id="paragraphs"),
        pytest.param("\f", id="blank pages"),
        pytest.param("12\n\f", id="pages of a folio"),
        pytest.param("The same head\n\f", id="pages of a head"),
        pytest.param("and ", id="one line"),
    ],
)
def test_the_work_grows_with_the_text_and_not_with_its_square(turn: str) -> None:
    # Four times the text; its square would be sixteen times the work.
    assert steps(turn * 600) < 6 * steps(turn * 150) + 5000


def test_twenty_thousand_lines_take_bounded_work() -> None:
    text = PLAIN * 3000 + (OPEN_END + "\f" + LANDING) * 2200 + "12\n\f" * 2500
    assert text.count("\n") > 20_000
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += 1

    pages = read_dump([("dump.txt", text)], "form-feed")
    sys.setprofile(count)
    try:
        arrange(pages, Layout())
    finally:
        sys.setprofile(None)
    assert calls < 200 * text.count("\n")


def test_the_work_grows_with_the_decisions_and_not_with_their_square() -> None:
    def chain(count: int) -> int:
        text = "One is here.\n\n" * count
        rows = [2 * n + 1 for n in range(count)]
        moves = "".join(
            decision(lines=str(row), text="One", role="quote", after=row - 2) for row in rows[1:]
        )
        return steps(text, moves)

    def thread(count: int) -> int:
        text = "and so it goes on and\n\n" * count
        return steps(text, "".join(join(2 * n + 1, 2 * n + 3) for n in range(count - 1)))

    assert chain(400) < 4.5 * chain(100)
    assert thread(400) < 4.5 * thread(100) + 5000
