"""Notes of text dumps from end to end: linked, asked about, decided on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from booktools import asking, fresh, pipeline
from booktools.errors import ConfigError
from booktools.newproject import Wishes
from booktools.recovery import Recovery
from booktools.store import Project, open_project

PARAGRAPH = (
    "It was raining on the quay, and nobody could say when the ferry would come,1 if it came\n"
    "at all, nor who would be on it when it did. The lamps2 were lit long before the harbour\n"
    "bell had rung the hour of the tide, and the boats lay dark along the steps. He went up\n"
    "to the inn and sat down by the window, for it was cold, and the others did as he had\n"
    "done, and nobody said a word until the bell had rung again, and then once more.3\n"
)
NOTES = (
    "\n1. The company went down in the same year, and nobody ever knew why it was so.\n"
    "\n2. Oil, and later gas, which the town had from the works behind the old brewery.\n"
    "\n3. The bell was sold when the pier had been taken down, and hangs in the hall now.\n"
)
MORE = (
    "The ferry came in at last when the others had gone home to their beds, and there was no\n"
    "one on the quay but the old man who had the key of the shed and would not give it up.\n"
)


def begun(tmp_path: Path, text: str) -> tuple[Project, Recovery]:
    (tmp_path / "dump.txt").write_text(text)
    source = str(tmp_path / "dump.txt")
    made = fresh.begin(str(tmp_path / "book"), [source], Wishes("Book", "en"), lambda s: None)
    assert made.made, made.recovery.findings
    return open_project(tmp_path / "book"), made.recovery


def decided(project: Project, entry: str) -> Recovery:
    ledger = project.root / "manuscript/layout.toml"
    ledger.write_text(entry)
    recovery = pipeline.recover(project, lambda step: None)
    assert not recovery.fails, recovery.findings
    return recovery


def words(recovery: Recovery) -> str:
    return " ".join("".join(recovery.files.values()).split())


def asked(recovery: Recovery, code: str) -> list[str]:
    return [found.message for found in recovery.findings if found.code == code]


def test_the_calls_of_a_dump_are_those_of_the_manuscript(tmp_path: Path) -> None:
    project, recovery = begun(tmp_path, PARAGRAPH + NOTES + "\f" + MORE)
    text = words(recovery)
    assert "would come,[^1] if it" in text
    assert "The lamps[^2] were lit" in text
    assert "once more.[^3]" in text
    assert "[^2]: Oil, and later gas" in text
    assert not asked(recovery, "LAY010")
    assert not asked(recovery, "LAY011")
    assert re.search(r"^note-marks .* 6 ", "\n".join(recovery.ledger()), re.MULTILINE)
    assert not pipeline.compare_manuscript(project, pipeline.recover(project, lambda s: None))


def test_a_note_that_two_figures_may_call_for_is_asked_about(tmp_path: Path) -> None:
    twice = PARAGRAPH.replace("the others", "the others3")
    project, recovery = begun(tmp_path, twice + NOTES + "\f" + MORE)
    (said,) = asked(recovery, "LAY010")
    assert "more than one figure may call for" in said
    assert "others3" in words(recovery)
    assert "once more.3" in words(recovery)
    asking.enter(project, recovery)
    ledger = (project.root / "manuscript/layout.toml").read_text()
    assert '# [[note]]\n# line = 11\n# called = 4\n# call = "others3"\n# why = ""' in ledger


def test_an_answer_links_the_note_that_it_names(tmp_path: Path) -> None:
    twice = PARAGRAPH.replace("the others", "the others3")
    project, _ = begun(tmp_path, twice + NOTES + "\f" + MORE)
    entry = '[[note]]\nline = 11\ncalled = 5\ncall = "once more.3"\nwhy = "The print has it."\n'
    recovery = decided(project, entry)
    assert "once more.[^3]" in words(recovery)
    assert "others3 did" in words(recovery)
    assert not asked(recovery, "LAY010")
    other = decided(project, entry + '[[note]]\ncalled = 4\ncall = "others3"\nwhy = "A name."\n')
    assert not asked(other, "LAY011")


def test_a_call_without_its_note_is_asked_about_until_somebody_answers(tmp_path: Path) -> None:
    lost = NOTES.replace("\n2. Oil, and later gas, which the town had from the works", "")
    lost = lost.replace(" behind the old brewery.\n", "")
    project, recovery = begun(tmp_path, PARAGRAPH + lost + "\f" + MORE)
    (said,) = asked(recovery, "LAY011")
    assert "“lamps2” looks like the call for a note" in said
    entry = '[[note]]\ncalled = 2\ncall = "lamps2"\nwhy = "So it stands in print."\n'
    recovery = decided(project, entry)
    assert "The lamps2 were lit" in words(recovery)
    assert not asked(recovery, "LAY011")


def test_a_note_without_a_call_may_stay_a_paragraph(tmp_path: Path) -> None:
    twice = PARAGRAPH.replace("the others", "the others3")
    project, _ = begun(tmp_path, twice + NOTES + "\f" + MORE)
    recovery = decided(project, '[[note]]\nline = 11\nwhy = "It stands by itself."\n')
    assert not asked(recovery, "LAY010")
    assert "once more.3" in words(recovery)
    assert "The bell was sold" in words(recovery)
    assert "[^3]" not in words(recovery)


def test_a_figure_apart_from_its_word_may_be_decided_on(tmp_path: Path) -> None:
    text = PARAGRAPH.replace("the others", "the others, 3")
    project, _ = begun(tmp_path, text + NOTES + "\f" + MORE)
    entry = '[[note]]\nline = 11\ncalled = 4\ncall = "others, 3"\nwhy = "So in print."\n'
    assert "the others,[^3] did" in words(decided(project, entry))


KINDS = (
    "\nThe first lines are a short paragraph about the old mill by the river,1 which had stood\n"
    "in the same place for three hundred years before the flood took the wheel away.\n"
    "\nTHE SECOND FLOOD2\n\n"
    + PARAGRAPH.replace(",1", ",").replace("lamps2", "lamps").replace("more.3", "more.4")
    + "\nFig. 1. The mill before the flood, from the north.3\n\n"
    + MORE
    + "\n     Town        Year      Weight\n     Quay        1801      2,146\n"
    "     Old Mill5   1803      9,526\n     New Mill    1805      9,527\n\n"
    + MORE
    + "".join(f"\n{n}. The {name} of it.\n" for n, name in enumerate(["sale", "end"], 1))
    + "".join(f"\n{n}. The {name} of it.\n" for n, name in enumerate(["print", "bell"], 3))
    + "\n5. The upper one of it.\n\f"
    + MORE
)


def test_headings_captions_and_cells_call_for_notes_too(tmp_path: Path) -> None:
    project, recovery = begun(tmp_path, KINDS)
    text = words(recovery)
    assert "## THE SECOND FLOOD[^2]" in text
    assert "from the north.[^" in text
    assert "| Old Mill[^" in text
    for number, note in enumerate(["sale", "end", "bell", "print", "upper one"], 1):
        assert f"[^{number}]: The {note} of it." in text
    assert not asked(recovery, "LAY010")
    assert not pipeline.compare_manuscript(project, pipeline.recover(project, lambda s: None))


POEM = (
    "The harbour lies beneath the hill,2\nAnd over it the lamps are lit,\n"
    "The boats along the steps are still\nAnd nobody would wait for it;3\n"
    "For in the night the bell is dumb,\nAnd those who went will never come.\n"
)


def test_lines_of_verse_call_for_notes_and_stay_together(tmp_path: Path) -> None:
    text = PARAGRAPH.replace("lamps2", "lamps").replace("more.3", "more.")
    project, recovery = begun(tmp_path, f"{text}\n{POEM}\n{MORE}{NOTES}\f{MORE}")
    made = "".join(recovery.files.values())
    assert "| The harbour lies beneath the hill,[^2]\n| And over it" in made
    assert "| And nobody would wait for it;[^3]\n| For in" in made
    assert "[^3]: The bell was sold" in made
    assert not asked(recovery, "LAY010")
    again = pipeline.recover(project, lambda s: None)
    assert not pipeline.compare_manuscript(project, again)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('line = 11\ncalled = 5\ncall = "no such3"', "is no call on line 5: it stands there 0"),
        ('line = 11\ncalled = 2\ncall = "e"', "is no call on line 2: it ends with no mark"),
        ('line = 3\ncalled = 5\ncall = "once more.3"', "no note begins on line 3"),
        ('line = 900\ncalled = 5\ncall = "once more.3"', "no note begins on line 900"),
        ("line = 11\ncalled = 5", "`called` without `call`"),
        ('line = 11\ncall = "more.3"', "`call` without `called`"),
        ('call = ""', "neither a note nor a call"),
        ('line = 11\ncalled = 11\ncall = "3"', "is no part of the running text"),
    ],
)
def test_an_impossible_decision_is_an_error(tmp_path: Path, entry: str, said: str) -> None:
    project, _ = begun(tmp_path, PARAGRAPH + NOTES + "\f" + MORE)
    ledger = project.root / "manuscript/layout.toml"
    ledger.write_text(f'[[note]]\n{entry}\nwhy = "Because."\n')
    with pytest.raises(ConfigError, match=re.escape(said)):
        pipeline.recover(project, lambda step: None)


def test_figures_that_count_on_where_there_are_no_notes_are_asked_about(tmp_path: Path) -> None:
    text = PARAGRAPH.replace("steps.", "steps.3").replace("once more.3", "once more.4")
    _, recovery = begun(tmp_path, text + "\n" + MORE)
    (said,) = asked(recovery, "LAY011")
    assert said.startswith("4 figures in a row, from “come,1” on")


def test_a_figure_or_two_behind_words_are_no_calls(tmp_path: Path) -> None:
    _, recovery = begun(tmp_path, MORE.replace("last", "last1").replace("key", "key2"))
    assert not asked(recovery, "LAY011")
