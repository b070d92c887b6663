"""Suggestions, chapters and places as JSON values: what the page is sent, and no more.

Where two people must agree the review is blind: what others have said is not sent to
somebody who still has to answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from booktools.review.copy import Copy, forms, occurrences
from booktools.review.picture import picture
from booktools.review.suggestion import KINDS, OPEN, Filter, Stack, Suggestion

Json = dict[str, Any]

PAGE = 60  # suggestions in one answer
WINDOW = 40  # paragraphs in one answer
PLACES = 200  # places of a form in one answer
_FIRST_PLACES = 6  # on the card itself
COUNTED = 1000  # occurrences of a form that are counted


def overview(copy: Copy, stack: Stack, wanted: Filter, who: str, rules: Mapping[str, str]) -> Json:
    """Counts for the filters and the progress."""
    facets = stack.facets(wanted, who)
    every = stack.suggestions
    mine = sum(one.waits_for(who) for one in every)
    return {
        "total": len(every),
        "waiting": mine,
        "decided": sum(one.state != OPEN for one in every),
        "facets": facets,
        "kinds": {name: label for name, label in KINDS.items() if name in facets["kind"]},
        "rules": {code: rules.get(code, code) for code in facets["rule"]},
        "chapters": [
            {"number": number, "title": part.title, "paragraphs": part.last - part.first}
            for number, part in enumerate(copy.chapters)
        ],
        "people": stack.people(),
    }


def listing(copy: Copy, stack: Stack, wanted: Filter, who: str, offset: int, most: int) -> Json:
    """A stretch of the suggestions that a filter lets through."""
    every = stack.chosen(wanted, who)
    some = every[max(0, offset) :][: min(max(most, 1), PAGE)]
    return {"total": len(every), "offset": max(0, offset), "items": briefs(copy, stack, some, who)}


def briefs(copy: Copy, stack: Stack, some: Iterable[Suggestion], who: str) -> list[Json]:
    return [brief(copy, stack, one, who) for one in some]


def brief(copy: Copy, stack: Stack, one: Suggestion, who: str) -> Json:
    """A line of the list."""
    before, after = _around(copy, one)
    own = one.answered_by(who)
    return {
        "id": one.id,
        "state": one.state,
        "mine": own.state if own else "",
        "waits": one.waits_for(who),
        "kind": one.kind,
        "rule": one.rule,
        "found": one.found,
        "wanted": one.wanted,
        "before": before,
        "after": after,
        "family": one.group,
        "familySize": len(stack.groups[one.group]),
        "version": one.version,
    }


def _around(copy: Copy, one: Suggestion) -> tuple[str, str]:
    if one.paragraph < 0:
        return one.before, one.after
    return copy.around(one.paragraph, one.start, one.end)


def card(
    copy: Copy, stack: Stack, one: Suggestion, who: str, required: int, rules: Mapping[str, str]
) -> Json:
    """Everything about one suggestion that a decision needs."""
    found = one.paragraph >= 0
    before, after = (
        copy.sentence(one.paragraph, one.start, one.end) if found else (one.before, one.after)
    )
    waiting = stack.open_in_group(one, who)
    return {
        **brief(copy, stack, one, who),
        "before": before,
        "after": after,
        "kindLabel": KINDS.get(one.kind, one.kind),
        "ruleName": rules.get(one.rule, ""),
        "reason": one.reason,
        "fault": one.fault,
        "place": place(copy, one),
        "chapter": one.chapter,
        "chapterTitle": copy.chapters[one.chapter].title if one.chapter >= 0 else "",
        "paragraph": one.paragraph,
        "start": one.start,
        "end": one.end,
        "lines": source_lines(copy, one),
        "image": picture(copy, one.paragraph, one.start, one.end) if found else None,
        "forms": _forms(copy, one) if found else [],
        "familyOpen": len(waiting),
        "familyShort": _habit(one),
        "decidedBy": one.decided_by,
        "decidedOn": one.decided_on,
        "since": one.since,
        **_voices(one, who, required),
    }


def _habit(one: Suggestion) -> str:
    return one.family or f"“{one.found}” → “{one.wanted}”"


def _voices(one: Suggestion, who: str, required: int) -> Json:
    """Who has said what: the others' words only once one's own are known."""
    blind = required > 1 and one.waits_for(who)
    spoken = [
        {"by": v.by, "on": v.on, "state": v.state, "wanted": v.wanted, "reason": v.reason}
        for v in one.voices
    ]
    return {
        "required": required,
        "answers": len(one.voices),
        "voices": [] if blind else spoken,
        "disputed": one.disputed and not blind,
    }


def place(copy: Copy, one: Suggestion) -> Json:
    """The source's file, page and line of a suggestion."""
    if one.paragraph < 0:
        return {"file": one.file, "page": 0, "line": one.line}
    at = copy.place(one.paragraph, one.start)
    return {"file": at.file, "page": at.page, "line": at.line}


def source_lines(copy: Copy, one: Suggestion) -> list[Json]:
    if one.paragraph < 0:
        return []
    return [
        {"n": line.number, "text": line.text, "marks": [list(mark) for mark in line.marks]}
        for line in copy.lines(one.paragraph, one.start, one.end)
    ]


def _forms(copy: Copy, one: Suggestion) -> list[Json]:
    """How often each of the two forms stands elsewhere, and the first places."""
    text = copy.paragraphs[one.paragraph].text
    out = []
    for form in dict.fromkeys(forms(text, one.start, one.end, one.found, one.wanted)):
        if not form:
            continue
        hits = [
            hit
            for hit in occurrences(copy, form, COUNTED)
            if not (hit[0] == one.paragraph and hit[1] < one.end and one.start < hit[1] + len(form))
        ]
        first = hits[:_FIRST_PLACES]
        out.append(
            {
                "form": form,
                "count": len(hits),
                "more": len(hits) >= COUNTED - 1,
                "places": [spot(copy, hit, form) for hit in first],
            }
        )
    return out


def places(copy: Copy, form: str) -> Json:
    """The places at which a form stands, each with some words round it."""
    hits = list(occurrences(copy, form, COUNTED))
    return {
        "form": form,
        "count": len(hits),
        "more": len(hits) >= COUNTED - 1,
        "places": [spot(copy, hit, form) for hit in hits[:PLACES]],
    }


def spot(copy: Copy, hit: tuple[int, int], form: str) -> Json:
    number, at = hit
    before, after = copy.around(number, at, at + len(form))
    part = copy.paragraphs[number].chapter
    return {
        "chapter": part,
        "paragraph": number,
        "at": at,
        "before": before,
        "form": form,
        "after": after,
    }


# --- reading --------------------------------------------------------------------------


def reading(copy: Copy, stack: Stack, chapter: int, first: int, count: int) -> Json:
    """Paragraphs of a chapter, from `first` (counted in the whole copy) on, entries marked.

    Raises LookupError for a chapter that is not there.
    """
    if not 0 <= chapter < len(copy.chapters):
        raise LookupError(chapter)
    part = copy.chapters[chapter]
    start = min(max(first, part.first), part.last)
    stop = min(start + min(max(count, 1), WINDOW), part.last)
    marked = _by_paragraph(stack.suggestions, start, stop)
    return {
        "chapter": chapter,
        "title": part.title,
        "first": part.first,
        "last": part.last,
        "from": start,
        "paragraphs": [
            {
                "number": number,
                "role": copy.paragraphs[number].role,
                "level": copy.paragraphs[number].block.level,
                "breaks": copy.breaks_in(number),
                "pieces": _pieces(copy.paragraphs[number].text, marked.get(number, ())),
            }
            for number in range(start, stop)
        ],
    }


def _by_paragraph(
    every: Iterable[Suggestion], start: int, stop: int
) -> dict[int, list[Suggestion]]:
    out: dict[int, list[Suggestion]] = {}
    for one in every:
        if start <= one.paragraph < stop:
            out.setdefault(one.paragraph, []).append(one)
    return out


def _pieces(text: str, marks: Sequence[Suggestion]) -> list[Json]:
    """The text cut at its entries.  Where they overlap, the one decided or first is shown."""
    order = sorted(marks, key=lambda one: (one.state != "accepted", one.state == "rejected"))
    taken: list[Suggestion] = []
    for one in order:
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    out: list[Json] = []
    at = 0
    for one in sorted(taken, key=lambda one: one.start):
        if at < one.start:
            out.append({"at": at, "text": text[at : one.start]})
        piece = {"at": one.start, "text": text[one.start : one.end], "id": one.id}
        out.append({**piece, "state": one.state, "found": one.found, "wanted": one.wanted})
        at = one.end
    if at < len(text):
        out.append({"at": at, "text": text[at:]})
    return out
