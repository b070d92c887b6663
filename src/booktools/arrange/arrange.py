"""Pages and reviewed decisions → galley: typed blocks in reading order.

What it is not sure of it does as best it can and asks about, in a finding with its
evidence; a decision in `layout.toml` answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from booktools.arrange.fragments import Fragment, fragments_of, with_furniture
from booktools.arrange.layout import BlockDecision, Layout
from booktools.arrange.threads import GOES_ON, Seam, Vocabulary, seams
from booktools.errors import ConfigError
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Block, Galley, Role
from booktools.model.page import Pages

_LABEL = re.compile(
    r"(?:chapter|part|book|cap[ií]tulo|parte|chapitre|kapitel|teil)\s+[\divxlc]+\.?", re.IGNORECASE
)
_CAPTION = re.compile(r"(?:\d{4}|fig(?:ure|\.)?|photo|facsimile|plate)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Arranged:
    """The galley and what a person should look at."""

    galley: Galley
    findings: tuple[Finding, ...]


def arrange(pages: Pages, layout: Layout) -> Arranged:
    """Fragments get roles, paragraphs are joined over columns, pages and boxes, blocks put
    in reading order.

    Raises ConfigError for decisions that contradict the source or one another.
    """
    fragments = with_furniture(fragments_of(pages, layout))
    asked: list[Finding] = []
    roles = _roles(fragments, asked, pages)
    fragments = [replace(f, role=role) for f, role in zip(fragments, roles, strict=True)]
    prose = [i for i, f in enumerate(fragments) if f.role is Role.PARAGRAPH]
    made = seams(fragments, prose, layout, Vocabulary.of(fragments))
    asked += _open_ends(fragments, prose, made, layout, pages)
    order = _reading_order(fragments, prose, made)
    groups = _moved(_paragraphs(fragments, order, made), fragments)
    blocks = tuple(_block(pages, [fragments[i] for i in group]) for group in groups)
    return Arranged(Galley(pages.source, blocks), tuple(asked))


# --- roles ----------------------------------------------------------------------------


def _roles(fragments: Sequence[Fragment], asked: list[Finding], pages: Pages) -> list[Role]:
    out = []
    for index, fragment in enumerate(fragments):
        if fragment.role is not None:
            out.append(fragment.role)
            continue
        if _is_prose(fragments, index):
            out.append(Role.PARAGRAPH)
            continue
        role = _display_role(fragment)
        out.append(role)
        asked.append(
            _ask(
                "LAY001",
                pages,
                fragment,
                f"display text, set as {role.value} where it stands: what is it, "
                "and where does it belong?",
                f'Add a [[block]] with lines = "{_range(fragment)}" to layout.toml.',
            )
        )
    return out


def _is_prose(fragments: Sequence[Fragment], index: int) -> bool:
    """Running text: long, ending as a sentence does, going on below, or as wide as what
    stands beside it."""
    fragment = fragments[index]
    if fragment.starts_lower or len(fragment.rows) > 3 or fragment.text.endswith(("-", ",")):
        return True
    if fragment.terminal:
        return len(fragment.rows) > 1 or len(fragment.text) > 24
    if fragment.text.split()[-1].casefold() in GOES_ON:
        return True
    beside = [f for f in fragments[max(0, index - 1) : index + 2] if f.page == fragment.page]
    after = beside[-1] if beside[-1] is not fragment else None
    if after is not None and after.starts_lower:
        return True
    return len(fragment.rows) > 1 and any(
        len(f.rows) > 3 and all(_fits(row, f.measure) for row in fragment.rows) for f in beside
    )


def _fits(row: str, measure: float) -> bool:
    """Whether a row is about as long as a full line of a column."""
    return abs(len(row) - measure) <= max(4.0, measure / 6)


def _display_role(fragment: Fragment) -> Role:
    if _LABEL.fullmatch(fragment.text):
        return Role.LABEL
    return Role.CAPTION if _CAPTION.match(fragment.text) else Role.HEADING


# --- asking ---------------------------------------------------------------------------


def _range(fragment: Fragment) -> str:
    first = fragment.last - len(fragment.rows) + 1
    return str(first) if first == fragment.last else f"{first}-{fragment.last}"


def _ask(code: str, pages: Pages, fragment: Fragment, message: str, fix: str) -> Finding:
    at = next(line.span.start for line in fragment.lines if not line.blank)
    text = fragment.text
    excerpt = text if len(text) <= 80 else f"{text[:38]} … {text[-38:]}"
    return Finding(code, Severity.WARNING, message, pages.source.place(at), excerpt, fix)


def _open_ends(
    fragments: Sequence[Fragment],
    prose: Sequence[int],
    made: dict[int, Seam],
    layout: Layout,
    pages: Pages,
) -> list[Finding]:
    """Findings: ends without a stop that nothing goes on from, starts that nothing leads to."""
    broken = {b.line for b in layout.breaks}
    starts = {s.start for s in made.values()}
    out = []
    for index in prose:
        fragment = fragments[index]
        if index not in made and not fragment.terminal and fragment.last not in broken:
            out.append(
                _ask(
                    "LAY002",
                    pages,
                    fragment,
                    "breaks off without a full stop: does it end here, or go on elsewhere?",
                    f"Add [[break]] line = {fragment.last}, or [[join]] line = {fragment.last} "
                    "with = its continuation, to layout.toml.",
                )
            )
        if index not in starts and fragment.starts_lower:
            out.append(
                _ask(
                    "LAY003",
                    pages,
                    fragment,
                    "begins in mid-sentence, and nothing leads to it",
                    f"Add [[join]] line = its beginning, with = {_range(fragment).split('-')[0]} "
                    "to layout.toml.",
                )
            )
        seam = made.get(index)
        if seam and _is_hop(prose, seam) and seam.evidence != "reviewed":
            out.append(
                _ask(
                    "LAY004",
                    pages,
                    fragment,
                    f"goes on at source line {_range(fragments[seam.start]).split('-')[0]}, "
                    f"over other text: {seam.evidence}",
                    f"If that is right add [[join]] line = {fragment.last} "
                    f"with = {_range(fragments[seam.start]).split('-')[0]} to layout.toml.",
                )
            )
    return out


def _is_hop(prose: Sequence[int], seam: Seam) -> bool:
    return prose.index(seam.start) != prose.index(seam.end) + 1


# --- order ----------------------------------------------------------------------------


def _reading_order(
    fragments: Sequence[Fragment], prose: Sequence[int], made: dict[int, Seam]
) -> list[int]:
    """Source order, but for the streams that a hop leads to: they follow what leads there.

    A stream begins where a hop lands and lasts to the end of its page or the next landing.
    """
    rank = {index: r for r, index in enumerate(prose)}
    hops = {s.end: s.start for s in made.values() if rank[s.start] != rank[s.end] + 1}
    landings = set(hops.values())
    streams: dict[int, list[int]] = {}
    current: list[int] | None = None
    main: list[int] = []
    for index, fragment in enumerate(fragments):
        if index in landings:
            current = streams[index] = []
        elif current and fragments[current[0]].page != fragment.page:
            current = None
        (main if current is None else current).append(index)
    order: list[int] = []
    waiting = [iter(main)]
    seen: set[int] = set()
    while waiting:
        following = next(waiting[-1], None)
        if following is None:
            waiting.pop()
            continue
        order.append(following)
        target = hops.get(following)
        if target is not None and target not in seen:
            seen.add(target)
            waiting.append(iter(streams.pop(target)))
    for left in streams.values():  # landings in a ring, which reviewed joins cannot make
        order += left
    return order


def _paragraphs(
    fragments: Sequence[Fragment], order: Sequence[int], made: dict[int, Seam]
) -> list[list[int]]:
    """Groups of fragments, one a block, in reading order."""
    onward = {s.end: s.start for s in made.values()}
    taken: set[int] = set()
    groups = []
    for index in order:
        if index in taken:
            continue
        group = [index]
        while group[-1] in onward:
            group.append(onward[group[-1]])
        taken.update(group)
        groups.append(group)
    return groups


def _moved(groups: list[list[int]], fragments: Sequence[Fragment]) -> list[list[int]]:
    """Put the decided blocks next to the blocks that they name.

    A block whose target moves too goes after it has moved.
    """
    home = {
        line: rank
        for rank, group in enumerate(groups)
        for index in group
        for line in range(fragments[index].first, fragments[index].last + 1)
    }
    target: dict[int, int] = {}
    decisions: dict[int, BlockDecision] = {}
    for rank, group in enumerate(groups):
        decision = fragments[group[0]].decision
        if decision is not None and (decision.before or decision.after):
            decisions[rank] = decision
            target[rank] = _target(decision, home, rank)
    depth = {rank: _depth(rank, target, decisions) for rank in target}
    order = list(range(len(groups)))
    newest: dict[int, int] = {}
    for rank in sorted(target, key=lambda r: (depth[r], r)):
        order.remove(rank)
        at = target[rank]
        if decisions[rank].before:
            order.insert(order.index(at), rank)
        else:
            # Several blocks after the same one keep their own order.
            order.insert(order.index(newest.get(at, at)) + 1, rank)
            newest[at] = rank
    return [groups[rank] for rank in order]


def _target(decision: BlockDecision, home: dict[int, int], rank: int) -> int:
    line = decision.before or decision.after
    found = home.get(line)
    if found is None or found == rank:
        why = "there is no text on that line" if found is None else "that is the block itself"
        raise ConfigError(
            f"lines {decision.first}-{decision.last} cannot go next to line {line}: {why}",
            hint="Name a line of another block in `before` or `after`.",
            place=decision.place,
        )
    return found


def _depth(rank: int, target: dict[int, int], decisions: dict[int, BlockDecision]) -> int:
    depth, at = 0, rank
    while at in target:
        at = target[at]
        depth += 1
        if depth > len(target):
            decision = decisions[rank]
            raise ConfigError(
                f"lines {decision.first}-{decision.last} are placed by a ring of decisions",
                hint="Follow `before` and `after` from block to block and break the ring.",
                place=decision.place,
            )
    return depth


def _block(pages: Pages, own: Sequence[Fragment]) -> Block:
    text = pages.source.text
    pieces = tuple(f.span for f in own)
    raw = "".join(text[p.start : p.end] for p in pieces)
    first = own[0]
    decision = first.decision
    level = decision.level if decision else (2 if first.role is Role.HEADING else 0)
    attributes = decision.attributes if decision else ()
    return Block(first.role or Role.PARAGRAPH, pieces, raw, (), level, attributes)
