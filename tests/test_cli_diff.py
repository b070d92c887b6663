"""`booktools diff` over editions of every kind."""

from __future__ import annotations

import json
import shutil
import zipfile
from itertools import permutations
from pathlib import Path

import pytest

from errata_projects import Desk, recovered

NAMES = ("dist/the-strike.epub", "dist/the-strike.txt", "dist/the-strike.pdf", "manuscript/text")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book built twice: as it is, and in `old/` without its one correction."""
    folder = tmp_path_factory.mktemp("diff")
    for name in ("book", "book/old"):
        desk = recovered(folder / name, None, kinds='"epub", "pdf", "txt"')
        if name != "book":
            desk.write("manuscript/errata.toml", "")
            desk.did("recover")
        desk.did("build")
    return folder / "book"


@pytest.fixture
def desk(built: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(built, capsys)


def diff(desk: Desk, *arguments: str) -> tuple[int, str]:
    done = desk.run("diff", *arguments)
    return done.code, done.out + done.err


@pytest.mark.parametrize(("old", "new"), list(permutations(NAMES, 2)))
def test_editions_of_one_book_say_the_same(desk: Desk, old: str, new: str) -> None:
    code, said = diff(desk, str(desk.root / old), str(desk.root / new), "--fail")
    assert code == 0, said
    assert said.endswith("0 unexplained.\n")


@pytest.mark.parametrize("old", NAMES)
@pytest.mark.parametrize("new", NAMES)
def test_the_correction_is_named_in_any_pairing(desk: Desk, old: str, new: str) -> None:
    code, said = diff(desk, str(desk.root / "old" / old), str(desk.root / new), "--fail", "--all")
    assert code == 0, said
    assert "E001  “teh” → “the”" in said
    assert "1 explained by errata" in said


def test_what_no_erratum_explains_fails(desk: Desk, tmp_path: Path) -> None:
    text = (desk.root / NAMES[1]).read_text("utf-8")
    new = tmp_path / "new.txt"
    new.write_text(text.replace("dockers", "sailors"))
    code, said = diff(desk, str(desk.root / NAMES[1]), str(new), "--fail")
    assert (code, "“dockers” → “sailors”" in said) == (3, True)
    assert diff(desk, str(desk.root / NAMES[1]), str(new))[0] == 0
    code, said = diff(desk, str(desk.root / NAMES[1]), str(new), "--format", "json")
    assert json.loads(said)["unexplained"] == 1


def test_what_cannot_be_compared_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("x", "y")
    shutil.copy(desk.root / NAMES[1], tmp_path / "b.txt")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 nothing")
    for name in ("empty", "a.epub", "c.pdf", "none.txt"):
        code, said = diff(desk, str(tmp_path / "b.txt"), str(tmp_path / name))
        assert code in (5, 8), (name, said)
        assert "fault in booktools" not in said
