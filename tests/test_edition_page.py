"""The markup of the page: dashes, ranges, last words, addresses, marks, alternative texts."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from booktools.edition.lexicon import Lexicon
from booktools.edition.xhtml import Markup, chapter_markup
from booktools.model.artifact import Edition
from booktools.model.book import (
    BookBlock,
    Chapter,
    Emph,
    Figure,
    Heading,
    Inline,
    Lang,
    Note,
    Paragraph,
    ParagraphRole,
    Text,
)


def markup(*blocks: BookBlock, **more: object) -> str:
    options = Markup(edition=Edition.PDF, anchors={"c": ""}, **more)  # type: ignore[arg-type]
    return chapter_markup(Chapter("c.md", "c", (), blocks), options)


def paragraph(*parts: Inline | str, role: ParagraphRole = ParagraphRole.BODY) -> Paragraph:
    return Paragraph(tuple(Text(p, 1) if isinstance(p, str) else p for p in parts), role)


def classed(source: str, name: str) -> list[str]:
    found = etree.fromstring(source).findall(f".//span[@class='{name}']")
    return ["".join(map(str, span.itertext())) for span in found]


@pytest.mark.parametrize("dash", ["–", "—"])
def test_a_spaced_dash_begins_no_line(dash: str) -> None:
    block = paragraph(
        f"In a strike {dash} the first ", f"{dash} we met", Emph((Text(f" {dash} no."),))
    )
    shown = markup(block)
    assert f"strike\u00a0{dash} the first\u00a0{dash} we" in shown
    assert f"<em>\u00a0{dash} no.</em>" in shown


def test_french_blanks_break_no_line() -> None:
    text = "« Non ! » dit-elle ; pourquoi ? Il dit : « Oui. »"
    french = (
        "«\u00a0Non\u202f!\u00a0» dit-elle\u202f; pourquoi\u202f? Il dit\u00a0: «\u00a0Oui.\u00a0»"
    )
    assert french in markup(paragraph(text, Emph((Text("x"),))), language="fr-CA")
    assert text in markup(paragraph(text, Emph((Text("x"),))), language="de")
    shown = markup(paragraph("He said ", Lang("fr", (Text("Non !"),)), " twice ! and left"))
    assert "Non\u202f!" in shown
    assert "twice !" in shown


def test_a_dash_that_opens_a_word_is_left_alone() -> None:
    assert "said –and so" in markup(paragraph("They said –and so it was– at once."))
    assert '<p class="first">– At once' in markup(paragraph("– At once, all of them"))


@pytest.mark.parametrize("years", ["1970-1973", "’68-’74", "1970–73", "12-15-18"])
def test_ranges_are_not_parted(years: str) -> None:
    assert classed(
        markup(paragraph(f"The years {years} were hard for the union.")), "compound"
    ) == [years]


def test_words_with_hyphens_may_be_parted_in_running_text_but_not_in_titles() -> None:
    text = (Text("The counter-revolution of the time"),)
    assert classed(markup(Paragraph(text)), "compound") == []
    assert classed(markup(Heading(2, text, "h")), "compound") == ["counter-revolution"]
    deck = Paragraph(text, ParagraphRole.DECK)
    assert classed(markup(deck), "compound") == ["counter-revolution"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("They met in the assembly.", "assembly."),
        ("They met in the assembly ", "assembly"),
        ("They went to Cuba.", "to\u00a0Cuba."),
        ("Strikes, marches, etc.", "marches,\u00a0etc."),
    ],
)
def test_the_last_word_of_a_paragraph(text: str, end: str) -> None:
    assert classed(markup(paragraph(text)), "end") == [end]


@pytest.mark.parametrize(
    "block", [paragraph("Venceremos."), paragraph(), paragraph("To ", Emph(()))]
)
def test_a_paragraph_without_a_last_word_of_its_own(block: Paragraph) -> None:
    assert classed(markup(block), "end") == []


def test_a_last_phrase_in_another_language_is_marked_whole() -> None:
    lexicon = Lexicon({"Unidad Popular": "es", "Popular": "fr"})
    shown = markup(paragraph("He voted for the Unidad Popular"), lexicon=lexicon)
    assert '<span lang="es" xml:lang="es">Unidad\u00a0Popular</span>' in shown
    assert "fr" not in shown


@pytest.mark.parametrize(
    ("long", "parts"),
    [
        ("https://example.org/a/very/long-address?with=queries&more", 8),
        ("x" * 190, 3),
        ("a-word-with-a-few-hyphens", 1),
        ("Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung", 1),
    ],
)
def test_what_is_longer_than_a_line_may_break(long: str, parts: int) -> None:
    (shown,) = re.findall(r"See (.*?) today", markup(paragraph(f"See {long} today and tomorrow")))
    assert shown.replace("\u200b", "").replace("&amp;", "&") == long
    assert len(shown.split("\u200b")) >= parts
    assert parts > 1 or "\u200b" not in shown


@pytest.mark.parametrize(
    ("figure", "alt"),
    [
        (Figure("images/a.jpg", "A man", (Text("Caption"),), ""), "A man"),
        (
            Figure("images/a.jpg", "", (Text("The  march"), Text(" of June")), ""),
            "The march of June",
        ),
        (Figure("images/the-march.jpg", "", (), ""), "the-march"),
    ],
)
def test_a_picture_always_has_a_text_instead(figure: Figure, alt: str) -> None:
    images = {figure.image: figure.image}
    for block in (figure, Paragraph((Text("x"), Note((figure,)), Text(" y")))):
        assert f'alt="{alt}"' in markup(block, images=images)
