"""The print edition: the whole book as one document for the page, and what its pages show."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from booktools.edition.anchors import anchor, anchors
from booktools.edition.balance import balanced
from booktools.edition.contents import Entry, contents, walk
from booktools.edition.lexicon import Lexicon, direction
from booktools.edition.markup import Content, closing, element, opening
from booktools.edition.prelims import Line, authors, imprint, title_page, word
from booktools.edition.shown import chapter_shown
from booktools.edition.xhtml import Markup, chapter_markup, inline_markup, text_markup
from booktools.model.artifact import Edition, Expected
from booktools.model.book import (
    Book,
    BookBlock,
    Chapter,
    ChapterRole,
    Figure,
    Heading,
    Listing,
    Paragraph,
    ParagraphRole,
    Quote,
    Text,
    inline_text,
)
from booktools.model.printed import Folio, Leaf, PrintDocument

CONTENTS_DEPTH = 2
HEAD_LENGTH = 44  # characters of a running head that stand on one line

# Before the contents, as printers order it.
_BEFORE_CONTENTS = frozenset({ChapterRole.DEDICATION, ChapterRole.EPIGRAPH})
_UNNUMBERED = _BEFORE_CONTENTS | {ChapterRole.PART, ChapterRole.BACK_COVER}
_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)|@import\s+["']([^"']+)["']""")
# How many letters of a displayed line stand well on one line; others break as they like.
_MEASURES = {"chapter": 30, "title": 19, "subtitle": 38, "short-title": 26}
_HEADINGS = {2: 36, 3: 46}
_DECK, _CAPTION = 54, 66
# The column of labels in the contents, in points: a letter of theirs, the blank after it, the
# longest that it is made for, in letters, and the indent of sections where there are none.
_LETTER, _GAP, _LABEL, _INDENT = 6, 12, 18, 28


def print_document(
    book: Book,
    css: str,
    *,
    resources: Mapping[str, bytes] | None = None,
    lexicon: Lexicon | None = None,
    css_name: str = "styles/print.css",
) -> PrintDocument:
    """The book as one HTML document with its style sheet and its files.

    `resources` are the files at hand, by their name in the project: a figure whose image
    is not among them is set as its caption alone.  `references` says which are wanted.

    Raises ManuscriptError as `chapter_markup` and `anchors` do.
    """
    files = dict(resources or {})
    options = Markup(
        edition=Edition.PDF,
        language=book.meta.language,
        images={name: name for name in references(book, "") if name in files},
        lexicon=lexicon or Lexicon(),
        anchors=anchors(book),
    )
    body = next((leaf.id for leaf in leaves(book) if leaf.arabic), "")
    parts = [_wrapped(book, leaf, body, options) for leaf in leaves(book)]
    html = "\n".join(("<!DOCTYPE html>", _head(book), *parts, "</body>", "</html>", ""))
    return PrintDocument(html, css, css_name, files, body)


def references(book: Book, css: str, css_name: str = "styles/print.css") -> tuple[str, ...]:
    """The files that the edition would use, by their name in the project, sorted.

    Addresses that lead out of the project are left out: the engine refuses and reports them.
    """
    names = {image for chapter in book.chapters for image in _images(chapter.blocks)}
    folder = posixpath.dirname(css_name)
    for match in _ADDRESS.finditer(css):
        address = unquote(match[1] or match[2]).partition("#")[0].strip()
        if not re.match(r"[a-zA-Z][\w+.-]*:|/", address):
            names.add(posixpath.normpath(posixpath.join(folder, address)))
    return tuple(sorted(name for name in names if not name.startswith(("..", "/"))))


def expected(book: Book) -> tuple[Expected, ...]:
    """What the pages show between their margins, in order; notes after the block that calls."""
    return tuple(stretch for leaf in leaves(book) for stretch in leaf.expected)


def leaves(book: Book) -> tuple[Leaf, ...]:
    """The print edition from half-title to last page."""
    meta = book.meta
    half_title = (Expected(meta.title, "half-title"),)
    titles = tuple(Expected(line.text, "title-page") for line in title_page(meta))
    small_print = tuple(Expected(line.text, "imprint") for line in imprint(meta))
    out = [
        Leaf("half-title", "prelim:half-title", half_title),
        Leaf("title-page", "prelim:title-page", titles),
        Leaf("imprint", "prelim:imprint", small_print, on_recto=False),
    ]
    chapters = list(book.chapters)
    while chapters and chapters[0].role in _BEFORE_CONTENTS:
        out.append(_chapter_leaf(book, chapters.pop(0), arabic=False))
    out.append(_contents_leaf(book))
    arabic = False
    for chapter in chapters:
        arabic = arabic or chapter.role.matter != "front"
        out.append(_chapter_leaf(book, chapter, arabic=arabic))
    return tuple(out)


def leaf_id(name: str) -> str:
    """The id of a leaf's element, which no manuscript's id can be: `anchor` knows no colon."""
    return f"leaf:{anchor(name)}"


def _chapter_leaf(book: Book, chapter: Chapter, *, arabic: bool) -> Leaf:
    folio = Folio.ARABIC if arabic else Folio.ROMAN
    silent = chapter.role in _UNNUMBERED
    return Leaf(
        chapter.role.value,
        leaf_id(chapter.id),
        chapter_shown(chapter),
        verso="" if silent else running_head(book.meta.title),
        recto="" if silent else running_head(inline_text(chapter.title), chapter.label),
        folio=Folio.NONE if silent else folio,
        arabic=arabic,
        on_recto=chapter.role is not ChapterRole.BACK_COVER,
    )


def _contents_leaf(book: Book) -> Leaf:
    title = word(book.meta.language, "contents")
    shown = [Expected(title, "contents")]
    for _, entry in _listed(book):
        text = " ".join(part for part in (entry.label, inline_text(entry.inlines)) if part)
        shown.append(Expected(text, "contents", entry.chapter.file, entry.line))
    head = running_head(book.meta.title)
    return Leaf("contents", "prelim:contents", tuple(shown), head, title, Folio.ROMAN)


def running_head(title: str, label: str = "") -> str:
    """A title short enough for the head of a page.

    A long one is cut where its main part ends (a colon, a dash, a bracket), else its
    label stands for it, else it ends with an ellipsis, at a word where there are several.
    """
    whole = " ".join(title.split())
    if len(whole) <= HEAD_LENGTH:
        return whole or label
    for mark in (": ", " – ", " — ", "—", ". ", " ("):
        main = whole.partition(mark)[0]
        if main != whole and 0 < len(main) <= HEAD_LENGTH:
            return main
    if label:
        return label
    end = whole.rfind(" ", 0, HEAD_LENGTH)
    return whole[: end if end > 0 else HEAD_LENGTH].rstrip(" ,;:.–—-(") + "…"


def _listed(book: Book) -> tuple[tuple[int, Entry], ...]:
    """The printed contents with depths: not what stands before them, nor the back cover."""
    return tuple(
        (depth, entry)
        for depth, entry in walk(contents(book))
        if depth <= CONTENTS_DEPTH
        and entry.chapter.role not in _BEFORE_CONTENTS
        and entry.chapter.role is not ChapterRole.BACK_COVER
    )


# --- markup ---------------------------------------------------------------------------


def _head(book: Book) -> str:
    meta = book.meta
    language = {"lang": meta.language}
    if direction(meta.language) == "rtl":
        language["dir"] = "rtl"
    facts = {
        "author": authors(meta),
        "description": meta.description,
        "keywords": ", ".join(meta.subjects),
        "generator": "booktools",
    }
    rows = [opening("html", language), opening("head"), element("meta", {"charset": "utf-8"})]
    rows.append(element("title", None, meta.title))
    rows += [element("meta", {"name": k, "content": v}) for k, v in facts.items() if v]
    rows += [closing("head"), opening("body")]
    return "\n".join(row.source for row in rows)


def _wrapped(book: Book, leaf: Leaf, body: str, options: Markup) -> str:
    """A leaf in a `<div class="leaf …">`, which tells the style sheet what it may need."""
    kinds = ["leaf", leaf.name, "arabic" if leaf.arabic else "roman"]
    if leaf.id == body:
        kinds.append("first-arabic")
    attributes: dict[str, str] = {}
    match leaf.name:
        case "half-title":
            inside = _lines((Line("short-title", book.meta.title),), options)
        case "title-page":
            inside = _lines(title_page(book.meta), options)
        case "imprint":
            inside = _lines(imprint(book.meta), options)
        case "contents":
            inside = _contents(book, options)
            kinds.append("depth-1")
            attributes["data-bookmark"] = word(book.meta.language, "contents")
        case _:
            chapter, depth, entry = _chapter_of(book, leaf)
            inside = chapter_markup(_displayed(chapter), options)
            kinds.append(f"depth-{depth}")
            attributes["data-bookmark"] = entry.text
    wrapper = opening("div", {"class": " ".join(kinds), "id": leaf.id} | attributes)
    strings = {"class": "heads", "data-verso": leaf.verso, "data-recto": leaf.recto}
    return f"{wrapper.source}\n{element('div', strings).source}\n{inside}\n</div>"


def _chapter_of(book: Book, leaf: Leaf) -> tuple[Chapter, int, Entry]:
    return next(
        (entry.chapter, depth, entry)
        for depth, entry in walk(contents(book))
        if entry.id == entry.chapter.id and leaf_id(entry.id) == leaf.id
    )


def _lines(lines: tuple[Line, ...], options: Markup) -> str:
    rows = (
        element(
            "p",
            {"class": line.style},
            inline_markup(balanced((Text(line.text),), _MEASURES.get(line.style, 0)), options),
        )
        for line in lines
    )
    return "\n".join(row.source for row in rows)


def _displayed(chapter: Chapter) -> Chapter:
    """The chapter with its centred lines broken to about equal lengths."""
    title = balanced(chapter.title, _MEASURES["chapter"])
    return replace(chapter, title=title, blocks=tuple(map(_displayed_block, chapter.blocks)))


def _displayed_block(block: BookBlock) -> BookBlock:
    match block:
        case Heading(level=level):
            return replace(block, inlines=balanced(block.inlines, _HEADINGS.get(level, 0)))
        case Paragraph(role=ParagraphRole.DECK):
            return replace(block, inlines=balanced(block.inlines, _DECK))
        case Figure():
            return replace(block, caption=balanced(block.caption, _CAPTION))
        case _:
            return block


def _contents(book: Book, options: Markup) -> str:
    arabic = {leaf.id for leaf in leaves(book) if leaf.arabic}
    longest = max((len(entry.label.strip()) for _, entry in _listed(book)), default=0)
    column = min(longest, _LABEL) * _LETTER + _GAP if longest else _INDENT
    rows = [
        opening("nav", {"style": f"--labels: {column:g}pt"}),
        element("h1", None, word(book.meta.language, "contents")),
    ]
    for depth, entry in _listed(book):
        parts: list[Content] = []
        if entry.label.strip():
            label = text_markup(entry.label, options)
            parts.append(element("span", {"class": "entry-label"}, label, " "))
        title = inline_markup(entry.inlines, options)
        parts.append(element("span", {"class": "entry-title"}, title))
        link = element("a", {"href": f"#{anchor(entry.id)}"}, *parts)
        kind = "section" if entry.id != entry.chapter.id else entry.chapter.role.value
        count = "arabic" if leaf_id(entry.chapter.id) in arabic else "roman"
        style = f"entry depth-{depth} {kind} {count}{' labelled' if entry.label.strip() else ''}"
        rows.append(element("p", {"class": style}, link))
    rows.append(closing("nav"))
    return "\n".join(row.source for row in rows)


def _images(blocks: Iterable[BookBlock]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Figure(image=image) if image:
                yield image
            case Quote(inner):
                yield from _images(inner)
            case Listing(items):
                for item in items:
                    yield from _images(item)
