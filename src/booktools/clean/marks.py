"""Spaces, ligatures, quotation marks, dashes and display initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from booktools.clean.cut import hidden_line_ends, printed
from booktools.clean.rule import Knowledge, replacing
from booktools.model.galley import Block, Edit, Role, Safety
from booktools.model.glyphs import SHOWN
from booktools.model.place import Span

# Ligatures, and what only one font's makers call by these codes.
LIGATURES = frozenset(map(chr, range(0xFB00, 0xFB07))) | frozenset(map(chr, SHOWN))
_LIGATURE = re.compile(f"[{''.join(sorted(LIGATURES))}]")
_INITIAL = re.compile(r"([^\W\d_])\1([^\W\d_]+)")
_BLANKS = re.compile(r"\s*")
# Two or more blanks, or one that is no space of any width; no-break spaces are meant.
_WIDE_BLANKS = re.compile(
    r"(?<=[\S\u00a0\u202f])(?:[^\S\n\u00a0\u202f]{2,}|[\t\v\f\x1c-\x1f\x85\u2028\u2029])"
    r"(?=[\S\u00a0\u202f])"
)
_ODD_BLANK = re.compile(r"[^\S \n\u00a0\u202f]")
# Controls that are no blanks, byte order marks and non-characters.
_CONTROLS = (*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0))
UNPRINTABLE = frozenset(map(chr, _CONTROLS)) | frozenset("\ufeff\ufffe\uffff")
_UNPRINTABLE = re.compile(f"[{re.escape(''.join(sorted(UNPRINTABLE)))}]+")
# A letter alone on the first line, or apart from the next one by its width, and how it stands
# once lines are unwrapped.
_ALONE = re.compile(r"\s*[“\"«»„‘‚'¿¡]?[^\W\d_](?:[^\S\n]*\n|[^\S\n]{2,}(?=\S))")
_DROPPED = re.compile(r"[“\"«»„‘‚'¿¡]?(?P<letter>[^\W\d_])(?P<gap>\s+)(?P<rest>[^\W\d_]+)")
_WORDS_OF_A_LETTER = frozenset("AEIOUYÀÉÒÓ")
_IN_STEP = "in step with the pages, at their edge"
_SPACED = re.compile(r"(?<= )-(?= )")
_TYPED_DASH = re.compile(r"(?<![-\s])--(?![-\s])")
_RANGE = re.compile(r"(1\d{3}|20\d{2})(?<![\d/-]\d{4})(-)(\d{4}|\d{2})(?![\d/-])")


def drop_furniture(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Running heads and folios are the old edition's, not the text's.

    Found by repetition and place (see the arrangement); every edition makes its own.
    """
    if block.role is Role.FURNITURE and block.text:
        span = Span(0, len(block.text))
        decided = block.attribute("decided")
        why = f"decided in {decided}" if decided else block.attribute("why", _IN_STEP)
        yield Edit(span, block.text, "", "FUR001", Safety.SAFE, why)


def end_column_lines(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A line of a column ends where its text ends, whatever follows in the source.

    That is the next column's line, after some blanks, or what stands at the page's edge.

    Keep: one line  and its end
    """
    for gap in hidden_line_ends(block) if len(block.pieces) > 1 else ():
        why = "the next column’s line begins" if len(gap) else "something else begins"
        old = block.raw[gap.start : gap.end]
        yield Edit(gap, old, "\n", "COL001", Safety.SAFE, why)


_DASH_ENDS = re.compile(r"(?:—(?<=[^\s—]—)|--(?<=[^\s—]--))([^\S\n\f]*[\n\f]\s*)(?=[\w“‘])")
_DASH_BEGINS = re.compile(r"(?<=[^\s—-])([^\S\n\f]*[\n\f]\s*)(?=(?:—|--)[\w“‘])")
_DASH_WITHIN = re.compile(r"(?<=[\w,;])([^\S\n\f]*[\n\f]\s*)(?=(?:—|--)[\w“‘])")
_DASH_LINE = re.compile(r"[\n\f]\s*[—-]")
# A name that is not told, but for its first letter: L——.
_NAME_BEGINS = re.compile(r"(?<=\b[A-Z])([^\S\n\f]*[\n\f]\s*)(?=——)")


def close_line_end_dash(block: Block, known: Knowledge) -> Iterator[Edit]:
    """An em dash at a line end closes up with the word on the next line.

    Not where the document's dashes stand apart from the next word: “—dijo— y se fue”.
    One that begins a line closes up with the word before it, in a document that closes its
    dashes up on both sides; behind the end of a sentence only where all of them are.

    Bad: he paused—⏎then spoke
    Good: he paused—then spoke
    Keep: he paused —⏎then spoke
    Keep: dijo el amo⏎—contestó
    """
    if block.role is Role.VERSE or not ("—" in block.text or "--" in block.text):
        return  # a poem's lines are the poet's
    if known.habits.dashes_close:
        yield from replacing(_DASH_ENDS, "", block, "SPC001", "the dash stands close to its word")
    if known.habits.closed_dashes and _DASH_LINE.search(block.text):
        evidence = "dashes stand close to both words elsewhere"
        begins = _DASH_BEGINS if known.habits.always_closed_dashes else _DASH_WITHIN
        yield from replacing(begins, "", block, "SPC001", evidence)
        yield from replacing(_NAME_BEGINS, "", block, "SPC001", evidence)


def unwrap(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A line end inside a paragraph is a space.

    Bad: one line⏎and the next
    Good: one line and the next
    Keep: one line and the next
    """
    text, new = block.text, " "
    gaps = list(_line_ends(text))
    if block.role is Role.VERSE:  # its lines are the poet's; blank ones where most are are not
        blank = [gap for gap in gaps if text.count("\n", gap.start, gap.end) > 1]
        if 2 * len(blank) <= len(gaps):
            return
        gaps, new = blank, "\n"
    for gap in gaps:
        old = text[gap.start : gap.end]
        yield Edit(gap, old, new, "SPC002", Safety.SAFE, "a line of the source ends")


def _line_ends(text: str) -> Iterator[Span]:
    """The blanks with a line end in them that stand between two words."""
    done, at = 0, text.find("\n")
    while at >= 0:
        start = done + len(text[done:at].rstrip())
        blanks = _BLANKS.match(text, at)
        done = blanks.end() if blanks else at + 1
        if start and done < len(text):
            yield Span(start, done)
        at = text.find("\n", done)


def single_spaces(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Several blanks between two words are one; so is a tab, or a page end within a line.

    Bad: the struggle of  the workers
    Good: the struggle of the workers
    Keep: the struggle of the workers
    """
    if "  " in block.text or _ODD_BLANK.search(block.text):
        yield from replacing(_WIDE_BLANKS, " ", block, "SPC003", "blanks of the extraction")


def trim(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Blanks at the edges of a paragraph, or of a line of verse, go.

    Bad: ⏎A paragraph.⏎⏎
    Good: A paragraph.
    Keep: A paragraph.
    """
    text, verse = block.text, block.role is Role.VERSE
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    spans = [Span(0, first), Span(max(first, last), len(text))]
    if verse:
        inner = (match.span() for match in re.finditer(r"[^\S\n]+", text[:last]))
        spans += [Span(a, b) for a, b in inner if a >= first and "\n" in (text[a - 1], text[b])]
    where = "a line of verse" if verse else "a paragraph"
    for span in spans:
        if len(span):
            old = text[span.start : span.end]
            yield Edit(span, old, "", "SPC004", Safety.SAFE, f"blanks at the edge of {where}")


def drop_unprintable(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A character that no page can show is an extractor's, and goes.

    Control characters and such: no edition could hold them.

    Bad: the\x01 end
    Good: the end
    Keep: the end
    """
    return replacing(_UNPRINTABLE, "", block, "CTL001", "no letter, and not to be printed")


def open_ligatures(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A ligature character is its letters; the font makes the ligature again.

    So is an old-style figure or a small capital that a font's makers have put into Unicode's
    private area: it is the letter that it shows.

    Bad: the ﬁrst oﬃce
    Good: the first office
    Bad: in \uf731\uf738\uf736\uf732
    Good: in 1862
    Keep: the first office
    """
    for match in _LIGATURE.finditer(block.text):
        new = SHOWN.get(ord(match[0])) or unicodedata.normalize("NFKC", match[0])
        yield Edit(Span(*match.span()), match[0], new, "LIG001", Safety.SAFE, "ligature character")


def drop_soft_hyphens(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A soft hyphen inside a line marks where a word might have been cut; it goes.

    Bad: a govern\u00adment of
    Good: a government of
    Keep: a well-known government
    """
    return replacing(re.compile("\u00ad"), "", block, "HYP004", "invisible in print")


def apostrophe_of_omission(block: Block, known: Knowledge) -> Iterator[Edit]:
    """An opening quotation mark before the two digits of a year is an apostrophe.

    Bad: the upsurge of ‘68-’74
    Good: the upsurge of ’68-’74
    Bad: in the ‘70s
    Good: in the ’70s
    Keep: she said ‘68 men’ and left
    Keep: room ‘12’ was empty
    """
    pattern = re.compile(
        r"(?<!\w)(‘)(?=\d\d(?:s\b|[-–/]’?\d\d\b|\b(?!’)(?![^‘“\n]{0,80}\w’(?!\w))))"
    )
    return replacing(pattern, "’", block, "QUO001", "a year without its century")


def spaced_hyphen(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A hyphen between two blanks is a dash.

    Bad: workers’ organizations - the unions - grew
    Good: workers’ organizations – the unions – grew
    Keep: class-collaboration
    """
    if " - " in block.text:
        yield from replacing(_SPACED, "–", block, "DSH001", "blanks on both sides")


def year_range(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Between two years stands an en dash.

    Bad: the years 1970-1973 and 1982-86
    Good: the years 1970–1973 and 1982–86
    Keep: telephone 2001-2003-17
    Keep: the years 1973-1970
    """
    for match in _RANGE.finditer(block.text):
        first, last = match[1], match[3]
        whole = last if len(last) == 4 else first[:2] + last
        if int(first) < int(whole) <= 2100:
            yield Edit(
                Span(*match.span(2)), "-", "–", "DSH002", Safety.SAFE, f"from {first} to {whole}"
            )


def double_hyphen(block: Block, known: Knowledge) -> Iterator[Edit]:
    """Two hyphens of a typewriter are an em dash.

    Bad: “But I--I thought
    Good: “But I—I thought
    Keep: a rule of --- or more
    """
    if "--" in block.text:
        yield from replacing(_TYPED_DASH, "—", block, "DSH003", "a typewriter's dash")


def display_initial(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A display initial that the extraction read twice stands once.

    The first letter is doubled as a capital, and the word without it is known while the
    word with it is not.

    Bad: OOnce upon a time
    Good: Once upon a time
    Keep: Aaron was there
    Keep: LLB is a degree
    """
    doubled, rest = _doubled_initial(block.text)
    if doubled and (known.count(rest) or known.zipf(rest) >= 2.0) and not known.zipf(doubled):
        evidence = f"“{rest}” is known, “{doubled}” not"
        yield Edit(Span(0, 1), doubled[0], "", "INI001", Safety.SAFE, evidence)


def _doubled_initial(text: str) -> tuple[str, str]:
    """The first word, when it begins with a capital twice, and without one of them."""
    match = _INITIAL.match(text)
    if not match or not match[1].isupper() or not match[2].islower():
        return "", ""
    return match[0], match[0][1:]


def likely(blocks: Iterable[Block]) -> frozenset[str]:
    """The words, casefolded, whose frequencies display initials may ask for."""
    out: set[str] = set()
    for block in blocks:
        raw = printed(block).lstrip()
        out.update(map(str.casefold, filter(None, _doubled_initial(raw))))
        dropped = _DROPPED.match(raw) if _ALONE.match(raw) else None
        if dropped and dropped["letter"] in _WORDS_OF_A_LETTER:
            rest = dropped["rest"].casefold()
            out |= {rest, dropped["letter"].casefold() + rest}
    return frozenset(out)


def drop_capital(block: Block, known: Knowledge) -> Iterator[Edit]:
    """A drop capital, on a line of its own or apart, belongs to the word below or beside it.

    A letter that is a word by itself stays one where the rest is the commoner word.

    Bad: T⏎⏎he morning
    Good: The morning
    Bad: “T⏎HE morning
    Good: “THE morning
    Bad: T    he morning
    Good: The morning
    Keep: The⏎morning
    """
    match = _DROPPED.match(block.text)
    if not match or not _ALONE.match(printed(block)):
        return
    letter, rest = match["letter"], match["rest"]
    if not rest[0].islower() and not rest.isupper():
        return
    whole = letter + rest
    if letter in _WORDS_OF_A_LETTER:
        joined = known.zipf(whole), known.count(whole)
        if joined <= (known.zipf(rest), known.count(rest)):
            return
    evidence = f"a letter on a line of its own, and “{rest}” below it"
    yield Edit(Span(*match.span("gap")), match["gap"], "", "INI002", Safety.SAFE, evidence)
