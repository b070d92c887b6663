"""Hyphens at line ends: joined, kept or asked about, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from booktools.clean.cut import (
    LONGEST,
    TOKEN_BEFORE,
    TOKEN_BEHIND,
    TRUE_HYPHENS,
    Found,
    cuts,
    printed,
)
from booktools.clean.rule import Knowledge
from booktools.clean.tongues import tongue
from booktools.clean.verdict import Decision, Verdict, cut_of, judge
from booktools.model.galley import Block, Edit, Safety
from booktools.model.place import Span

SOFT_HYPHEN = "\u00ad"


def decide(left: str, mark: str, right: str, known: Knowledge) -> Decision:
    """Whether the two halves of a word cut at a line end are one word, a compound, or unsure.

    `left` and `right` are the whole tokens at each side, `mark` the hyphen between them.
    """
    if mark == SOFT_HYPHEN:
        return Decision(Verdict.JOIN, "a soft hyphen stands only where a word is cut")
    if SOFT_HYPHEN in mark:
        return Decision(Verdict.KEEP, "a true hyphen stands before the soft one")
    return judge(cut_of(left, right, known), known)


def _decided(found: Found, known: Knowledge) -> Decision:
    if found.again:
        return Decision(Verdict.KEEP, "the hyphen is set again on the next line")
    return decide(found.left, found.mark, found.right, known)


def likely(blocks: Iterable[Block], languages: Sequence[str] = ()) -> frozenset[str]:
    """The words, casefolded, whose frequencies the hyphens at line ends may ask for."""
    out: set[str] = set()
    nothing = Knowledge(tongue=tongue(languages))
    for block in blocks:
        for found in cuts(printed(block)):
            cut = cut_of(found.left, found.right, nothing)
            out |= {cut.head.casefold(), cut.tail.casefold(), cut.whole.casefold()}
    return frozenset(out)


def _breaks(block: Block, known: Knowledge) -> Iterator[tuple[Found, Decision]]:
    for found in cuts(block.text):
        yield found, _decided(found, known)


def _edit(block: Block, found: Found, new: str, rule: str, safety: Safety, evidence: str) -> Edit:
    """The hyphen and the gap become `new`; a hyphen that stays is not touched."""
    start = found.start
    if new[:1] == "-" and found.mark[0] in TRUE_HYPHENS:
        start, new = start + 1, new[1:]
    span = Span(start, found.end)
    return Edit(span, block.text[span.start : span.end], new, rule, safety, evidence)


def join_halves(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A word cut at a line end is one word again.

    The whole word stands elsewhere in the document or in the lexicon, in this form or in
    another; or the language's list of words has it; or its halves are not words of their
    own.  Names that the document has nowhere else, and foreign words, are of the last kind.

    Bad: the defen-⏎dant spoke
    Good: the defendant spoke
    Bad: a govern\u00ad⏎ment of
    Good: a government of
    Bad: the govern¬⏎ment of
    Good: the government of
    Bad: the defen\u2010⏎dant spoke
    Good: the defendant spoke
    Keep: well-known facts
    """
    for found, decision in _breaks(block, known):
        if decision.verdict is Verdict.JOIN:
            yield _edit(block, found, "", "HYP001", Safety.SAFE, decision.evidence)


def keep_hyphen(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A true hyphen at a line end stays, and the line end goes.

    Compounds, ranges and double names keep their hyphen.  A word that waits for its second
    half keeps the blank as well.

    Bad: a well-⏎known fact
    Good: a well-known fact
    Bad: the Anglo-⏎Saxon poem
    Good: the Anglo-Saxon poem
    Bad: pages 12-⏎14 of
    Good: pages 12-14 of
    Bad: the short-⏎and long-term plans
    Good: the short- and long-term plans
    Keep: the mid- to long-term plan
    """
    for found, decision in _breaks(block, known):
        if decision.verdict in (Verdict.KEEP, Verdict.SUSPENDED):
            new = "-" if decision.verdict is Verdict.KEEP else "- "
            yield _edit(block, found, new, "HYP002", Safety.SAFE, decision.evidence)


def ask_hyphen(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A hyphen at a line end that nothing decides is asked about.

    The likelier form is set; a person says which is right by putting the word, as it
    should stand, into `manuscript/lexicon.txt`.

    Bad: over Vauxhall-⏎bridge he went
    Good: over Vauxhall-bridge he went
    Keep: class-room
    """
    # Where a word is cut twice, what joined one cut may change the verdict on the other.
    likelier = {Verdict.KEEP: "-", Verdict.ASK_KEEP: "-", Verdict.SUSPENDED: "- "}
    for found, decision in _breaks(block, known):
        new = likelier.get(decision.verdict, "")
        yield _edit(block, found, new, "HYP003", Safety.REVIEW, decision.evidence)


_ZUKKER = re.compile(r"(?<=[^\W\d_])k(?:[-‐‑¬\ufffe\x02][^\S\n]*\n\s*|[\ufffe\x02])k(?=[^\W\d_])")


def restore_ck(block: Block, known: Knowledge) -> Iterator[Edit]:
    """In German set before 1996, k-k at a line end stands for ck.

    Only where the word with ck is known and the one with kk is not.

    Keep: a book-⏎keeper
    """
    if not known.tongue.splits_ck:
        return
    for match in _ZUKKER.finditer(block.text):
        left = TOKEN_BEFORE.search(block.text[max(0, match.start() - LONGEST) : match.start()])
        right = TOKEN_BEHIND.match(block.text, match.end(), match.end() + LONGEST)
        if not left or not right:
            continue
        word, other = (f"{left[0]}{k}{right[0]}" for k in ("ck", "kk"))
        if (known.count(word) or known.zipf(word)) and not (
            known.count(other) or known.zipf(other)
        ):
            evidence = f"“{word}” is a word, “{other}” is not"
            yield Edit(Span(*match.span()), match[0], "ck", "HYP005", Safety.SAFE, evidence)


def spell_out_marks(block: Block, known: Knowledge) -> Iterator[Edit]:
    """What is left of pdfium's mark for a hyphen is a hyphen, where a word waits for its half.

    Bad: a mid\ufffe to long-term plan
    Good: a mid- to long-term plan
    Keep: a mid- to long-term plan
    """
    for match in re.finditer(r"(?<=\w)[\ufffe\x02](?=\s+\w)", block.text):
        yield Edit(Span(*match.span()), match[0], "-", "HYP006", Safety.SAFE, "pdfium's hyphen")
