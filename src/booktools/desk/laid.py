"""The copy laid out for review: the galley in chapters, and each entry at its spot."""

from __future__ import annotations

from collections.abc import Mapping

from booktools.errata.entry import Entry
from booktools.errata.locate import Index, Spot
from booktools.errata.reviews import disputed, verdict, voices
from booktools.manuscript.sentences import sentence_breaks
from booktools.model.galley import Galley, Role
from booktools.review.copy import Copy, Paragraph, Part
from booktools.review.suggestion import Suggestion, Voice
from booktools.shape.shape import parts


def copy_of(galley: Galley, index: Index, title: str) -> tuple[Copy, dict[int, int]]:
    """The text under review, and the paragraph (by number) that each block became."""
    paragraphs: list[Paragraph] = []
    chapters: list[Part] = []
    numbers: dict[int, int] = {}
    for part in parts(galley.blocks):
        first = len(paragraphs)
        heads = [i for i in part if galley.blocks[i].role is Role.TITLE]
        for block in part:
            if galley.blocks[block].role is Role.FURNITURE:
                continue
            numbers[block] = len(paragraphs)
            folded = index.folded[block]
            paragraphs.append(
                Paragraph(galley.blocks[block], folded.text, len(chapters), folded.offset)
            )
        named = " ".join(index.folded[heads[0]].text.split()) if heads else title
        if len(paragraphs) > first:
            chapters.append(Part(named, first, len(paragraphs)))

    def find(phrase: str, most: int) -> list[tuple[int, int]]:
        spots = (index.spot(hit, 0, len(phrase)) for hit in index.concordance.places(phrase, most))
        return [(numbers[spot.block], spot.start) for spot in spots if spot.block in numbers]

    return Copy(galley, tuple(paragraphs), tuple(chapters), sentence_breaks, find), numbers


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
