"""Words that the book has both ways: names, accents, hyphens, spellings, abbreviations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from booktools.find.channel import bare
from booktools.find.reading import Reading
from booktools.find.rule import Doubt, times
from booktools.find.words import Word

_ASK = 0.33  # both are right somewhere: the book is asked to be of one mind
_PAGES = -2.0  # readers of pages put accents in: so much noise is theirs
_CLEARLY = 3  # one form stands so many times oftener than the other
_STOPPED = re.compile(
    r"\b(Mr|Mrs|Dr|Ms|St|Messrs|Prof|Rev|Capt|Gen|Col|Lt|Sr|Jr|Sra|Dra|Mme)(\.?)(?= [A-Z])"
)
_SPELLINGS = (
    (re.compile(r"(\w{3,})is(e[sdr]?|ing|ations?|ers?)$"), r"\1iz\2"),
    (re.compile(r"(\w{2,})our(s|ed|ing|able|ite|ful|less|er|ers)?$"), r"\1or\2"),
    (re.compile(r"(\w{2,})ll(ed|ing|ers?)$"), r"\1l\2"),
    (re.compile(r"(\w{2,})tre(s)?$"), r"\1ter\2"),
    (re.compile(r"(\w{2,})ence(s)?$"), r"\1ense\2"),
    (re.compile(r"gray(\w*)$"), r"grey\1"),
    (re.compile(r"programme(s)?$"), r"program\1"),
    (re.compile(r"(to|for|back|after|up|down|in|out)wards$"), r"\1ward"),
)


def _rarer(
    reading: Reading,
    places: dict[str, list[Word]],
    forms: list[str],
    why: str,
    score: float,
    rank: Callable[[str], tuple[bool, ...]] = lambda form: (),
) -> Iterator[Doubt]:
    """Each place of all forms but the best by rank and count, which is proposed."""

    ranked = sorted(forms, key=lambda form: (*rank(form), -len(places[form]), form))
    best, many = ranked[0], len(places[ranked[0]])
    for form in ranked[1:]:
        few = len(places[form])
        clear = many >= _CLEARLY * few
        for word in places[form]:
            yield Doubt(
                word.start,
                word.end,
                (best.replace("'", "’") if "’" in reading.text else best,),
                score if clear else 0.8 * score,
                f"{form} or {best}",
                f"{why}: “{best}” stands {times(many)}, “{form}” {times(few)}",
            )


def hyphen_variants(reading: Reading) -> Iterator[Doubt]:
    """A compound with a hyphen here and in one word there.

    Bad: The class-room was cold. The classroom was big. In the classroom, a classroom.
    Good: The classroom was cold. The classroom was big. In the classroom, a classroom.
    Keep: A well-known man; he is well known. The re-creation of a recreation.
    """
    places = reading.places
    joined: dict[str, set[str]] = defaultdict(set)
    for form in places:
        if form.replace("-", "").isalpha():
            joined[form.lower().replace("-", "")].add(form)
    for key, forms in joined.items():
        lows = {form.lower() for form in forms}
        if len(lows) < 2 or len(key) < 6 or key.startswith("re"):
            continue
        small = [form for form in forms if form.islower()]
        if len(small) > 1:
            yield from _rarer(reading, places, small, "the book has it both ways", _ASK)


def accent_variants(reading: Reading) -> Iterator[Doubt]:
    """A word or name with an accent here and without it there.

    Words that are different words with and without the accent are left alone.

    Bad: Señor Méndez came. Mendez sat. Old Méndez slept, and Méndez spoke.
    Good: Señor Méndez came. Méndez sat. Old Méndez slept, and Méndez spoke.
    Keep: The exposé did expose him. The résumé will resume.
    """
    places = reading.places
    groups: dict[str, list[str]] = defaultdict(list)
    for form in places:
        if len(form) > 2 and form.replace("'", "").replace("-", "").isalpha():
            groups[bare(form)].append(form)
    for forms in groups.values():
        if len(forms) < 2:
            continue
        lows = {form.lower() for form in forms}
        spelled = reading.language.words
        names = all(form[:1].isupper() and form.lower() not in spelled for form in forms)
        if not names and sum(low in reading.lowers for low in lows) > 1:
            continue
        if any(low.isascii() and low in reading.lowers for low in lows) and not names:
            continue

        # An accent is lost sooner than put in, unless few have it.
        bares = sum(len(places[form]) for form in forms if form.isascii())
        accents = sum(len(places[form]) for form in forms) - bares
        lost = names and reading.noise < _PAGES and bares < _CLEARLY * accents

        def rank(form: str, lost: bool = lost) -> tuple[bool, ...]:
            return (not reading.knows(form), lost and form.isascii())

        yield from _rarer(reading, places, forms, "the book has both", 0.6, rank)


def spelling_variants(reading: Reading) -> Iterator[Doubt]:
    """Two accepted spellings of one word: -ise and -ize, -our and -or, grey and gray.

    Bad: They organize. We organize it, and I organize it. They organise.
    Good: They organize. We organize it, and I organize it. They organize.
    Keep: They will advise him and devise a prize. They organize.
    """
    if reading.language.base != "en":
        return
    places = reading.places
    lows = {form for form in places if form.islower()}
    for form in sorted(lows):
        for pattern, other in _SPELLINGS:
            twin = pattern.sub(other, form)
            both = twin != form and twin in lows and reading.knows(form) and reading.knows(twin)
            if both and _one_word(form, twin):
                yield from _rarer(reading, places, [form, twin], "two spellings of one word", _ASK)


_TWO_WORDS = {
    ("sense", "sence"),
    ("wards", "ward"),
    ("fours", "fors"),
    ("ours", "ors"),
    ("four", "for"),
}


def _one_word(form: str, twin: str) -> bool:
    return len(form) > 4 and (form, twin) not in _TWO_WORDS


def acronym_variants(reading: Reading) -> Iterator[Doubt]:
    """An abbreviation with its letters in another order, once, beside a frequent one.

    Bad: The PU won. The PU ruled, and the PU fell. The UP lost. The PU, the PU, and the PU met.
    Good: The PU won. The PU ruled, and the PU fell. The PU lost. The PU, the PU, and the PU met.
    Keep: The CP met the PC of Spain, and the PC of Spain met the CP, and the CP the PC.
    """
    places = reading.places
    capitals = [form for form in places if form.isupper() and form.isalpha() and 1 < len(form) < 7]
    groups: dict[str, list[str]] = defaultdict(list)
    for form in capitals:
        groups["".join(sorted(form))].append(form)
    for forms in groups.values():
        most = max(len(places[form]) for form in forms)
        rare = [form for form in forms if len(places[form]) * _CLEARLY <= most]
        if len(forms) > 1 and rare:
            best = max(forms, key=lambda form: (len(places[form]), form))
            yield from _rarer(reading, places, [best, *rare], "the same letters", 0.5)


def stopped_titles(reading: Reading) -> Iterator[Doubt]:
    """Mr with a full stop and without one.

    Bad: Mr. Bell came. Mr Bell sat. Mr. Bell and Mr. Kent left.
    Good: Mr. Bell came. Mr. Bell sat. Mr. Bell and Mr. Kent left.
    Keep: Mr. Bell and Dr. Kent left.
    """
    found = list(_STOPPED.finditer(reading.text))
    with_stop = dict.fromkeys({match[1] for match in found}, 0)
    without = dict(with_stop)
    for match in found:
        (with_stop if match[2] else without)[match[1]] += 1
    for match in found:
        one, two = with_stop[match[1]], without[match[1]]
        rare = (two if one >= two else one) if one and two else 0
        if rare and bool(match[2]) != (one >= two):
            meant = match[1] + ("." if one >= two else "")
            yield Doubt(
                match.start(),
                match.end(),
                (meant,),
                _ASK,
                f"{match[1]} with and without a stop",
                f"“{match[1]}.” stands {times(one)}, “{match[1]}” {times(two)}",
            )


def rare_names(reading: Reading) -> Iterator[Doubt]:
    """A name that stands once, one slip away from one that stands often.

    Inflected forms, and names that the dictionary has, are left alone.

    Bad: So Grimsby rose, and Grimsby sat, and old Grimsby left. So Grimbsy spoke to Grimsby.
    Good: So Grimsby rose, and Grimsby sat, and old Grimsby left. So Grimsby spoke to Grimsby.
    Keep: Martin rose. Martin sat. Marta spoke, and Martin, old Martin, left.
    """
    counts = reading.counts
    names = {
        low: count
        for low, count in reading.capitals.items()
        if count >= _OFTEN and low.isalpha() and len(low) > 4
    }
    index: dict[str, list[str]] = defaultdict(list)
    for low in names:
        for at in range(len(low) + 1):
            index[low[:at] + low[at + 1 :]].append(low)
    for word in reading.words:
        low = word.lower
        if not word.form[:1].isupper() or not word.plain or len(low) < 5 or low in names:
            continue
        if counts.lowers[low] * _OFTEN > 12 or reading.knows(word.form):
            continue
        near = {
            name for at in range(len(low) + 1) for name in index.get(low[:at] + low[at + 1 :], ())
        }
        near = {
            name
            for name in near
            if not _inflected(low, name) and names[name] >= 4 * counts.lowers[low]
        }
        if near:
            best = max(near, key=lambda name: (names[name], name))
            slips = reading.channel.cost(low, best)
            if slips < 7:
                yield Doubt(
                    word.start,
                    word.end,
                    (best.capitalize(),),
                    0.75,
                    f"{low} or {best}",
                    f"“{best.capitalize()}” stands {times(names[best])}, “{word.form}” "
                    f"{times(counts.lowers[low])}",
                )


_OFTEN = 3


def _inflected(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return long.startswith(short) and len(long) > len(short)
