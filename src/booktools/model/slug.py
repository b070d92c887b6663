"""Names for files and ids, made from words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container


def slug(text: str, limit: int = 48) -> str:
    """Small ASCII letters, digits and hyphens, at most `limit`, cut between words.

    Accents fall away; text without a Latin letter or digit gives `section`.
    """
    folded = unicodedata.normalize("NFKD", text).replace("ß", "ss").replace("’", "")
    ascii_only = folded.encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_only)
    out = ""
    for word in words:
        if out and len(out) + 1 + len(word) > limit:
            break
        out = f"{out}-{word[:limit]}" if out else word[:limit]
    return out or "section"


def unique(name: str, taken: Container[str]) -> str:
    """`name`, or `name-2`, `name-3`, … when it is taken."""
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
