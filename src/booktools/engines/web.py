"""The door to Starlette and uvicorn: a page for one person's browser, on this machine only.

What may be asked is told by a `Service`; who may ask is settled here.  Only 127.0.0.1 is
listened on; every answer but the first needs the cookie that the link with the token gives;
a Host that is not ours is turned away (a stranger's site may point its name at 127.0.0.1), and
what changes something needs our own Origin and a header that no foreign form can send.
"""

from __future__ import annotations

import errno
import hmac
import json
import os
import secrets
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

from booktools.errors import BooktoolsError, EngineFailed

MOST_BODY: Final = 256 * 2**10  # bytes of one request; a decision has some hundred
MOST_QUERY: Final = 4 * 2**10
_MOST_AT_ONCE: Final = 64  # connections; a browser opens six

SAFE_HEADERS: Final = (
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cache-control", "no-store"),
)

_OURS: Final = ("same-origin", "none")  # where a request comes from; `none` is the address bar
_SHUT: Final = (
    "This page is locked. Open it with the link that “booktools review” printed: it holds the key."
)


class Refused(Exception):
    """An answer that is no success: `status` of HTTP, and what the page is told."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(str(body.get("error", "")))
        self.status = status
        self.body = body


@dataclass(frozen=True, slots=True)
class Data:
    """Bytes with their media type."""

    kind: str
    data: bytes


class Service(Protocol):
    """What the page asks for.  `get` and `post` give JSON values or `Data`.

    They raise Refused, and LookupError for what there is not.
    """

    def file(self, name: str) -> Data | None: ...
    def get(self, name: str, query: Mapping[str, str]) -> Any: ...
    def post(self, name: str, body: Mapping[str, Any]) -> Any: ...


# --- the application ------------------------------------------------------------------


def application(service: Service, token: str, port: int) -> Any:
    """The ASGI application; `/?token=…` opens it, `/api/…` asks the service."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    cookie = f"booktools-{port}"  # cookies know no ports: two projects must not share one

    def opened(request: Request) -> bool:
        return _same(request.cookies.get(cookie, ""), token)

    def index(request: Request) -> Response:
        given = _same(request.query_params.get("token", ""), token)
        page = service.file("index.html")
        if page is None or not (given or opened(request)):
            return Response(_SHUT, 403, media_type="text/plain; charset=utf-8")
        response = Response(page.data, media_type=page.kind)
        if given:
            response.set_cookie(cookie, token, httponly=True, samesite="strict", path="/")
        return response

    def file(request: Request) -> Response:
        found = service.file(request.path_params["name"])
        if found is None:
            return Response("There is no such file.", 404, media_type="text/plain")
        return Response(found.data, media_type=found.kind)

    def asked(request: Request) -> Response:
        if len(request.url.query) > MOST_QUERY:
            raise Refused(414, {"error": "This question is too long."})
        value = service.get(request.path_params["name"], dict(request.query_params))
        if isinstance(value, Data):
            return Response(value.data, media_type=value.kind)
        return JSONResponse(value)

    async def told(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        if request.headers.get("x-booktools") != "1":
            raise Refused(403, {"error": "This did not come from the review page."})
        body = _object(await _body(request))
        return JSONResponse(
            await run_in_threadpool(service.post, request.path_params["name"], body)
        )

    def refused(_: Request, fault: Exception) -> Response:
        status, value = _answer(fault)
        return JSONResponse(value, status)

    routes = [
        Route("/", index),
        Route("/api/{name}", asked, methods=["GET"]),
        Route("/api/{name}", told, methods=["POST"]),
        Route("/{name:path}", file, methods=["GET"]),
    ]
    kinds: tuple[type[Exception], ...] = (Refused, BooktoolsError, LookupError)
    app = Starlette(routes=routes, exception_handlers=dict.fromkeys(kinds, refused))
    return _Guard(app, cookie, token, port)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _answer(fault: Exception) -> tuple[int, Mapping[str, Any]]:
    """The status and the body of a fault, for people."""
    if isinstance(fault, Refused):
        return fault.status, fault.body
    if isinstance(fault, BooktoolsError):
        return 409, {"error": str(fault)}
    return 404, {"error": "There is no such thing here (any more)."}


async def _body(request: Any) -> bytes:
    """The request's body, never more than `MOST_BODY` of it.  Raises Refused."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BODY:
            raise Refused(413, {"error": "This is too long to be a correction."})
        parts.append(part)
    return b"".join(parts)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise Refused(400, {"error": "This is not a request of the review page."})
    return value


class _Guard:
    """ASGI round the application: Host, cookie and Origin looked at, headers that keep safe."""

    def __init__(self, app: Any, cookie: str, token: str, port: int) -> None:
        self.app = app
        self.cookie = f"{cookie}={token}"
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        message = self._objection(scope)

        async def safe(event: Any) -> None:
            if event["type"] == "http.response.start":
                pairs = [(n.encode(), v.encode()) for n, v in SAFE_HEADERS]
                event = {**event, "headers": [*event.get("headers", ()), *pairs]}
            await send(event)

        if message is None:
            await self.app(scope, receive, safe)
            return
        status, text = message
        kind = (b"content-type", b"text/plain; charset=utf-8")
        await safe({"type": "http.response.start", "status": status, "headers": [kind]})
        await safe({"type": "http.response.body", "body": text.encode()})

    def _objection(self, scope: Any) -> tuple[int, str] | None:
        headers = {n.decode("latin-1"): v.decode("latin-1") for n, v in scope["headers"]}
        host = headers.get("host", "").lower()
        if host not in self.hosts:
            return 421, "This address is not ours."
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "This cannot be done here."
        cookies = [part.strip() for part in headers.get("cookie", "").split(";")]
        known = any(_same(part, self.cookie) for part in cookies)
        if scope["path"] != "/" and not known:
            return 403, _SHUT
        # Cookies know no ports: a page of another program on this machine would bring ours.
        if scope["path"] != "/" and headers.get("sec-fetch-site", "none") not in _OURS:
            return 403, "This was asked by another page than the review page."
        if scope["method"] == "POST":
            site = headers.get("sec-fetch-site", "same-origin")
            if site != "same-origin" or headers.get("origin") != f"http://{host}":
                return 403, "This came from another page than the review page."
            if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return 415, "This is not a request of the review page."
        return None


# --- the server -----------------------------------------------------------------------


def serve(service: Service, port: int, *, browse: bool, ready: Callable[[str, bool], None]) -> None:
    """Serve the page until Ctrl-C or a signal to end.

    `port` is tried first; when it is busy, any free one is taken.  `ready` is told the link,
    with its secret token, and whether a browser was opened.  Raises EngineFailed.
    """
    import uvicorn

    listening = _listen(port)
    own = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    link = f"http://127.0.0.1:{own}/?token={token}"
    config = uvicorn.Config(
        application(service, token, own),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=16 * 2**10,
    )
    with listening:
        # The socket queues what comes before the loop runs: the browser may open first.
        ready(link, browse and _browse(link))
        # uvicorn ends well on a signal and then raises it anew; for us it was the end.
        before = {s: signal.signal(s, lambda *_: None) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except OSError as fault:
            raise EngineFailed(f"the review page stopped: {fault.strerror or fault}") from None
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _listen(port: int) -> socket.socket:
    """A socket that listens on 127.0.0.1, on `port` or on any that is free."""
    for number in dict.fromkeys((port, 0)):
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind(("127.0.0.1", number))
            made.listen(_MOST_AT_ONCE)
            return made
        except OSError as fault:
            made.close()
            busy = fault.errno in (errno.EADDRINUSE, errno.EACCES)
            if not (busy and number):
                raise EngineFailed(
                    f"no port can be opened on 127.0.0.1: {fault.strerror}",
                    hint="Without a browser: booktools review --tty",
                ) from None
    raise AssertionError("a port of 0 is never busy")


def _browse(link: str) -> bool:
    """Open the link in the person's browser; whether there was one to be seen."""
    # Without a screen Python would open a text browser in our own terminal.
    screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    if sys.platform.startswith("linux") and not screen:
        return False
    with suppress(webbrowser.Error, OSError):
        return webbrowser.open(link)
    return False
