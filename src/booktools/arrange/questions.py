"""What a person should look at: findings on the arrangement, each with its remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from booktools.arrange.contents import NAMED, UNNAMED
from booktools.arrange.fragments import Fragment
from booktools.arrange.layout import Layout
from booktools.arrange.lines import LineNames
from booktools.arrange.stretch import Stretch
from booktools.arrange.threads import Seam
from booktools.model.finding import Finding, Severity
from booktools.model.galley import Role
from booktools.model.page import Pages

# So many characters each side of a finding tell it from another with the same words.
_CONTEXT = 32
# So many words tell what a decision is about.
_WORDS = 4
# So many stretches with paragraphs run together are no accident.
_LUMPS = 3
# With odds (their logarithm) below this a paragraph's end is no more than likely.
_DOUBTFUL = 1.0

# Speech that breaks off: an end, where its print shows that a paragraph ends with it.
_CUT_SHORT = re.compile(r"[—–―]\s?[\"”’»›“«‹‘]*$")


def _lines(names: LineNames, fragment: Fragment) -> str:
    """Its source lines, as the keys `file` and `lines` in layout.toml name them."""
    file, colon, lines = names.name(fragment.first, fragment.last).rpartition(":")
    return f'file = "{file}", ' * bool(colon) + f'lines = "{lines}"'


def _beginning(fragment: Fragment) -> str:
    """Its first words, in a form that TOML takes."""
    words = fragment.rows[0].split()
    text = " ".join(takewhile(str.isprintable, words[:_WORDS]))
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _table(name: str, keys: str) -> str:
    """A table of the ledger with keys as `LineNames` writes them, and a reason to be given."""
    return "\n".join([f"[[{name}]]", *keys.split(", "), 'why = ""'])


def _block(names: LineNames, fragment: Fragment, role: str, more: str = "") -> str:
    """A decision of the ledger on a stretch, its reason to be given; `more` are keys of it."""
    words = f'text = "{_beginning(fragment)}"\nrole = "{role}"\n{more}why'
    return _table("block", _lines(names, fragment)).replace("why", words)


def ask(
    code: str, pages: Pages, fragment: Fragment, message: str, fix: str, entry: str = ""
) -> Finding:
    """A finding about a fragment, its neighbours' words with it; `entry` would answer it."""
    first, last = fragment.written[0].span, fragment.written[-1].span
    text, source = fragment.text, pages.source
    start = fragment.written[0].begins(source.text)
    return Finding(
        code,
        Severity.WARNING,
        message,
        source.place(start),
        text if len(text) <= 80 else f"{text[:38]} … {text[-38:]}",
        fix,
        before=source.text[max(0, first.start - _CONTEXT) : first.start],
        after=source.text[last.end : last.end + _CONTEXT],
        entry=entry,
    )


def display(pages: Pages, fragments: Sequence[Fragment], names: LineNames) -> list[Finding]:
    """Findings: stretches whose roles are no more than likely, with the roles that they were
    given."""
    return [
        ask(
            "LAY001",
            pages,
            fragment,
            f"display text, set as {fragment.role.value} where it stands "
            f"({fragment.kind.evidence}): what is it, and where does it belong?",
            f"Add a [[block]] to layout.toml: {_lines(names, fragment)}, "
            f'text = "{_beginning(fragment)}", its role, and why.',
            _block(names, fragment, fragment.role.value, _columns(fragment.kind)),
        )
        for fragment in fragments
        if fragment.kind and not fragment.kind.sure
    ]


def _columns(kind: Stretch) -> str:
    """The line of a decision that says how many cells of a table make a row, if that is known."""
    return f"columns = {kind.columns}\n" * bool(kind.columns and not kind.down)


def open_ends(
    fragments: Sequence[Fragment],
    prose: Sequence[int],
    made: Mapping[int, Seam],
    layout: Layout,
    pages: Pages,
    names: LineNames,
) -> list[Finding]:
    """Findings: ends without a stop that nothing goes on from, starts that nothing leads to."""
    broken = {b.line for b in layout.breaks}
    starts = {s.start for s in made.values()}
    ranks = {index: rank for rank, index in enumerate(prose)}
    out = []
    for index in prose:
        fragment = fragments[index]
        ends = fragment.last in broken or _ends(fragment, pages)
        if index not in made and not ends:
            out.append(
                ask(
                    "LAY002",
                    pages,
                    fragment,
                    "breaks off without a full stop: does it end here, or go on elsewhere?",
                    f"Add [[break]] {names.keys(('line', fragment.last))}, or [[join]] "
                    f"{names.keys(('line', fragment.last))}, with = its continuation, "
                    "and why, to layout.toml.",
                    _table("break", names.keys(("line", fragment.last))),
                )
            )
        if index not in starts and fragment.starts_lower:
            out.append(
                ask(
                    "LAY003",
                    pages,
                    fragment,
                    "begins in mid-sentence, and nothing leads to it",
                    "Add [[join]] line = its beginning, "
                    f"{names.keys(('with', fragment.first))}, and why, to layout.toml.",
                    _table("join", f"{names.keys(('with', fragment.first))}, line = 0"),
                )
            )
        seam = made.get(index)
        far = seam and ranks[seam.start] != ranks[index] + 1
        hops = far or (seam and _over_a_box(fragments[index : seam.start], pages))
        if seam and hops and seam.evidence != "reviewed":
            target = fragments[seam.start].first
            keys = names.keys(("line", fragment.last), ("with", target))
            out.append(
                ask(
                    "LAY004",
                    pages,
                    fragment,
                    f"goes on at source line {names.name(target)}, over other text: "
                    f"{seam.evidence}",
                    f"If that is right add [[join]] {keys}, and why, to layout.toml.",
                    _table("join", keys),
                )
            )
    return out


def _ends(fragment: Fragment, pages: Pages) -> bool:
    """Whether a paragraph's end is no question."""
    seen = pages.geometry is not None and _CUT_SHORT.search(fragment.text)
    return fragment.terminal or bool(seen)


def _over_a_box(between: Sequence[Fragment], pages: Pages) -> bool:
    """Whether a box stands between; one that is seen in print is no question."""
    boxed = any(f.kind and f.role is Role.PARAGRAPH and f.part_of < 0 for f in between)
    return boxed and pages.geometry is None


def contents_left_out(
    pages: Pages, fragments: Sequence[Fragment], names: LineNames
) -> list[Finding]:
    """Findings: the source's own contents, left out; asked about where lines of them name nothing
    that was found, for a heading may have been missed."""
    runs: list[list[Fragment]] = []
    for one in fragments:
        if one.role is Role.FURNITURE and one.kind and one.kind.evidence in (NAMED, UNNAMED):
            if not runs or one.page > runs[-1][-1].page + 1:
                runs.append([])
            runs[-1].append(one)
    out = []
    for run in runs:
        missed = [one for one in run if one.kind and one.kind.evidence == UNNAMED]
        about = (missed or run)[0]
        lines = len(run)
        message = f"the source’s own contents are left out, {lines} line{'s' * (lines > 1)}"
        if missed:
            message += f"; no heading is found for {len(missed)}: is one missing, or are they text?"
        made = ask(
            "LAY009",
            pages,
            about,
            message,
            "Every edition makes its own contents. To keep a line of these add a [[block]] to "
            f'layout.toml: {_lines(names, about)}, text = "{_beginning(about)}", role = '
            '"paragraph", and why.',
            _block(names, about, "furniture") if missed else "",
        )
        out.append(made if missed else replace(made, severity=Severity.NOTE))
    return out


def run_together(
    fragments: Sequence[Fragment], prose: Sequence[int], pages: Pages, names: LineNames
) -> list[Finding]:
    """A finding on a text whose paragraphs are not parted by empty lines: they were found
    from the measure, and that may err.  Printed pages need no empty lines."""
    if pages.geometry is not None:
        return []
    parted = [fragments[i] for i in prose if fragments[i].parted]
    if pages.geometry:
        return []  # indents and gaps were seen
    if len(parted) < _LUMPS or 2 * len(parted) <= len(prose):
        return []
    doubtful = [f for f in parted if f.parted < _DOUBTFUL]
    first = (doubtful or parted)[0]
    keys = names.keys(("line", first.first - 1), ("with", first.first))
    made = ask(
        "LAY005",
        pages,
        first,
        f"no empty lines part the paragraphs of this source: {len(parted)} were told by "
        f"the length of lines, by stops and indents, and {len(doubtful)} of them are doubtful",
        "Extract the text again with empty lines between paragraphs, or review them: "
        f"[[join]] and [[break]] in layout.toml overrule, as [[join]] {keys} here.",
        _table("join", keys) if doubtful else "",
    )
    return [made if doubtful else replace(made, severity=Severity.NOTE)]
