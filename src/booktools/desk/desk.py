"""The desk of a project: what a review shows, and decisions written at once.

It holds the text as the errata find it, and the ledger as it stands on disk; each decision
is put into the file before it is answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from booktools import pipeline, store
from booktools.desk.asked import (
    LONGEST,
    change_of,
    label_of,
    natural,
    person,
    plain,
    sentence_of,
    trouble_of,
    wanted_filter,
    whole,
)
from booktools.desk.compositor import Compositor
from booktools.desk.cuttings import cut
from booktools.desk.laid import Laid, rule_names
from booktools.desk.own import own_entry
from booktools.desk.pages import mailed_page, page_files
from booktools.engines import web
from booktools.engines.web import Data, Refused
from booktools.errata import live
from booktools.errata.decide import (
    Change,
    Decision,
    fresh_ids,
    question_version,
    version,
)
from booktools.errata.entry import Review, State
from booktools.errors import BooktoolsError, Conflict
from booktools.review import show
from booktools.review.mail import mail
from booktools.review.suggestion import ANSWERS, Filter, Stack, Suggestion
from booktools.store import Project

_UNDONE: Final = 200  # decisions that a person can take back


@dataclass(frozen=True, slots=True)
class _Done:
    """One thing that somebody did, to be taken back: what it was, and what it changed."""

    label: str
    changes: tuple[Change, ...]


@dataclass
class Desk:
    """The state of a review: what is on disk, what is shown, what each person can undo.

    Requests come from several threads and take turns.
    """

    compositor: Compositor
    laid: Laid
    rules: Mapping[str, str]
    files: Mapping[str, Data]
    ledger: live.Live = field(default_factory=live.Live)
    stack: Stack = field(default_factory=lambda: Stack(()))
    _edition: int = 0
    _text: str | None = None
    _version: str = ""
    _stamp: tuple[int, int, int] | None = None
    _trouble: str = ""
    _done: dict[str, list[_Done]] = field(default_factory=dict)
    _turn: threading.RLock = field(default_factory=threading.RLock)

    @property
    def project(self) -> Project:
        """The project as its `book.toml` stood when the copy was laid out."""
        return self.laid.project

    @property
    def required(self) -> int:
        return self.project.config.required_reviews

    def file(self, name: str) -> Data | None:
        return self.files.get(name)

    # --- what is shown ----------------------------------------------------------------

    def get(self, name: str, query: Mapping[str, str]) -> Any:
        """The JSON value for a question of the page.  Raises LookupError, BooktoolsError."""
        if name == "scan":  # drawing a page must keep nobody waiting who decides
            return self.laid.scans.picture(query.get("file", ""), natural(query, "page"))
        with self._turn:
            self._catch_up()
            who = query.get("who", "")
            wanted = wanted_filter(query)
            match name:
                case "overview":
                    said = show.overview(self.laid.copy, self.stack, wanted, who, self.rules)
                    return {**said, **self.about(who), **self.news()}
                case "news":
                    return self.news()
                case "list":
                    offset, most = natural(query, "offset"), natural(query, "most", show.PAGE)
                    return show.listing(self.laid.copy, self.stack, wanted, who, offset, most)
                case "entry":
                    return self.card(query.get("id", ""), who)
                case "chapter":
                    chapter, first = natural(query, "chapter"), natural(query, "from")
                    count = natural(query, "count", show.WINDOW)
                    return show.reading(self.laid.copy, self.stack, chapter, first, count)
                case "places":
                    return show.places(self.laid.copy, query.get("form", "")[:LONGEST])
        raise LookupError(name)

    def about(self, who: str) -> dict[str, Any]:
        """What book it is, how many must agree, and what this person can undo."""
        meta = self.project.config.meta
        done = self._done.get(who)
        return {
            "title": meta.title,
            "language": meta.language,
            "required": self.required,
            "next": "booktools recover"
            if self.project.config.sources
            else "booktools errata apply",
            "undo": done[-1].label if done else "",
        }

    def card(self, id: str, who: str) -> dict[str, Any]:
        one = self.stack.by_id[id]
        made = show.card(self.laid.copy, self.stack, one, who, self.required, self.rules)
        return {**made, "unlaid": not self._edition}

    def news(self) -> dict[str, Any]:
        """What tells a page that something was changed elsewhere, and what is going on."""
        return {
            "ledger": self._version,
            "edition": self._edition,
            "laying": self.compositor.step,
            "trouble": self._trouble,
        }

    def waiting(self, who: str, search: str = "") -> list[str]:
        """The ids of what waits for a person's decision, the same habit together."""
        with self._turn:
            self._catch_up()
            wanted = Filter(state="open", search=search)
            return [one.id for one in self.stack.chosen(wanted, who)]

    def _catch_up(self) -> None:
        """Catch up with the disk; what cannot be read there is told as trouble.

        What was read last stays to be seen.
        """
        try:
            self.refresh()
        except BooktoolsError as fault:
            self._trouble = trouble_of(fault, "Until it is mended nothing can be decided.")
            return
        unread = self.compositor.trouble
        self._trouble = trouble_of(unread, "The text is shown as it was.") if unread else ""

    def refresh(self) -> None:
        """Take what the compositor has laid out, and the ledger if somebody else wrote it.

        Raises ConfigError.
        """
        try:
            self._read_ledger()
        finally:
            self.compositor.look()
            if self.compositor.edition != self._edition:
                self._edition, self.laid = self.compositor.edition, self.compositor.laid
                self.stack = Stack(tuple(map(self._suggestion, self.ledger.pieces)))

    def _read_ledger(self) -> None:
        stamp = store.stamp(self.project.root, pipeline.ERRATA)
        if stamp == self._stamp:
            return
        text = self.project.text_if_there(pipeline.ERRATA) or ""
        if text != self._text:
            self._take(self.ledger.caught_up(text, pipeline.ERRATA), text)
        self._stamp = stamp

    def _take(self, ledger: live.Live, text: str) -> None:
        self.ledger, self._text, self._stamp = ledger, text, None
        self._version = version(text)
        old = self.stack.by_id  # a version stands for all that an entry says
        self.stack = Stack(
            tuple(
                known
                if (known := old.get(piece.entry.id)) and known.version == piece.version
                else self._suggestion(piece)
                for piece in ledger.pieces
            )
        )

    def _suggestion(self, piece: live.Piece) -> Suggestion:
        return self.laid.suggestion(piece.entry, piece.version)

    # --- what is decided --------------------------------------------------------------

    def post(self, name: str, body: Mapping[str, Any]) -> Any:
        """Do what the page was told to.  Raises Refused, LookupError, BooktoolsError."""
        who = person(body)
        with self._turn:
            self.refresh()
            try:
                match name:
                    case "decide":
                        return self._decide(who, body)
                    case "correct":
                        return self._correct(who, body)
                    case "undo":
                        return self._undo(who)
            except Conflict as fault:
                self.refresh()
                raise Refused(409, {"error": sentence_of(fault), "conflict": True}) from None
            except BooktoolsError as fault:
                raise Refused(409, {"error": sentence_of(fault)}) from None
        raise LookupError(name)

    def _decide(self, who: str, body: Mapping[str, Any]) -> dict[str, Any]:
        answer = str(body.get("answer"))
        state = State(ANSWERS.get(answer, "open"))
        if answer not in (*ANSWERS, "reopen"):
            raise Refused(400, {"error": "Answer “accept”, “reject” or “reopen”."})
        chosen = self._chosen(who, body)
        wanted = plain(body, "wanted") if "wanted" in body and answer == "accept" else None
        for one, _ in chosen if answer == "accept" else ():
            if one.found == (one.wanted if wanted is None else wanted):
                raise Conflict(
                    f"{one.id}: “{one.found}” stands there already",
                    hint="Reject the suggestion to keep it, or enter another reading.",
                )
        decisions = {
            one.id: Decision(who, store.this_day(), state, wanted, plain(body, "reason"), version)
            for one, version in chosen
        }
        return self._write(
            who,
            label_of(answer, [one for one, _ in chosen], wanted),
            lambda ledger: ledger.decided(decisions, self.required, pipeline.ERRATA),
        )

    def _chosen(self, who: str, body: Mapping[str, Any]) -> list[tuple[Suggestion, str]]:
        """The suggestions that are meant, each with the version that the person saw."""
        if "family" in body:
            group = self.stack.groups.get(str(body["family"]), ())
            open_ones = [one for one in group if one.waits_for(who)]
            if len(open_ones) != body.get("count"):
                raise Conflict(
                    f"of this habit {len(open_ones)} are open now, not {body.get('count')}",
                    hint="Look at them again, and decide anew.",
                )
            return [(one, one.version) for one in open_ones]
        one = self.stack.by_id.get(str(body.get("id")))
        if one is None:
            raise Conflict(
                f"{body.get('id')} is no longer in the errata: somebody took it out",
                hint="Go on with the next one.",
            )
        return [(one, str(body.get("version", "")))]

    def _correct(self, who: str, body: Mapping[str, Any]) -> dict[str, Any]:
        number, start, end = (whole(body, key) for key in ("paragraph", "start", "end"))
        self._refuse_other_text(number, start, end, body.get("found"))
        wanted, reason, kind = plain(body, "wanted"), plain(body, "reason"), body.get("kind")
        entry = own_entry(self.laid, self.stack, who, (number, start, end), wanted, kind, reason)
        if self.required > 1:
            entry = replace(entry, reviews=(Review(who, store.this_day(), State.ACCEPTED),))
        else:
            today = store.this_day()
            entry = replace(entry, state=State.ACCEPTED, decided_by=who, decided_on=today)

        def added(ledger: live.Live) -> tuple[live.Live, tuple[Change, ...]]:
            (id,) = fresh_ids(ledger.entries, 1)
            return ledger.added((replace(entry, id=id),), pipeline.ERRATA)

        return self._write(who, f"Entered: {change_of(entry.found, entry.wanted)}", added)

    def _refuse_other_text(self, number: int, start: int, end: int, found: object) -> None:
        """Raises Refused when the words that somebody saw are not those that stand there now."""
        if not self.compositor.stands():
            said = "The text was changed on disk and is being read again: try again in a moment."
            raise Refused(409, {"error": f"{said}\nNothing that you wrote is lost.", "moved": True})
        if not 0 <= number < len(self.laid.copy.paragraphs):
            raise LookupError(number)
        text = self.laid.copy.paragraphs[number].text
        if not (0 <= start < end <= len(text) and text[start:end] == found):
            said = "The text is not what this page shows: it was changed on disk meanwhile."
            raise Refused(409, {"error": said, "moved": True})

    def _undo(self, who: str) -> dict[str, Any]:
        done = self._done.get(who)
        if not done:
            raise Refused(409, {"error": "There is nothing to undo."})
        last = done[-1]

        def taken_back(ledger: live.Live) -> tuple[live.Live, tuple[Change, ...]]:
            return ledger.undone(last.changes, pipeline.ERRATA), last.changes

        try:
            said = self._write("", f"Taken back: {last.label}", taken_back)
        finally:
            done.pop()
        return said

    def _write(
        self,
        who: str,
        label: str,
        change: Callable[[live.Live], tuple[live.Live, tuple[Change, ...]]],
    ) -> dict[str, Any]:
        """Change the ledger as it stands on disk, and put it there.  `who` can undo it."""
        made: list[tuple[live.Live, tuple[Change, ...]]] = []

        def edit(text: str) -> str:
            ledger = self.ledger
            if text != self._text:
                ledger = ledger.caught_up(text, pipeline.ERRATA)
            made.append(change(ledger))
            return made[0][0].text

        text = store.edit_ledger(self.project.root, pipeline.ERRATA, edit)
        ledger, changes = made[0]
        self._take(ledger, text)
        if who and changes:
            self._done.setdefault(who, []).append(_Done(label, changes))
            del self._done[who][:-_UNDONE]
        there = [self.stack.by_id[one.id] for one in changes if one.id in self.stack.by_id]
        return {
            "label": label,
            "ids": [one.id for one in changes],
            "changed": show.briefs(self.laid.copy, self.stack, there, who),
        }


def open_desk(
    project: Project, progress: Callable[[str], None], patience: float | None = None
) -> Desk:
    """Make the desk of a project, the copy laid out.

    After `patience` seconds the desk opens without it, and takes it when it has come out.
    Raises what reading the errata and the text raises.
    """
    compositor = Compositor(project, lambda: desk.ledger.entries, progress)
    desk = Desk(compositor, compositor.laid, rule_names(), page_files(project))
    desk.refresh()
    compositor.wait(patience)
    desk.refresh()
    return desk


@dataclass(frozen=True)
class Mailed:
    """The review as one page to mail: how many open suggestions it holds, how many of them
    with a picture of their place, and how many pictures there was no room for."""

    page: str
    cards: int
    pictures: int
    left_out: int


def mailed(desk: Desk, pictures: int, progress: Callable[[str], None]) -> Mailed:
    """The review as one page to mail, with so many bytes of pictures at most.

    Raises EngineMissing, where there are scans.
    """
    progress("putting the page together")
    questions = {one.id: question_version(one) for one in desk.ledger.entries}
    values = mail(desk.laid.copy, desk.stack, desk.required, desk.rules, questions)
    values["about"] |= desk.about("") | desk.news()
    # Answers wait in the volunteer's browser under a name that no other page has.
    values["key"] = version(desk.project.config.slug + "".join(sorted(questions.values())))
    made = cut(values["cards"], desk.laid.scans, pictures, progress)
    values["pictures"] = made.pictures
    return Mailed(mailed_page(values), len(values["cards"]), made.shown, made.left_out)


def serve(desk: Desk, port: int, *, browse: bool, ready: Callable[[str, bool], None]) -> None:
    """Serve the page of a desk until Ctrl-C, as `engines.web.serve` does.

    Raises EngineFailed.
    """
    web.serve(desk, port, browse=browse, ready=ready)
