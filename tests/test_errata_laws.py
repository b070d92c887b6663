"""Laws of the errata, over galleys and ledgers of every sort."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from booktools.errata.apply import apply_errata
from booktools.errata.concordance import Concordance, Folded, fold
from booktools.errata.entry import Entry, State
from booktools.errata.regression import regressions
from booktools.model.finding import Severity
from booktools.model.galley import Galley, Role
from errata_galleys import FILE, entry, galley

SEPARATORS = (" ", " ", " ", "  ", "\n", " \n", "\n ", "-\n", ", ", "’s ", "\u00a0")


@st.composite
def galleys(draw: st.DrawFn, *, distinct: bool = False) -> Galley:
    """A few wrapped and hyphenated blocks; with `distinct` no word stands twice."""
    number = 0
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        parts = []
        for _ in range(draw(st.integers(1, 12))):
            number += 1
            stem = draw(st.sampled_from(("a", "the", "Märx", "trapos", "in")))
            parts += [f"{stem}{number}" if distinct else stem, draw(st.sampled_from(SEPARATORS))]
        blocks.append("".join(parts).rstrip() + ".\n")
    furniture = draw(st.sampled_from((frozenset[int](), frozenset({0}))))
    return galley(*blocks, furniture=frozenset() if distinct else furniture)


@st.composite
def ledgers(draw: st.DrawFn, of: Galley, *, sound: bool = False) -> tuple[Entry, ...]:
    """Entries cut from the galley's text: some overlap, repeat, miss or are stale.

    `sound`: accepted, each its own stretch of the text, with readings that stand nowhere.
    """
    out: list[Entry] = []
    taken: set[tuple[int, int]] = set()
    for number in range(draw(st.integers(0, 8))):
        if out and not sound and draw(st.integers(0, 3)) == 0:  # somebody enters it again
            twin = draw(st.sampled_from(out))
            state = draw(st.sampled_from(State))
            readings = (twin.found, twin.wanted, twin.context)
            at = draw(st.integers(1, 9))
            out.append(entry(f"E{number}", twin.line, *readings, state=state, at=at))
            continue
        block = draw(st.integers(0, len(of.blocks) - 1))
        text = of.blocks[block].text
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 8)))
        found = fold(text[start:end])
        before = fold(text[max(0, start - (20 if sound else draw(st.integers(0, 9)))) : start])
        after = fold(text[end : end + (20 if sound else draw(st.integers(0, 9)))])
        context = fold(before + found + after)
        own = {(block, at) for at in range(start, end)}
        whole = context.count(found) == 1 and context == before + found + after
        if not whole or context.find(found, context.index(found) + 1) >= 0:
            continue
        if sound and (taken & own or found.isspace()):
            continue
        taken |= own
        seen = start
        while seen < end - 1 and text[seen].isspace() and text[seen] != "\u00a0":
            seen += 1
        line = of.place_at(of.blocks[block], seen).line
        wanted = "Ω" * draw(st.integers(1, 3)) + str(number)
        if not sound:
            line = draw(st.sampled_from((line, line, line, line + 1)))
            wanted = draw(st.sampled_from([w for w in (wanted, "the", "") if w != found]))
        state = State.ACCEPTED if sound else draw(st.sampled_from(State))
        out.append(entry(f"E{number}", line, found, wanted, context, state=state, at=number + 1))
    return tuple(out)


pairs = galleys().flatmap(lambda g: st.tuples(st.just(g), ledgers(g)))
sound_pairs = galleys(distinct=True).flatmap(
    lambda g: st.tuples(st.just(g), ledgers(g, sound=True))
)


@given(pairs)
def test_an_accepted_entry_is_applied_once_or_refused_once(
    pair: tuple[Galley, tuple[Entry, ...]],
) -> None:
    before, entries = pair
    applied = apply_errata(before, entries)
    edits = Counter(e.rule for b in applied.galley.blocks for e in b.edits() if e.rule != "LINE")
    refused = Counter(
        f.message.partition(":")[0] for f in applied.findings if f.severity is Severity.ERROR
    )
    assert set(edits) == set(applied.places)
    for one in entries:
        told = edits[one.id] + refused[one.id]
        assert told == 1 if one.state is State.ACCEPTED else edits[one.id] == 0
    for id, (number, span) in applied.places.items():
        wanted = next(one.wanted for one in entries if one.id == id)
        assert applied.galley.blocks[number].text[span.start : span.end] == wanted


@given(pairs)
def test_every_open_entry_is_a_query_or_a_fault(
    pair: tuple[Galley, tuple[Entry, ...]],
) -> None:
    applied = apply_errata(*pair)
    told = Counter(f.message.partition(":")[0] for f in applied.findings)
    for one in pair[1]:
        if one.state is State.OPEN:
            assert told[one.id] == 1


@given(pairs)
def test_the_source_can_always_be_had_back(pair: tuple[Galley, tuple[Entry, ...]]) -> None:
    before, entries = pair
    after = apply_errata(before, entries).galley
    assert after.unwound() == before.source.text
    for old, new in zip(before.blocks, after.blocks, strict=True):
        added = new.layers[len(old.layers) :]
        assert len(added) <= 1
        assert (added[0].unapply(new.text) if added else new.text) == old.text
        assert replace(new, layers=old.layers) == old
        if new.role is Role.FURNITURE:
            assert new == old


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(
    pair: tuple[Galley, tuple[Entry, ...]], chance: random.Random
) -> None:
    before, entries = pair
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert apply_errata(before, shuffled) == apply_errata(before, entries)


@given(sound_pairs)
def test_sound_entries_are_all_applied_and_not_a_second_time(
    pair: tuple[Galley, tuple[Entry, ...]],
) -> None:
    before, entries = pair
    applied = apply_errata(before, entries)
    assert applied.findings == ()
    assert set(applied.places) == {one.id for one in entries}
    again = apply_errata(applied.galley, entries)
    assert again.galley == applied.galley
    assert len(again.findings) == len(entries)


@given(sound_pairs)
def test_each_correction_that_is_undone_is_missed(
    pair: tuple[Galley, tuple[Entry, ...]],
) -> None:
    before, entries = pair
    applied = apply_errata(before, entries)
    for absent in (None, *entries):
        kept = [one for one in entries if one is not absent]
        texts = [
            (FILE, number, block.text)
            for number, block in enumerate(apply_errata(before, kept).galley.blocks, 1)
        ]
        missed = {f.message.partition(":")[0] for f in regressions(entries, applied, texts)}
        if absent is None:
            assert missed == set()
        else:
            assert absent.id in missed


# --- the tools ------------------------------------------------------------------------


@given(st.text(" \t\nab\u00a0", max_size=30), st.data())
def test_folded_offsets_lead_back(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    assert folded.text == fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.span(start, end)
    assert fold(text[span.start : span.end]) == folded.text[start:end]
    assert folded.span(0, len(folded.text)).end == len(text)


@given(st.lists(st.sampled_from(("a", "ab", " ", ", ", "’", "the", "é"))).map("".join), st.data())
def test_a_concordance_finds_what_a_plain_search_finds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    phrase = data.draw(
        st.sampled_from((text[start : start + data.draw(st.integers(0, 12))], "a the", ", a, "))
    )
    places = [at for at in range(len(text)) if phrase and text.startswith(phrase, at)]
    limit = data.draw(st.integers(1, 5))
    assert Concordance(text).places(phrase, limit) == places[:limit]


def test_a_concordance_scans_for_phrases_of_common_words() -> None:
    text = "the cat and " * 1500
    found = Concordance(text)
    assert found.places(" cat and the ", 2000) == [3 + 12 * n for n in range(1499)]
    assert found.places(" cat and the ", 3) == [3, 15, 27]
