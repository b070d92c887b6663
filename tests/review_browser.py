"""A headless Chromium, and a review served to it, for the tests of the page."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from booktools.desk.desk import Desk, open_desk
from booktools.engines.web import _listen, application
from booktools.errata.entry import Entry
from booktools.errata.ledger import parse_errata
from booktools.store import open_project
from review_book import LEDGER, ledger_of, make_book

TOKEN = "the-token-of-the-tests"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

expect.set_options(timeout=10_000)


def chromium() -> str:
    """Chromium's path.  Where there is none the test is skipped, in CI it fails."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    if "CI" in os.environ:
        pytest.fail("there is no Chromium: scripts/setup.sh installs it where CI is set")
    pytest.skip("there is no Chromium: apt-get install chromium")


def launch(playwright: Playwright) -> Browser:
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # root has none
    return playwright.chromium.launch(
        executable_path=chromium(), args=[*sandbox, "--disable-dev-shm-usage"]
    )


@dataclass
class Served:
    """A review that is being served: its project's folder, its link and its desk."""

    folder: Path
    link: str
    desk: Desk


@contextmanager
def served(folder: Path, ledger: str = LEDGER, more: str = "") -> Iterator[Served]:
    make_book(folder, ledger, more)
    with served_as_it_is(folder) as here:
        yield here


@contextmanager
def served_as_it_is(folder: Path, patience: float | None = None) -> Iterator[Served]:
    """A project that is there already."""
    desk = open_desk(open_project(folder), lambda step: None, patience)
    with _listen(0) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            application(desk, TOKEN, port), http="h11", ws="none", lifespan="off",
            log_config=None, log_level="critical", timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield Served(folder, f"http://127.0.0.1:{port}/?token={TOKEN}", desk)
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def reviewer(browser: Browser, link: str, who: str = "Ana", **how: Any) -> Iterator[Page]:
    """Somebody's own browser with the page open and the name given; its faults fail the test."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **how})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    own = link.split("/?")[0]
    page.on("request", lambda sent: None if sent.url.startswith((own, "blob:", "file:", "data:"))
            else faults.append(f"it loads {sent.url}"))  # fmt: skip
    page.goto(link)
    if who:
        page.get_by_label("Name").fill(who)
        page.get_by_role("button", name="Begin").click()
        expect(page.locator("#card > *")).not_to_have_count(0)
    yield page
    context.close()
    assert not [fault for fault in faults if "409 (Conflict)" not in fault]


def violations(page: Page) -> list[str]:
    """What axe finds that bars people, over all its rules."""
    # evaluated, not loaded: the page's policy lets no foreign script in
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def wait_for(condition: Any, seconds: float = 10) -> None:
    """Wait until something outside the browser is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = launch(playwright)
        yield made
        made.close()


def entries(folder: Path) -> dict[str, Entry]:
    return {e.id: e for e in parse_errata(ledger_of(folder), "errata.toml")}


def shows(page: Page, id: str) -> None:
    expect(page.locator("#card .id")).to_have_text(id)


def wide(page: Page) -> bool:
    """Whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def select(page: Page, words: str) -> None:
    """Select words of the copy as a mouse does; what is corrected counts as it was."""
    page.evaluate(
        """words => {
          const passage = [...document.querySelectorAll('.passage p')].find(p =>
            p.textContent.includes(words.split(' ')[0]));
          const spot = offset => {
            const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
            let at = 0;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              if (at + node.length >= offset) return [node, offset - at];
              at += node.length;
            }
          };
          const start = passage.textContent.indexOf(words.split(' ')[0]);
          const end = passage.textContent.indexOf(words);
          const from = end >= 0 ? end : start;
          getSelection().setBaseAndExtent(...spot(from + 0.0), ...spot(from + words.length));
        }""",
        words,
    )
