"""A project made from sources: begun, recovered, and only then put in its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from booktools import asking, catalogue, documents, newproject, pipeline, prints, store
from booktools.asking import Entered
from booktools.clean.language import language_of
from booktools.config import SourceFile
from booktools.model.book import chapter_texts
from booktools.newproject import Wishes
from booktools.recognition import is_scan, recognised
from booktools.recovery import Recovery
from booktools.store import Given

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Begun:
    """A project that was begun from sources."""

    wishes: Wishes
    recovery: Recovery
    guessed: bool  # the language is none that anything told
    entered: Entered | None = None

    @property
    def made(self) -> bool:
        """Whether the project stands in its place; a recovery with errors leaves none."""
        return not self.recovery.fails

    @property
    def words(self) -> int:
        """The words of its manuscript."""
        texts = (text for one in self.recovery.shaped.chapters for text in chapter_texts(one))
        return sum(len(text.value.split()) for text in texts)


class _GivenUp(Exception):
    """The recovery found an error, so there is to be no project."""


def begin(
    folder: str,
    names: Sequence[str],
    wanted: Wishes,
    progress: Progress,
    *,
    encoding: str = "utf-8",
    ocr: bool = False,
) -> Begun:
    """Make a project in `folder` of files, and recover its manuscript.

    `wanted` has "" and () for what the sources are to tell.  With `ocr` the sources of PDF
    files and pictures are what Tesseract reads on their pages; the files lie beside them.
    Whatever goes wrong, nothing is left in `folder`.  Raises what reading, recovering and writing
    raise.
    """
    store.free_folder(folder)
    given = store.read_given(names, encoding, pictures=ocr)
    beside: dict[str, bytes] = {}
    if ocr:
        given = _recognised(given, wanted.language or "en", beside, progress)
    wishes = _asked(given, wanted, beside, progress)
    told = bool(wishes.language)
    wishes = replace(wishes, language=wishes.language or "en")
    identifier = store.fresh_identifier()
    files = {one.name: one.data for one in given} | beside
    files |= _encoded(newproject.files(wishes, identifier))
    begun = None
    try:
        with store.project_in_making(folder, files) as where:
            recovery = pipeline.recover(store.open_project(where), progress)
            language = language_of(recovery.galley.source.text)
            guessed = not (told or language)
            if not wanted.language and language not in ("", wishes.language.split("-")[0]):
                wishes = replace(wishes, language=language)  # what only reading it could tell
                store.write_files(where, _encoded(newproject.files(wishes, identifier)))
                recovery = pipeline.recover(store.open_project(where), progress)
            project = store.open_project(where)
            begun = Begun(wishes, recovery, guessed)
            if recovery.fails:
                raise _GivenUp
            pipeline.write_manuscript(project, recovery)
            begun = replace(begun, entered=asking.enter(project, recovery))
    except _GivenUp:
        pass
    assert begun
    return begun


def _recognised(
    given: Sequence[Given], language: str, beside: dict[str, bytes], progress: Progress
) -> tuple[Given, ...]:
    """The files with hOCR in the place of scans, which go into `beside`."""
    out = []
    for one in given:
        if is_scan(one.name):
            beside[one.name] = one.data
            hocr = recognised(one.data, str(one.path), (language,), None, progress)
            name = f"{one.name.rpartition('.')[0]}.hocr"
            one = replace(one, name=name, data=hocr, text=hocr.decode("utf-8", "replace"))
        out.append(one)
    return tuple(out)


def _encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def _asked(
    given: Sequence[Given], wanted: Wishes, beside: dict[str, bytes], progress: Progress
) -> Wishes:
    """What the book is to be called, and by whom, with the language that anything tells, else "";
    `beside` gets the files that its sources name beside them, such as pictures."""
    rows = tuple((one.name, hashlib.sha256(one.data).hexdigest(), one.encoding) for one in given)
    title, authors, language = wanted.title, wanted.authors, wanted.language
    if documents.among([SourceFile(*row) for row in rows]):
        files = [(one.name, one.data if one.text is None else one.text.encode()) for one in given]
        reading = documents.read(files, _Gatherer(given, beside), progress)
        about = reading.about
        title, authors = title or about.title, authors or about.creators
        language = language or _usual(about.language) or language_of(documents.text_of(reading))
    else:
        said = prints.about(given[0].name, given[0].data)
        title, authors = title or said.title, authors or said.creators
        text = "\n".join(one.text for one in given if one.text is not None)
        language = language or language_of(text)
    return Wishes(title or _from_name(_stem(given[0].name)), language, authors, rows)


def _stem(name: str) -> str:
    """What a source is called: its file, or the folder that its pages are in."""
    path = PurePosixPath(name)
    return path.stem if path.parent.as_posix() == store.SOURCES else path.parent.name


def _usual(tag: str) -> str:
    """A language tag in its usual spelling; "" when it is none."""
    try:
        return catalogue.language_tag(tag.replace("_", "-")) if tag else ""
    except ValueError:
        return ""


def _from_name(stem: str) -> str:
    """A title of a file's name: `the-last_quay` → `The last quay`."""
    words = " ".join(stem.replace("_", " ").replace("-", " ").split()) or "Untitled"
    return words[0].upper() + words[1:]


@dataclass(frozen=True)
class _Gatherer:
    """Reads files beside the given ones, and gathers them for the project."""

    given: Sequence[Given]
    into: dict[str, bytes]

    def __call__(self, document: str, name: str) -> bytes:
        one = next(one for one in self.given if one.name == document)
        data = store.read_beside(one, name)
        self.into[(PurePosixPath(document).parent / name).as_posix()] = data
        return data
