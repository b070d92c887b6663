"""`booktools new`: a fresh book project, empty or made from sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from booktools.cli.session import Session, session

if TYPE_CHECKING:
    from booktools.fresh import Begun
    from booktools.model.finding import Finding

EPILOG = """\b
Examples:
  booktools new my-book
  booktools new my-book --title "My Book" --author "Ana Pérez" --lang es

\b
From what there is of a book:
  booktools new my-book --from scan.txt --lang en
  booktools new my-book --from novel.docx
  booktools new my-book --from chapter-1.html --from chapter-2.html --title "My Book"
  booktools new my-book --from pages/ --encoding windows-1252
  booktools new my-book --from scan.pdf --ocr --lang es

\b
A FILE is a text dump (or a folder of page texts, in order of their numbers), a PDF, what an
OCR program writes (hOCR as .hocr, ALTO and ABBYY as .xml), or a document: .docx, .odt, .epub,
.html, .tex, .md.  What it says of its title, author and language goes
into book.toml.  When it cannot be recovered, there is no project."""

_FIRST = 5  # questions shown


@click.command("new", epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--from", "sources", multiple=True, metavar="FILE", help="A source; repeatable.")
@click.option("--title", default="", help="The book's title.  [default: Untitled]")
@click.option("--author", default="", help="Its author.")
@click.option("--language", "--lang", default="", help="Its language (BCP 47).  [default: en]")
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "latin-1", "windows-1252", "utf-16", "mac-roman"]),
    default="utf-8",
    show_default=True,
    help="How the letters of text FILEs are written.",
)
@click.option("--ocr", is_flag=True, help="Read the pages of scans, PDF or TIFF, with Tesseract.")
@click.pass_context
@session
def command(
    here: Session,
    ctx: click.Context,
    folder: str,
    sources: tuple[str, ...],
    title: str,
    author: str,
    language: str,
    encoding: str,
    ocr: bool,
) -> None:
    """Make a book project in the new folder DIR that builds at once."""
    from booktools import fresh, newproject, store

    authors = (author,) if author else ()
    if sources:
        wanted = newproject.Wishes(title, language, authors)
        with here.progress() as progress:
            begun = fresh.begin(folder, sources, wanted, progress, encoding=encoding, ocr=ocr)
        if not begun.made:
            here.say(f"There is no {folder}/: it could not be recovered.")
            ctx.exit(here.report(begun.recovery.findings))
        _tell(here, folder, begun)
        return
    wishes = newproject.Wishes(title or "Untitled", language or "en", authors)
    files = newproject.files(wishes, store.fresh_identifier())
    store.create_project(folder, {name: text.encode() for name, text in files.items()})
    here.say(f"Made {folder}/.  Its first chapter is in {folder}/manuscript/text/.")
    here.say(f"Build it: booktools --project {folder} build")


def _tell(here: Session, folder: str, begun: Begun) -> None:
    """What was made, what a person is to decide, and what comes next."""
    from booktools.model.finding import Severity

    chapters = len(begun.recovery.files)
    wishes = begun.wishes
    by = f" by {', '.join(wishes.authors)}" if wishes.authors else ""
    guess = " (nothing says so: is it right?)" if begun.guessed else ""
    here.say(f"Made {folder}/: “{wishes.title}”{by}, language {wishes.language}{guess}.")
    here.say(
        f"{chapters} chapter{'s' * (chapters > 1)}, {begun.words:,} words.  "
        f"Title, people and language: {folder}/manuscript/book.toml"
    )
    asked = [f for f in begun.recovery.findings if f.severity is not Severity.NOTE]
    if asked:
        _ask(here, asked)
        for line in begun.entered.lines() if begun.entered else ():
            here.say(f"{line}: answer there.")
    project = f"booktools --project {folder}"
    here.say("Next:")
    if asked:
        here.say(f"  {project} recover    the questions again, after every answer")
    here.say(f"  {project} build      the editions, into {folder}/dist/")
    here.say(f"  {project} check      all that somebody should look at")


def _ask(here: Session, asked: list[Finding]) -> None:
    here.say("")
    here.say(f"For you to decide or look at: {len(asked):,}")
    first = {finding.code: finding for finding in reversed(asked)}
    for code, count in Counter(finding.code for finding in asked).most_common():
        here.say(f"  {count:>6,}  {code}  {first[code].fix}")
    here.say("The first of them:" if len(asked) > 1 else "It is:")
    for finding in asked[:_FIRST]:
        here.say(f"  {finding.place or ''}  {finding.code}  {finding.message}")
