"""Which documents go straight to the manuscript, and what their files say about themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from booktools.read.package import navigation, package, part_of, titled
from booktools.read.packed import Packed

# Ending of the file's name → what pandoc calls its format.
KINDS: Mapping[str, str] = {
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".tex": "latex",
    ".latex": "latex",
    ".md": "markdown",
    ".markdown": "markdown",
}
ARCHIVES = frozenset({"docx", "odt", "epub"})

_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_ABOUT = {"docx": "docProps/core.xml", "odt": "meta.xml"}


@dataclass(frozen=True, slots=True)
class About:
    """What a document says about itself; "" and () for what it does not say."""

    title: str = ""
    creators: tuple[str, ...] = ()
    language: str = ""


def kind_of(name: str) -> str:
    """What pandoc calls the format of a file, by its name's ending; "" for other files."""
    at = name.rfind(".")
    return KINDS.get(name[at:].lower(), "") if at >= 0 else ""


def about(packed: Packed, kind: str) -> About:
    """What stands beside the text: a word processor's properties, an e-book's package."""
    if kind == "epub":
        root = package(packed)
        return About(*titled(root)) if root is not None else About()
    root = part_of(packed, _ABOUT.get(kind, ""))
    if root is None:
        return About()

    def said(*names: str) -> str:
        texts = (element.text for name in names for element in root.iter(name))
        return next((" ".join(text.split()) for text in texts if text and text.strip()), "")

    author = said(f"{_META}initial-creator", f"{_DC}creator")
    names = tuple(name for one in author.split(";") if (name := one.strip()))
    return About(said(f"{_DC}title"), names, said(f"{_DC}language"))


# A title without a head, as HTML allows; pandoc takes it for text.
_BARE_TITLE = re.compile(rb"<title[^<>]*>[^<]*</title\s*>", re.IGNORECASE)
_STRUCTURE = re.compile(rb"<(?:html|head|body)\b", re.IGNORECASE)
_HEAD = 65_536  # bytes in which a title stands


def with_head(data: bytes) -> bytes:
    """HTML whose title, where it has neither head nor body before it, stands in a head."""
    title = _BARE_TITLE.search(data, 0, _HEAD)
    if title is None or _STRUCTURE.search(data, 0, title.start()):
        return data
    rest = data[: title.start()] + data[title.end() :]
    return b"<html><head>" + title[0] + b"</head>" + rest


def contents_files(packed: Packed, kind: str) -> tuple[str, ...]:
    """The files of an e-book that hold its lists of contents, which are made anew."""
    root = package(packed) if kind == "epub" else None
    return navigation(root) if root is not None else ()
