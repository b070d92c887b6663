"""The book as markup: the one place where it becomes XHTML, for the EPUB and the print edition."""

from __future__ import annotations

from booktools.edition.markup import Xml
from booktools.edition.page_writer import PageWriter
from booktools.edition.writer import Markup as Markup
from booktools.edition.writer import Row as Row
from booktools.edition.writer import Writer
from booktools.model.artifact import Edition
from booktools.model.book import Chapter, Inline, Text


def chapter_markup(chapter: Chapter, options: Markup) -> str:
    """The chapter as a `<section>`, one block a line.

    Raises ManuscriptError for a link that leads nowhere, a link address of another kind
    than http, https and mailto, and a character that XML cannot hold.
    """
    return "\n".join(row.xml for row in chapter_rows(chapter, options)) + "\n"


def chapter_rows(chapter: Chapter, options: Markup) -> tuple[Row, ...]:
    """The lines of `chapter_markup` with their lines in the manuscript."""
    return tuple(_writer(chapter, options).chapter())


def inline_markup(inlines: tuple[Inline, ...], options: Markup) -> Xml:
    """Inlines without notes or links to ids (title pages, contents) as markup."""
    return _writer(Chapter("", "x", (), ()), options).inlines(inlines)


def text_markup(text: str, options: Markup) -> Xml:
    """Plain text with the words of other languages marked."""
    return inline_markup((Text(text),), options)


def title_markup(text: str, options: Markup) -> Xml:
    """Plain text as a display line: as `text_markup`, with short compounds kept on one line."""
    return _writer(Chapter("", "x", (), ()), options).titled((Text(text),))


def _writer(chapter: Chapter, options: Markup) -> Writer:
    return (PageWriter if options.edition is Edition.PDF else Writer)(chapter, options)
