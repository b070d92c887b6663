"""Where one sentence ends and the next begins.

A wrong guess costs nothing but an odd line in the manuscript: the words stay as they are.
"""

from __future__ import annotations

import re

_CLOSERS = "\"'”’»›)\\]}*_"
_OPENERS = "\"'“‘«‹„‚([{¿¡–—-"

_STOP = re.compile(
    rf"[.!?…][{_CLOSERS}]*(?:\s[{_CLOSERS.replace(chr(34), '').replace(chr(39), '')}]+)? "
)
_WORD_BEFORE = re.compile(r"\S*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[-–]?)+", re.UNICODE)
_ROMAN = re.compile(r"[IVXLCDM]+\b")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence: titles and words that point at what follows.
_TITLES = _words(
    "mr mrs ms mx dr dra prof rev fr hon gen col maj capt cpt cmdr lt sgt cpl pvt adm gov sen rep"
    " st ste mt ft sr sra srta sres d dn dña lic ing arq mons msgr pbro cnel cte tte gral sto sta"
    " mme mlle hr frl cf vs viz ca approx incl esp e.g i.e p.ej v.gr"
)
# Not the end where a number follows.
_COUNTERS = _words(
    "no nos nr núm num n nº p pp pág págs pag vol vols ch chap cap caps fig figs art arts sec"
    " secs par § ed eds v vv vol t tomo bk pt pts l ll f ff fol fols c jan feb mar apr jun jul"
    " aug sep sept oct nov dec"
)
# Words with which a sentence opens, for telling "the U.S. The" from "the U.S. Army".
_STARTERS = _words(
    "the a an in on at by to of for from with as it its he his she her they their we our you i my"
    " this that these those there then thus so but and or yet if when while where after before"
    " since until although because however moreover what who why how no not nor all many some"
    " el la los las un una en con por para pero y cuando como este esta esto se su sus"
)


def sentence_breaks(text: str) -> tuple[int, ...]:
    """The offsets of the spaces at which a new sentence begins, in order."""
    return tuple(
        match.end() - 1 for match in _STOP.finditer(text) if _ends(text, match.start(), match.end())
    )


def _ends(text: str, stop: int, after: int) -> bool:
    """Whether the stop at `stop` ends a sentence; `after` is where the next word begins."""
    rest = text[after : after + 40].lstrip(_OPENERS + " ")
    opened = text[after : after + 1] in "¿¡"
    if not rest:
        return False
    if not (opened or rest[0].isupper() or rest[0].isdigit() or _caseless(rest[0])):
        return False
    if text[stop] != "." or text[stop - 1 : stop] in (".", ""):
        return True  # a question, an exclamation, an ellipsis before a capital
    word = _word_before(text, stop)
    following = re.split(r"[\s,.;:!?’']", rest, maxsplit=1)[0]
    return not _abbreviated(word, following, text, stop)


def _abbreviated(word: str, following: str, text: str, stop: int) -> bool:
    """Whether the stop after `word` belongs to it."""
    low = word.lower()
    if low in _TITLES:
        return True
    if low in _COUNTERS and (
        following[:1].isdigit() or _ROMAN.fullmatch(following) or _initial(following, text, stop)
    ):
        return True
    if word.isdigit() and not text[: stop - len(word)].rstrip(_OPENERS + " \n"):
        return True  # the number of a paragraph: "12. The …"
    if _INITIALS.fullmatch(word + "."):
        if word == "I" and text[max(0, stop - 3) : stop - 2].islower():
            return False  # "taller than I. He …"
        return following.lower() not in _STARTERS or len(following) == 1
    return False


def _initial(following: str, text: str, stop: int) -> bool:
    """Whether the next word is one letter with a stop of its own: "Ed. N."."""
    return len(following) == 1 and text[stop + 2 : stop + 4] == f"{following}."


def _word_before(text: str, stop: int) -> str:
    found = _WORD_BEFORE.search(text, max(0, stop - 40), stop)
    return found[0].lstrip(_OPENERS) if found else ""


def _caseless(char: str) -> bool:
    """A letter of a script without capitals."""
    return char.isalpha() and char.lower() == char.upper()
