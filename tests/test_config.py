"""book.toml: what is read, and each refusal with its line, key path and remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools import catalogue
from booktools.config import BookConfig, parse_book_toml, refuse_unknown_rules
from booktools.errors import ConfigError
from booktools.model.artifact import Edition
from booktools.model.book import Person, Printing

UUID = "urn:uuid:fd84f62a-e973-5ea2-9edf-f8e7ce30c89b"
SHA = "a" * 64
BASE = f'title = "T"\nlanguage = "en"\nidentifiers = ["{UUID}"]\n'  # three lines


def parse(text: str) -> BookConfig:
    return parse_book_toml(text, "manuscript/book.toml")


def test_a_small_book() -> None:
    config = parse(BASE)
    assert config.meta.title == "T"
    assert config.slug == "t"
    assert config.editions == tuple(Edition)
    assert config.artifact_name(Edition.EPUB) == "t.epub"
    assert config.sources == config.rules_off == config.languages == ()


def test_everything() -> None:
    config = parse(
        f"""
title = "The\\n  Book"
subtitle = "Sub"
slug = "my-book"
language = "EN-gb"
languages = ["es-cl", "zh-hant"]
publisher = "Press"
rights = "All"
date = 2021-05-31
identifiers = ["978-0-306-40615-7", "UUID:FD84F62A-E973-5EA2-9EDF-F8E7CE30C89B", "doi:10.1/x"]
description = "D"
subjects = ["S1", "S2"]
series = "Series"
series_number = 3
printing = 2
imprint = ["First.", "Second."]
editions = ["txt", "epub"]
[[creators]]
name = "A"
sort = "B"
[[contributors]]
name = "C"
role = "trl"
[[contributors]]
name = "D"
[[sources]]
file = "manuscript/./source//a.txt"
sha256 = "{SHA}"
encoding = "latin-1"
pages = "form-feed"
[rules_off]
HYP001 = "kept as printed"
"""
    )
    meta = config.meta
    assert meta.title == "The Book"
    assert meta.language == "en-GB"
    assert config.languages == ("es-CL", "zh-Hant")
    assert meta.date == "2021-05-31"
    assert meta.identifiers == ("urn:isbn:9780306406157", UUID, "doi:10.1/x")
    assert (meta.series, meta.series_number, meta.printing) == ("Series", "3", "2")
    assert meta.imprint == ("First.", "Second.")
    assert meta.creators == (Person("A", "aut", "B"),)
    assert meta.contributors == (Person("C", "trl"), Person("D", "ctb"))
    assert config.editions == (Edition.EPUB, Edition.TXT)
    (source,) = config.sources
    assert (source.file, source.sha256) == ("manuscript/source/a.txt", SHA)
    assert (source.encoding, source.pages) == ("latin-1", "form-feed")
    assert source.place.line == 26
    assert config.codes_off == {"HYP001"}
    assert (config.rules_off[0].reason, config.rules_off[0].place.line) == ("kept as printed", 32)


REFUSED = [
    # text, line, part of the message, part of the remedy
    ('titel = "x"\n' + BASE, 1, "titel: unknown key", "Did you mean “title”?"),
    (BASE + "[[creators]]\nnmae = 'x'\n", 5, "creators[1].nmae: unknown key", "“name”"),
    (BASE + "[[sources]]\npath = 'x'\n", 5, "sources[1].path: unknown key", "file"),
    (BASE + "[[sources]]\ntranscribers_note = 'x'\n", 5, "unknown key", "Move it to the top"),
    ('language = "en"\n', 1, "title: missing", "Add it"),
    (BASE.replace('"T"', '" \\n"'), 1, "title: this is empty", "Write it"),
    (BASE.replace('"T"', '"a\\u0000b"'), 1, "title: this holds the character U+0000", "Take"),
    (BASE.replace('"T"', "3"), 1, "title: this is a whole number", "quotation marks"),
    (BASE.replace('"en"', '"english"'), 2, "not a language tag", "Write “en”."),
    (BASE.replace('"en"', '"xq"'), 2, "not a language tag", "es-CL"),
    (BASE.replace('"en"', '"en_GB"'), 2, "not a language tag", "es-CL"),
    (BASE + "languages = [\n'es',\n'Spanish']\n", 6, "languages[2]", "Write “es”."),
    ('title = "T"\nlanguage = "en"\n', 1, "identifiers: missing", "urn:uuid:"),
    (BASE.replace(UUID, "urn:isbn:9780306406158"), 3, "ends in 8, the other digits ask for 7", ""),
    (BASE.replace(UUID, "978-0-306-40615-8"), 3, "check digit", "isbn"),
    (BASE.replace(UUID, "ISBN 0-306-40615-2"), 3, "13 digits", "isbn"),
    (BASE.replace(UUID, "urn:uuid:12"), 3, "is not a UUID", "urn:uuid:"),
    (BASE.replace(UUID, "my book"), 3, "what kind of identifier", "doi:"),
    (BASE + 'date = "31.5.2021"', 4, "date: “31.5.2021” is not a date", "2021-05-31"),
    (BASE + 'date = "2021-02-30"', 4, "not in the calendar", "2021-05-31"),
    (BASE + "date = 20210531", 4, "is not a date", "2021"),
    (BASE + "date = true", 4, "date: this is true or false", "quotation"),
    (BASE + "printing = 0", 4, "printing: 0 is no printing", "first printing is 1"),
    (BASE + 'printing = "1"', 4, "printing: this is text", "whole number"),
    (BASE + "series_number = 1", 4, "there is no series", "Add series"),
    (BASE + 'slug = "a/b"', 4, "“a/b” is not made of", "Write “a-b”."),
    (BASE + 'slug = ""', 4, "slug", "my-book"),
    (BASE + 'slug = ".."', 4, "slug", "my-book"),
    (BASE.replace('"T"', '"Книга"'), 1, "slug: missing", "letters a-z"),
    (BASE + "[[creators]]\nrole = 'aut'\n", 4, "creators[1].name: missing", "Add it"),
    (BASE + "[[creators]]\nname = 'x'\nrole = 'Translator'", 6, "MARC relator", "“trl”"),
    (BASE + "[[creators]]\nname = 'x'\nrole = 'zzz'", 6, "MARC relator", "aut, edt"),
    (BASE + "creators = ['x']", 4, "creators[1]: this is text", "a table"),
    (BASE + f"[[sources]]\nsha256 = '{SHA}'\nfile = '/etc/passwd'", 6, "not relative", "source/"),
    (BASE + f"[[sources]]\nsha256 = '{SHA}'\nfile = 'C:/x'", 6, "not relative", ""),
    (BASE + f"[[sources]]\nsha256 = '{SHA}'\nfile = 'a\\b'", 6, "not relative", ""),
    (BASE + f"[[sources]]\nsha256 = '{SHA}'\nfile = 'a/../../b'", 6, "leads out", ""),
    (BASE + f'[[sources]]\nsha256 = "{SHA}"\nfile = "a\\u0000"', 6, "not the name", ""),
    (BASE + "[[sources]]\nfile = 'a'", 4, "sources[1].sha256: missing", ""),
    (BASE + "[[sources]]\nfile = 'a'\nsha256 = 'ABC'", 6, "not a SHA-256", "sha256sum a"),
    (
        BASE + f"[[sources]]\nfile = 'a'\nsha256 = '{SHA}'\nencoding = 'utf8'",
        7,
        "“utf8” is not one of",
        "“utf-8”",
    ),
    (BASE + f"[[sources]]\nfile = 'a'\nsha256 = '{SHA}'\npages = 'x'", 7, "not one of", "Use"),
    (BASE + f"[[sources]]\nfile = 'a'\nsha256 = '{SHA}'\n" * 2, 8, "listed twice", "Take one"),
    (BASE + 'editions = ["mobi"]', 4, "editions[1]: “mobi” is not one of", "epub"),
    (BASE + "editions = []", 4, "nothing to build", "epub"),
    (BASE + "[rules_off]\nHYP001 = ' '", 5, "rules_off.HYP001: there is no reason", "why"),
    (BASE + "[rules_off]\nhyphens = 'x'", 5, "not a rule's code", "HYP001"),
    (BASE + 'x = "', 4, "not valid TOML", "quotation mark"),
    (BASE + 'title = "again"', 4, "not valid TOML", ""),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), REFUSED)
def test_refused(text: str, line: int, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    error = caught.value
    assert message in error.message
    assert error.place is not None
    assert (error.place.file, error.place.line) == ("manuscript/book.toml", line)
    assert error.hint
    assert hint in error.hint
    assert error.exit_code == 4


def test_a_rule_that_does_not_exist_cannot_be_off() -> None:
    config = parse(BASE + "[rules_off]\nHYP001 = 'a'\nHYP009 = 'b'\n")
    refuse_unknown_rules(config, {"HYP001", "HYP009"})
    with pytest.raises(ConfigError, match=r"book\.toml:6: rules_off\.HYP009: there is no rule"):
        refuse_unknown_rules(config, {"HYP001", "QUO001"})


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 12), st.integers(1, 9))
def test_isbn_check_digit_finds_every_wrong_digit(nine: str, at: int, more: int) -> None:
    good = "978" + nine
    good += catalogue.isbn13_check_digit(good)
    assert catalogue.isbn13(f"{good[:3]}-{good[3:7]}\u2011{good[7:]}") == good
    if at > 2:
        bad = good[:at] + str((int(good[at]) + more) % 10) + good[at + 1 :]
        with pytest.raises(ValueError, match="check digit"):
            catalogue.isbn13(bad)


@pytest.mark.parametrize(
    "tag", ["en", "es-CL", "zh-Hant-TW", "es-419", "de-CH-1901", "sl-rozaj", "en-x-house", "gsw"]
)
def test_language_tags_stay(tag: str) -> None:
    assert catalogue.language_tag(tag) == tag
    assert catalogue.language_tag(tag.upper()) == tag


@given(st.text(max_size=30))
def test_slugs_are_safe_file_names(text: str) -> None:
    made = catalogue.slug(text)
    assert made.strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""
    assert catalogue.slug(made) == made
    assert not made.startswith("-")
    assert "--" not in made


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Más allá!", "mas-alla"),
        ("Die Straße – Œuvre", "die-strasse-oeuvre"),
        ("L’Été", "lete"),
        ("Война", ""),
    ],
)
def test_slugs_are_the_words_of_the_title(title: str, slug: str) -> None:
    assert catalogue.slug(title) == slug


@given(st.text(max_size=40))
def test_any_text_gives_a_config_error_or_a_config(text: str) -> None:
    refused: ConfigError | None = None
    try:
        parse(BASE + text)
    except ConfigError as error:
        refused = error
    assert refused is None or refused.place is not None


@pytest.mark.parametrize("number", [1, 2, 9])
def test_so_many_people_must_agree(number: int) -> None:
    assert parse(f"{BASE}required_reviews = {number}\n").required_reviews == number
    assert parse(BASE).required_reviews == 1


@pytest.mark.parametrize("number", ["0", "10", "-1"])
def test_nobody_and_crowds_cannot_decide(number: str) -> None:
    with pytest.raises(ConfigError, match="cannot decide"):
        parse(f"{BASE}required_reviews = {number}\n")


def test_printings_are_in_order_and_the_last_is_this_one() -> None:
    config = parse(
        BASE
        + '[[printing]]\nnumber = 2\ndate = 2024-05-01\nnote = "With corrections."\n'
        + '[[printing]]\nnumber = 1\ndate = "2021"\n'
    )
    assert config.printings == (
        Printing(1, "2021"),
        Printing(2, "2024-05-01", "With corrections."),
    )
    assert config.meta.printing == "2"
    assert parse(BASE + "printing = 3\n").printings == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("number = 0\n", "no printing"),
        ("number = 1\n[[printing]]\nnumber = 1\n", "listed twice"),
        ("number = 1\nyear = 2\n", "unknown key"),
        ('number = 1\ndate = "soon"\n', "soon"),
        ('date = "2021"\n', "missing"),
    ],
)
def test_printings_that_are_none(rows: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse(f"{BASE}[[printing]]\n{rows}")
