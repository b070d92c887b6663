"""The weights of the finder's two logistic regressions, made by `bench.fit_finder`.

Each is how much a fact (`doubt.py`, `context.py`) speaks for an error, in nats.
"""

from __future__ import annotations

from collections.abc import Mapping

# A word that no list has.
UNKNOWN: Mapping[str, float] = {
    "one": 3.165,
    "best": 0.108,
    "none": 1.399,
    "lead": -0.059,
    "often": -0.642,
    "kin": -0.958,
    "zipf": 0.068,
    "listed": -1.066,
    "name": -1.519,
    "first": -0.122,
    "capitals": 1.71,
    "mixed": 4.765,
    "surprise": 0.612,
    "length": 0.064,
    "derived": -1.338,
    "known_here": 0.6,
    "cost": -0.153,
    "two": 0.72,
    "hyphen": -3.706,
    "apostrophe": 0.366,
    "omission": -1.338,
    "foreign": 0.399,
    "unknown_near": -0.003,
    "noise": 0.178,
    "capital_elsewhere": -1.92,
    "one_off_name": 0.141,
    "rare": -2.098,
    "rarest": -1.412,
    "tongue": -0.787,
    "tongue_near": -1.725,
    "set_apart": -2.248,
    "older": -0.33,
    "old_habit": -0.595,
    "shouted": 1.819,
    "beside_name": 0.466,
    "noise_once": -0.954,
    "noise_best": -0.059,
    "capital_listed": -0.946,
    "parts": 1.272,
}

# A word that some list has, and that may stand for another.
CONTEXT: Mapping[str, float] = {
    "one": 6.52,
    "gain": 0.227,
    "gain2": 0.044,
    "gain_cost": -0.067,
    "gain_noise": -0.059,
    "rare": -0.194,
    "cost": -0.297,
    "lead": 0.002,
    "sides": -0.676,
    "zipf": -1.009,
    "zipf_meant": 0.064,
    "often": -0.25,
    "often_meant": 0.309,
    "seen": 0.362,
    "listed_meant": 0.2,
    "listed_own": -0.637,
    "own_pairs": -0.342,
    "capital": -0.825,
    "first": 0.272,
    "length": -0.749,
    "inflected": 0.182,
    "shape": 0.055,
    "lift_own": -0.272,
    "lift_meant": 0.178,
    "pair": -0.04,
    "noise": 0.683,
    "unknown_near": 0.246,
    "foreign": -0.554,
}
