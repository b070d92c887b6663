"""The rule reference, written from the rules themselves."""

from __future__ import annotations

from booktools.check.declared import RULES as DECLARED
from booktools.check.rule import Rule
from booktools.check.rules import RULES

SAME_WORDS: dict[str, str] = {
    "SAM001": "Letters of the manuscript are missing from a finished edition.",
    "SAM002": "A stretch stands in a finished edition once more than in the manuscript.",
    "SAM003": "Letters in a finished edition are others than the manuscript's.",
    "SAM004": "A finished edition has letters that are not the manuscript's.",
    "SAM005": "A stretch stands elsewhere in a finished edition than in the manuscript.",
    "SAM006": "An edition shows something that no declared rule lets stand.",
    "SAM007": "The margins of a printed page say something else than its running head and folio.",
    "SAM008": "The printed contents give another page than the one where the title stands.",
    "SAM009": "A finished edition differs so much that the rest is not told.",
    "SAM010": "What an edition declares to be the manuscript's is not the manuscript's.",
    "SAM011": "Text stands off the page in the PDF, where nobody can read it.",
}


def rules_page() -> str:
    """The page docs/rules.md, as Markdown."""
    parts = [_HEAD, "## The manuscript\n", *map(_entry, RULES), _SAME_WORDS]
    parts.append(_table("code", "what it means", SAME_WORDS))
    parts.append(_DECLARED)
    parts.append(_table("rule", "what it lets stand", {k: v.says for k, v in DECLARED.items()}))
    parts.append(_EPUBCHECK)
    return "\n".join(parts)


def _entry(rule: Rule) -> str:
    lines = [f"### {rule.code}: {rule.title}\n", f"*{rule.severity.value}.* {rule.reason}\n"]
    for kind, text in rule.examples:
        quoted = "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
        lines.append(f"{kind}:\n\n{quoted}\n")
    lines.append(f"What to do: {rule.fix}\n")
    return "\n".join(lines)


def _table(left: str, right: str, rows: dict[str, str]) -> str:
    body = [f"| `{name}` | {says} |" for name, says in rows.items()]
    return "\n".join([f"| {left} | {right} |", "| --- | --- |", *body, ""])


_HEAD = """# What is checked

Codes are stable and never reused.  A rule is switched off in `manuscript/book.toml`, with a
reason.  This page is written from the rules themselves: `make docs` makes it anew.
"""

_SAME_WORDS = """## The finished editions

After a build the finished EPUB, PDF and TXT are opened again and compared with the
manuscript, letter for letter: all that is not white space, with case and punctuation.  Each
finding is an error and gives the page of the PDF, the file and line in the EPUB or the line
of the text file, the manuscript's file and line, and the words each side.
"""

_DECLARED = """### What may stand in an edition

Every letter of a finished edition is the manuscript's own or stands there by one of these
rules; how many letters each rule answers for is in the account of the build.
"""

_EPUBCHECK = """## EPUBCheck

Messages of EPUBCheck have its own code after `EPC-`, as in `EPC-RSC-005`, and lead to the
line of the manuscript where that is known.
"""

if __name__ == "__main__":
    print(rules_page(), end="")
