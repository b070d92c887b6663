"""The review in a terminal: a card as lines of text, and what each key means."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from booktools.review.suggestion import KINDS

Json = Mapping[str, Any]

# The same keys as on the page.
KEYS: Final = {
    "a": "accept the correction",
    "r": "reject it: the text stays as it is",
    "e": "edit: accept with another reading; while reading, correct words of the paragraph",
    "s": "skip: decide later",
    "u": "undo your last decision",
    "A": "accept all cases of this habit",
    "R": "reject all cases of this habit",
    "f": "go on to the next habit",
    "j": "next, without deciding; while reading, the next paragraph",
    "k": "previous, without deciding; while reading, the paragraph before",
    "c": "read on in the chapter, and back to the suggestions",
    "l": "more lines of the source page, and less",
    "/": "search the suggestions; while reading, find words in the text",
    "?": "this help",
    "q": "stop; everything decided is saved",
}
_LINES = 3  # of the source each side of the reading


@dataclass(frozen=True, slots=True)
class Ink:
    """How what stands and what is wanted are told apart: by colour, or by brackets without."""

    colour: bool = False

    def old(self, text: str) -> str:
        return f"\x1b[31;9m{text}\x1b[0m" if self.colour else f"[-{text}-]"

    def new(self, text: str) -> str:
        return f"\x1b[34;4m{text}\x1b[0m" if self.colour else f"{{+{text}+}}"

    def soft(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text


def draw(card: Json, said: str, width: int, ink: Ink, whole: bool = False) -> list[str]:
    """The lines of a card; `said` is the progress, `whole` shows the whole source page."""
    width = max(40, min(width, 100))
    place, kind = card["place"], KINDS.get(card["kind"], card["kind"])
    at = f"page {place['page']}, " if place["page"] else ""
    at += f"line {place['line']}"
    at += f" of {place['file']}" if place["file"] else " of the source"
    head = [card["id"], kind, card["rule"], card["chapterTitle"], at]
    lines = [ink.soft(" · ".join(part for part in head if part)), ink.soft(said), ""]
    lines += _wrapped(_sentence(card, ink), width, "  ")
    lines += ["", f"  there stands  {card['found']}{_elsewhere(card, 0)}"]
    wanted = card["wanted"] if card["wanted"] != card["found"] else "(no reading yet: edit, e)"
    lines.append(f"  proposed      {wanted or '(nothing)'}{_elsewhere(card, 1)}")
    lines += _wrapped(f"evidence      {card['reason']}", width, "  ")
    if card["fault"]:
        lines += _wrapped(f"Its place was not found: {card['fault']}.", width, "  ")
    lines += [f"  {line}" for line in _others(card)]
    lines += ["", *_source(card, ink, whole)]
    if card["image"]:
        lines.append(ink.soft(f"  On paper: page {place['page']} of {place['file']}"))
    return [*lines, ""]


def draw_reading(shown: Json, own: int, width: int, ink: Ink) -> list[str]:
    """The lines of some paragraphs; that with the number `own` is the one that is read."""
    width = max(40, min(width, 100))
    lines = [ink.soft(f"{shown['title']} · paragraph {own - shown['first'] + 1} of "
                      f"{shown['last'] - shown['first']}"), ""]  # fmt: skip
    for paragraph in shown["paragraphs"]:
        text = "".join(_piece(piece, ink) for piece in paragraph["pieces"])
        here = paragraph["number"] == own
        lines += [
            f"{'>' if here else ' '} {line}" if here else ink.soft(f"  {line}")
            for line in _wrapped(text, width - 2, "")
        ]
        lines.append("")
    return lines


def _piece(piece: Json, ink: Ink) -> str:
    """A stretch of a paragraph; a correction in it with both readings."""
    if "id" not in piece or piece["state"] == "rejected" or piece["found"] == piece["wanted"]:
        return str(piece["text"])
    wanted = ink.new(piece["wanted"]) if piece["wanted"] else ""
    return f"{ink.old(piece['text'])}{wanted}"


def _sentence(card: Json, ink: Ink) -> str:
    found, wanted = card["found"], card["wanted"]
    change = ink.old(found)
    if found != wanted and wanted:
        change += " " + ink.new(wanted)
    return f"{card['before']}{change}{card['after']}"


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    # A long word is no reason to cut an ink's marks in two.
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )


def _elsewhere(card: Json, number: int) -> str:
    forms = card["forms"]
    if number >= len(forms):
        return ""
    count = forms[number]["count"]
    times = {0: "nowhere else", 1: "once elsewhere"}.get(count, f"{count} times elsewhere")
    return f"   (“{forms[number]['form']}” {times})"


def _others(card: Json) -> list[str]:
    """The family, and what the reviewers have said."""
    out = []
    if card["familySize"] > 1:
        out.append(f"One of {card['familySize']} of this habit; {card['familyOpen']} open for you.")
    if card["answers"] and not card["voices"]:
        out.append(f"{card['answers']} answered; what they said is shown when you have.")
    for voice in card["voices"]:
        what = f"“{voice['wanted']}”" if voice["state"] == "accepted" else "leave it as it is"
        out.append(f"{voice['by']}, {voice['on']}: {what}")
    if card["disputed"]:
        out.append("The reviewers do not agree.")
    return out


def _source(card: Json, ink: Ink, whole: bool) -> list[str]:
    lines = card["lines"]
    marked = [index for index, line in enumerate(lines) if line["marks"]]
    if marked and not whole:
        lines = lines[max(0, marked[0] - _LINES) : marked[-1] + _LINES + 1]
    return [_line(line, ink) for line in lines]


def _line(line: Json, ink: Ink) -> str:
    text, at = line["text"], 0
    parts: list[str] = []
    for start, end in line["marks"]:
        parts += text[at:start], ink.old(text[start:end])
        at = end
    mark = ">" if line["marks"] else " "
    return f"{mark} {ink.soft(str(line['n']).rjust(5))}  {''.join(parts)}{text[at:]}"


def help_lines() -> list[str]:
    return [f"  {key}  {what}" for key, what in KEYS.items()]
