"""`booktools errata`: the ledger of corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from booktools.cli.session import Session, session

if TYPE_CHECKING:
    from booktools.errata.entry import Entry


@click.group("errata", epilog="\b\nExamples:\n  booktools errata check\n  booktools errata list")
def command() -> None:
    """Check or list manuscript/errata.toml."""


@command.command("check", epilog="\b\nExample:\n  booktools errata check --format github")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.pass_context
@session
def check(here: Session, ctx: click.Context, form: str) -> None:
    """Check that every accepted erratum applies exactly once.

    One that is not found, ambiguous, overlapping, needless or stale is an error with the
    entry's id, its place in the file and what stands in the text now.
    """
    project = here.project()
    from booktools import pipeline

    with here.progress() as progress:
        findings = pipeline.check_errata(project, progress)
    ctx.exit(here.report(findings, form))


@command.command(
    "list", epilog="\b\nExamples:\n  booktools errata list\n  booktools errata list --state open"
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["open", "accepted", "rejected"]),
    help="Only entries in this state; may be given more than once.",
)
@session
def listing(here: Session, states: tuple[str, ...]) -> None:
    """List the entries: id, state, kind, place, found → wanted, and why."""
    project = here.project()
    from booktools import pipeline

    entries = [e for e in pipeline.errata(project) if not states or e.state.value in states]
    for entry in entries:
        click.echo("\n".join(_lines(entry)))
    for line in pipeline.errata_table(entries):
        here.say(line)


def _lines(entry: Entry) -> list[str]:
    from booktools.report import harmless

    decided = f"  ({entry.decided_by}, {entry.decided_on})" if entry.decided_by else ""
    lines = [
        f"{entry.id}  {entry.state.value}  {entry.kind.value}  {entry.place}",
        f"  source line {entry.line}: “{entry.found}” → “{entry.wanted}”",
        f"  {entry.reason}{decided}",
    ]
    return [harmless(line) for line in lines]
