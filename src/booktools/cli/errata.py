"""`booktools errata`: the ledger of corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from booktools.cli import errata_decide, errata_publish, errata_suggest
from booktools.cli.session import Session, session

if TYPE_CHECKING:
    from booktools.errata.entry import Entry, Review


_KINDS = ["ocr", "typo", "grammar", "punctuation", "consistency", "print", "query"]


@click.group(
    "errata",
    epilog="\b\nExamples:\n  booktools errata check\n  booktools errata list --state open\n"
    "  booktools errata capture --by ana",
)
def command() -> None:
    """Check, list, decide and capture the corrections in manuscript/errata.toml."""


for _command in (
    errata_suggest.suggest,
    errata_decide.decide,
    errata_decide.revert,
    errata_decide.capture,
    errata_decide.apply,
    errata_publish.page,
    errata_publish.printed,
    errata_publish.export,
    errata_publish.import_,
):
    command.add_command(_command)


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
    "list",
    epilog="\b\nExamples:\n  booktools errata list\n  booktools errata list --state open\n"
    "  booktools errata list --kind ocr --kind typo\n"
    "  booktools errata list --chapter 02-chapter-1 --json",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["open", "accepted", "rejected"]),
    help="Only entries in this state; may be given more than once, as all of these.",
)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only of this kind."
)
@click.option("--rule", "rules", multiple=True, metavar="CODE", help="Only proposed by this rule.")
@click.option("--family", "families", multiple=True, metavar="NAME", help="Only cases of this.")
@click.option(
    "--chapter", "chapters", multiple=True, metavar="FILE", help="Only in this file of the text."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@session
def listing(
    here: Session,
    states: tuple[str, ...],
    kinds: tuple[str, ...],
    rules: tuple[str, ...],
    families: tuple[str, ...],
    chapters: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the entries: id, state, kind, place, found → wanted, and why."""
    project = here.project()
    from booktools import ledger

    with here.progress() as progress:
        entries = ledger.listed(
            project, ledger.Wanted(states, kinds, rules, families, chapters), progress
        )
    if as_json:
        click.echo(ledger.as_json(entries), nl=False)
        return
    for entry in entries:
        click.echo("\n".join(_lines(entry)))
    for line in ledger.table(project, entries):
        here.say(line)


def _lines(entry: Entry) -> list[str]:
    from booktools.report import harmless

    decided = f"  ({entry.decided_by}, {entry.decided_on})" if entry.decided_by else ""
    proposed = f"  {entry.rule} {entry.family}".rstrip() if entry.rule or entry.family else ""
    lines = [
        f"{entry.id}  {entry.state.value}  {entry.kind.value}  {entry.place}{proposed}",
        f"  {_where(entry)}: “{entry.found}” → “{entry.wanted}”",
        f"  {entry.reason}{decided}",
        *(f"  {_review(review)}" for review in entry.reviews),
    ]
    return [harmless(line) for line in lines]


def _where(entry: Entry) -> str:
    return f"{entry.file}:{entry.line}" if entry.file else f"line {entry.line}"


def _review(review: Review) -> str:
    wanted = "" if review.wanted is None else f" “{review.wanted}”"
    why = f": {review.reason}" if review.reason else ""
    return f"{review.by}, {review.on}: {review.state.value}{wanted}{why}"
