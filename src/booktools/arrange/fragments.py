"""Pages → fragments: stretches of lines that stand together on a page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from booktools.arrange.layout import BlockDecision, Layout
from booktools.errors import ConfigError
from booktools.model.galley import Role
from booktools.model.page import Line, Pages
from booktools.model.place import Span

TERMINAL = re.compile(r"[.!?…:][\"”’»›)\]]*$")
_LOWER = re.compile(r"^[\"“‘«(\[]*[a-zà-öø-ÿ]")
_FOLIO = re.compile(r"[\[(—–\- ]*(\d{1,4}|[ivxlc]{1,7})[\])—–\- ]*")


@dataclass(frozen=True)
class Fragment:
    """Lines of one page without an empty line between them, the empty ones after them in.

    `role` is None until somebody knows; `decision` says who.
    """

    lines: tuple[Line, ...]
    first: int
    role: Role | None = None
    decision: BlockDecision | None = None

    @property
    def last(self) -> int:
        """The line number in the source of the last line that is not blank."""
        blank = 0
        for line in reversed(self.lines):
            if not line.blank:
                break
            blank += 1
        return self.first + len(self.lines) - 1 - blank

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def span(self) -> Span:
        return Span(self.lines[0].span.start, self.lines[-1].span.end)

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The texts of the lines that are not blank."""
        return tuple(line.text for line in self.lines if not line.blank)

    @cached_property
    def text(self) -> str:
        """The rows in one line, as they stand (hyphens unresolved)."""
        return " ".join(self.rows)

    @property
    def terminal(self) -> bool:
        """Whether it ends as a sentence ends."""
        return bool(TERMINAL.search(self.text))

    @property
    def starts_lower(self) -> bool:
        return bool(_LOWER.match(self.text))

    @property
    def measure(self) -> float:
        """The usual length of its full lines, in characters."""
        full = [len(row) for row in self.rows[:-1]] or [len(self.rows[0])]
        return median(full)


def fragments_of(pages: Pages, layout: Layout) -> list[Fragment]:
    """Cut the pages at empty lines, page ends and the edges of decided blocks.

    Raises ConfigError for a decision whose lines do not exist, overlap another's or do
    not begin with its text.
    """
    lines = pages.lines()
    decided = _decided_lines(lines, layout)
    groups: list[list[int]] = []
    previous: Line | None = None
    for number, line in enumerate(lines, 1):
        fresh = (
            previous is None or line.page != previous.page or (not line.blank and previous.blank)
        )
        same = number - 1 in decided and decided.get(number) is decided.get(number - 1)
        if number in decided or number - 1 in decided:
            fresh = not same and not (line.blank and number not in decided)
        if fresh or not groups:
            groups.append([])
        groups[-1].append(number)
        previous = line
    made = []
    for group in groups:
        decision = decided.get(group[0])
        own = tuple(lines[n - 1] for n in group)
        made.append(Fragment(own, group[0], decision.role if decision else None, decision))
    return _blank_joined(made)


def _blank_joined(fragments: list[Fragment]) -> list[Fragment]:
    """Fragments of empty lines alone go to the one before, or to the first one after."""
    out: list[Fragment] = []
    waiting: tuple[Line, ...] = ()
    for fragment in fragments:
        if not fragment.rows:
            if out:
                out[-1] = replace(out[-1], lines=out[-1].lines + fragment.lines)
            else:
                waiting += fragment.lines
            continue
        if waiting:
            first = fragment.first - len(waiting)
            fragment = replace(fragment, lines=waiting + fragment.lines, first=first)
            waiting = ()
        out.append(fragment)
    return out


def _decided_lines(lines: tuple[Line, ...], layout: Layout) -> dict[int, BlockDecision]:
    decided: dict[int, BlockDecision] = {}
    for decision in layout.blocks:
        if not 1 <= decision.first <= decision.last <= len(lines):
            raise ConfigError(
                f"there are no lines {decision.first}-{decision.last} in the source",
                hint=f"The source has {len(lines)} lines; correct `lines`.",
                place=decision.place,
            )
        own = range(decision.first, decision.last + 1)
        clash = next((n for n in own if n in decided), 0)
        if clash:
            raise ConfigError(
                f"line {clash} is decided twice, here and at {decided[clash].place}",
                hint="Take the line out of one of the two `lines`.",
                place=decision.place,
            )
        text = " ".join(" ".join(lines[n - 1].text for n in own).split())
        if not text.startswith(" ".join(decision.text.split())):
            raise ConfigError(
                f"lines {decision.first}-{decision.last} begin {text[:50]!r}, "
                f"not {decision.text[:50]!r}",
                hint="The source has changed or the lines are wrong: review the decision.",
                place=decision.place,
            )
        decided.update(dict.fromkeys(own, decision))
    return decided


def with_furniture(fragments: list[Fragment]) -> list[Fragment]:
    """Running heads and folios get their role, found by repetition and place.

    A running head is a one-line fragment at the top or foot of its page that stands, its
    digits apart, on at least three pages and a fifth of all; a folio is a number alone at
    the top or foot of a page when at least three pages have one.
    """
    pages = {f.page for f in fragments}
    edges: dict[int, list[int]] = {}
    for index, fragment in enumerate(fragments):
        edges.setdefault(fragment.page, []).append(index)
    outer = [i for own in edges.values() for i in {own[0], own[-1]}]
    single = [i for i in outer if len(fragments[i].rows) == 1 and fragments[i].role is None]
    shapes = Counter(_shape(fragments[i].text) for i in single)
    folios = sum(bool(_FOLIO.fullmatch(fragments[i].text)) for i in single)
    out = list(fragments)
    for i in single:
        text = fragments[i].text
        repeated = shapes[_shape(text)] >= max(3, len(pages) / 5)
        if repeated or (folios >= 3 and _FOLIO.fullmatch(text)):
            out[i] = replace(fragments[i], role=Role.FURNITURE)
    return out


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()
