"""Reading files that come from strangers: confined, bounded, decoded or refused."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import Final

from booktools.errors import BooktoolsError, ManuscriptError, SourceError
from booktools.model.place import Place

MAX_TEXT: Final = 32 * 2**20  # bytes; twenty times a very long novel
MAX_FILE: Final = 256 * 2**20  # bytes; an image
MAX_LINE: Final = 2**20  # characters

# What XML cannot hold; an edition could not show it.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")

_IN_BOOK_TOML: Final = 'Add encoding = "{}" to this source in book.toml.'

_MAGIC: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP, DOCX, ODT or EPUB file"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip file"),
)

_UTF_32: Final = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_SAVE: Final = "Save it as UTF-8."

Kind = type[BooktoolsError]


def inside(root: Path, name: str, error: Kind = ManuscriptError) -> Path:
    """The path of `name` under `root`, links followed, when it stays inside; else `error`."""
    hint = "Only files inside the project are used."
    if not name or "\0" in name or "\\" in name:
        raise error(f"{name!r} is not the name of a file", hint=hint)
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or re.match(r"[A-Za-z]:", name):
        raise error(f"“{name}” leads out of the project", hint=hint)
    try:
        path = (root / pure).resolve()
        base = root.resolve()
    except (OSError, RuntimeError) as fault:  # a ring of links
        raise error(f"“{name}” cannot be followed: {fault}", hint=hint) from None
    if path != base and base not in path.parents:
        raise error(f"“{name}” is a link that leads out of the project", hint=hint)
    return path


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, as `book.toml` has it."""
    return hashlib.sha256(data).hexdigest()


def stamp(root: Path, name: str) -> tuple[int, int, int]:
    """What changes whenever a file is written or replaced; zeros where there is none."""
    try:
        about = os.stat(inside(root, name))
    except OSError:
        return 0, 0, 0
    return about.st_mtime_ns, about.st_size, about.st_ino


def read_bytes(
    root: Path, name: str, *, error: Kind = ManuscriptError, limit: int = MAX_FILE
) -> bytes:
    """The bytes of a file of the project.  Raises `error`; never reads more than `limit`."""
    return read_path(inside(root, name, error), name, error=error, limit=limit)


def read_path(path: Path, name: str, *, error: Kind = ManuscriptError, limit: int) -> bytes:
    """The bytes of any file, `name` in messages.  Raises `error`; never reads more than `limit`."""
    place = Place(name)
    try:
        # without O_NONBLOCK a named pipe would keep us waiting for ever
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise error(
            "there is no such file", hint="Put it there, or correct its name.", place=place
        ) from None
    except OSError as fault:
        raise _unreadable(fault, place, error) from None
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            what = "a folder" if stat.S_ISDIR(about.st_mode) else "a pipe or a device"
            raise error(f"this is {what}, not a file", hint="Put a file there.", place=place)
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as fault:
        raise _unreadable(fault, place, error) from None
    finally:
        os.close(handle)
    if len(data) > limit:
        size = f"{max(about.st_size, limit + 1) / 2**20:,.0f} MiB"
        raise error(
            f"too large: {size}, where {limit // 2**20} MiB is the most",
            hint="Split it, or make it smaller.",
            place=place,
        )
    return data


def _unreadable(fault: OSError, place: Place, error: Kind) -> BooktoolsError:
    return error(f"cannot be read: {fault.strerror}", hint="Look at its permissions.", place=place)


def read_text(
    root: Path,
    name: str,
    *,
    error: Kind = ManuscriptError,
    encoding: str = "utf-8",
    may_be_empty: bool = False,
) -> str:
    """A text file of the project, line ends made `\\n`, a byte-order mark dropped.

    Raises `error` with file, line and remedy.
    """
    data = read_bytes(root, name, error=error, limit=MAX_TEXT)
    return decode(data, name, error=error, encoding=encoding, may_be_empty=may_be_empty)


def decode(
    data: bytes,
    name: str,
    *,
    error: Kind = ManuscriptError,
    encoding: str = "utf-8",
    may_be_empty: bool = False,
    remedy: str = _IN_BOOK_TOML,
) -> str:
    """The text of `data` as `read_text` gives it; `name` is for messages.

    `remedy` says how to name another encoding, `{}`, for a source.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise error(
                f"this is {what}, not text", hint="Save or extract its text.", place=Place(name)
            )
    text = _decoded(data, name, error, encoding, remedy).removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not may_be_empty and not text.strip():
        raise error("this file is empty", hint="Put the text into it.", place=Place(name))
    _refuse_unprintable(text, name, error)
    if len(text) > MAX_LINE:
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > MAX_LINE:
                raise error(
                    f"a line of {len(line):,} characters, where {MAX_LINE:,} are the most",
                    hint="Break it into lines.",
                    place=Place(name, number),
                )
    return text


def _decoded(data: bytes, name: str, error: Kind, encoding: str, remedy: str) -> str:
    if data.startswith(_UTF_32):
        raise error("this is UTF-32, not text that is read", hint=_SAVE, place=Place(name))
    if encoding == "utf-8" and (guess := _utf16(data)):
        hint = _save_as(error, remedy, "utf-16")
        raise error(f"this looks like {guess}, not UTF-8", hint=hint, place=Place(name))
    if encoding != "utf-16" and b"\0" in data:
        at = data.index(b"\0")
        raise error(
            f"this is binary, not text: a zero byte at offset {at:,}",
            hint="Check that this is the right file.",
            place=Place(name, _line(data, at)),
        )
    try:
        return data.decode(_codec(data, encoding))
    except UnicodeDecodeError as fault:
        byte = f"byte 0x{data[fault.start]:02X} at offset {fault.start:,}"
        like = "; it looks like Windows-1252 or Latin-1" if _western(data) else ""
        hint = _save_as(error, remedy, "windows-1252" if like else "")
        raise error(
            f"not valid {encoding.upper()}: {byte}{like if encoding == 'utf-8' else ''}",
            hint=hint,
            place=Place(name, _line(data, fault.start)),
        ) from None


def _codec(data: bytes, encoding: str) -> str:
    """Python's name; without a byte-order mark the zeros tell which way UTF-16 goes."""
    if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"
    return {"mac-roman": "mac_roman"}.get(encoding, encoding)


def _save_as(error: Kind, remedy: str, encoding: str) -> str:
    if error is SourceError and encoding:
        return remedy.format(encoding)
    return _SAVE


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _utf16(data: bytes) -> str:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    few, many = sorted((head[::2].count(0), head[1::2].count(0)))
    # A program's file has zeros on both sides.
    return "UTF-16" if len(head) > 8 and many > 0.35 * len(head) and few < 0.05 * many else ""


def _western(data: bytes) -> bool:
    """Are the high bytes what Windows-1252 has for letters and quotation marks?"""
    try:
        high = [char for char in data[: 2**20].decode("cp1252") if ord(char) > 127]
    except UnicodeDecodeError:
        return False
    usual = sum(char.isalpha() or char in "‘’“”«»–—…¿¡°º€\xa0" for char in high)
    return usual >= 0.9 * len(high)


def _refuse_unprintable(text: str, name: str, error: Kind) -> None:
    # A source may hold what an extractor left: cleaning drops it by a named rule.
    bad = None if error is SourceError else _UNPRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - text.rfind("\n", 0, bad.start())
        raise error(
            f"an unprintable character, U+{ord(bad[0]):04X}",
            hint="Delete it.",
            place=Place(name, line, column),
        )
