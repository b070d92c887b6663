"""`booktools`: the group of commands, and how each kind of failure ends."""

from __future__ import annotations

import errno
import gc
import sys
import traceback
from collections.abc import Sequence
from typing import Any, Final

import click

from booktools.cli import build, check, completion, diff, errata, new, recover, review, why
from booktools.cli.session import Session
from booktools.errors import (
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    BooktoolsError,
    EngineMissing,
    ManuscriptError,
)

EXIT_UNEXPECTED: Final = 70
EXIT_PIPE: Final = 141  # as if SIGPIPE had ended us, which is what the shell expects

# What the machine lacks, wherever it shows: on a full disk even to print fails.
_LACKS: Final = {
    errno.ENOSPC: ("the disk is full", "Free some space."),
    errno.EDQUOT: ("your quota is used up", "Free some space."),
    errno.EMFILE: ("too many files are open", "Raise the limit: ulimit -n 1024"),
    errno.ENFILE: ("too many files are open on this machine", "End some programs."),
    errno.ENOMEM: ("there is not enough memory", "End some programs."),
    errno.EAGAIN: ("no more processes may be started", "End some programs."),
}

EPILOG = """\b
Examples:
  booktools build                 all editions of the book into dist/
  booktools check --format json   every finding, for a program
  booktools why collaterals       where a word comes from
  booktools new my-book           a fresh project that builds at once

\b
Exit codes: 0 done, 2 wrong usage, 3 findings at or above the threshold,
4 book.toml or a ledger, 5 a source, 6 the manuscript or the disk,
7 an engine is missing, 8 an engine failed, 70 a fault in booktools,
130 interrupted."""


class Front(click.Group):
    """A group that turns every failure into a sentence and an exit code; 1 is never ours."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except (KeyboardInterrupt, click.Abort):
            tell("interrupted; the editions in dist/ are whole.")
            ctx.exit(EXIT_INTERRUPTED)
        except BooktoolsError as error:
            tell(str(error))
            ctx.exit(error.exit_code)
        except Exception as error:
            if isinstance(error, BrokenPipeError):
                raise  # click knows what to do
            debug = ctx.params.get("debug", False)
            if (lack := of_the_machine(error)) and not debug:
                tell(str(lack))
                ctx.exit(lack.exit_code)
            apologise(error, debug)
            ctx.exit(EXIT_UNEXPECTED)


def tell(message: str) -> None:
    """A sentence on standard error."""
    from booktools.report.order import harmless

    click.echo(f"booktools: {harmless(message)}", err=True)


def of_the_machine(error: Exception) -> BooktoolsError | None:
    """What is no fault of ours: a library that is missing, a machine at its limits."""
    if isinstance(error, ImportError) and not (error.name or "").startswith("booktools"):
        remedy = "Install booktools anew, with all that it needs: pip install booktools"
        return EngineMissing(f"a library cannot be loaded: {error}", hint=remedy)
    number = errno.ENOMEM if isinstance(error, MemoryError) else getattr(error, "errno", None)
    if number not in _LACKS:
        return None
    what, hint = _LACKS[number]
    return ManuscriptError(what, hint=hint)


def apologise(error: Exception, debug: bool) -> None:
    """Say that the fault is ours, and how to see more of it."""
    if debug:
        from booktools.report.order import harmless

        click.echo(harmless("".join(traceback.format_exception(error))), err=True, nl=False)
    said = f": {error}" if str(error) else ""
    tell(
        f"sorry, this is a fault in booktools, not in your book: {type(error).__name__}{said}\n"
        "  What was in dist/ before is whole."
        + ("" if debug else "  For a report, run it again as: booktools --debug …")
    )


def tell_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    """`--version`."""
    if asked and not ctx.resilient_parsing:
        from booktools import __version__

        click.echo(f"booktools {__version__}")
        ctx.exit()


@click.group(
    cls=Front,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--project",
    "folder",
    type=click.Path(),
    default="",
    metavar="DIR",
    help="The book project; without it the nearest one upwards from here.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only findings and errors.")
@click.option("--debug", is_flag=True, help="Show a traceback when booktools itself fails.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=tell_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context, folder: str, quiet: bool, debug: bool) -> None:
    """From a raw text to one manuscript, and from it to EPUB, print PDF and plain text
    that say the same, word for word."""
    ctx.obj = Session(folder, quiet, debug)


for _command in (
    recover.command,
    build.command,
    check.command,
    why.command,
    errata.command,
    diff.command,
    review.command,
    new.command,
    completion.command,
):
    cli.add_command(_command)


def spare_garbage() -> None:
    """Look for garbage in cycles seldom, in this process."""
    # Frozen values in great numbers and hardly a cycle: looking for garbage at every 700th
    # of them costs a tenth of the time and finds nothing.
    gc.set_threshold(500_000, 20, 100)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (default: this process's); give the exit code."""
    spare_garbage()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(arguments, prog_name="booktools", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except (KeyboardInterrupt, click.Abort):
        return EXIT_INTERRUPTED
    except SystemExit:  # click's way out when nobody reads our output any more
        return EXIT_PIPE
    except Exception as error:
        apologise(error, debug=False)
        return EXIT_UNEXPECTED


def main() -> None:
    """The console script."""
    sys.exit(run())
