"""Agreement and idiom: what hardly any English sentence has, told by words that stand together.

No sentence is parsed.  Each rule asks for words whose neighbours leave one reading only, and is
silent elsewhere.  English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from booktools.find.reading import Reading
from booktools.find.rule import Doubt, like
from booktools.find.slips import vowel
from booktools.find.words import Word, lines_with, set_of

_IRREGULAR = {"women": "woman", "men": "man", "children": "child", "feet": "foot", "teeth": "tooth"}
# One and many have one form, or the plural is one thing (Quirk et al., “A Comprehensive Grammar of
# the English Language”, 5.73–5.90): “a means”, “a barracks”, “a shambles”.
_NO_PLURALS = set_of(
    "means news works barracks gallows series species crossroads headquarters innings shambles"
    " bellows kennels links mews woods glasses goods customs arms thousands hundreds dozens sports"
    " summons"
)
_PLURAL_ONLY = 0.6  # on the Zipf scale: so much commoner than its singular, it is none of it
_QUALITIES = set_of(
    "chief best last first least main only same few most other rest many crew party"
)
# Behind a noun these begin something else: it is not the first half of a compound.
_BEHIND = set_of(
    "of in on at to for from with by and or but that which who whom whose is was were are be been"
    " has had have will would shall should can could may might must as if when where while than"
    " because before after until since into upon over under through between among about against"
    " without within he she it they we you i his her their our my your the a an this these not"
    " so too then there here now"
)
_MODAL = set_of("will would can could shall should must cannot can't couldn't won't wouldn't")
_OBJECT = set_of("the a an this that these those my his her its our your their me him us them it")
_SINGULAR_VERBS = {"has": "have", "is": "are", "was": "were", "does": "do", "goes": "go"}
_PLURAL_VERBS = {"have": "has", "are": "is", "do": "does", "go": "goes"}
_ARTICLES = set_of("a an the these those")
_SUBJECTS = set_of("he she it they we")
_OPENING = set_of("and but because when as while which that if so")
# What turns “he have” right: a question, a wish, “let him and her have”.
_CLEAR = 3.0


def _beside(reading: Reading, index: int, by: int) -> Word | None:
    """The word so many places on with nothing but blanks between, or None."""
    words = reading.words
    steps = range(index + 1, index + by + 1) if by > 0 else range(index + by + 1, index + 1)
    if not 0 <= index + by < len(words) or any(words[at].glue.strip(" \n") for at in steps):
        return None
    if any("\n\n" in words[at].glue for at in steps):
        return None
    return words[index + by]


def _ends(reading: Reading, index: int) -> bool:
    """Whether what stands at a place ends its noun phrase there."""
    if index + 1 < len(reading.words) and reading.words[index + 1].glue[:1] in ("'", "’"):
        return False  # doctors’ wives
    behind = _beside(reading, index, 1)
    return behind is None or behind.lower in _BEHIND


def _singular(reading: Reading, low: str) -> str:
    """The singular of a small form that can only be a plural noun, or ""."""
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    lowers = reading.lowers
    if low in _NO_PLURALS or not low.endswith("s") or low.endswith(("ss", "us", "is", "ics")):
        return ""
    stem = low[:-1]
    if low.endswith("ies"):
        stem = low[:-3] + "y"
    elif low.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        stem = low[:-2]
    zipf = reading.language.zipf
    here = zipf.get(stem, 0.0)
    # What is said oftener than what it looks to be the plural of is a word of its own: besides,
    # always, does, news, James.
    own = zipf.get(low, 0.0) > here + _PLURAL_ONLY
    return stem if stem in lowers and len(stem) > 2 and here >= _CLEAR and not own else ""


def _english(reading: Reading, wanted: Set[str]) -> Iterator[tuple[int, Word]]:
    """The places of some small forms in an English text."""
    if reading.language.base == "en":
        for index, word in enumerate(reading.words):
            if word.lower in wanted and not (word.form.isupper() and len(word.form) > 1):
                yield index, word


def one_and_many(reading: Reading) -> Iterator[Doubt]:
    """One of something in the plural, or “one of the” something in the singular.

    Bad: He gave them an accounts of the voyage.
    Good: He gave them an account of the voyage.
    Bad: It was one of the reason for the war.
    Good: It was one of the reasons for the war.
    Keep: He found a means of escape, and every few days a sports paper of his.
    Keep: One of the clergy of the town; one of the most.
    """
    for index, word in _english(reading, _ARTICLES):
        noun = _beside(reading, index, 1)
        if noun is None or not noun.plain or not noun.form.islower():
            continue
        if word.lower in ("a", "an") and _ends(reading, index + 1):
            single = _singular(reading, noun.lower)
            before = _beside(reading, index, -1)
            right = (word.lower == "an") == vowel(noun.lower)  # else it is “and”, cut short
            old = before is not None and before.lower == "now"  # now a days
            if single and right and not old and reading.counts.pairs[word.lower, noun.lower] < 2:
                yield _doubt(reading, noun, single, 0.7, f"“{word.form}” before a plural")
        if word.lower in ("the", "these", "those") and _ends(reading, index + 1):
            before, first = _beside(reading, index, -1), _beside(reading, index, -2)
            if before is None or first is None or (first.lower, before.lower) != ("one", "of"):
                continue
            low, many = noun.lower, noun.lower + "s"
            zipf = reading.language.zipf
            if (
                low not in _QUALITIES
                and many in reading.lowers
                and zipf.get(many, 0.0) > zipf.get(low, 0.0) - 1.2
            ):
                yield _doubt(reading, noun, many, 0.7, "“one of the” before a singular")


_PLURAL_OPENS = set_of("these those many few several both all some our their his her my your the")
_HEADED = set_of("of one each every number series list kind sort between with and nor or")


def many_with_a_singular_verb(reading: Reading) -> Iterator[Doubt]:
    """A noun in the plural and, right behind it, a verb in the singular.

    Silent where the noun belongs to another before it: “one of the men was”.

    Bad: The banners says that they came.
    Good: The banners say that they came.
    Bad: These houses was built later.
    Good: These houses were built later.
    Keep: One of the men was there. The number of men was small. The news is good.
    """
    for index, noun in enumerate(reading.words):
        if reading.language.base != "en" or not noun.form.islower():
            continue
        verb = _beside(reading, index, 1)
        if verb is None or verb.lower not in _SINGULAR or not _singular(reading, noun.lower):
            continue
        opens, first = _beside(reading, index, -1), _beside(reading, index, -2)
        if opens is None or opens.lower not in _PLURAL_OPENS:
            continue
        if first is not None and (first.lower in _HEADED or first.form.islower()):
            continue
        meant = _SINGULAR[verb.lower]
        yield _doubt(reading, verb, meant, 0.5, f"“{noun.form} {verb.form}”")


_SINGULAR = {"has": "have", "is": "are", "was": "were", "does": "do", "says": "say",
             "goes": "go", "comes": "come", "makes": "make", "takes": "take"}  # fmt: skip


def names_before_which(reading: Reading) -> Iterator[Doubt]:
    """A name and “which” with no comma between: what follows tells more of it, not which it is.

    Bad: They wrote to Persia which had fallen.
    Good: They wrote to Persia, which had fallen.
    Keep: The land of Persia, which had fallen; a Persia in which they slept. Ask Will which it was.
    """
    for index, word in _english(reading, frozenset(("which",))):
        name, after = _beside(reading, index, -1), _beside(reading, index, 1)
        if name is None or after is None or name.opens or word.form != "which":
            continue
        common = name.lower in reading.language.words and not name.form.isupper()
        if common or not name.form[:1].isupper():
            continue
        if after.lower in _SINGULAR or after.lower in _FINITE or after.lower.endswith("ed"):
            said = f"no comma between “{name.form}” and “which”"
            yield Doubt(
                name.start,
                word.end,
                (f"{reading.text[name.start : name.end]}, which",),
                0.3,
                "name before which",
                said,
            )


_FINITE = set_of("had were are have did do would will could can may might should at in to later")


def _doubt(reading: Reading, word: Word, meant: str, score: float, why: str) -> Doubt:
    readings = (like(word.form, meant, reading),)
    said = f"{why}: “{word.form}”"
    return Doubt(word.start, word.end, readings, score, f"{word.lower} for {meant}", said)


def verb_forms(reading: Reading) -> Iterator[Doubt]:
    """A verb that does not go with its auxiliary or its subject.

    Where a book says so oftener it is dialect, and kept.

    Bad: I can shakes this off.
    Good: I can shake this off.
    Bad: They agreed, and she have it now.
    Good: They agreed, and she has it now.
    Bad: They was in the field.
    Good: They were in the field.
    Keep: He must needs go. What would things be? Did he have it? I insist that he go.
    Keep: The men of whom they spoke was the word.
    """
    for index, word in _english(reading, _MODAL | _SUBJECTS):
        verb = _beside(reading, index, 1)
        if verb is None or not verb.form.islower():
            continue
        subject, low = word.lower, verb.lower
        pair = f"“{word.form} {verb.form}”"
        if reading.counts.pairs[subject, low] > 1:
            continue
        if subject in _MODAL and low.endswith("s") and low not in _NO_PLURALS:
            behind = _beside(reading, index + 1, 1)
            stem = _singular(reading, low)
            kinds = reading.model.kinds
            if stem and behind and behind.lower in _OBJECT and "v" in kinds.of(stem):
                yield _doubt(reading, verb, stem, 0.7, pair)
            continue
        before = _beside(reading, index, -1)
        opens = before is None or before.lower in _OPENING - {"that", "if", "as"}
        if not opens:
            continue
        if subject in ("he", "she", "it") and low in ("have", "are", "do", "go"):
            if before is not None and low in ("have", "are"):
                yield _doubt(reading, verb, _PLURAL_VERBS[low], 0.5, pair)
        elif subject in ("they", "we") and low in _SINGULAR_VERBS:
            yield _doubt(reading, verb, _SINGULAR_VERBS[low], 0.7, pair)


_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|many|\d+)"
_UNITS = r"(?:century|centuries|decades?|years?|months?|weeks?|days?)"
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
# All in small letters: a line is chosen so.
_TURNS = (
    (r"(would|could|should|must|might) of(?= (?!course)[a-z]+(?:ed|en|ne|wn)\b)",
     r"\1 have", 0.8),
    (r"(becom(?:e|es|ing)|became) into", r"\1", 0.6),
    (r"(despite) of", r"\1", 0.8),
    (r"(in spite)(?= (?:the|his|her|their|its|all)\b)", r"\1 of", 0.7),
    (r"(accord(?:ing|ance)) with(?= the\b)(?<!accordance with)", "according to", 0.5),
    (r"(discuss(?:ed|es|ing)?) about", r"\1", 0.7),
    (r"(emphasi[sz](?:e|ed|es|ing)) on", r"\1", 0.7),
    (r"(depend(?:s|ed|ing)?) of", r"\1 on", 0.7),
    (r"(arriv(?:e|ed|es|ing)) to(?= (?:the|a|an)\b)", r"\1 at", 0.5),
    (r"(explain(?:ed|s)?) (me|us|him|them)(?= (?:that|how|why|what)\b)", r"\1 to \2", 0.6),
    (r"(capable) to", r"\1 of", 0.5),
    (r"(each) others", r"\1 other", 0.5),
    (r"more (better|worse|easier|stronger|larger|greater|smaller|higher)", r"\1", 0.6),
    (r"most (best|worst|easiest|strongest|largest|greatest|smallest|highest)", r"\1", 0.6),
    (r"(?<!a )(?<!some )(?<!so )(?<!very )(?<!that )(long time ago)", r"a \1", 0.6),
    (r"the (world war (?:i|ii|one|two))(?= (?:and|was|in|broke|ended|began|had)\b|[.,;:)])",
     r"\1", 0.7),
    (r"others (things|people|countries|men|women|words)", r"other \1", 0.8),
    (r"(was|were|am|are|is|be) suppose to", r"\1 supposed to", 0.8),
    (r"(break|breaks|broke|broken|breaking) away with", r"\1 away from", 0.7),
    (r"(denounc(?:e|ed|es|ing)) that(?= (?:the|a|an|he|she|it|they|we|i|this)\b)",
     r"\1 the fact that", 0.4),
    (r"(demand(?:ed|s|ing)? the [a-z]+) to(?= [a-z]+\b)", r"\1 should", 0.33),
    (r"in (the (?:[a-z]+ )?continent)", r"on \1", 0.4),
    (r"(between (?:1\d{3}|20\d\d))[-–—]((?:1\d{3}|20\d\d))", r"\1 and \2", 0.7),
    (r"(from (?:1\d{3}|20\d\d))[-–—]((?:1\d{3}|20\d\d))", r"\1 to \2", 0.5),
    (rf"for ((?:more than |over |almost |nearly )?{_COUNT} {_UNITS}) ago", r"\1 ago", 0.7),
    (rf"(have|has) ([a-z]+ed)(?= {_COUNT} {_UNITS} ago)", r"\2", 0.6),
    (rf"the ({_MONTH} \d{{1,2}}, \d{{4}})", r"\1", 0.5),
    (r"the later(?= (?:have|has|had|is|are|was|were|of whom|of which)\b)", "the latter", 0.6),
    (r"once and again", "time and again", 0.33),
    (r"(the) (of|during|with|from|at|into|for)(?= (?:the|a|an|his|her|its|their|our)\b)",
     r"\2", 0.6),
    (r"(a|an) (of|during|with|from|into)(?= (?:the|his|her|its|their|our)\b)", r"\2", 0.4),
)  # fmt: skip
_IDIOMS = tuple(
    (re.compile(rf"\b{pattern}\b", re.IGNORECASE), new, score) for pattern, new, score in _TURNS
)
_ANY_IDIOM = re.compile(rf"\b(?:{'|'.join(pattern for pattern, _, _ in _TURNS)})\b")


def idioms(reading: Reading) -> Iterator[Doubt]:
    """Turns that come from another language or another ear: despite of, would of, become into.

    Bad: They went despite of the rain, and could of stayed.
    Good: They went despite the rain, and could have stayed.
    Keep: Would of course stay. A long time ago they became, into the bargain, rich.
    """
    if reading.language.base != "en":
        return
    # A pattern that minds no capitals is slow: it is tried in those lines that have some turn.
    text, lower = reading.text, reading.text.lower().replace("ſ", "s").replace("ı", "i")
    same = len(lower) == len(text)
    lines = list(lines_with(_ANY_IDIOM, lower)) if same else [(0, len(text))]
    for pattern, new, score in _IDIOMS:
        found = [match for line in lines for match in pattern.finditer(text, *line)]
        for match in found:
            low = match[0].lower()
            yield Doubt(
                match.start(),
                match.end(),
                (match.expand(new),),
                score if len(found) < _HABIT else score / 2,
                low,
                f"“{match[0]}” is hardly said",
            )


_HABIT = 4  # cases of one turn: the author's own
_BEFORE = set_of("of in from by with to against for")
_ENOUGH, _MOSTLY = 5, 0.8


def bare_abbreviations(reading: Reading) -> Iterator[Doubt]:
    """An abbreviation without the article that it has elsewhere in the book.

    Bad: The men of the PTS met the PTS. In the PTS and by the PTS, of the PTS: leaders of PTS.
    Good: The men of the PTS met the PTS. In the PTS and by the PTS, of the PTS: leaders of the PTS.
    Keep: The men of the PTS met the PTS. In the PTS and by the PTS, of the PTS: of PTS leaders.
    """
    if reading.language.base != "en":
        return
    words = reading.words
    with_, without = dict[str, int](), dict[str, list[Word]]()
    for index, word in enumerate(words):
        form = word.form
        if not (form.isupper() and form.replace("-", "").isalpha() and len(form) > 1):
            continue
        before = _beside(reading, index, -1)
        if before is None or before.form.isupper():
            continue
        if before.lower == "the":
            with_[form] = with_.get(form, 0) + 1
        elif before.lower in _BEFORE and _ends(reading, index):
            without.setdefault(form, []).append(word)
    for form, places in without.items():
        many = with_.get(form, 0)
        if many >= _ENOUGH and many >= _MOSTLY * (many + len(places)):
            for word in places:
                yield Doubt(
                    word.start, word.end, (f"the {form}",), 0.45, f"{form} without its article",
                    f"“the {form}” stands {many} times, “{form}” alone {len(places)} times",
                )  # fmt: skip
