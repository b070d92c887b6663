"""Any words of the book can be selected and corrected, whatever they stand in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from booktools.desk.desk import open_desk
from booktools.store import open_project
from review_book import booktools, make_book
from review_browser import browser, entries, reviewer, served, served_as_it_is, shows, wait_for

__all__ = ["browser"]  # the fixture

ENGLISH = """\
# The harbour

## What the wall was for

The boats lay *under the* wall,[^one] and
the tide came **in** at noon.

> Nobody goes out
> when the lamp is dark.

| The lamp is lit,
| the boats come home,
| and nobody counts them.

- a net of cord
- a hook of iron

| Boat | Traps |
|------|-------|
| Ninth | forty |

![The wall in winter](images/wall.png)

[^one]: A wall of dry stones, older than the town.
"""
HEBREW = "# הנמל\n\nהסירות עמדו ליד הקיר, והמנורה דלקה 1914 כל הלילה.\n"


def written(folder: Path, text: str, language: str = "en") -> None:
    files = {
        "manuscript/book.toml": f'title = "The Harbour"\nlanguage = "{language}"\n'
        'identifiers = ["urn:uuid:2b6f0cc9-04d7-4d63-9f4d-1f2a1c1f0e11"]\n',
        "manuscript/text/01-a.md": text,
        "manuscript/errata.toml": "",
    }
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(data, "utf-8")


def drag(page: Page, first: str, last: str) -> None:
    """Select from the middle of one word to the middle of another, as a mouse does."""
    page.evaluate(
        """([first, last]) => {
          const passage = [...document.querySelectorAll('.passage p')].find(p =>
            p.textContent.includes(first) && p.textContent.includes(last));
          const spot = (word, half) => {
            const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const at = node.data.indexOf(word);
              if (at >= 0) return [node, at + half];
            }
          };
          getSelection().setBaseAndExtent(...spot(first, 1), ...spot(last, last.length - 1));
        }""",
        [first, last],
    )


@pytest.mark.parametrize(
    ("first", "last", "found", "wanted"),
    [
        ("wall", "was", "wall was", "wall is"),  # a heading
        ("under", "wall,", "under the wall", "below the wall"),  # over emphasis
        ("goes", "when", "goes out when", "went out when"),  # a quotation, over a line's end
        ("lit,", "boats", "lit, the boats", "lit; the boats"),  # verse, over a line's end
        ("cord", "cord", "cord", "twine"),  # an item of a list
        ("forty", "forty", "forty", "fifty"),  # a cell of a table
        ("dry", "stones,", "dry stones", "dry-laid stones"),  # a note
        ("winter", "winter", "winter", "December"),  # a caption
    ],
)
def test_words_of_every_kind(
    browser: Browser, tmp_path: Path, first: str, last: str, found: str, wanted: str
) -> None:
    written(tmp_path, ENGLISH)
    with served_as_it_is(tmp_path) as here, reviewer(browser, here.link) as page:
        page.get_by_role("link", name="Read", exact=True).click()
        expect(page.locator(".passage").first).to_be_visible()
        drag(page, first, last)
        page.get_by_role("button", name="Correct this", exact=True).click()
        assert page.locator("#edit-found").inner_text().rstrip(",") == found
        said = page.locator("#edit-found").inner_text()
        page.get_by_label("It should read").fill(said.replace(found, wanted))
        page.keyboard.press("Enter")
        wait_for(lambda: "E001" in entries(tmp_path))
        expect(page.locator(".entry.accepted")).to_have_count(1)
    assert booktools(tmp_path, "errata", "apply") in (0, 3)
    assert booktools(tmp_path, "errata", "check") in (0, 3)
    assert entries(tmp_path)["E001"].found.startswith(found)


def test_a_book_written_from_right_to_left(browser: Browser, tmp_path: Path) -> None:
    written(tmp_path, HEBREW, "he")
    with served_as_it_is(tmp_path) as here, reviewer(browser, here.link) as page:
        page.get_by_role("link", name="Read", exact=True).click()
        passage = page.locator(".passage p").last
        assert passage.evaluate("p => getComputedStyle(p).direction") == "rtl"
        drag(page, "והמנורה", "1914")
        page.keyboard.press("e")
        expect(page.locator("#edit-found")).to_have_text("והמנורה דלקה 1914")
        field = page.get_by_label("It should read")
        assert field.evaluate("f => getComputedStyle(f).direction") == "rtl"
        field.fill("והמנורה דלקה 1915")
        page.keyboard.press("Enter")
        wait_for(lambda: "E001" in entries(tmp_path))
        own = entries(tmp_path)["E001"]
        assert (own.found, own.wanted) == ("והמנורה דלקה 1914", "והמנורה דלקה 1915")
        page.goto(f"{here.link.split('/?')[0]}/#/E001")
        shows(page, "E001")
        assert page.locator(".sentence").evaluate("s => getComputedStyle(s).direction") == "rtl"
        cell = page.locator(".readings .form").first
        assert cell.evaluate("s => getComputedStyle(s).direction") == "rtl"
    assert booktools(tmp_path, "errata", "apply") == 0
    assert "1915" in (tmp_path / "manuscript/text/01-a.md").read_text("utf-8")


def test_words_of_two_paragraphs_are_refused_with_a_reason(
    browser: Browser, tmp_path: Path
) -> None:
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        page.get_by_role("link", name="Read", exact=True).click()
        expect(page.locator(".passage").first).to_be_visible()
        page.evaluate(
            """() => { const [a, b] = [...document.querySelectorAll('.passage.paragraph p')];
                 getSelection().setBaseAndExtent(a.firstChild, 0, b.lastChild, 1); }"""
        )
        page.keyboard.press("e")
        expect(page.locator("#toast")).to_contain_text("Select some words of one paragraph")


def test_no_name_of_a_book_becomes_markup(browser: Browser, tmp_path: Path) -> None:
    """Title, chapters, readings, notes, rules, families and people: all of it stays text."""
    evil = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
    ledger = json.dumps  # TOML's basic strings are written as JSON's
    rows: dict[str, Any] = {
        "id": "E001", "line": 3, "found": "boats", "wanted": evil, "context": "The boats lay",
        "kind": "typo", "rule": "SPL001", "family": f"family {evil}", "reason": evil,
        "state": "open",
    }  # fmt: skip
    text = f"# Boats {evil.replace('<', chr(92) + '<')}\n\nThe boats lay here; the boats.\n"
    written(tmp_path, text)
    book = tmp_path / "manuscript/book.toml"
    said = book.read_text("utf-8").replace('"The Harbour"', ledger(f"The {evil}"))
    book.write_text(f"required_reviews = 2\n{said}", "utf-8")
    entry = "".join(f"{key} = {ledger(value)}\n" for key, value in rows.items())
    (tmp_path / "manuscript/errata.toml").write_text(f"[[erratum]]\n{entry}", "utf-8")
    file = tmp_path / "review.html"
    assert booktools(tmp_path, "review", "--export", str(file)) == 0
    with served_as_it_is(tmp_path) as here:
        for link in (here.link, file.as_uri()):
            with reviewer(browser, link, f"Ana {evil[:60]}") as page:
                shows(page, "E001")
                expect(page.locator(".evidence")).to_contain_text(evil)
                page.locator(".else button").first.click()
                expect(page.get_by_role("dialog")).to_be_visible()
                page.keyboard.press("Escape")
                expect(page.get_by_role("dialog")).to_have_count(0)
                page.keyboard.press("a")
                expect(page.locator("#card")).to_contain_text("answered")
                page.get_by_role("link", name="Read", exact=True).click()
                expect(page.locator(".passage").first).to_contain_text("<img")
                assert page.evaluate("window.hit") is None
                assert page.locator("main img, main script").count() == 0
    titles = open_desk(open_project(tmp_path), lambda step: None).get("overview", {})
    assert evil in titles["title"]


def test_verse_keeps_its_lines(browser: Browser, tmp_path: Path) -> None:
    make_book(tmp_path)
    (tmp_path / "manuscript/layout.toml").write_text(
        '[[block]]\nlines = "25-27"\nrole = "verse"\n'
        'text = "The traps were full again. Nobody in the harbour re-"\n', "utf-8")  # fmt: skip
    with served_as_it_is(tmp_path) as here, reviewer(browser, here.link) as page:
        page.goto(f"{here.link.split('/?')[0]}/#/read/1")
        verse = page.locator(".passage.verse p")
        assert "and nobody spoke\nof the lamp" in verse.inner_text()
        drag(page, "spoke", "lamp")
        page.keyboard.press("e")
        expect(page.locator("#edit-found")).to_have_text("spoke of the lamp")
        page.get_by_label("It should read").fill("talked of the lamp")
        page.keyboard.press("Enter")
        wait_for(lambda: "E008" in entries(tmp_path))
        assert (entries(tmp_path)["E008"].line, entries(tmp_path)["E008"].found) == (
            26, "spoke of the lamp",
        )  # fmt: skip
    assert booktools(tmp_path, "recover") == 0


def test_headings_of_a_manuscript_are_told_apart(tmp_path: Path) -> None:
    written(tmp_path, ENGLISH)
    copy = open_desk(open_project(tmp_path), lambda step: None).laid.copy
    assert [p.role for p in copy.paragraphs[:3]] == ["title", "heading", "paragraph"]


def test_every_word_can_be_taken_and_given_back(tmp_path: Path) -> None:
    """Where the page puts each stretch of a paragraph, the text has just those letters."""
    desk = open_desk(make_book(tmp_path), lambda step: None)
    for chapter in range(2):
        for paragraph in desk.get("chapter", {"chapter": str(chapter)})["paragraphs"]:
            text = desk.laid.copy.paragraphs[paragraph["number"]].text
            for piece in paragraph["pieces"]:
                assert text[piece["at"] :].startswith(piece["text"])
