"""Which language a text is in, by the little words that every page of it has."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 20_000  # characters from each of the places that are looked at
_PLACES = 8

# The commonest words of each language, those left out that another of them has as well.
_LITTLE = {
    "en": "the of and to that was he it his with as had you for her not at but they which from",
    "es": "el los las y del que una por con para como su más pero sus le ya todo esta cuando",
    "fr": "le les et des du une dans qui pour au ce pas il ne sur se plus par avec elle mais",
    "de": "der die und das den nicht von sie ist dem mit sich auf ein eine auch er ich aus nach",
    "pt": "não uma os do da dos das ao em que por para como todo esta ele ela com foi seu sua já",
    "it": "di che non gli della dei è sono nel nella alla anche più questo quella ma delle col",
    "nl": "het een van dat te zijn niet met voor hij aan ook maar door naar werd haar deze",
    "pl": "nie się że jest jak ale tak był już przez jego tylko dla mnie było jej tego",
    "sv": "och att är av för till inte jag hade från ett hon när där skulle efter",
    "da": "og af ikke jeg havde fra til blev kunde hun efter skulle han hvad mig",
}
_LANGUAGE_OF: dict[str, str] = {}
for _tag, _words in _LITTLE.items():
    for _one in _words.split():
        _LANGUAGE_OF[_one] = "" if _one in _LANGUAGE_OF else _tag
_FEWEST = 20
# Scripts that tell a language, at least for a first guess; others write many.
_SCRIPTS = (
    ("el", "\u0370", "\u03ff"),
    ("hy", "\u0531", "\u0589"),
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("th", "\u0e00", "\u0e7f"),
    ("ka", "\u10a0", "\u10ff"),
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
)


def language_of(text: str) -> str:
    """The tag of one of the languages above, or what a script tells; empty when the text is too
    short or of another language.

    A language is known by twice as many of its little words as any other's.
    """
    found: Counter[str] = Counter()
    step = max(_ENOUGH, len(text) // _PLACES)
    for at in range(0, len(text), step):
        words = _WORD.findall(text[at : at + _ENOUGH].lower())
        found.update(tag for word in words if (tag := _LANGUAGE_OF.get(word)))
    (first, most), (_, second) = (*found.most_common(2), ("", 0), ("", 0))[:2]
    if most >= _FEWEST and most >= 2 * second:
        return first
    return _of_script(text[:_ENOUGH])


def _of_script(text: str) -> str:
    """The language that alone, or mostly, is written in the script of most letters."""
    letters = Counter(char for char in text if char > "\u036f" and char.isalpha())
    total = sum(map(str.isalpha, text))
    for tag, first, last in _SCRIPTS:
        own = sum(count for char, count in letters.items() if first <= char <= last)
        if own >= _FEWEST and 2 * own > total:
            return tag
    return ""
