"""Pandoc's inlines of a stranger's document → the book's.

What the book's tree has no place for is set as what comes nearest, and told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from booktools.errors import SourceError
from booktools.manuscript.normal import one_line, target_quoted
from booktools.manuscript.rules import allowed, character_fault, language_fault, target_fault
from booktools.model.book import (
    BookBlock,
    Emph,
    Figure,
    Inline,
    Lang,
    LineBreak,
    Link,
    Note,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from booktools.model.place import Place
from booktools.model.typography import quotation_marks

MOST_NESTED = 100  # levels; a word processor's document has ten
_DEEPEST = 20  # levels of emphasis and the like; what is deeper is laid flat

_WRAPS: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    "Emph": Emph,
    "Underline": Emph,
    "Strong": Strong,
    "SmallCaps": SmallCaps,
    "Superscript": Superscript,
    "Subscript": Subscript,
}
_SMALL_CAPITALS = frozenset({"smallcaps", "small-caps", "sc", "smcap"})
_BREAK = re.compile(r"\s*<br\b[^>]*>\s*", re.IGNORECASE)
# Markup without a word of text in it.
_BARE = re.compile(
    r"\s*(?:<!--.*?-->|<(script|style)\b.*?</\1\s*>|</?[\w:-]+\b[^>]*>)\s*", re.DOTALL
)
_EXCERPT = 60  # characters


@dataclass
class Desk:
    """What reading one document needs and gathers.

    `pictures` are names in `images/` by what the document calls its pictures; `anchor` is
    called with each id that links may lead to, `told` is added to: (what, excerpt).
    """

    file: str
    language: str
    pictures: Mapping[str, str]
    anchor: Callable[[str], None]
    told: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, what: str, excerpt: str) -> None:
        line = one_line(excerpt)
        self.told.append((what, line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"))


def refuse_depth(tree: Mapping[str, Any], file: str) -> None:
    """Raise SourceError for a document in which things are nested without end."""
    waiting: list[tuple[Any, int]] = [(tree["blocks"], 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MOST_NESTED:
            raise SourceError(
                f"this is nested more than {MOST_NESTED} levels deep",
                hint="Save it anew with a word processor, and take that file.",
                place=Place(file),
            )
        if isinstance(value, list):
            waiting += [(one, depth) for one in value if isinstance(one, list | dict)]
        elif "c" in value and isinstance(value["c"], list):
            waiting.append((value["c"], depth + 1))


_SEPARATORS = dict.fromkeys(range(0x1C, 0x20), " ")


def text_of(value: str) -> Text:
    """A text; separators of old files are the blanks that they stand for."""
    return Text(value.translate(_SEPARATORS))


def words(nodes: list[Any]) -> str:
    """The words of pandoc's inlines, without markup and notes; for alternative texts."""
    out: list[str] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict) and "t" in node:
            kind: str = node["t"]
            content: Any = node.get("c")
            if kind in ("Space", "SoftBreak", "LineBreak"):
                out.append(" ")
            elif kind == "Str":
                out.append(str(content))
            elif kind in ("Code", "Math"):
                out.append(str(content[1]))
            elif kind not in ("Note", "RawInline") and content is not None:
                waiting.append(content)
    return one_line("".join(out))


class InlineAdopter:
    """Reads runs of inlines.  Pictures that stand in them are gathered in `hoisted`."""

    def __init__(self, desk: Desk, note: Callable[[list[Any]], tuple[BookBlock, ...]]) -> None:
        self.desk = desk
        self.hoisted: list[Figure] = []
        self.notes: list[tuple[BookBlock, ...]] = []  # of notes inside notes
        self.in_note = False
        self._note_blocks = note
        self._linked = False
        self._quoted = 0

    def run(self, nodes: list[Any], depth: int = 0) -> tuple[Inline, ...]:
        """The inlines of pandoc's; blanks and line ends as they come."""
        out: list[Inline] = []
        said: list[str] = []
        for node in nodes:
            kind = node["t"]
            if kind == "Str":
                said.append(node["c"])
                continue
            if kind in ("Space", "SoftBreak"):
                said.append(" ")
                continue
            if said:
                out.append(text_of("".join(said)))
                said.clear()
            if kind == "LineBreak":
                out.append(LineBreak())
            else:
                out += self._node(kind, node.get("c"), depth + 1)
        if said:
            out.append(text_of("".join(said)))
        return tuple(out)

    def _node(self, kind: str, content: Any, depth: int) -> tuple[Inline, ...]:
        desk = self.desk
        match kind:
            case _ if kind in _WRAPS:
                children = self.run(content, depth)
                if children and all(isinstance(child, Note) for child in children):
                    return children  # a raised mark of a note
                return children if depth > _DEEPEST else (_WRAPS[kind](children),)
            case "Strikeout":
                desk.tell("struck", words(content))
                return self.run(content, depth)
            case "Quoted":
                return self._quotation(content, depth)
            case "Cite":
                return self.run(content[1], depth)
            case "Code":
                desk.anchor(content[0][0])
                return (text_of(content[1]),)
            case "Math":
                desk.tell("math", content[1])
                return (text_of(content[1]),)
            case "RawInline":
                return self.raw(content[1])
            case "Link":
                return self._link(content, depth)
            case "Image":
                return self._image(content)
            case "Note":
                return self._note(content)
            case "Span":
                return self._span(content, depth)
            case _:
                desk.tell("unknown", kind)
                return ()

    def _quotation(self, content: Any, depth: int) -> tuple[Inline, ...]:
        kind, nodes = content
        marks = quotation_marks(self.desk.language)
        opening, closing = marks.outer if kind["t"] == "DoubleQuote" else marks.inner
        return (Text(opening), *self.run(nodes, depth), Text(closing))

    def raw(self, markup: str) -> tuple[Inline, ...]:
        """Nothing of raw markup, or a line break where it is one."""
        if _BREAK.fullmatch(markup):
            return (LineBreak(),)
        if not _BARE.fullmatch(markup):
            self.desk.tell("raw", markup)
        return ()

    def _link(self, content: Any, depth: int) -> tuple[Inline, ...]:
        (identifier, _, _), nodes, (target, _) = content
        self.desk.anchor(identifier)
        outer, self._linked = self._linked, True
        children = self.run(nodes, depth)
        self._linked = outer
        target = target if target.startswith("#") else target_quoted(target.strip())
        if outer or depth > _DEEPEST or not any(map(shows, children)):
            return children
        if not target.startswith("#") and (target_fault(target) or character_fault(target)):
            self.desk.tell("link", f"{words(nodes)} → {target}")
            return children
        return (Link(target, children),)

    def _image(self, content: Any) -> tuple[Inline, ...]:
        (identifier, _, pairs), alt, (target, _) = content
        said = words(alt) or one_line(dict(map(tuple, pairs)).get("alt", ""))
        said = allowed("" if said == "image" else said)  # pandoc's word for none
        self.hoisted.append(Figure(self.desk.pictures.get(target, ""), said, (), ""))
        self.desk.anchor(identifier)
        return ()

    def _note(self, content: list[Any]) -> tuple[Inline, ...]:
        if self.in_note:
            self.desk.tell("note", words(content))
            self.notes.append(self._note_blocks(content))
            return ()
        return (Note(self._note_blocks(content)),)

    def _span(self, content: Any, depth: int) -> tuple[Inline, ...]:
        (identifier, classes, pairs), nodes = content
        self.desk.anchor(identifier)
        named = set(classes)
        if named & {"comment-start", "comment-end"}:
            if nodes:
                self.desk.tell("comment", words(nodes))
            return ()
        if "deletion" in named:
            self.desk.tell("deleted", words(nodes))
            return ()
        if named & {"insertion", "paragraph-insertion", "paragraph-deletion"}:
            self.desk.tell("inserted", words(nodes))
        language = dict(map(tuple, pairs)).get("lang", "")
        outer, self.desk.language = self.desk.language, language or self.desk.language
        children = self.run(nodes, depth)
        self.desk.language = outer
        if depth > _DEEPEST:
            return children
        if named & _SMALL_CAPITALS:
            children = (SmallCaps(children),)
        if named & {"underline", "ul"}:
            children = (Emph(children),)
        if language and language != outer and not language_fault(language):
            children = (Lang(language, children),)
        return children


def shows(node: Inline) -> bool:
    """Whether an inline has anything to show."""
    match node:
        case Text(value):
            return bool(value.strip())
        case LineBreak():
            return False
        case Note():
            return True
        case _:
            return any(map(shows, node.children))
