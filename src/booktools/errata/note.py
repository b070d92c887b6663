"""The transcriber's note: a chapter at the book's end with both readings of every correction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from booktools.errata.entry import Entry
from booktools.model.book import (
    BookBlock,
    Chapter,
    ChapterRole,
    Heading,
    Listing,
    Paragraph,
    Text,
)
from booktools.model.slug import unique

FILE = "manuscript/errata.toml"
ID = "transcribers-note"
# Words of context at each side that tell the place.
_WORDS = 4


def note_chapter(
    title: str, sections: Iterable[tuple[str, Sequence[Entry]]], ids: Iterable[str]
) -> Chapter | None:
    """The note under its title: entries by the title of their chapter; None without any.

    Each says `“wrong” : “right” (the right one in its context)`, in no language but the book's.
    `ids` are taken.
    """
    taken = set(ids)
    blocks: list[BookBlock] = []
    own = unique(ID, taken)
    taken.add(own)
    for number, (name, entries) in enumerate(sections, 1):
        if entries:
            if name:
                id = unique(f"{ID}-{number}", taken)
                taken.add(id)
                blocks.append(Heading(2, (Text(name, entries[0].place.line),), id))
            blocks.append(Listing(tuple((_item(entry),) for entry in entries)))
    if not blocks:
        return None
    return Chapter(FILE, own, (Text(title, 1),), tuple(blocks), ChapterRole.APPENDIX)


def _item(entry: Entry) -> Paragraph:
    found, wanted = entry.found.strip(), entry.wanted.strip()
    before = " ".join(entry.before.split(" ")[-_WORDS - 1 :])
    after = " ".join(entry.after.split(" ")[: _WORDS + 1])
    said = f"“{found}” : {f'“{wanted}”' if wanted else '[—]'}"
    if (before + after).strip():
        said += f" ({(before + entry.wanted + after).strip()})"
    return Paragraph((Text(said, entry.place.line),))
