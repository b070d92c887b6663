"""How the languages of Europe count chapters, parts and scenes: Chapter 1, Erstes Kapitel,
Première partie, Capítulo segundo, 3. Auftritt."""

from __future__ import annotations

# Roman numerals are not told from words such as “mix” and “livid” by their letters alone: they
# stand behind the word for a part.
_FIGURES = r"(?:\d{1,3}|[ivxlc]{1,8})"

# --- English ---
_CARDINALS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty)(?:.[a-z]{3,5})?)"
)
_ORDINALS = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth)"
)
_ENGLISH = (
    rf"(?:chapter|part|book|act|scene|canto)\s+(?:{_FIGURES}|{_CARDINALS}|(?:the\s+)?{_ORDINALS})",
    rf"(?:the\s+)?{_ORDINALS}\s+(?:chapter|part|book|act|scene|canto)",
)

# --- German, as it is spelled and as it was ---
_ZEHN = r"(?:(?:drei|vier|fünf|sech|sieb|acht|neun)zehn|[eé]?ilf|elf|zwölf)t"
_ZIG = r"(?:[a-zäöüß]{3,7}und)?(?:zwan|drei|vier|fünf|sech|sieb|acht|neun)(?:zig|ßig|ssig)st"
_ERST = (
    rf"(?:(?:erst|zwe[iy]t|andr|dritt|viert|fünft|sechst|siebent|siebt|acht|neunt|zehnt|letzt|"
    rf"{_ZEHN}|{_ZIG})(?:e[rs]?))"
)
_KAPITEL = (
    r"(?:[kc]apitel|th?eil|buch|abschnitt|abth?eilung|hauptstück|band|akt|act|aufzug|auftritt|"
    r"s[zc]ene|bild|gesang|brief|abenth?euer|vorlesung|stück)"
)
_GERMAN = (
    rf"(?:[kc]apitel|th?eil|buch|abschnitt|akt|aufzug|auftritt|szene|brief)\s+{_FIGURES}",
    rf"(?:{_ERST}|\d{{1,3}}\.)\s+{_KAPITEL}",
)

# --- French ---
_PREMIER = (
    r"(?:premi(?:er|ère)|deuxième|seconde?|troisième|quatrième|cinquième|sixième|septième|"
    r"huitième|neuvième|dixième|onzième|douzième|derni(?:er|ère)|\d{1,3}(?:e|er|ère|ème)|ier)"
)
_CHAPITRE = r"(?:chapitre|partie|livre|acte|scène|tableau|chant|épisode|lettre)"
_FRENCH = (
    rf"{_CHAPITRE}\s+(?:{_FIGURES}|{_PREMIER})",
    rf"{_PREMIER}\s+{_CHAPITRE}",
)

# --- Spanish ---
_PRIMERO = (
    r"(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|s[ée]ptim[oa]|octav[oa]|"
    r"noven[oa]|décim[oa]|undécim[oa]|duodécim[oa]|[úu]ltim[oa])"
)
_CAPITULO = r"(?:cap[ií]tulo|parte|libro|acto|escena|jornada|cuadro|canto|carta)"
_SPANISH = (
    rf"{_CAPITULO}\s+(?:{_FIGURES}|{_PRIMERO})",
    rf"{_PRIMERO}\s+{_CAPITULO}",
)

# --- Italian ---
_PRIMO = (
    r"(?:prim[oa]|second[oa]|terz[oa]|quart[oa]|quint[oa]|sest[oa]|settim[oa]|ottav[oa]|non[oa]|"
    r"decim[oa]|undicesim[oa]|dodicesim[oa]|ultim[oa])"
)
_CAPITOLO = r"(?:capitolo|parte|libro|atto|scena|canto|lettera)"
_ITALIAN = (
    rf"{_CAPITOLO}\s+(?:{_FIGURES}|{_PRIMO})",
    rf"{_PRIMO}\s+{_CAPITOLO}",
)

_ALL = "|".join((*_ENGLISH, *_GERMAN, *_FRENCH, *_SPANISH, *_ITALIAN))
# The pattern of all of them; their case is to be ignored.
NUMBERED = f"(?:{_ALL})"
