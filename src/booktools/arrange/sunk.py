"""Drop capitals that the extractor has put before the second line that stands beside them.

The large letter stands on the second line's height, and the first line goes without: "he harbour
was dark, and", "T down the steps came".  Some extractors write the second line first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from booktools.arrange.spoken import Spoken
from booktools.arrange.words import ends_sentence
from booktools.model.page import Line
from booktools.model.place import Span
from booktools.model.specks import is_specked

_GLUED = re.compile(r"([“\"«„‘'¿¡]?[^\W\d_]) (?=[a-zß-öø-ÿ])")
_MIDWORD = re.compile(r"[a-zß-öø-ÿ]+|[^\W\d_a-z]{2,}(?![^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]+")
# Letters that are words by themselves.
_WORDS = frozenset("aeiouyàéó")
# A title is shorter than so much of the text below it.
_TITLE = 0.7
# A word that stands so often would stand behind a letter more than once, if it ever does.
_OFTEN = 8


@dataclass(frozen=True, slots=True)
class Parted:
    """Lines with the letters apart, each before the line that lacks it; `origin` is the index
    that each had before."""

    lines: tuple[Line, ...]
    origin: tuple[int, ...]


def raised(lines: Sequence[Line], apart: Collection[int], text: str) -> Parted | None:
    """The lines with the drop capitals that stand before the second line taken from it, and the
    first line before it; nothing where there are none.  `text` is the source.

    The letter makes a word of the document with the line that lacks it; where it is a word
    itself, it stands under a title, and the document says it before that line's first word and
    never before the common word that it stands before.  The upper of the two lines begins a
    paragraph.
    """
    written = [i for i, line in enumerate(lines) if line.text and i not in apart]
    offers = list(_offers(lines, written))
    if not offers or is_specked(["\n".join([line.text for line in lines])]):
        return None  # OCR reads the word I as other letters, too
    spoken = Spoken([line.text for line in lines])
    moved: dict[int, tuple[int, int]] = {}  # the upper of two lines: the glued one, the other
    done: set[int] = set()
    for one, at, other, titled in offers:
        if not done & {one, at, other} and _fits(spoken, lines[at].text, lines[other].text, titled):
            moved[one] = at, other
            done |= {at, other}
    return Parted(*zip(*_put(lines, moved, text), strict=True)) if moved else None


def _offers(lines: Sequence[Line], written: Sequence[int]) -> Iterator[tuple[int, int, int, bool]]:
    """The upper of two lines, the one with a letter apart before it, the one that begins within
    a word, and whether a title stands above them."""
    glued = {i for i in written if " " in lines[i].text[1:3] and _begins_glued(lines[i].text)}
    for one, two in pairwise(written):
        if not (one in glued or two in glued) or lines[one].page != lines[two].page:
            continue
        for at, other in ((two, one), (one, two)):
            if at in glued and _MIDWORD.match(lines[other].text):
                titled = _titled(lines, one)
                if titled or (_opens(lines, one) and not _says_word(lines[at].text)):
                    yield one, at, other, titled


def _begins_glued(text: str) -> bool:
    """Whether a capital stands apart before a line that begins small."""
    match = _GLUED.match(text)
    return match is not None and match[1][-1].isupper()


def _says_word(text: str) -> bool:
    """Whether the letter before a line is a word by itself."""
    return text[: text.index(" ")][-1].casefold() in _WORDS


def _put(
    lines: Sequence[Line], moved: dict[int, tuple[int, int]], text: str
) -> Iterator[tuple[Line, int]]:
    lower = {max(two_lines) for two_lines in moved.values()}
    for index, line in enumerate(lines):
        if index in moved:
            at, other = moved[index]
            whole = lines[at]
            match = _GLUED.match(whole.text)
            assert match is not None
            begin = whole.begins(text)
            seam = begin + match.end(1)
            letter = replace(whole, span=Span(whole.span.start, seam), text=match[1])
            rest = Span(seam, whole.span.end)
            yield letter, at
            yield lines[other], other
            yield replace(whole, span=rest, text=whole.text[match.end() :]), at
        elif index not in lower:
            yield line, index


def _opens(lines: Sequence[Line], at: int) -> bool:
    """Whether a line begins a paragraph: a gap, a page's edge or a sentence's end is above it."""
    above = at - 1
    if above < 0 or lines[above].page != lines[at].page or not lines[above].text:
        return True
    return ends_sentence(lines[above].text) or lines[above].text.isupper()


def _titled(lines: Sequence[Line], at: int) -> bool:
    """Whether the text above a line is a short one without a stop, as titles are."""
    above = at - 1
    while above >= 0 and not lines[above].text and lines[above].page == lines[at].page:
        above -= 1
    if above < 0 or lines[above].page != lines[at].page:
        return False
    text = lines[above].text
    return not ends_sentence(text) and len(text) < _TITLE * len(lines[at].text)


def _fits(spoken: Spoken, glued: str, lacking: str, titled: bool) -> bool:
    """Whether the letter before a line is the one that another line lacks; a letter that is
    a word may stand where it stands but under a title."""
    match, begins = _GLUED.match(glued), _MIDWORD.match(lacking)
    assert match is not None
    assert begins is not None
    letter, first = match[1][-1].casefold(), begins[0].casefold()
    words = spoken.words
    whole = words[letter + first]
    if letter not in _WORDS or not titled:
        return letter not in _WORDS and whole > 0
    behind = _LETTERS.match(glued, match.end())
    following = behind[0].casefold() if behind else ""
    strange = words[following] >= _OFTEN and spoken.behind[letter, following] == 1
    return strange and (whole > words[first] or spoken.behind[letter, first] > 0)
