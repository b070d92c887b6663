"""Raised figures in print become calls for notes, where the note is found."""

from __future__ import annotations

from pathlib import Path

from booktools import fresh, pipeline
from booktools.model.book import Note, Paragraph, inline_text, texts
from booktools.newproject import Wishes
from booktools.recovery import Recovery
from booktools.store import Project, open_project
from pdf_files import column, pdf

TEXT = [
    "It was raining on the quay, and nobody could say",
    "when the ferry would come, if it came at all, nor",
    "who would be on it when it did. The lamps were lit",
    "long before the harbour bell had rung the hour of",
    "the tide, and the boats lay dark along the steps.",
]


def body(top: float, mark: str) -> str:
    """The text, its last line with a raised figure behind it."""
    last = f"q BT /F 10 Tf 1 0 0 1 30 {top - 48} Tm ({TEXT[-1]}) Tj /F 6 Tf 4 Ts ({mark}) Tj ET Q\n"
    return column(TEXT[:-1], 30, top) + last


def recovered(tmp_path: Path, *pages: str) -> tuple[Project, Recovery]:
    (tmp_path / "print.pdf").write_bytes(pdf(*pages))
    begun = fresh.begin(
        str(tmp_path / "book"), [str(tmp_path / "print.pdf")], Wishes("Book", "en"), lambda s: None
    )
    assert begun.made, begun.recovery.findings
    return open_project(tmp_path / "book"), begun.recovery


def notes(project: Project) -> list[tuple[str, str]]:
    """The words before each call, and the note's."""
    out = []
    for chapter in pipeline.standing(project).chapters:
        for block in chapter.blocks:
            assert isinstance(block, Paragraph)
            before = ""
            for node in block.inlines:
                if isinstance(node, Note):
                    (note,) = node.blocks
                    assert isinstance(note, Paragraph)
                    out.append((before.split()[-1], inline_text(note.inlines)))
                before += "".join(text.value for text in texts((node,)))
    return out


def page(mark: str, note: str, other: str = "") -> str:
    above = body(380, mark) + body(308, other)
    return above + column([note, "and nobody ever knew why it was."], 30, 60, 7, 9)


def test_a_raised_figure_becomes_the_call_for_its_note(tmp_path: Path) -> None:
    project, recovery = recovered(
        tmp_path, page("1", "1 The company went down,"), page("2", "2. The bell was sold,")
    )
    assert notes(project) == [
        ("steps.", "The company went down, and nobody ever knew why it was."),
        ("steps.", "The bell was sold, and nobody ever knew why it was."),
    ]
    assert "note-marks" in "\n".join(recovery.ledger())
    assert [trail.source.line for trail in pipeline.why(project, "company") if trail.source] == [11]
    assert not pipeline.compare_manuscript(project, pipeline.recover(project, lambda s: None))


def test_a_figure_that_calls_for_nothing_stays_text(tmp_path: Path) -> None:
    project, _ = recovered(tmp_path, page("1", "1 The company went down,", "2"))
    assert [note for _, note in notes(project)] == [
        "The company went down, and nobody ever knew why it was."
    ]
    text = "".join(pipeline.standing(project).files.values())
    assert "steps.2" in text


def test_two_calls_with_one_figure_are_not_guessed_at(tmp_path: Path) -> None:
    project, _ = recovered(tmp_path, page("1", "1 The company went down,", "1"))
    assert notes(project) == []


def test_a_correction_before_a_call_moves_it(tmp_path: Path) -> None:
    project, _ = recovered(tmp_path, page("1", "1 The company went down,"))
    (project.root / "manuscript/errata.toml").write_text(
        '[[erratum]]\nid = "E001"\nline = 5\nfound = "dark"\nwanted = "dark and still"\n'
        'context = "the boats lay dark along"\nkind = "typo"\nreason = "Two words are lost."\n'
        'state = "accepted"\ndecided_by = "editor"\ndecided_on = 2026-01-02\nsince = 1\n'
    )
    recovery = pipeline.recover(project, lambda step: None)
    assert not recovery.fails, recovery.findings
    pipeline.write_manuscript(project, recovery)
    assert "dark and still along the steps.[^1]" in "".join(recovery.files.values())
    assert notes(project)[0][0] == "steps."
