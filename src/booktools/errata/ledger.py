"""`errata.toml` → entries, and back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping

from booktools.errata.concordance import fold
from booktools.errata.entry import Entry, Kind, Review, State
from booktools.model.toml import Document, Path, known, read, take, take_choice

# In the order in which they are printed.
KEYS = (
    "id", "file", "line", "found", "wanted", "context", "kind", "rule", "family", "reason",
    "state", "decided_by", "decided_on", "since", "until", "earlier", "reviews",
)  # fmt: skip
_REVIEW_KEYS = ("by", "on", "state", "wanted", "reason")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SPAN = re.compile(r"([1-9][0-9]{0,5})-([1-9][0-9]{0,5})")
_RULE = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_MOST_REVIEWS = 100
_NO_CHARACTERS = "\ufeff\ufffe\uffff"
# Those, and the characters of Unicode's categories Cc, Zl and Zp.
_REFUSED = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_NO_CHARACTERS}]")
_OUT = "Take it out."
_KINDS = tuple(kind.value for kind in Kind)
_STATES = tuple(state.value for state in State)


def parse_errata(text: str, file: str) -> tuple[Entry, ...]:
    """The entries of a ledger, in its order.  `file` is its name in the project.

    Raises ConfigError with line, key path and remedy for what cannot be an entry.
    """
    return parse_document(read(text, file))


def parse_document(document: Document) -> tuple[Entry, ...]:
    """The entries of a ledger that was read.  Raises ConfigError as `parse_errata` does."""
    known(document, (), ("erratum",))
    entries = tuple(_entry(document, path) for path in document.items(("erratum",)))
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if entry.id in first:
            line = entries[first[entry.id]].place.line
            raise document.fault(
                ("erratum", index, "id"),
                f"“{entry.id}” is the id of the entry on line {line} too",
                "Give each entry an id of its own.",
            )
        first[entry.id] = index
    return entries


def _entry(document: Document, path: Path) -> Entry:
    known(document, path, KEYS)
    name = _plain(document, (*path, "id"))
    if not _ID.fullmatch(name):
        raise document.fault(
            (*path, "id"),
            f"“{name}” is not an id",
            "Use 1 to 64 of the letters a-z and A-Z, digits, full stops, hyphens and underscores.",
        )
    found, wanted, context, state = _readings(document, path)
    decided_by, decided_on = _decision(document, path, state)
    since = _printing(document, (*path, "since"))
    return Entry(
        id=name,
        line=_count(document, (*path, "line"), "Lines count from 1."),
        found=found,
        wanted=wanted,
        context=context,
        kind=Kind(take_choice(document, (*path, "kind"), _KINDS)),
        reason=_said(document, (*path, "reason"), "Say how one knows that it is wrong."),
        state=state,
        decided_by=decided_by,
        decided_on=decided_on,
        since=since,
        until=_until(document, (*path, "until"), state, since),
        earlier=_earlier(document, (*path, "earlier"), since),
        file=_plain(document, (*path, "file"), ""),
        rule=_rule(document, (*path, "rule")),
        family=_optional(document, (*path, "family"), "Name the habit, or take the line out."),
        reviews=_reviews(document, (*path, "reviews"), found),
        place=document.place(path),
    )


def _readings(document: Document, path: Path) -> tuple[str, str, str, State]:
    """`found`, `wanted`, `context` and `state`, blanks folded, at one with one another."""
    found = fold(_plain(document, (*path, "found")))
    wanted = fold(_plain(document, (*path, "wanted")))
    context = fold(_plain(document, (*path, "context")))
    state = State(take_choice(document, (*path, "state"), _STATES))
    if not found:
        raise document.fault(
            (*path, "found"), "empty", "Put in the words next to the gap, and in `wanted` too."
        )
    first = context.find(found)
    if first < 0:
        raise document.fault(
            (*path, "context"),
            f"`found` (“{found}”) is not in it",
            "Copy a stretch of the text round `found`, letter by letter.",
        )
    if context.find(found, first + 1) >= 0:
        raise document.fault(
            (*path, "context"),
            f"`found` (“{found}”) is in it more than once",
            "Take words next to it into `found` and `wanted`, or shorten the context.",
        )
    if state is State.ACCEPTED and (said := impossible(found, wanted, context)):
        raise document.fault((*path, "wanted"), *said)
    return found, wanted, context, state


def impossible(found: str, wanted: str, context: str) -> tuple[str, str] | None:
    """Why an entry with these readings cannot be accepted, and what to do; None if it can."""
    if found == wanted:
        return (
            "the same as `found`: an accepted entry must change something",
            "Write the right reading, or take the entry out.",
        )
    if "  " in context.replace(found, wanted, 1):
        return (
            "this leaves two spaces side by side",
            "Take one of the spaces next to `found` into it.",
        )
    return None


def _rule(document: Document, path: Path) -> str:
    code = _plain(document, path, "")
    if document.has(path) and not _RULE.fullmatch(code):
        raise document.fault(path, f"“{code}” is not a rule’s code", "Write it as in HYP001.")
    return code


def _reviews(document: Document, path: Path, found: str) -> tuple[Review, ...]:
    items = document.items(path)
    if len(items) > _MOST_REVIEWS:
        raise document.fault(path, f"more than {_MOST_REVIEWS} reviews", "Keep the latest.")
    return tuple(_review(document, item, found) for item in items)


def _review(document: Document, path: Path, found: str) -> Review:
    known(document, path, _REVIEW_KEYS)
    state = State(take_choice(document, (*path, "state"), _STATES))
    at = (*path, "wanted")
    wanted = fold(_plain(document, at)) if document.has(at) else None
    if wanted is not None and (state is not State.ACCEPTED or wanted == found):
        what = "only who accepts an entry wants a reading"
        what = "the same as `found`: nothing would change" if state is State.ACCEPTED else what
        raise document.fault(at, what, "Take it out.")
    return Review(
        by=_said(document, (*path, "by"), "Name who decided."),
        on=take(document, (*path, "on"), datetime.date),
        state=state,
        wanted=wanted,
        reason=_optional(document, (*path, "reason"), "Say why, or take it out."),
    )


def _decision(document: Document, path: Path, state: State) -> tuple[str, datetime.date | None]:
    by, on = (*path, "decided_by"), (*path, "decided_on")
    if state is not State.OPEN:
        role = _said(document, by, "Name the role that decided, as in “copy-editor”.")
        return role, take(document, on, datetime.date)
    for key in by, on:
        if document.has(key):
            raise document.fault(
                key,
                "an open entry is not decided",
                "Take it out, or set `state` to “accepted” or “rejected”.",
            )
    return "", None


def _printing(document: Document, path: Path) -> int:
    return _count(document, path, "Printings count from 1.") if document.has(path) else 0


def _until(document: Document, path: Path, state: State, since: int) -> int:
    until = _printing(document, path)
    if until and state is State.ACCEPTED:
        raise document.fault(path, "an accepted correction is in all printings to come", _OUT)
    if until and not since:
        raise document.fault(path, "no printing had it: there is no `since`", _OUT)
    if until and until <= since:
        raise document.fault(path, f"`since` is {since}, which is not before it", "Put both right.")
    return until


def _earlier(document: Document, path: Path, since: int) -> str:
    """Spans in order, none of them beside or in another."""
    text = _optional(document, path, "Write it as in “1-3”.")
    at = 0
    for span in text.split(", ") if text else ():
        match = _SPAN.fullmatch(span)
        if not match or not at <= int(match[1]) < int(match[2]):
            raise document.fault(path, f"“{span}” are no printings", "Write them as in “1-3, 5-6”.")
        at = int(match[2])
    if at and since and since < at:
        raise document.fault(path, f"`since` is {since}, so this is not earlier", "Put both right.")
    return text


def _count(document: Document, path: Path, hint: str) -> int:
    number = take(document, path, int)
    if number < 1:
        raise document.fault(path, f"{number} is less than 1", hint)
    return number


def _said(document: Document, path: Path, hint: str) -> str:
    text = _plain(document, path)
    if not text.strip():
        raise document.fault(path, "empty", hint)
    return text


def _optional(document: Document, path: Path, hint: str) -> str:
    return _said(document, path, hint) if document.has(path) else ""


def _plain(document: Document, path: Path, default: str | None = None) -> str:
    """A string on one line, without control characters."""
    if default is not None and not document.has(path):
        return default
    text = take(document, path, str)
    if found := _REFUSED.search(text):
        code = f"U+{ord(found[0]):04X}"
        if found[0] in _NO_CHARACTERS:
            raise document.fault(path, f"holds {code}, which no edition can show", "Take it out.")
        raise document.fault(
            path,
            f"holds the control character {code}",
            "Write it on one line: a line end in the text counts as a space.",
        )
    return text


# --- printing -------------------------------------------------------------------------

_ESCAPES: Mapping[int, str] = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}


def print_errata(entries: Iterable[Entry]) -> str:
    """The ledger's text: one table an entry, keys in the order of the guide, "" for none."""
    return "\n".join(_print_entry(entry) for entry in entries)


def _print_entry(entry: Entry) -> str:
    rows = [f"{key} = {value}" for key, value in printed(entry).items()]
    return "\n".join(["[[erratum]]", *rows]) + "\n"


def printed(entry: Entry) -> dict[str, str]:
    """Each key that an entry has, in order, and its value as TOML."""
    date = entry.decided_on.isoformat() if entry.decided_on else ""
    rows = {
        "id": quoted(entry.id),
        "file": quoted(entry.file) if entry.file else "",
        "line": str(entry.line),
        "found": quoted(entry.found),
        "wanted": quoted(entry.wanted),
        "context": quoted(entry.context),
        "kind": quoted(entry.kind.value),
        "rule": quoted(entry.rule) if entry.rule else "",
        "family": quoted(entry.family) if entry.family else "",
        "reason": quoted(entry.reason),
        "state": quoted(entry.state.value),
        "decided_by": quoted(entry.decided_by) if entry.decided_by else "",
        "decided_on": date,
        "since": str(entry.since) if entry.since else "",
        "until": str(entry.until) if entry.until else "",
        "earlier": quoted(entry.earlier) if entry.earlier else "",
        "reviews": printed_reviews(entry.reviews) if entry.reviews else "",
    }
    return {key: value for key, value in rows.items() if value}


def printed_reviews(reviews: Iterable[Review]) -> str:
    """An array of inline tables, one a line."""
    return "".join(["[\n", *(f"  {_printed_review(review)},\n" for review in reviews), "]"])


def _printed_review(review: Review) -> str:
    parts = [
        f"by = {quoted(review.by)}",
        f"on = {review.on.isoformat()}",
        f"state = {quoted(review.state.value)}",
    ]
    if review.wanted is not None:
        parts.append(f"wanted = {quoted(review.wanted)}")
    if review.reason:
        parts.append(f"reason = {quoted(review.reason)}")
    return "{ " + ", ".join(parts) + " }"


def quoted(text: str) -> str:
    """A basic string of TOML."""
    return f'"{text.translate(_ESCAPES)}"'
