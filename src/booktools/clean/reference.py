"""The page of the cleaning rules, written from the rules themselves."""

from __future__ import annotations

import inspect
import re

from booktools.clean.rule import Rule
from booktools.clean.rules import RULES

# What cannot be seen, as signs: the pictures of the control characters begin at U+2400.
_SHOWN = {code: 0x2400 + code for code in range(32)} | {0xAD: "¬", 0xA0: "⍽"}
_EXAMPLE = re.compile(r"^(Bad|Good|Keep): ?(.*)$")

_HEAD = """# How a source is cleaned

The rules run in this order, each on what the rules before it left.  Every change is an edit
with its rule and its evidence: `booktools why WORD` shows them, `booktools recover --ledger`
counts them.  A *safe* rule is applied; one for *review* is applied, too, and asks.  A rule is
switched off in `manuscript/book.toml`, with a reason.  `⏎` stands for a line end of the
source, `¬` for a soft hyphen, `⍽` for a blank at which no line may
end, `␁` for a control character.

The odds of a hyphen between two words, and the doubt from which on a person is asked, were looked
into with books left out: [recovery.md](recovery.md) has the figures.

This page is written from the rules themselves: `make docs` makes it anew.
"""


def cleaning_page() -> str:
    """The page docs/cleaning.md, as Markdown."""
    return "\n".join([_HEAD, *map(_entry, RULES)])


def _entry(rule: Rule) -> str:
    prose, rows = [], []
    for line in inspect.cleandoc(rule.page).split("\n"):
        example = _EXAMPLE.match(line)
        if example:
            rows.append((example[1].lower(), example[2].translate(_SHOWN)))
        else:
            prose.append(line)
    lines = [
        f"## {rule.code}: {rule.name}\n",
        f"*{rule.safety.value}.* " + "\n".join(prose).strip(),
    ]
    if rows:
        lines += ["", "| | |", "| --- | --- |"]
        lines += [f"| {kind} | `{text}` |" for kind, text in rows]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(cleaning_page(), end="")
