"""WeasyPrint's footnotes, mended so that none is lost; for the version that `weasy_tuning` knows.

- The height of the notes' area is compared to the last bit, so that a note that fits moves to
  the next page (`_update_footnote_area`).
- For the sake of widows, a line that does not fit takes the place of notes that are called
  before it, and is not asked for its own, which are lost: no note leaves the page that calls
  it (`Kept`), and one that was not asked for goes to the next (`_forgotten`).
- When pages are made again, for the numbers in the contents, the notes that a page handed on
  to the next are forgotten, and a last page that held nothing else too (`_make_all_pages`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_ROUNDING = 0.01  # of a CSS pixel


class Kept(list[Any]):
    """A page's notes: none of them is offered (`while notes: …`) to make room for a line."""

    def __bool__(self) -> bool:
        return False


def mend() -> None:
    """Put ours in the place of WeasyPrint's; call it once, before the first document."""
    from weasyprint import layout
    from weasyprint.layout import LayoutContext

    def notes(self: Any) -> Kept:
        kept: Kept = self.__dict__["booktools_notes"]
        return kept

    def set_notes(self: Any, notes: list[Any]) -> None:
        self.__dict__["booktools_notes"] = Kept(notes)

    LayoutContext.current_page_footnotes = property(notes, set_notes)
    LayoutContext._update_footnote_area = _update_footnote_area
    layout.make_all_pages = _make_all_pages


def _update_footnote_area(self: Any) -> bool:
    """As WeasyPrint's; says whether the notes are higher than their area may be."""
    from weasyprint.formatting_structure import build
    from weasyprint.layout.page import block_level_layout

    area = self.current_footnote_area
    if area.height != "auto" and not self.in_column:
        self.page_bottom += area.margin_height()
    area.children = list(self.current_page_footnotes)
    if not area.children:
        area.height = 0
        if not self.in_column:
            self.page_bottom -= area.margin_height()
        return False
    laid = build.create_anonymous_boxes(area.deepcopy())
    laid = block_level_layout(self, laid, -float("inf"), None, area.page)[0]
    area.height = laid.height
    if not self.in_column:
        self.page_bottom -= laid.margin_height()
    last = laid.children[-1]
    bottom = last.position_y + last.margin_height() - last.margin_bottom
    room = laid.position_y + laid.margin_height() - laid.margin_bottom
    return bool(bottom > room + _ROUNDING)


def _make_all_pages(context: Any, root_box: Any, html: Any, pages: Any) -> Iterator[Any]:
    """As WeasyPrint's; what each page hands on to the next is kept from pass to pass."""
    from weasyprint.layout.page import remake_page

    handed: dict[int, list[Any]] = context.__dict__.setdefault("booktools_handed", {})
    context.rendered_notes = []
    index = 0
    while True:
        state = context.page_maker[index][-1]
        if not pages or state["content_changed"] or state["pages_wanted"]:
            state.update(content_changed=False, pages_wanted=False)
            state.update(anchors=[], content_lookups=[])
            context.reported_footnotes = list(handed.get(index, ()))
            page, resume_at = remake_page(index, context, root_box, html)
            given = [*context.reported_footnotes, *_forgotten(context, page)]
            changed = given != handed.get(index + 1, [])
            handed[index + 1] = given
            yield page
        else:
            resume_at = context.page_maker[index + 1][0]
            changed = False
            yield pages[index]
        index += 1
        if resume_at is None and not handed.get(index):
            context.page_maker = context.page_maker[: index + 1]
            context.broken_out_of_flow.clear()
            context.reported_footnotes.clear()
            return
        if changed:
            context.page_maker[index][-1]["content_changed"] = True


def _forgotten(context: Any, page: Any) -> list[Any]:
    """The notes that are called on the page and were neither set nor handed on."""
    if not context.footnotes:
        return []
    called = (box.footnote for box in page.descendants() if box.footnote)
    notes = [note for note in called if note in context.footnotes]
    for note in notes:
        context.footnotes.remove(note)
    return notes
