"""The door to symspellpy's list of English word pairs: how often two words stand side by side.

Only its data is read, 243,000 pairs with their counts in printed books; its code is not.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path

from booktools.errors import EngineFailed, EngineMissing

_NAME = "frequency_bigramdictionary_en_243_342.txt"
_REMEDY = "Install it with: pip install symspellpy"


def pairs(languages: Iterable[str]) -> dict[str, int]:
    """Counts by `first second`, in small letters; empty unless the first language is English.

    Raises EngineMissing, EngineFailed.
    """
    first = next(iter(languages), "en").split("-")[0].lower()
    if first != "en":
        return {}
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or not spec.submodule_search_locations:
        raise EngineMissing("symspellpy is missing", hint=_REMEDY)
    file = Path(spec.submodule_search_locations[0], _NAME)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()  # first second count
        return {(part := line.rpartition(" "))[0]: int(part[2]) for line in lines if line}
    except (OSError, ValueError) as error:
        raise EngineFailed(
            f"symspellpy's list {_NAME} cannot be read: {error}",
            hint="Compare symspellpy's version with the one in requirements.lock.",
        ) from error
