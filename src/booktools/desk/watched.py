"""The files that the copy is made from, and whether they are still what they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from booktools import store
from booktools.errors import BooktoolsError
from booktools.galleys import LAYOUT, LEXICON
from booktools.store import Project

Stamps = Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Watched:
    """The stamps of files, and what was in them (SHA-256) when they were read."""

    stamps: Stamps
    digests: Mapping[str, str]


def stamps(project: Project) -> Stamps:
    """What tells that one of the files was written; cheap enough for every request."""
    return {name: _stamp(project, name) for name in _names(project)}


def watched(project: Project) -> Watched:
    """The files as they are now.  To be taken before they are read."""
    marks = stamps(project)
    digests = {}
    for name in marks:
        try:
            digests[name] = store.sha256(store.read_bytes(project.root, name))
        except BooktoolsError:  # there is none: the stamp says so, too
            digests[name] = ""
    return Watched(marks, digests)


def _stamp(project: Project, name: str) -> tuple[int, int, int]:
    try:
        return store.stamp(project.root, name)
    except BooktoolsError:  # a link that leads out of the project
        return 0, 0, 0


def _names(project: Project) -> tuple[str, ...]:
    own = (store.BOOK, LAYOUT, LEXICON)
    sources = project.config.sources
    try:
        return (*own, *([one.file for one in sources] or project.text_names()))
    except BooktoolsError:  # a folder that cannot be listed; reading it says why
        return own
