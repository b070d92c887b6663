"""A made-up book with tables, from a document, a page of the web and print, to all editions."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from booktools.cli.main import cli
from booktools.engines.weasy import render
from booktools.model.printed import PrintDocument
from papers import paper

PROSE = (
    "It was raining when the ferry came at last, and nobody on the quay had anything to do but "
    "look at the water and wait for the evening bell; the harbour master alone went up and down "
    "with his book, in which he wrote what the salt weighed and what it cost. "
)
ROWS = [("Quay", "1801", "2,146"), ("Marsh Lantern", "1802", "904"), ("Old Mill", "1803", "9,526"),
        ("Ridge", "1804", "12")]  # fmt: skip
HTML = (
    "<!DOCTYPE html><html lang='en'><head><title>The Salt Road</title></head><body>"
    f"<h1>The Salt</h1><p>{PROSE}</p><p>{PROSE}</p><table><caption>Table 1. Salt by town</caption>"
    "<thead><tr><th>Town</th><th>Year</th><th>Weight</th></tr></thead><tbody>"
    + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    + f"</tbody></table><p>{PROSE}</p><p>{PROSE}</p></body></html>"
)
CSS = (
    "@page { size: 6in 9in; margin: 72pt } body { font: 11pt/14pt serif; hyphens: auto }"
    " p { margin: 0; text-indent: 1.4em; text-align: justify } h1 { font-size: 18pt }"
    " table { margin: 12pt auto; font-size: 9pt } td, th { padding: 2pt 8pt; text-align: left }"
    " caption { font-style: italic }"
)


def _source(kind: str, folder: Path) -> Path:
    path = folder / f"salt.{kind}"
    if kind == "html":
        path.write_text(HTML, "utf-8")
    elif kind == "pdf":
        path.write_bytes(render(PrintDocument(HTML, CSS)).pdf)
    else:
        rows = "\n".join(f"| {' | '.join(row)} |" for row in ROWS)
        text = (
            f"# The Salt\n\n{PROSE}\n\n{PROSE}\n\n| Town | Year | Weight |\n|---|---|---|\n{rows}"
            f"\n\n: Table 1. Salt by town\n\n{PROSE}\n\n{PROSE}\n"
        )
        path.write_bytes(text.encode() if kind == "md" else paper(kind, text))
    return path


@pytest.mark.parametrize("kind", ["html", "pdf", "md", "docx"])
def test_from_the_source_to_all_editions(kind: str, tmp_path: Path) -> None:
    source = _source(kind, tmp_path)
    runner = CliRunner()
    made = runner.invoke(
        cli, ["new", str(tmp_path / "b"), "--from", str(source), "--title", "The Salt Road"]
    )
    assert made.exit_code == 0, made.output
    (chapter,) = [
        path for path in (tmp_path / "b/manuscript/text").glob("*.md")
        if "| Quay |" in path.read_text("utf-8")
    ]  # fmt: skip
    written = chapter.read_text("utf-8")
    assert "Table: Table 1. Salt by town\n\n| Town | Year | Weight |\n|" in written
    assert "\n| Quay | 1801 | 2,146 |\n| Marsh Lantern | 1802 | 904 |\n" in written
    built = runner.invoke(cli, ["--project", str(tmp_path / "b"), "build"])
    assert built.exit_code == 0, built.output
    assert built.output.count("each the manuscript’s") == 3
    (text,) = (tmp_path / "b/dist").glob("*.txt")
    assert "Quay           1801" in text.read_text("utf-8")
