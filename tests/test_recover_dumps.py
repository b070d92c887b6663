"""One made-up book of two pages, set by two programs and dumped by six extractors: its lists and
its table stand apart from the text in each dump, and what a dump does not tell is asked about.

The dumps are those of pdftotext (default, -layout, -raw), pdfminer.six, PyMuPDF and pdfium.  In
those that are named `drawn-last` the PDF file draws the marks of lists when a page is done.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from booktools.cli.main import cli

DUMPS = Path(__file__).parent / "golden" / "dumps"
NAMES = sorted(path.name.removesuffix(".txt") for path in DUMPS.glob("*.txt"))
ITEMS = [
    "• salt from the marshes beyond the ridge, which the women of the village carried down in "
    "baskets;",
    "• wine in small casks;",
    "• letters from the islands, most of them for people who had died;",
    "• two bells.",
    "1. to ask the widow for the key",
    "2. to go to the chapel and look for the second bell, which nobody had heard since the storm",
    "3. to say nothing to the others",
]
ROWS = [
    ["Goods", "Casks", "Value"],
    ["Salt", "3469", "34,598"],
    ["Red wine", "20", "1,204"],
    ["Tar", "1745", "9,820"],
    ["Slate", "17", "450"],
    ["Bells", "2", "88"],
]
# Dumps whose cells are in no order that tells which stood beside which.
UNTOLD = {
    "drawn-last.mupdf",  # the page's folio stands right below
    "drawn-last.pdfminer",
    "drawn-last.poppler",
    "drawn-in-order.pdfminer",
}


def recovered(name: str, tmp_path: Path) -> list[dict[str, str]]:
    out = tmp_path / "blocks.json"
    made = CliRunner().invoke(
        cli, ["recover", str(DUMPS / f"{name}.txt"), "--blocks", str(out), "--lang", "en"]
    )
    assert made.exit_code == 0, made.output
    blocks: list[dict[str, str]] = json.loads(out.read_text("utf-8"))
    return blocks


def texts(blocks: list[dict[str, str]], kind: str) -> list[str]:
    return [" ".join(block["text"].split()) for block in blocks if block["type"] == kind]


def test_there_is_a_dump_of_each_extractor() -> None:
    assert len(NAMES) == 12


@pytest.mark.parametrize("name", NAMES)
def test_lists_stand_apart_from_the_text_item_by_item(name: str, tmp_path: Path) -> None:
    blocks = recovered(name, tmp_path)
    assert texts(blocks, "list") == ITEMS
    prose = texts(blocks, "paragraph")
    before = "What the boats had brought home in that year was this:"
    assert [one.endswith(before) for one in prose].count(True) == 1
    assert any(one.startswith("The schoolmaster read it twice.") for one in prose)
    assert any(one.startswith("He did the first of these things") for one in prose)


@pytest.mark.parametrize("name", NAMES)
def test_the_table_stands_apart_with_its_cells_where_the_dump_tells_them(
    name: str, tmp_path: Path
) -> None:
    blocks = recovered(name, tmp_path)
    (table,) = [block["text"] for block in blocks if block["type"] == "table"]
    assert "Table 1: Landed at the old quay" in texts(blocks, "caption")
    if name in UNTOLD:
        assert "\t" not in table
        said = {*table.split("\n"), "Casks", "Value"}  # pdfminer has the two heads in one line
        assert all(said.issuperset(row) for row in ROWS)
    else:
        assert [row.split("\t") for row in table.split("\n")] == ROWS


@pytest.mark.parametrize("name", sorted(UNTOLD))
def test_what_cannot_be_told_is_asked_about(name: str, tmp_path: Path) -> None:
    source = DUMPS / f"{name}.txt"
    runner = CliRunner()
    made = runner.invoke(
        cli, ["new", str(tmp_path / "b"), "--from", str(source), "--title", "The Harbour Book"]
    )
    assert made.exit_code == 0, made.output
    asked = (tmp_path / "b/manuscript/layout.toml").read_text("utf-8")
    assert '# role = "table"' in asked
    ledger = runner.invoke(cli, ["--project", str(tmp_path / "b"), "recover", "--ledger"])
    assert "every character is accounted for" in ledger.output


def test_marks_that_went_back_to_their_items_reach_all_editions(tmp_path: Path) -> None:
    source = DUMPS / "drawn-last.raw.txt"
    runner = CliRunner()
    new = runner.invoke(
        cli, ["new", str(tmp_path / "b"), "--from", str(source), "--title", "The Harbour Book"]
    )
    assert new.exit_code == 0, new.output
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "b").rglob("text/*.md"))
    assert "\n-   wine in small casks;\n" in written
    assert "\n1.  to ask the widow for the key\n" in written
    assert "| Red wine | 20 | 1,204 |" in written
    built = runner.invoke(cli, ["--project", str(tmp_path / "b"), "build"])
    assert built.exit_code == 0, built.output
    assert built.output.count("each the manuscript’s") == 3
