"""From the sources to clean galleys: the text that the errata are about.

Part of the pipeline: it joins the rooms that read, arrange and clean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from booktools import documents, prints
from booktools.arrange.arrange import arrange
from booktools.arrange.called import raised_figures
from booktools.arrange.layout import Layout
from booktools.arrange.ledger import parse_layout
from booktools.arrange.note_calls import link_notes
from booktools.arrange.title_page import without_title_page
from booktools.clean.rule import Knowledge
from booktools.clean.rules import clean
from booktools.loose import known, usage
from booktools.model.finding import Finding
from booktools.model.galley import Galley
from booktools.model.printed_page import Geometry
from booktools.model.wordlist import WordList, parse_wordlist
from booktools.read.dump import read_dump
from booktools.store import Project

LAYOUT = "manuscript/layout.toml"
LEXICON = "manuscript/lexicon.txt"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Cleaned:
    """The text of the sources, arranged and cleaned, and what is to be said of it.

    `geometry` tells where the lines of sources that are print stand; `pictures` are
    theirs; `taken` is what pandoc's documents gave besides.
    """

    galley: Galley
    findings: tuple[Finding, ...] = ()
    geometry: Geometry | None = None
    taken: documents.Taken | None = None
    pictures: prints.Pictures = field(default_factory=prints.Pictures)


def cleaned(project: Project, progress: Progress) -> Cleaned:
    """Read, arrange and clean the sources.  Raises ConfigError, SourceError, EngineMissing."""
    config = project.config
    progress("reading the sources")
    if documents.among(config.sources):
        reading = documents.read(project.documents(), project.beside, progress)
        taken = documents.take(reading, documents.titles(config.meta), config.codes_off)
        idle = documents.idle(project.text_if_there(LAYOUT) or "", LAYOUT)
        taken = replace(taken, findings=(*taken.findings, *idle))
        return Cleaned(taken.galley, taken.findings, taken=taken)
    said: tuple[Finding, ...] = ()
    if prints.among(config.sources):
        read = prints.read(project.prints(), progress)
        pages, said = read.pages, read.findings
    else:
        pages = read_dump(project.sources(), [source.pages for source in config.sources])
    titles = documents.titles(config.meta)
    decisions = project.text_if_there(LAYOUT)
    layout = parse_layout(decisions, LAYOUT) if decisions else Layout()
    progress("arranging the pages")
    languages = (config.meta.language, *config.languages)
    arranged = arrange(pages, layout, usage(languages))
    progress("cleaning")
    galley = clean(arranged.galley, knowledge(project, arranged.galley), config.codes_off)
    galley = without_title_page(pages, galley, (titles.title, *titles.said))
    linked = link_notes(galley, raised_figures(pages), layout)
    galley = linked.galley
    shown = prints.pictures(pages, galley, layout, project.prints, project.images(), progress)
    found = (*said, *arranged.findings, *linked.findings, *shown.findings)
    return Cleaned(galley, found, pages.geometry, pictures=shown)


def knowledge(project: Project, galley: Galley) -> Knowledge:
    """What cleaning may rely on: the document itself, the lexicon, the languages at large."""
    languages = (project.config.meta.language, *project.config.languages)
    return known(galley, languages, wordlist(project))


def wordlist(project: Project) -> WordList:
    """The lexicon, empty when there is none.  Raises ConfigError."""
    text = project.text_if_there(LEXICON)
    return parse_wordlist(text, LEXICON) if text else WordList()
