"""Notes that a document has as links: a mark that leads to a text, and a link back.

E-books and web pages know no notes.  A mark and a text that lead to each other are one all the
same, and the text belongs where its mark stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from booktools.manuscript.adopt_inlines import words

_MARK = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§¶‖]{1,4}|[a-z]|[ivxlc]{1,6})[\])]?\.?")
_LISTS = ("BulletList", "OrderedList")
_BLOCKS = ("Para", "Plain", "Div")
_PLAIN = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
_BLOCK_KINDS = frozenset(
    {"Para", "Plain", "Header", "Div", "BlockQuote", "BulletList", "OrderedList", "LineBlock"}
    | {"DefinitionList", "HorizontalRule", "Table", "Figure", "CodeBlock", "RawBlock"}
)
_GONE = object()


@dataclass(frozen=True)
class Noted:
    """The tree with notes in the place of links; `removed` are the words that marks and links
    back had, and headings of lists of notes that are empty now."""

    tree: Mapping[str, Any]
    removed: tuple[str, ...]


def with_notes(tree: Mapping[str, Any]) -> Noted:
    """The tree of a document with its linked notes as notes."""
    try:
        scan = _Scan()
        scan.look(tree["blocks"], (), [])
        pairs = _pairs(scan.links)
        if not pairs:
            return Noted(tree, ())
        builder = _Builder(pairs)
        blocks = builder.blocks(tree["blocks"])
        return Noted({**tree, "blocks": blocks}, tuple(builder.removed))
    except RecursionError:  # what is nested so deep is refused later
        return Noted(tree, ())


@dataclass
class _Link:
    """A link: its node, where it leads, its own anchors, and what it stands in, outside in."""

    node: Any
    target: str
    anchors: tuple[str, ...]
    inside: tuple[Any, ...]
    label: str


@dataclass
class _Scan:
    """Finds the links of a document, in its order."""

    links: list[_Link] = field(default_factory=list)

    def look(self, value: Any, inside: tuple[Any, ...], anchors: list[str]) -> None:
        if isinstance(value, list):
            waiting = anchors
            for one in value:
                kind = one.get("t") if isinstance(one, dict) else None
                if kind not in _PLAIN:
                    self.look(one, inside, waiting)
                waiting = [*anchors, *_empty_anchor(one)] if kind == "Span" else anchors
        elif isinstance(value, dict) and "t" in value:
            self._node(value, value["t"], value.get("c"), inside, anchors)
        elif isinstance(value, dict):
            self.look(list(value.values()), inside, anchors)

    def _node(
        self, node: Any, kind: str, content: Any, inside: tuple[Any, ...], anchors: list[str]
    ) -> None:
        if kind == "Link":
            (identifier, _, _), nodes, (target, _) = content
            own = (*anchors, *([identifier] if identifier else []))
            self.links.append(_Link(node, target, own, inside, words(nodes)))
        elif kind in _LISTS:
            for item in content if kind == "BulletList" else content[1]:
                self.look(item, (*inside, item), [])
        elif kind in _BLOCKS:
            self.look(content, (*inside, node), [])
        elif kind == "Span":
            self.look(content[1], inside, [*anchors, *filter(None, [content[0][0]])])
        elif content is not None:
            self.look(content, inside, anchors)


def _empty_anchor(node: Any) -> list[str]:
    """The id of a span without words, which marks the spot for what comes behind it."""
    return [] if node["c"][1] else [name for name in node["c"][0][:1] if name]


@dataclass(frozen=True)
class _Pair:
    """A mark, the link back, and what holds the note: a list item, a division, a paragraph."""

    call: Any
    back: Any
    body: Any
    label: str


def _pairs(links: list[_Link]) -> list[_Pair]:
    calls: dict[str, _Link] = {}
    found: list[tuple[_Link, _Link]] = []
    used: set[int] = set()
    for link in links:
        call = calls.get(link.target[1:]) if link.target.startswith("#") else None
        if call and id(call.node) not in used and _outermost(call) is not _outermost(link):
            used.add(id(call.node))
            found.append((call, link))
        elif _MARK.fullmatch(link.label) and link.target.startswith("#"):
            for anchor in link.anchors:
                calls.setdefault(anchor, link)
    holders = Counter(id(one) for pair in found for one in pair[1].inside)
    marked = {id(one) for call, _ in found for one in call.inside}
    out = []
    for call, back in found:
        # The largest thing that holds this note alone, and no mark of a note.
        bodies = [o for o in back.inside if holders[id(o)] == 1 and id(o) not in marked]
        small = [o for o in bodies if not _is_wrapper(o)]
        if small:
            out.append(_Pair(call.node, back.node, small[0], call.label))
    return out


def _outermost(link: _Link) -> Any:
    return link.inside[-1] if link.inside else None


def _is_wrapper(holder: Any) -> bool:
    """A division that holds more than a note: with a heading, or many blocks."""
    if isinstance(holder, list) or holder["t"] != "Div":
        return False
    kinds = [node["t"] for node in holder["c"][1]]
    return "Header" in kinds or any(kind in _LISTS for kind in kinds) or len(kinds) > 6


class _Builder:
    """Makes the tree anew, notes in their places."""

    def __init__(self, pairs: list[_Pair]) -> None:
        self.removed: list[str] = []
        self._notes = {id(pair.call): pair for pair in pairs}
        self._backs = {id(pair.back): pair for pair in pairs}
        self._bodies = {id(pair.body) for pair in pairs}

    def blocks(self, nodes: list[Any]) -> list[Any]:
        """The blocks that are left; a heading goes with the last of its notes."""
        made = [(node, self._made(node)) for node in nodes]
        out: list[Any] = []
        for at, (node, new) in enumerate(made):
            if new is _GONE:
                continue
            if node["t"] == "Header" and self._emptied(made[at + 1 :], node["c"][0]):
                self.removed.append(words(node["c"][2]))
                continue
            out.append(new)
        return out

    def _emptied(self, behind: list[tuple[Any, Any]], level: int) -> bool:
        """Whether there were notes alone up to the next heading, and now there is nothing."""
        gone = False
        for node, new in behind:
            if node["t"] == "Header" and node["c"][0] <= level:
                break
            if new is not _GONE:
                return False
            gone = True
        return gone

    def _made(self, value: Any) -> Any:
        if id(value) in self._bodies:
            return _GONE
        if isinstance(value, list):
            if value and isinstance(value[0], dict) and value[0].get("t") in _BLOCK_KINDS:
                return self.blocks(value)
            return [new for one in value if (new := self._made(one)) is not _GONE]
        if not isinstance(value, dict) or value.get("t") in _PLAIN or "t" not in value:
            return value
        if pair := self._notes.get(id(value)):
            self.removed.append(words(value["c"][1]))
            return {"t": "Note", "c": self._note(pair)}
        if id(value) in self._backs:
            self.removed.append(words(value["c"][1]))
            return _GONE
        if "c" not in value:
            return value
        new = {**value, "c": self._made(value["c"])}
        return _GONE if self._hollow(value, new) else new

    def _hollow(self, old: Any, new: Any) -> bool:
        """Whether a list, a division or a quotation had something and has nothing now."""
        match new["t"]:
            case "BulletList" | "BlockQuote":
                return bool(old["c"]) and not new["c"]
            case "OrderedList" | "Div":
                return bool(old["c"][1]) and not new["c"][1]
            case _:
                return False

    def _note(self, pair: _Pair) -> list[Any]:
        self._bodies.discard(id(pair.body))
        body = pair.body if isinstance(pair.body, list) else [pair.body]
        blocks = self.blocks(body)
        while len(blocks) == 1 and blocks[0]["t"] == "Div":
            blocks = blocks[0]["c"][1]
        self._bodies.add(id(pair.body))
        if blocks and blocks[0]["t"] in ("Para", "Plain"):
            blocks = [{**blocks[0], "c": self._unlabelled(blocks[0]["c"], pair.label)}, *blocks[1:]]
        return blocks or [{"t": "Para", "c": []}]

    def _unlabelled(self, nodes: list[Any], label: str) -> list[Any]:
        """The inlines of a note without its own number at the start."""
        bare = label.strip("[]().")
        at = next((i for i, node in enumerate(nodes) if words([node])), len(nodes))
        first = words(nodes[at : at + 1])
        if first and nodes[at]["t"] == "Span":
            inner = self._unlabelled(nodes[at]["c"][1], label)
            return [*nodes[:at], {"t": "Span", "c": [nodes[at]["c"][0], inner]}, *nodes[at + 1 :]]
        if first and first.strip("[]().") == bare and nodes[at]["t"] == "Str":
            self.removed.append(first)
            return [*nodes[:at], *nodes[at + 1 :]]
        return nodes
