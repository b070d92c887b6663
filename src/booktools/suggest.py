"""What looks wrong in a text or a book: the finder, with what it has to know."""

from __future__ import annotations

import gc
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from booktools.clean.language import language_of
from booktools.engines import bigrams, frequency, spelling
from booktools.find.language import Language
from booktools.find.reading import Reading
from booktools.find.rules import RULES, find
from booktools.find.suggestion import Suggestion

# From here it is as likely as not, and a bit, that a finding is right.
LIKELY = 0.35
SHOWN = 12  # cases of a family in a listing
_AROUND = 40  # characters at each side


def language(tags: Sequence[str]) -> Language:
    """What is known of the first of some languages (BCP 47 tags), and words of the others."""
    first = next(iter(tags), "en")
    base = _base(first)
    return Language(
        first,
        spelling.words(first),
        frequency.table(first),
        bigrams.pairs([first]),
        spelling.listed(f"{base}.rare"),
        spelling.listed(f"{base}.rarest"),
        {one: spelling.listed(one) for one in spelling.LANGUAGES if one != base},
        frozenset(map(_base, tags[1:])) - {base},
    )


def _base(tag: str) -> str:
    return tag.split("-")[0].lower()


def in_text(
    text: str,
    tags: Sequence[str],
    progress: Callable[[str], None],
    good: Iterable[str] = (),
    least: float = LIKELY,
) -> tuple[Suggestion, ...]:
    """What is doubtful in a text, the most doubtful first.

    `tags` name its languages, the main one first; without any the text is asked.  Raises
    EngineMissing, EngineFailed.
    """
    gc.disable()  # millions of small values, none of them in a ring: a fifth of the time
    try:
        progress("reading the lists of words")
        known = language(tags or [language_of(text) or "en"])
        progress("looking for what is doubtful")
        reading = Reading(text, known, frozenset(word.replace("’", "'") for word in good))
        return tuple(one for one in find(reading) if one.score >= least)
    finally:
        gc.enable()


def as_json(suggestions: Iterable[Suggestion]) -> str:
    """The suggestions as JSON, one a line."""
    lines = [json.dumps(one.json(), ensure_ascii=False) for one in suggestions]
    return "[" + ",\n ".join(lines) + "]\n"


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion, where people look it up, and the words round it."""

    suggestion: Suggestion
    place: str
    around: str


def shown(suggestions: Iterable[Suggestion], text: str, file: str) -> list[Shown]:
    """The suggestions of a single text with their places, `file:line:column`."""
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    rows = []
    for one in suggestions:
        line = bisect_right(starts, one.start)
        place = f"{file}:{line}:{one.start - starts[line - 1] + 1}"
        rows.append(Shown(one, place, round_about(text, one)))
    return rows


def listed(rows: Iterable[Shown]) -> list[str]:
    """The suggestions as lines for people: habit by habit, the most doubtful first."""
    names = {rule.code: rule.name for rule in RULES}
    groups: dict[tuple[str, str], list[Shown]] = {}
    for row in rows:
        groups.setdefault((row.suggestion.rule, row.suggestion.family), []).append(row)
    lines: list[str] = []
    for cases in groups.values():
        first = cases[0].suggestion
        many = f", {len(cases)} times" if len(cases) > 1 else ""
        said = " or ".join(f"“{one}”" for one in first.readings[:3])
        meant = f" → {said}" if said else ""
        lines.append(f"{first.rule} {names[first.rule]}{many}: “{first.token}”{meant}")
        lines.append(f"  {first.evidence} ({first.score:.0%})")
        lines += (f"  {row.place}  {row.around}" for row in cases[:SHOWN])
        if len(cases) > SHOWN:
            lines.append(f"  and {len(cases) - SHOWN} more")
    total = sum(map(len, groups.values()))
    lines.append(f"{total} findings in {len(groups)} families")
    return lines


def round_about(text: str, one: Suggestion, begins: int = 0) -> str:
    """The words round a finding, the reading marked; the text begins at an offset."""
    start, end = one.start - begins, one.end - begins
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    return f"{before}[{one.token}]{after}".replace("\n", " ")
