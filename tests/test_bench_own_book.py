"""What of reviewed decisions the arrangement finds by itself."""

from __future__ import annotations

from bench.own_book import compare

from booktools.arrange.ledger import parse_layout
from booktools.read.dump import read_dump

TEXT = """\
The Night Boat

The ferry left the harbour at noon, and nobody took
notice that it carried no passengers.

Ships
of the
line

The captain was asleep in his cabin all through the night.
"""


def block(lines: str, text: str, role: str, more: str = "") -> str:
    return f'[[block]]\nlines = "{lines}"\ntext = "{text}"\nrole = "{role}"\nwhy = "So."\n{more}\n'


def test_decisions_are_found_needless_or_neither() -> None:
    pages = read_dump([("dump.txt", TEXT)])
    heading = block("1", "The Night Boat", "heading", "level = 2")
    moved = block("6-8", "Ships of the line", "dateline", "before = 3")
    found = compare(pages, parse_layout(heading + moved, "layout.toml"))
    assert (found.decisions, found.roles, found.places) == (2, 1, 0)
    assert [decision.place.line for decision in found.needless] == [1]


def test_joins_and_breaks_are_looked_up() -> None:
    text = TEXT.replace("passengers.", "passengers")
    decided = parse_layout('[[break]]\nline = 4\nwhy = "So."\n', "layout.toml")
    found = compare(read_dump([("dump.txt", text)]), decided)
    assert (found.decisions, found.roles) == (1, 1)
    assert found.needless == ()  # without it there is a question
