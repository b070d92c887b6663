"""A book project on disk: `manuscript/book.toml` marks its folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from booktools.config import BookConfig, SourceFile, parse_book_toml
from booktools.errors import ConfigError, ManuscriptError, SourceError
from booktools.model.place import Place
from booktools.store.environment import hold_standard_streams
from booktools.store.reading import MAX_FILE, MAX_TEXT, decode, inside, read_bytes, read_text
from booktools.store.record import changed_by_hand, own_record, recorded_errata, refuse_strangers
from booktools.store.writing import cannot_write, own_path, write_files

BOOK: Final = "manuscript/book.toml"
TEXT: Final = "manuscript/text"
MOST_FILES: Final = 10_000
ARCHIVES: Final = (".docx", ".odt", ".epub")  # sources that are no text
MAX_PICTURE: Final = 64 * 2**20  # bytes

# The styles a fresh project gets, and the ones for a project that has none of its own.
_DATA: Final = Path(__file__).resolve().parent.parent / "data"
DEFAULT_STYLES: Final = _DATA / "styles"


@dataclass(frozen=True)
class Project:
    """A project's folder and what its `book.toml` says.  All names are relative to `root`."""

    root: Path
    config: BookConfig

    # --- reading ---

    def text(self, name: str) -> str:
        """A text file.  Raises ManuscriptError."""
        return read_text(self.root, name)

    def text_if_there(self, name: str) -> str | None:
        """A ledger that may be missing or empty, as `manuscript/errata.toml` may.

        Raises ConfigError.
        """
        if not inside(self.root, name, ConfigError).exists():
            return None
        return read_text(self.root, name, error=ConfigError, may_be_empty=True)

    def data(self, name: str) -> bytes:
        """An image's or a font's bytes.  Raises ManuscriptError."""
        return read_bytes(self.root, name)

    def text_names(self) -> tuple[str, ...]:
        """`manuscript/text/*.md` in order of name; may be none."""
        return tuple(n for n in self.names(TEXT) if n.endswith(".md") and n.count("/") == 2)

    def texts(self) -> dict[str, str]:
        """The canonical manuscript, name → Markdown.  Raises ManuscriptError when there is none."""
        names = self.text_names()
        if not names:
            hint = (
                "Make it from the sources: booktools recover"
                if self.config.sources
                else f"Write the first chapter: {TEXT}/01-first-chapter.md"
            )
            raise ManuscriptError("there is no manuscript", hint=hint, place=Place(TEXT))
        return {name: self.text(name) for name in names}

    def sources(self) -> tuple[tuple[str, str], ...]:
        """The raw sources' names and texts; one of several, such as a page, may be empty.

        Raises SourceError, also when one has changed.
        """
        texts = tuple((source.file, self._source(source)) for source in self.config.sources)
        if texts and not any(text.strip() for _, text in texts):
            raise SourceError("there is no text in it", place=Place(texts[0][0]))
        return texts

    def documents(self) -> tuple[tuple[str, bytes], ...]:
        """The names and bytes of sources that pandoc reads; those of text are in UTF-8.

        Raises SourceError, also when one has changed.
        """
        return tuple((source.file, self._document(source)) for source in self.config.sources)

    def _document(self, source: SourceFile) -> bytes:
        if source.file.lower().endswith(ARCHIVES):
            return self._raw(source, MAX_FILE)
        return self._source(source).encode()

    def prints(self) -> tuple[tuple[str, bytes], ...]:
        """The names and bytes of sources that are PDF files.

        Raises SourceError, also when one has changed.
        """
        return tuple((source.file, self._raw(source, MAX_FILE)) for source in self.config.sources)

    def beside(self, source: str, name: str) -> bytes:
        """The bytes of a file, such as a picture, that a source names from its own folder.

        Raises SourceError, also for names that lead out of that folder.
        """
        folder = source.rpartition("/")[0] or "."
        return read_bytes(self.root / folder, name, error=SourceError, limit=MAX_PICTURE)

    def _source(self, source: SourceFile) -> str:
        data = self._raw(source, MAX_TEXT)
        several = len(self.config.sources) > 1
        return decode(
            data,
            source.file,
            error=SourceError,
            encoding=source.encoding,
            may_be_empty=several,
        )

    def _raw(self, source: SourceFile, most: int) -> bytes:
        data = read_bytes(self.root, source.file, error=SourceError, limit=most)
        found = hashlib.sha256(data).hexdigest()
        if found != source.sha256:
            raise SourceError(
                f"this is not the file that {source.place} means: its SHA-256 is {found}",
                hint="Put the old file back; if the new one is meant, enter its SHA-256 there.",
                place=Place(source.file),
            )
        return data

    def images(self) -> frozenset[str]:
        """The names of all files in `images/`."""
        return frozenset(self.names("images"))

    def style(self, name: str) -> str:
        """A style sheet: the project's `styles/NAME`, or the default where it has none."""
        if inside(self.root, f"styles/{name}").exists():
            return read_text(self.root, f"styles/{name}", may_be_empty=True)
        return read_text(DEFAULT_STYLES, name)

    def fonts(self) -> dict[str, bytes]:
        """Name in `styles/fonts/` → bytes: the project's, or the defaults where it has none."""
        own = self.names("styles/fonts")
        if own:
            return {n.removeprefix("styles/fonts/"): self.data(n) for n in own}
        return {
            n.removeprefix("fonts/"): read_bytes(DEFAULT_STYLES, n)
            for n in _walk(DEFAULT_STYLES, "fonts")
        }

    def names(self, folder: str) -> tuple[str, ...]:
        """Names of the files in a folder and below, sorted, hidden ones left out."""
        return tuple(sorted(_walk(self.root, folder)))

    # --- writing ---

    def write_texts(
        self, files: Mapping[str, str], errata: Mapping[str, str] | None = None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Make `manuscript/text/` hold exactly these files; give the names written and removed.

        `errata` are the corrections in them, by id, to be read back by `errata_written`.
        A file that is as it should be is not touched.  Only files that an earlier call wrote,
        and nobody has changed since, are removed.  Raises ManuscriptError, before anything is
        written, when another one would have to go.
        """
        before = {name: read_bytes(self.root, name) for name in self.text_names()}
        paths = [own_path(self.root, name) for name in before]
        after = {name: text.encode() for name, text in files.items()}
        refuse_strangers(self.root, {n: d for n, d in before.items() if n not in after})
        new = {name: data for name, data in after.items() if before.get(name) != data}
        write_files(self.root, {**new, **own_record(self.root, after, errata)})
        gone = {name: path for name, path in zip(before, paths, strict=True) if name not in after}
        for name, path in gone.items():
            try:
                path.unlink(missing_ok=True)
            except OSError as fault:
                raise cannot_write(name, fault) from None
        return tuple(new), tuple(gone)

    def edited_texts(self) -> tuple[str, ...]:
        """The chapters that somebody has changed since `recover` wrote them; links, which it does
        not write through, are left out."""
        own = [name for name in self.text_names() if not (self.root / name).is_symlink()]
        files = {name: read_bytes(self.root, name) for name in own}
        return changed_by_hand(self.root, files)

    def errata_written(self) -> Mapping[str, str] | None:
        """The readings, by id of their entries, that `manuscript/text/` was written with; None
        where nobody knows."""
        return recorded_errata(self.root)

    def write_images(self, images: Mapping[str, bytes]) -> tuple[str, ...]:
        """Put pictures into `images/` that are not there yet; give their names.

        Raises ManuscriptError.
        """
        new = {n: data for n, data in images.items() if not inside(self.root, n).exists()}
        write_files(self.root, new)
        return tuple(new)


def _walk(root: Path, folder: str) -> Iterator[str]:
    top = inside(root, folder)
    count = 0
    for where, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(where).relative_to(top)
        for file in sorted(files):
            if file.startswith("."):
                continue
            name = (Path(folder) / below / file).as_posix()
            if not name.isprintable() or "\\" in name:
                raise ManuscriptError(
                    f"{name!r}: a file name that not every system can show",
                    hint="Rename the file.",
                    place=Place(folder),
                )
            count += 1
            if count > MOST_FILES:
                raise ManuscriptError(
                    f"more than {MOST_FILES:,} files", hint="Move some away.", place=Place(folder)
                )
            yield name


def packaged(folder: str) -> dict[str, bytes]:
    """Files that came with booktools, by name: those of a folder of its data."""
    return {
        name.removeprefix(f"{folder}/"): read_bytes(_DATA, name) for name in _walk(_DATA, folder)
    }


def open_project(start: Path | str = "") -> Project:
    """The project in the folder `start`, without one the nearest upwards from here.

    Raises ConfigError when there is none or its `book.toml` says something impossible.
    """
    hold_standard_streams()
    root = _find(start)
    text = read_text(root, BOOK, error=ConfigError, may_be_empty=True)
    return Project(root, parse_book_toml(text, BOOK))


def _find(start: Path | str) -> Path:
    if start:
        folder = Path(start)
        with contextlib.suppress(OSError, ValueError):  # a name that no disk could have
            if (folder / BOOK).exists():
                return folder.resolve()
        raise ConfigError(
            f"{start} is not a book project: it has no {BOOK}",
            hint="Name the folder that has one, or make one: booktools new DIR",
        )
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise ConfigError(
            "the folder that you are in is no longer there", hint="Go to another one."
        ) from None
    for folder in (here, *here.parents):
        if (folder / BOOK).exists():
            return folder
    raise ConfigError(
        f"no book project here: neither this folder nor one above it has {BOOK}",
        hint="Go to one, name it (--project DIR), or make one: booktools new DIR",
    )


def find_project() -> bool:
    """Whether we are in a project."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return False
    return any((folder / BOOK).exists() for folder in (here, *here.parents))


def create_project(where: Path | str, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write a fresh project with the default styles; give the names written.

    The folder must be new or empty.  Raises ManuscriptError.
    """
    folder = free_folder(where)
    styles = {f"styles/{n}": read_bytes(DEFAULT_STYLES, n) for n in _walk(DEFAULT_STYLES, ".")}
    every = {**files, **styles}
    write_files(folder, every)
    return tuple(every)


@contextlib.contextmanager
def project_in_making(where: Path | str, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A fresh project in a hidden folder beside `where`, which becomes `where` at the end.

    When the body raises, nothing is left.  Raises ManuscriptError.
    """
    folder = free_folder(where)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", dir=folder.parent))
    except OSError as fault:
        raise cannot_write(str(folder), fault) from None
    try:
        inner = workshop / "project"
        create_project(inner, files)
        yield inner
        try:
            os.replace(inner, folder)
        except OSError as fault:
            raise cannot_write(str(folder), fault) from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def free_folder(where: Path | str) -> Path:
    """The folder, when it is new or empty.  Raises ManuscriptError."""
    folder = Path(where)
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except (OSError, ValueError) as fault:
        raise ManuscriptError(
            f"{folder} cannot be made: {getattr(fault, 'strerror', None) or fault}",
            hint="Name another folder.",
        ) from None
    if taken:
        raise ManuscriptError(
            f"{folder} is there already and is not an empty folder",
            hint="Name a folder that does not exist yet.",
        )
    return folder
