"""What blocks of print are: headings, captions, notes, verse, what stands in frames.

Size, weight, slant and place tell; words only help where they do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median

from booktools.arrange.geometry_blocks import PrintBlock, full, page_rows, starts
from booktools.arrange.geometry_rows import PrintRow, PrintRows, alike, box_of
from booktools.arrange.stretch import Stretch
from booktools.arrange.titles import is_capitals, is_numeral, is_said, is_title_like
from booktools.arrange.words import QUOTES, is_label
from booktools.model.galley import Role

# Shares of the body's size: headings are larger, captions and notes smaller.
_LARGER, _SMALLER = 1.06, 0.97
# A heading has so many rows at most.
_HEADING_ROWS = 5
# Gaps round one are so wide, in usual distances of lines; on a scan, one of them at least, for
# specks and crooked lines take from the other.
_APART, _SPECKED_APART = 1.4, 1.1
# So many notes with a mark show how notes are set.
_MARKED = 2
# A caption has so many rows at most.
_CAPTION_ROWS = 8
# A line is centred when its middle is so near its column's, in ems.
_MIDDLE = 0.6

_FIGURE = re.compile(
    r"(?:fig(?:ure|\.|ura)?|plate|table|photo|map|abb(?:ildung|\.)|tafel|tabelle|l[áa]mina|tabla|"
    r"planche|carte)\s*[\divxlc]+\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*(?:\[?\d{1,3}[\].)]?|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]+)\s*(?=\S)")


def initials(rows: PrintRows) -> dict[int, int]:
    """The row that lacks its first letter, by the row of the drop capital."""
    found = {}
    for at in range(len(rows) - 1):
        row, below = rows[at], rows[at + 1]
        letters = sum(c.isalpha() for c in row.text)
        large = row.size > 1.6 * below.size and row.page == below.page
        if large and letters == 1 and len(row.text) <= 3 and below.base <= row.base + 1:
            found[at] = at + 1
    return found


def framed(rows: PrintRows, blocks: Sequence[PrintBlock]) -> list[Stretch]:
    """What stands in frames and on tinted fields: its headings and its paragraphs."""
    out = []
    for number, block in enumerate(blocks):
        row = rows[block.first]
        if row.g.frame < 0:
            continue
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        headed = (
            following is not None
            and rows[following.first].page == row.page
            and rows[following.first].g.frame == row.g.frame
        )
        if headed and following is not None and _heads_box(rows, block, following):
            out.append(Stretch(block.first, block.last, Role.HEADING, "it heads a box"))
            continue
        cuts = [block.first, *starts(rows, block), block.last + 1]
        out += [
            Stretch(a, b - 1, Role.PARAGRAPH, "it stands in a frame") for a, b in pairwise(cuts)
        ]
    return out


def _heads_box(rows: PrintRows, block: PrintBlock, following: PrintBlock) -> bool:
    row, below = rows[block.first], rows[following.first]
    if len(block) > _HEADING_ROWS:
        return False
    return row.g.bold > 0.9 > below.g.bold or row.size > _LARGER * below.size


def told(rows: PrintRows, blocks: Sequence[PrintBlock]) -> list[Stretch]:
    """What the file itself says that it is: headings, captions and notes."""
    out: list[Stretch] = []
    for block in blocks:
        role = rows[block.first].g.told
        if role is None or (role is Role.HEADING and len(block) > _HEADING_ROWS):
            continue
        marks = [at for at in block.range[1:] if role is Role.NOTE and _marked(rows, at, block)]
        cuts = [block.first, *marks, block.last + 1]
        out += [Stretch(a, b - 1, role, "the file says so") for a, b in pairwise(cuts)]
    return [_labelled(rows, one) if one.role is Role.HEADING else one for one in out]


# --- headings -------------------------------------------------------------------------


def headings(
    rows: PrintRows, blocks: Sequence[PrintBlock], outlined: Collection[int]
) -> list[Stretch]:
    """Display text: larger, bold, or set apart and centred; `outlined` rows stand in the
    file's own contents."""
    out = []
    for block in blocks:
        why = _heading(rows, block, outlined)
        if why:
            out += [Stretch(a, b, Role.HEADING, why) for a, b in _titles(rows, block)]
    return [_labelled(rows, head) for head in out]


def _labelled(rows: PrintRows, head: Stretch) -> Stretch:
    text = " ".join(rows[at].text for at in range(head.first, head.last + 1))
    if not is_label(text):
        return head
    return Stretch(head.first, head.last, Role.LABEL, head.evidence, head.sure)


def _heading(rows: PrintRows, block: PrintBlock, outlined: Collection[int]) -> str:
    row, last = rows[block.first], rows[block.last]
    text = " ".join(r.text for r in page_rows(rows, block))
    if len(block) > _HEADING_ROWS or not any(c.isalnum() for c in text):
        return ""
    if block.first in outlined:
        return "the file's contents name it"
    wordy = len(block) > 2 and last.terminal
    scanned = rows.sheets[row.page - 1].scanned
    wordy = wordy or (scanned and _mismeasured(row, last, text))
    if row.size > _LARGER * rows.body and not wordy:
        return "its letters are larger than the text's"
    bold = all(r.g.bold > 0.9 for r in page_rows(rows, block))
    if bold and not wordy and row.size > _SMALLER * rows.body:
        return "it is set in bold"
    least, most = sorted((rows.gap(block.first), _gap_below(rows, block)))
    apart = most > _APART and least > (_SPECKED_APART if scanned else _APART)
    short = all(r.slack > 2 * r.size for r in page_rows(rows, block))
    centred = all(_centred(r) for r in page_rows(rows, block))
    small = row.size < _SMALLER * rows.body and not (scanned and is_numeral(text))
    if not (apart and short and centred) or small:
        return ""
    if is_title_like(text) and not last.terminal:
        return "it has a title's capitals, centred and apart"
    if is_capitals(text) or is_numeral(text) or (last.g.capitals > 0.9 and not last.terminal):
        return "it is set in capitals, centred and apart"
    return ""


def _mismeasured(row: PrintRow, last: PrintRow, text: str) -> bool:
    """Whether the words of a scan's large letters are no heading's: they begin small, or end as a
    sentence does.  The size of a few letters is soon mismeasured."""
    if row.lower or text[0] in "—–" or is_said(text):
        return True
    return last.terminal and not (is_title_like(text) or is_capitals(text) or is_numeral(text))


def _titles(rows: PrintRows, block: PrintBlock) -> list[tuple[int, int]]:
    """A numeral over a title is a heading by itself."""
    if len(block) > 1 and is_numeral(rows[block.first].text):
        return [(block.first, block.first), (block.first + 1, block.last)]
    return [(block.first, block.last)]


def _gap_below(rows: PrintRows, block: PrintBlock) -> float:
    return rows.gap(block.last + 1) if block.last + 1 < len(rows) else 9.0


def _centred(row: PrintRow) -> bool:
    middle = (row.g.left + row.g.right) / 2
    own = (row.g.box.left + row.g.box.right) / 2
    return abs(middle - own) < _MIDDLE * row.size and row.indent > row.size


# --- notes ----------------------------------------------------------------------------


def notes(rows: PrintRows, blocks: Sequence[PrintBlock], taken: Collection[int]) -> list[Stretch]:
    """Small rows at the foot of a column with a mark before each note; those without one go
    on from the note before."""
    out: list[Stretch] = []
    for number, block in enumerate(blocks):
        if block.first in taken or not _small(rows, block) or not _at_foot(rows, blocks, number):
            continue
        marks = [at for at in block.range if _marked(rows, at, block)]
        if not marks and not _goes_on(rows, out, block):
            continue
        cuts = [*marks, block.last + 1]
        if block.first not in marks:
            last = out[-1].first if _goes_on(rows, out, block) else -1
            last = out[-1].follows if last >= 0 and out[-1].follows >= 0 else last
            stop = cuts[0] - 1
            out.append(Stretch(block.first, stop, Role.NOTE, "a note goes on", True, last))
        out += [
            Stretch(a, b - 1, Role.NOTE, "small letters at the foot, with a mark")
            for a, b in pairwise(cuts)
        ]
    return sorted([*out, *_unmarked(rows, blocks, taken, out)], key=lambda s: s.first)


def _unmarked(
    rows: PrintRows, blocks: Sequence[PrintBlock], taken: Collection[int], found: Sequence[Stretch]
) -> list[Stretch]:
    """The notes of scans whose marks OCR has misread: set like those that it has read."""
    sizes = [rows[note.first].size for note in found if note.follows < 0]
    have = {at for note in found for at in range(note.first, note.last + 1)}
    out: list[Stretch] = []
    for number, block in enumerate(blocks if len(sizes) >= _MARKED else ()):
        row = rows[block.first]
        if block.first in taken or block.first in have or not alike(row.size, median(sizes)):
            continue
        plain = rows.sheets[row.page - 1].scanned and _small(rows, block)
        if not plain or not _at_foot(rows, blocks, number) or _caption(rows, block):
            continue
        cuts = [block.first, *starts(rows, block), block.last + 1]
        why = "small letters at the foot, set like notes"
        out += [Stretch(one, two - 1, Role.NOTE, why) for one, two in pairwise(cuts)]
    return out


def _small(rows: PrintRows, block: PrintBlock) -> bool:
    return rows[block.first].size < _SMALLER * rows.body and rows[block.first].g.frame < 0


def _at_foot(rows: PrintRows, blocks: Sequence[PrintBlock], number: int) -> bool:
    """Whether nothing of the body's size stands below in the same column."""
    row = rows[blocks[number].first]
    bottom = rows[blocks[number].last].base
    for other in blocks[number + 1 :]:
        below = rows[other.first]
        if below.page != row.page:
            break
        if below.g.frame >= 0 or below.base < bottom or not _overlap(row, below):
            continue
        if not below.size < _SMALLER * rows.body:
            return False
    return True


def _overlap(one: PrintRow, two: PrintRow) -> bool:
    return one.g.left < two.g.right and two.g.left < one.g.right


def _marked(rows: PrintRows, at: int, block: PrintBlock) -> bool:
    """Whether the row begins with the mark of a note."""
    row = rows[at]
    match = _MARK.match(row.text)
    if not match:
        return False
    raised = any(start == 0 for start, _ in row.g.raised)
    if raised:
        return True
    if at > block.first and full(rows, at - 1) and not rows[at - 1].terminal:
        return False  # a number in mid-sentence
    figure, after = match[0], row.text[match.end() : match.end() + 1]
    glued = after.isupper() or after in QUOTES  # a figure that its font has raised
    return not figure.strip().isdigit() or figure.endswith(" ") or glued


def _goes_on(rows: PrintRows, found: Sequence[Stretch], block: PrintBlock) -> bool:
    """Whether the note before breaks off, in a column or on a page before this."""
    if not found:
        return False
    last, row = rows[found[-1].last], rows[block.first]
    near = row.page - last.page <= 1 and (last.g.italic > 0.7) is (row.g.italic > 0.7)
    return near and alike(last.size, row.size) and (not last.terminal or row.lower)


# --- captions -------------------------------------------------------------------------


def turned(rows: PrintRows, blocks: Sequence[PrintBlock]) -> list[Stretch]:
    """What is turned beside the text of its page: a credit, the words at an axis."""
    letters: Counter[tuple[int, int]] = Counter()
    if not any(row.g.turn for row in rows.rows):
        return []
    for row in rows.rows:
        letters[row.page, row.g.turn] += len(row.text)
    usual = {page: turn for (page, turn), _ in sorted(letters.items(), key=lambda item: item[1])}
    return [
        Stretch(block.first, block.last, Role.CAPTION, "turned beside the text")
        for block in blocks
        if rows[block.first].g.turn not in (0, usual[rows[block.first].page])
    ]


def captions(
    rows: PrintRows, blocks: Sequence[PrintBlock], taken: Collection[int]
) -> list[Stretch]:
    """Small text by a picture, or such that interrupts the text."""
    offers = [
        block
        for block in blocks
        if block.first not in taken and _small(rows, block) and len(block) <= _CAPTION_ROWS
    ]
    sure = {block: why for block in offers if (why := _caption(rows, block))}
    sizes = [rows[block.first].size for block in sure]
    for block in offers:
        size = rows[block.first].size
        if block in sure or not any(alike(size, known) for known in sizes):
            continue
        if all(r.g.italic > 0.7 for r in page_rows(rows, block)):
            sure[block] = "small slanted letters"
        elif _narrow(rows, block):
            sure[block] = "small letters to a measure of their own"
    return [Stretch(b.first, b.last, Role.CAPTION, why) for b, why in sure.items()]


def _caption(rows: PrintRows, block: PrintBlock) -> str:
    """Why a small block is a caption for sure, or nothing."""
    if rows.near_picture(block.first, block.last):
        return "small letters by a picture"
    if _FIGURE.match(rows[block.first].text):
        return "a figure's number in small letters"
    return "small letters that interrupt the text" if _interrupts(rows, block) else ""


def _narrow(rows: PrintRows, block: PrintBlock) -> bool:
    """Whether it is set to a measure of its own, narrower than the text's."""
    own = box_of(page_rows(rows, block))
    row = rows[block.first]
    widths = [
        r.g.right - r.g.left for r in rows.rows if r.page == row.page and alike(r.size, rows.body)
    ]
    return bool(widths) and own.width < 0.6 * max(widths)


def _interrupts(rows: PrintRows, block: PrintBlock) -> bool:
    """Whether the sentence above it goes on below."""
    above = rows[block.first - 1] if block.first else None
    below = rows[block.last + 1] if block.last + 1 < len(rows) else None
    if above is None or below is None:
        return False
    return not above.terminal and (below.lower or above.broken)
