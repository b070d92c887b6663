"""The words in which two states of a book differ, told to people and to programs."""

from __future__ import annotations

import json

from booktools.errata.collation import Collation, Variant
from booktools.errata.nearest import clip


def collation_lines(found: Collation, *, everything: bool = False) -> list[str]:
    """The changes, the unexplained ones last; of what moved only how much."""
    lines: list[str] = []
    explained = [v for v in found.variants if (v.errata or v.undone) and v.explained]
    for variant in explained if everything else ():
        ids = [*variant.errata, *(f"{id} taken back" for id in variant.undone)]
        lines += [f"{', '.join(ids)}  {_shown(variant)}"]
    for variant in found.unexplained:
        lines.append(f"{_at(variant)}  {_shown(variant)}{_against(variant)}")
        lines.append(f"  …{clip(variant.before)} [{clip(variant.new)}] {clip(variant.after)}…")
    counts = [
        f"{len(explained)} explained by errata",
        f"{sum(v.moved for v in found.variants)} moved",
        f"{sum(v.outside for v in found.variants)} outside the running text",
        f"{len(found.unexplained)} unexplained",
    ]
    words = " and ".join(f"{number:,}" for number in found.words)
    return [*lines, f"{words} words: {', '.join(counts)}."]


def _against(variant: Variant) -> str:
    """Which entries the change follows, or takes back, although they were decided otherwise."""
    made = [id for id in variant.errata if id in variant.against]
    undone = [id for id in variant.undone if id in variant.against]
    said = [f"takes back {', '.join(undone)}"] if undone else []
    said += [f"makes {', '.join(made)}, not accepted"] if made else []
    return f" ({'; '.join(said)})" if said else ""


def _shown(variant: Variant) -> str:
    old, new = clip(variant.old), clip(variant.new)
    if old and new:
        return f"“{old}” → “{new}”"
    return f"“{old}” is gone" if old else f"“{new}” is new"


def _at(variant: Variant) -> str:
    return f"{variant.old_place} → {variant.new_place}"


def collation_json(found: Collation) -> str:
    """The changes for other programs."""
    rows = [
        {
            "old": v.old,
            "new": v.new,
            "before": v.before,
            "after": v.after,
            "old_place": str(v.old_place),
            "new_place": str(v.new_place),
            "errata": list(v.errata),
            "undone": list(v.undone),
            "moved": v.moved,
            "outside": v.outside,
            "explained": v.explained,
        }
        for v in found.variants
    ]
    whole = {
        "old": found.old,
        "new": found.new,
        "words": list(found.words),
        "unexplained": len(found.unexplained),
        "changes": rows,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
