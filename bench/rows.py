"""What is measured on a book, row by row, and how."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bench.measure import CommandFailed, Sample, run
from bench.peers import Peers
from bench.projects import REPOSITORY, Bench

_BOOKTOOLS = str(Path(sys.executable).with_name("booktools"))
_STAGES = (  # of which project, stage, title, peer that does about the same
    ("recover", "read", "read the dump", ""),
    ("recover", "arrange", "arrange", ""),
    ("recover", "clean", "clean", ""),
    ("recover", "errata", "errata", ""),
    ("recover", "shape", "shape", ""),
    ("recover", "write", "write the manuscript", ""),
    ("recover", "account", "settle the account", ""),
    ("press", "parse", "parse the manuscript (pandoc)", ""),
    ("press", "epub", "EPUB, cover included", "epub"),
    ("press", "pdf", "print", "pdf"),
    ("press", "txt", "plain text", "txt"),
    ("press", "prove-epub", "proof of the EPUB", ""),
    ("press", "prove-pdf", "proof of the PDF", ""),
    ("press", "prove-txt", "proof of the plain text", ""),
    ("press", "check", "checks of the book", ""),
)
_MEGABYTE = (
    ("recover", "many-errata", "5,000 errata on 1 MB of galley", ""),
    ("recover", "unwind", "unwind 1 MB of galley", ""),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `peer` names the row, if any, that its ratio is to.

    `measure` runs it once; without it the row is the sum of the rows in `parts`.
    """

    key: str
    title: str
    group: str
    measure: Callable[[], Sample] | None = None
    peer: str = ""
    parts: tuple[str, ...] = ()


def rows(bench: Bench, pandoc: str, env: dict[str, str], *, long: bool) -> tuple[Row, ...]:
    """The rows of one book in the order in which they are measured."""
    peers = Peers(bench.press, pandoc, env)
    made = peers.kinds()
    group = "Peers"
    out = [
        Row("peer-pdf", "pandoc → HTML → WeasyPrint", group, made["pdf"]),
        Row("peer-epub", "pandoc → EPUB", group, made["epub"]),
        Row("peer-txt", "pandoc → plain text", group, made["txt"]),
        Row("peers", "their three editions", group, parts=("peer-pdf", "peer-epub", "peer-txt")),
    ]
    group = "Commands, as a user types them"
    command = partial(_command, bench, env)
    out += [
        Row("help", "`booktools --help`", group, partial(command, "press", "--help")),
        Row("recover", "`booktools recover`", group, partial(command, "recover", "recover")),
        Row("build", "`booktools build`, cold", group, partial(_cold, bench, env), "peers"),
        Row("again", "`booktools build` again", group, partial(_again, bench, env)),
    ]
    for kind in ("pdf", "epub", "txt"):
        work = partial(command, "press", "build", "--force", "--edition", kind)
        out.append(Row(f"build-{kind}", f"`… --edition {kind}`", group, work, f"peer-{kind}"))
    group = "Stages, each in a fresh process, without the start of Python"
    for project, stage, title, peer in (*_STAGES, *(_MEGABYTE if long else ())):
        work = partial(_stage, bench, env, project, stage)
        out.append(Row(stage, title, group, work, f"peer-{peer}" if peer else ""))
    return tuple(out)


def prepare(bench: Bench, env: dict[str, str]) -> None:
    """Make what stages begin with, and with it warm up the disk and every import."""
    for stage in ("parse", "epub", "pdf", "txt"):
        _stage(bench, env, "press", stage)
    _command(bench, env, "recover", "recover")


def _command(bench: Bench, env: dict[str, str], project: str, *arguments: str) -> Sample:
    return run((_BOOKTOOLS, *arguments), _folder(bench, project), env).sample


def _cold(bench: Bench, env: dict[str, str]) -> Sample:
    shutil.rmtree(bench.press / "dist", ignore_errors=True)
    return _command(bench, env, "press", "build")


def _again(bench: Bench, env: dict[str, str]) -> Sample:
    done = run((_BOOKTOOLS, "build"), bench.press, env)
    if "Nothing has changed" not in done.output:
        raise CommandFailed("the second build was none with nothing changed:\n" + done.output)
    return done.sample


def _stage(bench: Bench, env: dict[str, str], project: str, stage: str) -> Sample:
    folder = _folder(bench, project)
    arguments = (stage, str(folder), str(bench.made))
    command = (sys.executable, "-m", "bench.stages", *arguments)
    done = run(command, folder, env)
    figures = json.loads(done.output.splitlines()[-1])
    held = [size for when, size in done.held if figures["begun"] <= when <= figures["ended"]]
    tree = max([figures["peak"], *held])
    return replace(
        done.sample, cpu=figures["cpu"], wall=figures["wall"], largest=figures["peak"], tree=tree
    )


def _folder(bench: Bench, project: str) -> Path:
    return bench.press if project == "press" else bench.recover


def environment(code: Path) -> dict[str, str]:
    """Ours, with the toolchain's copy and without what would make Python slower or faster."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"PYTHONPATH": os.pathsep.join((str(code), str(REPOSITORY)))}
