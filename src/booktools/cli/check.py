"""`booktools check`: all findings over manuscript, ledgers and editions."""

from __future__ import annotations

import click

from booktools.cli.session import Session, session

EPILOG = """\b
Examples:
  booktools check                              for people
  booktools check --format sarif > book.sarif  for a code host
  booktools check --fail-on warning            exit 3 from warnings on
  booktools check --no-epubcheck               without Java, in a second"""


@click.command("check", epilog=EPILOG)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["note", "warning", "error", "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 3.",
)
@click.option("--no-epubcheck", is_flag=True, help="Leave EPUBCheck out (it needs Java).")
@click.pass_context
@session
def command(here: Session, ctx: click.Context, form: str, fail_on: str, no_epubcheck: bool) -> None:
    """List every finding, traced to the manuscript's line.

    Nothing is changed.  The editions that are checked are those in dist/: build first.
    """
    project = here.project()
    from booktools import pipeline

    with here.progress() as progress:
        findings = pipeline.check(project, not no_epubcheck, progress)
    ctx.exit(here.report(findings, form, fail_on))
