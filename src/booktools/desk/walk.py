"""A walk through the open suggestions, key by key: the review without a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from booktools.desk.desk import Desk
from booktools.desk.reader import Reader
from booktools.engines.web import Refused
from booktools.errors import BooktoolsError
from booktools.review.terminal import Ink, draw, help_lines

Json = Mapping[str, Any]


@dataclass
class Walk:
    """Where somebody is in the open suggestions, and what was last told.

    `ask` asks for a line of text, "" when nothing is said.  `reader` is there while somebody
    reads on in the text.
    """

    desk: Desk
    who: str
    ask: Callable[[str], str]
    ids: list[str] = field(default_factory=list)
    at: int = 0
    whole: bool = False
    told: str = ""
    reader: Reader | None = None

    def look_for(self, search: str = "") -> None:
        """Begin with the open suggestions that hold the words."""
        self.ids, self.at = self.desk.waiting(self.who, search), 0

    @property
    def card(self) -> Json | None:
        """The suggestion that is looked at, None behind the last."""
        if not self.at < len(self.ids):
            return None
        made: Json = self.desk.get("entry", {"id": self.ids[self.at], "who": self.who})
        return made

    def step(self, fits: Callable[[Json], bool]) -> None:
        """Go to the next one that fits, or behind the last."""
        self.at += 1
        while (card := self.card) is not None and not fits(card):
            self.at += 1

    def lines(self, width: int, colour: bool, harmless: Callable[[str], str]) -> list[str]:
        """What is to be seen now; `harmless` takes out what could steer a terminal."""
        about = self.desk.get("overview", {"who": self.who})
        said = f"{about['waiting']} of {about['total']} open for you"
        told = [
            harmless(line) for part in (about["trouble"], self.told) for line in part.splitlines()
        ]
        if self.reader is not None:
            shown = self.reader.lines(width, Ink(colour), lambda value: _harmless(value, harmless))
            keys = "e correct words  j on  k back  / find  u undo  c to the suggestions  q stop"
            return [*told, *shown, keys]
        card = self.card
        if card is None:
            keys = "c read  u undo  k back  / search  q stop"
            return [*told, f"Nothing more here; {said}.", keys]
        keys = "a accept  r reject  e edit  s skip  u undo  f next habit  c read  ? help  q stop"
        return [*told, *draw(_harmless(card, harmless), said, width, Ink(colour), self.whole), keys]

    def press(self, key: str) -> None:
        """Do what a key means; nothing for one that means nothing."""
        self.told = ""
        card = self.card
        try:
            if key in _ANYWHERE:
                _ANYWHERE[key](self)
            elif self.reader is not None:
                if key in _READING:
                    self.told = _READING[key](self, self.reader)
            elif card is not None and key in _ON_CARD:
                _ON_CARD[key](self, card)
        except (Refused, BooktoolsError) as fault:
            self.told = str(fault)


def _harmless(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _harmless(inner, clean) for key, inner in value.items()}
    return [_harmless(inner, clean) for inner in value] if isinstance(value, list) else value


def _decide(walk: Walk, card: Json, answer: str, **more: str) -> None:
    said = {"id": card["id"], "version": card["version"], "answer": answer, "who": walk.who}
    walk.told = walk.desk.post("decide", said | more)["label"] + "."
    walk.step(_waits)


def _family(walk: Walk, card: Json, answer: str) -> None:
    said = {"family": card["family"], "count": card["familyOpen"], "answer": answer}
    walk.told = walk.desk.post("decide", said | {"who": walk.who})["label"] + "."
    _next_habit(walk, card)


def _edit(walk: Walk, card: Json) -> None:
    wanted = walk.ask("It should read (nothing: go back; - alone: take the words out)")
    if wanted:
        _decide(walk, card, "accept", wanted="" if wanted == "-" else wanted)


def _next_habit(walk: Walk, card: Json) -> None:
    walk.step(lambda other: _waits(other) and other["family"] != card["family"])


def _undo(walk: Walk) -> None:
    said = walk.desk.post("undo", {"who": walk.who})
    walk.told = said["label"] + "."
    if back := [walk.ids.index(id) for id in said["ids"] if id in walk.ids]:
        walk.at = min(back)


def _search(walk: Walk) -> None:
    if walk.reader is not None:
        walk.told = walk.reader.find(walk.ask("Find words in the text"))
        return
    walk.look_for(walk.ask("Search (nothing: all)"))


def _back(walk: Walk) -> None:
    if walk.reader is not None:
        walk.told = walk.reader.on(-1)
    else:
        walk.at = max(0, walk.at - 1)


def _read(walk: Walk) -> None:
    """Read on round the suggestion, or go back to it."""
    if walk.reader is not None:
        walk.reader = None
        return
    card = walk.card
    chapter, paragraph = (card["chapter"], card["paragraph"]) if card else (0, 0)
    walk.reader = Reader(walk.desk, max(0, chapter), max(0, paragraph))


def _help(walk: Walk) -> None:
    walk.told = "\n".join(help_lines())


def _more(walk: Walk) -> None:
    walk.whole = not walk.whole


def _waits(card: Json) -> bool:
    return bool(card["waits"])


_ANYWHERE: Mapping[str, Callable[[Walk], None]] = {
    "u": _undo, "/": _search, "k": _back, "?": _help, "c": _read, "l": _more,
}  # fmt: skip
_ON_CARD: Mapping[str, Callable[[Walk, Json], None]] = {
    "a": lambda walk, card: _decide(walk, card, "accept"),
    "r": lambda walk, card: _decide(walk, card, "reject"),
    "A": lambda walk, card: _family(walk, card, "accept"),
    "R": lambda walk, card: _family(walk, card, "reject"),
    "e": _edit,
    "f": _next_habit,
    "s": lambda walk, card: walk.step(_waits),
    "j": lambda walk, card: walk.step(lambda other: True),
}
_READING: Mapping[str, Callable[[Walk, Reader], str]] = {
    "e": lambda walk, reader: reader.correct(walk.who, walk.ask),
    "j": lambda walk, reader: reader.on(1),
}
