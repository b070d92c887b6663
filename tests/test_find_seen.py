"""What an OCR program doubts is doubted more, and what it does not is doubted less."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from booktools.cli.main import run
from booktools.find.seen import Seen, lowest
from booktools.find.suggestion import Suggestion
from booktools.model.printed_page import Box, Face, Geometry, LineGeometry
from booktools.prints import read

TEXT = "The rnorning was cold, and the men went home to eat in the house by the\n"
MORE = "mill, where tlie old table stood and a boat lay in the garden under the tree.\n"


def hocr(doubted: str, text: str = TEXT + MORE, before: str = "") -> bytes:
    """A page of these lines; the program doubts one word."""
    rows = []
    for number, row in enumerate(text.splitlines()):
        at, top = 100, 100 + 60 * number
        words = []
        for word in f"{before}{row}".split():
            right = at + 12 * len(word)
            sure = 31 if word == doubted else 95
            words.append(
                f'<span class="ocrx_word" title="bbox {at} {top} {right} {top + 34}; '
                f'x_wconf {sure}">{word}</span>'
            )
            at = right + 12
        rows.append(
            f'<span class="ocr_line" title="bbox 100 {top} {at} {top + 34}; baseline 0 -7; '
            f'x_size 34">{" ".join(words)}</span>'
        )
    page = f'<div class="ocr_page" title="bbox 0 0 1400 1400">{"".join(rows)}</div>'
    return f"<html><body>{page}</body></html>".encode()


def seen(data: bytes) -> tuple[Seen, str]:
    pages = read([("a.hocr", data)], lambda step: None).pages
    made = Seen.of(pages.source.text, pages.geometry)
    assert made
    return made, pages.source.text


@pytest.mark.parametrize("before", ["", "| "])
def test_doubts_are_had_at_the_word_in_the_source(before: str) -> None:
    for word in ("rnorning", "tlie", "The"):
        made, text = seen(hocr(word, before=before))
        at = text.index(word)
        letters = [n for n in range(len(text)) if text[n].strip() and made.doubts(n)]
        assert letters == list(range(at, at + len(word)))


def test_a_doubted_word_is_more_likely_wrong() -> None:
    made, text = seen(hocr("tlie"))
    one = Suggestion(0, 4, "tlie", ("the",), 0.5, "SPL001", "tlie", "it is in no list of words")
    doubted = made.weighed(one, text.index("tlie"))
    sure = made.weighed(one, text.index("rnorning"))
    assert (doubted.score, round(sure.score, 3)) == (0.8, 0.333)
    assert doubted.evidence == "it is in no list of words; the OCR program doubts it"
    assert sure.evidence == one.evidence
    assert made.weighed(Suggestion(0, 4, "a", (), lowest(0.35), "S", "f", ""),
                        text.index("tlie")).score == pytest.approx(0.35)  # fmt: skip


def test_print_that_nobody_has_guessed_tells_nothing() -> None:
    line = LineGeometry(Box(0, 0, 9, 9), 9, Face(), 0, 0, 0, 1, 0, 9)
    assert Seen.of("text\n", Geometry((line, None), ())) is None
    assert Seen.of("text\n", None) is None


def test_it_counts_in_a_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = {}
    for doubted in ("rnorning", "tlie"):
        (tmp_path / "a.hocr").write_bytes(hocr(doubted))
        folder = tmp_path / doubted
        assert run(["new", str(folder), "--from", str(tmp_path / "a.hocr"), "--lang", "en"]) == 0
        monkeypatch.chdir(folder)
        capsys.readouterr()
        assert run(["errata", "suggest", "--json", "-"]) == 0
        rows = json.loads(capsys.readouterr().out)
        scores[doubted] = {row["token"]: (row["score"], row["evidence"]) for row in rows}
    for word, other in (("rnorning", "tlie"), ("tlie", "rnorning")):
        assert scores[word][word][0] > scores[other][word][0]
        assert "the OCR program doubts it" in scores[word][word][1]
        assert "the OCR program doubts it" not in scores[other][word][1]
