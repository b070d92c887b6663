"""From a word of the editions back to the source: manuscript line, source line, what changed it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from booktools.check.conservation import letters
from booktools.errors import ManuscriptError
from booktools.model.book import Chapter, Text, chapter_texts
from booktools.model.galley import Block, Edit, Galley
from booktools.model.place import Place, Span

AROUND = 40  # characters of the excerpt at each side


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
    """Where a stretch of the manuscript comes from; `source` is None for a book born digital."""

    place: Place
    before: str
    text: str
    after: str
    source: Place | None = None
    source_text: str = ""
    changes: tuple[Change, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The trail, as printed."""
        out = [f"{self.place}  …{self.before}[{self.text}]{self.after}…"]
        if self.source:
            out.append(f"  source  {self.source}  “{self.source_text}”")
        out += [f"  {change.line()}" for change in self.changes]
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Run:
    """Text of the manuscript on one line: the number of letters before it, file and line."""

    start: int
    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Trails:
    """The manuscript's letters side by side with the galley's.

    `galley` is None for a book without sources.
    """

    chapters: tuple[Chapter, ...]
    galley: Galley | None = None
    order: tuple[int, ...] = ()
    untitled: frozenset[str] = frozenset()

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        out, at = [], 0
        for chapter in self.chapters:
            for text in chapter_texts(chapter):
                out.append(Run(at, chapter.file, text.line, text.value))
                at += 0 if self.is_given(chapter, text) else len(letters(text.value))
        return tuple(out)

    def is_given(self, chapter: Chapter, text: Text) -> bool:
        """Whether a text is a title that the metadata gave."""
        return chapter.id in self.untitled and any(text is t for t in chapter.title)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """Letters before each of the galley's blocks, in order."""
        starts, at = [], 0
        assert self.galley is not None
        for index in self.order:
            starts.append(at)
            at += len(letters(self.galley.blocks[index].text))
        return tuple(starts)

    def of_word(self, word: str) -> Iterator[Trail]:
        """Every place of a word or phrase, whole words; capitals count when it has some.

        First where it stands, then where it stood until a rule or an erratum changed it.
        """
        phrase = r"\s+".join(map(re.escape, word.split()))
        capitals = 0 if word != word.lower() else re.IGNORECASE
        pattern = re.compile(rf"(?<!\w){phrase}(?!\w)", capitals)
        for joined, runs in self._paragraphs():
            for match in pattern.finditer(joined):
                yield self._trail(joined, runs, *match.span())
        if self.galley is not None:
            yield from self._of_old_reading(self.galley, pattern)

    def _of_old_reading(self, galley: Galley, pattern: re.Pattern[str]) -> Iterator[Trail]:
        for rank, index in enumerate(self.order):
            block = galley.blocks[index]
            for depth, layer in enumerate(block.layers):
                for edit in layer:
                    if pattern.search(edit.old) and not pattern.search(edit.new):
                        start, end = edit.span.start, edit.span.end
                        for above in block.layers[depth:]:
                            start, end = above.above(start), above.above(end)
                        count = self._starts[rank] + len(letters(block.text[:start]))
                        yield self._from_letter(count, block.text[start:end])

    def of_line(self, file: str, line: int) -> Iterator[Trail]:
        """What stands on a line of the manuscript, or what became of a line of a source."""
        for joined, runs in self._paragraphs():
            at = 0
            for run in runs:
                if (run.file, run.line) == (file, line) and run.text.strip():
                    yield self._trail(joined, runs, at, at + len(run.text.rstrip()))
                at += len(run.text)
        if self.galley is not None and file in dict(self.galley.source.files):
            yield from self._of_source_line(self.galley, file, line)

    def _of_source_line(self, galley: Galley, file: str, line: int) -> Iterator[Trail]:
        try:
            wanted = galley.source.line_span(line, line, file)
        except ValueError:
            return
        for rank, index in enumerate(self.order):
            block = galley.blocks[index]
            if not any(piece.overlaps(wanted) for piece in block.pieces):
                continue
            inside = [
                at
                for at, char in enumerate(block.text)
                if not char.isspace() and wanted.start <= block.raw_offset(at) < wanted.end
            ]
            if inside:
                count = self._starts[rank] + len(letters(block.text[: inside[0]]))
                yield self._from_letter(count, block.text[inside[0] : inside[-1] + 1])

    def _from_letter(self, count: int, text: str) -> Trail:
        for joined, runs in self._paragraphs():
            first, last = runs[0].start, runs[-1].start + len(letters(runs[-1].text))
            if first <= count < last:
                at = [i for i, c in enumerate(joined) if not c.isspace()][count - first]
                return self._trail(joined, runs, at, at + len(text))
        raise ManuscriptError("the source's text is not in the manuscript")

    def _paragraphs(self) -> Iterator[tuple[str, tuple[Run, ...]]]:
        """Runs that follow one another line by line, with their text end to end."""
        group: list[Run] = []
        for run in self.runs:
            if group and not (
                run.file == group[-1].file
                and run.line - group[-1].line in (0, 1)
                and group[-1].text.endswith(" ")
            ):
                yield "".join(r.text for r in group), tuple(group)
                group = []
            group.append(run)
        if group:
            yield "".join(r.text for r in group), tuple(group)

    def _trail(self, joined: str, runs: Sequence[Run], start: int, end: int) -> Trail:
        at, run = 0, runs[0]
        for run in runs:
            if start < at + len(run.text):
                break
            at += len(run.text)
        place = Place(run.file, run.line)
        before, after = joined[max(0, start - AROUND) : start], joined[end : end + AROUND]
        text = joined[start:end]
        if self.galley is None:
            return Trail(place, before, text, after)
        count = runs[0].start + len(letters(joined[:start]))
        return self._sourced(Trail(place, before, text, after), count, len(letters(text)))

    def _sourced(self, trail: Trail, count: int, length: int) -> Trail:
        assert self.galley is not None
        rank = bisect_right(self._starts, count) - 1
        block = self.galley.blocks[self.order[rank]]
        solid = [i for i, char in enumerate(block.text) if not char.isspace()]
        left = count - self._starts[rank]
        if not length or left + length > len(solid):
            return trail
        span = Span(solid[left], solid[left + length - 1] + 1)
        changes, raw = unwind(block, span)
        return Trail(
            trail.place,
            trail.before,
            trail.text,
            trail.after,
            self.galley.place_at(block, span.start),
            " ".join(block.raw[raw.start : raw.end].split()),
            changes,
        )


def unwind(block: Block, span: Span) -> tuple[tuple[Change, ...], Span]:
    """The edits that made a stretch of a block's text, and its stretch of the raw text."""
    changes: list[Change] = []
    for layer in reversed(block.layers):
        shift = 0
        start, end = span.start, span.end
        low, high = layer.below(start), layer.below(end - 1) + 1
        for edit in layer:
            first = edit.span.start + shift
            last = first + len(edit.new)
            shift += len(edit.new) - len(edit.old)
            touches = first < end and last > start if edit.new else start < first < end
            if touches:
                low, high = min(low, edit.span.start), max(high, edit.span.end)
                if _changes_letters(edit):
                    changes.append(Change(edit.rule, edit.old, edit.new, edit.evidence))
        span = Span(low, max(low, high))
    return tuple(reversed(changes)), span


def _changes_letters(edit: Edit) -> bool:
    return letters(edit.old) != letters(edit.new)


def refuse_strangers(trails: Trails) -> None:
    """Raise ManuscriptError when the manuscript's letters are not the galley's."""
    if trails.galley is None:
        return
    ours = "".join(letters(trails.galley.blocks[i].text) for i in trails.order)
    theirs = "".join(
        letters(text.value)
        for chapter in trails.chapters
        for text in chapter_texts(chapter)
        if not trails.is_given(chapter, text)
    )
    if ours != theirs:
        raise ManuscriptError(
            "the manuscript is not what the sources give, so nothing leads back to them",
            hint="See where they differ: booktools recover --check",
        )
