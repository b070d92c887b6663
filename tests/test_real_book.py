"""The book that this repository carries, end to end."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from booktools import pipeline, store
from booktools.check.conservation import letters
from booktools.engines import epubcheck, pdfium
from booktools.errata.entry import State
from booktools.model.artifact import Edition
from booktools.model.book import Figure, Heading, chapter_texts
from booktools.model.finding import Severity
from booktools.pipeline import Build, Recovery
from booktools.store import Project

ROOT = Path(__file__).parent.parent


def quiet(step: str) -> None:
    pass


@pytest.fixture(scope="module")
def project() -> Project:
    return store.open_project(ROOT)


@pytest.fixture(scope="module")
def recovery(project: Project) -> Recovery:
    return pipeline.recover(project, quiet)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("book")
    for name in ("manuscript", "styles", "images"):
        shutil.copytree(ROOT / name, folder / name)
    return store.open_project(folder)


@pytest.fixture(scope="module")
def built(copy: Project) -> Build:
    return pipeline.build(copy, tuple(Edition), quiet)


# --- recovery -------------------------------------------------------------------------


def test_the_committed_manuscript_is_what_the_source_gives(
    project: Project, recovery: Recovery
) -> None:
    assert not recovery.fails
    assert pipeline.compare_manuscript(project, recovery) == ()
    assert pipeline.recover(project, quiet).files == recovery.files


def test_every_character_of_the_source_is_accounted_for(recovery: Recovery) -> None:
    account = recovery.account
    assert account.findings == ()
    assert account.source == len(letters(recovery.galley.source.text))
    removed = sum(entry.removed for entry in account.entries)
    added = sum(entry.added for entry in account.entries)
    assert account.source - removed + added == account.manuscript
    assert recovery.galley.unwound() == recovery.galley.source.text


def test_nothing_is_left_to_ask(recovery: Recovery) -> None:
    codes = Counter(f.code for f in recovery.findings if f.severity is not Severity.NOTE)
    assert codes == {}


def test_sentences_that_hop_are_whole(recovery: Recovery) -> None:
    text = " ".join("\n".join(recovery.files.values()).split())
    for sentence in (
        "its own collaterals, the Comandos Comunales, artificially created",
        "We met him at the end of the 1960s at a school for cadres",
        "the Federación Nacional Campesina e Indígena (FNCI)",
        "as a militant in the Collective for the Refoundation of the Fourth International / FLTI",
        "Comrade Ramiro: UNTIL SOCIALISM ALWAYS!",
    ):
        wanted = sentence.removeprefix("the ")
        assert text.count(wanted) == 1, sentence


def test_the_errata_are_reviewed_and_applied_once(project: Project, recovery: Recovery) -> None:
    entries = pipeline.errata(project)
    assert 200 <= len(entries) <= 400
    accepted = {entry.id for entry in entries if entry.state is State.ACCEPTED}
    assert set(recovery.applied.places) == accepted
    edits = Counter(e.rule for block in recovery.galley.blocks for e in block.edits())
    assert all(edits[name] == 1 for name in accepted)
    text = "\n".join(recovery.files.values())
    for gone in ("trapos", "20023", "puto an", "shorts time", "thrille ", "get tire,", "“Dago»"):
        assert gone not in text


# --- editions -------------------------------------------------------------------------


def test_three_editions_say_the_same(copy: Project, built: Build) -> None:
    assert not [f for f in built.findings if f.severity is not Severity.NOTE]
    assert [a.edition for a in built.artifacts] == list(Edition)
    assert len(built.proofs) == 3
    for artifact in built.artifacts:
        assert (copy.root / "dist" / artifact.name).read_bytes() == artifact.data


def test_a_second_build_has_nothing_to_do_and_a_forced_one_gives_the_same_bytes(
    copy: Project, built: Build
) -> None:
    assert pipeline.build(copy, tuple(Edition), quiet).unchanged
    again = pipeline.build(copy, (Edition.EPUB, Edition.TXT), quiet, force=True)
    before = {a.edition: a.sha256 for a in built.artifacts}
    assert {a.edition: a.sha256 for a in again.artifacts} == {
        Edition.EPUB: before[Edition.EPUB],
        Edition.TXT: before[Edition.TXT],
    }


def test_epubcheck_has_nothing_to_say(copy: Project, built: Build) -> None:
    (name,) = (a.name for a in built.artifacts if a.edition is Edition.EPUB)
    assert epubcheck.check(copy.root / "dist" / name) == ()


def test_the_epub_has_every_chapter_and_figure(copy: Project, built: Build) -> None:
    chapters = pipeline.standing(copy).chapters
    (data,) = (a.data for a in built.artifacts if a.edition is Edition.EPUB)
    with zipfile.ZipFile(io.BytesIO(data)) as epub:
        whole = "".join(epub.read(n).decode() for n in epub.namelist() if n.endswith(".xhtml"))
    figures = [b for c in chapters for b in c.blocks if isinstance(b, Figure)]
    headings = [b for c in chapters for b in c.blocks if isinstance(b, Heading)]
    assert whole.count("<figcaption") == len(figures) >= 30
    assert all(f'id="{node.id}"' in whole for node in (*figures, *headings))
    assert 'lang="es"' in whole


def test_the_printed_book_is_a_book(built: Build) -> None:
    (data,) = (a.data for a in built.artifacts if a.edition is Edition.PDF)
    pages = pdfium.pdf_text(data)
    assert {(round(page.width), round(page.height)) for page in pages} == {(432, 648)}
    assert 70 <= len(pages) <= 110
    labels = [page.label for page in pages]
    assert "1" in labels
    assert labels.index("1") % 2 == 0  # page 1 is a recto


def test_plain_text_is_plain(copy: Project, built: Build) -> None:
    (data,) = (a.data for a in built.artifacts if a.edition is Edition.TXT)
    text = data.decode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\t" not in text
    assert "\f" not in text
    assert max(map(len, text.split("\n"))) <= 72
    for chapter in pipeline.standing(copy).chapters:
        first = next(t.value for t in chapter_texts(chapter))
        assert " ".join(first.split())[:30] in " ".join(text.split())


def test_why_leads_back_to_the_source(project: Project) -> None:
    (trail,) = pipeline.why(project, "trapos")
    assert trail.text == "traps"
    assert trail.source is not None
    assert (trail.source.line, trail.source.page) == (137, 2)
    assert any("trapos" in change.old for change in trail.changes)
