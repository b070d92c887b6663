"""A source's own table of contents: lines that name the book's headings and their pages.

The editions make their own, with their own pages; the source's is furniture, where enough of its
lines name headings that the book has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from booktools.arrange.stretch import Stretch
from booktools.model.galley import Role

NAMED = "a line of the source’s own contents, which every edition makes anew"
UNNAMED = "a line of the source’s own contents, with a title that no heading has"

# An entry has so many lines at most.
_LINES = 4
# Of the entries so many name headings: some, or half of them where a title says what they are.
_FEWEST, _SHARE, _SHARE_TITLED = 3, 0.6, 0.5
# Page numbers that fall are none, but for one in so many.
_FALL = 8
# A heading told by fewer letters is told by chance.
_LETTERS = 3
# No line of contents is longer, no page's number has more digits.
_LONGEST, _DIGITS = 240, 4

_HEADS = (Role.TITLE, Role.HEADING, Role.LABEL)
_TITLE = re.compile(
    "(?:tableof)?contents?|inhalt|inhaltsverzeichnis|inhaltsübersicht|[ií]ndice(?:generale?)?|"
    "contenidos?|sumario|tablade(?:contenidos?|materias?)|table|tabledesmati[eè]res|sommaire|"
    "sommario|inhoud|inhoudsopgave|innehåll|indhold|innhold|obsah|spistreści|conteúdo|sumário"
)
_ROMAN = "ivxlcdm"
_NUMBER = re.compile(
    r"(?P<title>.*?\S)(?:[\s.·…_]*[.·…_\s])(?:p{1,2}\.\s?)?(?P<page>\d{1,4}|[ivxlcdm]{1,8})$"
)
_ENUMERATED = re.compile(
    r"(?:(?:chapter|part|book|section|kapitel|teil|buch|abschnitt|chapitre|partie|livre|"
    r"cap[íi]tulo|parte|libro|appendix|anhang)\s+)?"
    r"(?:§\s*)?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[ivxlc]{1,8}|[a-z](?=[.)]))[.):]?\s*[—–:-]?\s+",
    re.IGNORECASE,
)
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of contents: its rows, its page (-1: a Roman one), and whether a heading is called
    so."""

    first: int
    last: int
    page: int
    named: bool


def own_contents(
    texts: Sequence[str], pages: Sequence[int], found: Iterable[Stretch]
) -> list[Stretch]:
    """The rows of the source's contents with their title, as furniture, an entry a stretch.

    `texts` and `pages` are those of all rows, `found` what is known of them.
    """
    ends = [at for at, text in enumerate(texts) if _split(text) is not None]
    if not ends:
        return []
    heads = sorted((s for s in found if s.role in _HEADS), key=lambda s: s.first)
    known = _known(texts, heads)
    out: list[Stretch] = []
    before = -1  # the last row of contents
    for title, run in _runs(texts, pages, ends, known):
        goes_on = bool(out) and title < 0 and pages[run[0].first] == pages[before] + 1
        run = _trimmed(run, title >= 0 or goes_on)
        if not _are_contents(run, title >= 0 or goes_on):
            continue
        if title >= 0:
            out.append(Stretch(title, title, Role.FURNITURE, NAMED))
        else:
            out += _heading_only(run, heads, pages)
        out += [
            Stretch(e.first, e.last, Role.FURNITURE, NAMED if e.named else UNNAMED) for e in run
        ]
        before = run[-1].last
    return out


def _heading_only(
    run: Sequence[_Entry], heads: Sequence[Stretch], pages: Sequence[int]
) -> Iterator[Stretch]:
    """The heading right above contents that nothing but them stands under, whatever it says."""
    first, after = run[0].first, run[-1].last + 1
    over = next((head for head in heads if head.last + 1 == first), None)
    if over is None or pages[over.last] != pages[first]:
        return
    if after == len(pages) or any(head.first == after for head in heads):
        yield replace(over, role=Role.FURNITURE, evidence=NAMED, sure=True, level=0)


def _known(texts: Sequence[str], heads: Sequence[Stretch]) -> dict[str, set[int]]:
    """The rows where headings begin, by what they can be called: with the number over them, alone,
    without the number before them."""
    known: dict[str, set[int]] = {}
    over: Stretch | None = None
    for head in heads:
        text = " ".join(texts[head.first : head.last + 1])
        names = set(_names(text))
        if over is not None and over.last + 1 == head.first:
            above = " ".join(texts[over.first : over.last + 1])
            names |= {_key(f"{above} {text}")}
        for name in names:
            known.setdefault(name, set()).add(head.first)
        over = head
    return known


def _names(text: str) -> Iterator[str]:
    """What can be matched of a title; nothing that is too short."""
    short = _ENUMERATED.match(text)
    for own in (text, text[short.end() :] if short else ""):
        key = _key(own)
        if sum(c.isalpha() for c in key) >= _LETTERS:
            yield key


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())


def _runs(
    texts: Sequence[str],
    pages: Sequence[int],
    ends: Sequence[int],
    known: dict[str, set[int]],
) -> Iterator[tuple[int, list[_Entry]]]:
    """Entries one right after another, and the row of the title over them (-1: none)."""
    title, run = -1, list[_Entry]()
    at = -1  # the last row of the run
    for end in ends:
        own = range(max(at + 1, end - _LINES + 1), end + 1)
        own = range(next(i for i in own if pages[i] == pages[end]), end + 1)
        gap = at < 0 or own.start > at + 1 or pages[at] != pages[end]
        head = next(
            (i for i in reversed(own[:-1]) if _TITLE.fullmatch(_key(texts[i][:_LONGEST]))), -1
        )
        if gap or head >= 0:
            if run:
                yield title, run
            title, run = head, []
        entry = _entry(texts, own[own.index(head) + 1 :] if head >= 0 else own, known, not run)
        if run and entry.first != at + 1:
            yield title, run
            title, run = -1, []
        run.append(entry)
        at = end
    if run:
        yield title, run


def _entry(texts: Sequence[str], own: range, known: dict[str, set[int]], first: bool) -> _Entry:
    """The entry that ends with the last of the rows: all of them where nothing tells, but of the
    `first` one of a run the last row alone."""
    end = own[-1]
    title, number = _split(texts[end]) or ("", "")
    page = int(number) if number.isdecimal() else -1
    for begin in own:
        text = " ".join([*texts[begin:end], title])
        if any(known.get(name, frozenset()) - {begin, end} for name in _names(text)):
            return _Entry(begin, end, page, True)
    return _Entry(end if first else own[0], end, page, False)


def _split(text: str) -> tuple[str, str] | None:
    """A line's words and the number at its end; None without one."""
    last = text[-1:]
    if text[_LONGEST:] or not (last.isdecimal() or last in _ROMAN) or not last:
        return None
    if text.isdecimal():
        return ("", text) if len(text) <= _DIGITS else None
    if text.rstrip(_ROMAN if last in _ROMAN else "0123456789")[-1:].isalpha():
        return None  # the end of a word
    said = _NUMBER.match(text)
    return (said["title"], said["page"]) if said else None


def _are_contents(run: Sequence[_Entry], titled: bool) -> bool:
    """Whether entries are contents: so many of them name headings, and their pages rise."""
    named = [entry for entry in run if entry.named]
    told = [entry.page for entry in named if entry.page >= 0]
    falls = sum(one > two for one, two in pairwise(told))
    if not named or falls * _FALL > len(told):
        return False
    least = _SHARE_TITLED * len(run) if titled else max(_FEWEST, _SHARE * len(run))
    return len(named) >= least


def _trimmed(run: Sequence[_Entry], titled: bool) -> list[_Entry]:
    """The entries from the first that names a heading, or from the first of all under a title, up
    to the last, and those of a line behind it whose pages rise on."""
    named = [number for number, entry in enumerate(run) if entry.named]
    if not named:
        return []
    stop = named[-1] + 1
    while stop < len(run) and run[stop].first == run[stop].last:
        if run[stop].page < run[stop - 1].page:
            break
        stop += 1
    return list(run[0 if titled else named[0] : stop])
