"""What people do with the errata of a project: decide, enter, take back.

Part of the pipeline: it joins the rooms for the commands round `errata.toml`.
"""

from __future__ import annotations

from collections.abc import Callable

from booktools import store
from booktools.errata.decide import Decided
from booktools.pipeline import ERRATA
from booktools.store import Project


def change_errata(project: Project, edit: Callable[[str], Decided]) -> Decided:
    """Let `edit` change the text of `errata.toml` as it stands now, nobody else meanwhile.

    Raises what `edit` raises (then nothing is changed), ConfigError and ManuscriptError.
    """
    made: list[Decided] = []

    def new(text: str) -> str:
        made.append(edit(text))
        return made[0].text

    store.edit_ledger(project.root, ERRATA, new)
    return made[0]
