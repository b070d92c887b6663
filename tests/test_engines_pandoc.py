"""The door to pandoc: what comes through, and what happens when pandoc misbehaves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from booktools.engines import pandoc
from booktools.errors import EngineFailed, EngineMissing

EMPTY = '{"pandoc-api-version":[1,23],"meta":{},"blocks":[]}'


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts a shell script in pandoc's place."""

    def place(script: str) -> None:
        path = tmp_path / "pandoc"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(pandoc, "executable", lambda: path)

    return place


def _words(tree: dict) -> list[str]:
    return [node["c"] for block in tree["blocks"] for node in block["c"] if node["t"] == "Str"]


# --- what comes through ------------------------------------------------------------------


def test_a_text_becomes_a_tree() -> None:
    assert _words(pandoc.to_json("Señor Méndez")) == ["Señor", "Méndez"]


def test_the_version_is_told() -> None:
    assert int(pandoc.version().split(".")[0]) >= 2


def test_nothing_is_taken_from_the_environment(fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    fake(f"cat > /dev/null; if [ -n \"$SECRET\" ]; then exit 9; fi; echo '{EMPTY}'")
    assert pandoc.to_json("x")["blocks"] == []


@pytest.mark.parametrize("switch", ["--sandbox", "-M512m"])
def test_pandoc_runs_sandboxed_and_with_a_limited_heap(fake, switch: str) -> None:
    fake(
        f'cat > /dev/null; for a in "$@"; do if [ "$a" = "{switch}" ]; then'
        f" echo '{EMPTY}'; exit; fi; done; exit 9"
    )
    assert pandoc.to_json("x")["blocks"] == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>bold</b> and <!-- a comment -->",
        "\\textbf{bold} and \\begin{x}y\\end{x}",
        "`<b>x</b>`{=html}",
        "```{=html}\n<b>x</b>\n```",
        "<div class='x'>\n\n*a*\n\n</div>",
        "$x^2$ \\(y\\) [@knuth] --- “x” ...",
        "---\ntitle: X\n---\n",
        "% Title\n% Author\n",
    ],
)
def test_raw_markup_and_metadata_are_never_markup(text: str) -> None:
    tree = pandoc.to_json(text)
    found = str(tree["blocks"])
    for kind in ("RawInline", "RawBlock", "Math", "Cite", "Quoted"):
        assert kind not in found
    assert tree["meta"] == {}


# --- several texts -----------------------------------------------------------------------


def test_several_texts_come_back_as_if_read_by_themselves() -> None:
    texts = ["one[^1]\n\n[^1]: first", "two[^1]\n\n- a", "- b\n\n[^1]: second", "", "[^9] \\[^1]"]
    files = [(f"{n}.md", text) for n, text in enumerate(texts)]
    assert pandoc.to_json_all(files) == tuple(pandoc.to_json(text) for text in texts)


def test_several_texts_cost_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[bytes] = []
    run = pandoc._run
    monkeypatch.setattr(pandoc, "_run", lambda a, data, t: runs.append(data) or run(a, data, t))
    pandoc.to_json_all([("a.md", "a\\\\[^1]\n\n[^1]: x"), ("b.md", "b[^1]\n\n[^1]: y")])
    assert len(runs) == 1


def test_a_fence_left_open_does_not_swallow_the_next_text() -> None:
    files = [("a.md", "```\nopen"), ("b.md", "> ::: x\ny"), ("c.md", "plain")]
    trees = pandoc.to_json_all(files)
    assert trees == tuple(pandoc.to_json(text) for _, text in files)
    assert _words(trees[2]) == ["plain"]


def test_the_file_that_breaks_pandoc_is_named() -> None:
    files = [("good.md", "fine"), ("bad.md", "- " * 700 + "x")]
    with pytest.raises(EngineFailed) as caught:
        pandoc.to_json_all(files)
    assert caught.value.place is not None
    assert caught.value.place.file == "bad.md"


# --- faults ------------------------------------------------------------------------------


def test_a_crash_tells_what_pandoc_said(fake) -> None:
    fake("echo 'no such reader' >&2; exit 22")
    with pytest.raises(EngineFailed, match=r"exit code 22.*no such reader"):
        pandoc.to_json("x")


def test_a_signal_is_a_crash(fake) -> None:
    fake("kill -SEGV $$")
    with pytest.raises(EngineFailed, match="signal 11"):
        pandoc.to_json("x")


@pytest.mark.parametrize(
    "script",
    [
        "sleep 60",
        "sleep 60 & exec sleep 60",  # a child that keeps the pipe open
        "exec >&-; sleep 60",  # an end of output, but no end
        "while :; do echo x >&2; done",
    ],
)
def test_a_hang_ends_in_time(fake, script: str) -> None:
    fake(script)
    start = time.monotonic()
    with pytest.raises(EngineFailed, match=r"stopped after 0\.3 seconds"):
        pandoc.to_json("x" * 1_000_000, timeout=0.3)
    assert time.monotonic() - start < 5


def test_endless_output_is_cut(fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_LARGEST", 1 << 20)
    fake("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done")
    with pytest.raises(EngineFailed, match="more than 1 MB"):
        pandoc.to_json("x")


@pytest.mark.parametrize("script", ["true", "echo", "cat > /dev/null"])
def test_no_output_is_a_failure(fake, script: str) -> None:
    fake(script)
    with pytest.raises(EngineFailed, match="wrote nothing"):
        pandoc.to_json("x")


@pytest.mark.parametrize(
    "answer", ["<html>", "[1]", "{}", '{"blocks": 3}', '{"blocks": [', "\\377\\376"]
)
def test_garbage_is_a_failure(fake, answer: str) -> None:
    fake(f"cat > /dev/null; printf '%b' '{answer}'")
    with pytest.raises(EngineFailed, match="not a"):
        pandoc.to_json("x")


def test_a_text_that_is_no_text_is_a_failure() -> None:
    with pytest.raises(EngineFailed, match="cannot be given this text"):
        pandoc.to_json("\ud800")


def test_a_missing_pandoc_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineMissing) as caught:
        pandoc.to_json("x")
    assert "pip install" in caught.value.hint


def test_a_pandoc_that_cannot_start_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pandoc"
    path.write_text("not a program")
    monkeypatch.setattr(pandoc, "executable", lambda: path)
    with pytest.raises(EngineMissing, match="cannot be started"):
        pandoc.to_json("x")


def test_a_liar_about_its_version_is_a_failure(fake) -> None:
    fake("echo hello world")
    pandoc.version.cache_clear()
    try:
        with pytest.raises(EngineFailed, match="version"):
            pandoc.version()
    finally:
        pandoc.version.cache_clear()


def test_memory_is_limited(fake) -> None:
    fake("cat > /dev/null; exit 251")
    with pytest.raises(EngineFailed, match="memory"):
        pandoc.to_json("x")
