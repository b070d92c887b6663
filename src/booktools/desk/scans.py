"""Pictures of the source's pages: drawn from a PDF, or the scan that lies beside its OCR."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from booktools import store
from booktools.engines.pictures import SCANS, page_picture
from booktools.engines.rasters import Drawer
from booktools.engines.web import Data
from booktools.errors import BooktoolsError, SourceError
from booktools.store import Project

_DOTS: Final = 144  # to the inch: a line of a book in a window's width
_WIDTH: Final = 1_400  # pixels of a scan
_FAILURES: Final = 3  # pages of a file that cannot be drawn before it is given up
_DRAWERS: Final = 3  # PDFs that are held open
_KEPT: Final = 24  # pictures; a page in grey has some hundred kilobytes
_ENDING = re.compile(r"(?:\.(?:hocr|alto|abbyy|html?|xhtml|xml|gz|zip|bz2))+$", re.IGNORECASE)
_SCANS: Final = (".pdf", *SCANS)


@dataclass
class Scans:
    """The pictures of a project's source pages, some of them kept.

    `beside` names the picture of each source that has one: a PDF, itself or the one beside
    the OCR file of the same name, or a picture beside it, a TIFF with its pages.
    """

    project: Project
    beside: dict[str, str]
    _kept: OrderedDict[tuple[str, int], bytes] = field(default_factory=OrderedDict)
    _drawers: OrderedDict[str, Drawer] = field(default_factory=OrderedDict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def picture(self, file: str, page: int) -> Data:
        """The picture of a page.  Raises LookupError where there is none, BooktoolsError."""
        name = self.beside[file]
        with self._turn:  # one at a time: drawing takes a processor
            made = self._kept.get((file, page))
            if made is None:
                made = self._drawn(file, name, page)
                self._kept[file, page] = made
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return Data("image/png", made)

    def drawn(
        self, wanted: Sequence[tuple[str, int]]
    ) -> Generator[tuple[tuple[str, int], bytes | None]]:
        """The pictures of many pages, (file, number), None where one cannot be drawn."""
        for file, own in groupby(wanted, key=lambda page: page[0]):
            yield from self._of_file(file, [page for _, page in own])

    def _of_file(
        self, file: str, pages: Sequence[int]
    ) -> Generator[tuple[tuple[str, int], bytes | None]]:
        name, left, failed = self.beside[file], list(pages), 0
        while left and failed < _FAILURES:
            try:
                for page, made in self._stream(file, name, left):
                    left.remove(page)
                    yield (file, page), made
                break
            except (BooktoolsError, LookupError):
                failed += 1
                yield (file, left.pop(0)), None
        for page in left:
            yield (file, page), None

    def _stream(self, file: str, name: str, pages: list[int]) -> Iterator[tuple[int, bytes]]:
        return ((page, self._drawn(file, name, page)) for page in list(pages))

    def _drawn(self, file: str, name: str, page: int) -> bytes:
        if not name.lower().endswith(".pdf"):
            return page_picture(_data(self.project, file, name), name, _WIDTH, page)
        try:
            return self._drawer(file, name).picture(page)
        except BooktoolsError:  # it has ended
            self._drawers.pop(file, None)
            raise

    def _drawer(self, file: str, name: str) -> Drawer:
        """The process that has a PDF open; that of the one not asked for longest goes."""
        if file not in self._drawers:
            while len(self._drawers) >= _DRAWERS:
                self._drawers.popitem(last=False)[1].close()
            self._drawers[file] = Drawer(_data(self.project, file, name), name, _DOTS)
        self._drawers.move_to_end(file)
        return self._drawers[file]


def scans_of(project: Project) -> Scans:
    """The sources of a project that have pictures of their pages."""
    beside = {}
    for source in project.config.sources:
        last = source.file.rpartition("/")[2]
        stem = _ENDING.sub("", last)
        own = [last] if last.lower().endswith(".pdf") else [f"{stem}{end}" for end in _SCANS]
        found = next((name for name in own if _is_there(project, source.file, name)), "")
        if found:
            beside[source.file] = found
    return Scans(project, beside)


def _beside(source: str, name: str) -> str:
    folder = source.rpartition("/")[0]
    return f"{folder}/{name}" if folder else name


def _data(project: Project, source: str, name: str) -> bytes:
    """A picture's bytes.  A file of scans may be as large as a source."""
    return store.read_bytes(project.root, _beside(source, name), error=SourceError)


def _is_there(project: Project, source: str, name: str) -> bool:
    try:
        return store.stamp(project.root, _beside(source, name))[1] > 0
    except BooktoolsError:  # a link that leads out of the project
        return False
