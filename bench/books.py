"""The books that are measured: the real one, and long ones made from it.

Pure: texts in, texts out.  `layout.toml` and `errata.toml` are changed as text, line by
line, because their comments and their order are worth nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

LONG = 200_000  # words

_HEADING = re.compile(r"^(#{1,6} )(.*?)((?: \{[^}\n]*\})?)$", re.MULTILINE)
_ID = re.compile(r"(?<=[{(]#)([\w-]+)")
_LINES = re.compile(r'^lines = "(\d+)(?:-(\d+))?"$', re.MULTILINE)
_NUMBER = re.compile(r"^(line|with|before|after) = (\d+)$", re.MULTILINE)
_NAME = re.compile(r'^id = "([^"]+)"$', re.MULTILINE)


def words(text: str) -> int:
    return len(text.split())


def long_manuscript(chapters: Mapping[str, str], wanted: int = LONG) -> dict[str, str]:
    """The chapters over and over, ids and headings numbered, until there are enough words.

    `chapters` and the result are Markdown by file name, in order.
    """
    out: dict[str, str] = {}
    count = 0
    for turn in _from_one():
        for name, text in chapters.items():
            stem = name.partition("-")[2] or name
            again = text if turn == 1 else _renamed(text, turn)
            out[f"{len(out) + 1:03}-{turn}-{stem}"] = again
            count += words(again)
            if count >= wanted:
                return out
    raise AssertionError  # turns do not end


def _renamed(text: str, turn: int) -> str:
    text = _HEADING.sub(rf"\1\2 ({turn})\3", text)
    return _ID.sub(rf"\1-{turn}", text)


def long_source(source: str, layout: str, errata: str, wanted: int = LONG) -> tuple[str, str, str]:
    """The source over and over until there are enough words, with its reviewed decisions.

    Each turn begins a page, marked by the leading space that a form feed left.
    """
    body = f" {source.strip()}\n"
    height = body.count("\n")
    turns = -(-wanted // words(body))
    return (
        body * turns,
        "\n".join(_shifted(layout, turn, height * turn) for turn in range(turns)),
        "\n".join(_shifted(errata, turn, height * turn) for turn in range(turns)),
    )


def _shifted(ledger: str, turn: int, lines: int) -> str:
    def span(match: re.Match[str]) -> str:
        ends = [str(int(end) + lines) for end in match.groups() if end]
        return f'lines = "{"-".join(ends)}"'

    ledger = _LINES.sub(span, ledger)
    ledger = _NUMBER.sub(lambda match: f"{match[1]} = {int(match[2]) + lines}", ledger)
    return _NAME.sub(rf'id = "\1-{turn + 1}"', ledger)


def _from_one() -> Iterator[int]:
    turn = 0
    while True:
        turn += 1
        yield turn
