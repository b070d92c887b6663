"""Pages → fragments: stretches of lines that stand together on a page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from booktools.arrange.drifted import cells_of as drifted_cells
from booktools.arrange.dumped import noted, prose, read_lines
from booktools.arrange.geometry import PrintParting, looks_of
from booktools.arrange.layout import BlockDecision, Layout
from booktools.arrange.lines import LineNames
from booktools.arrange.listings import one_width
from booktools.arrange.page_seams import Usage
from booktools.arrange.paragraphs import Parting
from booktools.arrange.stretch import Stretch
from booktools.arrange.table_turns import turned
from booktools.arrange.tables import CellLines, Tabled, relined, tables
from booktools.arrange.words import BREAKS_OFF, ends_sentence, starts_lower
from booktools.errors import ConfigError
from booktools.model.galley import Role
from booktools.model.page import Line, Pages
from booktools.model.place import Span


@dataclass(slots=True)  # as `Row`
class Fragment:
    """Lines of one page without an empty line between them, the empty ones after them in.

    `decision` or `kind` says why it has its role.  `parted` are the odds that
    cut it off from the line above, where no empty line does (0: something stands between).
    `part_of` is the offset where the fragment that it is a part of begins (-1: of none).
    `opened`: a drop capital before it is its first letter.  `cells` are those of a table in the
    order of its lines.
    """

    lines: tuple[Line, ...]
    role: Role = Role.PARAGRAPH
    decision: BlockDecision | None = None
    parted: float = 0.0
    kind: Stretch | None = None
    part_of: int = -1
    opened: bool = False
    cells: tuple[CellLines, ...] = ()
    written: tuple[Line, ...] = field(init=False, repr=False, compare=False)
    rows: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.written = tuple([line for line in self.lines if line.text])
        self.rows = tuple([line.text for line in self.written])

    @property
    def first(self) -> int:
        """The line number in the source of the first line that is not blank."""
        return self.written[0].number

    @property
    def last(self) -> int:
        """The line number in the source of the last line that is not blank."""
        return self.written[-1].last or self.written[-1].number

    @property
    def page(self) -> int:
        return self.written[0].page

    @property
    def pieces(self) -> tuple[Span, ...]:
        """Its stretches of the source: one, or one a line where other columns stand beside."""
        made: list[Span] = []
        start = end = -1
        for line in self.lines:
            span = line.span
            if span.start == end:
                end = span.end
            elif span.end > span.start:  # not a blank line that only marks a gap
                if end >= 0:
                    made.append(Span(start, end))
                start, end = span.start, span.end
        return (*made, Span(start, end))

    @property
    def text(self) -> str:
        """The rows in one line, as they stand (hyphens unresolved)."""
        return " ".join(self.rows)

    @property
    def terminal(self) -> bool:
        """Whether it ends as a sentence or a speech ends."""
        return ends_sentence(self.rows[-1]) or self.rows[-1][-2:] in BREAKS_OFF

    @property
    def starts_lower(self) -> bool:
        return not self.opened and starts_lower(self.rows[0])

    @property
    def measure(self) -> float:
        """The usual length of its full lines, in characters."""
        full = [len(row) for row in self.rows[:-1]] or [len(self.rows[0])]
        return median(full)

    @property
    def moved(self) -> bool:
        """Whether a decision puts it somewhere else."""
        return self.decision is not None and bool(self.decision.before or self.decision.after)


def fragments_of(
    pages: Pages, layout: Layout, usage: Usage
) -> tuple[list[Fragment], Parting | PrintParting]:
    """Cut the pages at empty lines, page ends, running heads and folios, reviewed breaks and
    the edges of decided blocks.  Blank lines go with what stands before them.  The second
    answer weighs the seams between them.  `usage` is what is known of the language.

    Returns nothing for a source without text.  Raises ConfigError for a decision whose
    lines do not exist, overlap another's or do not begin with its text.
    """
    lines = pages.lines()
    decided: Mapping[int, BlockDecision] = _decided_lines(lines, layout, LineNames.of(pages.source))
    breaks = {b.line for b in layout.breaks}
    parting: Parting | PrintParting
    why: Mapping[int, str]
    if pages.geometry:
        widths = one_width(lines, pages.geometry)
        known = prose(lines, decided, layout)
        tabled = tables(lines, pages.source.text, known, pages.geometry, widths)
        pages = relined(pages, tabled)
        lines, decided = tabled.lines, tabled.carried(decided)
        looks = looks_of(pages, decided.keys() | tabled.places, widths)
        whole = turned(tabled, {*looks.furniture, *noted(looks.stretches)})
        tabled, why = whole.tabled, dict(looks.furniture) | dict(whole.repeated)
        furniture = frozenset(why)
        kinds = _running(lines, layout, (*looks.stretches, *tabled.stretches(decided.keys())))
        parting, begins = looks.parting, looks.begins
    else:
        tabled, read = read_lines(lines, decided, layout, pages.source.text, usage)
        lines, decided, furniture, why = read.lines, read.decided, read.furniture, read.why
        kinds = _running(lines, layout, read.stretches, furniture)
        parting, begins = _paragraphs(lines, decided.keys() | furniture | kinds.keys())
    opened = {s.follows for s in kinds.values() if s.role is Role.PARAGRAPH and s.follows >= 0}
    opened |= {_next(lines, s.last) for s in kinds.values() if s.opens}

    def begins_at(previous: int, index: int) -> bool:
        if index in begins or index in opened or lines[previous].page != lines[index].page:
            return True
        if index in kinds or previous in kinds:
            return kinds.get(index) is not kinds.get(previous)
        return _begins(lines, previous, index, decided, furniture, breaks)

    made = []
    for head, group in _cut(lines, begins_at):
        decision = decided.get(head)
        kind = kinds.get(head)
        if head in why and head in furniture:
            kind = Stretch(head, head, Role.FURNITURE, why[head])
        role = Role.FURNITURE if head in furniture else Role.PARAGRAPH
        role = decision.role if decision else kind.role if kind else role
        parted, part_of = begins.get(head, 0.0), _part_of(kind, lines, head, furniture)
        own = _cells_of(tabled, kind, decision, group) if role is Role.TABLE else ()
        about = decision, parted, kind, part_of, head in opened, own
        made.append(Fragment(tuple(group), role, *about))
    return made, parting


def _next(lines: Sequence[Line], last: int) -> int:
    """The next written line, -1 for none."""
    return next((at for at in range(last + 1, len(lines)) if lines[at].text), -1)


def _cells_of(
    tabled: Tabled, kind: Stretch | None, decision: BlockDecision | None, group: Sequence[Line]
) -> tuple[CellLines, ...]:
    if kind and kind.columns and not decision:
        return drifted_cells(kind, group)
    return tabled.cells_of(group)


def _cut(
    lines: Sequence[Line], begins_at: Callable[[int, int], bool]
) -> Iterator[tuple[int, list[Line]]]:
    """Groups of lines, each with the index of its first written one; `begins_at` says of a
    written line and the next one whether a group begins with that."""
    group: list[Line] = []
    head = previous = -1  # the group's first written line, and the last one
    for index, line in enumerate(lines):
        if line.text:
            if previous < 0:
                head = index
            elif begins_at(previous, index):
                yield head, group
                head, group = index, []
            previous = index
        group.append(line)
    if previous >= 0:
        yield head, group


def _running(
    lines: Sequence[Line],
    layout: Layout,
    stretches: Sequence[Stretch],
    but: Collection[int] = (),
) -> dict[int, Stretch]:
    """The lines that are no running text, each with its stretch, `but` those.

    Whoever joins or breaks a stretch has said that it is running text; but an item of a list may
    end where somebody has said that something ends.
    """
    breaks = {b.line for b in layout.breaks}
    joins = {j.line for j in layout.joins} | {j.goes_on for j in layout.joins}

    def is_told(stretch: Stretch) -> bool:
        own = [lines[i].number for i in range(stretch.first, stretch.last + 1)]
        inner = own[:-1] if stretch.role is Role.LIST else own
        return not (breaks.isdisjoint(inner) and joins.isdisjoint(own))

    return {
        index: stretch
        for stretch in stretches
        if not ((breaks or joins) and is_told(stretch))
        for index in range(stretch.first, stretch.last + 1)
        if index not in but
    }


def _part_of(
    kind: Stretch | None, lines: Sequence[Line], head: int, furniture: Collection[int]
) -> int:
    """The offset where the fragment begins that the one with the line `head` is a part of."""
    if kind is None:
        return -1
    above = next((i for i in range(head - 1, -1, -1) if lines[i].text), -1)
    if head > kind.first and above in furniture:  # a running head or a folio stands in it
        return lines[kind.first].span.start
    return lines[kind.follows].span.start if kind.follows >= 0 else -1


def _paragraphs(lines: Sequence[Line], apart: Collection[int]) -> tuple[Parting, dict[int, float]]:
    """The lines that begin a paragraph although no empty line stands above them, and how
    sure that is; `apart` ones are no running text."""
    runs: list[list[int]] = []
    for index, line in enumerate(lines):
        if not line.text or index in apart:
            continue
        if runs and runs[-1][-1] == index - 1 and lines[index - 1].page == line.page:
            runs[-1].append(index)
        else:
            runs.append([index])
    parting = Parting(lines, runs)
    return parting, {s: odds for run in runs for s, odds in parting.starts(run).items()}


def _begins(
    lines: Sequence[Line],
    previous: int,
    index: int,
    decided: Mapping[int, BlockDecision],
    furniture: Collection[int],
    breaks: Collection[int],
) -> bool:
    """Whether a fragment begins at line `index`; `previous` is the written line above it."""
    above, line = lines[previous], lines[index]
    if index in decided or previous in decided:
        return decided.get(index) is not decided.get(previous)
    return (
        above.page != line.page
        or index != previous + 1
        or index in furniture
        or previous in furniture
        or (above.last or above.number) in breaks
    )


def _decided_lines(
    lines: tuple[Line, ...], layout: Layout, names: LineNames
) -> dict[int, BlockDecision]:
    """The decision on each line, by the line's index."""
    if not layout.blocks:
        return {}
    parts: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        parts.setdefault(line.number, []).append(index)
    decided: dict[int, BlockDecision] = {}
    for decision in layout.blocks:
        if not 1 <= decision.first <= decision.last <= len(parts):
            raise ConfigError(
                f"there are no lines {decision.first}-{decision.last} in the source",
                hint=f"There are {len(parts)} lines; correct `lines`.",
                place=decision.place,
            )
        own = _own(lines, parts, decision, names)
        clash = next((i for i in own if i in decided), None)
        if clash is not None:
            raise ConfigError(
                f"line {names.name(lines[clash].number)} is decided twice, here and at "
                f"{decided[clash].place}",
                hint="Take the line out of one of the two `lines`.",
                place=decision.place,
            )
        decided.update(dict.fromkeys(own, decision))
    return decided


def _own(
    lines: Sequence[Line],
    parts: Mapping[int, Sequence[int]],
    decision: BlockDecision,
    names: LineNames,
) -> range:
    """Indices of a decision's lines.

    Where a page begins in the middle of a line the decision's text tells which part it means.
    """
    begins = []
    for start in parts[decision.first]:
        stop = next((i for i in parts[decision.last] if i >= start), start)
        text = " ".join(" ".join(line.text for line in lines[start : stop + 1]).split())
        if text.startswith(" ".join(decision.text.split())):
            return range(start, stop + 1)
        begins.append(repr(text[:50]))
    raise ConfigError(
        f"lines {names.name(decision.first, decision.last)} begin {' or '.join(begins)}, "
        f"not {decision.text[:50]!r}",
        hint="The source has changed or the lines are wrong: review the decision.",
        place=decision.place,
    )
