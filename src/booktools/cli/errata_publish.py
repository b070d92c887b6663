"""`booktools errata page`, `printed`, `export`, `import`: the corrections told outside."""

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

    Accepted entries that no printing has yet get since = N, those that an earlier printing had
    and that were taken back get until = N.
    """
    project = here.project()
    from booktools import publish

    entries = publish.printed(project, printing)
    back = sum(not entry.accepted for entry in entries)
    made = len(entries) - back
    more = f", {back} taken back in it" if back else ""
    here.say(f"{made} correction{'s' * (made != 1)} since printing {printing}{more}.")


@click.command(
    "export",
    epilog="\b\nExamples:\n"
    "  booktools errata export --format patch > corrections.patch\n"
    "  booktools errata export --format csv --out errata.csv      for a spreadsheet\n"
    "  booktools errata export --format tei --state accepted --out errata.xml\n"
    "  booktools errata export --format pg                        for Project Gutenberg",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["patch", "tei", "pg", "csv"]),
    required=True,
    help="A unified patch of the text, TEI, Project Gutenberg’s errata mail, or a table.",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["open", "accepted", "rejected"]),
    help="Only entries in this state, in tei and csv; patch and pg hold accepted ones.",
)
@click.option("--out", metavar="FILE", help="Where it goes; printed without it.")
@session
def export(here: Session, form: str, states: tuple[str, ...], out: str | None) -> None:
    """Give the corrections to others, in their form.

    What is in csv and tei comes back with: booktools errata import.
    """
    project = here.project()
    from booktools import publish, store

    with here.progress() as progress:
        text = publish.exported(project, form, states, progress)
    if out and out != "-":
        mark = "\ufeff" if form == "csv" else ""  # else spreadsheets take it for Latin-1
        store.write_loose(out, (mark + text).encode())
        here.say(f"wrote {out}")
    else:
        click.echo(text, nl=False)


@click.command(
    "import",
    epilog="\b\nExamples:\n"
    "  booktools errata import answers.json              of a review by mail\n"
    "  booktools errata import errata.csv --by ana       decisions without a name are hers\n"
    "  booktools errata import errata.csv --rest rest.csv   what was not merged, to be put right",
)
@click.argument("file")
@click.option(
    "--by", default="", metavar="WHO", envvar="BOOKTOOLS_BY", show_envvar=True, help="Who decides."
)
@click.option(
    "--rest", metavar="FILE", help="Where corrections go that were not merged, as a table (CSV)."
)
@click.pass_context
@session
def import_(here: Session, ctx: click.Context, file: str, by: str, rest: str | None) -> None:
    """Merge answers, a table or TEI into manuscript/errata.toml.

    FILE is what the review page saved, or an export that somebody worked on.  Twice is as
    once.  Each correction is tried on the text: what stands nowhere or in several places is
    listed with the nearest text, and so is what somebody else decided otherwise meanwhile.
    That is not merged; the exit code is then 3.
    """
    project = here.project()
    from booktools import publish, store

    with here.progress() as progress:
        merged = publish.imported(project, file, by, progress)
    if rest and merged.rest:
        store.write_loose(rest, ("\ufeff" + publish.rest_csv(merged)).encode())
        here.say(f"wrote {rest}")
    here.say(
        f"{len(merged.added)} added, {len(merged.changed)} changed, {merged.known} known already, "
        f"{len(merged.findings)} not merged."
    )
    ctx.exit(here.report(merged.findings) if merged.findings else 0)
