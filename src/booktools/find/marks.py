"""Quotation marks, brackets, stops and the blanks beside them; capitals where none should be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from booktools.find.reading import Reading
from booktools.find.rule import Doubt
from booktools.find.words import set_of

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
# What a closing bracket alone stands behind: a number or letter that counts, a face.
_COUNTED = re.compile(r"(?:^|[\s(])(?:\w{1,3}|[:;]-?)\Z")
_BRACKET = re.compile(r"[(){}\[\]]")
_SPACED = re.compile(r"(?<=\w)( +)([,.;:!?])(?![.\d])(?=\s|[”’\")\]]|$)")
_TWICE = re.compile(r"(,,|;;|::|\.,|,\.|,;|;,|,:|!\.|\?\.|(?<!\.)\.\.(?!\.))")
_BEFORE_CLOSE = re.compile(r"(?<=[\w.,!?]) +([”)\]])(?=\s|$)|([“(\[]) +(?=\w)")
_LOWER = re.compile(r"(?<=[a-zà-ÿ]{2})([.?!])[”’\"')]* +([a-zà-ÿ]+)")
_DASH = re.compile(r"(\S)( ?)(—|–|--)( ?)(?=(\S))")
_OMITTED = re.compile(
    r"‘(?=(?:tis|twas|twere|twill|twould|em|tisn|cause|bout|til|till|neath|gainst|twixt|midst)\b"
    r"|\d0s?\b|\d\ds?\b(?!\d))",
    re.IGNORECASE,
)
_ABBREVIATED = set_of(
    "mr mrs ms dr st vs etc viz cf vol vols no nos pp ed eds esq jr sr capt col gen lt rev hon prof"
    " gov sen rep inc co ltd jan feb mar apr aug sept sep oct nov dec sat sun mon fig ch chap art"
    " sec messrs mme mlle ibid op cit al approx dept est ft in lb oz tel ave blvd rd th nat cent"
    " comr cde sra srta dra ud uds vd vds excmo gral núm pág tomo hh bros lit trans orig ref dist"
)
_RARE_SHARE = 0.03
# Where a mark is missing is not known, and where one is too many is seldom sure: to be asked
# about, but behind every word that is doubtful.
_ASK = 0.3


def unbalanced_brackets(reading: Reading) -> Iterator[Doubt]:
    """A bracket in a paragraph that is opened and not closed, or closed and not opened.

    Bad: He went (as ever to the house.
    Bad: He went as ever) to the house.
    Keep: He went (as ever) to the house [of his father]. There are 1) one and 2) two. :-)
    """
    for paragraph in _PARAGRAPH.finditer(reading.text):
        stack: list[tuple[str, int]] = []
        for bracket in _BRACKET.finditer(reading.text, *paragraph.span()):
            at, char = bracket.start(), bracket[0]
            if char in _PAIRS:
                stack.append((char, at))
            elif stack and _PAIRS[stack[-1][0]] == char:
                stack.pop()
            elif not _COUNTED.search(reading.text[max(0, at - 6) : at]):
                yield _mark(at, char, "bracket", f"“{char}” closes nothing here", _ASK)
        for char, at in stack:
            yield _mark(at, char, "bracket", f"“{char}” is not closed in its paragraph", _ASK)


def _mark(at: int, char: str, what: str, evidence: str, score: float) -> Doubt:
    return Doubt(at, at + len(char), (), score, f"{what} {char}", evidence)


def unbalanced_quotes(reading: Reading) -> Iterator[Doubt]:
    """Double quotation marks that do not pair off in their paragraph.

    A speech that goes on in the next paragraph may stay open: the next begins with a mark.
    Where a text uses straight marks they are counted.

    Bad: “I shall go, he said. “And you too.”
    Bad: I shall go,” he said.
    Keep: “I shall go,” he said. “And you too.”
    """
    paragraphs = list(_PARAGRAPH.finditer(reading.text))
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else ""
        yield from _curly(paragraph[0], paragraph.start(), following)
        straight = [found.start() for found in re.finditer('"', paragraph[0])]
        if len(straight) % 2 and not following.lstrip().startswith('"'):
            at = paragraph.start() + straight[-1]
            yield _mark(at, '"', "quotation mark", "an odd number of marks in the paragraph", _ASK)


def _curly(text: str, begins: int, following: str) -> Iterator[Doubt]:
    opened = -1
    for found in re.finditer("[“”„]", text):
        at, char = begins + found.start(), found[0]
        low = "„" in text
        if char == "„" or (char == "“" and not low):
            if opened >= 0:
                said = "opened again before it was closed"
                yield _mark(opened, text[opened - begins], "quotation mark", said, _ASK)
            opened = at
        elif opened < 0:
            yield _mark(at, char, "quotation mark", "closed, but not opened in its paragraph", _ASK)
        else:
            opened = -1
    if opened >= 0 and not re.match(r"\s*[“„‘]", following):
        said = "not closed in its paragraph"
        yield _mark(opened, text[opened - begins], "quotation mark", said, _ASK)


def mixed_quotes(reading: Reading) -> Iterator[Doubt]:
    """Straight marks in a book of curly ones, or marks of another country.

    The rarer form is proposed away, when it is less than three in a hundred.

    Bad: “A” “B” “C” “D” “E” “F” “G” “H” “I” “J” “K” “L” “M” and "N" he said.
    Keep: "One," he said. "Two," she said.
    """
    text = reading.text
    for main, others in (("“”„", '"«»'), ('"', "“”«»"), ("«»", '"')):
        count = sum(text.count(char) for char in main)
        rare = sum(text.count(char) for char in others)
        if count and 0 < rare <= max(_RARE_SHARE * count, 2) and count > 20:
            for found in re.finditer(f"[{others}]", text):
                yield _mark(found.start(), found[0], "mark", "the book has other marks", _ASK)
    curly, straight = text.count("’"), len(re.findall(r"(?<=\w)'(?=\w)", text))
    if curly > 20 and 0 < straight <= _RARE_SHARE * curly:
        for found in re.finditer(r"(?<=\w)'(?=\w)", text):
            yield Doubt(
                found.start(),
                found.end(),
                ("’",),
                _ASK,
                "straight apostrophe",
                "the book has curly apostrophes",
            )


def omission_as_quote(reading: Reading) -> Iterator[Doubt]:
    """An apostrophe for letters left out that was set as an opening quotation mark.

    Bad: ‘Tis late, in the summer of ‘68.
    Keep: ’Tis late, in the summer of ’68. ‘Till then,’ he said.
    """
    for found in _OMITTED.finditer(reading.text):
        rest = reading.text[found.end() : found.end() + 120].partition("\n")[0]
        closed = "’" in re.sub(r"\w’\w", "", rest) and not reading.text[found.end()].isdigit()
        if not closed:
            yield Doubt(
                found.start(),
                found.end(),
                ("’",),
                0.34,
                "omission as a quote",
                "an apostrophe of omission set as an opening mark",
            )


def blank_before_stop(reading: Reading) -> Iterator[Doubt]:
    """A blank before a comma or a stop, or inside brackets and quotation marks.

    French sets blanks before ; : ! and ?; a book that always does so is left alone.

    Bad: He came , saw and went .
    Keep: He came, saw, and went. It costs .5 of it.
    """
    text = reading.text
    found = [
        m for m in _SPACED.finditer(text) if not (reading.language.base == "fr" and m[2] in ";:!?")
    ]
    usual = Counter(m[2] for m in found)
    for match in found:
        sign = match[2]
        if usual[sign] > 0.2 * text.count(sign) and usual[sign] > 20:
            continue  # the way this book is set
        yield Doubt(
            match.start(1),
            match.end(2),
            (sign,),
            _ASK,
            f"blank before {sign}",
            f"a blank before “{sign}”",
        )
    inside = list(_BEFORE_CLOSE.finditer(text))
    if len(inside) < 0.1 * (text.count("”") + text.count(")")) + 3:
        for match in inside:
            sign = match[1] or match[2]
            yield Doubt(
                match.start(),
                match.end(),
                (sign,),
                _ASK,
                f"blank inside {sign}",
                f"a blank inside “{sign}”",
            )


def doubled_stops(reading: Reading) -> Iterator[Doubt]:
    """Two stops where one can stand.

    Bad: He came,, and went., and slept.
    Keep: He came, etc., and went... and slept. What?! He said “so.”, then left, Jr., again.
    """
    for found in _TWICE.finditer(reading.text):
        before = re.search(
            r"([^\W\d_]+)\Z", reading.text[max(0, found.start() - 12) : found.start()]
        )
        word = before[1].lower() if before else ""
        shortened = word in _ABBREVIATED or len(word) < 2
        if found[0][0] == "." and found[0] != ".." and shortened:
            continue
        strong = found[0] in (",,", ";;", "::", ";,", ",;", ",.")
        first = found[0][0]
        yield Doubt(
            found.start(),
            found.end(),
            (first, found[0][1]) if found[0][1] != first else (first,),
            0.33 if strong else _ASK,
            f"stops {found[0]}",
            f"“{found[0]}” are two stops",
        )


def small_letter_after_stop(reading: Reading) -> Iterator[Doubt]:
    """A small letter after a full stop: a stray stop, or a lost capital.

    Abbreviations, and words that the book often sets so, are left alone.

    Bad: He came home late. and shut the door.
    Good: He came home late and shut the door.
    Keep: He came in Dec. and left, cf. below, etc. and so on. “Really?” he asked.
    """
    for found in _LOWER.finditer(reading.text):
        if found[1] != "." or "”" in found[0] or "’" in found[0][1:]:
            continue
        before = re.search(
            r"([^\W\d_]+)\Z", reading.text[max(0, found.start() - 20) : found.start()]
        )
        word = before[1] if before else ""
        if word.lower() in _ABBREVIATED or not reading.knows(word):
            continue
        usual = reading.counts.lowers[word.lower()]
        stopped = reading.text.count(f"{word}. {found[2]}")
        if stopped > 1 and stopped * 2 > usual:
            continue
        if found[2] == "it" and reading.language.base == "en":
            # It seldom goes on with a sentence, and its capital is read as a small letter.
            said = "“it” follows a full stop"
            yield Doubt(found.start(2), found.end(2), ("It",), 0.6, "it for It", said)
            continue
        rest = reading.text[found.start() + 1 : found.end()]
        capital = rest[: -len(found[2])] + found[2][0].upper() + found[2][1:]
        yield Doubt(
            found.start(),
            found.end(),
            (rest, "," + rest, "." + capital),
            _ASK,
            "small letter after a stop",
            f"“{found[2]}” follows a full stop",
        )


def no_end(reading: Reading) -> Iterator[Doubt]:
    """A long paragraph that ends without a stop.

    Short ones are headings, lines of verse and captions; one before a list, a quotation or
    verse may end with a dash or a colon.

    Bad: He had gone a long, long way, and the night fell on the hills and rivers of a land as he so
    Keep: He came home.
    Keep: A heading
    """
    found, long = [], 0
    for paragraph in _PARAGRAPH.finditer(reading.text):
        text = paragraph[0].rstrip()
        if len(text) < 80 or len(text.split()) < 18 or "\n" in text:
            continue
        long += 1
        if text[-1].isalpha() or text[-1] == ",":
            word = text.rsplit(None, 1)[-1]
            found.append((paragraph.start() + len(text) - len(word), word))
    for at, word in found:
        if len(found) <= max(3, 0.1 * long):
            said = "the paragraph ends without a stop"
            yield Doubt(
                at, at + len(word), (word.rstrip(",") + ".",), _ASK, "no end of the sentence", said
            )


_FIRST = re.compile(r"(?:\A|\n\n)[ \t]*([,;:.!?)\]}](?!\.))")


def stop_at_the_beginning(reading: Reading) -> Iterator[Doubt]:
    """A paragraph that begins with a stop, a comma or a closing bracket.

    Bad: , and so he came home.
    Good:  and so he came home.
    Keep: … and so he came home. “And,” he said. (So.)
    """
    for match in _FIRST.finditer(reading.text):
        said = f"the paragraph begins with “{match[1]}”"
        yield Doubt(match.start(1), match.end(1), ("",), 0.34, "stop at the beginning", said)


_UNSPACED = re.compile(r"(?<=[a-z])[“”](?=[A-Za-z])|(?<=[a-z][,.;!?])[“”](?=[a-z])")


def unspaced_quotes(reading: Reading) -> Iterator[Doubt]:
    """A quotation mark between two letters, the blank beside it lost.

    Bad: He said“yes and went.
    Keep: He said “yes” and went; “no”—never.
    """
    for match in _UNSPACED.finditer(reading.text):
        mark = match[0]
        meant = (f" {mark}", f"{mark} ") if mark == "“" else (f"{mark} ", f" {mark}")
        said = f"no blank beside “{mark}”"
        yield Doubt(match.start(), match.end(), meant, 0.34, "unspaced quotation mark", said)


def dashes(reading: Reading) -> Iterator[Doubt]:
    """A dash with a blank at one side only, where the book sets them otherwise.

    Bad: He came —and went.
    Keep: He came—and went. One two three — four, and so — on.
    """
    forms: Counter[tuple[bool, bool]] = Counter()
    found = []
    for match in _DASH.finditer(reading.text):
        sides = bool(match[2]), bool(match[4])
        forms[sides] += 1
        if sides[0] != sides[1] and match[1].isalnum() and match[5].isalnum():
            found.append((match, sides))
    whole = sum(forms.values())
    for match, sides in found:
        if forms[sides] <= max(1, 0.1 * whole):
            yield Doubt(
                match.start(2),
                match.end(4),
                (match[3], f" {match[3]} "),
                0.5,
                "blank at one side of a dash",
                f"a blank at one side of “{match[3]}” only",
            )


def mixed_case(reading: Reading) -> Iterator[Doubt]:
    """Capitals inside a word that stands elsewhere without them.

    Bad: He saw tHe house, and the garden. The house stood.
    Good: He saw the house, and the garden. The house stood.
    Keep: McCoy and D’Arcy saw the PhD. O’Neill, DeLorean and LaSalle, too.
    """
    for word in reading.words:
        form = word.form
        if not word.plain or form.islower() or form.isupper() or form[1:].islower():
            continue
        if "-" in form or "'" in form or form.startswith(("Mc", "Mac", "O'", "De", "La", "Le")):
            continue
        if form in reading.language.words or form in reading.good or reading.counts.forms[form] > 2:
            continue
        low = word.lower
        if low in reading.lowers:
            meant = low.capitalize() if word.opens or form[:1].isupper() else low
            yield Doubt(
                word.start,
                word.end,
                tuple(dict.fromkeys((low if not form[:1].isupper() else meant, meant, low))),
                0.85,
                f"capitals in {low}",
                f"capitals inside “{form}”",
            )
