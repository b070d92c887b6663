"""Headings that the source itself counts, announces or underlines: numbers of sections that
follow one another through the book, titles that its list of contents has, and lines over a row
of signs as long as they are.

What a number says alone is little: years, lists and notes begin with numbers, too.  Here a
number counts because the ones before and behind it do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from booktools.arrange.rows import Rows
from booktools.arrange.stretch import Stretch
from booktools.arrange.words import is_broken
from booktools.model.galley import Role

# "3.1 What is told", "3.1. What is told", "3 The Sea", "A.1 More is told".
_NUMBER = re.compile(
    r"((?:\d{1,2}|[A-Z](?=\.\d))(?:\.\d{1,3}){0,4})\.?\s+(?:[“\"«„‘‚'¿¡(]?[^\W\d_a-zß-öø-ÿ]|/\w)"
)
_FIGURES = frozenset("123456789")
# A line of a list of contents: dots lead to the number of a page, which may be a line of its own.
_FEWEST_DOTS = 3
_ENTRY = re.compile(
    r"(.*?[^\s.…·])\s*(?:(?:[.…·]\s?){3,}\s*(?:\d{1,4}|[ivxlcdm]{1,7})|(?:[.…·]\s?){6,})$"
)
# What is typed under a title, as long as it; so many times it is a habit.
_SIGNS = frozenset('*=~^"#+_-')
_UNDERLINE = re.compile(r"([*=~^\"#+_-])\1{2,}")
_BESIDE = 2
_UNDERLINED = 2
_LETTERS = re.compile(r"[\W_]+")
_STOPPED = re.compile(r"[^\W\d_]{3,}[.,;:][”’“»«\"']?$")
# So many numbers of sections (2.1, 2.2, 3.1) in a row are no accident, and so many entries are a
# list of contents.
_COUNTED = 4
_ENTRIES = 4
# A title fills so many rows, and a row of it so much of the measure but for its last.
_ROWS = 3
_FULL = 0.72
# Numbers that are left out by an extractor: so many at a time.
_SKIPPED = 2

_Number = tuple[int, ...]
# Appendices count from here on: A, B, C.
_APPENDIX = 1000


def sections(rows: Rows, taken: Collection[int]) -> list[Stretch]:
    """The headings that are counted or announced, in the order of the source.

    `taken` rows are something else.
    """
    entries = {
        at: match[1]
        for at, row in enumerate(rows.rows)
        if _dots(row.text) >= _FEWEST_DOTS and (match := _ENTRY.match(row.text))
    }
    apart = frozenset(taken) | entries.keys()
    found = {s.first: s for s in _announced(rows, apart, list(entries.values()))}
    for stretch in _counted(rows, apart):
        found.setdefault(stretch.first, stretch)
    out: list[Stretch] = []
    for _, stretch in sorted(found.items()):
        if not out or stretch.first > out[-1].last:
            out.append(stretch)
    return out


def _dots(text: str) -> int:
    return text.count(".") + text.count("…") + text.count("·")


# --- titles over a line of signs ------------------------------------------------------


def underlined(rows: Rows) -> list[Stretch]:
    """Titles with a row of signs below, and maybe above, that is as long; and these rows.

    The signs tell the levels: the first one that is used the first level.
    """
    signs = [at for at, row in enumerate(rows.rows) if row.text[0] in _SIGNS and at]
    found = [at for at in signs if _is_underlined(rows, at)]
    if len(found) < _UNDERLINED:
        return []
    levels = list(dict.fromkeys(rows[at].text[0] for at in found))
    out = []
    for at in found:
        depth = levels.index(rows[at].text[0]) + 1
        over = [at - 2] if at > 1 and rows[at - 2].text == rows[at].text else []
        why = "a line of signs by a title"
        out += [Stretch(line, line, Role.FURNITURE, why) for line in over]
        out.append(_stretch(at - 1, at - 1, depth, "a line of signs stands under it"))
        out.append(Stretch(at, at, Role.FURNITURE, why))
    return out


def _is_underlined(rows: Rows, at: int) -> bool:
    title, line = rows[at - 1], rows[at]
    return (
        bool(_UNDERLINE.fullmatch(line.text))
        and not line.above
        and any(char.isalpha() for char in title.text)
        and abs(len(line.text) - len(title.text)) <= _BESIDE
        and (at < 2 or title.above or rows[at - 2].text == line.text)
    )


# --- titles that the contents have ----------------------------------------------------


def _announced(rows: Rows, apart: Collection[int], entries: list[str]) -> Iterator[Stretch]:
    """Rows that say, once the contents are over, what an entry of theirs says."""
    if len(entries) < _ENTRIES:
        return
    depths = {_key(entry): _depth(entry) or 1 for entry in entries}
    for at in range(len(rows)):
        if at in apart or not _free(rows, at, apart):
            continue
        for last in range(at, min(at + _ROWS, len(rows))):
            if last in apart:
                break
            key = _key(_text(rows, at, last))
            if key in depths and len(key) > 1:
                yield _stretch(at, last, depths[key], "the source’s contents have it")
                break


def _key(text: str) -> str:
    return _LETTERS.sub("", text).casefold()


def _depth(text: str) -> int:
    number = _number(text)
    return len(number) if number else 0


# --- numbers that follow one another --------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Link:
    """A row that may be a section's heading, and the longest way that leads to it."""

    at: int
    number: _Number
    weight: float
    before: _Link | None


@dataclass
class _Ways:
    """The longest ways so far: to a number, and to any number that begins with one."""

    exact: dict[_Number, _Link] = field(default_factory=dict)
    within: dict[_Number, _Link] = field(default_factory=dict)

    def add(self, link: _Link) -> None:
        _keep(self.exact, link.number, link)
        for size in range(len(link.number) + 1):
            _keep(self.within, link.number[:size], link)

    def before(self, number: _Number) -> Iterator[_Link]:
        """The ways on which a number may follow."""
        parent, last = number[:-1], number[-1]
        if last <= 1 and parent in self.exact:
            yield self.exact[parent]
        if last <= 1 and parent:
            aunt = (*parent[:-1], parent[-1] - 1)
            if parent == (_APPENDIX,):
                aunt = ()
            if aunt in self.within:
                yield self.within[aunt]
        for skipped in range(1, _SKIPPED + 1):
            one = (*parent, last - skipped)
            if last > skipped and one in self.within:
                yield self.within[one]


def _keep(table: dict[_Number, _Link], number: _Number, link: _Link) -> None:
    if number not in table or table[number].weight <= link.weight:
        table[number] = link


def _counted(rows: Rows, apart: Collection[int]) -> Iterator[Stretch]:
    """The rows on the longest way through the numbers of sections."""
    ways = _Ways()
    best: _Link | None = None
    begin = [
        at
        for at, row in enumerate(rows.rows)
        if (row.text[0] in _FIGURES or row.text[1:2] == ".") and at not in apart
    ]
    for at in begin:
        number = _number(rows[at].text)
        if number is None or not _free(rows, at, apart) or _end(rows, at, apart) < 0:
            continue
        before = max(
            (one for one in ways.before(number) if _parted(rows, one, at, number)),
            key=lambda one: one.weight,
            default=None,
        )
        weight = (before.weight if before else 0) + (1 if len(number) > 1 else 0.5)
        link = _Link(at, number, weight, before)
        ways.add(link)
        if best is None or weight > best.weight:
            best = link
    links = list(_way(best))
    if sum(len(link.number) > 1 for link in links) < _COUNTED:
        return
    chapters = {link.number[0] for link in links if len(link.number) > 1}
    for link in links:
        if len(link.number) > 1 or link.number[0] in chapters:
            last = _end(rows, link.at, apart)
            yield _stretch(link.at, last, len(link.number), "its number follows on another")


def _way(link: _Link | None) -> Iterator[_Link]:
    while link is not None:
        yield link
        link = link.before


def _parted(rows: Rows, one: _Link, at: int, number: _Number) -> bool:
    """Whether text stands between two sections, or the second is the first one's own: in a list
    and in the contents they stand one under the other."""
    return at > one.at + 1 or number[:-1] == one.number


# --- rows -----------------------------------------------------------------------------


def _number(text: str) -> _Number | None:
    match = _NUMBER.match(text)
    if match is None:
        return None
    first, *others = match[1].split(".")
    begun = int(first) if first.isdigit() else _APPENDIX + ord(first) - ord("A")
    return (begun, *map(int, others))


def _free(rows: Rows, at: int, apart: Collection[int]) -> bool:
    """Whether no sentence is open above the row."""
    above = rows[at - 1] if at else None
    return (
        above is None
        or rows[at].above
        or at - 1 in apart
        or above.terminal
        or above.width < _FULL * rows.measure(at - 1)
    )


def _end(rows: Rows, at: int, apart: Collection[int]) -> int:
    """The last row of a title that begins with a number, -1 where it is none.

    It goes on in another row where it fills its own, which no longer one can stand under, and
    ends without the stop of a sentence.
    """
    for last in range(at, min(at + _ROWS, len(rows))):
        row = rows[last]
        if last in apart or _STOPPED.search(row.text) or is_broken(row.text):
            return -1
        short = rows.below(last) or row.width < _FULL * rows.measure(last)
        if short or row.width < _FULL * rows[last + 1].width:
            return last
    return -1


def _text(rows: Rows, first: int, last: int) -> str:
    return " ".join(rows[at].text for at in range(first, last + 1))


def _stretch(first: int, last: int, depth: int, why: str) -> Stretch:
    role = Role.TITLE if depth == 1 else Role.HEADING
    return Stretch(first, last, role, why, level=depth if depth > 1 else 0)
