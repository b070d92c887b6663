"""Words of other languages in a text: which languages have a word, and what stands round it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from booktools.find.language import Language
from booktools.find.words import Word, set_of

ELIDED = re.compile(r"\A(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|entr|aujourd)'")
# Little words that mark a passage in another language.
LITTLE = {
    "en": set_of("the of and to that was he with as for his her you not but they from"),
    "fr": set_of("le la les des du une et est que qui dans pour au aux ce pas il ne sur se par"
                    " avec elle mais en un vous je nous mon ma son leur cette où été"),
    "es": set_of("el los las y del que una por con para como su más pero le ya la"),
    "de": set_of("der die und das den nicht von sie ist dem mit sich auf ein eine auch er ich"
                    " zu im zum"),
    "la": set_of("et in est non cum ad quod ut sed per qui quae sunt ex nec si aut enim ab atque"
                 " autem de deus dum ego ergo erat esse etiam fuit haec hic hoc iam id ille inter"
                 " ipse ita me mihi nam ne neque nihil nisi nobis nos nunc omnes omnia post pro"
                 " propter qua quam quem quia quid quis quo quoque se sibi sic sicut sine sit sub"
                 " super suum tibi tu tua tuum tunc ubi vel vobis vos libera magna"),
    "it": set_of("il di che la per una sono con del della non gli nel più"),
}  # fmt: skip
_SHORTEST = 2
_COMMON = 5.2  # on the Zipf scale: so common a word of the text's own marks no other language
_LATIN = re.compile(
    r"[a-z]*(?:us|um|ae|am|is|os|as|or|ex|ix|ax|tur|nt|it|et|at|re|ri|o|i|a|e|em|es|bus|bit)\Z"
)
# What names a language: behind it stands a word of it.
_NAMED = {"french": "fr", "german": "de", "spanish": "es", "englisch": "en", "anglais": "en",
          "französisch": "fr", "spanisch": "es", "allemand": "de", "espagnol": "es",
          "inglés": "en", "francés": "fr", "alemán": "de"}  # fmt: skip
_PARTICLES = set_of("du de la le des von van der den zu zur zum da di del della dos das el y e")
_MARKS = {"_": "_", "*": "*", "“": "”", "‘": "’", "«": "»", "„": "“", '"': '"'}


@dataclass(frozen=True)
class Tongues:
    """The other languages that there are lists for.

    `own` are the words of the text's language, in small letters: they mark no other.
    """

    language: Language
    own: Set[str] = frozenset()
    _of: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, low: str) -> frozenset[str]:
        """The tags of the other languages that have a small form."""
        found = self._of.get(low)
        if found is None:
            found = self._of[low] = self._find(low)
        return found

    def _find(self, low: str) -> frozenset[str]:
        found = {tag for tag, words in LITTLE.items() if low in words}
        for tag, words in self.language.tongues.items():
            bare = ELIDED.sub("", low) if tag == "fr" else low
            if len(bare) >= _SHORTEST and (bare in words or bare.capitalize() in words):
                found.add(tag)
        return frozenset(found - {self.language.base})

    @cached_property
    def little(self) -> frozenset[str]:
        """Little words of the other languages that are none of the text's own."""
        own, zipf = self.language.base, self.language.zipf
        found: set[str] = set()
        for base, words in LITTLE.items():
            if base != own:
                found.update(words)
        common = {word for word in found & self.own if zipf.get(word, 0.0) >= _COMMON}
        return frozenset(found - LITTLE.get(own, frozenset()) - common)


def latin(low: str) -> bool:
    """Whether a small form ends as Latin words do."""
    return low.isascii() and _LATIN.match(low) is not None and not set("kw").intersection(low)


def named(words: Sequence[Word], index: int, tags: Set[str]) -> bool:
    """Whether a language is named right before a word of it: “French boire”."""
    before = (words[at].lower for at in range(max(0, index - 2), index))
    return any(_NAMED.get(low) in tags for low in before)


def particle(words: Sequence[Word], index: int) -> bool:
    """Whether a little word of another language stands in a name: “Madame du Barry”."""
    if words[index].lower not in _PARTICLES or index + 1 == len(words) or not index:
        return False
    behind = words[index + 1]
    return words[index].glue == " " == behind.glue and behind.form[:1].isupper()


def set_apart(words: Sequence[Word], index: int) -> bool:
    """Whether a word stands alone between marks of emphasis or quotation."""
    before = words[index].glue[-1:]
    behind = words[index + 1].glue[:1] if index + 1 < len(words) else ""
    return _MARKS.get(before) == behind and behind != ""
