"""`booktools completion`: the script that completes commands in a shell."""

from __future__ import annotations

import click

EPILOG = """\b
Examples:
  bash:  booktools completion bash >> ~/.bashrc
  zsh:   booktools completion zsh >> ~/.zshrc
  fish:  booktools completion fish > ~/.config/fish/completions/booktools.fish"""


@click.command("completion", epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete commands and options with Tab."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # the choice lists shells that click knows
    root = ctx.find_root()
    click.echo(kind(root.command, {}, "booktools", "_BOOKTOOLS_COMPLETE").source())
