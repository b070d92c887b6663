"""Pages and reviewed decisions → galley: typed blocks in reading order.

What it is not sure of it does as best it can and asks about, in a finding with its
evidence; a decision in `layout.toml` answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from booktools.arrange.fragments import Fragment, fragments_of
from booktools.arrange.layout import BlockDecision, Layout
from booktools.arrange.lines import LineNames
from booktools.arrange.page_seams import UNKNOWN, Usage
from booktools.arrange.questions import contents_left_out, display, open_ends, run_together
from booktools.arrange.stretch import written
from booktools.arrange.threads import Seam, seams
from booktools.errors import ConfigError
from booktools.model.finding import Finding
from booktools.model.galley import Block, Galley, Role
from booktools.model.listed import mark_of
from booktools.model.page import Line, Pages
from booktools.model.place import Span


@dataclass(frozen=True)
class Arranged:
    """The galley and what a person should look at."""

    galley: Galley
    findings: tuple[Finding, ...]


def arrange(pages: Pages, layout: Layout, usage: Usage = UNKNOWN) -> Arranged:
    """Fragments get roles, paragraphs are joined over columns, pages and boxes, blocks put
    in reading order; `usage` is what is known of the language at large.

    Raises ConfigError for decisions that contradict the source or one another.
    """
    names = LineNames.of(pages.source)
    layout = names.counted(layout)
    fragments, parting = fragments_of(pages, layout, usage)
    if not fragments:
        return Arranged(Galley(pages.source, _blank(pages.source.text)), ())
    parts = _parts(fragments)
    letters = {i for i in parts if fragments[i].role is Role.PARAGRAPH}
    prose = [i for i, f in enumerate(fragments) if f.role is Role.PARAGRAPH and not f.kind]
    made = seams(fragments, prose, layout, parting, names)
    order = _reading_order(fragments, prose, made)
    groups = _moved(_whole(_paragraphs(order, made), parts, letters), fragments, names)
    for index in _titles(groups, fragments):
        fragments[index] = replace(fragments[index], role=Role.TITLE)
    asked = [
        *display(pages, fragments, names),
        *open_ends(fragments, prose, made, layout, pages, names),
        *run_together(fragments, prose, pages, names),
        *contents_left_out(pages, fragments, names),
    ]
    blocks: list[Block] = []
    for group in groups:
        own = [fragments[i] for i in group]
        if own[0].role is Role.LIST:
            blocks += _items(pages, own)
        else:
            blocks += _cells(pages, own) if own[0].cells else [_block(pages, own)]
    return Arranged(Galley(pages.source, tuple(blocks)), tuple(asked))


# --- roles ----------------------------------------------------------------------------


def _parts(fragments: Sequence[Fragment]) -> dict[int, int]:
    """The fragments that are parts of another one, by index: a drop capital of the paragraph
    that lacks it, the rest of a note or a stanza of its beginning."""
    home = {f.written[0].span.start: i for i, f in enumerate(fragments)}
    found = {}
    for index, fragment in enumerate(fragments):
        if fragment.part_of >= 0 and fragment.part_of in home:
            found[index] = home[fragment.part_of]
    for part in found:  # the rest of a rest belongs to the beginning
        while found[part] in found and found[part] != part:
            found[part] = found[found[part]]
    return found


def _titles(groups: Sequence[Sequence[int]], fragments: Sequence[Fragment]) -> Iterator[int]:
    """Display text that is a chapter's title, for a label that nobody has decided on stands
    over it; and such labels that have no title: they are their chapters' only name."""
    heads = [group[0] for group in groups if fragments[group[0]].role is not Role.FURNITURE]
    for rank, index in enumerate(heads):
        if fragments[index].role is not Role.LABEL or fragments[index].decision:
            continue
        below = [fragments[i] for i in heads[rank + 1 : rank + 2]]
        if any(f.role is Role.HEADING and not f.decision for f in below):
            yield heads[rank + 1]
        elif not any(f.role is Role.TITLE for f in below):
            yield index


# --- order ----------------------------------------------------------------------------


def _reading_order(
    fragments: Sequence[Fragment], prose: Sequence[int], made: Mapping[int, Seam]
) -> list[int]:
    """Source order, but for the streams that a hop leads to: they follow what leads there.

    A stream begins where a hop lands and lasts to the end of its page or the next landing.
    """
    rank = {index: r for r, index in enumerate(prose)}
    hops = {s.end: s.start for s in made.values() if rank[s.start] != rank[s.end] + 1}
    while True:
        main, streams = _streams(fragments, set(hops.values()))
        order: list[int] = []
        waiting = [iter(main)]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                continue
            order.append(following)
            if following in hops:
                waiting.append(iter(streams.pop(hops[following])))
        if not streams:
            return order
        # Streams that only lead to one another (joins that go back) stay where they are.
        hops = {end: start for end, start in hops.items() if start not in streams}


def _streams(
    fragments: Sequence[Fragment], landings: set[int]
) -> tuple[list[int], dict[int, list[int]]]:
    """Indices of the fragments outside all streams, and each stream's by its landing."""
    main: list[int] = []
    streams: dict[int, list[int]] = {}
    current = main
    for index, fragment in enumerate(fragments):
        if index in landings:
            current = streams[index] = []
        elif current is not main and fragments[current[0]].page != fragment.page:
            current = main
        current.append(index)
    return main, streams


def _paragraphs(order: Sequence[int], made: Mapping[int, Seam]) -> list[list[int]]:
    """Groups of fragments, one a block, in reading order."""
    onward = {s.end: s.start for s in made.values()}
    starts = set(onward.values())
    groups = []
    for index in order:
        if index in starts:
            continue
        group = [index]
        while group[-1] in onward:
            group.append(onward[group[-1]])
        groups.append(group)
    return groups


def _whole(
    groups: list[list[int]], parts: Mapping[int, int], letters: Collection[int]
) -> list[list[int]]:
    """The groups with the parts of blocks in their places: before it what stands before the
    block in the source and `letters`, drop capitals, behind it what stands behind."""
    rank = {index: r for r, group in enumerate(groups) for index in group}
    gone = set()
    for part, whole in parts.items():
        group = groups[rank[whole]]
        if rank[part] == rank[whole]:
            continue
        at = 0 if part < group[0] or part in letters else len(group)
        group[at:at] = groups[rank[part]]
        gone.add(rank[part])
    return [group for r, group in enumerate(groups) if r not in gone]


def _moved(
    groups: list[list[int]], fragments: Sequence[Fragment], names: LineNames
) -> list[list[int]]:
    """Put the decided blocks next to the blocks that they name.

    A block whose target moves too goes with it; several next to the same one keep their
    order.
    """
    if all(fragments[group[0]].decision is None for group in groups):
        return groups
    home = {
        line: rank
        for rank, group in enumerate(groups)
        for index in group
        for line in _numbers(fragments[index])
    }
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    decisions: dict[int, BlockDecision] = {}
    for rank, group in enumerate(groups):
        decision = fragments[group[0]].decision
        if decision is not None and (decision.before or decision.after):
            decisions[rank] = decision
            side = before if decision.before else after
            side.setdefault(_target(decision, home, rank, names), []).append(rank)
    order = [
        placed
        for rank in range(len(groups))
        if rank not in decisions
        for placed in _family(rank, before, after)
    ]
    left = set(decisions) - set(order)
    if left:
        decision = decisions[min(left)]
        raise ConfigError(
            f"lines {names.name(decision.first, decision.last)} are placed by a ring of decisions",
            hint="Follow `before` and `after` from block to block and break the ring.",
            place=decision.place,
        )
    return [groups[rank] for rank in order]


def _numbers(fragment: Fragment) -> set[int]:
    """The numbers of its lines, blank ones between them in."""
    between = range(fragment.first, fragment.last + 1)
    return {*between, *(line.number for line in fragment.written)}


def _family(
    root: int, before: Mapping[int, Sequence[int]], after: Mapping[int, Sequence[int]]
) -> Iterator[int]:
    """A block between those that go before and after it, each with its own."""
    waiting = [(root, False)]
    while waiting:
        rank, open_ = waiting.pop()
        if open_:
            yield rank
            continue
        waiting += [(r, False) for r in reversed(after.get(rank, ()))]
        waiting.append((rank, True))
        waiting += [(r, False) for r in reversed(before.get(rank, ()))]


def _target(decision: BlockDecision, home: dict[int, int], rank: int, names: LineNames) -> int:
    line = decision.before or decision.after
    found = home.get(line)
    if found is None or found == rank:
        why = "there is no text on that line" if found is None else "that is the block itself"
        raise ConfigError(
            f"lines {names.name(decision.first, decision.last)} cannot go next to line "
            f"{names.name(line)}: {why}",
            hint="Name a line of another block in `before` or `after`.",
            place=decision.place,
        )
    return found


def _blank(text: str) -> tuple[Block, ...]:
    """A source of blank lines alone is furniture."""
    return (Block(Role.FURNITURE, (Span(0, len(text)),), text),) if text else ()


def _cells(pages: Pages, own: Sequence[Fragment]) -> Iterator[Block]:
    """The blocks of a table, one for each of its cells."""
    for fragment in own:
        for cell, lines in fragment.cells:
            made = _block(pages, [replace(fragment, lines=lines)])
            yield replace(made, attributes=(*made.attributes, *cell.attributes))


def _items(pages: Pages, own: Sequence[Fragment]) -> Iterator[Block]:
    """The blocks of a list, one for each line of a decided or doubtful one that begins with a
    mark like its first."""
    head = own[0]
    mark = mark_of(head.rows[0])
    if mark is None or (head.decision is None and head.kind and head.kind.sure):
        yield _block(pages, own)
        return
    items: list[list[Line]] = [[]]
    for line in (line for fragment in own for line in fragment.lines):
        other = mark_of(line.text)
        if other and other.family == mark.family and any(one.text for one in items[-1]):
            items.append([])
        items[-1].append(line)
    for lines in items:
        yield _block(pages, [replace(head, lines=tuple(lines))])


def _block(pages: Pages, own: Sequence[Fragment]) -> Block:
    text = pages.source.text
    pieces = tuple([piece for fragment in own for piece in fragment.pieces])
    raw = "".join([text[p.start : p.end] for p in pieces])
    first = own[0] if own[0].part_of < 0 else own[-1]
    decision = first.decision
    level = decision.level if decision and decision.level else _level(first)
    attributes = decision.attributes if decision else ()
    if first.role is Role.FURNITURE:
        attributes = (("decided", str(decision.place)),) if decision else _told(first)
    if first.kind and first.kind.blanks and not decision:
        attributes = (*attributes, ("blanks", written(first.kind.blanks)))
    return Block(first.role, pieces, raw, (), level, attributes)


def _told(fragment: Fragment) -> tuple[tuple[str, str], ...]:
    """Why it is furniture, where that is told."""
    return (("why", fragment.kind.evidence),) if fragment.kind else ()


def _level(fragment: Fragment) -> int:
    if fragment.role is Role.LIST:
        return (fragment.kind.level if fragment.kind else 0) or 1
    if fragment.role is not Role.HEADING:
        return 0
    return (fragment.kind.level if fragment.kind else 0) or 2
