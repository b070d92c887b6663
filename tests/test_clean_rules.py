"""Every cleaning rule: the examples of its own page, and the laws they all keep."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
import wordfreq
from hypothesis import given
from hypothesis import strategies as st

from booktools.clean.cut import plain_hyphens
from booktools.clean.decision import Verdict
from booktools.clean.frequency import Frequencies
from booktools.clean.gaps import part_number
from booktools.clean.habits import Habits
from booktools.clean.held import free_blanks
from booktools.clean.hyphens import DOUBTFUL, decide
from booktools.clean.reference import cleaning_page
from booktools.clean.rule import Knowledge, Rule
from booktools.clean.rules import RULES, clean, likely, questions
from booktools.clean.tongues import tongue
from booktools.engines import frequency, spelling
from booktools.model.galley import Block, Galley, Role, Safety, Source
from booktools.model.place import Span


def in_english(words: Collection[str]) -> dict[str, float]:
    """What wordfreq itself says; the pipeline asks the door in engines/."""
    return {word: wordfreq.zipf_frequency(word, "en") for word in words}


LISTS = Frequencies(in_english)
SPELLER = spelling.speller(["en"])
ENGLISH = Knowledge(frequencies=LISTS, speller=SPELLER)

# A document that OCR has read badly.
_BAD = "and I thought so, and I was | sat.in we.to of.the, and J was, but [ am"
SPECKED = replace(ENGLISH, habits=Habits.of([_BAD]))

GERMAN = replace(ENGLISH, tongue=tongue(["de"]), settled={})


def speaking(language: str, *texts: str) -> Knowledge:
    """What a document in a language may rely on."""

    def look_up(words: Collection[str]) -> dict[str, float]:
        return frequency.zipf(words, [language])

    own = galley(*texts).blocks
    speller = spelling.speller([language])
    return Knowledge.of(own, (), Frequencies(look_up), speller, [language])


EXAMPLE = re.compile(r"^\s*(Bad|Good|Keep): ?(.*)$", re.MULTILINE)


def block(text: str, role: Role = Role.PARAGRAPH) -> Block:
    return Block(role, (Span(0, len(text)),), text)


def galley(*texts: str) -> Galley:
    whole, blocks, at = "".join(texts), [], 0
    for text in texts:
        blocks.append(Block(Role.PARAGRAPH, (Span(at, at + len(text)),), text))
        at += len(text)
    return Galley(Source(whole, (("a.txt", 0),)), tuple(blocks))


def examples(rule: Rule) -> list[tuple[str, str, str]]:
    """(Bad, Good) pairs and (Keep, Keep) of a rule's page."""
    rows = [(kind, text.replace("⏎", "\n")) for kind, text in EXAMPLE.findall(rule.page)]
    out = []
    for (kind, text), following in zip(rows, [*rows[1:], ("", "")], strict=False):
        if kind == "Bad":
            assert following[0] == "Good", f"{rule.code}: Bad without Good"
            out.append((rule.code, text, following[1]))
        elif kind == "Keep":
            out.append((rule.code, text, text))
    return out


EXAMPLES = [(rule, bad, good) for rule in RULES for _, bad, good in examples(rule)]


@pytest.mark.parametrize(
    ("rule", "bad", "good"), EXAMPLES, ids=[f"{r.code}-{i}" for i, (r, _, _) in enumerate(EXAMPLES)]
)
def test_examples_of_the_rule_page(rule: Rule, bad: str, good: str) -> None:
    known = SPECKED if rule.code.startswith("SPK") else ENGLISH
    assert block(bad).edited(rule.find(block(bad), known)).text == good


# Of a role, or of another language than the examples'.
SHOWN_ELSEWHERE = {"COL001", "FUR001", "HYP005", "HYP007", "LST001", "SPC006", "SPC008"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("6Chairman.\n", "6 Chairman.\n"), ("16A comedy", "16 A comedy"), ("*“So", "* “So")],
)
def test_the_number_of_a_note_stands_apart(text: str, wanted: str) -> None:
    note = block(text, Role.NOTE)
    assert note.edited(part_number(note, ENGLISH)).text == wanted


@pytest.mark.parametrize(
    "text",
    ["12 km", "Nr. 7", "S. 34 f.", "z. B. so", "Louis XIV", "« oui »", "oui !", "Mme Aubain",
     "1 000", "§ 5", "J. R. Weber", "v domě", "Dr. Weber", "so – und", "a boat", "20 %", "page 7"],
)  # fmt: skip
def test_a_blank_that_holds_what_belongs_together_stays(text: str) -> None:
    assert not list(free_blanks(block(text.replace(" ", "\u00a0")), ENGLISH))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the~boat~~lay", "the boat lay"),
        ("so, ~he said", "so, he said"),
        ("It~rained.~It", "It rained. It"),
    ],
)
def test_a_blank_that_only_set_a_page_is_free(text: str, wanted: str) -> None:
    held = block(text.replace("~", "\u00a0"))
    assert held.edited(free_blanks(held, ENGLISH)).text == wanted


def test_held_blanks_that_set_a_line_of_verse_in_stay() -> None:
    text = "The rooks\u00a0come\n\u00a0\u00a0home\u00a0\u00a0\u00a0late"
    verse = block(text, Role.VERSE)
    wanted = "The rooks come\n\u00a0\u00a0home\u00a0\u00a0\u00a0late"
    assert verse.edited(free_blanks(verse, ENGLISH)).text == wanted


@pytest.mark.parametrize("text", ["6 Chairman.", "1st of May", "12. See above", "1640Was"])
def test_what_is_no_number_of_a_note_and_a_word_stays(text: str) -> None:
    assert not list(part_number(block(text, Role.NOTE), ENGLISH))


@pytest.mark.parametrize("rule", RULES, ids=[r.code for r in RULES])
def test_every_rule_has_a_page_and_says_what_it_changes(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert rule.page.strip()
    shown = examples(rule)
    assert rule.code in SHOWN_ELSEWHERE or any(bad != good for _, bad, good in shown)
    assert rule.code == "FUR001" or any(bad == good for _, bad, good in shown)
    for _, bad, _ in shown:
        for edit in (*rule.find(block(bad), ENGLISH), *rule.find(block(bad), SPECKED)):
            assert edit.rule == rule.code
            assert edit.safety is rule.safety
            assert edit.evidence


def test_codes_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_furniture_goes_and_nothing_else() -> None:
    head, text = block("THE BOOK 12\n", Role.FURNITURE), block("THE BOOK 12\n")
    source = Source(head.raw, (("a.txt", 0),))
    dropped = clean(Galley(source, (head,)), ENGLISH).blocks[0]
    assert dropped.text == ""
    assert [e.evidence for e in dropped.edits()] == ["in step with the pages, at their edge"]
    decided = replace(head, attributes=(("decided", "manuscript/layout.toml:7"),))
    (edit,) = clean(Galley(source, (decided,)), ENGLISH).blocks[0].edits()
    assert edit.evidence == "decided in manuscript/layout.toml:7"
    assert clean(Galley(source, (text,)), ENGLISH).blocks[0].text == "THE BOOK 12"


CLASSIC = [
    ("the defen-\ndant said", "the defendant said"),
    ("a well-\nknown man", "a well-known man"),
    ("his mother-\nin-law came", "his mother-in-law came"),
    ("some n-\ntridecanal was", "some n-tridecanal was"),
    ("the mid- to long-\nterm plan", "the mid- to long-term plan"),
    ("an Anglo-\nSaxon poem", "an Anglo-Saxon poem"),
    ("see pages 12-\n14 there", "see pages 12-14 there"),
    ("“But I--\nthought so", "“But I--thought so"),
    ("he paused—\nthen spoke", "he paused—then spoke"),
    ("the govern\u00ad\nment of", "the government of"),
    ("a Cross-\u00ad\nsectional view", "a Cross-sectional view"),
    ("the defen\u2010\ndant of a well\u2010\nknown man", "the defendant of a well\u2010known man"),
    ("the gov\ufffeernment of a well\ufffeknown man", "the government of a well-known man"),
    ("the gov\x02ernment of a well\x02\nknown man", "the government of a well-known man"),
    ("he de¬\nfended a zorb¬\nfish", "he defended a zorbfish"),
    ("a well-\n\n\fknown man sat\fdown\x85there", "a well-known man sat down there"),
    ("at 6\u00a0\x1ca.m. or\u00a0 \tlater", "at 6\u00a0 a.m. or later"),
    ("the\x01 dark\ufeff night\ufffe", "the dark night"),
    ("re-signed, re-creation, man-eating", "re-signed, re-creation, man-eating"),
]


@pytest.mark.parametrize(("bad", "good"), CLASSIC)
def test_the_classic_cases(bad: str, good: str) -> None:
    for mark in ("-", "\ufffe", "\x02", "¬", "\u2010"):
        raw = re.sub(r"(?<!-)-\n(?!thought)", f"{mark}\n", bad)
        cleaned = clean(galley(raw), ENGLISH, off=("DSH003", "DSH002"))
        text = cleaned.blocks[0].text
        # A true hyphen stays as the source has it.
        assert text == good or (mark == "\u2010" and plain_hyphens(text) == plain_hyphens(good))
        assert not questions(cleaned)


@pytest.mark.parametrize("gap", ["\n\n", "\n\f", " \n\n\f\n ", "\f"])
@pytest.mark.parametrize(("bad", "good"), CLASSIC[:11])
def test_the_classic_cases_across_pages_and_blank_lines(bad: str, good: str, gap: str) -> None:
    cleaned = clean(galley(bad.replace("\n", gap)), ENGLISH, off=("DSH003", "DSH002"))
    assert cleaned.blocks[0].text == good
    assert not questions(cleaned)


@pytest.mark.parametrize("between", ["\n\f12 The Head\n\n", "   the other column\n", "\f12\f"])
@pytest.mark.parametrize(("bad", "good"), CLASSIC[:11])
def test_the_classic_cases_across_what_stands_between(bad: str, good: str, between: str) -> None:
    """The halves in two columns, pages or notes: the block has two pieces of the source."""
    left, right = bad.split("\n")
    blanks = between[: len(between) - len(between.lstrip(" "))]
    whole = left + between + right
    pieces = (
        Span(0, len(left + blanks)),
        Span(len(whole) - len(right), len(whole)),
    )
    text = Block(Role.PARAGRAPH, pieces, left + blanks + right)
    other = Span(pieces[0].end, pieces[1].start)
    head = Block(Role.FURNITURE, (other,), whole[other.start : other.end])
    raw = Galley(Source(whole, (("a.txt", 0),)), (text, head))
    cleaned = clean(raw, ENGLISH, off=("DSH003", "DSH002"))
    assert cleaned.blocks[0].text == good
    assert cleaned.unwound() == whole
    assert not questions(cleaned)


def test_a_name_that_could_be_either_is_never_silently_wrong() -> None:
    cleaned = clean(galley("by Vauxhall-\nbridge he\n"), ENGLISH)
    assert cleaned.blocks[0].text.startswith("by Vauxhall-bridge") or questions(cleaned)


def test_the_document_is_its_own_dictionary() -> None:
    texts = ("the zorb-\nfish swam\n", "a zorbfish, two zorbfish\n")
    known = Knowledge.of(galley(*texts).blocks, (), LISTS)
    assert decide("zorb", "-", "fish", known).verdict is Verdict.JOIN
    texts = ("the zorb-\nfish swam\n", "a zorb-fish, two zorb-fish\n")
    known = Knowledge.of(galley(*texts).blocks, (), LISTS)
    assert decide("zorb", "-", "fish", known).verdict is Verdict.KEEP


def test_the_lists_are_looked_into_once_for_all_words() -> None:
    asked: list[Collection[str]] = []

    def look_up(words: Collection[str]) -> dict[str, float]:
        asked.append(words)
        return in_english(words)

    cut = galley("the gov-\nernment of a well-\nknown half-for-\ngotten cause\n", "\nOOnce\n")
    plain = clean(cut, Knowledge.of(cut.blocks, (), LISTS))
    assert plain.blocks[1].text == "Once"
    known = Knowledge.of(cut.blocks, (), Frequencies(look_up, likely(cut.blocks)))
    assert not asked
    assert clean(cut, known) == plain
    assert len(asked) == 1
    assert {"gov", "government", "well", "wellknown", "forgotten"} <= set(asked[0])


def test_a_word_that_nobody_expected_is_looked_up_all_the_same() -> None:
    frequencies = Frequencies(in_english, ["house"])
    assert frequencies.zipf("Garden") == frequencies.zipf("garden") > 3
    assert frequencies.zipf("zorbfish") == 0
    assert frequencies.zipf("house") > 4


def test_both_forms_in_the_document_are_asked_about() -> None:
    texts = ("the zorb-\nfish swam\n", "a zorb-fish, a zorbfish\n")
    asked = galley(*texts)
    cleaned = clean(asked, Knowledge.of(asked.blocks, (), LISTS))
    (finding,) = questions(cleaned)
    assert finding.code == "HYP003"
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == ("a.txt", 1)
    assert "zorb- fish" in finding.excerpt
    assert "set as “zorbfish”" in finding.message


def test_a_word_cut_twice_is_never_left_cut() -> None:
    texts = ("the zorb-\nfish-\nnet swam\n", "a zorbfish-net, a zorb-fishnet, zorbfishnet\n")
    cut = galley(*texts)
    assert "- " not in clean(cut, Knowledge.of(cut.blocks, (), LISTS)).blocks[0].text


def test_a_lexicon_word_settles_the_question() -> None:
    asked = galley("the zorb-\nfish swam\n", "a zorb-fish, a zorbfish\n")
    for word, text in (("zorbfish", "the zorbfish swam"), ("zorb-fish", "the zorb-fish swam")):
        cleaned = clean(asked, Knowledge.of(asked.blocks, (word,), LISTS))
        assert cleaned.blocks[0].text == text
        assert not questions(cleaned)


def test_without_a_list_two_words_that_nobody_joins_are_asked_about() -> None:
    french = Frequencies(lambda words: {"appelèrent": 2.9, "ils": 6.3, "abor": 1.6, "deur": 1.8})
    known = Knowledge(frequencies=french)
    for left, right, verdict in (
        ("appelèrent", "ils", Verdict.KEEP),
        ("abor", "deur", Verdict.JOIN),
    ):
        decision = decide(left, "-", right, known)
        assert decision.verdict is verdict
        assert decision.doubt >= DOUBTFUL


def test_dashes_stand_as_the_document_has_them() -> None:
    spanish = galley("—Sí —dijo el capitán—\ny se fue.\n", "—No —dijo él— y calló.\n")
    cleaned = clean(spanish, Knowledge.of(spanish.blocks))
    assert cleaned.blocks[0].text == "—Sí —dijo el capitán— y se fue."
    english = galley("he paused—\nthen spoke\n", "he spoke—and left — so\n")
    assert clean(english, Knowledge.of(english.blocks)).blocks[0].text == "he paused—then spoke"


def test_a_cut_word_is_no_evidence_for_itself() -> None:
    known = Knowledge.of(galley("the gov-\nernment fell\n").blocks)
    assert known.count("gov") == known.count("ernment") == 0
    assert known.count("fell") == 1


def test_a_rule_that_is_switched_off_does_nothing() -> None:
    spaced = galley("one - two\n")
    assert clean(spaced, ENGLISH).blocks[0].text == "one – two"
    assert clean(spaced, ENGLISH, off=("DSH001",)).blocks[0].text == "one - two"


def test_a_dash_that_begins_a_line_closes_up_where_dashes_do() -> None:
    spoken = "he rose\n—slowly\n"
    for elsewhere, wanted in (
        ("and sat—down, and lay—there\n", "he rose—slowly"),
        ("dijo —y calló—, pero\n", "he rose —slowly"),
        ("nothing\n", "he rose —slowly"),
    ):
        raw = galley(spoken, elsewhere)
        cleaned = clean(raw, Knowledge.of(raw.blocks, (), LISTS))
        assert cleaned.blocks[0].text == wanted


def test_a_dash_within_a_sentence_closes_up_where_most_do() -> None:
    most = "He came—late—and sat—so—there. —B."
    for text, wanted in (
        ("the rain\n—it fell", "the rain—it fell"),
        ("well,\n—it fell", "well,—it fell"),
        ("of a letter.\n—B.", "of a letter. —B."),
        ("went to L\n——’s house", "went to L——’s house"),
        ("the\n——th regiment", "the ——th regiment"),
    ):
        raw = galley(text, most)
        known = Knowledge.of(raw.blocks, (), LISTS)
        assert known.habits.closed_dashes
        assert not known.habits.always_closed_dashes
        assert clean(raw, known).blocks[0].text == wanted


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        (("but these are", "\f12 Head\n", "your fish"), "but these are your fish"),
        (("the gov-", "\fHead\n", "ernment fell"), "the government fell"),
        (("the gov\ufffe", "\fHead\n", "ernment fell"), "the government fell"),
        (("a well-", "\fHead\n", "known man"), "a well-known man"),
        (("one line ", "\f", "and more"), "one line and more"),
        (("one line\n", "\f", "and more"), "one line and more"),
        (("T", "\f", "he end"), "The end"),
    ],
)
def test_a_line_ends_where_the_source_goes_on_with_something_else(
    pieces: tuple[str, str, str], wanted: str
) -> None:
    whole = "".join(pieces)
    ends = [len(pieces[0]), len(pieces[0]) + len(pieces[1]), len(whole)]
    text = Block(Role.PARAGRAPH, (Span(0, ends[0]), Span(ends[1], ends[2])), pieces[0] + pieces[2])
    head = Block(Role.FURNITURE, (Span(ends[0], ends[1]),), pieces[1])
    raw = Galley(Source(whole, (("a.txt", 0),)), (text, head))
    cleaned = clean(raw, Knowledge.of(raw.blocks, (), LISTS, SPELLER))
    assert cleaned.blocks[0].text == wanted
    assert cleaned.unwound() == whole


def test_pieces_that_touch_are_one_line() -> None:
    text = Block(Role.PARAGRAPH, (Span(0, 4), Span(4, 8)), "some" + "body")
    cleaned = clean(Galley(Source("somebody", (("a.txt", 0),)), (text,)), ENGLISH)
    assert cleaned.blocks[0].text == "somebody"


def test_a_blank_behind_a_mark_comes_back_only_where_the_document_has_it() -> None:
    text = "he met Mr.Moore,who knew D.Alonso!Then he left."
    usual = "So, he. The Lord; But A. Smith. And B. Jones, He. " * 10
    for elsewhere, wanted in (
        (usual, "he met Mr. Moore, who knew D. Alonso! Then he left."),
        ("Mr.Day;Dr.Way.So.Then ", text),
        (usual + "So.He,The;But!And?He." * 10, "he met Mr.Moore,who knew D. Alonso!Then he left."),
    ):
        raw = galley(text, elsewhere)
        assert clean(raw, Knowledge.of(raw.blocks, (), LISTS)).blocks[0].text == wanted


@pytest.mark.parametrize(
    "text", ["jane.Doe@House.Org", "a/file.Name", "x_y.Next", "http://So.Org/a.Be", "p.Q", "3.Be"]
)
def test_what_is_no_prose_gets_no_blanks(text: str) -> None:
    assert clean(galley(text), ENGLISH).blocks[0].text == text


def test_a_dash_that_ends_a_line_of_verse_keeps_the_line() -> None:
    poem = block("Rise, my heart—\nthe day\n", Role.VERSE)
    cleaned = clean(Galley(Source(poem.raw, (("a.txt", 0),)), (poem,)), ENGLISH)
    assert cleaned.blocks[0].text == "Rise, my heart—\nthe day"


def test_verse_keeps_its_lines() -> None:
    poem = block("Sing, goddess,\nthe anger\n", Role.VERSE)
    cleaned = clean(Galley(Source(poem.raw, (("a.txt", 0),)), (poem,)), ENGLISH)
    assert cleaned.blocks[0].text == "Sing, goddess,\nthe anger"
    poem = block(" Sing—\n\f\tgoddess -- \n\n the\tanger \n", Role.VERSE)
    cleaned = clean(Galley(Source(poem.raw, (("a.txt", 0),)), (poem,)), ENGLISH)
    assert cleaned.blocks[0].text == "Sing—\ngoddess --\n\nthe anger"


@pytest.mark.parametrize("role", [Role.PARAGRAPH, Role.VERSE])
@pytest.mark.parametrize("end", ["-", "—", "a", ""])
def test_many_empty_lines_cost_no_time(role: Role, end: str) -> None:
    long = block(f"x{end}" + "\n" * 50_000 + "¶" * (end != "a") + " \n" * 50_000, role)
    begun = time.process_time()
    cleaned = clean(Galley(Source(long.raw, (("a.txt", 0),)), (long,)), ENGLISH)
    assert cleaned.blocks[0].text.startswith("x")
    assert time.process_time() - begun < 2  # blank by blank it takes minutes


def test_a_text_without_blanks_takes_no_time() -> None:
    for part in ("end.Next", "one,two", "A.Bcd", "end.Next\n"):
        text = part * 20_000
        begun = time.process_time()
        assert clean(galley(text), Knowledge()).unwound() == text
        assert time.process_time() - begun < 4


TEXTS = st.text(
    st.sampled_from("abcAB1968‘’'-–— \n\t.,“”ﬁ\u00ad\u2010¬\ufffe\u00a0\x01\x02\f\x1c\x85"),
    max_size=80,
)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_the_raw_text_can_always_be_had_back(texts: list[str]) -> None:
    raw = galley(*texts)
    known = Knowledge.of(raw.blocks, (), LISTS)
    cleaned = clean(raw, known)
    assert cleaned.unwound() == raw.source.text
    assert clean(raw, known) == cleaned


@given(TEXTS)
def test_a_rule_finds_nothing_where_nothing_is_that_it_needs(text: str) -> None:
    for known in (ENGLISH, GERMAN):
        for rule in RULES:
            bare = "".join(character for character in text if character not in rule.needs)
            assert not rule.needs or not list(rule.find(block(bare), known))


@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(galley(text), ENGLISH).blocks[0].text
    twice = clean(galley(once), ENGLISH).blocks[0].text
    assert twice == once


@given(TEXTS)
def test_what_no_page_can_show_is_gone(text: str) -> None:
    done = clean(galley(text), ENGLISH).blocks[0].text
    assert not set(done) & set("\n\t\u00ad\ufffe\x01\x02\f\x1c\x85")
    assert done == done.strip()


@given(TEXTS)
def test_letters_change_only_by_a_rule_that_says_so(text: str) -> None:
    """Safe rules may touch marks and ligatures, a doubled initial, and no other letter."""
    cleaned = clean(galley(text), ENGLISH)
    touched = {
        e.rule
        for e in cleaned.blocks[0].edits()
        if sorted(filter(str.isalnum, e.old)) != sorted(filter(str.isalnum, e.new))
    }
    assert touched <= {"LIG001", "INI001"}
    assert all(e.safety in (Safety.SAFE, Safety.REVIEW) for e in cleaned.blocks[0].edits())


def test_the_page_of_the_rules_is_written_from_them() -> None:
    page = Path(__file__).parent.parent / "docs" / "cleaning.md"
    assert page.read_text() == cleaning_page(), "make docs"
    assert all(f"## {rule.code}: " in cleaning_page() for rule in RULES)


@pytest.mark.parametrize(
    ("raw", "set_text"),
    [
        ("A\n\nmong the reeds", "Among the reeds"),
        ("I\nwent to the river", "I went to the river"),  # a word by itself
        ("A\nman of the river", "A man of the river"),
        ("I\n\nt was in the river", "It was in the river"),
    ],
)
def test_a_drop_capital_that_is_a_word_by_itself_is_weighed(raw: str, set_text: str) -> None:
    (made,) = clean(galley(raw), Knowledge.of([block(raw)], (), LISTS)).blocks
    assert made.text == set_text
    assert made.unwound() == raw
