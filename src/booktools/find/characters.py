"""Characters that a book hardly has: of other scripts, controls, leftovers of encodings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from booktools.find.reading import Reading
from booktools.find.rule import Doubt

_ORDINARY = re.compile(
    r"[\w\s.,;:!?'\"()\[\]“”‘’„‚«»‹›—–\-…/&§©°£$€%*†‡¿¡·+=<>#@ªº½¼¾×_`´|~^\\{}ʼ•′″−¬®™¶]"
)
_BROKEN = re.compile(
    "Ã[\u0080-\u00bf©¡³º±]|â€[™œ“”\u009d˜]|Â[ \u00a0«»°]|\ufffd|&(?:amp|lt|gt|quot|nbsp|#\\d+);"
)
_TAGS = re.compile(r"</?(?:i|b|em|p|br|sup|sub|span|hr|h[1-6])\b[^>\n]{0,40}>")
_PLACEHOLDER = re.compile(r"\[?\bBlank Page\b\]?|\[Illustration\]|\[\*\*[^\]\n]*\]")
_LOOKALIKES = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "А": "A",
    "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T",
    "Х": "X", "ο": "o", "α": "a", "ν": "v", "ρ": "p", "Α": "A", "Β": "B", "Ε": "E", "Ο": "O",
    "ı": "i", "ſ": "s",
}  # fmt: skip
_SELDOM = 4


def mixed_scripts(reading: Reading) -> Iterator[Doubt]:
    """Letters of two scripts in one word: a Cyrillic or Greek letter that looks Latin, a long s.

    Bad: The hоuse was cold.
    Good: The house was cold.
    Keep: The Greek λόγος, and the Russian мир.
    """
    for word in reading.words:
        if word.form.isascii():
            continue
        scripts = {_script(char) for char in word.form if char.isalpha()}
        if len(scripts) > 1 or "ſ" in word.form:
            latin = "".join(_LOOKALIKES.get(char, char) for char in word.form)
            yield Doubt(
                word.start,
                word.end,
                (latin,) if latin != word.form else (),
                0.9,
                "mixed scripts" if "ſ" not in word.form else "long s",
                f"letters of different scripts in “{word.form}”"
                if "ſ" not in word.form
                else f"a long s in “{word.form}”",
            )


def _script(char: str) -> str:
    return unicodedata.name(char, "?").split(" ")[0]


def unusual_characters(reading: Reading) -> Iterator[Doubt]:
    """A character that is no letter and that books hardly have, when it stands here seldom.

    Bad: He came ¤ home.
    Keep: It cost £3 or $5 – 20 % more, “he said”, § 4, 3 × 4 °C. The song was α to ω.
    """
    found = [m for m in re.finditer(r"[^\x00-\x7f]", reading.text) if not _ORDINARY.match(m[0])]
    seen = Counter(match[0] for match in found)
    for match in found:
        if seen[match[0]] <= _SELDOM:
            name = unicodedata.name(match[0], f"U+{ord(match[0]):04X}").lower()
            yield Doubt(
                match.start(),
                match.end(),
                (),
                0.6,
                f"character {name}",
                f"“{match[0]}” ({name}) stands {seen[match[0]]} times in the book",
            )


def encoding_leftovers(reading: Reading) -> Iterator[Doubt]:
    """Letters read in the wrong encoding, entities and tags of HTML, proof-readers' notes.

    Bad: The cafÃ© was shut &amp; dark.
    Bad: [Blank Page] So he came.
    Keep: The café was shut & dark, 3 < 4.
    """
    for pattern in (_BROKEN, _TAGS, _PLACEHOLDER):
        for match in pattern.finditer(reading.text):
            yield Doubt(
                match.start(),
                match.end(),
                (),
                0.9,
                "encoding" if pattern is _BROKEN else "markup",
                f"“{match[0]}” is left over from an encoding or from markup",
            )


_ENDING = re.compile(r"(?<=\w)-(?=\n\w)|(?<=[a-z]{2})- (?=[a-z]{2})")
_SUSPENDED = re.compile(r"(?:and|or|to|nor|but|und|oder|bis|et|ou|y|o)\b")


def hyphens_left(reading: Reading) -> Iterator[Doubt]:
    """A hyphen with a blank or a line end behind it: a word that was divided and not joined.

    Bad: The conduc- tor waved.
    Good: The conductor waved.
    Keep: The first- and second-class cars.
    """
    for match in _ENDING.finditer(reading.text):
        if _SUSPENDED.match(reading.text[match.end() :].lstrip()[:8]):
            continue
        left = re.search(r"[^\W\d_]+\Z", reading.text[max(0, match.start() - 30) : match.start()])
        right = re.match(r"\s*([^\W\d_]+)", reading.text[match.end() : match.end() + 32])
        if left is None or right is None:
            continue
        start, end = match.start() - len(left[0]), match.end() + right.end()
        whole, hyphened = left[0] + right[1], f"{left[0]}-{right[1]}"
        first = (whole, hyphened) if reading.knows(whole) else (hyphened, whole)
        yield Doubt(
            start, end, first, 0.85, "a hyphen left at a line end", "a divided word was not joined"
        )
