"""The public page of corrections: which reading is wrong, which is right, since which printing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from booktools.errata.entry import Entry, State
from booktools.errata.outgoing import public_reason
from booktools.errata.printings import history, holds, last_marked, ordinal
from booktools.errata.whereabouts import Stand
from booktools.model.book import Printing

# Characters of the book shown at each side of a reading, about.
_AROUND = 70
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~^&!]")


@dataclass(frozen=True, slots=True)
class Item:
    """A correction with what stands round it in the book, and the title of its chapter.

    `was` and `reads` are what stood and what stands between `before` and `after`; `history` says
    which printings had it, when it was taken back.
    """

    id: str
    chapter: str
    before: str
    was: str
    reads: str
    after: str
    reason: str
    kind: str
    history: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Items under a heading; `note` says more of all of them, which were taken `back` or not."""

    name: str
    title: str
    note: str
    items: tuple[Item, ...]
    back: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: of which book, in which language, and its sections."""

    title: str
    authors: str
    language: str
    intro: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What the page says of the book; `printing` is the one that is asked for, 0 for all."""

    title: str
    authors: str
    language: str
    printings: tuple[Printing, ...] = ()
    printing: int = 0


# An entry with how it is shown.
_Row = tuple[Entry, Item]
_BACK = "The reading of the printings before stands again."


def item_of(entry: Entry, stand: Stand | None, chapter: str) -> Item:
    """An entry as it is shown; round it what stands there now, or else its context."""
    before, after = entry.before, entry.after
    if stand is not None:
        row = stand.row.text
        before, after = _before(row[: stand.start]), _after(row[stand.end :])
        apart = entry.before.endswith(" ") or entry.found.startswith(" ")
        before = before.rstrip(" ") + " " * (apart and bool(before))
        apart = entry.after.startswith(" ") or entry.found.endswith(" ")
        after = " " * (apart and bool(after)) + after.lstrip(" ")
    return Item(
        entry.id,
        chapter,
        before,
        entry.found.strip(),
        entry.wanted.strip(),
        after,
        _reason(entry),
        entry.kind.value,
        history(entry),
    )


def _reason(entry: Entry) -> str:
    """Why a correction is made; of a rejected one, why it is not, if anybody said so; both of one
    that was made and taken back."""
    if entry.state is not State.REJECTED:
        return public_reason(entry)
    said = (r.reason for r in reversed(entry.reviews) if r.state is State.REJECTED and r.reason)
    why = next(said, "")
    made = public_reason(entry)
    if not entry.printings:
        return why or made
    return f"{made.rstrip('.')}. Taken back: {why}" if why else made


def sheet(about: About, rows: Iterable[tuple[Entry, Item]], *, everything: bool = False) -> Sheet:
    """The page of entries in the order given, each with how it is shown.

    With a printing asked for, only what that printing holds; without, a section for each
    printing, the latest first, and one for what comes with the next.  `everything` adds
    what is still asked and what was looked into and left.
    """
    every = tuple(rows)
    sections: list[Section] = []
    if about.printing:
        last = last_marked(entry for entry, _ in every)
        held = tuple(item for entry, item in every if holds(entry, about.printing, last))
        title = f"Corrected in the {ordinal(about.printing)} printing"
        note = "It holds the corrections of all printings before it."
        sections.append(Section("printing", title, note if about.printing > 1 else "", held))
    else:
        sections += _printings(every, {own.number: own for own in about.printings})
    count = len({item.id for own in sections for item in own.items if not own.back})
    if everything:
        sections += _rest(every)
    return Sheet(about.title, about.authors, about.language, _intro(count), tuple(sections))


def _printings(every: Sequence[_Row], known: Mapping[int, Printing]) -> Iterator[Section]:
    """What is corrected and what was taken back: since the last printing, and in each."""
    numbers = {number for entry, _ in every for span in entry.printings for number in span} - {0}
    waiting = tuple(item for entry, item in every if entry.accepted and not entry.since)
    if waiting:
        title = "Corrected since the last printing" if numbers or known else "Corrections"
        yield Section("next", title, "", waiting)
    back = tuple(i for e, i in every if e.since and not e.until and not e.accepted)
    if back:
        yield Section("back", "Taken back since the last printing", _BACK, back, True)
    for number in sorted(numbers | known.keys(), reverse=True):
        own = tuple(i for e, i in every if any(first == number for first, _ in e.printings))
        back = tuple(i for e, i in every if any(end == number for _, end in e.printings))
        printing = known.get(number)
        where = f"in the {ordinal(number)} printing"
        where += f", {_day(printing.date)}" if printing and printing.date else ""
        note = printing.note if printing else ""
        yield Section(f"printing-{number}", f"Corrected {where}", note, own)
        if back:
            yield Section(f"back-{number}", f"Taken back {where}", _BACK, back, True)


def _day(date: str) -> str:
    """A date in words: `2026-11` is `November 2026`; what is none stays as it is."""
    match = _DATE.fullmatch(date)
    if not match or not 1 <= int(match[2]) <= len(_MONTHS):
        return date
    day = f"{int(match[3])} " if match[3] else ""
    return f"{day}{_MONTHS[int(match[2]) - 1]} {match[1]}"


def _rest(every: Sequence[tuple[Entry, Item]]) -> Iterator[Section]:
    asked = tuple(item for entry, item in every if entry.state is State.OPEN)
    rejected = [(entry, item) for entry, item in every if entry.state is State.REJECTED]
    left = tuple(item for entry, item in rejected if not entry.printings)
    if asked:
        note = "Not decided yet; nothing was changed."
        yield Section("open", "Questions", note, asked)
    if left:
        note = "Looked into and left as it stands."
        yield Section("rejected", "Left as it stands", note, left)


def _intro(count: int) -> str:
    what = "correction" if count == 1 else "corrections"
    return f"{count:,} {what}. Wrong readings are struck out, right ones underlined."


def told(item: Item, section: str) -> str:
    """A correction in words, without markup: `for “trapos” read “traps”`."""
    if section.startswith("back"):
        reads = f"“{item.reads}”" if item.reads else "nothing"
        return f"for {reads} read “{item.was}” again"
    if section == "open":
        return f"“{item.was}”: “{item.reads}”?" if item.was != item.reads else f"“{item.was}”?"
    if section == "rejected":
        return f"“{item.was}” stands; “{item.reads}” was proposed"
    if not item.reads:
        return f"take out “{item.was}”"
    return f"for “{item.was}” read “{item.reads}”"


def _before(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    cut = text[-_AROUND:]
    return "…" + cut[cut.find(" ") + 1 :] if " " in cut.rstrip() else "…" + cut


def _after(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    cut = text[:_AROUND]
    return cut[: cut.rfind(" ")] + "…" if " " in cut.lstrip() else cut + "…"


# --- Markdown -------------------------------------------------------------------------


def page_markdown(page: Sheet) -> str:
    """The page as Markdown."""
    lines = [f"# Corrections: {_plain(page.title)}", ""]
    if page.authors:
        lines += [_plain(page.authors), ""]
    lines += [page.intro, ""]
    for section in page.sections:
        lines += [f"## {_plain(section.title)}", ""]
        lines += [_plain(section.note), ""] if section.note else []
        chapter = None
        for item in section.items:
            if item.chapter != chapter:
                chapter = item.chapter
                lines += [f"### {_plain(chapter)}", ""] if chapter else []
            lines += [*_markdown_item(item, section.name), ""]
        if not section.items:
            lines += ["None.", ""]
    return "\n".join(lines)


def _markdown_item(item: Item, section: str) -> Iterator[str]:
    reading = f"~~{_plain(item.was)}~~ **{_plain(item.reads)}**"
    if section in ("open", "rejected"):
        reading = f"**{_plain(item.was)}**"
    elif section.startswith("back"):
        struck = f"~~{_plain(item.reads)}~~ " if item.reads else ""
        reading = f"{struck}**{_plain(item.was)}**"
    elif not item.reads:
        reading = f"~~{_plain(item.was)}~~"
    yield f"- **{_plain(item.id)}** {_plain(told(item, section))}\\"
    yield f"  {_plain(item.before)}{reading}{_plain(item.after)}\\"
    behind = f"\\\n  {_plain(item.history)}" if item.history else ""
    yield f"  {_plain(item.reason)}{behind}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


# --- HTML -----------------------------------------------------------------------------

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1b1a; --paper: #fdfcf9; --quiet: #5c5852;
  --line: #ddd8cf; --wrong: #a3262a; --right: #1d6332; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e5de; --paper: #191817; --quiet: #aaa39a; --line: #3b3835;
    --wrong: #f29a93; --right: #8fd3a0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 Georgia, "Times New Roman", serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.3rem; margin: 3rem 0 .5rem; }
h3 { font-size: 1.0625rem; font-style: italic; font-weight: normal; color: var(--quiet);
  margin: 2rem 0 .25rem; }
.by, .note, .intro { color: var(--quiet); margin: .25rem 0 1rem; }
nav ul { padding-left: 1.2rem; }
a { color: inherit; text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid; outline-offset: 2px; }
ol { list-style: none; margin: 0; padding: 0; }
li.item { border-top: 1px solid var(--line); padding: .8rem 0; }
.item p { margin: 0; }
.told { font-weight: bold; overflow-wrap: anywhere; }
.id { float: right; margin-left: 1rem; font: .8rem/2 ui-monospace, monospace;
  color: var(--quiet); text-decoration: none; }
.context { margin: .2rem 0; overflow-wrap: anywhere; }
.history { font-size: .95rem; font-style: italic; }
.reason { color: var(--quiet); font-size: .95rem; overflow-wrap: anywhere; }
del { color: var(--wrong); text-decoration: line-through; }
ins { color: var(--right); text-decoration: underline; text-underline-offset: .15em; }
@media print {
  :root { --ink: #000; --paper: #fff; --quiet: #444; --line: #bbb; --wrong: #000; --right: #000; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; }
  nav { display: none; } li.item { break-inside: avoid; } h2, h3 { break-after: avoid; }
  ins { font-weight: bold; }
}
"""


def page_html(page: Sheet) -> str:
    """The page as one HTML file that needs nothing else."""
    title = f"Corrections: {page.title}"
    out = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style></head>",
        "<body><main>",
        f'<h1>Corrections: <cite lang="{escape(page.language)}">{escape(page.title)}</cite></h1>',
    ]
    out += [f'<p class="by">{escape(page.authors)}</p>'] if page.authors else []
    out.append(f'<p class="intro">{escape(page.intro)}</p>')
    if len(page.sections) > 1:
        out += ['<nav aria-label="Printings"><ul>']
        out += [
            f'<li><a href="#{s.name}">{escape(s.title)}</a> ({len(s.items)})</li>'
            for s in page.sections
        ]
        out += ["</ul></nav>"]
    for section in page.sections:
        out += _html_section(section, page.language)
    return "\n".join([*out, "</main></body></html>", ""])


def _html_section(section: Section, language: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{section.name}">'
    yield f'<h2 id="{section.name}">{escape(section.title)}</h2>'
    if section.note:
        yield f'<p class="note">{escape(section.note)}</p>'
    chapter: str | None = None
    opened = False
    for item in section.items:
        if item.chapter != chapter or not opened:
            yield "</ol>" if opened else ""
            if item.chapter:
                yield f'<h3 lang="{escape(language)}">{escape(item.chapter)}</h3>'
            yield "<ol>"
            chapter, opened = item.chapter, True
        yield from _html_item(item, section.name, language)
    yield "</ol>" if opened else "<p>None.</p>"
    yield "</section>"


def _html_item(item: Item, section: str, language: str) -> Iterator[str]:
    name = escape(item.id)
    anchor = f"{section}-{name}" if section.startswith("back") else name
    reading = f"<del>{escape(item.was)}</del>"
    if section in ("open", "rejected"):
        reading = f"<mark>{escape(item.was)}</mark>"
    elif section.startswith("back"):
        struck = f"<del>{escape(item.reads)}</del> " if item.reads else ""
        reading = f"{struck}<ins>{escape(item.was)}</ins>"
    elif item.reads:
        reading += f" <ins>{escape(item.reads)}</ins>"
    yield f'<li class="item" id="{anchor}">'
    yield f'<a class="id" href="#{anchor}" aria-label="Link to {name}">{name}</a>'
    yield f'<p class="told">{escape(told(item, section)[:1].upper() + told(item, section)[1:])}</p>'
    context = f"{escape(item.before)}{reading}{escape(item.after)}"
    yield f'<p class="context" lang="{escape(language)}">{context}</p>'
    yield f'<p class="reason">{escape(item.reason)}</p>'
    if item.history:
        yield f'<p class="history">{escape(item.history)}</p>'
    yield "</li>"
