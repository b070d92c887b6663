"""A fresh book project, as texts.  Pure."""

from __future__ import annotations

import json

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


def files(title: str, author: str, language: str, identifier: str) -> dict[str, str]:
    """Name → text of each file.  Raises ConfigError when the metadata is impossible."""
    book = _book_toml(title, author, language, identifier)
    config = parse_book_toml(book, "manuscript/book.toml")
    return {
        "manuscript/book.toml": book,
        "manuscript/text/01-first-chapter.md": _CHAPTER,
        "manuscript/errata.toml": _ERRATA,
        "manuscript/layout.toml": _LAYOUT,
        "manuscript/lexicon.txt": _LEXICON,
        "images/.gitkeep": "",
        "README.md": _readme(config.meta.title),
        ".gitignore": _IGNORED,
    }


def _book_toml(title: str, author: str, language: str, identifier: str) -> str:
    lines = [
        "# This file marks a book project and says what its title page says.",
        "",
        f"title = {_quoted(title)}",
        f"slug = {_quoted(catalogue.slug(title) or 'book')}",
        f"language = {_quoted(language)}",
        f"identifiers = [{_quoted(identifier)}]",
        'editions = ["epub", "pdf", "txt"]',
    ]
    if author:
        lines += ["", "[[creators]]", f"name = {_quoted(author)}", 'role = "aut"']
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
