"""What a page of the web does not show: elements that it hides, with their words.

What a reader sees is what counts.  Hidden is what `hidden`, `display: none` or `visibility: hidden`
hides, in the element or in the page's style sheets, templates, and dialogues that are closed.
`aria-hidden` hides from machines that read aloud, not from readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from booktools.read.styles import Sheet, declared

# A longer tag is none; where so many never end, quotes are no more heeded.
_TAG, _BROKEN = 16_384, 100
_QUOTE = re.compile("[\"']")
_NAME = re.compile(r"/?[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr"}
)  # fmt: skip
# Which open element a beginning one ends, and within which others at most.
_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(
        ("address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div",
         "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
         "h6", "header", "hr", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "ul"),
        (frozenset({"p"}), frozenset({"button", "table", "td", "th", "caption"})),
    ),
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tbody": (frozenset({"thead", "tbody"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
}  # fmt: skip
_WHOLE = frozenset({"html", "head", "body"})  # scripts show these
_DEPTH = 4_000  # open elements
_HEAD, _SHEETS = 65_536, 32  # where a page links to its style sheets, and to how many at most
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page without what it hides, and the words of each hidden element."""

    data: bytes
    hidden: tuple[str, ...] = ()


def without_hidden(data: bytes, linked: Sequence[str] = ()) -> Seen:
    """What a page of HTML shows; `linked` are the style sheets that it links to, in order.

    A page whose encoding is no superset of ASCII is left alone.
    """
    if b"\x00" in data[:4] or not (_may_hide(data) or any(map(may_hide, linked))):
        return Seen(data)
    text = data.decode("latin-1")  # a letter a byte: places stay
    page = _Page(text, _sheet((*linked, *_styles(text))))
    cuts = page.cuts()
    words = [_words(text[start:end]) for start, end in cuts]
    kept, at = [], 0
    for start, end in cuts:
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return Seen("".join(kept).encode("latin-1"), tuple(word for word in words if word))


def links(data: bytes) -> tuple[str, ...]:
    """The addresses of the style sheets that a page of HTML links to, those for screens."""
    found = []
    for tag in _tags(data[:_HEAD].decode("latin-1")):
        if tag.name == "body":
            break
        kinds = tag.attributes.get("rel", "").lower().split()
        media = tag.attributes.get("media", "all").lower()
        sheet = tag.name == "link" and "stylesheet" in kinds and "alternate" not in kinds
        if sheet and ("screen" in media or "all" in media):
            found.append(tag.attributes.get("href", ""))
    return tuple(filter(None, found[:_SHEETS]))


@lru_cache(8)
def _sheet(texts: tuple[str, ...]) -> Sheet:
    return Sheet.of(texts)


def may_hide(sheet: str) -> bool:
    """Whether a style sheet hides anything."""
    return bool(_HIDES.search(sheet))


def _may_hide(data: bytes) -> bool:
    low = data.lower()
    return any(
        word in low for word in (b"hidden", b"display", b"<template", b"<dialog", b"collapse")
    )


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    name: str
    closing: bool
    attributes: Mapping[str, str]


def _tags(text: str) -> Iterator[_Tag]:
    """The tags, those in comments, scripts and styles left out."""
    at = broken = 0
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<!--", at):
            at = _after(text, "-->", at)
            continue
        if text.startswith("<![CDATA[", at):
            at = _after(text, "]]>", at)
            continue
        name = _NAME.match(text, at + 1, at + 1 + _TAG)
        end = _end_of(text, name.end(), broken < _BROKEN) if name else -1
        if name is None or end < 0:
            broken += name is not None
            at += 1
            continue
        word = name[0].lower()
        closing = word.startswith("/")
        attributes = {} if closing else _attributes(text[name.end() : end - 1])
        yield _Tag(at, end, word.lstrip("/"), closing, attributes)
        at = end
        if word in _RAW:
            at = _end_of_raw(text, word, at)


def _after(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return found + len(mark) if found >= 0 else len(text)


def _end_of(text: str, at: int, quoted: bool) -> int:
    """Behind the `>` of a tag, -1 where there is none near; `quoted`: one in quotes is none."""
    stop = min(len(text), at + _TAG)
    end = text.find(">", at, stop)
    while quoted and end >= 0:
        quote = _QUOTE.search(text, at, end)
        if quote is None:
            break
        at = text.find(quote[0], quote.end(), stop) + 1
        if at == 0:
            return -1
        end = text.find(">", at, stop) if at > end else end
    return end + 1 or -1


def _end_of_raw(text: str, name: str, at: int) -> int:
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(value.strip("\"'")))
    return found


def _styles(text: str) -> Iterator[str]:
    """The page's own style sheets."""
    for tag in _tags(text):
        if tag.name == "style" and not tag.closing:
            media = tag.attributes.get("media", "all").lower()
            if "screen" in media or "all" in media:
                yield text[tag.end : _end_of_raw(text, "style", tag.end)]


@dataclass(slots=True)
class _Open:
    """An element that is open: where it begins, whether it is hidden, and shown again in part."""

    name: str
    start: int
    hidden: bool
    shown_again: bool = False


@dataclass
class _Page:
    text: str
    sheet: Sheet
    _stack: list[_Open] = field(default_factory=list)
    _unseen: list[_Open] = field(default_factory=list)
    _cuts: list[tuple[int, int]] = field(default_factory=list)

    def cuts(self) -> list[tuple[int, int]]:
        """The stretches of hidden elements, outermost ones, in order."""
        for tag in _tags(self.text):
            if tag.closing:
                self._close(tag)
                continue
            self._end_others(tag)
            one = self._opened(tag)
            if tag.name not in _VOID and len(self._stack) < _DEPTH:
                self._stack.append(one)
        while self._stack:
            self._pop(len(self.text))
        outer: list[tuple[int, int]] = []
        for start, end in sorted(self._cuts, key=lambda cut: (cut[0], -cut[1])):
            if not outer or start >= outer[-1][1]:
                outer.append((start, end))
        return outer

    def _opened(self, tag: _Tag) -> _Open:
        style = {"display": "none"} if "hidden" in tag.attributes or tag.name == "template" else {}
        if tag.name == "dialog" and "open" not in tag.attributes:
            style = {"display": "none"}
        style |= self.sheet.of_element(tag.name, tag.attributes)
        style |= declared(tag.attributes.get("style", ""))
        visible = style.get("visibility", "")
        if visible == "visible":
            while self._unseen:  # some are closed by now, and do not mind
                self._unseen.pop().shown_again = True
        gone, unseen = style.get("display") == "none", visible in ("hidden", "collapse")
        whole = tag.name in _WHOLE
        one = _Open(tag.name, tag.start, (gone or unseen) and not whole)
        if unseen and not gone:
            self._unseen.append(one)
        return one

    def _end_others(self, tag: _Tag) -> None:
        ended, within = _ENDS.get(tag.name, (frozenset[str](), frozenset[str]()))
        for depth in range(len(self._stack) - 1, -1, -1) if ended else ():
            name = self._stack[depth].name
            if name in ended:
                while len(self._stack) > depth:
                    self._pop(tag.start)
                return
            if name in within or len(self._stack) - depth > 64:
                return

    def _close(self, tag: _Tag) -> None:
        names = [one.name for one in self._stack[-256:]]
        if tag.name not in names:
            return
        while self._stack[-1].name != tag.name:
            self._pop(tag.start)
        self._pop(tag.end)

    def _pop(self, end: int) -> None:
        one = self._stack.pop()
        if one.hidden and not one.shown_again:
            self._cuts.append((one.start, end))


def _words(markup: str) -> str:
    """The words of a stretch of a page."""
    parts, at = [], 0
    for tag in _tags(markup):
        parts.append(markup[at : tag.start])
        at = tag.end
        if tag.name in _RAW and not tag.closing:
            at = _end_of_raw(markup, tag.name, at)
    parts.append(markup[at:])
    text = re.sub(r"<!--.*?(?:-->|$)", " ", " ".join(parts), flags=re.DOTALL)
    said = unescape(text.encode("latin-1").decode("utf-8", "replace"))
    return " ".join(said.split())
