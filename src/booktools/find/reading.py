"""A text that is being looked through: its words, what is known, and what it asks again."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from booktools.find.channel import Channel
from booktools.find.forms import compound, derived
from booktools.find.language import Language, Model
from booktools.find.letters import Letters
from booktools.find.nearest import Vocabulary
from booktools.find.older import THOU, modern, with_thou
from booktools.find.shapes import (
    AFTER_APOSTROPHE,
    CLITICS,
    ENCLITIC,
    NUMBER,
    ROMAN,
    SHORT,
    SHORTENED,
)
from booktools.find.spanish import diminished, with_pronouns
from booktools.find.tongues import ELIDED, Tongues, latin, named, particle, set_apart
from booktools.find.words import Counts, Word, bare_name, words_of

_ROUND, _PASSAGE, _AMONG = (
    6,
    5,
    2,
)  # words at each side; so many of another language are a passage of it
# Old spellings in a thousand words: the book's own.  Misread pages have some that look so, where
# a final e or a doubled letter is old.
_HABITS = {"de": 2.0}
_HABIT = 4.0
_OFTEN = 3
_READ, _TYPED = -1.8, -2.6  # noise of a page that was read, and of a typed text
APOSTROPHES_SEEN = ("’", "‘", "'")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Reading:
    """One text, its language, and the reviewed good words of its book."""

    text: str
    language: Language = field(default_factory=Language)
    good: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_of(self.text)

    @cached_property
    def counts(self) -> Counts:
        return Counts(self.words)

    @cached_property
    def model(self) -> Model:
        return Model(self.language, self.counts)

    @cached_property
    def lowers(self) -> frozenset[str]:
        """The dictionary in small letters."""
        return self.language.lowers

    @cached_property
    def vocabulary(self) -> Vocabulary:
        own = (low for low, count in self.counts.lowers.items() if count >= _OFTEN)
        regular = frozenset(low for low in own if low.isalpha() and len(low) > 2)
        language = self.language
        return Vocabulary(self.lowers, language.zipf, regular, language.base, language)

    @cached_property
    def meant(self) -> frozenset[str]:
        """The dictionary's words, in small letters, that are common enough to be meant."""
        again = (low for low, count in self.counts.lowers.items() if count > 1)
        words = frozenset(self.language.likely).union(self.lowers.intersection(again))
        return frozenset(word for word in words if len(word) > 1 or word in "ai")

    @property
    def letters(self) -> Letters:
        return self.language.letters

    @cached_property
    def channel(self) -> Channel:
        reader = 0.6 + 0.15 * (self.noise + 3)
        return Channel(self.language.base, max(0.6, min(0.9, reader)))

    @cached_property
    def confusions(self) -> dict[str, dict[str, float]]:
        """What `context.py` has found out about single forms."""
        return {}

    @cached_property
    def places(self) -> dict[str, list[Word]]:
        """The words by their form, but for those in passages of another language."""
        places: dict[str, list[Word]] = {}
        for index, word in enumerate(self.words):
            if not self.foreign_passage(index):
                places.setdefault(word.form, []).append(word)
        return places

    # --- the text as a whole ----------------------------------------------------------

    @cached_property
    def unknown(self) -> tuple[bool, ...]:
        """For each word whether no list has it.

        A word of another language that the book is said to have is known where it stands beside
        others of it, or is set apart.
        """
        return tuple(
            strange
            and not (self.elsewhere(word.lower) and self.abroad(index))
            and not self._quoted(index)
            for index, (word, strange) in enumerate(zip(self.words, self.strange, strict=True))
        )

    def _quoted(self, index: int) -> bool:
        """Whether a word is plainly of another language: named so, in a name, among Latin."""
        low = self.words[index].lower
        if particle(self.words, index) or named(self.words, index, self.tongues.of(low)):
            return True
        return latin(low) and self._near(index, ("la",)) >= _AMONG

    @cached_property
    def strange(self) -> tuple[bool, ...]:
        """For each word whether the text's own language has it in no list."""
        return tuple(not self.spelled(word.form) for word in self.words)

    @cached_property
    def tongues(self) -> Tongues:
        """What is known of the words of other languages."""
        return Tongues(self.language, self.lowers)

    def abroad(self, index: int) -> bool:
        """Whether a word stands among others of one of its other languages, or is set apart.

        One with an article cut short before it (“l'hôtesse”) tells its language by itself.
        """
        elided = ELIDED.match(self.words[index].lower) is not None
        return elided or self.tongue_near(index) > 0 or set_apart(self.words, index)

    def tongue_near(self, index: int) -> int:
        """How many words round a place are of another language that its word is of, too."""
        return self._near(index, self.tongues.of(self.words[index].lower))

    def foreign_passage(self, index: int) -> bool:
        """Whether the words round a place are of another language, whatever its own is."""
        return index in self._crowded and self._near(index, self._passages) >= _PASSAGE

    @cached_property
    def _crowded(self) -> frozenset[int]:
        """The places with that many words of another language round them, or in themselves."""
        found: set[int] = set()
        for sums in self._passages.values():
            marks = [at for at in range(len(self.words)) if sums[at + 1] > sums[at]]
            for first, last in zip(marks, marks[_PASSAGE - 1 :], strict=False):
                found.update(range(max(0, last - _ROUND), first + _ROUND + 1))
        return frozenset(found)

    def _near(self, index: int, tags: Iterable[str]) -> int:
        low, high = max(0, index - _ROUND), min(len(self.words), index + _ROUND + 1)
        found = 0
        for tag in tags:
            sums = self._passages.get(tag)
            if sums is not None:
                here = sums[index + 1] - sums[index]
                found = max(found, sums[high] - sums[low] - here)
        return min(found, _PASSAGE)

    @cached_property
    def _passages(self) -> dict[str, list[int]]:
        """By language, how many words before each place are of it and none of the text's own."""
        marks: dict[str, set[int]] = {}
        little = self.tongues.little
        for index, word in enumerate(self.words):
            if self.strange[index] or word.lower in little:
                for tag in self.tongues.of(word.lower):
                    marks.setdefault(tag, set()).add(index)
        length = len(self.words)
        return {
            tag: [0, *accumulate(index in held for index in range(length))]
            for tag, held in marks.items()
        }

    @cached_property
    def noise(self) -> float:
        """How many words of a hundred are broken as only a reader of pages breaks them.

        Digits, signs and capitals inside words: a typist makes few of them.  As a logarithm.
        """
        odd = sum(1 for word in self.words if not word.plain and not NUMBER.fullmatch(word.form))
        return math.log(0.05 + 100 * odd / max(len(self.words), 1))

    @property
    def typed(self) -> float:
        """How sure it is that no reader of pages made the text, from 0 to 1: by its noise."""
        return max(0.0, min(1.0, (_READ - self.noise) / (_READ - _TYPED)))

    def unknown_near(self, index: int) -> float:
        """How many of the eight words round a place are unknown."""
        near = self.unknown[max(0, index - 4) : index + 5]
        return float(sum(near) - self.unknown[index])

    def foreign(self, index: int) -> float:
        """How many little words of other languages stand round a place, three at most."""
        lows = {word.lower for word in self.words[max(0, index - 5) : index + 6]}
        return float(min(3, len(lows & self.tongues.little)))

    def omission(self, index: int) -> bool:
        """Whether an apostrophe beside a form or in it stands for letters left out."""
        word = self.words[index]
        low = word.lower
        behind = self.words[index + 1].glue[:1] if index + 1 < len(self.words) else ""
        if word.glue[-1:] in APOSTROPHES_SEEN and any(a + low in self.lowers for a in _LETTERS):
            return True
        if behind in APOSTROPHES_SEEN and any(low + a in self.lowers for a in _LETTERS):
            return True
        if word.glue[-1:] in APOSTROPHES_SEEN and low in AFTER_APOSTROPHE:
            return True
        if "'" not in low[1:-1]:
            return False
        left, _, right = low.partition("'")
        return any(left + a + right in self.lowers for a in (*_LETTERS, "er", "or", "u", "ev"))

    def kin(self, low: str) -> int:
        """How often other forms of an unknown small form stand here: its plural, its stem."""
        if low not in self._kin:
            stem = low.removesuffix("'s").removesuffix("s")
            stem = stem.removesuffix("e")
            total = 0
            for end in ("", "s", "e", "es", "'s", "a", "i", "o", "ed", "ing"):
                form = stem + end
                if form != low and form in self.counts.lowers and form not in self.lowers:
                    total += self.counts.lowers[form]
            self._kin[low] = total
        return self._kin[low]

    @cached_property
    def _kin(self) -> dict[str, int]:
        return {}

    # --- what is known ----------------------------------------------------------------

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    def knows(self, form: str) -> bool:
        """Whether a form is spelled as some word of the text's languages."""
        return self.spelled(form) or self.elsewhere(form.lower())

    def spelled(self, form: str) -> bool:
        """Whether a form is spelled as some word: dictionary, good words, numerals."""
        if form not in self._known:
            self._known[form] = self._is_known(form)
        return self._known[form]

    def _is_known(self, form: str) -> bool:
        if self._whole(form):
            return True
        if "-" in form:
            parts = form.split("-")
            return all(self._part(part) for part in parts)
        return False

    def _part(self, part: str) -> bool:
        low = part.lower()
        return self._whole(part) or low in CLITICS or not part or part.isdigit()

    def _whole(self, form: str) -> bool:
        low = form.lower()
        words = self.language.words
        if form in words or low in words or form in self.good or low in self.good:
            return True
        if self.language.base == "en" and low in SHORT:
            return True
        if not form[:1].islower() and (form.capitalize() in words or form.title() in words):
            return True
        if "'" in form:
            stem = ENCLITIC.sub("", form) if self.language.base == "en" else form
            if self.language.base == "fr":
                stem = ELIDED.sub("", low)
                stem = form[len(form) - len(stem) :]
            if self.language.base == "de":
                if {low.replace("'", "e"), low.replace("'", "")} & self.lowers:
                    return True  # geh'n, Goethe's
                stem = SHORTENED.sub("", form)
            if stem != form and stem:
                return self._whole(stem)
        if self.language.base == "es" and (
            with_pronouns(low, self.lowers) or diminished(low, self.lowers)
        ):
            return True
        if self.language.base == "de" and self.compound(low):
            return True
        if self._of_old(low):
            return True
        if self.language.base == "en" and self._says_thou and with_thou(low, self.lowers):
            return True
        return len(form) > 1 and form.isupper() and ROMAN.match(low) is not None

    def elsewhere(self, low: str) -> bool:
        """Whether a small form is a word of another language that the book is said to have."""
        declared = self.language.declared
        return bool(declared) and not declared.isdisjoint(self.tongues.of(low))

    def older(self, low: str) -> str:
        """The known word that a small form is an older spelling of, or ""."""
        if low not in self._older:
            self._older[low] = modern(low, self.language.base, _Spelled(self))
        return self._older[low]

    @cached_property
    def _older(self) -> dict[str, str]:
        return {}

    def _of_old(self, low: str) -> bool:
        habit = _HABITS.get(self.language.base, _HABIT)
        return self.old_habit >= habit and bool(self.older(low))

    @cached_property
    def _says_thou(self) -> bool:
        return sum(self.counts.lowers[form] for form in THOU) >= _OFTEN

    @cached_property
    def old_habit(self) -> float:
        """How many words of a thousand are spelled as they were once.

        The form must stand more than once: a misprint that looks like one does not.
        """
        lowers, zipf = self.lowers, self.language.zipf
        old = sum(
            count
            for low, count in self.counts.lowers.items()
            if count > 1 and low not in lowers and low.isalpha() and zipf.get(self.older(low))
        )
        return 1000 * old / max(len(self.words), 1)

    def compound(self, low: str) -> bool:
        """Whether a German word is put together of two or three known ones."""
        return compound(low, self.lowers)

    def derived(self, low: str) -> bool:
        """Whether a small form is a known word with a common ending or beginning."""
        return derived(low, self.language.base, self.lowers)

    @cached_property
    def capitals(self) -> Counter[str]:
        """How often a small form stands with a capital inside a sentence."""
        counted: Counter[str] = Counter()
        for form, count in self.counts.inside.items():
            if form[:1].isupper():
                counted[form.lower()] += count
        return counted

    @cached_property
    def names(self) -> Counter[str]:
        """How often what may be a name stands with a capital inside a sentence, as `bare_name`."""
        counted: Counter[str] = Counter()
        for form, count in self.counts.inside.items():
            name = bare_name(form)
            if name[:1].isupper():
                counted[name.lower()] += count
        return counted

    def around(self, index: int) -> tuple[str, str]:
        """The small forms before and behind a word; "" where a sentence ends between."""
        word = self.words[index]
        before = self.words[index - 1].lower if index and not word.opens else ""
        after = ""
        if index + 1 < len(self.words) and not self.words[index + 1].opens:
            after = self.words[index + 1].lower
        return before, after


@dataclass(frozen=True, slots=True)
class _Spelled:
    """The words of a language with the compounds that are put together of them."""

    reading: Reading

    def __contains__(self, low: object) -> bool:
        if not isinstance(low, str):
            return False
        return low in self.reading.lowers or (
            self.reading.language.base == "de" and self.reading.compound(low)
        )
