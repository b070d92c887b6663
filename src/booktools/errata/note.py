"""The transcriber's note: a chapter at the book's end with both readings of every correction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from booktools.errata.concordance import fold
from booktools.errata.entry import Entry
from booktools.errata.whereabouts import Stand
from booktools.model.book import (
    BookBlock,
    Chapter,
    ChapterRole,
    Emph,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Text,
)
from booktools.model.slug import unique

FILE = "manuscript/errata.toml"
ID = "transcribers-note"
# Words of the book at each side that tell the place.
_WORDS = 4
ARROW = "→"
NOTHING = "[—]"
# What stands there without a blank, or only the rest of the word.
_WORD = r"(?:[^\W_]|[’'‐-](?=[^\W_]))*"
_LAST = re.compile(r"\S*$"), re.compile(rf"{_WORD}$")
_FIRST = re.compile(r"^\S*"), re.compile(rf"^{_WORD}")


@dataclass(frozen=True, slots=True)
class Noted:
    """A correction to be told of: where it stands in the manuscript, None when nowhere, and on
    which page of the source, 0 where it has no pages."""

    entry: Entry
    stand: Stand | None
    page: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    """Both readings, in whole words, and what stands round them in the book."""

    was: str
    reads: str
    place: str
    line: int


def note_chapter(
    title: str, noted: Iterable[Noted], chapters: Mapping[str, str], page: str, ids: Iterable[str]
) -> Chapter | None:
    """The note under its title, in the order of the book; None where nothing is noted.

    `chapters` are the titles of the book's chapters by file, in order; `page` is what stands
    before the number of a page ("p."); `ids` are taken.  Corrections that are alike in a
    chapter are told together: `was → reads (p. 12: … round it …)`.  It is in no language but
    the book's own.
    """
    taken = set(ids)
    own = unique(ID, taken)
    taken.add(own)
    order = {file: number for number, file in enumerate(chapters)}
    sections: dict[str, list[Noted]] = {}
    for one in sorted(noted, key=lambda one: _rank(one, order)):
        sections.setdefault(one.stand.row.file if one.stand else "", []).append(one)
    blocks: list[BookBlock] = []
    for number, (file, rows) in enumerate(sections.items(), 1):
        if name := chapters.get(file, ""):
            id = unique(f"{ID}-{number}", taken)
            taken.add(id)
            blocks.append(Heading(2, (Text(name, rows[0].entry.place.line),), id))
        blocks.append(Listing(tuple((item,) for item in _items(rows, page))))
    if not blocks:
        return None
    return Chapter(FILE, own, (Text(title, 1),), tuple(blocks), ChapterRole.ERRATA)


def _rank(one: Noted, order: Mapping[str, int]) -> tuple[int, int, int, int]:
    if one.stand is None:
        return len(order), 0, 0, one.entry.place.line
    row = one.stand.row
    return order.get(row.file, len(order)), row.lines[0][1], one.stand.start, one.entry.place.line


def _items(rows: Sequence[Noted], page: str) -> list[Paragraph]:
    alike: dict[tuple[str, str], list[_Item]] = {}
    for one in rows:
        item = _item(one, page)
        alike.setdefault((item.was, item.reads), []).append(item)
    return [_paragraph(items) for items in alike.values()]


def _paragraph(items: Sequence[_Item]) -> Paragraph:
    line = items[0].line
    reads: Inline = Text(NOTHING, line)
    if items[0].reads:
        reads = Emph((Text(items[0].reads, line),))
    places = "; ".join(item.place for item in items if item.place)
    return Paragraph(
        (
            Emph((Text(items[0].was, line),)),
            Text(f" {ARROW} ", line),
            reads,
            *((Text(f" ({places})", line),) if places else ()),
        )
    )


def _item(one: Noted, page: str) -> _Item:
    entry, before, after = one.entry, one.entry.before, one.entry.after
    if one.stand:
        row = one.stand.row.text
        before, after = fold(row[: one.stand.start]), fold(row[one.stand.end :])
    # A word that is corrected in part is shown whole, and where marks are corrected its marks.
    words = (entry.found, entry.wanted)
    lead = tail = ""
    if not (entry.before.endswith(" ") or entry.found.startswith(" ")):
        lead = _found(_LAST[all(text[:1].isalnum() for text in words)], before)
    if not (entry.after.startswith(" ") or entry.found.endswith(" ")):
        tail = _found(_FIRST[all(text[-1:].isalnum() for text in words)], after)
    was, reads = (f"{lead}{text.strip()}{tail}" for text in (entry.found, entry.wanted))
    left = before[: len(before) - len(lead)].split(" ")
    right = after[len(tail) :].split(" ")
    around = " ".join(left[-_WORDS - 1 :]) + reads + " ".join(right[: _WORDS + 1])
    place = " ".join(around.split())
    place = "" if place == reads else place
    place = f"… {place}" if len(left) > _WORDS + 1 else place
    place = f"{place} …" if len(right) > _WORDS + 1 else place
    if one.page:
        number = f"{page} {one.page}"
        place = f"{number}: {place}" if place else number
    return _Item(was, reads, place, entry.place.line)


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""
