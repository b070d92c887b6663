"""`booktools errata decide`, `revert`, `capture`: decisions without the review page."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from booktools.cli.session import Session, session
from booktools.errors import EXIT_FINDINGS

if TYPE_CHECKING:
    from booktools.errata.capture import Proposal
    from booktools.errata.entry import Entry

_BY = click.option(
    "--by",
    required=True,
    metavar="WHO",
    envvar="BOOKTOOLS_BY",
    show_envvar=True,
    help="Who decides: a name, or a role such as copy-editor.",
)


@click.command(
    "decide",
    epilog="\b\nExamples:\n"
    "  booktools errata decide E015 E016 --accept --by ana\n"
    "  booktools errata decide E015 --accept --wanted traps --by ana\n"
    '  booktools errata decide Q003 --reject --by ana --reason "so in the first edition"\n'
    "  booktools errata decide E015 --open --by ana\n"
    '  booktools errata decide --family "classroom or class-room" --accept --by ana',
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--family",
    "families",
    multiple=True,
    metavar="NAME",
    help="All open cases of this habit on which WHO has not decided; repeatable.",
)
@click.option("--accept", "state", flag_value="accepted", help="The wanted reading is right.")
@click.option("--reject", "state", flag_value="rejected", help="What stands there is right.")
@click.option("--open", "state", flag_value="open", help="Take back what you decided before.")
@click.option("--wanted", metavar="TEXT", help="Accept this reading instead; for one entry.")
@click.option("--reason", default="", metavar="TEXT", help="Why; kept with the decision.")
@_BY
@session
def decide(
    here: Session,
    ids: Sequence[str],
    families: Sequence[str],
    state: str,
    wanted: str | None,
    reason: str,
    by: str,
) -> None:
    """Accept or reject entries, by ID or a whole family, in manuscript/errata.toml.

    Where book.toml asks for several reviewers, an entry stays open until so many agree.
    Nothing else in the file is touched.
    """
    if state is None:
        raise click.UsageError("Say --accept, --reject or --open.")
    if not (ids or families):
        raise click.UsageError("Say which: ID or --family NAME.")
    if wanted is not None and (state != "accepted" or len(ids) != 1 or families):
        raise click.UsageError("--wanted goes with --accept and a single ID.")
    _decide(here, ids, state, by, reason, wanted, families)


@click.command(
    "revert",
    epilog='\b\nExample:\n  booktools errata revert E015 --by ana --reason "the dialect of the '
    'south"',
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--reason", required=True, metavar="TEXT", help="Why the old reading is right.")
@_BY
@session
def revert(here: Session, ids: Sequence[str], reason: str, by: str) -> None:
    """Take corrections back.

    The entry becomes a rejected one: both readings, and who was for which, stay in
    manuscript/errata.toml for ever.
    """
    _decide(here, ids, "rejected", by, reason)


def _decide(
    here: Session,
    ids: Sequence[str],
    state: str,
    by: str,
    reason: str,
    wanted: str | None = None,
    families: Sequence[str] = (),
) -> None:
    project = here.project()
    from booktools import ledger, store

    decision = ledger.decision(by, store.this_day(), state, wanted, reason)
    told = ledger.decide(project, ids, decision, families)
    for entry, changed in told:
        already = "" if changed else " already"
        here.say(f"{entry.id}: {entry.state.value}{already}, “{entry.found}” → “{entry.wanted}”")
        if entry.state.value != state:
            here.say(f"  more of the {project.config.required_reviews} reviewers have to agree")
    decided = [entry for entry, changed in told if changed]
    if not decided:
        return
    if project.config.sources:
        here.say("To the manuscript: booktools recover")
        return
    if any(entry.state.value != "open" for entry in decided):
        here.say("Then: booktools errata apply")


@click.command(
    "capture",
    epilog="\b\nExamples:\n"
    "  booktools errata capture --by ana                       asks for each reason\n"
    '  booktools errata capture --by ana --reason "misprints seen in proof"\n'
    "  booktools errata capture --list                         only shows what it would enter",
)
@click.option("--by", metavar="WHO", envvar="BOOKTOOLS_BY", show_envvar=True, help="Who decides.")
@click.option("--reason", default="", metavar="TEXT", help="Why; asked for on a terminal.")
@click.option("--list", "only_list", is_flag=True, help="Enter nothing; show what it would be.")
@click.pass_context
@session
def capture(
    here: Session, ctx: click.Context, by: str | None, reason: str, only_list: bool
) -> None:
    """Make entries of what somebody changed by hand in manuscript/text/.

    Every changed word becomes an accepted entry, so that booktools recover makes the
    edited text again.  Lines broken elsewhere are no change.  Paragraphs that came, went,
    moved, were joined or divided are listed, with what to do; the exit code is then 3.
    """
    asked = sys.stdin is not None and sys.stdin.isatty()
    if not only_list and not by:
        raise click.UsageError("Say who decides: --by WHO.")
    if not (only_list or reason or asked):
        raise click.UsageError("Say why: --reason TEXT.  On a terminal each is asked for.")
    project = here.project()
    from booktools import handwork

    with here.progress() as progress:
        work = handwork.handwork(project, progress)
    proposals = work.captured.proposals
    if only_list or not proposals:
        for proposal in proposals:
            click.echo("\n".join(_lines(proposal)))
        here.say(f"{len(proposals)} correction{'s' * (len(proposals) != 1)} to capture.")
        left = work.captured.left
        ctx.exit(here.report(left) if left else EXIT_FINDINGS if proposals else 0)
    reasons = [(proposal, reason or _ask(proposal)) for proposal in proposals]
    with here.progress() as progress:
        entries, left = handwork.record_handwork(project, work, reasons, by or "", progress)
    for entry in entries:
        here.say(_made(entry))
    if not entries:
        here.say("Nothing was entered.")
    ctx.exit(here.report(left) if left else 0)


def _ask(proposal: Proposal) -> str:
    click.echo("\n".join(_lines(proposal)))
    said: str = click.prompt("  why")
    return said


def _lines(proposal: Proposal) -> list[str]:
    from booktools.report import harmless

    entry = proposal.entry
    lines = [f"{proposal.place}"]
    if entry is None:
        lines.append(f"  takes back {', '.join(proposal.replaces)}")
    else:
        known = f"{entry.id}: " if proposal.known else ""
        lines.append(f"  {known}“{entry.found}” → “{entry.wanted}”  ({entry.kind.value})")
        if proposal.replaces:
            lines.append(f"  in place of {', '.join(proposal.replaces)}")
    return [harmless(line) for line in lines]


def _made(entry: Entry) -> str:
    return f"{entry.id}: {entry.state.value}, “{entry.found}” → “{entry.wanted}”"


@click.command("apply", epilog="\b\nExample:\n  booktools errata apply")
@click.pass_context
@session
def apply(here: Session, ctx: click.Context) -> None:
    """Make the accepted corrections in manuscript/text/, for a book without sources.

    Each is made once, however often this is run, wherever its sentence stands by now; one that
    was made and then reverted is taken back.  A
    correction that would change more than its words is listed; the exit code is then 3.
    """
    project = here.project()
    from booktools import ledger

    with here.progress() as progress:
        done, files, left = ledger.apply_to_manuscript(project, progress)
    for name in files:
        here.say(f"wrote {name}")
    for what, count in (("made", len(done.made)), ("taken back", len(done.back))):
        if count or what == "made":
            here.say(f"{count} correction{'s' * (count != 1)} {what}.")
    ctx.exit(here.report(left) if left else 0)
