"""What the figures were measured on: the machine and the versions, no names and no places."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("weasyprint", "pydyf", "ebooklib", "lxml", "pypdfium2", "pillow", "wordfreq")


def description(pandoc: str) -> dict[str, str]:
    """What → in words, in the order in which it is to be shown."""
    load = os.getloadavg()[0]
    out = {
        "Processor": f"{_cpu_model()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "System": f"{_system()}, {platform.machine()}",
        "Load when begun": f"{load:.1f} processes wanted to run (0 is a machine to oneself)",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "pandoc": _first_line(pandoc, "--version").removeprefix("pandoc "),
        "Pango": _pango(),
    }
    return out | {name: version(name) for name in _LIBRARIES}


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().split("\n"):
        key, _, value = line.partition(":")
        if key.strip() in {"model name", "Model"}:
            return value.strip()
    return platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def _pango() -> str:

    library = ctypes.util.find_library("pango-1.0")
    if library is None:
        return "unknown"
    tell = ctypes.CDLL(library).pango_version_string
    tell.restype = ctypes.c_char_p
    return str(tell().decode())


def _first_line(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split("\n", 1)[0]
