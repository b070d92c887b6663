"""`booktools review`: decide on the errata in a browser."""

from __future__ import annotations

import click

from booktools.cli.session import Session, session

EPILOG = """\b
Examples:
  booktools review                        a page in your browser
  booktools review --no-open              print its link only

\b
The page is served on 127.0.0.1 to whoever has the link, until Ctrl-C. Each decision
is put into manuscript/errata.toml at once; `booktools recover` brings it into the book."""


@click.command("review", epilog=EPILOG)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8765,
    show_default=True,
    help="The port to try first; another is taken when it is busy.",
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@session
def command(here: Session, port: int, no_open: bool) -> None:
    """Decide on the errata: accept, reject or edit each suggestion, with its evidence.

    A page shows each suggestion in its sentence and on the page of its source, and how often
    each reading stands elsewhere.  Any other words of the book can be corrected, too.
    """
    project = here.project()
    from booktools.desk.desk import open_desk, serve

    with here.progress() as progress:
        desk = open_desk(project, progress)
    serve(desk, port, browse=not no_open, ready=_ready)
    here.say("Stopped. All decisions are in manuscript/errata.toml.")


def _ready(link: str, opened: bool) -> None:
    """The link goes to standard output even with --quiet: without it nobody gets in."""
    click.echo(("It is open in your browser; if not, use" if opened else "Open") + " this link:")
    click.echo(f"  {link}")
    click.echo("Ctrl-C here ends the review.", err=True)
