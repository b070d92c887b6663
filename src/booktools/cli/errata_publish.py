"""`booktools errata page`, `printed`: the corrections told to readers."""

from __future__ import annotations

import click

from booktools.cli.session import Session, session


@click.command(
    "page",
    epilog="\b\nExamples:\n"
    "  booktools errata page                                 dist/SLUG-corrections.html\n"
    "  booktools errata page --format markdown --out -       printed\n"
    "  booktools errata page --printing 2                    what the 2nd printing holds",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown"]),
    default="html",
    show_default=True,
    help="HTML needs no other file; Markdown for a site of your own.",
)
@click.option(
    "--printing", type=click.IntRange(min=1), metavar="N", help="Only what this printing holds."
)
@click.option("--all", "everything", is_flag=True, help="Also open and rejected entries.")
@click.option("--out", metavar="FILE", help="Where it goes; - to print it.")
@session
def page(here: Session, form: str, printing: int | None, everything: bool, out: str | None) -> None:
    """Make the public page of corrections, printing by printing.

    Each one with what stands round it in the book, both readings, and the reason.
    """
    project = here.project()
    from booktools import publish, store

    with here.progress() as progress:
        found = publish.corrections(project, printing or 0, everything, progress)
    text = publish.page(found, form)
    if out == "-":
        click.echo(text, nl=False)
    elif out:
        store.write_loose(out, text.encode())
        here.say(f"wrote {out}")
    else:
        ending = "html" if form == "html" else "md"
        name = f"dist/{project.config.slug}-corrections.{ending}"
        store.write_files(project.root, {name: text.encode()})
        here.say(f"wrote {name}")


@click.command("printed", epilog="\b\nExample:\n  booktools errata printed 2")
@click.argument("printing", type=click.IntRange(min=1), metavar="N")
@session
def printed(here: Session, printing: int) -> None:
    """Say that printing N goes to press with all corrections made so far.

    Accepted entries that no printing has yet get since = N.
    """
    project = here.project()
    from booktools import publish

    entries = publish.printed(project, printing)
    here.say(f"{len(entries)} correction{'s' * (len(entries) != 1)} since printing {printing}.")
