"""The weights of the finder's two logistic regressions, made by `bench.fit_finder`.

Each is how much a fact (`doubt.py`, `context.py`) speaks for an error, in nats.
"""

from __future__ import annotations

from collections.abc import Mapping

# A word that no list has.
UNKNOWN: Mapping[str, float] = {
    "one": 2.614,
    "best": 0.104,
    "none": 1.31,
    "lead": -0.075,
    "often": -0.658,
    "kin": -0.973,
    "zipf": 0.335,
    "listed": -1.512,
    "name": -1.6,
    "first": -0.229,
    "capitals": 1.798,
    "mixed": 4.848,
    "surprise": 0.764,
    "length": 0.078,
    "derived": -1.318,
    "known_here": 0.633,
    "cost": -0.155,
    "two": 0.645,
    "hyphen": -3.739,
    "apostrophe": 0.334,
    "omission": -1.485,
    "foreign": 0.473,
    "unknown_near": 0.018,
    "noise": 0.01,
    "capital_elsewhere": -1.927,
    "one_off_name": 0.186,
    "rare": -2.072,
    "rarest": -1.601,
    "tongue": -0.483,
    "tongue_near": -1.203,
    "stopped": -2.111,
    "set_apart": -2.263,
    "older": -0.406,
    "old_habit": -0.601,
    "shouted": 1.589,
    "beside_name": 0.48,
    "noise_once": -0.903,
    "noise_best": -0.064,
    "capital_listed": -0.982,
    "parts": 1.295,
}

# A word that some list has, and that may stand for another.
CONTEXT: Mapping[str, float] = {
    "one": 6.46,
    "gain": 0.221,
    "gain2": 0.046,
    "gain_cost": -0.063,
    "gain_noise": -0.059,
    "rare": -0.194,
    "cost": -0.298,
    "lead": 0.004,
    "sides": -0.687,
    "zipf": -1.014,
    "zipf_meant": 0.078,
    "often": -0.245,
    "often_meant": 0.301,
    "seen": 0.365,
    "listed_meant": 0.2,
    "listed_own": -0.634,
    "own_pairs": -0.347,
    "capital": -0.83,
    "first": 0.253,
    "length": -0.751,
    "inflected": 0.162,
    "shape": 0.06,
    "lift_own": -0.272,
    "lift_meant": 0.178,
    "pair": -0.042,
    "noise": 0.668,
    "unknown_near": 0.296,
    "foreign": 0.273,
}
