"""Files outside any project: what is to be recovered, and what is made of it."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from booktools.errors import ManuscriptError, SourceError
from booktools.model.place import Place
from booktools.store.reading import MAX_FILE, MAX_TEXT, decode, read_bytes, read_path
from booktools.store.writing import cannot_write, write_files

_BOOKS = (".pdf", ".docx", ".odt", ".epub")
_MOST_PAGES: Final = 100_000
MAX_PICTURE: Final = 64 * 2**20  # bytes
MOST_GIVEN: Final = 2**30  # bytes of all sources of a project
SOURCES: Final = "manuscript/source"
BINARY: Final = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")
_PICTURES: Final = (b"II*\0", b"MM\0*", b"\x89PNG", b"\xff\xd8\xff", b"RIFF")  # first bytes
SCANS: Final = (".hocr", ".xml")  # what OCR programs write: no text to be read as it stands
# What a file of such an ending is, and what to do with it: no text of a book.
_SAVE: Final = "Save it from its program as .docx, .odt or .txt."
_IMPORT: Final = "Corrections of a book come into it with: booktools errata import FILE"
_NAME: Final = "Name the text of the book."
_NO_BOOKS: Final = {
    **dict.fromkeys((".csv", ".tsv"), ("a table is no book", _IMPORT)),
    **dict.fromkeys((".json", ".jsonl"), ("data for programs are no book", _IMPORT)),
    **dict.fromkeys((".toml", ".yaml", ".yml", ".ini"), ("settings are no book", _NAME)),
    **dict.fromkeys((".css", ".js", ".py", ".svg"), ("a file for programs is no book", _NAME)),
    ".rtf": ("RTF is not read", _SAVE),
    ".ps": ("PostScript is not read", "Make a PDF of it: ps2pdf FILE"),
}
_NO_TEXTS: Final = ((b"{\\rtf", ".rtf"), (b"%!PS", ".ps"))  # first bytes → an ending
_ODD = re.compile(r"[^\w.() -]")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Given:
    """A file that is to be a source: its name in the project, its bytes, where it is now.

    `text` is what it says, None where it is no text, as a PDF.
    """

    name: str
    data: bytes
    path: Path
    encoding: str = "utf-8"
    text: str | None = None


def read_loose(names: Sequence[str], encoding: str = "utf-8") -> tuple[tuple[str, str], ...]:
    """Name and text of each file, in order; a folder gives its `*.txt`, page 2 before page 10.

    A page of a folder may be empty.  Raises SourceError.
    """
    out: list[tuple[str, str]] = []
    left = MAX_FILE
    for name, path, page in _files(names):
        data = read_path(path, name, error=SourceError, limit=min(left, MAX_TEXT))
        left -= len(data)
        out.append((name, _text(data, name, encoding, page)))
    if not any(text.strip() for _, text in out):
        raise SourceError("there is no text in it", place=Place(names[0]))
    return tuple(out)


def read_standard_input(encoding: str = "utf-8") -> tuple[str, str]:
    """The text that is piped to us, with a name for messages.  Raises SourceError."""
    name = "standard input"
    data = sys.stdin.buffer.read(MAX_TEXT + 1)
    if len(data) > MAX_TEXT:
        hint = "Put it into files, and name those."
        raise SourceError(f"more than {MAX_TEXT >> 20} MiB", hint=hint, place=Place(name))
    return name, _text(data, name, encoding, False)


def read_given(
    names: Sequence[str], encoding: str = "utf-8", *, pictures: bool = False
) -> tuple[Given, ...]:
    """Files that are to become a project's sources, in order, as `read_loose` finds them.

    Those of text are decoded once, so that a wrong encoding shows.  With `pictures`, pictures
    of pages may be among them.  Raises SourceError.
    """
    out: list[Given] = []
    taken: dict[str, str] = {}
    left = MOST_GIVEN
    for name, path, page in _files(names):
        data = read_path(path, name, error=SourceError, limit=min(left, MAX_FILE))
        left -= len(data)
        known = (*BINARY, *_PICTURES) if pictures else BINARY
        binary = data.startswith(known) or name.lower().endswith(SCANS)
        if binary:
            _refuse_encoding(name, encoding)
        text = None if binary else _text(data, name, encoding, page)
        folder = f"{_safe(path.parent.name)}/" if page else ""
        own = f"{SOURCES}/{folder}{_safe(path.name)}"
        if own in taken:
            raise SourceError(
                f"two files would be {own}: {taken[own]} and {name}", hint="Rename one of them."
            )
        taken[own] = name
        out.append(Given(own, data, path, encoding, text))
    return tuple(out)


def read_beside(given: Given, name: str) -> bytes:
    """A file that a given one names from its own folder.  Raises SourceError."""
    return read_bytes(given.path.parent, name, error=SourceError, limit=MAX_PICTURE)


def _refuse_encoding(name: str, encoding: str) -> None:
    """Raise SourceError when an encoding is named for a file that is no text."""
    if encoding != "utf-8":
        raise SourceError(
            "such a file says itself how its letters are written",
            hint="Leave --encoding out; where letters are wrong the file itself has them so.",
            place=Place(name),
        )


def _text(data: bytes, name: str, encoding: str, may_be_empty: bool) -> str:
    ending = next((own for magic, own in _NO_TEXTS if data.startswith(magic)), "")
    if refusal := _NO_BOOKS.get(ending or Path(name).suffix.lower()):
        raise SourceError(refusal[0], hint=refusal[1], place=Place(name))
    if data.startswith(_PICTURES):
        hint = "Let OCR read it: booktools recover FILE --ocr"
        raise SourceError("this is a picture, without text", hint=hint, place=Place(name))
    remedy = "Name its encoding: --encoding {}"
    return decode(
        data, name, error=SourceError, encoding=encoding, may_be_empty=may_be_empty, remedy=remedy
    )


def _safe(name: str) -> str:
    """A file's name as every system takes it."""
    return _ODD.sub("-", name).strip(" .-") or "source"


def _files(names: Sequence[str]) -> Iterator[tuple[str, Path, bool]]:
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield name, path, False
            continue
        try:
            inside = os.listdir(path)
        except OSError as fault:
            raise SourceError(f"cannot be read: {fault.strerror}", place=Place(name)) from None
        pages = _pages(inside)
        if not pages:
            raise SourceError(
                "there is no text in this folder",
                hint="Put page texts there, files that end in .txt (or .hocr, or .xml).",
                place=Place(name),
            )
        if len(pages) > _MOST_PAGES:
            raise SourceError(f"more than {_MOST_PAGES:,} pages", place=Place(name))
        _refuse_others(name, inside)
        for page in sorted(pages, key=_natural):
            shown = (Path(name) / page).as_posix()
            inside_it = _real(path / page).parent == _real(path)
            if (path / page).is_symlink() and not inside_it:
                raise SourceError(
                    "this is a link that leads out of its folder",
                    hint="Put the file itself there.",
                    place=Place(shown),
                )
            yield shown, path / page, True


def _refuse_others(name: str, inside: Sequence[str]) -> None:
    """Raise SourceError for whole books among the pages of a folder: they would be left out."""
    others = sorted(one for one in inside if one.lower().endswith(_BOOKS))
    if others:
        raise SourceError(
            f"{others[0]} is no page text, and would be left out",
            hint="Take it out of the folder, or name the files one by one.",
            place=Place(name),
        )


def _pages(names: Sequence[str]) -> list[str]:
    """The files of the first kind that a folder has: page texts, else pages that OCR has read."""
    for ending in (".txt", *SCANS):
        found = [n for n in names if n.lower().endswith(ending) and not n.startswith(".")]
        if found:
            return found
    return []


def expanded(names: Sequence[str]) -> tuple[str, ...]:
    """The names with the pages of folders in their places.  Raises SourceError."""
    return tuple(name for name, _, _ in _files(names))


def _natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """A key that sorts numbers in names by their size."""
    parts = _DIGITS.split(name.casefold())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts if p], name


def read_document(name: str, encoding: str = "utf-8") -> tuple[str, bytes]:
    """Name and bytes of a document; one of text is decoded and given in UTF-8.

    Raises SourceError.
    """
    data = read_path(Path(name), name, error=SourceError, limit=MAX_FILE)
    if data.startswith(BINARY):
        _refuse_encoding(name, encoding)
        return name, data
    return name, _text(data, name, encoding, False).encode()


def read_prints(names: Sequence[str], encoding: str = "utf-8") -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of each file that is print, in order.

    Raises SourceError, also for an encoding that somebody named.
    """
    out: list[tuple[str, bytes]] = []
    left = MOST_GIVEN
    for name in names:
        data = read_path(Path(name), name, error=SourceError, limit=min(left, MAX_FILE))
        left -= len(data)
        _refuse_encoding(name, encoding)
        out.append((name, data))
    return tuple(out)


def _real(name: str | Path) -> Path:
    """Where a name leads, links followed; a ring of links leads to itself."""
    return Path(os.path.realpath(name))


def same_file(one: str, other: str) -> bool:
    """Whether two names lead to the same file, links followed."""
    return _real(one) == _real(other)


def name_in(root: Path, name: str) -> str:
    """What a file is called in a project's folder, with forward slashes; "" outside it."""
    path, own = _real(name), _real(root)
    return path.relative_to(own).as_posix() if path.is_relative_to(own) else ""


def write_loose(name: str, data: bytes) -> None:
    """Write a file whole or not at all.  Raises ManuscriptError, also for a book's own files.

    What is no file, as a pipe or `/dev/null`, is written into and never replaced.  A new source
    is a file of the book that may be written: what OCR made of a scan.
    """
    if _is_special(name):
        try:
            with open(name, "wb") as out:
                out.write(data)
        except OSError as fault:
            raise cannot_write(name, fault) from None
        return
    path = _real(name)
    for folder in path.parents:
        own = folder.name == "manuscript" and (folder / "book.toml").is_file()
        if own and not path.is_relative_to(folder / "source"):
            raise ManuscriptError(
                "this is a place of the book’s own files",
                hint="Name a file outside manuscript/.",
                place=Place(name),
            )
    write_files(path.parent, {path.name: data})


def _is_special(name: str) -> bool:
    """Whether a device, a pipe or a socket stands there."""
    try:
        mode = os.stat(name).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def read_any(name: str) -> bytes:
    """The bytes of any file.  Raises SourceError."""
    return read_path(Path(name), name, error=SourceError, limit=MAX_FILE)


def read_manuscript(name: str) -> dict[str, str]:
    """Markdown by name: of a project's folder, a folder of chapters, or one chapter.

    Empty for any other file.  Raises SourceError for a folder without chapters.
    """
    path = Path(name)
    if path.is_dir():
        own = path / "manuscript" / "text"
        folder = own if own.is_dir() else path
        chapters = sorted(folder.glob("*.md"))
        if not chapters:
            raise SourceError(
                "there is no manuscript in this folder",
                hint="Name a project, or a folder with chapters, files that end in .md.",
                place=Place(name),
            )
        if len(chapters) > _MOST_PAGES:
            raise SourceError(f"more than {_MOST_PAGES:,} chapters", place=Place(name))
    elif path.suffix.lower() in (".md", ".markdown"):
        chapters = [path]
    else:
        return {}
    out = {}
    for chapter in chapters:
        data = read_path(chapter, chapter.as_posix(), error=SourceError, limit=MAX_TEXT)
        out[chapter.as_posix()] = decode(data, chapter.as_posix(), error=SourceError)
    return out
