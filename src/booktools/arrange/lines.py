"""Lines by name: counted through all sources inside the room, told file by file to people."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from booktools.arrange.layout import BlockDecision, Break, Join, Layout, NoteDecision
from booktools.errors import ConfigError
from booktools.model.galley import Source


@dataclass(frozen=True, slots=True)
class LineNames:
    """Each source with the number of lines before it and the number of its own."""

    files: tuple[tuple[str, int, int], ...]

    @classmethod
    def of(cls, source: Source) -> LineNames:
        starts = [start for _, start in source.files]
        ends = [*starts[1:], len(source.text)]
        rows = []
        for (name, start), end in zip(source.files, ends, strict=True):
            open_end = end > start and source.text[end - 1] != "\n"
            count = source.text.count("\n", start, end) + open_end
            rows.append((name, source.text.count("\n", 0, start), count))
        return cls(tuple(rows))

    def name(self, first: int, last: int = 0) -> str:
        """`12` or `12-14`; `b.txt:12-14` where there are several sources."""
        file, before = self._file(first)
        lines = f"{first - before}" + (f"-{last - before}" if last > first else "")
        return f"{file}:{lines}" if len(self.files) > 1 else lines

    def keys(self, *lines: tuple[str, int]) -> str:
        """Keys of a decision with the lines that they name, as they are written in the ledger.

        Lines of several files are counted through all of them.
        """
        files = {self._file(line) for _, line in lines}
        file, before = files.pop() if len(files) == 1 else ("", 0)
        rows = [f"{key} = {line - before}" for key, line in lines]
        return ", ".join([f'file = "{file}"'] * (bool(file) and len(self.files) > 1) + rows)

    def counted(self, layout: Layout) -> Layout:
        """The decisions with their lines counted through all sources.

        Raises ConfigError for a source that does not exist.
        """
        return Layout(
            tuple(self._block(block) for block in layout.blocks),
            tuple(self._join(join) for join in layout.joins),
            tuple(replace(end, line=end.line + self._before(end)) for end in layout.breaks),
            layout.pictures,
            tuple(self._note(note) for note in layout.notes),
        )

    def _block(self, block: BlockDecision) -> BlockDecision:
        own = self._before(block)
        return replace(
            block,
            first=block.first + own,
            last=block.last + own,
            before=block.before and block.before + own,
            after=block.after and block.after + own,
        )

    def _join(self, join: Join) -> Join:
        own = self._before(join)
        return replace(join, line=join.line + own, goes_on=join.goes_on + own)

    def _note(self, note: NoteDecision) -> NoteDecision:
        own = self._before(note)
        line, called = note.line and note.line + own, note.called and note.called + own
        return replace(note, line=line, called=called)

    def _file(self, line: int) -> tuple[str, int]:
        """The source that a line is of, and the lines before it."""
        at = bisect_right(self.files, line - 1, key=lambda row: row[1]) - 1
        return self.files[max(at, 0)][:2] if self.files else ("", 0)

    def _before(self, decision: BlockDecision | Join | Break | NoteDecision) -> int:
        """The lines before the source that a decision names."""
        if not decision.file:
            return 0
        rows = {name: (before, count) for name, before, count in self.files}
        if decision.file not in rows:
            raise ConfigError(
                f"there is no source “{decision.file}”",
                hint=f"The sources are {', '.join(rows) or 'none'}.",
                place=decision.place,
            )
        before, count = rows[decision.file]
        wrong = [line for line in decision.named if line > count]
        if wrong:
            raise ConfigError(
                f"there is no line {wrong[0]} in {decision.file}",
                hint=f"It has {count} lines.",
                place=decision.place,
            )
        return before
