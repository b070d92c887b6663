"""Nothing of a document disappears on its way to the manuscript: every letter in pandoc's tree.

The tree is read here once more, for its letters alone, by rules of its own: what an element
shows, and the few that show nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from booktools.check.conservation import Account, Entry, letters
from booktools.check.manuscript_letters import parted_pieces
from booktools.model.book import Book, Chapter, Metadata
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.model.typography import SCENE_MARKS, quotation_marks

_BLANKS = ("Space", "SoftBreak", "LineBreak")
_UNSEEN = frozenset({"deletion", "comment-start", "comment-end"})

# What is no letter of the tree that chapters are made of.
_TAKEN = frozenset({"raw", "tracked", "scene", "note-marks", "contents", "hidden"})

# What the rules of this account are called.
NAMES: Mapping[str, str] = {
    "title-page": "lines that the title page says",
    "raw": "raw markup left out",
    "tracked": "tracked deletions and comments",
    "scene": "signs between scenes",
    "note-marks": "marks of notes, which are linked",
    "contents": "an e-book's own lists of contents",
    "hidden": "what a page of the web hides",
    "quotes": "quotation marks that were marked up",
}


@dataclass
class Shown:
    """The letters of a document: those of its text and, apart, of its notes.

    `counts` are letters taken away (raw, tracked, scene) and added (quotes), with how often.
    """

    main: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def count(self, rule: str, text: str) -> None:
        times, size = self.counts.get(rule, (0, 0))
        self.counts[rule] = times + 1, size + len(letters(text))


def shown(tree: Mapping[str, Any], language: str) -> Shown:
    """What a document's tree shows; stretches in `main` are its paragraphs."""
    out = Shown()
    _Reader(out, language).blocks(tree["blocks"], out.main)
    return out


@dataclass
class _Reader:
    out: Shown
    language: str
    _in_note: bool = False

    def blocks(self, nodes: list[Any], into: list[str]) -> None:
        for node in nodes:
            self._block(node["t"], node.get("c"), into)

    def _block(self, kind: str, content: Any, into: list[str]) -> None:
        match kind:
            case "Para" | "Plain":
                self._leaf(content, into, scenes=True)
            case "Header":
                self._leaf(content[2], into)
            case "LineBlock":
                for line in content:
                    self._leaf(line, into)
            case "BlockQuote":
                self.blocks(content, into)
            case "BulletList":
                for item in content:
                    self.blocks(item, into)
            case "OrderedList":
                for item in content[1]:
                    self.blocks(item, into)
            case "DefinitionList":
                for term, definitions in content:
                    self._leaf(term, into)
                    for nodes in definitions:
                        self.blocks(nodes, into)
            case "Div":
                outer = self.language
                self.language = _language(content[0]) or outer
                self.blocks(content[1], into)
                self.language = outer
            case "Figure":
                self.blocks(content[2], into)
                self.blocks(content[1][1], into)
            case "Table":
                self._table(content, into)
            case "CodeBlock":
                into.append(content[1])
            case "RawBlock":
                self.out.count("raw", content[1])
            case _:
                pass  # a horizontal rule

    def _table(self, content: Any, into: list[str]) -> None:
        _, (_, caption), _, head, bodies, foot = content
        self.blocks(caption, into)
        rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
        for _, cells in rows:
            for cell in cells:
                self.blocks(cell[4], into)

    def _leaf(self, nodes: list[Any], into: list[str], scenes: bool = False) -> None:
        notes: list[list[Any]] = []
        said = self._text(nodes, notes)
        plain = all(node["t"] in ("Str", *_BLANKS) for node in nodes)
        if scenes and plain and said.strip() and SCENE_MARKS.fullmatch(said.strip()):
            self.out.count("scene", said)
        elif said.strip():
            into.append(said)
        for note in notes:
            self.blocks(note, into if into is self.out.notes else self.out.notes)

    def _text(self, nodes: list[Any], notes: list[list[Any]]) -> str:
        parts: list[str] = []
        for node in nodes:
            kind, content = node["t"], node.get("c")
            match kind:
                case "Str":
                    parts.append(content)
                case "Space" | "SoftBreak" | "LineBreak":
                    parts.append(" ")
                case "Code" | "Math":
                    parts.append(content[1])
                case "RawInline":
                    self.out.count("raw", content[1])
                case "Note":
                    notes.append(content)
                case "Quoted":
                    marks = quotation_marks(self.language)
                    double = content[0]["t"] == "DoubleQuote"
                    before, after = marks.outer if double else marks.inner
                    self.out.count("quotes", before + after)
                    parts += before, self._text(content[1], notes), after
                case "Link" | "Cite":
                    parts.append(self._text(content[1], notes))
                case "Span":
                    parts.append(self._span(content, notes))
                case "Image":
                    pass  # its words are the picture's alternative text
                case _:
                    parts.append(self._text(content, notes))
        return "".join(parts)

    def _span(self, content: Any, notes: list[list[Any]]) -> str:
        if _UNSEEN & set(content[0][1]):
            unread: list[list[Any]] = []
            self.out.count("tracked", self._text(content[1], unread))
            return ""
        outer = self.language
        self.language = _language(content[0]) or outer
        text = self._text(content[1], notes)
        self.language = outer
        return text


def _language(attributes: Any) -> str:
    return str(dict(map(tuple, attributes[2])).get("lang", ""))


# --- the account -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of documents' letters; `source` counts them all, `entries` say by which
    rule some went or came.  Findings: CON005 a letter is lost or invented."""

    source: int
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    def over(self, account: Account) -> Account:
        """An account of what came after, with what came before it."""
        removed = sum(e.removed for e in self.entries) + account.source - account.kept
        return replace(
            account,
            source=self.source,
            kept=self.source - removed,
            entries=(*self.entries, *account.entries),
            findings=(*self.findings, *account.findings),
        )


@dataclass(frozen=True)
class Witness:
    """A document: pandoc's tree of it, and the tree that the chapters were made of, in which
    linked notes are notes.

    `removed` are the words that those links had, `left` blocks that are not in the second tree.
    The first `front` paragraphs say what the title page says.  `hidden` are words that the file
    has and does not show.
    """

    file: str
    original: Mapping[str, Any]
    tree: Mapping[str, Any]
    removed: tuple[str, ...] = ()
    left: tuple[Any, ...] = ()
    front: int = 0
    hidden: tuple[str, ...] = ()


def _letters(out: Shown) -> Counter[str]:
    return Counter(letters("".join((*out.main, *out.notes))))


def _changed(witness: Witness, now: Shown, language: str) -> list[Finding]:
    """Whether the two trees have the same letters but for what is said to be removed; what
    went is counted in `now`."""
    if witness.tree is witness.original:
        return []
    left = shown({"blocks": witness.left}, language)
    if any(_letters(left)):
        now.count("contents", "".join((*left.main, *left.notes)))
    for text in witness.removed:
        now.count("note-marks", text)
    had = _letters(shown(witness.original, language))
    has = _letters(now) + _letters(left) + Counter(letters("".join(witness.removed)))
    if had == has:
        return []
    new, lost = "".join((has - had).elements()), "".join((had - has).elements())
    return [_lost(witness.file, lost, new, 0)]


def prove(
    documents: Sequence[Witness],
    chapters: Sequence[Chapter],
    files: Sequence[str],
    untitled: Collection[str],
    meta: tuple[str, str, Sequence[str]],
) -> Proof:
    """Prove that chapters hold every letter that documents show, in their order, and no other.

    `files` name the chapters' documents; `meta` is the book's title, its language and
    what else its title page says.
    """
    title, language, said = meta
    source, findings = 0, list[Finding]()
    totals: dict[str, tuple[int, int]] = {}
    known = {_folded(text) for text in (title, *said)}
    for witness in documents:
        file, front = witness.file, witness.front
        out = shown(witness.tree, language)
        findings += _changed(witness, out, language)
        for text in witness.hidden:
            out.count("hidden", text)
        gone = out.main[:front]
        for text in gone:
            out.count("title-page", text)
            if _folded(text) not in known:
                findings.append(_lost(file, letters(text), "", 0))
        own = [replace(c, title=() if c.id in untitled else c.title)
               for c, of in zip(chapters, files, strict=True) if of == file]  # fmt: skip
        main, notes = parted_pieces(Book(Metadata(title, language), tuple(own)))
        for want, have in ((out.main[front:], main), (out.notes, notes)):
            ours = letters("".join(want))
            theirs = letters("".join(piece.text for piece in have))
            if ours != theirs:
                findings.append(_lost(file, ours, theirs, _differs(ours, theirs)))
        source += len(letters("".join((*out.main, *out.notes))))
        for rule, (times, size) in out.counts.items():
            before = totals.get(rule, (0, 0))
            totals[rule] = before[0] + times, before[1] + size
            source += size if rule in _TAKEN else 0
            source -= size if rule == "quotes" else 0
    entries = tuple(
        Entry(rule, times, 0, size) if rule == "quotes" else Entry(rule, times, size, 0)
        for rule, (times, size) in totals.items()
    )
    return Proof(source, entries, tuple(findings))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .:,;")


def _differs(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _lost(file: str, ours: str, theirs: str, at: int) -> Finding:
    return Finding(
        "CON005",
        Severity.ERROR,
        f"the manuscript reads “{theirs[at : at + 30]}” where the document has "
        f"“{ours[at : at + 30]}”",
        Place(file),
        ours[max(0, at - 30) : at + 30],
        "This is a fault of booktools, not of the book: report it, with the source.",
    )
