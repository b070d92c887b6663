"""`booktools diff`: two states of a book, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from booktools.cli.session import Session, session
from booktools.errors import EXIT_FINDINGS, ConfigError

if TYPE_CHECKING:
    from booktools.errata.entry import Entry

EPILOG = """\b
Examples:
  booktools diff old.epub dist/my-book.epub         what the new printing changes
  booktools diff old.pdf manuscript/text --fail     exit 3 if the errata do not explain it
  booktools diff a.txt b.pdf --format json > changes.json"""


@click.command("diff", epilog=EPILOG)
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@click.option("--all", "everything", is_flag=True, help="List the explained changes, too.")
@click.option("--fail", is_flag=True, help="Exit 3 when a change is not explained.")
@click.pass_context
@session
def command(
    here: Session, ctx: click.Context, old: str, new: str, form: str, everything: bool, fail: bool
) -> None:
    """List the words in which OLD and NEW differ, and the erratum behind each change.

    Each may be an EPUB, a PDF, a plain text, a Markdown file, a folder of chapters or a
    project.  In a project, or with --project, its errata explain changes; what they do not
    is listed.  Blanks, line ends, hyphens at line ends, running heads and folios are no
    changes; of editions of different kinds, neither are title pages and contents.
    """
    from booktools import collate

    entries = _entries(here)
    with here.progress() as progress:
        progress("comparing")
        found = collate.compared(old, new, entries)
    click.echo(_harmless(collate.told(found, form, everything)), nl=False)
    if fail and found.unexplained:
        ctx.exit(EXIT_FINDINGS)


def _entries(here: Session) -> tuple[Entry, ...]:
    """The errata of the project; none outside of any."""
    from booktools import pipeline

    try:
        project = here.project()
    except ConfigError:
        if here.folder:
            raise
        return ()
    return pipeline.errata(project)


def _harmless(text: str) -> str:
    from booktools.report import harmless

    return "".join(harmless(line) + "\n" for line in text.splitlines())
