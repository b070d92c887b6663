"""The page that `make bench-recover` writes, and what it says when something is missing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from bench import recover, recovery_page

from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.model.galley import Block, Galley, Role, Source
from booktools.model.place import Span

PEERS = """# Peers

### Real page scans (tesseract)

| group | hy.acc | CER |
|---|---|---|
| calibre | 0.499 | 0.0185 |

### Errata: synth

| group | errors |
|---|---|
| aspell | 12 |
"""


def test_peers_figures_are_read_not_copied() -> None:
    found = recovery_page.peers(PEERS)
    assert found == {
        "real page scans": [("calibre", {"group": "calibre", "hy.acc": "0.499", "CER": "0.0185"})]
    }


def test_what_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "dev"
    assert recover.main([str(data)]) == 1
    assert "laid out like" in capsys.readouterr().err
    for name in ("raw", "gold", "ann", "manifest.json"):
        (data / name).mkdir(parents=True)
    assert recover.main([str(data)]) == 1
    assert "the scorer is missing" in capsys.readouterr().err


def test_texts_without_their_truth_are_left_out_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("raw/a.A.raw.txt", "raw/a.A.mupdf.txt", "raw/b.A.raw.txt", "gold/a.A.json",
                 "ann/a.A.raw.json", "ann/b.A.raw.json"):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    texts = sorted((tmp_path / "raw").iterdir())
    assert [path.stem for path in recover.with_truth(tmp_path, texts)] == ["a.A.raw"]
    assert "a.A.mupdf, b.A.raw (2 of 3)" in capsys.readouterr().err


def test_sure_and_asked_hyphens_are_told_apart() -> None:
    text = "a zorb-\nfish and a klim-\nbar by Brill-\nmore\n"
    galley = Galley(
        Source(text, (("a.txt", 0),)), (Block(Role.PARAGRAPH, (Span(0, len(text)),), text),)
    )
    words = Counter({"zorbfish": 2, "klim-bar": 3, "brillmore": 1, "brill-more": 1})
    decided = recover._decided(clean(galley, Knowledge(words)))
    first, second, third = (text.index(half) for half in ("-\nfish", "-\nbar", "-\nmore"))
    assert decided[first] == ("join", "sure", first + 2)
    assert decided[second] == ("keep", "sure", second + 2)
    assert decided[third] == ("join", "asked", third + 2)


def test_the_table_of_hyphens_adds_up() -> None:
    run = recover.Run(
        "a.A.raw",
        1.0,
        10,
        Counter(
            {
                ("join", "join", "sure", "en", "a"): 97,
                ("keep", "join", "sure", "en", "a"): 1,
                ("keep", "keep", "asked", "en", "b"): 1,
                ("join", "apart", "sure", "en", "b"): 1,
            }
        ),
    )
    table = recovery_page._hyphens("book", run.hyphens, lambda key: key[4])
    assert "| a | 98 | 0.9898 | 0 | – | – | 0 |" in table
    assert "| b | 2 | – | 1 | 1 in 2 | 1.00 | 1 |" in table
    assert "| all | 100 | 0.9898 | 1 | 1 in 100 | 1.00 | 1 |" in table
