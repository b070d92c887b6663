"""`booktools new`: a fresh book project."""

from __future__ import annotations

import click

from booktools.cli.session import Session, session

EPILOG = """\b
Examples:
  booktools new my-book
  booktools new my-book --title "My Book" --author "Ana Pérez" --language es"""


@click.command("new", epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--title", default="Untitled", show_default=True, help="The book's title.")
@click.option("--author", default="", help="Its author.")
@click.option("--language", default="en", show_default=True, help="Its language (BCP 47).")
@session
def command(here: Session, folder: str, title: str, author: str, language: str) -> None:
    """Make a book project in the new folder DIR that builds at once."""
    from booktools import newproject, store

    files = newproject.files(title, author, language, store.fresh_identifier())
    store.create_project(folder, {name: text.encode() for name, text in files.items()})
    here.say(f"Made {folder}/.  Its first chapter is in {folder}/manuscript/text/.")
    here.say(f"Build it: booktools --project {folder} build")
