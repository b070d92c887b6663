"""What a cleaning rule is, and what rules may ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from booktools.clean.frequency import Frequencies
from booktools.model.galley import Block, Edit, Safety
from booktools.model.place import Span

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_CLOSE_DASH = re.compile(r"[^\s—]—(?=\w)")
_APART_DASH = re.compile(r"[^\s—]— (?=\w)")
TRUE_HYPHENS = "-\u2010\u2011"
# What stands at the end of a line that cuts a word; ¬, U+FFFE and U+0002 are extractors'.
_CUTTING = (*TRUE_HYPHENS, "\u00ad", "¬", "\ufffe", "\x02")
_PLAIN = str.maketrans(dict.fromkeys(TRUE_HYPHENS, "-"))
# A word of the lexicon weighs as much as one that stands so often in the document.
REVIEWED = 1000


def plain_hyphens(text: str) -> str:
    """The text with every sort of hyphen as “-”."""
    return text.translate(_PLAIN)


def _none() -> Frequencies:
    """No language is known."""
    return Frequencies(lambda words: {})


@dataclass(frozen=True)
class Knowledge:
    """The document's own words, the reviewed lexicon and the frequency of words at large.

    `words` counts whole tokens (hyphenated compounds as one) that no line end has cut,
    casefolded; `lexicon` holds the reviewed words, casefolded.  `dashes_close` is whether
    a dash that closes up with the word before it does so with the next one, too: “so—and”,
    not “—dijo— y”.
    """

    words: Counter[str] = field(default_factory=Counter)
    lexicon: frozenset[str] = frozenset()
    frequencies: Frequencies = field(default_factory=_none)
    dashes_close: bool = True

    @classmethod
    def of(
        cls,
        blocks: Sequence[Block],
        lexicon: Iterable[str] = (),
        frequencies: Frequencies | None = None,
    ) -> Knowledge:
        words: Counter[str] = Counter()
        close = apart = 0
        for block in blocks:
            words.update(_whole_words(block.raw))
            close += len(_CLOSE_DASH.findall(block.raw))
            apart += len(_APART_DASH.findall(block.raw))
        folded = frozenset(word.casefold() for word in lexicon)
        return cls(words, folded, frequencies or _none(), close >= apart)

    def count(self, word: str) -> int:
        """How often a whole token stands in the document; a lexicon word counts a lot."""
        folded = word.casefold()
        return self.words[folded] + (REVIEWED if folded in self.lexicon else 0)

    def zipf(self, word: str) -> float:
        """Frequency at large on the Zipf scale, 0 for an unknown word: 3 is once in a million."""
        return self.frequencies.zipf(word)


def _whole_words(raw: str) -> Iterator[str]:
    """Tokens of a raw text, but for those that a hyphen at a line end may have cut."""
    broken = False
    for line in plain_hyphens(raw).split("\n"):
        row = line.strip()
        tokens = [token.casefold() for token in WORD.findall(row)]
        if broken:
            tokens = tokens[1:]
        broken = row.endswith(_CUTTING) if row else broken
        if broken and row:
            tokens = tokens[:-1]
        yield from tokens


Finder: TypeAlias = Callable[[Block, Knowledge], Iterable[Edit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One cleaning rule: a stable code, a name, its safety, and what finds its edits.

    The finder's docstring is the page that a user reads: what the rule does, why, and
    lines `Bad:`, `Good:` and `Keep:` that run as tests (`⏎` stands for a line end).
    """

    code: str
    name: str
    safety: Safety
    find: Finder

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
