"""The page's files: what the browser loads, or all of it in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from booktools import store
from booktools.engines.web import Data
from booktools.review.page import SCRIPTS, STYLES, mailed, served
from booktools.store import Project

_KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


def page_files(project: Project) -> dict[str, Data]:
    """Name → what the browser loads: the page, its parts, and the type of the editions."""
    parts = store.packaged("review")
    files = {name: parts[name] for name in (*SCRIPTS, *STYLES, "icon.svg")}
    files["index.html"] = served(parts["index.html"].decode()).encode()
    files |= {f"fonts/{name}": data for name, data in project.fonts().items()}
    known = ((name, _KINDS.get(name[name.rfind(".") :])) for name in files)
    return {name: Data(kind, files[name]) for name, kind in known if kind}


def mailed_page(values: Mapping[str, Any]) -> str:
    """One page with all of it and with what it shows, to be opened without a server."""
    parts = {name: data.decode() for name, data in store.packaged("review").items()}
    return mailed(parts["index.html"], parts, values)
