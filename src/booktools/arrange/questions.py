"""What a person should look at: findings on the arrangement, each with its remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from booktools.arrange.fragments import Fragment
from booktools.arrange.layout import Layout
from booktools.arrange.threads import Seam
from booktools.model.finding import Finding, Severity
from booktools.model.page import Pages
from booktools.model.place import Span

# So many characters each side of a finding tell it from another with the same words.
_CONTEXT = 32
# So many stretches with paragraphs run together are no accident.
_LUMPS = 3
# With odds (their logarithm) below this a paragraph's end is no more than likely.
_DOUBTFUL = 1.0


def lines_of(fragment: Fragment) -> str:
    """Its source lines, as `lines` in layout.toml names them."""
    first, last = fragment.first, fragment.last
    return str(first) if first == last else f"{first}-{last}"


def ask(code: str, pages: Pages, fragment: Fragment, message: str, fix: str) -> Finding:
    """A finding about a fragment, its neighbours' words with it."""
    own = Span(fragment.written[0].span.start, fragment.written[-1].span.end)
    text, source = fragment.text, pages.source
    start = source.text.index(fragment.rows[0], own.start)
    return Finding(
        code,
        Severity.WARNING,
        message,
        source.place(start),
        text if len(text) <= 80 else f"{text[:38]} … {text[-38:]}",
        fix,
        before=source.text[max(0, own.start - _CONTEXT) : own.start],
        after=source.text[own.end : own.end + _CONTEXT],
    )


def open_ends(
    fragments: Sequence[Fragment],
    prose: Sequence[int],
    made: Mapping[int, Seam],
    layout: Layout,
    pages: Pages,
) -> list[Finding]:
    """Findings: ends without a stop that nothing goes on from, starts that nothing leads to."""
    broken = {b.line for b in layout.breaks}
    starts = {s.start for s in made.values()}
    ranks = {index: rank for rank, index in enumerate(prose)}
    out = []
    for index in prose:
        fragment = fragments[index]
        if index not in made and not fragment.terminal and fragment.last not in broken:
            out.append(
                ask(
                    "LAY002",
                    pages,
                    fragment,
                    "breaks off without a full stop: does it end here, or go on elsewhere?",
                    f"Add [[break]] line = {fragment.last}, or [[join]] line = {fragment.last} "
                    "with = its continuation, to layout.toml.",
                )
            )
        if index not in starts and fragment.starts_lower:
            out.append(
                ask(
                    "LAY003",
                    pages,
                    fragment,
                    "begins in mid-sentence, and nothing leads to it",
                    f"Add [[join]] line = its beginning, with = {fragment.first} to layout.toml.",
                )
            )
        seam = made.get(index)
        if seam and ranks[seam.start] != ranks[index] + 1 and seam.evidence != "reviewed":
            target = fragments[seam.start].first
            out.append(
                ask(
                    "LAY004",
                    pages,
                    fragment,
                    f"goes on at source line {target}, over other text: {seam.evidence}",
                    f"If that is right add [[join]] line = {fragment.last} "
                    f"with = {target} to layout.toml.",
                )
            )
    return out


def run_together(
    fragments: Sequence[Fragment], prose: Sequence[int], pages: Pages
) -> list[Finding]:
    """A finding on a source whose paragraphs are not parted by empty lines: they were found
    from the measure, and that may err."""
    parted = [fragments[i] for i in prose if fragments[i].parted]
    if len(parted) < _LUMPS or 2 * len(parted) <= len(prose):
        return []
    doubtful = [f for f in parted if f.parted < _DOUBTFUL]
    first = (doubtful or parted)[0]
    return [
        ask(
            "LAY005",
            pages,
            first,
            f"no empty lines part the paragraphs of this source: {len(parted)} were told by "
            f"the length of lines, by stops and indents, and {len(doubtful)} of them are doubtful",
            "Extract the text again with empty lines between paragraphs, or review them: "
            f"[[join]] and [[break]] in layout.toml overrule, as [[join]] line = "
            f"{first.first - 1} with = {first.first} here.",
        )
    ]
