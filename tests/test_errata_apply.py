"""The errata on the galley: applied once, or told why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from booktools.errata import locate
from booktools.errata.apply import Applied, apply_errata, prove
from booktools.errata.entry import Entry, Kind, State
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Block, Galley, Layer, Role, Safety, Source
from booktools.model.place import Place, Span
from errata_galleys import FILE, LEDGER, entry, galley

TEXT = galley(
    "Of the masses, trapos that\nare supported by Stalin-\nism. He put\n",
    "They puto an end to it\nin the the  year 20023.\n",
    "A man went home at\nnight. A man went home.\n",
)


def texts(applied: Applied) -> list[str]:
    return [block.text for block in applied.galley.blocks]


def only(applied: Applied) -> Finding:
    (finding,) = applied.findings
    return finding


def untouched(applied: Applied, before: Galley) -> bool:
    return applied.galley == before and not applied.places


TRAPS = entry("E1", 1, "trapos", "traps", "masses, trapos that are")


def test_accepted_entries_are_applied_in_one_layer_a_block() -> None:
    put = entry("E2", 4, "puto an", "put an", "They puto an end", kind=Kind.OCR, reason="split")
    doubled = entry("E3", 5, "the the", "the", "in the the year")
    year = entry("E4", 5, "20023", "2003", "year 20023.")
    applied = apply_errata(TEXT, [TRAPS, put, doubled, year])
    assert texts(applied) == [
        "Of the masses, traps that are supported by Stalinism. He put",
        "They put an end to it in the  year 2003.",
        "A man went home at night. A man went home.",
    ]
    assert applied.findings == ()
    assert [len(b.layers) for b in applied.galley.blocks] == [2, 2, 1]
    edit = applied.galley.blocks[1].layers[-1][0]
    assert (edit.rule, edit.safety, edit.evidence) == ("E2", Safety.SAFE, "ocr: split")
    assert applied.galley.unwound() == TEXT.source.text


def test_places_lead_to_the_wanted_reading_in_the_new_text() -> None:
    doubled = entry("E3", 5, "the the", "the", "in the the year")
    year = entry("E4", 5, "20023", "2003", "year 20023.")
    applied = apply_errata(TEXT, [year, doubled])
    number, span = applied.places["E4"]
    assert number == 1
    assert applied.galley.blocks[number].text[span.start : span.end] == "2003"
    assert applied.galley.place_at(applied.galley.blocks[1], span.start) == Place(FILE, 5, 18, 1)


def test_runs_of_blanks_in_the_text_match_one_space_and_are_changed_whole() -> None:
    year = entry("E1", 5, "the year", "that year", "the year 20023")
    applied = apply_errata(TEXT, [year])
    assert applied.galley.blocks[1].text == "They puto an end to it in the that year 20023."
    assert applied.galley.blocks[1].layers[-1][0].old == "the  year"


def test_a_word_is_taken_out_with_its_space() -> None:
    applied = apply_errata(TEXT, [entry("E1", 5, " the the", " the", "in the the")])
    assert "it in the  year" in texts(applied)[1]
    gone = apply_errata(TEXT, [entry("E1", 3, " He put", "", "ism. He put")])
    assert texts(gone)[0].endswith("Stalinism.")
    end = len(texts(gone)[0])
    assert gone.places["E1"] == (0, Span(end, end))


def test_found_may_cross_a_line_end() -> None:
    joined = entry("E1", 2, "Stalinism", "Stalin", "by Stalinism. He")
    assert "by Stalin. He" in texts(apply_errata(TEXT, [joined]))[0]


def test_the_line_is_that_of_the_first_letter() -> None:
    """A space made of a line end belongs to the line above; people see the word below it."""
    at = entry("E1", 7, " night", " noon", "at night. A")
    assert "at noon." in texts(apply_errata(TEXT, [at]))[2]


def test_the_source_line_tells_two_contexts_from_each_other() -> None:
    for line, text in (
        (6, "The man went home at night. A man went home."),
        (7, "A man went home at night. The man went home."),
    ):
        applied = apply_errata(TEXT, [entry("E1", line, "A man", "The man", "A man went home")])
        assert texts(applied)[2] == text


def test_open_and_rejected_entries_change_nothing_and_may_overlap() -> None:
    ask = entry(
        "Q1", 1, "masses, trapos", "masses", "the masses, trapos", state=State.OPEN, at=7,
        kind=Kind.QUERY, reason="which?",
    )  # fmt: skip
    no = entry("R1", 1, "trapos", "trap", "masses, trapos", state=State.REJECTED)
    applied = apply_errata(TEXT, [ask, no, TRAPS])
    assert "masses, traps that" in texts(applied)[0]
    assert set(applied.places) == {"E1"}
    finding = only(applied)
    assert (finding.code, finding.severity) == ("ERR010", Severity.NOTE)
    assert finding.message == "Q1: to be decided: “masses, trapos” → “masses”? which?"
    assert (finding.place, finding.trail) == (Place(LEDGER, 7), (Place(FILE, 1, 8, 1),))
    assert finding.excerpt == "the masses, trapos"


def test_a_query_without_a_proposal_shows_none() -> None:
    ask = entry("Q1", 1, "trapos", "trapos", "masses, trapos", state=State.OPEN)
    assert only(apply_errata(TEXT, [ask])).message.endswith("“trapos”? misspelt")


@pytest.mark.parametrize("state", list(State))
def test_err001_not_found(state: State) -> None:
    lost = entry("E9", 1, "trapos", "traps", "massses, trapos that are", state=state, at=40)
    applied = apply_errata(TEXT, [lost])
    finding = only(applied)
    assert (finding.code, finding.severity) == ("ERR001", Severity.ERROR)
    assert finding.place == Place(LEDGER, 40)
    assert finding.trail == (Place(FILE, 1, 1, 1),)
    assert finding.message == (
        "E9: the context is not in the text; "
        "source line 1 reads “Of the masses, trapos that”; "
        "nearest is “masses, trapos that are”; it has “masses,” instead of “massses,”"
    )
    assert untouched(applied, TEXT)


def test_err001_names_characters_that_look_alike() -> None:
    text = galley("He said he didn’t know it.\n")
    finding = only(apply_errata(text, [entry("E1", 1, "know", "see", "he didn't know it")]))
    assert (
        "it has “didn’t” (U+2019 RIGHT SINGLE QUOTATION MARK) instead of “didn't” "
        "(U+0027 APOSTROPHE)" in finding.message
    )


def test_err001_says_what_is_missing_or_too_much() -> None:
    finding = only(apply_errata(TEXT, [entry("E1", 1, "trapos", "x", "masses, of trapos that")]))
    assert "it lacks “of”" in finding.message
    finding = only(apply_errata(TEXT, [entry("E1", 1, "are", "x", "masses, that are supported")]))
    assert "it has “trapos” besides" in finding.message


def test_err001_where_nothing_is_near_tells_where_found_stands() -> None:
    finding = only(apply_errata(TEXT, [entry("E1", 4, "trapos", "x", "qqqq trapos zzzz")]))
    assert finding.message.endswith("; “trapos” stands on source line 1")


def test_err001_the_nearest_text_may_stand_far_from_the_line() -> None:
    text = galley(*(f"Nobody was there on day {n}.\n" for n in range(40)), "He saw teh old sea.\n")
    lost = entry("E1", 2, "teh", "the", "saw teh bold sea")
    said = only(apply_errata(text, [lost])).message
    assert "nearest is “saw teh old sea" in said
    assert "on source line 41" in said
    assert "it has “old” instead of “bold”" in said
    lost = entry("E1", 2, "quite", "the", "of quite another thing")
    assert "nearest" not in only(apply_errata(text, [lost])).message


def test_err001_no_such_line_or_source() -> None:
    finding = only(apply_errata(TEXT, [entry("E1", 99, "zz", "x", "zz")]))
    assert "there is no source line 99" in finding.message
    finding = only(apply_errata(TEXT, [entry("E1", 1, "zz", "x", "zz", file="other.txt")]))
    assert f"no source “other.txt”, only {FILE}" in finding.message


def test_err001_furniture_is_not_in_the_book() -> None:
    text = galley("The Memoir 12\n", "He went.\n", furniture=frozenset({0}))
    finding = only(apply_errata(text, [entry("E1", 1, "Memoir", "Memoirs", "The Memoir")]))
    assert finding.code == "ERR001"
    assert "it is furniture" in finding.message


def test_err002_twice_on_the_line() -> None:
    text = galley("A man, a dog, a man, a cat.\n")
    applied = apply_errata(text, [entry("E1", 1, "a", "the", ", a")])
    finding = only(applied)
    assert finding.code == "ERR002"
    assert "stands 3 times on source line 1: 1:8, 1:15, 1:22" in finding.message
    assert finding.fix == "Lengthen `context`."
    assert [place.column for place in finding.trail] == [8, 15, 22]
    assert untouched(applied, text)


def test_err002_elsewhere_but_not_on_the_line() -> None:
    finding = only(apply_errata(TEXT, [entry("E1", 2, "A man", "The man", "A man went")]))
    assert finding.code == "ERR002"
    assert "stands twice, but not on source line 2: 6:1, 7:8" in finding.message
    assert finding.fix == "Set `line` to the one that is meant."


def test_err002_more_often_than_a_context_can() -> None:
    text = galley("a " * 600 + "\n")
    finding = only(apply_errata(text, [entry("E1", 1, "a", "b", "a")]))
    assert finding.code == "ERR002"
    assert "more than 500 times" in finding.message


def test_err002_the_same_line_of_two_sources_needs_its_file() -> None:
    text = "He came.\nHe came.\n"
    source = Source(text, (("a.txt", 0), ("b.txt", 9)))
    blocks = [Block(Role.PARAGRAPH, (Span(n, n + 9),), text[n : n + 9]) for n in (0, 9)]
    two = Galley(source, tuple(blocks))
    unsaid = entry("E1", 1, "came", "went", "He came")
    finding = only(apply_errata(two, [unsaid]))
    assert finding.code == "ERR002"
    assert finding.fix == "Name the source in `file`. Lengthen `context`."
    assert "a.txt:1:4 (page 1), b.txt:1:4 (page 1)" in finding.message
    applied = apply_errata(two, [replace(unsaid, file="b.txt")])
    assert texts(applied) == ["He came.\n", "He went.\n"]
    wrong = only(apply_errata(two, [replace(unsaid, file="b.txt", line=2)]))
    assert wrong.code == "ERR002"
    beyond = only(apply_errata(two, [entry("E1", 2, "cane", "x", "He cane")]))
    assert "there is no source line 2" in beyond.message


def test_the_line_of_another_source_is_another_line() -> None:
    text = "He came in.\nThen\nhe cam in.\n"
    source = Source(text, (("a.txt", 0), ("b.txt", 12)))
    one = Block(Role.PARAGRAPH, (Span(0, 12),), text[:12])
    two = Block(Role.PARAGRAPH, (Span(12, len(text)),), text[12:])
    stale = entry("E1", 1, "cam", "came", "e cam in", file="b.txt")
    finding = only(apply_errata(Galley(source, (one, two)), [stale]))
    assert (finding.code, finding.fix) == ("ERR006", "line = 2")


def test_err003_overlapping_entries_are_none_applied() -> None:
    wide = entry("E2", 1, "masses, trapos", "mass traps", "the masses, trapos that", at=2)
    other = entry("E3", 4, "puto", "put", "They puto")
    applied = apply_errata(TEXT, [TRAPS, wide, other])
    assert [(f.code, f.place.line if f.place else 0) for f in applied.findings] == [
        ("ERR003", 1),
        ("ERR003", 2),
    ]
    one, two = applied.findings
    assert one.message == "E1: “trapos” → “traps” overlaps E2"
    assert two.message.endswith("overlaps E1")
    assert set(applied.places) == {"E3"}


def test_err003_finds_every_entry_in_a_heap() -> None:
    text = galley("one two three four five six\n")
    heap = [
        entry("A", 1, "one two three", "x", "one two three four"),
        entry("B", 1, "two three four five", "x", "two three four five six"),
        entry("C", 1, "three", "x", "three four"),
        entry("D", 1, "five", "x", "five six"),
        entry("E", 1, "six", "seven", "five six"),
    ]
    applied = apply_errata(text, heap)
    assert {f.message.partition(":")[0] for f in applied.findings} == set("ABCD")
    assert texts(applied) == ["one two three four five seven"]


def test_err003_different_wishes_for_one_reading() -> None:
    other = entry("E2", 1, "trapos", "trapdoors", "masses, trapos that", at=2)
    applied = apply_errata(TEXT, [TRAPS, other])
    assert [f.code for f in applied.findings] == ["ERR003", "ERR003"]
    assert untouched(applied, TEXT)


def test_readings_side_by_side_do_not_overlap() -> None:
    that = entry("E2", 1, " that", " which", "trapos that are")
    assert texts(apply_errata(TEXT, [TRAPS, that]))[0].startswith("Of the masses, traps which are")


def test_err004_a_duplicate_is_named_and_the_first_applied() -> None:
    again = entry("E0", 1, "trapos", "traps", "trapos that", at=9)
    for entries in ([TRAPS, again], [again, TRAPS]):
        applied = apply_errata(TEXT, entries)
        finding = only(applied)
        assert (finding.code, finding.place) == ("ERR004", Place(LEDGER, 9))
        assert finding.message == "E0: says the same as E1"
        assert set(applied.places) == {"E1"}


def test_err004_one_correction_cannot_be_accepted_and_rejected() -> None:
    no = replace(TRAPS, id="E0", state=State.REJECTED, place=Place(LEDGER, 1))
    finding = only(applied := apply_errata(TEXT, [no, TRAPS]))
    assert finding.message == "E0: says the same as E1, which is accepted"
    assert set(applied.places) == {"E1"}


@pytest.mark.parametrize("line", [1, 40])
def test_err005_the_wanted_reading_stands_there_already(line: int) -> None:
    done = entry("E1", line, "Stalinizm", "Stalinism", "by Stalinizm. He")
    finding = only(apply_errata(TEXT, [done]))
    assert finding.code == "ERR005"
    assert "“Stalinism” already stands there instead of “Stalinizm”" in finding.message
    assert finding.trail == (Place(FILE, 2, 18, 1),)


def test_err005_on_the_line_beats_the_same_fault_elsewhere() -> None:
    text = galley("They came to it.\n", "They cam to it.\n")
    finding = only(apply_errata(text, [entry("E1", 1, "cam", "came", "They cam to")]))
    assert finding.code == "ERR005"


@pytest.mark.parametrize(
    ("found", "wanted", "context"),
    [("war", "war,", "the war"), ("war", "the war", "war, he"), ("l", "ll", "wil")],
)
def test_err005_a_short_context_does_not_hide_that_it_is_done(
    found: str, wanted: str, context: str
) -> None:
    text = galley("After the war, he will go.\n")
    applied = apply_errata(text, [entry("E1", 1, found, wanted, context)])
    assert only(applied).code == "ERR005"
    assert untouched(applied, text)


def test_a_shorter_reading_inside_found_is_not_needless() -> None:
    text = galley("It went in the the house.\n")
    for context in ("the the", "in the the", "the the house"):
        applied = apply_errata(text, [entry("E1", 1, "the the", "the", context)])
        assert texts(applied) == ["It went in the house."]


def test_err006_the_line_is_stale() -> None:
    finding = only(apply_errata(TEXT, [replace(TRAPS, line=3)]))
    assert finding.code == "ERR006"
    assert finding.message == "E1: stands on source line 1, not line 3"
    assert finding.fix == "line = 1"
    assert finding.trail == (Place(FILE, 1, 16, 1),)
    moved = only(apply_errata(TEXT, [replace(TRAPS, file="old.txt")]))
    assert moved.fix == f'file = "{FILE}", line = 1'


def test_entries_with_faults_do_not_keep_the_others_back() -> None:
    bad = entry("E0", 1, "zzz", "x", "zzz")
    applied = apply_errata(TEXT, [bad, TRAPS])
    assert only(applied).code == "ERR001"
    assert set(applied.places) == {"E1"}


def test_no_context_reaches_over_the_end_of_a_block() -> None:
    applied = apply_errata(TEXT, [entry("E1", 3, "put", "puts", "He put They")])
    assert only(applied).code == "ERR001"
    applied = apply_errata(TEXT, [entry("E1", 3, "put", "puts", "He put\nThey")])
    assert only(applied).code == "ERR001"


def test_no_break_spaces_are_characters() -> None:
    text = galley("In May 1968 and May\u00a01969.\n")
    applied = apply_errata(text, [entry("E1", 1, "May 1968", "May\u00a01968", "May 1968 and")])
    assert texts(applied) == ["In May\u00a01968 and May\u00a01969."]
    again = apply_errata(text, [entry("E1", 1, "1969", "1970", "and May 1969")])
    assert only(again).code == "ERR001"
    assert "U+00A0 NO-BREAK SPACE" in only(again).message


def test_two_entries_with_one_id_are_the_callers_fault() -> None:
    with pytest.raises(ValueError, match="same id"):
        apply_errata(TEXT, [TRAPS, TRAPS])


def test_a_text_that_hops_over_a_box_is_found_by_the_line_of_its_second_piece() -> None:
    raw = "the Coman-\n", "A BOX\n", "dos Comunales, artificialy made.\n"
    source = Source("".join(raw), ((FILE, 0),))
    pieces = Span(0, 11), Span(17, len(source.text))
    hop = Block(Role.PARAGRAPH, pieces, raw[0] + raw[2])
    box = Block(Role.HEADING, (Span(11, 17),), raw[1])
    wrong = entry("E1", 3, "artificialy", "artificially", "Comunales, artificialy made")
    applied = apply_errata(Galley(source, (hop, box)), [wrong])
    assert "artificially made" in texts(applied)[0]
    assert applied.galley.unwound() == source.text
    lost = only(apply_errata(Galley(source, (hop, box)), [replace(wrong, context="artificialy !")]))
    assert "source line 3 reads “dos Comunales, artificialy made.”" in lost.message


def test_the_nearest_text_is_looked_for_in_a_long_block_round_the_line() -> None:
    rows = [f"word{n} stands on line {n + 1} of this long block of text\n" for n in range(500)]
    text = galley("".join(rows))
    finding = only(
        apply_errata(text, [entry("E1", 401, "word400", "x", "word400 stand on line 401")])
    )
    assert "nearest is “word400 stands on line 401”" in finding.message


def test_no_more_than_a_window_of_a_block_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def note(phrase: str, windows: list[str]) -> str:
        seen.extend(windows)
        return ""

    monkeypatch.setattr(locate, "nearest", note)
    apply_errata(galley("word " * 9999 + "\n"), [entry("E1", 1, "x", "y", "a x b")])
    assert [len(window) for window in seen] == [locate.WINDOW]


def test_the_search_for_the_nearest_text_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def nothing(*args: object) -> str:
        calls.append(args)
        return ""

    monkeypatch.setattr(locate, "nearest", nothing)
    many = [entry(f"E{n}", 1, "trap", "x", "the trap that") for n in range(locate.SEARCHED + 9)]
    assert len(apply_errata(TEXT, many).findings) == len(many)
    assert len(calls) == 2 * locate.SEARCHED  # at its line, then anywhere


def test_the_nearest_text_is_looked_for_in_the_right_piece() -> None:
    rows = [f"word{n} stands on line {n + 1} of this long block of text\n" for n in range(600)]
    text = "".join(rows)
    cut = text.index("word300 ")
    source = Source(text, ((FILE, 0),))
    back = Span(cut, len(text)), Span(0, cut)
    block = Block(Role.PARAGRAPH, back, text[cut:] + text[:cut])
    lost = entry("E1", 31, "word30", "x", "word30 stand on line 31 of")
    finding = only(apply_errata(Galley(source, (block,)), [lost]))
    assert "nearest is “word30 stands on line 31 of”" in finding.message


def test_the_nearest_text_is_cut_as_the_context_is() -> None:
    finding = only(apply_errata(TEXT, [entry("E1", 1, "trapos", "x", "asses, a trapos th")]))
    assert "nearest is “asses, trapos th”; it lacks “a”" in finding.message


# --- the self-proof -------------------------------------------------------------------


def proof(applied: Applied, *entries: Entry) -> None:
    prove(applied, entries)


def test_the_proof_sees_a_reading_that_is_not_at_its_place() -> None:
    applied = apply_errata(TEXT, [TRAPS])
    proof(applied, TRAPS)
    with pytest.raises(RuntimeError, match="E1: “traps” is not in block 0"):
        proof(replace(applied, galley=TEXT), TRAPS)


def test_the_proof_sees_a_block_that_does_not_lead_back() -> None:
    applied = apply_errata(TEXT, [TRAPS])
    first, *others = applied.galley.blocks
    forged = replace(first)
    forged.__dict__["text"] = first.text
    object.__setattr__(forged, "raw", "something else\n")
    with pytest.raises(RuntimeError, match="block 0 does not lead back"):
        proof(replace(applied, galley=replace(TEXT, blocks=(forged, *others))), TRAPS)


def test_the_proof_is_made_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Layer, "unapply", lambda self, text: text)
    with pytest.raises(RuntimeError, match="does not lead back"):
        apply_errata(TEXT, [TRAPS])


def _said(text: str, *entries: Entry) -> dict[str, tuple[str, str]]:
    found = apply_errata(galley(*text.split("|")), entries).findings
    return {f.message.partition(":")[0]: (f.message, f.fix) for f in found}


def test_a_context_that_reads_as_another_entry_would_have_it_is_explained() -> None:
    text = "It was raining, and teh ferry was late.\n"
    one = entry("E1", 1, "teh", "the", "and teh ferry")
    said, fix = _said(text, one, entry("E2", 1, "late", "early", "and the ferry was late"))["E2"]
    assert "its context has “the”, which E1 puts there" in said
    assert fix == 'context = "and teh ferry was late"'
    left = entry("E1", 1, "teh", "the", "and teh ferry", state=State.REJECTED)
    said, _ = _said(text, left, entry("E2", 1, "late", "early", "and the ferry was late"))["E2"]
    assert "nearest is “and teh ferry was late”" in said


def test_a_context_over_the_end_of_a_paragraph_is_told() -> None:
    text = "It would come.\n|They waited in the shed.\n"
    said, fix = _said(text, entry("E1", 1, "come", "go", "would come. They waited"))["E1"]
    assert said.endswith("it goes on over the end of a paragraph, behind “would come.”")
    assert "where the paragraph does" in fix


def test_where_nothing_comes_near_that_is_told() -> None:
    said, _ = _said("It would come.\n", entry("E1", 1, "zebra", "horse", "a striped zebra"))["E1"]
    assert said.endswith("nothing in the text comes near it")
