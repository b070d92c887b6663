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

# What is found outside this room; a test holds these lists to the code.
BOOK: dict[str, str] = {
    "CON001": "A character of the source is in no block of the text, or in two.",
    "CON002": "The edits undone do not give the source back, or their account does not add up.",
    "CON003": "The manuscript's letters are not those of the corrected source.",
    "CON004": "The text read from a PDF file lacks letters that are printed there, or has others.",
    "MAN001": "A file of the manuscript is not what the sources, the layout decisions, the word"
    " list and the errata give.",
    "BLD001": "An edition is not built yet, so it was not checked.",
    "BLD002": "An edition is older than what it is made from.",
    "BLD003": "The file of an edition is damaged or not of its kind.",
    "COV001": "The fonts of the project cannot draw a line of the cover.",
}
PRINT: dict[str, str] = {
    "PRT001": "The print edition asks for an address outside the project; it was refused.",
    "PRT002": "The print edition asks for a file that is not in the project.",
    "PRT003": "A character has no shape in any font, and an empty box stands in its place.",
    "PRT004": "A font of the machine stood in for the project's, so that another machine may give"
    " other pages.",
    "PRT005": "WeasyPrint complains of the style sheet or of a picture.",
    "PRT006": "One of the libraries under WeasyPrint says something.",
}


def rules_page() -> str:
    """The page docs/rules.md, as Markdown."""
    parts = [_HEAD, "## The manuscript\n", *map(_entry, RULES), _SAME_WORDS]
    parts.append(_table("code", "what it means", SAME_WORDS))
    parts.append(_DECLARED)
    parts.append(_table("rule", "what it lets stand", {k: v.says for k, v in DECLARED.items()}))
    parts += [_PRINT, _table("code", "what it means", PRINT)]
    parts += [_BOOK, _table("code", "what it means", BOOK), _EPUBCHECK]
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

_PRINT = """## The typesetting of the print edition
"""

_BOOK = """## The account of the source, and the files

The questions about the layout (`LAY…`) stand in [layout.md](layout.md), the faults of the
errata (`ERR…`) in [errata.md](errata.md), the cleaning rules in [cleaning.md](cleaning.md).
"""

_EPUBCHECK = """## EPUBCheck

Messages of EPUBCheck have its own code after `EPC-`, as in `EPC-RSC-005`, and lead to the
line of the manuscript where that is known.
"""

if __name__ == "__main__":
    print(rules_page(), end="")
