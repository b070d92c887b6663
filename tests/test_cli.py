"""The command line: what each command calls, prints and exits with."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import booktools
from booktools import newproject
from booktools.cli import reference
from booktools.cli.main import cli, run
from booktools.errata.ledger import parse_errata
from booktools.errors import EngineMissing, ManuscriptError, SourceError
from booktools.model.artifact import Artifact, Edition
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place
from booktools.store import inputs_of, make_manifest, write_dist

UUID = "urn:uuid:fd84f62a-e973-5ea2-9edf-f8e7ce30c89b"
NOTE = Finding("IMG001", Severity.NOTE, "no image", Place("manuscript/text/01-a.md", 3))
WARNING = Finding("QUO001", Severity.WARNING, "odd quotes", Place("manuscript/text/01-a.md", 4))
ERROR = Finding("EPB001", Severity.ERROR, "not valid", Place("manuscript/text/01-a.md", 5))


ERRATA = "".join(
    f"""[[erratum]]
id = "E{number}"
line = {number}
found = "teh"
wanted = "the"
context = "over teh hills"
kind = "typo"
reason = "transposed"
state = "{state}"
"""
    + ("" if state == "open" else 'decided_by = "copy-editor"\ndecided_on = 2021-05-31\n')
    for number, state in enumerate(["open", "accepted", "accepted"], 1)
)


@dataclass
class FakePipeline:
    """Answers as the pipeline does, and remembers how it was asked."""

    findings: tuple[Finding, ...] = ()
    differences: tuple[Finding, ...] = ()
    fails: BaseException | None = None
    trails: tuple[Any, ...] = ()
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def _ask(self, *what: Any) -> None:
        self.asked.append(what)
        if self.fails:
            raise self.fails

    def recover(self, project: Any, progress: Any) -> Any:
        progress("Reading the sources")
        self._ask("recover")
        account = ("HYP001  600 joined",)
        files = {"manuscript/text/01-a.md": "# A\n", "manuscript/text/02-b.md": "# B\n"}
        lost = any(finding.severity is Severity.ERROR for finding in self.findings)
        return SimpleNamespace(
            files=files,
            findings=self.findings,
            ledger=lambda: account,
            edits=lambda rules: tuple(f"{rule}  a.txt:7" for rule in rules if rule != "LIG001"),
            fails=lost,
        )

    def write_manuscript(self, project: Any, recovery: Any) -> Any:
        self._ask("write", (project.root / "dist/.lock").exists())
        return ("manuscript/text/01-a.md",), ("manuscript/text/09-old.md",)

    def compare_manuscript(self, project: Any, recovery: Any) -> Any:
        self._ask("compare")
        return self.differences

    def build(self, project: Any, editions: Any, progress: Any, force: bool) -> Any:
        self._ask("build", editions, force)
        made = [Artifact(e, project.config.artifact_name(e), bytes(412_345)) for e in editions]
        proofs = tuple(f"{e.value}: the manuscript's letters" for e in editions)
        manifest = make_manifest(project, inputs_of(project), made, proofs=proofs)
        if not any(finding.severity is Severity.ERROR for finding in self.findings):
            write_dist(project, made, manifest)
        return SimpleNamespace(findings=self.findings, proofs=proofs, manifest=manifest)

    def check(self, project: Any, epubcheck: bool, progress: Any) -> Any:
        self._ask("check", epubcheck)
        return self.findings

    def why(self, project: Any, word: Any, file: Any, line: Any) -> Any:
        self._ask("why", word, file, line)
        return self.trails

    def check_errata(self, project: Any, progress: Any) -> Any:
        self._ask("check_errata")
        return self.findings


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    fake = FakePipeline()
    monkeypatch.setitem(sys.modules, "booktools.pipeline", fake)
    monkeypatch.setattr(booktools, "pipeline", fake, raising=False)
    nothing = SimpleNamespace(enter=lambda *_: SimpleNamespace(lines=lambda: ()))
    monkeypatch.setitem(sys.modules, "booktools.asking", nothing)
    monkeypatch.setattr(booktools, "asking", nothing, raising=False)
    nobody = SimpleNamespace(refuse_to_lose=lambda *_: None)
    monkeypatch.setitem(sys.modules, "booktools.handwork", nobody)
    monkeypatch.setattr(booktools, "handwork", nobody, raising=False)
    return fake


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name, text in newproject.files(newproject.Wishes("The Book", "en"), UUID).items():
        path = tmp_path / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "book"


def ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


# --- each command ---------------------------------------------------------------------


def test_build(pipeline: FakePipeline, book: Path) -> None:
    pipeline.findings = (NOTE, NOTE, WARNING)
    result = ask("--project", book, "build")
    assert pipeline.asked == [("build", tuple(Edition), False)]
    assert result.exit_code == 0
    assert result.stdout == (
        "manuscript/text/01-a.md:4: warning QUO001: odd quotes\n\n"
        "no errors, 1 warning, no notes.\n"
        "2 notes: booktools check lists them.\n"
        "dist/the-book.epub  412 kB\n"
        "dist/the-book.pdf  412 kB\n"
        "dist/the-book.txt  412 kB\n"
        "epub: the manuscript's letters\n"
        "pdf: the manuscript's letters\n"
        "txt: the manuscript's letters\n"
    )


def test_build_again_when_nothing_has_changed(pipeline: FakePipeline, book: Path) -> None:
    first = ask("--project", book, "build")
    result = ask("--project", book, "build")
    assert result.stdout == f"{first.stdout}Nothing has changed since the last build.\n"
    assert len(pipeline.asked) == 1
    options = ("--edition", "txt", "--edition", "epub", "--force")
    result = ask("--project", book, "build", *options)
    assert pipeline.asked[1:] == [("build", (Edition.EPUB, Edition.TXT), True)]
    assert "dist/the-book.pdf" not in result.stdout
    (book / "manuscript/lexicon.txt").write_text("word\n")
    ask("--project", book, "build")
    assert len(pipeline.asked) == 3


def test_build_takes_the_editions_of_book_toml(pipeline: FakePipeline, book: Path) -> None:
    toml = book / "manuscript/book.toml"
    toml.write_text(toml.read_text().replace('["epub", "pdf", "txt"]', '["txt"]'))
    ask("--project", book, "build")
    assert pipeline.asked == [("build", (Edition.TXT,), False)]


def test_an_error_among_the_findings_fails_the_build(pipeline: FakePipeline, book: Path) -> None:
    pipeline.findings = (ERROR,)
    said = ask("--project", book, "build").stdout
    assert "epub: the manuscript's letters" in said
    assert "Nothing was written" in said
    result = ask("--project", book, "--quiet", "build")
    assert result.exit_code == 3
    assert "EPB001" in result.stdout
    assert "dist/" not in result.stdout


def test_check(pipeline: FakePipeline, book: Path) -> None:
    pipeline.findings = (NOTE, WARNING)
    result = ask("--project", book, "check", "--format", "json", "--no-epubcheck")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["counts"] == {"error": 0, "warning": 1, "note": 1}
    assert pipeline.asked == [("check", False)]
    for fail_on, code in [("note", 3), ("warning", 3), ("error", 0), ("never", 0)]:
        assert ask("--project", book, "check", "--fail-on", fail_on).exit_code == code
    assert pipeline.asked[-1] == ("check", True)
    failures = ask("--project", book, "check", "--fail-on", "warning", "--format", "junit")
    assert 'failures="1"' in failures.stdout


def test_recover_writes_under_the_lock(pipeline: FakePipeline, book: Path) -> None:
    result = ask("--project", book, "recover")
    assert pipeline.asked == [("recover",), ("write", True)]
    assert result.exit_code == 0
    assert result.stdout == (
        "wrote manuscript/text/01-a.md\n"
        "removed manuscript/text/09-old.md\n"
        "1 files written, 1 as they were.\n"
    )


def test_recover_that_lost_something_writes_nothing(pipeline: FakePipeline, book: Path) -> None:
    pipeline.findings = (ERROR, NOTE)
    result = ask("--project", book, "recover")
    assert pipeline.asked == [("recover",)]
    assert result.exit_code == 3
    assert "Nothing was written." in result.stdout


def test_recover_check_writes_nothing(pipeline: FakePipeline, book: Path) -> None:
    result = ask("--project", book, "recover", "--check", "--ledger")
    assert pipeline.asked == [("recover",), ("compare",)]
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "HYP001  600 joined")
    pipeline.differences = (ERROR,)
    result = ask("--project", book, "recover", "--check")
    assert result.exit_code == 3
    assert "manuscript/text/01-a.md:5: error" in result.stdout
    assert not (book / "dist").exists()


def test_recover_lists_the_edits_of_rules(pipeline: FakePipeline, book: Path) -> None:
    result = ask("--project", book, "recover", "--check", "--edits", "E017", "--edits", "HYP001")
    assert result.stdout.splitlines()[:2] == ["E017  a.txt:7", "HYP001  a.txt:7"]
    assert result.stderr == ""
    result = ask("--project", book, "recover", "--check", "--edits", "LIG001")
    assert (result.exit_code, result.stderr.split(";")[0]) == (0, "No edits by LIG001")


def test_why(pipeline: FakePipeline, book: Path) -> None:
    pipeline.trails = (
        SimpleNamespace(lines=lambda: ("here", "  there")),
        SimpleNamespace(lines=lambda: ("two",)),
    )
    result = ask("--project", book, "why", "collaterals")
    assert (result.exit_code, result.stdout) == (0, "here\n  there\n\ntwo\n")
    ask("--project", book, "why", "--at", "manuscript/text/01-a.md:12")
    assert pipeline.asked == [
        ("why", "collaterals", None, None),
        ("why", None, "manuscript/text/01-a.md", 12),
    ]
    pipeline.trails = ()
    result = ask("--project", book, "why", "zzz")
    assert result.exit_code == 3
    assert "“zzz” is not in the manuscript" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("why",),
        ("why", "a", "--at", "b:1"),
        ("why", " "),
        ("why", "--at", "b"),
        ("why", "--at", "b:0"),
        ("why", "--at", ":1"),
        ("build", "--edition", "mobi"),
        ("check", "--format", "html"),
        ("check", "--fail-on", "fatal"),
        ("frobnicate",),
        ("errata", "list", "--state", "maybe"),
        ("completion", "cmd"),
        ("new",),
    ],
)
def test_wrong_usage(pipeline: FakePipeline, book: Path, arguments: tuple[str, ...]) -> None:
    result = ask("--project", book, *arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
    assert run(["--project", str(book), *arguments]) == 2
    assert pipeline.asked == []


def test_errata(pipeline: FakePipeline, book: Path) -> None:
    pipeline.findings = (ERROR,)
    result = ask("--project", book, "errata", "check", "--format", "github")
    assert (result.exit_code, result.stdout[:7]) == (3, "::error")


def test_completion() -> None:
    for shell in ("bash", "zsh", "fish"):
        result = ask("completion", shell)
        assert result.exit_code == 0
        assert "_BOOKTOOLS_COMPLETE" in result.stdout


# --- help -----------------------------------------------------------------------------


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


@pytest.mark.parametrize("path", [(), *every_command(cli)])
def test_help_has_examples(path: tuple[str, ...]) -> None:
    result = ask(*path, "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout
    for line in result.stdout.partition("Example")[2].splitlines()[1:]:
        words = line.replace("bash:", "").replace("zsh:", "").replace("fish:", "").split()
        if words[:1] == ["booktools"] and len(words) > 1:
            assert words[1] in cli.commands


# --- when things go wrong -------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SourceError("bad", hint="Mend it.", place=Place("a.txt", 3)), 5, "a.txt:3: bad\n  Mend"),
        (ManuscriptError("full \x1b[31m"), 6, "full \\x1b[31m"),
        (EngineMissing("no Pango", hint="apt-get install libpango"), 7, "apt-get install"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (ZeroDivisionError("oops"), 70, "fault in booktools, not in your book: ZeroDivisionError"),
        (RecursionError(), 70, "RecursionError"),
    ],
)
def test_errors_are_sentences(
    pipeline: FakePipeline, book: Path, error: BaseException, code: int, said: str
) -> None:
    pipeline.fails = error
    for arguments in (("build",), ("check",), ("recover",), ("why", "x")):
        result = ask("--project", book, *arguments)
        assert result.exit_code == code
        assert said in result.stderr
        assert "Traceback" not in result.stderr
        assert not result.stdout


def test_debug_shows_the_traceback(pipeline: FakePipeline, book: Path) -> None:
    pipeline.fails = ZeroDivisionError("oops")
    result = ask("--debug", "--project", book, "build")
    assert result.exit_code == 70
    assert "Traceback" in result.stderr


def test_no_project_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = ask("build")
    assert result.exit_code == 4
    assert "no book project here" in result.stderr
    assert "booktools new" in result.stderr
    result = ask("--project", tmp_path / "nowhere", "build")
    assert result.exit_code == 4
    assert "nowhere is not a book project" in result.stderr


def test_the_project_is_found_upwards(
    pipeline: FakePipeline, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book / "manuscript/text")
    assert ask("build").exit_code == 0


def test_bad_book_toml(book: Path) -> None:
    (book / "manuscript/book.toml").write_text('titel = "x"\n')
    result = ask("--project", book, "build")
    assert result.exit_code == 4
    assert "manuscript/book.toml:1: titel: unknown key" in result.stderr
    assert "Did you mean “title”?" in result.stderr


# --- new ------------------------------------------------------------------------------


def test_new(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "mi-libro"
    names = ("--title", 'Más "allá"', "--author", "Ana Pérez", "--language", "es-cl")
    result = ask("new", folder, *names)
    assert result.exit_code == 0, result.output
    from booktools.store import open_project

    project = open_project(folder)
    assert project.config.meta.title == 'Más "allá"'
    assert project.config.meta.language == "es-CL"
    assert project.config.slug == "mas-alla"
    assert [person.name for person in project.config.meta.creators] == ["Ana Pérez"]
    assert list(project.texts()) == ["manuscript/text/01-first-chapter.md"]
    assert (folder / "styles").is_dir()
    again = ask("new", folder)
    assert again.exit_code == 6
    assert "is there already" in again.stderr
    other = ask("new", tmp_path / "other")
    assert other.exit_code == 0
    assert open_project(tmp_path / "other").config.meta.identifiers != (
        project.config.meta.identifiers
    )


def test_the_example_in_the_errata_of_a_new_project_is_right() -> None:
    text = newproject.files(newproject.Wishes("T", "en"), UUID)["manuscript/errata.toml"]
    assert parse_errata(text, "errata.toml") == ()
    example = text.partition("#\n")[2].replace("# ", "")
    assert [entry.id for entry in parse_errata(example, "errata.toml")] == ["E001"]


def test_new_refuses_before_it_writes(tmp_path: Path) -> None:
    result = ask("new", tmp_path / "x", "--language", "english")
    assert result.exit_code == 4
    assert "Write “en”." in result.stderr
    assert not (tmp_path / "x").exists()


# --- the true program -----------------------------------------------------------------


def program(*arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "booktools.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **how,
    )


def test_version_and_exit_codes_of_the_true_program(tmp_path: Path) -> None:
    done = program("--version")
    assert (done.returncode, done.stdout) == (0, f"booktools {booktools.__version__}\n")
    assert program("--nonsense").returncode == 2
    assert program("build", cwd=tmp_path).returncode == 4
    ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    made = program("new", "büch", cwd=tmp_path, env=ascii_only)
    assert made.returncode == 0, made.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("completion", "bash"), ("why", "--help")])
def test_nobody_reads_the_output(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "booktools.cli", *arguments],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(("ci", "shown"), [("", True), ("true", False)])
def test_progress_on_a_terminal_and_quiet_in_ci(book: Path, ci: str, shown: bool) -> None:
    master, terminal = os.openpty()
    env = {**os.environ, "CI": ci, "TERM": "xterm"}
    arguments = ["--project", str(book), "build", "--edition", "txt"]
    with subprocess.Popen(
        [sys.executable, "-m", "booktools.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=env,
    ) as running:
        os.close(terminal)
        told = b""
        while True:
            try:
                piece = os.read(master, 1000)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            told += piece
        assert running.stdout is not None
        printed = running.stdout.read()
    os.close(master)
    assert running.returncode == 0
    assert (b"\r\x1b[2K" in told) is shown
    assert bool(told) is shown
    assert b"\x1b" not in printed


def test_a_build_with_nothing_to_do_loads_no_room(pipeline: FakePipeline, book: Path) -> None:
    ask("--project", book, "build")
    code = (
        "import sys, booktools.cli.main as m\n"
        f"assert m.run(['--project', {str(book)!r}, 'build']) == 0\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert "Nothing has changed" in done.stdout
    loaded = set(done.stdout.split())
    assert "booktools.store" in loaded
    assert not loaded & {"booktools.pipeline", "weasyprint", "lxml", "ebooklib", "asyncio"}


def test_help_is_quick() -> None:
    """It takes 0.08 s of CPU; nothing heavy may be imported for it."""
    code = "import sys, booktools.cli.main as m; m.run(['--help']); print(*sys.modules)"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5
    loaded = set(done.stdout.split())
    heavy = {"weasyprint", "ebooklib", "lxml", "pypandoc", "pypdfium2", "wordfreq", "asyncio"}
    assert "booktools.cli.main" in loaded
    assert not loaded & heavy
    assert "booktools.store" not in loaded


def test_the_reference_is_what_the_help_says() -> None:
    """`make docs` writes it."""
    written = Path(__file__).parent.parent / "docs/cli.md"
    assert written.read_text() == reference.markdown()


def test_a_new_project_builds_at_once(tmp_path: Path) -> None:
    """Through every room and engine: the sample chapter is in all three editions."""
    assert program("new", "b", "--title", "Mi libro", cwd=tmp_path).returncode == 0
    made = program("--project", "b", "build", cwd=tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    names = sorted(path.name for path in (tmp_path / "b/dist").iterdir())
    assert names == [".lock", "manifest.json", "mi-libro.epub", "mi-libro.pdf", "mi-libro.txt"]
    text = (tmp_path / "b/dist/mi-libro.txt").read_text()
    assert "This is where your book begins." in text
    again = program("--project", "b", "build", cwd=tmp_path)
    assert again.stdout == f"{made.stdout}Nothing has changed since the last build.\n"
