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
from playwright.sync_api import Browser, Page, Playwright, expect

from booktools.desk.desk import Desk, open_desk
from booktools.engines.web import _listen, application
from booktools.store import open_project
from review_book import LEDGER, make_book

TOKEN = "the-token-of-the-tests"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

expect.set_options(timeout=5_000)


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
def served_as_it_is(folder: Path) -> Iterator[Served]:
    """A project that is there already."""
    desk = open_desk(open_project(folder), lambda step: None)
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


def wait_for(condition: Any, seconds: float = 5) -> None:
    """Wait until something outside the browser is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)
