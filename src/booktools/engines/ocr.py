"""The door to Tesseract: the picture of a page in, hOCR out."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from typing import Final

from booktools.errors import EngineFailed, EngineMissing

TIMEOUT = 180.0  # seconds for a page; a full one takes about five
_ASKING = 20.0  # seconds for a question to the program itself
_LARGEST = 64 * 1024 * 1024  # bytes of hOCR of a page
_REMEDY = "Install it: apt-get install tesseract-ocr (on other systems: tesseract)"

# What Tesseract calls languages (mostly ISO 639-2), by their tags in BCP 47.
_NAMES: Final = {
    "af": "afr", "ar": "ara", "be": "bel", "bg": "bul", "ca": "cat", "cs": "ces", "cy": "cym",
    "da": "dan", "de": "deu", "el": "ell", "en": "eng", "eo": "epo", "es": "spa", "et": "est",
    "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg", "he": "heb",
    "hr": "hrv", "hu": "hun", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ko": "kor",
    "la": "lat", "lt": "lit", "lv": "lav", "mk": "mkd", "nb": "nor", "nl": "nld", "nn": "nor",
    "no": "nor", "oc": "oci", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk",
    "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr", "vi": "vie",
    "yi": "yid", "zh": "chi_sim",
}  # fmt: skip


def version() -> str:
    """Tesseract's version, as `5.3.0`.  Raises EngineMissing, EngineFailed."""
    words = _run(["--version"], b"", _ASKING).decode("utf-8", "replace").split()
    if len(words) < 2 or words[0] != "tesseract":
        raise EngineFailed("tesseract does not tell its version", hint=_REMEDY)
    return words[1]


def names_of(languages: Sequence[str]) -> tuple[str, ...]:
    """What Tesseract calls these languages (BCP 47 tags).

    Raises EngineMissing for one that it does not have, with the package to install.
    """
    listed = _run(["--list-langs"], b"", _ASKING).decode("utf-8", "replace").split("\n")
    have = {line.strip() for line in listed[1:] if line.strip()}
    names: dict[str, None] = {}
    for tag in languages:
        name = _NAMES.get(tag.split("-")[0].lower(), tag.split("-")[0].lower())
        if name not in have:
            package = f"tesseract-ocr-{name.replace('_', '-')}"
            raise EngineMissing(
                f"tesseract does not know the language “{tag}” ({name})",
                hint=f"Install it: apt-get install {package}",
            )
        names[name] = None
    return tuple(names)


def recognise(
    picture: bytes, names: Sequence[str], dots: int, *, timeout: float = TIMEOUT
) -> bytes:
    """The hOCR of the picture (PNG) of one page at `dots` to the inch.

    `names` are languages as `names_of` gives them.  Raises EngineMissing, and EngineFailed
    when Tesseract crashes, takes longer than `timeout` seconds or gives no page.
    """
    languages = "+".join(names)
    arguments = ["stdin", "stdout", "-l", languages, "--dpi", str(dots), "hocr"]
    out = _run(arguments, picture, timeout)
    if out.count(b"ocr_page") < 1 or b"</html>" not in out:
        raise EngineFailed("tesseract gave something else than hOCR", hint="Install it anew.")
    return out


def _run(arguments: Sequence[str], data: bytes, timeout: float) -> bytes:
    """What Tesseract writes to its standard output."""
    program = shutil.which("tesseract")
    if program is None:
        raise EngineMissing("tesseract, which reads scans, is not installed", hint=_REMEDY)
    try:
        process = subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
    except OSError as error:
        said = f"tesseract cannot be started: {error.strerror}"
        raise EngineMissing(said, hint=_REMEDY) from error
    try:
        out, said_too = process.communicate(data, timeout)
    except subprocess.TimeoutExpired:
        raise EngineFailed(
            f"tesseract was stopped after {timeout:g} seconds",
            hint="Look at the page: is it one, and upright?  Then run the command again.",
        ) from None
    finally:
        _kill(process)
    _judge(process.returncode, out, said_too)
    return out


def _environment() -> dict[str, str]:
    """As little as it needs; one thread a page is fastest."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def _judge(code: int, out: bytes, said: bytes) -> None:
    if code:
        what = f"signal {-code}" if code < 0 else f"exit code {code}"
        lines = said.decode("utf-8", "replace").strip().split("\n")
        raise EngineFailed(
            f"tesseract failed ({what}): {lines[-1][:200]}",
            hint="Run the command again; if it fails on the same page look at that page.",
        )
    if len(out) > _LARGEST:
        raise EngineFailed(f"tesseract wrote more than {_LARGEST >> 20} MiB for a page")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and whatever it started: it leads a session of its own."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
