"""From a word of the editions back to the source: manuscript line, source line, what changed it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from booktools.check.conservation import letters, sourced_letters
from booktools.check.passages import Passage, passages_of
from booktools.errors import ManuscriptError
from booktools.model.book import Chapter, inline_text
from booktools.model.galley import Block, Edit, Galley
from booktools.model.place import Place, Span

AROUND = 40  # characters of the excerpt at each side
_LETTER = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Change:
    """One edit on the way: its rule or entry, what it did, and why."""

    rule: str
    old: str
    new: str
    evidence: str

    def line(self) -> str:
        old, new = (" ".join(part.split()) or "∅" for part in (self.old, self.new))
        return f"{self.rule}  {old} → {new}" + (f"  ({self.evidence})" if self.evidence else "")


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a stretch of the manuscript comes from, or what became of one of the source.

    `source` is None for words that come from no source, `place` for a line of the source
    that did not come into the manuscript.
    """

    place: Place | None
    before: str
    text: str
    after: str
    source: Place | None = None
    source_text: str = ""
    changes: tuple[Change, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The trail, as printed."""
        out = ["not in the manuscript"]
        if self.place:
            out = [f"{self.place}  …{self.before}[{self.text}]{self.after}…"]
        if self.source:
            out.append(f"  source  {self.source}  “{self.source_text}”")
        out += [f"  {change.line()}" for change in self.changes]
        return tuple(out)


@dataclass(frozen=True)
class _Stretch:
    """A text of which the letters are counted: those that stand before it are `start`."""

    text: str
    start: int

    @cached_property
    def solid(self) -> Sequence[int]:
        """Where its letters stand."""
        return [match.start() for match in _LETTER.finditer(self.text)]

    @property
    def end(self) -> int:
        return self.start + len(self.solid)

    def count(self, offset: int) -> int:
        """The letters before an offset in the text."""
        return self.start + bisect_left(self.solid, offset)

    def span(self, first: int, last: int) -> Span:
        """Where the letters `first` up to `last` stand, both counted from the book's start.

        Letters of another stretch are left out; without any it is the spot between two.
        """
        own = self.solid[max(0, first - self.start) : max(0, last - self.start)]
        if own:
            return Span(own[0], own[-1] + 1)
        at = next(iter(self.solid[max(0, first - self.start) :]), len(self.text))
        return Span(at, at)


@dataclass(frozen=True)
class _Part(_Stretch):
    """A passage of the manuscript; `given` when the book's metadata gave it."""

    passage: Passage
    given: bool = False


@dataclass(frozen=True)
class Trails:
    """The manuscript's letters side by side with the galley's.

    `galley` is None for a book without sources; `order` are its blocks, by index, in the
    order of the manuscript's letters; `untitled` the ids of chapters whose title came from
    the book's metadata.
    """

    chapters: tuple[Chapter, ...]
    galley: Galley | None = None
    order: tuple[int, ...] = ()
    untitled: frozenset[str] = frozenset()

    @cached_property
    def _parts(self) -> tuple[_Part, ...]:
        """The manuscript's passages in order."""
        out: list[_Part] = []
        at = 0
        for chapter in self.chapters:
            given = inline_text(chapter.title) if chapter.id in self.untitled else ""
            for number, passage in enumerate(passages_of(chapter)):
                mine = bool(given) and number == bool(chapter.label)
                out.append(_Part(passage.text, at, passage, mine))
                at += 0 if mine else len(letters(passage.text))
        return tuple(out)

    @cached_property
    def _counted(self) -> tuple[_Part, ...]:
        """The passages that come from the source."""
        return tuple(part for part in self._parts if not part.given)

    @cached_property
    def _blocks(self) -> tuple[_Stretch, ...]:
        """The galley's blocks in the order of the manuscript."""
        if self.galley is None:
            return ()
        out, at = [], 0
        for index in self.order:
            text = self.galley.blocks[index].text
            out.append(_Stretch(text, at))
            at += len(letters(text))
        return tuple(out)

    def of_word(self, word: str) -> Iterator[Trail]:
        """Every place of a word or phrase, whole words; capitals count when it has some.

        First where it stands, then where it stood until a rule or an erratum changed it.
        """
        phrase = r"\s+".join(map(re.escape, word.split()))
        capitals = 0 if word != word.lower() else re.IGNORECASE
        pattern = re.compile(rf"(?<!\w){phrase}(?!\w)", capitals)
        for part in self._parts:
            for match in pattern.finditer(part.text):
                yield self._trail(part, Span(*match.span()))
        if self.galley is not None:
            yield from self._of_old_reading(self.galley, pattern)

    def _of_old_reading(self, galley: Galley, pattern: re.Pattern[str]) -> Iterator[Trail]:
        for rank, index in enumerate(self.order):
            block = galley.blocks[index]
            for depth, layer in enumerate(block.layers):
                for edit in layer:
                    if pattern.search(edit.old) and not pattern.search(edit.new):
                        yield self._became(rank, _above(block, edit.span, depth))

    def of_line(self, file: str, line: int) -> Iterator[Trail]:
        """What stands on a line of the manuscript, or what became of a line of a source."""
        for part in self._parts:
            if part.passage.file == file:
                span = part.passage.on_line(line)
                if span and part.text[span.start : span.end].strip():
                    yield self._trail(part, span)
        if self.galley is not None and file in dict(self.galley.source.files):
            yield from self._of_source_line(self.galley, file, line)

    def _of_source_line(self, galley: Galley, file: str, line: int) -> Iterator[Trail]:
        try:
            wanted = galley.source.line_span(line, line, file)
        except ValueError:
            return
        ranks = {index: rank for rank, index in enumerate(self.order)}
        for index, block in enumerate(galley.blocks):
            for own in _overlaps(block, wanted):
                raw = block.raw[own.start : own.end]
                span = _above(block, own)
                if index in ranks and letters(block.text[span.start : span.end]):
                    yield self._became(ranks[index], span)
                elif letters(raw):
                    at = own.start + len(raw) - len(raw.lstrip())
                    place = galley.source.place(block.source_offset(at))
                    yield Trail(None, "", "", "", place, " ".join(raw.split()), _undone(block, own))

    def _became(self, rank: int, span: Span) -> Trail:
        """The trail of a stretch of a block's text, by the block's rank in the order."""
        block = self._blocks[rank]
        first, last = block.count(span.start), block.count(span.end)
        at = first if first < last else max(block.start, first - 1)
        index = bisect_right(self._counted, at, key=lambda part: part.start) - 1
        if not 0 <= index < len(self._counted):
            raise ManuscriptError("the source's text is not in the manuscript")
        part = self._counted[index]
        return self._trail(part, part.span(first, last))

    def _trail(self, part: _Part, span: Span) -> Trail:
        """The trail of a stretch of a passage, blanks at its end left out."""
        text = part.text[span.start : span.end].rstrip()
        end = span.start + len(text)
        trail = Trail(
            part.passage.place(span.start),
            part.text[max(0, span.start - AROUND) : span.start],
            text,
            part.text[end : end + AROUND],
        )
        if part.given:
            given = Change("title", "", part.text, "the book’s title, from book.toml")
            return replace(trail, changes=(given,))
        if self.galley is None:
            return trail
        return self._sourced(self.galley, trail, part.count(span.start), part.count(end))

    def _sourced(self, galley: Galley, trail: Trail, first: int, last: int) -> Trail:
        """The trail with its source: the part of the letters that stands in one block."""
        rank = bisect_right(self._blocks, first, key=lambda block: block.start) - 1
        if rank < 0:
            return trail
        span = self._blocks[rank].span(first, last)
        block = galley.blocks[self.order[rank]]
        changes, raw = unwind(block, span)
        return replace(
            trail,
            source=galley.place_at(block, span.start),
            source_text=" ".join(block.raw[raw.start : raw.end].split()),
            changes=changes,
        )


def unwind(block: Block, span: Span) -> tuple[tuple[Change, ...], Span]:
    """The edits that made a stretch of a block's text, and its stretch of the raw text."""
    changes: list[Change] = []
    for layer in reversed(block.layers):
        low = layer.below(span.start)
        high = max(low, layer.below(span.end - 1) + 1) if len(span) else low
        made = [edit for edit, new in layer.near(span) if _made(edit, new, span)]
        if made:
            low, high = min(low, made[0].span.start), max(high, made[-1].span.end)
        changes = [_change(edit) for edit in made if _is_told(edit)] + changes
        span = Span(low, high)
    return tuple(changes), span


def _made(edit: Edit, new: Span, span: Span) -> bool:
    """Whether an edit wrote something of a stretch, or took letters from inside it or from
    one of its edges."""
    if len(new):
        return new.overlaps(span)
    if span.start < new.start < span.end:
        return True
    inner = edit.old[-1:] if new.start == span.start else edit.old[:1]
    return bool(inner.strip()) and len(span) > 0


def _above(block: Block, span: Span, depth: int = 0) -> Span:
    """Where a stretch of the text below the layer `depth` stands in today's text."""
    start, end = span.start, span.end
    for layer in block.layers[depth:]:
        start, end = layer.above(start), layer.above(end)
    return Span(start, end)


def _overlaps(block: Block, span: Span) -> Iterator[Span]:
    """The stretches of a block's raw text that are of a span of the source."""
    at = 0
    for piece in block.pieces:
        if piece.overlaps(span):
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            yield Span(at + start - piece.start, at + end - piece.start)
        at += len(piece)


def _undone(block: Block, span: Span) -> tuple[Change, ...]:
    """The edits that touched a stretch of the raw text."""
    changes: list[Change] = []
    for layer in block.layers:
        changes += [_change(e) for e in layer if e.span.overlaps(span) and _is_told(e)]
        span = Span(layer.above(span.start), layer.above(span.end))
    return tuple(changes)


def _change(edit: Edit) -> Change:
    return Change(edit.rule, edit.old, edit.new, edit.evidence)


def _is_told(edit: Edit) -> bool:
    """All but what the rules of blanks do; an erratum may part two words, or join them."""
    return not edit.rule.startswith("SPC") or letters(edit.old) != letters(edit.new)


def refuse_strangers(trails: Trails) -> None:
    """Raise ManuscriptError when the manuscript's letters are not the galley's."""
    if trails.galley is None:
        return
    ours = "".join(letters(trails.galley.blocks[i].text) for i in trails.order)
    theirs = sourced_letters(trails.chapters, trails.untitled)
    if ours != theirs:
        raise ManuscriptError(
            "the manuscript is not what the sources give, so nothing leads back to them",
            hint="See where they differ: booktools recover --check",
        )
