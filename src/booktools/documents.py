"""Documents that pandoc reads: from their bytes to chapters, pictures and a galley, proved."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from booktools.arrange.ledger import parse_layout
from booktools.check.documents import Proof, Witness, prove, shown
from booktools.clean.rule import Knowledge
from booktools.clean.rules import RULES, clean
from booktools.config import SourceFile
from booktools.engines import pandoc_documents, pictures
from booktools.errors import BooktoolsError, ConfigError, SourceError
from booktools.manuscript.adopt import (
    Adopted,
    Document,
    Titles,
    adopt,
    metadata,
    picture_targets,
    without_files,
)
from booktools.manuscript.adopt_inlines import refuse_depth
from booktools.manuscript.adopt_inlines import words as plain_words
from booktools.manuscript.front_matter import with_front_matter
from booktools.manuscript.linked_notes import with_notes
from booktools.manuscript.told import KINDS, findings_on
from booktools.model.book import Metadata
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley
from booktools.model.place import Place
from booktools.model.slug import slug, unique
from booktools.read.documents import ARCHIVES, About, about, contents_files, kind_of, with_head
from booktools.read.hidden import Seen, without_hidden
from booktools.read.packed import MOST_PICTURE, Packed, unpacked
from booktools.read.unseen import without_unseen
from booktools.read.written import formulas, written
from booktools.shape.document import corrected, galley_of
from booktools.shape.shape import Shaped

# What is done to documents' text: nobody's line ends have cut it.
_CLEANING = frozenset({"CTL001", "HYP004", "LIG001"})
LEFT_ALONE = frozenset(rule.code for rule in RULES) - _CLEANING

# Findings on documents, which a book may switch off.
CODES = frozenset(kind.code for kind in KINDS.values())

_MAGIC = (
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"RIFF", ".webp"),
)
_DATA = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
# Markup without words, and what LaTeX writes for the page's sake alone.
_WORD = re.compile(r"\w+")
_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|iframe|object)\b.*?</\1\s*>|<[^>]*>"
    r"|\\(?:index|label|usepackage|documentclass|pagestyle|thispagestyle|[vh]space|setlength"
    r"|setcounter|addtolength|addtocounter|begin|end|bibliographystyle|hypersetup|vfill"
    r"|definecolor|markboth|markright|addcontentsline|pagenumbering|setlist)\*?"
    r"(?:\[[^\]]*\]|\{[^{}]*\})*|\\[A-Za-z@]+\*?|the file ",
    re.DOTALL,
)

_HEAD = 65_536  # bytes in which hOCR shows what it is

# Gives the bytes of a file beside a document: (the document, its name there) → bytes.
Beside = Callable[[str, str], bytes]


@dataclass(frozen=True)
class Read:
    """Documents as they were read, before they are chapters.

    `images` are bytes by name in the project, `about` what the first document says of itself.
    """

    documents: tuple[Document, ...]
    images: Mapping[str, bytes]
    about: About
    told: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Taken:
    """Documents as chapters, with the galley of their text and the proof that all is in it."""

    adopted: Adopted
    galley: Galley
    proof: Proof
    findings: tuple[Finding, ...]
    images: Mapping[str, bytes]

    def shaped(self, galley: Galley) -> Shaped:
        """The chapters with what was corrected in the galley since."""
        adopted = self.adopted
        chapters = corrected(adopted.chapters, galley, adopted.untitled)
        return Shaped(chapters, tuple(range(len(galley.blocks))), adopted.untitled)


def among(sources: Sequence[SourceFile]) -> bool:
    """Whether a book's sources are documents that pandoc reads.

    Raises ConfigError when some are and others are not.
    """
    kinds = [bool(kind_of(source.file)) for source in sources]
    if any(kinds) and not all(kinds):
        odd = sources[kinds.index(not kinds[0])]
        raise ConfigError(
            "sources of two kinds: documents for pandoc, and others",
            hint="Save them all as one kind, such as .docx.",
            place=odd.place,
        )
    return any(kinds)


def titles(meta: Metadata) -> Titles:
    """What the title page of a book says."""
    people = (*meta.creators, *meta.contributors)
    said = (meta.subtitle, *(person.name for person in people), meta.publisher, meta.date)
    return Titles(meta.title, meta.language, tuple(filter(None, said)))


def read(
    files: Sequence[tuple[str, bytes]], beside: Beside | None, progress: Callable[[str], None]
) -> Read:
    """Read documents, given as (name, bytes), and the pictures that they show.

    Without `beside` no picture is looked at.

    Raises SourceError for what cannot be read, EngineMissing and EngineFailed.
    """
    documents: list[Document] = []
    told: list[tuple[str, str, str]] = []
    gathered = _Pictures()
    said = About()
    for name, data in files:
        progress(f"reading {name}")
        kind = kind_of(name)
        if kind == "html" and b"ocr_page" in data[:_HEAD]:
            raise SourceError(
                "this is hOCR, which has its words' places, and not a text",
                hint="Give it a name that ends in .hocr.",
                place=Place(name),
            )
        packed = unpacked(data, kind, name) if kind in ARCHIVES else None
        page = Seen(data)
        if kind == "html":
            page = without_hidden(with_head(data))
        elif packed:
            packed, unseen = without_unseen(packed, kind)
            page = Seen(packed.data, unseen)
        data = page.data
        reading = pandoc_documents.read_document(data, kind, name)
        refuse_depth(reading.tree, name)
        whole = with_front_matter(reading.tree)
        told += [(name, "hidden", words) for words in page.hidden]
        told += [(name, "skipped", words) for words in _unread(reading, data, kind)]
        for words in _dropped(whole, written(packed, kind) if packed else ()):
            told.append((name, "skipped", words))
        lost = formulas(packed) if packed and kind == "odt" else ()
        if lost and "'t': 'Math'" not in str(whole["blocks"]):
            told += [(name, "skipped", formula) for formula in lost]
        lists = contents_files(packed, kind) if packed else ()
        tree = whole
        left: tuple[Any, ...] = ()
        if kind == "epub":
            tree, left = without_files(tree, lists)
        noted = with_notes(tree)
        images: dict[str, str] = {}
        for target in picture_targets(tree) if beside else ():
            assert beside
            images[target], fault = gathered.take(name, target, packed, beside)
            if fault:
                told.append((name, "missing", f"{images[target]} ({fault})"))
        gone = noted.removed, left, page.hidden
        documents.append(Document(name, noted.tree, images, whole, *gone))
        if len(documents) == 1:
            said = _about(documents[0], about(packed, kind) if packed else About())
    return Read(tuple(documents), gathered.images, said, tuple(told))


def take(reading: Read, titles: Titles, off: Collection[str] = ()) -> Taken:
    """The chapters of documents; `off` are cleaning rules that the book switches off."""
    adopted = adopt(reading.documents, titles)
    proof = prove(
        [
            Witness(
                one.file,
                one.original or one.tree,
                one.tree,
                one.removed,
                one.left,
                front,
                one.hidden,
            )
            for one, front in zip(reading.documents, adopted.front, strict=True)
        ],
        adopted.chapters,
        adopted.files,
        adopted.untitled,
        (titles.title, titles.language, titles.said),
    )
    galley = galley_of(adopted.chapters, adopted.files, adopted.untitled)
    cleaned = clean(galley, Knowledge(), LEFT_ALONE | set(off))
    found = findings_on([*reading.told, *adopted.told])
    return Taken(adopted, cleaned, proof, found, reading.images)


def idle(text: str, file: str) -> tuple[Finding, ...]:
    """A LAY006 where a `layout.toml` decides on the layout of documents, which nothing heeds.

    Raises ConfigError for what is none.
    """
    layout = parse_layout(text, file)
    places = [b.place for b in layout.blocks]
    places += [one.place for one in layout.joins] + [one.place for one in layout.breaks]
    message = "not heeded: the sources are documents, which say themselves what is what"
    fix = "Change it in the document, and take it out here."
    return tuple(
        Finding("LAY006", Severity.WARNING, message, place, fix=fix) for place in places[:1]
    )


def text_of(reading: Read) -> str:
    """The words of documents, for asking which language they are in."""
    stretches = (part for one in reading.documents for part in shown(one.tree, "").main)
    return "\n".join(stretches)


def _unread(reading: pandoc_documents.Reading, data: bytes, kind: str) -> Iterator[str]:
    """The words in what pandoc skipped, markup and the preamble of LaTeX left out."""
    start = 0
    if kind == "latex":
        start = data[: max(0, data.find(b"\\begin{document}"))].count(b"\n") + 1
    for skipped in reading.skipped:
        words = " ".join(_MARKUP.sub(" ", skipped.what).split()).strip(" {}[]%\\")
        style = words.endswith((".sty", ".cls", ".bst"))
        if any(map(str.isalnum, words)) and skipped.line >= start and not style:
            yield words


def _dropped(tree: Mapping[str, Any], paragraphs: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a document's file whose words are not all in pandoc's tree of it."""
    seen = shown(tree, "")
    texts = (*seen.main, *seen.notes, plain_words(list(tree["meta"].values())))
    have = Counter(word for text in texts for word in _WORD.findall(text))
    for paragraph in paragraphs:
        own = Counter(_WORD.findall(paragraph))
        if own <= have:
            have -= own
        else:
            yield paragraph


def _about(document: Document, beside: About) -> About:
    """What a document's text says of itself, and where it says nothing, its properties; an
    e-book's package knows better than its text."""
    title, creators, language = metadata(document.tree)
    if document.file.lower().endswith(".epub"):
        return About(
            beside.title or title, beside.creators or creators, beside.language or language
        )
    return About(title or beside.title, creators or beside.creators, language or beside.language)


# --- pictures ----------------------------------------------------------------------------


@dataclass
class _Pictures:
    """Pictures of documents on their way to `images/`; the same picture comes once."""

    images: dict[str, bytes] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)  # by the hash of their bytes
    _taken: set[str] = field(default_factory=set)

    def take(
        self, document: str, target: str, packed: Packed | None, beside: Beside
    ) -> tuple[str, str]:
        """The picture's name in the project, and what is wrong with it, if anything."""
        try:
            data = _picture(document, target, packed, beside)
            ending = next((end for magic, end in _MAGIC if data.startswith(magic)), "")
            if not ending:
                raise SourceError("no JPEG, PNG, GIF or WebP picture")
            digest = hashlib.sha256(data).hexdigest()
            if digest not in self._names:
                pictures.prove(data, target[:80])
                name = self._named(target, ending)
                self._names[digest] = name
                self.images[name] = data
            return self._names[digest], ""
        except BooktoolsError as error:
            return self._named(target, ".jpg"), error.message

    def _named(self, target: str, ending: str) -> str:
        stem = "picture"
        if not _DATA.match(target):
            last = unquote(target).rpartition("/")[2]
            stem = slug(last.rpartition(".")[0] or last)
        free = unique(f"images/{stem}", self._taken)
        self._taken.add(free)
        return free + ending


def _picture(document: str, target: str, packed: Packed | None, beside: Beside) -> bytes:
    if found := _DATA.match(target):
        try:
            return base64.b64decode(unquote(target[found.end() :]), validate=True)
        except (binascii.Error, ValueError):
            raise SourceError("it is damaged") from None
    if _ADDRESS.match(target):
        raise SourceError("it is on another machine, and nothing is fetched")
    if packed:
        member = packed.find(unquote(target))
        if not member:
            raise SourceError("it is not in the file")
        return packed.read(member, MOST_PICTURE)
    return _found_beside(document, unquote(target), beside)


def _found_beside(document: str, target: str, beside: Beside) -> bytes:
    """LaTeX leaves the ending to whatever is there."""
    endings = [""] if "." in target.rpartition("/")[2] else ["", ".png", ".jpg", ".jpeg"]
    fault: BooktoolsError = SourceError("it is not there")
    for ending in endings:
        try:
            return beside(document, target + ending)
        except BooktoolsError as error:
            fault = error
    raise fault
