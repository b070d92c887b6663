"""`booktools why`: where a word of the editions comes from."""

from __future__ import annotations

import re

import click

from booktools.cli.session import Session, session
from booktools.errors import EXIT_FINDINGS

EPILOG = """\b
Examples:
  booktools why collaterals
  booktools why "Cordones Industriales"
  booktools why --at manuscript/text/03-exile.md:12"""


@click.command("why", epilog=EPILOG)
@click.argument("word", required=False)
@click.option("--at", metavar="FILE:LINE", help="A line of the manuscript or of a source.")
@click.pass_context
@session
def command(here: Session, ctx: click.Context, word: str | None, at: str | None) -> None:
    """Follow a WORD, or a line, back to the source.

    For every place: the manuscript's line, the page and line of the source, and the rule
    or erratum that changed it.  The exit code is 3 when there is no such place.
    """
    if (word is None) == (at is None):
        raise click.UsageError("Give a word, or --at FILE:LINE.", ctx)
    if word is not None and not word.strip():
        raise click.BadParameter("an empty word", ctx, param_hint="WORD")
    file, line = _spot(at, ctx) if at else (None, None)
    project = here.project()
    from booktools import pipeline
    from booktools.report import harmless

    trails = pipeline.why(project, word, file, line)
    for number, trail in enumerate(trails):
        if number:
            click.echo()
        for text in trail.lines():
            click.echo(harmless(text))
    if not trails:
        what = f"“{word}” is not in the manuscript" if word else f"there is no text at {at}"
        click.echo(f"booktools: {harmless(what)}.", err=True)
        ctx.exit(EXIT_FINDINGS)


def _spot(at: str, ctx: click.Context) -> tuple[str, int]:
    file, _, line = at.rpartition(":")
    if not file or not re.fullmatch(r"0*[1-9][0-9]{0,8}", line):
        raise click.BadParameter(
            f"“{at}” is not FILE:LINE, as in manuscript/text/01-a.md:12", ctx, param_hint="--at"
        )
    return file, int(line)
