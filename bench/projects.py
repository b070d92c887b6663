"""The measured books as projects in a scratch folder; the repository is only read."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

from bench import books

REPOSITORY = Path(__file__).resolve().parent.parent
_BOOK = "manuscript/book.toml"


@dataclass(frozen=True, slots=True)
class Bench:
    """A book to measure: what is pressed, what is recovered (often the same project).

    `made` is the folder in which stages leave what later stages begin with.
    """

    name: str
    press: Path
    recover: Path
    made: Path
    words: int


def code(scratch: Path) -> Path:
    """A copy of the toolchain, so that all rounds measure the same state of it."""
    copied = scratch / "code"
    shutil.copytree(REPOSITORY / "src", copied, ignore=shutil.ignore_patterns("*.egg-info"))
    return copied


def real_book(scratch: Path) -> Bench:
    """A copy of the book of this repository."""
    press = scratch / "real"
    for folder in ("manuscript", "styles", "images"):
        shutil.copytree(REPOSITORY / folder, press / folder)
    return _bench("the real book", press, press, scratch / "real made")


def long_book(scratch: Path) -> Bench:
    """Two books of 200,000 words: one born digital, one recovered from a long source."""
    press, recover = scratch / "long", scratch / "long recovered"
    text = REPOSITORY / "manuscript/text"
    chapters = {path.name: path.read_text("utf-8") for path in sorted(text.glob("*.md"))}
    for project in (press, recover):
        shutil.copytree(REPOSITORY / "styles", project / "styles")
        (project / "images").mkdir()
        (project / "manuscript/text").mkdir(parents=True)
        shutil.copy(REPOSITORY / "manuscript/lexicon.txt", project / "manuscript")
    for name, chapter in books.long_manuscript(chapters).items():
        _write(press / "manuscript/text" / name, chapter)
    head, _, _ = (REPOSITORY / _BOOK).read_text("utf-8").partition("[[sources]]")
    _write(press / _BOOK, head)
    source, layout, errata = books.long_source(*_recovered_from())
    _write(recover / "manuscript/source/long.txt", source)
    _write(recover / "manuscript/layout.toml", layout)
    _write(recover / "manuscript/errata.toml", errata)
    digest = hashlib.sha256(source.encode()).hexdigest()
    entry = f'file = "manuscript/source/long.txt"\nsha256 = "{digest}"\npages = "leading-space"\n'
    _write(recover / _BOOK, f"{head}[[sources]]\n{entry}")
    return _bench("200,000 words", press, recover, scratch / "long made")


def _recovered_from() -> tuple[str, str, str]:
    """The real book's source, layout decisions and errata."""
    config = tomllib.loads((REPOSITORY / _BOOK).read_text("utf-8"))
    source, *others = config["sources"]
    if others:
        raise SystemExit("bench: this book has several sources; it is written for one.")
    names = (source["file"], "manuscript/layout.toml", "manuscript/errata.toml")
    one, two, three = ((REPOSITORY / name).read_text("utf-8") for name in names)
    return one, two, three


def _bench(name: str, press: Path, recover: Path, made: Path) -> Bench:
    made.mkdir()
    texts = (press / "manuscript/text").glob("*.md")
    return Bench(name, press, recover, made, sum(books.words(p.read_text("utf-8")) for p in texts))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
