"""Labels of chapters, parts and scenes in the languages of Europe."""

from __future__ import annotations

import pytest

from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.titles import is_numeral
from booktools.arrange.words import is_label, is_labelled_title
from booktools.model.galley import Role
from booktools.read.dump import read_dump


@pytest.mark.parametrize(
    "text",
    """Chapter 1|CHAPTER XIV.|Chapter Twenty-One|Book the First|The Last Chapter|Act I|Scene 2
    Kapitel 3|Erstes Kapitel.|Zweites Capitel|Dritter Theil|Erstes Buch|Eilfter Auftritt|Akt II.
    Einundzwanzigstes Kapitel|Dreißigster Brief|3. Auftritt|12. Kapitel|Letztes Kapitel|Szene 2.
    Chapitre premier|Première partie|LIVRE DEUXIÈME|3e partie|Acte II|Scène première
    Capítulo primero|Parte segunda.|Primera parte|Acto III|Capitolo terzo|Parte prima|Atto II
    """.replace("\n", "|").split("|")[:-1],
)
def test_a_part_and_its_number_are_a_label(text: str) -> None:
    assert is_label(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "Der erste Akt",
        "Buch",
        "Erstes",
        "Teil des Ganzen",
        "Part of the plan",
        "Erstes Kapitel des Buches",
        "Primera vez",
        "Partie de campagne",
    ],
)
def test_a_part_without_a_number_or_amid_words_is_none(text: str) -> None:
    assert not is_label(text)


def test_a_label_with_a_title_behind_it() -> None:
    assert is_labelled_title("Erstes Kapitel. Die Ankunft")
    assert is_labelled_title("Chapitre premier. — Le départ")
    assert not is_labelled_title("Zweites Buch des Lebens")


def test_a_roman_numeral_between_dashes_is_a_number() -> None:
    assert is_numeral("—IV—")
    assert is_numeral("– I –")
    assert not is_numeral("—IV")


def test_labels_with_a_stop_are_headings() -> None:
    text = (
        "Erstes Buch.\nErstes Kapitel.\n„Da kommt der Wagen über die Brücke!“ rief der Wirt und\n"
        "lief vor das Haus, um den Gast zu sehen, der in dem alten\nMantel auf dem Bock saß.\n"
        "Zweites Kapitel.\nAm Morgen war der Hof leer, und der Wirt suchte den Gast\n"
        "im Garten und in der Scheune.\n"
    )
    blocks = arrange(read_dump([("a.txt", text)]), Layout()).galley.blocks
    roles = {block.text.strip(): block.role for block in blocks}
    display = {Role.LABEL, Role.TITLE, Role.HEADING}
    assert {roles[t] for t in ("Erstes Buch.", "Erstes Kapitel.", "Zweites Kapitel.")} <= display


def test_a_numeral_between_dashes_is_a_heading() -> None:
    text = (
        "—I—\nEl molinero vio el puente viejo y la casa pequeña junto al río,\ny se fue con el mozo"
        " por el patio hasta la sala.\n—II—\nPor la mañana el patio estaba vacío, y el molinero"
        " buscaba\nal huésped en la huerta y en el pajar.\n"
    )
    blocks = arrange(read_dump([("a.txt", text)]), Layout()).galley.blocks
    roles = {block.text.strip(): block.role for block in blocks}
    assert roles["—II—"] in {Role.LABEL, Role.TITLE, Role.HEADING}


def test_a_label_that_heads_repeat_on_every_page_stands_before_them() -> None:
    text = "The ferry left the harbour at noon, and nobody\ntook notice of that at all.\n\n"
    page = "{text}Act II\n\n{number}\n\n{text}\f"
    dump = f"{text}Act II\n\n{text}{text}\f" + "".join(
        page.format(text=text, number=number) for number in range(12, 18)
    )
    blocks = arrange(read_dump([("a.txt", dump)], "form-feed"), Layout()).galley.blocks
    labels = [block for block in blocks if block.raw.strip() == "Act II"]
    assert labels[0].role is not Role.FURNITURE
    assert all(block.role is Role.FURNITURE for block in labels[1:])
