"""`lexicon.txt`: words, phrases and their languages."""

from __future__ import annotations

import pytest

from booktools.errors import ConfigError
from booktools.model.wordlist import parse_wordlist


def test_words_phrases_and_comments() -> None:
    made = parse_wordlist(
        "# good words\ntakeover  # at a line end\n\nCordón  Industrial [es]\n", "l"
    )
    assert made.words == {"takeover", "Cordón", "Industrial"}
    assert made.phrases == {"Cordón Industrial": "es"}


@pytest.mark.parametrize("line", ["Cordón [", "Cordón [Spanish!]", "[es]", "a [es] b", "a [es"])
def test_what_is_no_entry_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(ConfigError, match="is no entry") as error:
        parse_wordlist(f"good\n{line}\n", "manuscript/lexicon.txt")
    assert str(error.value.place) == "manuscript/lexicon.txt:2"


def test_one_phrase_in_two_languages_is_refused() -> None:
    with pytest.raises(ConfigError, match="two languages"):
        parse_wordlist("chat [fr]\nchat [en]\n", "l")
    assert parse_wordlist("chat [fr]\nchat [fr]\n", "l").phrases == {"chat": "fr"}
