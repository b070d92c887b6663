"""`booktools build`: canonical manuscript → editions in `dist/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from booktools.cli.session import Session, session

if TYPE_CHECKING:
    from booktools.model.artifact import Edition

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
    from booktools import store
    from booktools.model.artifact import Edition

    project = here.project()
    chosen = {Edition(name) for name in wanted} or set(project.config.editions)
    editions = tuple(edition for edition in Edition if edition in chosen)
    # the pipeline looks too, under the lock; not to import it makes this three times as quick
    if not force and store.unchanged(project, store.inputs_of(project), editions):
        _show(here, editions, store.last_manifest(project))
        here.say("Nothing has changed since the last build.")
        return
    from booktools import pipeline

    with here.progress() as progress:
        build = pipeline.build(project, editions, progress, force)
    if code := here.brief(build.findings):
        for line in build.proofs:
            here.say(line)
        here.say("Nothing was written; dist/ is as it was.")
        ctx.exit(code)
    _show(here, editions, build.manifest)


def _show(here: Session, editions: Sequence[Edition], manifest: Mapping[str, Any]) -> None:
    """The files that stand in `dist/`, and the proofs that hold for them."""
    for edition in editions:
        made = manifest["editions"][edition.value]
        here.say(f"{made['file']}  {_size(made['bytes'])}")
    for line in manifest["proofs"]:
        here.say(line)


def _size(count: int) -> str:
    """`412 kB`, `1.3 MB`."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
