"""Changes made by hand in a recovered manuscript, as entries of the ledger."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from booktools.errata.apply import Applied
from booktools.errata.concordance import fold
from booktools.errata.entry import Entry, State
from booktools.errata.handmade import Edited, Row, by_hand
from booktools.errata.kinds import guess_kind, words_of
from booktools.errata.locate import Index, Spot, locate
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Block, Galley, Layer, Role
from booktools.model.place import Place, Span

_LETTER = re.compile(r"\S")
_WORD = re.compile(r"[^ \t\n\r\f\v]+")
_REACH = 3  # words of context at each side, at first
_WIDER = 12  # words by which a reading may grow until it stands once in its context


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change by hand, at `place` in the manuscript.

    `entry` is what makes it so, without id and decision: a new one, or (`known`) one of the
    ledger to accept with `entry.wanted`; None where the text is as the source has it again.
    `replaces` are the ids of accepted entries that stand no more.
    """

    place: Place
    entry: Entry | None
    known: bool = False
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Captured:
    """What becomes entries, and what cannot (ERR030)."""

    proposals: tuple[Proposal, ...]
    left: tuple[Finding, ...]


@dataclass(frozen=True)
class Recovered:
    """What the sources give now: the corrected galley, its blocks (by index) in the order of
    the manuscript's letters, and the manuscript that was made of them."""

    applied: Applied
    order: Sequence[int]
    rows: Sequence[Row]


def capture(recovered: Recovered, after: Sequence[Row], entries: Iterable[Entry]) -> Captured:
    """What somebody corrected in the manuscript `after`, against what the sources give."""
    documents = recovered.applied.galley.source.counted
    found = by_hand(recovered.rows, after, documents=documents)
    where = _Where(recovered)
    left = list(found.left)
    by_block: dict[int, list[tuple[Edited, Span, Span]]] = {}
    for edit in found.edits:
        at = where.block(edit)
        if at is None:
            left.append(_left(edit, "this stands across two blocks of the source"))
        else:
            by_block.setdefault(at[0], []).append((edit, *at[1:]))
    before = uncorrected(recovered.applied)
    desk = _Desk(recovered.applied, before, Index(before), tuple(entries))
    proposals: list[Proposal] = []
    for number, edits in sorted(by_block.items()):
        made, rest = desk.block(number, edits)
        proposals += made
        left += rest
    return Captured(tuple(proposals), tuple(left))


def uncorrected(applied: Applied) -> Galley:
    """The galley as it was before the errata."""
    blocks = list(applied.galley.blocks)
    for number in {number for number, _ in applied.places.values()}:
        blocks[number] = replace(blocks[number], layers=blocks[number].layers[:-1])
    return replace(applied.galley, blocks=tuple(blocks))


class _Where:
    """From a row of the manuscript to the block that it was made from, letter by letter."""

    def __init__(self, recovered: Recovered) -> None:
        self._rows = recovered.rows
        self._starts: list[int] = []  # letters before each row
        at = 0
        for row in recovered.rows:
            self._starts.append(at)
            at += 0 if row.given else len(_LETTER.findall(row.text))
        self._blocks = [recovered.applied.galley.blocks[index] for index in recovered.order]
        self._order = recovered.order
        self._begins: list[int] = []  # letters before each block
        self._solid: list[list[int]] = []
        at = 0
        for block in self._blocks:
            self._begins.append(at)
            self._solid.append([match.start() for match in _LETTER.finditer(block.text)])
            at += len(self._solid[-1])

    def block(self, edit: Edited) -> tuple[int, Span, Span] | None:
        """Number of the block, and the spans of the edit and of its cover in its text."""
        text, first = self._rows[edit.row].text, self._starts[edit.row]
        start = first + len(_LETTER.findall(text, 0, edit.cover[0]))
        end = first + len(_LETTER.findall(text, 0, edit.cover[1]))
        rank = bisect_right(self._begins, start) - 1
        while rank >= 0 and not self._solid[rank]:
            rank -= 1
        if rank < 0 or end > self._begins[rank] + len(self._solid[rank]):
            return None
        solid, begin = self._solid[rank], self._begins[rank]

        def offset(at: int, *, closing: bool) -> int:
            """The offset in the block of one in the row; `closing`: behind the letter before."""
            count = first + len(_LETTER.findall(text, 0, at)) - begin
            return solid[count - 1] + 1 if closing else solid[count]

        cover = Span(offset(edit.cover[0], closing=False), offset(edit.cover[1], closing=True))
        blank_before = edit.start > edit.cover[0]
        blank_after = edit.end < edit.cover[1] and not blank_before
        low = offset(edit.start, closing=True) if blank_before else cover.start
        high = offset(edit.end, closing=False) if blank_after else cover.end
        if edit.start == edit.end:
            low = high = low if blank_before else high if edit.end > edit.cover[0] else cover.start
        return self._order[rank], Span(low, high), cover


@dataclass(frozen=True)
class _Region:
    """A stretch of a block's corrected text, the edits inside it, and the entries that made it."""

    span: Span
    edits: tuple[tuple[Edited, Span], ...]


class _Desk:
    def __init__(
        self, applied: Applied, before: Galley, index: Index, entries: tuple[Entry, ...]
    ) -> None:
        self.applied = applied
        self.before = before
        self.index = index
        self.words = Counter(
            word
            for block in applied.galley.blocks
            if block.role is not Role.FURNITURE
            for word in words_of(block.text)
        )
        self.waiting: dict[int, list[tuple[Entry, Spot]]] = {}
        for entry in entries:
            if entry.id not in applied.places:
                spot = locate(index, entry)
                if isinstance(spot, Spot):
                    self.waiting.setdefault(spot.block, []).append((entry, spot))
        by_id = {entry.id: entry for entry in entries}
        self.made: dict[int, list[Entry]] = {}
        for id, (number, _) in applied.places.items():
            self.made.setdefault(number, []).append(by_id[id])
        self.several = len(before.source.files) > 1

    def block(
        self, number: int, edits: Sequence[tuple[Edited, Span, Span]]
    ) -> tuple[list[Proposal], list[Finding]]:
        block = self.applied.galley.blocks[number]
        corrected = len(block.layers) > len(self.before.blocks[number].layers)
        layer = block.layers[-1] if corrected else Layer()
        regions = [_Region(cover, ((edit, span),)) for edit, span, cover in edits]
        for _ in range(_WIDER * len(regions) + 1):
            regions = _merged(regions, layer)
            made = [self._proposal(number, block, layer, region) for region in regions]
            small = [n for n, one in enumerate(made) if one is None]
            wider = {n: _wider(block.text, regions[n].span) for n in small}
            if all(span == regions[n].span for n, span in wider.items()):
                break
            regions = [replace(r, span=wider.get(n, r.span)) for n, r in enumerate(regions)]
        good = [one for one in made if one is not None]
        said = "no context tells this place from others"
        return good, [_left(regions[n].edits[0][0], said) for n in small]

    def _proposal(
        self, number: int, block: Block, layer: Layer, region: _Region
    ) -> Proposal | None:
        """The region as an entry; None where it has to be wider for that."""
        start, end = region.span.start, region.span.end
        low, high = layer.below(start), layer.below(end - 1) + 1
        replaced = []
        for edit, new in layer.near(region.span):
            if new.overlaps(region.span) or start < new.start < end:
                replaced.append(edit.rule)
                low, high = min(low, edit.span.start), max(high, edit.span.end)
        text = self.before.blocks[number].text
        found, wanted = fold(text[low:high]), fold(_edited(block.text, region))
        place = region.edits[0][0].place
        if found == wanted:
            return Proposal(place, None, replaces=tuple(replaced))
        if not found.strip():
            return None
        known = self._known(number, Span(low, high), wanted)
        if known:
            others = tuple(id for id in replaced if id != known.id)
            return Proposal(place, known, known=True, replaces=others)
        entry = self._entry(number, Span(low, high), found, wanted)
        return Proposal(place, entry, replaces=tuple(replaced)) if entry else None

    def _known(self, number: int, span: Span, wanted: str) -> Entry | None:
        """An entry of the ledger that says the same, or does so with another reading."""
        folded = self.index.folded[number]
        text = self.before.blocks[number].text
        for entry in self.made.get(number, ()):
            at = locate(self.index, entry)
            if isinstance(at, Spot) and folded.span(at.start, at.end) == span:
                return replace(entry, wanted=wanted)
        change = _with(text, span, wanted)
        for entry, spot in self.waiting.get(number, ()):
            own_span = folded.span(spot.start, spot.end)
            if entry.found != entry.wanted:
                if _with(text, own_span, entry.wanted) == change:
                    return entry
            elif own_span == span:
                return replace(entry, wanted=wanted)
        return None

    def _entry(self, number: int, span: Span, found: str, wanted: str) -> Entry | None:
        """An entry with the least context that tells its place."""
        text = self.before.blocks[number].text
        words = [Span(*match.span()) for match in _WORD.finditer(text)]
        first = bisect_right([word.start for word in words], span.start) - 1
        last = bisect_left([word.end for word in words], span.end)
        place = self.before.place_at(self.before.blocks[number], span.start)
        kind = guess_kind(found, wanted, self.words, scanned=True)
        reach = _REACH
        while True:
            low, high = max(0, first - reach), min(len(words) - 1, last + reach)
            start = min(words[low].start, span.start)
            context = fold(text[start : max(words[high].end, span.end)])
            before = len(fold(text[start : span.start]))
            if context.find(found) != before or context.find(found, before + 1) >= 0:
                return None
            entry = Entry("new", place.line, found, wanted, context, kind, "-", State.OPEN,
                          file=place.file if self.several else "")  # fmt: skip
            spot = locate(self.index, replace(entry, state=State.ACCEPTED))
            if isinstance(spot, Spot) and spot.block == number:
                at = self.index.folded[number].span(spot.start, spot.end)
                if at.start == span.start:
                    return entry
            if low == 0 and high == len(words) - 1:
                return None
            reach *= 2


def _merged(regions: Sequence[_Region], layer: Layer) -> list[_Region]:
    """The regions, each with all of the corrections that it touches, joined where they meet."""
    out: list[_Region] = []
    for region in sorted(regions, key=lambda r: (r.span.start, r.span.end)):
        span = region.span
        for _, new in layer.near(span):
            if new.overlaps(span):
                span = Span(min(span.start, new.start), max(span.end, new.end))
        if out and span.start < out[-1].span.end:
            last = out.pop()
            span = Span(last.span.start, max(last.span.end, span.end))
            region = replace(region, edits=last.edits + region.edits)
        out.append(replace(region, span=span))
    return out


def _wider(text: str, span: Span) -> Span:
    """The stretch and the word behind it, or the one before where there is none."""
    if behind := _WORD.search(text, span.end):
        return Span(span.start, behind.end())
    ahead = text[: span.start].rstrip()
    return Span(max((m.start() for m in _WORD.finditer(ahead)), default=span.start), span.end)


def _edited(text: str, region: _Region) -> str:
    parts: list[str] = []
    at = region.span.start
    for edit, span in sorted(region.edits, key=lambda pair: pair[1]):
        parts += text[at : span.start], edit.new
        at = span.end
    return "".join([*parts, text[at : region.span.end]])


def _with(text: str, span: Span, reading: str) -> str:
    """The text with another reading at a place; “the the” loses either of the two."""
    return fold(text[: span.start] + reading + text[span.end :])


def _left(edit: Edited, said: str) -> Finding:
    fix = "Enter it in manuscript/errata.toml by hand, with a context that is long enough."
    message = f"{said}: “{edit.new.strip()}”"
    return Finding("ERR030", Severity.ERROR, message, edit.place, edit.new.strip(), fix)
