"""`booktools review --tty`: the review in a terminal, with the keys of the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from booktools.desk.desk import Desk


def review(desk: Desk, who: str) -> None:
    """Show card after card and do what the keys say, until q or the end of input."""
    from booktools.desk.walk import Walk
    from booktools.report import harmless
    from booktools.store import terminal_width, wants_colour

    people = desk.get("overview", {})["people"]
    while not who.strip():
        who = click.prompt("Who is deciding?", default=people[0] if people else None, type=str)
    walk = Walk(desk, " ".join(who.split()), _ask)
    walk.look_for()
    colour = wants_colour(sys.stdout)
    key = ""
    while key != "q":
        if colour:
            click.clear()
        click.echo("\n".join(walk.lines(terminal_width(), colour, harmless)))
        try:
            key = click.getchar()
        except (EOFError, KeyboardInterrupt):
            break
        except OSError:
            raise click.UsageError("--tty needs a terminal to read keys from.") from None
        if key == "":
            break
        walk.press(key)
    click.echo("All decisions are in manuscript/errata.toml.")


def _ask(question: str) -> str:
    answer: str = click.prompt(question, default="", show_default=False)
    return answer
