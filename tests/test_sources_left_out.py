"""Nothing of a stranger's sources is left out in silence, nor taken from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from booktools import fresh, pipeline
from booktools.errors import SourceError
from booktools.manuscript.front_matter import with_front_matter
from booktools.newproject import Wishes
from booktools.read.documents import with_head
from booktools.store import open_project


def made(tmp_path: Path, name: str, text: str) -> tuple[str, str]:
    """The title in book.toml and the whole manuscript of a document."""
    (tmp_path / name).write_text(text)
    begun = fresh.begin(str(tmp_path / "b"), [str(tmp_path / name)], Wishes("", ""), lambda s: None)
    assert begun.made, begun.recovery.findings
    project = open_project(tmp_path / "b")
    return project.config.meta.title, "".join(pipeline.standing(project).files.values())


def test_an_abstract_is_text_of_the_book(tmp_path: Path) -> None:
    text = (
        r"\documentclass{article}\title{The Salt Road}\begin{document}\maketitle"
        r"\begin{abstract}A short \emph{history}.\end{abstract}\section{Origins}"
        "It rained.\\end{document}"
    )
    title, text = made(tmp_path, "a.tex", text)
    assert title == "The Salt Road"
    assert "A short *history*." in text
    assert text.index("A short") < text.index("# Origins")


def test_subtitle_and_dedication_are_text_in_their_order(tmp_path: Path) -> None:
    head = "---\ntitle: Salt\nsubtitle: A *Road*\nabstract: |\n    One.\n\n    Two.\n---\n"
    _, text = made(tmp_path, "a.md", f"{head}\n# A\n\nB.\n")
    first, _, _ = text.partition("# A {")
    assert [line for line in first.split("\n") if line][1:] == ["A *Road*", "One.", "Two."]


def test_a_tree_without_such_metadata_is_the_same() -> None:
    tree = {"meta": {"title": {"t": "MetaString", "c": "x"}}, "blocks": []}
    assert with_front_matter(tree) is tree


def test_a_title_without_a_head_is_no_text(tmp_path: Path) -> None:
    title, text = made(tmp_path, "a.html", "<title>The Quay</title>\n<h1>One</h1><p>It rained.")
    assert title == "The Quay"
    assert "The Quay" not in text
    whole = b"<html><head><title>x</title></head><body>"
    assert with_head(whole) == whole
    assert with_head(b"<p>no title") == b"<p>no title"
    assert with_head(b"<body><svg><title>x</title>") == b"<body><svg><title>x</title>"


def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "1.txt").write_text("It was raining on the quay.\n")
    return pages


def begin(tmp_path: Path, source: Path) -> None:
    fresh.begin(str(tmp_path / "b"), [str(source)], Wishes("", ""), lambda step: None)


def test_a_book_among_page_texts_is_not_left_out_in_silence(tmp_path: Path) -> None:
    pages = folder(tmp_path)
    (pages / "notes.docx").write_bytes(b"PK")
    with pytest.raises(SourceError, match=r"notes\.docx is no page text") as caught:
        begin(tmp_path, pages)
    assert caught.value.hint
    assert not (tmp_path / "b").exists()


def test_a_link_out_of_a_folder_of_pages_is_not_followed(tmp_path: Path) -> None:
    pages = folder(tmp_path)
    (tmp_path / "secret.txt").write_text("Secret.\n")
    (pages / "2.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(SourceError, match="leads out of its folder") as caught:
        begin(tmp_path, pages)
    assert caught.value.place
    assert caught.value.place.file.endswith("pages/2.txt")
    (pages / "2.txt").unlink()
    (pages / "2.txt").symlink_to(pages / "1.txt")
    begin(tmp_path, pages)
