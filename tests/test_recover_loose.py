"""`booktools recover FILE --blocks OUT`: texts without a project, from end to end."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from booktools import loose
from booktools.clean.language import language_of
from booktools.cli.main import run
from booktools.errors import SourceError
from booktools.model.galley import Block, Galley, Role, Source
from booktools.model.place import Span
from booktools.shape.blocks import blocks_json, typed_blocks
from booktools.store import read_loose

DUMP = "The meeting of the com-\nmittee was held in the gar-\nden of a well-\nknown house.\n"


def recovered(path: Path) -> list[dict[str, str]]:
    made = json.loads(path.read_text())
    assert isinstance(made, list)
    return made


def test_a_single_file_outside_any_project(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(DUMP)
    out = tmp_path / "new" / "book.json"
    assert run(["recover", f"{tmp_path}/dump.txt", "--blocks", str(out), "--lang", "en"]) == 0
    text = "The meeting of the committee was held in the garden of a well-known house."
    assert recovered(out) == [{"type": "paragraph", "text": text}]
    assert [p.name for p in out.parent.iterdir()] == ["book.json"]


def test_a_file_alone_is_told_what_goes_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recover", "scan.pdf"]) == 2
    said = capsys.readouterr().err
    assert "--blocks" in said
    assert "--ocr" in said


def test_the_blocks_can_be_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dump.txt").write_text(DUMP)
    assert run(["recover", f"{tmp_path}/dump.txt", "--blocks", "-"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["type"] == "paragraph"


def test_several_files_are_taken_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("First came the long gov-\n")
    (tmp_path / "a.txt").write_text("ernment of the people.\n")
    names = [f"{tmp_path}/b.txt", f"{tmp_path}/a.txt"]
    out = tmp_path / "book.json"
    assert run(["recover", *names, "--blocks", str(out), "--lang", "en"]) == 0
    assert recovered(out)[0]["text"] == "First came the long government of the people."


def test_a_folder_gives_its_pages_by_their_numbers(tmp_path: Path) -> None:
    for number in (1, 2, 10):
        (tmp_path / f"page-{number}.txt").write_text(f"page {number}\n")
    (tmp_path / "page-3.txt").write_text("")
    (tmp_path / ".hidden.txt").write_text("no\n")
    (tmp_path / "notes.md").write_text("no\n")
    assert [Path(name).name for name, _ in read_loose([str(tmp_path)])] == [
        "page-1.txt",
        "page-2.txt",
        "page-3.txt",
        "page-10.txt",
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none.txt", None, "no such file"),
        ("empty.txt", b" \n", "empty"),
        ("book.txt", b"%PDF-1.7", "a PDF"),
        ("latin.txt", b"caf\xe9", "not valid UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=said) as caught:
        read_loose([f"{tmp_path}/{name}"])
    assert name in str(caught.value)
    assert run(["recover", f"{tmp_path}/{name}", "--blocks", f"{tmp_path}/out.json"]) == 5
    assert not (tmp_path / "out.json").exists()


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no text in this folder"):
        read_loose([str(tmp_path)])
    (tmp_path / "1.txt").write_text("")
    with pytest.raises(SourceError, match="no text in it"):
        read_loose([str(tmp_path)])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="pipe"):
        read_loose([f"{tmp_path}/pipe"])


@pytest.mark.parametrize(
    "wrong",
    [
        ["{file}"],
        ["--blocks", "x.json"],
        ["--lang", "es"],
        ["{file}", "--blocks", "{file}"],
        ["{file}", "--blocks", "x.json", "--check"],
        ["{file}", "--blocks", "x.json", "--lang", "../es"],
    ],
)
def test_wrong_usage_writes_nothing(tmp_path: Path, wrong: list[str]) -> None:
    file = tmp_path / "dump.txt"
    file.write_text(DUMP)
    assert run(["recover", *(part.format(file=file) for part in wrong)]) == 2
    assert file.read_text() == DUMP


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["--blocks", "x.json"], "name the FILE"),
        (["{dir}/a.txt", "{dir}/a.pdf", "--blocks", "x.json"], "do not mix"),
        (["{dir}/a.pdf", "{dir}/a.docx", "--blocks", "x.json"], "do not mix"),
        (["-", "{dir}/a.txt", "--blocks", "x.json"], "without other FILEs"),
    ],
)
def test_what_does_not_go_together_is_said(
    tmp_path: Path, names: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "a.pdf", "a.docx"):
        (tmp_path / name).write_text(DUMP)
    assert run(["recover", *(name.format(dir=tmp_path) for name in names)]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("out", ["-", "{dir}/out.json"])
def test_a_text_that_is_piped_in(
    tmp_path: Path,
    out: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DUMP.encode())))
    assert run(["recover", "-", "--blocks", out.format(dir=tmp_path)]) == 0
    said = capsys.readouterr().out if out == "-" else (tmp_path / "out.json").read_text()
    made = loose.recover_text([("dump.txt", DUMP)], (), lambda step: None)
    assert json.loads(said) == json.loads(made.json)


@pytest.mark.parametrize(("data", "says"), [(b"", "empty"), (b"a\0b", "zero byte")])
def test_a_pipe_without_text_is_refused(
    data: bytes, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run(["recover", "-", "--blocks", "-"]) == 5
    said = capsys.readouterr().err
    assert "standard input" in said
    assert says in said


def test_beside_printed_blocks_the_questions_go_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dump.txt").write_text("It stood at the Vauxhall-\nbridge for a year, and then\n")
    assert run(["recover", f"{tmp_path}/dump.txt", "--blocks", "-", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)
    assert "HYP003" in said.err


def test_a_ring_of_links_is_an_error_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ring.txt").symlink_to("ring.txt")
    assert run(["recover", f"{tmp_path}/ring.txt", "--blocks", f"{tmp_path}/x.json"]) == 5
    assert "cannot be read" in capsys.readouterr().err
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.txt").symlink_to("1.txt")
    assert run(["recover", f"{tmp_path}/pages", "--blocks", f"{tmp_path}/x.json"]) == 5


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("The road.\n".encode("utf-16"), "UTF-16"),
        ("The long road.\n".encode("utf-16-le"), "UTF-16"),
        ("The road.\n".encode("utf-32"), "UTF-32"),
        (b"\x7fELF\x02\x01\x01" + b"\0\0\1\0\0\0" * 99, "zero byte"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "dump.txt").write_bytes(data)
    with pytest.raises(SourceError, match=says):
        read_loose([f"{tmp_path}/dump.txt"])


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(DUMP)
    assert run(["recover", f"{tmp_path}/dump.txt", "--blocks", str(tmp_path)]) == 6
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dump.txt"]


def test_furniture_is_left_out_and_verse_keeps_its_lines() -> None:
    texts = {Role.FURNITURE: "12", Role.VERSE: "one\ntwo", Role.NOTE: "a note", Role.TITLE: "A"}
    source = "".join(texts.values())
    blocks, at = [], 0
    for role, text in texts.items():
        blocks.append(Block(role, (Span(at, at + len(text)),), text))
        at += len(text)
    galley = Galley(Source(source, (("a.txt", 0),)), tuple(blocks))
    assert typed_blocks(galley) == json.loads(blocks_json(galley))
    assert [tuple(block.values()) for block in typed_blocks(galley)] == [
        ("verse", "one\ntwo"),
        ("footnote", "a note"),
        ("heading", "A"),
    ]
    assert json.loads(blocks_json(Galley(Source("", (("a.txt", 0),)), ()))) == []


SAMPLES = {
    "en": "it was the house that he had, and they lived at the edge of the wood with her ",
    "es": "era la casa que los hombres con las manos, pero el pueblo y por una calle su ",
    "fr": "le roi qui est dans une maison avec elle, mais pas pour les gens du pays et ",
    "de": "der Mann und das Kind sind nicht auf dem Feld, er ist mit einer Frau und ich ",
    "pt": "Ela não foi com ele ao mercado, e já uma das irmãs dos vizinhos lhe disse do seu pão. ",
    "it": "Non è questo il pane che egli ha dato alla figlia, ma più di quello della sera. ",
    "nl": "Hij had het brood niet, maar zijn broer werd door een vriend naar huis gebracht. ",
    "pl": "Nie był już tak młody jak ona, ale jest tego pewny, że chleb się dla mnie znalazł. ",
    "sv": "Jag hade inte ett bröd för att ge hon som kom från byn, och när det är av. ",
    "da": "Jeg havde ikke brød fra byen, og hun kunde se hvad der blev af mig til sidst. ",
}


@pytest.mark.parametrize("tag", SAMPLES)
def test_the_language_of_a_text_is_known_by_its_little_words(tag: str) -> None:
    assert language_of(SAMPLES[tag] * 5) == tag


def test_a_language_that_is_not_clear_is_not_guessed() -> None:
    assert language_of("") == ""
    assert language_of("the house") == ""
    assert language_of("".join(SAMPLES.values()) * 10) == ""
