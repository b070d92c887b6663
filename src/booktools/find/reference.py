"""The page of the finder's rules, written from the rules themselves."""

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
- **Exceptions, here, with a reason.** Reject the entry. It keeps its finding silent as long as its
  context stands; where the text round it changes, the question comes back.
- **A rule that does not suit the book** is switched off in `manuscript/book.toml`, with a reason, as
  the rules of the checks are.
- **Scores** are probabilities, comparable between rules. In single texts what has 0.35 and more is
  listed, in a book what has 0.25: marks and variants are asked about there, too, of which fewer turn
  out to be wrong. `--least` sets another bound.

`…` stands for a reading that the rule cannot guess, `⏎` for a line end. This page is written from the
rules themselves: `make docs` makes it anew. What the finder finds of known errors, and what not, is
in [finder.md](finder.md).
"""

_CLASSES = """## What other checkers of transcriptions look for

Bookloupe (after gutcheck) has 43 classes of warnings, and PPtxt, of the post-processing workbench, a list of special
situations. A manuscript has no lines of its own and one Markdown form, so those about lines, line
ends and plain-text markup have nothing to look at.

| bookloupe's class | here |
| --- | --- |
| asterisk, asterisk as a footnote mark; pound sign; forward slash; tilde; caret; at sign; ampersand | NUM001 inside a word, CHR002 |
| non-ASCII, non-ISO-8859 characters; character that is not printable | CHR001, CHR002, CHR003 |
| tab; soft hyphen; byte-order mark | the cleaning rules take them out (CTL001, HYP004) |
| long line; short line; blank line missing or doubled; no CR or CR without LF; line with spaces only; blank at the line end | left out: lines are made by the printer of the manuscript |
| hyphen at the line end; hyphen at the line's start; dash at the line end | CHR004; the cleaning rules HYP001 to HYP004 |
| spaced dash; hyphen for a dash; em dash of one or three hyphens | PUN006; the cleaning rules DSH001 to DSH003 |
| spaced punctuation; no space behind punctuation; spaced quotation mark; doublequote without blank | PUN002, PUN001 |
| two stops together; comma before a closing quotation mark missing | PUN003; the second left out: styles differ |
| paragraph begins with a small letter; small letter behind a stop | PUN004; the first left out: paragraphs go on behind verse |
| no punctuation at the paragraph's end | PUN005 |
| mismatched quotation marks; mismatched single quotation marks; wrongspaced quotation marks | QUO001, QUO002, PUN002; single marks left out: they cannot be told from apostrophes |
| mismatched brackets; mismatched underscores | BRK001; underscores are emphasis and parsed |
| HTML tag; HTML entity | CHR003 |
| digit 0 or 1 for a letter; standalone 0 or 1; letters and digits mixed | NUM001, NUM003, NUM004 |
| query word: a word that scans are misread as (arid, tbe, hut, modem) | CTX001, SPL001 |
| query he/be, had/bad, hut/but (jeebies) | CTX001, for all words one slip apart |
| doubled word | DBL001 |
| capital inside a word; standalone small i | CAP001, NUM003 |
| word of unlikely letters (no vowel, cb, hl at its start) | SPL001, by the letters of all words |
| a, the, and at a sentence's end | left out: PUN004 and PUN005 meet them |

| PPtxt's special situation | here |
| --- | --- |
| hyphenation and spacing of one compound in two ways | VAR001 |
| words that differ by one letter (Levenshtein) | NAM001, SPL001 |
| accents on one word in two ways | VAR002 |
| mixed curly and straight quotation marks | QUO002 |
| an apostrophe of omission as an opening mark (‘Tis, ‘em) | QUO003 |
| initials and abbreviations spaced in two ways | VAR005 for stops; blanks left out |
| scannos from lists of known misreadings | SPL001, CTX001 |
| Mr, Mrs and Dr with and without a stop | VAR005 |
| full stop, comma, colon beside one another | PUN003 |
| letters with ligatures (æ, œ) in two ways | VAR002 counts accents only: left out |
| book-level counts of characters and words | CHR002 for the rare ones; the counts left out |
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
