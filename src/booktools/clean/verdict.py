"""One word or two: what to make of a word that is cut at a line end.

The document is its own dictionary; then come the reviewed lexicon, the form of the word
(digits, capitals), the habits of the language, its list of words, and how common words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from booktools.clean.compounds import Halves, hyphen_odds
from booktools.clean.cut import plain_hyphens
from booktools.clean.decision import Decision, Verdict
from booktools.clean.rule import REVIEWED, Knowledge, plain

# A word this rare on the Zipf scale (3 is once in a million) is not known to a language.
KNOWN = 1.5
# From here a word is common enough to be half of a compound where no list says more.
COMMON = 3.0
# A word of three letters is half of a compound only when it is this common: lists of words
# are full of abbreviations.
COMMON_SHORT = 2.5
# A frequency list has compounds, too, as careless people write them, in one word (“longterm”):
# so much rarer than its rarer half.
_TWO_WORDS = 2.1
# As common as no adjective is.
_LITTLE = 5.5
_CONSONANTS = re.compile("[B-DF-HJ-NP-TV-XZ]{2,}")  # no syllable of capitals: it has no vowel
_NO_FIGURES = re.compile(r"[^\W\d_A-Z]\w*\d-|1{3,}-[^\W\d_]")  # letters that OCR read as figures
# As common as “on” and “as”.
VERY_COMMON = 6.0
# A prefix that some write with a hyphen: the whole is so much rarer than the word behind it.
_PREFIXED = 1.8
# One form must be so much commoner in the document than the other.
_CLEARLY = 3
# How likely the likelier form is wrong where only frequencies speak, and they say little.
_UNSURE = 0.3
# … where a word is rare that a list has as one, and its halves are words.
_RARE_OF_TWO = 0.2
# … where a list has the word in both forms, and the commoner one was taken.
_BOTH_LISTED = 0.1


@dataclass(frozen=True)
class Cut:
    """A cut word: the whole tokens at both sides, and of them the parts next to the cut."""

    left: str
    right: str
    head: str
    tail: str

    @property
    def whole(self) -> str:
        return self.head + self.tail


def cut_of(left: str, right: str, known: Knowledge) -> Cut:
    """The two halves of the word that is cut, without what a hyphen or an elision joins to
    them."""
    head = plain_hyphens(left).rsplit("-", 1)[-1]
    if known.tongue.elided is not None:
        head = known.tongue.elided.sub("", head) or head
    return Cut(left, right, head, plain_hyphens(right).split("-", 1)[0])


def judge(cut: Cut, known: Knowledge) -> Decision:
    """Whether the halves are one word or a compound, and how doubtful that is."""
    if cut.head[-1].isdigit() or cut.tail[0].isdigit():
        evidence = "a hyphen next to a digit is a range or a compound"
        misread = _NO_FIGURES.match(f"{cut.head}-{cut.tail}")
        return Decision(Verdict.KEEP, evidence, _UNSURE if misread else 0.0)
    asks = (_noun, _leans, _own_words, _letters, _capitals, _forms, _own_kin, _listed, _at_large)
    for ask in asks:
        decision = ask(cut, known)
        if decision is not None:
            return decision
    evidence = f"“{cut.head}” or “{cut.tail}” is no word by itself"
    return Decision(Verdict.JOIN, evidence, _RARE_OF_TWO if _borrowed(cut, known) else 0.0)


def _borrowed(cut: Cut, known: Knowledge) -> bool:
    """Whether one half is a word and the other one that people use, though no list has it."""
    pair = (cut.head, cut.tail), (cut.tail, cut.head)
    return (
        known.listed
        and not known.zipf(cut.whole)
        and min(map(len, pair[0])) > 2
        and any(_free(one, known) and known.zipf(other) >= COMMON for one, other in pair)
    )


def _keep(evidence: str) -> Decision:
    return Decision(Verdict.KEEP, evidence)


def _own_words(cut: Cut, known: Knowledge) -> Decision | None:
    """What the document and its lexicon say of the very word."""
    joined = max(known.count(cut.left + cut.right), known.count(cut.whole))
    kept = max(known.count(f"{cut.left}-{cut.right}"), known.count(f"{cut.head}-{cut.tail}"))
    prefixed = cut.head.casefold() in known.tongue.prefixes and _free(cut.tail, known)
    if joined == 1 and prefixed and not known.spelled(cut.whole):
        joined = 0  # its hyphen was lost there
    return _weighed(cut, joined, kept)


def _own_kin(cut: Cut, known: Knowledge) -> Decision | None:
    """What the document says of other forms of the word: plurals, tenses."""
    joined = kept = 0
    head = plain(cut.head)
    for tail in _kin(plain(cut.tail), known):
        joined += known.count_plain(head + tail)
        kept += known.count_plain(f"{head}-{tail}")
    return _weighed(cut, joined, kept, " in another form")


def _weighed(cut: Cut, joined: int, kept: int, form: str = "") -> Decision | None:
    one, two = f"“{cut.whole}”", f"“{cut.head}-{cut.tail}”"
    if joined and joined >= _CLEARLY * kept:
        return Decision(Verdict.JOIN, f"{one} {_stands(joined, form)}")
    if kept and kept >= _CLEARLY * joined:
        return _keep(f"{two} {_stands(kept, form)}")
    if joined and kept:
        verdict = Verdict.JOIN if joined >= kept else Verdict.KEEP
        evidence = f"{one} {_stands(joined, form)}, {two} {_stands(kept, form)}"
        return Decision(verdict, evidence, min(joined, kept) / (joined + kept))
    return None


def _stands(count: int, form: str) -> str:
    if count >= REVIEWED:
        return f"is in the lexicon{form}"
    return f"stands elsewhere{form} " + ("once" if count == 1 else f"{count} times")


def _kin(tail: str, known: Knowledge) -> Iterator[str]:
    """Other forms of a word, by the endings of the language; many of them are no words."""
    endings = known.tongue.endings
    stems = {tail[: len(tail) - len(end)] for end in endings if tail.endswith(end)}
    for stem in sorted(stems):
        if len(stem) > 2:
            yield from (stem + end for end in endings if stem + end != tail)


def _noun(cut: Cut, known: Knowledge) -> Decision | None:
    """A noun behind the hyphen, where nouns begin with a capital: Nord-Süd, Eisen-Industrie."""
    if known.tongue.noun_capitals and cut.tail[:1].isupper() and cut.tail[1:].islower():
        return _keep(f"“{cut.tail}” is a noun")
    return None


def _leans(cut: Cut, known: Knowledge) -> Decision | None:
    """What leans on a verb through a little word before it: a-t-il, donnez-le-moi, dar-se-á."""
    tongue = known.tongue
    after = tongue.clitics | tongue.behind_clitics
    if "-" in cut.left and cut.head.casefold() in tongue.clitics and cut.tail.casefold() in after:
        return _keep(f"“{cut.tail}” leans on “{cut.left}”")
    if cut.right.casefold() in tongue.vowel_clitics and cut.head[-1] in "td":
        return _keep(f"no syllable begins with “{cut.tail}” behind “{cut.head[-1]}”")
    return None


def _letters(cut: Cut, known: Knowledge) -> Decision | None:
    """A letter that stands alone behind the hyphen, and a word that is said twice."""
    lean = known.tongue.clitics.union(*(ones for ones, _ in known.tongue.leaning))
    if len(cut.tail) == 1 and cut.right == cut.tail and cut.tail in lean:
        return _keep(f"“{cut.tail}” is a word, no syllable")
    if len(cut.head) == len(cut.tail) == 1:
        return _keep(f"“{cut.head}” and “{cut.tail}” are letters")
    if cut.head.endswith(("’s", "'s")):
        return _keep(f"“{cut.head}” is a whole word")
    twice = cut.head.casefold() == cut.tail.casefold() and not known.spelled(cut.whole)
    if twice and known.zipf(cut.whole) < KNOWN:
        return _keep(f"“{cut.head}” is said twice")
    return None


def _capitals(cut: Cut, known: Knowledge) -> Decision | None:
    """A capital behind the hyphen, in a word that is not all capitals, or capitals before it."""
    if len(cut.head) > 1 and cut.head.isupper() and cut.tail.islower():
        known_whole = known.spelled(cut.whole) or known.zipf(cut.whole) >= KNOWN
        return None if known_whole else _keep(f"“{cut.head}” is an abbreviation")
    if cut.head.isupper() and cut.tail.isupper():
        letters = next((part for part in (cut.head, cut.tail) if _CONSONANTS.fullmatch(part)), "")
        return _keep(f"“{letters}” is an abbreviation: it has no vowel") if letters else None
    if not cut.tail[0].isupper():
        return None
    if cut.head in ("Mc", "Mac", "Fitz"):
        return Decision(Verdict.JOIN, f"“{cut.head}” begins a name")
    evidence = f"“{cut.tail}” begins with a capital"
    read = cut.head[0].isupper() or known.zipf(cut.head) >= KNOWN or known.spelled(cut.head)
    # What nobody knows before a capital is likely misread.
    return Decision(Verdict.KEEP, evidence, 0.0 if read or len(cut.head) < 3 else _UNSURE)


def _forms(cut: Cut, known: Knowledge) -> Decision | None:
    """The language's little tables, for words that it does not write as one."""
    tongue = known.tongue
    head, tail, right = cut.head.casefold(), cut.tail.casefold(), cut.right.casefold()
    if tail.partition("’")[0].partition("'")[0] and head + _elision(tail) in tongue.elidable:
        return Decision(Verdict.JOIN, f"“{cut.whole}” begins with “{head}{_elision(tail)}’”")
    if known.spelled(cut.whole) and not tongue.clitics:
        return None
    if tail in tongue.suspends and right == tail and _waits(cut.head, known):
        if known.spelled(cut.whole) or known.zipf(cut.whole) >= KNOWN:
            return None
        return Decision(Verdict.SUSPENDED, f"“{cut.head}-” waits for what follows “{tail}”")
    if any(head in ones and tail in others for ones, others in tongue.pairs):
        return _keep(f"“{head}” takes a hyphen before “{tail}”")
    if tail in tongue.clitics and not tongue.leaning and _verb(cut, known):
        return _keep(f"“{tail}” leans on “{cut.head}”")
    if known.zipf(cut.whole) < KNOWN and _verb_by_its_end(cut, known):
        return _keep(f"“{tail}” leans on “{cut.head}”")
    if known.spelled(cut.whole):
        return None
    rarer = min(known.zipf(head), known.zipf(tail))
    if "-" in cut.left and "-" in cut.right and rarer >= KNOWN > known.zipf(cut.whole):
        return _keep(f"“{cut.head}” and “{cut.tail}” are in a chain")
    if "-" in cut.left and head in tongue.links:
        return _keep(f"“{head}” links the parts of a compound")
    if "-" in cut.right and tail in tongue.links and len(cut.head) > 1:
        return _keep(f"“{tail}” links the parts of a compound")
    if len(head) == 1:
        return None if known.zipf(cut.whole) else _keep(f"“{cut.head}” is a letter, no syllable")
    if head in tongue.prefixes and len(tail) > 3:
        return _keep(f"“{head}-” takes a hyphen")
    rare = known.zipf(cut.whole) < max(KNOWN, known.zipf(tail) - _PREFIXED)
    if head in tongue.half_words and rare and _free(cut.tail, known):
        return _keep(f"“{head}-” takes a hyphen before a word")
    return _adjectives(cut, known)


def _waits(head: str, known: Knowledge) -> bool:
    """Whether the half of a compound may stand before “and”; in German any may."""
    return known.tongue.splits_ck or _free(head, known)


def _elision(tail: str) -> str:
    return tail.replace("'", "’").partition("’")[0] if "’" in tail or "'" in tail else "\n"


def _verb(cut: Cut, known: Knowledge) -> bool:
    """Whether what stands before a clitic is a word, and not the beginning of another."""
    if cut.right.casefold().startswith(("t-il", "t-elle", "t-on", "t’", "t'")):
        return True
    return not known.spelled(cut.whole) and _word(cut.head, known) and len(cut.head) > 1


def _verb_by_its_end(cut: Cut, known: Knowledge) -> bool:
    """Whether what stands before the hyphen looks like a verb on which the rest leans.

    A short ending says less than a word that is known.
    """
    head, tail = cut.head.casefold(), cut.tail.casefold()
    leaning = any(tail in ones and verb.fullmatch(head) for ones, verb in known.tongue.leaning)
    return leaning and (len(head) > 5 or known.zipf(head) >= COMMON)


def _adjectives(cut: Cut, known: Knowledge) -> Decision | None:
    first, second = known.tongue.first_adjective, known.tongue.second_adjective
    if first is None or second is None or known.zipf(cut.whole):
        return None
    head, tail = cut.head.casefold(), cut.tail.casefold()
    # In German the first goes without an ending, which it has nowhere else: märkisch-praktisch.
    least = KNOWN if known.tongue.noun_capitals and len(head) > 5 else 2 * KNOWN
    if not (first.fullmatch(head) and second.fullmatch(tail) and cut.tail.islower()):
        return None
    if not least <= known.zipf(head) < _LITTLE or not KNOWN <= known.zipf(tail) < _LITTLE:
        return None
    return _keep(f"“{cut.head}” and “{cut.tail}” are two adjectives")


def _listed(cut: Cut, known: Knowledge) -> Decision | None:
    """What the list of words says of the whole."""
    tongue = known.tongue
    if (cut.head, cut.tail) != (cut.left, cut.right) and known.spelled(cut.left + cut.right):
        return Decision(Verdict.JOIN, f"“{cut.left}{cut.right}” is a word")
    if known.spelled(cut.whole):
        if _hyphened(cut, known) and tongue.lists_compounds:
            evidence = f"“{cut.whole}” and “{cut.head}-{cut.tail}” are words"
            verdict = Verdict.JOIN if known.zipf(cut.whole) >= COMMON_SHORT else Verdict.KEEP
            return Decision(verdict, evidence, _BOTH_LISTED)
        if tongue.compounds and not tongue.lists_compounds and _two(cut, known):
            return _by_odds(cut, known, listed=True)
        rare = tongue.lists_compounds and not known.zipf(cut.whole) and _two(cut, known)
        evidence = f"“{cut.whole}” is a word"
        return Decision(Verdict.JOIN, evidence, _RARE_OF_TWO if rare else 0.0)
    if _hyphened(cut, known):
        return _keep(f"“{cut.head}-{cut.tail}” is a word")
    word = cut.whole.casefold()
    for end in tongue.endings:
        stem = word.removesuffix(end) if end else ""
        if len(stem) > len(cut.head) + 1 and (known.spelled(stem) or known.spelled(stem + "e")):
            if tongue.compounds and not tongue.lists_compounds and _two(cut, known):
                return _by_odds(cut, known, listed=end != "ed")
            return Decision(Verdict.JOIN, f"“{stem}” is a word")
    return None


def _hyphened(cut: Cut, known: Knowledge) -> bool:
    """Whether the list has the word with a hyphen."""
    forms = (f"{cut.head}-{cut.tail}", f"{cut.left}-{cut.right}")
    return any(map(known.spelled, forms))


def _by_odds(cut: Cut, known: Knowledge, *, listed: bool) -> Decision:
    """By the document's habits and the words' frequencies, where both halves are words."""
    head, tail = cut.head.casefold(), cut.tail.casefold()
    name = cut.head[0].isupper() and not cut.head.isupper() and not listed
    odds = hyphen_odds(
        Halves(
            head,
            tail,
            rarer=min(known.zipf(head), known.zipf(tail)),
            whole=known.zipf(cut.whole),
            listed=listed,
            hyphened=_hyphened(cut, known),
            name=name,
        ),
        known.compounds,
    )
    said = "may be a name" if name else "is a word" if listed else "is no word"
    evidence = f"“{cut.whole}” {said}; “{cut.head}” and “{cut.tail}” are two"
    if odds > 0.5:
        return Decision(Verdict.KEEP, f"{evidence} ({odds:.2f})", 1 - odds)
    return Decision(Verdict.JOIN, f"{evidence} ({odds:.2f})", odds)


def _word(word: str, known: Knowledge) -> bool:
    return known.spelled(word) if known.listed else known.zipf(word) >= KNOWN


def _two(cut: Cut, known: Knowledge) -> bool:
    """Whether both halves may stand alone."""
    tongue = known.tongue
    bound = cut.tail.casefold() in tongue.bound_tails or cut.head.casefold() in tongue.bound_heads
    return not bound and _free(cut.head, known) and _free(cut.tail, known)


def _free(word: str, known: Knowledge) -> bool:
    """Whether it is a word that may be half of a compound."""
    if len(word) <= 2:
        return word.casefold() in known.tongue.short
    if not known.listed:
        return known.zipf(word) >= COMMON
    least = COMMON_SHORT if len(word) == 3 else KNOWN if len(word) < 6 else 0.0
    return known.spelled(word) and known.zipf(word) >= least


def _noun_in(tail: str, known: Knowledge) -> bool:
    """Whether -ed stands behind a noun of its own: strong-limbed, wide-streeted."""
    bases = (tail[:-2], tail[:-1], tail[:-3])
    return any(len(base) > 2 and known.spelled(base) for base in bases)


def _misread_dash(cut: Cut, known: Knowledge) -> bool:
    """Whether a long word and one of the commonest little ones meet: mountains-the."""
    little = len(cut.tail) <= 3 and cut.tail == cut.right and known.zipf(cut.tail) >= VERY_COMMON
    return little and len(cut.head) > 4 and _free(cut.head, known) and not known.zipf(cut.whole)


def _at_large(cut: Cut, known: Knowledge) -> Decision | None:
    """A whole that neither the document nor a list has: a compound, if its halves are words."""
    tongue = known.tongue
    head, tail = cut.head.casefold(), cut.tail.casefold()
    zipf = known.zipf(cut.whole)
    if not known.listed and zipf >= KNOWN:
        rarer = min(known.zipf(head), known.zipf(tail))
        often_two = tongue.compounds and rarer >= COMMON and zipf < rarer - _TWO_WORDS
        evidence = f"“{cut.whole}” is a known word ({zipf:.1f})"
        return Decision(Verdict.JOIN, evidence, _UNSURE if often_two else 0.0)
    if not tongue.compounds:
        return Decision(Verdict.JOIN, "the language writes no such compound with a hyphen")
    if tail in tongue.bound_tails or head in tongue.bound_heads:
        return Decision(Verdict.JOIN, f"“{cut.head}” or “{cut.tail}” never stands alone")
    if not known.listed:
        return _by_frequency(cut, known)
    if _two(cut, known):
        if cut.head[0].isupper() and not cut.head.isupper() and zipf >= KNOWN:
            return Decision(Verdict.JOIN, f"“{cut.whole}” is a known name ({zipf:.1f})")
        return _by_odds(cut, known, listed=False)
    if _free(cut.head, known) and tail.endswith("ed") and _noun_in(tail, known):
        return _keep(f"“{cut.tail}” is made of a noun")
    if _misread_dash(cut, known):
        return _keep(f"“{cut.tail}” is no syllable after “{cut.head}”")
    return None


def _by_frequency(cut: Cut, known: Knowledge) -> Decision | None:
    """Two words or one, where there is no list and nobody knows the whole."""
    frequencies = known.zipf(cut.head), known.zipf(cut.tail)
    if _misread_dash(cut, known):
        return _keep(f"“{cut.tail}” is no syllable after “{cut.head}”")
    if min(frequencies) < KNOWN or (not _two(cut, known) and min(frequencies) >= COMMON):
        return None
    two = min(frequencies) >= COMMON or frequencies[1] >= VERY_COMMON
    evidence = f"“{cut.head}” and “{cut.tail}” are words, “{cut.whole}” is unknown"
    return Decision(Verdict.KEEP if two else Verdict.JOIN, evidence, _UNSURE)
