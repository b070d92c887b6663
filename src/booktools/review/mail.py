"""What a page that goes by mail holds: the open suggestions and the text to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from booktools.review.copy import Copy
from booktools.review.picture import cutting
from booktools.review.show import card, overview, reading
from booktools.review.suggestion import OPEN, Filter, Stack, Suggestion

Json = dict[str, Any]

# Lines of the source each side of a reading: the whole page would be sent with each card.
_LINES = 9


def mail(
    copy: Copy,
    stack: Stack,
    required: int,
    rules: Mapping[str, str],
    questions: Mapping[str, str],
) -> Json:
    """The values of a mailed page, without what others have said.

    Where a card has an image, that tells what is to be cut out of which page (`cutting`).
    `questions` gives the version of each entry's question, by id.
    """
    open_ones = [one for one in stack.suggestions if one.state == OPEN]
    cards = [
        {**_card(copy, stack, one, required, rules), "version": questions[one.id]}
        for one in open_ones
    ]
    sent = {one.id for one in open_ones}
    about = overview(copy, stack, Filter(state=OPEN), "", rules)
    return {
        "about": {**about, "people": []},
        "cards": cards,
        "chapters": [_chapter(copy, stack, number, sent) for number in range(len(copy.chapters))],
    }


def _card(
    copy: Copy, stack: Stack, one: Suggestion, required: int, rules: Mapping[str, str]
) -> Json:
    made = card(copy, stack, one, "", required, rules)
    marked = [index for index, line in enumerate(made["lines"]) if line["marks"]]
    if marked:
        first, last = max(0, marked[0] - _LINES), marked[-1] + _LINES + 1
        made["lines"] = made["lines"][first:last]
    made["image"] = cutting(copy, one.paragraph, one.start, one.end) if one.paragraph >= 0 else None
    return {**made, "voices": [], "answers": 0, "disputed": False, "mine": "", "waits": True}


def _chapter(copy: Copy, stack: Stack, number: int, sent: set[str]) -> Json:
    part = copy.chapters[number]
    made = reading(copy, stack, number, part.first, part.last - part.first)
    while made["from"] + len(made["paragraphs"]) < part.last:
        at = made["from"] + len(made["paragraphs"])
        made["paragraphs"] += reading(copy, stack, number, at, part.last - at)["paragraphs"]
    for paragraph in made["paragraphs"]:
        paragraph["lines"] = list(_lines(copy, paragraph["number"]))
        for piece in paragraph["pieces"]:
            if "id" in piece and piece["id"] not in sent:
                piece["shut"] = True
    return made


def _lines(copy: Copy, number: int) -> Iterator[tuple[int, int, str]]:
    """Where each source line begins in a paragraph: offset, line, and file."""
    text = copy.paragraphs[number].text
    starts = [at for at in range(len(text)) if at == 0 or text[at - 1] == " "]
    many = len({name for name, _ in copy.galley.source.files}) > 1
    known: tuple[int, str] | None = None
    for at, line, file in _changes(copy, number, starts):
        if known != (line, file):
            known = line, file
            yield at, line, file if many else ""


def _changes(copy: Copy, number: int, starts: list[int]) -> Iterator[tuple[int, int, str]]:
    """Place of the first and of each word that may be on another line than the one before."""
    if not starts:
        return
    first, last = copy.place(number, starts[0]), copy.place(number, starts[-1])
    yield starts[0], first.line, first.file
    if (first.file, first.line) == (last.file, last.line):
        return
    middle = len(starts) // 2
    yield from _changes(copy, number, starts[:middle])
    yield from _changes(copy, number, starts[middle:])
