"""`booktools review`: decide on the errata in a browser, by mail or in the terminal."""

from __future__ import annotations

import click

from booktools.cli.session import Session, session

EPILOG = """\b
Examples:
  booktools review                        a page in your browser
  booktools review --no-open              print its link only
  booktools review --export review.html   a page to mail to a volunteer
  booktools review --tty                  in this terminal

\b
The page is served on 127.0.0.1 to whoever has the link, until Ctrl-C. Each decision
is put into manuscript/errata.toml at once; `booktools recover` brings it into the book.
The answers of an exported page come back as a file: booktools errata import answers-NAME.json"""


# Seconds after which the page opens though a long book is still being read.
_PATIENCE = 0.5


@click.command("review", epilog=EPILOG)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8765,
    show_default=True,
    help="The port to try first; another is taken when it is busy.",
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option(
    "--export",
    "file",
    type=click.Path(dir_okay=False),
    default=None,
    metavar="FILE",
    help="Write one self-contained page instead, to be mailed.",
)
@click.option(
    "--pictures",
    type=click.IntRange(0, 200),
    default=10,
    show_default=True,
    metavar="MB",
    help="With --export: how much of the page's size pictures of scans may have.",
)
@click.option("--tty", is_flag=True, help="Review in the terminal, with the same keys.")
@click.option("--who", default="", metavar="NAME", help="Who decides, with --tty.")
@click.pass_context
@session
def command(
    here: Session,
    ctx: click.Context,
    port: int,
    no_open: bool,
    file: str | None,
    pictures: int,
    tty: bool,
    who: str,
) -> None:
    """Decide on the errata: accept, reject or edit each suggestion, with its evidence.

    A page shows each suggestion in its sentence and on the page of its source, and how often
    each reading stands elsewhere.  Any other words of the book can be corrected, too.
    """
    if file is not None and tty:
        raise click.UsageError("--export and --tty are two different reviews.", ctx)
    project = here.project()
    from booktools.desk.desk import mailed, open_desk, serve

    with here.progress() as progress:
        served = file is None and not tty
        desk = open_desk(project, progress, _PATIENCE if served else None)
    if file is not None:
        from booktools.store import write_loose

        with here.progress() as progress:
            made = mailed(desk, pictures * 10**6, progress)
        write_loose(file, made.page.encode())
        shown = f", {made.pictures:,} with a picture of its place" if made.pictures else ""
        many = f"{made.cards:,} open suggestion{'s' * (made.cards != 1)}"
        here.say(f"wrote {file}: {many}{shown}, to be mailed.")
        if made.left_out and pictures:
            here.say(
                f"{made.left_out:,} go without a picture: all would be more than "
                f"{pictures} MB (--pictures)."
            )
        here.say("The answers come back as a file: booktools errata import answers-NAME.json")
        return
    if tty:
        from booktools.cli.review_tty import review

        review(desk, who)
        return
    serve(desk, port, browse=not no_open, ready=_ready)
    here.say("Stopped. All decisions are in manuscript/errata.toml.")


def _ready(link: str, opened: bool) -> None:
    """The link goes to standard output even with --quiet: without it nobody gets in."""
    click.echo(("It is open in your browser; if not, use" if opened else "Open") + " this link:")
    click.echo(f"  {link}")
    click.echo("Ctrl-C here ends the review.", err=True)
