"""Which words stand near an unknown form: one or two slips away, or misread by shape."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations
from typing import NamedTuple, Protocol

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


def _by_first() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What single letters are taken for, and what two in a row are."""
    letters: dict[str, list[str]] = {}
    twos: dict[str, list[str]] = {}
    for seen, meant in SHAPES:
        (letters if len(seen) == 1 else twos).setdefault(seen, []).append(meant)
    return letters, twos


_LETTER_FOR, _TWO_FOR = _by_first()


class Common(Protocol):
    """What has the words that are looked for two slips away, as `Shorter` has them."""

    @property
    def shorter(self) -> Shorter: ...


class Shorter:
    """Words by themselves and by what is left when a letter is taken out, length by length."""

    def __init__(self, words: Collection[str]) -> None:
        self.words = words
        self._words: dict[int, list[str]] = {}
        for word in words:
            if len(word) >= _LONG:
                self._words.setdefault(len(word), []).append(word)
        self._of: dict[int, dict[str, tuple[str, ...]]] = {}

    def of(self, length: int) -> Mapping[str, tuple[str, ...]]:
        """The words by those forms that have so many letters."""
        found = self._of.get(length)
        if found is None:
            found = self._of[length] = self._index(length)
        return found

    def _index(self, length: int) -> dict[str, tuple[str, ...]]:
        index: dict[str, tuple[str, ...]]
        index = {word: (word,) for word in self._words.get(length, ())}
        for word in self._words.get(length + 1, ()):
            alone = (word,)
            for form in {*map("".join, combinations(word, length))}:
                held = index.get(form)
                index[form] = alone if held is None else held + alone
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
            self._near[form] = self._costs(form, channel)
        return self._near[form]

    def _costs(self, form: str, channel: Channel) -> dict[str, float]:
        slips = _one_slip(form, self._letters) if len(form) <= _TOO_LONG else _NO_SLIP
        found = self._all.intersection(chain(_shapes(form, 3), *slips))
        found.discard(form)
        costs = {word: channel.cost(form, word) for word in found}
        if _LONG <= len(form) <= _TOO_LONG and not self._at_hand(costs):
            further = self._two_slips(form, slips).difference(found)
            further.discard(form)
            costs |= {word: channel.cost(form, word) for word in further}
        return {word: cost for word, cost in costs.items() if cost < MOST}

    def slips(self, form: str, channel: Channel, meant: frozenset[str]) -> dict[str, float]:
        """Those one slip away of the words that may be meant, with its cost."""
        slips = _one_slip(form, self._letters)
        found = meant.intersection(chain(_shapes(form, 1), *slips))
        return {word: channel.cost(form, word) for word in found - {form}}

    def _at_hand(self, costs: Mapping[str, float]) -> bool:
        zipf = self.zipf
        return any(cost < _NEAR and zipf.get(word, 0.0) > _KNOWN for word, cost in costs.items())

    @cached_property
    def _all(self) -> set[str]:
        return {*self.words, *self.own}

    @property
    def _letters(self) -> str:
        return _LETTERS.get(self.base, _LETTERS["en"])

    def _two_slips(self, form: str, slips: _Slips) -> set[str]:
        """The common words that are one of the slips, or that are with a letter left out.

        Those, too, that without a letter are the form without two.
        """
        length = len(form)
        without_two = [*map("".join, combinations(form, length - 2))]
        found: set[str] = set()
        for index in self._indices:
            found.update(
                *filter(None, map(index.of(length + 1).get, slips.longer)),
                *filter(None, map(index.of(length).get, (form, *slips.same))),
                *filter(None, map(index.of(length - 1).get, slips.shorter)),
                *filter(None, map(index.of(length - 2).get, without_two)),
            )
        return found

    @cached_property
    def _indices(self) -> tuple[Shorter, ...]:
        if self.common is None:
            return (Shorter(self.own),)
        common = self.common.shorter
        return common, Shorter(self.own.difference(common.words))


class _Slips(NamedTuple):
    """What a form may be with a letter put in, with one taken for another, or with one left out."""

    longer: Collection[str] = ()
    same: Collection[str] = ()
    shorter: Collection[str] = ()


_NO_SLIP = _Slips()


def _one_slip(form: str, letters: str) -> _Slips:
    longer: list[str] = []
    same: list[str] = []
    for at in range(len(form) + 1):
        left, right, rest = form[:at], form[at:], form[at + 1 :]
        # One after another with each of the letters: joined and cut again, it is done in C.
        longer += (left + f"{right}\n{left}".join(letters) + right).split("\n")
        if right:
            same += (left + f"{rest}\n{left}".join(letters) + rest).split("\n")
            if rest:
                same.append(left + rest[0] + right[0] + rest[1:])
    return _Slips(longer, same, {*map("".join, combinations(form, len(form) - 1))} if form else ())


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
                two = one[at : at + 2]
                if two in _TWO_FOR:
                    left, right = one[:at], one[at + 2 :]
                    further.update([left + meant + right for meant in _TWO_FOR[two]])
            if len(further) > _MOST_SHAPES:
                break
        fresh = further - found
        found |= fresh
        if len(found) > _MOST_SHAPES:
            break
    return found
