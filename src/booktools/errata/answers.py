"""The answers of a reviewer who has the page by mail: a file that is merged into the ledger.

    {
      "format": "booktools-answers",
      "answers": [
        {"id": "E015", "state": "accepted", "wanted": "traps", "reason": "see page 12",
         "by": "ana", "on": "2026-03-01", "version": "0123456789abcdef"}
      ],
      "new": [
        {"file": "manuscript/text/01-a.md", "line": 12, "found": "teh", "wanted": "the",
         "context": "to teh sea", "kind": "typo", "reason": "misspelt",
         "by": "ana", "on": "2026-03-01"}
      ]
    }

`answers` are about entries of the ledger: `state` is `accepted`, `rejected` or `open` (takes
back what the same person said); `wanted` only where another reading is accepted than the
entry's own, `reason` where there is one; `version` is `decide.question_version` of the entry
that was shown.  `new` are corrections that the reviewer entered himself; they become open
entries that he is for.  Either list may be left out, other keys are refused.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from booktools.errata.decide import Decision
from booktools.errata.entry import Entry, Kind, Review, State
from booktools.errata.ledger import parse_errata, print_errata
from booktools.errors import ConfigError, SourceError
from booktools.model.place import Place

FORMAT: Final = "booktools-answers"
LARGEST: Final = 8 * 2**20  # characters
MOST: Final = 50_000  # answers of one file
LONGEST: Final = 10_000  # characters of one text
_HALF: Final = re.compile("[\ud800-\udfff]")

_ANSWER = {"id": True, "state": True, "by": True, "on": True,
           "wanted": False, "reason": False, "version": False}  # fmt: skip
_NEW = {"line": True, "found": True, "wanted": True, "context": True, "by": True, "on": True,
        "kind": False, "reason": False, "file": False}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody decided on the entry `id`; `decision.version` is that of the question."""

    id: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of a file; `new` are open entries with a review, their ids are not yet given."""

    answers: tuple[Answer, ...]
    new: tuple[Entry, ...] = ()


def parse_answers(text: str, file: str) -> Answers:
    """The answers of a file, `file` its name for messages.  Raises SourceError."""
    if len(text) > LARGEST:
        raise SourceError(
            f"too large: {len(text):,} characters, where {LARGEST:,} are the most",
            hint="Send the answers in several files.",
            place=Place(file),
        )
    try:
        values = json.loads(text)
        halves = _HALF.search(json.dumps(values, ensure_ascii=False))
    except json.JSONDecodeError as error:
        raise SourceError(
            f"not valid JSON: {error.msg}",
            hint="Save the answers from the review page anew.",
            place=Place(file, error.lineno, error.colno),
        ) from None
    except (RecursionError, ValueError):
        raise _fault(file, "this is not a file of answers") from None
    if halves:
        raise _fault(file, f"half a character, \\u{ord(halves[0]):x}, which no text holds")
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise _fault(file, f"this is not a file of answers: it has no format “{FORMAT}”")
    if strange := sorted(set(values) - {"format", "answers", "new"}):
        raise _fault(file, f"unknown key “{strange[0][:50]}”")
    rows = list(_rows(file, values, "answers", _ANSWER))
    answers = tuple(_answer(file, name, row) for name, row in rows)
    # What a ledger would refuse is refused here, where the answer's number is known.
    _accepted(file, [name for name, _ in rows], [_as_entry(answer) for answer in answers])
    rows = list(_rows(file, values, "new", _NEW))
    new = [_new(file, name, row) for name, row in rows]
    return Answers(answers, _accepted(file, [name for name, _ in rows], new))


def _rows(
    file: str, values: Mapping[str, Any], key: str, keys: Mapping[str, bool]
) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The tables of a list, with their names for messages; their keys are those asked for."""
    rows = values.get(key, [])
    if not isinstance(rows, list):
        raise _fault(file, f"{key}: this is no list")
    if len(rows) > MOST:
        raise _fault(file, f"{key}: {len(rows):,} of them, where {MOST:,} are the most")
    for number, row in enumerate(rows, 1):
        name = f"{key}[{number}]"
        if not isinstance(row, dict):
            raise _fault(file, f"{name}: this is no object")
        for own, value in row.items():
            kind = int if own == "line" else str
            if own not in keys:
                raise _fault(file, f"{name}: unknown key “{own[:50]}”")
            if not isinstance(value, kind) or isinstance(value, bool):
                raise _fault(file, f"{name}.{own}: this is not {_KINDS[kind]}")
            if isinstance(value, str) and len(value) > LONGEST:
                raise _fault(file, f"{name}.{own}: more than {LONGEST:,} characters")
        if missing := [own for own, needed in keys.items() if needed and own not in row]:
            raise _fault(file, f"{name}: there is no “{missing[0]}”")
        yield name, row


_KINDS: Final[Mapping[type, str]] = {int: "a whole number", str: "a text"}


def _answer(file: str, name: str, row: Mapping[str, Any]) -> Answer:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", row["id"]):
        raise _fault(file, f"{name}.id: this is not an id")
    decision = Decision(
        by=row["by"],
        on=_date(file, name, row),
        state=_one_of(State, file, f"{name}.state", row["state"]),
        wanted=row.get("wanted"),
        reason=row.get("reason", ""),
        version=row.get("version", ""),
    )
    return Answer(row["id"], decision)


def _new(file: str, name: str, row: Mapping[str, Any]) -> Entry:
    return Entry(
        id="new",
        line=row["line"],
        found=row["found"],
        wanted=row["wanted"],
        context=row["context"],
        kind=_one_of(Kind, file, f"{name}.kind", row.get("kind", Kind.TYPO.value)),
        reason=row.get("reason") or f"entered by {row['by']}",
        file=row.get("file", ""),
        reviews=(Review(row["by"], _date(file, name, row), State.ACCEPTED),),
    )


def _as_entry(answer: Answer) -> Entry:
    """An entry that has nothing but what the answer says."""
    said = answer.decision
    review = Review(said.by, said.on, said.state, None, said.reason)
    wanted = "b" if said.wanted is None else said.wanted
    return Entry(answer.id, 1, "a", wanted, "a", Kind.TYPO, "-", reviews=(review,))


def _accepted(file: str, names: list[str], entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries as a ledger has them.  Raises SourceError for what it would refuse."""
    numbered = [replace(entry, id=f"n{number}") for number, entry in enumerate(entries)]
    try:
        made = parse_errata(print_errata(numbered), file)
        return tuple(replace(entry, place=Place(file)) for entry in made)
    except ConfigError:
        for name, entry in zip(names, numbered, strict=True):
            try:
                parse_errata(print_errata((entry,)), file)
            except ConfigError as error:
                raise _fault(file, f"{name}: {error.message.removeprefix('erratum[1].')}") from None
        raise


def _date(file: str, name: str, row: Mapping[str, Any]) -> datetime.date:
    try:
        return datetime.date.fromisoformat(row["on"][:10])
    except ValueError:
        raise _fault(file, f"{name}.on: “{row['on'][:20]}” is not a day, as 2026-03-01") from None


def _one_of(kind: type[State] | type[Kind], file: str, name: str, value: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(one.value for one in kind)
        raise _fault(file, f"{name}: “{value[:50]}” is not one of {known}") from None


def _fault(file: str, message: str) -> SourceError:
    hint = "Save the answers from the review page anew; docs/errata.md tells their form."
    return SourceError(message, hint=hint, place=Place(file))
