"""`booktools build`: canonical manuscript → editions in `dist/`."""

from __future__ import annotations

import click

from booktools.cli.session import Session, session

EPILOG = """\b
Examples:
  booktools build                          all editions that book.toml lists
  booktools build --edition pdf            only the print PDF
  booktools build --edition epub --force   build it although nothing has changed"""


@click.command("build", epilog=EPILOG)
@click.option(
    "--edition",
    "wanted",
    multiple=True,
    type=click.Choice(["epub", "pdf", "txt"]),
    help="Build this edition only; may be given more than once.",
)
@click.option("--force", is_flag=True, help="Build although nothing has changed.")
@click.pass_context
@session
def command(here: Session, ctx: click.Context, wanted: tuple[str, ...], force: bool) -> None:
    """Build the editions and prove that they say the same.

    The finished files are opened again and their letters compared with the manuscript's;
    a difference that no declared rule explains fails the build.  The same inputs give the
    same bytes; when nothing has changed, nothing is built.
    """
    from booktools.model.artifact import Edition

    project = here.project()
    from booktools import pipeline

    chosen = {Edition(name) for name in wanted} or set(project.config.editions)
    editions = tuple(edition for edition in Edition if edition in chosen)
    with here.progress() as progress:
        build = pipeline.build(project, editions, progress, force)
    code = here.brief(build.findings)
    if code:
        here.say("Nothing was written; what stands in dist/ is of an earlier build.")
        ctx.exit(code)
    for edition in editions:
        made = build.manifest.get("editions", {}).get(edition.value)
        if made:
            here.say(f"{made['file']}  {_size(made['bytes'])}")
    for line in build.proofs:
        here.say(line)
    if build.unchanged:
        here.say("Nothing has changed since the last build.")


def _size(count: int) -> str:
    """`412 kB`, `1.3 MB`."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
