"""A fresh book project, as texts.  Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass

from booktools import catalogue
from booktools.config import parse_book_toml

_CHAPTER = """\
# The First Chapter

This is where your book begins.
Write one sentence a line: a change then shows in git as the sentence that changed.
The editions join the lines into paragraphs.

An empty line ends a paragraph.
Words can be *emphasised* or **strong**.
A note[^1] stands at the foot of the page in print, and behind a link in the e-book.

[^1]: Notes are gathered at the end of the file.

## A section

Each file in manuscript/text is a chapter; their names give the order.
"""

_ERRATA = """\
# Reviewed corrections of the sources, each applied exactly once.  For example:
#
# [[erratum]]
# id = "E001"
# line = 12
# found = "teh"
# wanted = "the"
# context = "over teh hills"
# kind = "typo"
# reason = "transposed letters"
# state = "accepted"
# decided_by = "copy-editor"
# decided_on = 2021-05-31
"""

_LAYOUT = """\
# Reviewed decisions about the layout of raw sources.  A book that begins as Markdown
# needs none.
"""

_LEXICON = """\
# Words of this book that no dictionary knows, one a line: names, places, terms.
# One of another language has its tag behind it: cordón [es]
"""

_IGNORED = """\
/dist/
"""


@dataclass(frozen=True)
class Wishes:
    """What is known of a new book; its `sources` are (name in the project, SHA-256, encoding)."""

    title: str
    language: str
    authors: tuple[str, ...] = ()
    sources: tuple[tuple[str, str, str], ...] = ()


def files(wishes: Wishes, identifier: str) -> dict[str, str]:
    """Name → text of each file; without sources there is a first chapter to begin with.

    Raises ConfigError when the metadata is impossible.
    """
    book = _book_toml(wishes, identifier)
    config = parse_book_toml(book, "manuscript/book.toml")
    first = {} if wishes.sources else {"manuscript/text/01-first-chapter.md": _CHAPTER}
    return {
        "manuscript/book.toml": book,
        **first,
        "manuscript/errata.toml": _ERRATA,
        "manuscript/layout.toml": _LAYOUT,
        "manuscript/lexicon.txt": _LEXICON,
        "images/.gitkeep": "",
        "README.md": _readme(config.meta.title),
        ".gitignore": _IGNORED,
    }


def _book_toml(wishes: Wishes, identifier: str) -> str:
    title = wishes.title
    lines = [
        "# This file marks a book project and says what its title page says.",
        "",
        f"title = {_quoted(title)}",
        f"slug = {_quoted(catalogue.slug(title) or 'book')}",
        f"language = {_quoted(wishes.language)}",
        f"identifiers = [{_quoted(identifier)}]",
        'editions = ["epub", "pdf", "txt"]',
    ]
    for author in wishes.authors:
        lines += ["", "[[creators]]", f"name = {_quoted(author)}", 'role = "aut"']
    for name, sha256, encoding in wishes.sources:
        lines += ["", "[[sources]]", f"file = {_quoted(name)}", f"sha256 = {_quoted(sha256)}"]
        lines += [f"encoding = {_quoted(encoding)}"] * (encoding != "utf-8")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are among TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _readme(title: str) -> str:
    return f"""\
# {title}

A book made with booktools.

    booktools build    the editions, into dist/
    booktools check    what is still wrong
    booktools why WORD where a word comes from

| where | what |
| --- | --- |
| `manuscript/book.toml` | title, author, identifiers, editions |
| `manuscript/text/` | the book, a file a chapter |
| `manuscript/errata.toml` | reviewed corrections |
| `styles/`, `images/` | how it looks |
"""
