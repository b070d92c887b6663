"""Differences between an edition and what it ought to show, told as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from booktools.check.diff import Comparison, Difference, compare
from booktools.check.letters import Letters
from booktools.model.finding import Finding, Severity
from booktools.model.place import Place

LOST, DOUBLED, CHANGED, INVENTED, MOVED = "SAM001", "SAM002", "SAM003", "SAM004", "SAM005"
TOO_MANY = "SAM009"

MOST_FINDINGS = 100
_EXCERPT = 120
_SLIDE = 400
_COPY = 24  # letters from which on a text that stands elsewhere too is a copy

_SAYS = {
    LOST: "lost",
    DOUBLED: "doubled",
    CHANGED: "changed",
    INVENTED: "not the manuscript's",
    MOVED: "moved",
}
_FIX = (
    "The manuscript is right as it stands; the edition is not. Look at the place in the"
    " edition, then at the style sheet or the engine that set it."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a difference is: its code and the ranges it takes in."""

    code: str
    at: Difference


def told(wanted: Letters, found: Letters) -> tuple[Comparison, tuple[Told, ...]]:
    """Compares letters; every difference with its kind, in the order of the edition."""
    comparison = compare(wanted.letters, found.letters)
    kinds = _kinds(comparison.differences, wanted.letters, found.letters)
    results = tuple(Told(kind.code, _slid(kind.at, wanted, found)) for kind in kinds)
    return comparison, results


def findings(
    edition: str,
    wanted: Letters,
    found: Letters,
    results: Sequence[Told],
    artifact: Callable[[int], Place],
    complete: bool = True,
) -> Iterator[Finding]:
    """The differences as findings, at most `MOST_FINDINGS` and then a summary.

    `edition` is its name for people, `artifact` says where a letter of `found` stands.
    """
    for result in results[:MOST_FINDINGS]:
        yield _finding(edition, wanted, found, result, artifact)
    if len(results) > MOST_FINDINGS or not complete:
        last = results[min(MOST_FINDINGS, len(results)) - 1].at
        more = len(results) - MOST_FINDINGS
        rest = f"{more} more differences" if complete else "too many differences to count"
        yield Finding(
            TOO_MANY,
            Severity.ERROR,
            f"{edition}: {rest} after this place; this is another text than the manuscript's",
            _manuscript(wanted, last.a0),
            fix="Build the editions again from this manuscript and compare anew.",
            trail=(artifact(last.b0),),
        )


def _finding(
    edition: str,
    wanted: Letters,
    found: Letters,
    result: Told,
    artifact: Callable[[int], Place],
) -> Finding:
    at = result.at
    before, after = wanted.around(at.a0, at.a1)
    old, new = _cut(wanted.text(at.a0, at.a1)), _cut(found.text(at.b0, at.b1))
    inside = f"{old} → {new}" if old and new and result.code == CHANGED else old or new
    where = artifact(at.b0)
    count = max(at.a1 - at.a0, at.b1 - at.b0)
    letters = "1 letter" if count == 1 else f"{count} letters"
    return Finding(
        result.code,
        Severity.ERROR,
        f"{edition}, {_spoken(where)}: {letters} {_SAYS[result.code]}: {inside}",
        _manuscript(wanted, at.a0),
        excerpt=f"…{before} [{inside}] {after}…",
        fix=_FIX,
        trail=(where,),
        before=before,
        after=after,
    )


def _spoken(place: Place) -> str:
    if place.page:
        return f"page {place.page}"
    return f"{place.file}:{place.line}" if place.line else place.file


def _manuscript(wanted: Letters, offset: int) -> Place | None:
    """The manuscript's place of a letter, or of the nearest one before that has one."""
    for index in range(wanted.index_at(offset), -1, -1):
        if index < len(wanted.pieces) and wanted.pieces[index].file:
            return Place(wanted.pieces[index].file, wanted.pieces[index].line)
    return None


def _cut(text: str) -> str:
    if len(text) <= _EXCERPT:
        return text
    return f"{text[: _EXCERPT // 2].rstrip()} … {text[-_EXCERPT // 2 :].lstrip()}"


def _slid(at: Difference, wanted: Letters, found: Letters) -> Difference:
    """The same loss or gain, told from where a stretch begins if that can be.

    In `a b [b] c` it is as true that the first `b` is the extra one.
    """
    if at.b0 == at.b1:
        letters, start, end = wanted.letters, at.a0, at.a1
    elif at.a0 == at.a1:
        letters, start, end = found.letters, at.b0, at.b1
    else:
        return at
    for back in range(min(start, at.a0, _SLIDE)):
        if at.a0 - back in wanted.piece_starts:
            return Difference(at.a0 - back, at.a1 - back, at.b0 - back, at.b1 - back)
        if letters[start - back - 1] != letters[end - back - 1]:
            break
    return at


def _kinds(differences: Sequence[Difference], a: str, b: str) -> Iterator[Told]:
    lost = {i: a[d.a0 : d.a1] for i, d in enumerate(differences) if d.b0 == d.b1}
    gained = {i: b[d.b0 : d.b1] for i, d in enumerate(differences) if d.a0 == d.a1}
    moves = _moves(lost, gained)
    for index, at in enumerate(differences):
        if index in moves.values():
            continue  # told where it is missing
        if index in moves:
            new = differences[moves[index]]
            yield Told(MOVED, Difference(at.a0, at.a1, new.b0, new.b1))
        elif index in lost:
            yield Told(LOST, at)
        elif index in gained:
            yield Told(DOUBLED if _is_copy(gained[index], a, at.a0) else INVENTED, at)
        else:
            yield Told(CHANGED, at)


def _moves(lost: dict[int, str], gained: dict[int, str]) -> dict[int, int]:
    """Which loss is which gain elsewhere; a stretch that slides is the same turned round."""
    free = dict(gained)
    out: dict[int, int] = {}
    for index, text in lost.items():
        if len(text) < _COPY:
            continue
        for other, twin in free.items():
            if len(text) == len(twin) and twin in text + text:
                out[index] = other
                del free[other]
                break
    return out


def _is_copy(text: str, a: str, at: int) -> bool:
    size = len(text)
    if text in (a[max(at - size, 0) : at], a[at : at + size]):
        return True
    edge = 8 if size >= 2 * _COPY else 0  # where it joins the text round it, it may slide
    return size >= _COPY and text[edge : size - edge] in a
