"""`booktools diff` over editions of every kind."""

from __future__ import annotations

import json
import shutil
import zipfile
from itertools import permutations
from pathlib import Path

import pytest

from booktools.errata.ledger import print_errata
from errata_galleys import entry
from errata_projects import BOOK, Desk, recovered

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


def test_a_document_of_a_word_processor_says_what_to_do(desk: Desk, tmp_path: Path) -> None:
    name = tmp_path / "ours.docx"
    with zipfile.ZipFile(name, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
    code, said = diff(desk, str(name), str(desk.root / NAMES[0]))
    assert (code, "is not compared as it stands" in said) == (5, True)
    assert f"booktools new DIR --from {name}" in said


RICH = """\
# The Quay {#quay}

It was raining, and teh ferry was late that morning[^1].
Nobody on the quay could say when it would come, and so they waited in the shed, all of them, \
with their re-signed papers.

> “The sea,” he wrote, “is a road without inns.”

| Down by the water the lanterns are lit,
|     The boats go out and the boats come in.

- First the ropes were coiled.
- Then the anchors were weighed.

| Ship  | Master    | Tons |
|-------|-----------|-----:|
| Alba  | J. Marrow |  120 |
| Corvo | P. Hale   |   95 |

They went to the **town** of Santa Rosa, where the *Gazette* said nothing at all about it[^2].

* * *

In the evening they came back over the pass, and the mules were tired.

[^1]: The ferry of the *Compañía* ran twice a week only.

[^2]: Three pence a pound, as the ledger of the harbour master says, in a hand that is hard to read.
"""
LAST = "# The Road {#road}\n\nNobody walked it now; they had all gone away to the town.\n"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with notes, verse, a list and a table, built before its corrections and after."""
    folder = tmp_path_factory.mktemp("rich")
    entries = [
        entry(f"E{n}", 3, found, wanted, context)
        for n, (found, wanted, context) in enumerate(
            (
                ("teh", "the", "and teh ferry"),
                ("lanterns", "lamps", "the lanterns are lit"),
                ("Hale", "Hall", "P. Hale"),
                ("Three", "Two", "Three pence"),
                ("anchors", "anchor", "the anchors were"),
            )
        )
    ]
    for name in ("book", "book/old"):
        desk = Desk(folder / name, None)
        desk.write("manuscript/book.toml", BOOK)
        desk.write("manuscript/text/01-a.md", RICH)
        desk.write("manuscript/text/02-b.md", LAST)
        if name == "book":
            desk.write("manuscript/errata.toml", print_errata(entries))
            desk.did("errata", "apply")
        desk.did("build")
    return folder / "book"


@pytest.mark.parametrize("old", NAMES)
@pytest.mark.parametrize("new", NAMES)
def test_notes_verse_lists_and_tables_in_any_pairing(
    rich: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    desk = Desk(rich, capsys)
    code, said = diff(desk, str(rich / "old" / old), str(rich / new), "--fail", "--all")
    assert code == 0, said
    assert "5 explained by errata, 0 moved" in said


def _part(number: int, title: str) -> str:
    told = "\n\n".join(
        f"The {row}th letter of part {number} told how the mules went over the pass with {row * 7} "
        f"sacks of meal, and nobody in the town spoke of it."
        for row in range(4, 20)
    )
    table = "\n".join(f"| Alba {number}-{row} | P. Hale | {row * 3} |" for row in range(45))
    return f"""\
# {title} {{#p{number}}}

It was raining in the harbour, and teh ferry was late that morning[^1].

{told}

## Teh Ships {{#s{number}}}

| Ship  | Mastr     | Tons |
|-------|-----------|-----:|
{table}

| Down by the water teh lamps are lit,
| The boats go out and the boats come in.
| Up by the mountain teh lamps are lit,
| The boats go out and the boats come in.

In the evening they came back over the pass, and the mules were tired.

[^1]: Three pence a pound, as teh ledger of part {number} says.
"""


# In the first part all is on record, in the second the same is changed with no entry.
SMUGGLED = (
    ("# Teh Second Road", "# The Second Road"),
    ("and teh ferry", "and the ferry"),
    ("## Teh Ships", "## The Ships"),
    ("| Mastr ", "| Master "),
    ("the water teh lamps", "the water the lamps"),
    ("the mountain teh lamps", "the mountain the lamps"),
    ("as teh ledger", "as the ledger"),
    ("the mules were tired", "the mules were dead"),
)


@pytest.fixture(scope="module")
def meddled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with titles, heads of tables and notes corrected and told of, and meddled with."""
    folder = tmp_path_factory.mktemp("meddled")
    contexts = (
        ("Teh", "The", "Teh First Road"), ("teh", "the", "and teh ferry"),
        ("Teh", "The", "Teh Ships"), ("Mastr", "Master", "Mastr"),
        ("teh", "the", "the water teh lamps"), ("teh", "the", "the mountain teh lamps"),
        ("teh", "the", "as teh ledger"),
    )  # fmt: skip
    parts = [_part(1, "Teh First Road"), _part(2, "Teh Second Road")]
    entries = []
    for number, (found, wanted, context) in enumerate(contexts):
        line = next(n for n, row in enumerate(parts[0].split("\n"), 1) if context in row)
        file = "manuscript/text/01-a.md"
        entries.append(entry(f"E{number}", line, found, wanted, context, file=file))
    for name in ("book", "book/old"):
        desk = Desk(folder / name, None)
        note = "" if name != "book" else 'transcribers_note = "Transcriber’s note"\n'
        desk.write("manuscript/book.toml", BOOK + note)
        for number, part in enumerate(parts, 1):
            desk.write(f"manuscript/text/0{number}-a.md", part)
        desk.write("manuscript/errata.toml", print_errata(entries) if name == "book" else "")
        if name == "book":
            desk.did("errata", "apply")
            desk.edit("manuscript/text/02-a.md", *SMUGGLED)
        desk.did("build")
    return folder / "book"


@pytest.mark.parametrize("old", NAMES)
@pytest.mark.parametrize("new", NAMES)
def test_what_is_meddled_with_is_told_in_any_pairing(
    meddled: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    desk = Desk(meddled, capsys)
    code, said = diff(desk, str(meddled / "old" / old), str(meddled / new), "--fail", "--all")
    assert code == 3
    assert "7 explained by errata, 0 moved" in said
    assert f" {len(SMUGGLED)} unexplained." in said


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
