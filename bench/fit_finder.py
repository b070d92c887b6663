"""Fit the weights of the finder's regressions: `python -m bench.fit_finder FOLDER`.

FOLDER has texts with known errors, as `bench.finder` wants them.  The facts about every word
that is asked about are weighed by logistic regression, every text for as much as its number of
words up to a bound, so that the largest does not decide, newspapers for less than books.  With
`--write` the weights go into `src/booktools/find/weights.py`.  With `--without` every book is
left out in turn: its texts are judged with the weights of all the others, and the sums
are printed beside those with the weights of all, and written into FILE for `bench.finder`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from bench.finder import Tally, score
from booktools import suggest
from booktools.find import context, doubt, spelling
from booktools.find.language import Language
from booktools.find.reading import Reading
from booktools.find.rules import RULES, ranked
from booktools.find.suggestion import Suggestion

np: Any = importlib.import_module("numpy")

Facts: TypeAlias = Mapping[str, float]
Weights: TypeAlias = dict[str, dict[str, float]]
_MOST = 900.0  # a text weighs as so many words that are asked about, at most
_NEWS = {"bln600": 0.3, "overproof": 0.3}  # kinds of texts that are no books weigh less
_RIDGE = 2.0  # how strongly weights are held near nought, in samples
_ROUNDS = 40
# The rules whose findings are weighed: what asks, what is asked, what is said, from where on.
_WEIGHED = {
    "UNKNOWN": ("SPL001", spelling.asked, doubt.features, spelling.said, spelling.LEAST),
    "CONTEXT": ("CTX001", context.asked, context.features, context.said, context.LEAST),
}
_RULES = {rule.code: rule for rule in RULES}
_WEIGHTS = Path("src/booktools/find/weights.py")


@dataclass(frozen=True)
class Row:
    """The facts about a word that is asked about, and what is proposed for it."""

    facts: Facts
    wrong: bool
    counts: bool  # whether it is known to be right or wrong
    proposed: Suggestion


@dataclass(frozen=True)
class Sampled:
    """A text, what is true of it, the words that are asked about, and what other rules find."""

    name: str
    text: str
    gold: dict[str, Any]
    rows: dict[str, list[Row]]
    others: list[Suggestion]

    @property
    def book(self) -> str:
        """What is left out together: the same book mistyped and misread, read by two programs."""
        return re.sub(r"^(synth|ocr)-|-tess\d$", "", self.name)

    @property
    def group(self) -> str:
        return f"{self.gold['kind']}, {self.gold['lang']}"


@cache
def language(tag: str) -> Language:
    return suggest.language([tag])


def sampled(path: Path) -> Sampled:
    gold = json.loads(path.read_text())
    name = path.name.removesuffix(".gold.json")
    text = path.with_name(f"{name}.txt").read_text()
    wrong = {p for e in gold["errors"] for p in range(e["s"], max(e["e"], e["s"] + 1))}
    ignored = {p for a, b in gold.get("ignore", []) for p in range(a, max(b, a + 1))}
    reading = Reading(text, language(gold["lang"]))
    rows: dict[str, list[Row]] = {}
    for kind, (code, asked, features, said, _) in _WEIGHED.items():
        rows[kind] = []
        for index, best in asked(reading):
            word = reading.words[index]
            places = range(word.start, word.end)
            hit = not wrong.isdisjoint(places)
            facts = features(reading, index, best)
            proposed = _RULES[code].suggestion(reading, said(reading, index, best, 0.0))
            rows[kind].append(Row(facts, hit, hit or ignored.isdisjoint(places), proposed))
    weighed = {code for code, *_ in _WEIGHED.values()}
    others = [
        suggestion
        for rule in RULES
        if rule.code not in weighed
        for suggestion in rule.suggestions(reading)
    ]
    return Sampled(name, text, gold, rows, others)


def fitted(samples: list[Sampled]) -> Weights:
    """The weights of both regressions."""
    return {kind: _fitted(samples, kind) for kind in _WEIGHED}


def _fitted(samples: list[Sampled], kind: str) -> dict[str, float]:
    names = list(next(one.rows[kind][0].facts for one in samples if one.rows[kind]))
    rows, labels, shares = [], [], []
    for one in samples:
        counted = [row for row in one.rows[kind] if row.counts]
        rows += [[row.facts[name] for name in names] for row in counted]
        labels += [row.wrong for row in counted]
        share = min(1.0, _MOST / max(len(counted), 1)) * _NEWS.get(one.gold["kind"], 1.0)
        shares += [share] * len(counted)
    x, y, w = np.array(rows), np.array(labels, float), np.array(shares)
    # All facts in units of their own spread; the first is 1 always and not held back.
    spread = x.std(axis=0)
    spread[spread == 0] = 1.0
    z = x / spread
    held = np.full(len(names), _RIDGE)
    held[names.index("one")] = 0.0
    found = np.zeros(len(names))
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(z @ found, -30, 30)))
        slope = z.T @ (w * (y - p)) - held * found
        bend = (z * (w * p * (1 - p))[:, None]).T @ z + np.diag(held + 1e-6)
        step = np.linalg.solve(bend, slope)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return {n: round(float(v), 3) for n, v in zip(names, found / spread, strict=True)}


def tallied(samples: list[Sampled], with_weights: Weights, least: float) -> dict[str, Tally]:
    """What the whole finder makes of texts with some weights, by group of texts."""
    groups: dict[str, Tally] = defaultdict(Tally)
    for one in samples:
        found = ranked([*one.others, *_weighed(one, with_weights)])
        flags = [(f.start, f.end, f.readings, f.score) for f in found if f.score >= least]
        score(one.text, one.gold, flags, groups[one.group])
    return groups


def _weighed(one: Sampled, with_weights: Weights) -> Iterator[Suggestion]:
    for kind, (*_, least) in _WEIGHED.items():
        for row in one.rows[kind]:
            likely = doubt.chance(row.facts, with_weights[kind])
            if likely >= least:
                yield replace(row.proposed, score=likely)


def without(samples: list[Sampled], least: float) -> dict[str, Tally]:
    """The same with weights that know nothing of the book in question."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for book in sorted({one.book for one in samples}):
        own = [one for one in samples if one.book == book]
        rest = [one for one in samples if one.book != book]
        for group, tally in tallied(own, fitted(rest), least).items():
            sums[group].add(tally)
    return sums


def written(found: Weights) -> str:
    """The module with the weights."""
    heads = {
        "UNKNOWN": "# A word that no list has.",
        "CONTEXT": "# A word that some list has, and that may stand for another.",
    }
    lines = [
        '"""The weights of the finder\'s two logistic regressions, made by `bench.fit_finder`.',
        "",
        "Each is how much a fact (`doubt.py`, `context.py`) speaks for an error, in nats.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Mapping",
    ]
    for kind, values in found.items():
        lines += ["", heads[kind], f"{kind}: Mapping[str, float] = {{"]
        lines += [f'    "{name}": {value},' for name, value in values.items()]
        lines += ["}"]
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fit_finder", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write find/weights.py")
    parser.add_argument("--without", type=Path, metavar="FILE", help="leave each book out in turn")
    parser.add_argument("--least", type=float, default=suggest.LIKELY)
    told = parser.parse_args()
    samples = [sampled(path) for path in sorted(told.folder.glob("*.gold.json"))]
    found = fitted(samples)
    if told.write:
        _WEIGHTS.write_text(written(found))
    for group, tally in sorted(tallied(samples, found, told.least).items()):
        print(tally.row(f"{group}: fitted on it"), flush=True)
    if told.without:
        sums = without(samples, told.least)
        for group, tally in sorted(sums.items()):
            print(tally.row(f"{group}: left out"))
        figures = {group: tally.figures() for group, tally in sums.items()}
        told.without.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
