"""The copy laid out for review: the galley in chapters, and each entry at its spot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from booktools import pipeline
from booktools.check.rules import RULES as CHECKING
from booktools.clean.rules import RULES as CLEANING
from booktools.config import refuse_unknown_rules
from booktools.desk.scans import Scans, scans_of
from booktools.errata.born import Search
from booktools.errata.entry import Entry
from booktools.errata.locate import Index, Spot, locate
from booktools.errata.reviews import disputed, verdict, voices
from booktools.find.rules import RULES as FINDING
from booktools.galleys import cleaned
from booktools.manuscript.sentences import sentence_breaks
from booktools.model.book import Heading, texts
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley, Role, Source
from booktools.model.place import Place
from booktools.review.copy import Copy, Paragraph, Part
from booktools.review.suggestion import Suggestion, Voice
from booktools.shape.shape import parts
from booktools.store import Project

Spots = Callable[[Entry], tuple[Spot | Finding, bool]]


@dataclass(frozen=True)
class Laid:
    """A book's text laid out, and what entries are looked up with.

    `numbers` lead from a block to its paragraph.  `find` gives an entry's spot, or why it has
    none, and whether the wanted reading stands there.
    """

    project: Project
    copy: Copy
    index: Index
    numbers: Mapping[int, int]
    find: Spots
    scans: Scans
    _spots: dict[tuple[str, ...], Spot | str] = field(default_factory=dict, repr=False)

    def spot(self, entry: Entry) -> Spot | str:
        """Where an entry stands, or why nowhere ("" while nothing is laid out)."""
        key = (entry.context, entry.found, entry.wanted, str(entry.line), entry.file)
        spot = self._spots.get(key)
        if spot is None:
            at, _ = self.find(entry)
            spot = at if isinstance(at, Spot) else at.message.removeprefix(f"{entry.id}: ")
            self._spots[key] = spot
        return spot

    def suggestion(self, entry: Entry, version: str) -> Suggestion:
        """An entry as the review shows it."""
        made = suggestion(entry, self.spot(entry), self.numbers, version)
        if made.paragraph < 0:
            return made
        return replace(made, chapter=self.copy.paragraphs[made.paragraph].chapter)


def blank(project: Project) -> Laid:
    """Nothing laid out yet: entries can be decided, but stand nowhere."""
    galley = Galley(Source("", ()), ())
    nowhere = Finding("", Severity.NOTE, "", Place(""))
    copy = Copy(galley, (), (), sentence_breaks, lambda phrase, most: [])
    return Laid(
        project, copy, Index(galley), {}, lambda entry: (nowhere, False), Scans(project, {})
    )


def lay_out(project: Project, progress: Callable[[str], None]) -> Laid:
    """The text as the errata find it: of the sources, or of a manuscript without any.

    Raises what recovering or reading the text raises.
    """
    if not project.config.sources:
        return _born(project, progress)
    refuse_unknown_rules(project.config, pipeline.known_rules())
    made = cleaned(project, progress)
    galley = made.galley
    progress("looking up the errata")
    index = Index(galley)
    chapters = []
    for part in parts(galley.blocks):
        titles = [i for i in part if galley.blocks[i].role is Role.TITLE]
        named = index.folded[titles[0]].text if titles else project.config.meta.title
        own = [i for i in part if galley.blocks[i].role is not Role.FURNITURE]
        chapters.append((named, [(i, galley.blocks[i].role) for i in own]))
    copy, numbers = _copy(galley, index, chapters)
    scans = scans_of(project) if made.geometry else Scans(project, {})
    copy = replace(copy, geometry=made.geometry, pictured=frozenset(scans.beside))
    return Laid(project, copy, index, numbers, lambda entry: (locate(index, entry), False), scans)


def rule_names() -> dict[str, str]:
    """What the rules are called, by code."""
    names = {rule.code: rule.title for rule in CHECKING}
    names |= {rule.code: rule.name for rule in CLEANING}
    return names | {rule.code: rule.name for rule in FINDING}


def _born(project: Project, progress: Callable[[str], None]) -> Laid:
    progress("reading the manuscript")
    stands = pipeline.standing(project)
    waist = pipeline.waist(project, stands)
    progress("looking up the errata")
    index = Index(waist.galley)
    names = {
        chapter.file: "".join(t.value for t in texts(chapter.title)) for chapter in stands.chapters
    }
    headings = {
        chapter.file: {
            "".join(t.value for t in texts(block.inlines)).strip()
            for block in chapter.blocks
            if isinstance(block, Heading)
        }
        for chapter in stands.chapters
    }
    chapters: dict[str, list[tuple[int, Role]]] = {}
    for block, passage in enumerate(waist.passages):
        if index.folded[block].text.strip():
            own = chapters.setdefault(passage.file, [])
            text = passage.text.strip()
            role = Role.HEADING if text in headings[passage.file] else Role.PARAGRAPH
            if not own and text == names[passage.file].strip():
                role = Role.TITLE
            own.append((block, role))
    rows = [(names.get(file, file), own) for file, own in chapters.items()]
    copy, numbers = _copy(waist.galley, index, rows)
    search = Search(index, waist.counting)
    return Laid(
        project,
        copy,
        index,
        numbers,
        search.find,
        Scans(project, {}),
    )


def _copy(
    galley: Galley, index: Index, chapters: Iterable[tuple[str, Sequence[tuple[int, Role]]]]
) -> tuple[Copy, dict[int, int]]:
    """The text under review, and the paragraph (by number) that each block became."""
    paragraphs: list[Paragraph] = []
    made: list[Part] = []
    numbers: dict[int, int] = {}
    for named, blocks in chapters:
        first = len(paragraphs)
        for block, role in blocks:
            numbers[block] = len(paragraphs)
            text = index.folded[block]
            own = galley.blocks[block]
            paragraphs.append(Paragraph(own, text.text, len(made), role.value, text.offset))
        if len(paragraphs) > first:
            made.append(Part(" ".join(named.split()), first, len(paragraphs)))

    def find(phrase: str, most: int) -> list[tuple[int, int]]:
        hits = (index.within(hit) for hit in index.concordance.places(phrase, most))
        return [(numbers[block], at) for block, at in hits if block in numbers]

    return Copy(galley, tuple(paragraphs), tuple(made), sentence_breaks, find), numbers


def suggestion(
    entry: Entry, spot: Spot | str, numbers: Mapping[int, int], version: str
) -> Suggestion:
    """An entry as the review shows it; `spot` is where it stands, or why it stands nowhere."""
    said = tuple(
        Voice(
            review.by,
            review.on.isoformat(),
            review.state.value,
            verdict(entry, review)[1],
            review.reason,
        )
        for review in voices(entry).values()
    )
    found = isinstance(spot, Spot) and spot.block in numbers
    return Suggestion(
        id=entry.id,
        kind=entry.kind.value,
        found=entry.found,
        wanted=entry.wanted,
        before=entry.before,
        after=entry.after,
        reason=entry.reason,
        state=entry.state.value,
        line=entry.line,
        rule=entry.rule,
        family=entry.family,
        decided_by=entry.decided_by,
        decided_on=entry.decided_on.isoformat() if entry.decided_on else "",
        since=entry.since,
        file=entry.file,
        voices=said,
        disputed=disputed(entry),
        paragraph=numbers[spot.block] if found and isinstance(spot, Spot) else -1,
        start=spot.start if isinstance(spot, Spot) else 0,
        end=spot.end if isinstance(spot, Spot) else 0,
        fault=spot if isinstance(spot, str) else "",
        version=version,
    )
