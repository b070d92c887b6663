"""Which lines are headings, captions, notes or verse, before paragraphs are made.

Each kind is looked for with its own evidence, the surest first; what one has found the
next ones leave alone.  What is not found is running text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from booktools.arrange.captions import numbered
from booktools.arrange.contents import own_contents
from booktools.arrange.drifted import drifted
from booktools.arrange.floats import set_apart
from booktools.arrange.headings import headings, ranked
from booktools.arrange.initials import initials
from booktools.arrange.interruptions import boxes, interruptions
from booktools.arrange.lists import lists
from booktools.arrange.misnumbered import misread_numbers
from booktools.arrange.named import named
from booktools.arrange.notes import notes
from booktools.arrange.notes_by_place import notes_by_place
from booktools.arrange.notes_by_type import notes_by_type
from booktools.arrange.parted_marks import parted
from booktools.arrange.quotes import quotes
from booktools.arrange.rows import Rows
from booktools.arrange.sections import sections, underlined
from booktools.arrange.stretch import Stretch, lined
from booktools.arrange.verse import verse
from booktools.model.galley import Role


def typed(rows: Rows, beside: Sequence[tuple[int, int]] = ()) -> tuple[Stretch, ...]:
    """The stretches that are not running text, in the order of the source; counted in lines.

    `rows` are the lines that are neither furniture nor decided on, `beside` the first and last
    lines of what is known to stand beside the text.
    """
    if not len(rows):
        return ()
    letters = initials(rows)
    rows = rows.opened(letters.keys())
    found = [
        Stretch(at, at, Role.PARAGRAPH, "a drop capital", True, target)
        for target, at in letters.items()
    ]
    told = underlined(rows)
    found += [*told, *_free(_notes(rows), told)]
    if beside:
        at = {row.index: at for at, row in enumerate(rows.rows)}
        found += boxes(rows, [(at[first], at[last]) for first, last in beside], _rows(found))
    counted = sections(rows, _rows(found))
    found += counted
    told += counted
    found += lists(rows, _rows(found))
    found += parted(rows, _rows(found))
    found += numbered(rows, _rows(found))
    found += drifted(rows, _rows(found))
    titles = named(rows, _rows(found))
    stanzas = verse(rows, _rows(found) | _rows(titles))
    found += quotes(rows, _rows(found) | _rows(titles) | _rows(stanzas))
    taken, stanza_rows = _rows(found) | _rows(titles), _rows(stanzas)
    heads = headings(rows, taken | stanza_rows, stanza_rows)
    heads = ranked(rows, sorted([*heads, *titles], key=lambda head: head.first))
    heads += misread_numbers(rows, heads, taken | stanza_rows | _rows(heads))
    found += stanzas
    found += [head for head in heads if head.sure]
    sure = _rows([head for head in heads if head.sure])
    poems = _poems(rows, stanza_rows)
    sure |= _rows(told)
    found += interruptions(rows, (_rows(found) | poems) - sure, sure, _rows(heads) | sure)
    found += _free([head for head in heads if not head.sure], found)
    found += set_apart(rows, _rows(found) | poems)
    own = own_contents([row.text for row in rows.rows], [row.page for row in rows.rows], found)
    found = [*_free(found, own), *own]
    found.sort(key=lambda s: s.first)
    return lined(found, lambda at: rows[at].index)


def _notes(rows: Rows) -> list[Stretch]:
    """The notes that are called for or, where that finds more, those told by place and type."""
    called, placed = notes(rows), notes_by_place(rows)
    typed = _free(notes_by_type(rows), placed)
    other = sorted([*placed, *typed], key=lambda s: s.first)
    return other if len(other) > len(called) else called


def _poems(rows: Rows, verse: Collection[int]) -> set[int]:
    """The rows of pages that are mostly verse, and of all that have any in a book of poems:
    there is no measure there, and no sentence that a caption interrupts looks different from one
    that a line end does."""
    pages = rows.sizes
    lines = Counter([rows[at].page for at in verse])
    poems = {page for page, count in lines.items() if 2 * count > pages[page]}
    if 2 * len(poems) > len(pages):
        poems = set(lines)
    return {at for at, row in enumerate(rows.rows) if row.page in poems} if poems else set()


def _free(offers: Sequence[Stretch], found: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of which no row is something already."""
    taken = _rows(found)
    return [s for s in offers if taken.isdisjoint(range(s.first, s.last + 1))]


def _rows(stretches: Sequence[Stretch]) -> set[int]:
    return {at for s in stretches for at in range(s.first, s.last + 1)}
