"""Sources that are print: PDF files and what OCR programs write → pages with positions, and
the proof that none of their letters was lost on the way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from booktools.arrange.layout import Layout
from booktools.arrange.pictures import place_pictures
from booktools.check.printed_source import Ledger, printed_findings
from booktools.config import SourceFile
from booktools.engines import pdf_pictures
from booktools.engines.pdf_source import open_pdf
from booktools.errors import ConfigError, SourceError
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley
from booktools.model.page import Pages
from booktools.model.picture import Pictured
from booktools.model.place import Place
from booktools.model.printed_page import PrintedPage
from booktools.read.documents import About
from booktools.read.printed import PrintedFile, read_printed
from booktools.read.scans import is_scan, scan_pages

# Findings on OCR and pictures, which a book may switch off.
CODES = frozenset({"OCR001", "OCR002", "LAY008"})

# What programs write for a title or a name: a file's name, their own.
_OF_PROGRAMS = re.compile(
    r"\.\w{2,5}$|[/\\]|^(?:microsoft|untitled|unbenannt|sin t[íi]tulo|sans titre|document|"
    r"dokument|documento|layout|slide|print|scan|root|user|admin|owner)\b|^[\W\d_]*$",
    re.IGNORECASE,
)
_AND = re.compile(r"[;&]|\band\b")
_MOST_NAMES = 6

_TOLD = 50  # pages from one line of progress to the next

# Of all pictures of a book: how many are taken out, and how many bytes.
MOST_PICTURES = 5_000
MOST_PICTURE_BYTES = 1 << 30


@dataclass(frozen=True)
class Prints:
    """The pages of all files, end to end, and what is to be said of them."""

    pages: Pages
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Pictures:
    """The pictures of printed pages with their names in the project, the bytes of those that are
    not there yet, and what is to be said."""

    placed: tuple[Pictured, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def is_print(name: str) -> bool:
    """Whether a file of this name is read as print."""
    return name.lower().endswith(".pdf") or is_scan(name)


def among(sources: Sequence[SourceFile]) -> bool:
    """Whether a book's sources are print.  Raises ConfigError when some are and others not."""
    kinds = [is_print(source.file) for source in sources]
    if any(kinds) and not all(kinds):
        raise ConfigError(
            "sources of two kinds: PDF files or OCR, and others",
            hint="Name one kind in [[sources]].",
            place=sources[kinds.index(not kinds[0])].place,
        )
    return any(kinds)


def read(files: Sequence[tuple[str, bytes]], progress: Callable[[str], None]) -> Prints:
    """Read files `(name, bytes)`, page by page.

    Raises SourceError for files that cannot be read and where there is no text in any,
    EngineMissing without pdfium, EngineFailed.
    """
    ledger = Ledger()
    found: list[Finding] = []
    pages = read_printed(_files(files, ledger, found, progress))
    if not pages.source.text.strip():
        count = len(pages.pages)
        raise SourceError(
            f"there is no text in it: its {count:,} page{'s' * (count > 1)} hold pictures only",
            hint="Read the pictures with OCR: booktools recover FILE.pdf --ocr",
            place=Place(files[0][0]),
        )
    return Prints(pages, (*found, *printed_findings(pages, ledger.pages)))


def about(name: str, data: bytes) -> About:
    """What a PDF says of its title and authors, where that looks true; nothing of other files.

    Raises as `read` does.
    """
    if not name.lower().endswith(".pdf"):
        return About()
    with open_pdf(data, name) as pdf:
        title = "" if _OF_PROGRAMS.search(pdf.title) else pdf.title
        names = tuple(part for one in _AND.split(pdf.author) if (part := one.strip()))
        known = title and not _OF_PROGRAMS.search(pdf.author)
        return About(title, names if known and len(names) <= _MOST_NAMES else ())


def _files(
    files: Sequence[tuple[str, bytes]],
    ledger: Ledger,
    found: list[Finding],
    progress: Callable[[str], None],
) -> Iterator[PrintedFile]:
    for name, data in files:
        if is_scan(name):
            yield PrintedFile(name, ledger.through(scan_pages(data, name, found)))
            continue
        with open_pdf(data, name) as pdf:
            pages = ledger.through(_told(pdf.pages, pdf.count, progress))
            yield PrintedFile(name, pages, pdf.outline)


def _told(
    pages: Iterator[PrintedPage], count: int, progress: Callable[[str], None]
) -> Iterator[PrintedPage]:
    for page in pages:
        if page.number % _TOLD == 1:
            progress(f"reading page {page.number:,} of {count:,}")
        yield page


# --- pictures ----------------------------------------------------------------------------


def pictures(
    pages: Pages,
    galley: Galley,
    layout: Layout,
    files: Callable[[], Sequence[tuple[str, bytes]]],
    have: Collection[str],
    progress: Callable[[str], None],
) -> Pictures:
    """The pictures of printed pages, each at its place in the galley.

    `have` are the files in the project's `images/`: what is there under a picture's name, with
    whatever ending, is that picture, and is not taken out again.  The sources' `files` are asked
    for where something is to be taken out.  Raises ConfigError as `place_pictures` does.
    """
    found = place_pictures(pages, galley, layout.pictures)
    names = {PurePosixPath(name).with_suffix("").as_posix(): name for name in sorted(have)}
    known = {one.image: names[one.image] for one in found.pictures if one.image in names}
    wanted: dict[str, Pictured] = {}
    for one in found.pictures:
        if not one.parts_scenes and one.image not in known:
            wanted.setdefault(one.image, one)
    said = list(found.findings)
    images: dict[str, bytes] = {}
    if wanted:
        progress(f"taking out {len(wanted):,} picture{'s' * (len(wanted) > 1)}")
        known |= _taken_out(wanted, dict(files()), images, said)
    placed = (
        one if one.parts_scenes else replace(one, image=known[one.image]) for one in found.pictures
    )
    return Pictures(tuple(placed), images, tuple(said))


def _taken_out(
    wanted: Mapping[str, Pictured],
    files: Mapping[str, bytes],
    images: dict[str, bytes],
    said: list[Finding],
) -> dict[str, str]:
    """The files' names of pictures, whose bytes go into `images`."""
    known: dict[str, str] = {}
    hashes: dict[str, str] = {}
    size = 0
    for file, data in files.items():
        own = [one for one in wanted.values() if one.file == file]
        own, over = own[: MOST_PICTURES - len(known)], own[MOST_PICTURES - len(known) :]
        answers = pdf_pictures.pictures(data, [(one.page, one.parts) for one in own])
        faults = [(one, f"more than {MOST_PICTURES:,} are not taken out") for one in over]
        for one, answer in zip(own, answers, strict=True):
            size += len(answer.data)
            if answer.fault or size > MOST_PICTURE_BYTES:
                most = f"all together have more than {MOST_PICTURE_BYTES >> 20} MiB"
                faults.append((one, answer.fault or most))
                continue
            digest = hashlib.sha256(answer.data).hexdigest()
            name = hashes.setdefault(digest, f"{one.image}{answer.ending}")
            images[name] = answer.data
            known[one.image] = name
        for one, fault in faults:
            known[one.image] = f"{one.image}.png"
            said.append(_missing(one, fault))
    return known


def _missing(one: Pictured, fault: str) -> Finding:
    return Finding(
        "PDF004",
        Severity.WARNING,
        f"a picture cannot be taken out: {fault}",
        Place(one.file, page=one.page),
        excerpt=one.image,
        fix=f"Put it into the project as {one.image}.png or .jpg.",
    )
