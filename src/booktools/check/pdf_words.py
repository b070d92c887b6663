"""The pages of the print edition, read as the reader reads them.

A page is text, the notes at its foot, and its margins.  What is the text of the book and
what is a running head, a folio, a page number in the contents or a hyphen at the end of
a line is told here, and counted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from booktools.check.declared import AT_FOOT
from booktools.check.leftwards import beside, marks_of, runs_leftwards, same_letters, whole_lines
from booktools.check.letters import Letters, Piece, gather, letter_slice, letters_of
from booktools.check.pdf_margins import MarginReader
from booktools.model.artifact import Expected
from booktools.model.pdf import PdfLine, PdfPage
from booktools.model.printed import Leaf

HYPHENS = "-\u2010\u00ad"
_LEADERS = ".·…‥_"
_NO_LEADER = str.maketrans(dict.fromkeys(_LEADERS))
_NUMBERED = re.compile(r"(.*?(?:[\s.·…‥_]|^))([ivxlcdm]+|\d+)\s*", re.DOTALL)

_NUMBER = re.compile(r"(?<![^\W_])(?:[ivxlcdm]+|\d+)(?![^\W_])")

_WINDOW = 20_000  # letters ahead in which a line is looked for after a difference
_BACK = 400
_SURE = 8  # letters that make a line worth looking for
_END = 12  # letters at its beginning or end by which it is known


@dataclass(frozen=True, slots=True)
class ContentsNumber:
    """A page number in the printed contents: of which stretch, what it says, on which page."""

    entry: Expected
    says: str
    page: int


@dataclass
class Reading:
    """What the pages say: text and notes beside what they ought to be, and the rest."""

    wanted: Letters
    wanted_notes: Letters
    found: Letters = field(default_factory=lambda: gather(()))
    found_notes: Letters = field(default_factory=lambda: gather(()))
    margins: dict[int, str] = field(default_factory=dict)  # page → letters in its margins
    numbers: list[ContentsNumber] = field(default_factory=list)
    account: Counter[str] = field(default_factory=Counter)


def read_pages(leaves: Sequence[Leaf], pages: Sequence[PdfPage], *, heads: bool = True) -> Reading:
    """Sorts the lines of all pages; nothing is left out.  For `heads` see `MarginReader`."""
    main, notes = parted(stretch for leaf in leaves for stretch in leaf.expected)
    reading = Reading(gather(main), gather(notes))
    over = [s.head for leaf in leaves for s in leaf.expected if s.rule not in AT_FOOT]
    margins = MarginReader(leaves, pages, heads=heads)
    listed = _Contents([s for leaf in leaves for s in leaf.expected if s.rule == "contents"])
    text = _Follower(reading.wanted, "note-call")
    foot = _Follower(reading.wanted_notes, "note-mark")
    for page in (replace(page, lines=whole_lines(page.lines)) for page in pages):
        lines, reading.margins[page.number] = margins.part(page)
        lines = text.below_head(listed.take(page.number, lines), over)
        cut = _notes_begin(lines, text, foot)
        for line in lines[:cut]:
            text.add(line, page.number)
        for line in lines[cut:]:
            foot.add(line, page.number)
        text.settle(page.number)
        foot.settle(page.number)
    reading.found, reading.found_notes = gather(text.out), gather(foot.out)
    reading.numbers = list(listed.numbers.values())
    hyphens = text.hyphens + foot.hyphens
    counted = Counter({"line-end-hyphen": hyphens, "repeated-head": text.repeated})
    reading.account = counted + listed.account
    return reading


def parted(expected: Iterable[Expected]) -> tuple[list[Piece], list[Piece]]:
    """Stretches as pieces: those of the text, and those of the notes with their marks."""
    main: list[Piece] = []
    notes: list[Piece] = []
    for stretch in expected:
        into = notes if stretch.rule in AT_FOOT else main
        into.append(Piece(stretch.text, stretch.file, stretch.line, rule=stretch.rule))
    return main, notes


class _Follower:
    """Reads lines beside the letters they ought to be, to know which hyphens are the text's.

    `at` is how far it has come in `target`; after a difference it looks for its place.
    `notes` is where the numbers of notes stand, by their rule.
    """

    def __init__(self, wanted: Letters, rule: str) -> None:
        self.wanted = wanted
        self.target = wanted.letters
        self.notes = [
            start
            for start, piece in zip(wanted.starts, wanted.pieces, strict=True)
            if piece.rule == rule
        ]
        self.at = 0
        self.hyphens = 0
        self.repeated = 0
        self.out: list[Piece] = []
        self.marks: Counter[str] = Counter()

    def add(self, line: PdfLine, page: int) -> None:
        letters, self.at, dropped = self.read(line.text, self.at)
        self.hyphens += dropped
        as_set = not dropped and not runs_leftwards(line.text)
        self.out.append(Piece(line.text if as_set else letters, page=page))
        if runs_leftwards(line.text):
            self.marks.update(marks_of(_line_letters(line.text)))
            self.marks.subtract(marks_of(letters))

    def settle(self, page: int) -> None:
        """A page ends: the marks of letters that run leftwards have found their lines, or they
        are told."""
        for mark, count in self.marks.items():
            if count:
                self.out.append(Piece(mark * abs(count), page=page))
        self.marks.clear()

    def below_head(self, lines: list[PdfLine], heads: Sequence[str]) -> list[PdfLine]:
        """A page's lines without the head of a table that goes on there; `heads` are those of
        the stretches."""
        index = self.wanted.index_at(self.at)
        head = letters_of(heads[index]) if index < len(heads) else ""
        at = hyphens = 0
        for number, line in enumerate(lines if head else ()):
            letters = _line_letters(line.text)
            cut = letters[-1:] in HYPHENS and not head.startswith(letters, at)
            letters = letters[:-1] if cut else letters
            if not head.startswith(letters, at):
                return lines
            at += len(letters)
            hyphens += cut
            if at == len(head):
                self.hyphens += hyphens
                self.repeated += at
                return lines[number + 1 :]
        return lines

    def read(self, text: str, at: int) -> tuple[str, int, bool]:
        """The line's letters, where it leads to, and whether its last hyphen was dropped."""
        letters = _line_letters(text)
        if runs_leftwards(text):
            letters = beside(letters, self.target, at) or letters
        ends = letters[-1:]
        stem = letters[:-1] if ends and ends in HYPHENS else letters
        at = self.after(stem, at)
        if stem is letters:
            return letters, at, False
        if self.target.startswith(ends, at):
            return letters, at + 1, False
        return stem, at, True

    def after(self, stem: str, at: int) -> int:
        if self.target.startswith(stem, at):
            return at + len(stem)
        tail = stem[-16:]
        if len(tail) < _SURE:
            return at
        found = self.target.find(tail, max(at - _BACK, 0), at + _WINDOW)
        return found + len(tail) if found >= 0 else at

    def holds(self, lines: Sequence[PdfLine], at: int) -> bool:
        """Whether the lines say just what ought to stand from `at` on."""
        for line in lines:
            letters, after, dropped = self.read(line.text, at)
            if not self.target.startswith(letters, at) or after != at + len(letters):
                return False
            if dropped and not letters:  # a hyphen alone ends no line
                return False
            at = after
        return True

    def notes_after(self, lines: Sequence[PdfLine]) -> int:
        """How many numbers of notes stand before the end of these lines."""
        at = self.at
        for line in lines:
            _, at, _ = self.read(line.text, at)
        return bisect_left(self.notes, at)

    def near(self, line: PdfLine) -> bool:
        """Whether the line, or one end of it, stands somewhere not far from here."""
        stem = _line_letters(line.text).rstrip(HYPHENS)
        start, stop = max(self.at - _BACK, 0), self.at + _WINDOW
        ends = (stem[:_END], stem[-_END:]) if len(stem) >= _SURE else ()
        return any(self.target.find(end, start, stop) >= 0 for end in ends)


def _line_letters(text: str) -> str:
    """A line's letters; a soft hyphen that is shown, at its end, is a hyphen."""
    text = text.rstrip()
    shown = letters_of(text)
    return shown + "-" if text.endswith("\u00ad") else shown


def _notes_begin(lines: Sequence[PdfLine], text: _Follower, foot: _Follower) -> int:
    """The number of the line with which the notes at the page's foot begin.

    The text may go on with what the notes begin with: notes are where they are called.
    """
    if foot.at >= len(foot.target) or not lines:
        return len(lines)

    def uncalled(start: int) -> int:
        return abs(text.notes_after(lines[:start]) - foot.notes_after(lines[start:]))

    whole = text.holds(lines, text.at)
    if whole and not uncalled(len(lines)):
        return len(lines)
    found = [n for n in range(len(lines)) if foot.holds(lines[n:], foot.at)]
    if whole:
        found.append(len(lines))
    if found:
        return min(found, key=uncalled)
    start = len(lines)  # something differs here: what is the text's no more is the notes'
    while start and not text.near(lines[start - 1]):
        start -= 1
    return start if any(foot.near(line) for line in lines[start:]) else len(lines)


class _Contents:
    """Takes the page numbers and their leaders off the lines of the printed contents."""

    def __init__(self, entries: Sequence[Expected]) -> None:
        self.entries = entries
        self.letters = [letters_of(entry.text) for entry in entries]
        self.leftwards = any(runs_leftwards(own) for own in self.letters)
        self.next = 0  # the entry whose turn it is
        self.pending = ""  # what the lines before said of it
        self.begun = False
        self.numbers: dict[int, ContentsNumber] = {}
        self.account: Counter[str] = Counter()

    def take(self, page: int, lines: Sequence[PdfLine]) -> list[PdfLine]:
        """The page's lines, those of the contents without number and leader."""
        if not self.begun:
            self.begun = any(self._begins(line.text) for line in lines)
        return [self._line(line, page) for line in lines] if self.begun else list(lines)

    def _line(self, line: PdfLine, page: int) -> PdfLine:
        if self.leftwards or runs_leftwards(line.text):
            return self._leftwards(line, page)
        match = _NUMBERED.fullmatch(line.text)
        body = letters_of(match[1]) if match else ""
        entry = self._ended(body) if match else None
        if match and entry:
            index, kept = entry
            self.account["contents-leader"] += len(body) - kept
            self.account["contents-page"] += len(match[2])
            self.numbers[index] = ContentsNumber(self.entries[index], match[2], page)
            self.next, self.pending = index + 1, ""
            return PdfLine(letter_slice(match[1], 0, kept), line.x, line.y, line.size)
        if self.next < len(self.entries):
            letters = self.pending + letters_of(line.text)
            wanted = self.letters[self.next]
            if letters[-1:] in HYPHENS and not wanted.startswith(letters):
                letters = letters[:-1]
            self.next += letters == wanted
            self.pending = letters if wanted.startswith(letters) and letters != wanted else ""
        return line

    def _leftwards(self, line: PdfLine, page: int) -> PdfLine:
        """As `_line`, for a line in which number, leader and title stand in any order."""
        if self.next >= len(self.entries):
            return line
        entry, own = self.entries[self.next], self.letters[self.next]
        bare = own.translate(_NO_LEADER)
        letters = letters_of(line.text)
        for match in _NUMBER.finditer(line.text):
            number = match[0]
            without = letters_of(line.text[: match.start()] + line.text[match.end() :])
            body = without.translate(_NO_LEADER)
            if same_letters(self.pending + body, bare):
                dots = len(without) - (len(own) - len(self.pending))
                self.account["contents-leader"] += max(dots, 0)
                self.account["contents-page"] += len(number)
                self.numbers[self.next] = ContentsNumber(entry, number, page)
                kept = own[len(self.pending) :]
                self.next, self.pending = self.next + 1, ""
                return replace(line, text=kept)
        self.pending += letters.translate(_NO_LEADER)
        if same_letters(self.pending, bare):
            self.next, self.pending = self.next + 1, ""
        return line

    def _ended(self, body: str) -> tuple[int, int] | None:
        """The entry that ends with the text before a number, and its letters in this line."""
        last = self.next - 1
        waits = last >= 0 and bool(self.entries[last].file) and last not in self.numbers
        if waits and not self.pending and not body.strip(_LEADERS):
            return last, 0
        if self.next < len(self.entries):
            own = self.letters[self.next]
            if _ends(self.pending + body, own) and len(own) > len(self.pending):
                return self.next, len(own) - len(self.pending)
        return self._whole(body)

    def _begins(self, text: str) -> bool:
        """Whether a line is the list's title, or an entry with its number."""
        match = _NUMBERED.fullmatch(text)
        title = [own for own, e in zip(self.letters, self.entries, strict=True) if not e.file]
        return letters_of(text) in title or (
            match is not None and self._whole(letters_of(match[1])) is not None
        )

    def _whole(self, body: str) -> tuple[int, int] | None:
        for index in range(self.next, len(self.entries)):
            own = self.letters[index]
            if self.entries[index].file and _ends(body, own):
                return index, len(own)
        return None


def _ends(body: str, entry: str) -> bool:
    """Whether a line says just the entry, and after it nothing but a leader."""
    return bool(entry) and body.startswith(entry) and not body[len(entry) :].strip(_LEADERS)
