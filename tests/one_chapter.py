"""One file of a manuscript, read by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from booktools.manuscript.parse import parse_book
from booktools.model.book import Chapter


def parse_chapter(file: str, markdown: str, ast: Mapping[str, Any]) -> Chapter:
    """The chapter of a file, given with pandoc's tree of its text."""
    return parse_book([(file, markdown)], [ast])[0]
