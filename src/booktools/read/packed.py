"""DOCX, ODT and EPUB files are ZIP archives: what may be believed of a stranger's."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from booktools.errors import SourceError
from booktools.model.place import Place

MOST_FILES = 20_000
MOST_BYTES = 512 * 2**20  # of all files, unpacked
MOST_XML = 128 * 2**20  # of one that is parsed: a novel's has 2 MiB
MOST_PICTURE = 64 * 2**20

_CHUNK = 2**20
# What a file of each kind must hold.
_HEART = {"docx": "[Content_Types].xml", "odt": "content.xml", "epub": "META-INF/container.xml"}
_PARSED = (".xml", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".rels")
# A document that declares entities of its own: what it unfolds to nobody can tell.
_ENTITY = re.compile(
    b"|".join(re.escape("<!ENTITY".encode(name)) for name in ("utf-8", "utf-16-le", "utf-16-be"))
)
_LOCKED_TEXT = re.compile(rb"CipherReference[^>]+URI=[\"'][^\"']+\.x?html?[\"']", re.IGNORECASE)

_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError,
    RuntimeError,
)  # fmt: skip
_ANEW = "Fetch it again, or save it anew with the program that made it."


@dataclass(frozen=True)
class Packed:
    """An archive that has been looked over: every file in it can be unpacked, within bounds."""

    name: str
    sizes: Mapping[str, int]
    data: bytes

    def find(self, wanted: str) -> str:
        """The file that a document's text means by `wanted`; "" when there is none, or several.

        Documents count names from folders of their own, so the name may only end in it.
        """
        if wanted in self.sizes:
            return wanted
        found = [name for name in self.sizes if name.endswith(f"/{wanted}")]
        return found[0] if len(found) == 1 else ""

    def read(self, file: str, most: int = MOST_PICTURE) -> bytes:
        """The bytes of a file.  Raises SourceError when it has more than `most`."""
        if self.sizes.get(file, most + 1) > most:
            raise _fault(self.name, f"{file} in it is too large", "Make it smaller.")
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive, archive.open(file) as member:
            return member.read(most)


def unpacked(data: bytes, kind: str, name: str) -> Packed:
    """Look over a file that should be a `docx`, `odt` or `epub`; `name` is for messages.

    Raises SourceError for what is no such file, is damaged, locked, holds names that lead out
    of it, unfolds to more than can be read, or declares XML entities.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        hint = "Open it, take the password away if it has one, and save it as .docx."
        raise _fault(name, "this is an old Word document, or one with a password", hint)
    if not data.startswith(b"PK"):
        said = f"it begins with {data[:8]!r}" if data else "it is empty"
        raise _fault(name, f"this is not {_AN[kind]} file: {said}", _ANEW)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _look_at_names(members, name)
            files = [member for member in members if not member.is_dir()]
            sizes = {member.filename: member.file_size for member in files}
            _look_at_sizes(sizes, name)
            if _HEART[kind] not in sizes:
                raise _fault(name, f"this ZIP file is not {_AN[kind]} file", _ANEW)
            for member in files:
                _look_into(archive, member, name)
    except SourceError:
        raise
    except _BROKEN as error:
        raise _fault(name, f"this file is damaged: {error}", _ANEW) from None
    return Packed(name, sizes, data)


_AN = {"docx": "a DOCX", "odt": "an ODT", "epub": "an EPUB"}


def _fault(name: str, message: str, hint: str) -> SourceError:
    return SourceError(message, hint=hint, place=Place(name))


def _look_at_names(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MOST_FILES:
        raise _fault(name, f"it holds {len(members):,} files, more than are read", _ANEW)
    seen: set[str] = set()
    for member in members:
        path = PurePosixPath(member.filename)
        odd = "\\" in member.filename or "\0" in member.filename or ":" in path.parts[:1]
        if odd or path.is_absolute() or ".." in path.parts or not path.parts:
            said = f"a file in it is named {member.filename[:80]!r}, which leads out of it"
            raise _fault(name, said, "Do not use it: no program writes such names by itself.")
        if member.filename in seen:
            raise _fault(name, f"it holds {member.filename[:80]!r} twice", _ANEW)
        seen.add(member.filename)
        if member.flag_bits & 1:
            raise _fault(name, "it is locked with a password", "Save a copy without one.")


def _look_at_sizes(sizes: Mapping[str, int], name: str) -> None:
    total = sum(sizes.values())
    if total > MOST_BYTES:
        said = f"unpacked it has {total / 2**20:,.0f} MiB, where {MOST_BYTES >> 20} are the most"
        raise _fault(name, said, "Make its pictures smaller, or split it.")
    for file, size in sizes.items():
        if size > MOST_XML and file.lower().endswith(_PARSED):
            said = f"{file} in it has {size / 2**20:,.0f} MiB, where {MOST_XML >> 20} are the most"
            raise _fault(name, said, "Split the document.")


def _look_into(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """Unpack a file once, to see that it is what its entry says, and that it is harmless.

    Reading stops where the entry says that the file ends, and then its checksum tells a lie.
    """
    parsed = member.filename.lower().endswith(_PARSED)
    for chunk in _chunks(archive, member):
        if parsed and _ENTITY.search(chunk):
            raise _fault(
                name,
                f"{member.filename} in it declares XML entities, as traps for readers do",
                "Save it anew with a word processor, and take that file.",
            )
        if member.filename == "META-INF/encryption.xml" and _LOCKED_TEXT.search(chunk):
            raise _fault(name, "its text is locked (DRM)", "Ask for a copy without a lock.")


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The file's bytes in pieces, each with the end of the one before."""
    before = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            yield before + chunk
            before = chunk[-32:]
