"""TOML with lines: every key is found where it stands, every fault says where and what."""

from __future__ import annotations

import datetime
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools.errors import ConfigError
from booktools.model import toml
from booktools.model.place import Place

TEXT = '''\
# a comment = "no key"
title = "A [book]" # = "x"
names = [
  "one", # first
  "two, three",
]
a.b = { c = 1, "d e" = [1, 2] }

[meta]
text = """
fake = 1
[fake]
"""
raw = \'\'\'
fake2 = """
\'\'\'

[[entry]]
id = "E1"
[entry.anchor]
line = 3

[[entry]]
id = "E2"
[[entry.note]]
n = 1
[[entry.note]]
"n" = 2
'''


def document(text: str = TEXT) -> toml.Document:
    return toml.read(text, "manuscript/x.toml")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("names",), 3),
        (("names", 0), 4),
        (("names", 1), 5),
        (("a", "b", "c"), 7),
        (("a", "b", "d e", 1), 7),
        (("meta",), 9),
        (("meta", "text"), 10),
        (("meta", "raw"), 14),
        (("entry", 0), 18),
        (("entry", 0, "id"), 19),
        (("entry", 0, "anchor", "line"), 21),
        (("entry", 1, "id"), 24),
        (("entry", 1, "note", 0, "n"), 26),
        (("entry", 1, "note", 1, "n"), 28),
        (("entry", 1, "missing"), 23),
        (("missing",), 1),
    ],
)
def test_line_of(path: toml.Path, line: int) -> None:
    assert document().line_of(path) == line


def test_text_inside_strings_is_no_key() -> None:
    assert not any("fake" in path or "fake2" in path for path in document().lines)


def test_dotted_header_before_its_parent() -> None:
    found = document("[a.b]\nx = 1\n[a]\ny = 2\n")
    assert found.line_of(("a", "b")) == 1
    assert found.line_of(("a",)) == 3


def _paths(value: Any, path: toml.Path = ()) -> set[toml.Path]:
    out = {path} if path else set()
    if isinstance(value, dict):
        for key, inner in value.items():
            out |= _paths(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            out |= _paths(inner, (*path, index))
    return out


def _spell(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{_spell(k)} = {_spell(v)}" for k, v in value.items()) + "}"
        case list():
            return "[\n" + "".join(f'  {_spell(item)}, # ] }} "\n' for item in value) + "]"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case _:
            return str(value)


WORDS = st.text("ab .'\"\\#=[]{},é", max_size=6)
VALUES = st.recursive(
    st.integers(-99, 99) | st.booleans() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(WORDS, inner.filter(lambda v: "\n" not in _spell(v)), max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(WORDS, VALUES, max_size=5))
def test_every_key_of_any_document_has_its_line(values: dict[str, Any]) -> None:
    text = ""
    expected: dict[str, int] = {}
    for key, value in values.items():
        expected[key] = text.count("\n") + 1
        text += f"{_spell(key)} = {_spell(value)}\n"
    found = document(text)
    assert dict(found.values) == tomllib.loads(text)
    assert set(found.lines) == _paths(values)
    assert {key: found.line_of((key,)) for key in values} == expected


def test_syntax_error_has_its_line_and_no_position_twice() -> None:
    with pytest.raises(ConfigError) as caught:
        document('a = 1\nb = "x\n')
    assert caught.value.place == Place("manuscript/x.toml", 2, 7)
    assert "line 2" not in caught.value.message
    with pytest.raises(ConfigError) as caught:
        document("a = 1\nb = [1,\n")
    assert caught.value.place is not None
    assert caught.value.place.line >= 2


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(ConfigError, match="too deeply"):
        document("a = " + "[" * 100_000)


def test_unknown_key_is_named_with_its_nearest() -> None:
    with pytest.raises(ConfigError) as caught:
        toml.known(document(), ("entry", 1), {"idd", "note"})
    assert str(caught.value) == (
        "manuscript/x.toml:24: entry[2].id: unknown key\n  Did you mean “idd”?"
    )
    with pytest.raises(ConfigError, match="Known keys: alpha, omega"):
        toml.known(document("zzz = 1"), (), {"omega", "alpha"})
    toml.known(document("a = 1"), (), {"a"})


def test_take_checks_the_type() -> None:
    found = document("a = 1\nb = true\nc = 'x'\nd = 2021-05-31\ne = [1, 'x']\nf = 1.5\n")
    assert toml.take(found, ("a",), int) == 1
    assert toml.take(found, ("a",), float) == 1
    assert toml.take(found, ("b",), bool) is True
    assert toml.take(found, ("d",), datetime.date) == datetime.date(2021, 5, 31)
    assert toml.take(found, ("z",), str, "default") == "default"
    with pytest.raises(ConfigError, match=r"x\.toml:2: b: this is true or false\n  Write a whole"):
        toml.take(found, ("b",), int)
    with pytest.raises(ConfigError, match=r"x\.toml:1: z: missing"):
        toml.take(found, ("z",), str)
    with pytest.raises(ConfigError, match=r"x\.toml:5: e\[1\]: this is a whole number"):
        toml.take_list(found, ("e",), str)
    assert toml.take_list(found, ("z",), str) == ()


def test_choice_suggests() -> None:
    found = document('a = "acepted"\nb = "open"\nc = "zzz"')
    states = ("open", "accepted", "rejected")
    assert toml.take_choice(found, ("b",), states) == "open"
    assert toml.take_choice(found, ("d",), states, "open") == "open"
    with pytest.raises(ConfigError, match=r"(?s)not one of open, .*Did you mean “accepted”\?"):
        toml.take_choice(found, ("a",), states)
    with pytest.raises(ConfigError, match="Use one of open"):
        toml.take_choice(found, ("c",), states)


def test_items_of_a_list_of_tables() -> None:
    assert document().items(("entry",)) == (("entry", 0), ("entry", 1))
    assert document().items(("none",)) == ()
    with pytest.raises(ConfigError, match="names"):
        document().items(("names",))
    with pytest.raises(ConfigError, match="title"):
        document().items(("title",))


LISTED = st.lists(
    st.sampled_from(
        [
            "[[a]]",
            "  [[ a ]] # [[a]]",
            "[[b]]",
            '[["a"]]',
            "# [[a]]",
            'x{} = "[[a]]"',
            "x{} = [[1],\n[[2]]]",
            'x{} = """\n[[a]]\n"""',
            "x{} = '''\n[[b]]'''",
            "",
        ]
    ),
    max_size=12,
)


@given(LISTED)
def test_the_headers_of_lists_have_the_lines_that_reading_all_gives(rows: list[str]) -> None:
    text = "\n".join(row.replace("{}", str(number)) for number, row in enumerate(rows))
    found = document(text)
    for name in ("a", "b"):
        for number in range(len(found.values.get(name, ()))):
            assert found.line_of((name, number)) == found.lines[name, number]
