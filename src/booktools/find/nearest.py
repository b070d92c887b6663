"""Which words stand near an unknown form: one or two slips away, or misread by shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from booktools.find.channel import MOST, SHAPES, Channel, bare

_LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnopqrstuvwxyzáéíóúüñ",
    "fr": "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûü",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
}
_LONG = 5  # letters from which on two slips are thought of
_TOO_LONG = 28
# With a word of this frequency so near, nobody looks two slips away.
_NEAR, _KNOWN = 5.0, 3.0
_MOST_SHAPES = 300


def _by_first() -> tuple[dict[str, list[str]], dict[str, list[tuple[str, str]]]]:
    """What single letters are taken for, and what stretches that begin with a letter are."""
    letters: dict[str, list[str]] = {}
    stretches: dict[str, list[tuple[str, str]]] = {}
    for seen, meant in SHAPES:
        if len(seen) == 1:
            letters.setdefault(seen, []).append(meant)
        else:
            stretches.setdefault(seen[0], []).append((seen, meant))
    return letters, stretches


_LETTER_FOR, _STRETCH_FOR = _by_first()


class Common(Protocol):
    """What has the words that are looked for two slips away, as `shorter` makes it."""

    @property
    def shorter(self) -> Mapping[str, tuple[str, ...]]: ...


def shorter(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by themselves and by what is left when a letter is taken out."""
    index: dict[str, tuple[str, ...]] = {}
    for word in words:
        if len(word) >= _LONG:
            alone = (word,)
            index[word] = index[word] + alone if word in index else alone
            for form in {word[:at] + word[at + 1 :] for at in range(len(word))}:
                index[form] = index[form] + alone if form in index else alone
    return index


@dataclass(frozen=True)
class Vocabulary:
    """The words that may be meant, in small letters, with their frequencies at large.

    `common` is the language: it is asked for its common words when they are wanted.
    """

    words: Set[str]
    zipf: Mapping[str, float]
    own: frozenset[str] = frozenset()  # frequent words of the book itself
    base: str = "en"
    common: Common | None = None
    _near: dict[str, dict[str, float]] = field(default_factory=dict)

    def near(self, form: str, channel: Channel) -> dict[str, float]:
        """Words that may be meant by a small form, with the costs of the slips."""
        if form not in self._near:
            found = self._all.intersection(_shapes(form, 3))
            slips = _one_slip(form, self._letters) if len(form) <= _TOO_LONG else []
            found.update(self._all.intersection(slips))
            found.discard(form)
            if _LONG <= len(form) <= _TOO_LONG and not any(
                channel.cost(form, word) < _NEAR and self.zipf.get(word, 0.0) > _KNOWN
                for word in found
            ):
                found |= self._two_slips(form, slips)
                found.discard(form)
            costs = {word: channel.cost(form, word) for word in found}
            self._near[form] = {word: cost for word, cost in costs.items() if cost < MOST}
        return self._near[form]

    def slips(self, form: str, channel: Channel, meant: frozenset[str]) -> dict[str, float]:
        """Those one slip away of the words that may be meant, with its cost."""
        found = meant.intersection(_one_slip(form, self._letters))
        found |= meant.intersection(_shapes(form, 1))
        return {word: channel.cost(form, word) for word in found - {form}}

    @cached_property
    def _all(self) -> set[str]:
        return {*self.words, *self.own}

    @property
    def _letters(self) -> str:
        return _LETTERS.get(self.base, _LETTERS["en"])

    def _two_slips(self, form: str, slips: Iterable[str]) -> set[str]:
        forms = {form, *slips}  # without one letter, too
        for at in range(1, len(form)):
            left, right = form[:at], form[at + 1 :]
            forms.update([left[:i] + left[i + 1 :] + right for i in range(at)])
        found: set[str] = set()
        for index in self._indices:
            found.update(*filter(None, map(index.get, forms)))
        return found

    @cached_property
    def _indices(self) -> tuple[Mapping[str, tuple[str, ...]], ...]:
        own = shorter(self.own)
        return (self.common.shorter, own) if self.common else (own,)


def _one_slip(form: str, letters: str) -> list[str]:
    found: list[str] = []
    for at in range(len(form) + 1):
        left, right, rest = form[:at], form[at:], form[at + 1 :]
        found += [left + letter + right for letter in letters]
        if right:
            found.append(left + rest)
            found += [left + letter + rest for letter in letters]
            if rest:
                found.append(left + rest[0] + right[0] + rest[1:])
    return found


def _shapes(form: str, depth: int) -> set[str]:
    """What a form may be when letters were taken for others of their shape."""
    found = {form}
    fresh = {form, bare(form)} if depth > 1 else {form}
    for _ in range(depth):
        further: set[str] = set()
        for one in sorted(fresh):
            for at, letter in enumerate(one):
                if letter in _LETTER_FOR:
                    left, right = one[:at], one[at + 1 :]
                    further.update([left + meant + right for meant in _LETTER_FOR[letter]])
                for seen, meant in _STRETCH_FOR.get(letter, ()):
                    if one.startswith(seen, at):
                        further.add(one[:at] + meant + one[at + len(seen) :])
            if len(further) > _MOST_SHAPES:
                break
        fresh = further - found
        found |= fresh
        if len(found) > _MOST_SHAPES:
            break
    return found
