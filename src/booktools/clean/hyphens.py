"""Hyphens at line ends: joined, kept or asked about, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from booktools.clean.rule import REVIEWED, TRUE_HYPHENS, Knowledge, plain_hyphens
from booktools.model.galley import Block, Edit, Safety
from booktools.model.place import Span

# U+00AD is the soft hyphen, and ¬ what some extractors make of it.
_SOFT = ("\u00ad", "¬")
# A hyphen before a line or page end; pdfium writes U+FFFE, or once U+0002, for both of them.
_MARK = re.compile(
    r"(?:(?P<mark>-?\u00ad|[-\u2010\u2011¬])(?P<gap>\s+)|(?P<both>[\ufffe\x02])\s*)(?=\w)"
)
_WORD = re.compile(r"\w+(?:[’'\u2010\u2011-]\w+)*")
# A word this rare on the Zipf scale (3 is once in a million) is not known to a language.
KNOWN = 1.5
# Endings and prefixes that never stand alone, whatever a frequency list counts them as.
_BOUND_TAILS = frozenset(
    ["ly", "ism", "isms", "ist", "ists", "ness", "tion", "tions", "ment", "ments", "ing", "ings",
     "ed", "er", "ers", "est", "ity", "ous", "ción", "mente", "dad", "ung", "heit", "keit"]
)  # fmt: skip
_BOUND_HEADS = frozenset(["dis", "mis", "un", "im", "ir", "il", "com", "con", "ob"])
# From here a word is common enough to be half of a compound.
COMMON = 3.0
# From here a word stands beside others more often than it ends one.
VERY_COMMON = 5.0
# A whole that is at most this much rarer than its rarer half is one word (“takeover” 2.2,
# “footnote” 1.7); one that is rarer by more than the second number is written as a compound
# and only now and then as one word (“longterm” 2.5, “wellknown” 3.8).  Read off the English
# wordfreq list.
ONE_WORD = 2.1
TWO_WORDS = 2.4


class Verdict(Enum):
    JOIN = "join"
    KEEP = "keep"
    ASK = "ask"  # likely joined
    ASK_KEEP = "ask-keep"  # likely a true hyphen


@dataclass(frozen=True, slots=True)
class Decision:
    verdict: Verdict
    evidence: str


def decide(left: str, mark: str, right: str, known: Knowledge) -> Decision:
    """Whether the two halves of a word cut at a line end are one word, a compound, or unsure.

    `left` and `right` are the whole tokens at each side, `mark` the hyphen between them.
    The document is its own dictionary; then come the reviewed lexicon, the hyphen's own
    form (digits, capitals, a soft hyphen), and the frequency of words at large.
    """
    if mark in _SOFT:
        return Decision(Verdict.JOIN, "a soft hyphen stands only where a word is cut")
    if mark[-1] in _SOFT:
        return Decision(Verdict.KEEP, "a true hyphen stands before the soft one")
    head, tail = _halves(left, right)
    if head[-1].isdigit() or tail[0].isdigit():
        return Decision(Verdict.KEEP, "a hyphen next to a digit is a range or a compound")
    ours = _own_words(left, right, head, tail, known)
    if ours is not None:
        return ours
    if tail[0].isupper():
        if head.isupper() and tail.isupper() and "-" not in left and known.count(head) == 0:
            return Decision(Verdict.ASK, "capitals on both sides, neither known apart")
        return Decision(Verdict.KEEP, f"“{tail}” begins with a capital")
    return _at_large(head, tail, known)


def _halves(left: str, right: str) -> tuple[str, str]:
    """The two halves of the word that is cut, without what a hyphen joins to them."""
    return left.rsplit("-", 1)[-1], right.split("-", 1)[0]


def likely(blocks: Iterable[Block]) -> frozenset[str]:
    """The words, casefolded, whose frequencies the hyphens at line ends may ask for."""
    out: set[str] = set()
    for block in blocks:
        for cut in _cuts(block.raw):
            head, tail = _halves(cut.left, cut.right)
            out |= {head.casefold(), tail.casefold(), (head + tail).casefold()}
    return frozenset(out)


def _own_words(left: str, right: str, head: str, tail: str, known: Knowledge) -> Decision | None:
    """What the document and its lexicon say, or None when they are silent."""
    joined = max(known.count(left + right), known.count(head + tail))
    kept = max(known.count(f"{left}-{right}"), known.count(f"{head}-{tail}"))
    if joined and joined >= 3 * kept:
        return Decision(Verdict.JOIN, f"“{head}{tail}” {_stands(joined)}")
    if kept and kept >= 3 * joined:
        return Decision(Verdict.KEEP, f"“{head}-{tail}” {_stands(kept)}")
    if joined and kept:
        verdict = Verdict.ASK if joined >= kept else Verdict.ASK_KEEP
        return Decision(
            verdict, f"“{head}{tail}” {_stands(joined)}, “{head}-{tail}” {_stands(kept)}"
        )
    return None


def _stands(count: int) -> str:
    if count >= REVIEWED:
        return "is in the lexicon"
    return "stands elsewhere once" if count == 1 else f"stands elsewhere {count} times"


def _at_large(head: str, tail: str, known: Knowledge) -> Decision:
    """What the languages say of a word that the document has nowhere else."""
    whole = known.zipf(head + tail)
    first, second = known.zipf(head), known.zipf(tail)
    compound = min(first, second)
    if len(head) == 1 and not whole:
        return Decision(Verdict.KEEP, f"“{head}” is a letter, not a syllable")
    if whole >= KNOWN and whole >= compound - ONE_WORD:
        return Decision(Verdict.JOIN, f"“{head}{tail}” is a known word ({whole:.1f})")
    if tail.casefold() in _BOUND_TAILS or head.casefold() in _BOUND_HEADS:
        return Decision(Verdict.JOIN, f"“{head}” or “{tail}” never stands alone")
    if compound < KNOWN:
        return Decision(Verdict.JOIN, f"“{head}” or “{tail}” is no word by itself")
    if whole:
        verdict = Verdict.KEEP if whole < compound - TWO_WORDS else Verdict.ASK
        if compound < COMMON:
            verdict = Verdict.ASK
        return Decision(
            verdict, f"“{head}{tail}” is rare ({whole:.1f}) beside “{head}” and “{tail}”"
        )
    if compound >= COMMON:
        return Decision(Verdict.KEEP, f"“{head}{tail}” is no word; “{head}” and “{tail}” are")
    verdict = Verdict.ASK_KEEP if second >= VERY_COMMON else Verdict.ASK  # appelèrent-ils
    return Decision(verdict, f"“{head}” and “{tail}” are words, “{head}{tail}” is unknown")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A word cut at a line end: the tokens at both sides; `span` is of hyphen and line end."""

    left: str
    mark: str
    right: str
    span: Span

    def edit(self, block: Block, keep: bool, rule: str, safety: Safety, evidence: str) -> Edit:
        """The line end away, and the hyphen unless it is kept."""
        start = self.span.start
        if keep and self.mark[0] in TRUE_HYPHENS:
            start, new = start + 1, ""
        else:
            new = "-" if keep else ""
        old = block.text[start : self.span.end]
        return Edit(Span(start, self.span.end), old, new, rule, safety, evidence)


def _cuts(text: str) -> Iterator[_Cut]:
    # The hyphen first: a search that began with the word would try every word of the text.
    for match in _MARK.finditer(text):
        if match["gap"] and not {"\n", "\f"} & set(match["gap"]):
            continue  # “mid- to long-term”
        line = text.rfind("\n", 0, match.start()) + 1
        left = _WORD.match(text[line : match.start()][::-1])
        right = _WORD.match(text, match.end())
        if left and right:
            mark = match["mark"] or match["both"]
            one, two = plain_hyphens(left[0][::-1]), plain_hyphens(right[0])
            yield _Cut(one, mark, two, Span(*match.span()))


def _breaks(block: Block, known: Knowledge) -> Iterator[tuple[_Cut, Decision]]:
    for cut in _cuts(block.text):
        yield cut, decide(cut.left, cut.mark, cut.right, known)


def join_halves(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A word cut at a line end is one word again.

    The whole word stands elsewhere in the document or in the lexicon, or is known to the
    book's languages while its halves are not words of their own.

    Bad: the defen-⏎dant spoke
    Good: the defendant spoke
    Bad: a govern\u00ad⏎ment of
    Good: a government of
    Bad: the defen\u2010⏎dant spoke
    Good: the defendant spoke
    Keep: well-known facts
    """
    for cut, decision in _breaks(block, known):
        if decision.verdict is Verdict.JOIN:
            yield cut.edit(block, False, "HYP001", Safety.SAFE, decision.evidence)


def keep_hyphen(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A true hyphen at a line end stays, and the line end goes.

    Compounds, ranges and double names keep their hyphen.

    Bad: a well-⏎known fact
    Good: a well-known fact
    Bad: the Anglo-⏎Saxon poem
    Good: the Anglo-Saxon poem
    Bad: pages 12-⏎14 of
    Good: pages 12-14 of
    Keep: the mid- to long-term plan
    """
    for cut, decision in _breaks(block, known):
        if decision.verdict is Verdict.KEEP:
            yield cut.edit(block, True, "HYP002", Safety.SAFE, decision.evidence)


def ask_hyphen(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A hyphen at a line end that nothing decides is asked about.

    The likelier form is set; a person says which is right by putting the word, as it
    should stand, into `manuscript/lexicon.txt`.

    Bad: the high-⏎school teacher
    Good: the highschool teacher
    Keep: class-room
    """
    # Where a word is cut twice, what joined one cut may change the verdict on the other.
    for cut, decision in _breaks(block, known):
        keep = decision.verdict in (Verdict.KEEP, Verdict.ASK_KEEP)
        yield cut.edit(block, keep, "HYP003", Safety.REVIEW, decision.evidence)
