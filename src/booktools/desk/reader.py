"""Reading on in the terminal: paragraph by paragraph, and corrections of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from booktools.desk.desk import Desk
from booktools.review.terminal import Ink, draw_reading

Json = Mapping[str, Any]

_ROUND = 2  # paragraphs shown before and behind the one that is read


@dataclass
class Reader:
    """Where somebody reads: a chapter, and a paragraph counted in the whole copy."""

    desk: Desk
    chapter: int
    paragraph: int

    def lines(self, width: int, ink: Ink, clean: Callable[[Any], Any]) -> list[str]:
        shown = self._window()
        return draw_reading(clean(shown), self.paragraph, width, ink)

    def on(self, step: int) -> str:
        """Go on by a paragraph or back by one, into the next chapter too; what is to be told."""
        shown = self._window()
        if shown["first"] <= self.paragraph + step < shown["last"]:
            self.paragraph += step
            return ""
        chapters = self.desk.get("overview", {})["chapters"]
        if not 0 <= self.chapter + step < len(chapters):
            return "The book ends here." if step > 0 else "The book begins here."
        self.chapter += step
        shown = self._window()
        self.paragraph = shown["first"] if step > 0 else shown["last"] - 1
        return ""

    def find(self, words: str) -> str:
        """Go to the next place of some words, from the first on behind the last."""
        places = self.desk.get("places", {"form": words})["places"] if words.strip() else []
        if not places:
            return f"“{words}” stands nowhere." if words.strip() else ""
        ahead = [place for place in places if place["paragraph"] > self.paragraph]
        place = (ahead or places)[0]
        self.chapter, self.paragraph = place["chapter"], place["paragraph"]
        return f"{len(places)} places." if len(places) > 1 else ""

    def correct(self, who: str, ask: Callable[[str], str]) -> str:
        """Ask for words of the paragraph and what they should read, and enter that.

        Raises Refused, BooktoolsError.
        """
        found = " ".join(ask("Which words are wrong, as they stand (nothing: go back)").split())
        if not found:
            return ""
        text = self._text()
        count = text.count(found)
        if not count:
            return f"“{found}” does not stand in this paragraph: copy the words as they are."
        if count > 1:
            return f"“{found}” stands here {count} times: take a word beside it along."
        wanted = ask("It should read (nothing: go back; - alone: take the words out)")
        if not wanted.strip():
            return ""
        wanted = "" if wanted.strip() == "-" else wanted
        start = text.index(found)
        end = start + len(found)
        if not wanted and text[start - 1 : start] == " ":
            start -= 1  # what is taken out takes a space along
        said = {
            "paragraph": self.paragraph,
            "start": start,
            "end": end,
            "found": text[start:end],
            "wanted": wanted,
            "reason": ask("How do you know (may be left out)"),
            "who": who,
        }
        told: str = self.desk.post("correct", said)["label"]
        return f"{told}."

    def _window(self) -> Json:
        first = max(0, self.paragraph - _ROUND)
        query = {"chapter": str(self.chapter), "from": str(first), "count": str(2 * _ROUND + 1)}
        made: Json = self.desk.get("chapter", query)
        return made

    def _text(self) -> str:
        own = next(p for p in self._window()["paragraphs"] if p["number"] == self.paragraph)
        return "".join(piece["text"] for piece in own["pieces"])
