"""A correction that a finished edition has lost is named, in every kind of file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from booktools.errata.apply import apply_errata
from booktools.errata.finished import lost_errata
from booktools.errata.line import Line
from booktools.model.place import Place
from errata_galleys import entry, galley
from errata_projects import Desk, recovered

TEXT = galley(
    "Of the masses, trapos that\nare suported by him.\n",
    "They puto an end to it in the the year.\n",
)
ENTRIES = (
    entry("E1", 1, "trapos", "traps", "masses, trapos that are suported"),
    entry("E2", 2, "suported", "supported", "that are suported by"),
    entry("E3", 3, "puto", "put", "They puto an"),
    entry("E4", 3, "the the", "the", "in the the"),
    entry("E5", 3, "end to", "end-to", "an end to it"),
)
APPLIED = apply_errata(TEXT, ENTRIES)


def lost(*lines: str) -> list[str]:
    rows = [Line(line, Place("x.txt")) for line in lines]
    found = lost_errata(ENTRIES, APPLIED, rows, "dist/x.txt")
    assert all((f.code, f.place) == ("ERR020", Place("dist/x.txt")) for f in found)
    return [f.message for f in found]


def test_nothing_is_lost_however_the_lines_end() -> None:
    assert lost("Of the masses, traps that are sup-", "ported by him. They put an",
                "end-to it in the year.") == []  # fmt: skip


def test_a_wrong_reading_that_is_back_and_a_right_one_that_is_gone() -> None:
    text = "Of the masses, {} that are {} by him. They put an end-to it in {} year."
    assert lost(text.format("trapos", "supported", "the")) == [
        "E1: “trapos” stands where “traps” was decided on"
    ]
    assert [m[:2] for m in lost(text.format("trapos", "suported", "the the"))] == ["E1", "E2", "E4"]
    (gone,) = lost(text.format("snares", "supported", "the"))
    assert gone.startswith("E1: “traps” is gone from “masses, traps")


# --- finished files -------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return recovered(tmp_path, capsys, kinds='"epub", "txt"')


def tampered(data: bytes, old: str, new: str) -> bytes:
    """An EPUB with other words in its documents."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as one, zipfile.ZipFile(out, "w") as two:
        for info in one.infolist():
            part = one.read(info)
            if info.filename.endswith(".xhtml"):
                part = part.replace(old.encode(), new.encode())
            two.writestr(info, part)
    return out.getvalue()


def test_editions_that_somebody_edited(desk: Desk) -> None:
    desk.did("build")
    desk.did("check", "--no-epubcheck")
    desk.edit("dist/the-strike.txt", ("and the letter", "and teh letter"))
    epub = desk.root / "dist/the-strike.epub"
    epub.write_bytes(tampered(epub.read_bytes(), "and the letter", "and teh letter"))
    done = desk.run("check", "--no-epubcheck")
    assert done.code == 3
    for name in ("the-strike.txt", "the-strike.epub"):
        assert f"dist/{name}: error ERR020: E001: “teh” stands where" in done.out.replace("\n", "")
    assert done.out.count("ERR020") == 2


def test_a_print_edition_of_another_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The PDF of the book without its correction in the place of the one with it."""
    old = recovered(tmp_path / "old", capsys, kinds='"pdf"')
    old.write("manuscript/errata.toml", "")
    old.did("recover")
    old.did("build")
    new = recovered(tmp_path / "new", capsys, kinds='"pdf"')
    new.did("build")
    name = "dist/the-strike.pdf"
    (new.root / name).write_bytes((old.root / name).read_bytes())
    done = new.run("check")
    assert done.code == 3
    assert "E001: “teh” stands where “the” was decided on" in done.out
