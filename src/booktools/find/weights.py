"""The weights of the finder's two logistic regressions (docs/finder.md says on what).

Each is how much a fact (`doubt.py`, `context.py`) speaks for an error, in nats.
"""

from __future__ import annotations

from collections.abc import Mapping

# A word that no list has.
UNKNOWN: Mapping[str, float] = {
    "one": 10.012,
    "best": 0.365,
    "none": 1.781,
    "lead": -0.072,
    "often": -1.091,
    "kin": -1.023,
    "zipf": -0.212,
    "listed": -1.968,
    "name": -3.237,
    "first": -0.674,
    "capitals": 11.607,
    "mixed": 3.536,
    "surprise": 0.644,
    "length": 0.01,
    "derived": -2.211,
    "known_here": 0.405,
    "cost": -0.205,
    "two": 0.058,
    "hyphen": 0.326,
    "apostrophe": 0.664,
    "omission": -3.248,
    "foreign": -1.133,
    "unknown_near": -0.164,
    "noise": 0.75,
    "capital_elsewhere": 1.063,
    "one_off_name": 1.404,
}

# A word that some list has, and that may stand for another.
CONTEXT: Mapping[str, float] = {
    "one": 3.012,
    "gain": 0.149,
    "cost": -0.125,
    "lead": 0.02,
    "sides": -0.432,
    "zipf": -0.811,
    "zipf_meant": 0.063,
    "often": -0.333,
    "often_meant": 0.199,
    "seen": 0.214,
    "listed_meant": 0.407,
    "listed_own": -0.539,
    "own_pairs": -0.092,
    "capital": -0.471,
    "first": 0.389,
    "length": -0.67,
    "inflected": 0.719,
    "shape": 0.552,
    "lift_own": -0.281,
    "lift_meant": 0.096,
    "pair": 0.079,
    "noise": 0.236,
    "unknown_near": 0.261,
    "foreign": -6.035,
    "gain2": 0.008,
    "gain_cost": 0.004,
    "gain_noise": -0.047,
    "rare": 0.132,
}
