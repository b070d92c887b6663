"""`booktools errata suggest`: what looks wrong."""

from __future__ import annotations

import json

import click

from booktools.cli.recover import tags
from booktools.cli.session import Session, session

EPILOG = """\b
Examples:
  booktools errata suggest                    what looks wrong in the book, habit by habit
  booktools errata suggest --rule SPL001      of one rule only
  booktools errata suggest --write            enter it as open questions into the ledger
  booktools errata suggest --format github    as notes on a pull request

\b
Without a project:
  booktools errata suggest chapter.txt
  booktools errata suggest chapter.txt --json out.json --lang fr"""

# In a single text words are asked about; in a book marks and variants too, of which fewer
# turn out to be wrong.
_TEXT, _BOOK = 0.35, 0.25


@click.command("suggest", epilog=EPILOG)
@click.argument("file", metavar="[FILE]", required=False)
@click.option(
    "--json", "out", metavar="OUT", help="Where the findings go as JSON; - to print them."
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="TAG",
    callback=tags,
    help="A language of FILE, as es, the main one first.  Without it, the text is asked.",
)
@click.option("--rule", "rules", multiple=True, metavar="CODE", help="Only findings of this rule.")
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=None,
    help="Only what is wrong with at least this probability; 0.25 for a book, 0.35 for FILE.",
)
@click.option("--write", is_flag=True, help="Enter what is found as open entries.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@session
def suggest(
    here: Session,
    file: str | None,
    out: str | None,
    languages: tuple[str, ...],
    rules: tuple[str, ...],
    least: float | None,
    write: bool,
    form: str,
) -> None:
    """Propose what looks wrong, with the reading that may be meant, and why.

    Nothing of the text is changed: people decide.  In a project what stands in the ledger
    already is not proposed again, whether accepted, rejected or open, nor is a good word of
    manuscript/lexicon.txt.  A rejected entry keeps its finding silent as long as its context
    stands.
    """
    if file is not None:
        if write or form != "text":
            raise click.UsageError("--write and --format are for the book of a project.")
        _loose(here, file, out, languages, rules, _TEXT if least is None else least)
    else:
        _project(here, out, rules, _BOOK if least is None else least, write, form)


def _loose(
    here: Session,
    file: str,
    out: str | None,
    languages: tuple[str, ...],
    rules: tuple[str, ...],
    least: float,
) -> None:
    from booktools import suggest as finder
    from booktools.store import read_loose

    ((_, text),) = read_loose([file])
    with here.progress() as progress:
        found = finder.in_text(text, languages, progress, least=least)
    found = tuple(one for one in found if not rules or one.rule in rules)
    if out is not None:
        _give(out, finder.as_json(found))
    else:
        _say(finder.listed(finder.shown(found, text, file)))


def _project(
    here: Session,
    out: str | None,
    rules: tuple[str, ...],
    least: float,
    write: bool,
    form: str,
) -> None:
    project = here.project()
    from booktools import proposals
    from booktools import suggest as finder

    with here.progress() as progress:
        made = proposals.propose(project, progress, least)
    found = [one for one in made.found if not rules or one.suggestion.rule in rules]
    if write:
        entries = proposals.enter(project, found)
        here.say(f"{len(entries)} open entries added to manuscript/errata.toml")
        left = sum(1 for one in found if one.entry is None)
        if left:
            here.say(f"{left} findings could not be entered: booktools errata suggest lists them")
    elif out is not None:
        rows = [one.suggestion.json() | {"place": str(one.place)} for one in found]
        _give(out, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    elif form != "text":
        here.report(proposals.findings(found), form)
    else:
        rows_ = [finder.Shown(one.suggestion, str(one.place), one.around) for one in found]
        _say(finder.listed(rows_))
        here.say(f"{made.silenced} more stand in the ledger")


def _give(out: str, text: str) -> None:
    from booktools.store import write_loose

    if out == "-":
        click.echo(text, nl=False)
    else:
        write_loose(out, text.encode())


def _say(lines: list[str]) -> None:
    from booktools.report import harmless

    for line in lines:
        click.echo(harmless(line))
