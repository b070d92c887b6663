"""Older spellings: what a word of an old book may be in the spelling of today's lists.

Each language has a few regular changes.  A form that one or two of them turn into a known word
is no misprint, at least not where the book spells so by habit.
"""

from __future__ import annotations

import re
from collections.abc import Container

_Rule = tuple[re.Pattern[str], str]
_TWICE = 2  # changes in one word, at most
_SHORTEST = 3


def _rules(*table: tuple[str, str]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern), new) for pattern, new in table)


_RULES: dict[str, tuple[_Rule, ...]] = {
    # Before about 1800.
    "en": _rules(
        (r"(?<=[aeiou])ll$", "l"),  # capitall
        (r"(?<=[iuy])lly$", "ly"),
        (r"ick(e?)$", "ic"),  # musick, publicke
        (r"(?<=[a-z]{2})(?<![aeiou])e$", ""),  # crowne, bodye
        (r"(?<=[a-z])([nrtmp])\1e?$", r"\1"),  # sunne, warre
        (r"(?<=[a-z]{2})ie$", "y"),  # citie
        (r"(?<=[a-z]{2})ies$", "ys"),
        (r"ye(?=s?$)", "ie"),
        (r"(?<=[aou])y(?=[a-z])", "i"),  # rayn, voyce
        (r"(?<=[bcdfghlmnprst])y(?=[bcdfghlmnprst][a-z])", "i"),  # desyre
        (r"^v(?=[bcdfghjklmnpqrstxz])", "u"),  # vpon
        (r"(?<=[a-z])u(?=[aeiouy])", "v"),  # haue
        (r"^i(?=[aou])", "j"),  # iust
        (r"(?<=[a-z]{2})'d$", "ed"),
        (r"(?<=[a-z]{2}[pkshxc])t$", "ed"),  # lookt, slasht
        (r"(?<=[a-z])([pkg])t$", r"\1\1ed"),  # stript
        (r"(?<=[a-z]{2})(st|th)$", ""),  # requirest
        (r"(?<=[a-z]{2})eth$", "es"),
        (r"our(?=s?$)", "or"),
        (r"xion", "ction"),
        (r"æ", "e"),
        (r"œ", "e"),
        (r"(?<=[a-z])or(?=s?$)", "our"),
        (r"^(h|sh|m|w|y|b)ee$", r"\1e"),
        (r"(?<=[dg])oe$", "o"),
        (r"(?<=[nbd])i(?=[aeou])", "j"),  # enioy, subiect
        (r"(?<=[bcdfghklmnprst])es$", "s"),  # wordes
        (r"(?<=[a-z])yed$", "ied"),
        (r"(?<=[ao])w(?=[bcdfghlmnprst])", "u"),  # sawce
        (r"(?<=[a-z])oa(?=[a-z]e$)", "o"),  # choake
        (r"(?<=[a-z])oo(?=[a-z]{2})", "o"),  # foorth
        (r"ere(?=s?$)", "ear"),  # yeres
        (r"(?<=[a-z])tio(?=us$)", "cio"),
    ),
    # Before 1902, and before 1996.
    "de": _rules(
        (r"th(?=[aeiouyäöür])", "t"),  # thun, Thür, Werth
        (r"(?<=[aeiouäöür])th", "t"),  # Muth, Noth, roth
        (r"niß$", "nis"),
        (r"niß(?=[a-zäöüß])", "nis"),
        (r"ß(?=$|[bcdfghjklmnpqrstvwxz])", "ss"),  # daß, muß, läßt
        (r"ey", "ei"),  # seyn, bey
        (r"(?<=[a-zäöü])ir(?=(?:t|te|ten|tes|ter|tem|en|end|ung|ungen|st|tet)$)", "ier"),
        (r"c(?=[aoulrkt])", "k"),  # Classe, Contrakt
        (r"cc", "kk"),
        (r"ct", "kt"),
        (r"c(?=[eiäy])", "z"),  # Ceremonie
        (r"(?<=[aeiou])tz(?=$|[a-zäöü])", "z"),
        (r"^ae", "ä"), (r"^oe", "ö"), (r"^ue", "ü"),  # Aepfel, Uebel
        (r"ae", "ä"), (r"oe", "ö"), (r"(?<![aeqä])ue", "ü"),
        (r"dt(?=$|[ehl])", "t"),  # todt, tödtlich
        (r"aa", "a"), (r"ee", "e"), (r"oo", "o"),  # Waare, Heerd, Loos
        (r"y", "i"),
        (r"(?<=[aeiouäöü])hl", "l"),
        (r"ph", "f"),
        (r"(?<=[a-zäöüß]{2})e(?=[st]$)", ""),  # gehet, stehet
        (r"(?<=[a-zäöüß])'s?$", ""),
        (r"rr?h", "r"),
        (r"^gieb", "gib"), (r"gieng$", "ging"), (r"^fieng", "fing"), (r"hieng", "hing"),
        (r"(?<=[a-z])([fmnlt])\1\1(?=[a-z])", r"\1\1"),
        (r"([fmnlt])\1(?=[aeiouäöü])", r"\1\1\1"),  # Schiffahrt
        (r"(?<=[a-zäöüß]{3})e$", ""),  # dem Manne
        (r"iren", "ieren"),
        (r"(?<=[lrmhu])n(?=$|d)", "en"),  # wehn, schaun
        (r"(?<=[bcdfgklpst])n(?=e[mnrs]?$)", "en"),  # offnem, verschiedne
        (r"(?<=[bdefu])r(?=e[mnrs]?$)", "er"),  # andre, unsre
        (r"(?<=[fgt])l(?=e[mnrs]$)", "el"),
        (r"ö(?=mm)", "o"),  # kömmt
        (r"(?<=[aeiou])([lt])\1", r"\1"),  # Litteratur
        (r"wieder(?=t)", "wider"),
        (r"^itzt", "jetzt"), (r"^ohn(?=[ge])", "un"),
    ),
    # Before 1835, and before 1878.
    "fr": _rules(
        (r"oi(?=(?:s|t|ent)$)", "ai"),  # étoit, avoient
        (r"(?<=[ae])ns$", "nts"),  # enfans
        (r"ë", "è"),  # poëte
        (r"ége", "ège"),  # collége
        (r"oi(?=(?:tre|sse|ss?oi|ble))", "ai"),  # connoître
        (r"oî(?=tre)", "aî"),
        (r"y(?=[a-z])", "i"),  # yvre
        (r"^très-", ""),
        (r"(?<=[a-z]{2})és$", "ez"),
        (r"(?<=t)ems$", "emps"),
        (r"(?<=[a-z])th", "t"),
    ),
    # Before 1815, 1911 and 1952.
    "es": _rules(
        (r"^([áéóú])$", r"\1"),
        (r"á$", "a"), (r"é$", "e"), (r"í$", "i"), (r"ó$", "o"), (r"ú$", "u"),  # fué, vió
        (r"á(?=n$)", "a"), (r"é(?=n$)", "e"), (r"ó(?=n$)", "o"),
        (r"ó(?=(?:me|te|se|le|la|lo|nos|les|las|los)$)", "ó "),  # echóse
        (r"é(?=(?:me|te|se|le|la|lo|nos|les|las|los)$)", "é "),
        (r"(?<=[aeiou])x(?=[aeiouáéíóú])", "j"),  # dixo
        (r"qu(?=[aoáó])", "cu"),  # quando
        (r"g(?=[eiéí])", "j"),  # muger
        (r"ss", "s"), (r"ph", "f"), (r"th", "t"), (r"y(?=[bcdfghlmnprst])", "i"),
        (r"z(?=[eií])", "c"),
        (r"(?<=[aeiou])i$", "y"),
    ),
}  # fmt: skip


def modern(low: str, base: str, words: Container[str]) -> str:
    """The known word that a small form is an older spelling of; empty where it is none.

    `base` is a language's tag without its region, `words` what is known, in small letters.
    """
    if len(low) < _SHORTEST:
        return ""
    forms = {low}
    for _ in range(_TWICE):
        fresh: set[str] = set()
        for form in sorted(forms):
            for pattern, new in _RULES.get(base, ()):
                other = pattern.sub(new, form)
                if other == form:
                    continue
                if all(part in words for part in other.split(" ")):
                    return other
                fresh.add(other)
        forms = fresh
    return ""


# Who says thou says walkest and walketh.
THOU = ("thou", "thee", "thy", "hath", "doth")
_WALKEST = re.compile(r"(?:e?d?st|eth)\Z")


def with_thou(low: str, words: Container[str]) -> bool:
    """Whether a small English form is a known verb as it stands with thou, or in -eth."""
    tail = _WALKEST.search(low)
    stem = low[: tail.start()] if tail else ""
    short = stem[:-1] if stem[-2:-1] == stem[-1:] else stem
    return len(stem) > 1 and any(
        form in words and (form.removesuffix("e") + "ing" in words or stem + "ing" in words)
        for form in (stem, stem + "e", short)
    )
