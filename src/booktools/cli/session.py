"""What every command shares: the project, where to talk to, and how loudly."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from booktools.model.finding import Finding
    from booktools.store import Project


class Progress:
    """The step at work, on a line of its own on a terminal; nothing in a pipe or in CI."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown

    def __call__(self, step: str) -> None:
        if self.shown:
            click.echo(f"\r\x1b[2K{step} …", err=True, nl=False)

    def clear(self) -> None:
        if self.shown:
            click.echo("\r\x1b[2K", err=True, nl=False)


@dataclass
class Session:
    """The options given before the command's name."""

    folder: str = ""
    quiet: bool = False
    debug: bool = False

    def project(self) -> Project:
        """Open the project.  Raises ConfigError."""
        from booktools.store import open_project

        return open_project(self.folder)

    def project_if_any(self) -> Project | None:
        """The project, None when we are in none and none is named.  Raises ConfigError."""
        from booktools.store import find_project, open_project

        return open_project(self.folder) if self.folder or find_project() else None

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        from booktools.store import is_terminal

        shown = Progress(not self.quiet and is_terminal(sys.stderr))
        try:
            yield shown
        finally:
            shown.clear()

    def say(self, text: str, *, err: bool = False) -> None:
        """What was done; --quiet keeps it back.  `err`: not among what is written out."""
        from booktools.report import harmless

        if not self.quiet:
            click.echo(harmless(text), err=err)

    def report(
        self,
        findings: Sequence[Finding],
        form: str = "text",
        fail_on: str = "error",
        *,
        err: bool = False,
    ) -> int:
        """Print findings to standard output, or to standard error; give the exit code."""
        from booktools import report
        from booktools.store import wants_colour

        colour = wants_colour(sys.stderr if err else sys.stdout)
        style = report.Style(_version(form), fail_on, colour)
        click.echo(report.render(findings, form, style), nl=False, color=style.colour, err=err)
        return report.exit_code(findings, fail_on)

    def brief(self, findings: Sequence[Finding], *, err: bool = False) -> int:
        """Print warnings and errors only, and say how many notes there are; exit code."""
        from booktools.model.finding import Severity

        grave = [finding for finding in findings if finding.severity is not Severity.NOTE]
        code = self.report(grave, err=err) if grave else 0
        notes = len(findings) - len(grave)
        if notes:
            self.say(f"{notes} note{'s' * (notes > 1)}: booktools check lists them.", err=err)
        return code


def _version(form: str) -> str:
    """Ours, where a form of report tells it."""
    if form not in ("json", "sarif"):
        return ""
    from booktools import __version__

    return __version__


session = click.make_pass_decorator(Session, ensure=True)
