"""Texts outside any project: recovered without reviewed decisions, as typed blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from booktools import documents
from booktools.arrange.arrange import arrange
from booktools.arrange.called import raised_figures
from booktools.arrange.layout import Layout
from booktools.arrange.note_calls import link_notes
from booktools.arrange.page_seams import Usage
from booktools.clean.frequency import Frequencies
from booktools.clean.language import language_of
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean, likely, questions
from booktools.engines import bigrams, frequency, spelling
from booktools.manuscript.adopt import Titles
from booktools.model.finding import Finding
from booktools.model.galley import Galley
from booktools.model.page import Pages
from booktools.model.wordlist import WordList
from booktools.read.documents import kind_of
from booktools.read.dump import read_dump
from booktools.shape.blocks import blocks_json


@dataclass(frozen=True)
class Loose:
    """What single texts give, outside any project.

    `languages` are those that were named, else the one that the text looks to be in.
    """

    galley: Galley
    languages: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def json(self) -> str:
        """The recovered blocks, `[{"type": …, "text": …}, …]`."""
        return blocks_json(self.galley)


def recover_text(
    files: Sequence[tuple[str, str]], languages: Sequence[str], progress: Callable[[str], None]
) -> Loose:
    """Recover texts `(name, text)`, taken end to end, without any reviewed decision."""
    return recover_pages(read_dump(files), languages, progress)


def recover_pages(
    pages: Pages,
    languages: Sequence[str],
    progress: Callable[[str], None],
    said: Sequence[Finding] = (),
) -> Loose:
    """Recover pages without any reviewed decision; `said` are findings on their reading."""
    progress("arranging the pages")
    spoken = tuple(languages) or tuple(filter(None, [language_of(pages.source.text)]))
    arranged = arrange(pages, Layout(), usage(spoken))
    raised = raised_figures(pages)
    del pages  # a large book's lines are let go
    progress("cleaning")
    cleaned = clean(arranged.galley, known(arranged.galley, spoken, WordList()))
    linked = link_notes(cleaned, raised)
    asked = (*arranged.findings, *linked.findings, *questions(linked.galley))
    return Loose(linked.galley, spoken, (*said, *asked))


def usage(languages: Sequence[str]) -> Usage:
    """What arranging may know of the first of the languages."""
    words = spelling.listed(languages[0].split("-")[0].lower()) if languages else ()
    return Usage(bigrams.follows(languages), words.__contains__)


def is_document(name: str) -> bool:
    """Whether pandoc reads a file of this name."""
    return bool(kind_of(name))


def recover_documents(
    files: Sequence[tuple[str, bytes]], languages: Sequence[str], progress: Callable[[str], None]
) -> Loose:
    """Read documents `(name, bytes)` that pandoc knows, one after another."""
    reading = documents.read(files, None, progress)
    said = languages or [reading.about.language or language_of(documents.text_of(reading))]
    spoken = tuple(filter(None, said))
    titles = Titles(reading.about.title or "Untitled", (*spoken, "en")[0])
    taken = documents.take(reading, titles)
    return Loose(taken.galley, spoken, (*taken.findings, *taken.proof.findings))


def known(galley: Galley, languages: Sequence[str], words: WordList) -> Knowledge:
    """What cleaning may rely on: the text itself, reviewed words, the languages at large."""
    look_up = partial(frequency.zipf, languages=languages)
    frequencies = Frequencies(look_up, likely(galley.blocks, languages))
    speller = spelling.speller(languages)
    return Knowledge.of(galley.blocks, words.words, frequencies, speller, languages)
