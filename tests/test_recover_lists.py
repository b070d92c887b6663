"""A made-up book with lists, from print and from a dump, to all editions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from booktools.cli.main import cli
from booktools.engines.weasy import render
from booktools.model.printed import PrintDocument

PROSE = (
    "It was raining when the ferry came at last, and nobody on the quay had anything to do but "
    "look at the water and wait for the evening bell; the harbour master alone went up and down "
    "with his book, in which he wrote what the salt weighed and what it cost. "
)
LONG = "salt from the marshes beyond the ridge, which the women of the village carried down"
HTML = (
    "<!DOCTYPE html><html lang='en'><head><title>The Salt Road</title></head><body>"
    f"<h1>The Salt</h1><p>{PROSE * 2}</p><p>What the boats brought home in that year:</p>"
    f"<ul><li>{LONG} in baskets;</li><li>wine</li><li>letters<ul><li>from the north</li>"
    f"<li>from the south</li></ul></li><li>news</li></ul><p>{PROSE}</p><p>What he did with it:</p>"
    f"<ol><li>he weighed it;</li><li>he wrote it down;</li><li>he left.</li></ol><p>{PROSE * 2}</p>"
    "</body></html>"
)
CSS = (
    "@page { size: 5in 8in; margin: 60pt } body { font: 11pt/14pt serif; hyphens: auto }"
    " p { margin: 0; text-indent: 1.4em; text-align: justify } h1 { font-size: 18pt }"
    " ul, ol { margin: 6pt 0; padding-left: 2em }"
)


def _wrapped(text: str, width: int = 64) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += f"{' ' * bool(lines[-1])}{word}"
    return "\n".join(lines)


DUMP = (
    f"{_wrapped(PROSE * 2)}\n\nWhat the boats brought home in that year:\n\n"
    "• salt from the marshes beyond the ridge, which the women of the\n  village carried down in "
    "baskets;\n• wine\n• letters\n    ◦ from the north\n    ◦ from the south\n• news\n\n"
    f"{_wrapped(PROSE)}\n\nWhat he did with it:\n\n1. he weighed it;\n2. he wrote it down;\n"
    f"3. he left.\n\n{_wrapped(PROSE * 2)}\n"
)


@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_from_the_source_to_all_editions(kind: str, tmp_path: Path) -> None:
    source = tmp_path / f"salt.{kind}"
    made = render(PrintDocument(HTML, CSS)).pdf if kind == "pdf" else DUMP.encode()
    source.write_bytes(made)
    runner = CliRunner()
    new = runner.invoke(
        cli, ["new", str(tmp_path / "b"), "--from", str(source), "--title", "The Salt Road"]
    )
    assert new.exit_code == 0, new.output
    (chapter,) = (tmp_path / "b/manuscript/text").glob("*.md")
    written = chapter.read_text("utf-8")
    assert f"\n-   {LONG} in baskets;\n" in written
    assert (
        "\n-   letters\n\n    -   from the north\n    -   from the south\n\n-   news\n" in written
    )
    assert "\n1.  he weighed it;\n2.  he wrote it down;\n3.  he left.\n" in written
    built = runner.invoke(cli, ["--project", str(tmp_path / "b"), "build"])
    assert built.exit_code == 0, built.output
    assert built.output.count("each the manuscript’s") == 3
    ledger = runner.invoke(cli, ["--project", str(tmp_path / "b"), "recover", "--ledger"])
    assert "LST001" in ledger.output
    assert "every character is accounted for" in ledger.output


def test_a_list_in_a_frame_and_what_is_none_in_print(tmp_path: Path) -> None:
    numbered = "".join(f"<p>{number}. {PROSE}</p>" for number in range(1, 4))
    speech = "".join(f"<p>– {words}</p>" for words in ("Who is it?", "The ferry.", "Now?"))
    framed = f"<div><p>What to bring:</p><ul><li>{LONG}</li><li>wine</li></ul><p>No more.</p></div>"
    html = f"<body><p>{PROSE * 2}</p>{numbered}{framed}{speech}<p>{PROSE * 2}</p></body>"
    css = f"{CSS} div {{ border: 1pt solid black; padding: 6pt; margin: 8pt 0 }}"
    source, out = tmp_path / "salt.pdf", tmp_path / "blocks.json"
    source.write_bytes(render(PrintDocument(html, css)).pdf)
    made = CliRunner().invoke(cli, ["recover", str(source), "--blocks", str(out)])
    assert made.exit_code == 0, made.output
    blocks = json.loads(out.read_text("utf-8"))
    listed = [block["text"] for block in blocks if block["type"] == "list"]
    assert listed == [f"• {LONG}", "• wine"]
    assert {"type": "paragraph", "text": "No more."} in blocks
