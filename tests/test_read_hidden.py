"""What a page of the web hides: left out of the manuscript, told, and accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booktools import documents
from booktools.documents import titles
from booktools.model.book import Metadata, chapter_texts
from booktools.read.hidden import without_hidden


def seen(markup: str) -> str:
    return without_hidden(markup.encode()).data.decode()


@pytest.mark.parametrize(
    "element",
    [
        "<p hidden>gone</p>",
        '<p HIDDEN="hidden">gone</p>',
        "<p style='display:none'>gone</p>",
        '<p style="color: red; DISPLAY : none !important">gone</p>',
        '<div style="visibility:hidden"><p>gone</p></div>',
        "<template><p>gone</p></template>",
        "<dialog>gone</dialog>",
        '<div hidden>a<div>gone</div><img src="x"><br>gone</div>',
        "<p hidden>gone",
        "<ul><li hidden>gone<li>stays</ul>",
        '<div hidden title="a > b">gone</div>',
        "<div hidden><!-- </div> -->gone</div>",
        "<div hidden><script>'</div>'</script>gone</div>",
    ],
)
def test_what_is_hidden(element: str) -> None:
    left = seen(f"<p>before</p>{element}<p>after</p>")
    assert "gone" not in left
    assert "<p>before</p>" in left
    assert "<p>after</p>" in left
    assert ("stays" in left) is ("stays" in element)


@pytest.mark.parametrize(
    "element",
    [
        '<p aria-hidden="true">stays</p>',
        '<p hidden style="display:block">stays</p>',
        '<p class="hidden">stays</p>',
        "<details><summary>More</summary><p>stays</p></details>",
        "<dialog open>stays</dialog>",
        "<p>stays: display:none and hidden</p>",
        "<!-- <p hidden> --><p>stays</p>",
        '<input type="hidden" value="x"><p>stays</p>',
        '<p title="hidden">stays</p>',
        '<div style="visibility:hidden"><p style="visibility:visible">stays</p></div>',
        "<p>5 < 6 hidden > stays</p>",
    ],
)
def test_what_is_seen(element: str) -> None:
    page = f"<p>before</p>{element}<p>after</p>"
    assert seen(page) == page


@pytest.mark.parametrize(
    ("css", "markup", "hidden"),
    [
        (".off { display: none }", '<p class="a off">word</p>', True),
        ("#x{visibility:hidden}", "<p id=x>word</p>", True),
        ("aside { display:none }", "<aside>word</aside>", True),
        ("p.off, .no{display:none}", '<div class="no">word</div>', True),
        ("p.off{display:none}", '<div class="off">word</div>', False),
        (".off{display:none} .on{display:block}", '<p class="off on">word</p>', False),
        (".on{display:block} #x{display:none}", '<p class="on" id="x">word</p>', True),
        (".off{display:none} body .off{display:block}", '<p class="off">word</p>', False),
        ("body .off{display:none}", '<p class="off">word</p>', False),
        (".off{display:none} .off:target{display:block}", '<p class="off">word</p>', False),
        ("@media print { .off{display:none} }", '<p class="off">word</p>', False),
        ("@media screen { .off{display:none} }", '<p class="off">word</p>', True),
        ("@media (max-width: 600px) { .off{display:none} }", '<p class="off">word</p>', False),
        ("/* .off{display:none} */ p{}", '<p class="off">word</p>', False),
        ("@import 'x'; .off{display:none}", '<p class="off">word</p>', True),
        (".off{display:none", '<p class="off">word</p>', True),
    ],
)
def test_the_pages_own_style_sheet(css: str, markup: str, hidden: bool) -> None:
    page = f"<html><head><style>{css}</style></head><body>{markup}<p>end</p></body></html>"
    assert ("word" not in seen(page)) is hidden
    assert "<p>end</p></body></html>" in seen(page)


def test_a_body_that_a_script_shows_is_left() -> None:
    page = "<html><body hidden><p>stays</p></body></html>"
    assert seen(page) == page


def test_the_words_are_told_once() -> None:
    page = "<div hidden><p>Tür &amp; <b hidden>Tor</b></p></div><p hidden></p>"
    assert without_hidden(page.encode()).hidden == ("Tür & Tor",)


def test_a_page_of_another_width_is_left_alone() -> None:
    data = "<p hidden>x</p>".encode("utf-16")
    assert without_hidden(data).data == data


def test_into_the_manuscript() -> None:
    page = (
        "<html><head><title>Salt</title></head><body><h1>The Quay</h1><p>It rained.</p>"
        '<p hidden>Buy now.</p><p style="display:none">Subscribe.</p><p>It stopped.</p>'
        "</body></html>"
    )
    reading = documents.read([("a.html", page.encode())], None, lambda step: None)
    taken = documents.take(reading, titles(Metadata("Salt", "en")))
    texts = [text.value for one in taken.adopted.chapters for text in chapter_texts(one)]
    assert texts == ["The Quay", "It rained.", "It stopped."]
    (told,) = [f for f in taken.findings if f.code == "DOC010"]
    assert "“Buy now.”; “Subscribe.”" in told.message
    assert not taken.proof.findings
    (entry,) = [e for e in taken.proof.entries if e.rule == "hidden"]
    assert (entry.edits, entry.removed) == (2, len("Buynow.Subscribe."))


PIECES = st.sampled_from(
    ["<p>", "</p>", "<p hidden>", "<div style='display:none'>", "</div>", "<div>", "<li hidden>",
     "<ul>", "</ul>", "<!--", "-->", "<script>", "</script>", "a", " ", "<", ">", '"',
     "<br hidden>", "<template>", "</template>", "<style>.x{display:none}", "</style>",
     "<b class=x>", "</b>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_nothing_but_hidden_elements_is_cut(pieces: list[str]) -> None:
    """What is left stood there, in its order, and what hides nothing stays as it is."""
    page = "".join(pieces)
    left = seen(page)
    letters = iter(page)
    assert all(letter in letters for letter in left)
    if not any(word in page for word in ("hidden", "none", "template")):
        assert left == page


def test_hostile_pages_take_bounded_work() -> None:
    for page in ("<div hidden>" * 50_000, "<a \"'" * 50_000, "<!--" * 100_000, "<p hidden" * 50_000,
                 "<style>" + ".a,b c{display:none}" * 50_000,
                 "<style>" + ".a{display:none}" * 9_000 + "</style>" + "<p class=a>" * 9_000,
                 "<p style=visibility:hidden>" * 9_000 + "<p style=visibility:visible>" * 9_000,
                 "<li hidden>" * 50_000, "</b hidden>" * 50_000):  # fmt: skip
        without_hidden(page.encode())
