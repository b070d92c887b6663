"""Hyphens at line ends: joined, kept or asked about, each with its evidence."""

from __future__ import annotations

import re
from collections import Counter
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
from booktools.clean.decision import Decision, Key, Verdict
from booktools.clean.rule import Knowledge
from booktools.clean.tongues import tongue
from booktools.clean.verdict import cut_of, judge
from booktools.model.galley import Block, Edit, Role, Safety
from booktools.model.place import Span

SOFT_HYPHEN = "\u00ad"
# From this doubt on a person is asked: where one answer in seven would be wrong.
DOUBTFUL = 0.14
# More questions than one for so many hyphens nobody would answer, but a few always may be put.
_ONE_IN = 200
_FEW = 3
# A word is far rarer from here, on the Zipf scale: one in thirty of the other.
_FAR_RARER = 1.5
# An address is rarely cut with a hyphen that is not its own.
_ADDRESS = 0.3


def decide(left: str, mark: str, right: str, known: Knowledge) -> Decision:
    """Whether the two halves of a word cut at a line end are one word, a compound, or unsure.

    `left` and `right` are the whole tokens at each side, `mark` the hyphen between them.
    """
    if mark == SOFT_HYPHEN:
        return Decision(Verdict.JOIN, "a soft hyphen stands only where a word is cut")
    if SOFT_HYPHEN in mark:
        return Decision(Verdict.KEEP, "a true hyphen stands before the soft one")
    return judge(cut_of(left, right, known), known)


def settle(blocks: Iterable[Block], known: Knowledge) -> None:
    """Decide about every cut word, and which of them a person is asked about.

    Asked are the most doubtful, and at most one in two hundred of all.
    """
    found = Counter(
        _key(found)
        for block in blocks
        if block.role is not Role.FURNITURE
        for found in cuts(printed(block))
    )
    left = max(_FEW, found.total() // _ONE_IN)
    decided = {key: _decided(key, known) for key in found}
    for key in sorted(found, key=lambda key: (-decided[key].doubt, key)):
        left -= found[key]
        known.settled[key] = (decided[key], left >= 0 and decided[key].doubt >= DOUBTFUL)


def _key(found: Found) -> Key:
    return found.left, found.mark, found.right, found.again, found.address


def _decided(key: Key, known: Knowledge) -> Decision:
    left, mark, right, again, address = key
    if again:
        return Decision(Verdict.KEEP, "the hyphen is set again on the next line")
    if address and SOFT_HYPHEN not in mark:
        evidence = "in an address the hyphen may be its own or the printer's"
        return Decision(Verdict.KEEP, evidence, _ADDRESS)
    return decide(left, mark, right, known)


def likely(blocks: Iterable[Block], languages: Sequence[str] = ()) -> frozenset[str]:
    """The words, casefolded, whose frequencies the hyphens at line ends may ask for."""
    out: set[str] = set()
    nothing = Knowledge(tongue=tongue(languages))
    for block in blocks:
        for found in cuts(printed(block)):
            cut = cut_of(found.left, found.right, nothing)
            out |= {cut.head.casefold(), cut.tail.casefold(), cut.whole.casefold()}
            if nothing.tongue.splits_ck and cut.head[-1:] == cut.tail[:1]:
                out.add(f"{found.left}{found.right[1:]}".casefold())
                out.add(f"{found.left[:-1]}c{found.right}".casefold())
    return frozenset(out)


def _breaks(block: Block, known: Knowledge) -> Iterator[tuple[Found, Decision, bool]]:
    """The cut words, what was decided about each, and whether a person is asked.

    Where a word is cut twice, what joined one cut may change the decision on the other.
    """
    for found in cuts(block.text):
        key = _key(found)
        if key not in known.settled:
            decision = _decided(key, known)
            known.settled[key] = decision, decision.doubt >= DOUBTFUL
        yield found, *known.settled[key]


_SET = {Verdict.JOIN: "", Verdict.KEEP: "-", Verdict.SUSPENDED: "- "}


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
    for found, decision, asked in _breaks(block, known):
        if decision.verdict is Verdict.JOIN and not asked:
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
    for found, decision, asked in _breaks(block, known):
        if decision.verdict is not Verdict.JOIN and not asked:
            new = _SET[decision.verdict]
            yield _edit(block, found, new, "HYP002", Safety.SAFE, decision.evidence)


def ask_hyphen(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A hyphen at a line end that nothing decides is asked about.

    The likelier form is set; a person says which is right by putting the word, as it
    should stand, into `manuscript/lexicon.txt`.  Of all the hyphens at line ends at most one
    in two hundred is asked about, the most doubtful ones (in a short text, three).

    Bad: the dairy-⏎maid came
    Good: the dairymaid came
    Keep: a milk-maid came
    """
    for found, decision, _ in _breaks(block, known):
        new = _SET[decision.verdict]
        yield _edit(block, found, new, "HYP003", Safety.REVIEW, decision.evidence)


_GAP = "(?:[-‐‑¬=⸗\ufffe\x02][^\\S\\n]*\\n\\s*|[\ufffe\x02])"
_ZUKKER = re.compile(rf"(?<=[^\W\d_])k{_GAP}k(?=[^\W\d_])")
_THRICE = re.compile(rf"(?<=[^\W\d_])([bdfglmnprst])\1{_GAP}\1(?=[aeiouyäöü])")


def restore_ck(block: Block, known: Knowledge) -> Iterator[Edit]:
    """In German set before 1996, k-k at a line end stands for ck.

    Only where the word with ck is known and the one with kk is not, or is far rarer: lists of
    how common words are have foreign names, too.

    Keep: a book-⏎keeper
    """
    if known.tongue.splits_ck:
        for match, other in _other_spellings(block, _ZUKKER):
            word, ck = (other.format(letters) for letters in ("kk", "ck"))
            if known.count(word) or not _at_all(ck, known):
                continue
            rare = known.zipf(word)
            if known.count(ck) or not rare or known.zipf(ck) >= rare + _FAR_RARER:
                evidence = f"“{ck}” is a word, “{word}” is none, or far rarer"
                yield Edit(Span(*match.span()), match[0], "ck", "HYP005", Safety.SAFE, evidence)


def restore_double(block: Block, known: Knowledge) -> Iterator[Edit]:
    """In German set before 1996, the third of three letters shows at a line end only.

    Schiff-fahrt is Schiffahrt in one word, in a document that writes daß.

    Keep: a still-⏎life
    """
    if known.tongue.splits_ck and known.habits.old_german:
        for match, other in _other_spellings(block, _THRICE):
            word, new = other.format(match[1] * 3), match[1] * 2
            if not known.count(word):
                evidence = "the document writes daß, and so no letter thrice"
                span = Span(*match.span())
                yield Edit(span, match[0], new, "HYP007", Safety.SAFE, evidence)


def _other_spellings(block: Block, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    """Where a pattern is within a cut word, and the word with a place for other letters."""
    text = block.text
    for match in pattern.finditer(text):
        left = TOKEN_BEFORE.search(text[max(0, match.start() - LONGEST) : match.start()])
        right = TOKEN_BEHIND.match(text, match.end(), match.end() + LONGEST)
        if left and right:
            yield match, f"{left[0]}{{}}{right[0]}"


def _at_all(word: str, known: Knowledge) -> bool:
    return bool(known.count(word) or known.zipf(word))


def spell_out_marks(block: Block, known: Knowledge) -> Iterator[Edit]:
    """What is left of pdfium's mark for a hyphen is a hyphen, where a word waits for its half.

    Bad: a mid\ufffe to long-term plan
    Good: a mid- to long-term plan
    Keep: a mid- to long-term plan
    """
    for match in re.finditer(r"(?<=\w)[\ufffe\x02](?=\s+\w)", block.text):
        yield Edit(Span(*match.span()), match[0], "-", "HYP006", Safety.SAFE, "pdfium's hyphen")
