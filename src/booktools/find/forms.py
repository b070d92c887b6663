"""Words that are made of others: with an ending, with a beginning, put together."""

from __future__ import annotations

from collections.abc import Set

_SUFFIXES = {
    "en": ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "less", "like", "ish", "est",
           "eth", "th", "st", "y", "able", "ism", "ist", "ists", "ian", "ward", "wards"),
    "fr": ("s", "e", "es", "ment"),
    "es": ("s", "es", "mente", "illo", "illa", "illos", "illas", "ito", "ita", "itos", "itas",
           "cillo", "cilla", "uelo", "uela", "zuelo", "zuela", "azo", "ón", "ísimo", "ísima",
           "ísimos", "ísimas"),
    "de": ("e", "en", "er", "es", "em", "n", "s"),
}  # fmt: skip
_PREFIXES = {
    "en": ("un", "re", "non", "over", "out", "under", "fore", "mis", "be", "in", "dis", "inter"),
    "fr": ("re", "ré", "in", "dé"),
    "es": ("re", "des", "in", "im", "ante", "contra", "sobre", "mal"),
    "de": (
        "un",
        "be",
        "ge",
        "ver",
        "ent",
        "zer",
        "ab",
        "an",
        "auf",
        "aus",
        "ein",
        "vor",
        "zu",
        "ur",
        "miß",
        "miss",
        "um",
        "über",
        "unter",
        "durch",
        "hin",
        "her",
        "nach",
        "mit",
        "bei",
        "los",
        "fort",
        "weg",
        "wieder",
        "wider",
        "zurück",
        "zusammen",
        "nieder",
        "hinaus",
        "heraus",
        "hinein",
        "herein",
        "hervor",
        "hinauf",
        "herab",
        "hinab",
        "dahin",
        "daher",
    ),
}


def compound(low: str, lowers: Set[str]) -> bool:
    """Whether a German word is put together of two or three known ones."""
    if len(low) < 8:
        return False
    for at in range(3, len(low) - 2):
        if low[:at] in lowers or (low[at - 1] == "s" and low[: at - 1] in lowers):
            rest = low[at:]
            if len(rest) > 3 and (rest in lowers or compound(rest, lowers)):
                return True
    return False


def derived(low: str, base: str, lowers: Set[str]) -> bool:
    """Whether a small form is a known word with a common ending or beginning.

    `base` is a language's tag without its region.
    """
    if any(_stem_known(low, end, base, lowers) for end in _SUFFIXES.get(base, ())):
        return True
    if base == "en" and len(low) > 4 and low[-2:] in ("pt", "kt", "st", "ft", "xt"):
        stem = low[:-1]  # slipt, lookt, wrapt
        if stem in lowers:
            return True
    return any(
        low.startswith(start) and len(low) - len(start) > 3 and low[len(start) :] in lowers
        for start in _PREFIXES.get(base, ())
    )


def _stem_known(low: str, end: str, base: str, lowers: Set[str]) -> bool:
    if not low.endswith(end) or len(low) - len(end) <= 3:
        return False
    stem = low[: len(low) - len(end)]
    if stem in lowers or stem + "e" in lowers or _doubled(stem, lowers):
        return True
    if base == "es" and (stem + "o" in lowers or stem + "a" in lowers):
        return True
    return stem.endswith("i") and stem[:-1] + "y" in lowers


def _doubled(stem: str, lowers: Set[str]) -> bool:
    return len(stem) > 4 and stem[-1] == stem[-2] and stem[:-1] in lowers
