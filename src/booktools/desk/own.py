"""A correction of somebody's own, entered while reading, as an entry of the errata."""

from __future__ import annotations

from booktools.desk.asked import change_of
from booktools.desk.laid import Laid
from booktools.errata.anchor import anchored
from booktools.errata.entry import Entry, Kind
from booktools.errata.ledger import impossible
from booktools.errata.locate import Spot, locate
from booktools.errors import Conflict
from booktools.review.suggestion import Stack

_UNNAMED = "new"


def own_entry(
    laid: Laid, stack: Stack, who: str, spot: tuple[int, int, int], wanted: str, kind: object,
    reason: str,
) -> Entry:  # fmt: skip
    """An open entry without an id that corrects `spot`: paragraph, start and end in its text.

    Raises Conflict where it cannot be made.
    """
    number, start, end = spot
    block = next(block for block, own in laid.numbers.items() if own == number)
    for one in stack.suggestions:
        here = one.paragraph == number and one.start < end and start < one.end
        if here and one.state == "accepted":
            raise Conflict(
                f"here stands a correction already, {one.id}: {change_of(one.found, one.wanted)}",
                hint=f"Open {one.id} and change that one.",
            )
    text = laid.copy.paragraphs[number].text
    try:
        context, first, last, place = anchored(laid.index, block, start, end)
    except ValueError as fault:
        raise Conflict(str(fault), hint="Select more words.") from None
    kinds = [one.value for one in Kind]
    entry = Entry(
        _UNNAMED,
        place.line,
        text[first:last],
        text[first:start] + " ".join(wanted.split(" ")) + text[end:last],
        context,
        Kind(kind) if kind in kinds else Kind.TYPO,
        reason.strip() or f"Entered by {who} while reading.",
        file=place.file if len(laid.index.galley.source.files) > 1 else "",
    )
    if entry.found == entry.wanted:
        raise Conflict(f"“{entry.found}” stands there already", hint="Enter another reading.")
    if said := impossible(entry.found, entry.wanted, entry.context):
        raise Conflict(said[0], hint=said[1])
    at = locate(laid.index, entry)
    if not isinstance(at, Spot):
        raise Conflict(at.message.removeprefix(f"{_UNNAMED}: "), hint="Select other words.")
    return entry
