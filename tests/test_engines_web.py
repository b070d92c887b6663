"""The door to the browser: who may ask, what is refused, and how it starts and stops."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from booktools.engines.web import MOST_BODY, Data, Refused, _listen, application
from booktools.errors import Conflict
from review_book import make_book

TOKEN = "a-secret-of-some-length"
BASE = "http://127.0.0.1:8765"
SAID = {"x-booktools": "1", "origin": BASE}


class Fake:
    """A service that tells what it was asked."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Mapping[str, Any]]] = []

    def file(self, name: str) -> Data | None:
        files = {"index.html": Data("text/html", b"<h1>here</h1>"), "a.js": Data("text/x", b"1")}
        return files.get(name)

    def get(self, name: str, query: Mapping[str, str]) -> Any:
        if name == "picture":
            return Data("image/png", b"png")
        if name != "echo":
            raise LookupError(name)
        return dict(query)

    def post(self, name: str, body: Mapping[str, Any]) -> Any:
        self.told.append((name, body))
        if name == "late":
            raise Refused(409, {"error": "too late", "conflict": True})
        if name == "clash":
            raise Conflict("changed meanwhile", hint="Look again.")
        return {"done": True}


@pytest.fixture
def fake() -> Fake:
    return Fake()


def stranger(fake: Fake, **headers: str) -> TestClient:
    return TestClient(application(fake, TOKEN, 8765), base_url=BASE, headers=headers)


@pytest.fixture
def guest(fake: Fake) -> TestClient:
    """Somebody who came by the link."""
    client = stranger(fake)
    assert client.get("/", params={"token": TOKEN}).status_code == 200
    return client


def test_the_link_opens_the_page_and_gives_a_key(fake: Fake) -> None:
    client = stranger(fake)
    reply = client.get("/", params={"token": TOKEN})
    assert reply.text == "<h1>here</h1>"
    cookie = reply.headers["set-cookie"].lower()
    assert cookie.startswith("booktools-8765=")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/").status_code == 200
    assert client.get("/a.js").text == "1"


@pytest.mark.parametrize("path", ["/", "/?token=", "/?token=wrong", "/a.js", "/api/echo?x=1"])
def test_without_the_key_nothing_is_told(fake: Fake, path: str) -> None:
    reply = stranger(fake).get(path)
    assert reply.status_code == 403
    assert "link" in reply.text
    assert "set-cookie" not in reply.headers


def test_another_cookie_is_no_key(fake: Fake) -> None:
    for cookie in (f"booktools-8766={TOKEN}", "booktools-8765=é", f"x=booktools-8765={TOKEN}"):
        header = [(b"cookie", cookie.encode())]
        assert stranger(fake).get("/api/echo", headers=header).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1:1", "127.0.0.1"])
def test_a_name_that_a_stranger_points_at_us_is_turned_away(guest: TestClient, host: str) -> None:
    assert guest.get("/api/echo", headers={"host": host}).status_code == 421
    assert guest.get(f"/?token={TOKEN}", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"x-booktools": "1"},
        {"x-booktools": "1", "origin": "http://evil.example"},
        {"x-booktools": "1", "origin": "null"},
        {"x-booktools": "1", "origin": "http://127.0.0.1:8766"},
        {"origin": BASE},
        {**SAID, "sec-fetch-site": "cross-site"},
        {**SAID, "sec-fetch-site": "same-site"},
        {**SAID, "sec-fetch-site": "none"},
    ],
)
def test_a_change_from_another_page_is_refused(
    guest: TestClient, fake: Fake, headers: dict[str, str]
) -> None:
    assert guest.post("/api/decide", json={}, headers=headers).status_code == 403
    assert not fake.told


def test_a_form_cannot_change_anything(guest: TestClient, fake: Fake) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        reply = guest.post("/api/decide", content=b"{}", headers={**SAID, "content-type": kind})
        assert reply.status_code == 415
    assert guest.put("/api/decide", json={}, headers=SAID).status_code == 405
    assert guest.get("/api/decide").status_code == 404
    assert not fake.told


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_another_program_on_this_machine_learns_nothing(guest: TestClient, site: str) -> None:
    """Its page brings our cookie: cookies know no ports."""
    said = guest.get("/api/echo?x=1", headers={"sec-fetch-site": site})
    assert said.status_code == 403
    assert guest.get("/api/echo?x=1", headers={"sec-fetch-site": "same-origin"}).status_code == 200
    assert guest.get("/a.js", headers={"sec-fetch-site": "none"}).status_code == 200


def test_questions_and_answers(guest: TestClient, fake: Fake) -> None:
    assert guest.get("/api/echo?a=1&b=é").json() == {"a": "1", "b": "é"}
    assert guest.get("/api/picture").content == b"png"
    assert guest.post("/api/decide", json={"x": 1}, headers=SAID).json() == {"done": True}
    assert fake.told == [("decide", {"x": 1})]
    assert guest.get("/api/unknown").status_code == 404
    assert guest.get("/nothing.js").status_code == 404


def test_what_is_refused_says_why(guest: TestClient) -> None:
    late = guest.post("/api/late", json={}, headers=SAID)
    assert (late.status_code, late.json()["conflict"]) == (409, True)
    clash = guest.post("/api/clash", json={}, headers=SAID)
    assert clash.status_code == 409
    assert "changed meanwhile" in clash.json()["error"]


@pytest.mark.parametrize("body", [b"", b"[]", b"1", b"{", b"[" * 100_000, b"\xff", b"null"])
def test_a_body_that_is_no_object_is_refused(guest: TestClient, body: bytes) -> None:
    headers = {**SAID, "content-type": "application/json"}
    assert guest.post("/api/decide", content=body, headers=headers).status_code == 400


def test_sizes_are_bounded(guest: TestClient, fake: Fake) -> None:
    headers = {**SAID, "content-type": "application/json"}

    def endless() -> Iterator[bytes]:
        yield b'{"a": "'
        for _ in range(MOST_BODY // 1000 + 2):
            yield b"x" * 1000

    assert guest.post("/api/decide", content=endless(), headers=headers).status_code == 413
    assert guest.get("/api/echo", params={"a": "x" * 10_000}).status_code == 414
    assert not fake.told


def test_every_answer_keeps_the_page_to_itself(guest: TestClient) -> None:
    for path in ("/", "/a.js", "/api/echo", "/nothing", "/api/unknown"):
        headers = guest.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
    assert guest.get("/", headers={"host": "x"}).headers["x-content-type-options"] == "nosniff"


def test_a_busy_port_gives_way_to_another() -> None:
    with _listen(0) as first:
        port = first.getsockname()[1]
        with _listen(port) as second:
            assert second.getsockname()[0] == "127.0.0.1"
            assert second.getsockname()[1] != port


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_tells_its_link_and_stops_at_a_signal(tmp_path: Path, number: int) -> None:
    make_book(tmp_path)
    command = [sys.executable, "-m", "booktools.cli", "--project", str(tmp_path), "review"]
    with subprocess.Popen(
        [*command, "--no-open"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as server:  # fmt: skip
        assert server.stdout is not None
        link = next(m for line in server.stdout if (m := re.search(r"http://127\S+", line)))[0]
        port = int(re.search(r":(\d+)/\?token=[\w-]{20,}$", link)[1])  # type: ignore[index]
        with socket.create_connection(("127.0.0.1", port), 5) as plain:
            plain.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            reply = plain.recv(4000)
            assert b" 403 " in reply.split(b"\r\n")[0]
            assert b"server:" not in reply.lower()
            started = time.monotonic()
            server.send_signal(number)  # while the browser still holds its connection
            out, err = server.communicate(timeout=20)
        assert time.monotonic() - started < 10
        assert server.returncode == 0, err
        assert "Traceback" not in err
        assert "manuscript/errata.toml" in out


def test_paths_lead_nowhere_else(guest: TestClient) -> None:
    for path in ("/api/..%2f..%2fetc", "/..%2f..%2fetc/passwd", "/fonts/../index.html%00"):
        assert guest.get(path).status_code == 404
