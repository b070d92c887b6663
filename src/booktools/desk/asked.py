"""What the page asks and says, read from its requests and refused when it is malformed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from booktools.engines.web import Refused
from booktools.errors import BooktoolsError
from booktools.review.suggestion import Filter, Suggestion

LONGEST_NAME: Final = 80
LONGEST: Final = 2_000  # characters of a reading or a reason


def wanted_filter(query: Mapping[str, str]) -> Filter:
    return Filter(
        state=query.get("state", ""),
        kind=query.get("kind", ""),
        rule=query.get("rule", ""),
        family=query.get("family", ""),
        chapter=natural(query, "chapter", -1),
        search=query.get("search", "")[:200],
        order=query.get("order", "family"),
    )


def natural(query: Mapping[str, str], key: str, default: int = 0) -> int:
    text = query.get(key, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default


def whole(body: Mapping[str, Any], key: str) -> int:
    value = body.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def plain(body: Mapping[str, Any], key: str) -> str:
    """A text on one line, without control characters.  Raises Refused."""
    value = body.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Refused(400, {"error": f"More than {LONGEST:,} characters are too many."})
    one_line = value.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in one_line):
        raise Refused(400, {"error": "This holds a control character."})
    return one_line


def person(body: Mapping[str, Any]) -> str:
    name = " ".join(plain(body, "who").split())
    if not name or len(name) > LONGEST_NAME:
        raise Refused(400, {"error": "Say first who is deciding."})
    return name


def sentence_of(fault: BooktoolsError) -> str:
    return (
        fault.message[:1].upper() + fault.message[1:] + (f".\n{fault.hint}" if fault.hint else "")
    )


def trouble_of(fault: BooktoolsError, meanwhile: str) -> str:
    """A fault in the files, with its place, and what holds until it is mended."""
    where = f"{fault.place}: " if fault.place else ""
    return f"{where}{sentence_of(fault)}\n{meanwhile}"


def label_of(answer: str, chosen: Sequence[Suggestion], wanted: str | None) -> str:
    done = {"accept": "Accepted", "reject": "Rejected", "reopen": "Opened again"}[answer]
    what = change_of(chosen[0].found, chosen[0].wanted if wanted is None else wanted)
    return f"{done}: {what}" if len(chosen) == 1 else f"{done} {len(chosen)}: {what}"


def change_of(found: str, wanted: str) -> str:
    return f"“{_short(found)}” → “{_short(wanted)}”" if found != wanted else f"“{_short(found)}”"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
