"""Marks that languages and printers use: quotation marks, and signs between scenes."""

from __future__ import annotations

import re
from typing import NamedTuple

# A paragraph of such signs alone parts two scenes.
SCENE_MARKS = re.compile(r"[\s*∗⁎✻⁂•◆❖❦☙~#]{1,20}")


class Marks(NamedTuple):
    """Opening and closing marks of a quotation and of one inside it."""

    outer: tuple[str, str]
    inner: tuple[str, str]


_ENGLISH = Marks(("“", "”"), ("‘", "’"))
_MARKS = {
    "de": Marks(("„", "“"), ("‚", "‘")),
    "es": Marks(("«", "»"), ("“", "”")),
    "fr": Marks(("«\u202f", "\u202f»"), ("“", "”")),
    "it": Marks(("«", "»"), ("“", "”")),
    "pt": Marks(("«", "»"), ("“", "”")),
    "ru": Marks(("«", "»"), ("„", "“")),
}


def quotation_marks(language: str) -> Marks:
    """The marks of a language (BCP 47 tag); the English ones where it is not known."""
    return _MARKS.get(language.split("-")[0].lower(), _ENGLISH)
