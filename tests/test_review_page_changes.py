"""What happens elsewhere while the page is open: it is told, and nothing is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from review_book import LEDGER, make_book
from review_browser import (
    browser,
    entries,
    reviewer,
    select,
    served,
    served_as_it_is,
    shows,
    violations,
    wait_for,
)
from test_desk import born
from test_desk_changes import held

__all__ = ["browser", "held"]  # the fixtures


def test_the_page_is_of_use_before_the_book_is_read(
    browser: Browser, tmp_path: Path, held: Callable[[], None]
) -> None:
    make_book(tmp_path)
    with (
        served_as_it_is(tmp_path, patience=0.01) as here,
        reviewer(browser, here.link) as page,
    ):
        shows(page, "E001")
        expect(page.locator("#laying")).to_contain_text("Reading the book")
        expect(page.locator("#card")).to_contain_text("The book is still being read")
        assert violations(page) == []
        page.keyboard.press("c")
        page.get_by_role("link", name="Read", exact=True).click()
        expect(page.locator("#reading")).to_contain_text("still being read")
        assert violations(page) == []
        page.get_by_role("link", name="Decide", exact=True).click()
        expect(page.locator("#reading")).to_be_hidden()  # nobody decides what is not seen
        page.keyboard.press("a")
        shows(page, "E004")
        assert entries(tmp_path)["E001"].accepted
        held()
        expect(page.locator("#source-page mark")).to_have_text("teh")
        expect(page.locator("#laying")).to_be_hidden()
        page.get_by_role("link", name="Read", exact=True).click()
        expect(page.locator(".passage").first).to_be_visible()


def test_what_somebody_else_decides_is_seen(browser: Browser, tmp_path: Path) -> None:
    with (
        served(tmp_path) as here,
        reviewer(browser, here.link) as ana,
        reviewer(browser, here.link, "Ben") as ben,
    ):
        shows(ben, "E001")
        ana.keyboard.press("Shift+A")
        shows(ana, "E002")
        expect(ben.locator("#card")).to_contain_text("Accepted by Ana")
        expect(ben.locator("#progress-said")).to_have_text("3 of 7 open for you")
        expect(ben.locator("#live")).to_contain_text("changed elsewhere")
        ben.keyboard.press("s")
        shows(ben, "E002")


def test_a_ledger_that_is_broken_by_hand_is_told_until_it_is_mended(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "manuscript/errata.toml"
    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        shows(page, "E001")
        broken = LEDGER.replace('id = "E004"', "id = ")
        file.write_text(broken, "utf-8")
        alarm = page.locator("#alarm")
        expect(alarm).to_contain_text("manuscript/errata.toml:38")
        expect(alarm).to_contain_text("nothing can be decided")
        page.keyboard.press("a")
        shows(page, "E001")
        assert violations(page) == []
        assert file.read_text("utf-8") == broken
        file.write_text(LEDGER, "utf-8")
        expect(alarm).to_be_hidden()
        page.keyboard.press("a")
        shows(page, "E004")
        assert entries(tmp_path)["E001"].accepted


def test_a_text_that_changes_is_shown_as_it_is(browser: Browser, tmp_path: Path) -> None:
    born(tmp_path)
    file = tmp_path / "manuscript/text/02-lamp.md"
    with served_as_it_is(tmp_path) as here, reviewer(browser, here.link) as page:
        page.goto(f"{here.link.split('/?')[0]}/#/read/1")
        expect(page.locator(".passage").last).to_contain_text("The keeper climbed. His lamp")
        # somebody writes a correction while the text changes below
        select(page, "climbed")
        page.keyboard.press("e")
        page.get_by_label("It should read").fill("came down")
        (tmp_path / "manuscript/text/00-before.md").write_text(
            "# Before\n\nA preface of some words.\n", "utf-8"
        )
        file.write_text(file.read_text("utf-8").replace("lamp was", "lantern was"), "utf-8")
        page.get_by_label("It should read").press("Enter")
        expect(page.locator("#edit-dialog")).to_be_hidden()
        wait_for(lambda: "E003" in entries(tmp_path))
        own = entries(tmp_path)["E003"]
        assert (own.found, own.wanted, own.file) == (
            "climbed", "came down", "manuscript/text/02-lamp.md",
        )  # fmt: skip
        expect(page.locator("#chapter-choice option")).to_have_count(3)
        expect(page.locator("#live")).to_contain_text("changed on disk")


def test_words_that_are_no_more_are_not_corrected_but_kept(
    browser: Browser, tmp_path: Path
) -> None:
    born(tmp_path)
    file = tmp_path / "manuscript/text/02-lamp.md"
    with served_as_it_is(tmp_path) as here, reviewer(browser, here.link) as page:
        page.goto(f"{here.link.split('/?')[0]}/#/read/1")
        expect(page.locator(".passage").last).to_contain_text("The keeper climbed")
        select(page, "climbed")
        page.keyboard.press("e")
        page.get_by_label("It should read").fill("came down")
        file.write_text("# The lamp\n\nAnother sentence altogether.\n", "utf-8")
        page.get_by_label("It should read").press("Enter")
        expect(page.locator("#edit-fault")).to_contain_text("stand otherwise")
        expect(page.get_by_label("It should read")).to_have_value("came down")
        page.keyboard.press("Escape")
        expect(page.locator(".passage").last).to_contain_text("Another sentence")
        assert entries(tmp_path).keys() == {"E001", "E002"}


def test_a_full_disk_loses_nothing_that_was_written(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    with served(tmp_path) as here, reviewer(browser, here.link) as page:
        shows(page, "E001")
        page.keyboard.press("e")
        field = page.get_by_label("It should read")
        field.fill("the bright")
        monkeypatch.setattr(os, "fsync", full)
        field.press("Enter")
        expect(page.locator("#edit-fault")).to_contain_text("disk is full")
        expect(field).to_have_value("the bright")
        monkeypatch.undo()
        field.press("Enter")
        shows(page, "E004")
        assert entries(tmp_path)["E001"].wanted == "the bright"
