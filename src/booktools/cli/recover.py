"""`booktools recover`: raw sources → canonical manuscript, or loose texts → typed blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from booktools.cli.loose import of_files
from booktools.cli.session import Session, session

if TYPE_CHECKING:
    from booktools.recovery import Recovery

EPILOG = """\b
Examples:
  booktools recover             write manuscript/text/ from the sources
  booktools recover --check     fail if manuscript/text/ is not what they give
  booktools recover --ledger    what became of every character, rule by rule
  booktools recover --check --edits HYP003      each edit of a rule, and why
  booktools recover --check --edits errata      each correction

\b
Without a project:
  booktools recover dump.txt --blocks book.json
  booktools recover book.pdf --blocks book.json
  booktools recover pages/ --blocks - --lang es
  pdftotext book.pdf - | booktools recover - --blocks book.json
  booktools recover scan.pdf --ocr --lang es    Tesseract reads it into scan.hocr
  booktools recover scan.tif --ocr              all pages of a TIFF"""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def tags(ctx: click.Context, option: click.Parameter, named: Sequence[str]) -> tuple[str, ...]:
    for tag in named:
        if not _TAG.fullmatch(tag):
            raise click.BadParameter(f"“{tag}” is no language; write en, es, pt-BR, …")
    return tuple(named)


@click.command("recover", epilog=EPILOG)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--check", is_flag=True, help="Write nothing; fail where the manuscript differs.")
@click.option("--lines", is_flag=True, help="Print the source, each line with its number and page.")
@click.option("--ledger", is_flag=True, help="Print the account of all characters of the source.")
@click.option(
    "--edits",
    "rules",
    multiple=True,
    metavar="RULE",
    help="List the edits of a rule or entry, or of “errata” or “all”; may be given more than once.",
)
@click.option(
    "--blocks", metavar="OUT", help="Where the typed blocks of FILE go, as JSON; - to print them."
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="TAG",
    callback=tags,
    help="A language of FILE, as es; may be repeated.  Without it, the text is asked.",
)
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "latin-1", "windows-1252", "utf-16", "mac-roman"]),
    default="utf-8",
    show_default=True,
    help="How the letters of text FILEs are written.",
)
@click.option(
    "--ocr",
    is_flag=True,
    help="Read the pages of FILE, a scan (PDF, TIFF, PNG, JPEG), with Tesseract into a .hocr file "
    "beside it.",
)
@click.pass_context
@session
def command(
    here: Session,
    ctx: click.Context,
    files: tuple[str, ...],
    check: bool,
    lines: bool,
    ledger: bool,
    rules: tuple[str, ...],
    blocks: str | None,
    languages: tuple[str, ...],
    encoding: str,
    ocr: bool,
) -> None:
    """Make the manuscript from the raw sources.

    The same sources, layout decisions, lexicon and errata give the same bytes.  Every
    character of the sources is in the manuscript, or a named rule or a reviewed entry
    says where it went.  Words that somebody changed by hand in the manuscript are not written
    over: booktools errata capture makes entries of them.

    With FILEs no project is needed.  They are PDF files, texts or folders of page texts, or
    documents (.docx, .odt, .epub, .html, .tex, .md), and are taken end to end; their headings,
    paragraphs, captions, notes and verse, put together again, are written to OUT.
    """
    if files or blocks or languages or ocr:
        if not files:
            raise click.UsageError("name the FILE that is to be recovered")
        if check or lines or ledger or rules:
            raise click.UsageError("FILEs go without --check, --lines, --ledger and --edits")
        ctx.exit(of_files(here, files, blocks or "", languages, encoding, ocr=ocr))
    project = here.project()
    from booktools import asking, handwork, pipeline, store

    with here.progress() as progress:
        recovery = pipeline.recover(project, progress)
    findings = list(recovery.findings)
    _show(recovery, lines, ledger, rules)
    if check:
        findings += pipeline.compare_manuscript(project, recovery)
        code = here.brief(findings)
        if not code:
            here.say(f"The manuscript is what the sources give: {len(recovery.files)} files.")
        ctx.exit(code)
    if recovery.fails:
        here.say("Nothing was written.")
        ctx.exit(here.report(findings))
    with here.progress() as progress:
        handwork.refuse_to_lose(project, recovery.files, progress)
    with store.build_lock(project.root):
        written, removed = pipeline.write_manuscript(project, recovery)
        entered = asking.enter(project, recovery)
    for name in written:
        here.say(f"wrote {name}")
    for name in removed:
        here.say(f"removed {name}")
    for line in entered.lines():
        here.say(line)
    same = len(recovery.files) - len(written)
    here.say(f"{len(written)} files written, {same} as they were.")
    ctx.exit(here.brief(findings))


def _show(recovery: Recovery, lines: bool, ledger: bool, rules: Sequence[str]) -> None:
    """Print what was asked for: the source's lines, the ledger, the edits of rules."""
    from booktools import report

    edits = recovery.edits(rules)
    told = (*(recovery.lines() if lines else ()), *(recovery.ledger() if ledger else ()), *edits)
    for line in told:
        click.echo(report.harmless(line))
    if rules and not edits:
        click.echo(
            f"No edits by {', '.join(rules)}; --ledger names those that made some.", err=True
        )
