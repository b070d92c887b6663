"""What a cleaning rule is, and what rules may ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from booktools.clean.compounds import Compounds
from booktools.clean.cut import LONGEST, MARKS, TOKEN_BEFORE, cuts, plain_hyphens, printed
from booktools.clean.decision import Settled
from booktools.clean.frequency import Frequencies
from booktools.clean.habits import Habits
from booktools.clean.tongues import ENGLISH, Tongue, tongue
from booktools.model.galley import Block, Edit, Safety
from booktools.model.place import Span

WORD = re.compile(r"[^\W\d_]+(?:[’'‐‑-][^\W\d_]+)*")
# A word of the lexicon weighs as much as one that stands so often in the document.
REVIEWED = 1000


def _none() -> Frequencies:
    """No language is known."""
    return Frequencies(lambda words: {})


@dataclass(frozen=True)
class Knowledge:
    """The document's own words, the reviewed lexicon, and what its language knows at large.

    `words` counts whole tokens (hyphenated compounds as one) that no line end has cut,
    casefolded; `lexicon` holds the reviewed words, casefolded; `speller` says whether a
    word is spelled so, where there is a list for the language.  `habits` are the document's;
    `settled` remembers what was decided about cut words, `_spelled` what the list was asked.
    """

    words: Counter[str] = field(default_factory=Counter)
    lexicon: frozenset[str] = frozenset()
    frequencies: Frequencies = field(default_factory=_none)
    speller: Callable[[str], bool] | None = None
    tongue: Tongue = ENGLISH
    habits: Habits = field(default_factory=Habits)
    settled: Settled = field(default_factory=dict, compare=False, repr=False)
    _spelled: dict[str, bool] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        blocks: Sequence[Block],
        lexicon: Iterable[str] = (),
        frequencies: Frequencies | None = None,
        speller: Callable[[str], bool] | None = None,
        languages: Sequence[str] = (),
    ) -> Knowledge:
        texts = [printed(block) for block in blocks]
        words = Counter(chain.from_iterable(map(_whole_words, texts)))
        counted: Counter[str] = Counter()
        for word, count in words.items():
            counted[plain(word)] += count
        folded = frozenset(plain(word) for word in lexicon)
        return cls(
            counted, folded, frequencies or _none(), speller, tongue(languages), Habits.of(texts)
        )

    def count(self, word: str) -> int:
        """How often a whole token stands in the document; a lexicon word counts a lot."""
        return self.count_plain(plain(word))

    def count_plain(self, word: str) -> int:
        """The same for a word that is casefolded and has none but plain marks."""
        return self.words.get(word, 0) + (REVIEWED if word in self.lexicon else 0)

    def zipf(self, word: str) -> float:
        """Frequency at large on the Zipf scale, 0 for an unknown word: 3 is once in a million."""
        return self.frequencies.zipf(word)

    @property
    def listed(self) -> bool:
        """Whether there is a list of words."""
        return self.speller is not None

    def spelled(self, word: str) -> bool:
        """Whether the list has a word, small, as it stands or with a capital; no list, no.

        The list has no possessives.
        """
        if self.speller is None:
            return False
        if word not in self._spelled:
            plain = word.replace("’", "'").removesuffix("'s")
            forms = dict.fromkeys((plain, plain.lower(), plain.title()))
            self._spelled[word] = any(map(self.speller, forms))
        return self._spelled[word]

    @cached_property
    def compounds(self) -> Compounds:
        """What the document does with compounds."""
        return Compounds(self.words, self.spelled)


def plain(word: str) -> str:
    """The word casefolded, with plain hyphens and apostrophes."""
    if word.isascii():
        return word.lower()
    return plain_hyphens(word.casefold().replace("’", "'"))


# A hyphen that ends the text: its word goes on elsewhere.
_OPEN = re.compile(f"[{MARKS}]\\s*\\Z")


def _whole_words(raw: str) -> list[str]:
    """Tokens of a raw text, but for those that a hyphen at a line end may have cut."""
    parts, at = [], 0
    for found in cuts(raw):
        parts.append(raw[at : found.start - len(found.left)])
        at = found.end + len(found.right)
    rest = raw[at:]
    ending = _OPEN.search(rest[-LONGEST:])
    if ending:
        rest = rest[: max(0, len(rest) - LONGEST) + ending.start()]
        last = TOKEN_BEFORE.search(rest[-LONGEST:])
        rest = rest[: len(rest) - len(last[0])] if last else rest
    return WORD.findall(" ".join((*parts, rest)))


Finder: TypeAlias = Callable[[Block, Knowledge], Iterable[Edit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One cleaning rule: a stable code, a name, its safety, and what finds its edits.

    The finder's docstring is the page that a user reads: what the rule does, why, and
    lines `Bad:`, `Good:` and `Keep:` that run as tests (`⏎` stands for a line end).
    It finds nothing in a text that has none of the characters `needs`, if there are any.
    """

    code: str
    name: str
    safety: Safety
    find: Finder
    needs: frozenset[str] = frozenset()

    @property
    def page(self) -> str:
        return self.find.__doc__ or ""


def replacing(
    pattern: re.Pattern[str], new: str, block: Block, rule: str, evidence: str
) -> Iterator[Edit]:
    """An edit for each match of a pattern (group 1 where there is one) in a block's text."""
    group = 1 if pattern.groups else 0
    for match in pattern.finditer(block.text):
        span = Span(*match.span(group))
        if match[group] != new:
            yield Edit(span, match[group], new, rule, Safety.SAFE, evidence)
