"""How likely many words are between the same two: what `Model.pair` says, found out at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TypeAlias

from booktools.find.language import ALL_PAIRS, LEAST_PAIR, SURE, Model

# The share of a word, its share at large, what an unlisted pair of it has at most, its kind.
_Facts: TypeAlias = tuple[float, float, float, str]
_Likely: TypeAlias = Callable[[str, _Facts], float]


def fits(model: Model, words: Iterable[str], before: str, after: str) -> list[float]:
    """How likely small forms are between two others ("": none), as logarithms.

    By `Model.pair` of both sides, and by `Model.share` where there is nothing before.
    """
    behind = _behind(model, before) if before else _alone
    ahead = _ahead(model, after) if after else None
    log, facts, share = math.log, model.facts, model.share(after)
    found: list[float] = []
    for word in words:
        known = facts.get(word)
        if known is None:
            known = facts[word] = _facts(model, word)
        fit = log(behind(word, known))
        found.append(fit + log(ahead(word, known) / share) if ahead else fit)
    return found


def _facts(model: Model, word: str) -> _Facts:
    large = model.large(word)
    most = LEAST_PAIR / large
    # What no list has behind a word stands there less often than that, if that is anything.
    kind = model.kinds.of(word) if model.language.pairs else ""
    return model.share(word), large, 0.5 * most if most < 1 else math.inf, kind


def _alone(word: str, facts: _Facts) -> float:
    return facts[0]


def _behind(model: Model, first: str) -> _Likely:
    """`Model.pair` of one word and many behind it."""
    here, listed, lift_of = model.counts.pairs.get, model.language.pairs.get, model.kinds.lift_of
    backed_by_pairs = bool(model.language.pairs)
    firsts, start = model.counts.lowers.get(first, 0) + SURE, first + " "
    _, large, most, kind = _facts(model, first)

    def likely(word: str, facts: _Facts) -> float:
        backed = alone = facts[0]
        if count := listed(start + word):
            backed = min(1.0, count / ALL_PAIRS / large) + 1e-3 * alone
        elif backed_by_pairs:
            lift = lift_of(kind, facts[3])
            if lift < 1.0:
                backed = alone * lift
            if backed > most:
                backed = most
        return (here((first, word), 0) + SURE * backed) / firsts

    return likely


def _ahead(model: Model, second: str) -> _Likely:
    """`Model.pair` of many words and one behind them."""
    here, listed, lift_of = model.counts.pairs.get, model.language.pairs.get, model.kinds.lift_of
    backed_by_pairs, firsts = bool(model.language.pairs), model.counts.lowers.get
    alone, _, _, kind = _facts(model, second)
    end = " " + second

    def likely(word: str, facts: _Facts) -> float:
        _, large, most, own = facts
        backed = alone
        if count := listed(word + end):
            backed = min(1.0, count / ALL_PAIRS / large) + 1e-3 * alone
        elif backed_by_pairs:
            lift = lift_of(own, kind)
            if lift < 1.0:
                backed = alone * lift
            if backed > most:
                backed = most
        return (here((word, second), 0) + SURE * backed) / (firsts(word, 0) + SURE)

    return likely
