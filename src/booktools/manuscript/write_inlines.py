"""Inlines as pandoc Markdown, with everything escaped that it could misread."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from booktools.errors import ManuscriptError
from booktools.manuscript.rules import character_fault, language_fault, target_fault
from booktools.manuscript.sentences import sentence_breaks
from booktools.model.book import (
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
from booktools.model.place import Place

_SPECIAL = re.compile(r"[\\*_\[\]^~<`{]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(
    r"[#+=>|:%]|[Tt]able(?P<caption>:)|-(?=[\s-]|$)|(?<!\d)(?P<number>\d+)(?P<stop>[.)])(?=\s|$)"
)
# In an item every marker of a list ends the paragraph, even a kind that is switched off.
_ITEM_START = re.compile(
    r"\(?(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|\\?#|@[\w-]*)(?P<stop>[.)])(?=\s|$)"
)
_PLAIN = re.compile(r"[^\W_]+")

BREAK = "[]{.break}"  # a line break where the line of the file cannot end

NoteMarker = Callable[[Note], str]


def quoted(text: str) -> str:
    """The text as the quoted value of an attribute."""
    escaped = _ENTITY.sub(r"\&", re.sub(r'[\\"]', r"\\\g<0>", text))
    if escaped[:1].isspace():  # a hard space, behind which pandoc sees no quotation mark
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return f'"{escaped}"'


def image_source(path: str) -> str:
    """The path with what Markdown could misread percent-encoded; letters stay letters."""
    return "".join(
        char if char.isalnum() or char in "/._-" else quote(char, safe="") for char in path
    )


def print_inlines(
    inlines: tuple[Inline, ...],
    note: NoteMarker,
    file: str,
    *,
    flowing: bool,
    listed: bool = False,
    barred: bool = False,
) -> str:
    """The inlines, normalised ones, as Markdown.

    Where they are `flowing`, each sentence begins on a line of its own; else all is one
    line.  `listed` text stands in an item, `barred` text in a table's cell.  `note` gives
    the marker of a note.  Raises ManuscriptError for what a manuscript cannot hold.
    """
    printer = _Printer(note, file, flowing, listed, barred)
    if flowing:
        printer.breaks = frozenset(sentence_breaks(_reading(inlines)))
    printer.inlines(inlines, emphasised=False, linked=False)
    return "".join(printer.out)


def _reading(inlines: tuple[Inline, ...]) -> str:
    """What the printer counts along: texts, and one newline for a line break."""
    out: list[str] = []
    for node in inlines:
        match node:
            case Text(value):
                out.append(value)
            case LineBreak():
                out.append("\n")
            case Note():
                pass
            case _:
                out.append(_reading(node.children))
    return "".join(out)


class _Printer:
    """Prints one run of inlines.  `at` counts along the reading, as `breaks` do."""

    def __init__(
        self, note: NoteMarker, file: str, flowing: bool, listed: bool, barred: bool
    ) -> None:
        self.out: list[str] = []
        self.breaks: frozenset[int] = frozenset()
        self._note = note
        self._file = file
        self._flowing = flowing
        self._listed = listed
        self._barred = barred
        self._at = 0
        self._fresh = flowing  # at the start of a line of the file
        self._noted = False  # right behind a note's marker
        self._last = ""

    def inlines(self, inlines: tuple[Inline, ...], *, emphasised: bool, linked: bool) -> None:
        for node in inlines:
            match node:
                case Text(value):
                    self._text(value)
                case LineBreak():
                    self._line_break()
                case Note():
                    self._put(self._note(node))
                    self._noted = True
                case Emph(children):
                    self._emphasis("*", children, emphasised, linked)
                case Strong(children):
                    self._emphasis("**", children, emphasised, linked)
                case Superscript(children):
                    self._script("^", ".sup", children, linked)
                case Subscript(children):
                    self._script("~", ".sub", children, linked)
                case SmallCaps(children):
                    self._span(children, "{.smallcaps}", linked)
                case Lang(lang, children):
                    self._check(language_fault(lang))
                    self._span(children, f"{{lang={lang}}}", linked)
                case Link(target, children):
                    self._check("a link inside a link" if linked else target_fault(target))
                    self._span(children, f"({self._target(target)})", True)

    def _put(self, chunk: str) -> None:
        if not chunk:
            return
        if self._last == "!" and chunk[0] == "[":
            self.out[-1] = self.out[-1][:-1] + "\\!"  # else it would be an image
        self.out.append(chunk)
        self._last = chunk[-1]
        self._fresh = chunk[-1] == "\n"
        self._noted = False

    def _text(self, value: str) -> None:
        self._check(character_fault(value))
        start = 0
        for offset, char in enumerate(value):
            if char == " " and self._at + offset in self.breaks:
                self._put(self._escaped(value[start:offset]))
                self._put("\n")
                start = offset + 1
        self._put(self._escaped(value[start:]))
        self._at += len(value)

    def _escaped(self, text: str) -> str:
        out = _ENTITY.sub(r"\&", _SPECIAL.sub(r"\\\g<0>", text))
        if self._fresh:
            out = self._line_start(out)
        elif self._noted and out.startswith(":"):
            out = f"\\{out}"  # else the marker would begin a note
        if self._barred:
            out = out.replace("|", "\\|")
        return out if self._flowing else out.replace("#", "\\#")

    def _line_start(self, text: str) -> str:
        """Text at the start of a line, so escaped that it begins no block."""
        if found := _LINE_START.match(text):
            at = max(found.start("stop"), found.start("caption"), 0)
        elif self._listed and (found := _ITEM_START.match(text)):
            at = found.start("stop")
        else:
            return text
        return f"{text[:at]}\\{text[at:]}"

    def _line_break(self) -> None:
        self._put("\\\n" if self._flowing and not self._fresh else BREAK)
        self._at += 1

    def _emphasis(
        self, mark: str, children: tuple[Inline, ...], emphasised: bool, linked: bool
    ) -> None:
        fenced = emphasised or self._last == "*"
        self._put("[" + mark if fenced else mark)
        self.inlines(children, emphasised=True, linked=linked)
        self._put(mark + "]{}" if fenced else mark)

    def _script(self, mark: str, name: str, children: tuple[Inline, ...], linked: bool) -> None:
        match children:
            case (Text(value),) if _PLAIN.fullmatch(value) and self._last != mark:
                self._put(mark + value + mark)
                self._at += len(value)
            case _:
                self._span(children, f"{{{name}}}", linked)

    def _span(self, children: tuple[Inline, ...], attributes: str, linked: bool) -> None:
        self._put("[")
        self.inlines(children, emphasised=False, linked=linked)
        self._put("]" + attributes)

    def _target(self, target: str) -> str:
        self._check(character_fault(target))
        return _ENTITY.sub(r"\&", re.sub(r"[()]", r"\\\g<0>", target))

    def _check(self, fault: str) -> None:
        if fault:
            raise ManuscriptError(
                f"this cannot be written: {fault}",
                hint="Change the text or the decision that it was made from.",
                place=Place(self._file),
            )
