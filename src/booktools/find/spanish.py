"""Spanish words that no list has all of: `recordándole`, `sépase`, `francesito`, `espesísimo`."""

from __future__ import annotations

import re
from collections.abc import Container

_PRONOUNS = re.compile(r"(?:me|te|se|nos|os)?(?:le|la|lo|les|las|los|me|te|se|nos|os)\Z")
_PLAIN = str.maketrans("áéíóú", "aeiou")
_ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó"}
_SHORTEST = 3


def with_pronouns(low: str, words: Container[str]) -> bool:
    """Whether a small form is a known form of a verb with one or two pronouns behind it.

    The pronouns move the accent (`recordando`, `recordándole`), and one that is needless was
    written or not (`echóse`, `echose`).
    """
    tail = _PRONOUNS.search(low)
    if tail is None:
        return False
    for start in {tail.start(), *(low.rfind(end) for end in (tail[0][-2:], tail[0][-3:]))}:
        stem = low[:start]
        if start < _SHORTEST or not _PRONOUNS.fullmatch(low[start:]):
            continue
        bare = stem.translate(_PLAIN)
        forms = {stem, bare, bare[:-1] + _ACCENTS.get(bare[-1], bare[-1])}
        if bare.endswith("mo"):
            forms.add(bare + "s")  # vámonos
        if stem != bare and any(form in words for form in forms):
            return True
        if bare.endswith(("r", "ndo", "o", "e")) and any(form in words for form in forms):
            return True
    return False


_DIMINISHED = re.compile(
    r"(?:(?:e?c)?it|ill|uel|zuel|ísim|az|ot|on)(?:o|a|os|as)\Z|(?:ón|ones|onazo|azos?)\Z"
)
_ENDS = ("", "o", "a", "e")


def diminished(low: str, words: Container[str]) -> bool:
    """Whether a small form is a known word made smaller, larger or stronger."""
    tail = _DIMINISHED.search(low)
    if tail is None or tail.start() <= _SHORTEST:
        return False
    stem = low[: tail.start()]
    stems = {stem, stem[:-1] + _ACCENTS.get(stem[-1], stem[-1])}
    stems.add(stem[:-2] + _ACCENTS.get(stem[-2], stem[-2]) + stem[-1])  # francés: francesito
    if stem.endswith("qu"):
        stems.add(stem[:-2] + "c")  # chiquito
    if tail[0][0] == "c":
        stems.add(stem + "z")  # pedacito
    if stem.endswith("gu"):
        stems.add(stem[:-1])
    return any(one + end in words for one in stems for end in _ENDS)
