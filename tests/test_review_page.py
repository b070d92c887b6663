"""The review page in a browser: keys, families, two people, reading, phones, no barriers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from booktools.errata.answers import parse_answers
from booktools.errata.entry import State
from review_book import LEDGER, booktools, ledger_of, make_book
from review_browser import (
    PHONE,
    browser,
    entries,
    reviewer,
    select,
    served,
    served_as_it_is,
    shows,
    violations,
    wait_for,
    wide,
)
from test_review_picture import printed

TWO = "required_reviews = 2\n"
__all__ = ["browser"]  # the fixture


def test_a_reviewer_decides_with_the_keys_alone(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        shows(page, "E001")
        assert "token" not in page.url
        expect(page.locator(".sentence del")).to_contain_text("teh")
        expect(page.locator(".sentence ins")).to_contain_text("the")
        expect(page.locator("#source-page mark")).to_have_text("teh")
        page.keyboard.press("s")
        shows(page, "E004")
        page.keyboard.press("k")
        shows(page, "E001")
        page.keyboard.press("a")
        shows(page, "E004")
        # written before it is told
        assert entries(tmp_path)["E001"].decided_by == "Ana"
        expect(page.locator("#progress-said")).to_have_text("5 of 7 open for you")
        expect(page.locator("#live")).to_contain_text("Accepted: “teh” → “the”")
        page.keyboard.press("u")
        shows(page, "E001")
        assert ledger_of(tmp_path) == LEDGER
        page.keyboard.press("f")
        shows(page, "E002")
        page.keyboard.press("r")
        shows(page, "E003")
        assert entries(tmp_path)["E002"].state is State.REJECTED
        page.keyboard.press("e")
        page.keyboard.type("Mazagrán, Inc.")
        page.keyboard.press("Enter")
        shows(page, "E006")
        assert entries(tmp_path)["E003"].wanted == "Mazagrán, Inc."
        page.keyboard.press("a")  # no reading is proposed: nothing happens
        expect(page.get_by_role("button", name="Accept a", exact=True)).to_be_disabled()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="How to review")).to_be_visible()
        page.keyboard.press("r")  # not while the help is open
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert entries(tmp_path)["E006"].state is State.OPEN
        page.reload()  # the name is remembered, the key is the cookie
        shows(page, "E006")
        page.keyboard.press("u")  # what was done before can still be undone
        shows(page, "E003")
        assert entries(tmp_path)["E003"].state is State.OPEN


def test_a_family_is_decided_at_once(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        expect(page.locator("#card")).to_contain_text("One of 3 cases of the same habit")
        page.keyboard.press("Shift+A")
        shows(page, "E002")
        expect(page.locator("#toast-said")).to_contain_text("Accepted 3: “teh” → “the”")
        assert [e.id for e in entries(tmp_path).values() if e.accepted] == ["E001", "E004", "E005"]
        page.locator("#toast").get_by_role("button", name="Undo").click()
        shows(page, "E001")
        assert ledger_of(tmp_path) == LEDGER
        page.get_by_role("button", name="Show them together").click()
        expect(page.locator("#list li")).to_have_count(3)
        page.get_by_role("button", name="Reject all 3").click()
        wait_for(lambda: entries(tmp_path)["E005"].state is State.REJECTED)


def test_filters_search_and_the_end(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        page.locator("#filters").get_by_label("Kind").select_option("query")
        shows(page, "E006")
        page.locator("#filters").get_by_label("Kind").select_option("")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("mazagran")
        shows(page, "E003")
        expect(page.locator("#list li")).to_have_count(1)
        page.get_by_label("Search").fill("no such words")
        expect(page.locator("#card")).to_contain_text("No suggestion fits")
        page.get_by_role("button", name="Show all").click()
        shows(page, "E001")
        page.locator("#filters").get_by_label("State").select_option("rejected")
        shows(page, "E007")
        expect(page.locator("#card")).to_contain_text("Rejected by copy-editor")
        page.get_by_role("button", name="Open it again").click()
        wait_for(lambda: entries(tmp_path)["E007"].state is State.OPEN)
        page.locator("#filters").get_by_label("Order").select_option("book")
        page.locator("#filters").get_by_label("State").select_option("open")
        for id in ("E001", "E002", "E007", "E003", "E004", "E005", "E006"):
            shows(page, id)
            page.keyboard.press("r")
        expect(page.locator("#card")).to_contain_text("Everything is answered")


def test_two_pages_do_not_overwrite_each_other(browser: Browser, tmp_path: Path) -> None:
    with (
        served(tmp_path) as here,
        reviewer(browser, here.link) as ana,
        reviewer(browser, here.link, "Ben") as ben,
    ):
        shows(ben, "E001")
        ana.keyboard.press("a")
        shows(ana, "E004")
        ben.keyboard.press("r")
        expect(ben.get_by_role("alert").first).to_contain_text("changed meanwhile")
        expect(ben.locator("#card")).to_contain_text("Accepted by Ana")
        assert entries(tmp_path)["E001"].decided_by == "Ana"
        ben.keyboard.press("s")
        shows(ben, "E004")
        ben.keyboard.press("r")
        shows(ben, "E005")
        assert entries(tmp_path)["E004"].decided_by == "Ben"


def test_two_people_must_agree_each_for_himself(browser: Browser, tmp_path: Path) -> None:
    with (
        served(tmp_path, more=TWO) as here,
        reviewer(browser, here.link) as ana,
        reviewer(browser, here.link, "Ben") as ben,
    ):
        ana.keyboard.press("r")
        shows(ana, "E004")
        ben.reload()
        expect(ben.locator("#card")).to_contain_text("1 other person has answered")
        expect(ben.locator("#card")).not_to_contain_text("Ana")
        ben.keyboard.press("a")
        shows(ben, "E004")
        assert entries(tmp_path)["E001"].state is State.OPEN
        ana.reload()
        ana.locator("#filters").get_by_label("State").select_option("disputed")
        shows(ana, "E001")
        expect(ana.locator("#card")).to_contain_text("The reviewers do not agree")
        expect(ana.locator("#card")).to_contain_text("Ben: “the”")
        ana.keyboard.press("a")
        wait_for(lambda: entries(tmp_path)["E001"].accepted)


def test_reading_and_a_correction_of_ones_own(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        page.keyboard.press("c")
        expect(page.locator(".passage")).to_have_count(4)
        expect(page.locator(".entry.found-here")).to_contain_text("teh")
        # words are selected with the mouse
        select(page, "Marta counted")
        page.get_by_role("button", name="Correct this", exact=True).click()
        expect(page.locator("#edit-found")).to_have_text("Marta counted")
        page.keyboard.type("Marta had counted")
        page.get_by_label("How do you know?").fill("the tense of the page")
        page.keyboard.press("Enter")
        expect(page.locator(".entry.accepted")).to_contain_text("Marta had counted")
        own = entries(tmp_path)["E008"]
        assert (own.found, own.line, own.decided_by) == ("Marta counted", 7, "Ana")
        # the same without a mouse: a paragraph's pencil
        page.get_by_role("button", name="Correct this paragraph: She had written").press("Enter")
        field = page.get_by_label("Change what is wrong")
        field.fill(field.input_value().replace("far away, and", "far away and"))
        page.get_by_label("Kind").last.select_option("punctuation")
        page.get_by_role("button", name="Accept this reading").click()
        expect(page.locator(".entry.accepted")).to_have_count(2)
        assert entries(tmp_path)["E009"].found == "away,"
        assert booktools(tmp_path, "errata", "check") == 0
        page.keyboard.press("u")
        expect(page.locator(".entry.accepted")).to_have_count(1)
        # what is corrected already says so
        select(page, "wall. Marta")
        page.keyboard.press("e")
        page.keyboard.type("wall. Maria")
        page.keyboard.press("Enter")
        expect(page.locator("#edit-fault")).to_contain_text("E008")
        page.keyboard.press("Escape")
        page.locator("#chapter-choice").select_option(label="The lamp")
        expect(page.locator(".passage").first).to_contain_text("CHAPTER TWO")


LAWS = """() => {
  let seed = 7;
  const random = (count) => (seed = (seed * 48271) % 2147483647) % count;
  const words = ["a", "bc", "the", "lamp,", "𝔘x", "é", "end."];
  const some = () => Array.from({ length: 1 + random(6) }, () => words[random(7)]);
  const wrong = [];
  for (let n = 0; n < 3000; n += 1) {
    const before = some(), after = [...before];
    const at = random(before.length);
    if (n % 3 === 0) after.splice(at, 1);
    if (n % 3 === 1) after.splice(at, 0, words[random(7)]);
    if (n % 3 === 2) after[at] = words[random(7)];
    const one = before.join(" "), two = after.join(" ");
    const part = difference(one, two);
    if (one === two ? part !== null : !part || !part.found.trim() ||
        cut(one, part.start, part.end) !== part.found ||
        cut(one, 0, part.start) + part.wanted + cut(one, part.end) !== two) {
      wrong.push(["difference", one, two, part]);
    }
    const shared = split(one, two);
    if (shared.before + shared.old + shared.after !== one ||
        shared.before + shared.now + shared.after !== two) wrong.push(["split", one, two]);
    const letters = Array.from(one), from = random(letters.length), to = from + 1 + random(3);
    const [start, end] = wholeWords(one, from, Math.min(to, letters.length));
    const whole = cut(one, start, end);
    if (whole.trim() !== whole) wrong.push(["wholeWords", one, from, to]);
  }
  return wrong;
}"""


def test_what_is_changed_in_a_paragraph_is_found_again(browser: Browser, tmp_path: Path) -> None:
    """The stretch that differs, put into the old text, gives the new one: three thousand times."""
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        assert page.evaluate(LAWS) == []


def test_where_a_form_stands_elsewhere(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        page.goto(f"{here.link.split('/?')[0]}/#/E002")
        shows(page, "E002")
        page.get_by_role("button", name=re.compile("“traps” stands elsewhere")).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("li")).to_have_count(2)
        dialog.get_by_role("link").last.click()
        expect(page.locator(".passage.arrived")).to_contain_text("The traps were full")
        page.go_back()
        shows(page, "E002")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("how", [{}, PHONE], ids=["desk", "phone"])
def test_nothing_bars_anybody(
    browser: Browser, tmp_path: Path, scheme: str, how: dict[str, object]
) -> None:
    """Every view, by axe's rules, in both colours, and no wider than the window."""
    still = {"color_scheme": scheme, "reduced_motion": "reduce"}
    with (
        served(tmp_path, more=TWO) as here,
        reviewer(browser, here.link, "", **how, **still) as page,
    ):
        found = {"name": violations(page)}
        page.get_by_label("Name").fill("Ana")
        page.keyboard.press("Enter")
        shows(page, "E001")
        page.keyboard.press("s")
        shows(page, "E004")
        if how:
            page.get_by_role("button", name="List and filters").click()
        found["card and list"] = violations(page)
        assert not wide(page)
        page.locator("body").press("r")
        expect(page.locator("#toast")).to_be_visible()
        found["toast"] = violations(page)
        page.keyboard.press("e")
        found["edit"] = violations(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("?")
        found["help"] = violations(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.locator(".else button").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found["places"] = violations(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("c")
        expect(page.locator(".passage").first).to_be_visible()
        found["reading"] = violations(page)
        assert not wide(page)
        for id in ("E004", "E007", "E006"):  # answered by oneself, rejected, without a reading
            page.evaluate("id => { location.hash = `#/${id}`; }", id)
            shows(page, id)
            found[id] = violations(page)
        page.get_by_label("Search").fill("no such words")
        expect(page.locator("#card")).to_contain_text("No suggestion fits")
        found["nothing"] = violations(page)
        assert not wide(page)
        page.get_by_label("Search").fill("")
        shows(page, "E001")
        for id in ("E001", "E005", "E002", "E003", "E006"):
            page.evaluate("id => { location.hash = `#/${id}`; }", id)
            shows(page, id)
            page.locator("#do-reject").click()
        expect(page.locator("#card")).to_contain_text("Everything is answered")
        expect(page.locator("#card")).to_contain_text("6 waiting for others")
        found["done"] = violations(page)
        assert not wide(page)
        assert {view: faults for view, faults in found.items() if faults} == {}


def test_the_focus_is_never_lost(browser: Browser, tmp_path: Path) -> None:
    """Tab and Enter alone: after each decision one stands at the next card, and hears it."""
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        shows(page, "E001")
        page.get_by_role("button", name="Accept all 3").focus()
        page.keyboard.press("Enter")
        shows(page, "E002")
        expect(page.locator("#card-title")).to_be_focused()
        expect(page.locator("#live")).to_contain_text("There stands: trapos; it might read: traps")
        page.locator("#do-reject").focus()
        page.keyboard.press("Enter")
        shows(page, "E003")
        expect(page.locator("#do-reject")).to_be_focused()
        page.locator("#do-edit").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("It should read")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#do-edit")).to_be_focused()
        page.locator("#do-skip").focus()
        page.keyboard.press("Enter")
        shows(page, "E006")
        expect(page.locator("#live")).to_contain_text("no reading yet")
        page.keyboard.press("Enter")
        shows(page, "E003")
        expect(page.locator("#toast-said")).to_contain_text("from the beginning again")
        page.locator("#do-accept").focus()
        page.keyboard.press("Enter")
        shows(page, "E006")
        page.locator("#do-reject").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#card")).to_contain_text("Everything is answered")
        expect(page.locator("#card-title")).to_be_focused()


def test_keys_can_be_turned_off(browser: Browser, tmp_path: Path) -> None:
    """Who speaks to the machine must not decide by a word that is misheard."""
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        page.keyboard.press("?")
        page.get_by_label("Single keys decide").uncheck()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("a")
        page.get_by_role("button", name="Reject r", exact=True).click()
        shows(page, "E004")
        assert entries(tmp_path)["E001"].state is State.REJECTED


def test_the_page_says_when_booktools_has_stopped(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as here:
        context = browser.new_context()
        page = context.new_page()
        page.goto(here.link)
        page.get_by_label("Name").fill("Ana")
        page.keyboard.press("Enter")
        shows(page, "E001")
    page.keyboard.press("a")
    expect(page.get_by_role("alert").first).to_contain_text("booktools has stopped")
    shows(page, "E001")
    context.close()
    assert ledger_of(tmp_path) == LEDGER


def test_the_page_of_print_is_shown_with_the_word_boxed(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    printed(folder)
    with served_as_it_is(folder) as here, reviewer(browser, here.link) as page:
        picture = page.get_by_alt_text("Source page 1")
        wait_for(lambda: picture.evaluate("image => image.complete && image.naturalWidth") == 600)
        box, whole = page.locator(".scan .box").bounding_box(), picture.bounding_box()
        assert box
        assert whole
        assert 0.4 < (box["x"] - whole["x"]) / whole["width"] < 0.6
        assert 0.2 < (box["y"] - whole["y"]) / whole["height"] < 0.3
        page.get_by_text("The page as text").click()
        expect(page.locator("#source-page mark")).to_have_text("teh")
        assert violations(page) == []


def test_a_book_of_markup_stays_text(browser: Browser, tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
    ledger = LEDGER.replace("The book has the accent elsewhere.", evil)
    with served(tmp_path, ledger) as here, reviewer(browser, here.link) as page:
        page.goto(f"{here.link.split('/?')[0]}/#/E003")
        expect(page.locator(".evidence")).to_contain_text(evil)
        assert page.locator("#card img").count() == 0
    file = tmp_path / "review.html"
    assert booktools(tmp_path, "review", "--export", str(file)) == 0
    with reviewer(browser, file.as_uri(), "Eva") as page:
        page.get_by_label("Search").fill("Mazagran")
        shows(page, "E003")
        expect(page.locator(".evidence")).to_contain_text(evil)


def test_the_page_that_goes_by_mail(browser: Browser, tmp_path: Path) -> None:
    """A volunteer opens it without a server, answers, and the file comes back."""
    make_book(tmp_path)
    file = tmp_path / "review.html"
    assert booktools(tmp_path, "review", "--export", str(file)) == 0
    assert "http" not in re.sub(r"http-equiv|http://www\.w3\.org", "", file.read_text("utf-8"))
    with reviewer(browser, file.as_uri(), "Eva") as page:
        shows(page, "E001")
        assert violations(page) == []
        page.keyboard.press("Shift+A")
        shows(page, "E002")
        page.keyboard.press("e")
        page.keyboard.type("trap-doors")
        page.keyboard.press("Enter")
        shows(page, "E003")
        page.keyboard.press("r")
        shows(page, "E006")
        page.keyboard.press("r")
        expect(page.locator("#card")).to_contain_text("Save your answers")
        page.keyboard.press("u")
        shows(page, "E006")
        page.keyboard.press("c")
        expect(page.locator(".passage")).to_have_count(4)
        select(page, "were full again")
        page.keyboard.press("e")
        page.keyboard.type("were empty again")
        page.keyboard.press("Enter")
        expect(page.locator("#toast")).to_contain_text("Entered")
        page.reload()  # nothing is lost
        with page.expect_download() as loading:
            page.get_by_role("button", name="Save 6 answers").click()
            page.get_by_role("button", name="Save as a file").click()
        answers = tmp_path / "answers.json"
        loading.value.save_as(answers)
    text = answers.read_text("utf-8")
    said = parse_answers(text, "answers.json")
    assert {a.id: (a.decision.state, a.decision.wanted) for a in said.answers} == {
        "E001": (State.ACCEPTED, None),
        "E004": (State.ACCEPTED, None),
        "E005": (State.ACCEPTED, None),
        "E002": (State.ACCEPTED, "trap-doors"),
        "E003": (State.REJECTED, None),
    }
    (own,) = said.new
    assert (own.found, own.wanted, own.line) == ("were full again", "were empty again", 25)
    assert json.loads(text)["answers"][0]["by"] == "Eva"
    assert ledger_of(tmp_path) == LEDGER
    assert booktools(tmp_path, "errata", "import", str(answers)) == 0
    now = entries(tmp_path)
    assert [now[i].state.value for i in ("E001", "E002", "E003", "E006")] == [
        "accepted",
        "accepted",
        "rejected",
        "open",
    ]
    assert now["E002"].wanted == "trap-doors"
    (fresh,) = [entry for entry in now.values() if entry.found == "were full again"]
    assert booktools(tmp_path, "errata", "check") == 0
    assert fresh.state is State.OPEN
