"""Forms that lists of words do not have: numerals, clitics, what is cut short."""

from __future__ import annotations

import re

from booktools.find.words import set_of

ROMAN = re.compile(r"(?=[ivxlcdm])m{0,4}(cm|cd|d?c{0,4})(xc|xl|l?x{0,4})(ix|iv|v?i{0,4})\Z")
ENCLITIC = re.compile(r"(?:'(?:s|d|ll|ve|re|m|t|em|n|st)|n't|s'|')\Z", re.IGNORECASE)
CLITICS = set_of(
    "je tu il elle on ce nous vous ils elles moi toi lui leur y en le la les là ci t m même mêmes"
    " dit"
)
# What older English books cut short; lists of words have none of it.
SHORT = set_of(
    "d'ye d'you t'other th'other wert wer't o'er e'er ne'er whate'er whene'er where'er howe'er"
    " thos wm geo chas jas benj edw robt saml danl jos nath ay"
)
# What German cuts short behind a word.
SHORTENED = re.compile(r"'(?:s|n|m|ne|nen|ns|t)\Z", re.IGNORECASE)
# Numbers, ordinals, sums of money, times, ranges and initials.
NUMBER = re.compile(
    r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|d|s|l|o|º|ª|e|er|ème|me|re|°|%|p|ff?)?"
    r"|\d+(?:-\d+)+(?:th|st|nd|rd)?|(?:[^\W\d_]{1,2}\.)+[^\W\d_]{0,3}|[A-Z]{1,2}\d{1,3}"
    r"|\d{1,3}[ap]\.?m|\d{1,2}(?:[tvm]o)|(?i:[A-Z]\.)+[A-Z]?|\d+-[^\W\d_]+|£\d+"
)
AFTER_APOSTROPHE = set_of(
    "tis twas twere twill twould em im er is t s d ll cause bout til till midst neath gainst tisn"
    " twasn twixt un ud ave ere oss ole ullo ad as"
)
