"""`docs/cli.md`, made from the commands' own help: `make docs`."""

from __future__ import annotations

import click

from booktools.cli.main import cli


def markdown() -> str:
    """The whole reference; the same text everywhere, whatever the terminal."""
    parts = ["# Commands\n\nMade from the commands' own help by `make docs`.\n"]
    parts += _sections(cli, None, "booktools")
    return "\n".join(parts)


def _sections(command: click.Command, parent: click.Context | None, name: str) -> list[str]:
    settings = {"terminal_width": 88, "max_content_width": 88, "color": False}
    inherited = {**settings, **command.context_settings, "terminal_width": 88}
    with click.Context(command, parent=parent, info_name=name, **inherited) as ctx:
        sections = [f"## `{ctx.command_path}`\n\n```text\n{command.get_help(ctx).rstrip()}\n```\n"]
        if isinstance(command, click.Group):
            for inner in command.list_commands(ctx):
                found = command.get_command(ctx, inner)
                if found:
                    sections += _sections(found, ctx, inner)
    return sections


if __name__ == "__main__":
    click.echo(markdown(), nl=False)
