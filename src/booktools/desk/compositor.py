"""The compositor: lays the copy out beside the review, and again when its text is changed."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from booktools import store
from booktools.desk.laid import Laid, blank, lay_out
from booktools.desk.watched import Stamps, Watched, stamps, watched
from booktools.errata.entry import Entry
from booktools.errors import BooktoolsError
from booktools.store import Project

_FIRST = "the text"


@dataclass
class Compositor:
    """Lays out a project's copy in a thread of its own.

    `laid` is the last that came out well, `edition` its number, 0 while there is none; `step`
    says what is being done, "" when all is; `fault` is why the text on disk could not be laid
    out.  `entries` gives the errata that are looked up at once.
    """

    project: Project
    entries: Callable[[], Sequence[Entry]]
    progress: Callable[[str], None] = lambda step: None
    laid: Laid = field(init=False)
    edition: int = 0
    step: str = ""
    fault: Exception | None = None
    _of: Watched | None = None
    _tried: Stamps | None = None
    _thread: threading.Thread | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.laid = blank(self.project)

    @property
    def working(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def look(self) -> None:
        """Begin anew when a file of the copy was written since it was last tried."""
        with self._turn:
            if self.working:
                return
            now = stamps(self.laid.project)
            if now == self._tried:
                return
            self._tried, self.step = now, _FIRST
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def stands(self) -> bool:
        """Whether the copy is laid out, of the text that is on disk now."""
        return self._of is not None and stamps(self.laid.project) == self._of.stamps

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has come out, so long at most.  Raises what went wrong."""
        if self._thread is not None:
            self._thread.join(seconds)
        if self.fault is not None and not self.working:
            raise self.fault

    def _work(self) -> None:
        gc.disable()  # millions of small values, none of them in a ring
        try:
            project = store.open_project(self.project.root)
            of = watched(project)
            same = self._of is not None and self._of.digests == of.digests
            if not same:
                laid = lay_out(project, self._say)
                self._say("looking up the errata")
                for entry in self.entries():
                    laid.spot(entry)
                self.laid, self.edition = laid, self.edition + 1
            self._of, self.fault = of, None
        except Exception as fault:  # told by `wait` and on the page, whatever it is
            self.fault = fault
        finally:
            gc.enable()
            self.step = ""

    def _say(self, step: str) -> None:
        self.step = step
        self.progress(step)

    @property
    def trouble(self) -> BooktoolsError | None:
        """Why the text that is on disk now is not the one that is shown."""
        if self.fault is None or isinstance(self.fault, BooktoolsError):
            return self.fault
        return BooktoolsError(f"booktools has a fault of its own: {self.fault!r}")
