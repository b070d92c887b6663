"""Which chapters `recover` wrote: `manuscript/text/.recovered`, kept with the manuscript.

A chapter that it did not write, or that somebody has changed since, is somebody's work: it
is never removed.  The record holds the errata, too, that the chapters were written with: what
was decided since is no change by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from booktools.errors import ManuscriptError
from booktools.model.place import Place
from booktools.store.reading import MAX_TEXT, inside, read_bytes

RECORD: Final = "manuscript/text/.recovered"
_NAMED = 5  # files named in a message
_ERRATA = "errata"


def own_record(
    root: Path, files: Mapping[str, bytes], errata: Mapping[str, str] | None
) -> dict[str, bytes]:
    """The record of these files, as a file to be written; nothing when it stands so already.

    `errata` are the readings, by id of their entries, that were put into them; None where
    nobody knows.
    """
    said: dict[str, object] = {name: _hash(data) for name, data in sorted(files.items())}
    if errata is not None:
        said[_ERRATA] = dict(sorted(errata.items()))
    data = (json.dumps(said, indent=0, ensure_ascii=False) + "\n").encode()
    return {} if _recorded(root) == said else {RECORD: data}


def recorded_errata(root: Path) -> dict[str, str] | None:
    """The readings, by id of their entries, that the chapters were written with; None where
    the record does not say."""
    said = _recorded(root).get(_ERRATA)
    if not isinstance(said, dict) or not all(isinstance(own, str) for own in said.values()):
        return None
    return said


def changed_by_hand(root: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Those of these files that `recover` wrote, and that somebody has changed since."""
    recorded = _recorded(root)
    known = ((name, recorded.get(name), _hash(data)) for name, data in files.items())
    return tuple(name for name, said, now in known if said is not None and said != now)


def refuse_strangers(root: Path, files: Mapping[str, bytes]) -> None:
    """Raise ManuscriptError unless `recover` wrote all these files as they are now."""
    recorded = _recorded(root) if files else {}
    strangers = [name for name, data in files.items() if recorded.get(name) != _hash(data)]
    if not strangers:
        return
    names = ", ".join(strangers[:_NAMED])
    more = len(strangers) - _NAMED
    names += f" and {more} more" if more > 0 else ""
    one = len(strangers) == 1
    raise ManuscriptError(
        "no source gives this chapter, and somebody wrote or changed it by hand"
        if one
        else f"{names}: no source gives these chapters, and somebody wrote or changed them by hand",
        hint="Nothing was written. Words that were changed go into the errata first: booktools "
        "errata capture (a title names the file, so its chapter comes back under another name). "
        "Move what is to stay out of manuscript/text, delete the rest, and recover again.",
        place=Place(strangers[0]),
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _recorded(root: Path) -> dict[str, object]:
    """What the record says; nothing when there is none that can be read."""
    try:
        if not inside(root, RECORD).exists():
            return {}
        found = json.loads(read_bytes(root, RECORD, limit=MAX_TEXT))
    except (ManuscriptError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
