"""How likely many words are between the same two: what `Model.pair` says, found out at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

from booktools.find.language import ALL_PAIRS, LEAST_PAIR, SURE, Model

_Likely: TypeAlias = Callable[[str], float]


def between(model: Model, before: str, after: str) -> _Likely:
    """What tells how likely a small form is between two others ("": none), as a logarithm.

    By `Model.pair` of both sides, and by `Model.share` where there is nothing before.
    """
    as_second = _behind(model, before) if before else model.share
    if not after:
        return lambda word: math.log(as_second(word))
    as_first, alone, log = _before(model, after), model.share(after), math.log
    return lambda word: log(as_second(word)) + log(as_first(word) / alone)


def _behind(model: Model, first: str) -> _Likely:
    """`Model.pair` of one word and many behind it."""
    here, kinds, share = model.counts.pairs.get, model.kinds, model.share
    listed, of, lift_of = model.language.pairs.get, kinds.of, kinds.lift_of
    backed_by_pairs = bool(model.language.pairs)
    firsts = model.counts.lowers.get(first, 0) + SURE
    large, kind, start = model.large(first), of(first), first + " "
    most = _most(large)

    def likely(word: str) -> float:
        backed = alone = share(word)
        if count := listed(start + word):
            backed = min(1.0, count / ALL_PAIRS / large) + 1e-3 * alone
        elif backed_by_pairs:
            backed = min(alone * min(1.0, lift_of(kind, of(word))), most)
        return (here((first, word), 0) + SURE * backed) / firsts

    return likely


def _before(model: Model, second: str) -> _Likely:
    """`Model.pair` of many words and one behind them."""
    here, kinds, alone = model.counts.pairs.get, model.kinds, model.share(second)
    listed, of, lift_of = model.language.pairs.get, kinds.of, kinds.lift_of
    backed_by_pairs = bool(model.language.pairs)
    counts, large_of, kind, end = model.counts.lowers.get, model.large, of(second), " " + second

    def likely(word: str) -> float:
        backed = alone
        if backed_by_pairs:
            large = large_of(word)
            if count := listed(word + end):
                backed = min(1.0, count / ALL_PAIRS / large) + 1e-3 * alone
            else:
                backed = min(alone * min(1.0, lift_of(of(word), kind)), _most(large))
        return (here((word, second), 0) + SURE * backed) / (counts(word, 0) + SURE)

    return likely


def _most(large: float) -> float:
    """The share behind a word that a pair has at most which no list has."""
    most = LEAST_PAIR / large
    return 0.5 * most if most < 1 else math.inf
