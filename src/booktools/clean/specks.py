"""What specks on a page became when OCR read it: signs at line ends, and between words.

All this is done only in a document that has many of them (`Habits.specked`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from booktools.clean.cut import LONGEST, printed
from booktools.clean.rule import Knowledge
from booktools.clean.selves import selves
from booktools.clean.tongues import ENGLISH, tongue
from booktools.model.galley import Block, Edit, Safety
from booktools.model.place import Span
from booktools.model.specks import BEGINS, ENDS, is_specked

_SPECK = "[|_.,:;°*~'‘’“”«»¿¡=]"
# Behind the hyphen that cuts a word, or before the rest of the word on the next line.
_BEHIND_HYPHEN = re.compile(
    rf"(?<=[^\W\d_]-)(?P<end>[^\S\n]*{_SPECK}{{1,2}}[^\S\n]*)(?=\n\s*{_SPECK}?\s?[a-zß-ÿ])"
)
_BEFORE_REST = re.compile(rf"(?<=[^\W\d_]-)\s*\n\s*(?P<start>{_SPECK}{{1,2}}[^\S\n]*)(?=[a-zß-ÿ])")
# A hyphen at a line end that was read as another sign, or has one beside it.
_BAD_HYPHEN = re.compile(
    r"(?P<left>[^\W\d_]{2,})(?P<mark>-~|~-|[~“”«»*:=])[^\S\n]*\n\s*(?P<right>[a-zß-ÿ]+)"
)
# What such a line end looks like at least: most texts have none.
_BAD_END = re.compile(r"[~“”«»*:=]-?[^\S\n]*\n")
_BAR = re.compile(
    r"(?:(?P<before>\w+)(?P<mark>\W*)\s+|\A|[“\"‘'(—–])(?P<bar>[|1])\s+(?P<behind>[a-z]+)(?!\w)"
)
# A mark between two words, with no blank, the second one small.
_BETWEEN = re.compile(
    r"(?<![\w'’.-])(?P<left>[^\W\d_]+)(?P<first>[,;:.!?]?)(?P<mark>[.:'’‘~_•*-])"
    r"(?P<right>[^\W\d_]+)(?![\w'’]|-\w|\.\w)"
)
_RUN = re.compile(r"(?<![\w'’.-])(?:[a-zß-ÿ]|I(?=[a-z]))[a-zß-ÿ]{1,8}(?![\w'’-])")
_LITTLE = 4
# Rarer words, on the Zipf scale, may be two of the commonest, run together.
_RARE = 4.0
# Words of fewer letters are marks' own: o'clock, l'homme, a.m.
_FEWEST = 2
# So common are words that no speck makes (on the Zipf scale), and those that stand alone.
_KNOWN = 3.0
_COMMON = 6.0
_ENDS = (".", "!", "?")
# Compounds of little words: wished-for, unheard-of, a set-to; a-hunting, to-day.
_BEHIND_VERBS = frozenset(("for", "of", "with", "from", "to"))
_VERBS = ("ed", "t", "d", "n", "go", "come")
_PREFIXED = frozenset(("a", "to"))
_COMPOUNDS = frozenset(("would-be", "has-been", "to-be", "to-come"))
# Letters that are words.
_SINGLE = frozenset("aiyoeàó")
_SHORT = ("etc", "viz", "cf", "vol", "pp", "cap", "fig", "art", "op", "ch")


def _edit(start: int, old: str, new: str, rule: str, evidence: str) -> Edit:
    return Edit(Span(start, start + len(old)), old, new, rule, Safety.SAFE, evidence)


def drop_at_line_end(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Specks at a line end that cuts a word go, with the blanks round them.

    Only where OCR has read many specks as signs.

    Bad: the con- |⏎science of
    Good: the con-⏎science of
    Bad: the con-⏎‘science of
    Good: the con-⏎science of
    Keep: the con-⏎science of
    """
    if not known.habits.specked:
        return
    why = "a speck at a line end that cuts a word"
    for name, pattern in (("end", _BEHIND_HYPHEN), ("start", _BEFORE_REST)):
        for match in pattern.finditer(block.text):
            yield _edit(match.start(name), match[name], "", "SPK001", why)


def drop_apart(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Signs apart at the ends of a printed line, which no line has there, go.

    Only where OCR has read many specks as signs.

    Bad: the boat was _⏎| late that day
    Good: the boat was⏎late that day
    Bad: the boat⏎. was late
    Good: the boat⏎was late
    Keep: the boat — was⏎— late
    """
    if not known.habits.specked:
        return
    at = 0
    for line in block.text.split("\n"):
        start = len(line) - len(line.lstrip())
        text = line.strip()
        begins = BEGINS.match(text)
        first = begins.end() if begins else 0
        ends = ENDS.search(text, first)
        why = "a sign apart at a line's end"
        if begins:
            yield _edit(at + start, begins[0], "", "SPK006", why)
        if ends:
            yield _edit(at + start + ends.start(), ends[0], "", "SPK006", why)
        at += len(line) + 1


def restore_hyphen(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A hyphen at a line end that was read as another sign is a hyphen again.

    Only where OCR has read many specks as signs.  A swung dash is always one; other signs are,
    where the word is known as a whole and its first half is not.

    Bad: the pos~⏎sibilities of
    Good: the pos-⏎sibilities of
    Bad: the habi“⏎tation of
    Good: the habi-⏎tation of
    Keep: he said:⏎nothing
    """
    if not known.habits.specked:
        return
    for match in _BAD_HYPHEN.finditer(block.text) if _BAD_END.search(block.text) else ():
        left, right = match["left"], match["right"]
        if "~" not in match["mark"] and (not _word(left + right, known) or _word(left, known)):
            continue
        evidence = f"“{left + right}” is cut at the line end"
        yield _edit(match.start("mark"), match["mark"], "-", "SPK002", evidence)


def restore_self(block: Block, known: Knowledge) -> Iterator[Edit]:
    """An upright bar in an English sentence, or another sign alone that is no word, is the word I.

    Only where OCR has read many specks as signs, and where the words beside it stand beside
    that word elsewhere, or, for a bar, most bars within lines stand so.  Letters and brackets
    are, where most that stand alone stand so.

    Bad: and | thought so
    Good: and I thought so
    Bad: that 1 am here
    Good: that I am here
    Bad: and J thought so, but [ did not
    Good: and I thought so, but I did not
    Keep: the man | thought of page 1 was late
    Keep: Sir J. Minnes and T. Penn
    """
    if not known.habits.specked or known.tongue is not ENGLISH:
        return
    habits = known.habits
    found = [(m.start("bar"), m["bar"], m["behind"]) for m in _bars(block.text, known)]
    signs = habits.signs_for_i
    some = not signs.isdisjoint(block.text)
    alone = selves(block.text, habits.before_i, habits.behind_i) if some else ()
    found += [(m.start("sign"), m["sign"], m["behind"]) for m in alone if m["sign"] in signs]
    for at, sign, behind in sorted(found):
        yield _edit(at, sign, "I", "SPK003", f"it stands before “{behind}” as I does")


def _bars(text: str, known: Knowledge) -> Iterator[re.Match[str]]:
    """The bars and figures 1 that stand as the word I does."""
    habits = known.habits
    for match in _BAR.finditer(text) if "|" in text or "1" in text else ():
        before = (match["before"] or "").casefold()
        begins = not before or (match["mark"] or "").strip()
        within = match["bar"] == "|" and "\n" not in match[0] and match["before"] is not None
        within = within and habits.bars_for_i
        if within or (match["behind"] in habits.behind_i and (begins or before in habits.before_i)):
            yield match


def part_words(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A speck between two words that was read as a mark is the blank between them.

    Only where OCR has read many specks as signs, where both are words and the whole, or what it
    is without the mark, is none.  A hyphen goes only beside a word that makes no compounds; a
    swung dash is a dash.

    Bad: came.to the boat
    Good: came to the boat
    Bad: over in-the boat
    Good: over in the boat
    Keep: a well-known boat don't o'clock i.e. satin
    """
    if not known.habits.specked:
        return
    for match in _BETWEEN.finditer(block.text):
        left, mark, right = match["left"], match["mark"], match["right"]
        small = right == "I" or right[0].islower()
        # What ends a sentence has a capital behind it, and nothing else has.
        if small is (match["first"] in _ENDS) or not (small or match["first"]):
            continue
        if not (_stands(left, known) and _stands(right, known)):
            continue
        if not match["first"] and _one(left, mark, right, known):
            continue
        new = _between(left, mark, ends=match["first"] in _ENDS)
        evidence = f"“{left}” and “{right}” are words, and “{left}{mark}{right}” is none"
        yield _edit(match.start("mark"), mark, new, "SPK004", evidence)


def _between(left: str, mark: str, *, ends: bool) -> str:
    """What stands between two words in the place of a mark; `ends`: behind a sentence's end."""
    if mark == "~":
        return "—"
    if mark == "." and left.casefold() in _SHORT:
        return ". "
    if ends and mark in "'’‘":
        return " ‘" if mark == "‘" else f"{mark} "
    return " "


def part_run_together(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Two little words that were read as one are two.

    Only where OCR has read many specks as signs, and where nobody knows the whole as a word.

    Bad: came tothe boat
    Good: came to the boat
    Bad: Ihave seen it
    Good: I have seen it
    Keep: into without forever Ida thereof
    """
    if not known.habits.specked:
        return
    little = known.tongue.little
    words = set(_RUN.findall(block.text)) if little else ()
    seams = {word: at for word in words if (at := _seam(word, little, known))}
    for match in _RUN.finditer(block.text) if seams else ():
        word = match[0]
        at = seams.get(word, 0)
        if at and not _listed(word, known) and known.zipf(word) < _RARE:
            evidence = f"“{word[:at]}” and “{word[at:]}” are words, and “{word}” is none"
            start = match.start() + at
            yield Edit(Span(start, start), "", " ", "SPK005", Safety.SAFE, evidence)


def _listed(word: str, known: Knowledge) -> bool:
    """Whether the list of words has a word as it stands: no name that is written small."""
    return known.speller is not None and known.speller(word)


def _seam(word: str, little: frozenset[str], known: Knowledge) -> int:
    """Where a word parts into two little ones, or behind the English I; 0: nowhere."""
    english = known.tongue is ENGLISH
    if word[0] == "I":
        return int(english and word[1:] in known.habits.behind_i)
    if not english and len(word) <= _LITTLE:
        return 0
    # Elsewhere words of a letter are too many.
    return _parted(word, little, 1 if english else _FEWEST)


@lru_cache(2**12)
def _parted(word: str, little: frozenset[str], least: int) -> int:
    """Where a word first parts into two little ones of so many letters at least; 0: nowhere."""
    own = range(least, len(word) - least + 1)
    return next((at for at in own if word[:at] in little and word[at:] in little), 0)


def _word(word: str, known: Knowledge) -> bool:
    return known.zipf(word) >= _KNOWN or known.spelled(word) or known.count(word) > 1


def _stands(word: str, known: Knowledge) -> bool:
    """Whether it is a word by itself."""
    if len(word) < _FEWEST:
        return word.casefold() in _SINGLE and known.zipf(word) >= _COMMON
    return known.zipf(word) >= _KNOWN or known.count(word) > 1


def _one(left: str, mark: str, right: str, known: Knowledge) -> bool:
    """Whether two words with a mark between them are one."""
    whole, joined = f"{left}{mark}{right}", left + right
    if known.zipf(joined) >= _KNOWN or (mark in "'’‘" and known.zipf(whole) >= _KNOWN):
        return True
    pair = {left.casefold(), right}
    elided = known.tongue.elided
    if mark in "'’‘" and elided and elided.match(f"{left}'"):
        return True
    if mark == "-":
        if not pair & known.tongue.apart or right in known.tongue.clitics:
            return True
        if left.casefold() in _PREFIXED and (
            right.endswith("ing") or known.spelled(joined) or known.count(whole) > 1
        ):
            return True  # a-hunting, to-day
        if whole.casefold() in _COMPOUNDS:
            return True
        return right in _BEHIND_VERBS and left.endswith(_VERBS)
    if mark in "'’‘":
        short = min(len(left), len(right)) <= _FEWEST
        return known.count(whole) > 1 or (short and not pair & (known.tongue.little | {"I"}))
    return known.count(whole) > 1


def likely(blocks: Iterable[Block], languages: Sequence[str] = ()) -> frozenset[str]:
    """The words, casefolded, whose frequencies these rules may ask for."""
    out: set[str] = set()
    runs: set[str] = set()
    texts = list(map(printed, blocks))
    little = tongue(languages).little
    for text in texts if is_specked(texts) else ():
        for match in _BAD_HYPHEN.finditer(text):
            out |= {match["left"], match["left"] + match["right"]}
        for match in _BETWEEN.finditer(text):
            left, mark, right = match["left"], match["mark"], match["right"]
            out |= {left, right, left + right, left + mark + right}
        runs.update([match[0] for match in _RUN.finditer(text)])
    out.update(word for word in runs if word[0] == "I" or _parted(word, little, 1))
    return frozenset(word.casefold() for word in out if len(word) <= LONGEST)
