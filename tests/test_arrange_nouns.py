"""Nouns with capitals: learnt from the source, and what they change about its lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.nouns import Nouns
from booktools.arrange.paragraphs import Parting
from booktools.arrange.rows import Rows
from booktools.read.dump import read_dump

_GERMAN = """\
Der Müller sah die alte Brücke und das kleine Haus am Wasser, und er ging
mit dem Knecht über den Hof in die warme Stube, wo die Frau das Brot auf
den Tisch legte und die Kinder um den Ofen saßen. Da kam der Bote durch
den Regen, und er brachte einen Brief von dem alten Herrn, der in der
großen Stadt ein Geschäft hatte. Die Frau nahm den Brief, und sie las ihn
dem Müller vor, und die Kinder hörten die ganze Geschichte von dem Schiff,
das in den Sturm gekommen war und an der Küste einen Hafen gefunden hatte.
Das war eine lange Reise, sagte der Knecht, und er holte das Holz aus dem
Keller und legte es auf die Glut, und die Stube wurde hell, und der Bote
trocknete den Mantel an dem Feuer und aß die Suppe aus der tiefen Schüssel.
"""
_ENGLISH = """\
The miller saw the old bridge and the small house by the water, and he went
with the servant over the yard into the warm room, where Mary put the bread
on the table and the children sat around the stove. Then the messenger came
through the rain from London, and he brought a letter from the old man who
had a business in the large town. Mary took the letter, and she read it to
the miller, and the children heard the whole story of the ship that had run
into a storm and had found a harbour on the coast near Whitby in the north.
"""


def _nouns(text: str = _GERMAN) -> Nouns:
    found = Nouns.of(text.splitlines())
    assert found is not None
    return found


def _rows(text: str) -> Rows:
    return Rows.of(list(read_dump([("a.txt", text)]).lines()), ())


def test_a_language_without_capitals_of_nouns_has_none() -> None:
    assert Nouns.of(_ENGLISH.splitlines()) is None
    assert Nouns.of([]) is None


def test_a_noun_goes_on_behind_an_article() -> None:
    assert _nouns().goes_on("und da erblickte der Wirt die", "Lampe auf dem Schrank")
    assert _nouns().goes_on("und da erblickte der Wirt den", "Wagen vor der Scheune")


def test_a_sentence_does_not_go_on_with_a_word_that_else_is_small() -> None:
    assert not _nouns().goes_on("und da erblickte der Wirt die", "Und dann")


def test_behind_a_verb_a_noun_may_begin_a_caption() -> None:
    assert not _nouns().goes_on("und dann ging er", "Lampe auf dem Schrank")


def test_what_is_counted_is_a_caption_or_a_title() -> None:
    for below in ("Abb. 3. Die Lampe", "Bild 4: Die Lampe", "Tafel II", "Foto: Weber", "LAMPE"):
        assert not _nouns().goes_on("und da erblickte der Wirt die", below)


def test_a_small_letter_tells_its_own_tale() -> None:
    assert not _nouns().goes_on("und da erblickte der Wirt die", "lange Straße")


def test_a_row_with_an_awaited_noun_runs_on() -> None:
    rows = _rows(f"{_GERMAN}Am Abend sah der Müller noch einmal die\nBrücke im Licht.\n")
    last = len(rows) - 1
    assert rows[last].text.startswith("Brücke")
    assert rows[last].lower
    assert rows.runs_on(last - 1)


def test_a_gap_parts_a_noun_from_its_article() -> None:
    rows = _rows(f"{_GERMAN}Am Abend sah der Müller noch einmal die\n\nBrücke im Licht.\n")
    assert not rows[len(rows) - 1].lower


def test_in_english_a_capital_is_what_it_was() -> None:
    rows = _rows(f"{_ENGLISH}In the evening the miller saw once more the\nBridge of Sighs.\n")
    assert rows.nouns is None
    assert not rows[len(rows) - 1].lower


def test_words_that_are_also_small_open_a_sentence() -> None:
    rows = _rows(_GERMAN)
    starts = {ends.first: ends.starts for ends in rows.ends}
    assert starts["Der"] == "opener"
    assert _nouns().opens("Die")
    assert not _nouns().opens("Brücke")


@given(st.text(), st.text())
def test_any_two_lines_have_an_answer(above: str, below: str) -> None:
    assert _nouns().goes_on(above, below) in (True, False)


@given(st.lists(st.text(alphabet="aA bB.ß", max_size=20), max_size=30))
def test_any_lines_are_learnt_from(written: list[str]) -> None:
    found = Nouns.of(written)
    assert found is None or -1.5 <= found.behind("a", capital=True) <= 2.0


def test_a_sentence_goes_on_overleaf_with_the_noun_it_waits_for() -> None:
    text = (
        f"{_GERMAN}\nAm Abend sah der Müller die\n\fBrücke am Wasser, und er ging\nin die Stube.\n"
    )
    blocks = arrange(read_dump([("a.txt", text)], "form-feed"), Layout()).galley.blocks
    assert any("Müller die\n\fBrücke am" in block.raw for block in blocks)


def test_a_short_line_before_a_capital_ends_its_paragraph_elsewhere() -> None:
    text = f"{_ENGLISH}\nIn the evening he saw the\n\fBridge by the water, and he went\nhome.\n"
    blocks = arrange(read_dump([("a.txt", text)], "form-feed"), Layout()).galley.blocks
    assert not any("saw the\n\fBridge" in block.raw for block in blocks)


def test_a_paragraph_hardly_ends_before_the_noun_for_which_its_line_waits() -> None:
    def odds(last: str) -> float:
        text = f"{_GERMAN * 4}Da nahm der Müller {last}\nLampe von dem alten Brett.\n"
        lines = read_dump([("a.txt", text)]).lines()
        run = range(len(lines))
        return Parting(lines, [run]).odds(run[-2], run[-1])

    assert odds("die") < odds("bei") - 5
