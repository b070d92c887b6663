"""Reading the book's tree in order."""

from __future__ import annotations

from booktools.model.book import Emph, LineBreak, Note, Paragraph, Text, inline_text, texts


def note(words: str) -> Note:
    return Note((Paragraph((Text(words),)),))


def test_notes_follow_the_text_that_calls_them_in_the_order_of_their_calls() -> None:
    inlines = (Text("a"), note("one"), Emph((Text("b"), note("two"), Text("c"))), Text("d"))
    assert [t.value for t in texts(inlines)] == ["a", "b", "c", "d", "one", "two"]


def test_words_of_a_title_leave_its_notes_out() -> None:
    inlines = (Text("A"), LineBreak(), Emph((Text("B"), note("n"))))
    assert inline_text(inlines) == "A B"
