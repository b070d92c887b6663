"""One stage of the pipeline in a process of its own: `python -m bench.stages STAGE …`.

What the stage begins with is made first and not measured; what it imports on the way, an
engine say, is.  Prints one JSON object: processor seconds of this process and of those
that it started, wall seconds, the greatest resident set of any of them in bytes, and when
the stage began and ended on the clock that all processes share.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from booktools import galleys, pipeline, press
from booktools.arrange.arrange import arrange
from booktools.arrange.layout import Layout
from booktools.arrange.ledger import parse_layout
from booktools.check.book_checks import check_book
from booktools.check.conservation import account
from booktools.clean.rules import clean
from booktools.edition import plain
from booktools.edition import print as printing
from booktools.edition.lexicon import Lexicon
from booktools.engines import ebook, weasy
from booktools.errata.apply import Applied, apply_errata
from booktools.errata.entry import Entry, Kind, State
from booktools.manuscript.write import chapter_markdown
from booktools.model.artifact import Edition
from booktools.model.book import Book
from booktools.model.galley import Block, Galley
from booktools.model.page import Pages
from booktools.read.dump import read_dump
from booktools.shape.shape import Shaped, shape
from booktools.store import Project, open_project

Work: TypeAlias = Callable[[], object]

_MODIFIED = "2026-01-01T00:00:00Z"
_BOOK = "book.pickle"
_MEGABYTE = 1_000_000
_ENTRIES = 5_000


# --- recover --------------------------------------------------------------------------


def _read(project: Project) -> Pages:
    return read_dump(project.sources(), [source.pages for source in project.config.sources])


def _arranged(project: Project, pages: Pages) -> Galley:
    text = project.text_if_there(galleys.LAYOUT)
    layout = parse_layout(text, galleys.LAYOUT) if text else Layout()
    return arrange(pages, layout).galley


def _cleaned(project: Project, galley: Galley) -> Galley:
    return clean(galley, galleys.knowledge(project, galley), project.config.codes_off)


def _applied(project: Project, cleaned: Galley) -> Applied:
    return apply_errata(cleaned, pipeline.errata(project))


def _shaped(project: Project, galley: Galley) -> Shaped:
    return shape(galley, project.config.meta.title)


def _written(shaped: Shaped) -> dict[str, str]:
    return {chapter.file: chapter_markdown(chapter) for chapter in shaped.chapters}


def _corrected(project: Project) -> Galley:
    return _applied(project, _cleaned(project, _arranged(project, _read(project)))).galley


def read(project: Project, made: Path) -> Work:
    return lambda: _read(project)


def arranging(project: Project, made: Path) -> Work:
    pages = _read(project)
    return lambda: _arranged(project, pages)


def cleaning(project: Project, made: Path) -> Work:
    galley = _arranged(project, _read(project))
    return lambda: _cleaned(project, galley)


def errata(project: Project, made: Path) -> Work:
    galley = _cleaned(project, _arranged(project, _read(project)))
    return lambda: _applied(project, galley)


def shaping(project: Project, made: Path) -> Work:
    galley = _corrected(project)
    return lambda: _shaped(project, galley)


def writing(project: Project, made: Path) -> Work:
    shaped = _shaped(project, _corrected(project))
    return lambda: _written(shaped)


def accounting(project: Project, made: Path) -> Work:
    galley = _corrected(project)
    shaped = _shaped(project, galley)

    def work() -> None:
        # as if read back: what the chapters say is what the account is settled against
        settled = account(galley, shaped.order, shaped.chapters, shaped.untitled)
        _must(not settled.findings, "the account does not settle")

    return work


# --- the press ------------------------------------------------------------------------


def _desk(project: Project, made: Path) -> press.Desk:
    """As the pipeline sets it, but with a book that was parsed before."""
    book: Book = pickle.loads((made / _BOOK).read_bytes())
    pictures = {name: project.data(name) for name in sorted(project.images())}
    lexicon = Lexicon(galleys.wordlist(project).phrases)
    return press.Desk(project, book, lexicon, project.fonts(), pictures)


def parsing(project: Project, made: Path) -> Work:
    def keep() -> bytes:
        return pickle.dumps(Book(project.config.meta, pipeline.standing(project).chapters))

    return keep


def epub(project: Project, made: Path) -> Work:
    desk = _desk(project, made)
    return lambda: ebook.package(press.epub_parts(desk), _MODIFIED)


def print_(project: Project, made: Path) -> Work:
    desk = _desk(project, made)

    def work() -> bytes:
        css = project.style("print.css")
        files = {f"styles/fonts/{name}": data for name, data in desk.fonts.items()}
        files |= desk.pictures
        used = set(printing.references(desk.book, css)) & files.keys()
        resources = {name: files[name] for name in sorted(used)}
        return weasy.render(
            printing.print_document(desk.book, css, resources=resources, lexicon=desk.lexicon)
        ).pdf

    return work


def plain_text(project: Project, made: Path) -> Work:
    desk = _desk(project, made)
    return lambda: plain.plain_text(desk.book).encode()


def _proof(edition: Edition) -> Callable[[Project, Path], Work]:
    def prepare(project: Project, made: Path) -> Work:
        desk = _desk(project, made)
        data = (made / f"book.{edition.value}").read_bytes()
        return lambda: press.proved(desk.book, edition, data, f"book.{edition.value}")

    return prepare


def checking(project: Project, made: Path) -> Work:
    desk = _desk(project, made)
    return lambda: check_book(desk.book, desk.pictures)


# --- a megabyte -----------------------------------------------------------------------


def _megabyte(project: Project) -> Galley:
    """The first million characters of the source, cleaned, with no reviewed decisions."""
    [(name, text), *_] = project.sources()
    _must(len(text) >= _MEGABYTE, "the source is too short")
    cut = text.rindex("\n", 0, _MEGABYTE) + 1
    pages = read_dump([(name, text[:cut])], project.config.sources[0].pages)
    return _cleaned(project, arrange(pages, Layout()).galley)


def unwinding(project: Project, made: Path) -> Work:
    galley = _megabyte(project)

    def work() -> None:
        _must(galley.unwound() == galley.source.text, "the galley does not lead back")

    return work


def many_errata(project: Project, made: Path) -> Work:
    galley = _megabyte(project)
    entries = _invented(galley)
    # without the texts that making the entries has derived
    galley = replace(galley, blocks=tuple(replace(block) for block in galley.blocks))

    def work() -> None:
        applied = apply_errata(galley, entries)
        _must(len(applied.places) == _ENTRIES, "not every entry was applied")

    return work


_WORD = re.compile(r"(?<= )[a-z]{5,}(?= )")


def _invented(galley: Galley) -> tuple[Entry, ...]:
    """Entries spread evenly over the galley, each with a context of five words or so."""
    found = [(block, match) for block in galley.blocks for match in _WORD.finditer(block.text)]
    entries: list[Entry] = []
    for block, match in found[:: max(1, len(found) // (2 * _ENTRIES))]:
        entry = _entry(galley, block, match, len(entries))
        if entry and len(entries) < _ENTRIES:
            entries.append(entry)
    _must(len(entries) == _ENTRIES, "the source is too short for so many entries")
    return tuple(entries)


def _entry(galley: Galley, block: Block, match: re.Match[str], number: int) -> Entry | None:
    text, found = block.text, match[0]
    start = text.rfind(" ", 0, max(0, match.start() - 16)) + 1
    end = text.find(" ", match.end() + 16)
    context = text[start : end if end > 0 else len(text)]
    if context.count(found) != 1 or "\n" in context or "  " in context:
        return None
    line = galley.place_at(block, match.start()).line
    wanted = found[:-1] + "#"  # a sign that stands nowhere in the source
    return Entry(
        f"E{number}", line, found, wanted, context, Kind.TYPO, "a measurement", State.ACCEPTED
    )


# --- the process ----------------------------------------------------------------------

STAGES: dict[str, Callable[[Project, Path], Work]] = {
    "read": read,
    "arrange": arranging,
    "clean": cleaning,
    "errata": errata,
    "shape": shaping,
    "write": writing,
    "account": accounting,
    "parse": parsing,
    "epub": epub,
    "pdf": print_,
    "txt": plain_text,
    "prove-epub": _proof(Edition.EPUB),
    "prove-pdf": _proof(Edition.PDF),
    "prove-txt": _proof(Edition.TXT),
    "check": checking,
    "many-errata": many_errata,
    "unwind": unwinding,
}

# What these give is kept for others to begin with.
KEPT = {"parse": _BOOK, "epub": "book.epub", "pdf": "book.pdf", "txt": "book.txt"}


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SystemExit(f"bench: {otherwise}; the figures would mean nothing.")


def _cpu() -> float:
    own, started = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def _peak() -> int:
    """The greatest resident set of this process since `_forget_peak`, or of a child ever."""
    status = Path("/proc/self/status").read_text()
    own = next(int(line.split()[1]) for line in status.split("\n") if line.startswith("VmHWM"))
    return 1024 * max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def main() -> None:
    name, folder, made = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    work = STAGES[name](open_project(folder), made)
    _forget_peak()
    cpu, begun = _cpu(), time.monotonic()
    result = work()
    ended, used = time.monotonic(), _cpu() - cpu
    figures = {"cpu": used, "wall": ended - begun, "peak": _peak(), "begun": begun, "ended": ended}
    if name in KEPT and isinstance(result, bytes) and not (made / KEPT[name]).exists():
        (made / KEPT[name]).write_bytes(result)
    print(json.dumps(figures))
    sys.stdout.flush()
    os._exit(0)  # taking the values apart again is no part of the stage


if __name__ == "__main__":
    main()
