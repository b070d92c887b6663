"""Pandoc's inlines → the book's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from booktools.manuscript.follow import Follower
from booktools.manuscript.rules import DEPTH, character_fault, language_fault, target_fault
from booktools.model.book import (
    BookBlock,
    Emph,
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

Wrap = Callable[[tuple[Inline, ...]], Inline]

_WRAPS: dict[str, Wrap] = {
    "Emph": Emph,
    "Strong": Strong,
    "Superscript": Superscript,
    "Subscript": Subscript,
}
_CLASSES: dict[str, Wrap] = {"smallcaps": SmallCaps, "sup": Superscript, "sub": Subscript}
_REFUSED = {
    "Code": ("code", "Escape the backquote with a backslash: \\`"),
    "Math": ("mathematics", "Write it in words, or escape its marks."),
    "RawInline": ("raw markup", "Write it in Markdown: nothing else gets into the editions."),
    "Strikeout": ("struck-out text", "Delete it, or escape the tildes: \\~\\~"),
    "Underline": ("underlined text", "Use *emphasis*."),
    "Image": ("an image inside a paragraph", "Give the image a paragraph of its own."),
    "Cite": ("a citation", "Escape the @ with a backslash, or write a footnote."),
    "Quoted": ("typographic quotation marks", "Write the marks themselves."),
}


# Reads the blocks of a note; true when they stand inside the paragraph.
NoteBlocks = Callable[[list[Any], bool], tuple[BookBlock, ...]]


class InlineReader:
    """Reads inlines and follows them through the text."""

    def __init__(self, at: Follower, note_blocks: NoteBlocks) -> None:
        self.at = at
        self._note_blocks = note_blocks
        self._attributes = ""  # of the span read last
        self.fresh = False  # at the start of a line of the file

    def inlines(self, nodes: list[Any], depth: int = 0) -> tuple[Inline, ...]:
        """The inlines of pandoc's; texts on one line are one `Text`."""
        if depth > DEPTH:
            raise self.at.fault("this is nested too deep", f"Keep to {DEPTH} levels.")
        out: list[Inline] = []
        words: list[str] = []
        at = self.at
        line = at.line

        def flush() -> None:
            if words:
                text = "".join(words)
                if fault := character_fault(text):  # as an entity: the file itself has none
                    raise at.fault(fault, "Take it out, or write what is meant.")
                out.append(Text(text, line))
                words.clear()

        for node in nodes:
            kind = node["t"]
            if kind == "Str":
                value = node["c"]
                if self.fresh:
                    self._check_fence(value)
                at.word(value)
                if not words or at.line != line:
                    flush()
                    line = at.line
                words.append(value)
            elif kind == "Space":
                words.append(" ")
            elif kind == "SoftBreak":
                words.append(" ")
                flush()
                at.next_line()
                line = at.line
                self.fresh = True
            else:
                flush()
                self.fresh = False
                out += self._node(kind, node.get("c"), depth)
                line = at.line
        flush()
        return tuple(out)

    def _node(self, kind: str, content: Any, depth: int) -> tuple[Inline, ...]:
        at = self.at
        if kind in _WRAPS:
            children = self.inlines(content, depth + 1)
            if kind == "Superscript":
                at.skip_superscript()
            return (_WRAPS[kind](children),)
        if kind == "SmallCaps":
            children = self.inlines(content, depth + 1)
            self._attributes = at.skip_attributes()
            return (SmallCaps(children),)
        if kind == "LineBreak":
            at.next_line()
            return (LineBreak(),)
        if kind == "Span":
            return self._span(content, depth)
        if kind == "Link":
            return (self._link(content, depth),)
        if kind == "Note":
            return (self._note(content),)
        what, hint = _REFUSED.get(kind, (f"what pandoc calls {kind}", "Write it as plain text."))
        raise self.at.fault(f"a paragraph cannot hold {what}", hint)

    def _span(self, content: Any, depth: int) -> tuple[Inline, ...]:
        (identifier, classes, pairs), nodes = content
        if classes == ["break"] and not nodes and not pairs and not identifier:
            self.at.skip_attributes()
            return (LineBreak(),)
        children = self.inlines(nodes, depth + 1)
        unknown = [f".{name}" for name in classes if name not in _CLASSES]
        unknown += [f"{key}=" for key, _ in pairs if key != "lang"]
        unknown += [f"#{identifier}"] if identifier else []
        if unknown:
            raise self.at.fault(
                f"a span cannot have {', '.join(unknown)}",
                "Known are lang=…, .smallcaps, .sup, .sub and []{.break} for a line break.",
            )
        # Pandoc makes two nodes of one span [x]{.smallcaps lang=es}.
        shared = [node["t"] for node in nodes] == ["SmallCaps"] and "=" in self._attributes
        if not shared:
            self._attributes = self.at.skip_attributes()
        for name in reversed(classes):
            children = (_CLASSES[name](children),)
        for _, language in pairs:
            if fault := language_fault(language):
                raise self.at.fault(fault, "Give a BCP 47 tag: [texto]{lang=es}.")
            children = (Lang(language, children),)
        return children

    def _link(self, content: Any, depth: int) -> Inline:
        (identifier, classes, pairs), nodes, (target, title) = content
        children = self.inlines(nodes, depth + 1)
        if fault := target_fault(target):
            raise self.at.fault(fault, "Change the address, or leave the words without a link.")
        if classes in (["uri"], ["email"]):
            self.at.skip_autolink()
        elif identifier or classes or pairs or title:
            raise self.at.fault("a link cannot have a title or attributes", "Leave them out.")
        else:
            self.at.skip_target()
        return Link(target, children)

    def _note(self, blocks: list[Any]) -> Note:
        back = self.at.enter_note()
        note = Note(self._note_blocks(blocks, back is None))
        self.at.leave_note(back)
        return note

    def _check_fence(self, value: str) -> None:
        self.fresh = False
        if value.startswith(":::") and not self.at.escaped():
            raise self.at.fault(
                "a ::: fence is not closed, or closes nothing",
                "Put ::: on a line of its own, with an empty line before, round the block.",
            )
