"""`booktools errata suggest`: what looks wrong."""

from __future__ import annotations

import click

from booktools.cli.recover import tags
from booktools.cli.session import Session, session

EPILOG = """\b
Examples:
  booktools errata suggest chapter.txt                    what looks wrong in one text
  booktools errata suggest chapter.txt --json out.json    for programs
  booktools errata suggest dump.txt --lang fr --json -"""


@click.command("suggest", epilog=EPILOG)
@click.argument("file", metavar="FILE")
@click.option(
    "--json", "out", metavar="OUT", help="Where the findings go as JSON; - to print them."
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="TAG",
    callback=tags,
    help="A language of FILE, as es, the main one first.  Without it, the text is asked.",
)
@session
def suggest(here: Session, file: str, out: str | None, languages: tuple[str, ...]) -> None:
    """Propose what looks wrong, with the reading that may be meant, and why.

    Nothing is changed: people decide.
    """
    from booktools import suggest as finder
    from booktools.report import harmless
    from booktools.store import read_loose, write_loose

    ((_, text),) = read_loose([file])
    with here.progress() as progress:
        found = finder.in_text(text, languages, progress)
    if out == "-":
        click.echo(finder.as_json(found), nl=False)
    elif out is not None:
        write_loose(out, finder.as_json(found).encode())
    else:
        for line in finder.listed(found, text, file):
            click.echo(harmless(line))
