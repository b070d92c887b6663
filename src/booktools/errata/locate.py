"""Where an entry's context stands in the galley: one spot, or the fault that it has none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from booktools.errata.concordance import Concordance, Folded
from booktools.errata.entry import Entry
from booktools.errata.nearest import clip, differences, nearest
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Galley, Role
from booktools.model.place import Place, Span

# Beyond this many occurrences a context is not worth the name.
MANY = 500
# So many places are listed, the rest counted.
LISTED = 8
# When more entries than this are not found something greater is wrong (another source,
# say), and looking for the nearest text to each would only cost time.
SEARCHED = 100
# Characters of a block round the source line in which the nearest text is looked for.
WINDOW = 3000
# Words that lead to where a context may stand when it is not near its line.
_LEADING = 4
COPY = "Copy `context` from the cleaned text, letter by letter, or take the entry out."
# Words of a context that are looked for at the end of a paragraph.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """Where `found` stands: block, folded offsets in its text, and place in the source."""

    block: int
    start: int
    end: int
    place: Place


class Index:
    """The galley's text for looking things up in: made once, for all entries.

    Furniture is left out: it does not come into the book.
    """

    def __init__(self, galley: Galley) -> None:
        self.galley = galley
        self.folded = tuple(
            Folded("" if block.role is Role.FURNITURE else block.text) for block in galley.blocks
        )
        # No phrase holds a line end, so none is found across two blocks.
        self.concordance = Concordance("\n".join(folded.text for folded in self.folded))
        self._starts = [0]
        for folded in self.folded:
            self._starts.append(self._starts[-1] + len(folded.text) + 1)
        self._pieces = sorted(
            (piece.start, piece.end, number)
            for number, block in enumerate(galley.blocks)
            for piece in block.pieces
        )
        self._searched = 0

    # --- spots ------------------------------------------------------------------------

    def hits(self, phrase: str) -> list[int]:
        """Offsets in the concordance's text, more than `MANY` cut off after one more."""
        return [] if "\n" in phrase else self.concordance.places(phrase, MANY + 1)

    def within(self, hit: int) -> tuple[int, int]:
        """The block of a hit, by number, and the hit's offset in its folded text."""
        number = bisect_right(self._starts, hit) - 1
        return number, hit - self._starts[number]

    def spot(self, hit: int, before: int, length: int) -> Spot:
        """The spot of `length` characters that begins `before` characters after a hit."""
        number, start = self.within(hit)
        start += before
        text = self.folded[number].text
        # At a line end `found` may begin with the space that the line end became: its line
        # is that of the first letter, the one that people see it on.
        seen = start
        while seen < start + length - 1 and text[seen] == " ":
            seen += 1
        place = self.galley.place_at(
            self.galley.blocks[number], self.folded[number].offset(min(seen, len(text)))
        )
        return Spot(number, start, start + length, place)

    @property
    def unit(self) -> str:
        """What the lines are called: a document has paragraphs."""
        return self.galley.source.unit

    def begin(self, block: int) -> int:
        """Where a block's text begins in the concordance's."""
        return self._starts[block]

    def near_line(self, entry: Entry, hits: Iterable[int]) -> list[int]:
        """The hits in blocks that have something of the entry's source line."""
        blocks = {number for span in self.spans(entry) for number in self.blocks_in(span)}
        return [hit for hit in hits if bisect_right(self._starts, hit) - 1 in blocks]

    # --- the source line --------------------------------------------------------------

    def spans(self, entry: Entry) -> list[Span]:
        """The entry's line in each source that it may mean; none where there is no such line."""
        source = self.galley.source
        out = []
        for name, _ in source.files:
            if entry.file in ("", name):
                with suppress(ValueError):
                    out.append(source.line_span(entry.line, entry.line, name))
        return out

    def blocks_in(self, span: Span) -> list[int]:
        """The blocks, by number, that have characters of a span of the source."""
        after = (span.start, len(self.galley.source.text) + 1)
        first = max(bisect_right(self._pieces, after) - 1, 0)
        last = bisect_left(self._pieces, (max(span.end, span.start + 1),))
        return [number for _, _, number in self._pieces[first:last]]

    def search_budget(self) -> bool:
        """Whether there is time for one more search for the nearest text."""
        self._searched += 1
        return self._searched <= SEARCHED


def on_line(entry: Entry, place: Place) -> bool:
    return place.line == entry.line and entry.file in ("", place.file)


def locate(index: Index, entry: Entry) -> Spot | Finding:
    """The one spot that an entry means, or what keeps it from having one."""
    hits = index.hits(entry.context)
    if len(hits) > MANY:
        return _too_many(entry)
    before, length = len(entry.before), len(entry.found)
    near = [index.spot(hit, before, length) for hit in index.near_line(entry, hits)]
    here = [spot for spot in near if on_line(entry, spot.place)]
    if len(here) > 1:
        said = f"stands {{}} on {index.unit} {{}}"
        return _ambiguous(entry, here, said, "Lengthen `context`.")
    if here:
        (spot,) = here
        return _needless(entry, spot.place) if _reads_both(index, entry, spot) else spot
    wanted = _wanted_spots(index, entry)
    for spot in wanted:
        if on_line(entry, spot.place):
            return _needless(entry, spot.place)
    if len(hits) > 1:
        spots = [index.spot(hit, before, length) for hit in hits]
        return _ambiguous(
            entry,
            spots,
            f"stands {{}}, but not on {index.unit} {{}}",
            "Set `line` to the one that is meant.",
        )
    if hits:
        return _stale(index, entry, index.spot(hits[0], before, length).place)
    return _needless(entry, wanted[0].place) if wanted else not_found(index, entry)


def _wanted_spots(index: Index, entry: Entry) -> list[Spot]:
    """Where the context stands with the wanted reading."""
    hits = index.hits(entry.corrected)
    hits = (index.near_line(entry, hits) + hits)[: LISTED + 1] if len(hits) > LISTED else hits
    return [index.spot(hit, len(entry.before), len(entry.wanted)) for hit in hits]


def _reads_both(index: Index, entry: Entry, spot: Spot) -> bool:
    """Whether the context stands there with the wanted reading as well.

    “the war” stands in “the war,” too: applied to that, “war” → “war,” would double the comma.
    """
    wanted, context = entry.corrected, entry.context
    text = index.folded[spot.block].text
    start, end = spot.start - len(entry.before), spot.end + len(entry.after)
    forward = not context.startswith(wanted) and text.startswith(wanted, start)
    backward = not context.endswith(wanted) and text.endswith(wanted, 0, end)
    return forward or backward


# --- findings -------------------------------------------------------------------------


def fault(
    code: str, entry: Entry, message: str, fix: str, trail: tuple[Place, ...] = ()
) -> Finding:
    """An error in an entry: its id first, its place in the ledger, its source place behind."""
    return Finding(
        code,
        Severity.ERROR,
        f"{entry.id}: {message}",
        entry.place,
        excerpt(entry),
        fix,
        trail or (Place(entry.file, entry.line),) * bool(entry.file),
        entry.before,
        entry.after,
    )


def excerpt(entry: Entry) -> str:
    """The context, cut to a line's length round `found`."""
    return clip(entry.context, len(entry.before), len(entry.before) + len(entry.found))


def _ambiguous(entry: Entry, spots: list[Spot], message: str, fix: str) -> Finding:
    places = tuple(dict.fromkeys(spot.place for spot in spots))
    listed = ", ".join(f"{p.line}:{p.column}" for p in places[:LISTED])
    if len({place.file for place in places}) > 1:
        listed = ", ".join(map(str, places[:LISTED]))
        fix = "Name the source in `file`. " + fix
    more = f" and {len(places) - LISTED} more" if len(places) > LISTED else ""
    times = "twice" if len(spots) == 2 else f"{len(spots)} times"
    said = message.format(times, entry.line)
    return fault("ERR002", entry, f"the context {said}: {listed}{more}", fix, places[:LISTED])


def _too_many(entry: Entry) -> Finding:
    return fault(
        "ERR002",
        entry,
        f"the context stands more than {MANY} times in the text",
        "Lengthen `context`.",
    )


def _needless(entry: Entry, place: Place) -> Finding:
    return fault(
        "ERR005",
        entry,
        f"“{entry.wanted}” already stands there instead of “{entry.found}” (source {place})",
        "Take the entry out: the source or a cleaning rule has seen to it. If it is needed all "
        "the same, lengthen `context` on both sides.",
        (place,),
    )


def _stale(index: Index, entry: Entry, place: Place) -> Finding:
    fix = f"line = {place.line}"
    if entry.file not in ("", place.file):
        fix = f'file = "{place.file}", {fix}'
    old = Place(entry.file, entry.line, counted=place.counted)
    was = str(old) if entry.file else f"{index.unit.rpartition(' ')[2]} {entry.line}"
    at = str(place) if entry.file else f"{index.unit} {place.line}"
    return fault("ERR006", entry, f"stands on {at}, not {was}", fix, (place,))


def not_found(index: Index, entry: Entry) -> Finding:
    source = index.galley.source
    parts = ["the context is not in the text"]
    spans = index.spans(entry)
    trail = tuple(source.place(span.start) for span in spans)
    names = [name for name, _ in source.files]
    if entry.file and entry.file not in names:
        parts.append(f"there is no source “{entry.file}”, only {', '.join(names)}")
    elif not spans:
        parts.append(f"there is no {index.unit} {entry.line}")
    for span in spans:
        reads = clip(source.text[span.start : span.end].strip())
        said = f"{index.unit} {entry.line} reads “{reads}”"
        parts.append(said if reads else "there it is empty")
        roles = {index.galley.blocks[number].role for number in index.blocks_in(span)}
        if roles == {Role.FURNITURE}:
            parts.append("it is furniture (a running head or folio) and not in the book")
    fix = COPY
    if index.search_budget():
        if end := _paragraph_end(index, entry):
            parts.append(f"it goes on over the end of a paragraph, behind “{clip(end)}”")
            fix = "Let `context` end, or begin, where the paragraph does."
        else:
            parts += _nearest(index, entry, spans) or ["nothing in the text comes near it"]
    return fault("ERR001", entry, "; ".join(parts), fix, trail)


def _paragraph_end(index: Index, entry: Entry) -> str:
    """What of a context stands at the end of a paragraph, when the rest begins the next one."""
    words = entry.context.split(" ")
    for count in range(1, min(len(words), _LONGEST)):
        left, right = " ".join(words[:count]), " ".join(words[count:])
        for hit in index.hits(left)[:LISTED]:
            number, start = index.within(hit)
            behind = [own.text for own in index.folded[number + 1 :][:LISTED] if own.text]
            ends = start + len(left) >= len(index.folded[number].text.rstrip(" "))
            if ends and behind and behind[0].startswith(right):
                return left
    return ""


def _nearest(index: Index, entry: Entry, spans: Iterable[Span]) -> list[str]:
    """What comes nearest to the context in the blocks of its line, else anywhere, and what
    differs."""
    windows = [_window(index, number, span) for span in spans for number in index.blocks_in(span)]
    lead = max(0, len(entry.before) - WINDOW // 30)
    context = entry.context[lead : lead + WINDOW // 15]
    close = nearest(context, windows)
    if close:
        return [f"nearest is “{clip(close)}”", *differences(context, close)]
    if far := nearest(context, _elsewhere(index, context)):
        place = index.spot(index.hits(far)[0], 0, len(far)).place
        where = f" of {place.file}" if len(index.galley.source.files) > 1 else ""
        told = f"nearest is “{clip(far)}” on {index.unit} {place.line}{where}"
        return [told, *differences(context, far)]
    spots = [index.spot(hit, 0, len(entry.found)) for hit in index.hits(entry.found)[:LISTED]]
    if spots and len(entry.found) > 3:
        lines = ", ".join(dict.fromkeys(str(spot.place.line) for spot in spots))
        return [f"“{entry.found}” stands on {index.unit} {lines}"]
    return []


def _elsewhere(index: Index, context: str) -> list[str]:
    """Stretches of the text, wherever they stand, with the rarest words of a context in them."""
    text, reach = index.concordance.text, len(context)
    out = []
    for hit in index.concordance.rarest(context, _LEADING, LISTED):
        first = max(text.rfind("\n", 0, hit) + 1, text.rfind(" ", 0, max(hit - reach, 0)) + 1)
        end = text.find("\n", hit)
        out.append(text[first : min(hit + reach, len(text) if end < 0 else end)])
    return out


def _window(index: Index, number: int, span: Span) -> str:
    """At most `WINDOW` characters of a block's text round a span of the source."""
    block, text = index.galley.blocks[number], index.folded[number].text
    raw = 0
    for piece in block.pieces:
        if piece.start < span.end and span.start < piece.end:
            raw += max(span.start - piece.start, 0)
            break
        raw += len(piece)
    # Edits are small and spread evenly: the same share of the way in is near enough.
    at = raw * len(text) // max(len(block.raw), 1)
    start = max(0, at - WINDOW // 2)
    return text[start : start + WINDOW]
