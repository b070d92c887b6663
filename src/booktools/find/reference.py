"""The page of the finder's rules, written from the rules themselves."""

# ruff: noqa: E501  (a table has its rows on single lines)

from __future__ import annotations

from booktools.find.rule import Rule
from booktools.find.rules import RULES

_HEAD = """# What the finder looks for

`booktools errata suggest` reads the book, as it stands with its corrections, and proposes what looks
wrong: the place, what may be meant, how likely it is that something is wrong, and why. Nothing is
changed. With `--write` the proposals become open entries of `manuscript/errata.toml`, for people to
decide; `booktools review` shows them.

- **Families.** Cases of one habit have the same `family`, and are listed and decided together.
- **Good words.** A word of `manuscript/lexicon.txt` is right wherever it stands.
- **Other languages.** A word of one of the `languages` of `book.toml` is right beside others of that
  language, or set apart by italics or quotation marks; alone it is weighed, for a misreading may look
  like one. There are lists of words for English, French, German and Spanish.
- **Older spellings.** What a regular change makes a word of today (*daß*, *Thür*, *étoit*, *fué*) weighs
  less; in German a book that spells so by habit is left alone with it.
- **Exceptions, here, with a reason.** Reject the entry. It keeps its finding silent as long as its
  context stands; where the text round it changes, the question comes back.
- **A rule that does not suit the book** is switched off in `manuscript/book.toml`, with a reason, as
  the rules of the checks are.
- **Scores** are probabilities, comparable between rules. In single texts what has 0.35 and more is
  listed, in a book what has 0.25: marks and variants are asked about there, too, of which fewer turn
  out to be wrong. `--least` sets another bound.
- **Words of a scan** weigh four times as much where the OCR program doubts them, and half as much
  where it does not: so they came out in books read by Tesseract.

`…` stands for a reading that the rule cannot guess, `⏎` for a line end. This page is written from the
rules themselves: `make docs` makes it anew. What the finder finds of known errors, and what not, is
in [finder.md](finder.md).
"""

_CLASSES = """## What other checkers of transcriptions look for

Bookloupe (after gutcheck; its classes as Guiguts has them now) warns of 43 things, PPtxt of
some more. A manuscript has no lines of its own and one form of Markdown, so what is about
lines and plain-text markup has nothing to look at.

| bookloupe's class | here |
| --- | --- |
| Asterisk; Caret character; Forward slash; Tilde character | NUM001 inside a word; alone, left out: they are parsed as Markdown, or meant |
| Begins with punctuation | PUN007 |
| Broken em-dash; Spaced em-dash; Spaced dash | PUN006; the cleaning rules DSH001 to DSH003 |
| Digit in a word; Query standalone 0; Query standalone 1 | NUM001; NUM003 |
| Double punctuation; Extra period; Period comma; Punctuation after a word that takes none | PUN003, PUN004; the last left out: every word may end a sentence |
| Endquote missing punctuation | left out: a quoted word has none |
| HTML symbol; HTML tag | CHR003 |
| Hyphen at end of line | CHR004; the cleaning rules HYP001 to HYP003 |
| Long line; Short line; Single character line; Tab character | left out: lines are the printer's; tabs are cleaned |
| Mismatched curly brackets, parentheses, square brackets | BRK001 |
| Mismatched double quotes | QUO001 |
| Mismatched single quotes; Wrongspaced single quotes | left out: they cannot be told from apostrophes; QUO003 for omissions |
| Mismatched underscores | left out: the Markdown is parsed, and emphasis closed by the parser |
| Missing paragraph break | left out: it is two quotation marks in a row, QUO001 |
| Missing space | PUN001 |
| No punctuation at para end | PUN005 |
| Para starts with lower-case | left out: paragraphs go on behind verse and lists |
| Query I/! | NUM004 |
| Query had/bad; Query he/be; Query hut/but (jeebies) | CTX001, for all words one slip apart |
| Query word | SPL001, CTX001 |
| Spaced punctuation; Unspaced bracket | PUN002; the second left out: plurals in brackets (s) |
| Unspaced double quotes; Wrongspaced double quotes | QUO004; PUN002 |

| PPtxt's check | here |
| --- | --- |
| repeated words | DBL001 |
| hyphenated words in two ways | VAR001 |
| words one letter apart | NAM001, SPL001 |
| mixed straight and curly quotation marks; direction and floating marks | QUO002; QUO001, PUN002 |
| mixed hyphen and dash; kinds of dashes | PUN006; the cleaning rules |
| uncommon characters; mixed scripts | CHR002; CHR001 |
| HTML tags, numeric entities, “Blank Page” | CHR003 |
| mixed case in a word; letters and digits mixed | CAP001; NUM001 |
| I/! | NUM004 |
| line start with suspect punctuation | PUN007 |
| paragraph spacing, adjacent spaces, trailing spaces, line lengths, file analysis | left out: the cleaning rules and the printer see to blanks and lines |
| ellipses | left out: styles differ; two full stops are PUN003 |
| Mr and Mrs with and without a stop | VAR005 |
"""


def finding_page() -> str:
    """The page docs/finding.md, as Markdown."""
    return "\n".join([_HEAD, *map(_entry, RULES), _CLASSES])


def _entry(rule: Rule) -> str:
    lines = [f"## {rule.code}: {rule.name}\n", rule.page.strip(), "", "| | |", "| --- | --- |"]
    lines += [f"| {kind.lower()} | `{text}` |" for kind, text in rule.examples]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(finding_page(), end="")
