"""`booktools recover`: raw sources → canonical manuscript."""

from __future__ import annotations

import click

from booktools.cli.session import Session, session

EPILOG = """\b
Examples:
  booktools recover             write manuscript/text/ from the sources
  booktools recover --check     fail if manuscript/text/ is not what they give
  booktools recover --ledger    what became of every character, rule by rule
  booktools recover --check --edits HYP003      each edit of a rule, and why
  booktools recover --check --edits errata      each correction"""


@click.command("recover", epilog=EPILOG)
@click.option("--check", is_flag=True, help="Write nothing; fail where the manuscript differs.")
@click.option("--ledger", is_flag=True, help="Print the account of all characters of the source.")
@click.option(
    "--edits",
    "rules",
    multiple=True,
    metavar="RULE",
    help="List the edits of a rule or entry, or of “errata” or “all”; may be given more than once.",
)
@click.pass_context
@session
def command(
    here: Session, ctx: click.Context, check: bool, ledger: bool, rules: tuple[str, ...]
) -> None:
    """Make the manuscript from the raw sources.

    The same sources, layout decisions, lexicon and errata give the same bytes.  Every
    character of the sources is in the manuscript, or a named rule or a reviewed entry
    says where it went.
    """
    project = here.project()
    from booktools import pipeline, report, store

    with here.progress() as progress:
        recovery = pipeline.recover(project, progress)
    findings = list(recovery.findings)
    edits = recovery.edits(rules)
    for line in (*(recovery.ledger() if ledger else ()), *edits):
        click.echo(report.harmless(line))
    if rules and not edits:
        click.echo(
            f"No edits by {', '.join(rules)}; --ledger names those that made some.", err=True
        )
    if check:
        findings += pipeline.compare_manuscript(project, recovery)
        code = here.brief(findings)
        if not code:
            here.say(f"The manuscript is what the sources give: {len(recovery.files)} files.")
        ctx.exit(code)
    if recovery.fails:
        here.say("Nothing was written.")
        ctx.exit(here.report(findings))
    with store.build_lock(project.root):
        written, removed = pipeline.write_manuscript(project, recovery)
    for name in written:
        here.say(f"wrote {name}")
    for name in removed:
        here.say(f"removed {name}")
    same = len(recovery.files) - len(written)
    here.say(f"{len(written)} files written, {same} as they were.")
    ctx.exit(here.brief(findings))
