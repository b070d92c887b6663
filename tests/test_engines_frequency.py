"""wordfreq's door: the numbers of wordfreq itself, and what happens without its lists."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import msgpack
import pytest
import wordfreq

from booktools.engines import frequency
from booktools.errors import EngineFailed, EngineMissing

WORDS = {"house", "casa", "the", "año", "collaterals", "zorbfish", "of the", ""}


def test_the_numbers_are_those_of_wordfreq() -> None:
    found = frequency.zipf(WORDS, ["en", "es"])
    for word in WORDS:
        lists = (wordfreq.get_frequency_dict(language, "best") for language in ("en", "es"))
        most = max(frequencies.get(word, 0.0) for frequencies in lists)
        assert (word in found) == bool(most)
        if most:
            assert found[word] == pytest.approx(wordfreq.freq_to_zipf(most), abs=1e-9)


def test_a_tag_stands_for_its_language_and_an_unknown_one_for_none() -> None:
    assert frequency.zipf({"casa"}, ["es-CL"]) == frequency.zipf({"casa"}, ["es"])
    assert frequency.zipf({"casa"}, ["xx", "../data/large_es", ""]) == {}


def test_nothing_is_read_when_nothing_is_asked(lists: Path) -> None:
    (lists / "large_en.msgpack.gz").write_bytes(b"broken")
    assert frequency.zipf((), ["en"]) == {}


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of lists of our own: `large_en` knows that `a` is every other word, `b` rarer."""
    monkeypatch.setattr(frequency, "_folder", lambda: tmp_path)
    header = {"format": "cB", "version": 1}
    data = gzip.compress(msgpack.packb([header, [], ["a"], [], ["b"]]))
    (tmp_path / "large_en.msgpack.gz").write_bytes(data)
    return tmp_path


def test_a_list_counts_downwards(lists: Path) -> None:
    assert frequency.zipf({"a", "b", "c"}, ["en"]) == {"a": 8.99, "b": 8.97}


def test_a_small_list_serves_where_there_is_no_large_one(lists: Path) -> None:
    shutil.move(lists / "large_en.msgpack.gz", lists / "small_de.msgpack.gz")
    assert frequency.zipf({"a"}, ["de"]) == {"a": 8.99}


@pytest.mark.parametrize(
    "data",
    [
        b"broken",
        gzip.compress(b""),
        gzip.compress(b"\x80"),
        gzip.compress(msgpack.packb([{"format": "cB", "version": 2}, ["a"]])),
        gzip.compress(msgpack.packb([{"format": "cB", "version": 1}, ["a"], ["b"]])[:-2]),
    ],
    ids=["no gzip", "empty", "no array", "other version", "cut off"],
)
def test_a_list_that_cannot_be_read_is_named(lists: Path, data: bytes) -> None:
    (lists / "large_en.msgpack.gz").write_bytes(data)
    with pytest.raises(EngineFailed, match=r"large_en\.msgpack\.gz"):
        frequency.zipf({"a"}, ["en"])


def test_without_wordfreq_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequency.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineMissing) as caught:
        frequency.zipf({"a"}, ["en"])
    assert "pip install wordfreq" in str(caught.value)
