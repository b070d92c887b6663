"""What went into the last build and came out of it: `dist/manifest.json`.

An edition is built again only when a digest over everything that can change it differs,
or when its file is not the one that was written.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from booktools.errors import ManuscriptError
from booktools.model.artifact import Artifact, Edition
from booktools.store.environment import modified
from booktools.store.project import DEFAULT_STYLES, Project, _walk
from booktools.store.reading import MAX_TEXT, inside, read_bytes
from booktools.store.writing import write_files

MANIFEST: Final = "dist/manifest.json"

_FOLDERS: Final = ("manuscript", "styles", "images")
_ENGINES: Final = (
    "ebooklib",
    "fonttools",
    "lxml",
    "pydyf",
    "pypandoc_binary",
    "pypdfium2",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "wordfreq",
)


@dataclass(frozen=True)
class Inputs:
    """SHA-256 of every file that goes into a build, and the versions of what builds it."""

    files: Mapping[str, str]
    tools: Mapping[str, str]
    modified: str

    @cached_property
    def digest(self) -> str:
        parts = [dict(self.files), dict(self.tools), self.modified]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def inputs_of(project: Project) -> Inputs:
    """Look at all inputs of a build; a few milliseconds a megabyte."""
    files = {
        name: hashlib.sha256(read_bytes(project.root, name)).hexdigest()
        for folder in _FOLDERS
        for name in project.names(folder)
    }
    for name in _walk(DEFAULT_STYLES, "."):
        if f"styles/{name}" not in files:
            data = read_bytes(DEFAULT_STYLES, name)
            files[f"default styles/{name}"] = hashlib.sha256(data).hexdigest()
    return Inputs(files, _tools(), modified(project.config))


def _tools() -> dict[str, str]:
    tools = {"python": platform.python_version(), "booktools": _own_digest()}
    for name in _ENGINES:
        try:
            tools[name] = version(name)
        except PackageNotFoundError:
            tools[name] = "missing"
    return tools


def _own_digest() -> str:
    """Version and code: a changed rule makes other books without a new version."""
    package = DEFAULT_STYLES.parent.parent
    code = hashlib.sha256()
    for name in sorted(_walk(package, ".")):
        if name.endswith(".py") and "__pycache__" not in Path(name).parts:
            code.update(name.encode() + b"\0" + (package / name).read_bytes())
    return code.hexdigest()[:16]


def last_manifest(project: Project) -> dict[str, Any]:
    """What the last build wrote down; empty when there was none or it cannot be read."""
    inside(project.root, MANIFEST)
    try:
        found = json.loads(read_bytes(project.root, MANIFEST, limit=MAX_TEXT))
    except (ManuscriptError, ValueError, RecursionError):
        return {}
    match found:
        case {"editions": dict(editions), "proofs": list(proofs)} if all(
            isinstance(entry, dict) for entry in editions.values()
        ) and all(isinstance(line, str) for line in proofs):
            return dict(found)
        case _:
            return {}


def unchanged(project: Project, inputs: Inputs, editions: Iterable[Edition]) -> bool:
    """Are these editions on disk what a build of these inputs wrote?"""
    known = last_manifest(project).get("editions", {})
    return all(
        _stands(project, edition.value, known.get(edition.value, {}), inputs.digest)
        for edition in editions
    )


def _stands(project: Project, kind: str, entry: Mapping[str, Any], digest: str | None) -> bool:
    """Is an edition's file the one of its entry, and made from `digest` (None: from any)?"""
    name = f"dist/{project.config.slug}.{kind}"
    if (
        entry.get("file") != name
        or not entry.get("proof")
        or (digest is not None and entry.get("inputs") != digest)
    ):
        return False
    path = inside(project.root, name)
    if not path.is_file() or path.stat().st_size != entry.get("bytes"):
        return False
    return _sha256(path) == entry.get("sha256")


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_manifest(
    project: Project,
    inputs: Inputs,
    artifacts: Sequence[Artifact],
    *,
    proofs: Sequence[str],
    engines: Mapping[str, str] | None = None,
    changed: str = "",
) -> dict[str, Any]:
    """What to write down of a build; entries of editions that it did not build stay.

    `proofs` has a line for each artifact, `engines` versions that only a running engine can
    tell (pandoc, Pango …); `changed` is the moment that the editions name.
    """
    known = last_manifest(project).get("editions", {})
    kept = {name: entry for name, entry in known.items() if _stands(project, name, entry, None)}
    for artifact, proof in zip(artifacts, proofs, strict=True):
        kept[artifact.edition.value] = {
            "file": f"dist/{artifact.name}",
            "bytes": len(artifact.data),
            "sha256": artifact.sha256,
            "inputs": inputs.digest,
            "proof": proof,
        }
    kept = {name: kept[name] for name in sorted(kept)}
    meta = project.config.meta
    return {
        "book": {
            "title": meta.title,
            "language": meta.language,
            "identifier": meta.identifiers[0] if meta.identifiers else "",
            "modified": changed or inputs.modified,
        },
        "editions": kept,
        "proofs": [e["proof"] for e in kept.values() if e.get("inputs") == inputs.digest],
        "inputs": dict(sorted(inputs.files.items())),
        "tools": {**inputs.tools, **(engines or {})},
    }


def write_dist(
    project: Project, artifacts: Sequence[Artifact], manifest: Mapping[str, Any]
) -> None:
    """Put finished editions into `dist/`, the manifest last.  Raises ManuscriptError.

    Call it inside `build_lock`.
    """
    files = {f"dist/{artifact.name}": artifact.data for artifact in artifacts}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    write_files(project.root, {**files, MANIFEST: text.encode()})
