"""One sentence a line: where the splitter breaks, and where it must not."""

from __future__ import annotations

import pytest
from hypothesis import given

from booktools.manuscript.sentences import sentence_breaks
from strategies import words


def _split(text: str) -> list[str]:
    out: list[str] = []
    start = 0
    for at in sentence_breaks(text):
        out.append(text[start:at])
        start = at + 1
    return [*out, text[start:]]


@pytest.mark.parametrize(
    "text",
    [
        "One ends here. | Another begins.",
        "Is it? | It is! | So be it.",
        "“No!” | He left.",
        "He said “go.” | Then he went (at once). | She stayed.",
        "It was over… | Nobody moved.",
        "It was over... | Nobody moved.",
        "He came back. | ¿Por qué? | ¡No sé! | Así fue.",
        "It ended in 1973. | The next year began.",
        "In 1973. | 1974 was worse.",
        "We fought. | “Never,” he said.",
        "Workers, peasants, etc. | The list goes on.",
        "He is taller than I. | She is not.",
        "It happened in the U.S. | The army came.",
        "He said no. | It was late.",
        "Кто там? | Это я.",
        "He was born (in Chile.) | He died there.",
        "See vol. 3. | Then read on.",
    ],
)
def test_a_sentence_ends(text: str) -> None:
    parts = text.split(" | ")
    assert _split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Méndez and Dr. Allende met Sra. Rojas.",
        "L. A. Trotsky wrote to J. Posadas and N. Moreno.",
        "The U.S. Army and the P.O.I. Congress.",
        "See No. 5, p. 12, vol. IV and ch. 3.",
        "For instance, i.e. Chile, e.g. Peru, cf. Bolivia.",
        "He waited… and waited... then left.",
        "“Who is it?” asked the guard.",
        "“Stop!” cried the guard.",
        "12. The title of a numbered paragraph",
        "Workers, peasants, etc. and others.",
        "(Note, Ed. N. Moreno)",
        "St. Petersburg, Gral. Prats and Col. Souper",
        "One stop at the end.",
        "No stop at all",
        "",
    ],
)
def test_no_sentence_ends(text: str) -> None:
    assert _split(text) == [text]


@given(words())
def test_every_break_is_a_space_and_they_are_in_order(text: str) -> None:
    breaks = sentence_breaks(text)
    assert all(text[at] == " " for at in breaks)
    assert list(breaks) == sorted(set(breaks))
    assert " ".join(_split(text)) == text
