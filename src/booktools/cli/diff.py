"""`booktools diff`: two states of a book, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from booktools.cli.session import Session, session
from booktools.errors import EXIT_FINDINGS, ConfigError

if TYPE_CHECKING:
    from booktools.store import Project

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
    project.  In a project, or with --project, its errata explain changes, each the one at its
    own place; what they do not is listed.  Blanks, line ends, hyphens at line ends and folios
    are no changes, nor are contents, menus and running heads that repeat the text; of editions
    of different kinds, neither are title pages.
    """
    from booktools import collate, ledger, pipeline

    project = _project(here)
    with here.progress() as progress:
        progress("comparing")
        if project:
            config = project.config
            numbers = [printing.number for printing in config.printings]
            found = collate.compared(
                old,
                new,
                pipeline.counting(project),
                config.transcribers_note,
                ledger.around(project, progress),
                collate.imprints(numbers, config.meta.language),
            )
        else:
            found = collate.compared(old, new, ())
    click.echo(_harmless(collate.told(found, form, everything)), nl=False)
    if fail and found.unexplained:
        ctx.exit(EXIT_FINDINGS)


def _project(here: Session) -> Project | None:
    """The project whose errata explain changes; none outside of any."""
    try:
        return here.project()
    except ConfigError:
        if here.folder:
            raise
        return None


def _harmless(text: str) -> str:
    from booktools.report import harmless

    return "".join(harmless(line) + "\n" for line in text.splitlines())
