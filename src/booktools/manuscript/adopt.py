"""Pandoc's trees of strangers' documents → chapters.

Nothing of the text is left out but what is told: raw markup, changes that the document
itself holds as deleted, and lines before the first chapter that only repeat what the title
page says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booktools.manuscript.adopt_blocks import BlockAdopter, plain
from booktools.manuscript.adopt_inlines import Desk, words
from booktools.manuscript.divisions import is_label, is_part, roles_of
from booktools.manuscript.normal import normalised, one_line
from booktools.manuscript.renaming import Renamer
from booktools.model.book import (
    BookBlock,
    Chapter,
    ChapterRole,
    Heading,
    Inline,
    LineBreak,
    Note,
    Paragraph,
    SceneBreak,
    Text,
    inline_text,
)
from booktools.model.slug import slug, unique_slug

TEXT_FOLDER = "manuscript/text"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as pandoc sees it; `pictures` are names in `images/` by its own names.

    `tree` may have been changed since pandoc made it: `original` is how it was then, `removed`
    are words that links to notes had, `left` blocks of lists of contents.  `hidden` are words that
    the file has and does not show.
    """

    file: str
    tree: Mapping[str, Any]
    pictures: Mapping[str, str]
    original: Mapping[str, Any] | None = None
    removed: tuple[str, ...] = ()
    left: tuple[Any, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Titles:
    """What the title page says anyway: `said` are title, subtitle and names."""

    title: str
    language: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adopted:
    """The chapters of documents, and from which document each comes.

    `untitled` are the ids of chapters that have the book's title; `front` the number of
    blocks that were left to the title page, a document each; `told` what was set in another
    way than the document has it: (file, what, excerpt).
    """

    chapters: tuple[Chapter, ...]
    files: tuple[str, ...]
    untitled: frozenset[str]
    front: tuple[int, ...]
    told: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class _Draft:
    """A chapter that is being made; `head` is its heading, None without one."""

    head: Heading | None
    blocks: list[BookBlock]
    document: int
    part: bool = False


def adopt(documents: Sequence[Document], titles: Titles) -> Adopted:
    """Chapters of documents, in their order, split at each document's top headings.

    Text before the first heading makes a chapter with the book's title; in a later document
    it goes on with the chapter before it.  Links inside the book lead to the heading under
    which their goal stands.  Raises SourceError for what is nested without end.
    """
    drafts: list[_Draft] = []
    anchors: list[dict[str, str]] = []
    front: list[int] = []
    told: list[tuple[str, str, str]] = []
    for number, document in enumerate(documents):
        desk = Desk(document.file, titles.language, document.pictures, lambda _: None)
        reader = BlockAdopter(desk)
        blocks = reader.blocks(document.tree["blocks"])
        reader.finish()
        anchors.append(reader.anchors)
        told += [(document.file, what, excerpt) for what, excerpt in desk.told]
        gone = _front(blocks, titles)
        front.append(gone)
        _split(blocks[gone:], number, drafts, alone=len(documents) == 1)
    return _named(drafts, documents, anchors, front, told, titles)


def _front(blocks: Sequence[BookBlock], titles: Titles) -> int:
    """How many blocks at the start only say what the title page says."""
    said = {plain(text) for text in (titles.title, *titles.said) if text}
    count = 0
    for block in blocks:
        if not isinstance(block, Heading | Paragraph) or _noted(block.inlines):
            break
        if plain(_text(block.inlines)) not in said:
            break
        count += 1
    return count


def _noted(inlines: tuple[Inline, ...]) -> bool:
    return any(
        isinstance(node, Note) or (not isinstance(node, Text | LineBreak) and _noted(node.children))
        for node in inlines
    )


def _text(inlines: tuple[Inline, ...]) -> str:
    return one_line(inline_text(inlines))


# --- chapters ----------------------------------------------------------------------------


def _split(
    blocks: Sequence[BookBlock], document: int, drafts: list[_Draft], *, alone: bool
) -> None:
    headings = [block for block in blocks if isinstance(block, Heading)]
    top, parts = _level(headings, blocks, alone)
    for block in blocks:
        if isinstance(block, Heading) and block.level <= top:
            part = parts and block.level < top and is_part(_text(block.inlines))
            drafts.append(_Draft(block, [], document, part))
            continue
        if not drafts:
            drafts.append(_Draft(None, [], document))
        if isinstance(block, Heading):
            block = replace(block, level=min(6, block.level - top + 1))
        drafts[-1].blocks.append(block)


def _level(
    headings: Sequence[Heading], blocks: Sequence[BookBlock], alone: bool
) -> tuple[int, bool]:
    """The deepest level of heading that begins a chapter, and whether parts stand above it."""
    counts = Counter(heading.level for heading in headings)
    if not counts:
        return 1, False
    top, *below = sorted(counts)
    if not below:
        return top, False
    heads = [heading for heading in headings if heading.level == top]
    if counts[top] == 1 and alone and counts[below[0]] > 1 and headings[0] is heads[0]:
        return below[0], False  # the book's own title
    named = sum(is_part(_text(heading.inlines)) for heading in heads)
    if named > 1 and counts[below[0]] > named:
        return below[0], True
    return top, False


def _named(
    drafts: Sequence[_Draft],
    documents: Sequence[Document],
    anchors: Sequence[Mapping[str, str]],
    front: Sequence[int],
    told: list[tuple[str, str, str]],
    titles: Titles,
) -> Adopted:
    """The chapters with names, ids and links."""
    drafts = [draft for draft in drafts if draft.head or _substance(draft.blocks)]
    heads = [_label_and_title(draft.head, titles.title) for draft in drafts]
    roles = roles_of([_text(title) for _, title in heads])
    taken: set[str] = set()
    renamers = [Renamer(taken, own) for own in anchors]
    digits = max(2, len(str(len(drafts))))
    made: list[Chapter] = []
    untitled: set[str] = set()
    for number, (draft, (label, title)) in enumerate(zip(drafts, heads, strict=True), 1):
        identity = unique_slug(_text(title), taken)
        taken.add(identity)
        if draft.head is None:
            untitled.add(identity)
        renamer = renamers[draft.document]
        renamer.head(draft.head.id if draft.head else "h0", identity)
        name = f"{TEXT_FOLDER}/{number:0{digits}}-{slug(identity)}.md"
        role = ChapterRole.PART if draft.part else roles[number - 1]
        blocks = tuple(renamer.named(block, identity) for block in draft.blocks)
        made.append(Chapter(name, identity, title, blocks, role, label))
    chapters = []
    for chapter, draft in zip(made, drafts, strict=True):
        renamer = renamers[draft.document]
        chapters.append(normalised(renamer.linked(chapter)))
        file = documents[draft.document].file
        told += [(file, "anchor", excerpt) for excerpt in renamer.dangling]
        renamer.dangling.clear()
    files = tuple(documents[draft.document].file for draft in drafts)
    return Adopted(tuple(chapters), files, frozenset(untitled), tuple(front), tuple(told))


def _substance(blocks: Sequence[BookBlock]) -> bool:
    return any(not isinstance(block, SceneBreak) for block in blocks)


def _label_and_title(head: Heading | None, book: str) -> tuple[str, tuple[Inline, ...]]:
    """“Chapter I” over a title, parted from it by a line break, is a label."""
    if head is None:
        return "", (Text(book),)
    inlines = head.inlines
    at = next((i for i, node in enumerate(inlines) if isinstance(node, LineBreak)), -1)
    first, rest = inlines[:at], inlines[at + 1 :]
    plain_label = at > 0 and all(isinstance(node, Text) for node in first)
    if plain_label and is_label(_text(first)) and _text(rest):
        return _text(first), rest
    return "", inlines


# --- what documents say of themselves ----------------------------------------------------


def metadata(tree: Mapping[str, Any]) -> tuple[str, tuple[str, ...], str]:
    """Title, authors and language that a document gives in its own metadata; "" and ()."""
    meta = tree.get("meta", {})
    title = _said(meta.get("title"))
    authors = meta.get("author")
    many = authors["c"] if authors and authors["t"] == "MetaList" else [authors]
    names = tuple(name for one in many if (name := _said(one)))
    return title, names, _said(meta.get("lang")) or _said(meta.get("language"))


def _said(value: Any) -> str:
    match value:
        case {"t": "MetaString", "c": str(text)}:
            return one_line(text)
        case {"t": "MetaInlines", "c": list(nodes)}:
            return words(nodes)
        case {"t": "MetaBlocks" | "MetaList", "c": [first, *_]}:
            return _said(first) if first["t"].startswith("Meta") else words([first])
        case _:
            return ""


def without_files(
    tree: Mapping[str, Any], names: Collection[str]
) -> tuple[Mapping[str, Any], tuple[Any, ...]]:
    """An e-book's tree without what stands in some of its files, and without pictures before
    its first text, as a cover is; and the blocks of those files.

    Pandoc marks where a file begins by a paragraph with an empty span of its name.
    """
    out: list[Any] = []
    left: list[Any] = []
    skipped = False
    for block in tree["blocks"]:
        name = _file_mark(block)
        skipped = name in names if name else skipped
        (left if skipped else out).append(block)
    while out and (_file_mark(out[0]) or _pictures_alone(out[0])):
        out.pop(0)
    return {**tree, "blocks": out}, tuple(left)


def _file_mark(block: Any) -> str:
    match block:
        case {"t": "Para", "c": [{"t": "Span", "c": [[str(name), [], []], []]}]}:
            return name
        case _:
            return ""


def _pictures_alone(block: Any) -> bool:
    """Whether there is nothing to read in it but what a picture shows."""
    out: list[Any] = [block]
    while out:
        node = out.pop()
        if isinstance(node, list):
            out += node
        elif isinstance(node, dict) and node.get("t") in ("Str", "Code", "Math", "Note", "Header"):
            return False
        elif isinstance(node, dict) and node.get("t") != "Image":
            out += [value for value in node.values() if isinstance(value, list | dict)]
    return True


def picture_targets(tree: Mapping[str, Any]) -> tuple[str, ...]:
    """What a document calls its pictures, each once, in their order."""
    found: dict[str, None] = {}
    waiting: list[Any] = [tree.get("blocks", [])]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            if node.get("t") == "Image":
                found[node["c"][2][0]] = None
            if (content := node.get("c")) is not None:
                waiting.append(content)
    return tuple(found)
