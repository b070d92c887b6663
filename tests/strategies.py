"""Hypothesis strategies for whole book trees, for every test that needs one.

`chapters()` gives any chapter that a manuscript can hold: no note inside a note, no link
inside a link, ids that are unique in the chapter.  `books()` joins some of them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from booktools.model.book import (
    Align,
    Book,
    BookBlock,
    Chapter,
    ChapterRole,
    Emph,
    Figure,
    Heading,
    Inline,
    Lang,
    LineBreak,
    Link,
    Listing,
    Metadata,
    Note,
    Paragraph,
    ParagraphRole,
    Quote,
    SceneBreak,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
)

# What Markdown, HTML, TeX or a careless printer could misread.
TRAPS = (
    *("1973.", "1)", "-", "- ", "+ ", "#", "## ", "|", "| ", "> ", ":::", "::: {.x}", ": ", "~ "),
    *("---", "* * *", "===", "```", "%", "@a", "\\", "\\\\", "*", "**", "_", "__", "[", "]", "^"),
    *("~", "~~", "`", "$", "$x$", "<", ">", "<b>", "</p>", "<!-- x -->", "&", "&amp;", "&#65;"),
    *("![", "](", "[^1]", "[^1]: ", "{", "}", "{.x}", "{#y}", "(x)", "!", ":", '"', "'", "..."),
    *("--", "http://x.y/z", "<http://x.y>", "a_b_c", "\\begin{x}", "\\(x\\)", "[@x]", "(@)"),
    *("#.", "+---+", "+===+", "|--|", "-- --", "Mr. ", "L. A. ", "i.e. ", "etc.) ", "No. 5 "),
    *("¿Qué? ", "¡No! ", "“No.” ", "… ", "... A", "1. B", "a. ", "\t", "\n", "\n\n", "  "),
    *("Table: ", ": x", "[a]: b", "^[x]", ":smile:", "==m==", "(c)", "1/2", "://", "a@b.c"),
    *("\u00a0", "\u2009", "\u200b", "\u00ad"),
)


@cache
def words() -> st.SearchStrategy[str]:
    """Text that a reader sees; most of it plain, some of it traps."""
    plain = st.sampled_from(("word", "Señor", "the", "End.", "Yes! ", "a", "x y", "1973", "—"))
    char = st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Zl", "Zp"),
        exclude_characters="\ufeff\ufffe\uffff",  # no XML and no manuscript holds them
    )
    piece = st.one_of(plain, st.sampled_from(TRAPS), st.text(char, max_size=3), st.just(" "))
    return st.lists(piece, min_size=1, max_size=6).map("".join)


def texts() -> st.SearchStrategy[Text]:
    return words().map(Text)


@cache
def ids() -> st.SearchStrategy[str]:
    return st.from_regex(r"[a-zÀ-ÿ][a-z0-9_.\-]{0,6}", fullmatch=True).filter(
        lambda x: x[0] not in "×÷"
    )


@cache
def targets() -> st.SearchStrategy[str]:
    tail = st.text("abc/().&;=?#%~_*^[]{}|\\é ,!'$@:+-", max_size=8)
    return st.one_of(
        ids().map("#{}".format),
        tail.map("https://example.org/{}".format),
        tail.map("http://a.b/{}".format),
        st.just("mailto:a@example.org"),
    )


@cache
def inlines(
    *, notes: bool = True, links: bool = True, breaks: bool = True, depth: int = 2
) -> st.SearchStrategy[tuple[Inline, ...]]:
    """A few inlines; without notes inside a note, links inside a link."""
    options: list[st.SearchStrategy[Inline]] = [texts(), texts(), texts()]
    if breaks:
        options.append(st.just(LineBreak()))
    if depth:
        inner = inlines(notes=notes, links=links, breaks=breaks, depth=depth - 1)
        wraps = (Emph, Strong, SmallCaps, Superscript, Subscript)
        options.append(st.builds(lambda w, c: w(c), st.sampled_from(wraps), inner))
        options.append(st.builds(Lang, st.sampled_from(("es", "la", "pt-BR", "es-419")), inner))
        if links:
            unlinked = inlines(notes=notes, links=False, breaks=breaks, depth=depth - 1)
            options.append(st.builds(Link, targets(), unlinked))
    if notes:
        body = st.lists(blocks(notes=False, links=links, depth=min(depth, 1)), max_size=2)
        options.append(st.builds(Note, body.map(tuple)))
    return st.lists(st.one_of(options), min_size=1, max_size=4).map(tuple)


@cache
def images() -> st.SearchStrategy[str]:
    name = st.text("ab é()&%#?[]{}~*_^'\",;=+-", min_size=1, max_size=6)
    return name.filter(lambda x: x.strip() == x).map("images/{}.jpg".format)


@cache
def blocks(
    *, notes: bool = True, links: bool = True, depth: int = 2
) -> st.SearchStrategy[BookBlock]:
    """Any block; ids are empty here, `chapters` gives them out."""
    text = inlines(notes=notes, links=links)
    one_line = inlines(notes=notes, links=links, depth=1)
    options: list[st.SearchStrategy[BookBlock]] = [
        st.builds(Paragraph, text),
        st.builds(Paragraph, text, st.sampled_from(ParagraphRole)),
        st.builds(Heading, st.integers(2, 6), one_line, st.just("")),
        st.builds(Figure, images(), words(), one_line, st.just("")),
        st.builds(Verse, st.lists(one_line | st.just(()), max_size=4).map(tuple)),
        st.just(SceneBreak()),
        tables(one_line),
    ]
    if depth:
        inner = st.lists(blocks(notes=notes, links=links, depth=depth - 1), max_size=3)
        options.append(st.builds(Quote, inner.map(tuple)))
        items = st.lists(inner.map(tuple), max_size=3).map(tuple)
        options.append(st.builds(Listing, items))
        options.append(
            st.builds(Listing, items, st.just(True), st.sampled_from((0, 1, 2, 99, 1000)))
        )
    return st.one_of(options)


def tables(cell: st.SearchStrategy[tuple[Inline, ...]]) -> st.SearchStrategy[BookBlock]:
    row = st.lists(cell | st.just(()), max_size=3).map(tuple)
    aligns = st.lists(st.sampled_from(Align), max_size=4).map(tuple)
    rows = st.lists(row, max_size=3).map(tuple)
    return st.builds(Table, rows, st.integers(0, 3), aligns, cell | st.just(()))


@cache
def _trees() -> st.SearchStrategy[Chapter]:
    return st.builds(
        Chapter,
        st.just("manuscript/text/01-x.md"),
        st.just(""),
        inlines(depth=1),
        st.lists(blocks(), max_size=4).map(tuple),
        st.sampled_from(ChapterRole),
        words() | st.just(""),
    )


@st.composite
def chapters(draw: st.DrawFn, prefix: str = "") -> Chapter:
    """A chapter with every kind of block and inline, ids unique."""
    tree = draw(_trees())
    numbered = _Numbered(draw(st.lists(ids(), unique=True, max_size=4)), prefix)
    return replace(
        tree,
        file=f"manuscript/text/{prefix}01-x.md",
        id=numbered.next(),
        title=numbered.inlines(tree.title),
        blocks=tuple(numbered.block(block) for block in tree.blocks),
    )


def books(max_chapters: int = 3) -> st.SearchStrategy[Book]:
    """A book whose chapters have ids and files of their own."""

    @st.composite
    def build(draw: st.DrawFn) -> Book:
        count = draw(st.integers(1, max_chapters))
        parts = tuple(draw(chapters(prefix=f"c{n}-")) for n in range(count))
        return Book(Metadata("A Book", "en"), parts)

    return build()


class _Numbered:
    """Gives every heading and figure of a chapter an id of its own."""

    def __init__(self, drawn: list[str], prefix: str) -> None:
        self._drawn = drawn
        self._prefix = prefix
        self._count = 0

    def next(self) -> str:
        self._count += 1
        if self._drawn:
            return f"{self._prefix}{self._drawn.pop()}"
        return f"{self._prefix}id--{self._count}"

    def block(self, block: BookBlock) -> BookBlock:
        match block:
            case Heading():
                return replace(block, id=self.next(), inlines=self.inlines(block.inlines))
            case Figure():
                return replace(block, id=self.next(), caption=self.inlines(block.caption))
            case Paragraph():
                return replace(block, inlines=self.inlines(block.inlines))
            case Quote():
                return Quote(tuple(self.block(inner) for inner in block.blocks))
            case Listing():
                items = tuple(tuple(self.block(inner) for inner in item) for item in block.items)
                return replace(block, items=items)
            case Verse():
                return Verse(tuple(self.inlines(line) for line in block.lines))
            case Table():
                rows = tuple(tuple(map(self.inlines, row)) for row in block.rows)
                return replace(block, rows=rows, caption=self.inlines(block.caption))
            case SceneBreak():
                return block

    def inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for node in inlines:
            match node:
                case Text() | LineBreak():
                    out.append(node)
                case Note():
                    out.append(Note(tuple(self.block(block) for block in node.blocks)))
                case _:
                    out.append(replace(node, children=self.inlines(node.children)))
        return tuple(out)
